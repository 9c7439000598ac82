"""The merge of default graphs that a query names."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.store.dataset import merged
from tests.snapshots import AUTHORITY, BASE, FACTS, LABEL, quad

MADE = f"{BASE}graph/"
MINE, YOURS = "http://example.org/mine", "http://example.org/yours"


def store(*graphs: str | None) -> Store:
    """A triple that all these graphs hold, and one of each graph's own."""
    found = Store()
    for number, graph in enumerate(graphs):
        found.add(quad("http://example.org/s", LABEL, Literal("shared"), graph))
        found.add(quad("http://example.org/s", LABEL, Literal(number), graph))
    return found


def node(graph: str | None) -> NamedNode | DefaultGraph:
    return DefaultGraph() if graph is None else NamedNode(graph)


@pytest.mark.parametrize("graphs", [(MINE, YOURS), (FACTS, MINE), (None, FACTS), (None, MINE), (FACTS, AUTHORITY, MINE)])
def test_graphs_that_share_a_triple_are_merged(graphs: tuple[str | None, ...]) -> None:
    given = store(*graphs)
    found = merged(given, [node(graph) for graph in graphs], [NamedNode(MINE)], MADE)
    assert found is not None
    assert len(list(found.quads_for_pattern(None, None, None, DefaultGraph()))) == 1 + len(graphs)
    assert set(found.named_graphs()) == ({NamedNode(MINE)} & set(given.named_graphs()))


def test_graphs_that_share_none_are_left_where_they_are() -> None:
    given = store(MINE)
    given.add(quad("http://example.org/s", LABEL, Literal("other"), YOURS))
    given.add(quad("http://example.org/s", LABEL, Literal("third"), None))
    assert merged(given, [node(graph) for graph in (MINE, YOURS, None)], [], MADE) is None
    assert merged(store(MINE, YOURS), [node(MINE)], [node(YOURS)], MADE) is None  # type: ignore[list-item]


def test_made_graphs_are_not_looked_at() -> None:
    assert merged(store(FACTS, AUTHORITY), [node(FACTS), node(AUTHORITY)], [], MADE) is None
