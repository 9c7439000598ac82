"""Prefixes that need no declaration, and short names."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.prefixes import KINDS, declarations, known, shorten

BASE = "https://w3id.org/isnad/"


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (f"{BASE}ontology#Strike", "isnad:Strike"),
        (f"{BASE}id/actor/badr-organization", "actor:badr-organization"),
        (f"{BASE}concept/realis/asserted", "concept:realis/asserted"),
        ("http://www.w3.org/2001/XMLSchema#date", "xsd:date"),
        ("http://www.wikidata.org/entity/Q42", "wd:Q42"),
        ("http://example.org/x", None),
        (f"{BASE}id/actor/", None),
        (f"{BASE}id/actor/a<b", None),
    ],
)
def test_iris_are_shortened_by_the_longest_prefix(iri: str, name: str | None) -> None:
    assert shorten(iri, known(BASE)) == name


def test_the_longest_of_nested_prefixes_wins() -> None:
    assert shorten("http://x.example/y/z", {"a": "http://x.example/", "b": "http://x.example/y/", "c": "http://"}) == "b:z"


def test_prefixes_follow_the_base() -> None:
    assert known("http://example.org/kg/")["isnad"] == "http://example.org/kg/ontology#"
    assert {f"http://example.org/kg/id/{kind}/" for kind in KINDS} <= set(known("http://example.org/kg/").values())


def test_declarations_can_be_put_before_a_query() -> None:
    assert Store().query(declarations(known(BASE)) + "ASK { actor:a isnad:b geo:c }") is not None
