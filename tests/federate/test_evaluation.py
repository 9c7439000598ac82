"""SERVICE means what the recommendation says: each form compared with the engine's own evaluation of the same data in one store."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import EndpointFailed, QueryAbandoned, QueryError, QueryRefused, QueryTimeout, QueryTooLarge
from kg.federate import evaluation
from kg.federate.evaluation import answered
from kg.federate.replies import Solutions
from kg.sparql.guard import admitted
from kg.sparql.tree import Query
from kg.store.lanes import Gone
from tests.federate.inside import DOWN, A, B, Inside, evaluated, federated, in_one_store, read, solutions, store
from tests.patience import PATIENCE

HERE = """
:badr :ally :hezbollah , :pmf ; :name "Badr" , "بدر"@ar ; :size 10 ; :at <http://a.example/sparql> ; :wikidata :q1 .
:kataib :ally :pmf ; :name "Kataib"@en ; :size 20 ; :at <http://b.example/sparql> ; :wikidata :q2 .
:nujaba :ally :pmf ; :size 30 ; :at <http://a.example/sparql> ; :wikidata :q3 , :q4 .
:asaib :name "Asaib" ; :size 40 ; :wikidata [ :of :nothing ] .
:g1 { :badr :in :one . :kataib :in :one } :g2 { :badr :in :two }
"""
THERE_A = """
:q1 :label "Badr" , "Badr"@en ; :head :p1 ; :founded 1982 ; :part :q9 .
:q2 :label "Kataib"@en ; :head :p2 ; :founded "2003"^^xsd:integer ; :part :q9 , :q8 .
:q3 :label "Nujaba" ; :founded 2013 ; :part [ :label "a node" ] .
:q1 :site _:site . :q2 :site _:site .
:q7 :label "Asaib" ; :head [ :label "unknown" ] ; :part :q9 .
:q9 :label "PMF" .
"""
THERE_B = """
:p1 :label "Hadi" ; :born 1954 . :p2 :label "Abu" . :q2 :image "two.png" . :q4 :image "four.png" . :q9 :image "nine.png" .
"""
a, b = f"<{A}>", f"<{B}>"

FORMS = {
    "alone": f"SELECT * {{ SERVICE {a} {{ ?q :label ?l }} }}",
    "joined before": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }}",
    "joined behind": f"SELECT * {{ SERVICE {a} {{ ?q :label ?l }} ?x :wikidata ?q }}",
    "duplicates": f"SELECT ?q {{ ?x :wikidata ?q SERVICE {a} {{ ?q ?p ?o }} }}",
    "duplicates counted": f"SELECT (COUNT(*) AS ?n) {{ ?x :ally ?y ; :wikidata ?q SERVICE {a} {{ ?q :part ?w }} }}",
    "two ways": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :part ?w }} SERVICE {a} {{ ?q :label ?l }} }}",
    "a chain": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :head ?h }} SERVICE {b} {{ ?h :label ?l }} }}",
    "a chain backwards": f"SELECT * {{ SERVICE {b} {{ ?h :label ?l }} SERVICE {a} {{ ?q :head ?h }} ?x :wikidata ?q }}",
    "by a string": f"SELECT * {{ ?x :name ?n SERVICE {a} {{ ?q :label ?n }} }}",
    "by two": f"SELECT * {{ ?x :name ?n ; :wikidata ?q SERVICE {a} {{ ?q :label ?n }} }}",
    "OPTIONAL within": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l OPTIONAL {{ ?q :head ?h }} }} }}",
    "OPTIONAL first within": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ OPTIONAL {{ ?q :head ?h }} ?q :label ?l }} }}",
    "OPTIONAL around": f"SELECT * {{ ?x :wikidata ?q OPTIONAL {{ SERVICE {a} {{ ?q :head ?h }} }} }}",
    "OPTIONAL around, with a filter": f"SELECT * {{ ?x :size ?s ; :wikidata ?q OPTIONAL {{ SERVICE {a} {{ ?q :founded ?f }} FILTER(?s > 15) }} }}",
    "OPTIONAL with local": f"SELECT * {{ ?x :name ?n OPTIONAL {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }} }}",
    "OPTIONAL that binds what stands behind": (
        f"SELECT * {{ ?x :size ?s OPTIONAL {{ SERVICE {a} {{ ?q :founded ?f ; :label ?n }} FILTER(?s > 35) }} ?y :name ?n }}"
    ),
    "OPTIONAL deep": f"SELECT * {{ ?x :wikidata ?q {{ ?x :name ?n OPTIONAL {{ SERVICE {a} {{ ?q :label ?n }} }} }} }}",
    "OPTIONAL of OPTIONAL": (
        f"SELECT * {{ ?x :name ?n OPTIONAL {{ ?x :wikidata ?q OPTIONAL {{ SERVICE {a} {{ ?q :head ?h }} SERVICE {b} {{ ?h :born ?y }} }} }} }}"
    ),
    "unbound keys": f"SELECT * {{ ?x :size ?s OPTIONAL {{ ?x :ally ?z ; :wikidata ?q }} SERVICE {a} {{ ?q :label ?l }} }}",
    "UNION": f"SELECT * {{ ?x :wikidata ?q {{ SERVICE {a} {{ ?q :label ?l }} }} UNION {{ SERVICE {b} {{ ?q :image ?l }} }} }}",
    "UNION within": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ {{ ?q :label ?l }} UNION {{ ?q :head ?h }} UNION {{ ?z :part ?w }} }} }}",
    "UNION of local": f"SELECT * {{ {{ ?x :wikidata ?q }} UNION {{ ?q :name ?n }} SERVICE {a} {{ ?q :label ?l }} }}",
    "MINUS": f"SELECT * {{ ?x :wikidata ?q MINUS {{ SERVICE {a} {{ ?q :head ?h }} }} }}",
    "MINUS without shared": f"SELECT * {{ ?x :wikidata ?q MINUS {{ SERVICE {a} {{ ?u :head ?h }} }} }}",
    "MINUS within": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l MINUS {{ ?q :head ?h }} }} }}",
    "MINUS deep": f"SELECT * {{ ?x :name ?n {{ ?x :wikidata ?q MINUS {{ SERVICE {a} {{ ?q :label ?n }} }} }} }}",
    "MINUS behind": f"SELECT * {{ SERVICE {a} {{ ?q :label ?l }} MINUS {{ ?x :wikidata ?q }} }}",
    "FILTER beside": f"SELECT * {{ ?x :wikidata ?q ; :size ?s FILTER(?s > 15) SERVICE {a} {{ ?q :label ?l }} }}",
    "FILTER on both": f"SELECT * {{ ?x :wikidata ?q ; :size ?s SERVICE {a} {{ ?q :founded ?f }} FILTER(?s * 100 > ?f) }}",
    "FILTER within": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l FILTER(STRLEN(?l) > 4) }} }}",
    "FILTER within on what it lacks": f"SELECT * {{ ?x :size ?s ; :wikidata ?q SERVICE {a} {{ ?q :label ?l FILTER(!BOUND(?s)) }} }}",
    "FILTER in a nested group": f"SELECT * {{ ?x :size ?s ; :wikidata ?q {{ SERVICE {a} {{ ?q :label ?l }} FILTER(!BOUND(?s)) }} }}",
    "EXISTS": f"SELECT * {{ ?x :wikidata ?q FILTER EXISTS {{ SERVICE {a} {{ ?q :head ?h }} }} }}",
    "NOT EXISTS": f"SELECT * {{ ?x :wikidata ?q FILTER NOT EXISTS {{ ?q2 :of ?o SERVICE {a} {{ ?q :head ?h }} }} }}",
    "NOT EXISTS alone": f"SELECT * {{ ?x :wikidata ?q FILTER NOT EXISTS {{ SERVICE {a} {{ ?q :head ?h }} }} }}",
    "EXISTS within": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l FILTER EXISTS {{ ?q :head ?h }} }} }}",
    "EXISTS in BIND": f"SELECT * {{ ?x :wikidata ?q BIND(EXISTS {{ SERVICE {a} {{ ?q :head ?h }} }} AS ?known) }}",
    "BIND before": f"SELECT * {{ ?x :name ?n BIND(STR(?n) AS ?l) SERVICE {a} {{ ?q :label ?l }} }}",
    "BIND that fails": f"SELECT * {{ ?x :size ?n BIND(IF(?n > 15, 1 + :x, 'Badr') AS ?l) SERVICE {a} {{ ?q :label ?l }} }}",
    "BIND of a constant": f"SELECT * {{ BIND(:q1 AS ?q) SERVICE {a} {{ ?q :label ?l }} }}",
    "BIND within": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l BIND(STRLEN(?l) AS ?len) }} }}",
    "BIND within of what it lacks": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ BIND(COALESCE(?q, 'none') AS ?was) ?q :label ?l }} }}",
    "BIND behind": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} BIND(UCASE(?l) AS ?u) }}",
    "BIND of what is bound outside": f"SELECT * {{ ?x :name ?l {{ BIND('Badr' AS ?l) SERVICE {a} {{ ?q :label ?l }} }} }}",
    "BIND by what is bound outside": f"SELECT * {{ ?x :name ?l {{ ?y :name ?n BIND(STR(?n) AS ?l) SERVICE {a} {{ ?q :label ?l }} }} }}",
    "BIND of what comes later": f"SELECT * {{ BIND(COALESCE(?n, 'Nujaba') AS ?l) ?x :name ?n SERVICE {a} {{ ?q :label ?l }} }}",
    "VALUES": f"SELECT * {{ VALUES (?q ?v) {{ (:q1 1) (:q2 2) (:q1 3) (UNDEF 4) }} SERVICE {a} {{ ?q :label ?l }} }}",
    "VALUES within": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ VALUES ?q {{ :q1 :q2 :q1 }} ?q :label ?l }} }}",
    "VALUES behind": f"SELECT * {{ SERVICE {a} {{ ?q :label ?l OPTIONAL {{ ?q :head ?h }} }} }} VALUES (?q ?h) {{ (:q1 UNDEF) (:q2 :p1) (UNDEF :p2) }}",
    "VALUES behind groups": f"SELECT ?w (COUNT(*) AS ?n) {{ SERVICE {a} {{ ?q :part ?w }} }} GROUP BY ?w VALUES ?w {{ :q9 :q8 }}",
    "subquery": f"SELECT * {{ {{ SELECT ?x ?q {{ ?x :wikidata ?q ; :size ?s }} }} SERVICE {a} {{ ?q :label ?l }} }}",
    "subquery around": f"SELECT * {{ ?x :wikidata ?q {{ SELECT ?q ?l {{ SERVICE {a} {{ ?q :label ?l }} }} }} }}",
    "subquery that hides": f"SELECT * {{ ?x :wikidata ?q ; :name ?l {{ SELECT ?q {{ SERVICE {a} {{ ?q :label ?l }} }} }} }}",
    "subquery that hides and joins": f"SELECT * {{ ?x :ally ?y {{ SELECT ?q ?l {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }} }} }}",
    "subquery that renames": f"SELECT * {{ ?x :name ?q {{ SELECT (STR(?l) AS ?q) {{ SERVICE {a} {{ ?z :label ?l }} }} }} }}",
    "subquery DISTINCT": f"SELECT * {{ ?x :wikidata ?q {{ SELECT DISTINCT ?q {{ SERVICE {a} {{ ?q ?p ?o }} }} }} }}",
    "subquery with LIMIT": f"SELECT * {{ ?x :wikidata ?q {{ SELECT ?q ?l {{ SERVICE {a} {{ ?q :label ?l }} }} ORDER BY ?l ?q LIMIT 2 }} }}",
    "subquery that counts": f"SELECT * {{ ?x :wikidata ?q {{ SELECT ?q (COUNT(*) AS ?n) {{ SERVICE {a} {{ ?q ?p ?o }} }} GROUP BY ?q }} }}",
    "subquery that counts all": f"SELECT * {{ ?x :size ?s {{ SELECT (COUNT(?q) AS ?n) {{ SERVICE {a} {{ ?q :label ?l }} }} }} }}",
    "local LIMIT": f"SELECT * {{ {{ SELECT ?x ?q {{ ?x :wikidata ?q ; :name ?n }} ORDER BY ?n LIMIT 2 }} SERVICE {a} {{ ?q :label ?l }} }}",
    "subquery within": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ SELECT ?q (COUNT(*) AS ?n) {{ ?q ?p ?o }} GROUP BY ?q }} }}",
    "LIMIT within": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ SELECT ?q ?l {{ ?q :label ?l }} ORDER BY ?l ?q LIMIT 3 }} }}",
    "DISTINCT within": f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ SELECT DISTINCT ?q {{ ?q ?p ?o }} }} }}",
    "variables hidden within": f"SELECT * {{ ?x :wikidata ?q ; :name ?l SERVICE {a} {{ SELECT ?q {{ ?q :label ?l }} }} }}",
    "GRAPH around": f"SELECT * {{ GRAPH ?g {{ ?x :in ?i }} ?x :wikidata ?q GRAPH :g1 {{ SERVICE {a} {{ ?q :label ?l }} ?x :in ?j }} }}",
    "GRAPH ?g around": f"SELECT * {{ ?x :wikidata ?q GRAPH ?g {{ ?x :in ?i SERVICE {a} {{ ?q :label ?l }} }} }}",
    "GRAPH beside": f"SELECT * {{ GRAPH ?g {{ ?x :in ?i }} ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }}",
    "a path": f"SELECT * {{ ?x :ally/^:ally/:wikidata ?q SERVICE {a} {{ ?q :part*/:label ?l }} }}",
    "nodes of ours": f"SELECT * {{ ?x :wikidata [ :of ?o ] SERVICE {a} {{ ?q :label ?n }} ?x :name ?n }}",
    "no variables": f"SELECT * {{ ?x :size ?s SERVICE {a} {{ :q1 :label 'Badr' }} }}",
    "no variables, no": f"SELECT * {{ ?x :size ?s SERVICE {a} {{ :q1 :label 'Nujaba' }} }}",
    "nothing": f"SELECT * {{ ?x :size ?s SERVICE {a} {{ }} }}",
    "numbers": f"SELECT * {{ VALUES ?f {{ 1982 2003.0 2013 }} SERVICE {a} {{ ?q :founded ?f }} }}",
    "blank nodes": f"SELECT ?x ?q ?w {{ ?x :wikidata ?q SERVICE {a} {{ ?q :part ?w }} }}",
    "blank nodes joined": f"SELECT * {{ SERVICE {a} {{ ?q :head ?h . ?h :label ?l }} FILTER(ISBLANK(?h)) }}",
    "blank nodes counted": f"SELECT (COUNT(DISTINCT ?w) AS ?n) {{ ?x :wikidata ?q SERVICE {a} {{ ?q ?p ?o . ?z :part ?w }} }}",
    "one blank node for several": f"SELECT (COUNT(DISTINCT ?w) AS ?n) {{ ?x :wikidata ?q SERVICE {a} {{ ?q :site ?w }} }}",
    "a variable": "SELECT * { ?x :at ?where ; :wikidata ?q SERVICE ?where { ?q ?p ?o } }",
    "a variable, joined behind": "SELECT * { SERVICE ?where { ?q :label ?l } ?x :wikidata ?q ; :at ?where }",
    "a variable in VALUES": f"SELECT * {{ VALUES ?where {{ {a} {b} {a} }} SERVICE ?where {{ ?q :label ?l }} }}",
    "a variable, OPTIONAL": "SELECT * { ?x :at ?where ; :wikidata ?q OPTIONAL { SERVICE ?where { ?q :head ?h } } }",
    "ASK": f"ASK {{ ?x :wikidata ?q SERVICE {a} {{ ?q :head :p2 }} }}",
    "ASK no": f"ASK {{ ?x :name ?n SERVICE {a} {{ ?q :head :p3 }} }}",
    "CONSTRUCT": f"CONSTRUCT {{ ?x :label ?l }} {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }}",
    "HAVING": f"SELECT ?x (COUNT(?l) AS ?n) {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }} GROUP BY ?x HAVING(COUNT(?l) > 1)",
    "ORDER and OFFSET": f"SELECT ?l {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }} ORDER BY ?l OFFSET 1 LIMIT 2",
}
"""Queries whose SERVICEs are GRAPHs where everything is in one store."""


WHOLE = (
    "OPTIONAL that binds what stands behind", "unbound keys", "MINUS without shared", "BIND that fails", "BIND of what comes later", "VALUES behind groups",
    "subquery with LIMIT", "subquery that counts", "subquery that renames", "local LIMIT", "LIMIT within", "numbers",
)  # fmt: skip
"""Forms whose SERVICE is asked for all that it has: what stands beside cannot narrow it, or not rightly."""


@pytest.fixture(scope="module")
def here() -> ox.Store:
    return store(HERE)


@pytest.fixture(scope="module")
def stores() -> dict[str, ox.Store]:
    return {A: store(THERE_A), B: store(THERE_B)}


@pytest.mark.parametrize("block", [1, 2, 1000])
@pytest.mark.parametrize("form", FORMS)
def test_the_answer_is_that_of_one_store(form: str, block: int, here: ox.Store, stores: dict[str, ox.Store]) -> None:
    expected = in_one_store(FORMS[form], here, stores)
    assert expected not in (frozenset(),), "the form tells nothing about this data"
    assert federated(FORMS[form], here, Inside(stores), block) == expected


@pytest.mark.parametrize("form", FORMS)
def test_values_are_sent_where_they_narrow_the_answer(form: str, here: ox.Store, stores: dict[str, ox.Store]) -> None:
    endpoints = Inside(stores)
    evaluated(FORMS[form], here, endpoints)
    joins = "?x" in FORMS[form].partition("SERVICE")[0] and ":wikidata ?q" in FORMS[form] and "EXISTS" not in FORMS[form]
    if form in WHOLE:
        assert not any("VALUES" in text for _, text in endpoints.asked)
    elif joins and form != "UNION within":
        assert all("VALUES" in text for _, text in endpoints.asked)


def test_long_strings_are_not_sent() -> None:
    for length in (1000, 1001):
        text = "x" * length
        stores = {A: store(f':q1 :label "{text}" .')}
        endpoints = Inside(stores)
        here = store(f':badr :name "{text}" .')
        query = f"SELECT * {{ ?x :name ?l SERVICE {a} {{ ?q :label ?l }} }}"
        assert federated(query, here, endpoints) == in_one_store(query, here, stores)
        assert (text in endpoints.asked[0][1]) == (length == 1000)


def test_too_many_values_are_not_sent(stores: dict[str, ox.Store]) -> None:
    many = store("\n".join(f":x{number} :wikidata :q{number} ." for number in range(51)))
    for text in (
        f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }}",
        f"SELECT * {{ VALUES ?e {{ {a} }} ?x :wikidata ?q . SERVICE ?e {{ ?q :label ?l }} }}",
        f"SELECT * {{ {{ ?x :wikidata ?q BIND({a} AS ?e) }} SERVICE ?e {{ ?q :label ?l }} }}",
    ):
        endpoints = Inside(stores)
        assert federated(text, many, endpoints, 1) == in_one_store(text, many, stores)
        assert len(endpoints.asked) == 1


def test_a_node_of_ours_is_no_value_for_others_and_nothing_is_asked_for_none(here: ox.Store, stores: dict[str, ox.Store]) -> None:
    endpoints = Inside(stores)
    federated(f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }}", here, endpoints, 1000)
    assert [text.count("(<http://example.org/q") for _, text in endpoints.asked] == [4]
    endpoints.asked.clear()
    federated(f"SELECT * {{ :asaib :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }}", here, endpoints, 1000)
    assert endpoints.asked == []


SILENT = {
    f"SELECT ?x {{ ?x :name ?n SERVICE SILENT <{DOWN}> {{ ?x :p ?o }} }}": "SELECT ?x { ?x :name ?n }",
    f"SELECT * {{ ?x :name ?n SERVICE SILENT <{DOWN}> {{ ?x :p ?o }} }}": "SELECT * { ?x :name ?n OPTIONAL { ?o :nothing ?o } }",
    f"SELECT ?x {{ ?x :name ?n OPTIONAL {{ SERVICE SILENT <{DOWN}> {{ ?x :p ?o }} }} }}": "SELECT ?x { ?x :name ?n }",
    f"SELECT ?x {{ ?x :name ?n MINUS {{ SERVICE SILENT <{DOWN}> {{ ?x :p ?o }} }} }}": "SELECT ?x { ?x :name ?n }",
    f"SELECT ?x {{ ?x :name ?n FILTER NOT EXISTS {{ SERVICE SILENT <{DOWN}> {{ ?x :p ?o }} }} }}": "SELECT ?x { ?x :name ?n FILTER(false) }",
    "SELECT ?x { ?x :name ?n SERVICE SILENT <http://unlisted.example/> { ?x :p ?o } }": "SELECT ?x { ?x :name ?n }",
    f"SELECT ?x {{ VALUES ?e {{ <{DOWN}> }} ?x :wikidata ?q SERVICE SILENT ?e {{ ?q :p ?o }} }}": "SELECT ?x { ?x :wikidata ?q }",
}


@pytest.mark.parametrize("text", SILENT)
def test_what_fails_silently_is_one_solution_without_values_and_is_told(text: str, here: ox.Store, stores: dict[str, ox.Store]) -> None:
    assert federated(text, here, Inside(stores)) == in_one_store(SILENT[text], here, {})
    warnings = evaluated(text, here, Inside(stores)).warnings
    assert len(warnings) == 1
    assert "SERVICE SILENT hid that <http://" in warnings[0]


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        (f"SELECT * {{ ?x :name ?n SERVICE <{DOWN}> {{ ?x :p ?o }} }}", EndpointFailed, "down.example.* is down.*SILENT"),
        ("SELECT * { SERVICE <http://unlisted.example/> { ?x :p ?o } }", QueryRefused, "unlisted.example.*KG_FEDERATION_ALLOW.*a.example"),
        (f"SELECT * {{ SERVICE <{A}/> {{ ?x :p ?o }} }}", QueryRefused, "KG_FEDERATION_ALLOW"),
        ("SELECT * { VALUES ?e { <http://unlisted.example/> } SERVICE ?e { ?x :p ?o } }", QueryRefused, "unlisted.example"),
        ("SELECT * { ?x :size ?e SERVICE ?e { ?x :p ?o } }", QueryRefused, "no IRI"),
        ("SELECT * { ?x :wikidata ?e SERVICE ?e { ?x :p ?o } }", QueryRefused, "no IRI"),
        ("SELECT * { SERVICE ?e { ?x :p ?o } }", QueryRefused, r"nothing beside SERVICE \?e"),
        ("SELECT * { ?x :size ?s OPTIONAL { ?x :at ?e } SERVICE ?e { ?x :p ?o } }", QueryRefused, r"nothing beside SERVICE \?e"),
        (f"SELECT * {{ ?x :size ?s LATERAL {{ SERVICE {a} {{ ?x :p ?o }} }} }}", QueryRefused, "LATERAL"),
        ("SELECT * {" + f" SERVICE {a} {{ }}" * 51 + "}", QueryTooLarge, "51 times, and 50"),
    ],
)
def test_what_cannot_be_asked_is_told(text: str, error: type[QueryError], words: str, here: ox.Store, stores: dict[str, ox.Store]) -> None:
    with pytest.raises(error, match=words):
        evaluated(text, here, Inside(stores))


def test_nothing_is_asked_when_one_endpoint_may_not_be(here: ox.Store, stores: dict[str, ox.Store]) -> None:
    endpoints = Inside(stores)
    with pytest.raises(QueryRefused):
        evaluated(f"SELECT * {{ SERVICE {a} {{ ?q :label ?l }} SERVICE <http://unlisted.example/> {{ ?q :p ?o }} }}", here, endpoints)
    assert endpoints.asked == []


def test_more_solutions_than_allowed_are_an_error_also_over_several_requests(here: ox.Store, stores: dict[str, ox.Store]) -> None:
    text = f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }}"
    assert federated(text, here, Inside(stores, rows=4), 1) == in_one_store(text, here, stores)
    with pytest.raises(EndpointFailed, match="more than 3 solutions"):
        evaluated(text, here, Inside(stores, rows=3), 1)


def test_an_endpoint_that_ignores_values_gives_no_row_twice(here: ox.Store, stores: dict[str, ox.Store]) -> None:
    text = f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} }}"
    everything = solutions(stores[A], "SELECT ?l ?q { ?q <http://example.org/label> ?l FILTER(!ISBLANK(?q)) }", ("l", "q"), frozenset(), 99)
    assert federated(text, here, Inside(stores, changed=lambda _: everything), 1) == in_one_store(text, here, stores)


def test_a_node_of_ours_in_a_triple_term_is_no_value_for_others(stores: dict[str, ox.Store]) -> None:
    here = store(":badr :says <<( :q1 :of :q2 )>> , <<( _:x :of :q2 )>> , <<( :q1 :of <<( :q2 :of _:x )>> )>> ; :wikidata :q1 .")
    text = f"SELECT ?l ?q {{ ?x :says ?t ; :wikidata ?q SERVICE {a} {{ ?q :label ?l OPTIONAL {{ ?t :of ?l }} }} }}"
    assert federated(text, here, Inside(stores)) == in_one_store(text, here, stores)
    there = {A: store(":q1 :says <<( :q1 :of :q2 )>> .")}
    text = f"SELECT * {{ ?x :says ?t SERVICE {a} {{ ?q :says ?t }} }}"
    assert federated(text, here, Inside(there)) == in_one_store(text, here, there) != frozenset()
    ours = store(":badr :says <<( _:x :of :q2 )>> .")
    endpoints = Inside(there)
    federated(text, ours, endpoints)
    assert endpoints.asked == []


def test_strings_with_a_base_direction_are_not_sent() -> None:
    here, there = store(':badr :name "Badr"@en--ltr .'), {A: store(':q1 :label "Badr"@en--ltr .')}
    endpoints = Inside(there)
    text = f"SELECT ?q {{ ?x :name ?n SERVICE {a} {{ ?q :label ?n }} }}"
    assert federated(text, here, endpoints) == in_one_store(text, here, there)
    assert not any("VALUES" in asked for _, asked in endpoints.asked)


# -- bounds ----------------------------------------------------------------------------------------------------------------------

TraceFunction = Callable[[FrameType, str, Any], Any]
UNLISTED = "<http://unlisted.example/>"
LONG = {
    "BINDs": ("?a :p ?b", "BIND(1 AS ?b{})"),
    "BINDs of what is bound": ("?a :p ?b", "BIND(STR(?a) AS ?b{})"),
    "BINDs each of its own": ("?a :p ?b", "?a{0} :p 1 BIND(STR(?a{0}) AS ?b{0})"),
    "FILTERs": ("?a :p ?b", "FILTER(?a != {})"),
    "a chain backwards": ("?a0 :p ?b", "?a{1} :p ?a{0} ."),
    "triples apart": ("?a :p ?b", "?a{} :p 1 ."),
    "groups": ("?a :p ?b", "{{ ?a{} :p 1 }}"),
    "OPTIONALs": ("?a :p ?b", "OPTIONAL {{ ?a :p ?b{} }}"),
}


def steps(text: str) -> int:
    """The instructions of Python that are run for a query."""
    query, endpoints, counted = read(text), Inside({A: ox.Store()}), 0

    def count(frame: FrameType, event: str, argument: object) -> TraceFunction:  # noqa: ARG001
        nonlocal counted
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        counted += 1
        return count

    def local(part: Query, variables: tuple[str, ...], most: int) -> Solutions:  # noqa: ARG001
        return Solutions(variables, ())

    before = sys.gettrace()
    sys.settrace(count)
    try:
        answered(query, endpoints, local, 2, time.monotonic() + PATIENCE, Gone())
    finally:
        sys.settrace(before)
    return counted


@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize(
    "service", [f"SERVICE SILENT {UNLISTED} {{ ?a :q ?c }}", f"SERVICE SILENT {a} {{ ?a0 :q ?c . ?a :q ?c }}"], ids=["unlisted", "listed"]
)
def test_what_stands_beside_is_looked_at_in_steps_that_grow_as_it_does(kind: str, service: str) -> None:
    first, more = LONG[kind]

    def text(size: int) -> str:
        members = " ".join(more.format(number - 1, number) for number in range(size, 0, -1))
        return f"SELECT * {{ {first} . {members} {service * 4} }}"

    small, large = steps(text(100)), steps(text(400))
    assert large < 4.2 * small


def test_a_thousand_elements_and_fifty_services_that_may_not_be_asked_cost_little() -> None:
    members = " ".join(f"BIND({number} AS ?b{number})" for number in range(1000))
    silent = [f"SELECT * {{ ?a :p ?b {members} {f'SERVICE SILENT {UNLISTED} {{ ?a :q ?c }} ' * number} }}" for number in (1, 50)]
    one, fifty = map(steps, silent)
    assert fifty - one < 50 * 300 * 1000


def test_values_are_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    real = evaluation.always_given
    monkeypatch.setattr(evaluation, "always_given", lambda values: (looked.append(id(values)), real(values))[-1])
    text = f"SELECT * {{ {{ {{ {{ VALUES ?q {{ :q1 :q2 }} }} {f'SERVICE {a} {{ ?q :label ?l }} ' * 3} }} ?x :p ?y }} ?y :p ?z }}"
    steps(text)
    assert len(looked) == len(set(looked)) >= 2


def test_endpoints_that_may_not_be_asked_count_as_requests(here: ox.Store) -> None:
    for number, fails in ((200, False), (201, True)):
        named = " ".join(f"<http://unlisted.example/{each}>" for each in range(number))
        text = f"SELECT * {{ VALUES ?e {{ {named} }} SERVICE SILENT ?e {{ ?s ?p ?o }} }}"
        if fails:
            with pytest.raises(QueryTooLarge, match="200 requests"):
                evaluated(text, here, Inside({}))
        else:
            warnings = evaluated(text, here, Inside({})).warnings
            assert [warning.count("unlisted.example") for warning in warnings] == [1, 1, 1, 0]
            assert "197 more" in warnings[-1]


def test_planning_ends_with_its_time_and_its_asker() -> None:
    def local(part: Query, variables: tuple[str, ...], most: int) -> Solutions:  # noqa: ARG001
        pytest.fail("asked")

    query, gone = read(f"SELECT * {{ ?x :p ?q SERVICE SILENT {UNLISTED} {{ ?q :label ?l }} }}"), Gone()
    with pytest.raises(QueryTimeout):
        answered(query, Inside({}), local, 2, time.monotonic(), gone)
    gone.tell()
    with pytest.raises(QueryAbandoned):
        answered(query, Inside({}), local, 2, time.monotonic() + PATIENCE, gone)


def test_what_silent_hid_is_told_in_few_words(here: ox.Store) -> None:
    class Talking(Inside):
        def ask(self, iri: str, *_: object) -> Solutions:
            raise EndpointFailed(iri, "said " + "no " * 10_000)

    warnings = evaluated(f"SELECT * {{ SERVICE SILENT {a} {{ ?s ?p ?o }} }}", here, Talking({A: here})).warnings
    assert [len(warning) < 600 for warning in warnings] == [True]


def test_all_replies_to_a_query_have_a_bound_together(here: ox.Store, stores: dict[str, ox.Store], monkeypatch: pytest.MonkeyPatch) -> None:
    rows = len(list(stores[A]))
    one = f" SERVICE {a} {{ ?s ?p ?o }}"
    evaluated(f"SELECT * {{ {one * 4} }}", here, Inside(stores, rows=rows))
    with pytest.raises(QueryTooLarge, match=f"more than {4 * rows} solutions"):
        evaluated(f"SELECT * {{ {one * 5} }}", here, Inside(stores, rows=rows))
    monkeypatch.setattr(evaluation, "LARGEST_REPLY", 1000)
    with pytest.raises(QueryTooLarge, match="in all"):
        evaluated(f"SELECT * {{ {one * 4} }}", here, Inside(stores, rows=rows))


def test_values_that_are_too_many_for_an_answer_here_are_not_sent(here: ox.Store, stores: dict[str, ox.Store]) -> None:
    def local(part: Query, variables: tuple[str, ...], most: int) -> Solutions:
        found = solutions(here, admitted(part).text, variables, frozenset(), most + 1)
        if len(found.rows) > 3:
            raise QueryTooLarge("The answer has 4 rows")
        return found

    endpoints = Inside(stores)
    text = f"SELECT * {{ ?x :wikidata ?q SERVICE {a} {{ ?q :label ?l }} ?y :ally ?i SERVICE {b} {{ ?i :label ?m }} }}"
    answered(read(text), endpoints, local, 2, time.monotonic() + PATIENCE, Gone())
    assert ["VALUES" in asked for _, asked in endpoints.asked] == [False, True]
    with pytest.raises(QueryTooLarge):
        answered(read("SELECT * { ?x :wikidata ?q . SERVICE ?q { ?s ?p ?o } }"), endpoints, local, 2, time.monotonic() + PATIENCE, Gone())
