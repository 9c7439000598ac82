"""Federated queries without a network: endpoints that are stores of this process, and what the engine says of the same data in one store."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.errors import EndpointFailed
from kg.federate import replies
from kg.federate.endpoints import Endpoints
from kg.federate.evaluation import Answered, answered
from kg.federate.replies import Solutions
from kg.formats import JSON
from kg.sparql.guard import admitted
from kg.sparql.parser import parse_query
from kg.sparql.printer import show
from kg.sparql.traversal import rebuilt
from kg.sparql.tree import Graph, Node, Query, Service
from kg.store.lanes import Gone
from tests.patience import PATIENCE
from tests.sparql.w3c import Comparable, comparable

PREFIXES = {"": "http://example.org/", "xsd": "http://www.w3.org/2001/XMLSchema#"}
A, B, DOWN = "http://a.example/sparql", "http://b.example/sparql", "http://down.example/sparql"


@dataclass
class Inside(Endpoints):
    """Endpoints that are stores; `asked` are the texts that they were sent."""

    stores: Mapping[str, ox.Store]
    rows: int = 1000
    asked: list[tuple[str, str]] = field(default_factory=list)
    changed: Callable[[Solutions], Solutions] = lambda found: found

    def __post_init__(self) -> None:
        super().__init__([*self.stores, DOWN], "a test", self.rows)

    def ask(self, iri: str, query: str, wanted: Sequence[str], always: frozenset[str], until: float, watch: object) -> Solutions:  # noqa: ARG002
        self.check(iri)
        self.asked.append((iri, query))
        if iri == DOWN:
            raise EndpointFailed(iri, "is down")
        assert until > time.monotonic()
        return self.changed(solutions(self.stores[iri], query, wanted, always, self.rows))


def solutions(store: ox.Store, text: str, wanted: Sequence[str], always: frozenset[str], most: int) -> Solutions:
    body = store.query(text).serialize(format=ox.QueryResultsFormat.JSON)
    assert isinstance(body, bytes)
    return replies.read(body, JSON.media_type, wanted, always, most)


def store(text: str) -> ox.Store:
    made = ox.Store()
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    made.load((declared + text).encode(), ox.RdfFormat.TRIG)
    return made


def read(text: str) -> Query:
    return parse_query(text, PREFIXES, None)


def evaluated(text: str, here: ox.Store, endpoints: Inside, block: int = 2) -> Answered:
    def local(part: Query, variables: tuple[str, ...], most: int) -> Solutions:
        return solutions(here, admitted(part).text, variables, frozenset(), most + 1)

    return answered(read(text), endpoints, local, block, time.monotonic() + PATIENCE, Gone())


def federated(text: str, here: ox.Store, endpoints: Inside, block: int = 2) -> Comparable:
    """The answer to a federated query."""
    return comparable(here.query(admitted(evaluated(text, here, endpoints, block).query).text))


def in_one_store(text: str, here: ox.Store, stores: Mapping[str, ox.Store]) -> Comparable:
    """What the engine answers where each endpoint is a graph of the same store: SERVICE is GRAPH there."""
    whole = ox.Store()
    whole.extend(here)
    for iri, there in stores.items():
        whole.extend(ox.Quad(*quad.triple, ox.NamedNode(iri)) for quad in there)

    def graph(node: Node) -> Node:
        return Graph(node.name, node.pattern) if isinstance(node, Service) else node

    return comparable(whole.query(show(rebuilt(read(text), graph))))
