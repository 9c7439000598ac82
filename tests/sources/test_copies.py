from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kg.sources.lines import key

from .making import PATIENT, check_pieces, document, lines

A = "The Northern Guard left the base at Dry River on Monday, it said."
B = "Amal Haddad told reporters in the capital that nobody was hurt."
C = "The ministry has not confirmed the report of the Guard so far."
D = "Villagers near the river heard two explosions during the night."
E = "A truce between the Guard and the Hillmen was signed in 2019."
X = "The parliament will meet on Thursday to speak about the move."


def copies(*bodies: list[str], between: str = "\nShare\n\nhills\nriver\n\n") -> str:
    return between.join("\n".join(body) for body in bodies)


def test_a_body_that_stands_twice_stands_once() -> None:
    read = document(copies([A, B, C], [A, B, C]))
    assert read.text.split("\n") == [A, B, C]
    assert any("3 sentences met again" in note for note in read.notes)


def test_sentences_that_only_the_second_copy_has_are_put_in_their_place() -> None:
    assert lines(copies([A, C, E], [A, B, C, D, E])) == [A, B, C, D, E]


def test_sentences_that_only_the_first_copy_has_are_kept() -> None:
    assert lines(copies([A, B, C, D, E], [A, C, E])) == [A, B, C, D, E]


def test_each_copy_may_have_sentences_of_its_own() -> None:
    assert lines(copies([A, B, C, D], [A, C, X, D, E])) == [A, B, C, X, D, E]


def test_a_sentence_before_the_first_that_both_have_is_put_before_it() -> None:
    assert lines(copies([A, B, C], [X, A, B, C])) == [X, A, B, C]


def test_three_copies_are_one() -> None:
    assert lines(copies([A, B, C], [A, B, X, C], [A, B, C, D])) == [A, B, X, C, D]


def test_copies_without_anything_between_them_are_one() -> None:
    assert lines(copies([A, B, C, D], [B, C, D], between="\n")) == [A, B, C, D]


def test_a_copy_glued_together_is_one_with_the_other() -> None:
    read = document(f"{A}{C}{D}\n\nShare\n\n{A}\n{B}\n{C} {D}\n{E}")
    assert read.text.split("\n") == [A, B, f"{C} {D}", E]


def test_copies_that_differ_in_quotes_case_and_marks_are_one() -> None:
    first = ["“We left,” she said of the base at Dry River*.", B, C]
    second = ["'We  left' - she said of the Base at Dry River.", B.replace("told", "TOLD"), C]
    assert len(lines(copies(first, second))) == 3


def test_of_two_tellings_that_of_the_longer_copy_is_kept() -> None:
    assert lines(copies([A.replace("Monday,", "Monday"), B], [A, B, C])) == [A, B, C]


def test_a_sentence_that_lost_words_in_one_copy_stands_once_and_whole() -> None:
    cut = B.replace("in the capital ", "")
    assert lines(copies([A, cut, C], [A, B, C])) == [A, B, C]
    assert lines(copies([A, B, C], [A, cut, C])) == [A, B, C]


def test_a_sentence_that_denies_or_counts_otherwise_is_another() -> None:
    denied = B.replace("nobody was hurt", "he had not said that nobody was hurt")
    assert lines(copies([A, B, C], [A, denied, C])) == [A, B, denied, C] or lines(copies([A, B, C], [A, denied, C])) == [A, denied, B, C]
    for first, second in (("3", "4"), ("10", "10,000")):
        counted = [D.replace("two", first), D.replace("two", second)]
        assert set(lines(copies([A, counted[0], C], [A, counted[1], C]))) == {A, *counted, C}


def test_sentences_of_hundreds_of_words_are_not_searched_for_lost_ones() -> None:
    long = "The Guard named " + ", ".join(f"man{number}" for number in range(300)) + " as its own."
    assert lines(copies([A, long.replace("man7, ", ""), C], [A, long, C])) == [A, long, long.replace("man7, ", ""), C]


def test_a_short_sentence_told_of_two_things_stays_twice() -> None:
    text = f"{A}\nTwo guards were hurt.\n{B}\n{C}\nTwo guards were hurt.\n{D}"
    assert lines(text) == text.split("\n")


def test_a_quotation_pulled_out_of_the_text_stands_once_and_nothing_moves() -> None:
    assert lines("\n".join([A, B, C, D, B, E, X])) == [A, B, C, D, E, X]


def test_a_teaser_that_breaks_off_is_left_out_where_the_text_goes_on() -> None:
    read = document(f"{D[:40]}...\n\n{A}\n{D}\n{B}")
    assert read.text.split("\n") == [A, D, B]
    assert any("broken off" in note for note in read.notes)


def test_a_quotation_that_trails_off_stays() -> None:
    assert lines(f"{A}\n“They left the base at night and…” she said.\nThey had left the base...\n{B}")[1:3] == [
        "“They left the base at night and…” she said.",
        "They had left the base...",
    ]


def test_a_footnote_stands_once_and_by_itself() -> None:
    note = "* A group banned in the Hill Republic and elsewhere."
    marked = "The Guard fought the Hillmen (HM)* until 2017, it said."
    assert lines(f"{A}{marked}{note}\n\nShare\n\n{A}\n{marked}\n{note}") == [A, marked, note]


NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
SENTENCES = [f"Guard number {number} left the base at Dry River on a day of {number} rains." for number in NUMBERS]
CHOSEN = st.lists(st.sampled_from(range(8)), unique=True, min_size=1).map(sorted)


@PATIENT
@given(st.lists(CHOSEN, min_size=1, max_size=4))
def test_the_union_of_copies_in_one_order_has_each_sentence_once(chosen: list[list[int]]) -> None:
    text = copies(*([SENTENCES[number] for number in body] for body in chosen))
    read = document(text)
    found = read.text.split("\n")
    assert sorted(found) == sorted({SENTENCES[number] for body in chosen for number in body})
    check_pieces(read, text)


@PATIENT
@given(CHOSEN)
def test_sentences_keep_the_order_that_a_part_copy_gives_them(chosen: list[int]) -> None:
    assert lines(copies(SENTENCES, [SENTENCES[number] for number in chosen])) == SENTENCES
    if len(chosen) > 1 and max(b - a for a, b in itertools.pairwise(chosen)) < 4:
        assert lines(copies([SENTENCES[number] for number in chosen], SENTENCES)) == SENTENCES


@PATIENT
@given(st.text(max_size=50))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)
