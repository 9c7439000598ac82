"""The lexer against the terminals of the SPARQL grammar."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Store

from kg.sparql.faults import Fault, Source, place
from kg.sparql.iris import resolved
from kg.sparql.lexer import Lexer, Token
from kg.sparql.tree import IRI, BlankNode, Literal, Variable

PREFIXES = {"": "http://example.org/", "ex": "http://example.org/", "ش": "http://example.org/"}


def tokens(text: str) -> list[Token]:
    return list(Lexer(text, PREFIXES, None).tokens())[:-1]


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("<http://example.org/a#b>", "IRI"),
        ("ex:a.b", "IRI"),
        (":", "IRI"),
        (r"ex:a\,b%20c", "IRI"),
        ("ex:a:b", "IRI"),
        ("ش:س", "IRI"),
        ("_:b0.c", "BLANK"),
        ("?x", "VARIABLE"),
        ("$1", "VARIABLE"),
        ("@en-GB", "LANGUAGE"),
        ("@ar--rtl", "LANGUAGE"),
        ("'it''s'"[:4], "STRING"),
        ('"a \\" b"', "STRING"),
        ('"""a "quoted" \n line"""', "STRING"),
        ("'''it''s'''", "STRING"),
        ("-1.5e-3", "SIGNED"),
        (".5", "NUMBER"),
        ("12", "INTEGER"),
        ("group_Concat", "AGGREGATE"),
        ("isIRI", "FUNCTION"),
        ("oPTIONAL", "OPTIONAL"),
        ("a", "A"),
        ("A", "unknown word"),
        ("tRUE", "BOOLEAN"),
        ("~", "TILDE"),
    ],
)
def test_a_terminal_is_one_token(text: str, type: str) -> None:
    assert [(token.type, token.text) for token in tokens(text)] == [(type, text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"ex:a\,b%20c", IRI("http://example.org/a,b%20c")),
        ("01", Literal("01", "http://www.w3.org/2001/XMLSchema#integer")),
        ("1e0", Literal("1e0", "http://www.w3.org/2001/XMLSchema#double")),
        ("+.50", Literal("+.50", "http://www.w3.org/2001/XMLSchema#decimal")),
        ("$x", Variable("x")),
        ("_:a-1", BlankNode("a-1")),
        (r'"\t\b\n\r\f\"\'\\ \\u0041"', "\t\b\n\r\f\"'\\ \\u0041"),
        ('"""a\n"b"""', 'a\n"b'),
    ],
)
def test_a_token_has_its_value(text: str, value: object) -> None:
    assert [token.value for token in tokens(text)] == [value]


def test_dots_at_the_end_belong_to_the_sentence() -> None:
    assert texts("ex:a. _:b. 1.") == ["ex:a", ".", "_:b", ".", "1", "."]


def test_comments_end_with_the_line_and_do_not_begin_in_iris_or_strings() -> None:
    assert texts("ASK # {\r{ <http://a#b> '#' } # end") == ["ASK", "{", "<http://a#b>", "'#'", "}"]


@pytest.mark.parametrize("text", ['"open', "'one line\n'", r'"\x"', "؟", "@en--up", "nope:x", "<relative>", "<http://[>"])
def test_what_is_no_token_is_a_fault(text: str) -> None:
    with pytest.raises(Fault):
        for token in tokens(text):
            if isinstance(token.value, Fault):
                raise token.value


def test_declarations_hold_from_where_they_stand() -> None:
    found = tokens("PREFIX ex: <http://one/> ex:a BASE <http://two/x> PREFIX ex: <y#> ex:a <z>")
    assert [token.value.value for token in found if token.type == "IRI"] == [
        "http://one/", "http://one/a", "http://two/x", "http://two/y#", "http://two/y#a", "http://two/z"
    ]  # fmt: skip


def test_decoding_leaves_escaped_backslashes_and_remembers_places() -> None:
    source = Source.of(r"\u0041\U0001F600 \\u0041 \u12 b")
    assert source.decoded == "A\U0001f600 \\\\u0041 \\u12 b"
    assert source.given[source.offset(source.decoded.index("b"))] == "b"
    assert source.offset(0) == 0
    assert source.offset(1) == 6


def test_places_count_characters_from_one() -> None:
    assert place("a\n😀b", 3) == (2, 2)


PARTS = st.sampled_from(["", "a", "..", ".", "b;c", "/", "//h", "?q", "#f", "a.b", "é", "g:h", ":"])


@given(
    st.lists(PARTS, max_size=5).map("/".join),
    st.sampled_from(["http://a/b/c/d;p?q", "http://a", "http://a/b?q/r", "file:///a/b", "http://a/b/"]),
)
def test_references_are_resolved_as_the_engine_does(reference: str, base: str) -> None:
    assume(not reference.startswith("//"))  # the engine leaves dots there that RFC 3986 takes away
    try:
        found = Store().query(f"BASE <{base}> SELECT (<{reference}> AS ?x) {{}}")
        theirs: str | None = next(iter(found))["x"].value  # type: ignore[union-attr]
    except SyntaxError:
        theirs = None
    ours = resolved(reference, base)
    try:
        NamedNode(ours)
    except ValueError:
        assert theirs is None
    else:
        assert theirs in (None, ours)


@pytest.mark.parametrize(
    ("reference", "iri"),
    [
        ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g/", "http://a/b/c/g/"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"),
        ("#s", "http://a/b/c/d;p?q#s"), (";x", "http://a/b/c/;x"), ("", "http://a/b/c/d;p?q"), ("../..", "http://a/"),
        ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"), ("g;x=1/../y", "http://a/b/c/y"), ("g?y/../x", "http://a/b/c/g?y/../x"),
    ],
)  # fmt: skip
def test_references_are_resolved_as_rfc_3986_has_it(reference: str, iri: str) -> None:
    """Examples of sections 5.4.1 and 5.4.2."""
    assert resolved(reference, "http://a/b/c/d;p?q") == iri
