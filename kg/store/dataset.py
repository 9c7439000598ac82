"""The dataset that a query names, as a set: the RDF merge of its default graphs (SPARQL 1.1 Query, section 13.2).

The engine reads the named default graphs one after the other, and gives a triple that stands in two of them twice.  Made graphs are disjoint,
so only where a user's graph shares a triple with another are the graphs copied into a store of their own, in which the merge is a set.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

Graph = NamedNode | DefaultGraph


def merged(store: Store, default: Sequence[Graph], named: Sequence[NamedNode], made: str) -> Store | None:
    """A store in memory whose default graph is the merge of `default` and whose named graphs are `named`; None where none is needed.

    Graphs whose IRI begins with `made` are disjoint.
    """
    users = [graph for graph in default if isinstance(graph, DefaultGraph) or not graph.value.startswith(made)]
    if not any(_shares(store, graph, [other for other in default if other != graph]) for graph in users):
        return None
    copy = Store()
    for graph in default:
        copy.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in store.quads_for_pattern(None, None, None, graph))
    for graph in named:
        copy.extend(store.quads_for_pattern(None, None, None, graph))
    return copy


def _shares(store: Store, graph: Graph, others: Sequence[Graph]) -> bool:
    """Whether a triple of the graph stands in one of the others."""
    if not others:
        return False
    if isinstance(graph, NamedNode):
        query = f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} ?s ?p ?o }}"
        return bool(store.query(query, default_graph=list(others), named_graphs=[graph]))
    return any(
        Quad(quad.subject, quad.predicate, quad.object, other) in store
        for quad in store.quads_for_pattern(None, None, None, graph)
        for other in others
    )
