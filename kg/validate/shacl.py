"""Whether an article's graph has the shape that all such graphs have: SHACL core (W3C Recommendation 2017), run by pyshacl over rdflib.

The shapes are `ontology/shapes/*.ttl`. Beside an article's triples they see what the vocabulary and the authority say of the terms, concepts and
known things that these name; beside a claim, the domain and range of its property as the classes `shape:subject-…` and `shape:object-…`.

pyshacl changes rdflib for the whole process. It is loaded when the first graph is checked, and no process that serves the web checks any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

import ontology
from kg.authority import Authority, authority
from kg.errors import VocabularyError
from kg.settings import DEFAULT_BASE
from kg.terms import RDF, RDFS, SKOS, Vocabulary, triples, vocabulary

if TYPE_CHECKING:
    import rdflib

SH: Final = "http://www.w3.org/ns/shacl#"

Triples = Iterator[tuple[str, str, str]]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong in a graph: `node` (an IRI) breaks `constraint` of `shape`; `value` is the offending value, None where one is missing.

    `shape` is the local name of a shape of ours (`quote-start`), `constraint` that of a SHACL component (`LessThan`), `message` a sentence.
    """

    node: str
    shape: str
    constraint: str
    message: str
    value: str | None = None


class Shapes:
    """The shapes under one base, and the checking of graphs against them."""

    def __init__(self, base: str, words: Vocabulary, known: Authority) -> None:
        self.base, self.words, self.known = base, words, known
        self._ns, self._concept, self._shape = base + "ontology#", base + "concept/", base + "shape/"

    @cached_property
    def _graph(self) -> rdflib.Graph:
        """The shapes, read at first use."""
        return _shapes_graph(self.base)

    def check(self, quads: Iterable[Quad]) -> tuple[Finding, ...]:
        """All that is wrong in one article's graph, sorted; nothing is stored or changed."""
        import pyshacl
        from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError, ValidationFailure

        data = self._data(list(quads))
        try:
            _, report, _ = pyshacl.validate(data, shacl_graph=self._graph, inference="none", advanced=False, inplace=True)
        except (ConstraintLoadError, ReportableRuntimeError, ShapeLoadError) as error:
            raise VocabularyError(
                f"The shapes in ontology/shapes cannot be applied: {error}. Mend them or install this version anew."
            ) from error
        if isinstance(report, ValidationFailure):
            raise VocabularyError(
                f"The shapes in ontology/shapes cannot be applied: {report.message}. Mend them or install this version anew."
            )
        return tuple(sorted(self._findings(report), key=lambda f: (f.node, f.shape, f.constraint, f.value or "")))

    # -- what the shapes see ---------------------------------------------------------------------------------------------------

    def _data(self, quads: list[Quad]) -> rdflib.Graph:
        """The graph with what is known of the things that it names."""
        from kg.validate.graph import Graph

        graph = Graph((_node(quad.subject), _iri(quad.predicate.value), _node(quad.object)) for quad in quads)
        for subject, predicate, value in self._beside(quads):
            graph.add((_iri(subject), _iri(predicate), _iri(value)))
        return graph

    def _beside(self, quads: list[Quad]) -> Triples:
        """What vocabulary and authority say of the terms, concepts and known things that a graph names."""
        named = {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}
        named |= {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
        for iri in named:
            if iri in self.known:
                for class_name in self.known[iri].classes:
                    yield iri, RDF + "type", self._ns + class_name
            elif iri.startswith(self._ns) and self.words.has_term(iri[len(self._ns) :]):
                yield from self._of_term(iri)
            elif iri.startswith(self._concept) and self.words.has_concept(iri[len(self._concept) :]):
                yield iri, RDF + "type", SKOS + "Concept"
                yield iri, RDF + "type", f"{self._shape}in-{iri[len(self._concept) :].partition('/')[0]}"
        for quad in quads:
            if quad.predicate.value == RDF + "predicate" and quad.object.value.startswith(self._ns):  # type: ignore[union-attr]
                yield from self._of_claim(quad.subject.value, quad.object.value[len(self._ns) :])  # type: ignore[union-attr]

    def _of_term(self, iri: str) -> Triples:
        """What the ontology says of a class or property."""
        name = iri[len(self._ns) :]
        types = self.words.types(name)
        for kind in types:
            yield iri, RDF + "type", kind
        if any(kind.endswith("#Class") for kind in types):
            for above in self.words.ancestors(name) - {name}:
                yield iri, RDFS + "subClassOf", self._ns + above
        elif domain := self.words.domain_of(name):
            yield iri, RDFS + "domain", self._ns + domain

    def _of_claim(self, claim: str, name: str) -> Triples:
        """What a claim's subject and object must be by the property that it states."""
        if not self.words.has_term(name):
            return
        for end, class_name in (("subject", self.words.domain_of(name)), ("object", self.words.range_of(name))):
            if class_name:
                yield claim, RDF + "type", f"{self._shape}{end}-{class_name.rsplit('#', 1)[-1]}"

    # -- what they find -----------------------------------------------------------------------------------------------------------

    def _findings(self, report: rdflib.Graph) -> Iterator[Finding]:
        """The results of a validation report."""
        for result in report.objects(None, _iri(SH + "result")):

            def said(name: str, result: rdflib.term.Node = result) -> str | None:
                value = report.value(result, _iri(SH + name))
                return None if value is None else str(value)

            node, value = said("focusNode") or "", said("value")
            message = (said("resultMessage") or "").replace("{?this}", node).replace("{?value}", value or "it")
            shape = (said("sourceShape") or "").removeprefix(self._shape)
            constraint = (said("sourceConstraintComponent") or "").removeprefix(SH).removesuffix("ConstraintComponent")
            yield Finding(node, shape, constraint, message, value)


@cache
def shapes(base: str = DEFAULT_BASE) -> Shapes:
    """The shapes under a base, read once per process."""
    return Shapes(base, vocabulary(base), authority(base))


def check(quads: Iterable[Quad], base: str = DEFAULT_BASE) -> tuple[Finding, ...]:
    """All that is wrong in one article's graph by the shapes, sorted: empty when all is well.

    >>> check([])
    ()
    """
    return shapes(base).check(quads)


def _shapes_graph(base: str) -> rdflib.Graph:
    """The shapes as rdflib holds them, moved to the base."""
    from kg.validate.graph import Graph

    return Graph((_node(t.subject), _iri(t.predicate.value), _node(t.object)) for t in triples(ontology.shape_files(), base))


@lru_cache(maxsize=16_384)
def _iri(iri: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(iri)


def _node(term: object) -> rdflib.term.Node:
    """A term as rdflib writes it."""
    import rdflib

    if isinstance(term, NamedNode):
        return _iri(term.value)
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=_iri(term.datatype.value))
    assert isinstance(term, BlankNode)
    return rdflib.BNode(term.value)
