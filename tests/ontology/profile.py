"""The OWL 2 DL profile, as far as an ontology without class expressions or with simple ones can offend against it.

Clauses are those of OWL 2 Structural Specification (https://www.w3.org/TR/owl2-syntax/): 2.4 and 5.8.1 (names and typing),
4 (datatypes), 11.1 (simple properties), 11.2 (property hierarchy).
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DefinedNamespace
from rdflib.term import Node

OBJECT, DATA, ANNOTATION = OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty
RESERVED = tuple(str(space) for space in (RDF, RDFS, XSD, OWL))


class Finding(NamedTuple):
    """An offence: the rule, and the name that offends."""

    rule: str
    name: str


class Vocabulary(NamedTuple):
    """What the graph declares, by kind."""

    classes: frozenset[Node]
    objects: frozenset[Node]
    datas: frozenset[Node]
    annotations: frozenset[Node]


def findings(graph: Graph) -> list[Finding]:
    """Every offence against the profile, sorted; none for an OWL 2 DL ontology."""
    return sorted({Finding(rule, str(name)) for rule, check in RULES.items() for name in check(graph)})


def _vocabulary(graph: Graph) -> Vocabulary:
    return Vocabulary(
        _declared(graph, OWL.Class) | _declared(graph, OWL.Restriction) | {OWL.Thing, OWL.Nothing},
        _declared(graph, OBJECT) | {OWL.topObjectProperty, OWL.bottomObjectProperty},
        _declared(graph, DATA) | {OWL.topDataProperty, OWL.bottomDataProperty},
        _declared(graph, ANNOTATION) | BUILT_IN_ANNOTATIONS,
    )


def _declared(graph: Graph, kind: Node) -> frozenset[Node]:
    return frozenset(graph.subjects(RDF.type, kind))


def _names(space: type[DefinedNamespace], names: str) -> frozenset[Node]:
    return frozenset(space[name] for name in names.split())


# --- names (2.4, 5.8.1) -------------------------------------------------------------------------------------------------

BUILT_IN_ANNOTATIONS = frozenset(
    {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.deprecated}
    | {OWL.backwardCompatibleWith, OWL.incompatibleWith, OWL.priorVersion}
)
HEADER = frozenset({OWL.versionIRI, OWL.imports})
CARDINALITIES = _names(
    OWL, "cardinality minCardinality maxCardinality qualifiedCardinality minQualifiedCardinality maxQualifiedCardinality"
)
FILLERS = frozenset({OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue, OWL.hasSelf, OWL.onClass, OWL.onDataRange})
BOOLEANS = frozenset({OWL.unionOf, OWL.intersectionOf, OWL.complementOf, OWL.oneOf, OWL.disjointUnionOf})
CLASS_AXIOMS = frozenset({RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith})
PROPERTY_AXIOMS = frozenset({RDFS.subPropertyOf, OWL.equivalentProperty, OWL.propertyDisjointWith, OWL.inverseOf})
STRUCTURE = (
    frozenset({RDF.type, RDF.first, RDF.rest, RDFS.domain, RDFS.range, OWL.onProperty, OWL.members, OWL.distinctMembers})
    | frozenset({OWL.propertyChainAxiom, OWL.hasKey, OWL.sameAs, OWL.differentFrom})
    | frozenset({OWL.datatypeComplementOf, OWL.onDatatype, OWL.withRestrictions})
    | CARDINALITIES
    | FILLERS
    | BOOLEANS
    | CLASS_AXIOMS
    | PROPERTY_AXIOMS
)
CHARACTERISTICS = _names(
    OWL,
    "FunctionalProperty InverseFunctionalProperty TransitiveProperty SymmetricProperty "
    "AsymmetricProperty ReflexiveProperty IrreflexiveProperty",
)
KINDS = (
    frozenset({OWL.Ontology, OWL.Class, OWL.Restriction, OWL.NamedIndividual, RDFS.Datatype, OBJECT, DATA, ANNOTATION})
    | frozenset({OWL.AllDisjointClasses, OWL.AllDisjointProperties, OWL.AllDifferent, OWL.Thing})
    | CHARACTERISTICS
)
DATATYPES = frozenset(
    {RDFS.Literal, RDF.PlainLiteral, RDF.XMLLiteral, RDF.langString, OWL.real, OWL.rational}
    | _names(
        XSD,
        "decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long "
        "int short byte unsignedLong unsignedInt unsignedShort unsignedByte double float string "
        "normalizedString token language Name NCName NMTOKEN boolean hexBinary base64Binary anyURI "
        "dateTime dateTimeStamp",
    )
)


def _reserved(name: Node) -> bool:
    return isinstance(name, URIRef) and str(name).startswith(RESERVED)


def _reserved_vocabulary(graph: Graph) -> Iterator[Node]:
    """Reserved names in any role but the one that the mapping to RDF gives them."""
    built_in = BUILT_IN_ANNOTATIONS | DATATYPES | {OWL.Thing, OWL.Nothing, RDF.nil, OWL.topObjectProperty}
    built_in |= {OWL.bottomObjectProperty, OWL.topDataProperty, OWL.bottomDataProperty}
    for s, p, o in graph:
        if _reserved(s) and s != RDF.nil:
            yield s
        if _reserved(p) and p not in STRUCTURE | BUILT_IN_ANNOTATIONS | HEADER:
            yield p
        if _reserved(o) and o not in (KINDS if p == RDF.type else built_in):
            yield o


def _datatypes(graph: Graph) -> Iterator[Node]:
    """Datatypes outside the OWL 2 datatype map, as range or of a literal."""
    datas = _vocabulary(graph).datas
    for prop, wanted in graph.subject_objects(RDFS.range):
        if prop in datas and isinstance(wanted, URIRef) and wanted not in DATATYPES:
            yield wanted
    for value in graph.objects():
        if isinstance(value, Literal) and value.datatype not in DATATYPES | {None}:
            yield value.datatype


def _undeclared_classes(graph: Graph) -> Iterator[Node]:
    known = _vocabulary(graph)
    for p in CLASS_AXIOMS | {OWL.someValuesFrom, OWL.allValuesFrom, OWL.onClass, OWL.complementOf}:
        for s, o in graph.subject_objects(p):
            yield from (name for name in (s, o) if isinstance(name, URIRef) and name not in known.classes | DATATYPES)
    yield from (o for o in graph.objects(None, RDFS.domain) if isinstance(o, URIRef) and o not in known.classes)
    for prop, wanted in graph.subject_objects(RDFS.range):
        if prop in known.objects and isinstance(wanted, URIRef) and wanted not in known.classes:
            yield wanted
    for kind in graph.objects(None, RDF.type):
        if isinstance(kind, URIRef) and kind not in known.classes | KINDS:
            yield kind


def _undeclared_properties(graph: Graph) -> Iterator[Node]:
    known = _vocabulary(graph)
    properties = known.objects | known.datas | known.annotations
    for s, p, o in graph:
        if p not in STRUCTURE | HEADER and p not in properties:
            yield p
        if p in {RDFS.domain, RDFS.range} and s not in properties:
            yield s
        if p in PROPERTY_AXIOMS | {OWL.onProperty}:
            ends = (o,) if p == OWL.onProperty else (s, o)
            yield from (end for end in ends if isinstance(end, URIRef) and end not in properties)


def _two_kinds_of_property(graph: Graph) -> Iterator[Node]:
    known = _vocabulary(graph)
    yield from (known.objects & known.datas) | (known.objects & known.annotations) | (known.datas & known.annotations)


def _class_and_datatype(graph: Graph) -> Iterator[Node]:
    yield from frozenset(graph.subjects(RDF.type, RDFS.Datatype)) & _vocabulary(graph).classes


def _axioms_across_kinds(graph: Graph) -> Iterator[Node]:
    """A property below, beside or inverse to one of another kind, and what only object properties may have or be."""
    known = _vocabulary(graph)
    kinds = (known.objects, known.datas, known.annotations)
    for p in PROPERTY_AXIOMS:
        for s, o in graph.subject_objects(p):
            if isinstance(s, URIRef) and isinstance(o, URIRef) and not any(s in kind and o in kind for kind in kinds):
                yield s
    only_object = CHARACTERISTICS - {OWL.FunctionalProperty}
    for prop in known.datas | known.annotations:
        traits = frozenset(graph.objects(prop, RDF.type))
        inverse = (prop, OWL.inverseOf, None) in graph or (prop, OWL.propertyChainAxiom, None) in graph
        if traits & only_object or inverse or (prop in known.annotations and OWL.FunctionalProperty in traits):
            yield prop


def _values_of_the_wrong_kind(graph: Graph) -> Iterator[Node]:
    """Object properties with literals, data properties with names."""
    known = _vocabulary(graph)
    for _, p, o in graph:
        if (p in known.objects and isinstance(o, Literal)) or (p in known.datas and not isinstance(o, Literal)):
            yield p


# --- simple properties (11.1) and the property hierarchy (11.2) ----------------------------------------------------------


def _base(graph: Graph, prop: Node) -> Node:
    """The named property of an inverse expression."""
    return graph.value(prop, OWL.inverseOf) or prop if isinstance(prop, BNode) else prop


def _chains(graph: Graph) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    for prop, chain in graph.subject_objects(OWL.propertyChainAxiom):
        yield _base(graph, prop), tuple(_base(graph, link) for link in Collection(graph, chain))


def composite(graph: Graph) -> frozenset[Node]:
    """The properties that are not simple: transitive, made by a chain, or above or inverse to such a one."""
    found = set(graph.subjects(RDF.type, OWL.TransitiveProperty)) | {prop for prop, _ in _chains(graph)}
    edges = [(s, o) for p in (RDFS.subPropertyOf, OWL.equivalentProperty) for s, o in graph.subject_objects(p)]
    both = [pair for p in (OWL.equivalentProperty, OWL.inverseOf) for pair in graph.subject_objects(p)]
    edges += both + [(o, s) for s, o in both]
    grown = True
    while grown:
        more = {_base(graph, o) for s, o in edges if s in found} - found
        grown = bool(more)
        found |= more
    return frozenset(found)


def _not_simple(graph: Graph) -> Iterator[Node]:
    forbidden = composite(graph)
    for cardinality in CARDINALITIES | {OWL.hasSelf}:
        for restriction in graph.subjects(cardinality):
            yield from (_base(graph, p) for p in graph.objects(restriction, OWL.onProperty) if _base(graph, p) in forbidden)
    for trait in CHARACTERISTICS - {OWL.TransitiveProperty, OWL.SymmetricProperty, OWL.ReflexiveProperty}:
        yield from (prop for prop in graph.subjects(RDF.type, trait) if prop in forbidden)
    for pair in graph.subject_objects(OWL.propertyDisjointWith):
        yield from (prop for prop in pair if prop in forbidden)
    for group in graph.subjects(RDF.type, OWL.AllDisjointProperties):
        for members in graph.objects(group, OWL.members):
            yield from (prop for prop in Collection(graph, members) if prop in forbidden)


def _irregular_chains(graph: Graph) -> Iterator[Node]:
    """Chains for which no strict order of the properties exists; a transitive property may chain itself."""
    below: dict[Node, set[Node]] = {}
    for prop, links in _chains(graph):
        if links == (prop, prop):
            continue
        rest = links[1:] if links[0] == prop else links[:-1] if links[-1] == prop else links
        if len(links) < 2:
            yield prop
        below.setdefault(prop, set()).update(rest)
    for prop in below:
        seen, todo = set(), set(below[prop])
        while todo:
            link = todo.pop()
            seen.add(link)
            todo |= below.get(link, set()) - seen
        if prop in seen:
            yield prop


def _headers(graph: Graph) -> Iterator[Node]:
    """One ontology, one header; nothing that it would have to fetch."""
    found = sorted(graph.subjects(RDF.type, OWL.Ontology))
    yield from found[1:] if found else [OWL.Ontology]
    yield from graph.objects(None, OWL.imports)


RULES: dict[str, Callable[[Graph], Iterator[Node]]] = {
    "reserved vocabulary": _reserved_vocabulary,
    "datatype": _datatypes,
    "undeclared class": _undeclared_classes,
    "undeclared property": _undeclared_properties,
    "two kinds of property": _two_kinds_of_property,
    "class and datatype": _class_and_datatype,
    "axiom across kinds": _axioms_across_kinds,
    "value of the wrong kind": _values_of_the_wrong_kind,
    "not simple": _not_simple,
    "irregular chain": _irregular_chains,
    "header": _headers,
}
