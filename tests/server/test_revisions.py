"""Revisions that are kept by name, asked over a real connection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kg.store.embedded import Writer
from kg.store.keeping import drop, keep
from tests.server.asking import Reply, ask
from tests.server.scratch import TOKEN, VERSION, served

GRAPH = "http://example.org/g"
QUERY = f"SELECT ?o {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"
PLACE = f"/graphs?{urlencode({'graph': GRAPH})}"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def put(address: str, text: str) -> Reply:
    return ask(address, "PUT", PLACE, f"<a:s> <a:p> '{text}' .", Content_Type="text/turtle", **BEARER)


def asked(address: str, **parameters: str) -> Reply:
    return ask(address, "GET", f"/sparql?{urlencode({'query': QUERY, **parameters})}")


def found(reply: Reply) -> list[str]:
    return [row["o"]["value"] for row in json.loads(reply.body)["results"]["bindings"]]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose graph said `first` when it was kept by the name of cited, and says `second` now."""
    folder: Path = tmp_path_factory.mktemp("kept")
    with served(folder) as place:
        put(place, "first")
        with Writer(folder, VERSION) as writer:
            keep(writer, "cited", "2026-11-21")
        for text in ("between", "between again", "and again", "second"):
            put(place, text)
        yield place


def test_a_kept_revision_is_asked_by_its_name_and_by_its_tag(address: str) -> None:
    kept, now = asked(address, revision="cited"), asked(address)
    assert (found(kept), found(now)) == (["first"], ["second"])
    tag = kept.headers["isnad-revision"]
    assert tag != now.headers["isnad-revision"]
    assert kept.headers["etag"] != now.headers["etag"]
    assert found(asked(address, revision=tag)) == ["first"]
    posted = ask(address, "POST", "/sparql?revision=cited", QUERY, Content_Type="application/sparql-query")
    assert found(posted) == ["first"]
    form = ask(
        address, "POST", "/sparql", urlencode({"query": QUERY, "revision": "cited"}), Content_Type="application/x-www-form-urlencoded"
    )
    assert found(form) == ["first"]


def test_its_graphs_are_read_likewise(address: str) -> None:
    assert "'first'" in ask(address, "GET", f"{PLACE}&revision=cited").body.replace('"', "'")
    assert (
        ask(address, "GET", "/sparql?revision=cited").headers["isnad-revision"]
        == asked(address, revision="cited").headers["isnad-revision"]
    )


def test_what_is_kept_stays_the_same_for_those_who_have_it(address: str) -> None:
    tag = asked(address, revision="cited").headers["etag"]
    reply = ask(address, "GET", f"/sparql?{urlencode({'query': QUERY, 'revision': 'cited'})}", If_None_Match=tag)
    assert reply.status == 304


def test_a_name_that_was_dropped_is_asked_no_more(tmp_path: Path) -> None:
    with served(tmp_path) as place:
        put(place, "kept")
        with Writer(tmp_path, VERSION) as writer:
            keep(writer, "soon-gone", "2026-11-21")
        for _ in range(2):
            assert found(asked(place, revision="soon-gone")) == ["kept"]
        with Writer(tmp_path, VERSION) as writer:
            drop(writer, "soon-gone")
        assert asked(place, revision="soon-gone").status == 404


def test_its_page_leads_to_its_own_downloads(address: str) -> None:
    page = ask(address, "GET", f"/sparql?{urlencode({'query': QUERY, 'revision': 'cited', 'format': 'html'})}").body
    assert "first" in page
    assert page.count("revision=cited") >= 5
    assert '<input type="hidden" name="revision" value="cited">' in page


@pytest.mark.parametrize("name", ["citid", "../cited", "999", "999-deadbeef", "cited/..", "%2e%2e", "a\0b"])
def test_a_revision_that_is_none_is_told(address: str, name: str) -> None:
    assert asked(address, revision=name).status == 404
    assert ask(address, "GET", f"{PLACE}&{urlencode({'revision': name})}").status == 404


def test_the_past_is_not_written_to(address: str) -> None:
    reply = ask(address, "PUT", f"{PLACE}&revision=cited", "<a:s> <a:p> 'changed' .", Content_Type="text/turtle", **BEARER)
    assert (reply.status, "past" in reply.body) == (400, True)
    update = ask(address, "POST", "/update?revision=cited", "CLEAR DEFAULT", Content_Type="application/sparql-update", **BEARER)
    assert (update.status, "past" in update.body) == (400, True)
