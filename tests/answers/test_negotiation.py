"""Which format a client gets, by what it accepts."""

from __future__ import annotations

import pytest

from kg.answers import negotiate
from kg.errors import NotAcceptable
from kg.formats import FORMATS, NAMES, Format, Kind, called, holding

PAGE = Format("html", "a page", ("text/html",), "html", ("solutions", "graph"), None)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "kind", "sent"),
    [
        (None, "solutions", "application/sparql-results+json"),
        ("", "graph", "text/turtle"),
        ("*/*", "solutions", "application/sparql-results+json"),
        ("*/*", "graph", "text/turtle"),
        ("text/csv", "solutions", "text/csv"),
        ("TEXT/CSV", "solutions", "text/csv"),
        ("text/*", "solutions", "text/csv"),
        ("application/json", "solutions", "application/json"),
        ("application/json", "graph", "application/json"),
        ("text/csv;q=0.5, application/xml;q=0.6", "solutions", "application/xml"),
        ("text/tab-separated-values, */*", "solutions", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "solutions", "application/sparql-results+xml"),
        ("application/rdf+xml; charset=utf-8; q=1.0", "graph", "application/rdf+xml"),
        ("text/turtle;q=0.999, application/n-triples;q=1", "graph", "application/n-triples"),
        ("application/*", "graph", "application/n-triples"),
        ("nonsense, text/csv", "solutions", "text/csv"),
        (BROWSER, "solutions", "text/html"),
        ("text/html;q=0.1, */*;q=0.2", "graph", "text/turtle"),
    ],
)
def test_the_client_gets_what_it_likes_best(accept: str | None, kind: Kind, sent: str) -> None:
    assert negotiate(accept, kind, [PAGE]).media_type == sent


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "*/*;q=0", "text/turtle", "nonsense"])
def test_a_client_that_accepts_nothing_here_is_told_what_there_is(accept: str) -> None:
    with pytest.raises(NotAcceptable) as caught:
        negotiate(accept, "solutions")
    assert caught.value.offered == tuple(format.media_type for format in holding("solutions"))
    assert "text/csv" in str(caught.value)


@pytest.mark.parametrize("format", FORMATS, ids=NAMES)
def test_every_format_is_got_by_its_name_aliases_and_media_types(format: Format) -> None:
    for kind in format.kinds:
        assert called(format.name, kind) == format
        assert negotiate(format.media_type, kind) == format
        for alias in format.aliases:
            assert called(alias, kind) == format


def test_names_mean_what_fits_the_answer() -> None:
    assert called("xml", "solutions") != called("xml", "graph")
    assert called("turtle", "solutions") is None
    assert called("Text/CSV", "solutions") == called("csv", "solutions")
