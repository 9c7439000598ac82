"""Counts and dates: what is right for what, and what is not."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Count
from kg.score.values import Amount, Reckoning, amount, checked, extracted, same_amount, same_date

AMOUNTS = [
    (17, Amount(17, 17)),
    ("17", Amount(17, 17)),
    (">=3", Amount(3, None)),
    (">12", Amount(13, None)),
    ("~6000", Amount(6000, 6000, True)),
    ("<100", Amount(None, 99)),
    ("10-50", Amount(10, 50)),
    ({"min": 4}, Amount(4, None)),
    ({"min": 3, "max": 3, "of": "guards"}, Amount(3, 3)),
    ({"max": 99, "approx": True}, Amount(None, 99, True)),
]
NO_AMOUNTS = ["", "many", "3+", "~", "50-10", "=>3", -4, 2.5, True, None, [3], {}, {"of": "guards"}, {"min": 5, "max": 2}, {"min": "3"},
              {"least": 3}, {"min": 3, "approx": "yes"}, {"min": True}]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), AMOUNTS)
def test_counts_are_read(written: object, meant: Amount) -> None:
    assert amount(written) == meant


@pytest.mark.parametrize("written", NO_AMOUNTS)
def test_what_is_no_count_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        amount(written)


def given(minimum: int | None, maximum: int | None, modifier: str) -> Amount:
    return extracted(Count(minimum, maximum, f"count-modifier/{modifier}", "words"))


@pytest.mark.parametrize(("gold", "said", "right"), [
    (17, given(17, 17, "exact"), True),
    (17, given(17, 17, "about"), False),
    (17, given(17, None, "at-least"), False),
    ("~17", given(17, 17, "about"), True),
    ("~17", given(17, 17, "exact"), False),
    (">=24", given(24, None, "dozens"), True),
    (">=24", given(24, 24, "exact"), False),
    (">12", given(13, None, "more-than"), True),
    (">12", given(12, None, "at-least"), False),
    ("<100", given(None, 99, "nearly"), True),
    ({"max": 99, "approx": True}, given(None, 99, "nearly"), True),
    ({"max": 99, "approx": True}, given(None, 99, "less-than"), True),
    ({"max": 99, "approx": True}, given(None, 100, "at-most"), False),
    ("10-50", given(10, 50, "between"), True),
    ("10-50", given(10, 40, "between"), False),
])  # fmt: skip
def test_a_count_is_right_when_bounds_and_nearness_are(gold: object, said: Amount, right: bool) -> None:
    assert same_amount(amount(gold), said) is right


DATES = [
    ("2024-07-30", "2024-07-30", True),
    ("2024-07", "2024-07-30", True),
    ("2024-07-30", "2024-07", False),
    ("2024-07-30", "2024-07-31", False),
    ("2024", "2024-21", True),
    ("2024-21", "2024-04", True),
    ("2024-21", "2024-07", False),
    ("2023-10/2023-12", "2023-11-05", True),
    ("2023-10/2023-12", "2023-10/2023-12", True),
    ("2023-10/2023-12", "2023", False),
    ("../2020-01", "2020-01-03", True),
    ("../2020-01", "../2019", True),
    ("../2020-01", "2020-02", False),
    ("../2020-01", "2019/..", False),
    ("2023-10/..", "2024", True),
    ("2023-10/..", "2023-10/..", True),
    ("2023-10/..", "2023-09-30", False),
    ("2023-10-15~", "2023-10-15", True),
    ("2023-10-15~", "2023-10-18", True),
    ("2023-10-15~", "2023-10-25", False),
    ("2024-07-30", "XXXX-07-30", False),
    ("2024-07-30", "Tuesday", False),
]


@pytest.mark.parametrize(("gold", "said", "right"), DATES)
def test_a_date_is_right_when_equal_or_finer(gold: str, said: str, right: bool) -> None:
    assert same_date(gold, said) is right


@pytest.mark.parametrize(("gold", "said", "right"), [
    ("2014/2017", "2014/2017", True),
    ("2014/2017", "2014-06/2017-12", True),
    ("2014/2017", "2015/2016", False),
    ("2014/2017", "2015", False),
    ("2014/2017", "2014/..", False),
    ("2023-10/..", "2023-10/..", True),
    ("2023-10/..", "2023-10-17/..", True),
    ("2023-10/..", "2023-10/2024-05-06", True),
    ("2023-10/..", "2023-10/2024-01-06", False),
    ("2023-10/..", "2023-10", False),
    ("2023-10/..", "2023-11/..", False),
    ("../2023-10-30", "2023-10-20/2023-10-30", True),
    ("2003", "2003-03", True),
])  # fmt: skip
def test_what_lasts_is_right_from_its_beginning_to_its_end(gold: str, said: str, right: bool) -> None:
    assert same_date(gold, said, Reckoning(lasting=True, published=date(2024, 5, 6))) is right


@pytest.mark.parametrize(("said", "right"), [
    ("2023-10-29", True), ("../2023-10-29", True), ("2023-10-28/2023-10-29", True), ("2023-10-28", False), ("../2023-10-30", False), ("2023-10", False),
    ("2023-09-01/2023-10-29", False),
])  # fmt: skip
def test_the_day_of_a_report_bounds_the_event(said: str, right: bool) -> None:
    assert same_date("2023-10-29", said, Reckoning(report=True)) is right


@pytest.mark.parametrize("written", ["", "/", "../..", "2024-13", "2024-02-30", "May 2024", "2024-05/2024-04", "2020/2021/2022", None])
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        checked(written)
