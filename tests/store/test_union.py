"""Over the union of graphs that overlap no row is given twice: against rdflib's own over the set of all triples."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Store, serialize

from kg.store import union
from kg.store.embedded import Writer, snapshot
from kg.store.version import FORMAT, Version
from tests.snapshots import BASE

VERSION = Version(FORMAT, BASE, "vocabulary", "policy")
EX = "http://example.org/"
MADE = [f"{BASE}graph/{name}" for name in ("facts", "authority", "article/1")]
USERS = [f"{EX}mine", f"{EX}other", None]

QUERIES = {
    "all": "SELECT ?s ?p ?o { ?s ?p ?o }",
    "count": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "count by": "SELECT ?s (COUNT(?o) AS ?n) { ?s ex:p0 ?o } GROUP BY ?s",
    "sum": "SELECT (SUM(?v) AS ?n) (AVG(?v) AS ?m) { ?s ex:v ?v }",
    "join": "SELECT ?a ?c { ?a ex:p0 ?b . ?b ex:p1 ?c }",
    "star": "SELECT ?s (SUM(?v) AS ?n) { ?s ex:p0 ?o ; ex:p1 ?u ; ex:v ?v } GROUP BY ?s",
    "optional": "SELECT ?s ?v ?o { ?s ex:v ?v OPTIONAL { ?s ex:p1 ?o FILTER(?o != ex:n1) } }",
    "exists": "SELECT ?s ?o { ?s ex:p0 ?o FILTER EXISTS { ?o ex:p1 ?x } }",
    "not exists": "SELECT ?s ?o { ?s ex:p0 ?o FILTER NOT EXISTS { ?o ex:p1 ?x } }",
    "minus": "SELECT ?s ?o { ?s ex:p0 ?o MINUS { ?o ex:p1 ?x } }",
    "sequence": "SELECT ?a ?c { ?a ex:p0/ex:p1 ?c }",
    "alternative": "SELECT ?a ?c { ?a ex:p0|ex:p1 ?c }",
    "plus": "SELECT ?a ?c { ?a ex:p0+ ?c }",
    "star path": "SELECT ?c { ex:n1 (ex:p0|^ex:p1)* ?c }",
    "negated": "SELECT ?a ?c { ?a !(ex:p0|ex:v) ?c }",
    "inverse": "SELECT ?a ?c { ?a ^ex:p0 ?c }",
    "subquery": "SELECT ?s ?n { { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s } ?s ex:p1 ?x }",
    "union": "SELECT ?s ?o { { ?s ex:p0 ?o } UNION { ?s ex:p0 ?o } }",
    "values": "SELECT ?s ?o { VALUES ?s { ex:n1 ex:n2 } ?s ?p ?o }",
    "concat": "SELECT ?s (COUNT(DISTINCT ?o) AS ?n) (MAX(?v) AS ?m) { ?s ex:p0 ?o OPTIONAL { ?s ex:v ?v } } GROUP BY ?s",
}


def quads(seed: int) -> Iterator[Quad]:
    """Made graphs that are disjoint, and users' graphs that hold copies of their triples, of one another's, and some of their own."""
    drawn = random.Random(seed)

    def triple() -> tuple[NamedNode, NamedNode, NamedNode | Literal]:
        subject = NamedNode(f"{EX}n{drawn.randrange(9)}")
        if drawn.random() < 0.3:
            return subject, NamedNode(f"{EX}v"), Literal(drawn.randrange(5))
        return subject, NamedNode(f"{EX}p{drawn.randrange(3)}"), NamedNode(f"{EX}n{drawn.randrange(9)}")

    known = sorted({triple() for _ in range(60)}, key=str)
    for each in known:
        yield Quad(*each, NamedNode(drawn.choice(MADE)))
    for graph in USERS:
        for each in (*drawn.sample(known, 25), *(triple() for _ in range(10))):
            yield Quad(*each, NamedNode(graph) if graph else DefaultGraph())


def store_of(folder: Path, found: list[Quad]) -> Path:
    with Writer(folder, VERSION) as writer:
        writer.initialise([])
        writer.changing().note_users(None)
        writer.database.extend(found)
        writer.publish()
    return snapshot(folder)


SETS = ("alternative", "star path")
"""Rows that the engine gives once where rdflib gives them once for each way: it is asked itself, over a store of one graph."""


def rows(query: str, store: Store, flag: bool = False) -> Counter[tuple[object, ...]]:
    """The solutions of a query, as a bag."""
    results = store.query(f"PREFIX ex: <{EX}> {query}", use_default_graph_as_union=flag)
    bindings = json.loads(results.serialize(format=QueryResultsFormat.JSON) or b"")
    return Counter(_row(row, bindings["head"]["vars"]) for row in bindings["results"]["bindings"])


def _row(row: dict[str, dict[str, str]], names: list[str]) -> tuple[object, ...]:
    return tuple(_value(row[name]["value"]) if name in row else None for name in names)


def _value(text: str) -> object:
    try:
        return round(float(text), 6)
    except ValueError:
        return text


def expected(query: str, found: list[Quad]) -> Counter[tuple[object, ...]]:
    graph = rdflib.Graph()
    graph.parse(data=serialize({quad.triple for quad in found}, format=RdfFormat.N_TRIPLES), format="nt")
    results = graph.query(f"PREFIX ex: <{EX}> {query}")
    return Counter(tuple(None if v is None else _value(str(v)) for v in row) for row in results)  # type: ignore[union-attr]


@pytest.fixture(scope="module", params=[1, 2])
def overlapping(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Quad], Path]:
    found = sorted(set(quads(request.param)), key=str)
    return found, store_of(tmp_path_factory.mktemp("overlapping"), found)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_the_union_is_a_set(overlapping: tuple[list[Quad], Path], query: str) -> None:
    found, shown = overlapping
    beside = union.beside(shown)
    assert beside is not None
    given = rows(query, Store.read_only(str(beside)))
    one = Store()
    one.extend({Quad(quad.subject, quad.predicate, quad.object) for quad in found})
    assert given == rows(query, one)
    if query not in [QUERIES[name] for name in SETS]:
        assert given == expected(query, found)


def test_the_engines_own_union_would_repeat_rows(overlapping: tuple[list[Quad], Path]) -> None:
    found, shown = overlapping
    assert rows(QUERIES["sum"], Store.read_only(str(shown)), flag=True) != expected(QUERIES["sum"], found)


def test_graphs_by_name_are_as_they_were(overlapping: tuple[list[Quad], Path]) -> None:
    found, shown = overlapping
    beside = union.beside(shown)
    assert beside is not None
    for query in (
        "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?g { GRAPH ?g {} }",
        "SELECT ?g ?s { ?s ex:p0 ?o GRAPH ?g { ?o ?p ?x } }",
    ):
        graphs = rows(query, Store.read_only(str(beside)))
        assert {row[0] for row in graphs} == {*MADE, *USERS[:2]}
    assert rows("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }", Store.read_only(str(beside))).total() == sum(
        quad.graph_name != DefaultGraph() for quad in found
    )
    plain = {quad.triple for quad in Store.read_only(str(shown)).quads_for_pattern(None, None, None, DefaultGraph())}
    assert plain == {quad.triple for quad in found if quad.graph_name == DefaultGraph()}


def a(number: int, graph: str | None) -> Quad:
    return Quad(NamedNode(f"{EX}a{number}"), NamedNode(f"{EX}p"), Literal(number), NamedNode(graph) if graph else DefaultGraph())


class Steps:
    """Changes of a store, after each of which the union is that of its graphs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def made(self, removed: list[Quad], added: list[Quad]) -> bool:
        with Writer(self.folder, VERSION) as writer:
            writer.apply(removed, added)
            return self.check(writer)

    def users(self, removed: list[Quad], added: list[Quad], *, told: bool = False) -> bool:
        with Writer(self.folder, VERSION) as writer:
            since = writer.changing()
            if told:
                since.note([*removed, *added])
            else:
                since.note_users(None)
            for quad in removed:
                writer.database.remove(quad)
            writer.database.extend(added)
            return self.check(writer)

    def check(self, writer: Writer) -> bool:
        writer.publish()
        beside = union.beside(snapshot(self.folder))
        if beside is not None:
            united = Store.read_only(str(beside))
            whole = {quad.triple for quad in writer.database}
            assert {q.triple for q in united.quads_for_pattern(None, None, None, DefaultGraph())} == whole
            assert {q for q in united if q.graph_name != DefaultGraph()} == {q for q in writer.database if q.graph_name != DefaultGraph()}
        return beside is not None


@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_the_union_is_that_of_the_graphs(tmp_path: Path, seed: int) -> None:
    drawn, steps = random.Random(seed), Steps(tmp_path)
    there: set[Quad] = set()
    for _ in range(12):
        graphs: list[str | None] = [MADE[0], MADE[1]] if drawn.random() < 0.3 else list(USERS)
        removed = [q for q in sorted(there, key=str) if q.graph_name in {a(0, g).graph_name for g in graphs} and drawn.random() < 0.3]
        added = [a(drawn.randrange(6), drawn.choice(graphs)) for _ in range(drawn.randrange(5))]
        added = [q for q in added if q not in removed]
        if graphs[0] in MADE:
            known = {q.triple for q in there - {*removed} if str(q.graph_name.value if isinstance(q.graph_name, NamedNode) else "") in MADE}
            added = [q for q in dict.fromkeys(added) if q.triple not in known and known.add(q.triple) is None]  # type: ignore[func-returns-value]
            steps.made(removed, added)
        else:
            steps.users(removed, added, told=drawn.random() < 0.5)
        there = there - {*removed} | {*added}


def test_the_union_comes_and_goes_with_overlaps(tmp_path: Path) -> None:
    """Whoever makes a triple stand in two graphs, and whoever takes it away."""
    steps = Steps(tmp_path)
    made, users = steps.made, steps.users
    one, other = MADE[0], USERS[0]
    assert not made([], [a(1, one), a(2, one)])
    assert not users([], [a(3, other)])
    assert not users([], [a(4, None)])
    assert users([], [a(1, other)])
    assert users([], [a(5, other), a(6, None), a(2, None)])
    assert made([a(1, one)], [a(7, one), a(5, one)])
    assert users([a(5, other), a(2, None)], []) is False
    assert made([], [a(4, one)])
    assert made([a(4, one)], [a(8, one)]) is False
    assert made([], [a(3, one)])
    assert users([], [a(number, other) for number in range(20, 40)])
    assert users([a(3, other)], []) is False


def test_a_writer_that_was_killed_leaves_no_overlap_unseen(tmp_path: Path) -> None:
    store_of(tmp_path, [a(1, MADE[0]), a(2, USERS[0])])
    assert union.beside(snapshot(tmp_path)) is None
    with Writer(tmp_path, VERSION) as writer:  # gone before it showed anything
        writer.changing().note_users(None)
        writer.database.extend([a(1, USERS[0])])
    with Writer(tmp_path, VERSION) as writer:
        writer.apply([], [a(3, MADE[0])])
        writer.publish()
    assert union.beside(snapshot(tmp_path)) is not None
