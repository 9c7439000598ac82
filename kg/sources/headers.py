"""Headers: days of publication that stand in the text itself, and the stretches around a line's sentences that only give day or place.

`BAGHDAD, 3 August 2024 (Agency) - ` and `18:53 GMT 11.10.2020 (Updated: …) ` before a first sentence, `11.10.2020, Some Outlet` after
a last one, and lines that hold nothing but a stamp.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.model import Span
from kg.sources.lines import Line
from kg.sources.stamps import Stamp, stamp

_LABEL: Final = re.compile(
    r"\W*(?:(?:(?P<later>(?:last )?(?:updated|modified|edited|update|accessed|retrieved|archived|crawled))|(?:first )?published|posted|"
    r"issued|created|release date|release|publication date|date|dated|on|at)\b[\s:|,-]*)*",
    re.IGNORECASE,
)
_LATER: Final = re.compile(r"[\s|,;–—-]*\(?\s*(?:last )?(?:updated|modified|edited)\b[^)]{0,60}\)?", re.IGNORECASE)
_REST_OF_STAMP: Final = re.compile(r"[\s\W]*(?:(?:by\s+)?[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){0,4}\s*|https?://\S+)?")
_SEPARATOR: Final = re.compile(r"\s*(?:[-–—|:]+\s*)?")
_BEGINS: Final = re.compile(r"[\"“‘(\[]*[A-Z0-9]")
_PLACE: Final = re.compile(r"[A-Z][\w'’-]+(?:[ /][A-Z][\w'’.-]+){0,3}(?:,\s*[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2})?")
_DAY_ONLY: Final = re.compile(r",?\s*(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?=\s)")
_AGENCY: Final = re.compile(r"\s*[(\[][A-Z][\w./ &'’-]{1,40}[)\]]")
_DASH: Final = re.compile(r"\s*(?:[-–—]{1,2})\s+(?=[\"“‘(]*[A-Z0-9])")
_CREDIT: Final = re.compile(r"[.!?…][\"”’)]*\s+(?=\d)")
_CREDIT_REST: Final = re.compile(r"(?:\s*[,|–—-]\s*[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){0,4})?\W*")
_CREDIT_REACH = 90
_PLACED_PARAGRAPHS = 3
_TOWN_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Header:
    """A stamp in the text: the number of its line; `alone` when it is the whole line, `later` when it says when the page was changed."""

    stamp: Stamp
    line: int
    alone: bool
    later: bool = False


def alone(text: str) -> Header | None:
    """The stamp of a line that holds nothing else but a label, the outlet's name or the page's address.

    >>> alone("Published: 3 August 2024").stamp.edtf
    '2024-08-03'
    """
    label = _LABEL.match(text)
    found = stamp(text, label.end() if label else 0) or _after_place(text)
    if found is None:
        return None
    end = found.end
    while True:
        later = _LATER.match(text, end)
        following = stamp(text, _past_marks(text, later.end() if later else end))
        if later is None and following is None:
            break
        end = following.end if following else later.end() if later else end
    return Header(found, -1, True, bool(label and label["later"])) if _REST_OF_STAMP.fullmatch(text, end) else None


def _after_place(text: str) -> Stamp | None:
    """The stamp of a line that begins with a place: `Baghdad, Iraq - 3 August 2024`."""
    return next((found for end in _place_ends(text) if (found := stamp(text, _past_marks(text, end)))), None)


def _place_ends(text: str) -> list[int]:
    """Where a place at the beginning may end: after its country or region, or before; what looks like one may be a month."""
    place = _PLACE.match(text)
    if place is None:
        return []
    comma = text.find(",", 0, place.end())
    return [place.end(), comma] if comma != -1 else [place.end()]


def _past_marks(text: str, at: int) -> int:
    while at < len(text) and not text[at].isalnum():
        at += 1
    return at


def headers(page: Sequence[Line], text: str) -> tuple[list[Line], list[Header]]:
    """The lines without the stretches that only date or place them, and the stamps that they bear."""
    trimmed: list[Line] = []
    found: list[Header] = []
    prose = 0
    dated = {leading.day for line in page for leading in (_lead(line.text, True, False)[1],) if leading}
    timeline = len(dated) > 1
    for at, line in enumerate(page):
        header = alone(line.text) if line.short else None
        if header:
            found.append(replace(header, line=at))
            trimmed.append(line)
            continue
        start, leading = _lead(line.text, prose < _PLACED_PARAGRAPHS, timeline)
        if leading:
            found.append(Header(leading, at, False))
        line = _cut(line, start, _credit(line.text, start), text)
        trimmed.append(line)
        prose += line.stopped and line.words() > 5
    return trimmed, found


def _cut(line: Line, start: int, end: int, text: str) -> Line:
    """The line from one place in it to another; itself when nothing falls away."""
    if (start, end) == (0, len(line.text)):
        return line
    span = Span(line.span.start + start, line.span.start + end)
    return Line(span, span.of(text), line.after_gap)


def _lead(text: str, placed: bool, timeline: bool) -> tuple[int, Stamp | None]:
    """Where the sentences of a line begin, after day or place; and the day.

    Without a time of day beside it, a day is one of publication only near the beginning, and not where several lines begin with days:
    those tell when things happened.
    """
    found = stamp(text)
    if found:
        later = _LATER.match(text, found.end)
        end = later.end() if later else found.end
        separator = _SEPARATOR.match(text, end)
        past = separator.end() if separator else end
        marked = bool(later) or ":" in found.words or bool(placed and not timeline and separator and separator.group().strip())
        return (past, found) if marked and past > end and _BEGINS.match(text, past) else (0, None)
    return _placed(text) if placed else (0, None)


def _placed(text: str) -> tuple[int, Stamp | None]:
    """Where the sentences begin after a place in capitals (or a place and an agency) and a dash; and the day that stands with it."""
    ends = _place_ends(text)
    town = text[: ends[-1]] if ends else ""
    capitals = town.isupper() and sum(map(str.isalpha, town)) >= _TOWN_LETTERS
    for place in ends:
        found = stamp(text, _past_marks(text, place))
        day_only = None if found else _DAY_ONLY.match(text, place)
        end = found.end if found else day_only.end() if day_only else place
        agency = _AGENCY.match(text, end)
        dash = _DASH.match(text, agency.end() if agency else end)
        if dash and (capitals or agency or found):
            return dash.end(), found
    return 0, None


def _credit(text: str, start: int) -> int:
    """Where the sentences of a line end, before a day and an outlet's name that close it."""
    for stop in _CREDIT.finditer(text, max(start, len(text) - _CREDIT_REACH)):
        found = stamp(text, stop.end())
        if found and _CREDIT_REST.fullmatch(text, found.end):
            return len(text[: stop.end()].rstrip())
    return len(text)
