"""The description of the service, read from a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, Store
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from kg.formats import Format, holding
from server.description import FUNCTIONS, GRAPHS_NAMED
from tests.server.asking import ask
from tests.server.scratch import served
from tests.snapshots import AUTHORITY, FACTS, LABEL, quad

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
READERS = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml", "nquads": "nquads", "trig": "trig"}


def described(address: str, path: str = "/sparql", accept: str = "text/turtle") -> Graph:
    reply = ask(address, "GET", path, Accept=accept)
    assert reply.status == 200
    return Graph().parse(data=reply.body, format="turtle")


@pytest.mark.parametrize("format", [row for row in holding("graph") if "dataset" not in row.kinds], ids=lambda format: format.name)
def test_it_comes_in_all_formats_for_graphs(address: str, format: Format) -> None:
    reply = ask(address, "GET", "/sparql", Accept=format.media_type)
    assert reply.headers["content-type"] == format.content_type
    graph = Graph().parse(data=reply.body, format=READERS[format.name])
    assert isomorphic(graph, described(address))


def test_it_tells_what_the_service_understands(address: str) -> None:
    graph = described(address)
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert list(graph.objects(service, SD.endpoint)) == [URIRef(f"{address}/sparql")]
    assert list(graph.objects(service, SD.supportedLanguage)) == [SD.SPARQL11Query]
    assert set(graph.objects(service, SD.feature)) == {SD.UnionDefaultGraph, SD.EmptyGraphs}
    assert len(list(graph.objects(service, SD.resultFormat))) == 10
    assert len(list(graph.objects(service, SD.extensionFunction))) == len(FUNCTIONS)


def test_it_tells_the_graphs(address: str) -> None:
    graph = described(address)
    dataset = graph.value(predicate=RDF.type, object=SD.Dataset)
    names = {graph.value(named, SD.name) for named in graph.objects(dataset, SD.namedGraph)}
    assert names == {URIRef(FACTS), URIRef(AUTHORITY)}
    assert graph.value(graph.value(dataset, SD.defaultGraph), RDF.type) == SD.Graph


def test_it_tells_of_updates_where_they_are_taken(writable: str, tmp_path: Path) -> None:
    graph = described(writable)
    (update,) = graph.subjects(SD.supportedLanguage, SD.SPARQL11Update)
    assert graph.value(update, SD.endpoint) == URIRef(f"{writable}/update")
    assert SD.UnionDefaultGraph not in set(graph.objects())
    with served(tmp_path, token="none") as closed:
        assert SD.SPARQL11Update not in set(described(closed).objects())


def test_the_graph_store_is_described_likewise(writable: str) -> None:
    assert isomorphic(described(writable, "/graphs"), described(writable))


def test_of_many_graphs_it_names_the_first_and_says_so(tmp_path: Path) -> None:
    many = [quad("http://example.org/s", LABEL, Literal("x"), f"http://example.org/graph/{n}") for n in range(GRAPHS_NAMED + 1)]
    with served(tmp_path, many) as address:
        graph = described(address)
        assert len(list(graph.subjects(RDF.type, SD.NamedGraph))) == GRAPHS_NAMED
        assert f"The first {GRAPHS_NAMED} named graphs" in ask(address, "GET", "/sparql").body


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_functions_are_known_to_the_engine(name: str) -> None:
    store = Store()
    place = '"POINT(1 1)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'
    for arguments in (place, f"{place}, {place}", f'{place}, {place}, "T********"'):
        list(store.query(f"SELECT (<http://www.opengis.net/def/function/geosparql/{name}>({arguments}) AS ?x) {{}}"))  # type: ignore[arg-type]


def test_a_browser_gets_the_editor_and_programs_the_description(address: str) -> None:
    page = ask(address, "GET", "/sparql", Accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert ask(address, "GET", "/sparql", Accept="text/csv").status == 406


def test_it_is_fetched_again_only_when_something_changed(address: str) -> None:
    tag = ask(address, "GET", "/sparql").headers["etag"]
    assert ask(address, "GET", "/sparql", If_None_Match=tag).status == 304
