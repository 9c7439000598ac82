"""What stands in a store, for the tests of judgements."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, Store

from kg.ids import Ids
from kg.store import embedded
from kg.terms import vocabulary

IDS, WORDS = Ids(), vocabulary()
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def claim(folder: Path, predicate: str, realis: str = "asserted", article: str = "") -> str:
    """The first claim of a property with this realis, in the snapshot; the one of an article where there are several."""
    store = Store.read_only(str(embedded.snapshot(folder)))
    found = store.quads_for_pattern(None, NamedNode(RDF + "predicate"), NamedNode(WORDS.term(predicate)), None)
    node = NamedNode(WORDS.concept(f"realis/{realis}"))
    iris = [
        q.subject.value
        for q in found
        if "/article/" in q.graph_name.value and next(store.quads_for_pattern(q.subject, None, node, None), None)
    ]
    there = [
        iri for iri in sorted(iris) if next(store.quads_for_pattern(NamedNode(iri), None, None, None)).graph_name.value.endswith(article)
    ]
    return there[0]


def events(folder: Path) -> dict[str, list[str]]:
    """The tellings of each event."""
    store = Store.read_only(str(embedded.snapshot(folder)))
    found: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(None, NamedNode(WORDS.term("refersTo")), None, NamedNode(IDS.graph("fusion"))):
        found.setdefault(quad.object.value, []).append(quad.subject.value)
    return found


def strikes(folder: Path) -> list[str]:
    """The events that the two reports of the strike tell."""
    store = Store.read_only(str(embedded.snapshot(folder)))
    victims = {
        q.subject.value
        for q in store.quads_for_pattern(None, NamedNode(RDF + "object"), NamedNode(IDS.thing("actor", "qasem-soleimani")), None)
    }
    told = {q.object.value for c in victims for q in store.quads_for_pattern(NamedNode(c), NamedNode(RDF + "subject"), None, None)}
    return sorted(event for event, tellings in events(folder).items() if told & set(tellings))
