"""What a query names: a keyword is found however it is written, and only where it stands as one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, Store

from kg.errors import QueryRefused, QuerySyntaxError
from kg.sparql.guard import admit, answer_kind
from kg.sparql.inspection import UPDATES, inspect

NOWHERE = "http://127.0.0.1:1/"
"""An address that the engine refuses to connect to, so that a call shows as an OSError and reaches nobody."""

CALL = f"<{NOWHERE}> {{ ?s ?p ?o }}"

blanks = st.sampled_from(["", " ", "\n", "\t", "\r\n", "# a comment with '\"\n", "#>\n"])
any_case = st.lists(st.booleans(), min_size=7, max_size=7).map(
    lambda upper: "".join(letter.upper() if up else letter for letter, up in zip("service", upper, strict=True))
)


@st.composite
def escaped(draw: st.DrawFn, words: st.SearchStrategy[str]) -> str:
    """A word with some of its letters as codepoint escapes."""
    letters = []
    for letter in draw(words):
        form = draw(st.sampled_from(["{}", r"\u{:04x}", r"\u{:04X}", r"\U{:08X}"]))
        letters.append(form.format(ord(letter)) if "\\" in form else letter)
    return "".join(letters)


@given(
    escaped(any_case),
    blanks,
    blanks,
    st.sampled_from(["", "SILENT", "silent "]),
    st.sampled_from(["?s ?p ?o .", "FILTER(?a<?b)", "", "{}"]),
)
def test_service_is_found_in_any_case_escape_and_spacing(word: str, before: str, after: str, silent: str, first: str) -> None:
    query = f"SELECT * {{ {first}{before}{word}{after}{silent}{after}{CALL} }}"
    assert inspect(query).names_service, query


inside_string = st.text(st.characters(exclude_characters="'\"\\\n\r", exclude_categories=["Cs"]), max_size=10)
inside_iri = st.text("abcXYZ019/?=&;:@._~-", max_size=10)


@given(inside_string, any_case, inside_string, st.sampled_from(["'", '"', "'''", '"""']))
def test_service_in_a_string_is_not_found(before: str, word: str, after: str, quote: str) -> None:
    assert not inspect(f"SELECT * {{ ?s ?p {quote}{before} {word} {after}{quote} }}").names_service


@given(inside_string, any_case, inside_string)
def test_service_in_a_comment_is_not_found(before: str, word: str, after: str) -> None:
    assert not inspect(f"SELECT * {{ ?s ?p ?o # {before} {word} {after}\n }}").names_service


@given(inside_iri, any_case, inside_iri, st.sampled_from(["", "#", "#x"]))
def test_service_in_an_iri_is_not_found(before: str, word: str, after: str, fragment: str) -> None:
    assert not inspect(f"SELECT * {{ ?s <http://example.org/{before}{word}{after}{fragment}> ?o }}").names_service


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a $SERVICE }",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:x service:y }",
        "PREFIX service: <http://example.org/> SELECT * FROM service:x { GRAPH service:y { ?s ?p ?o } }",
        "SELECT * { ?s ex:service ex:service }",
        "SELECT * { _:service ?p 'x'@service }",
        "SELECT * { ?s a <http://www.w3.org/ns/sparql-service-description#Service> }",
        "SELECT * { ?s ?p <http://www.w3.org/ns/sparql-service-description#Service> }",
        "SELECT * { FILTER(?a<?b) ?s ?p ?o } # SERVICE",
        "SELECT * { FILTER(?a < ?b && ?c > ?d) ?s ?p '>SERVICE' }",
    ],
)
def test_what_is_only_called_service_is_not_found(query: str) -> None:
    assert not inspect(query).names_service


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICESILENT{CALL} }}",
        "SELECT * { SERVICEex:x { ?s ?p ?o } }",
        "PREFIX SERVICE: <http://example.org/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p true.SERVICE:x{ ?s ?p ?o } }",
        f"SELECT * {{ ?s ?p 1.SERVICE{CALL} }}",
        f"SELECT * {{ FILTER(?a<?b)SERVICE#>\n{CALL} }}",
        f"SELECT * {{ FILTER(?a<'>')SERVICE{CALL} }} #'",
        f"SELECT * {{ FILTER(?a<#> '''\n?b) SERVICE {CALL} }} #'''",
        f"SELECT * {{ FILTER(?a<<{NOWHERE}#>) SERVICE {CALL} }}",
        f"SELECT * {{ BIND(''''a''' AS ?x) SERVICE {CALL} }}",
    ],
)
def test_calls_that_only_the_engine_would_read_as_such_are_found(query: str) -> None:
    assert inspect(query).names_service


PIECES = [
    "?s ?p ?o", "?s ?p true", "?s :p 1", "aTRUE", "true.", ".", ";", "{", "}", "FILTER(?s<?o)",
    "FILTER(", "<", ">", ")", "(", "#", "\n", "'", '"',
    "'''", '"""', "\\", "service:x", "?service", "ex:SERVICE", "_:b", f"<{NOWHERE}>", "{?s ?p ?o}", "#>", "<#>", "<'>",
    "<)>", "<=", "||", "^^",
    "@en", "UNION", "OPTIONAL {}", "BIND(1 AS ?z)", "1.", "-1", r"\u0053ERVICE", r"\u0022", "<<", ">>", "[]", "()", "ex:b.", " ",
]  # fmt: skip
CALLS = [f"SERVICE {CALL}", f"SERVICE#>\n{CALL}", "SERVICEex:x{}", "SERVICE:x{?s ?p ?o}", f"SERVICE{CALL}", f"SERVICE SILENT{CALL}"]


def calls_out(store: Store, query: str) -> bool:
    """Whether the engine tries to ask another endpoint."""
    prefixes = {"": NOWHERE, "ex": NOWHERE, "service": NOWHERE, "SERVICE": NOWHERE}
    try:
        store.query(query, prefixes=prefixes).serialize(format=QueryResultsFormat.CSV)  # type: ignore[call-overload]
    except OSError:
        return True
    except (SyntaxError, RuntimeError, ValueError):
        return False
    return False


@pytest.fixture(scope="module")
def engine() -> Store:
    store = Store()
    for thing in (Literal(True), Literal(1), NamedNode(f"{NOWHERE}x")):
        store.add(Quad(NamedNode(f"{NOWHERE}s"), NamedNode(f"{NOWHERE}p"), thing))
    return store


@settings(max_examples=1500)
@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " "])), max_size=4),
    st.sampled_from(CALLS),
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " "])), max_size=2),
    st.sampled_from(["}", "} #'", "}#'''", '} #"', "} #>"]),
)
@example([], "SERVICE:x{?s ?p ?o}", [], "}")
@example([("?s ?p true.", "")], "SERVICE:x{?s ?p ?o}", [], "}")
def test_no_call_that_the_engine_would_make_goes_unseen(
    engine: Store, before: list[tuple[str, str]], call: str, after: list[tuple[str, str]], end: str
) -> None:
    query = "SELECT * { " + "".join(map("".join, before)) + call + "".join(map("".join, after)) + end
    assert inspect(query).names_service or not calls_out(engine, query), query


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("PREFIX select: <http://example.org/> # DESCRIBE\nASK {}", "ASK"),
        ("BASE <http://example.org/ASK>\ndescribe <x>", "DESCRIBE"),
        ("SELECTDISTINCT?s{?s ?p ?o}", "SELECT"),
        ("construct where {}", "CONSTRUCT"),
        ("", None),
        ("WHERE {}", None),
    ],
)
def test_the_form_is_the_first_word_behind_the_prologue(query: str, form: str | None) -> None:
    assert inspect(query).form == form
    assert answer_kind(query) == ("graph" if form in ("CONSTRUCT", "DESCRIBE") else "solutions")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT * FROM <a:b> {}", True),
        ("SELECT * from named <a:b> {}", True),
        ("SELECT*FROMNAMED<a:b>{}", True),
        ("SELECT*FROMex:g{}", True),
        ("PREFIX from: <a:b> SELECT ?from { ?from from:x 'FROM' }", False),
        ("PREFIX from: <a:b> SELECT (from:f(?x) AS ?y) { ?x a <FROM> }", False),
    ],
)
def test_from_is_found_where_it_is_a_keyword(query: str, names: bool) -> None:
    assert inspect(query).names_dataset is names


@pytest.mark.parametrize("word", UPDATES)
def test_updates_are_refused_and_told_by_name(word: str) -> None:
    with pytest.raises(QueryRefused, match=f"{word} changes the graph"):
        admit(f"PREFIX ex: <http://example.org/>\n{word.lower()} <a:b> {{}}")


def test_words_of_updates_are_welcome_where_they_are_no_keywords() -> None:
    admit("SELECT ?insert { ?insert ex:delete 'CLEAR' # DROP\n }")


def test_a_stray_is_a_syntax_error_with_its_place() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        admit("ASK {\n  ?s ?p ؟\n}")
    assert (caught.value.line, caught.value.column) == (2, 9)


def test_a_long_text_is_inspected_in_one_pass() -> None:
    hostile = "SELECT * { " + "FILTER(?a<?b)#>\n<#'>" * 20_000 + "}"
    seen = inspect(hostile)
    assert seen.form == "SELECT"
