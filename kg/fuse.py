"""Which event each telling is a telling of: links in the fusion graph.

Within one article two tellings are of one event where they cannot well be of two: they name the same victim (an article does not kill a man twice),
or they agree on the day or the number of dead and on another strong point - doer, place, what was aimed at - and are of kinds that fit; and in
either case they contradict one another in nothing.  A running total is never one with a single attack, nor an act with the one that it answers;
two tellings of one sentence, or one whose sentence speaks of another or second act, are two unless they name one victim.  Rather split than merge:
between articles nothing is joined, two events stand side by side until it can be shown that they are one.  An event's id is made from the telling
that its article tells first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from pyoxigraph import Quad

from kg.authority import Authority
from kg.ids import Ids, digest
from kg.terms import Vocabulary
from kg.triples import Writer
from kg.values.edtf import span_of

STRONG: Final = 2
"""Points on which two tellings must agree where they name no victim in common, day or dead among them."""

ANOTHER: Final = frozenset(
    ("another", "second", "third", "separate", "further", "fresh", "earlier", "previous", "previously", "subsequent", "later", "also", "meanwhile",
     "again", "similar", "different", "latter", "following", "repeated", "anniversary")
)  # fmt: skip
"""Words of a sentence that may tell of a second act rather than of the first one again."""

Toll = tuple[int | None, int | None]
"""The least and the most that a count says, None where that end is open."""


@dataclass(frozen=True, slots=True)
class Told:
    """One telling as fusion sees it: where its sentence stands in its article, and what it says, by IRI; days in EDTF, kinds as concepts' IRIs.

    `tolls` are the dead that it counts, `answers` the tellings that it answers or is part of, `words` its sentences.
    """

    report: str
    start: int
    victims: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    doers: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    tolls: frozenset[Toll] = field(default=frozenset())
    answers: frozenset[str] = frozenset()
    words: str = ""


class Fusion:
    """The fusing of one article's tellings, with what is known of kinds and things."""

    def __init__(self, ids: Ids, words: Vocabulary, known: Authority) -> None:
        self.ids, self.words, self.known = ids, words, known

    def events(self, tellings: Iterable[Told]) -> Mapping[str, str]:
        """The event of each telling of one article, by the telling's IRI."""
        opened: list[tuple[str, list[Told]]] = []
        found: dict[str, str] = {}
        for telling in sorted(tellings, key=lambda told: (told.start, told.report)):
            fitting = [(event, others) for event, others in opened if self._same(telling, others)]
            if len(fitting) == 1 or any(self._share_victim(telling, others) for _, others in fitting):
                event, others = next((f for f in fitting if self._share_victim(telling, f[1])), fitting[0])
            else:
                event, others = self.ids.thing("event", digest(telling.report)), []
                opened.append((event, others))
            others.append(telling)
            found[telling.report] = event
        return found

    def _same(self, telling: Told, others: list[Told]) -> bool:
        """Whether a telling is of the same event as others: it fits one of them, and contradicts none."""
        if any(self._contradict(telling, other) for other in others):
            return False
        return self._share_victim(telling, others) or any(self._agree(telling, other) for other in others)

    def _share_victim(self, telling: Told, others: list[Told]) -> bool:
        return any(telling.victims & other.victims for other in others)

    def _agree(self, one: Told, other: Told) -> bool:
        """Whether two tellings of different sentences agree on enough."""
        if one.start == other.start or not self._kin(one, other) or any(ANOTHER & _words(told) for told in (one, other)):
            return False
        sure = (
            any(self._day(day) and day in other.days for day in one.days),
            any(toll in other.tolls and (toll[0] or 0) > 1 for toll in one.tolls),
        )
        points = (
            *sure,
            bool(one.doers & other.doers),
            any(not self._country(place) for place in one.places & other.places),
            bool(one.targets & other.targets),
        )
        return any(sure) and sum(points) >= STRONG

    def _contradict(self, one: Told, other: Told) -> bool:
        """Whether two tellings say different days, places, doers, victims or numbers of dead, or one answers the other, or one is a total and one is not."""
        return (
            self._many(one) != self._many(other)
            or one.report in other.answers
            or other.report in one.answers
            or (bool(one.days and other.days) and not any(_overlap(a, b) for a in one.days for b in other.days))
            or (bool(one.places and other.places) and not self._near(one.places, other.places))
            or (bool(one.doers and other.doers) and not self._same_side(one.doers, other.doers))
            or (bool(one.tolls and other.tolls) and not any(_meet(a, b) for a in one.tolls for b in other.tolls))
            or (bool(one.victims and other.victims) and not one.victims & other.victims)
        )

    # -- what is known -------------------------------------------------------------------------------------------------------

    def _concept(self, iri: str) -> str:
        return iri.removeprefix(self.ids.concept(""))

    def _many(self, one: Told) -> bool:
        """Whether a telling counts many acts."""
        return any(self.words.value(self._concept(kind), "ofClass") == "AttackSeries" for kind in one.kinds)

    def _kin(self, one: Told, other: Told) -> bool:
        """Whether the kinds fit: one is the other, or says less than it."""
        mine, its = ({self._concept(kind) for kind in told.kinds} for told in (one, other))
        return any(a == b or a in self.words.broader(b) or b in self.words.broader(a) for a in mine for b in its)

    def _near(self, places: frozenset[str], others: frozenset[str]) -> bool:
        """Whether places are the same, or one lies within another."""
        wide = {wider for place in places | others for wider in self.known.wider(place)}
        return bool(places & others) or bool((places & wide) | (others & wide))

    def _country(self, place: str) -> bool:
        return place in self.known and "place-kind/country" in self.known[place].kinds

    def _same_side(self, doers: frozenset[str], others: frozenset[str]) -> bool:
        """Whether doers are the same, or a state and its own force."""
        return bool(doers & others) or any(self._of(a, b) or self._of(b, a) for a in doers for b in others)

    def _of(self, force: str, state: str) -> bool:
        known = self.known
        same = force in known and state in known and known[force].country is not None and known[force].country == known[state].country
        return same and known.is_a(state, "State") and not known.is_a(force, "ArmedGroup")

    def _day(self, edtf: str) -> bool:
        """Whether a time is a single day."""
        return len(edtf) >= 10 and "/" not in edtf


def _words(told: Told) -> frozenset[str]:
    return frozenset(word.strip(".,;:!?“”\"'()").casefold() for word in told.words.split())


def _overlap(one: str, other: str) -> bool:
    """Whether two times can be one; a time without its year says nothing against it."""
    (a, b), (c, d) = span_of(one), span_of(other)
    if (a, b) == (None, None) or (c, d) == (None, None):
        return "/" in one + other or one[4:10] == other[4:10]
    return (a or date.min) <= (d or date.max) and (c or date.min) <= (b or date.max)


def _meet(one: Toll, other: Toll) -> bool:
    """Whether two counts can be the same number."""
    return (one[0] or 0) <= (other[1] if other[1] is not None else 10**9) and (other[0] or 0) <= (one[1] if one[1] is not None else 10**9)


def links(event_of: Mapping[str, str], ids: Ids, words: Vocabulary) -> Iterator[Quad]:
    """The links of tellings to their events."""
    out = Writer(ids.graph("fusion"), ids, words)
    for report, event in event_of.items():
        yield from out.link(report, "refersTo", event)
