"""Whose a graph is: those under `<base>graph/` are made from documents and judgements; all others, the default graph among them, are its users'.

What is made never rests on what users wrote: the stages that derive read a store through `Made`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.ids import Ids
from kg.triples import Node

_NOTHING: Final = NamedNode("urn:nothing")

Clean = Callable[[Quad], Quad | None]
"""Gives what stands in a quad's place, None for nothing."""

Chosen = Callable[[Node], bool]
"""Says whether a graph is wanted."""


def is_made(graph: Node | str, base: str) -> bool:
    """Whether a graph is one of those that are made from documents and judgements.

    >>> is_made("https://w3id.org/isnad/graph/facts", "https://w3id.org/isnad/"), is_made(DefaultGraph(), "https://w3id.org/isnad/")
    (True, False)
    """
    name = graph if isinstance(graph, str) else graph.value if isinstance(graph, NamedNode) else ""
    return name.startswith(Ids(base).graph(""))


@dataclass(frozen=True, slots=True)
class Made:
    """The made graphs of a store, for reading."""

    store: Store
    base: str

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that match; None matches all."""
        found = self.store.quads_for_pattern(subject, predicate, object, graph_name)
        return iter(found) if graph_name is not None else (quad for quad in found if is_made(quad.graph_name, self.base))

    def __iter__(self) -> Iterator[Quad]:
        return (quad for quad in self.store if is_made(quad.graph_name, self.base))

    def __contains__(self, quad: Quad) -> bool:
        return quad in self.store

    def named_graphs(self) -> Iterator[NamedNode]:
        """Their names."""
        return (graph for graph in self.store.named_graphs() if isinstance(graph, NamedNode) and is_made(graph, self.base))


def of_users(store: Store, *bases: str) -> list[NamedNode | BlankNode | DefaultGraph]:
    """The graphs of a store that are its users', the default graph first where it holds anything; `bases` are all under which graphs are made."""
    named = [graph for graph in store.named_graphs() if not any(is_made(graph, base) for base in bases)]
    unnamed = next(iter(store.quads_for_pattern(None, None, None, DefaultGraph())), None)
    return [*([DefaultGraph()] if unnamed else []), *sorted(named, key=str)]


def copy(source: Store, target: Store, clean: Clean = lambda quad: quad, chosen: Chosen = lambda _: True) -> None:
    """Copies the chosen graphs of a store, cleaned, those without triples, too."""
    for graph in source.named_graphs():
        if chosen(graph):
            triple = clean(Quad(_NOTHING, _NOTHING, _NOTHING, graph))
            if triple is not None:
                target.add_graph(triple.graph_name)
    cleaned = (clean(quad) for quad in source if chosen(quad.graph_name))
    target.bulk_extend(quad for quad in cleaned if quad is not None)


def noting(clean: Clean, touched: set[str]) -> Clean:
    """The same cleaning, which notes the graphs in which it has found anything."""

    def noting(quad: Quad) -> Quad | None:
        cleaned = clean(quad)
        if cleaned != quad:
            graph = (cleaned or quad).graph_name
            touched.add("default graph" if isinstance(graph, DefaultGraph) else graph.value)
        return cleaned

    return noting
