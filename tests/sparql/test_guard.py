"""What is admitted: no call of another endpoint and no load ever reaches the engine, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, Store

from kg.errors import QueryError, QueryRefused, QuerySyntaxError
from kg.sparql.guard import QUERIES, UPDATES, admit, admit_update, answer_kind, first_word
from kg.sparql.parser import parse_query

NOWHERE = "http://127.0.0.1:1/"
"""An address that the engine refuses to connect to, so that a call shows as an OSError and reaches nobody."""

CALL = f"<{NOWHERE}> {{ ?s ?p ?o }}"
PREFIXES = {"": NOWHERE, "ex": NOWHERE, "service": NOWHERE, "SERVICE": NOWHERE}

blanks = st.sampled_from([" ", "\n", "\t", "\r\n", "# a comment with '\"\n", "#>\n"])
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
    st.one_of(blanks, st.just("")),
    blanks,
    st.sampled_from(["", "SILENT ", "silent "]),
    st.sampled_from(["?s ?p ?o .", "FILTER(?a < ?b)", "", "{}"]),
    st.sampled_from(["{}", "OPTIONAL {{ {} }}", "{{ SELECT * {{ {} }} }}", "FILTER NOT EXISTS {{ {} }}", "BIND(EXISTS {{ {} }} AS ?x)"]),
)
def test_service_is_refused_in_any_case_escape_spacing_and_place(
    word: str, before: str, after: str, silent: str, first: str, place: str
) -> None:
    query = f"SELECT * {{ {first}{before}{place.format(f'{word}{after}{silent}{after}{CALL}')} }}"
    with pytest.raises(QueryRefused, match="SERVICE"):
        admit(query, PREFIXES)


inside_string = st.text(st.characters(exclude_characters="'\"\\\n\r", exclude_categories=["Cs"]), max_size=10)
inside_iri = st.text("abcXYZ019/?=&;:@._~-", max_size=10)


@given(inside_string, any_case, inside_string, st.sampled_from(["'", '"', "'''", '"""']))
def test_service_in_a_string_is_welcome(before: str, word: str, after: str, quote: str) -> None:
    admit(f"SELECT * {{ ?s ?p {quote}{before} {word} {after}{quote} }}", {})


@given(inside_string, any_case, inside_string)
def test_service_in_a_comment_is_welcome(before: str, word: str, after: str) -> None:
    admit(f"SELECT * {{ ?s ?p ?o # {before} {word} {after}\n }}", {})


@given(inside_iri, any_case, inside_iri, st.sampled_from(["", "#", "#x"]))
def test_service_in_an_iri_is_welcome(before: str, word: str, after: str, fragment: str) -> None:
    admit(f"SELECT * {{ ?s <http://example.org/{before}{word}{after}{fragment}> ?o }}", {})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a $SERVICE }",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:x service:y }",
        "PREFIX service: <http://example.org/> SELECT * FROM service:x { GRAPH service:y { ?s ?p ?o } }",
        "SELECT * { ?s ex:service ex:service }",
        "SELECT * { _:service ?p 'x'@service }",
        "SELECT * { ?s a <http://www.w3.org/ns/sparql-service-description#Service> }",
        "SELECT * { FILTER(?a<?b) ?s ?p ?o } # SERVICE",
        "SELECT * { FILTER(?a < ?b && ?c > ?d) ?s ?p '>SERVICE' }",
        "SELECT ?insert { ?insert ex:delete 'CLEAR' # DROP\n }",
    ],
)
def test_what_is_only_called_so_is_welcome(query: str) -> None:
    assert isinstance(admit(query, PREFIXES).text, str)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICESILENT{CALL} }}",
        "SELECT * { SERVICEex:x { ?s ?p ?o } }",
        "PREFIX SERVICE: <http://example.org/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE:x { ?s ?p ?o } }",
        f"SELECT * {{ ?s ?p 1.SERVICE{CALL} }}",
        f"SELECT * {{ FILTER(?a<?b)SERVICE#>\n{CALL} }}",
        f"SELECT * {{ FILTER(?a<'>')SERVICE{CALL} }} #'",
        f"SELECT * {{ FILTER(?a<#> '''\n?b) SERVICE {CALL} }} #'''",
        f"SELECT * {{ FILTER(?a<<{NOWHERE}#>) SERVICE {CALL} }}",
        f"SELECT * {{ BIND(''''a''' AS ?x) SERVICE {CALL} }}",
    ],
)
def test_calls_that_the_engine_alone_would_read_as_such_do_not_pass(query: str) -> None:
    with pytest.raises(QueryError):
        admit(query, PREFIXES)


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
    try:
        store.query(query).serialize(format=QueryResultsFormat.CSV)  # type: ignore[call-overload]
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
@example([("#", "")], f"SERVICE {CALL}", [("\n", "")], "}")
def test_no_text_that_is_admitted_makes_the_engine_call(
    engine: Store, before: list[tuple[str, str]], call: str, after: list[tuple[str, str]], end: str
) -> None:
    query = "SELECT * { " + "".join(map("".join, before)) + call + "".join(map("".join, after)) + end
    try:
        admitted = admit(query, PREFIXES)
    except QueryError:
        return
    assert not calls_out(engine, admitted.text), query


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("PREFIX select: <http://example.org/> # DESCRIBE\nASK {}", "ASK"),
        ("BASE <http://example.org/ASK>\ndescribe <x>", "DESCRIBE"),
        ("construct where {}", "CONSTRUCT"),
        ("VERSION '1.2' select *", "SELECT"),
        ("", None),
        ("WHERE {}", None),
        ("PREFIX : <", None),
    ],
)
def test_the_form_is_the_first_word_behind_the_prologue(query: str, form: str | None) -> None:
    assert first_word(query) == form
    assert answer_kind(query) == ("graph" if form in ("CONSTRUCT", "DESCRIBE") else "solutions")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT * FROM <a:b> {}", True),
        ("SELECT * from named <a:b> {}", True),
        ("SELECT*FROM NAMED<a:b>{}", True),
        ("PREFIX from: <a:b> SELECT ?from { ?from from:x 'FROM' }", False),
    ],
)
def test_from_is_found_where_it_is_a_keyword(query: str, names: bool) -> None:
    assert bool(parse_query(query, {}).dataset) is names


@pytest.mark.parametrize("word", sorted(UPDATES))
def test_updates_are_refused_and_told_by_name(word: str) -> None:
    with pytest.raises(QueryRefused, match=f"{word} changes the graph"):
        admit(f"PREFIX ex: <http://example.org/>\n{word.lower()} <a:b> {{}}", {})


def test_all_forms_are_known() -> None:
    assert {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"} == QUERIES


def test_a_stray_is_a_syntax_error_with_its_place() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        admit("ASK {\n  ?s ?p ؟\n}", {})
    assert (caught.value.line, caught.value.column) == (2, 9)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:1/>",
        r"INSERT DATA {} ; \u004cOAD <file:///etc/passwd> INTO GRAPH <a:b>",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE {CALL} }}",
        f"DELETE {{ ?s ?p ?o }} WHERE {{ FILTER NOT EXISTS {{ SERVICE SILENT {CALL} }} }}",
    ],
)
def test_updates_that_fetch_are_refused(update: str) -> None:
    with pytest.raises(QueryRefused, match=r"SERVICE|LOAD"):
        admit_update(update, {})


def test_a_silent_load_is_left_out() -> None:
    assert "LOAD" not in admit_update("INSERT DATA {} ; LOAD SILENT <file:///etc/passwd> ; CLEAR DEFAULT", {}).text.upper()


def test_an_update_is_admitted_as_the_engine_takes_it() -> None:
    store = Store()
    update = "PREFIX ex: <http://example.org/> INSERT DATA { ex:a ex:b 01 , 'é\\u0041'@en-GB } ; DELETE WHERE { ?s ?p 1 }"
    store.update(admit_update(update, {}).text)
    assert {str(quad.object) for quad in store} == {'"éA"@en-gb'}
