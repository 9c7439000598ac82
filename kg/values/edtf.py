"""EDTF strings (Library of Congress, level 1): the days they cover, their precision, and TimeSpans made from them.

Read are years, months, days, date-times, seasons 21-24, the qualifiers ``?``, ``~`` and ``%``, digits left open (``201X``, ``2004-XX``),
and intervals with open or unknown ends; of level 2 only an open year (``XXXX-01-04``), which is what a date without its year comes to.
https://www.loc.gov/standards/datetime/

Two things the standard leaves open are settled here. *About* widens a day by five days, a month or season by a month, a year by a year, on
either side. Seasons are those of the northern half of the earth by whole months, and the winter of a year is the one that begins in it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from kg.model import TimeSpan

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_POINT = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]XXX|XXXX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX)(?P<time>T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}(?::[0-9]{2})?)?)?)?)?"
    r"(?P<about>[?~%]?)"
)
_FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}
_ABOUT_DAYS = 5
_OPEN = ("", "..")

Bounds = tuple[date | None, date | None]


def span_of(edtf: str) -> Bounds:
    """The first and last day that an EDTF string covers, ends included; None where an end is open or its year is not given.

    Raises ValueError on what is not EDTF as read here.

    >>> span_of("2023-10")
    (datetime.date(2023, 10, 1), datetime.date(2023, 10, 31))
    >>> span_of("2023-10-15~/..")
    (datetime.date(2023, 10, 10), None)
    >>> span_of("XXXX-01-04")
    (None, None)
    """
    if "/" not in edtf:
        return _point(edtf)
    start, _, end = edtf.partition("/")
    if start in _OPEN and end in _OPEN:
        raise ValueError(f"an interval without any end says nothing: {edtf!r}")
    earliest = None if start in _OPEN else _point(start)[0]
    latest = None if end in _OPEN else _point(end)[1]
    if earliest and latest and earliest > latest:
        raise ValueError(f"the interval ends before it begins: {edtf!r}")
    return earliest, latest


def precision_of(edtf: str) -> str:
    """The precision of an EDTF string, a concept of that scheme.

    >>> precision_of("2024-21"), precision_of("../2019"), precision_of("2014/2017")
    ('precision/season', 'precision/before', 'precision/range')
    """
    if "/" in edtf:
        start, _, end = edtf.partition("/")
        return "precision/after" if end in _OPEN else "precision/before" if start in _OPEN else "precision/range"
    year, *rest = edtf.rstrip("?~%").split("-", 2)
    if len(rest) == 2 and rest[1] != "XX":
        return "precision/day"
    if rest and rest[0] != "XX":
        return "precision/season" if rest[0].isdigit() and int(rest[0]) in _FIRST_MONTH else "precision/month"
    return "precision/range" if "X" in year else "precision/year"


def timespan(edtf: str, words: str, anchor: date | None = None) -> TimeSpan:
    """The TimeSpan of an EDTF string: its days and its precision, with the words it was read from.

    >>> timespan("2020-01", "January 2020").latest
    datetime.date(2020, 1, 31)
    """
    earliest, latest = span_of(edtf)
    return TimeSpan(words, precision_of(edtf), earliest, latest, edtf, anchor)


def start_of(edtf: str) -> str:
    """What an interval begins with; a point begins with itself."""
    return edtf.partition("/")[0]


def end_of(edtf: str) -> str:
    """What an interval ends with; a point ends with itself."""
    return edtf.rpartition("/")[2]


def interval(start: str, end: str) -> str:
    """The interval from the beginning of one string to the end of another; the point itself when they are the same."""
    first, last = start_of(start), end_of(end)
    return first if first == last else f"{first}/{last}"


def month(year: int, number: int) -> str:
    """A month, numbers beyond 1-12 counted on into other years.

    >>> month(2024, 0)
    '2023-12'
    """
    return f"{year + (number - 1) // 12:04}-{(number - 1) % 12 + 1:02}"


def step(edtf: str, by: int) -> str:
    """The point so many days, months, seasons or years (its own unit) later; without qualifier.

    >>> step("2020", -1), step("2023-12", 1), step("2023-12-31", 1), step("2023-24", 1)
    ('2019', '2024-01', '2024-01-01', '2024-21')
    """
    point = edtf.rstrip("?~%")
    match point.split("-"):
        case [year]:
            return f"{int(year) + by:04}"
        case [year, number] if int(number) in _FIRST_MONTH:
            place = int(number) - 21 + by
            return f"{int(year) + place // 4:04}-{21 + place % 4}"
        case [year, number]:
            return month(int(year), int(number) + by)
        case _:
            return (date.fromisoformat(point[:10]) + timedelta(days=by)).isoformat()


def _point(edtf: str) -> Bounds:
    read = _POINT.fullmatch(edtf)
    if read is None:
        raise ValueError(f"not an EDTF date: {edtf!r}")
    year, month_, day, about = read["year"], read["month"], read["day"], read["about"] in ("~", "%") and read["about"]
    if year == "XXXX":
        return None, None
    if year == "0000":
        raise ValueError(f"the year lies before the calendar: {edtf!r}")
    if "X" in year:
        if month_:
            raise ValueError(f"a month in a year that is left open: {edtf!r}")
        return _widened(_first(int(year.replace("X", "0"))), _last(int(year.replace("X", "9"))), 366 if about else 0)
    if month_ is None or month_ == "XX":
        if day not in (None, "XX"):
            raise ValueError(f"a day in a month that is left open: {edtf!r}")
        return (_first(int(year) - 1), _last(int(year) + 1)) if about else (_first(int(year)), _last(int(year)))
    return _in_year(edtf, int(year), int(month_), day, bool(about))


def _in_year(edtf: str, year: int, number: int, day: str | None, about: bool) -> Bounds:
    if number in _FIRST_MONTH and day is None:
        first = _FIRST_MONTH[number]
        return _months(year, first - about, first + 2 + about)
    if not 1 <= number <= 12:
        raise ValueError(f"there is no month {number}: {edtf!r}")
    if day is None or day == "XX":
        return _months(year, number - about, number + about)
    try:
        exact = date(year, number, int(day))
    except ValueError as wrong:
        raise ValueError(f"there is no such day: {edtf!r}") from wrong
    return _widened(exact, exact, _ABOUT_DAYS if about else 0)


def _first(year: int) -> date:
    return date(min(max(year, 1), 9999), 1, 1)


def _last(year: int) -> date:
    return date(min(max(year, 1), 9999), 12, 31)


def _months(year: int, first: int, last: int) -> Bounds:
    start, end = 12 * year + first - 1, 12 * year + last - 1
    from_year, to_year = max(start // 12, 1), min(end // 12, 9999)
    if to_year < 1 or from_year > 9999:
        raise ValueError(f"the year {year} is beyond the calendar")
    month_ = end % 12 + 1 if end // 12 <= 9999 else 12
    return date(from_year, start % 12 + 1 if start // 12 >= 1 else 1, 1), date(to_year, month_, monthrange(to_year, month_)[1])


def _widened(first: date, last: date, days: int) -> Bounds:
    return date.fromordinal(max(first.toordinal() - days, 1)), date.fromordinal(min(last.toordinal() + days, date.max.toordinal()))
