"""Other days: publication, weekdays, dates and years move together, in text, sidecar and gold alike.

All moves by a number of months and then of days, chosen so that every date stays in its month (late last month stays late) and all months keep
their distance to the year (this year, spring stay true).  Weekdays turn by the distance of the two days of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from tests.variants.figures import MONTHS
from tests.variants.making import Article, Edit, alone, varied

WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905 - reads better
LATEST: Final = 2025
"""No variant is published after this year."""

_M: Final = r"(?P<month>" + "|".join(MONTHS) + "|" + "|".join(m[:3] for m in MONTHS if m != "May") + r")\b"
_Y: Final = r"(?P<year>(?:19|20)\d\d)"
_DATES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_Y}-(?P<mm>[01]\d)-(?P<dd>[0-3]\d)(?!\d)",
        rf"(?<=/){_Y}(?P<mm>[01]\d)(?P<dd>[0-3]\d)(?=/)",
        rf"\b(?P<dd>[0-3]?\d)\.(?P<mm>[01]?\d)\.{_Y}\b",
        rf"\b(?P<first>\d\d?)(?= (?:and|to|or|-|–) \d\d? {_M})",
        rf"\b(?P<dd>\d\d?) {_M}(?:,? {_Y}\b)?",
        rf"\b{_M} (?P<dd>\d\d?)\b(?!,\d)(?:, {_Y}\b)?",
        rf"\b{_M}(?:,? {_Y}\b)?",
        rf"(?<![\d,./_\-]){_Y}(?![\d,_/]|\.\d)",
        rf"(?:(?<=(?:19|20)\d\d-)|(?<=(?:19|20)\d\d–)){_Y}\b(?!-)",
    )
)
WEEKDAY: Final = re.compile(r"\b(?:" + "|".join(WEEKDAYS) + r")\b")
_SEASON: Final = re.compile(r"\b(?:spring|summer|autumn|winter)\b|\b(?:19|20)\d\d-2[1-4]\b")
_ADDRESS: Final = re.compile(r"\S*://\S*")
_EDTF: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_DATE: Final = re.compile(r"[\d./~-]+")
_LATE: Final = re.compile(r"(\d{4}-\d\d)-(?:21/\1-(?:28|29|30|31)|(?:01/\1-10)|(?:11/\1-20))|\d{4}-\d\d-15~")
"""Late, early, middle of a month: these stay where they are in it."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A move by whole months, then by days; weekdays turn by `turn`."""

    months: int
    days: int
    turn: int

    def day(self, day: date) -> date:
        """A day, moved."""
        whole = day.year * 12 + day.month - 1 + self.months
        year, month = whole // 12, whole % 12 + 1
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day
        return date(year, month, min(day.day, last)) + timedelta(self.days)

    def month(self, year: int, month: int) -> tuple[int, int]:
        """A month, moved."""
        whole = year * 12 + month - 1 + self.months
        return whole // 12, whole % 12 + 1

    @property
    def years(self) -> int:
        """By how many years a year moves."""
        return round(self.months / 12)


def vary(article: Article, rng: Random) -> Article:
    """The article of another day; as it was where no move keeps it true."""
    moves = tuple(shifts(article))
    return moved(article, rng.choice(moves)) if moves else article


def shifts(article: Article) -> Iterator[Shift]:
    """The moves that keep what the article says of time true; none where the day of publication is not known."""
    published = published_on(article)
    if published is None:
        return
    days = {*_gold_days(article), *_text_days(article, published), published}
    months = {day.month for day in days} | {MONTHS.index(m["month"]) + 1 for m in _DATES[6].finditer(article.text) if m["month"] in MONTHS}
    seasons = _SEASON.search(article.text) or _SEASON.search(repr(article.gold))
    for years in range(-4, 3):
        for more in (0,) if seasons else range(-3, 4):
            for by in range(-9, 10):
                move = Shift(12 * years + more, by, 0)
                turn = (move.day(published) - published).days % 7
                if (
                    turn
                    and move.day(published).year <= LATEST
                    and all(1 <= m + more <= 12 for m in months)
                    and _keeps(move, days, published)
                ):
                    yield replace(move, turn=turn)


def _keeps(move: Shift, days: set[date], published: date) -> bool:
    """Whether every day stays in its month, and those near publication at their distance from it."""
    for day in days:
        to = move.day(day)
        near = abs((day - published).days) <= 40
        if (to.year, to.month) != move.month(day.year, day.month) or (near and to - move.day(published) != day - published):
            return False
        if day.day + move.days != to.day:
            return False
    return True


def published_on(article: Article) -> date | None:
    """The day of publication; None where only a month or year is known."""
    given = str(article.meta.get("published") or article.gold["published"])
    return date.fromisoformat(given[:10]) if len(given) >= len("2024-05-04") else None


def _gold_days(article: Article) -> Iterator[date]:
    for key in ("date", "since", "founded", "published"):
        for words in _strings(article.gold, key):
            if not _LATE.fullmatch(words):
                yield from (date.fromisoformat(m.group()) for m in _EDTF.finditer(words) if len(m.group()) == 10)


def _strings(value: object, key: str, here: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, key, str(name))
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, key, here)
    elif isinstance(value, str) and here.removesuffix("_or") == key:
        yield value


def _text_days(article: Article, published: date) -> Iterator[date]:
    for pattern in _DATES[4:6]:
        for match in pattern.finditer(article.text):
            month = [m[:3] for m in MONTHS].index(match["month"][:3]) + 1
            year = int(match["year"] or published.year - (month > published.month))
            yield date(year, month, int(match["dd"]))


def moved(article: Article, move: Shift) -> Article:
    """The article, moved."""

    def leaf(key: str, words: str) -> str:
        return edtf(words, move) if key == "founded" and _DATE.fullmatch(words) else said(words, move)

    made = varied(article, _edits(article.text, move), leaf)
    return replace(made, gold=_dated(made.gold, move), meta=_dated(article.meta, move))


def said(words: str, move: Shift) -> str:
    for edit in reversed(_edits(words, move)):
        words = words[: edit.start] + edit.words + words[edit.end :]
    return words


def _dated(value: object, move: Shift, key: str = "") -> object:  # type: ignore[no-untyped-def]
    """A part of the gold or sidecar with its dates moved."""
    if isinstance(value, dict):
        return {name: _dated(item, move, str(name).removesuffix("_or")) for name, item in value.items()}
    if isinstance(value, list):
        return [_dated(item, move, key) for item in value]
    if key in ("date", "since", "published", "updated") and isinstance(value, str):
        return edtf(value, move)
    return said(value, move) if key == "url" and isinstance(value, str) else value


def edtf(words: str, move: Shift) -> str:
    """An EDTF date, moved; a part of a month stays that part."""

    def new(match: re.Match[str]) -> str:
        year, *rest = (int(part) for part in match.group().split("-"))
        if not rest:
            return str(year + move.years)
        if rest[0] > 12:
            return f"{year + move.years}-{rest[0]}"
        if len(rest) == 1:
            return "{}-{:02}".format(*move.month(year, rest[0]))
        return str(move.day(date(year, *rest)))

    if _LATE.fullmatch(words):
        keep = Shift(move.months, 0, 0)
        if words.count("/"):
            first, _, last = words.partition("/")
            end = last[8:] if last[8:] in ("10", "20") else "31"
            return f"{keep.day(date.fromisoformat(first))}/{keep.day(date.fromisoformat(first).replace(day=1)).strftime('%Y-%m-')}" + (
                end if end != "31" else f"{_last(keep.day(date.fromisoformat(first)))}"
            )
        return f"{keep.day(date.fromisoformat(words[:-1]))}~"
    return _EDTF.sub(new, words, count=0) if "T" not in words else f"{_EDTF.sub(new, words.partition('T')[0])}T{words.partition('T')[2]}"


def _last(day: date) -> int:
    return (date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(1)).day


def _edits(text: str, move: Shift) -> tuple[Edit, ...]:
    """The edits of all dates and weekdays in a text; in addresses only of dates between slashes."""
    hidden = [m.span() for m in _ADDRESS.finditer(text)]
    made = [Edit(*m.span(), WEEKDAYS[(WEEKDAYS.index(m.group()) + move.turn) % 7]) for m in WEEKDAY.finditer(text)]
    for at, pattern in enumerate(_DATES):
        for match in pattern.finditer(text):
            address = any(s <= match.start() < e for s, e in hidden)
            if address == (at == 1) and _month_is_meant(text, match):
                made.append(Edit(*match.span(), _new(match, move)))
    return alone(made)


def _month_is_meant(text: str, match: re.Match[str]) -> bool:
    """Whether May or March is the month and not a verb."""
    given = match.groupdict()
    bare = given.get("month") in ("May", "March") and not (given.get("dd") or given.get("year") or given.get("first"))
    return not bare or bool(re.search(r"\b(?:in|since|of|until|by|last|this|early|late|mid)[ -]$", text[: match.start()]))


def _new(match: re.Match[str], move: Shift) -> str:
    """A date in the form that it had."""
    given, old = match.groupdict(), match.group()
    year, name = given.get("year"), given.get("month")
    if given.get("first"):
        return str(int(old) + move.days)
    if not name and not given.get("mm"):
        return str(int(old) + move.years)
    month = int(given["mm"]) if given.get("mm") else [m[:3] for m in MONTHS].index(str(name)[:3]) + 1
    then = int(year) if year else 2023
    day = given.get("dd")
    to = move.day(date(then, month, int(day))) if day else date(*move.month(then, month), 1)
    new = {"year": f"{to.year}", "mm": f"{to.month:02}", "month": _named(to.month, str(name)), "dd": f"{to.day:0{len(day or '')}}"}
    made, here = "", 0
    for start, group in sorted((match.start(g) - match.start(), g) for g, v in given.items() if v):
        made += old[here:start] + new[group]
        here = start + len(given[group])
    return made + old[here:]


def _named(month: int, like: str) -> str:
    return MONTHS[month - 1] if like in MONTHS else MONTHS[month - 1][:3]
