"""Counts and dates as a gold file writes them, and when an extracted one is right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg.model import Count
from kg.values.edtf import Bounds, span_of

_RANGE: Final = re.compile(r"(\d+)-(\d+)")
_BOUND: Final = re.compile(r"(>=|>|<|~)?(\d+)")
_ABOUT: Final = frozenset({"count-modifier/about", "count-modifier/couple"})
_SHORTLY: Final = timedelta(days=7)
"""How long before the day of its report an event may lie (date_is: report)."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How many: closed bounds, None where open; `about` where the number is only near."""

    minimum: int | None
    maximum: int | None
    about: bool = False

    def __str__(self) -> str:
        if self.minimum is not None and self.minimum == self.maximum:
            return f"~{self.minimum}" if self.about else str(self.minimum)
        if self.maximum is None:
            return f">={self.minimum}"
        return f"<={self.maximum}" if self.minimum is None else f"{self.minimum}-{self.maximum}"


def amount(written: object) -> Amount:
    """The amount of a gold value; raises ValueError, saying what is wrong.

    >>> amount("10000-50000"), str(amount(">110")), str(amount("~12")), amount({"max": 99, "approx": True})
    (Amount(minimum=10000, maximum=50000, about=False), '>=111', '~12', Amount(minimum=None, maximum=99, about=True))
    """
    if isinstance(written, Mapping):
        return _people(written)
    if isinstance(written, bool) or not isinstance(written, (int, str)):
        raise ValueError(f"{written!r} is no count")
    text = str(written).replace(" ", "")
    if both := _RANGE.fullmatch(text):
        return _ordered(int(both[1]), int(both[2]), about=False)
    if not (read := _BOUND.fullmatch(text)):
        raise ValueError(f"{written!r} is no count; it should look like 17, '>=3', '>12', '~6000', '<100' or '10-50'")
    number = int(read[2])
    match read[1]:
        case ">=":
            return Amount(number, None)
        case ">":
            return Amount(number + 1, None)
        case "<":
            return Amount(None, number - 1)
        case sign:
            return Amount(number, number, sign == "~")


def _people(written: Mapping[object, object]) -> Amount:
    unknown = set(written) - {"min", "max", "approx", "of"}
    if unknown:
        raise ValueError(f"{', '.join(sorted(map(str, unknown)))} is no part of a count; it has min, max, approx and of")
    low, high, about = written.get("min"), written.get("max"), written.get("approx", False)
    for number in (low, high):
        if number is not None and (isinstance(number, bool) or not isinstance(number, int) or number < 0):
            raise ValueError(f"{number!r} is no number of people")
    if low is None and high is None:
        raise ValueError("a count of people needs min or max")
    if not isinstance(about, bool):
        raise ValueError(f"approx is true or false, not {about!r}")
    return _ordered(low, high, about=about)  # type: ignore[arg-type]


def _ordered(low: int | None, high: int | None, *, about: bool) -> Amount:
    if low is not None and high is not None and low > high:
        raise ValueError(f"{low} is more than {high}")
    return Amount(low, high, about)


def extracted(count: Count) -> Amount:
    """The amount of an extracted count."""
    return Amount(count.minimum, count.maximum, count.modifier in _ABOUT)


def same_amount(gold: Amount, given: Amount) -> bool:
    """Whether an extracted amount is the gold's: the same bounds, and of a single number also whether it is only near.

    >>> same_amount(amount(">=4"), Amount(4, None)), same_amount(amount(4), Amount(4, None)), same_amount(amount("~4"), amount(4))
    (True, False, False)
    """
    bounds = (gold.minimum, gold.maximum) == (given.minimum, given.maximum)
    return bounds and (gold.minimum != gold.maximum or gold.about == given.about)


# -- dates --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a gold date is meant: of something that lasts, or the day of a report; and the day of publication, where known."""

    lasting: bool = False
    report: bool = False
    published: date | None = None


def checked(written: object) -> str:
    """A gold date as EDTF; raises ValueError."""
    text = written if isinstance(written, str) else str(written)
    if text in ("", "/", "../..") or text.count("/") > 1:
        raise ValueError(f"not an EDTF date: {text!r}")
    low, high = span_of(text)
    if low and high and low > high:
        raise ValueError(f"the date ends before it begins: {text!r}")
    return text


def same_date(gold: str, given: str, how: Reckoning = Reckoning()) -> bool:
    """Whether an extracted EDTF date is right: equal to the gold's, or finer inside it.

    >>> same_date("2024-07", "2024-07-30"), same_date("2024-07-30", "2024-07"), same_date("../2020-01", "2020-01-03")
    (True, False, True)
    >>> same_date("2014/2017", "2015"), same_date("2014/2017", "2015", Reckoning(lasting=True))
    (True, False)
    """
    if gold == given:
        return True
    try:
        wide, fine = span_of(gold), span_of(given)
    except ValueError:
        return False
    if fine == (None, None):
        return False
    if how.report and _reported(wide, fine):
        return True
    if how.lasting and "/" in gold and not _open(gold.partition("/")[0]):
        return _from_to(gold, given, how.published)
    return _inside(fine, wide)


def _open(end: str) -> bool:
    return end in ("", "..")


def _inside(fine: Bounds, wide: Bounds) -> bool:
    after = wide[0] is None or (fine[0] is not None and fine[0] >= wide[0])
    before = wide[1] is None or (fine[1] is not None and fine[1] <= wide[1])
    return after and before


def _from_to(gold: str, given: str, published: date | None) -> bool:
    """Whether something lasts from A to B: it begins in A and ends in B, or is open where B is, at publication at the latest."""
    begins, _, ends = gold.partition("/")
    start, end = given.partition("/")[0], given.rpartition("/")[2]
    if _open(start) or not _inside(span_of(start), span_of(begins)):
        return False
    if _open(ends):
        return "/" in given and (_open(end) or (published is not None and span_of(end) == (published, published)))
    return not _open(end) and _inside(span_of(end), span_of(ends))


def _reported(wide: Bounds, fine: Bounds) -> bool:
    """Whether an event lies on the day of its report, or shortly before: '../D' is right too."""
    if wide[0] is None or fine[1] is None or not _inside((fine[1], fine[1]), wide):
        return False
    return fine[0] is None or fine[0] >= wide[0] - _SHORTLY
