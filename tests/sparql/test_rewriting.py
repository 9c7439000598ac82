"""Rewritten trees against the engine: what it answers then is what the recommendation says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, QueryBoolean, QueryTriples, Store

from kg.errors import QueryTooLarge
from kg.sparql.guard import admit
from kg.sparql.parser import parse_query, parse_update
from kg.sparql.printer import show
from kg.sparql.rewriting import rewritten, unknown_functions
from kg.sparql.traversal import walk
from kg.sparql.tree import Query, Service
from tests.sparql.w3c import Case, canonical, cases, comparable, expected, load, needs_suites

PREFIXES = {"": "http://example.org/", "xsd": "http://www.w3.org/2001/XMLSchema#"}
GRAPHS = ("one", "two", "three", "empty")

Row = frozenset[tuple[str, str]]


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.update(
        """PREFIX : <http://example.org/> INSERT DATA {
            :d :p :o . :o :q 1 .
            GRAPH :one { :x :p :o , :o2 . :o :q 5 }
            GRAPH :two { :y :p :z . :z :p :o ; :q 7 . :two :p :one }
            GRAPH :three { :k :r :o , 2 , 3 }
        } ; CREATE GRAPH :empty"""
    )
    return made


def rows(store: Store, text: str) -> list[Row]:
    """The solutions, each with the values of its bound variables, in an order of their own."""
    query = parse_query(text, PREFIXES)
    solutions = store.query(show(rewritten(query)))
    names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]
    return sorted(
        (frozenset((name, str(term)) for name, term in zip(names, row, strict=True) if term is not None) for row in solutions), key=sorted
    )


def found(store: Store, text: str) -> list[dict[str, str]]:
    """The solutions with IRIs without our namespace and the values of literals."""

    def short(value: str) -> str:
        literal = re.match('"(.*)"', value)
        return literal[1] if literal else value.removeprefix("<http://example.org/").rstrip(">")

    return [{name: short(value) for name, value in row} for row in rows(store, text)]


# GRAPH ?g

PATTERNS = [
    "?s ?p ?o",
    "?s :p ?o OPTIONAL { ?o :q ?n }",
    "OPTIONAL { ?s :q ?o }",
    "BIND (1 AS ?x)",
    "VALUES ?x { 1 2 }",
    "VALUES ?s { :x :y } OPTIONAL { ?s :p ?o }",
    "{ VALUES ?s { :x :y } OPTIONAL { ?s :p ?o } } { BIND (1 AS ?x) }",
    "{ ?s :p ?o } UNION { VALUES ?s { :x } }",
    "VALUES ?s { :x :z } MINUS { ?s :q ?n }",
    "GRAPH :two { ?s :p ?o }",
    "GRAPH ?h { ?s :r ?o }",
    "{ ?s :p ?o } UNION { ?s :r ?o }",
    "{ ?s :p ?o } UNION { BIND (1 AS ?x) }",
    "?s ?p ?o MINUS { ?a :r ?b }",
    "?s ?p ?o MINUS { ?s :q ?b }",
    "?s ?p ?o FILTER NOT EXISTS { ?a :r ?b }",
    "?s ?p ?o FILTER EXISTS { SELECT (COUNT(*) AS ?n) { ?a :r ?b } HAVING (COUNT(*) > 1) }",
    "SELECT ?s { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o }",
    "SELECT DISTINCT ?p { ?s ?p ?o }",
    "SELECT DISTINCT ?p { ?s ?p ?o } ORDER BY ?p LIMIT 1",
    "SELECT ?o { ?s ?p ?o } ORDER BY ?o OFFSET 1",
    "SELECT (COUNT(*) AS ?n) { ?s :p ?o }",
    "SELECT (COUNT(?o) + 1 AS ?n) (SUM(?o) AS ?m) (AVG(?o) AS ?l) { ?s :r ?o FILTER (?o > 1) }",
    "SELECT (MAX(?o) AS ?n) (GROUP_CONCAT(?o) AS ?m) (COUNT(1) AS ?l) (SAMPLE(2) AS ?k) { ?s :q ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } HAVING (COUNT(*) > 1)",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p HAVING (COUNT(*) > 1)",
    "?s ?p ?o { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }",
    "?s :p ?o { SELECT ?o { { SELECT ?o (COUNT(*) AS ?n) { ?s :p ?o } GROUP BY ?o } } }",
    "?s :p* :o",
    ":nowhere :p* ?s",
    ":nowhere :p? :nowhere",
    "?s :p+ :o",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_graph_by_variable_is_each_graph_in_turn(store: Store, pattern: str) -> None:
    """Section 18.5: the solutions in each named graph, joined with its name."""
    in_turn = [
        row | {("g", str(NamedNode(PREFIXES[""] + name)))}
        for name in GRAPHS
        for row in rows(store, f"SELECT * {{ GRAPH :{name} {{ {pattern} }} }}")
    ]
    assert rows(store, f"SELECT * {{ GRAPH ?g {{ {pattern} }} }}") == sorted(in_turn, key=sorted)


@settings(max_examples=40)
@given(st.lists(st.sampled_from([pattern for pattern in PATTERNS if not pattern.startswith("BIND")]), min_size=1, max_size=3))
def test_parts_of_a_graph_by_variable_are_joined_within_it(store: Store, patterns: list[str]) -> None:
    inside = " ".join(f"{{ {pattern} }}" for pattern in patterns)
    in_turn = [
        row | {("g", str(NamedNode(PREFIXES[""] + name)))}
        for name in GRAPHS
        for row in rows(store, f"SELECT * {{ GRAPH :{name} {{ {inside} }} }}")
    ]
    assert rows(store, f"SELECT * {{ GRAPH ?g {{ {inside} }} }}") == sorted(in_turn, key=sorted)


def test_a_graph_that_is_not_there_has_no_solutions(store: Store) -> None:
    assert found(store, "SELECT * { GRAPH :nowhere { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }") == []
    assert found(store, "SELECT * { GRAPH :empty { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }") != []


# Paths of length zero


@pytest.mark.parametrize(
    ("pattern", "solutions"),
    [
        ("?s :p* :nowhere", [{"s": "nowhere"}]),
        (":nowhere :p? ?s", [{"s": "nowhere"}]),
        ("?s :p+ :nowhere", []),
        ("?s :p* 5", [{"s": "5"}]),
        ("?s :p* :o", [{"s": "d"}, {"s": "o"}]),
        (":nowhere :p*/:q? ?s", [{"s": "nowhere"}]),
        (":nowhere :p*/:q ?s", []),
        (":nowhere (:p*|:q?) ?s", [{"s": "nowhere"}, {"s": "nowhere"}]),
        (":nowhere (:p*)+ ?s", [{"s": "nowhere"}]),
        (":nowhere ^(:p?) ?s", [{"s": "nowhere"}]),
        (":nowhere :p* :nowhere", [{}]),
        (":nowhere :p* :elsewhere", []),
        ("?s :p ?o . ?o :p* :o . ?o :q ?n", [{"s": "d", "o": "o", "n": "1"}]),
        ("?s :p* :nowhere . ?s :q ?n", []),
        ("VALUES ?s { :nowhere } OPTIONAL { ?s :p* :nowhere BIND (1 AS ?x) }", [{"s": "nowhere", "x": "1"}]),
        ("VALUES ?s { :nowhere } FILTER EXISTS { ?s :p* :nowhere }", [{"s": "nowhere"}]),
        ("?s :q ?n LATERAL { ?s :p* :o }", [{"s": "o", "n": "1"}]),
    ],
)
def test_a_path_of_length_zero_needs_no_triple(store: Store, pattern: str, solutions: list[dict[str, str]]) -> None:
    assert found(store, f"SELECT * {{ {pattern} }}") == solutions


# Expressions


@pytest.mark.parametrize(
    ("query", "solutions"),
    [
        ("SELECT ?x { VALUES ?x { 1 2 } FILTER (:unknown(?x) || ?x = 2) }", [{"x": "2"}]),
        ("SELECT ?y { BIND (:unknown() AS ?y) }", [{}]),
        ("SELECT ?y { BIND (COALESCE(:unknown(1), 'none') AS ?y) }", [{"y": "none"}]),
        ("SELECT (GROUP_CONCAT(?x; SEPARATOR=' ') AS ?y) { VALUES ?x { 'a'@en } }", [{"y": "a"}]),
        ("SELECT (COUNT(?x) AS ?n) (STR(?n + 1) AS ?m) { VALUES ?x { 1 2 } }", [{"n": "2", "m": "3"}]),
        ("SELECT ?s { :d !() ?s }", [{"s": "o"}]),
    ],
)
def test_expressions_the_engine_stops_at_or_answers_otherwise(store: Store, query: str, solutions: list[dict[str, str]]) -> None:
    assert found(store, query) == solutions


def test_unknown_functions_can_be_told() -> None:
    query = parse_query("SELECT (:f(xsd:integer('1')) AS ?x) { FILTER (:f(2) || xsd:boolean(1)) }", PREFIXES)
    assert [function.value for function in unknown_functions(query)] == ["http://example.org/f"] * 2


def test_blank_nodes_of_a_text_differ_from_solution_to_solution(store: Store) -> None:
    query = "SELECT ?x (BNODE('a') AS ?a) (BNODE(CONCAT('', 'a')) AS ?b) (BNODE('c') AS ?c) { VALUES ?x { 1 2 } }"
    solutions = list(store.query(show(rewritten(parse_query(query, {})))))  # type: ignore[arg-type]
    nodes = [(row["a"], row["b"], row["c"]) for row in solutions]
    assert all(isinstance(node, BlankNode) for row in nodes for node in row)
    assert all(a == b != c for a, b, c in nodes)
    assert len({node for row in nodes for node in row}) == 4


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?z ?y ?x }", "z y x"),
        ("SELECT * { FILTER (?b > 1) ?c :p ?b . ?c :q ?a }", "c b a"),
        ("SELECT * { ?z :p [ :q ?y ; :r ?x ] ; :s ?w }", "z y x w"),
        ("SELECT * { ?z :p (?y ?x) . ?w :q 1 }", "z y x w"),
        ("SELECT * { ?b :p 1 OPTIONAL { ?z :p ?b } { ?y :q 1 } UNION { ?a :q ?y } BIND (1 AS ?c) MINUS { ?b :p ?d } }", "b z y a c"),
        ("SELECT * { GRAPH ?z { ?y :p ?b } } VALUES (?x ?a) { (1 2) }", "z y b x a"),
        ("SELECT * { ?z :p ?q { SELECT ?y (COUNT(?a) AS ?x) { ?y :p ?a } GROUP BY ?y } { SELECT * { ?c :p ?b } } }", "z q y x c b"),
        ("SELECT * { :d :p* ?z . ?y :p* :nowhere BIND (BNODE('a') AS ?b) }", "z y b"),
        ("SELECT * {}", ""),
    ],
)
def test_the_columns_of_a_star_come_in_the_order_of_the_text(store: Store, query: str, columns: str) -> None:
    solutions = store.query(show(rewritten(parse_query(query, PREFIXES))))
    assert [variable.value for variable in solutions.variables] == columns.split()  # type: ignore[union-attr]


@pytest.mark.parametrize("columns", ["*", "?x ?a ?b ?c ?d"])
def test_blank_nodes_of_a_text_that_are_bound_differ_from_solution_to_solution(store: Store, columns: str) -> None:
    binds = "BIND (BNODE('a b') AS ?a) FILTER (true) BIND (BNODE(CONCAT('a ', 'b')) AS ?b) BIND (BNODE('<c> .') AS ?c)"
    query = f"SELECT {columns} {{ VALUES ?x {{ 1 2 }} {binds} ?s :q 1 BIND (BNODE('a') AS ?d) }}"
    solutions = list(store.query(show(rewritten(parse_query(query, PREFIXES)))))  # type: ignore[arg-type]
    nodes = [(row["a"], row["b"], row["c"], row["d"]) for row in solutions]
    assert all(isinstance(node, BlankNode) for row in nodes for node in row)
    assert all(a == b != c for a, b, c, _ in nodes)
    assert len({node for row in nodes for node in row}) == 6


def test_other_forms_can_be_grouped(store: Store) -> None:
    def asked(text: str) -> object:
        return store.query(show(rewritten(parse_query(text, PREFIXES))))

    many = asked("ASK { GRAPH ?g { ?s ?p ?o } } GROUP BY ?p HAVING (COUNT(*) > 3)")
    more = asked("ASK { GRAPH ?g { ?s ?p ?o } } HAVING (COUNT(*) > 300)")
    assert isinstance(many, QueryBoolean)
    assert many
    assert not more
    made = asked("CONSTRUCT { ?s :is :busy } WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?s HAVING (COUNT(*) > 2)")
    assert isinstance(made, QueryTriples)
    assert {triple.subject.value for triple in made} == {"http://example.org/k"}  # type: ignore[union-attr]
    described = asked("DESCRIBE :d :d")
    assert len(list(described)) == 1  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?n { ?s ?p ?o OPTIONAL { ?o :q ?n } FILTER (?n > 1) }",
        "SELECT ?g ?s { GRAPH ?g { ?s :p ?o OPTIONAL { ?o :q ?n } MINUS { ?s :r ?x } } }",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p HAVING (COUNT(*) > 1) ORDER BY ?n LIMIT 3",
        "SELECT ?thing { ?class :sub* :C . ?thing a ?class }",
        "SELECT ?thing { ?thing a/:sub* :C }",
        "SELECT ?a { ?a :sub+ :C . ?a :sub* ?b }",
        "SELECT ?s { GRAPH :one { ?s ?p ?o { SELECT ?s { ?s :q ?n } LIMIT 1 } } }",
        "SELECT (xsd:integer(?x) AS ?y) (BNODE() AS ?b) { ?s ?p ?x }",
        "CONSTRUCT { ?s :p _:b } WHERE { ?s :p ?o } ORDER BY ?s",
        "DESCRIBE :a ?s { ?s ?p ?o }",
        "SELECT ?g { GRAPH ?g { SERVICE :there { { SELECT (GROUP_CONCAT(:f(?s)) AS ?x) { ?s :p* :o } } { SELECT * { ?s ?p ?o } } } ?s ?p ?o } }",
    ],
)
def test_ordinary_trees_are_left_as_they_are(query: str) -> None:
    tree = parse_query(query, PREFIXES)
    assert rewritten(tree) == tree


def test_new_variables_have_names_of_their_own(store: Store) -> None:
    assert len(rows(store, "SELECT ?new1 ?new2 { VALUES (?new1 ?new2) { (1 2) } ?new3 :p* :nowhere }")) == 1


def test_patterns_of_updates_are_rewritten() -> None:
    store = Store()
    store.update(show(rewritten(parse_update("INSERT { ?s :zero :found } WHERE { ?s :p* :nowhere }", PREFIXES))))
    assert len(store) == 1


@pytest.mark.parametrize(
    ("opening", "inner", "closing", "times"),
    [
        ("STR(", "?x", ")", 92),
        ("?x IN (", "?x", ")", 92),
        ("1 + (2 * ", "3", ")", 45),
        ("!(", "true", ")", 92),
        ("1 = (1 + (", "1", "))", 30),
        ("NOT EXISTS { FILTER (", "?x", ") }", 30),
        ("{ ", "?s ?p ?o", " }", 92),
        ("{} UNION { ", "?s ?p ?o", " }", 45),
        ("OPTIONAL { ", "?s ?p ?o", " }", 45),
        ("GRAPH ?g { ", "?s ?p ?o", " }", 45),
        ("LATERAL { ", "?s ?p ?o", " }", 45),
        ("{ SELECT * ", "{ ?s ?p ?o }", " }", 92),
        ("FILTER EXISTS { ", "?s ?p ?o", " }", 30),
    ],
)
def test_the_deepest_texts_that_are_read_are_rewritten_and_printed(opening: str, inner: str, closing: str, times: int) -> None:
    nested = opening * times + inner + closing * times
    text = f"SELECT * {{ {nested} }}" if "{ ?s" in nested or "?p" in nested else f"SELECT * {{ FILTER ({nested}) }}"

    def below(frames: int) -> str:
        return below(frames - 1) if frames else admit(text, PREFIXES).text

    assert below(200)
    with pytest.raises(QueryTooLarge):
        admit(text.replace(nested, opening * 120 + inner + closing * 120), PREFIXES)


def test_names_that_stand_for_names_do_not_grow_without_end() -> None:
    doubled = "".join(f"(?x{number} + ?x{number} AS ?x{number + 1}) " for number in range(2_000))
    chained = "".join(f"(?x{number} + 1 AS ?x{number + 1}) " for number in range(2_000))
    widened = "".join(f"({' + '.join([f'?x{number}'] * 50)} AS ?x{number + 1}) " for number in range(10))
    for names in (doubled, chained, widened):
        assert len(admit(f"SELECT (COUNT(*) AS ?x0) {names} {{ ?s ?p ?o }}", {}).text) < 200_000


# The suites


def _is_local(case: Case) -> bool:
    return case.is_evaluated and expected(case) is not None and not case.name.startswith("service/")


@needs_suites
@pytest.mark.parametrize("case", [case for case in cases() if _is_local(case)], ids=lambda case: case.name)
def test_every_evaluated_case_of_the_suites_has_its_result(case: Case) -> None:
    tree = (parse_update if case.is_update else parse_query)(case.text, {}, case.base)
    assert not any(isinstance(node, Service) for node in walk(tree))
    text = show(rewritten(tree))
    there = load(case.data)
    if isinstance(tree, Query):
        assert comparable(there.query(text)) == expected(case), text
    else:
        there.update(text)
        assert canonical(there) == expected(case), text
