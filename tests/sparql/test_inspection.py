"""What a tree asks for: other endpoints, graphs it writes, whether its answer repeats."""

from __future__ import annotations

import pytest

from kg.sparql.inspection import Written, is_repeatable, loads, services, written
from kg.sparql.parser import parse_query, parse_update
from kg.sparql.tree import IRI, Variable


def test_services_are_found_wherever_they_stand() -> None:
    query = parse_query(
        """SELECT * {
            SERVICE <a:1> { OPTIONAL { SERVICE SILENT ?where { ?s ?p ?o } } }
            FILTER NOT EXISTS { { SELECT (EXISTS { SERVICE <a:3> {} } AS ?x) {} } UNION { GRAPH ?g { SERVICE <a:4> {} } } }
        }""",
        {},
    )
    assert [(call.name, call.silent) for call in services(query)] == [
        (IRI("a:1"), False), (Variable("where"), True), (IRI("a:3"), False), (IRI("a:4"), False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "repeats"),
    [
        ("SELECT * { ?s ?p ?o FILTER(STRLEN(STR(?o)) > 1) }", True),
        ("SELECT (SAMPLE(?s) AS ?x) { ?s ?p ?o }", True),
        ("SELECT * { FILTER(<http://www.w3.org/2001/XMLSchema#integer>(?x) = 1) }", True),
        ("SELECT (NOW() AS ?x) {}", False),
        ("SELECT * {} ORDER BY RAND()", False),
        ("SELECT * { FILTER EXISTS { BIND(UUID() AS ?x) } }", False),
        ("SELECT * { { SELECT (STRUUID() AS ?x) {} } }", False),
        ("SELECT * { BIND(BNODE() AS ?x) }", False),
        ("SELECT * { SERVICE <a:b> {} }", False),
        ("SELECT (<a:f>(1) AS ?x) {}", False),
        ("SELECT ?now { ?now ?rand 'NOW()' }", True),
    ],
)
def test_what_differs_from_one_time_to_the_next_is_told(query: str, repeats: bool) -> None:
    assert is_repeatable(parse_query(query, {})) is repeats


@pytest.mark.parametrize(
    ("update", "graphs", "default", "any_graph"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 GRAPH <a:g> { <a:a> <a:b> 1 } }", {"a:g"}, True, False),
        ("DELETE DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }", {"a:g"}, False, False),
        ("WITH <a:g> DELETE { ?s ?p ?o } INSERT { GRAPH <a:h> { ?s ?p ?o } } USING <a:i> WHERE { ?s ?p ?o }", {"a:g", "a:h"}, False, False),
        ("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }", set(), False, True),
        ("DELETE WHERE { GRAPH <a:g> { ?s ?p ?o } }", {"a:g"}, False, False),
        ("INSERT { ?s ?p ?o } USING <a:g> WHERE { GRAPH <a:h> { ?s ?p ?o } }", set(), True, False),
        ("CLEAR DEFAULT", set(), True, False),
        ("DROP NAMED", set(), False, True),
        ("DROP ALL", set(), True, True),
        ("CREATE GRAPH <a:g> ; CLEAR GRAPH <a:h>", {"a:g", "a:h"}, False, False),
        ("COPY <a:g> TO <a:h>", {"a:h"}, False, False),
        ("MOVE <a:g> TO DEFAULT", {"a:g"}, True, False),
        ("ADD DEFAULT TO <a:h>", {"a:h"}, False, False),
        ("LOAD <a:g>", set(), True, False),
        ("LOAD <a:g> INTO GRAPH <a:h>", {"a:h"}, False, False),
        ("", set(), False, False),
    ],
)  # fmt: skip
def test_the_graphs_that_an_update_can_change(update: str, graphs: set[str], default: bool, any_graph: bool) -> None:
    assert written(parse_update(update, {})) == Written(frozenset(graphs), default, any_graph)


def test_loads_are_found_with_what_they_fetch() -> None:
    update = parse_update("CLEAR ALL ; LOAD SILENT <a:b> INTO GRAPH <a:c> ;", {})
    assert [(load.source.value, load.silent) for load in loads(update)] == [("a:b", True)]
