from __future__ import annotations

import codecs

import pytest

from kg.sources.encoding import decoded

from .making import BODY, document

QUOTED = "The Guard’s spokesperson said “nobody was hurt” – and left the café at Dry River before the reporters could ask again."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (QUOTED.encode(), "utf-8"),
        (codecs.BOM_UTF8 + QUOTED.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + QUOTED.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + QUOTED.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + QUOTED.encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + QUOTED.encode("utf-32-be"), "utf-32-be"),
    ],
)
def test_a_text_in_unicode_is_read_as_it_is(data: bytes, encoding: str) -> None:
    read = decoded("a.txt", data)
    assert (read.text, read.encoding, read.notes) == (QUOTED, encoding, ())


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be"])
def test_an_encoding_that_nothing_states_is_guessed_and_noted(encoding: str) -> None:
    read = decoded("a.txt", QUOTED.encode(encoding))
    assert read.text == QUOTED
    assert encoding in read.notes[0].lower()


def test_the_guess_reaches_the_document() -> None:
    assert any("encoding was guessed" in note for note in document(QUOTED.encode("cp1252")).notes)


def test_a_script_of_its_own_is_guessed_too() -> None:
    russian = "Представитель сообщил в понедельник, что бойцы покинули базу и никто не пострадал при этом. " * 5
    read = decoded("a.txt", russian.encode("cp1251"))
    assert read.text == russian
    assert read.notes


@pytest.mark.parametrize(
    "declared", ['<meta charset="iso-8859-1">', "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>"]
)
def test_a_page_is_read_in_the_encoding_that_it_declares(declared: str) -> None:
    read = decoded("a.html", f"<html><head>{declared}</head><p>{QUOTED}</p>".encode("cp1252"))
    assert QUOTED in read.text
    assert read.notes == ()


def test_utf_8_is_believed_before_a_declaration() -> None:
    assert "the café" in decoded("a.html", "<meta charset=latin1><p>They left the café.".encode()).text


def test_a_declaration_of_nothing_known_is_no_hindrance() -> None:
    assert QUOTED in decoded("a.html", f"<meta charset=klingon><p>{QUOTED}".encode("cp1252")).text


def test_a_few_broken_characters_are_replaced_and_counted() -> None:
    read = decoded("a.txt", (QUOTED * 5).encode() + b" \xff\xff end")
    assert "2 characters are not UTF-8" in read.notes[0]


def test_a_file_cut_within_a_character_is_read_up_to_it() -> None:
    read = decoded("a.txt", (QUOTED + "’").encode()[:-1])
    assert read.text == QUOTED
    assert "breaks off" in read.notes[0]


def test_characters_without_shape_do_not_stand_in_the_clean_text() -> None:
    text = BODY.replace("Northern", "Nor\u00adthern").replace("base", "\u200ebase\u200f")
    text = text.replace(" on ", "\u00a0on\u2003").replace("Dry", "\x02Dry")
    assert document("\ufeff" + text + "\x1a\nen_GB\u200b\n").text == document(BODY).text
