"""Running totals that are snapshots of one growing series: never added up, never events that a total would contain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from kg.fuse.likeness import Likeness, bounds
from kg.fuse.telling import Told
from kg.values.groups import Groups

SINCE: Final = timedelta(days=31)
"""How far apart two beginnings may lie: since October, since mid-October."""


class Series:
    """Lays running totals side by side."""

    def __init__(self, like: Likeness) -> None:
        self.like = like

    def alike(self, a: Told, b: Told) -> bool:
        """Whether two totals count one series: begun at one time, in lands of which one holds the other's, by and against nobody else."""
        mine, its = self._since(a), self._since(b)
        if not (self.like.many(a) and self.like.many(b)) or mine is None or its is None or abs(mine - its) > SINCE:
            return False
        lands = [frozenset(place for place in told.places if place in self.like.known) for told in (a, b)]
        held = bool(lands[0] and lands[1]) and (lands[0] <= lands[1] or lands[1] <= lands[0])
        return (
            held
            and self._fit(a.doers, b.doers)
            and self._fit(a.targets, b.targets)
            and (not (a.weapons and b.weapons) or bool(a.weapons & b.weapons))
        )

    def _since(self, told: Told) -> date | None:
        """The day from which a total counts."""
        starts = [first for first, _ in map(bounds, told.days) if first]
        return min(starts, default=None)

    def _fit(self, things: frozenset[str], others: frozenset[str]) -> bool:
        """Whether nothing known stands on both sides and is never the same."""
        mine, its = (frozenset(thing for thing in side if thing in self.like.known) for side in (things, others))
        return not (mine and its) or self.like.same_side(mine, its)


def snapshots(pairs: Iterable[tuple[str, str]], event_of: Mapping[str, str]) -> list[frozenset[str]]:
    """The events that are snapshots of one series each, from the tellings that count one."""
    return Groups((event_of[one], event_of[other]) for one, other in pairs if event_of[one] != event_of[other]).sorted()
