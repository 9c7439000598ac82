"""Numbers in words and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import counts, numerals
from tests.values.spelling import spelt


@given(st.integers(0, 9999), st.booleans(), st.booleans())
def test_number_words_come_back(number: int, with_and: bool, hyphens: bool) -> None:
    words = spelt(number, with_and=with_and)
    words = words if hyphens else words.replace("-", " ")
    assert numerals.value(words) == number
    assert numerals.value(words.upper()) == number


@given(st.integers(0, 9999))
def test_number_words_are_found_whole_in_a_sentence(number: int) -> None:
    [found] = counts.find(f"They counted {spelt(number)} rockets there.", {})
    assert found.value.words == spelt(number)
    assert (found.value.minimum, found.value.maximum) == (number, number)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("a hundred", 100),
        ("fifteen hundred", 1500),
        ("two million three hundred thousand and five", 2_300_005),
        ("one billion", 10**9),
        ("a thousand and one", 1001),
    ],
)
def test_larger_numbers(words: str, number: int) -> None:
    assert numerals.value(words) == number


@pytest.mark.parametrize("words", ["", "a", "and", "two three", "hundred", "one hundred and two hundred", "twenty-second", "dozen"])
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(ValueError):
        numerals.value(words)
