"""The dataset of a query, after SPARQL 1.1 Query (section 13) and the protocol (section 2.1.4), under both settings of the default graph."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

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


@pytest.mark.parametrize("way", ["protocol", "query"])
def test_the_union_can_be_named(dataset: str, way: str) -> None:
    united, parameters = "urn:x-arq:UnionGraph", [("default-graph-uri", "urn:x-arq:UnionGraph")]
    clause, named = ("", parameters) if way == "protocol" else (f"FROM <{united}>", [])
    assert sorted(set(texts(dataset, f"SELECT ?o {clause} {IN_DEFAULT}", named))) == EVERY
    assert texts(dataset, f"SELECT ?o {clause} {IN_NAMED}", named) == []
    some = [*named, ("named-graph-uri", A)] if way == "protocol" else []
    assert texts(dataset, f"SELECT ?o {clause} {'' if some else f'FROM NAMED <{A}>'} {IN_NAMED}", some) == ["in a", "in both"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?s { ?s ?p 'in a' }", True),
        ("ASK { ?s ?p 'in a' }", True),
        ("ASK { ?s ?p 'in none' }", False),
        ("SELECT ?s { GRAPH ?g { ?s ?p 'nowhere' } }", False),
        (f"SELECT ?s FROM <{A}> {{ ?s ?p 'nowhere' }}", False),
    ],
)
def test_an_answer_that_is_empty_for_the_plain_default_graph_says_so(dataset: str, union: bool, query: str, told: bool) -> None:
    for format in ("json", "xml", "csv", "tsv"):
        warning = ask(dataset, "GET", f"/sparql?{urlencode({'query': query, 'format': format})}").headers.get("warning", "")
        assert ("KG_UNION_DEFAULT_GRAPH" in warning) is (told and not union), (format, warning)


def test_a_question_is_about_all_graphs(union: bool, tmp_path: Path) -> None:
    with served(tmp_path, union_default_graph=str(union)) as address:
        (tmp_path / "one.rq").write_text("# Which groups?\nSELECT ?group { ?group isnad:componentOf actor:pmf } ORDER BY ?group\n")
        page = ask(address, "GET", "/?question=one").body
        assert "kataib" in page
        (link,) = (urlsplit(unescape(found)) for found in re.findall(r'href="(/sparql[^"]*format=csv)"', page))
        assert ask(address, "GET", f"{link.path}?{link.query}").body.count("/id/actor/") == 2
        (listed,) = json.loads(ask(address, "GET", "/questions", Accept="application/json").body)
        parameters = {name: value for name, value in listed.items() if name in ("query", "default-graph-uri")}
        assert ask(address, "GET", f"/sparql?{urlencode(parameters)}", Accept="text/csv").body.count("/id/actor/") == 2


def test_the_protocol_outweighs_the_query(dataset: str) -> None:
    query = f"SELECT ?o FROM <{B}> FROM NAMED <{B}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    assert texts(dataset, query, [("default-graph-uri", A)]) == ["in a", "in both"]
    assert texts(dataset, query, [("named-graph-uri", A)]) == ["in a", "in both"]


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("iri", ["", "relative", "http://example.org/<>"])
def test_a_graph_has_an_absolute_iri(dataset: str, parameter: str, iri: str) -> None:
    reply = ask(dataset, "GET", f"/sparql?{urlencode({'query': 'ASK {}', parameter: iri})}")
    assert (reply.status, "no absolute IRI" in reply.body) == (400, True)
