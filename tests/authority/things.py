"""The authority file as values, and what is wrong with them: each check gives the faults it finds."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

BASE = "https://w3id.org/isnad/"
ISNAD = BASE + "ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
WIKIDATA = "http://www.wikidata.org/entity/"
LABELS = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")

# Rough boxes (south, north, west, east) that hold each country.
BOXES = {
    "iraq": (29.0, 37.5, 38.7, 48.8),
    "syria": (32.2, 37.4, 35.5, 42.5),
    "jordan": (29.1, 33.4, 34.8, 39.4),
    "iran": (24.8, 39.9, 43.9, 63.5),
    "israel": (29.3, 33.5, 34.1, 35.95),
    "palestine": (31.1, 32.7, 34.1, 35.7),
    "lebanon": (33.0, 34.8, 35.0, 36.7),
    "yemen": (11.9, 19.1, 41.5, 55.0),
}


@dataclass(frozen=True)
class Thing:
    """A curated thing: what the file says of it, values by property."""

    address: str
    values: dict[str, list[ox.NamedNode | ox.Literal]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """actor or place."""
        return self.address.removeprefix(BASE + "id/").split("/")[0]

    def texts(self, *properties: str) -> list[str]:
        return [v.value for p in properties for v in self.values.get(p, [])]


@dataclass(frozen=True)
class Claim(Thing):
    """A background claim."""

    def one(self, term: str) -> str:
        (value,) = self.texts(term)
        return value


def fold(label: str) -> str:
    """The label without case, accents, apostrophes and hyphens."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", label) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", re.sub(r"['’‘ʿʾ`]", "", plain.casefold())).strip()


def things(store: ox.Store) -> dict[str, Thing]:
    return {a: Thing(a, v) for a, v in _subjects(store).items() if re.match(BASE + "id/(actor|place)/", a)}


def claims(store: ox.Store) -> dict[str, Claim]:
    prefix = BASE + "id/claim/background/"
    return {a.removeprefix(prefix): Claim(a, v) for a, v in _subjects(store).items() if a.startswith(prefix)}


def _subjects(store: ox.Store) -> dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]:
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in store:
        found[quad.subject.value][quad.predicate.value].append(quad.object)
    return found


def unlabelled(known: Iterable[Thing]) -> list[str]:
    """Things without exactly one English preferred label, or without a type or definition."""
    return [
        t.address
        for t in known
        if [v.language for v in t.values.get(LABELS[0], []) if v.language == "en"] != ["en"]
        or not t.values.get(RDF + "type")
        or not t.values.get(SKOS + "definition")
    ]


def clashes(known: Iterable[Thing], *more: str) -> dict[tuple[str, str], set[str]]:
    """(kind, folded label) -> the several things of that kind that it leads to."""
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for thing in known:
        for label in thing.texts(*LABELS, *more):
            bearers[thing.kind, fold(label)].add(thing.address)
    return {key: found for key, found in bearers.items() if len(found) > 1}


def links(known: Iterable[Thing]) -> dict[str, list[str]]:
    """Wikidata id -> the things that are linked with it as exactly the same."""
    found: dict[str, list[str]] = defaultdict(list)
    for thing in known:
        for link in thing.texts(SKOS + "exactMatch"):
            found[link.removeprefix(WIKIDATA)].append(thing.address)
    return found


def country_of(place: str, known: dict[str, Thing]) -> str | None:
    """The country of BOXES that the place lies in, through its parents."""
    name = place.removeprefix(BASE + "id/place/")
    if name in BOXES:
        return name
    parents = known[place].texts(ISNAD + "within")
    return country_of(parents[0], known) if parents else None


def outside(latitude: float, longitude: float, country: str) -> bool:
    """Whether the point lies outside the country's box."""
    south, north, west, east = BOXES[country]
    return not (south <= latitude <= north and west <= longitude <= east)


def displaced(known: dict[str, Thing]) -> list[str]:
    """Places whose coordinates lie outside their country's box, or whose point differs from their figures."""
    faults = []
    for thing in known.values():
        latitude, longitude = thing.texts(ISNAD + "latitude"), thing.texts(ISNAD + "longitude")
        wkt = thing.texts("http://www.opengis.net/ont/geosparql#asWKT")
        if not latitude + longitude + wkt:
            continue
        country = country_of(thing.address, known)
        if wkt != [f"POINT({longitude[0]} {latitude[0]})"] or (country and outside(float(latitude[0]), float(longitude[0]), country)):
            faults.append(thing.address)
    return faults
