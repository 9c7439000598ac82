"""The ontology as Python sees it: a closed namespace of terms, the concepts, and the cue words that stand with them.

Python holds no list of meanings (event kinds, weapons, cue words): it asks here, and here everything is read from `ontology/*.ttl`.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

import ontology
from kg.errors import UnknownTerm, VocabularyError
from kg.settings import DEFAULT_BASE

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"


def triples(files: tuple[Path, ...], base: str) -> Iterator[Triple]:
    """The triples of Turtle files written under the default base, moved to `base`.

    Raises VocabularyError, naming the file and the line, when a file is not Turtle.
    """
    for file in files:
        try:
            for quad in parse(path=str(file), format=RdfFormat.TURTLE):
                yield quad.triple if base == DEFAULT_BASE else _moved(quad.triple, base)
        except SyntaxError as error:
            raise VocabularyError(f"{file.name} is not valid Turtle: {error}") from error


def _moved(triple: Triple, base: str) -> Triple:
    """The triple with its IRIs under another base."""

    def node(term: object) -> object:
        if isinstance(term, NamedNode) and term.value.startswith(DEFAULT_BASE):
            return NamedNode(base + term.value[len(DEFAULT_BASE) :])
        if isinstance(term, Literal) and term.value.startswith(DEFAULT_BASE):
            return Literal(base + term.value[len(DEFAULT_BASE) :], datatype=term.datatype)
        return term

    return Triple(node(triple.subject), node(triple.predicate), node(triple.object))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that stand for a term or concept: `name` is the term's local name or the concept's `scheme/name`."""

    words: str
    name: str


class Vocabulary:
    """The terms, concepts and cues of the ontology under one base.

    >>> vocabulary().term("componentOf")
    'https://w3id.org/isnad/ontology#componentOf'
    """

    def __init__(self, base: str, facts: tuple[Triple, ...]) -> None:
        self.base = base
        self._terms: dict[str, str] = {}
        self._concepts: dict[str, str] = {}
        self._objects: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._cues: dict[str, list[Cue]] = defaultdict(list)
        ns, concept = base + "ontology#", base + "concept/"
        for triple in facts:
            subject, predicate = str(triple.subject.value), str(triple.predicate.value)  # type: ignore[union-attr]
            if predicate == RDF + "type" and subject.startswith(ns):
                self._terms[subject[len(ns) :]] = subject
            elif predicate == SKOS + "inScheme":
                self._concepts[subject[len(concept) :]] = subject
            if isinstance(triple.object, NamedNode):
                self._objects[subject, predicate].append(triple.object.value)
            elif isinstance(triple.object, Literal) and predicate.startswith(ns) and predicate.lower().endswith("cue"):
                self._cues[predicate[len(ns) :]].append(Cue(triple.object.value, self._local(subject)))

    def _local(self, iri: str) -> str:
        """The name that Python uses for a term or concept."""
        for start in (self.base + "ontology#", self.base + "concept/"):
            if iri.startswith(start):
                return iri[len(start) :]
        return iri

    def term(self, name: str) -> str:
        """The IRI of a term; raises UnknownTerm with the nearest names."""
        return self._known(self._terms, name, "term")

    def concept(self, name: str) -> str:
        """The IRI of a concept such as `realis/asserted`; raises UnknownTerm with the nearest names."""
        return self._known(self._concepts, name, "concept")

    def _known(self, table: Mapping[str, str], name: str, what: str) -> str:
        if name not in table:
            near = difflib.get_close_matches(name, table, 3)
            raise UnknownTerm(f"The ontology has no {what} {name!r}." + (f" Did you mean {', '.join(near)}?" if near else ""))
        return table[name]

    @cache  # noqa: B019 - one vocabulary per base lives as long as the process
    def concepts(self, scheme: str) -> tuple[str, ...]:
        """The names of a scheme's concepts, sorted."""
        return tuple(sorted(name for name in self._concepts if name.startswith(scheme + "/")))

    @cache  # noqa: B019 - one vocabulary per base lives as long as the process
    def cues(self, annotation: str, of: str = "") -> tuple[Cue, ...]:
        """The cues stated by one annotation property, for the names that start with `of`, longest first."""
        self.term(annotation)
        found = [cue for cue in self._cues[annotation] if cue.name.startswith(of)]
        return tuple(sorted(found, key=lambda cue: (-len(cue.words), cue.words, cue.name)))

    def value(self, name: str, property_name: str) -> str | None:
        """The one object (local name) of a concept's or term's property within the ontology, or None."""
        subject = self._concepts.get(name) or self._terms.get(name) or name
        values = self._objects.get((subject, self.term(property_name)), [])
        return self._local(values[0]) if values else None

    @cache  # noqa: B019 - one vocabulary per base lives as long as the process
    def ancestors(self, name: str) -> frozenset[str]:
        """A class or property and all that stand above it, by rdfs:subClassOf and rdfs:subPropertyOf, within our namespace."""
        found, todo = {name}, [self.term(name)]
        while todo:
            here = todo.pop()
            for link in ("subClassOf", "subPropertyOf"):
                for above in self._objects.get((here, RDFS + link), []):
                    local = self._local(above)
                    if local in self._terms and local not in found:
                        found.add(local)
                        todo.append(above)
        return frozenset(found)

    def has_term(self, name: str) -> bool:
        """Whether the ontology defines a term of this name."""
        return name in self._terms

    def has_concept(self, name: str) -> bool:
        """Whether there is a concept of this name."""
        return name in self._concepts

    def types(self, name: str) -> tuple[str, ...]:
        """The classes of a term, such as owl:ObjectProperty, as IRIs."""
        return tuple(self._objects.get((self.term(name), RDF + "type"), ()))

    def broader(self, name: str) -> tuple[str, ...]:
        """The concepts above a concept by skos:broader, nearest first."""
        found: list[str] = []
        todo = [self.concept(name)]
        for here in todo:
            above = [iri for iri in self._objects.get((here, SKOS + "broader"), []) if self._local(iri) not in found]
            found += [self._local(iri) for iri in above]
            todo += above
        return tuple(found)

    def range_of(self, property_name: str) -> str | None:
        """The class that a property's range names, or None."""
        return self._own(property_name, "range")

    def domain_of(self, property_name: str) -> str | None:
        """The class that a property's domain names, or None."""
        return self._own(property_name, "domain")

    @cache  # noqa: B019 - one vocabulary per base lives as long as the process
    def _own(self, property_name: str, link: str) -> str | None:
        for name in sorted(self.ancestors(property_name), key=lambda n: (n != property_name, n)):
            for iri in self._objects.get((self.term(name), RDFS + link), []):
                return self._local(iri)
        return None


@cache
def vocabulary(base: str = DEFAULT_BASE) -> Vocabulary:
    """The vocabulary under a base, read once per process from the ontology's core and scheme files."""
    return Vocabulary(base, tuple(triples(ontology.core_files() + ontology.scheme_files(), base)))
