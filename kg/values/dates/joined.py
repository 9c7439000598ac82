"""Expressions with the words that open, close or pair them: "since October", "by the end of 2021", "from 2003 to 2011"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.values import edtf
from kg.values.dates.moments import Context
from kg.values.dates.points import Point

_NEAR = 40
_LEADING = re.compile(
    r"\b(?:(?P<since>(?:ever\s)?since|starting(?:\s(?:on|from|in))?|no\searlier\sthan)|(?P<until>until|till|up\suntil|up\sto|no\slater\sthan|by)|(?P<before>before|prior\sto)|(?P<after>after|beyond))"
    r"\s(?:(?<=since\s)(?:at\sleast|as\searly\sas|(?P<about>about|around|approximately|roughly))\s)?(?P<the>the\s)?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s$", re.IGNORECASE)
_ONWARD = re.compile(r"\s(?:onwards?|forwards?|on(?=[\s.,;:!?]|$)(?!\s(?:the|a|an|[A-Z0-9])))", re.IGNORECASE)
_PAIRING = re.compile(r"\b(?:(?:the\snight|overnight|midnight)\s)?(?:between|from)\s(?:the\s)?$", re.IGNORECASE)
_JOIN = re.compile(r"(?:\s?[-–]\s?|\s(?:to|until|till|through|into)\s)(?:the\s)?")
_AND = re.compile(r"\sand\s(?:the\s)?")
_TAKES_THE = re.compile(
    r"(?:spring|summer|autumn|fall|winter|end|beginning|start|middle|first|second|early|mid|late|weekend|previous)\b", re.IGNORECASE
)
_GENITIVE = re.compile(r"['’]s\b")
_PRECISIONS = {"since": "precision/after", "after": "precision/after", "until": "precision/before", "before": "precision/before"}


@dataclass(frozen=True, slots=True)
class Joined:
    """A date as it will be reported: where it stands, its EDTF with the anchor and without one, and its precision for want of EDTF."""

    start: int
    end: int
    edtf: str | None
    timeless: str | None
    precision: str


def pair(text: str, first: Point, last: Point, context: Context, floor: int) -> Joined | None:
    """Two expressions that bound one stretch, None where they do not; `floor` is where the one before has ended."""
    between = text[first.end : last.start]
    opening = _PAIRING.search(text, max(floor, first.start - _NEAR), first.start)
    if not (_JOIN.fullmatch(between) or (opening and _AND.fullmatch(between))):
        return None
    if first.rule.undated or last.rule.undated:
        return None
    known = _bounds(first, last, context)
    if known is None and context.anchor is not None:
        return None
    timeless = _bounds(first, last, replace(context, anchor=None, day=None))
    start = opening.start() if opening else first.start
    return Joined(start, last.end, known, timeless, "precision/range")


def single(text: str, point: Point, context: Context, floor: int) -> Joined:
    """One expression with the word that opens or closes it, if any."""
    leading = _LEADING.search(text, max(floor, point.start - _NEAR), point.start)
    timeless = replace(context, anchor=None, day=None)
    onward = _onward(text, point, floor)
    if onward:
        return replace(onward, edtf=_opened(point, "since", context), timeless=_opened(point, "since", timeless))
    if leading and (
        (point.rule.undated and point.edtf(context) is None)
        or _GENITIVE.match(text, point.end)
        or (leading["the"] and not _TAKES_THE.match(text, point.start))
    ):
        leading = None
    kind = next((name for name in _PRECISIONS if leading and leading[name]), None)
    about = "~" if leading and leading["about"] else ""
    return Joined(
        leading.start() if leading else point.start,
        point.end,
        _opened(point, kind, context, about),
        _opened(point, kind, timeless, about),
        _PRECISIONS[kind] if kind else point.precision,
    )


def _onward(text: str, point: Point, floor: int) -> Joined | None:
    """Where "from" stands before a date and "on" behind it."""
    onward = _ONWARD.match(text, point.end)
    opening = _FROM.search(text, max(floor, point.start - _NEAR), point.start) if onward else None
    return Joined(opening.start(), onward.end(), None, None, "precision/after") if onward and opening else None


def _opened(point: Point, kind: str | None, context: Context, about: str = "") -> str | None:
    read = point.edtf(replace(context, whole=kind in ("until", "before", "after")))
    if read is None or kind is None:
        return read
    start, end = edtf.start_of(read), edtf.end_of(read)
    if start == "..":
        return read
    match kind:
        case "since":
            return f"{start.rstrip('~')}{about or '~' * start.endswith('~')}/.."
        case "until":
            return f"../{end}"
        case "before":
            bound = start if _ends_with_its_end(point) else _beside(start, -1)
            return bound and f"../{bound}"
        case _:
            bound = _beside(end, 1)
            return bound and f"{bound}/.."


def _beside(point: str, by: int) -> str | None:
    """The unit before or after; the same where the year is open, None beyond the calendar."""
    if "X" in point:
        return point
    try:
        stepped = edtf.step(point, by)
        edtf.span_of(stepped)
    except (OverflowError, ValueError):
        return None
    return stepped


def _ends_with_its_end(point: Point) -> bool:
    return point.match[0].lower().startswith("end of") or point.match[0].endswith("end")


def _bounds(first: Point, last: Point, context: Context) -> str | None:
    readings = (edtf.interval(start, end) for start, end in _readings(first, last, context) if start and end and _in_order(start, end))
    return next(readings, None)


def _readings(first: Point, last: Point, context: Context) -> Iterator[tuple[str | None, str | None]]:
    """The two ends as they may be meant, likelier first: one lends the other its year, or the first is counted back from the last."""
    stated_first, stated_last = first.edtf(Context()), last.edtf(Context())
    if (year := _year(stated_first)) and _yearless(stated_last):
        for lent in (year, year + 1):
            yield first.edtf(context), last.edtf(replace(context, year=lent))
        return
    end = last.edtf(context)
    if (year := _year(stated_last)) and _yearless(stated_first):
        for lent in (year, year - 1):
            yield first.edtf(replace(context, year=lent)), end
        return
    opens = edtf.span_of(end)[0] if end and first.rule.near not in ("unit", "day") else None
    yield first.edtf(replace(context, anchor=opens, ahead=False) if opens else context), end


def _in_order(start: str, end: str) -> bool:
    if edtf.start_of(start) in ("..", edtf.end_of(end)) or edtf.end_of(end) == "..":
        return False
    first, last = edtf.span_of(start)[0], edtf.span_of(end)[1]
    if first is None or last is None:
        return first is last and _shape(start) == _shape(end)
    return first <= last


def _shape(point: str) -> tuple[bool, int]:
    return "X" in point, point.count("-")


def _year(stated: str | None) -> int | None:
    return int(stated[:4]) if stated and stated[:4].isdigit() else None


def _yearless(stated: str | None) -> bool:
    return bool(stated and stated.startswith("XXXX"))
