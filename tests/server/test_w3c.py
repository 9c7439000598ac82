"""The W3C suites for the SPARQL 1.1 Protocol, the Graph Store HTTP Protocol and the service description, over real connections."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node

from kg.formats import FORMATS
from tests.server.asking import Reply, ask
from tests.server.scratch import TOKEN, served

SUITES = Path(__file__).resolve().parents[3] / "shared" / "rdf-tests" / "sparql" / "sparql11"
PROTOCOL = SUITES / "protocol" / "manifest.ttl"
STORES = [SUITES / "graph-store-protocol" / f"manifest-{way}.ttl" for way in ("direct", "indirect")]
HTTP = Namespace("http://www.w3.org/2011/http#")
CONTENT = Namespace("http://www.w3.org/2011/content#")
MANIFEST = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UPDATE_TEST = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SHAPES = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {format.media_type for format in FORMATS if "solutions" in format.kinds},
    "RDF": {format.media_type for format in FORMATS if "graph" in format.kinds},
}

here = pytest.mark.skipif(not SUITES.exists(), reason="the W3C suites are not here (../shared)")


@dataclass(frozen=True)
class Step:
    """One request of a test, with what is wanted of its reply: statuses or their hundreds, a body, a truth, a form of answer, its headers."""

    method: str
    path: str
    body: bytes | None
    headers: Mapping[str, str]
    statuses: frozenset[str]
    wanted: str | None = None
    truth: bool | None = None
    form: str | None = None
    told: Mapping[str, str] | None = None
    located: bool = False


@dataclass(frozen=True)
class Case:
    name: str
    data: Mapping[str, str]
    steps: tuple[Step, ...]


# -- reading the manifests -----------------------------------------------------------------------------------------------------


def cases(manifest: Path) -> Iterator[Case]:
    if not manifest.exists():
        return
    graph = Graph().parse(manifest)
    entries = graph.value(graph.value(predicate=RDF.type, object=MANIFEST.Manifest), MANIFEST.entries)
    for entry in Collection(graph, entries):
        data = {}
        for given in graph.objects(entry, UPDATE_TEST.graphData):
            source = urlsplit(str(graph.value(given, UPDATE_TEST.graph))).path
            data[str(graph.value(given, RDFS.label))] = Path(source).read_text(encoding="utf-8")
        requests = Collection(graph, graph.value(graph.value(entry, MANIFEST.action), HTTP.requests))
        yield Case(str(entry).rpartition("#")[2], data, tuple(step(graph, request) for request in requests))


def step(graph: Graph, request: Node) -> Step:
    reply = graph.value(request, HTTP.resp)
    statuses = {str(status).rpartition("#")[2] for status in graph.objects(reply, MANIFEST.expectedStatus)}
    truth = graph.value(reply, MANIFEST.expectedBoolean)
    sent, wanted = body(graph, request), body(graph, reply)
    return Step(
        str(graph.value(request, HTTP.methodName)),
        str(graph.value(request, HTTP.absolutePath)),
        sent,
        headers(graph, request),
        frozenset(statuses),
        wanted.decode() if wanted else None,
        None if truth is None else bool(truth.toPython()),  # type: ignore[attr-defined]
        str(graph.value(reply, MANIFEST.expectedFormat) or "") or None,
        headers(graph, reply),
        (reply, MANIFEST.expectedLocation, None) in graph,
    )


def headers(graph: Graph, message: Node) -> dict[str, str]:
    listed = graph.value(message, HTTP.headers)
    found = Collection(graph, listed) if listed else []
    return {str(graph.value(header, HTTP.fieldName)): str(graph.value(header, HTTP.fieldValue)) for header in found}


def body(graph: Graph, message: Node) -> bytes | None:
    content = graph.value(message, HTTP.body)
    if content is None:
        return None
    return str(graph.value(content, CONTENT.chars)).encode(str(graph.value(content, CONTENT.characterEncoding)))


# -- running them --------------------------------------------------------------------------------------------------------------


def write(address: str, method: str, path: str, text: str | bytes = "", kind: str = "text/turtle") -> Reply:
    return ask(address, method, path, text, Content_Type=kind, Authorization=f"Bearer {TOKEN}")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server without made graphs, which no update may clear."""
    with served(tmp_path_factory.mktemp("bare"), (), union_default_graph="false") as address:
        yield address


@pytest.fixture
def fresh(bare: str) -> str:
    """That server with an empty graph."""
    reply = ask(bare, "GET", f"/sparql?query={quote('SELECT DISTINCT ?g { GRAPH ?g {} }')}")
    for row in json.loads(reply.body)["results"]["bindings"]:
        write(bare, "DELETE", f"/graphs?graph={quote(row['g']['value'], safe='')}")
    write(bare, "DELETE", "/graphs?default")
    return bare


def run(address: str, case: Case, place: str) -> None:
    """Takes the steps of a case; `place` is where its manifest writes that the service is."""
    for iri, text in case.data.items():
        assert write(address, "PUT", f"/graphs?graph={quote(iri, safe='')}", text, "application/n-triples").status == 201
    location = ""
    for taken in case.steps:
        ours = "/graphs" if place == "/gsp" else "/update" if updates(case, taken) else "/sparql"
        path = taken.path.replace(place, ours, 1).replace("$LOCATION$", quote(location, safe=""))
        sent = {"Authorization": f"Bearer {TOKEN}", **taken.headers}
        reply = ask(address, taken.method, path, taken.body, **sent)
        check(taken, reply)
        location = reply.headers.get("location", "")
        assert bool(location) or not taken.located


def updates(case: Case, taken: Step) -> bool:
    """Whether a step is for the update operation: each of a test of it that carries no query."""
    kind = taken.headers.get("content-type", "")
    return (
        "update" in case.name
        and "sparql-query" not in kind
        and "query=" not in taken.path
        and not (taken.body or b"").startswith(b"query=")
    )


def check(taken: Step, reply: Reply) -> None:
    name = HTTPStatus(reply.status).phrase.replace(" ", "")
    assert taken.statuses & {name, f"StatusCode{reply.status // 100}xx"}, f"{reply.status}: {reply.body}"
    kind = reply.headers.get("content-type", "").partition(";")[0]
    if taken.form is not None:
        assert kind in SHAPES[taken.form]
    if taken.truth is not None:
        assert json.loads(reply.body)["boolean"] is taken.truth
    if taken.told and "content-type" in taken.told:
        assert reply.headers["content-type"].replace(" ", "") == taken.told["content-type"].replace(" ", "")
    if taken.wanted is not None:
        assert isomorphic(Graph().parse(data=reply.body, format="turtle"), Graph().parse(data=taken.wanted, format="turtle"))


@here
@pytest.mark.parametrize("case", list(cases(PROTOCOL)), ids=lambda case: case.name)
def test_protocol(fresh: str, case: Case) -> None:
    run(fresh, case, "/sparql/")


@here
@pytest.mark.parametrize("case", [case for manifest in STORES for case in cases(manifest)], ids=lambda case: case.name)
def test_graph_store(fresh: str, case: Case) -> None:
    run(fresh, case, "/gsp")


@here
def test_all_cases_were_found() -> None:
    assert len(list(cases(PROTOCOL))) == 34
    assert sum(len(list(cases(manifest))) for manifest in STORES) == 13


# -- the older suite for graph stores, which is prose: its requests and replies, in its order ------------------------------------

CARD = '@prefix v: <http://www.w3.org/2006/vcard/ns#> . <http://example.org/1> a v:Individual ; v:hasName [ v:fn "{}" ] .'
SOMEONE = '@prefix v: <http://www.w3.org/2006/vcard/ns#> . [] a v:Individual ; v:hasName [ v:given-name "Alice" ] .'
FAMILY = '<http://example.org/1> <http://xmlns.com/foaf/0.1/familyName> "Doe" .'
GIVEN = '<http://example.org/1> <http://xmlns.com/foaf/0.1/givenName> "Jane" .'
PARTS = "".join(
    f'--edge\r\nContent-Disposition: form-data; name="{n}.ttl"; filename="{n}.ttl"\r\nContent-Type: text/turtle\r\n\r\n{text}\r\n'
    for n, text in enumerate((FAMILY, GIVEN))
)
OLDER = (
    ("PUT", "/graphs/person/1.ttl", CARD.format("John"), 201, None),
    ("GET", "/graphs?graph={here}/graphs/person/1.ttl", None, 200, CARD.format("John")),
    ("PUT", "/graphs/person/1.ttl", CARD.format("Jane"), 204, None),
    ("GET", "/graphs/person/1.ttl", None, 200, CARD.format("Jane")),
    ("PUT", "/graphs?default", SOMEONE, 204, None),
    ("GET", "/graphs?default", None, 200, SOMEONE),
    ("PUT", "/graphs/person/2.ttl", SOMEONE, 201, None),
    ("DELETE", "/graphs/person/2.ttl", None, 204, None),
    ("GET", "/graphs/person/2.ttl", None, 404, None),
    ("DELETE", "/graphs/person/2.ttl", None, 404, None),
    ("POST", "/graphs/person/1.ttl", GIVEN, 204, None),
    ("GET", "/graphs/person/1.ttl", None, 200, CARD.format("Jane") + GIVEN),
    ("POST", "/graphs/person/1.ttl", PARTS + "--edge--\r\n", 204, None),
    ("GET", "/graphs/person/1.ttl", None, 200, CARD.format("Jane") + GIVEN + FAMILY),
    ("POST", "/graphs", SOMEONE, 201, None),
    ("GET", "{made}", None, 200, SOMEONE),
    ("POST", "{made}", "", 204, None),
    ("GET", "{made}", None, 200, SOMEONE),
    ("HEAD", "/graphs/person/1.ttl", None, 200, None),
    ("HEAD", "/graphs/person/4.ttl", None, 404, None),
)


def test_the_older_suite_for_graph_stores(fresh: str) -> None:
    made = ""
    for method, place, text, status, wanted in OLDER:
        path = place.format(here=fresh, made=made)
        kind = "multipart/form-data; boundary=edge" if text and text.startswith("--edge") else "text/turtle; charset=utf-8"
        reply = write(fresh, method, path, text, kind) if method in ("PUT", "POST", "DELETE") else ask(fresh, method, path)
        assert (method, path, reply.status) == (method, path, status)
        if wanted is not None:
            assert isomorphic(Graph().parse(data=reply.body, format="turtle"), Graph().parse(data=wanted, format="turtle"))
        if method in ("GET", "HEAD") and status == 200:
            assert reply.headers["content-type"] == "text/turtle; charset=utf-8"
            assert int(reply.headers["content-length"]) > 0
        made = reply.headers["location"].removeprefix(fresh) if place == "/graphs" else made


# -- the suite for service descriptions, which is three names -------------------------------------------------------------------

SCHEMA = {
    SD.endpoint: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, {SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update}),
    SD.feature: (SD.Service, {SD.UnionDefaultGraph, SD.EmptyGraphs, SD.DereferencesURIs, SD.RequiresDataset, SD.BasicFederatedQuery}),
    SD.resultFormat: (SD.Service, None),
    SD.inputFormat: (SD.Service, None),
    SD.extensionFunction: (SD.Service, SD.Function),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.Dataset, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
}
"""Domain of each property and range, where it is a class or a few individuals."""


@pytest.mark.parametrize("case", ["returns-rdf", "has-endpoint-triple", "conforms-to-schema"])
def test_service_description(writable: str, case: str) -> None:
    reply = ask(writable, "GET", "/sparql")
    assert reply.headers["content-type"].partition(";")[0] in SHAPES["RDF"]
    graph = Graph().parse(data=reply.body, format="turtle")
    if case == "has-endpoint-triple":
        assert (None, SD.endpoint, URIRef(f"{writable}/sparql")) in graph
    if case == "conforms-to-schema":
        for subject, predicate, thing in graph:
            if str(predicate).startswith(str(SD)):
                domain, range = SCHEMA[URIRef(predicate)]
                assert (subject, RDF.type, domain) in graph
                assert range is None or (thing in range if isinstance(range, set) else (thing, RDF.type, range) in graph)
        for service in graph.subjects(RDF.type, SD.Service):
            assert len(list(graph.objects(service, SD.endpoint))) == 1
