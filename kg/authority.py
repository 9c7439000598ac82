"""The known things: curated actors, places and outlets with all their names, and the regional gazetteer.

Curated things come from `ontology/authority/*.ttl`, towns and governorates from `ontology/gazetteer/places.csv`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

import ontology
from kg.settings import DEFAULT_BASE
from kg.terms import RDF, SKOS, triples, vocabulary

NAME_KINDS: Final = {
    SKOS + "prefLabel": "preferred",
    SKOS + "altLabel": "alternative",
    SKOS + "hiddenLabel": "hidden",
}
"""The labels by which a thing is found, and how sure each is."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a thing: `kind` is preferred, alternative, hidden, adjective ("Iraqi") or metonym ("Baghdad" for the state)."""

    words: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Thing:
    """One known thing: its IRI, the classes it belongs to (with those above them), its names, and the places it lies within.

    `kinds` are a place's kinds (concepts of place-kind), `country` the place that an actor belongs to, `region` the self-governing one in it.
    """

    iri: str
    classes: frozenset[str]
    names: tuple[Name, ...]
    within: tuple[str, ...] = ()
    curated: bool = True
    kinds: tuple[str, ...] = ()
    country: str | None = None
    region: str | None = None

    @property
    def label(self) -> str:
        """The preferred English name."""
        return next((n.words for n in self.names if n.kind == "preferred" and n.language == "en"), self.iri.rsplit("/", 1)[-1])


class Authority:
    """All known things by IRI, under one base."""

    def __init__(self, things: Iterator[Thing]) -> None:
        self.things = {thing.iri: thing for thing in things}
        self._states = {thing.label: thing.iri for thing in self.things.values() if "State" in thing.classes}

    def __getitem__(self, iri: str) -> Thing:
        return self.things[iri]

    def __contains__(self, iri: object) -> bool:
        return iri in self.things

    def is_a(self, iri: str, class_name: str) -> bool:
        """Whether a known thing belongs to a class."""
        return iri in self.things and class_name in self.things[iri].classes

    def named(self, name: str, class_name: str) -> list[str]:
        """The things of a class that bear a name, letter for letter but for case, sorted."""
        return sorted(iri for iri in self._named.get(name.casefold(), ()) if class_name in self.things[iri].classes)

    @cached_property
    def _named(self) -> Mapping[str, frozenset[str]]:
        """The things that bear each name, in lower case."""
        found: dict[str, set[str]] = defaultdict(set)
        for thing in self.things.values():
            for name in thing.names:
                found[name.words.casefold()].add(thing.iri)
        return {name: frozenset(things) for name, things in found.items()}

    def state_of(self, iri: str) -> str | None:
        """The state that a thing is, or is at home in: an actor by its country, a country by its name; None where neither is known."""
        if self.is_a(iri, "State"):
            return iri
        thing = self.things.get(iri)
        home = self.things.get(thing.country) if thing and thing.country else thing
        return self._states.get(home.label) if home else None

    def wider(self, place: str) -> frozenset[str]:
        """The places that a place lies within, at any distance."""
        found: set[str] = set()
        todo = list(self.things[place].within) if place in self.things else []
        while todo:
            here = todo.pop()
            if here not in found and here in self.things:
                found.add(here)
                todo.extend(self.things[here].within)
        return frozenset(found)


def _curated(base: str) -> Iterator[Thing]:
    """The things of the authority's Turtle files that have names and one of our classes."""
    words = vocabulary(base)
    ns = base + "ontology#"
    kinds = dict(NAME_KINDS) | {words.term("adjective"): "adjective", words.term("metonym"): "metonym"}
    classes: dict[str, set[str]] = defaultdict(set)
    names: dict[str, list[Name]] = defaultdict(list)
    within: dict[str, list[str]] = defaultdict(list)
    kind_of: dict[str, list[str]] = defaultdict(list)
    country: dict[str, str] = {}
    region: dict[str, str] = {}
    for triple in triples(ontology.authority_files(), base):
        subject, predicate, value = str(triple.subject.value), str(triple.predicate.value), triple.object  # type: ignore[union-attr]
        if isinstance(value, Literal) and predicate in kinds:
            names[subject].append(Name(value.value, kinds[predicate], value.language or "en"))
        elif isinstance(value, NamedNode) and predicate == RDF + "type" and value.value.startswith(ns):
            classes[subject] |= words.ancestors(value.value[len(ns) :])
        elif isinstance(value, NamedNode) and predicate == words.term("within"):
            within[subject].append(value.value)
        elif isinstance(value, NamedNode) and predicate == words.term("placeKind"):
            kind_of[subject].append(value.value.removeprefix(base + "concept/"))
        elif isinstance(value, NamedNode) and predicate == words.term("country"):
            country[subject] = value.value
        elif isinstance(value, NamedNode) and predicate == words.term("homeRegion"):
            region[subject] = value.value
    for iri in sorted(names):
        if classes[iri]:
            yield Thing(
                iri,
                frozenset(classes[iri]),
                tuple(names[iri]),
                tuple(within[iri]),
                kinds=tuple(kind_of[iri]),
                country=country.get(iri),
                region=region.get(iri),
            )


@dataclass(frozen=True, slots=True)
class Town:
    """One place of the gazetteer: `id` and `parent` are the last parts of place IRIs, `kind` a concept of place-kind, figures are None if unknown."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    parent: str
    latitude: str | None
    longitude: str | None


def towns() -> Iterator[Town]:
    """The gazetteer's rows."""
    for file in ontology.gazetteer_files():
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                names = tuple(name for name in row["names"].split("|") if name)
                yield Town(
                    row["id"],
                    row["name"],
                    names,
                    f"place-kind/{row['kind']}",
                    row["parent"],
                    row["latitude"] or None,
                    row["longitude"] or None,
                )


def _gazetteer(base: str) -> Iterator[Thing]:
    """The places of the gazetteer as things."""
    classes, start = vocabulary(base).ancestors("Place"), base + "id/place/"
    for town in towns():
        names = (Name(town.name, "preferred", "en"), *(Name(name, "alternative", language(name)) for name in town.names))
        yield Thing(start + town.id, classes, names, (start + town.parent,) if town.parent else (), curated=False, kinds=(town.kind,))


def language(name: str) -> str:
    """The language of a gazetteer's name by its script: ar, he, or en for Latin letters."""
    return "ar" if any("\u0600" <= c <= "\u06ff" for c in name) else "he" if any("\u0590" <= c <= "\u05ff" for c in name) else "en"


@cache
def authority(base: str = DEFAULT_BASE) -> Authority:
    """The known things under a base, read once per process."""

    def all_things() -> Iterator[Thing]:
        yield from _curated(base)
        yield from _gazetteer(base)

    return Authority(all_things())
