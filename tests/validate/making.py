"""A graph in which every class and property that articles and judgements write stands once, and all that can be done wrong to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import rdflib
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import RDF, SH, BNode, Literal, URIRef
from rdflib.collection import Collection

import ontology

BASE = "https://w3id.org/isnad/"
NS = BASE + "ontology#"
SHAPE = BASE + "shape/"

HEAD = """
@prefix isnad: <https://w3id.org/isnad/ontology#> .
@prefix concept: <https://w3id.org/isnad/concept/> .
@prefix actor: <https://w3id.org/isnad/id/actor/> .
@prefix place: <https://w3id.org/isnad/id/place/> .
@prefix : <https://w3id.org/isnad/id/x/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

NODES = f"""
:article a isnad:Paraphrase ; dcterms:title "Two killed"@en ; dcterms:publisher actor:rudaw ; isnad:voice actor:rudaw ;
    dcterms:issued "2024-05-10"^^edtf:EDTF ; isnad:datelineEvidence <{BASE}concept/dateline-evidence/text> ; dcterms:language "en" ;
    isnad:url "https://example.org/1"^^xsd:anyURI ; prov:wasDerivedFrom <https://example.org/0> ;
    isnad:textHash "{"0a" * 32}" ; isnad:rawHash "{"1b" * 32}" .
:quote a isnad:Quote ; isnad:wording "0123456789abcdef" ; oa:exact "Two people died." ; oa:start 10 ; oa:end 26 ; isnad:inDocument :article .
:report a isnad:EventReport ; isnad:reportedIn :article .
:earlier a isnad:EventReport ; isnad:reportedIn :article .
:candidate a isnad:Candidate, isnad:UnidentifiedActor ; rdfs:label "a guard"@en ; isnad:candidateIn :article .
:step a isnad:AttributionStep ; isnad:stepNumber 1 ; isnad:stepActor :candidate .
:count a isnad:Count ; isnad:min 2 ; isnad:max 3 ; isnad:ofTotal 9 ; isnad:words "two or three" ;
    isnad:modifier <{BASE}concept/count-modifier/exact> ; isnad:counted <{BASE}concept/counted/fighters> ;
    isnad:ofGroup actor:badr-organization ; isnad:where place:baghdad ; isnad:asOf :time .
:time a isnad:TimeSpan ; isnad:earliest "2024-05-09"^^xsd:date ; isnad:latest "2024-05-09"^^xsd:date ; isnad:edtf "2024-05-09"^^edtf:EDTF ;
    isnad:anchor "2024-05-10"^^xsd:date ; isnad:precision <{BASE}concept/precision/day> ; isnad:words "on Thursday" .
:tenure a isnad:Tenure ; org:member actor:hadi-al-amiri ; org:organization actor:badr-organization ; isnad:asOf :time ;
    org:role <{BASE}concept/position/leader> ; isnad:title "leader" ; isnad:incumbency <{BASE}concept/incumbency/former> .
"""

JUDGEMENTS = f"""
:merge a isnad:Judgement ; isnad:verdict <{BASE}concept/judgement/merge> ; isnad:judges :event, :event-of-others ; isnad:holdsTogether :report, :earlier ;
    isnad:judgedBy "A. Analyst" ; isnad:judgedOn "2024-06-01"^^xsd:date ; isnad:reason "One raid." .
:split a isnad:Judgement ; isnad:verdict <{BASE}concept/judgement/split> ; isnad:judges :report ; isnad:keepsApartFrom :earlier ;
    isnad:judgedBy "A. Analyst" ; isnad:judgedOn "2024-06-02"^^xsd:date .
:named a isnad:Judgement ; isnad:verdict <{BASE}concept/judgement/name> ; isnad:judges :candidate ; isnad:identifiesAs actor:hadi-al-amiri ;
    isnad:judgedBy "B. Analyst" ; isnad:judgedOn "2024-06-02"^^xsd:date .
"""

CLAIMS: Mapping[str, tuple[str, str, str]] = {
    "leads": ("actor:hadi-al-amiri", "leads", "actor:badr-organization"),
    "backed": ("actor:badr-organization", "backedBy", "actor:iran"),
    "part": ("actor:badr-organization", "partOf", "actor:popular-mobilization-forces"),
    "at-home": ("actor:badr-organization", "headquarteredIn", "place:baghdad"),
    "founded": ("actor:badr-organization", "founded", ":time"),
    "within": ("place:baghdad", "within", "place:iraq"),
    "base": ("place:ain-al-asad-airbase", "operatedBy", "actor:iraq"),
    "killed": (":report", "killed", ":count"),
    "victim": (":report", "victim", "actor:hadi-al-amiri"),
    "target": (":report", "target", "place:baghdad"),
    "concerns": (":report", "concerns", "place:baghdad"),
    "answers": (":report", "inRetaliationFor", ":earlier"),
    "kind": (":earlier", "kind", f"<{BASE}concept/event-kind/strike>"),
}
"""Claims by name: subject, property, object; one for each domain and range."""


def claim(name: str) -> str:
    """One claim in Turtle; the first is told through a step and speaks of a tenure."""
    subject, predicate, value = CLAIMS[name]
    more = "isnad:viaStep :step ; isnad:tenure :tenure ;" if name == "leads" else ""
    return f""":{name} a isnad:Claim ; rdf:subject {subject} ; rdf:predicate isnad:{predicate} ; rdf:object {value} ; {more}
    isnad:realis <{BASE}concept/realis/asserted> ; isnad:tier <{BASE}concept/tier/explicit> ; isnad:status <{BASE}concept/status/current> ;
    isnad:reportedIn :article ; isnad:saidBy actor:rudaw ; isnad:evidence :quote ; prov:wasGeneratedBy :extractor ."""


def sound() -> rdflib.Graph:
    """A graph in which all is well."""
    return rdflib.Graph().parse(data=HEAD + NODES + JUDGEMENTS + "\n".join(map(claim, CLAIMS)), format="turtle")


def quads(graph: rdflib.Graph) -> list[Quad]:
    """A graph as the pipeline has it."""
    return [Quad(t.subject, t.predicate, t.object) for t in parse(input=graph.serialize(format="nt").encode(), format=RdfFormat.N_TRIPLES)]


# -- the shapes -------------------------------------------------------------------------------------------------------------------

PARAMETERS = {
    SH.minCount, SH.maxCount, SH["class"], SH.nodeKind, SH.datatype, SH.pattern, SH.minInclusive, SH.lessThan, SH.lessThanOrEquals, SH.equals,
    SH.disjoint, SH["in"],
}  # fmt: skip
"""The constraints that the shapes use."""

STRUCTURE = {RDF.type, SH.path, SH.message, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}


def shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in ontology.shape_files():
        graph.parse(file)
    return graph


def constraints(graph: rdflib.Graph) -> Iterator[tuple[str, str, Any]]:
    """Every constraint of every shape: the shape's and the constraint's local names, and the parameter's value."""
    for shape in sorted(s for s in set(graph.subjects()) if str(s).startswith(SHAPE)):
        for parameter, value in sorted(graph.predicate_objects(shape)):
            if parameter not in STRUCTURE:
                name = str(parameter).removeprefix(str(SH))
                yield str(shape).removeprefix(SHAPE), name[0].upper() + name[1:], value


def focus(shape_graph: rdflib.Graph, shape: URIRef, data: rdflib.Graph) -> URIRef:
    """A node of the data that a shape is about."""
    target = shape_graph.value(shape, SH.targetClass)
    if str(target).startswith(SHAPE):
        return _claim_with(data, *str(target).removeprefix(SHAPE).split("-"))
    if target in (URIRef(NS + "Document"), URIRef(NS + "Article")):
        target = URIRef(NS + "Paraphrase")
    if target == URIRef(NS + "Claim"):
        return URIRef(BASE + "id/x/leads")
    if target is not None:
        return min(data.subjects(RDF.type, target))
    if subjects_of := shape_graph.value(shape, SH.targetSubjectsOf):
        return min(data.subjects(subjects_of))
    return URIRef(NS + "partOf")


def _claim_with(data: rdflib.Graph, end: str, class_name: str) -> URIRef:
    """The claim of the data whose property has this class for its domain or range."""
    terms = rdflib.Graph()
    for file in ontology.core_files():
        terms.parse(file)
    link = rdflib.RDFS.domain if end == "subject" else rdflib.RDFS.range
    fitting = [c for c, p in data.subject_objects(RDF.predicate) if str(terms.value(p, link)).endswith(f"#{class_name}")]
    return min(fitting)


OTHER = URIRef("https://example.org/other")
OF_CLAIMS = URIRef(NS + "saidBy")


def broken(constraint: str, value: Any, path: Any, shape_graph: rdflib.Graph, node: URIRef, data: rdflib.Graph) -> None:
    """Breaks one constraint at a node of the data."""
    if path is None:
        data.remove((node, RDF.type, URIRef(NS + "UnidentifiedActor")))
    elif isinstance(path, BNode):
        _break_path(constraint, path, shape_graph, node, data)
    elif constraint == "MaxCount":
        for number in range(3):
            data.add((node, path, URIRef(f"{OTHER}/{number}")))
    elif node.startswith(NS):
        for claim in list(data.subjects(RDF.predicate, node)):
            data.set((claim, RDF.predicate, OF_CLAIMS if constraint == "In" else OTHER))
    else:
        data.remove((node, path, None))
        if constraint != "MinCount":
            data.add((node, path, WRONG[constraint](value, node, data)))


def _after(value: Any, node: URIRef, data: rdflib.Graph) -> Literal:
    """A value after that of another property."""
    other: Any = data.value(node, value).toPython()  # type: ignore[union-attr]
    return Literal(other + (timedelta(1) if isinstance(other, date) else 1))


WRONG: Mapping[str, Callable[[Any, URIRef, rdflib.Graph], Any]] = {
    "Class": lambda *_: OTHER,
    "NodeKind": lambda *_: Literal("words"),
    "Datatype": lambda value, *_: Literal("words") if value == RDF.langString else Literal("words", lang="en"),
    "Pattern": lambda *_: Literal(" "),
    "MinInclusive": lambda value, *_: Literal(value.toPython() - 1),
    "LessThan": _after,
    "LessThanOrEquals": _after,
    "Disjoint": lambda value, node, data: data.value(node, value),
}
"""A value that breaks each constraint."""


def _break_path(constraint: str, path: BNode, shape_graph: rdflib.Graph, node: URIRef, data: rdflib.Graph) -> None:
    """Breaks a constraint on what a longer path leads to."""
    inverse, either = shape_graph.value(path, SH.inversePath), shape_graph.value(path, SH.alternativePath)
    if constraint == "MinCount" and inverse:
        data.remove((None, inverse, node))
    elif constraint == "MinCount":
        for step in Collection(shape_graph, either):  # type: ignore[arg-type]
            data.remove((node, step, None))
    elif inverse:
        data.add((OTHER, inverse, node))
    else:
        first = next(iter(Collection(shape_graph, path)))
        if isinstance(first, BNode):
            owner = data.value(None, shape_graph.value(first, SH.inversePath), node)
            data.set((owner, list(Collection(shape_graph, path))[1], OTHER))  # type: ignore[arg-type]
        else:
            data.set((data.value(node, first), list(Collection(shape_graph, path))[1], OTHER))  # type: ignore[arg-type]
