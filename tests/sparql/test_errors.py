"""Syntax errors name the place, the fault and what would have fitted."""

from __future__ import annotations

import pytest

from kg.errors import QuerySyntaxError, QueryTooLarge
from kg.sparql.parser import parse_query, parse_update

KNOWN = {"isnad": "https://w3id.org/isnad/ontology#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}


def mistake(text: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(text, KNOWN)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("", 1, 1, "no query"),
        ("# nothing", 1, 10, "no query"),
        ("SELEKT ?x {}", 1, 1, "did you mean SELECT?"),
        ("SELECT * {\n  ?s ?p\n}", 3, 1, "} does not fit here; expected a variable, IRI, literal or blank node"),
        ("SELECT * { ?s ?p ?o FILTR(?x) }", 1, 21, "did you mean FILTER?"),
        ("SELECT (CUONT(?x) AS ?n) {}", 1, 9, "did you mean COUNT?"),
        ("ASK { FILTER(STRLN(?x) > 1) }", 1, 14, "did you mean STRLEN?"),
        ("SELECT * {\n ?s ?p ?o . }}", 2, 14, "it closes nothing"),
        ("SELECT * {\n  ?s ?p ?o", 2, 11, "the { of line 1, column 10 is not closed"),
        ("SELECT ?x { ?x nope:y ?z }", 1, 16, "nope: is not declared; declare it with PREFIX nope: <…>"),
        ("SELECT ?x { ?x isnat:y ?z }", 1, 16, "did you mean isnad:?"),
        ('SELECT * {\n  ?s ?p "open }', 2, 9, "not closed"),
        ("SELECT * { ?s <rel> ?o }", 1, 15, "<rel> is not an absolute IRI"),
        ("SELECT * { ?s <http://[> ?o }", 1, 15, "<http://[> is not a valid IRI"),
        ("SELECT * { ?s <http://a b> ?o }", 1, 15, "is not closed"),
        ("SELECT ?x ?y { ?x ?p ?o } GROUP BY ?x", 1, 11, "?y differs within a group"),
        ("SELECT * { ?s ?p ?o } LIMIT x", 1, 29, "x does not fit here; expected a whole number"),
        ("SELECT * { ?s ?p '😀' ?o ?o }", 1, 22, "?o does not fit"),
        (r"SELECT * { ?s ?p '\U0001F600' ?o ?o }", 1, 31, "?o does not fit"),
        (r"SELECT * { ?s ?p '\uD83D' }", 1, 19, r"\uD83D names no character"),
        ("SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", 1, 36, "BIND cannot give ?x a value"),
        ("SELECT * { ?s ?p '''two\nlines''' ?x }", 2, 10, "?x does not fit"),
        ("ASK { FILTER(STRLEN()) }", 1, 14, "STRLEN takes 1 argument, not 0"),
        ("ASK { FILTER(REGEX(1)) }", 1, 14, "REGEX takes 2 to 3 arguments, not 1"),
        ("ASK { FILTER(?a <?b&&?c>) }", 1, 25, ") does not fit here; expected an expression"),
        ("ASK { FILTER(<?b&&?c> = 1) }", 1, 14, "<?b&&?c> is not an absolute IRI"),
        ("INSERT DATA {}", 1, 1, "INSERT begins an update"),
        ("ASK { ?s ?p ?o } ORDER ?s", 1, 24, "expected BY"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, line: int, column: int, words: str) -> None:
    error = mistake(text)
    assert words in error.reason
    assert (error.line, error.column) == (line, column)
    assert f"line {line}, column {column}" in str(error)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", r"SELECT \* cannot stand with GROUP BY"),
        ("SELECT ?s { ?s ?p ?o } HAVING (COUNT(?p) > 1)", "put it in GROUP BY"),
        ("SELECT (STR(?p) AS ?x) { ?s ?p ?o } GROUP BY ?s", "put it in GROUP BY"),
        ("SELECT ?x ?x {}", "selected twice"),
        ("SELECT (1 AS ?x) { ?x ?y ?z }", "has a value already"),
        ("SELECT (1 AS ?x) {} VALUES ?x { 1 }", "has a value already"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY (?p AS ?s)", "has a value already"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY COUNT(?s)", "COUNT cannot stand here"),
        ("SELECT * { FILTER(COUNT(?x) > 1) }", "COUNT cannot stand here"),
        ("SELECT (COUNT(MAX(?x)) AS ?y) {}", "MAX cannot stand inside another aggregate"),
        ("SELECT (SUM(*) AS ?y) {}", "only COUNT"),
        ("SELECT (SUM(?x; SEPARATOR=',') AS ?y) {}", "only GROUP_CONCAT"),
        ("SELECT * { _:a ?p ?o OPTIONAL { _:a ?p ?o } }", "_:a stands in another group of triples"),
        ("SELECT * { _:a ?p ?o FILTER EXISTS { _:a ?p ?o } }", "_:a stands in another group of triples"),
        ("SELECT * { VALUES (?a ?b) { (1) } }", "1 value for 2 variables"),
        ("SELECT * { VALUES (?a ?a) { (1 1) } }", "twice"),
        ("CONSTRUCT { ?s <a:b>* ?o } WHERE { ?s ?p ?o }", "property path cannot stand"),
        ("ASK { ?s <a:b>/<a:c> ?o {| ?p ?o |} }", "cannot be annotated"),
        ("ASK { VALUES ?x { <<( <a:a> <a:b> ?c )>> } }", "a variable cannot stand in VALUES"),
        ("ASK { ?s ?p <<( 1 <a:b> 2 )>> }", "subject of a triple term"),
        ("ASK { FILTER(BOUND(1)) }", "BOUND takes a variable"),
        ("SELECT * {} LIMIT 99999999999999999999", "more than any answer has"),
    ],
)  # fmt: skip
def test_rules_beside_the_grammar_are_told(text: str, words: str) -> None:
    with pytest.raises(QuerySyntaxError, match=words):
        parse_query(text, KNOWN)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("INSERT DATA { <a:a> <a:b> ?x }", "a variable cannot stand in INSERT DATA"),
        ("INSERT DATA { GRAPH ?g { <a:a> <a:b> 1 } }", "a variable cannot stand in INSERT DATA"),
        ("DELETE DATA { <a:a> <a:b> _:x }", "a blank node cannot stand in DELETE DATA"),
        ("DELETE WHERE { ?a ?b [] }", "a blank node cannot be deleted"),
        ("INSERT DATA { _:a <a:b> 1 } ; INSERT DATA { _:a <a:b> 2 }", "_:a stands in another operation"),
        ("INSERT { ?s <a:b>+ ?o } WHERE { ?s ?p ?o }", "property path cannot stand"),
        ("INSERT DATA {} ; ;", "; does not fit here"),
        ("SELECT * {}", "SELECT does not fit here; expected an operation such as INSERT or DELETE"),
    ],
)  # fmt: skip
def test_rules_of_updates_are_told(text: str, words: str) -> None:
    with pytest.raises(QuerySyntaxError, match=words):
        parse_update(text, KNOWN)


@pytest.mark.parametrize(
    ("tight", "spaced"),
    [
        ("?a<?b&&?c>?d", "?a < ?b && ?c > ?d"),
        ("?a<=3&&?b>4", "?a <= 3 && ?b > 4"),
        ("(?a)<3&&'x'<?b||STR(?c)>4", "(?a) < 3 && 'x' < ?b || STR(?c) > 4"),
        ("isnad:a<?b&&?c><http://example.org/>", "isnad:a < ?b && ?c > <http://example.org/>"),
    ],
)
def test_a_comparison_needs_no_blanks_where_no_iri_can_stand(tight: str, spaced: str) -> None:
    """The longest match would be an IRI (section 19.8), with which the text is none of SPARQL."""
    assert parse_query(f"ASK {{ FILTER({tight}) }}", KNOWN) == parse_query(f"ASK {{ FILTER ({spaced}) }}", KNOWN)


def test_rules_let_pass_what_the_recommendation_allows() -> None:
    for text in (
        "SELECT * { _:a ?p ?o FILTER(true) _:a ?q ?o }",
        "SELECT (COUNT(?s) AS ?n) (?n + 1 AS ?m) { ?s ?p ?o }",
        "SELECT ?u (MAX(?o) AS ?x) { ?s ?p ?o } GROUP BY (STR(?s) AS ?u) HAVING (MAX(?o) > 1) ORDER BY COUNT(?p)",
        "SELECT * { FILTER(?x) MINUS { ?x ?y ?z } BIND(1 AS ?x) }",
        "SELECT (1 AS ?x) { { SELECT ?y { ?x ?y ?z } } }",
        "CONSTRUCT { _:a ?p ?o } WHERE { _:a ?p ?o }",
        "ASK { ?s ?p TRUE } GROUP BY ?s",
    ):
        parse_query(text, KNOWN)
    parse_update("INSERT { _:a ?b ?c } WHERE { _:a ?b ?c } ; INSERT { _:a ?b ?c } WHERE { _:a ?b ?c }", KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ FILTER({'(' * 20_000}1{')' * 20_000}) }}",
        f"SELECT * {{ FILTER({'!' * 20_000}1) }}",
        "SELECT * " + "{" * 20_000,
        f"SELECT * {{ ?s {'(' * 20_000}<a:b>{')' * 20_000} ?o }}",
        "ASK { ?s ?p " + "[ ?p " * 20_000,
        "ASK { FILTER(" + "1 + STR(1 * -(1 = 2 && (3 || " * 150,
    ],
)
def test_nesting_without_end_is_refused(text: str) -> None:
    with pytest.raises(QueryTooLarge, match="nested too deeply"):
        parse_query(text, KNOWN)


def test_a_tree_too_deep_for_its_brackets_is_refused() -> None:
    inner = "1"
    for _ in range(60):
        inner = f"(true || false && 1 = 1 + 1 * - {inner})"
    with pytest.raises(QueryTooLarge, match="nested too deeply"):
        parse_query(f"ASK {{ FILTER {inner} }}", KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { " + "?s ?p 'x' . " * 10_000 + "}",
        "ASK { FILTER(" + "?a||" * 30_000 + "?b) }",
        "ASK { " + "{} UNION " * 14_000 + "{} }",
        "ASK { " + "".join(f"BIND(1 AS ?a{number}) " for number in range(6_000)) + "}",
        "ASK { " + "[] ?a ?b ." * 10_000 + "}",
        "ASK { ?s " + "<a:b>/" * 20_000 + "<a:b> ?o }",
        "PREFIX a:<a:b>" * 9_000 + "ASK {}",
    ],
)
def test_long_chains_are_no_nesting(text: str) -> None:
    assert len(text) < 130_000
    parse_query(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    ["#" * 130_000, " " * 130_000, "<" * 130_000, "?" * 130_000, r"\u0041" * 21_000, ":" * 130_000, "a." * 65_000, "ASK { ?s ?p '''" + "''\\'" * 30_000,
     "ASK { ?s ?p " + "true." * 25_000, "ASK { ?s ?p <" + "a" * 120_000, "ASK { ?s ?p ex:" + "a." * 60_000],
)  # fmt: skip
def test_hostile_texts_are_syntax_errors(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        parse_query(text, KNOWN)


def test_no_sign_of_the_grammar_reaches_the_reader() -> None:
    for text in ("SELECT", "SELECT * { ?s", "ASK { ?s ?p ?o FILTER( }", "SELECT * { ?s ?p 1 } ORDER"):
        assert not set("[]\\'_") & set(mistake(text).reason), mistake(text).reason
