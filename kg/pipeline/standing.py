"""What stands in a store, as the stages that derive read it: the claims on a thing, the tellings that may be of one event, who holds an event's id.

Articles that are about to change (`fresh`) are read from what they will be, all else from the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from kg import stated as claims_in
from kg.fuse import telling
from kg.ids import Ids
from kg.model import InForce
from kg.stated import Nodes, Stated
from kg.store.graphs import Made
from kg.terms import RDF, Vocabulary
from kg.triples import Node, text

CURRENT = "status/current"

OF_THE_CLAIM = ("Count", "TimeSpan", None)
"""What a property leads to whose object may belong to the claim alone; other objects are things."""

T = TypeVar("T")


class Standing:
    """Reads a store as it will be once the fresh articles have changed; `fresh` gives their nodes by graph, none for one that goes."""

    def __init__(self, store: Made | None, ids: Ids, words: Vocabulary, fresh: Mapping[str, Nodes], judged: InForce) -> None:
        self.store, self.ids, self.words, self.fresh, self.judged = store, ids, words, fresh, judged
        self._fusion = NamedNode(ids.graph("fusion"))
        self._nodes: dict[tuple[str, str], Mapping[str, Sequence[str]]] = {}
        self._claims: dict[tuple[str, str], Stated] = {}
        self._events: dict[str, str | None] = {}

    # -- claims --------------------------------------------------------------------------------------------------------------

    @cached_property
    def new(self) -> Mapping[str, Stated]:
        """The claims of the fresh articles, by id."""
        return {c.claim: self.judge(c) for nodes in self.fresh.values() for c in claims_in.stated(nodes, self.ids, self.words)}

    @cached_property
    def _new_on(self) -> Mapping[str, Sequence[Stated]]:
        """The claims of the fresh articles by subject."""
        return _by(lambda claim: claim.subject, self.new.values())

    @cached_property
    def _new_to(self) -> Mapping[str, Sequence[Stated]]:
        """The claims of the fresh articles by object."""
        return _by(lambda claim: claim.object, self.new.values())

    @cached_property
    def _names(self) -> Mapping[str, Sequence[str]]:
        """The candidates that people have named, by what they are."""
        return {named: sorted(candidates) for named, candidates in _by(self.judged.names.__getitem__, self.judged.names).items()}

    @cached_property
    def _sets(self) -> Mapping[str, frozenset[str]]:
        """For each telling that people put together with others the whole set."""
        return {report: judged for judged in self.judged.together for report in judged}

    def together(self, report: str) -> frozenset[str]:
        """The tellings that people put together with one, itself among them; none where nobody did."""
        return self._sets.get(report, frozenset())

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
        for claim in self._new_on.get(subject or "", ()) if subject else self._new_to.get(value or "", ()):
            if (predicate or claim.predicate) == claim.predicate and (value or claim.object) == claim.object:
                yield claim
        for name in self._called(subject or ""):
            for other in self._called(value or ""):
                yield from self._stored(name or None, predicate, other or None)

    def _called(self, thing: str) -> Iterator[str]:
        """A thing and the candidates that people have named so."""
        yield thing
        yield from self._names.get(thing, ())

    def _stored(self, subject: str | None, predicate: str | None, value: str | None) -> Iterator[Stated]:
        yield from map(self._read, self._matching(subject, predicate, value))

    def _matching(self, subject: str | None, predicate: str | None, value: str | None) -> Iterator[Quad]:
        """A quad of each stored claim that says this."""
        if self.store is None:
            return
        wanted = {RDF + "subject": subject, RDF + "predicate": self.words.term(predicate) if predicate else None, RDF + "object": value}
        first = RDF + ("object" if value else "subject")
        rest = [(NamedNode(name), NamedNode(given)) for name, given in wanted.items() if given and name != first]
        for quad in self.store.quads_for_pattern(None, NamedNode(first), NamedNode(wanted[first] or ""), None):
            if text(quad.graph_name) not in self.fresh and all(
                Quad(quad.subject, name, v, quad.graph_name) in self.store for name, v in rest
            ):
                yield quad

    def subjects(self, predicate: str, value: str) -> set[str]:
        """Of what the claims with this property and object speak, without reading them."""
        found = {claim.subject for claim in self._new_to.get(value, ()) if claim.predicate == predicate}
        for quad in (quad for name in self._called(value) for quad in self._matching(None, predicate, name)):
            subject = text(next(self.store.quads_for_pattern(quad.subject, NamedNode(RDF + "subject"), None, quad.graph_name)).object)  # type: ignore[union-attr]
            found.add(self.judged.names.get(subject, subject))
        return found

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
        key = (text(claim.subject), text(claim.graph_name))
        if key not in self._claims:
            self._claims[key] = self.judge(self._stated(claim))
        return self._claims[key]

    def _stated(self, claim: Quad) -> Stated:
        own = self._node_in(claim.subject, claim.graph_name)
        nodes = {text(claim.subject): own}
        predicate = own[RDF + "predicate"][0].removeprefix(self.ids.term(""))
        valued = own[RDF + "object"] if self.words.range_of(predicate) in OF_THE_CLAIM else ()
        for thing in (*valued, *(thing for name in self._linked for thing in own.get(name, ()))):
            nodes[thing] = self._node_in(NamedNode(thing), claim.graph_name)
            for time in (time for name in self._lasting for time in nodes[thing].get(name, ())):
                nodes[time] = self._node_in(NamedNode(time), claim.graph_name)
        (read,) = claims_in.stated(nodes, self.ids, self.words)
        return read

    @cached_property
    def _linked(self) -> tuple[str, ...]:
        """The properties of a claim that lead to what belongs to it, beside a count or time that is its object."""
        return tuple(self.words.term(name) for name in ("reportedIn", "evidence", "tenure"))

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
        if report not in self._events:
            self._events[report] = next((text(quad.object) for quad in self._links(report, "refersTo", None)), None)
        return self._events[report]

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
        return report in self._leaving

    @cached_property
    def _leaving(self) -> frozenset[str]:
        """The tellings that stand in the store, in articles that are about to change."""
        if self.store is None:
            return frozenset()
        name = NamedNode(self.words.term("reportedIn"))
        found = (quad for graph in self.fresh for quad in self.store.quads_for_pattern(None, name, None, NamedNode(graph)))
        return frozenset(text(quad.subject) for quad in found)

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


def _by(key: Callable[[T], str], things: Iterable[T]) -> dict[str, list[T]]:
    """Things by what a function gives of each."""
    found: dict[str, list[T]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found
