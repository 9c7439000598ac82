"""Entity tags of answers, over a real connection: the same as long as the same is asked of the same graph."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.server.asking import Reply, ask
from tests.server.scratch import TOKEN

QUERY = "SELECT ?s { ?s ?p ?o } ORDER BY ?s"


def get(address: str, query: str = QUERY, method: str = "GET", parameters: dict[str, str] | None = None, **headers: str) -> Reply:
    return ask(address, method, f"/sparql?{urlencode({'query': query, **(parameters or {})})}", **headers)


def test_who_has_an_answer_is_told_that_it_still_holds(address: str) -> None:
    first = get(address)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    for method in ("GET", "HEAD"):
        for known in (tag, f'"other", {tag}', tag.removeprefix("W/")):
            again = get(address, method=method, If_None_Match=known)
            assert (again.status, again.body, again.headers["etag"]) == (304, "", tag)
            assert again.headers["vary"] == first.headers["vary"]
            assert again.headers["cache-control"] == "no-cache"
            assert again.headers["isnad-revision"] == first.headers["isnad-revision"]
    assert get(address, If_None_Match='"other"').status == 200


def test_all_that_shapes_an_answer_shapes_its_tag(address: str) -> None:
    graph = "http://example.org/g"
    replies = [
        get(address),
        get(address, f"{QUERY} #"),
        get(address, parameters={"default-graph-uri": graph}),
        get(address, parameters={"named-graph-uri": graph}),
        get(address, Accept="text/csv"),
        get(address, Accept="application/json"),
        get(address, Accept_Encoding="gzip"),
    ]
    tags = [reply.headers["etag"] for reply in replies]
    assert len(set(tags)) == len(tags)
    assert get(address, parameters={"format": "csv"}).headers["etag"] == get(address, Accept="text/csv").headers["etag"]


def test_a_write_changes_the_tags(writable: str) -> None:
    before = get(writable)
    written = ask(
        writable, "POST", "/update", "INSERT DATA { <http://example.org/tag> <http://example.org/p> 1 }",
        Content_Type="application/sparql-update", Authorization=f"Bearer {TOKEN}",
    )  # fmt: skip
    after = get(writable, If_None_Match=before.headers["etag"])
    assert after.status == 200
    assert after.headers["etag"] != before.headers["etag"]
    assert after.headers["isnad-revision"] == written.headers["isnad-revision"] != before.headers["isnad-revision"]


@pytest.mark.parametrize("expression", ["RAND()", "NOW()", "UUID()", "STRUUID()", "BNODE()", "now()"])
def test_what_is_another_each_time_has_no_tag(address: str, expression: str) -> None:
    reply = get(address, f"SELECT ({expression} AS ?x) {{}}", If_None_Match='"x"')
    assert (reply.status, reply.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in reply.headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path", [f"/sparql?{urlencode({'query': QUERY + ' #star'})}", "/sparql?query=SELECT(RAND()AS%3fx){}", "/sparql", "/graphs?default", "/"]
)
def test_who_wants_only_what_is_new_is_told_that_there_is_something(address: str, method: str, path: str) -> None:
    """RFC 9110, section 13.1.2: `*` is false wherever there is a representation, be it kept, made anew or without a tag."""
    plain = ask(address, method, path)
    for _ in range(2):
        reply = ask(address, method, path, If_None_Match="*")
        assert (reply.status, reply.body) == (304, "")
        assert not {"content-type", "content-length", "content-encoding"} & set(reply.headers)
        for header in ("etag", "vary", "cache-control"):
            assert reply.headers.get(header) == plain.headers.get(header)
    assert ask(address, "POST", "/sparql", QUERY, Content_Type="application/sparql-query", If_None_Match="*").status == 200
    assert ask(address, method, "/graphs?graph=http://example.org/none", If_None_Match="*").status == 404


def test_what_should_be_known_beside_an_answer_is_said_for_as_long_as_it_holds(address: str) -> None:
    first = get(address, "SELECT (<a:f>(1) AS ?x) {}")
    assert first.headers["warning"].startswith('299 - "There is no function')


@pytest.mark.parametrize("query", ["SELECT ?now { ?now ?p 'RAND' } # UUID()", "ASK { <http://example.org/NOW> ?uuid 1 }"])
def test_words_that_only_look_like_it_do_no_harm(address: str, query: str) -> None:
    assert "etag" in get(address, query).headers


def test_a_mistake_stays_a_mistake(address: str) -> None:
    for query in ("SELECT nonsense", "DROP ALL"):
        for known in ("*", '"x"'):
            reply = get(address, query, If_None_Match=known)
            assert reply.status in (400, 403)
            assert "etag" not in reply.headers


def test_a_posted_query_is_answered_each_time(address: str) -> None:
    tag = get(address).headers["etag"]
    reply = ask(address, "POST", "/sparql", QUERY, Content_Type="application/sparql-query", If_None_Match=tag)
    assert (reply.status, "etag" in reply.headers) == (200, False)
