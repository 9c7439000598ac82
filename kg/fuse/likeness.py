"""What is known of kinds, places and doers where two tellings are laid side by side."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from functools import cached_property

from kg.authority import Authority
from kg.fuse.telling import Told, Toll
from kg.ids import Ids
from kg.terms import Vocabulary
from kg.values.edtf import Bounds, span_of


class Likeness:
    """Answers whether kinds fit, places are near one another and doers are on one side."""

    def __init__(self, ids: Ids, words: Vocabulary, known: Authority) -> None:
        self.ids, self.words, self.known = ids, words, known

    @cached_property
    def second(self) -> frozenset[str]:
        """Words by which an article tells of one more act: it is not the one of which an article without them tells."""
        return frozenset(cue.words for cue in self.words.cues("secondActCue"))

    @cached_property
    def another(self) -> frozenset[str]:
        """Words of a sentence that may tell of a second act rather than of the first one again."""
        return self.second | {cue.words for cue in self.words.cues("maybeSecondActCue")}

    def concepts(self, kinds: Set[str]) -> frozenset[str]:
        """The names of kinds, `event-kind/…`."""
        return frozenset(kind.removeprefix(self.ids.concept("")) for kind in kinds)

    def classes(self, told: Told) -> frozenset[str]:
        """The classes of a telling's kinds."""
        found = (self.words.value(kind, "ofClass") for kind in self.concepts(told.kinds))
        return frozenset(name for name in found if name)

    def many(self, told: Told) -> bool:
        """Whether a telling counts many acts."""
        return "AttackSeries" in self.classes(told)

    def kin(self, one: Told, other: Told) -> bool:
        """Whether the kinds fit: one is the other, or says less than it."""
        mine, its = self.concepts(one.kinds), self.concepts(other.kinds)
        return any(a == b or a in self.words.broader(b) or b in self.words.broader(a) for a in mine for b in its)

    def persons(self, people: Set[str]) -> frozenset[str]:
        """What people are compared by across articles: known ones by their IRIs, others by their names, for their IRIs are one article's own."""
        return frozenset(self.ids.unlisted(person) or person for person in people)

    def near(self, places: Set[str], others: Set[str]) -> bool:
        """Whether places are the same, or one lies within another."""
        return bool(self.shared(places, others))

    def shared(self, places: Set[str], others: Set[str]) -> frozenset[str]:
        """The places of either side that are the other's too, or lie within one of its."""
        mine, its = self.with_wider(places), self.with_wider(others)
        return frozenset(place for place in places if place in its) | frozenset(place for place in others if place in mine)

    def with_wider(self, places: Set[str]) -> frozenset[str]:
        """Places and those that they lie within."""
        return frozenset(places).union(*(self.known.wider(place) for place in places))

    def country(self, place: str) -> bool:
        """Whether a place is a country."""
        return place in self.known and "place-kind/country" in self.known[place].kinds

    def same_side(self, doers: Set[str], others: Set[str]) -> bool:
        """Whether doers are the same, or a state and its own force."""
        return bool(doers & others) or any(self._of(a, b) or self._of(b, a) for a in doers for b in others)

    def _of(self, force: str, state: str) -> bool:
        known = self.known
        same = force in known and state in known and known[force].country is not None and known[force].country == known[state].country
        return same and known.is_a(state, "State") and not known.is_a(force, "ArmedGroup")


def single_day(edtf: str) -> bool:
    """Whether a time is a single day."""
    return len(edtf) >= 10 and "/" not in edtf


def bounds(edtf: str) -> Bounds:
    """The first and last day of a time; nothing where it is no EDTF that is read here."""
    try:
        return span_of(edtf)
    except ValueError:
        return None, None


def overlap(one: str, other: str) -> bool:
    """Whether two times can be one; a time without its year says nothing against it."""
    (a, b), (c, d) = bounds(one), bounds(other)
    if (a, b) == (None, None) or (c, d) == (None, None):
        return "/" in one + other or one[4:10] == other[4:10]
    return (a or date.min) <= (d or date.max) and (c or date.min) <= (b or date.max)


def meet(one: Toll, other: Toll) -> bool:
    """Whether two counts can be the same number."""
    return (one[0] or 0) <= (other[1] if other[1] is not None else 10**9) and (other[0] or 0) <= (one[1] if one[1] is not None else 10**9)
