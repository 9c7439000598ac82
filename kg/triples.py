"""Writing triples: one graph, terms and concepts checked against the ontology, values as nodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.ids import Ids
from kg.model import Count, TimeSpan
from kg.terms import RDF, Vocabulary

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
OA: Final = "http://www.w3.org/ns/oa#"
ORG: Final = "http://www.w3.org/ns/org#"
PROV: Final = "http://www.w3.org/ns/prov#"
DCTERMS: Final = "http://purl.org/dc/terms/"
EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"

Node = NamedNode | BlankNode | Literal | Triple | DefaultGraph
"""What may stand in a quad."""

Value = NamedNode | Literal | str | int | None


@lru_cache(maxsize=16_384)
def named(iri: str) -> NamedNode:
    """A node for an IRI; the same ones come again and again, and each is checked when it is made.  Raises ValueError for what is no IRI."""
    return NamedNode(iri)


def text(node: Node) -> str:
    """The IRI or the words of a node of ours, which are never triples."""
    return node.value  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes triples into one graph; terms and concepts are checked against the ontology."""

    graph: str
    ids: Ids
    words: Vocabulary

    def say(self, subject: str, predicate: str, value: Value) -> Iterator[Quad]:
        """One quad, or none where the value is None; a plain predicate is a term of ours, strings that are IRIs come as NamedNode."""
        if value is None:
            return
        name = predicate if "://" in predicate else self.words.term(predicate)
        node = Literal(value) if isinstance(value, str | int) else value
        yield Quad(named(subject), named(name), node, named(self.graph))

    def link(self, subject: str, predicate: str, value: str | None) -> Iterator[Quad]:
        """One quad whose object is an IRI."""
        if value:
            name = predicate if "://" in predicate else self.words.term(predicate)
            yield Quad(named(subject), named(name), named(value), named(self.graph))

    def concept(self, subject: str, predicate: str, name: str | None) -> Iterator[Quad]:
        """One quad whose object is a concept."""
        return self.link(subject, predicate, self.words.concept(name) if name else None)

    def a(self, subject: str, class_name: str) -> Iterator[Quad]:
        """The subject's class."""
        return self.link(subject, RDF + "type", self.words.term(class_name))

    # -- values --------------------------------------------------------------------------------------------------------------

    def time(self, iri: str, span: TimeSpan) -> Iterator[Quad]:
        """A time span as a node."""
        yield from self.a(iri, "TimeSpan")
        for name, day in (("earliest", span.earliest), ("latest", span.latest), ("anchor", span.anchor)):
            yield from self.say(iri, name, Literal(day.isoformat(), datatype=NamedNode(XSD + "date")) if day else None)
        yield from self.say(iri, "edtf", Literal(span.edtf, datatype=NamedNode(EDTF)) if span.edtf else None)
        yield from self.concept(iri, "precision", span.precision)
        yield from self.say(iri, "words", span.words)

    def count(self, iri: str, count: Count) -> Iterator[Quad]:
        """A count as a node; a bound that is not stated is absent, never 0."""
        yield from self.a(iri, "Count")
        yield from self.say(iri, "min", count.minimum)
        yield from self.say(iri, "max", count.maximum)
        yield from self.concept(iri, "modifier", count.modifier)
        yield from self.concept(iri, "counted", count.counted)
        yield from self.say(iri, "ofTotal", count.total)
        yield from self.say(iri, "words", count.words)
