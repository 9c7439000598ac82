"""/graphs against the SPARQL 1.1 Graph Store HTTP Protocol, over a real connection."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest
from rdflib import Graph

from kg.formats import Format, holding
from kg.prefixes import known
from kg.settings import read
from kg.store.pool import Pool
from server import create_app
from tests.server.asking import Reply, ask
from tests.server.scratch import TOKEN
from tests.snapshots import BASE, FACTS, FEW, snapshot

BEARER = {"Authorization": f"Bearer {TOKEN}"}
TURTLE = "text/turtle; charset=utf-8"
NAMES = count()
READERS = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml", "nquads": "nquads", "trig": "trig"}


@pytest.fixture
def iri() -> str:
    """The name of a graph that no other test has."""
    return f"http://example.org/graph/{next(NAMES)}"


def at(iri: str) -> str:
    return f"/graphs?graph={quote(iri, safe='')}"


def send(address: str, method: str, path: str, body: str | bytes = "", kind: str = TURTLE, **headers: str) -> Reply:
    return ask(address, method, path, body, Content_Type=kind, **{**BEARER, **headers})


def lines(address: str, path: str) -> list[str]:
    reply = ask(address, "GET", path, Accept="application/n-triples")
    assert reply.status == 200
    return sorted(reply.body.splitlines())


# -- what is done with a graph -------------------------------------------------------------------------------------------------


def test_a_graph_is_put_and_put_again(writable: str, iri: str) -> None:
    first = send(writable, "PUT", at(iri), '<s> <p> "one" .')
    assert (first.status, first.body, first.headers["location"]) == (201, "", f"{writable}{at(iri)}")
    assert lines(writable, at(iri)) == ['<http://example.org/graph/s> <http://example.org/graph/p> "one" .']
    second = send(writable, "PUT", at(iri), '<s> <p> "two" .')
    assert (second.status, second.body) == (204, "")
    assert second.headers["isnad-revision"] != first.headers["isnad-revision"]
    assert lines(writable, at(iri)) == ['<http://example.org/graph/s> <http://example.org/graph/p> "two" .']


def test_a_graph_is_added_to(writable: str, iri: str) -> None:
    assert send(writable, "POST", at(iri), '<s> <p> "one" .').status == 201
    assert send(writable, "POST", at(iri), '<s> <p> "two", "one" .').status == 204
    assert len(lines(writable, at(iri))) == 2


def test_a_graph_is_deleted_once(writable: str, iri: str) -> None:
    send(writable, "PUT", at(iri), '<s> <p> "one" .')
    assert [ask(writable, "DELETE", at(iri), **BEARER).status for _ in range(2)] == [204, 404]
    assert ask(writable, "GET", at(iri)).status == 404
    assert ask(writable, "HEAD", at(iri)).status == 404


def test_the_default_graph_is_a_graph_like_others(writable: str) -> None:
    assert send(writable, "PUT", "/graphs?default", '<http://example.org/s> <http://example.org/p> "one" .').status == 204
    assert send(writable, "POST", "/graphs?default", '<http://example.org/s> <http://example.org/p> "two" .').status == 204
    assert len(lines(writable, "/graphs?default")) == 2
    assert ask(writable, "DELETE", "/graphs?default", **BEARER).status == 204
    assert lines(writable, "/graphs?default") == []


def test_the_default_graph_of_the_protocol_has_no_union_in_it(address: str) -> None:
    assert lines(address, "/graphs?default") == [
        '<http://example.org/plain> <http://www.w3.org/2000/01/rdf-schema#label> "in the default graph" .'
    ]


def test_the_name_that_stores_give_it_is_the_default_graph(writable: str) -> None:
    assert send(writable, "PUT", at("urn:x-arq:DefaultGraph"), "<a:s> <a:p> <a:o> .").status == 204
    assert lines(writable, "/graphs?default") == lines(writable, at("urn:x-arq:DefaultGraph")) == ["<a:s> <a:p> <a:o> ."]


def test_a_graph_without_a_name_gets_one(writable: str) -> None:
    replies = [send(writable, "POST", "/graphs", "[] <http://example.org/p> 1 .") for _ in range(2)]
    places = [reply.headers["location"] for reply in replies]
    assert [reply.status for reply in replies] == [201, 201]
    assert places[0] != places[1]
    assert len(lines(writable, places[0].removeprefix(writable))) == 1
    assert len(lines(writable, at(places[0]))) == 1


@pytest.mark.parametrize("path", ["/graphs/person/1.ttl", "/graphs/%D8%A8%D8%AF%D8%B1", "/graphs/a%20b/c+d"])
def test_a_graph_has_an_address_of_its_own(writable: str, path: str) -> None:
    created = send(writable, "PUT", path, "<> <http://example.org/p> 1 .")
    assert (created.status, ask(writable, "GET", path).status) == (201, 200)
    by_name = path[1:].replace("%D8%A8%D8%AF%D8%B1", "بدر")
    assert lines(writable, at(f"{BASE}{by_name}")) == lines(writable, path) == lines(writable, at(f"{writable}/{by_name}"))
    assert lines(writable, path)[0].startswith(f"<{BASE}{by_name}> ")
    assert ask(writable, "DELETE", path, **BEARER).status == 204


def test_our_graphs_are_read_at_their_own_path(address: str) -> None:
    assert lines(address, "/graph/facts") == lines(address, at(FACTS)) != []


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("path", ["/graph/facts", at(FACTS)])
def test_our_graphs_are_not_written_to(writable: str, method: str, path: str) -> None:
    before = lines(writable, path)
    reply = send(writable, method, path, "<a:s> <a:p> <a:o> .")
    assert (reply.status, "made from documents" in reply.body) == (403, True)
    assert lines(writable, path) == before != []


def test_names_are_decoded_once(writable: str, iri: str) -> None:
    send(writable, "PUT", f"/graphs?graph={iri}/%31", '<s> <p> "one" .')
    send(writable, "PUT", f"/graphs?graph={iri}/%2531", '<s> <p> "two" .')
    assert "one" in lines(writable, at(f"{iri}/1"))[0]
    assert "two" in lines(writable, at(f"{iri}/%31"))[0]


def test_an_empty_graph_is_there(writable: str, iri: str) -> None:
    assert send(writable, "PUT", at(iri)).status == 201
    assert lines(writable, at(iri)) == []
    assert send(writable, "PUT", at(iri)).status == 204


# -- formats -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by_name", [False, True])
@pytest.mark.parametrize("format", holding("graph"), ids=lambda format: format.name)
def test_graphs_come_in_all_formats_and_go_back(writable: str, iri: str, format: Format, by_name: bool) -> None:
    send(writable, "PUT", at(iri), '<s> <http://example.org/p> "منظمة"@ar, 1 .')
    path = f"{at(iri)}&format={format.name}" if by_name else at(iri)
    reply = ask(writable, "GET", path, **({} if by_name else {"Accept": format.media_type}))
    assert (reply.status, reply.headers["content-type"]) == (200, format.content_type)
    if format.name in ("turtle", "ntriples", "rdfxml"):
        assert len(Graph().parse(data=reply.body, format=READERS[format.name])) == 2
    assert send(writable, "PUT", at(f"{iri}/copy"), reply.body, format.media_type).status == 201
    assert lines(writable, at(f"{iri}/copy")) == lines(writable, at(iri))


def test_the_parts_of_a_form_are_added_together(writable: str, iri: str) -> None:
    parts = (
        ("one.ttl", "text/turtle", "_:a <http://example.org/p> 1 ."),
        ("two.nt", "", "_:a <http://example.org/p> <http://example.org/o> ."),
    )
    body = ""
    for filename, kind, text in parts:
        body += f'--limit\r\nContent-Disposition: form-data; name="graph"; filename="{filename}"\r\n'
        body += (f"Content-Type: {kind}\r\n" if kind else "") + f"\r\n{text}\r\n"
    reply = send(writable, "POST", at(iri), body + "--limit--\r\n", "multipart/form-data; boundary=limit")
    assert reply.status == 201
    subjects = {line.split()[0] for line in lines(writable, at(iri))}
    assert len(subjects) == 2


def test_a_form_without_files_is_told(writable: str, iri: str) -> None:
    body = '--limit\r\nContent-Disposition: form-data; name="graph"\r\n\r\n<a> <b> <c> .\r\n--limit--\r\n'
    assert send(writable, "POST", at(iri), body, "multipart/form-data; boundary=limit").status == 400


# -- what goes wrong -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status", "words"),
    [
        ("PUT", "/graphs", "", TURTLE, 400, "names no graph"),
        ("DELETE", "/graphs", "", TURTLE, 400, "names no graph"),
        ("PUT", "/graphs?graph=nothing", "", TURTLE, 400, "no absolute IRI"),
        ("PUT", "/graphs?graph=http://example.org/%3E%7D", "", TURTLE, 400, "no absolute IRI"),
        ("PUT", "/graphs?graph=http://example.org/a&default", "", TURTLE, 400, "leave one out"),
        ("PUT", "/graphs?graph=http://example.org/a&graph=http://example.org/b", "", TURTLE, 400, "more than one"),
        ("PUT", "/graphs/a?default", "", TURTLE, 400, "leave one out"),
        ("PUT", "/graphs?graph=urn:x-arq:UnionGraph", "", TURTLE, 400, "no graph to be"),
        ("GET", "/graphs?graph=urn:x-arq:UnionGraph", "", TURTLE, 400, "no graph to be"),
        ("PUT", "/graphs/a/%2E%2E/b", "", TURTLE, 400, "names no graph"),
        ("PUT", "/graphs?default", "<a> <b>\n <c", TURTLE, 400, "line 2"),
        ("PUT", "/graphs?default", "<!DOCTYPE x><x/>", "application/rdf+xml", 400, "DOCTYPE"),
        ("PUT", "/graphs?default", '{"@context": "http://127.0.0.1:1/"}', "application/ld+json", 400, "context"),
        ("PUT", "/graphs?default", "<a:a> <a:b> <a:c> <a:d> .", "application/n-quads", 400, "one graph"),
        ("PUT", "/graphs?default", "", "text/html", 415, "text/turtle"),
        ("PUT", "/graphs?default", "", "", 415, "nothing named"),
        ("POST", "/graphs?default", "a=b", "application/x-www-form-urlencoded", 415, "text/turtle"),
        ("PUT", "/graphs?default", "", "text/turtle; charset=utf-16", 415, "UTF-8"),
        ("PUT", "/graphs?default", "#" * 300_000, TURTLE, 413, "KG_MAX_UPLOAD"),
        ("PUT", "/graphs?default", "#" * 1_000_000, TURTLE, 413, ""),
        ("GET", "/graphs?default&format=csv", "", TURTLE, 406, "turtle"),
    ],
)
def test_what_cannot_be_done_is_told(writable: str, method: str, path: str, body: str, kind: str, status: int, words: str) -> None:
    before = ask(writable, "GET", "/graphs").headers["isnad-revision"]
    reply = send(writable, method, path, body, kind)
    assert reply.status == status
    assert words in reply.body
    assert "Traceback" not in reply.body
    assert ask(writable, "GET", "/graphs").headers["isnad-revision"] == before


@pytest.mark.parametrize("path", ["/graphs", "/graphs?default", "/graphs/a", "/graph/facts"])
def test_methods_that_are_none_are_told_with_those_there_are(writable: str, path: str) -> None:
    reply = ask(writable, "PATCH", path, **BEARER)
    assert reply.status == 405
    assert set(reply.headers["allow"].split(", ")) == {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"}


# -- only if -------------------------------------------------------------------------------------------------------------------


def test_a_graph_is_read_again_only_when_something_changed(writable: str, iri: str) -> None:
    send(writable, "PUT", at(iri), '<s> <p> "one" .')
    tag = ask(writable, "GET", at(iri)).headers["etag"]
    again = ask(writable, "GET", at(iri), If_None_Match=tag)
    assert (again.status, again.body, again.headers["etag"]) == (304, "", tag)
    assert ask(writable, "GET", at(iri), If_None_Match=tag, Accept="application/ld+json").status == 200
    send(writable, "POST", at(iri), '<s> <p> "two" .')
    assert ask(writable, "GET", at(iri), If_None_Match=tag).status == 200


def test_what_another_has_written_meanwhile_is_not_overwritten(writable: str, iri: str) -> None:
    assert send(writable, "PUT", at(iri), '<s> <p> "one" .', If_Match="*").status == 412
    assert send(writable, "PUT", at(iri), '<s> <p> "one" .', If_None_Match="*").status == 201
    assert send(writable, "PUT", at(iri), '<s> <p> "lost" .', If_None_Match="*").status == 412
    tag = ask(writable, "GET", at(iri)).headers["etag"]
    assert send(writable, "PUT", at(iri), '<s> <p> "two" .', If_Match=tag).status == 204
    for method in ("PUT", "POST", "DELETE"):
        assert send(writable, method, at(iri), '<s> <p> "lost" .', If_Match=tag).status == 412
    assert "two" in lines(writable, at(iri))[0]


@pytest.mark.parametrize("headers", [{}, {"Accept": "application/ld+json"}, {"Accept_Encoding": "gzip"}])
def test_a_graph_is_the_same_whatever_changes_beside_it(writable: str, iri: str, headers: dict[str, str]) -> None:
    send(writable, "PUT", at(iri), '<s> <p> "one", [] .')
    tag = ask(writable, "GET", at(iri), **headers).headers["etag"]
    assert send(writable, "PUT", at(f"{iri}/another"), '<s> <p> "two" .').status == 201
    again = ask(writable, "GET", at(iri), If_None_Match=tag, **headers)
    assert (again.status, again.headers["etag"]) == (304, tag)
    assert send(writable, "PUT", at(iri), '<s> <p> "lost" .', If_None_Match=tag).status == 412
    assert ask(writable, "GET", at(iri), If_Match='"other"').status == 412
    assert ask(writable, "GET", at(iri), If_Match=tag, **headers).status == 200
    assert send(writable, "POST", at(iri), '<s> <p> "two" .', If_Match=f'"other", {tag}').status == 204
    assert send(writable, "POST", at(iri), '<s> <p> "lost" .', If_Match=tag).status == 412


def test_a_graph_and_whether_it_is_there_are_of_one_revision(tmp_path: Path) -> None:
    for name, quads in (("1", FEW), ("2", FEW[2:4])):
        (tmp_path / f"made-{name}").mkdir()
        snapshot(tmp_path / f"made-{name}", quads).rename(tmp_path / name)
    with_it, without = tmp_path / "1", tmp_path / "2"
    settings = read({}, timeout=20, memory=900, workers=1)
    named = [with_it]
    with Pool(settings, lambda: named.pop(0) if len(named) > 1 else named[0], known(BASE)) as pool:
        client = create_app(settings, pool).test_client()
        for order in ((with_it, without), (without, with_it)):
            for first in range(5):
                named[:] = [order[0]] * first + [order[1]]
                reply = client.get(at(FACTS))
                assert reply.status_code == 404 or b"badr" in reply.data, (order, first)


def test_of_those_who_read_the_same_one_writes(writable: str, iri: str) -> None:
    send(writable, "PUT", at(iri), '<s> <p> "before" .')
    tag = ask(writable, "GET", at(iri)).headers["etag"]
    with ThreadPoolExecutor(8) as threads:
        replies = list(threads.map(lambda n: send(writable, "PUT", at(iri), f"<s> <p> {n} .", If_Match=tag), range(8)))
    assert sorted(reply.status for reply in replies) == [204] + [412] * 7


def test_head_tells_type_and_length(writable: str, iri: str) -> None:
    send(writable, "PUT", at(iri), '<s> <p> "one" .')
    read, told = (ask(writable, method, at(iri), Accept="text/turtle") for method in ("GET", "HEAD"))
    assert told.body == ""
    for header in ("content-type", "content-length", "etag", "vary"):
        assert told.headers[header] == read.headers[header]
