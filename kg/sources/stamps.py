"""Stamps: days and times of publication as outlets write them, read into EDTF.

Only forms that leave no doubt are read: `03/04/2024` may be two days and is handed back as doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?"
    r"|Dec(?:ember)?)\.?"
)
_WEEKDAY: Final = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_ZONE: Final = r"(?P<zone>Z|(?:GMT|UTC)(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}|[A-Z]{2,4}T\b)"
_CLOCK: Final = (
    r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
    rf"(?:\s*{_ZONE})?"
)
_YEAR: Final = r"(?P<year>(?:19|20|21)\d{2})"
_A_YEAR: Final = re.compile(r"(?:19|20|21)\d{2}")
_LONGEST = 60
_THEN_CLOCK: Final = rf"(?:(?:T|,?\s+(?:at\s+|[-–|]\s*)?){_CLOCK})?"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day (and time) read from words; `edtf` is None when the words may mean two days. `end` is where the words end in the text."""

    edtf: str | None
    words: str
    end: int

    @property
    def day(self) -> str | None:
        """The day alone."""
        return self.edtf[:10] if self.edtf else None


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a day: its name, what it looks like, and how year, month and day are taken from it."""

    name: str
    pattern: re.Pattern[str]
    taken: Callable[[re.Match[str]], tuple[int, int, int] | None]


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    return int(found["year"]), int(found["month"]), int(found["day"])


def _named(found: re.Match[str]) -> tuple[int, int, int]:
    return int(found["year"]), _MONTHS.index(found["name"][:3].lower()) + 1, int(found["day"])


def _slashed(found: re.Match[str]) -> tuple[int, int, int] | None:
    """Day and month in the only order that gives a day; None when both orders do and differ."""
    first, second, year = int(found["one"]), int(found["other"]), int(found["year"])
    if first <= 12 and second <= 12 and first != second:
        return None
    return (year, first, second) if second > 12 else (year, second, first)


def _form(name: str, pattern: str, taken: Callable[[re.Match[str]], tuple[int, int, int] | None]) -> Form:
    return Form(name, re.compile(pattern, re.IGNORECASE), taken)


FORMS: Final = (
    _form("2024-08-03T16:51+0000", rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d){_THEN_CLOCK}", _numbers),
    _form("2024/08/03", rf"{_YEAR}[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)(?!\d){_THEN_CLOCK}", _numbers),
    _form("18:53 GMT 11.10.2020", rf"{_CLOCK},?\s+(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}(?!\d)", _numbers),
    _form("11.10.2020", rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}(?!\d){_THEN_CLOCK}", _numbers),
    _form("3 August 2024", rf"{_WEEKDAY}(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}(?!\d){_THEN_CLOCK}", _named),
    _form("August 3, 2024", rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d){_THEN_CLOCK}", _named),
    _form("17:41, 3 August 2024", rf"{_CLOCK},?\s+{_WEEKDAY}(?P<day>\d\d?)\s+{_MONTH},?\s+{_YEAR}(?!\d)", _named),
    _form("03/25/2024", rf"(?P<one>\d\d?)[/-](?P<other>\d\d?)[/-]{_YEAR}(?!\d){_THEN_CLOCK}", _slashed),
)


def stamp(text: str, at: int = 0) -> Stamp | None:
    """The stamp that the text has at this place; None when there is none, or no such day.

    >>> stamp("29 Oct 2022 21:09")
    Stamp(edtf='2022-10-29T21:09:00', words='29 Oct 2022 21:09', end=17)
    >>> stamp("03/04/2024").edtf is None
    True
    """
    if not _A_YEAR.search(text, at, at + _LONGEST):
        return None  # most of what is asked about: no form needs to be tried
    for form in FORMS:
        found = form.pattern.match(text, at)
        if found is None:
            continue
        numbers = form.taken(found)
        if numbers is None:
            return Stamp(None, found.group(), found.end())
        try:
            day = date(*numbers)
        except ValueError:
            continue
        return Stamp(day.isoformat() + _time(found), found.group(), found.end())
    return None


def _time(found: re.Match[str]) -> str:
    """The time of day as EDTF writes it, with the zone where one is stated; nothing when there is none."""
    groups = found.groupdict()
    if not groups.get("hour"):
        return ""
    hour = int(groups["hour"])
    half = (groups["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02}:{groups['minute']}:{groups['second'] or '00'}{_zone(groups['zone'] or '')}"


def _zone(words: str) -> str:
    """The zone as EDTF writes it; nothing for letters that stand for several zones."""
    words = words.upper()
    offset = re.fullmatch(r"(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?", words)
    if offset and int(offset[2]) <= 14:
        hours, minutes = int(offset[2]), offset[3] or "00"
        return "Z" if hours == 0 and minutes == "00" else f"{offset[1]}{hours:02}:{minutes}"
    return "Z" if words in ("Z", "GMT", "UTC") else ""
