"""The dataset of a query, after SPARQL 1.1 Query (section 13) and the protocol (section 2.1.4), under both settings of the default graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from pyoxigraph import Literal

from tests.server.asking import ask
from tests.server.scratch import served
from tests.snapshots import quad

A, B, NONE = "http://example.org/a", "http://example.org/b", "http://example.org/none"
P = "http://example.org/p"
DATA = (
    quad("http://example.org/s", P, Literal("in a"), A),
    quad("http://example.org/s", P, Literal("in both"), A),
    quad("http://example.org/s", P, Literal("in both"), B),
    quad("http://example.org/s", P, Literal("in b"), B),
    quad("http://example.org/s", P, Literal("in none"), None),
)
UNNAMED = ["in none"]
EVERY = ["in a", "in b", "in both", "in none"]


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "union"])
def union(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def dataset(union: bool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("dataset"), DATA, union_default_graph=str(union)) as address:
        yield address


def texts(address: str, query: str, parameters: list[tuple[str, str]]) -> list[str]:
    reply = ask(address, "GET", f"/sparql?{urlencode([('query', query), *parameters])}")
    assert reply.status == 200, reply.body
    return sorted(row["o"]["value"] for row in json.loads(reply.body)["results"]["bindings"])


IN_DEFAULT, IN_NAMED = "{ ?s ?p ?o }", "{ GRAPH ?g { ?s ?p ?o } }"
NAMED_TOO = ["in a", "in b", "in both", "in both"]
ROWS = (
    ([], IN_NAMED, NAMED_TOO),
    ([("default", A)], IN_DEFAULT, ["in a", "in both"]),
    ([("default", A)], IN_NAMED, []),
    ([("default", A), ("default", B)], IN_DEFAULT, ["in a", "in b", "in both"]),
    ([("default", A), ("default", A)], IN_DEFAULT, ["in a", "in both"]),
    ([("default", NONE)], IN_DEFAULT, []),
    ([("named", A)], IN_DEFAULT, []),
    ([("named", A)], IN_NAMED, ["in a", "in both"]),
    ([("named", A), ("named", B)], IN_NAMED, NAMED_TOO),
    ([("default", B), ("named", A)], IN_DEFAULT, ["in b", "in both"]),
    ([("default", B), ("named", A)], IN_NAMED, ["in a", "in both"]),
    ([("default", A), ("default", B), ("named", A)], IN_DEFAULT, ["in a", "in b", "in both"]),
    ([("default", A), ("default", B), ("named", A)], IN_NAMED, ["in a", "in both"]),
)


@pytest.mark.parametrize("way", ["protocol", "query", "query with prefixes"])
@pytest.mark.parametrize(("graphs", "pattern", "found"), ROWS)
def test_a_dataset_is_what_is_named_and_nothing_else(
    dataset: str, way: str, graphs: list[tuple[str, str]], pattern: str, found: list[str]
) -> None:
    if way == "protocol":
        assert texts(dataset, f"SELECT ?o {pattern}", [(f"{kind}-graph-uri", iri) for kind, iri in graphs]) == found
        return
    spelt = "<{}>" if way == "query" else "ex:{}"
    clauses = [("FROM NAMED " if kind == "named" else "FROM ") + spelt.format(iri[19:] if "ex:" in spelt else iri) for kind, iri in graphs]
    assert texts(dataset, f"PREFIX ex: <http://example.org/> SELECT ?o {' '.join(clauses)} {pattern}", []) == found


def test_the_default_graph_is_as_set(dataset: str, union: bool) -> None:
    found = texts(dataset, f"SELECT ?o {IN_DEFAULT}", [])
    assert sorted(set(found)) == (EVERY if union else UNNAMED)


def test_the_protocol_outweighs_the_query(dataset: str) -> None:
    query = f"SELECT ?o FROM <{B}> FROM NAMED <{B}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    assert texts(dataset, query, [("default-graph-uri", A)]) == ["in a", "in both"]
    assert texts(dataset, query, [("named-graph-uri", A)]) == ["in a", "in both"]


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("iri", ["", "relative", "http://example.org/<>"])
def test_a_graph_has_an_absolute_iri(dataset: str, parameter: str, iri: str) -> None:
    reply = ask(dataset, "GET", f"/sparql?{urlencode({'query': 'ASK {}', parameter: iri})}")
    assert (reply.status, "no absolute IRI" in reply.body) == (400, True)
