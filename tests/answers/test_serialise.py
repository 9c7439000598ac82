"""Answers as bytes, parsed back by others than the engine that wrote them."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from pyoxigraph import Store
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kg.answers import KEPT_BYTES, Answer, serialise
from kg.errors import QueryError, QueryTooLarge
from kg.formats import CSV, JSON, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TSV, TURTLE, XML, Format, holding
from tests.snapshots import FEW, cross_product

LIMIT = 1 << 20


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.extend(FEW)
    return store


def answer(store: Store, query: str, format: Format, limit: int = LIMIT, keep: int | None = None) -> Answer:
    return serialise(store.query(query, use_default_graph_as_union=True), format, limit, 1000, keep)


TRICKY = """SELECT * { VALUES (?x ?y) { ("}},{" "{}") ("[{}" ",{}") (UNDEF "a\\n\\"b\\"") (UNDEF UNDEF) ("<result>" "},{") (1 UNDEF) } }"""


@pytest.mark.parametrize("format", [JSON, XML, CSV, TSV])
def test_rows_are_counted_whatever_the_values_look_like(store: Store, format: Format) -> None:
    assert answer(store, TRICKY, format).rows == 6
    assert answer(store, "SELECT * { VALUES ?x {} }", format).rows == 0
    assert answer(store, "SELECT ?x { VALUES ?y { 1 2 } }", format).rows == 2
    assert answer(store, "SELECT (<<( <a:a> <b:b> 1 )>> AS ?x) {}", format).rows == 1
    assert answer(store, "ASK {}", format).rows is None


@pytest.mark.parametrize("format", [JSON, XML, CSV, TSV])
def test_an_answer_with_too_many_rows_is_refused(store: Store, format: Format) -> None:
    assert answer(store, f"SELECT * {{ {cross_product(3)} }}", format).rows == 1000
    with pytest.raises(QueryTooLarge, match="KG_MAX_ROWS"):
        answer(store, f"SELECT * {{ {cross_product(3)} VALUES ?v {{ 1 2 }} }}", format)


LABELS = "SELECT ?label WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY ?label"
WORDS = {"Badr Organization", "منظمة بدر", "in the default graph", 'Kata\'ib "Hezbollah" <b>, & more\nlines\tand tabs'}


def test_solutions_come_back_from_json(store: Store) -> None:
    got = answer(store, LABELS, JSON)
    rows = json.loads(got.body)["results"]["bindings"]
    assert {row["label"]["value"] for row in rows} == WORDS
    assert (got.kind, got.media_type) == ("solutions", "application/sparql-results+json")


def test_solutions_come_back_from_xml(store: Store) -> None:
    tree = ElementTree.fromstring(answer(store, LABELS, XML).body)
    assert {node.text for node in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")} == WORDS


def test_solutions_come_back_from_csv(store: Store) -> None:
    got = answer(store, LABELS, CSV)
    rows = list(csv.reader(io.StringIO(got.body.decode(), newline="")))
    assert {row[0] for row in rows[1:]} == WORDS
    assert got.media_type == "text/csv; charset=utf-8"


def test_solutions_in_tsv_are_one_line_each_and_counted(store: Store) -> None:
    got = answer(store, LABELS, TSV)
    lines = got.body.decode().splitlines()
    assert lines[0] == "?label"
    assert len(lines) == 5
    assert (got.rows, got.kept) == (4, 4)


@pytest.mark.parametrize("format", holding("solutions"), ids=lambda format: format.name)
def test_a_verdict_comes_back_from_each_format(store: Store, format: Format) -> None:
    for query, verdict in (("ASK { ?s ?p ?o }", b"true"), ("ASK { ?s ?p 7 }", b"false")):
        got = answer(store, query, format)
        assert got.kind == "boolean"
        assert verdict in got.body
        assert got.rows is None


GRAPHS = {TURTLE: "turtle", N_TRIPLES: "nt", JSON_LD: "json-ld", RDF_XML: "xml"}


@pytest.mark.parametrize("format", GRAPHS, ids=lambda format: format.name)
def test_a_graph_comes_back_from_each_format(store: Store, format: Format) -> None:
    query = "CONSTRUCT { ?s ?p ?o . ?s <http://example.org/of> [ <http://example.org/is> ?o ] } WHERE { ?s ?p ?o }"
    expected = Graph().parse(data=answer(store, "CONSTRUCT WHERE { ?s ?p ?o }", N_TRIPLES).body, format="nt")
    got = Graph().parse(data=answer(store, "CONSTRUCT WHERE { ?s ?p ?o }", format).body, format=GRAPHS[format])
    assert len(expected) == len(FEW)
    assert isomorphic(got, expected)
    assert len(Graph().parse(data=answer(store, query, format).body, format=GRAPHS[format])) == 3 * len(FEW)


@pytest.mark.parametrize(("format", "name"), [(N_QUADS, "nquads"), (TRIG, "trig")])
def test_a_graph_comes_back_from_formats_for_datasets(store: Store, format: Format, name: str) -> None:
    dataset = Dataset()
    dataset.parse(data=answer(store, "DESCRIBE <http://example.org/plain>", format).body, format=name)
    assert len(list(dataset.quads())) == 1


def test_the_first_rows_are_kept_and_all_are_counted(store: Store) -> None:
    got = answer(store, "SELECT ?a ?b { ?a ?p ?o . ?b ?q ?r }", TSV, keep=3)
    assert (got.rows, got.kept) == (len(FEW) ** 2, 3)
    assert got.body.count(b"\n") == 4
    got = answer(store, "CONSTRUCT WHERE { ?s ?p ?o }", N_TRIPLES, keep=2)
    assert (got.rows, got.kept, got.body.count(b"\n")) == (len(FEW), 2, 2)
    got = answer(store, "SELECT ?a { ?a ?p 7 }", TSV, keep=3)
    assert (got.rows, got.kept) == (0, 0)


def test_kept_rows_end_before_they_grow_too_large(store: Store) -> None:
    long = "x" * (KEPT_BYTES // 2 - 1000)
    got = answer(store, f'SELECT ("{long}" AS ?a) {{ ?s ?p ?o }}', TSV, limit=10 * KEPT_BYTES, keep=1000)
    assert (got.rows, got.kept) == (len(FEW), 2)
    assert len(got.body) <= KEPT_BYTES
    assert got.body.endswith(b"\n")


def test_a_larger_answer_than_allowed_is_refused(store: Store) -> None:
    with pytest.raises(QueryTooLarge, match=r"larger than the 0\.0\d+ megabytes"):
        answer(store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", JSON, limit=20_000)


@pytest.mark.parametrize(
    ("query", "format", "words"),
    [
        ("CONSTRUCT { <a:b> <http://example.org/7> 1 } WHERE {}", RDF_XML, "predicates must end in a name"),
        ("CONSTRUCT { <a:b> <http://example.org/> 1 } WHERE {}", RDF_XML, "predicates must end in a name"),
        (r'CONSTRUCT { <a:b> <http://example.org/p> "\u0001" } WHERE {}', RDF_XML, "control characters"),
        (r'SELECT ("\u0001" AS ?x) {}', XML, "control characters"),
        ("SELECT * { ?s ?p ?o }", TURTLE, "gives no graph"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", JSON, "gives a graph"),
    ],
)
def test_what_a_format_cannot_hold_is_told(store: Store, query: str, format: Format, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        answer(store, query, format)


def test_control_characters_survive_in_json(store: Store) -> None:
    got = answer(store, r'SELECT ("\u0001\u0000" AS ?x) {}', JSON)
    assert json.loads(got.body)["results"]["bindings"][0]["x"]["value"] == "\x01\x00"
