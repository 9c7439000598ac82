"""The quads of the fusion graph: which event each telling is of and why, snapshots, sources that are one, and how claims differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Quad

from kg.fuse.across import Match
from kg.fuse.differences import Difference
from kg.ids import Ids, digest
from kg.terms import Vocabulary
from kg.triples import DCTERMS, Writer

REPLACED: Final = DCTERMS + "isReplacedBy"


class Links:
    """Writes the fusion graph; every node's quads stand together, so that they are found and taken away together."""

    def __init__(self, ids: Ids, words: Vocabulary) -> None:
        self.ids = ids
        self.out = Writer(ids.graph("fusion"), ids, words)

    def telling(self, report: str, event: str, keys: Iterable[str]) -> Iterator[Quad]:
        """A telling's event, and the keys by which it is looked up."""
        yield from self.out.link(report, "refersTo", event)
        for key in sorted(keys):
            yield from self.out.say(report, "blockKey", key)

    def match(self, match: Match) -> Iterator[Quad]:
        """Why two articles' tellings are of one event."""
        iri = self.ids.thing("link", digest(match.one, match.other))
        yield from self.out.a(iri, "FusionLink")
        yield from self.out.link(iri, "joins", match.one)
        yield from self.out.link(iri, "joins", match.other)
        yield from self.out.say(iri, "score", match.score)
        for reason in match.reasons:
            yield from self.out.concept(iri, "because", reason)

    def redirect(self, event: str, to: str) -> Iterator[Quad]:
        """The event that has taken another's place."""
        yield from self.out.link(event, REPLACED, to)

    def series(self, events: Iterable[str]) -> Iterator[Quad]:
        """The series of which running totals are snapshots."""
        events = sorted(events)
        iri = self.ids.thing("series", digest(events[0]))
        yield from self.out.a(iri, "TotalSeries")
        for event in events:
            yield from self.out.link(event, "snapshotOf", iri)

    def source_of(self, works: Iterable[str]) -> str:
        """The source that these works are together; of two sources that become one the lesser IRI is kept, however they came together."""
        return min(self.ids.thing("source", digest(work)) for work in works)

    def source(self, articles: Iterable[str], source: str) -> Iterator[Quad]:
        """The source that articles count as."""
        yield from self.out.a(source, "IndependentSource")
        for article in sorted(articles):
            yield from self.out.link(article, "independentSource", source)

    def difference(self, found: Difference) -> Iterator[Quad]:
        """How claims on one thing differ."""
        iri = self.ids.thing("difference", digest(found.concerning, found.respect, *found.claims))
        yield from self.out.a(iri, "Revision" if found.later else "Contradiction")
        yield from self.out.link(iri, "concerning", found.concerning)
        yield from self.out.concept(iri, "differenceIn", found.respect)
        for claim in found.claims:
            yield from self.out.link(iri, "between", claim)
        for claim in found.later:
            yield from self.out.link(iri, "later", claim)
