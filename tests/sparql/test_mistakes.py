"""Syntax errors name the place and the fault."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.errors import QuerySyntaxError
from kg.sparql.mistakes import explain

KNOWN = {"isnad": "https://w3id.org/isnad/ontology#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}


def parse(text: str) -> str | None:
    try:
        Store().query(text, prefixes=KNOWN)
    except SyntaxError as error:
        return str(error)
    return None


def mistake(text: str) -> QuerySyntaxError:
    message = parse(text)
    assert message is not None, "the engine finds no fault"
    return explain(text, message, KNOWN, parse)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("", 1, 1, "no query"),
        ("SELEKT ?x {}", 1, 1, "did you mean SELECT?"),
        ("SELECT * {\n  ?s ?p\n}", 3, 1, "} does not fit"),
        ("SELECT * { ?s ?p ?o FILTR(?x) }", 1, 21, "did you mean FILTER?"),
        ("SELECT * {\n ?s ?p ?o . }}", 2, 14, "it closes nothing"),
        ("SELECT * {\n  ?s ?p ?o", 2, 11, "the { of line 1, column 10 is not closed"),
        ("SELECT ?x { ?x nope:y ?z }", 1, 16, "nope: is not declared; declare it"),
        ("SELECT ?x { ?x isnat:y ?z }", 1, 16, "did you mean isnad:?"),
        ('SELECT * {\n  ?s ?p "open }', 2, 9, "not closed"),
        ("SELECT * { ?s <rel> ?o }", 1, 15, "<rel> is not an absolute IRI"),
        ("SELECT ?x ?y { ?x ?p ?o } GROUP BY ?x", 1, 36, "variable that is unbound"),
        ("SELECT * { ?s ?p ?o } LIMIT x", 1, 29, "x does not fit"),
        ("SELECT * { ?s ?p '😀' ?o ?o }", 1, 22, "?o does not fit"),
        ("SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", 1, 40, "binds a second time"),
        ("SELECT * { ?s ?p '''two\nlines''' ?x }", 2, 10, "?x does not fit"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, line: int, column: int, words: str) -> None:
    error = mistake(text)
    assert words in error.reason
    assert (error.line, error.column) == (line, column)
    assert f"line {line}, column {column}" in str(error)


def test_no_grammar_of_the_engine_reaches_the_reader() -> None:
    for text in ("SELECT", "SELECT * { ?s", "ASK { ?s ?p ?o FILTER( }", "SELECT * { ?s ?p 1 } ORDER"):
        assert not set("[]\\'") & set(mistake(text).reason)
