"""The ontology keeps to OWL 2 DL, and the profile check refuses what is outside it."""

import pytest
from rdflib import Graph

import ontology

from .profile import RULES, Finding, findings

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GOOD = """
: a owl:Ontology . :A a owl:Class . :B a owl:Class ; rdfs:subClassOf :A . :p a owl:ObjectProperty ; rdfs:domain :A .
:q a owl:ObjectProperty . :d a owl:DatatypeProperty ; rdfs:range xsd:string . :n a owl:AnnotationProperty .
:t a owl:ObjectProperty, owl:TransitiveProperty . :above a owl:ObjectProperty . :t rdfs:subPropertyOf :above .
:x a :A ; :p :y ; :d "d" ; :n "n" .
"""
# Each adds one offence to the good ontology: the Turtle, the rule and the name that it is found under.
BAD = {
    "a class below rdf:Statement": (":A rdfs:subClassOf rdf:Statement .", "reserved vocabulary", "rdf:Statement"),
    "rdf:subject as a property": (":x rdf:subject :y .", "reserved vocabulary", "rdf:subject"),
    "an axiom on a reserved name": ("rdfs:label a owl:AnnotationProperty .", "reserved vocabulary", "rdfs:label"),
    "a date as range": (":d rdfs:range xsd:date .", "datatype", "xsd:date"),
    "a date as value": (':x :d "2024-01-01"^^xsd:date .', "datatype", "xsd:date"),
    "a datatype of its own as range": (":d rdfs:range :wkt .", "datatype", ":wkt"),
    "a superclass not declared": (":A rdfs:subClassOf :C .", "undeclared class", ":C"),
    "a domain not declared": (":p rdfs:domain :C .", "undeclared class", ":C"),
    "a range not declared": (":p rdfs:range :C .", "undeclared class", ":C"),
    "a type not declared": (":x a :C .", "undeclared class", ":C"),
    "a filler not declared": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :C ] .",
        "undeclared class",
        ":C",
    ),
    "a property used but not declared": (":x :r :y .", "undeclared property", ":r"),
    "a superproperty not declared": (":p rdfs:subPropertyOf :r .", "undeclared property", ":r"),
    "a domain of nothing declared": (":r rdfs:domain :A .", "undeclared property", ":r"),
    "a restriction on nothing declared": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :r ; owl:someValuesFrom :B ] .",
        "undeclared property",
        ":r",
    ),
    "an object property that is a data property": (":p a owl:DatatypeProperty .", "two kinds of property", ":p"),
    "an object property that is an annotation": (":p a owl:AnnotationProperty .", "two kinds of property", ":p"),
    "a data property that is an annotation": (":d a owl:AnnotationProperty .", "two kinds of property", ":d"),
    "a class that is a datatype": (":A a rdfs:Datatype .", "class and datatype", ":A"),
    "a data property below an object property": (":d rdfs:subPropertyOf :p .", "axiom across kinds", ":d"),
    "an annotation below an object property": (":n rdfs:subPropertyOf :p .", "axiom across kinds", ":n"),
    "a transitive data property": (":d a owl:TransitiveProperty .", "axiom across kinds", ":d"),
    "a functional annotation": (":n a owl:FunctionalProperty .", "axiom across kinds", ":n"),
    "an object property with a literal": (':x :p "y" .', "value of the wrong kind", ":p"),
    "a data property with a name": (":x :d :y .", "value of the wrong kind", ":d"),
    "a transitive property counted": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :t ; owl:maxCardinality 1 ] .",
        "not simple",
        ":t",
    ),
    "a property above a transitive one counted": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :above ; owl:onClass :B ; owl:minQualifiedCardinality 2 ] .",
        "not simple",
        ":above",
    ),
    "the inverse of a transitive one functional": (
        ":i a owl:ObjectProperty, owl:FunctionalProperty ; owl:inverseOf :t .",
        "not simple",
        ":i",
    ),
    "a transitive inverse functional": (":t a owl:InverseFunctionalProperty .", "not simple", ":t"),
    "a transitive irreflexive": (":t a owl:IrreflexiveProperty .", "not simple", ":t"),
    "a transitive asymmetric": (":t a owl:AsymmetricProperty .", "not simple", ":t"),
    "a transitive disjoint with another": (":p owl:propertyDisjointWith :t .", "not simple", ":t"),
    "a transitive in a disjoint group": (
        "[] a owl:AllDisjointProperties ; owl:members ( :p :t ) .",
        "not simple",
        ":t",
    ),
    "a transitive with itself": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :t ; owl:hasSelf true ] .",
        "not simple",
        ":t",
    ),
    "a chained property functional": (
        ":q a owl:FunctionalProperty ; owl:propertyChainAxiom ( :p :above ) .",
        "not simple",
        ":q",
    ),
    "a chain with itself in the middle": (":q owl:propertyChainAxiom ( :p :q :p ) .", "irregular chain", ":q"),
    "two chains through each other": (
        ":p owl:propertyChainAxiom ( :q :above ) . :q owl:propertyChainAxiom ( :p :above ) .",
        "irregular chain",
        ":p",
    ),
    "a chain of one": (":q owl:propertyChainAxiom ( :p ) .", "irregular chain", ":q"),
    "two headers": (":more a owl:Ontology .", "header", ":more"),
    "an import": (": owl:imports <http://example.org/import> .", "header", ":import"),
}
ALLOWED = {
    "a transitive chain": ":q owl:propertyChainAxiom ( :q :q ) .",
    "a left-linear chain": ":q owl:propertyChainAxiom ( :q :p ) .",
    "a right-linear chain": ":q owl:propertyChainAxiom ( :p :q ) .",
    "a simple property counted": ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 1 ] .",
    "a transitive and symmetric property": ":t a owl:SymmetricProperty .",
    "a class that is an individual": ":A a :B .",
    "a functional data property": ":d a owl:FunctionalProperty .",
}


def _graph(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + GOOD + turtle, format="turtle")


def test_the_ontology_is_in_the_profile(dl):
    assert findings(dl) == []


def test_the_terms_alone_are_in_the_profile(terms):
    assert findings(terms) == []


def test_what_stands_apart_would_not_be(dl):
    """rdf-only/ has its reason."""
    broken = Graph()
    broken += dl
    for file in ontology.rdf_only_files():
        broken.parse(file)
    assert {finding.rule for finding in findings(broken)} >= {"reserved vocabulary", "datatype"}


def test_a_good_ontology_passes():
    assert findings(_graph("")) == []


@pytest.mark.parametrize("turtle", ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed_passes(turtle):
    assert findings(_graph(turtle)) == []


@pytest.mark.parametrize(("turtle", "rule", "name"), BAD.values(), ids=BAD)
def test_what_is_not_allowed_is_refused(turtle, rule, name):
    graph = _graph(turtle)
    full = graph.namespace_manager.expand_curie(name)
    assert Finding(rule, str(full)) in findings(graph)


def test_every_rule_has_its_bad_example():
    assert {rule for _, rule, _ in BAD.values()} == set(RULES)
