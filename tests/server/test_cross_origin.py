"""What programs in the pages of others may ask (CORS), over a real connection."""

from __future__ import annotations

import pytest

from tests.server.asking import ask

METHODS = {
    "/sparql": {"GET", "HEAD", "POST", "OPTIONS"},
    "/update": {"POST", "OPTIONS"},
    "/graphs": {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"},
    "/graphs/some/thing": {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"},
    "/graph/facts": {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"},
}


def listed(value: str) -> set[str]:
    return set(value.split(", "))


@pytest.mark.parametrize("path", METHODS)
def test_a_browser_that_asks_first_is_told(writable: str, path: str) -> None:
    asks = {"Origin": "https://example.org", "Access_Control_Request_Method": "PUT", "Access_Control_Request_Headers": "authorization"}
    reply = ask(writable, "OPTIONS", path, **asks)
    assert (reply.status, reply.body) == (200, "")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert listed(reply.headers["access-control-allow-methods"]) == listed(reply.headers["allow"]) == METHODS[path]
    assert {"Authorization", "Content-Type", "If-None-Match"} <= listed(reply.headers["access-control-allow-headers"])
    assert "access-control-allow-credentials" not in reply.headers


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/sparql"),
        ("GET", "/sparql?query=nonsense"),
        ("POST", "/update"),
        ("GET", "/graphs?default"),
        ("GET", "/graphs/nothing"),
        ("PATCH", "/graphs"),
    ],
)
def test_every_answer_may_be_read_with_its_headers(writable: str, method: str, path: str) -> None:
    reply = ask(writable, method, path, Origin="https://example.org")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert {"ETag", "Isnad-Revision", "Location", "Retry-After"} <= listed(reply.headers["access-control-expose-headers"])


def test_pages_are_not_shared(writable: str) -> None:
    for path in ("/", "/questions", "/healthz", "/nothing"):
        assert "access-control-allow-origin" not in ask(writable, "GET", path, Origin="https://example.org").headers
