"""RDF from elsewhere: what is taken, what is refused, and that nothing of it harms the process that asks."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import BlankNode

from kg.errors import BadRdf, RdfTooLarge
from kg.foreign import Limits, triples
from kg.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format

BASE = "http://example.org/graph/1"
LIMITS = Limits(900 << 20, 20.0, 1 << 20)
XML = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">' + (
    '<r:Description r:about="a"><e:p>b</e:p></r:Description></r:RDF>'
)
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
BILLION = f'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]>\n<r>&l9;</r>'


def read(text: str | bytes, format: Format, limits: Limits = LIMITS) -> list[str]:
    document = text if isinstance(text, bytes) else text.encode()
    return sorted(str(triple) for triple in triples(document, format, BASE, limits))


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ('<a> <http://example.org/p> "b" .', TURTLE),
        ('<http://example.org/graph/a> <http://example.org/p> "b" .', N_TRIPLES),
        ('<http://example.org/graph/a> <http://example.org/p> "b" .', N_QUADS),
        ('{ <a> <http://example.org/p> "b" }', TRIG),
        ('{"@id": "a", "http://example.org/p": "b"}', JSON_LD),
        (XML, RDF_XML),
    ],
    ids=lambda value: value.name if isinstance(value, Format) else "",
)
def test_all_formats_are_read_relative_to_the_graph(text: str, format: Format) -> None:
    assert read(text, format) == ['<http://example.org/graph/a> <http://example.org/p> "b"']


@pytest.mark.parametrize(
    ("text", "format", "words", "line"),
    [
        ("<a> <b> <c> .\n<a> <b> .", TURTLE, "valid", 2),
        ("<a> <b> <c> .", N_TRIPLES, "IRI", 1),
        (b"<a> <b> '\xff' .", TURTLE, "UTF-8", 1),
        ("<a> <b> <c>", TURTLE, "", 1),
        ("{ <a> <b> <c> } <g> { <a> <b> <d> }", TRIG, "only the triples of one graph", None),
        (BILLION, RDF_XML, "DOCTYPE", 2),
        (BILLION.encode("utf-16"), RDF_XML, "DOCTYPE", 2),
        ('<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd"><r/>', RDF_XML, "DOCTYPE", 1),
        ("<r>\n</s>", RDF_XML, "namespaces", None),
        ("nothing", RDF_XML, "syntax error", 1),
        ('{"@context": "http://127.0.0.1:1/c", "@id": "a", "p": "b"}', JSON_LD, "remote", None),
        ('{"@context": "file:///etc/passwd", "@id": "a", "p": "b"}', JSON_LD, "remote", None),
        ('{"@context": {"@import": "http://127.0.0.1:1/c"}, "@id": "a", "p": "b"}', JSON_LD, "", None),
        ('{"@id": "a"', JSON_LD, "", 1),
    ],
)
def test_what_is_refused_is_told_with_its_line(text: str | bytes, format: Format, words: str, line: int | None) -> None:
    with pytest.raises(BadRdf) as caught:
        read(text, format)
    assert words in str(caught.value)
    assert caught.value.line == line
    assert "Traceback" not in str(caught.value)


def test_blank_nodes_of_two_documents_are_two() -> None:
    first, second = (triples(b"_:a <http://example.org/p> 1 .", TURTLE, BASE, LIMITS)[0].subject for _ in range(2))
    assert isinstance(first, BlankNode)
    assert first != second


@pytest.mark.parametrize(
    ("document", "format", "limits", "words"),
    [
        ("<a> <b> " + " , ".join(f"<{n}>" for n in range(50_000)) + " .", TURTLE, LIMITS, "megabytes as N-Triples"),
        ("<a> <b> " + "[ <b> " * 500_000, TURTLE, Limits(300 << 20, 20.0, 1 << 20), "memory"),
        ("<a> <b> <c> .", TURTLE, Limits(900 << 20, 0.001, 1 << 20), "0.001 seconds"),
    ],
)
def test_what_takes_too_much_is_stopped(document: str, format: Format, limits: Limits, words: str) -> None:
    with pytest.raises((RdfTooLarge, BadRdf)) as caught:
        read(document, format, limits)
    assert words in str(caught.value)


def test_deep_json_is_survived() -> None:
    deep: object = "x"
    for _ in range(900):
        deep = {"http://example.org/p": deep}
    with pytest.raises((RdfTooLarge, BadRdf)):
        read("[" * 200_000, JSON_LD)
    assert len(read(json.dumps(deep), JSON_LD)) == 900
