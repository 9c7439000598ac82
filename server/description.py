"""The description of the service, after SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kg.formats import FORMATS, Format
from kg.settings import Settings

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def description(endpoint: str, settings: Settings, format: Format) -> bytes:
    """What the endpoint at this address understands and writes, as RDF in a format for graphs."""
    assert isinstance(format.engine, RdfFormat)
    body = serialize(_triples(endpoint, settings), format=format.engine, prefixes={"sd": _SD})
    return body or b""


def _triples(endpoint: str, settings: Settings) -> Iterator[Triple]:
    service = NamedNode(f"{endpoint}#service")

    def says(term: str, value: str) -> Triple:
        return Triple(service, NamedNode(f"{_SD}{term}"), NamedNode(value))

    yield Triple(service, NamedNode(f"{_RDF}type"), NamedNode(f"{_SD}Service"))
    yield says("endpoint", endpoint)
    yield says("supportedLanguage", f"{_SD}SPARQL11Query")
    if settings.union_default_graph:
        yield says("feature", f"{_SD}UnionDefaultGraph")
    for row in FORMATS:
        if row.iri is not None:
            yield says("resultFormat", row.iri)
