"""Each shape: the sound graph fits it, and each of its constraints is seen to fail on a graph that is wrong in just that."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad
from rdflib import RDF, SH, BNode, URIRef

import corpus
import ontology
from kg import settings, sources, validate
from kg.authority import authority
from kg.model import Raw
from kg.pipeline import Pipeline
from kg.terms import vocabulary
from kg.validate import Shapes
from kg.validate.graph import Graph
from tests.validate import making

SHAPES = making.shapes()
ALL = list(making.constraints(SHAPES))
ARTICLES = Path(__file__).resolve().parents[2].parent / "shared" / "articles"


def test_the_sound_graph_has_no_findings() -> None:
    assert validate.check(making.quads(making.sound())) == ()


@pytest.mark.parametrize(
    ("shape", "constraint", "value"),
    ALL,
    ids=[f"{shape}-{constraint}-{'list' if isinstance(value, BNode) else value}"[:60] for shape, constraint, value in ALL],
)
def test_each_constraint_is_seen_to_fail(shape: str, constraint: str, value: rdflib.term.Node) -> None:
    iri = URIRef(making.SHAPE + shape)
    data = making.sound()
    node = making.focus(SHAPES, iri, data)
    making.broken(constraint, value, SHAPES.value(iri, SH.path), SHAPES, node, data)
    if shape == "property-domain":
        node = making.OF_CLAIMS if constraint == "In" else making.OTHER
    found = [f for f in validate.check(making.quads(data)) if (f.node, f.shape, f.constraint) == (str(node), shape, constraint)]
    assert found
    assert all(str(node) in f.message and "{" not in f.message for f in found)


def test_only_constraints_that_are_seen_to_fail_are_used() -> None:
    used = {p for s, p in SHAPES.subject_predicates() if not isinstance(s, BNode)} - making.STRUCTURE
    assert used == making.PARAMETERS


def test_every_shape_has_a_target_and_one_message_that_names_its_node() -> None:
    for shape in {s for s in SHAPES.subjects() if not isinstance(s, BNode)}:
        assert list(SHAPES.objects(shape, SH.targetClass | SH.targetSubjectsOf | SH.targetObjectsOf)), shape
        (message,) = SHAPES.objects(shape, SH.message)
        assert str(message).startswith("{?this} "), shape
        assert message.language == "en"  # type: ignore[attr-defined]


def test_every_domain_and_range_of_what_is_claimed_has_a_shape() -> None:
    terms = rdflib.Graph()
    for file in ontology.core_files():
        terms.parse(file)
    words = vocabulary()
    claimable = {str(c).rsplit("#", 1)[-1] for c in SHAPES.items(SHAPES.value(URIRef(making.SHAPE + "property-domain"), SH["in"]))}
    targets = {str(t).removeprefix(making.SHAPE) for t in SHAPES.objects(None, SH.targetClass) if str(t).startswith(making.SHAPE)}
    wanted = {f"subject-{name}" for name in claimable}
    for term in terms.subjects(RDF.type, rdflib.OWL.ObjectProperty):
        name = str(term).rsplit("#", 1)[-1]
        if str(term).startswith(making.NS) and words.domain_of(name) in claimable and (reach := words.range_of(name)):
            wanted.add(f"object-{reach.rsplit('#', 1)[-1]}")
    assert wanted == targets


def test_terms_concepts_and_things_that_nobody_knows_are_found() -> None:
    data = making.sound()
    node = URIRef(making.BASE + "id/x/backed")
    data.set((node, RDF.predicate, URIRef(making.NS + "frobnicates")))
    data.set((node, URIRef(making.NS + "realis"), URIRef(making.BASE + "concept/realis/maybe")))
    data.set((node, URIRef(making.NS + "saidBy"), URIRef(making.BASE + "id/actor/nobody-at-all")))
    shapes = {f.shape for f in validate.check(making.quads(data))}
    assert shapes == {"claim-predicate", "property-domain", "claim-realis", "claim-speaker"}


def test_a_day_that_no_calendar_has_is_found() -> None:
    data = making.sound()
    data.set((URIRef(making.BASE + "id/x/time"), URIRef(making.NS + "anchor"), rdflib.Literal("2024-02-31", datatype=rdflib.XSD.date)))
    (found,) = validate.check(making.quads(data))
    assert (found.shape, found.constraint, found.value) == ("time-anchor", "Datatype", "2024-02-31")


def test_the_graph_made_for_checking_answers_as_rdflibs_own(monkeypatch: pytest.MonkeyPatch) -> None:
    data = making.sound()
    for name in ("quote", "count", "step", "leads"):
        data.remove((URIRef(making.BASE + "id/x/" + name), RDF.type, None))
    for name in ("time", "backed"):
        data.remove((URIRef(making.BASE + "id/x/" + name), URIRef(making.NS + "words" if name == "time" else making.NS + "evidence"), None))
    found = validate.check(making.quads(data))
    assert len(found) > 5

    def plain(triples: Iterable[tuple[Any, Any, Any]]) -> rdflib.Graph:
        graph = rdflib.Graph()
        for triple in triples:
            graph.add(triple)
        return graph

    monkeypatch.setattr("kg.validate.graph.Graph", plain)
    assert Shapes(settings.DEFAULT_BASE, vocabulary(), authority()).check(making.quads(data)) == found
    own = Graph(data)
    assert len(own) == len(data)
    some = min(data)
    for pattern in itertools.product(*((node, None) for node in some)):
        assert set(own.triples(pattern)) == set(data.triples(pattern))


def test_the_shapes_move_with_the_base() -> None:
    other = "https://example.org/kg/"

    def moved(node: object) -> object:
        known = isinstance(node, NamedNode) and node.value.startswith(making.BASE)
        return NamedNode(other + node.value.removeprefix(making.BASE)) if known else node  # type: ignore[attr-defined]

    data = making.sound()
    assert validate.check([Quad(*map(moved, q)) for q in making.quads(data)], other) == ()  # type: ignore[arg-type]
    data.remove((URIRef(making.BASE + "id/x/quote"), URIRef("http://www.w3.org/ns/oa#exact"), None))
    (found,) = validate.check([Quad(*map(moved, q)) for q in making.quads(data)], other)  # type: ignore[arg-type]
    assert (found.node, found.shape, found.constraint) == (other + "id/x/quote", "quote-exact", "MinCount")


# -- real articles -------------------------------------------------------------------------------------------------------------------


def read(path: Path) -> list[frozenset[Quad]]:
    """The graphs of a folder's articles, of which nothing was set aside."""
    pipeline = Pipeline(settings.read({}, store="memory:"))
    articles = [pipeline.read(raw) for raw in sources.gather([path], None, 20_000_000) if isinstance(raw, Raw)]
    assert len(articles) == 5
    assert [article.reasons for article in articles] == [()] * 5
    return [article.quads for article in articles]


def test_the_corpus_has_no_findings_and_the_shapes_know_all_that_it_writes() -> None:
    graphs = read(corpus.PATH)
    assert [validate.check(graph) for graph in graphs] == [()] * len(graphs)
    paths = {str(p) for p in SHAPES.objects(None, SH.path | SH.path / SH.alternativePath | RDF.first | SH.inversePath)}
    assert {q.predicate.value for graph in graphs for q in graph} - paths == {str(RDF.type)}
    targets = {str(c) for c in SHAPES.objects(None, SH.targetClass)}
    words = vocabulary()
    for graph in graphs:
        for q in graph:
            if q.predicate.value == str(RDF.type):
                above = {making.NS + name for name in words.ancestors(q.object.value.removeprefix(making.NS))}  # type: ignore[union-attr]
                assert above & (targets | {making.NS + "Targetable"}), q


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles in ../shared are not here")
def test_the_articles_have_no_findings() -> None:
    assert [validate.check(graph) for graph in read(ARTICLES)] == [()] * 5
