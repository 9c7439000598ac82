"""Which articles count as one source: those of one work, and those that share the sentences of one wire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.fuse.links import Links
from kg.ids import Ids
from kg.pipeline.standing import Standing
from kg.terms import Vocabulary
from kg.triples import OA, PROV, text
from kg.values import wording
from kg.values.groups import Groups


@dataclass(frozen=True, slots=True)
class Sourced:
    """The sources of all articles that hang together with the fresh ones, and what changes."""

    sources: Mapping[str, str]
    removed: frozenset[Quad]
    added: frozenset[Quad]
    moved: frozenset[str]


class Sourcing:
    """Works out sources against what a store holds."""

    def __init__(self, ids: Ids, words: Vocabulary) -> None:
        self.ids, self.words = ids, words
        self.links = Links(ids, words)

    def sourced(self, standing: Standing) -> Sourced:
        """The sources of what hangs together with the fresh articles."""
        if all(standing.source(article) is None for article in self._named(standing)) and len(self._named(standing)) == 1:
            return self._joined_by_new(standing, self._named(standing)[0])
        old = {article: source for article in self._named(standing) if (source := standing.source(article))}
        held = {article for source in old.values() for article in standing.pointing("independentSource", source)}
        todo = sorted({*self._fresh(standing), *(held - set(self._named(standing)))})
        works: dict[str, frozenset[str]] = {}
        joined = Groups()
        for article in todo:
            works[article] = frozenset(self._works(standing, article))
            joined.join(article, article)
            for other in sorted(self._neighbours(standing, article, works[article])):
                joined.join(article, other)
                if other not in works and other not in todo:
                    todo.append(other)
        before = {article: source for article in {*works, *old} if (source := standing.source(article))}
        removed = frozenset(q for source in before.values() for q in self._node(standing, source, works.keys() | old.keys()))
        added: set[Quad] = set()
        after: dict[str, str] = {}
        for group in map(sorted, joined.sorted()):
            source = self.links.source_of({work for article in group for work in works[article] or {article}})
            quads = list(self.links.source(group, source))
            added.update(quads)
            after.update({text(q.subject): text(q.object) for q in quads if text(q.subject) in group})
        moved = frozenset(article for article in after if before.get(article) != after[article])
        return Sourced(after, removed - added, frozenset(added) - removed, moved)

    def _joined_by_new(self, standing: Standing, article: str) -> Sourced:
        """The sources that an article which was not there before joins: nobody else's wording need be looked at again."""
        if not standing.fresh[self.ids.article_graph(article)]:
            return Sourced({}, frozenset(), frozenset(), frozenset())
        works = frozenset(self._works(standing, article))
        met = {source for other in self._neighbours(standing, article, works) if (source := standing.source(other))}
        joined = min({self.links.source_of(works or {article}), *met})
        lost = {source: standing.pointing("independentSource", source) for source in met - {joined}}
        after = {article: joined, **{other: joined for others in lost.values() for other in others}}
        removed = frozenset(quad for source, others in lost.items() for quad in self._node(standing, source, others))
        added = frozenset(self.links.source(after, joined))
        standing_already = standing.node(joined, "fusion")
        return Sourced(after, removed, added - standing_already, frozenset(after))

    def _named(self, standing: Standing) -> list[str]:
        """The articles whose graphs are fresh, whether they will be there or not."""
        start = self.ids.graph("article/")
        return [self.ids.thing("article", name) for graph in standing.fresh if "/" not in (name := graph.removeprefix(start))]

    def _fresh(self, standing: Standing) -> list[str]:
        return [article for article in self._named(standing) if standing.fresh[self.ids.article_graph(article)]]

    def _node(self, standing: Standing, source: str, articles: Iterable[str]) -> Iterator[Quad]:
        """A source's quads, with the links of these articles."""
        yield from standing.node(source, "fusion")
        term = self.words.term("independentSource")
        for article in articles:
            yield from (q for q in standing.node(article, "fusion") if text(q.predicate) == term)

    # -- what an article shares ------------------------------------------------------------------------------------------------

    def _works(self, standing: Standing, article: str) -> list[str]:
        graph = self.ids.article_graph(article)
        if graph in standing.fresh:
            return list(standing.fresh[graph].get(article, {}).get(PROV + "wasDerivedFrom", ()))
        found = (
            standing.store.quads_for_pattern(NamedNode(article), NamedNode(PROV + "wasDerivedFrom"), None, None) if standing.store else ()
        )
        return [text(q.object) for q in found]

    def _quotes(self, standing: Standing, article: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The quotes of an article, with their fingerprints."""
        term, graph = self.words.term("wording"), self.ids.article_graph(article)
        if graph in standing.fresh:
            for node in standing.fresh[graph].values():
                if term in node:
                    yield node[OA + "exact"][0], tuple(node[term])
        elif standing.store:
            name = NamedNode(graph)
            prints: dict[str, list[str]] = {}
            for quad in standing.store.quads_for_pattern(None, NamedNode(term), None, name):
                prints.setdefault(text(quad.subject), []).append(text(quad.object))
            for quote in sorted(prints):
                exact = next(iter(standing.store.quads_for_pattern(NamedNode(quote), NamedNode(OA + "exact"), None, name)), None)
                yield text(exact.object) if exact else "", tuple(prints[quote])

    def _neighbours(self, standing: Standing, article: str, works: Iterable[str]) -> set[str]:
        """The other articles that are one source with this one."""
        found = {other for work in works for other in self._having(standing, PROV + "wasDerivedFrom", NamedNode(work))}
        copies = {other for other in self._sharing(standing, article) if article in self._sharing(standing, other)}
        return (found | copies) - {article}

    def _sharing(self, standing: Standing, article: str) -> set[str]:
        """The articles in which enough sentences of this one stand; that enough of theirs stand in this one is not said by it."""
        shared: dict[str, int] = {}
        for quote, prints in self._quotes(standing, article):
            alike: dict[str, set[str]] = {}
            for mark in prints:
                for other in self._quoting(standing, mark):
                    alike.setdefault(other, set()).add(mark)
            for other, marks in alike.items():
                if len(marks) >= min(wording.ALIKE, len(prints)):
                    shared[other] = shared.get(other, 0) + wording.weight(quote)
        return {other for other, weight in shared.items() if weight >= wording.SHARED}

    def _having(self, standing: Standing, predicate: str, value: NamedNode | Literal) -> Iterator[str]:
        """The articles of which a triple with this property and value holds."""
        for graph, nodes in standing.fresh.items():
            yield from (
                node for node, said in nodes.items() if value.value in said.get(predicate, ()) and self.ids.article_graph(node) == graph
            )
        if standing.store:
            for quad in standing.store.quads_for_pattern(None, NamedNode(predicate), value, None):
                if text(quad.graph_name) == self.ids.article_graph(text(quad.subject)) and text(quad.graph_name) not in standing.fresh:
                    yield text(quad.subject)

    def _quoting(self, standing: Standing, mark: str) -> set[str]:
        """The articles whose texts in force have a quote of this fingerprint."""
        term, start = self.words.term("wording"), self.ids.graph("article/")
        graphs = {graph for graph, nodes in standing.fresh.items() for said in nodes.values() if mark in said.get(term, ())}
        if standing.store:
            stored = standing.store.quads_for_pattern(None, NamedNode(term), Literal(mark), None)
            graphs |= {text(q.graph_name) for q in stored if text(q.graph_name) not in standing.fresh}
        return {self.ids.thing("article", name) for graph in graphs if "/" not in (name := graph.removeprefix(start))}
