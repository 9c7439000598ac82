"""Individuals that break one axiom each, made from the ontology's own axioms."""

from collections.abc import Iterator
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

X = Namespace("http://example.org/breach/")

Triple = tuple[Node, Node, Node]

# For each datatype that our ranges use, a literal outside it.
OUTSIDE = {
    RDF.PlainLiteral: Literal(7),
    XSD.string: Literal(7),
    XSD.integer: Literal("seven"),
    XSD.nonNegativeInteger: Literal(-7),
    XSD.decimal: Literal("seven"),
    XSD.anyURI: Literal(7),
}


class Breach(NamedTuple):
    """An axiom, and what to add to the ontology to break that axiom."""

    axiom: Triple
    facts: tuple[Triple, ...]

    def __str__(self) -> str:
        return " ".join(_short(node) for node in self.axiom)


def breaches(graph: Graph) -> Iterator[Breach]:
    """One breach for each disjointness, domain and range axiom of the graph, in a stable order."""
    for left, right in sorted(graph.subject_objects(OWL.disjointWith)):
        number = _name(left, right)
        yield Breach((left, OWL.disjointWith, right), (*_is(number, left), *_is(number, right)))
    for prop, domain in sorted(graph.subject_objects(RDFS.domain)):
        subject = _name(prop, domain)
        value = _value(graph, prop)
        yield Breach((prop, RDFS.domain, domain), ((subject, prop, value), *_is_not(graph, subject, domain)))
    for prop, wanted in sorted(graph.subject_objects(RDFS.range)):
        subject, value = _name(prop, wanted), X["value-of-" + _short(prop)]
        if (prop, RDF.type, OWL.DatatypeProperty) in graph:
            yield Breach((prop, RDFS.range, wanted), ((subject, prop, OUTSIDE[URIRef(wanted)]),))
        else:
            yield Breach((prop, RDFS.range, wanted), ((subject, prop, value), *_is_not(graph, value, wanted)))


def without_checks(graph: Graph) -> Graph:
    """The graph without the axioms that the breaches break: on it, all of them together must be harmless."""
    kept = Graph()
    kept += graph
    for axiom in (OWL.disjointWith, RDFS.domain, RDFS.range):
        kept.remove((None, axiom, None))
    return kept


def logic(graph: Graph) -> Graph:
    """The graph without its annotations and concepts, which say nothing to a reasoner; smaller and so faster."""
    annotations = {RDFS.label, RDFS.comment, RDFS.isDefinedBy, RDFS.seeAlso, OWL.versionInfo, OWL.versionIRI}
    annotations |= set(graph.subjects(RDF.type, OWL.AnnotationProperty))
    kept = Graph()
    kept += ((s, p, o) for s, p, o in graph if p not in annotations and s not in annotations)
    return kept


def are_disjoint(graph: Graph, one: Node, other: Node) -> bool:
    """Whether the two classes are disjoint by a stated axiom between them or classes above them."""
    return other in dict(disjoint_classes(graph, one))


def disjoint_classes(graph: Graph, cls: Node) -> Iterator[tuple[Node, int]]:
    """The classes that are disjoint with this one, nearest first, each with its distance."""
    found: dict[Node, int] = {}
    for up, above in enumerate(graph.transitive_objects(cls, RDFS.subClassOf)):
        stated = set(graph.objects(above, OWL.disjointWith)) | set(graph.subjects(OWL.disjointWith, above))
        for rival in sorted(stated):
            for down, below in enumerate(graph.transitive_subjects(RDFS.subClassOf, rival)):
                found[below] = min(up + down, found.get(below, up + down))
    yield from sorted(found.items(), key=lambda item: (item[1], item[0]))


def _is(individual: URIRef, cls: Node) -> tuple[Triple, ...]:
    return ((individual, RDF.type, OWL.NamedIndividual), (individual, RDF.type, cls))


def _is_not(graph: Graph, individual: URIRef, cls: Node) -> tuple[Triple, ...]:
    """Facts that keep the individual out of the class: membership in a disjoint one, else in its complement."""
    for rival, _ in disjoint_classes(graph, cls):
        return _is(individual, rival)
    rest = BNode()
    return (*_is(individual, rest), (rest, RDF.type, OWL.Class), (rest, OWL.complementOf, cls))


def _value(graph: Graph, prop: Node) -> Node:
    if (prop, RDF.type, OWL.DatatypeProperty) not in graph:
        return X["value-of-" + _short(prop)]
    inside = {XSD.string: Literal("a"), XSD.anyURI: Literal("http://example.org/", datatype=XSD.anyURI)}
    return inside.get(URIRef(graph.value(prop, RDFS.range) or XSD.integer), Literal(7))


def _name(prop: Node, cls: Node) -> URIRef:
    return X[f"{_short(prop)}-{_short(cls)}"]


def _short(node: Node) -> str:
    return str(node).rsplit("#", 1)[-1].rsplit("/", 1)[-1]
