"""Block keys: what a telling is looked up by, so that an article is compared with the few that may tell of the same, however many there are.

A telling of a single day stands under that day with its land, doers and targets; one of some weeks under its months; both ask for what the other
stands under.  A named victim is a key of its own; so is a political act's kind in its land and year, and a running total's land with the month in
which it began.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.fuse.across import FEW, MONTH, YEAR, length
from kg.fuse.likeness import Likeness, bounds
from kg.fuse.telling import Told


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a telling stands under, and those that it asks for."""

    own: frozenset[str]
    asked: frozenset[str]


class Blocks:
    """Makes the keys of tellings."""

    def __init__(self, like: Likeness) -> None:
        self.like = like

    def keys(self, told: Told) -> Keys:
        """The keys of one telling; none where it gives neither victim nor time."""
        own = {f"victim|{_name(victim)}" for victim in self.like.persons(told.victims)}
        asked = set(own)
        where = sorted(self._where(told))
        for edtf in told.days:
            for mine, its in self._times(edtf, told):
                own |= {f"{mine}|{place}" for place in where if mine}
                asked |= {f"{key}|{place}" for key in (mine, *its) for place in where if key}
        return Keys(frozenset(own), frozenset(asked))

    def _times(self, edtf: str, told: Told) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The key of a time, with the further keys under which what may be of the same time stands."""
        first, last = bounds(edtf)
        if self.like.many(told):
            if first:
                months = [_month(first + timedelta(days=shift)) for shift in (-31, 0, 31)]
                yield f"series|{months[1]}", tuple(f"series|{month}" for month in months)
            return
        if last is None:
            return
        first = first or last
        if "PoliticalAct" in self.like.classes(told) and last - first <= YEAR:
            for year in range(first.year, last.year + 1):
                for kind in self.like.concepts(told.kinds):
                    yield f"year|{year}|{kind}", ()
        if length(edtf) <= FEW:
            for day in _days(first, last):
                yield f"day|{day}", (f"month|{_month(day)}",)
        elif length(edtf) <= MONTH:
            for month in sorted({_month(day) for day in _days(first, last)}):
                yield f"month|{month}", ()
            yield "", tuple(f"day|{day}" for day in _days(first, last))

    def _where(self, told: Told) -> frozenset[str]:
        """The lands of a telling; without any, its doers and targets, so far as they are known."""
        known = self.like.known
        places = [thing for thing in told.places | told.targets if known.is_a(thing, "Place")]
        lands = frozenset(_name(wide) for place in places for wide in self._land(place))
        return lands or frozenset(_name(thing) for thing in told.doers | told.targets | told.parties if thing in known)

    def _land(self, place: str) -> Iterator[str]:
        """The countries that a place is or lies in; without one, the widest place."""
        chain = [place, *self.like.known.wider(place)]
        countries = [wide for wide in chain if self.like.country(wide)]
        yield from countries or [wide for wide in chain if not self.like.known.wider(wide)]


def _name(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
