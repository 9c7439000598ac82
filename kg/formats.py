"""The formats that answers are written in, one row each, read by the command line, the server, the docs and the tests.

Results of SELECT and ASK: SPARQL 1.1 Query Results JSON, XML, CSV and TSV.  Graphs of CONSTRUCT and DESCRIBE: RDF 1.1 in Turtle, N-Triples,
JSON-LD, RDF/XML, N-Quads and TriG.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from pyoxigraph import QueryResultsFormat, RdfFormat

Kind = Literal["solutions", "graph", "dataset"]
"""What a format can hold: the results of SELECT and ASK, triples, or quads."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: `name` is what `?format=` and `--format` take (`aliases` too), the first media type is what it is sent as.

    `engine` is pyoxigraph's own row for it; None for what the engine does not write, such as a web page.
    """

    name: str
    title: str
    media_types: tuple[str, ...]
    extension: str
    kinds: tuple[Kind, ...]
    engine: QueryResultsFormat | RdfFormat | None
    aliases: tuple[str, ...] = ()
    charset: bool = False
    iri: str | None = None

    @property
    def media_type(self) -> str:
        """The media type that it is sent as."""
        return self.media_types[0]

    @property
    def content_type(self) -> str:
        """The value of its Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type

    def sent_as(self, media_type: str) -> Format:
        """The same format, sent as another of its media types, as a client asked for it."""
        others = tuple(other for other in self.media_types if other != media_type)
        return replace(self, media_types=(media_type, *others))


_W3C: Final = "http://www.w3.org/ns/formats/"
_SOLUTIONS: Final[tuple[Kind, ...]] = ("solutions",)
_GRAPH: Final[tuple[Kind, ...]] = ("graph",)
_DATASET: Final[tuple[Kind, ...]] = ("graph", "dataset")

JSON: Final = Format(
    "json", "JSON", ("application/sparql-results+json", "application/json"), "json", _SOLUTIONS, QueryResultsFormat.JSON,
    aliases=("srj",), iri=f"{_W3C}SPARQL_Results_JSON",
)  # fmt: skip
XML: Final = Format(
    "xml", "XML", ("application/sparql-results+xml", "application/xml", "text/xml"), "xml", _SOLUTIONS, QueryResultsFormat.XML,
    aliases=("srx",), iri=f"{_W3C}SPARQL_Results_XML",
)  # fmt: skip
CSV: Final = Format("csv", "CSV", ("text/csv",), "csv", _SOLUTIONS, QueryResultsFormat.CSV, charset=True, iri=f"{_W3C}SPARQL_Results_CSV")
TSV: Final = Format(
    "tsv", "TSV", ("text/tab-separated-values",), "tsv", _SOLUTIONS, QueryResultsFormat.TSV,
    charset=True, iri=f"{_W3C}SPARQL_Results_TSV",
)  # fmt: skip
TURTLE: Final = Format(
    "turtle", "Turtle", ("text/turtle", "application/x-turtle", "application/turtle"), "ttl", _GRAPH, RdfFormat.TURTLE,
    aliases=("ttl", "n3"), charset=True, iri=f"{_W3C}Turtle",
)  # fmt: skip
N_TRIPLES: Final = Format(
    "ntriples", "N-Triples", ("application/n-triples", "text/plain"), "nt", _GRAPH, RdfFormat.N_TRIPLES,
    aliases=("nt", "n-triples"), charset=True, iri=f"{_W3C}N-Triples",
)  # fmt: skip
JSON_LD: Final = Format(
    "jsonld", "JSON-LD", ("application/ld+json", "application/json"), "jsonld", _GRAPH, RdfFormat.JSON_LD,
    aliases=("json-ld", "json"), iri=f"{_W3C}JSON-LD",
)  # fmt: skip
RDF_XML: Final = Format(
    "rdfxml", "RDF/XML", ("application/rdf+xml", "application/xml", "text/xml"), "rdf", _GRAPH, RdfFormat.RDF_XML,
    aliases=("rdf", "rdf+xml", "xml"), iri=f"{_W3C}RDF_XML",
)  # fmt: skip
N_QUADS: Final = Format(
    "nquads", "N-Quads", ("application/n-quads",), "nq", _DATASET, RdfFormat.N_QUADS,
    aliases=("nq", "n-quads"), charset=True, iri=f"{_W3C}N-Quads",
)  # fmt: skip
TRIG: Final = Format(
    "trig", "TriG", ("application/trig", "application/x-trig"), "trig", _DATASET, RdfFormat.TRIG, charset=True, iri=f"{_W3C}TriG"
)

FORMATS: Final = (JSON, XML, CSV, TSV, TURTLE, N_TRIPLES, JSON_LD, RDF_XML, N_QUADS, TRIG)
"""All formats; of those that a client likes equally well, the earlier one is sent."""

NAMES: Final = tuple(format.name for format in FORMATS)


def holding(kind: Kind) -> tuple[Format, ...]:
    """The formats that can hold this kind, the preferred one first."""
    return tuple(format for format in FORMATS if kind in format.kinds)


def called(name: str, kind: Kind) -> Format | None:
    """The format of this kind with this name, alias or media type, or None.

    >>> called("json", "graph").title
    'JSON-LD'
    """
    wanted = name.strip().lower()
    return next((format for format in holding(kind) if wanted in _names(format)), None)


def _names(format: Format) -> Iterator[str]:
    yield format.name
    yield from format.aliases
    yield from format.media_types
