"""Every term and concept is complete, cues are in order, and each of these checks bites."""

import pytest
from rdflib import DCTERMS, OWL, RDF, Graph, URIRef

import ontology

from . import vocabulary
from .vocabulary import BASE, HOME

PREFIXES = f"""
@prefix isnad: <{BASE}ontology#> .
@prefix kind: <{BASE}concept/event-kind/> .
@prefix weapon: <{BASE}concept/weapon/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
COMPLETE = "rdfs:label 'x'@en ; skos:definition 'x'@en ; skos:example 'x'@en"
HERE = f"rdfs:isDefinedBy <{HOME}>"
NEW = "skos:prefLabel 'new'@en ; skos:definition 'new'@en ; skos:inScheme"
# For each check, additions to the ontology that it must notice.
BAD = {
    "incomplete_terms": [
        f"isnad:New a owl:Class ; {COMPLETE} .",
        f"isnad:New a owl:Class ; {HERE} ; rdfs:label 'x'@en ; skos:example 'x'@en .",
        f"isnad:New a owl:Class ; {HERE} ; rdfs:label 'x'@ar ; skos:definition 'x'@en ; skos:example 'x'@en .",
        "isnad:Attack rdfs:label 'onslaught'@en .",
    ],
    "terms_without_an_end": [
        "isnad:new a owl:ObjectProperty ; rdfs:domain isnad:Actor .",
        "isnad:new a owl:ObjectProperty ; rdfs:range isnad:Actor .",
        "isnad:new a owl:DatatypeProperty .",
    ],
    "incomplete_concepts": [
        f"kind:new a skos:Concept ; {NEW} <{BASE}concept/weapon> ; skos:broader kind:attack .",
        f"kind:new a skos:Concept ; {NEW} <{BASE}concept/event-kind> .",
        f"kind:new a skos:Concept ; skos:inScheme <{BASE}concept/event-kind> ; skos:broader kind:attack .",
    ],
    "strangers": [
        "kind:truce skos:broader kind:peace .",
        "kind:truce skos:broader weapon:drone .",
        "kind:truce isnad:ofClass isnad:Peace .",
        "kind:truce isnad:impliesProperty isnad:pacified .",
    ],
    "kinds_without_an_event_class": [
        "kind:truce isnad:ofClass isnad:Attack .",
        f"kind:new skos:inScheme <{BASE}concept/event-kind> .",
        f"kind:new skos:inScheme <{BASE}concept/event-kind> ; isnad:ofClass isnad:Actor .",
    ],
    "kinds_above_their_class": ["kind:truce skos:broader kind:strike ."],
    "labels_twice": ["kind:truce skos:prefLabel 'siege'@en ."],
    "bad_cues": [
        "kind:truce isnad:nounCue 'Truce'@en .",
        "kind:truce isnad:nounCue 'a  truce'@en .",
        "kind:truce isnad:nounCue 'lull' .",
        "isnad:alignedWith isnad:prefixCue 'anti'@en .",
        "isnad:alignedWith isnad:compoundCue '-minded'@en .",
    ],
    "cues_twice": [
        "kind:truce isnad:nounCue 'siege'@en .",
        "isnad:backedBy isnad:cue 'allied with'@en .",
    ],
    "blank_nodes": ["[] a isnad:Attack ."],
}


@pytest.mark.parametrize("check", BAD)
def test_the_ontology_passes(check, dl):
    assert list(getattr(vocabulary, check)(dl)) == []


@pytest.mark.parametrize(("check", "turtle"), [(check, turtle) for check in BAD for turtle in BAD[check]])
def test_a_bad_addition_is_noticed(check, turtle, dl):
    graph = Graph()
    graph += dl
    graph.parse(data=PREFIXES + turtle, format="turtle")
    assert list(getattr(vocabulary, check)(graph))


def test_every_turtle_file_belongs_to_one_part():
    parts = (
        ontology.core_files(),
        ontology.scheme_files(),
        ontology.alignment_files(),
        ontology.crosswalk_files(),
        ontology.rdf_only_files(),
        ontology.authority_files(),
        ontology.shape_files(),
    )
    assert all(parts[:5])
    assert sorted(file for part in parts for file in part) == sorted(ontology.HOME.rglob("*.ttl"))


def test_no_file_beside_the_dl_ontology_has_blank_nodes():
    for file in ontology.rdf_only_files() + ontology.authority_files():
        assert not list(vocabulary.blank_nodes(Graph().parse(file))), file.name


def test_the_header_names_a_version_and_a_licence(terms):
    assert list(terms.subjects(RDF.type, OWL.Ontology)) == [HOME]
    assert terms.value(HOME, OWL.versionIRI) == URIRef(BASE + "ontology/1.0.0")
    assert terms.value(HOME, DCTERMS.license) == URIRef("https://creativecommons.org/publicdomain/zero/1.0/")


def test_terms_stand_in_the_core_alone(dl, terms):
    assert vocabulary.terms(dl) == vocabulary.terms(terms)
