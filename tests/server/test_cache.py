"""Answers that are given again: only the same ones, only to those who would get them, only while the graph is the same."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kg.answers import Answer
from kg.settings import read
from kg.store.pool import Pool
from server import cache
from server.cache import Cache, Entry, Offered
from server.front import Front
from server.metrics import Metrics

Environ = dict[str, Any]


def environ(method: str = "GET", query: str = "query=ASK{}", body: bytes = b"", **headers: str) -> Environ:
    named = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": method, "PATH_INFO": "/sparql", "QUERY_STRING": query, "REMOTE_ADDR": "192.0.2.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "HTTP_HOST": "example.org", **named,
    }  # fmt: skip


class House:
    """A front before an application that counts how often it is asked."""

    def __init__(self, **settings: object) -> None:
        self.revision = "1"
        self.asked = 0
        self.repeatable = True
        self.status = "200 OK"
        self.headers = [("ETag", 'W/"abc"'), ("Content-Type", "text/csv"), ("Content-Length", "4"), ("Vary", "Accept")]
        given = read({}, **settings)
        self.pool = Pool(given, lambda: Path(self.revision), {})
        self.front = Front(self.app, given, self.pool, Metrics())

    def app(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked += 1
        cache.offer(environ, "ASK {}", Answer(b"", "", "boolean", revision=self.revision, repeatable=self.repeatable))
        start_response(self.status, self.headers)
        return [b"yes\n"]

    def ask(self, environ: Environ) -> tuple[str, dict[str, str], bytes]:
        told: list[tuple[str, list[tuple[str, str]]]] = []
        body = b"".join(self.front(environ, lambda status, headers, *_: told.append((status, headers))))
        status, headers = told[-1]
        return status, {name.lower(): value for name, value in headers}, body


def test_the_same_question_is_answered_once() -> None:
    house = House()
    first = house.ask(environ())
    assert house.ask(environ()) == first
    assert first[2] == b"yes\n"
    assert house.asked == 1


@pytest.mark.parametrize(
    "other",
    [
        environ(query="query=ASK{}&format=csv"),
        environ(query="query=ASK{}&default-graph-uri=http://example.org/"),
        environ(query="query=ASK{}&revision=kept"),
        environ(accept="text/csv"),
        environ(accept_encoding="gzip"),
        environ(authorization="Bearer x"),
        environ(host="example.com"),
        environ("POST", body=b"query=ASK{}"),
        environ() | {"wsgi.url_scheme": "https"},
        environ() | {"PATH_INFO": "/graphs"},
    ],
)
def test_whatever_shapes_an_answer_makes_it_another(other: Environ) -> None:
    house = House()
    house.ask(environ())
    house.ask(other)
    assert house.asked == 2


def test_the_same_question_of_many_at_once_is_answered_once() -> None:
    house = House()
    waiting = threading.Event()
    app = house.front._app

    def slow(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        waiting.wait()
        return app(environ, start_response)

    house.front._app = slow
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(house.ask, environ()) for _ in range(8)]
        other = threads.submit(house.ask, environ() | {"REQUEST_METHOD": "DELETE"})
        waiting.set()
        assert {one.result(timeout=300)[2] for one in asked} == {b"yes\n"}
        other.result(timeout=300)
    assert house.asked == 2
    assert house.front._under_way == {}


def test_an_answer_that_has_come_since_it_was_looked_for_is_given() -> None:
    house = House()
    late = environ()
    assert house.front.ready(late) is None
    house.ask(environ())
    assert b"".join(house.front.run(late, lambda *_: None)) == b"yes\n"
    assert house.asked == 1


def test_questions_that_change_wait_for_one_another_once_at_most() -> None:
    house = House()
    house.repeatable = False
    with ThreadPoolExecutor(8) as threads:
        assert {one[2] for one in threads.map(lambda _: house.ask(environ()), range(40))} == {b"yes\n"}
    assert house.asked == 40


def test_posted_questions_are_kept_by_their_body() -> None:
    house = House()
    for body in (b"query=ASK{}", b"query=ASK{}", b"query=ASK{ }"):
        assert house.ask(environ("POST", "", body))[2] == b"yes\n"
    assert house.asked == 2


def test_head_has_no_body_and_is_not_taken_for_the_answer() -> None:
    house = House()
    house.ask(environ("HEAD"))
    house.ask(environ())
    status, headers, body = house.ask(environ("HEAD"))
    assert (house.asked, status, headers["content-length"], body) == (2, "200 OK", "4", b"")


@pytest.mark.parametrize("known", ['W/"abc"', '"abc"', '"x", W/"abc"', "*"])
def test_who_has_the_answer_is_told_so(known: str) -> None:
    house = House()
    house.ask(environ())
    status, headers, body = house.ask(environ(if_none_match=known))
    assert (house.asked, status[:3], body) == (1, "304", b"")
    assert headers["etag"] == 'W/"abc"'
    assert headers["vary"] == "Accept"
    assert "content-length" not in headers
    assert house.ask(environ(if_none_match='"other"'))[0] == "200 OK"


def test_a_new_revision_empties_the_cache_also_when_nobody_asks() -> None:
    house = House()
    house.ask(environ())
    house.revision = "2"
    house.pool.refresh = lambda: None  # type: ignore[method-assign]
    house.front.refresh()
    assert len(house.front._cache) == 0
    house.ask(environ())
    house.revision = "3"
    house.ask(environ())
    assert house.asked == 3


def test_a_revision_that_cannot_be_read_stops_no_watching(tmp_path: Path) -> None:
    house = House(memory=1500)
    house.ask(environ())
    house.revision = str(tmp_path / "none")
    house.front.refresh()
    house.pool.close()
    assert len(house.front._cache) == 0


def test_an_answer_that_is_late_is_not_kept_for_the_next_revision() -> None:
    kept = Cache(1 << 20)
    kept.turn("2")
    kept.put(("x",), Entry("200 OK", [], b"old", Offered("1", "hash", None)))
    assert len(kept) == 0


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("503 Service Unavailable", []),
        ("200 OK", [("Set-Cookie", "a=b")]),
        ("200 OK", [("Cache-Control", "no-store")]),
        ("200 OK", [("Vary", "Accept, Cookie")]),
    ],
)
def test_what_is_no_answer_for_all_is_not_kept(status: str, headers: list[tuple[str, str]]) -> None:
    house = House()
    house.status, house.headers = status, headers
    house.ask(environ())
    house.ask(environ())
    assert house.asked == 2


def test_what_changes_each_time_is_not_kept() -> None:
    house = House()
    house.repeatable = False
    house.ask(environ())
    house.ask(environ())
    assert house.asked == 2


def test_the_cache_is_bounded_in_bytes_and_drops_what_was_unused_longest() -> None:
    kept = Cache(100_000)
    kept.turn("1")
    for number in range(40):
        kept.put((str(number),), Entry("200 OK", [], b"x" * 5000, Offered("1", "hash", None)))
        kept.get("1", ("0",))
    assert kept.bytes <= 100_000
    assert kept.get("1", ("0",)) is not None
    assert kept.get("1", ("1",)) is None
    kept.put(("large",), Entry("200 OK", [], b"x" * 50_000, Offered("1", "hash", None)))
    assert kept.get("1", ("large",)) is None
    kept.turn("2")
    assert (kept.bytes, len(kept)) == (0, 0)


def test_kept_answers_are_not_counted_against_a_client_and_others_are() -> None:
    house = House(rate=0.01, burst=2)
    assert [house.ask(environ())[0][:3] for _ in range(5)] == ["200"] * 5
    assert house.ask(environ(query="a"))[0] == "200 OK"
    status, headers, body = house.ask(environ(query="b", accept="application/sparql-results+json"))
    assert (status[:3], headers["content-type"]) == ("429", "application/problem+json")
    assert 1 <= int(headers["retry-after"]) <= 100
    assert b"Too many requests" in body
    assert house.ask(environ(query="b") | {"REMOTE_ADDR": "192.0.2.2"})[0] == "200 OK"
    assert house.ask(environ() | {"PATH_INFO": "/healthz"})[0] == "200 OK"
