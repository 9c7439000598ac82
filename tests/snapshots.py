"""Small snapshot folders for the tests, made the way that the store makes them: a store, filled, backed up."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

BASE = "https://w3id.org/isnad/"
ACTOR = f"{BASE}id/actor/"
TERM = f"{BASE}ontology#"
FACTS = f"{BASE}graph/facts"
AUTHORITY = f"{BASE}graph/authority"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def quad(subject: str, predicate: str, thing: NamedNode | Literal, graph: str | None = None) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), thing, NamedNode(graph) if graph else DefaultGraph())


FEW = (
    quad(f"{ACTOR}badr", f"{TERM}componentOf", NamedNode(f"{ACTOR}pmf"), FACTS),
    quad(f"{ACTOR}kataib", f"{TERM}componentOf", NamedNode(f"{ACTOR}pmf"), FACTS),
    quad(f"{ACTOR}badr", LABEL, Literal("Badr Organization", language="en"), AUTHORITY),
    quad(f"{ACTOR}badr", LABEL, Literal("منظمة بدر", language="ar"), AUTHORITY),
    quad(f"{ACTOR}kataib", LABEL, Literal('Kata\'ib "Hezbollah" <b>, & more\nlines\tand tabs', language="en"), AUTHORITY),
    quad(f"{ACTOR}badr", f"{TERM}hasStrength", Literal(20000), FACTS),
    quad("http://example.org/plain", LABEL, Literal("in the default graph"), None),
)
"""Two groups of the PMF with their labels, in two graphs, and one triple in the default graph."""


def snapshot(folder: Path, quads: Iterable[Quad] = FEW) -> Path:
    """A snapshot folder below `folder` that holds these quads."""
    store = Store(str(folder / "store"))
    store.extend(quads)
    store.backup(str(folder / "snapshot"))
    return folder / "snapshot"


def cross_product(variables: int) -> str:
    """A group pattern with 10 ** variables solutions."""
    return " ".join(f"VALUES ?v{number} {{ 0 1 2 3 4 5 6 7 8 9 }}" for number in range(variables))
