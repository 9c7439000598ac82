"""Content codings: what is packed for whom, and what is unpacked, over a real connection."""

from __future__ import annotations

import gzip
import zlib
from functools import partial
from urllib.parse import urlencode

import pytest

from tests.server.asking import Reply, ask
from tests.server.scratch import TOKEN

PACK = partial(gzip.compress, mtime=0)
"""The same bytes at any time."""


LONG = f"SELECT ('{'long ' * 400}' AS ?text) {{}}"
SHORT = "SELECT ('short' AS ?text) {}"


def get(address: str, query: str, method: str = "GET", **headers: str) -> Reply:
    return ask(address, method, f"/sparql?{urlencode({'query': query})}", **headers)


@pytest.mark.parametrize(
    ("accepted", "query", "packed"),
    [
        ("gzip", LONG, True),
        ("gzip, deflate, br, zstd", LONG, True),
        ("x-gzip", LONG, True),
        ("*", LONG, True),
        ("gzip;q=0.1", LONG, True),
        ("br;q=1, gzip;q=0.5, *;q=0", LONG, True),
        ("gzip;q=0", LONG, False),
        ("gzip;q=0, *", LONG, False),
        ("identity", LONG, False),
        ("gzip;q=0.5, identity;q=0.8", LONG, False),
        ("br", LONG, False),
        ("", LONG, False),
        ("gzip", SHORT, False),
        ("gzip, identity;q=0", SHORT, True),
    ],
)
def test_an_answer_is_packed_for_those_who_like_it_so(address: str, accepted: str, query: str, packed: bool) -> None:
    plain = get(address, query)
    reply = get(address, query, Accept_Encoding=accepted)
    assert reply.status == 200
    assert reply.headers.get("content-encoding") == ("gzip" if packed else None)
    assert (gzip.decompress(reply.received) if packed else reply.received) == plain.received
    assert reply.headers["vary"] == plain.headers["vary"] == "Accept, Accept-Encoding"
    assert int(reply.headers["content-length"]) == len(reply.received)


def test_head_tells_the_packed_length(address: str) -> None:
    read, told = (get(address, LONG, method, Accept_Encoding="gzip") for method in ("GET", "HEAD"))
    for header in ("content-length", "content-encoding", "content-type", "etag"):
        assert told.headers[header] == read.headers[header]


def test_who_takes_nothing_gets_nothing(address: str) -> None:
    reply = get(address, LONG, Accept_Encoding="identity;q=0, br")
    assert (reply.status, "gzip" in reply.body) == (406, True)


def raw_deflate(data: bytes) -> bytes:
    maker = zlib.compressobj(wbits=-15)
    return maker.compress(data) + maker.flush()


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", PACK),
        ("x-gzip", PACK),
        ("GZip", PACK),
        ("gzip", lambda data: PACK(data[:9]) + PACK(data[9:])),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("identity", bytes),
    ],
)
def test_a_packed_body_is_read(address: str, coding: str, pack: object) -> None:
    assert callable(pack)
    query = b"ASK { actor:badr isnad:componentOf actor:pmf } # " + b"x" * 5000
    for kind, body in (("application/sparql-query", query), ("application/x-www-form-urlencoded", urlencode({"query": query}).encode())):
        reply = ask(address, "POST", "/sparql", pack(body), Content_Type=kind, Content_Encoding=coding)
        assert (reply.status, "true" in reply.body) == (200, True)


@pytest.mark.parametrize(
    ("coding", "body", "status", "words"),
    [
        ("br", b"whatever", 415, "gzip or deflate"),
        ("gzip, gzip", PACK(PACK(b"ASK {}")), 415, "gzip or deflate"),
        ("gzip", b"ASK {}", 400, "not gzip"),
        ("deflate", b"ASK {}", 400, "not deflate"),
        ("gzip", PACK(b"ASK {}")[:-9], 400, "ends too early"),
        ("gzip", PACK(b" " * 50_000_000), 413, "unpacked"),
        ("deflate", zlib.compress(b" " * 50_000_000), 413, "unpacked"),
        ("gzip", PACK(b"ASK {}" + b" " * 70_000), 413, "KG_MAX_QUERY"),
    ],
)
def test_a_body_that_is_packed_badly_is_told(address: str, coding: str, body: bytes, status: int, words: str) -> None:
    reply = ask(address, "POST", "/sparql", body, Content_Type="application/sparql-query", Content_Encoding=coding)
    assert reply.status == status
    assert words in reply.body
    assert reply.headers.get("accept-encoding") == ("gzip, deflate" if status == 415 else None)


def test_a_packed_graph_is_limited_as_a_plain_one(writable: str) -> None:
    def put(text: bytes) -> Reply:
        sent = {"Content_Type": "text/turtle", "Content_Encoding": "gzip", "Authorization": f"Bearer {TOKEN}"}
        return ask(writable, "PUT", "/graphs?graph=http://example.org/packed", PACK(text), **sent)

    assert put(b"<a> <b> 1 .").status == 201
    assert put(b"#" * 300_000).status == 413
    assert put(b"#" * 30_000_000).status == 413
