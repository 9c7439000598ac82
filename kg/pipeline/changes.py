"""What changes when an article's graph becomes another: the graph, the links of its tellings to events, and the facts that it touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode, Quad

from kg import facts, fuse
from kg.authority import authority
from kg.facts import Stated, Unit
from kg.ids import Ids
from kg.store.embedded import Writer
from kg.terms import RDF, Vocabulary
from kg.triples import OA
from kg.triples import Writer as Triples


@dataclass(frozen=True, slots=True)
class Change:
    """Quads to take away and to add."""

    removed: frozenset[Quad]
    added: frozenset[Quad]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a graph claims: its claims by id, and the event of each of its tellings."""

    claims: Mapping[str, Stated]
    events: Mapping[str, str]

    def unit(self, stated: Stated) -> Unit:
        """The unit of facts that a claim belongs to: its event; else its triple; of counts and times its subject and property."""
        event = self.events.get(stated.subject)
        if event:
            return Unit(event, None)
        return Unit(stated.subject, stated.predicate, stated.object if stated.node is None else None)


class Changes:
    """Works out changes against what a store holds; nothing is written here."""

    def __init__(self, ids: Ids, words: Vocabulary) -> None:
        self.ids = ids
        self.words = words

    def of_article(self, writer: Writer, name: str, new: frozenset[Quad]) -> Change:
        """All that changes when an article's graph becomes `new`: the graph, the fusion links, the facts."""
        old = frozenset(writer.graph(self.ids.article_graph(self.ids.thing("article", name))))
        before, after = self._told(old), self._told(new)
        fusion_old = frozenset(fuse.links(before.events, self.ids, self.words))
        fusion_new = frozenset(fuse.links(after.events, self.ids, self.words))
        derived = self._facts(writer, before, after)
        removed = (old - new) | (fusion_old - fusion_new) | derived.removed
        added = (new - old) | (fusion_new - fusion_old) | derived.added
        return Change(removed, added)

    def of_background(self, graph: frozenset[Quad]) -> Change:
        """The facts that the authority's own claims make in a store that is still empty."""
        return self._facts(None, _Told({}, {}), self._told(graph))

    def _told(self, graph: frozenset[Quad]) -> _Told:
        """The claims that stand in a graph, and the events of its tellings."""
        nodes = facts.nodes_of(graph)
        claims = {stated.claim: stated for stated in facts.stated(nodes, self.ids, self.words)}
        term = self.words.term("evidence")
        starts = {iri: int(node[OA + "start"][-1]) for iri, node in nodes.items() if OA + "start" in node}
        evidence = {iri: node[term][-1] for iri, node in nodes.items() if term in node}
        quotes = {iri: node[OA + "exact"][-1] for iri, node in nodes.items() if OA + "exact" in node}
        tellings: dict[str, list[Stated]] = {}
        for stated in claims.values():
            if stated.subject.startswith(self.ids.thing("report", "")):
                tellings.setdefault(stated.subject, []).append(stated)

        def told(report: str, own: list[Stated]) -> fuse.Told:
            def said(predicate: str) -> frozenset[str]:
                return frozenset(stated.object for stated in own if stated.predicate == predicate)

            days = {day for s in own if s.predicate == "time" and s.node for day in s.node.get(self.words.term("edtf"), ())}
            start = min(starts[evidence[s.claim]] for s in own)
            tolls = frozenset(self._toll(s) for s in own if s.predicate == "killed" and s.node)
            answers = said("inRetaliationFor") | said("subEventOf")
            said_of = (said("victim"), frozenset(days), said("place"), said("perpetrator"), said("kind"), said("target"))
            quoted = " ".join(sorted({quotes[evidence[s.claim]] for s in own if evidence[s.claim] in quotes}))
            return fuse.Told(report, start, *said_of, tolls, answers, quoted)

        fusion = fuse.Fusion(self.ids, self.words, authority(self.ids.base))
        return _Told(claims, fusion.events(told(report, own) for report, own in tellings.items()))

    def _toll(self, stated: Stated) -> fuse.Toll:
        """The bounds of a count."""
        low, high = ((stated.node or {}).get(self.words.term(name), ()) for name in ("min", "max"))
        return (int(low[0]) if low else None, int(high[0]) if high else None)

    def _facts(self, writer: Writer | None, before: _Told, after: _Told) -> Change:
        """The facts that change when a graph's claims change from `before` to `after`."""
        was = {claim: (stated, before.unit(stated)) for claim, stated in before.claims.items()}
        now = {claim: (stated, after.unit(stated)) for claim, stated in after.claims.items()}
        touched = {pair[1] for side in (was, now) for claim, pair in side.items() if was.get(claim) != now.get(claim)}
        out = Triples(self.ids.graph("facts"), self.ids, self.words)
        removed: set[Quad] = set()
        added: set[Quad] = set()
        by_unit: dict[Unit, list[Stated]] = {}
        for stated, unit in now.values():
            by_unit.setdefault(unit, []).append(stated)
        for unit in touched:
            others = self._others(writer, unit, by_unit.get(unit, []), was.keys() | now.keys()) if writer else []
            wanted = facts.of(unit, [*others, *by_unit.get(unit, [])], facts.ATTRIBUTED, out)
            standing = self._standing(writer, unit) if writer else set()
            removed |= standing - wanted
            added |= wanted - standing
        return Change(frozenset(removed - added), frozenset(added - removed))

    def _others(self, writer: Writer, unit: Unit, own: list[Stated], changing: Set[str]) -> list[Stated]:
        """The claims of other graphs that a unit's facts rest on; of a plain triple one that the policy admits is enough."""
        elsewhere = (stated for stated in self._elsewhere(writer, unit) if stated.claim not in changing)
        if unit.object is None:
            return list(elsewhere)
        if any(facts.admits(facts.ATTRIBUTED, stated) for stated in own):
            return []
        return list(islice((stated for stated in elsewhere if facts.admits(facts.ATTRIBUTED, stated)), 1))

    def _elsewhere(self, writer: Writer, unit: Unit) -> Iterator[Stated]:
        """The claims on a unit that the store holds, whichever graph they stand in."""
        if unit.predicate is None:
            return
        wanted = {RDF + "subject": unit.subject, RDF + "predicate": self.words.term(unit.predicate)}
        if unit.object is not None:
            wanted[RDF + "object"] = unit.object
        first = RDF + ("object" if unit.object is not None else "subject")
        rest = [(NamedNode(name), NamedNode(value)) for name, value in wanted.items() if name != first]
        for quad in writer.store.quads_for_pattern(None, NamedNode(first), NamedNode(wanted[first]), None):
            if all(Quad(quad.subject, name, value, quad.graph_name) in writer.store for name, value in rest):
                yield from facts.stated(facts.nodes_of(self._about(writer, quad)), self.ids, self.words)

    def _about(self, writer: Writer, claim: Quad) -> Iterator[Quad]:
        """The quads of a claim with those of its object and its document, from its own graph; `claim` is any quad of it."""
        for quad in writer.store.quads_for_pattern(claim.subject, None, None, claim.graph_name):
            yield quad
            if isinstance(quad.object, NamedNode) and quad.predicate.value in (RDF + "object", self.words.term("reportedIn")):
                yield from writer.store.quads_for_pattern(quad.object, None, None, claim.graph_name)

    def _standing(self, writer: Writer, unit: Unit) -> set[Quad]:
        """The facts of a unit as they stand."""
        graph = NamedNode(self.ids.graph("facts"))
        predicate = NamedNode(self.words.term(unit.predicate)) if unit.predicate else None
        value = NamedNode(unit.object) if unit.object else None
        found = set(writer.store.quads_for_pattern(NamedNode(unit.subject), predicate, value, graph))
        for quad in list(found):
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(self.ids.thing("value", "")):
                found.update(writer.store.quads_for_pattern(quad.object, None, None, graph))
        return found
