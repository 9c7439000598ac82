"""Which articles count as one source: those of one work, and those that share the sentences of one wire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

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
        return _Run(self, standing).sourced()


class _Run:
    """One sourcing; what has been read of an article is kept."""

    def __init__(self, sourcing: Sourcing, standing: Standing) -> None:
        self.ids, self.words, self.links, self.standing = sourcing.ids, sourcing.words, sourcing.links, standing
        self._read: dict[str, list[tuple[int, frozenset[str]]]] = {}
        self._marked: dict[str, list[str]] = {}

    def sourced(self) -> Sourced:
        """The sources of what hangs together with the fresh articles."""
        named = self._named()
        if len(named) == 1 and self.standing.source(named[0]) is None:
            return self._joined_by_new(named[0])
        old = {article: source for article in named if (source := self.standing.source(article))}
        held = {article for source in set(old.values()) for article in self.standing.pointing("independentSource", source)}
        works, joined = self._gathered(sorted({*self._fresh(), *(held - set(named))}))
        before = {article: source for article in {*works, *old} if (source := self.standing.source(article))}
        removed = frozenset(self._nodes(set(before.values()), works.keys() | old.keys()))
        added: set[Quad] = set()
        after: dict[str, str] = {}
        for group in map(sorted, joined.sorted()):
            source = self.links.source_of({work for article in group for work in works[article] or {article}})
            added.update(self.links.source(group, source))
            after.update(dict.fromkeys(group, source))
        moved = frozenset(article for article in after if before.get(article) != after[article])
        return Sourced(after, removed - added, frozenset(added) - removed, moved)

    def _gathered(self, starts: Iterable[str]) -> tuple[dict[str, frozenset[str]], Groups]:
        """The works of all that hangs together with some articles, and links enough to hold each source together.

        Who has been reached is not compared again: sharing sentences is mutual, so that its source is complete when its last member has been looked at.
        """
        works: dict[str, frozenset[str]] = {}
        reached: set[str] = set()
        joined = Groups()
        first: dict[str, str] = {}
        for start in starts:
            todo = [start] if start not in reached else []
            reached.add(start)
            joined.join(start, start)
            for article in todo:
                works[article] = frozenset(self._works(article))
                found = set(self._copies(article, reached))
                for work in works[article]:
                    found |= {first[work]} if work in first else set(self._having(work))
                    first.setdefault(work, article)
                for other in sorted(found - {article}):
                    joined.join(article, other)
                    if other not in reached:
                        reached.add(other)
                        todo.append(other)
        return works, joined

    def _joined_by_new(self, article: str) -> Sourced:
        """The sources that an article which was not there before joins: nobody else's wording need be looked at again."""
        if not self.standing.fresh[self.ids.article_graph(article)]:
            return Sourced({}, frozenset(), frozenset(), frozenset())
        works = frozenset(self._works(article))
        same = {other for work in works for other in self._having(work)} - {article}
        met = {source for other in same if (source := self.standing.source(other))}
        for other in self._sharing(article, {article}):
            source = self.standing.source(other)
            if source and source not in met and self._copied_in(other, article):
                met.add(source)
        joined = min({self.links.source_of(works or {article}), *met})
        lost = {source: self.standing.pointing("independentSource", source) for source in met - {joined}}
        after = {article: joined, **{other: joined for others in lost.values() for other in others}}
        removed = frozenset(quad for source, others in lost.items() for quad in self._nodes([source], others))
        added = frozenset(self.links.source(after, joined))
        return Sourced(after, removed, added - self.standing.node(joined, "fusion"), frozenset(after))

    def _named(self) -> list[str]:
        """The articles whose graphs are fresh, whether they will be there or not."""
        start = self.ids.graph("article/")
        return [self.ids.thing("article", name) for graph in self.standing.fresh if "/" not in (name := graph.removeprefix(start))]

    def _fresh(self) -> list[str]:
        return [article for article in self._named() if self.standing.fresh[self.ids.article_graph(article)]]

    def _links(self, article: str) -> Iterator[Quad]:
        term = self.words.term("independentSource")
        yield from (quad for quad in self.standing.node(article, "fusion") if text(quad.predicate) == term)

    def _nodes(self, sources: Iterable[str], articles: Iterable[str]) -> Iterator[Quad]:
        """The quads of sources, with the links of these articles."""
        for source in sources:
            yield from self.standing.node(source, "fusion")
        for article in articles:
            yield from self._links(article)

    # -- what an article shares ------------------------------------------------------------------------------------------------

    def _works(self, article: str) -> list[str]:
        graph, store = self.ids.article_graph(article), self.standing.store
        if graph in self.standing.fresh:
            return list(self.standing.fresh[graph].get(article, {}).get(PROV + "wasDerivedFrom", ()))
        found = store.quads_for_pattern(NamedNode(article), NamedNode(PROV + "wasDerivedFrom"), None, None) if store else ()
        return [text(q.object) for q in found]

    def _quotes(self, article: str) -> list[tuple[int, frozenset[str]]]:
        """The weights of an article's quotes, with their fingerprints."""
        if article not in self._read:
            self._read[article] = [(wording.weight(quote), frozenset(prints)) for quote, prints in self._worded(article)]
        return self._read[article]

    def _worded(self, article: str) -> Iterator[tuple[str, Iterable[str]]]:
        term, graph, store = self.words.term("wording"), self.ids.article_graph(article), self.standing.store
        if graph in self.standing.fresh:
            for node in self.standing.fresh[graph].values():
                if term in node:
                    yield node[OA + "exact"][0], node[term]
        elif store:
            name = NamedNode(graph)
            prints: dict[str, list[str]] = {}
            for quad in store.quads_for_pattern(None, NamedNode(term), None, name):
                prints.setdefault(text(quad.subject), []).append(text(quad.object))
            for quote in sorted(prints):
                exact = next(iter(store.quads_for_pattern(NamedNode(quote), NamedNode(OA + "exact"), None, name)), None)
                yield text(exact.object) if exact else "", prints[quote]

    def _copies(self, article: str, reached: Container[str]) -> Iterator[str]:
        """The articles not yet reached that share enough sentences with this one, by the reckoning of both."""
        yield from (other for other in self._sharing(article, reached) if self._copied_in(other, article))

    def _copied_in(self, article: str, other: str) -> bool:
        """Whether enough sentences of an article stand in another one."""
        marks = frozenset().union(*(prints for _, prints in self._quotes(other)))
        return sum(weight for weight, prints in self._quotes(article) if _alike(prints & marks, prints)) >= wording.SHARED

    def _sharing(self, article: str, reached: Container[str]) -> list[str]:
        """The articles not yet reached in which enough sentences of this one stand; that enough of theirs stand in this one is not said by it."""
        shared: dict[str, int] = {}
        for weight, prints in self._quotes(article):
            alike: dict[str, set[str]] = {}
            for mark in prints:
                for other in self._quoting(mark, reached):
                    alike.setdefault(other, set()).add(mark)
            for other, marks in alike.items():
                if _alike(marks, prints):
                    shared[other] = shared.get(other, 0) + weight
        return sorted(other for other, weight in shared.items() if weight >= wording.SHARED)

    def _having(self, work: str) -> Iterator[str]:
        """The articles that tell a work."""
        yield from self._fresh_works.get(work, ())
        if self.standing.store:
            for quad in self.standing.store.quads_for_pattern(None, NamedNode(PROV + "wasDerivedFrom"), NamedNode(work), None):
                graph = text(quad.graph_name)
                if graph == self.ids.article_graph(text(quad.subject)) and graph not in self.standing.fresh:
                    yield text(quad.subject)

    @cached_property
    def _fresh_works(self) -> Mapping[str, list[str]]:
        """The fresh articles that tell each work."""
        found: dict[str, list[str]] = defaultdict(list)
        for article in self._fresh():
            for work in self._works(article):
                found[work].append(article)
        return found

    def _quoting(self, mark: str, reached: Container[str]) -> list[str]:
        """The articles not yet reached whose texts in force have a quote of this fingerprint."""
        found = self._marked[mark] if mark in self._marked else self._quoted(mark)
        self._marked[mark] = [article for article in found if article not in reached]
        return self._marked[mark]

    def _quoted(self, mark: str) -> list[str]:
        term, start, store = self.words.term("wording"), self.ids.graph("article/"), self.standing.store
        graphs = self._fresh_marks.get(mark, set())
        if store:
            stored = store.quads_for_pattern(None, NamedNode(term), Literal(mark), None)
            graphs = graphs | {text(q.graph_name) for q in stored if text(q.graph_name) not in self.standing.fresh}
        return [self.ids.thing("article", name) for graph in graphs if "/" not in (name := graph.removeprefix(start))]

    @cached_property
    def _fresh_marks(self) -> Mapping[str, set[str]]:
        """The fresh graphs in which each fingerprint stands."""
        term, found = self.words.term("wording"), defaultdict[str, set[str]](set)
        for graph, nodes in self.standing.fresh.items():
            for said in nodes.values():
                for mark in said.get(term, ()):
                    found[mark].add(graph)
        return found


def _alike(marks: Collection[str], prints: Collection[str]) -> bool:
    """Whether enough of a quote's fingerprint is met again for it to be the same sentence."""
    return len(marks) >= min(wording.ALIKE, len(prints))
