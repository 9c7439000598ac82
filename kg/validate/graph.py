"""A graph that answers quickly the few questions that pyshacl puts: values of a property, their bearers, who bears a property at all.

rdflib's own store keeps contexts and three indexes for every triple and spends most of a validation on them; an article's graph is made once, read
some ten thousand times, and thrown away. This one is an `rdflib.Graph` for reading and adding; nothing is ever removed from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import rdflib

Node = Any
"""A node of rdflib; Graph's own signatures are wider than what is asked here."""


class Graph(rdflib.Graph):
    """Triples by subject and property, by object and property, and by property."""

    def __init__(self, triples: Iterable[tuple[Node, Node, Node]] = ()) -> None:
        super().__init__(bind_namespaces="none")
        self._objects: dict[tuple[Node, Node], list[Node]] = defaultdict(list)
        self._subjects: dict[tuple[Node, Node], list[Node]] = defaultdict(list)
        self._pairs: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
        self._said: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
        for triple in triples:
            self.add(triple)

    def add(self, triple: tuple[Node, Node, Node]) -> Graph:
        """Adds a triple, unless it is there."""
        subject, predicate, value = triple
        values = self._objects[subject, predicate]
        if value not in values:
            values.append(value)
            self._subjects[value, predicate].append(subject)
            self._pairs[predicate].append((subject, value))
            self._said[subject].append((predicate, value))
        return self

    def objects(self, subject: Node = None, predicate: Node = None, unique: bool = False) -> Any:
        """The values of a subject's property."""
        if subject is None or predicate is None:
            return super().objects(subject, predicate, unique)
        return iter(self._objects.get((subject, predicate), ()))

    def subjects(self, predicate: Node = None, object: Node = None, unique: bool = False) -> Any:
        """Those that bear a property with a value."""
        if object is None or predicate is None:
            return super().subjects(predicate, object, unique)
        return iter(self._subjects.get((object, predicate), ()))

    def subject_objects(self, predicate: Node = None, unique: bool = False) -> Any:
        """All pairs that a property joins."""
        return super().subject_objects(predicate, unique) if predicate is None else iter(self._pairs.get(predicate, ()))

    def predicate_objects(self, subject: Node = None, unique: bool = False) -> Any:
        """All that is said of a subject."""
        return super().predicate_objects(subject, unique) if subject is None else iter(self._said.get(subject, ()))

    def triples(self, triple: Any) -> Any:
        """The triples that fit a pattern, in which None fits everything."""
        subject, predicate, value = triple
        if subject is not None:
            pairs = ((subject, p, o) for p, o in self._said.get(subject, ()) if predicate is None or p == predicate)
        elif predicate is not None:
            pairs = ((s, predicate, o) for s, o in self._pairs.get(predicate, ()))
        else:
            pairs = ((s, p, o) for p, both in self._pairs.items() for s, o in both)
        return (found for found in pairs if value is None or found[2] == value)

    def __len__(self) -> int:
        return sum(map(len, self._pairs.values()))
