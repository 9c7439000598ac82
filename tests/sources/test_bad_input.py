from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from kg.errors import BinaryFile, EmptyFile, SourceError, UnknownLanguage
from kg.sources import gather, read

from .making import BODY, document


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "is empty"), (b" \n\t \r\n", "white space"), (b"\xef\xbb\xbf", "no sentence"), (b"\xef\xbb\xbf \n", "no sentence")],
)
def test_an_empty_file_is_named_as_empty(data: bytes, says: str) -> None:
    with pytest.raises(EmptyFile, match=says) as raised:
        document(data)
    assert raised.value.name == "report.txt"


def test_a_file_of_nothing_but_boilerplate_is_empty_and_says_what_it_holds() -> None:
    with pytest.raises(EmptyFile, match=r"2 buttons and forms.*1 addresses"):
        document("https://example.org/a-page\nShare\nLeave a Reply\nkeyword\n2024\n")


@pytest.mark.parametrize(
    ("data", "looks"),
    [
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (gzip.compress(b"text", mtime=0), "gzip"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"\x00\x00\x00\x18ftypmp42", "MP4"),
        (b"{\\rtf1\\ansi A base was hit.}", "RTF"),
        (b'{"title": "A base was hit."}', "JSON"),
        (b'{"text": "A base was hit."}\n{"text": "No one was hurt."}\n', "JSON"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "XML"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "WARC"),
        (b"A base was hit.\x00\x00\x00\x01\x02", "zero bytes"),
        (b"ab\x01\x02\x03\x04\x05\x06\x07\x08" * 20, "control characters"),
        (b"\xff\xfe" + b"\xd8\xd8" * 40, "UTF-16"),
    ],
)
def test_a_binary_file_is_refused_with_what_it_looks_like(data: bytes, looks: str) -> None:
    with pytest.raises(BinaryFile, match=looks):
        document(data)


def test_bytes_by_chance_never_become_a_document() -> None:
    chance = random.Random(7)
    for length in (100, 1000, 10_000):
        with pytest.raises(BinaryFile):
            document(chance.randbytes(length))


def test_brackets_alone_do_not_make_a_text_json() -> None:
    assert document("[Updated] The base at Dry River was hit on Monday, officials said.").text.startswith("[Updated]")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قال المتحدث باسم الحرس الشمالي يوم الاثنين إن مقاتليه غادروا القاعدة ولم يصب أحد بأذى.", "Arabic"),
        ("غادروا القاعدة", "Arabic"),
        ("La guardia del norte dijo el lunes que sus combatientes habían abandonado la base y que nadie resultó herido.", "Spanish"),
        ("Le porte-parole a déclaré lundi que les combattants avaient quitté la base et que personne n'avait été blessé.", "French"),
        ("Der Sprecher sagte am Montag, dass die Kämpfer den Stützpunkt verlassen hätten und niemand verletzt worden sei.", "German"),
        ("Представитель сообщил в понедельник, что бойцы покинули базу и никто не пострадал при этом.", "Russian"),
    ],
)
def test_a_language_without_rules_is_named(text: str, language: str) -> None:
    with pytest.raises(UnknownLanguage, match=rf"{language}.*English only"):
        document(text)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").write_text(BODY)
    read_, refused = [], []
    for found in gather([tmp_path], None, 1_000_000):
        assert not isinstance(found, SourceError)
        try:
            read_.append(read(found).name)
        except SourceError as wrong:
            refused.append((wrong.name, type(wrong)))
    assert read_ == ["c.txt"]
    assert refused == [("a.txt", BinaryFile), ("b.txt", EmptyFile)]
