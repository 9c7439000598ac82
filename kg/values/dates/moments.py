"""From what the words give to EDTF: years filled in from the anchor, weekdays and "last month" counted back from it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from kg.values import edtf
from kg.values.dates.words import WEEKDAYS

_EARLY_ENDS, _LATE_BEGINS, _MID = 10, 21, 15
_JUST_AHEAD, _LATELY = 45, 60
"""Days about the day of writing within which an anniversary is spoken of."""
_YEAR_PARTS = {"early": (1, 3), "mid": (5, 8), "late": (10, 12), "first half": (1, 6), "second half": (7, 12)}


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is read with.

    `anchor` is the day of writing, `ahead` says that the sentence looks forward, `year` is lent by the other end of a range, `whole` asks
    for the whole month or year where the words name its end, `day` is the day last spoken of, `beside` the day that the date just before names,
    `days` all days that the text states with their year; `nearest` says that the date may lie on either side of the anchor ("deadline").
    """

    anchor: date | None = None
    ahead: bool = False
    year: int | None = None
    whole: bool = False
    day: date | None = None
    beside: date | None = None
    days: frozenset[date] = frozenset()
    nearest: bool = False


def month_or_day(month: int, day: int | None, year: int | None, context: Context) -> str | None:
    """A month or day; without year the nearest one not after the anchor (looking ahead: not before it). None where there is no such day."""
    year = year if year is not None else context.year
    if year is None and context.anchor is not None:
        year = _nearest_year(month, day, context)
    if day is None:
        return f"XXXX-{month:02}" if year is None else edtf.month(year, month)
    if day > monthrange(2000 if year is None else year, month)[1]:
        return None
    return f"{'XXXX' if year is None else format(year, '04')}-{month:02}-{day:02}"


def _nearest_year(month: int, day: int | None, context: Context) -> int:
    anchor, ahead = context.anchor or date.min, context.ahead
    if context.nearest:
        ahead = (month - anchor.month) % 12 < 6
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


def nth_of_month(point: str, place: int, stretch: str) -> str | None:
    """So many days or weeks of a month, or one of its weekdays; place -1 is the last. None where the year would have to be known, or there is none.

    >>> nth_of_month("2024-01", -1, "week"), nth_of_month("2024-01", 1, "Friday"), nth_of_month("2024-02", 1, "days")
    ('2024-01-25/2024-01-31', '2024-01-05', '2024-02-01/2024-02-10')
    """
    known = point[:4].isdigit()
    end = monthrange(int(point[:4]) if known else 2000, int(point[5:7]))[1]
    match stretch:
        case "day" | "days" | "weeks" if place not in (1, -1):
            return None
        case "day":
            first = last = 1 if place == 1 else end
        case "days":
            first, last = (1, _EARLY_ENDS) if place == 1 else (_LATE_BEGINS, end)
        case "week" | "weeks":
            length = 7 * (1 + (stretch == "weeks"))
            first, last = (7 * place - 6, 7 * place - 7 + length) if place > 0 else (end - length + 1, end)
        case _ if stretch in WEEKDAYS and known:
            opening = date(int(point[:4]), int(point[5:7]), 1).weekday()
            first = 1 + (WEEKDAYS.index(stretch) - opening) % 7 + 7 * (place - 1 if place > 0 else 0)
            first = last = first if place > 0 else first + 7 * ((end - first) // 7)
        case _:
            return None
    return edtf.interval(f"{point}-{first:02}", f"{point}-{last:02}")


def nth_of_year(year: int, place: int, stretch: str) -> str | None:
    """The first or last days, weeks or months of a year, or one of its quarters.

    >>> nth_of_year(2023, -1, "weeks"), nth_of_year(2023, 2, "quarter"), nth_of_year(2023, 1, "day")
    ('2023-12', '2023-04/2023-06', '2023-01-01')
    """
    if stretch == "quarter":
        last = 3 * (place if place > 0 else 4)
        return f"{year:04}-{last - 2:02}/{year:04}-{last:02}"
    if place not in (1, -1):
        return None
    month = 1 if place == 1 else 12
    if stretch == "months":
        return nth_of_year(year, place, "quarter")
    return f"{year:04}-{month:02}" if stretch in ("weeks", "week", "month") else nth_of_month(f"{year:04}-{month:02}", place, stretch)


def half_ago(halves: int, unit: str, context: Context) -> str | None:
    """So many half units before the anchor, about."""
    steps = {"month": ("day", 15), "year": ("month", 6), "decade": ("year", 5)}
    if context.anchor is None or unit not in steps:
        return None
    smaller, many = steps[unit]
    point = shift(context.anchor, smaller, -halves * many)
    return point and f"{point}~"


def anniversary(count: int, context: Context) -> str | None:
    """The so-manieth anniversary of the one day of the text that has it about the time of writing; None where none or several have."""
    anchor = context.anchor
    if anchor is None:
        return None
    due = {day.replace(year=day.year + count, day=min(day.day, 28) if day.month == 2 else day.day) for day in context.days}
    near = [day for day in due if -_JUST_AHEAD <= (anchor - day).days <= _LATELY]
    return near[0].isoformat() if len(near) == 1 else None


def beside(count: int, unit: str, context: Context) -> str | None:
    """So many days or weeks from the day named just before; nothing that lies after the day of writing."""
    days = {"day": 1, "night": 1, "week": 7}.get(unit)
    if context.beside is None or days is None:
        return None
    point = shift(context.beside, "day", count * days)
    late = point and context.anchor and date.fromisoformat(point) > context.anchor
    return None if late else point


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
