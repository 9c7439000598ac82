"""Generated requests over every operation: whatever is sent is answered, and never by an error of ours."""

from __future__ import annotations

import gzip
import random
import zlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from kg.formats import FORMATS
from tests.patience import PATIENCE
from tests.server.scratch import TOKEN, served

FORM = "application/x-www-form-urlencoded"
TYPES = [media_type for format in FORMATS for media_type in format.media_types]
GRAPHS = [f"http://example.org/g/{n}" for n in range(4)] + ["urn:x-arq:DefaultGraph"]
ODD = ["", "\0", "é", "﷽", "%", "%zz", "<>", '"', "a b", "\r\nX: y", "../..", "x" * 3000, "${7*7}", "' OR 1=1 --", "\\u0000", "{" * 200]
SELECTS = [
    "SELECT * { ?s ?p ?o } LIMIT 5",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?s (GROUP_CONCAT(?o) AS ?all) { ?s ?p ?o } GROUP BY ?s ORDER BY ?s",
    "SELECT * { { ?s ?p ?o } UNION { ?s rdfs:label ?l } MINUS { ?s ?p 1 } OPTIONAL { ?o ?q ?r } }",
    "SELECT * { VALUES ?x { 1 2 UNDEF } FILTER NOT EXISTS { ?x ?p ?o } BIND(?x * 2 AS ?y) }",
    "SELECT * { ?s rdfs:label+|^isnad:componentOf ?o } LIMIT 3",
    "SELECT (RAND() AS ?r) (NOW() AS ?n) {}",
    "ASK { actor:badr ?p ?o }",
]
GIVES_GRAPHS = [
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE actor:badr",
    "CONSTRUCT { ?s a ?p } FROM <http://example.org/g/1> WHERE { ?s ?p ?o }",
]
UPDATES = [
    "INSERT DATA { GRAPH <http://example.org/g/1> { <s> <p> 1 } }",
    "DELETE WHERE { GRAPH <http://example.org/g/1> { ?s ?p ?o } }",
    "CLEAR SILENT GRAPH <http://example.org/g/2>",
    "COPY SILENT <http://example.org/g/1> TO <http://example.org/g/3>",
    "INSERT { ?s <http://example.org/seen> true } WHERE { ?s ?p 1 }",
    "LOAD <http://127.0.0.1:1/x> INTO GRAPH <http://example.org/g/1>",
]
BODIES = [
    "<s> <p> 1, 'two'@en .",
    "[] <p> [ <q> (1 2) ] .",
    "<s> <p> .",
    "{",
    '{"@id": "s", "http://example.org/p": 1}',
    "<!DOCTYPE x><x/>",
    "\0",
]


class Maker:
    """Makes requests; the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def maybe(self, share: float) -> bool:
        return self.random.random() < share

    def one(self, *choices: object) -> str:
        return str(self.random.choice(choices))

    def spoilt(self, text: str, share: float = 0.12) -> str:
        """The text, now and then with something cut out, put in or doubled."""
        if not self.maybe(share):
            return text
        at, until = sorted(self.random.randrange(len(text) + 1) for _ in range(2))
        return self.one(text[:at] + text[until:], text[:at] + self.one(*ODD) + text[at:], text + text[at:until], self.one(*ODD))

    def request(self) -> tuple[str, str, bytes | None, dict[str, str]]:
        method, path, body, headers = self.random.choice(
            (self.query, self.query, self.query, self.graph, self.graph, self.update, self.stray)
        )()
        if self.maybe(0.6):
            headers["Accept"] = self.accept()
        if self.maybe(0.3):
            headers["Accept-Encoding"] = self.one("gzip", "gzip;q=0.5, identity", "*;q=0", "br", "gzip;q=2", *ODD[:3])
        if self.maybe(0.2):
            headers["If-None-Match"] = self.one("*", '"x"', 'W/"x"', "x", *ODD[:3])
        if self.maybe(0.1):
            headers["Origin"] = self.one("null", "https://example.org", *ODD[:3])
        if body is not None and self.maybe(0.1):
            headers["Content-Encoding"] = coding = self.one("gzip", "deflate", "br", "identity", "gzip, gzip")
            if self.maybe(0.7):
                body = {"gzip": gzip.compress, "deflate": zlib.compress}.get(coding, bytes)(body)
        clean = {name: value.encode("latin-1", "replace").decode("latin-1") for name, value in headers.items()}
        return method, path, body, {name: "".join(c for c in value if c.isprintable()) for name, value in clean.items()}

    def accept(self) -> str:
        ranges = [self.one("*/*", "text/*", "text/html", "application/*", *TYPES, *ODD[:6]) for _ in range(self.random.randint(1, 4))]
        return ", ".join(range + self.one("", "", ";q=0.5", ";q=0", ";q=1;x=y", ";charset=utf-8", ";q=é") for range in ranges)

    def parameters(self, *names: str) -> list[tuple[str, str]]:
        found = [(name, self.spoilt(self.one(*GRAPHS), 0.05)) for name in names if self.maybe(0.2)]
        if self.maybe(0.15):
            found.append(("format", self.one(*(format.name for format in FORMATS), "html", *TYPES, *ODD)))
        return found

    def query(self) -> tuple[str, str, bytes | None, dict[str, str]]:
        text = self.spoilt(self.one(*SELECTS, *SELECTS, *GIVES_GRAPHS))
        parameters = self.parameters("default-graph-uri", "named-graph-uri")
        way = self.one("GET", "GET", "HEAD", "form", "direct")
        if way in ("GET", "HEAD"):
            return way, f"/sparql?{urlencode([('query', text), *parameters])}", None, {}
        if way == "form":
            return "POST", "/sparql", urlencode([("query", text), *parameters]).encode(), {"Content-Type": FORM}
        return "POST", f"/sparql?{urlencode(parameters)}", text.encode("utf-8", "replace"), {"Content-Type": "application/sparql-query"}

    def update(self) -> tuple[str, str, bytes | None, dict[str, str]]:
        text, headers = self.spoilt(self.one(*UPDATES)), self.authority()
        parameters = self.parameters("using-graph-uri", "using-named-graph-uri")
        if self.maybe(0.5):
            return "POST", "/update", urlencode([("update", text), *parameters]).encode(), {"Content-Type": FORM, **headers}
        return (
            "POST",
            f"/update?{urlencode(parameters)}",
            text.encode("utf-8", "replace"),
            {"Content-Type": "application/sparql-update", **headers},
        )

    def graph(self) -> tuple[str, str, bytes | None, dict[str, str]]:
        method = self.one("GET", "GET", "GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH")
        graph = urlencode({"graph": self.spoilt(self.one(*GRAPHS), 0.05)})
        path = self.one(
            "/graphs?default",
            f"/graphs?{graph}",
            f"/graphs?{graph}",
            "/graphs",
            "/graphs/a/b",
            "/graph/facts",
            "/graphs/%00",
            "/graphs/%ff",
        )
        if method in ("PUT", "POST"):
            kind = self.one(
                "text/turtle",
                "text/turtle",
                "application/ld+json",
                "application/rdf+xml",
                "multipart/form-data; boundary=x",
                *TYPES,
                *ODD[:3],
            )
            return (
                method,
                path,
                self.spoilt(self.one(BODIES[0], *BODIES)).encode("utf-8", "replace"),
                {"Content-Type": kind, **self.authority()},
            )
        return method, path, None, self.authority()

    def stray(self) -> tuple[str, str, bytes | None, dict[str, str]]:
        asked = f"/?{urlencode({'question': self.one(*ODD)})}"
        path = self.one("/", "/questions", "/healthz", "/sparql", "/?question=components", "/nothing", "/update", asked)
        return self.one("GET", "GET", "POST", "OPTIONS", "PROPFIND"), path, None, {}

    def authority(self) -> dict[str, str]:
        return {"Authorization": self.one(*[f"Bearer {TOKEN}"] * 6, "Bearer x", "Basic eDp5", "é")}


def outcomes(address: str, seed: int, number: int) -> Counter[int]:
    """How often each status came; raises AssertionError with the request that an error of ours answered."""
    parts, maker, found = urlsplit(address), Maker(seed), Counter[int]()
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    for _ in range(number):
        method, path, body, headers = maker.request()
        connection.request(method, path, body, headers)
        reply = connection.getresponse()
        text = reply.read()
        assert reply.status != 500, (method, path, body, headers)
        assert b"Traceback" not in text, (method, path, body, headers)
        found[reply.status] += 1
    connection.close()
    return found


def check(found: Counter[int]) -> None:
    apart = found[503] + found[504]
    assert found[200] >= 0.3 * (found.total() - apart), found
    assert apart < 0.01 * found.total(), found


def test_whatever_is_sent_is_answered(tmp_path: Path) -> None:
    with served(tmp_path) as address:
        check(outcomes(address, 5, 200))


@pytest.mark.long
def test_twenty_thousand_requests_are_answered(tmp_path: Path) -> None:
    with served(tmp_path) as address, ThreadPoolExecutor(4) as clients:
        found = sum(clients.map(lambda seed: outcomes(address, seed, 1_000), range(20)), Counter[int]())
    assert found.total() == 20_000
    check(found)
