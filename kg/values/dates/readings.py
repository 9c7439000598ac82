"""How each kind of date expression is read as EDTF: functions of a match and its context, None where the context does not suffice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kg.values import edtf, numerals
from kg.values.dates import moments
from kg.values.dates import words as w
from kg.values.dates.moments import Context


def _number(match: re.Match[str], group: str) -> int | None:
    found = match.groupdict().get(group)
    return int(found) if found else None


def _year(match: re.Match[str], context: Context) -> int | None:
    """The year that is stated, or meant by "last year"."""
    whose = match.groupdict().get("whose")
    if whose and context.anchor:
        return context.anchor.year + {"last": -1, "next": 1}.get(whose.lower(), 0)
    return _number(match, "year")


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
    return moments.month_or_day(w.month_number(match["month"]), int(match["day"]), _year(match, context), context)


def days(match: re.Match[str], context: Context) -> str | None:
    """Two days of a month and what lies between."""
    first = day(match, context)
    number, year = w.month_number(match["month"]), _year(match, context)
    last = moments.month_or_day(number, int(match["last"]), int(first[:4]) if first and first[0] != "X" else year, context)
    return edtf.interval(first, last) if first and last and first < last else None


def month(match: re.Match[str], context: Context) -> str | None:
    """A month, or a part of it; a part that is still to come is last year's, unless the sentence looks ahead."""
    number, year, part = w.month_number(match["month"]), _year(match, context), _part(match)
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
    return moments.season(edtf.SEASONS[match["season"].lower()], _year(match, context), which.lower() if which else None, context)


def year(match: re.Match[str], context: Context) -> str | None:
    """A year, or a part of it."""
    return moments.part_of(match["year"], _part(match), context)


def years(match: re.Match[str], _context: Context) -> str | None:
    """Two years and what lies between."""
    first, last = match["year"], match["last"]
    last = first[:2] + last if len(last) == 2 else last
    return f"{first}/{last}" if first < last else None


def decade(match: re.Match[str], _context: Context) -> str | None:
    """Ten years, or a part of them."""
    bounds = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "first half": (0, 4), "second half": (5, 9)}.get(_part(match) or "")
    ten = match["decade"]
    return f"{ten}{bounds[0]}/{ten}{bounds[1]}" if bounds else f"{ten}X"


def nth_of_month(match: re.Match[str], context: Context) -> str | None:
    """The first or last days, a week, or a weekday of a month; what is still to come is last year's, unless the sentence looks ahead."""
    year, number = _year(match, context), w.month_number(match["month"])
    point = moments.month_or_day(number, None, year, context)
    if point is None:
        return None
    place, stretch = w.place(match["nth"]), match["stretch"]
    stretch = stretch if stretch in w.WEEKDAYS else stretch.lower()
    read = moments.nth_of_month(point, place, stretch)
    begins = edtf.span_of(edtf.start_of(read))[0] if read else None
    if year is None and context.year is None and not context.ahead and context.anchor and begins and begins > context.anchor:
        return moments.nth_of_month(edtf.month(context.anchor.year - 1, number), place, stretch)
    return read


def nth_of_year(match: re.Match[str], context: Context) -> str | None:
    """The first or last days, weeks or months of a year, or a quarter or half of it."""
    year = _year(match, context)
    if year is None:
        return None
    if match["half"]:
        return moments.part_of(f"{year:04}", "first half" if match["half"] == "1" else "second half", context)
    if match["quarter"]:
        return moments.nth_of_year(year, int(match["quarter"]), "quarter")
    return moments.nth_of_year(year, w.place(match["nth"]), match["stretch"].lower())


def week_of(match: re.Match[str], context: Context) -> str | None:
    """Seven days from a day on."""
    first = day(match, context)
    return f"{first}/{edtf.step(first, 6)}" if first and "X" not in first else None


def year_end(match: re.Match[str], context: Context) -> str | None:
    """The end of the current year or month."""
    return moments.around_anchor(match["ending"].lower(), "this", "late", context)


def holiday(match: re.Match[str], context: Context) -> str | None:
    """New Year's Day and Christmas, and their eves."""
    eve = match["eve"].lower() == "eve"
    month_, first = (12, 25) if match["feast"].lower() == "christmas" else (12, 32) if eve else (1, 1)
    return moments.month_or_day(month_, first - eve, _year(match, context), context)


def weekday(match: re.Match[str], context: Context) -> str | None:
    """A weekday."""
    which = match["which"].lower().removeprefix("this ") if match["which"] and len(match["which"]) > 4 else match["which"]
    which = {"past": "last", "coming": "next"}.get(which or "", which)
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


def overnight_on(match: re.Match[str], context: Context) -> str | None:
    """The night that follows a weekday, or leads into it; before the day of writing."""
    read = moments.weekday(w.weekday_number(match["weekday"]), None, replace(context, ahead=False))
    if read is None:
        return None
    into = match["into"] or date.fromisoformat(read) == context.anchor
    return f"{edtf.step(read, -1)}/{read}" if into else f"{read}/{edtf.step(read, 1)}"


def this(match: re.Match[str], context: Context) -> str | None:
    """Last, this or next week, month or year, or a part of it."""
    which = match["which"].lower().removeprefix("the").strip()
    part, unit = match["part"], match["unit"].lower()
    if (unit, which) == ("weekend", "this") and context.anchor and context.anchor.weekday() < 2 and not context.ahead:
        which = "last"
    return moments.around_anchor(unit, which, w.part_name(part) if part else None, context)


def weekend(_match: re.Match[str], context: Context) -> str | None:
    """The weekend last begun."""
    before_it = context.anchor is not None and context.anchor.weekday() < 5 and not context.ahead
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


def half_ago(match: re.Match[str], context: Context) -> str | None:
    """Half a unit ago, or so many and a half."""
    count = w.amount(match["number"]) if match["number"] else 0
    return None if count is None else moments.half_ago(2 * count + 1, match["unit"].lower(), context)


def years_ago_today(match: re.Match[str], context: Context) -> str | None:
    """So many weeks or years ago to the day."""
    count, anchor, unit = w.amount(match["number"]), context.anchor, match["unit"].lower()
    if count is None or anchor is None:
        return None
    if unit == "week":
        return moments.shift(anchor, "day", -7 * count)
    return moments.month_or_day(anchor.month, anchor.day, max(anchor.year - count, 1), context) if unit == "year" else None


def past(match: re.Match[str], context: Context) -> str | None:
    """The stretch of so many units up to the day of writing."""
    count = w.amount(match["number"]) if match["number"] else 1
    return None if count is None else moments.past(count, match["unit"].lower(), context)


def same_day(_match: re.Match[str], context: Context) -> str | None:
    """The day last spoken of."""
    return context.day.isoformat() if context.day else None


def later(match: re.Match[str], context: Context) -> str | None:
    """So many days before or after the day that was named just before."""
    given = match.groupdict()
    count = w.amount(given["number"]) if given.get("number") else 1
    side = match["side"].lower()
    if count is None or given.get("roughly") or given.get("beyond"):
        return None
    return moments.beside(-count if side in ("earlier", "before", "previous") else count, (given.get("unit") or "day").lower(), context)


def anniversary(match: re.Match[str], context: Context) -> str | None:
    """An anniversary of a day that the text states."""
    count = numerals.ordinal(match["nth"]) if match["nth"] else None
    return None if count is None else moments.anniversary(count, context)


def unknown(_match: re.Match[str], _context: Context) -> str | None:
    """Nothing: the words are counted from something that the text tells elsewhere."""
    return None
