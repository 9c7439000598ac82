"""Which event each telling is a telling of: links in the fusion graph.

Within one article, tellings that name the same victim and do not contradict one another in day, place or doer are of one event; an article does
not kill a man twice.  Between articles nothing is joined: two events stand side by side until it can be shown that they are one.  An event's id is
made from the telling that its article tells first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.ids import Ids, digest
from kg.terms import Vocabulary
from kg.triples import Writer


@dataclass(frozen=True, slots=True)
class Told:
    """One telling as fusion sees it: where it stands in its article, and what it says of victims, days, places and doers (IRIs, EDTF)."""

    report: str
    start: int
    victims: frozenset[str]
    days: frozenset[str]
    places: frozenset[str]
    doers: frozenset[str]


def events(tellings: Iterable[Told], ids: Ids) -> Mapping[str, str]:
    """The event of each telling of one article, by the telling's IRI."""
    opened: list[tuple[str, list[Told]]] = []
    found: dict[str, str] = {}
    for telling in sorted(tellings, key=lambda told: (told.start, told.report)):
        event = next((iri for iri, others in opened if _same(telling, others)), None)
        if event is None:
            event = ids.thing("event", digest(telling.report))
            opened.append((event, []))
        next(others for iri, others in opened if iri == event).append(telling)
        found[telling.report] = event
    return found


def _same(telling: Told, others: list[Told]) -> bool:
    """Whether a telling is of the same event as others: a victim in common with one, and no contradiction with any."""
    return any(telling.victims & other.victims for other in others) and not any(_contradict(telling, other) for other in others)


def _contradict(one: Told, other: Told) -> bool:
    """Whether both say a day, a place or a doer, and say different ones."""
    pairs = ((one.days, other.days), (one.places, other.places), (one.doers, other.doers))
    return any(first and second and not first & second for first, second in pairs)


def links(event_of: Mapping[str, str], ids: Ids, words: Vocabulary) -> Iterator[Quad]:
    """The links of tellings to their events."""
    out = Writer(ids.graph("fusion"), ids, words)
    for report, event in event_of.items():
        yield from out.link(report, "refersTo", event)
