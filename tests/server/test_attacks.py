"""What was tried against such endpoints, tried against this one: nothing is fetched, nothing bursts, nothing leaks, and light queries go on."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import pytest

from tests.patience import comes
from tests.server.asking import Reply, ask
from tests.server.scratch import TOKEN, served

BEARER = {"Authorization": f"Bearer {TOKEN}"}
UPDATE, SPARQL, FORM = "application/sparql-update", "application/sparql-query", "application/x-www-form-urlencoded"


@contextmanager
def trap() -> Iterator[tuple[str, list[object]]]:
    """An address on loopback that nobody may call, and who did."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        over = threading.Event()

        def watch() -> None:
            while not over.is_set():
                try:
                    caller, place = listening.accept()
                except TimeoutError:
                    continue
                calls.append(place)
                caller.close()

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield f"127.0.0.1:{listening.getsockname()[1]}", calls
        finally:
            over.set()
            thread.join()


def test_the_trap_catches() -> None:
    with trap() as (place, calls):
        host, port = place.split(":")
        socket.create_connection((host, int(port))).close()
        assert comes(lambda: bool(calls))


def query(address: str, text: str) -> Reply:
    return ask(address, "POST", "/sparql", text, Content_Type=SPARQL)


def update(address: str, text: str) -> Reply:
    return ask(address, "POST", "/update", text, Content_Type=UPDATE, **BEARER)


def graph(address: str, text: str, kind: str) -> Reply:
    return ask(address, "PUT", "/graphs?graph=http://example.org/attacked", text, Content_Type=kind, **BEARER)


def still_there(address: str) -> bool:
    return "true" in query(address, "ASK {}").body


# -- asked to fetch --------------------------------------------------------------------------------------------------------------

FETCHING = (
    (query, "ASK {{ SERVICE <http://{0}/> {{ ?s ?p ?o }} }}", 403),
    (query, "ASK {{ SERVICE SILENT <http://{0}/> {{ ?s ?p ?o }} }}", 403),
    (query, "PREFIX a: <http://{0}/> ASK {{ sErViCe a:x {{ ?s ?p ?o }} }}", 403),
    (query, "ASK {{ VALUES ?e {{ <http://{0}/> }} SERVICE ?e {{ ?s ?p ?o }} }}", 403),
    (query, "ASK {{ \\u0053ERVICE <http://{0}/> {{ ?s ?p ?o }} }}", 403),
    (query, "ASK {{ {{ SELECT * {{ FILTER EXISTS {{ SERVICE <http://{0}/> {{ ?s ?p ?o }} }} }} }} }}", 403),
    (query, "ASK {{ SERVICE <file:///etc/passwd> {{ ?s ?p ?o }} }}", 403),
    (query, "ASK FROM <http://{0}/> FROM NAMED <file:///etc/passwd> {{ GRAPH ?g {{ ?s ?p ?o }} }}", 200),
    (update, "LOAD <http://{0}/>", 403),
    (update, "LOAD SILENT <http://{0}/> INTO GRAPH <http://example.org/x>", 204),
    (update, "\\u004C\\u004FAD <file:///etc/passwd>", 403),
    (update, "CLEAR DEFAULT; LOAD <file:///etc/passwd> INTO GRAPH <http://example.org/x>", 403),
    (update, "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <http://{0}/> {{ ?s ?p ?o }} }}", 403),
    (update, "DELETE {{ ?s ?p ?o }} USING <http://{0}/> WHERE {{ ?s ?p ?o }}", 204),
)
DOCUMENTS = (
    ('{{"@context": "http://{0}/", "@id": "a:b", "p": 1}}', "application/ld+json"),
    ('{{"@context": ["file:///etc/passwd"], "@id": "a:b"}}', "application/ld+json"),
    ('<!DOCTYPE r SYSTEM "http://{0}/x.dtd"><r/>', "application/rdf+xml"),
    ('<!DOCTYPE r [<!ENTITY % e SYSTEM "http://{0}/x"> %e;]><r/>', "application/rdf+xml"),
    (
        '<?xml version="1.0"?><?xml-stylesheet href="http://{0}/"?><!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>',
        "text/xml",
    ),
)


@pytest.mark.parametrize(("send", "text", "status"), FETCHING)
def test_nothing_is_fetched_for_a_query_or_an_update(writable: str, send: object, text: str, status: int) -> None:
    assert callable(send)
    with trap() as (place, calls):
        reply = send(writable, text.format(place))
        assert reply.status == status, reply.body
    assert not calls
    assert "root:" not in reply.body


@pytest.mark.parametrize(("text", "kind"), DOCUMENTS)
def test_nothing_is_fetched_for_a_document(writable: str, text: str, kind: str) -> None:
    with trap() as (place, calls):
        reply = graph(writable, text.format(place), kind)
        assert reply.status == 400, reply.body
    assert not calls
    assert "root:" not in reply.body


# -- what grows ------------------------------------------------------------------------------------------------------------------

DOUBLED = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(30))
ENTITIES = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
CROSSED = " ".join(f"VALUES ?v{n} {{ 0 1 2 3 4 5 6 7 8 9 }}" for n in range(12))
GROWING = (
    (query, f"SELECT (STRLEN(?x30) AS ?n) {{ BIND('{'x' * 1000}' AS ?x0) {DOUBLED} }}", {503}),
    (query, f"SELECT (COUNT(*) AS ?n) {{ {CROSSED} }}", {503}),
    (query, f"SELECT * {{ {CROSSED} }} ORDER BY ?v0 ?v11", {503}),
    (query, "SELECT * { ?s ?p '" + "(" * 50_000 + "' FILTER(REGEX(?p, '(a+)+$')) }", {200, 503}),
    (query, "ASK " + "{" * 20_000 + "}" * 20_000, {400, 413, 503}),
    (query, "ASK { FILTER(" + "!" * 30_000 + "true) }", {200, 400, 413, 503}),
    (update, f"INSERT {{ ?s <a:p> ?x30 }} WHERE {{ BIND(<a:s> AS ?s) BIND('{'x' * 1000}' AS ?x0) {DOUBLED} }}", {400, 503}),
    (update, f"INSERT {{ <a:s> <a:p> ?v0 }} WHERE {{ {CROSSED} }}", {503}),
)


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server listens that lets nothing run for long."""
    with served(tmp_path_factory.mktemp("hurried"), timeout=4) as address:
        yield address


@pytest.mark.parametrize(("send", "text", "statuses"), GROWING, ids=[f"{row[0].__name__} {row[1][:40]}" for row in GROWING])
def test_what_grows_is_stopped_and_the_server_goes_on(hurried: str, send: object, text: str, statuses: set[int]) -> None:
    assert callable(send)
    reply = send(hurried, text)
    assert reply.status in statuses, reply.body[:500]
    assert still_there(hurried)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f'<!DOCTYPE r [<!ENTITY e0 "ha">{ENTITIES}]><r>&e12;</r>', "application/rdf+xml"),
        ("<a:a> <a:b> " + "[ <a:c> " * 60_000, "text/turtle"),
        ("[" * 200_000, "application/ld+json"),
        ("<a:a> <a:b> (" + " ()" * 60_000 + ") .", "text/turtle"),
    ],
    ids=["entities", "brackets", "lists of lists", "many lists"],
)
def test_documents_that_grow_are_stopped(writable: str, text: str, kind: str) -> None:
    assert graph(writable, text, kind).status in (204, 201, 400, 413)
    assert still_there(writable)


def test_bodies_that_grow_when_unpacked_are_refused(writable: str) -> None:
    twice = gzip.compress(gzip.compress(b" " * 100_000_000))
    for path, kind in (("/sparql", SPARQL), ("/update", UPDATE), ("/graphs?default", "text/turtle")):
        method = "PUT" if path.startswith("/graphs") else "POST"
        assert (
            ask(writable, method, path, gzip.compress(b" " * 100_000_000), Content_Type=kind, Content_Encoding="gzip", **BEARER).status
            == 413
        )
        assert ask(writable, method, path, twice, Content_Type=kind, Content_Encoding="gzip, gzip", **BEARER).status == 415
    assert still_there(writable)


def test_nobody_has_a_body_unpacked_who_may_not_write(writable: str) -> None:
    packed = gzip.compress(b" " * 10_000_000)
    assert ask(writable, "PUT", "/graphs?default", packed, Content_Type="text/turtle", Content_Encoding="gzip").status == 401


# -- what breaks out -------------------------------------------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>"


def test_scripts_in_answers_stay_text(writable: str) -> None:
    text = f"SELECT ('{SCRIPT}' AS ?x) (<javascript:alert(1)> AS ?y) {{}}"
    page = ask(writable, "GET", f"/sparql?{urlencode({'query': text, 'format': 'html'})}")
    assert SCRIPT not in page.body
    assert 'href="javascript:' not in page.body
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    for accept in ("text/csv", "application/sparql-results+json", "text/turtle;q=0.1, */*;q=0.01"):
        reply = ask(writable, "GET", f"/sparql?{urlencode({'query': text})}", Accept=accept)
        assert not reply.headers["content-type"].startswith("text/html")
        assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "iri", ["http://e.org/> } ; DROP ALL #", "http://e.org/a\r\nSet-Cookie: x=1", "http://e.org/<script>", "a:b> {} ASK {"]
)
def test_names_of_graphs_break_out_of_nothing(writable: str, iri: str) -> None:
    for method in ("GET", "PUT", "DELETE"):
        reply = ask(writable, method, f"/graphs?graph={quote(iri, safe='')}", "", Content_Type="text/turtle", **BEARER)
        assert (reply.status, "set-cookie" in reply.headers) == (400, False)
    assert ask(writable, "GET", f"/sparql?{urlencode({'query': 'ASK {}', 'default-graph-uri': iri})}").status == 400
    assert (
        ask(writable, "POST", f"/update?{urlencode({'using-graph-uri': iri})}", "CLEAR DEFAULT", Content_Type=UPDATE, **BEARER).status
        == 400
    )


@pytest.mark.parametrize(
    "path",
    [
        "/graphs/../../etc/passwd",
        "/graphs/%2e%2e/%2e%2e/etc/passwd",
        "/static/%2e%2e/run.py",
        "/static/..%2f..%2fREADME.md",
        "//etc/passwd",
        "/graph/%00",
    ],
)
def test_paths_lead_nowhere_else(writable: str, path: str) -> None:
    reply = ask(writable, "GET", path)
    assert reply.status in (400, 404)
    assert "root:" not in reply.body


def test_an_update_does_not_come_in_by_the_door_for_queries(writable: str) -> None:
    for text in ("DROP ALL", "INSERT DATA { <a:s> <a:p> <a:o> }", "\\u0044ROP ALL", "# \nCLEAR DEFAULT"):
        for reply in (query(writable, text), ask(writable, "POST", "/sparql", urlencode({"query": text}), Content_Type=FORM, **BEARER)):
            assert reply.status in (400, 403)


def test_problems_tell_nothing_of_the_inside(writable: str) -> None:
    for reply in (
        query(writable, "SELECT"),
        update(writable, "DROP"),
        graph(writable, "<", "text/turtle"),
        ask(writable, "GET", "/graphs/%ff"),
    ):
        assert not any(word in reply.body for word in ("Traceback", "site-packages", "/tmp/", ".py"))
    listed = json.loads(ask(writable, "POST", "/update", "x", Content_Type=UPDATE, Accept="application/problem+json").body)
    assert TOKEN not in json.dumps(listed)
