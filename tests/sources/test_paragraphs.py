from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from .making import BODY, PATIENT, check_pieces, document, lines

FIRST, SECOND, THIRD = BODY.split("\n")


def test_a_sentence_broken_over_lines_is_joined() -> None:
    broken = "The spokesperson Amal Haddad\ntold reporters at the base that the guards\n“never” left, and that\nDry River was safe."
    text = f"{broken}\nThey left later."
    assert lines(text) == [
        "The spokesperson Amal Haddad told reporters at the base that the guards “never” left, and that Dry River was safe.",
        "They left later.",
    ]


def test_a_name_on_a_line_of_its_own_within_a_sentence_is_no_label() -> None:
    text = "In a statement on Monday the Guard's leader\nAmal Haddad\nwarned that nobody would leave.\nThe base is calm."
    assert lines(text)[0] == "In a statement on Monday the Guard's leader Amal Haddad warned that nobody would leave."


def test_a_year_on_a_line_of_its_own_within_a_sentence_is_no_number() -> None:
    first, *_ = lines(f"The base at Dry River was last hit in\n2019\nwhen two guards were hurt.\n{BODY}")
    assert first == "The base at Dry River was last hit in 2019 when two guards were hurt."


def test_a_name_with_a_small_letter_begins_a_sentence_after_a_line_without_a_stop() -> None:
    assert lines(f"{FIRST}\nThe Guard left the base on Tuesday\nal-Haddad stayed there.") == [
        FIRST,
        "The Guard left the base on Tuesday",
        "al-Haddad stayed there.",
    ]


def test_a_word_broken_at_its_hyphen_is_joined_without_a_space() -> None:
    text = f"The Guard is a hill-\nbacked group of the valley.\n{BODY}"
    read = document(text)
    assert read.text.split("\n")[0] == "The Guard is a hill-backed group of the valley."
    check_pieces(read, text)


def test_lines_of_a_fixed_width_become_paragraphs() -> None:
    paragraphs = [f"{FIRST} {SECOND}", f"{THIRD} {FIRST.replace('Monday', 'Tuesday')}"]
    text = "\n\n".join(textwrap.fill(paragraph, 60) for paragraph in paragraphs)
    assert lines(text) == paragraphs


@PATIENT
@given(st.integers(32, 110))
def test_lines_of_any_fixed_width_keep_each_sentence_whole(width: int) -> None:
    last = "Guards left Dry River early on Tuesday, when nobody was there, in three lorries and a small bus."
    paragraphs = [f"{FIRST} {SECOND} {THIRD}", last]
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)
    assert lines(text) == paragraphs


def test_lines_of_a_few_small_words_are_no_keywords_in_a_text_of_a_fixed_width() -> None:
    long = "The ministry said that international peacekeeping contingents were withdrawing equipment progressively throughout neighbouring "
    long += "governorates despite considerable administrative difficulties."
    assert lines(f"{textwrap.fill(long, 36)}\n\n{textwrap.fill(FIRST, 36)}") == [long, FIRST]


def test_one_sentence_a_line_stays_so() -> None:
    assert lines(BODY) == [FIRST, SECOND, THIRD]


def test_sentences_of_one_length_are_not_taken_for_a_fixed_width() -> None:
    sellers = ("Aulk", "eHal", "Bold", "Carl", "eDar", "Fald", "Gart")
    text = "\n".join(f"{seller} sold two lorries to the Guard at Dry River." for seller in sellers)
    assert lines(text) == text.split("\n")


def test_an_empty_line_parts_paragraphs() -> None:
    parted = ["The Guard left the base at", "Dry River on Monday, it said."]
    assert lines("\n\n".join(parted)) == parted


def test_paragraphs_glued_together_are_parted() -> None:
    assert lines(f"{FIRST}{SECOND}“We left,” she said.{THIRD}* A group banned in the hills.") == [
        FIRST,
        SECOND,
        "“We left,” she said.",
        THIRD,
        "* A group banned in the hills.",
    ]


def test_a_pause_within_a_quotation_parts_no_paragraph() -> None:
    text = "“They left the base…Dry River is free and will stay so,” Amal Haddad said."
    assert lines(text) == [text]
