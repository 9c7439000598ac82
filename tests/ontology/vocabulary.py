"""What every term and concept must have, as checks that give back what lacks it."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from .breaches import are_disjoint

BASE = "https://w3id.org/isnad/"
HOME = URIRef(BASE + "ontology")
ISNAD = Namespace(BASE + "ontology#")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
CUES = tuple(ISNAD[name] for name in ("cue", "inverseCue", "verbCue", "nounCue", "compoundCue", "prefixCue"))
CARRYING = tuple(
    ISNAD[name] for name in ("makingCue", "beginningCue", "brokeringCue", "nominalCue", "movingCue", "sufferingCue", "aimingCue")
)
"""Cues that need the noun of an event beside them; kinds may share them."""


def terms(graph: Graph) -> list[URIRef]:
    """Our own classes and properties."""
    declared = {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    return sorted(URIRef(term) for term in declared if str(term).startswith(str(ISNAD)))


def concepts(graph: Graph) -> list[URIRef]:
    """All concepts."""
    return sorted(URIRef(concept) for concept in graph.subjects(RDF.type, SKOS.Concept))


def incomplete_terms(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """Terms without an English label, definition, example, or without their home."""
    for term in terms(graph):
        for prop in (RDFS.label, SKOS.definition, SKOS.example):
            if [value.language for value in graph.objects(term, prop) if isinstance(value, Literal)].count("en") != 1:
                yield term, prop
        if list(graph.objects(term, RDFS.isDefinedBy)) != [HOME]:
            yield term, RDFS.isDefinedBy


def terms_without_an_end(graph: Graph) -> Iterator[Node]:
    """Object properties without a domain or range, data properties without a domain."""
    for term in terms(graph):
        if (term, RDF.type, OWL.ObjectProperty) in graph and (term, RDFS.range, None) not in graph:
            yield term
        if (term, RDF.type, OWL.AnnotationProperty) in graph or (term, RDF.type, OWL.Class) in graph:
            continue
        if (term, RDFS.domain, None) not in graph:
            yield term


def incomplete_concepts(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """Concepts without one scheme, that of their IRI; without one English label and definition; outside the tree."""
    for concept in concepts(graph):
        if list(graph.objects(concept, SKOS.inScheme)) != [URIRef(str(concept).rsplit("/", 1)[0])]:
            yield concept, SKOS.inScheme
        for prop in (SKOS.prefLabel, SKOS.definition):
            if [value.language for value in graph.objects(concept, prop) if isinstance(value, Literal)].count("en") != 1:
                yield concept, prop
        if (concept, SKOS.broader, None) not in graph and (concept, SKOS.topConceptOf, None) not in graph:
            yield concept, SKOS.topConceptOf


def strangers(graph: Graph) -> Iterator[Node]:
    """Broader concepts, classes and properties that concepts name and that are not there."""
    known = set(concepts(graph))
    for concept in known:
        yield from (other for other in graph.objects(concept, SKOS.broader) if other not in known)
        scheme = graph.value(concept, SKOS.inScheme)
        yield from (other for other in graph.objects(concept, SKOS.broader) if graph.value(other, SKOS.inScheme) != scheme)
    yield from (cls for cls in graph.objects(None, ISNAD.ofClass) if (cls, RDF.type, OWL.Class) not in graph)
    yield from (p for p in graph.objects(None, ISNAD.impliesProperty) if (p, RDF.type, OWL.ObjectProperty) not in graph)


def kinds_without_an_event_class(graph: Graph) -> Iterator[Node]:
    """Kinds of event that name no class, or more than one, or one that is not below Event."""
    for kind in graph.subjects(SKOS.inScheme, URIRef(BASE + "concept/event-kind")):
        classes = list(graph.objects(kind, ISNAD.ofClass))
        if len(classes) != 1 or ISNAD.Event not in set(graph.transitive_objects(classes[0], RDFS.subClassOf)):
            yield kind


def kinds_above_their_class(graph: Graph) -> Iterator[Node]:
    """Kinds of event whose class is not below, or the same as, that of each broader kind."""
    for kind, broader in graph.subject_objects(SKOS.broader):
        for cls in graph.objects(kind, ISNAD.ofClass):
            above = set(graph.transitive_objects(cls, RDFS.subClassOf))
            if not all(wider in above for wider in graph.objects(broader, ISNAD.ofClass)):
                yield kind


def labels_twice(graph: Graph) -> Iterator[tuple[Node, Literal]]:
    """Labels that two concepts of one scheme share."""
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        count = Counter(label for concept in graph.subjects(SKOS.inScheme, scheme) for label in graph.objects(concept, SKOS.prefLabel))
        yield from ((scheme, Literal(label)) for label, times in count.items() if times > 1)


def bad_cues(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """Cues that are not in lower case, not tagged English, or not trimmed; prefixes without hyphen, halves with one."""
    for prop in (*CUES, *CARRYING):
        for subject, cue in graph.subject_objects(prop):
            words = str(cue)
            tagged = isinstance(cue, Literal) and cue.language == "en"
            if not words or not tagged or words != " ".join(words.lower().split()):
                yield subject, cue
            if words.endswith("-") != (prop == ISNAD.prefixCue) or (words.startswith("-") and prop == ISNAD.compoundCue):
                yield subject, cue


def cues_twice(graph: Graph) -> Iterator[tuple[Node, str]]:
    """Cues of one kind that two concepts of a scheme share, or two properties that their subjects or objects do not part."""
    for prop in CUES:
        owners: dict[tuple[Node | None, str], set[Node]] = {}
        for subject, cue in graph.subject_objects(prop):
            owners.setdefault((graph.value(subject, SKOS.inScheme), str(cue)), set()).add(subject)
        for (scheme, cue), subjects in owners.items():
            for one, other in combinations(sorted(subjects), 2):
                if scheme or not _parted(graph, one, other):
                    yield one, cue


def _parted(graph: Graph, one: Node, other: Node) -> bool:
    """Whether no two things can be linked by either property."""
    ends = ((graph.value(one, end), graph.value(other, end)) for end in (RDFS.domain, RDFS.range))
    return any(are_disjoint(graph, mine, theirs) for mine, theirs in ends if mine and theirs)


def blank_nodes(graph: Graph) -> Iterator[Node]:
    """Blank nodes anywhere."""
    yield from (node for triple in graph for node in triple if isinstance(node, BNode))
