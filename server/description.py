"""The description of the service, after SPARQL 1.1 Service Description."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from flask import Request, Response
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.formats import FORMATS, JSON, Format, holding
from server import coding, validators
from server.house import House, answered, snapshot

GRAPHS_NAMED: Final = 200
"""Named graphs that a description lists; a query finds the others."""

FUNCTIONS: Final = (
    "asGeoJSON", "convexHull", "difference", "dimension", "distance", "ehContains", "ehCoveredBy", "ehCovers", "ehDisjoint", "ehEquals",
    "ehInside", "ehMeet", "ehOverlap", "envelope", "getSRID", "intersection", "isEmpty", "isSimple", "rcc8dc", "rcc8ec", "rcc8eq",
    "rcc8ntpp", "rcc8ntppi", "rcc8po", "rcc8tpp", "rcc8tppi", "relate", "sfContains", "sfCrosses", "sfDisjoint", "sfEquals",
    "sfIntersects", "sfOverlaps", "sfTouches", "sfWithin", "symDifference", "union",
)  # fmt: skip
"""The functions of GeoSPARQL 1.1 that queries may call, beside those of SPARQL."""

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_GEOF: Final = "http://www.opengis.net/def/function/geosparql/"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_QUERYING: Final = BlankNode("service")
"""The service that answers: without a name, so that clients who ask any address for a description take it for that address's own."""
_PREFIXES: Final = {"sd": _SD, "rdfs": _RDFS, "geof": _GEOF, "formats": "http://www.w3.org/ns/formats/"}


def described(request: Request, here: House, format: Format) -> Response:
    """What the endpoints of this host understand and write, and the graphs there are, in a format for graphs."""
    assert isinstance(format.engine, RdfFormat)

    def tag(revision: str) -> str:
        secret = here.settings.secret is not None
        return validators.tag(
            revision, *here.shapes, secret, bool(here.settings.endpoints), request.host_url, format.content_type, coding.packs(request)
        )

    revision = snapshot().name
    if validators.unchanged(request, tag(revision)):
        return validators.not_modified(tag(revision), revision, weak=True)
    answer = answered(f"SELECT DISTINCT ?g {{ GRAPH ?g {{}} }} ORDER BY ?g LIMIT {GRAPHS_NAMED + 1}", JSON)
    graphs = [row["g"]["value"] for row in json.loads(answer.body)["results"]["bindings"]]
    body = serialize(_triples(request.host_url, here, graphs), format=format.engine, prefixes=_PREFIXES)
    response = Response(body, content_type=format.content_type)
    response.headers[validators.REVISION] = answer.revision
    response.set_etag(tag(answer.revision), weak=True)
    return response


def _triples(host: str, here: House, graphs: Sequence[str]) -> Iterator[Triple]:
    endpoint = f"{host}sparql"
    service, dataset, default = _QUERYING, f"{endpoint}#dataset", f"{endpoint}#default-graph"
    yield from _service(service, endpoint, "SPARQL11Query")
    if here.settings.union_default_graph:
        yield _says(service, "feature", f"{_SD}UnionDefaultGraph")
    if here.settings.endpoints:
        yield _says(service, "feature", f"{_SD}BasicFederatedQuery")
    yield _says(service, "feature", f"{_SD}EmptyGraphs")
    for row in FORMATS:
        if row.iri is not None:
            yield _says(service, "resultFormat", row.iri)
    for name in FUNCTIONS:
        yield _says(service, "extensionFunction", f"{_GEOF}{name}")
    yield _says(service, "defaultDataset", dataset)
    for name in FUNCTIONS:
        yield _is_a(f"{_GEOF}{name}", "Function")
    yield _is_a(dataset, "Dataset")
    yield _says(dataset, "defaultGraph", default)
    named = {f"{endpoint}#graph-{number}": graph for number, graph in enumerate(graphs[:GRAPHS_NAMED], 1)}
    for node in named:
        yield _says(dataset, "namedGraph", node)
    yield _is_a(default, "Graph")
    for node, graph in named.items():
        yield _is_a(node, "NamedGraph")
        yield _says(node, "name", graph)
    if len(graphs) > GRAPHS_NAMED:
        yield _comment(dataset, f"The first {GRAPHS_NAMED} named graphs; ask for the others by SELECT DISTINCT ?g {{ GRAPH ?g {{}} }}.")
    if here.door is not None and here.settings.secret is not None:
        yield from _update(f"{host}update", dataset)


def _update(endpoint: str, dataset: str) -> Iterator[Triple]:
    """The service that changes the graph."""
    service = f"{endpoint}#service"
    yield from _service(service, endpoint, "SPARQL11Update")
    yield _says(service, "defaultDataset", dataset)
    yield _comment(service, "Asks for a bearer token.")
    for row in holding("graph"):
        if row.iri is not None:
            yield _says(service, "inputFormat", row.iri)


def _service(service: str | BlankNode, endpoint: str, language: str) -> Iterator[Triple]:
    yield _is_a(service, "Service")
    yield _says(service, "endpoint", endpoint)
    yield _says(service, "supportedLanguage", f"{_SD}{language}")


def _is_a(thing: str | BlankNode, kind: str) -> Triple:
    return Triple(_node(thing), NamedNode(f"{_RDF}type"), NamedNode(f"{_SD}{kind}"))


def _says(thing: str | BlankNode, term: str, value: str) -> Triple:
    return Triple(_node(thing), NamedNode(f"{_SD}{term}"), NamedNode(value))


def _node(thing: str | BlankNode) -> NamedNode | BlankNode:
    return thing if isinstance(thing, BlankNode) else NamedNode(thing)


def _comment(thing: str, words: str) -> Triple:
    return Triple(NamedNode(thing), NamedNode(f"{_RDFS}comment"), Literal(words, language="en"))
