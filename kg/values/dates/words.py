"""The function words of English dates as patterns: months, weekdays, seasons, numbers of days and years."""

from __future__ import annotations

import re

from kg.values import numerals

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NAMES_TOO = frozenset({"March", "April", "May", "June", "August"})
"""Months that are verbs, names or adjectives too; alone they count only behind a word that dates have before them."""


def _spellings(names: list[str]) -> str:
    return "|".join(f"{name}|{name.upper()}" for name in names)


MONTH = rf"(?P<month>{_spellings(MONTHS)})"
ANY_MONTH = rf"(?P<month>{_spellings(MONTHS)}|(?:Sept|{'|'.join(m[:3] for m in MONTHS if m != 'May')})\b\.?)"
WEEKDAY = rf"(?P<weekday>{_spellings(WEEKDAYS)})"
SEASON = r"(?P<season>(?i:spring|summer|autumn|fall|winter))"
DAY = r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
LAST_DAY = DAY.replace("<day>", "<last>")
YEAR = r"(?P<year>18[0-9]{2}|19[0-9]{2}|20[0-9]{2})"
YEAR_MEANT = rf"(?:{YEAR}|(?P<whose>(?i:last|this|next)) year\b)"
HIJRI = r"(?:Muharram|Safar|Rabi['’]?\s(?:al-[A-Za-z]+|I{1,2})|Jumada\s(?:al-[A-Za-z]+|I{1,2})|Rajab|Sha['’]?ban|Ramadan|Shawwal|Dhu\s?al-[A-Z][a-z]+)"
DAYTIME = r"(?:morning|afternoon|evening|night|midnight|noon|dawn)"
DASH = r"\s?[-–]\s?"
DASH_OR_SLASH = r"\s?[-–/]\s?"

UNIT = r"(?P<unit>hour|day|night|week|fortnight|month|year|decade)s?"
NUMBER = rf"(?P<number>[0-9]{{1,3}}|(?i:{numerals.WORDS}|a\s(?:couple\sof|few)|an?|several|many|some))"
ROUGHLY = r"(?P<roughly>(?i:nearly|almost|about|around|roughly|approximately|some|just\s(?:under|over)|less\sthan|under))"
BEYOND = r"(?P<beyond>(?i:more\sthan|over|at\sleast))"
OF = r"(?i:beginning|start|middle|end|(?:first|second)\shalf)\sof\b"
NTH = r"(?P<nth>(?i:first|second|third|fourth|last|final|opening|closing))"
STRETCH = rf"(?:(?i:few|two|three|several)\s)?(?P<stretch>(?i:days?|weeks?|months?|quarter)|{'|'.join(WEEKDAYS)})\b"
PART = rf"(?:(?P<part>(?i:early|late|mid)(?:\sin\b|-|\s)|{OF})\s?(?:the\s)?)"

_PARTS = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}


def month_number(words: str) -> int:
    """The number of a month, by its name or abbreviation.

    >>> month_number("Sept."), month_number("MAY")
    (9, 5)
    """
    return [m[:3].lower() for m in MONTHS].index(words[:3].lower()) + 1


def weekday_number(words: str) -> int:
    """The number of a weekday as `date.weekday` has it.

    >>> weekday_number("Monday")
    0
    """
    return [d.lower() for d in WEEKDAYS].index(words.lower())


def part_name(words: str) -> str:
    """Which part of a month or year is meant: early, mid, late, first half, second half.

    >>> part_name("end of "), part_name("mid-"), part_name("Second half of")
    ('late', 'mid', 'second half')
    """
    first, *rest = re.split(r"[\s-]+", words.lower().strip())
    if rest[:1] == ["half"]:
        return f"{first} half"
    return _PARTS.get(first, first)


def place(words: str) -> int:
    """Which one of a row is meant, counted from 1; -1 is the last.

    >>> place("Second"), place("final")
    (2, -1)
    """
    return {"first": 1, "opening": 1, "second": 2, "third": 3, "fourth": 4}.get(words.lower(), -1)


def amount(words: str) -> int | None:
    """How many of a unit, None where the words leave it open.

    >>> amount("a"), amount("22"), amount("twenty-two"), amount("several"), amount("a couple of")
    (1, 22, 22, None, 2)
    """
    lower = " ".join(words.lower().split())
    if lower in ("a", "an"):
        return 1
    if lower == "a couple of":
        return 2
    if lower.isdigit():
        return int(lower)
    try:
        return numerals.value(lower)
    except ValueError:
        return None
