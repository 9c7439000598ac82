"""From what the words give to EDTF: years filled in from the anchor, weekdays and "last month" counted back from it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from kg.values import edtf

_EARLY_ENDS, _LATE_BEGINS, _MID = 10, 21, 15
_YEAR_PARTS = {"early": (1, 3), "mid": (5, 8), "late": (10, 12), "first half": (1, 6), "second half": (7, 12)}


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is read with.

    `anchor` is the day of writing, `ahead` says that the sentence looks forward, `year` is lent by the other end of a range, `whole` asks
    for the whole month or year where the words name its end, `day` is the day last spoken of.
    """

    anchor: date | None = None
    ahead: bool = False
    year: int | None = None
    whole: bool = False
    day: date | None = None


def month_or_day(month: int, day: int | None, year: int | None, context: Context) -> str | None:
    """A month or day; without year the nearest one not after the anchor (looking ahead: not before it). None where there is no such day."""
    year = year if year is not None else context.year
    if year is None and context.anchor is not None:
        year = _nearest_year(month, day, context.anchor, context.ahead)
    if day is None:
        return f"XXXX-{month:02}" if year is None else edtf.month(year, month)
    if day > monthrange(2000 if year is None else year, month)[1]:
        return None
    return f"{'XXXX' if year is None else format(year, '04')}-{month:02}-{day:02}"


def _nearest_year(month: int, day: int | None, anchor: date, ahead: bool) -> int:
    here = (anchor.month, anchor.day if day else 0)
    there = (month, day or 0)
    year = anchor.year
    if ahead and there < here:
        year += 1
    if not ahead and there > here:
        year -= 1
    if (month, day) == (2, 29):
        while monthrange(max(year, 1), 2)[1] < 29:
            year += 1 if ahead else -1
    return min(max(year, 1), 9999)


def part_of(point: str, part: str | None, context: Context) -> str:
    """The early, middle or late part of a month or year; the whole of anything else, or where the context asks for it.

    >>> part_of("2024-01", "late", Context()), part_of("2023", "late", Context()), part_of("2023-10", "mid", Context())
    ('2024-01-21/2024-01-31', '2023-10/2023-12', '2023-10-15~')
    """
    if part is None or (context.whole and part == "late") or "/" in point:
        return point
    if point.isdigit():
        first, last = _YEAR_PARTS[part]
        return f"{point}-{first:02}/{point}-{last:02}"
    year, number = point[:4], int(point[5:7] or 0)
    if len(point) != 7 or number > 12:
        return point
    end = monthrange(int(year) if year.isdigit() else 2000, number)[1]
    days = {
        "early": f"{point}-01/{point}-{_EARLY_ENDS}",
        "mid": f"{point}-{_MID}~",
        "late": f"{point}-{_LATE_BEGINS}/{point}-{end}",
        "first half": f"{point}-01/{point}-{_MID}",
        "second half": f"{point}-{_MID + 1}/{point}-{end}",
    }
    return days[part]


def season(number: int, year: int | None, which: str | None, context: Context) -> str:
    """A season; "this", "last", "next" or none is counted from the anchor, the anchor's own season being "this" one."""
    year = year if year is not None else context.year
    if year is not None:
        return f"{year:04}-{number}"
    anchor = context.anchor
    if anchor is None:
        return f"XXXX-{number}"
    year = anchor.year - (number == 24 and anchor.month <= 2)
    started, ended = (bound or anchor for bound in edtf.span_of(f"{year:04}-{number}"))
    if which == "next" or (which is None and context.ahead):
        year += started <= anchor
    elif which == "last":
        year -= ended >= anchor
    elif which is None:
        year -= started > anchor
    return f"{year:04}-{number}"


def weekday(number: int, which: str | None, context: Context) -> str | None:
    """A weekday: the nearest not after the anchor; "last" before it, "next", and any where the sentence looks ahead, after it."""
    anchor = context.anchor
    if anchor is None:
        return None
    if which == "next" or (context.ahead and which != "last"):
        forward = (number - anchor.weekday()) % 7
        return shift(anchor, "day", forward or (7 if which == "next" else 0))
    back = (anchor.weekday() - number) % 7
    return shift(anchor, "day", -(back or (7 if which == "last" else 0)))


def weekday_of_week(number: int, which: str, context: Context) -> str | None:
    """A weekday of last, this or next week; weeks begin on Monday."""
    anchor = context.anchor
    if anchor is None:
        return None
    weeks = {"last": -1, "previous": -1, "next": 1}.get(which, 0)
    return shift(anchor, "day", number - anchor.weekday() + 7 * weeks)


def shift(anchor: date, unit: str, by: int) -> str | None:
    """The day, week, month, year or decade so many units from the anchor, in the precision of the unit; None beyond the calendar."""
    try:
        if unit in ("day", "night"):
            return (anchor + timedelta(days=by)).isoformat()
        if unit in ("week", "weekend", "fortnight"):
            monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=by)
            return f"{monday + timedelta(days=5 * (unit == 'weekend'))}/{monday + timedelta(days=6)}"
        point = (
            edtf.month(anchor.year, anchor.month + by) if unit == "month" else f"{anchor.year + by * (10 if unit == 'decade' else 1):04}"
        )
        edtf.span_of(point)
    except (OverflowError, ValueError):
        return None
    return point


def from_anchor(unit: str, by: int, context: Context) -> str | None:
    """So many units from the anchor, None without one."""
    return None if context.anchor is None else shift(context.anchor, unit, by)


def ago(count: int, unit: str, context: Context) -> str | None:
    """So many units before the anchor: days to the day, longer ones about."""
    anchor = context.anchor
    if anchor is None:
        return None
    if unit == "hour":
        return past(count, unit, context)
    if unit in ("day", "night"):
        return shift(anchor, "day", -count)
    days = {"week": 7, "fortnight": 14}.get(unit)
    point = shift(anchor, "day", -count * days) if days else shift(anchor, unit, -count)
    return point and f"{point}~"


def past(count: int, unit: str, context: Context) -> str | None:
    """The stretch of so many units that ends with the anchor."""
    anchor = context.anchor
    if anchor is None:
        return None
    days = {"hour": -(-count // 24), "day": count, "night": count, "week": 7 * count, "fortnight": 14 * count}.get(unit)
    start = shift(anchor, "day", -days) if days is not None else shift(anchor, unit, -count)
    return start and f"{start}/{anchor}"


def around_anchor(unit: str, which: str, part: str | None, context: Context) -> str | None:
    """Last, this or next week, month or year, or a part of it; "earlier this" ends with the anchor, "later this" begins with it."""
    anchor = context.anchor
    if anchor is None:
        return None
    point = shift(anchor, unit, {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0))
    if point is None:
        return None
    here = point == shift(anchor, unit, 0)
    bounds = edtf.span_of(point)
    if part == "earlier" and here:
        return edtf.interval(f"{bounds[0]}", f"{anchor}")
    if part == "later" and here:
        return edtf.interval(f"{anchor}", f"{bounds[1]}")
    return part_of(point, {"earlier": "early", "later": "late"}.get(part or "", part), context)
