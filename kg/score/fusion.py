"""Fusion against gold: every two tellings of events that the gold knows are one event exactly where the gold gives them one id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from kg.score.figures import FUSED, Known, Outcome


def outcomes(known: Sequence[Known], event_of: Mapping[str, str]) -> Iterator[Outcome]:
    """What became of every pair of tellings that is, or was made, one event."""
    for one, other in combinations(sorted(known, key=lambda each: (each.article, each.report)), 2):
        joined = event_of.get(one.report, one.report) == event_of.get(other.report, other.report)
        same = one.gold == other.gold
        if joined or same:
            verdict = "right" if joined and same else "wrong" if joined else "missed"
            names = one.gold if same else f"{one.gold} and {other.gold}"
            where = one.article if one.article == other.article else f"{one.article} and {other.article}"
            yield Outcome(FUSED, verdict, where, names, names, (*one.quotes[:1], *other.quotes[:1]))
