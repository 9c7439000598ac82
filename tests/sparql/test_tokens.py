"""The lexer against the terminals of the SPARQL grammar."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.sparql.inspection import inspect
from kg.sparql.tokens import decoded, place, tokens

SUITES = Path(__file__).resolve().parents[3] / "shared" / "rdf-tests"


def kinds(text: str) -> list[str]:
    return [token.kind for token in tokens(text)]


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<http://example.org/a#b>", "iri"),
        ("<>", "iri"),
        (r"<http://example.org/\u0041>", "iri"),
        ("ex:a.b", "name"),
        (":", "name"),
        (r"ex:a\,b%20c", "name"),
        ("ex:a:b", "name"),
        ("ش:س", "name"),
        ("_:b0.c", "blank"),
        ("?x", "variable"),
        ("$1", "variable"),
        ("@en-GB", "language"),
        ("@ar--rtl", "language"),
        ("'it''s'"[:4], "string"),
        ('"a \\" b"', "string"),
        ('"""a "quoted" \n line"""', "string"),
        ("'''it''s'''", "string"),
        ("-1.5e-3", "number"),
        (".5", "number"),
        ("GROUP_CONCAT", "word"),
        ("~", "sign"),
    ],
)
def test_a_terminal_is_one_token(text: str, kind: str) -> None:
    assert [(token.kind, token.text) for token in tokens(text)] == [(kind, text)]


def test_dots_at_the_end_belong_to_the_sentence() -> None:
    assert texts("ex:a. _:b. 1.") == ["ex:a", ".", "_:b", ".", "1", "."]


def test_comments_end_with_the_line_and_do_not_begin_in_iris_or_strings() -> None:
    assert texts("ASK # {\r{ <a#b> '#' } # end") == ["ASK", "{", "<a#b>", "'#'", "}"]


def test_what_begins_no_token_is_a_stray_and_ends_the_tokens() -> None:
    assert kinds('ASK { ?s ?p "open }') == ["word", "sign", "variable", "variable", "stray"]
    assert kinds("'one line\n'")[0] == "stray"


def test_decoding_leaves_what_names_no_character() -> None:
    assert decoded(r"\u0041\U0001F600\uD800\u12") == "A\U0001f600\\uD800\\u12"


def test_places_count_characters_from_one() -> None:
    assert place("a\n😀b", 3) == (2, 2)


@pytest.mark.skipif(not SUITES.is_dir(), reason="the W3C suites are not here")
def test_every_valid_text_of_the_w3c_suites_is_made_of_tokens() -> None:
    valid = [path for path in SUITES.rglob("*.r[qu]") if "bad" not in path.name]
    strays = [path.name for path in valid if inspect(path.read_text(encoding="utf-8")).stray is not None]
    assert len(valid) > 400
    assert strays == []
