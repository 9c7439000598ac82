"""The expressions of a text that name one day, month, season or year.

Where several rows of the table fit, the one that begins first wins, then the longest, then the one that stands first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.values.dates.moments import Context
from kg.values.dates.rules import NEAR, RULES, Rule

_UNITS = {unit: f"precision/{unit}" for unit in ("day", "month", "year")}
_BEFORE, _BEHIND = 64, 48
_GAP = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Point:
    """One expression in the text."""

    rule: Rule
    match: re.Match[str]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where it has ended."""
        return self.match.end()

    @property
    def precision(self) -> str:
        """Its precision for want of EDTF: that of the unit it is told in, else that of its kind."""
        return _UNITS.get(self.match.groupdict().get("unit") or "", self.rule.precision)

    def edtf(self, context: Context) -> str | None:
        """Its EDTF, None where the context does not suffice or there is no such day."""
        return self.rule.read(self.match, context)


@lru_cache(maxsize=8)
def expressions(text: str) -> tuple[Point, ...]:
    """Every expression in a text, in order and disjoint."""
    found = [(p.start, -p.end, row, p) for row, p in enumerate(_candidates(text))]
    kept: list[Point] = []
    for _, _, _, point in sorted(found, key=lambda f: f[:3]):
        if not kept or point.start >= kept[-1].end:
            kept.append(point)
    return tuple(kept)


def _candidates(text: str) -> Iterator[Point]:
    windows = {near: list(_windows(text, hint)) for near, hint in NEAR.items()}
    for rule in RULES:
        for start, end in windows[rule.near]:
            for match in rule.pattern.finditer(text, start, end):
                if rule.allowed(match):
                    yield Point(rule, match)


def _windows(text: str, hint: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Stretches around what a pattern must stand near; their ends lie between words, for patterns look at what follows."""
    start = end = -1
    for match in hint.finditer(text):
        if match.start() - _BEFORE > end >= 0:
            yield start, end
            start = -1
        if start < 0:
            start = max(0, end, match.start() - _BEFORE)
        if match.end() + _BEHIND > end:
            gap = _GAP.search(text, match.end() + _BEHIND)
            end = gap.start() if gap else len(text)
    if end >= 0:
        yield start, end
