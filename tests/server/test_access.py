"""Who may write: each request that would change the graph, by what it shows."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.patience import PATIENCE
from tests.server.asking import Reply, ask
from tests.server.scratch import TOKEN, served

BEARER = f"Bearer {TOKEN}"
WRITES = (
    ("POST", "/update", "application/sparql-update", "INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }"),
    ("PUT", "/graphs?graph=http://example.org/g", "text/turtle", "<a> <b> 1 ."),
    ("POST", "/graphs?graph=http://example.org/g", "text/turtle", "<a> <b> 1 ."),
    ("POST", "/graphs", "text/turtle", "<a> <b> 1 ."),
    ("PUT", "/graphs/some/thing", "text/turtle", "<a> <b> 1 ."),
    ("DELETE", "/graphs?default", "text/turtle", ""),
)


def write(address: str, row: tuple[str, str, str, str], **headers: str) -> Reply:
    method, path, kind, body = row
    return ask(address, method, path, body, **{"Content_Type": kind, **headers})


@pytest.mark.parametrize("row", WRITES, ids=lambda row: f"{row[0]} {row[1]}")
@pytest.mark.parametrize(
    ("shown", "challenge"),
    [
        ({}, 'Bearer realm="isnad"'),
        ({"Authorization": "Bearer"}, 'Bearer realm="isnad"'),
        ({"Authorization": f"Basic {TOKEN}"}, 'Bearer realm="isnad"'),
        ({"Authorization": "Bearer wrong"}, 'Bearer realm="isnad", error="invalid_token"'),
        ({"Authorization": f"{BEARER}x"}, 'Bearer realm="isnad", error="invalid_token"'),
        ({"Cookie": f"token={TOKEN}"}, 'Bearer realm="isnad"'),
    ],
)
def test_without_the_token_nobody_writes(writable: str, row: tuple[str, str, str, str], shown: dict[str, str], challenge: str) -> None:
    before = ask(writable, "GET", "/graphs").headers["isnad-revision"]
    reply = write(writable, row, **shown)
    assert (reply.status, reply.headers["www-authenticate"]) == (401, challenge)
    assert ask(writable, "GET", "/graphs").headers["isnad-revision"] == before


def test_with_the_token_all_write(writable: str) -> None:
    assert {write(writable, row, Authorization=BEARER).status for row in WRITES} <= {201, 204}
    assert write(writable, WRITES[0], Authorization=BEARER.replace("Bearer", "bearer")).status == 204


def test_where_there_is_no_token_nobody_writes(tmp_path: Path) -> None:
    with served(tmp_path, token="none") as address:
        for row in WRITES:
            for shown in ({}, {"Authorization": "Bearer none"}, {"Authorization": "Bearer "}):
                reply = write(address, row, **shown)
                assert (reply.status, "KG_TOKEN is not set" in reply.body) == (403, True)
        assert ask(address, "GET", "/graphs?default").status == 200


def test_where_there_is_no_door_nobody_writes(address: str) -> None:
    assert [write(address, row, Authorization=BEARER).status for row in WRITES] == [403] * len(WRITES)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""])
@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://127.0.0.1"])
def test_a_form_of_another_site_writes_nothing(writable: str, kind: str, origin: str) -> None:
    for method, path in (("POST", "/update"), ("POST", "/graphs?default"), ("POST", "/graphs")):
        headers = {"Content_Type": kind} if kind else {}
        reply = ask(writable, method, path, "update=CLEAR+ALL", Origin=origin, Authorization=BEARER, **headers)
        assert (reply.status, "another site" in reply.body) == (403, True)


def test_a_program_in_the_page_of_another_site_may_write_with_the_token(writable: str) -> None:
    assert write(writable, WRITES[0], Origin="https://example.org", Authorization=BEARER).status == 204


def test_a_form_of_our_own_is_none_of_another_site(writable: str) -> None:
    form = ("POST", "/update", "application/x-www-form-urlencoded", "update=CLEAR+SILENT+GRAPH+%3Chttp%3A%2F%2Fexample.org%2Fg%3E")
    assert write(writable, form, Origin=writable, Authorization=BEARER).status == 204


def test_no_cookie_is_ever_set(writable: str) -> None:
    for method, path in (("GET", "/"), ("GET", "/sparql"), ("POST", "/update"), ("GET", "/graphs?default")):
        assert "set-cookie" not in ask(writable, method, path, Authorization=BEARER).headers


def test_only_with_the_token_a_large_body_is_read(writable: str) -> None:
    parts = urlsplit(writable)
    for token, answered in (("wrong", True), (TOKEN, False)):
        with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=PATIENCE) as client:
            head = f"POST /update HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-update\r\nAuthorization: Bearer {token}\r\n"
            client.sendall(f"{head}Content-Length: 1000000\r\n\r\nCLEAR".encode())
            client.settimeout(PATIENCE if answered else 0.3)
            if answered:
                assert client.recv(12) == b"HTTP/1.1 401"
            else:
                with pytest.raises(TimeoutError):  # the rest is waited for
                    client.recv(12)
