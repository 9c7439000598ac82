"""What is said of a happening by which it can be told apart, and whether two of these agree or contradict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.authority import Authority
from kg.extract.syntax.scene import Told
from kg.model import DraftObject, Mention, TimeSpan


@dataclass(frozen=True, slots=True)
class Points:
    """What is said of a happening by which it can be told apart; things by IRI, or by their words where they are unlisted."""

    times: tuple[TimeSpan, ...] = ()
    places: frozenset[str] = frozenset()
    doers: frozenset[str] = frozenset()
    aims: frozenset[str] = frozenset()
    victims: frozenset[str] = frozenset()

    def with_more(self, other: Points) -> Points:
        """What both say."""
        return Points(
            self.times + other.times,
            self.places | other.places,
            self.doers | other.doers,
            self.aims | other.aims,
            self.victims | other.victims,
        )

    @property
    def any(self) -> bool:
        """Whether anything is said."""
        return bool(self.times or self.places or self.doers or self.aims or self.victims)


NOTHING: Final = Points()
"""What a clause adds that adds nothing."""


class Comparison:
    """Compares what is said of two happenings, with what is known of places and actors."""

    def __init__(self, known: Authority) -> None:
        self._known = known

    def contradicts(self, one: Points, other: Points) -> bool:
        """Whether two say a day, a place, a doer or a victim, and say different ones."""
        return (
            _days(one.times, other.times) is False
            or self._where(one.places, other.places) is False
            or self._who(one.doers, other.doers) is False
            or (not self._aim(one, other) and bool(_listed(one.aims) and _listed(other.aims | other.victims)))
        )

    def agreeing(self, one: Points, other: Points) -> int:
        """On how many points two agree."""
        return sum(
            (
                _days(one.times, other.times) is True,
                bool(one.places & other.places) or self._where(one.places, other.places) is True,
                bool(one.doers & other.doers),
                self._aim(one, other),
            )
        )

    def _aim(self, one: Points, other: Points) -> bool:
        return bool(one.aims & (other.aims | other.victims | other.places)) or bool(one.victims & other.victims)

    def _where(self, one: frozenset[str], other: frozenset[str]) -> bool | None:
        """Whether places are the same or one within the other; None where one side says none."""
        if not one or not other:
            return None
        wide = {w for place in one | other for w in self._known.wider(place)}
        return bool(one & other) or bool((one | other) & wide)

    def _who(self, one: frozenset[str], other: frozenset[str]) -> bool | None:
        """Whether doers are the same, or of the same country; None where one side says none."""
        if not one or not other:
            return None
        countries = [{self._known[a].country for a in side if a in self._known} - {None} for side in (one, other)]
        return bool(one & other) or bool(countries[0] & countries[1])


def points(one: Told) -> Points:
    """What a happening's claims say of it."""
    return stated([(draft.predicate, draft.object) for draft in one.drafts])


def stated(facts: Sequence[tuple[str, DraftObject]]) -> Points:
    """What predicates with their objects say of a happening."""

    def said(*predicates: str) -> frozenset[str]:
        return entities(value for predicate, value in facts if predicate in predicates and isinstance(value, Mention))

    times = tuple(value for predicate, value in facts if predicate == "time" and isinstance(value, TimeSpan))
    return Points(times, said("place"), said("perpetrator"), said("target"), said("victim"))


def entities(mentions: Iterable[Mention | None]) -> frozenset[str]:
    """What mentions may stand for, by IRI; an unlisted one by its words."""
    return frozenset(entity for m in mentions if m for entity in (m.senses or (f"words:{m.words.casefold()}",)))


def _listed(things: frozenset[str]) -> frozenset[str]:
    """The known things; two descriptions may well be of one thing."""
    return frozenset(thing for thing in things if not thing.startswith("words:"))


def _days(one: Sequence[TimeSpan], other: Sequence[TimeSpan]) -> bool | None:
    """Whether days are the same (overlap); None where one side tells none or they cannot be compared."""
    results = {_day(a, b) for a in one for b in other}
    return True if True in results else False if False in results else None


def _day(one: TimeSpan, other: TimeSpan) -> bool | None:
    if one.words.casefold() == other.words.casefold():
        return True
    if one.earliest and one.latest and other.earliest and other.latest:
        return one.earliest <= other.latest and other.earliest <= one.latest
    a, b = one.edtf or "", other.edtf or ""
    if len(a) == len(b) == 10 and "XXXX" in (a[:4], b[:4]):
        return a[4:] == b[4:]
    return None
