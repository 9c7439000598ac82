"""Endpoints that are slow, dead, busy, lying or too generous cost no more than a clear error in time, and nothing else is ever reached."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

import pytest

from kg.errors import EndpointFailed, EndpointTimeout, QueryAbandoned, QueryError, QueryRefused, RemoteError, RemoteTimeout, SettingError
from kg.federate import endpoints
from kg.federate.endpoints import Endpoints
from kg.federate.replies import Solutions
from kg.http import addresses, client
from kg.settings import read
from kg.store.lanes import Gone
from tests.federate.strange import GOOD, JSON, Strange, reply, strange
from tests.patience import PATIENCE

FOUND = Solutions(("o",), ())


def asked(there: Endpoints, iri: str, seconds: float = PATIENCE, gone: Gone | None = None) -> Solutions:
    return there.ask(iri, "SELECT ?o { ?s ?p ?o }", ("o",), frozenset("o"), time.monotonic() + seconds, gone or Gone())


def of(*allowed: str, rows: int = 100) -> Endpoints:
    return Endpoints(allowed, client.agent("Isnad", "test", "me@example.org"), rows)


def test_a_request_is_a_polite_post() -> None:
    with strange(reply(GOOD)) as there:
        assert [str(row[0].value) for row in asked(of(there.address), there.address).rows] == ["yes"]  # type: ignore[union-attr]
        head, _, body = there.asked[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /sparql HTTP/1.1"
    assert f"Host: 127.0.0.1:{there.port}" in lines
    assert any(line.startswith("User-Agent: Isnad/test (me@example.org) python-http.client/3.") for line in lines)
    assert any(line.startswith("Accept: application/sparql-results+json") for line in lines)
    assert body == b"query=SELECT+%3Fo+%7B+%3Fs+%3Fp+%3Fo+%7D"


XML = """<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="o"/></head><results><result><binding name="o">
<literal xml:lang="en">yes</literal></binding></result></results></sparql>"""


@pytest.mark.parametrize(
    "answer",
    [
        reply(GOOD, "application/json; charset=utf-8"),
        reply(XML, "application/sparql-results+xml"),
        reply(gzip.compress(GOOD.encode()), Content_Encoding="gzip"),
        f"HTTP/1.0 200 OK\r\nContent-Type: {JSON}\r\n\r\n{GOOD}".encode(),
        f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n{len(GOOD):x}\r\n{GOOD}\r\n0\r\n\r\n".encode(),
    ],
    ids=["json", "xml", "gzip", "until it closes", "chunked"],
)
def test_answers_come_in_many_ways(answer: bytes) -> None:
    with strange(answer) as there:
        assert len(asked(of(there.address), there.address).rows) == 1


def bindings(*cells: str, names: str = '"o"') -> str:
    return f'{{"head":{{"vars":[{names}]}},"results":{{"bindings":[{",".join(cells)}]}}}}'


STRANGE = {
    "html": (reply("<html><p>Welcome</p></html>", "text/html"), "text/html instead of SPARQL results"),
    "html that says json": (reply("<html><p>Welcome</p></html>"), "damaged"),
    "nothing": (b"", "broke off"),
    "no http": (b"SSH-2.0-x\r\n\r\n", "broke off, or sent no HTTP"),
    "cut short": (reply(GOOD)[:-9], "broke off"),
    "chunks cut short": (
        f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n{len(GOOD):x}\r\n{GOOD}\r\n".encode(),
        "broke off",
    ),
    "gzip cut short": (reply(gzip.compress(GOOD.encode())[:-12], Content_Encoding="gzip"), "broke off"),
    "no gzip": (reply(GOOD, Content_Encoding="gzip"), "broke off"),
    "another coding": (reply(GOOD, Content_Encoding="br"), "br"),
    "half of the json": (reply(GOOD[:60]), "damaged"),
    "deep json": (reply('{"head":{"vars":["o"]},"results":' + "[" * 500_000), "damaged"),
    "other variables": (reply(bindings('{"x":{"type":"uri","value":"a:b"}}', names='"x"')), "variables that it was not asked for: x"),
    "more variables": (reply(bindings(names='"o","x"')), "variables that it was not asked for: x"),
    "none where there is one": (reply(bindings("{}")), "left .o without a value"),
    "an ask": (reply('{"head":{},"boolean":true}'), "yes or no"),
    "a relative IRI": (reply(bindings('{"o":{"type":"uri","value":"b"}}')), "damaged"),
    "an IRI that ends the query": (reply(bindings('{"o":{"type":"uri","value":"a:b> } SERVICE <a:b"}}')), "damaged"),
    "a datatype that does": (reply(bindings('{"o":{"type":"literal","value":"1","datatype":"a:b> . <"}}')), "damaged"),
    "a language that does": (reply(bindings('{"o":{"type":"literal","value":"1","xml:lang":"en . } "}}')), "damaged"),
    "a document type": (reply(f'<!DOCTYPE a [<!ENTITY a "b">]>{XML.replace("yes", "&a;")}', "text/xml"), "damaged"),
    "too many rows": (reply(bindings(*['{"o":{"type":"uri","value":"a:b"}}'] * 101)), "more than 100 solutions"),
    "stopped in the middle": (reply(GOOD, X_SQL_State="S1TAT"), "stopped before"),
    "a refusal": (reply("No such\x07 graph.\n", "text/plain", "400 Bad Request"), "status 400 and said: No such graph"),
    "a failure": (reply("<p>Sorry", "text/html", "500 Oh no"), r"status 500\."),
    "long heads": (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000, "broke off, or sent no HTTP"),
    "many heads": (b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 1000, "broke off, or sent no HTTP"),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_what_is_no_answer_is_told(kind: str) -> None:
    answer, words = STRANGE[kind]
    with strange(answer) as there, pytest.raises(EndpointFailed, match=words) as told:
        asked(of(there.address), there.address)
    assert there.address in str(told.value)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "LARGEST_REPLY", 1 << 20)
    bomb = gzip.compress(b" " * (16 << 20))
    with strange(reply(bomb, Content_Encoding="gzip")) as there, pytest.raises(EndpointFailed, match="more than the 1 megabytes"):
        asked(of(there.address), there.address)


def endless(one: socket.socket) -> None:
    one.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\n\r\n".encode())
    while True:
        one.sendall(b" " * 65536)


def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "LARGEST_REPLY", 1 << 20)
    with strange(endless) as there, pytest.raises(EndpointFailed, match="more than the 1 megabytes"):
        asked(of(there.address), there.address)


def test_what_comes_behind_the_end_of_a_packed_answer_is_not_read() -> None:
    def act(one: socket.socket) -> None:
        one.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nContent-Encoding: gzip\r\n\r\n".encode() + gzip.compress(GOOD.encode()))
        while True:
            one.sendall(b"\0" * 65536)

    with strange(act) as there:
        assert len(asked(of(there.address), there.address).rows) == 1


def test_what_unpacks_to_nothing_for_ever_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "LARGEST_REPLY", 1 << 20)

    def act(one: socket.socket) -> None:
        head = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
        one.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nContent-Encoding: gzip\r\n\r\n".encode() + head)
        while True:
            one.sendall(b"\0\0\0\xff\xff" * 10_000)  # stored blocks of no bytes (RFC 1951, section 3.2.4)

    with strange(act) as there, pytest.raises(EndpointFailed, match="more than the 1 megabytes"):
        asked(of(there.address), there.address)


def test_a_cut_while_the_connection_becomes_one_of_tls_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    with closing(theirs), closing(client._Line(ours, time.monotonic() + PATIENCE)) as line:
        context = ssl.create_default_context()

        class Slow:
            def wrap_socket(self, plain: socket.socket, **given: Any) -> ssl.SSLSocket:
                wrapped = context.wrap_socket(plain, **given)
                line.cut()
                wrapped.settimeout(0.5)
                return wrapped

        monkeypatch.setattr(client.ssl, "create_default_context", Slow)
        with pytest.raises(OSError, match=r"SSL|EOF|reset|[Bb]roken pipe|Errno") as told:
            line.secure("sparql.example")
        assert not isinstance(told.value, TimeoutError)


SLOW: dict[str, Callable[[Strange], Callable[[socket.socket], None]]] = {
    "says nothing": lambda there: there.wait,
    "a status, byte by byte": lambda there: there.drip(b"H"),
    "heads, byte by byte": lambda there: there.drip(b"HTTP/1.1 200 OK\r\nX:" if len(there.asked) == 0 else b" "),
    "interim answers": lambda there: there.drip(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body, byte by byte": lambda there: lambda one: (one.sendall(reply(GOOD)[:-40]), there.drip(b"")(one))[-1],
}


@pytest.mark.parametrize("kind", SLOW)
def test_the_deadline_holds_whatever_is_slow(kind: str) -> None:
    with strange() as there:
        there.acts = [SLOW[kind](there)]
        with pytest.raises(EndpointTimeout, match="in time"):
            asked(of(there.address), there.address, 0.4)


@pytest.mark.parametrize("kind", SLOW)
def test_a_client_that_goes_ends_the_request(kind: str) -> None:
    gone = Gone()
    with strange() as there:
        act = SLOW[kind](there)

        def slow(one: socket.socket) -> None:
            threading.Timer(0.1, gone.tell).start()
            act(one)

        there.acts = [slow]
        with pytest.raises(QueryAbandoned):
            asked(of(there.address), there.address, gone=gone)


def test_a_server_that_knows_no_tls_is_told_and_one_that_says_nothing_waited_for_in_vain() -> None:
    with strange() as there:
        there.answer = lambda one: one.sendall(reply(GOOD))  # type: ignore[method-assign]
        secure = there.address.replace("http:", "https:")
        with pytest.raises(EndpointFailed, match="SSL"):
            asked(of(secure), secure)
        there.answer = there.wait  # type: ignore[method-assign]
        with pytest.raises(EndpointTimeout):
            asked(of(secure), secure, 0.4)


# -- politeness ------------------------------------------------------------------------------------------------------------------


def test_one_that_has_too_much_to_do_is_asked_again_when_it_says() -> None:
    with strange(reply("", status="429 Slowly", Retry_After="0"), reply("", status="503 Busy", Retry_After="1"), reply(GOOD)) as there:
        began = time.monotonic()
        assert len(asked(of(there.address), there.address).rows) == 1
        assert time.monotonic() - began >= 1
    assert len(there.asked) == 3


WANTED = {
    "3600": 3600,
    "Wed, 01 Jan 2098 00:00:00 GMT": 3600,
    "99999999": 3600,
    "9" * 400: 3600,
    "later": 5,
    "": 5,
    "Wed, 01 Jan 99999999999999999999 00:00:00 GMT": 5,
}
"""Retry-After as it is told, and the seconds for which an endpoint is left alone."""


@pytest.mark.parametrize("told", WANTED, ids=lambda told: told[:40] or "nothing")
def test_one_that_wants_more_patience_than_there_is_is_left_alone(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(endpoints.time, "monotonic", lambda: now)  # what stands still cannot run out
    with strange(reply("", status="429 Slowly", Retry_After=told)) as there:
        here = of(there.address)
        for _ in range(2):
            with pytest.raises(EndpointFailed, match=rf"status 429.*not asked again for {WANTED[told]} s"):
                here.ask(there.address, "", ("o",), frozenset(), now + 4, Gone())
    assert len(there.asked) == 1


def test_one_that_fails_again_and_again_is_left_alone_and_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    with strange(*[reply("", status="500 Oh")] * 3, reply(GOOD)) as there:
        here = of(there.address)
        for _ in range(5):
            with pytest.raises(EndpointFailed):
                asked(here, there.address)
        assert len(there.asked) == 3
        with pytest.raises(
            EndpointFailed, match="failed 3 times in a row, at last it answered with status 500, and is not asked again for"
        ):
            asked(here, there.address)
        monkeypatch.setattr(endpoints.time, "monotonic", lambda now=time.monotonic: now() + endpoints.REST)
        assert len(there.asked) == 3
        assert len(here.ask(there.address, "", ("o",), frozenset(), time.monotonic() + PATIENCE, Gone()).rows) == 1


def until_it_closes(one: socket.socket) -> None:
    with suppress(OSError):
        one.recv(1)


def test_what_is_not_its_fault_is_no_failure_of_an_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "LARGEST_REPLY", 1 << 10)
    with strange() as there:
        here = of(there.address)
        for act, seconds, error in (
            (reply(" " * 2000), PATIENCE, EndpointFailed),
            (until_it_closes, 0.3, EndpointTimeout),
            (reply(bindings(*['{"o":{"type":"uri","value":"a:b"}}'] * 20)), PATIENCE, EndpointFailed),
        ):
            here.rows = 10
            there.acts = [act]
            for _ in range(4):
                with pytest.raises(error):
                    asked(here, there.address, seconds)
        for _ in range(4):
            gone = Gone()
            there.acts = [lambda one, gone=gone: (gone.tell(), until_it_closes(one))[-1]]
            with pytest.raises(QueryAbandoned):
                asked(here, there.address, gone=gone)
        there.acts = [reply(GOOD)]
        assert len(asked(here, there.address).rows) == 1


def test_when_no_time_is_left_nothing_is_looked_up_and_nobody_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    iri = "http://sparql.example/"
    here = of(iri)
    with monkeypatch.context() as patched:
        patched.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: pytest.fail("looked up"))
        for _ in range(4):
            with pytest.raises(EndpointTimeout, match="no time was left"):
                asked(here, iri, 0)
        with pytest.raises(RemoteTimeout, match="no time was left"):
            client.post(iri, {}, "", "a test", 1, time.monotonic(), Gone())
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lookup("10.0.0.1"))
    with pytest.raises(EndpointFailed, match="not an address of the public internet"):
        asked(here, iri)


def test_refusals_of_a_query_are_no_failures_of_its_endpoint() -> None:
    with strange(reply("", "text/plain", "400 Bad")) as there:
        here = of(there.address)
        for _ in range(5):
            with pytest.raises(EndpointFailed, match="status 400"):
                asked(here, there.address)
    assert len(there.asked) == 5


def test_an_endpoint_is_asked_by_one_at_a_time() -> None:
    busy = threading.Semaphore(1)
    together = []

    def answer(one: socket.socket) -> None:
        together.append(busy.acquire(blocking=False))
        time.sleep(0.02)
        busy.release()
        one.sendall(reply(GOOD))

    with strange(answer) as there:
        here = of(there.address)
        threads = [threading.Thread(target=asked, args=(here, there.address)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert together == [True] * 6


# -- where requests may go -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_nothing_is_followed(status: str) -> None:
    with strange(reply(GOOD)) as secret:
        with (
            strange(reply("", status=status, Location=secret.address)) as there,
            pytest.raises(EndpointFailed, match="leads to <http") as told,
        ):
            asked(of(there.address), there.address)
        assert secret.asked == []
    assert secret.address in str(told.value)


@pytest.mark.parametrize(
    "change", [str.upper, lambda iri: f"{iri}/", lambda iri: f"{iri}?x", lambda iri: iri.replace("127.0.0.1", "localhost")]
)
def test_an_endpoint_is_only_what_is_listed(change: Callable[[str], str]) -> None:
    with strange(reply(GOOD)) as there:
        with pytest.raises(QueryRefused, match="KG_FEDERATION_ALLOW"):
            asked(of(there.address), change(there.address))
        assert there.asked == []


@pytest.mark.parametrize("iri", ["file:///etc/passwd", "ftp://127.0.0.1/", "urn:x", "http://127.0.0.1:1/", "http://[::1]:1/"])
def test_what_is_not_listed_is_not_asked(iri: str) -> None:
    with pytest.raises(QueryRefused):
        asked(of("http://127.0.0.1:1/sparql"), iri)


def lookup(*found: str) -> Callable[..., list[tuple[object, ...]]]:
    answers = iter([found, *[("127.0.0.1",)] * 9])  # a second look-up would be led elsewhere
    return lambda _, port, **__: [(0, 0, 0, "", (each, port)) for each in next(answers)]


@pytest.mark.parametrize(
    "found",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.1", "198.18.0.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe", "::127.0.0.1", "2001:db8::1", "fe80::1%1",
    ],
)  # fmt: skip
def test_names_that_lead_inside_are_refused(found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lookup("1.1.1.1", found))
    monkeypatch.setattr(client.socket, "create_connection", lambda *_, **__: pytest.fail("a connection was made"))
    with pytest.raises(EndpointFailed, match="not an address of the public internet"):
        asked(of("https://sparql.example/query"), "https://sparql.example/query")


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    met = []

    def connect(address: tuple[str, int], **_: object) -> socket.socket:
        met.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(addresses.socket, "getaddrinfo", lookup("1.1.1.1", "2606:4700::1111"))
    monkeypatch.setattr(client.socket, "create_connection", connect)
    with pytest.raises(EndpointFailed, match="takes no connection"):
        asked(of("http://sparql.example:8080/query"), "http://sparql.example:8080/query")
    assert met == [("1.1.1.1", 8080), ("2606:4700::1111", 8080)]


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0", "localhost.localdomain"])
def test_other_spellings_of_this_machine_are_not_permissions(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if "." in host and not host[0].isdigit():
        monkeypatch.setattr(addresses.socket, "getaddrinfo", lookup("127.0.0.1"))
    with pytest.raises(RemoteError, match="not an address of the public internet"):
        addresses.addresses(host, 80, 5)


def test_an_address_that_the_list_itself_names_may_be_asked() -> None:
    assert addresses.addresses("127.0.0.1", 80, 5) == (ipaddress.ip_address("127.0.0.1"),)
    assert addresses.addresses("::1", 80, 5) == (ipaddress.ip_address("::1"),)
    assert all(each.is_loopback for each in addresses.addresses("localhost", 80, 5))


def test_localhost_is_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lookup("10.0.0.1"))
    with pytest.raises(RemoteError, match="not an address"):
        addresses.addresses("localhost", 80, 5)


def test_a_look_up_that_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def look_up(*_: object, **__: object) -> list[object]:
        over.wait(PATIENCE)
        return []

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
    with pytest.raises(EndpointTimeout, match="nobody told the address"):
        asked(of("http://sparql.example/"), "http://sparql.example/", 0.2)
    over.set()


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with strange(reply(GOOD)) as there:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:1/")
        assert len(asked(of(there.address), there.address).rows) == 1


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("KG_FEDERATION_ALLOW", "file:///etc/passwd"),
        ("KG_FEDERATION_ALLOW", "https://user:secret@sparql.example/"),
        ("KG_FEDERATION_ALLOW", "https://sparql.example/#x"),
        ("KG_FEDERATION_ALLOW", "https://sparql.example/ sparql.example"),
        ("KG_FEDERATION_ALLOW", "https://sparql.example/a\\b"),
        ("KG_FEDERATION_ALLOW", "https://spärql.example/"),
        ("KG_FEDERATION_ALLOW", "https://sparql.example:65536/"),
        ("KG_FEDERATION_ALLOW", "http://[1.2.3]/"),
        ("KG_FEDERATION_ALLOW", "http://[:::1]/"),
        ("KG_FEDERATION_ALLOW", "http://sparql.example:\u0668\u0660/"),
        ("KG_CONTACT", "me\r\nHost: x"),
        ("KG_CONTACT", "me (and you)"),
        ("KG_FEDERATION_ROWS", "0"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(setting: str, value: str) -> None:
    with pytest.raises(SettingError, match=setting):
        read({setting: value})


def test_endpoints_are_listed_with_spaces() -> None:
    given = "https://query.wikidata.org/sparql  http://[::1]:7878/query?x=y http://127.0.0.1/"
    assert read({"KG_FEDERATION_ALLOW": given}).endpoints == tuple(given.split())
    assert read({}).endpoints == ()
    assert issubclass(EndpointTimeout, EndpointFailed)
    assert issubclass(EndpointFailed, QueryError)
