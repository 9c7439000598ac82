"""The graphs that stand before any article: the ontology, the known things with their background claims, and the dataset's own description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

import ontology
from kg.authority import language, towns
from kg.ids import Ids
from kg.terms import RDF, RDFS, SKOS, triples, vocabulary
from kg.triples import DCTERMS, PROV, XSD, Writer

GEO: Final = "http://www.opengis.net/ont/geosparql#"
VOID: Final = "http://rdfs.org/ns/void#"


def ontology_quads(ids: Ids) -> Iterator[Quad]:
    """The ontology with its schemes, alignments and crosswalks."""
    yield from _quads(ontology.dl_files() + ontology.rdf_only_files(), ids.graph("ontology"), ids.base)


def authority_quads(ids: Ids) -> Iterator[Quad]:
    """The known things with their background claims, and the gazetteer's places."""
    yield from _quads(ontology.authority_files(), ids.graph("authority"), ids.base)
    yield from _gazetteer(ids)


def vocabulary_files() -> tuple[Path, ...]:
    """Every file that these graphs are made from."""
    return (*ontology.dl_files(), *ontology.rdf_only_files(), *ontology.authority_files(), *ontology.gazetteer_files())


def _quads(files: tuple[Path, ...], graph: str, base: str) -> Iterator[Quad]:
    """The triples of files in one graph, each preferred label said again as rdfs:label, which most tools ask for."""
    graph_name = NamedNode(graph)
    for triple in triples(files, base):
        yield Quad(triple.subject, triple.predicate, triple.object, graph_name)
        if triple.predicate.value == SKOS + "prefLabel":
            yield Quad(triple.subject, NamedNode(RDFS + "label"), triple.object, graph_name)


def _gazetteer(ids: Ids) -> Iterator[Quad]:
    """The gazetteer's places, with the division that each lies in and, where known, its point (WGS 84)."""
    out = Writer(ids.graph("authority"), ids, vocabulary(ids.base))
    for town in towns():
        place = ids.thing("place", town.id)
        yield from out.a(place, "Place")
        for property_name in (SKOS + "prefLabel", RDFS + "label"):
            yield from out.say(place, property_name, Literal(town.name, language="en"))
        for name in town.names:
            yield from out.say(place, SKOS + "altLabel", Literal(name, language=language(name)))
        yield from out.concept(place, "placeKind", town.kind)
        yield from out.link(place, "within", ids.thing("place", town.parent) if town.parent else None)
        if town.latitude and town.longitude:
            yield from out.say(place, "latitude", Literal(town.latitude, datatype=NamedNode(XSD + "decimal")))
            yield from out.say(place, "longitude", Literal(town.longitude, datatype=NamedNode(XSD + "decimal")))
            point = f"POINT({town.longitude} {town.latitude})"
            yield from out.say(place, GEO + "asWKT", Literal(point, datatype=NamedNode(GEO + "wktLiteral")))


def dataset_quads(ids: Ids, extractors: Iterable[str], policy: str) -> Iterator[Quad]:
    """What the dataset is (VoID), which facts policy is in force, and which extractors brought forth its claims."""
    out = Writer(ids.graph("dataset"), ids, vocabulary(ids.base))
    dataset = ids.base + "dataset"
    yield from out.link(dataset, RDF + "type", VOID + "Dataset")
    yield from out.say(
        dataset, DCTERMS + "title", Literal("Isnad: claims about armed actors, with their chains of attribution", language="en")
    )
    yield from out.link(dataset, DCTERMS + "license", "https://creativecommons.org/publicdomain/zero/1.0/")
    yield from out.link(dataset, VOID + "vocabulary", ids.base + "ontology")
    yield from out.say(dataset, VOID + "uriSpace", ids.base)
    yield from out.say(dataset, "factsPolicy", policy)
    for name in extractors:
        extractor = ids.thing("extractor", name)
        yield from out.a(extractor, "Extractor")
        yield from out.link(extractor, RDF + "type", PROV + "Activity")
        yield from out.say(extractor, RDFS + "label", Literal(name, language="en"))
