"""What changes when articles' graphs become others, or people judge anew: the graphs, fusion, sources, differences, and the facts that they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode, Quad

from kg import facts
from kg import stated as claims_in
from kg.authority import Authority
from kg.facts import Policy, Unit
from kg.fuse.differences import ROWS, Differences
from kg.ids import Ids
from kg.model import InForce
from kg.pipeline.fusing import Fused, Fusing
from kg.pipeline.sourcing import Sourced, Sourcing
from kg.pipeline.standing import Standing
from kg.pipeline.units import is_telling, on_event, unit_of
from kg.stated import Stated
from kg.store.embedded import Writer
from kg.store.ledger import Ledger
from kg.terms import Vocabulary
from kg.triples import Writer as Triples
from kg.triples import text

ABOUT_BODIES = frozenset(("leads", "founded"))
"""Properties on which claims are compared body by body rather than event by event."""


UNJUDGED = InForce()


@dataclass(frozen=True, slots=True)
class Change:
    """Quads to take away and to add, and what the ledger of events is to learn first."""

    removed: frozenset[Quad]
    added: frozenset[Quad]
    entries: tuple[tuple[str, str], ...] = ()

    @classmethod
    def between(cls, old: Set[Quad], new: Set[Quad]) -> Change:
        """What makes the one the other."""
        return cls(frozenset(old - new), frozenset(new - old))

    def and_(self, other: Change) -> Change:
        """This change and one of other graphs as one."""
        return Change(self.removed | other.removed, self.added | other.added, self.entries + other.entries)

    def write(self, writer: Writer) -> None:
        """Writes it: first what the ledger is to keep of it, then the graph in one update."""
        if self.entries:
            writer.keep(lambda: writer.documents.ledger.enter(self.entries))
        writer.apply(self.removed, self.added)


class Changes:
    """Works out changes against what a store holds; nothing is written here."""

    def __init__(self, ids: Ids, words: Vocabulary, known: Authority, policy: Policy = facts.ATTRIBUTED) -> None:
        self.ids, self.words, self.policy = ids, words, policy
        self.fusing = Fusing(ids, words, known)
        self.sourcing = Sourcing(ids, words)
        self.differences = Differences(self.fusing.like)

    def of_article(self, writer: Writer, name: str, new: frozenset[Quad], judged: InForce = UNJUDGED) -> Change:
        """All that changes when an article's graph becomes `new`."""
        return self.of_articles(writer, {name: new}, judged)

    def of_articles(self, writer: Writer, new: Mapping[str, frozenset[Quad]], judged: InForce = UNJUDGED) -> Change:
        """All that changes when articles' graphs, by the last parts of their ids, become others at once."""
        graphs = {self.ids.article_graph(self.ids.thing("article", name)): graph for name, graph in new.items()}
        return self._change(writer, {iri: self._restated(graph, judged) for iri, graph in graphs.items()}, judged, judged)

    def of_judgements(self, writer: Writer, before: InForce, after: InForce) -> Change:
        """All that changes when people's judgements become others: derived graphs, and the status of claims; `graph/judgements` is not in it."""
        reports = {r for judged in (before.together ^ after.together) | (before.apart ^ after.apart) for r in judged}
        claims = {c for c in before.verdicts.keys() | after.verdicts.keys() if before.verdicts.get(c) != after.verdicts.get(c)}
        names = {c for c in before.names.keys() | after.names.keys() if before.names.get(c) != after.names.get(c)}
        articles = {graph for thing in reports | claims | names for graph in self._graphs(writer, thing)}
        new = {graph: self._restated(frozenset(writer.graph(graph)), after) for graph in sorted(articles)}
        return self._change(writer, new, before, after)

    def of_background(self, graph: frozenset[Quad]) -> Change:
        """The facts and differences that the authority's own claims make in a store that is still empty."""
        name = self.ids.graph("authority")
        work = _Work(self, None, {}, {name: graph}, UNJUDGED, UNJUDGED)
        return work.change()

    def _change(self, writer: Writer, new: Mapping[str, frozenset[Quad]], before: InForce, after: InForce) -> Change:
        old = {graph: frozenset(writer.graph(graph)) for graph in new}
        return _Work(self, writer, old, new, before, after).change()

    def _restated(self, graph: frozenset[Quad], judged: InForce) -> frozenset[Quad]:
        """A graph whose claims say whether somebody has rejected them, so that no question hears what was; retracted and superseded ones stay so."""
        status, standing, rejected = (
            NamedNode(iri)
            for iri in (self.words.term("status"), self.words.concept("status/current"), self.words.concept("status/rejected"))
        )
        restated = {
            quad: Quad(quad.subject, status, rejected if judged.verdicts.get(text(quad.subject)) == "reject" else standing, quad.graph_name)
            for quad in graph
            if quad.predicate == status and quad.object in (standing, rejected)
        }
        return frozenset(restated.get(quad, quad) for quad in graph)

    def _graphs(self, writer: Writer, thing: str) -> Iterator[str]:
        """The graphs of articles, and that of the background, in which something is said of a thing."""
        start, background = self.ids.graph("article/"), self.ids.graph("authority")
        for quad in writer.store.quads_for_pattern(NamedNode(thing), None, None, None):
            if text(quad.graph_name) == background:
                yield background
            if text(quad.graph_name).startswith(start) and "/" not in text(quad.graph_name).removeprefix(start):
                yield text(quad.graph_name)


class _Work:
    """One change."""

    def __init__(
        self,
        changes: Changes,
        writer: Writer | None,
        old: Mapping[str, frozenset[Quad]],
        new: Mapping[str, frozenset[Quad]],
        before: InForce,
        after: InForce,
    ) -> None:
        self.ids, self.words, self.policy, self.parts = changes.ids, changes.words, changes.policy, changes
        self.store = writer.store if writer else None
        self.ledger: Ledger | None = writer.documents.ledger if writer else None
        self.old, self.new = old, new
        nodes = {graph: claims_in.nodes_of(quads) for graph, quads in new.items()}
        self.was = Standing(None, self.ids, self.words, {graph: claims_in.nodes_of(quads) for graph, quads in old.items()}, before)
        self.now = Standing(self.store, self.ids, self.words, nodes, after)
        self._on_event: dict[str, Sequence[Stated]] = {}
        self.out = Triples(self.ids.graph("facts"), self.ids, self.words)

    def change(self) -> Change:
        """All quads that come and go."""
        fused = self.parts.fusing.fused(self.now, self.ledger, self._tellings(self.was.new.values()))
        sourced = self.parts.sourcing.sourced(self.now)
        touched = self._touched(fused, sourced)
        derived = [self._facts(touched, fused, sourced), self._differences(touched, fused)]
        graphs = [(self.old.get(graph, frozenset()), quads) for graph, quads in self.new.items()] if self.store is not None else []
        removed = frozenset().union(*(old - new for old, new in graphs), fused.removed, sourced.removed, *(c.removed for c in derived))
        added = frozenset().union(*(new - old for old, new in graphs), fused.added, sourced.added, *(c.added for c in derived))
        return Change(removed - added, added - removed, fused.entries)

    def _tellings(self, claims: Iterable[Stated]) -> list[str]:
        return sorted({claim.subject for claim in claims if is_telling(claim.subject, self.ids)})

    # -- what is touched -----------------------------------------------------------------------------------------------------

    def _touched(self, fused: Fused, sourced: Sourced) -> set[Unit]:
        """The units of facts that may change."""
        was, now = self.was.new, self.now.new
        changed = {claim for claim in was.keys() | now.keys() if was.get(claim) != now.get(claim)}
        units = {
            unit_of(side[claim], events, self.now)
            for claim in changed
            for side, events in ((was, fused.before), (now, fused.events))
            if claim in side
        }
        for report in fused.moved:
            units |= {Unit(event, None) for event in (fused.before.get(report), fused.events.get(report)) if event}
            for claim in self.now.claims(value=report):
                units.add(unit_of(claim, fused.events, self.now))
        if self.policy.sources > 1:
            for article in sorted(sourced.moved):
                units |= {unit_of(claim, fused.events, self.now) for claim in self._claims_in(article)}
        return units

    def _claims_in(self, article: str) -> Iterator[Stated]:
        graph = self.ids.article_graph(article)
        if graph not in self.new and self.store is not None:
            nodes = claims_in.nodes_of(self.store.quads_for_pattern(None, None, None, NamedNode(graph)))
            yield from map(self.now.judge, claims_in.stated(nodes, self.ids, self.words))

    # -- facts ---------------------------------------------------------------------------------------------------------------

    def _facts(self, touched: Iterable[Unit], fused: Fused, sourced: Sourced) -> Change:
        """The facts of the touched units."""
        removed: set[Quad] = set()
        added: set[Quad] = set()
        for unit in touched:
            claims = [on_event(claim, fused.events, self.now) for claim in self._claims(unit, fused)]
            wanted = facts.of(unit, claims, self.policy, self.out, lambda document: self._source(document, sourced))
            standing = self._standing(unit)
            removed |= standing - wanted
            added |= wanted - standing
        return Change(frozenset(removed - added), frozenset(added - removed))

    def _claims(self, unit: Unit, fused: Fused) -> Iterable[Stated]:
        """The claims on a unit; of a plain triple that one source settles, one that the policy admits is enough."""
        if unit.predicate is None:
            return self._of_event(unit.subject, fused)
        found = self.now.claims(subject=unit.subject, predicate=unit.predicate, value=unit.object)
        if unit.object is None or self.policy.sources > 1:
            return list(found)
        return list(islice((claim for claim in found if facts.admits(self.policy, claim)), 1))

    def _of_event(self, event: str, fused: Fused) -> Sequence[Stated]:
        """The claims on an event's tellings, read once: facts and differences both ask for them."""
        if event not in self._on_event:
            self._on_event[event] = tuple(self._told(event, fused))
        return self._on_event[event]

    def _told(self, event: str, fused: Fused) -> Iterator[Stated]:
        reports = {report for report in self.now.reports(event) if report not in fused.events and report not in fused.before}
        reports |= {report for report, own in fused.events.items() if own == event}
        for report in sorted(reports):
            yield from self.now.claims(subject=report)

    def _source(self, document: str, sourced: Sourced) -> str:
        """The independent source that a document counts as; a page of the background is its own."""
        return sourced.sources.get(document) or self.now.source(document) or document

    def _standing(self, unit: Unit) -> set[Quad]:
        """The facts of a unit as they stand."""
        if self.store is None:
            return set()
        graph = NamedNode(self.ids.graph("facts"))
        predicate = NamedNode(self.words.term(unit.predicate)) if unit.predicate else None
        value = NamedNode(unit.object) if unit.object else None
        found = set(self.store.quads_for_pattern(NamedNode(unit.subject), predicate, value, graph))
        for quad in list(found):
            if isinstance(quad.object, NamedNode) and text(quad.object).startswith(self.ids.thing("value", "")):
                found.update(self.store.quads_for_pattern(quad.object, None, None, graph))
        return found

    # -- differences -----------------------------------------------------------------------------------------------------------

    def _differences(self, touched: Iterable[Unit], fused: Fused) -> Change:
        """How the claims on the touched events and bodies differ."""
        removed: set[Quad] = set()
        added: set[Quad] = set()
        for thing, predicate in sorted({about for unit in touched if (about := self._about(unit))}):
            claims = self._of_event(thing, fused) if not predicate else self._on_body(thing, predicate)
            standing_ones = [claim for claim in claims if claim.status in self.policy.statuses]
            for found in self.parts.differences.of(thing, standing_ones):
                added.update(self.parts.fusing.links.difference(found))
            removed.update(quad for quad in self._differing(thing, predicate))
        return Change(frozenset(removed - added), frozenset(added - removed))

    def _about(self, unit: Unit) -> tuple[str, str] | None:
        """What claims are compared on: an event, or a body with one property."""
        if unit.predicate is None:
            return unit.subject, ""
        if unit.predicate in ABOUT_BODIES:
            return (unit.object or unit.subject if unit.predicate == "leads" else unit.subject), unit.predicate
        return None

    def _on_body(self, thing: str, predicate: str) -> list[Stated]:
        if predicate == "leads":
            one_man = len(self.now.subjects(predicate, thing)) < 2  # then nobody disputes it, however many articles say so
            return [] if one_man else list(self.now.claims(predicate=predicate, value=thing))
        return list(self.now.claims(subject=thing, predicate=predicate))

    def _differing(self, thing: str, predicate: str) -> Iterator[Quad]:
        """The quads of the differences that stand about a thing: all of an event's, those in one property of a body's."""
        respect = self.words.concept(ROWS[predicate]) if predicate else None
        term = self.words.term("differenceIn")
        for iri in self.now.pointing("concerning", thing):
            node = self.now.node(iri, "fusion")
            if respect is None or any(text(q.predicate) == term and text(q.object) == respect for q in node):
                yield from node
