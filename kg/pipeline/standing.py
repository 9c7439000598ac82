"""What stands in a store, as the stages that derive read it: the claims on a thing, the tellings that may be of one event, who holds an event's id.

Articles that are about to change (`fresh`) are read from what they will be, all else from the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import stated as claims_in
from kg.fuse import telling
from kg.ids import Ids
from kg.model import InForce
from kg.stated import Nodes, Stated
from kg.terms import RDF, Vocabulary
from kg.triples import Node, text

CURRENT = "status/current"


class Standing:
    """Reads a store as it will be once the fresh articles have changed; `fresh` gives their nodes by graph, none for one that goes."""

    def __init__(self, store: Store | None, ids: Ids, words: Vocabulary, fresh: Mapping[str, Nodes], judged: InForce) -> None:
        self.store, self.ids, self.words, self.fresh, self.judged = store, ids, words, fresh, judged
        self._fusion = NamedNode(ids.graph("fusion"))
        self._nodes: dict[tuple[str, str], Mapping[str, Sequence[str]]] = {}

    # -- claims --------------------------------------------------------------------------------------------------------------

    @cached_property
    def new(self) -> Mapping[str, Stated]:
        """The claims of the fresh articles, by id."""
        return {c.claim: self.judge(c) for nodes in self.fresh.values() for c in claims_in.stated(nodes, self.ids, self.words)}

    def judge(self, claim: Stated) -> Stated:
        """A claim as people have judged it: its candidates named, its status theirs."""
        names, verdict = self.judged.names, self.judged.verdicts.get(claim.claim)
        if claim.status == CURRENT and verdict:
            claim = replace(claim, status="status/accepted" if verdict == "accept" else "status/rejected")
        if names and not names.keys().isdisjoint((claim.subject, claim.object, *claim.speakers)):
            speakers = frozenset(names.get(speaker, speaker) for speaker in claim.speakers)
            claim = replace(
                claim, subject=names.get(claim.subject, claim.subject), object=names.get(claim.object, claim.object), speakers=speakers
            )
        return claim

    def claims(self, *, subject: str | None = None, predicate: str | None = None, value: str | None = None) -> Iterator[Stated]:
        """The claims that say this, whichever graph they stand in; a subject or an object must be given."""
        for claim in self.new.values():
            if (
                (subject or claim.subject) == claim.subject
                and (predicate or claim.predicate) == claim.predicate
                and (value or claim.object) == claim.object
            ):
                yield claim
        for name in self._called(subject or ""):
            for other in self._called(value or ""):
                yield from self._stored(name or None, predicate, other or None)

    def _called(self, thing: str) -> Iterator[str]:
        """A thing and the candidates that people have named so."""
        yield thing
        if thing:
            yield from sorted(candidate for candidate, named in self.judged.names.items() if named == thing)

    def _stored(self, subject: str | None, predicate: str | None, value: str | None) -> Iterator[Stated]:
        if self.store is None:
            return
        wanted = {RDF + "subject": subject, RDF + "predicate": self.words.term(predicate) if predicate else None, RDF + "object": value}
        first = RDF + ("object" if value else "subject")
        rest = [(NamedNode(name), NamedNode(given)) for name, given in wanted.items() if given and name != first]
        for quad in self.store.quads_for_pattern(None, NamedNode(first), NamedNode(wanted[first] or ""), None):
            if text(quad.graph_name) not in self.fresh and all(
                Quad(quad.subject, name, v, quad.graph_name) in self.store for name, v in rest
            ):
                yield self._read(quad)

    def claim(self, iri: str) -> Stated | None:
        """One claim by its id."""
        if iri in self.new:
            return self.new[iri]
        found = self.store.quads_for_pattern(NamedNode(iri), NamedNode(RDF + "subject"), None, None) if self.store else ()
        for quad in found:
            if text(quad.graph_name) not in self.fresh:
                return self._read(quad)
        return None

    def _read(self, claim: Quad) -> Stated:
        """A claim with its object, document, words and tenure, from its own graph; `claim` is any quad of it."""
        own = self._node_in(claim.subject, claim.graph_name)
        nodes = {text(claim.subject): own}
        for thing in (thing for name in self._linked for thing in own.get(name, ())):
            nodes[thing] = self._node_in(NamedNode(thing), claim.graph_name)
            for time in (time for name in self._lasting for time in nodes[thing].get(name, ())):
                nodes[time] = self._node_in(NamedNode(time), claim.graph_name)
        (read,) = claims_in.stated(nodes, self.ids, self.words)
        return self.judge(read)

    @cached_property
    def _linked(self) -> tuple[str, ...]:
        """The properties of a claim that lead to what belongs to it."""
        return (RDF + "object", *(self.words.term(name) for name in ("reportedIn", "evidence", "tenure")))

    @cached_property
    def _lasting(self) -> tuple[str, ...]:
        """The properties of a tenure that lead to when it began and ended."""
        return self.words.term("from"), self.words.term("until")

    def _node_in(self, subject: Node, graph: Node) -> Mapping[str, Sequence[str]]:
        """What a graph says of a node; documents, quotes and claims are asked for again and again."""
        key = (text(subject), text(graph))
        if key not in self._nodes:
            found = self.store.quads_for_pattern(subject, None, None, graph) if self.store else ()  # type: ignore[arg-type]
            self._nodes[key] = claims_in.nodes_of(found).get(key[0], {})
        return self._nodes[key]

    # -- tellings --------------------------------------------------------------------------------------------------------------

    def told(self, report: str) -> list[Stated]:
        """The claims on a telling that stand; rejected ones tell nothing of it."""
        return [claim for claim in self.claims(subject=report) if claim.status in (CURRENT, "status/accepted")]

    def event(self, report: str) -> str | None:
        """The event that a telling was put into."""
        return next((text(quad.object) for quad in self._links(report, "refersTo", None)), None)

    def reports(self, event: str) -> list[str]:
        """The tellings that were put into an event."""
        return sorted(text(quad.subject) for quad in self._links(None, "refersTo", event))

    def source(self, document: str) -> str | None:
        """The independent source that an article was counted as."""
        term = self.words.term("independentSource")
        return next((text(quad.object) for quad in self.node(document, "fusion") if text(quad.predicate) == term), None)

    def known_by(self, keys: Iterable[str]) -> set[str]:
        """The tellings that stand under any of some block keys."""
        if self.store is None:
            return set()
        name = NamedNode(self.words.term("blockKey"))
        return {text(q.subject) for key in keys for q in self.store.quads_for_pattern(None, name, Literal(key), self._fusion)}

    def told_of(self, event: str) -> Mapping[str, list[telling.Told]]:
        """What each article that is not fresh tells of an event, telling by telling, by document."""
        return self._told_by_document(self.reports(event))

    def told_in(self, document: str) -> list[telling.Told]:
        """All tellings of an article that is not fresh."""
        start = self.ids.thing("report", "")
        name = NamedNode(self.words.term("reportedIn"))
        found = self.store.quads_for_pattern(None, name, NamedNode(document), None) if self.store else ()
        return self._told_by_document({text(q.subject) for q in found if text(q.subject).startswith(start)}).get(document, [])

    def _told_by_document(self, reports: Iterable[str]) -> dict[str, list[telling.Told]]:
        by_document: dict[str, list[telling.Told]] = {}
        for report in sorted(reports):
            claims = self.told(report) if not self.is_fresh(report) else []
            if claims:
                by_document.setdefault(claims[0].document, []).append(telling.of(report, claims, self.words))
        return by_document

    def is_fresh(self, report: str) -> bool:
        """Whether a telling stands in an article that is about to change."""
        if self.store is None:
            return False
        name = NamedNode(self.words.term("reportedIn"))
        return any(text(q.graph_name) in self.fresh for q in self.store.quads_for_pattern(NamedNode(report), name, None, None))

    def _links(self, subject: str | None, name: str, value: str | None) -> Iterator[Quad]:
        if self.store is not None:
            yield from self.store.quads_for_pattern(
                NamedNode(subject) if subject else None, NamedNode(self.words.term(name)), NamedNode(value) if value else None, self._fusion
            )

    # -- the quads of derived graphs -------------------------------------------------------------------------------------------

    def node(self, iri: str, graph: str) -> set[Quad]:
        """The quads of a node in a derived graph."""
        return set(self.store.quads_for_pattern(NamedNode(iri), None, None, NamedNode(self.ids.graph(graph)))) if self.store else set()

    def pointing(self, name: str, value: str, graph: str = "fusion") -> list[str]:
        """The nodes of a derived graph that point to a thing by a term of ours."""
        if self.store is None:
            return []
        found = self.store.quads_for_pattern(None, NamedNode(self.words.term(name)), NamedNode(value), NamedNode(self.ids.graph(graph)))
        return sorted({text(quad.subject) for quad in found})
