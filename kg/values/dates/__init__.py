"""Date expressions of English news: where they stand, and the days they mean, counted from the day of writing.

What the words leave open stays open: a weekday in an undated article keeps its words and precision and has no days; "nearly four years
after the killing" is counted from something else and has none either. Nothing is taken from the anchor that the words do not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kg.model import Span, TimeSpan
from kg.values import edtf
from kg.values.dates import readings
from kg.values.dates.ahead import is_deadline, looks_ahead
from kg.values.dates.joined import Joined, pair, single
from kg.values.dates.moments import Context
from kg.values.dates.points import Point, expressions
from kg.values.found import Found

__all__ = ["find"]

_FIRST, _LAST = 100, 9900
"""Years of writing that are counted from: near the ends of the calendar "last year" has no days."""
_LATELY = timedelta(days=7)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BESIDE = 300
"""How far back, in characters of the same paragraph, a day is looked for from which "two days later" is counted."""


def find(text: str, anchor: date | None) -> tuple[Found[TimeSpan], ...]:
    """Every date expression of a text in order, disjoint, with its span and TimeSpan.

    `anchor` is the day of writing: relative words and dates without year are counted back from it, or onward where the sentence looks
    ahead; without it they have no days. "Earlier in the day" is the day last spoken of in this same text, so pass whole texts.

    >>> [(found.value.words, found.value.edtf) for found in find("Troops left in late 2023 and again on Friday.", date(2024, 1, 9))]
    [('late 2023', '2023-10/2023-12'), ('Friday', '2024-01-05')]
    """
    if anchor is not None and not _FIRST <= anchor.year <= _LAST:
        anchor = None
    return tuple(Found(Span(j.start, j.end), _timespan(text, j, anchor)) for j in _joined(text, anchor))


def _timespan(text: str, joined: Joined, anchor: date | None) -> TimeSpan:
    words = text[joined.start : joined.end]
    if joined.edtf is None:
        return TimeSpan(words, joined.precision)
    return edtf.timespan(joined.edtf, words, anchor if joined.edtf != joined.timeless else None)


def _joined(text: str, anchor: date | None) -> Iterator[Joined]:
    waiting = expressions(text)
    stated = _stated(waiting)
    day: date | None = None
    last: Joined | None = None
    at = floor = 0
    while at < len(waiting):
        point = waiting[at]
        near = last and point.start - last.end <= _BESIDE and "\n" not in text[last.end : point.start]
        context = Context(
            anchor,
            looks_ahead(text, point.start, point.end),
            day=day,
            beside=_day_of(last) if last and near else None,
            days=stated,
            nearest=is_deadline(text, point.start, point.end),
        )
        joined = pair(text, point, waiting[at + 1], context, floor) if at + 1 < len(waiting) else None
        at += 2 if joined else 1
        last = joined = joined or single(text, point, context, floor)
        floor = joined.end
        day = _day_spoken_of(joined, anchor) or day
        yield joined


def _stated(points: tuple[Point, ...]) -> frozenset[date]:
    """All days that are stated with their year, where an anniversary may be counted from them."""
    if not any(point.rule.read is readings.anniversary for point in points):
        return frozenset()
    read = (point.edtf(Context()) for point in points if point.rule.near in ("year", "month"))
    return frozenset(date.fromisoformat(day) for day in read if day and _DAY.fullmatch(day))


def _day_of(joined: Joined) -> date | None:
    return date.fromisoformat(joined.edtf) if joined.edtf and _DAY.fullmatch(joined.edtf) else None


def _day_spoken_of(joined: Joined, anchor: date | None) -> date | None:
    day = _day_of(joined)
    return day if day and (anchor is None or abs(anchor - day) <= _LATELY) else None
