"""SERVICE over HTTP: this server asks another of its kind and Oxigraph's, and says what became of it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import main
from tests.federate.inside import PREFIXES, A, B, in_one_store, store
from tests.federate.real import oxigraph
from tests.federate.strange import GOOD, reply, strange
from tests.federate.test_evaluation import FORMS, HERE, THERE_A, THERE_B
from tests.patience import PATIENCE
from tests.server.asking import Reply, ask
from tests.server.scratch import TOKEN, served
from tests.sparql.w3c import comparable

DECLARED = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


class Servers(NamedTuple):
    asked: str
    a: str
    b: str

    def moved(self, text: str) -> str:
        """The text with the addresses of the endpoints."""
        return text.replace(A, self.a).replace(B, self.b)

    def back(self, text: str) -> str:
        return text.replace(self.a, A).replace(self.b, B)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("federate")


@pytest.fixture(scope="module")
def servers(folder: Path) -> Iterator[Servers]:
    plain = {"union_default_graph": "false", "timeout": PATIENCE}
    with oxigraph(DECLARED + THERE_A) as a, served(folder / "b", store(THERE_B), **plain) as b:
        there = Servers("", f"{a}/query", f"{b}/sparql")
        here = store(there.moved(HERE))
        with served(
            folder / "here", here, **plain, federation_allow=f"{there.a} {there.b}", federation_keys=2, federation_rows=150
        ) as asked:
            yield there._replace(asked=asked)


def query(address: str, text: str, **headers: str) -> Reply:
    sent = {"Content_Type": "application/sparql-query", "Accept": "application/sparql-results+json, text/turtle, application/problem+json"}
    return ask(address, "POST", "/sparql", DECLARED + text, **sent | headers)


@pytest.mark.parametrize("form", FORMS)
def test_the_answer_is_that_of_one_store(form: str, servers: Servers) -> None:
    got = query(servers.asked, servers.moved(FORMS[form]))
    assert got.status == 200, got.body
    body = servers.back(got.body)
    if got.headers["content-type"].startswith("text/turtle"):
        triples = ox.Store()
        triples.load(body.encode(), ox.RdfFormat.TURTLE)
        found = comparable(triples.query("CONSTRUCT WHERE { ?s ?p ?o }"))
    else:
        found = comparable(ox.parse_query_results(body, ox.QueryResultsFormat.JSON))
    assert found == in_one_store(FORMS[form], store(HERE), {A: store(THERE_A), B: store(THERE_B)})


def test_columns_stand_in_the_order_of_the_text(servers: Servers) -> None:
    got = query(servers.asked, f"SELECT * {{ ?x :wikidata ?q SERVICE <{servers.a}> {{ ?q :part ?w ; :label ?l }} ?x :size ?s }}")
    assert json.loads(got.body)["head"]["vars"] == ["x", "q", "w", "l", "s"]


def test_a_nested_service_is_the_other_endpoints_business(servers: Servers) -> None:
    nested = f"SELECT * {{ ?x :wikidata ?q SERVICE <{servers.a}> {{ ?q :label ?l SERVICE <{servers.b}> {{ ?q :image ?i }} }} }}"
    got = query(servers.asked, nested)
    assert [row["i"]["value"] for row in json.loads(got.body)["results"]["bindings"]] == ["two.png"]


def test_nothing_is_kept_of_what_others_answer(folder: Path) -> None:
    with strange(reply(GOOD)) as there, served(folder / "uncached", (), federation_allow=there.address) as address:
        path = f"/sparql?{urlencode({'query': f'SELECT ?o {{ SERVICE <{there.address}> {{ <a:b> <a:c> ?o }} }}'})}"
        for _ in range(2):
            got = ask(address, "GET", path)
            assert got.status == 200, got.body
            assert got.headers["cache-control"] == "no-store"
            assert "etag" not in got.headers
        assert len(there.asked) == 2


def test_what_silent_hid_is_told(servers: Servers) -> None:
    got = query(servers.asked, "SELECT ?x { ?x :name ?n SERVICE SILENT <http://127.0.0.1:1/> { ?x :p ?o } }")
    assert got.status == 200
    assert len(json.loads(got.body)["results"]["bindings"]) == 4
    assert '"SERVICE SILENT hid that <http://127.0.0.1:1/>' in got.headers["warning"]
    assert got.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "KG_FEDERATION_ALLOW"),
        ("SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }", 403, "KG_FEDERATION_ALLOW"),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "KG_FEDERATION_ALLOW"),
        ("SELECT * { SERVICE <http://127.0.0.1:\\u0031/> { ?s ?p ?o } }", 403, "KG_FEDERATION_ALLOW"),
        (f"SELECT * {{ SERVICE <{A}> {{ ?s ?p ?o FILTER(<urn:no>(?s)) }} }}", 502, "status 4|status 5"),
        (f"SELECT * {{ SERVICE <{A}> {{ ?s ?p ?o . ?s2 ?p2 ?o2 }} }}", 502, "more than 150 solutions"),
        (f"SELECT * {{ SERVICE <{A}> {{ ?s ?p }} }}", 400, "line"),
    ],
)
def test_what_cannot_be_answered_is_told(text: str, status: int, words: str, servers: Servers) -> None:
    got = query(servers.asked, servers.moved(text))
    assert got.status == status, got.body
    assert any(word in got.body for word in words.split("|")), got.body
    assert "root:" not in got.body


def test_an_endpoint_that_takes_too_long_ends_at_the_time_limit(folder: Path) -> None:
    with strange() as there:
        there.acts = [there.wait]
        with served(folder / "slow", (), federation_allow=there.address, timeout=4) as address:
            got = query(address, f"SELECT * {{ SERVICE <{there.address}> {{ ?s ?p ?o }} }}")
            assert got.status == 504
            assert " in time" in got.body
            page = ask(address, "GET", f"/sparql?{urlencode({'query': f'ASK {{ SERVICE <{there.address}> {{}} }}'})}", Accept="text/html")
            assert page.status == 504
            assert " in time" in page.body


def test_a_client_that_goes_ends_what_is_asked_for_it(folder: Path) -> None:
    met, over = threading.Event(), threading.Event()

    def wait(one: socket.socket) -> None:
        met.set()
        if one.recv(1) == b"":
            over.set()

    with strange(wait) as there, served(folder / "gone", (), federation_allow=there.address, timeout=PATIENCE) as address:
        parts = urlsplit(address)
        with socket.create_connection((parts.hostname or "", parts.port or 0), PATIENCE) as client:
            target = f"/sparql?{urlencode({'query': f'ASK {{ SERVICE <{there.address}> {{}} }}'})}"
            client.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert met.wait(PATIENCE)
        assert over.wait(PATIENCE)


def test_the_dataset_of_the_protocol_is_that_of_all_parts(servers: Servers) -> None:
    text = DECLARED + f"SELECT ?x ?l {{ ?x :in :one SERVICE <{servers.b}> {{ ?p :label ?l }} }}"
    parameters = urlencode({"query": text, "default-graph-uri": "http://example.org/g1"})
    got = ask(servers.asked, "GET", f"/sparql?{parameters}", Accept="application/sparql-results+json")
    assert len(json.loads(got.body)["results"]["bindings"]) == 4


def test_an_update_asks_nobody(servers: Servers) -> None:
    text = f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{servers.a}> {{ ?s ?p ?o }} }}"
    got = ask(servers.asked, "POST", "/update", text, Content_Type="application/sparql-update", Authorization=f"Bearer {TOKEN}")
    assert got.status == 403
    assert "an update asks no other endpoint" in got.body


def test_the_description_says_whether_others_are_asked(servers: Servers) -> None:
    assert "BasicFederatedQuery" in ask(servers.asked, "GET", "/sparql", Accept="text/turtle").body
    assert "BasicFederatedQuery" not in ask(servers.b.removesuffix("/sparql"), "GET", "/sparql", Accept="text/turtle").body


def test_the_command_asks_them_too(servers: Servers, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "asked.rq"
    file.write_text(
        DECLARED + f"SELECT ?i {{ ?x :wikidata ?q SERVICE <{servers.b}> {{ ?q :image ?i }} SERVICE SILENT <http://127.0.0.1:1/> {{}} }}",
        encoding="utf-8",
    )
    environment = {"KG_FEDERATION_ALLOW": servers.b, "KG_MEMORY": "900"}
    done = CliRunner().invoke(main, ["--store", str(folder / "here"), "ask", str(file), "--format", "csv"], env=environment)
    assert done.exit_code == 0, done.output
    assert sorted(done.stdout.split()) == ["four.png", "i", "two.png"]
    assert "SERVICE SILENT hid" in done.stderr
