"""How each kind of date expression is read as EDTF: functions of a match and its context, None where the context does not suffice."""

from __future__ import annotations

import re

from kg.values import edtf
from kg.values.dates import moments
from kg.values.dates import words as w
from kg.values.dates.moments import Context


def _number(match: re.Match[str], group: str) -> int | None:
    found = match.groupdict().get(group)
    return int(found) if found else None


def _part(match: re.Match[str]) -> str | None:
    found = match.groupdict().get("part")
    return w.part_name(found) if found else None


def numeric(match: re.Match[str], context: Context) -> str | None:
    """A day in figures, the day and month marked by their places."""
    return moments.month_or_day(int(match["month"]), int(match["day"]), int(match["year"]), context) if int(match["month"]) <= 12 else None


def slashed(match: re.Match[str], context: Context) -> str | None:
    """A day in figures with slashes: only where no more than one order of day and month is possible."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first == second or second > 12 >= first:
        return moments.month_or_day(first, second, year, context)
    return moments.month_or_day(second, first, year, context) if first > 12 >= second else None


def day(match: re.Match[str], context: Context) -> str | None:
    """A day of a month."""
    return moments.month_or_day(w.month_number(match["month"]), int(match["day"]), _number(match, "year"), context)


def days(match: re.Match[str], context: Context) -> str | None:
    """Two days of a month and what lies between."""
    first = day(match, context)
    number, year = w.month_number(match["month"]), _number(match, "year")
    last = moments.month_or_day(number, int(match["last"]), int(first[:4]) if first and first[0] != "X" else year, context)
    return edtf.interval(first, last) if first and last and first < last else None


def month(match: re.Match[str], context: Context) -> str | None:
    """A month, or a part of it; a part that is still to come is last year's, unless the sentence looks ahead."""
    number, year, part = w.month_number(match["month"]), _number(match, "year"), _part(match)
    point = moments.month_or_day(number, None, year, context)
    if point is None:
        return None
    read = moments.part_of(point, part, context)
    begins = edtf.span_of(edtf.start_of(read))[0]
    if year is None and context.year is None and not context.ahead and context.anchor and begins and begins > context.anchor:
        read = moments.part_of(edtf.month(context.anchor.year - 1, number), part, context)
    return read


def which_month(match: re.Match[str], context: Context) -> str | None:
    """Last, this or next of the months of that name."""
    anchor, number, which = context.anchor, w.month_number(match["month"]), match["which"].lower()
    if anchor is None:
        return moments.part_of(f"XXXX-{number:02}", _part(match), context)
    year = anchor.year
    if which == "last":
        year -= number >= anchor.month
    elif which == "next":
        year += number <= anchor.month
    return moments.part_of(edtf.month(year, number), _part(match), context)


def season(match: re.Match[str], context: Context) -> str | None:
    """A season."""
    which = match.groupdict().get("which")
    return moments.season(edtf.SEASONS[match["season"].lower()], _number(match, "year"), which.lower() if which else None, context)


def year(match: re.Match[str], context: Context) -> str | None:
    """A year, or a part of it."""
    return moments.part_of(match["year"], _part(match), context)


def years(match: re.Match[str], _context: Context) -> str | None:
    """Two years and what lies between."""
    first, last = match["year"], match["last"]
    last = first[:2] + last if len(last) == 2 else last
    return f"{first}/{last}" if first < last else None


def decade(match: re.Match[str], _context: Context) -> str | None:
    """Ten years."""
    return f"{match['decade']}X"


def weekday(match: re.Match[str], context: Context) -> str | None:
    """A weekday."""
    which = match["which"]
    return moments.weekday(w.weekday_number(match["weekday"]), which.lower() if which else None, context)


def weekday_of_week(match: re.Match[str], context: Context) -> str | None:
    """A weekday of last, this or next week."""
    return moments.weekday_of_week(w.weekday_number(match["weekday"]), match["which"].lower(), context)


def near(match: re.Match[str], context: Context) -> str | None:
    """Today, yesterday, tomorrow."""
    by = {"yesterday": -1, "tomorrow": 1}.get(match["near"].lower(), 0)
    return moments.from_anchor("day", -2 if match["before"] else by, context)


def overnight(_match: re.Match[str], context: Context) -> str | None:
    """The night before the day of writing."""
    return moments.past(1, "day", context)


def this(match: re.Match[str], context: Context) -> str | None:
    """Last, this or next week, month or year, or a part of it."""
    which = match["which"].lower().removeprefix("the").strip()
    part = match["part"]
    return moments.around_anchor(match["unit"].lower(), which, w.part_name(part) if part else None, context)


def weekend(_match: re.Match[str], context: Context) -> str | None:
    """The weekend last begun."""
    before_it = context.anchor is not None and context.anchor.weekday() < 5
    return moments.from_anchor("weekend", -before_it, context)


def iso_month(match: re.Match[str], _context: Context) -> str | None:
    """A month in figures."""
    return f"{match['year']}-{match['month']}"


def ago(match: re.Match[str], context: Context) -> str | None:
    """So many units ago."""
    count = w.amount(match["number"])
    if count is None or (read := moments.ago(count, match["unit"].lower(), context)) is None:
        return None
    if match["beyond"]:
        return f"../{edtf.end_of(read).rstrip('~')}"
    return f"{read.rstrip('~')}~" if match["roughly"] and "/" not in read else read


def past(match: re.Match[str], context: Context) -> str | None:
    """The stretch of so many units up to the day of writing."""
    count = w.amount(match["number"]) if match["number"] else 1
    return None if count is None else moments.past(count, match["unit"].lower(), context)


def same_day(_match: re.Match[str], context: Context) -> str | None:
    """The day last spoken of."""
    return context.day.isoformat() if context.day else None


def unknown(_match: re.Match[str], _context: Context) -> str | None:
    """Nothing: the words are counted from something that the text tells elsewhere."""
    return None
