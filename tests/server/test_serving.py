"""The server under unkind clients: slow, silent, gone, malformed; and what it tells of itself."""

from __future__ import annotations

import json
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest

from tests.patience import PATIENCE, comes
from tests.server.conftest import start, stop
from tests.server.test_run import children
from tests.snapshots import FEW, cross_product

ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {cross_product(14)} }}"


def connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=PATIENCE)


def sent(address: str, data: bytes) -> bytes:
    """The reply to these bytes, until the server closes or nothing more comes."""
    with connected(address) as connection:
        connection.sendall(data)
        connection.settimeout(PATIENCE)
        reply = b""
        try:
            while piece := connection.recv(65536):
                reply += piece
                if b"\r\n\r\n" in reply:
                    length = re.search(rb"content-length: (\d+)", reply)
                    if data.startswith(b"HEAD") or (length and len(reply.partition(b"\r\n\r\n")[2]) >= int(length[1])):
                        break
        except TimeoutError:
            pass
        return reply


def asking(query: str, **fields: str) -> str:
    return f"/sparql?{urlencode({'query': query, **fields})}"


def ask(address: str, query: str, **fields: str) -> bytes:
    with urlopen(address + asking(query, **fields), timeout=PATIENCE) as reply:
        body: bytes = reply.read()
        return body


def metric(address: str, name: str) -> float:
    with urlopen(f"{address}/metrics", timeout=PATIENCE) as reply:
        found = re.search(rf"^{re.escape(name)} (\S+)$", reply.read().decode(), re.MULTILINE)
    return float(found[1]) if found else 0.0


@pytest.fixture(scope="module")
def patient(data: Path, questions: Path) -> Iterator[str]:
    """A server that would let a query run for long."""
    process, line = start(data, questions, timeout=600, trusted_proxies="127.0.0.1")
    yield line.split()[3].rstrip("/")
    stop(process)


# -- unkind clients ------------------------------------------------------------------------------------------------------------


def test_a_client_that_goes_stops_its_query_running_or_waiting(patient: str) -> None:
    gone = 'isnad_queries_total{lane="long",outcome="abandoned"}'
    before = metric(patient, gone)
    with ExitStack() as stack:
        for number in range(3):
            connection = stack.enter_context(closing(connected(patient)))
            connection.sendall(f"GET {asking(f'{ENDLESS} # {number}')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert comes(lambda: metric(patient, 'isnad_queue_length{lane="long"}') == 2)
        assert metric(patient, 'isnad_queries_running{lane="long"}') == 1
        assert b"true" in ask(patient, "ASK {}")
    assert comes(lambda: metric(patient, gone) == before + 3)
    assert metric(patient, 'isnad_queue_length{lane="long"}') == 0
    assert metric(patient, 'isnad_queries_running{lane="long"}') == 0


def test_clients_that_say_nothing_or_half_block_nobody(patient: str) -> None:
    beginnings = [
        b"",
        b"GET /sp",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK",
    ]
    with ExitStack() as stack:
        for number in range(300):
            stack.enter_context(closing(connected(patient))).sendall(beginnings[number % 3])
        assert b"true" in ask(patient, "ASK { FILTER(1 = 1) }")


def test_a_client_that_reads_slowly_blocks_nobody(patient: str) -> None:
    large = f"SELECT * {{ {cross_product(5)} }}"
    with ExitStack() as stack:
        for number in range(8):
            connection = stack.enter_context(closing(connected(patient)))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(f"GET {asking(f'{large} # {number}')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert b"true" in ask(patient, "ASK { FILTER(2 = 2) }")


def test_a_body_that_comes_in_pieces_is_read(patient: str) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
    with connected(patient) as connection:
        connection.sendall(head)
        for piece in (b"3\r\nASK\r\n", b"3\r\n {}\r\n", b"0\r\n\r\n"):
            time.sleep(0.05)
            connection.sendall(piece)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"GET /%zz%00?%ff HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
        (b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Odd: \xff\xfe\r\n\r\n", b"200"),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: \xc3\xa9, 1.2.3\r\n\r\n", b"200"),
        (b"GET /healthz HTTP/1.1\r\n\r\n", b"200"),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 1_000_000 + b"\r\n\r\n", b"431"),
        (b"GET /sparql?query=" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"414"),
        (b"GET " + asking("ASK {} #" + "x" * 8000).encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"200"),
        (b"HEAD " + asking("ASK {}").encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"200"),
        (b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", b"405"),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 99999999\r\n\r\n", b"413"),
    ],
)
def test_requests_of_any_kind_are_answered_or_refused(patient: str, request_: bytes, status: bytes) -> None:
    reply = sent(patient, request_)
    assert reply[9:12] == status, reply[:200]
    assert b"Traceback" not in reply
    assert b"true" in ask(patient, "ASK { FILTER(3 = 3) }")


def test_one_connection_serves_many_requests(patient: str) -> None:
    parts = urlsplit(patient)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    for method, query, size in (("HEAD", "ASK {}", 0), ("GET", "ASK {}", 26), ("HEAD", "ASK {}", 0), ("GET", "nonsense", 20)):
        connection.request(method, asking(query))
        reply = connection.getresponse()
        assert len(reply.read()) >= size
        assert int(reply.headers["content-length"]) >= 20
    connection.close()


def test_an_answer_comes_again_from_the_cache_for_everyone(patient: str) -> None:
    hits = 'isnad_cache_requests_total{result="hit"}'
    before, query = metric(patient, hits), "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o # kept"
    assert len({ask(patient, query) for _ in range(3)}) == 1
    assert metric(patient, hits) == before + 2
    assert len({ask(patient, "SELECT (RAND() AS ?x) {}") for _ in range(3)}) == 3


def test_clients_behind_a_trusted_proxy_have_a_rate_each(data: Path, questions: Path) -> None:
    process, line = start(data, questions, trusted_proxies="127.0.0.0/8", rate=0.001, burst=2)

    def status(client: str, number: int) -> bytes:
        query = asking(f"ASK {{}} # {client} {number}")
        return sent(line.split()[3], f"GET {query} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {client}\r\n\r\n".encode())

    try:
        assert [status("192.0.2.1", number)[9:12] for number in range(3)] == [b"200", b"200", b"429"]
        assert b"\r\nretry-after: " in status("192.0.2.1", 4)
        assert status("192.0.2.2", 1)[9:12] == b"200"
        assert sent(line.split()[3], b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n")[9:12] == b"200"
    finally:
        stop(process)


# -- what it tells of itself ---------------------------------------------------------------------------------------------------


def test_it_is_well_however_many_queries_wait(patient: str) -> None:
    with ExitStack() as stack:
        for number in range(6):
            connection = stack.enter_context(closing(connected(patient)))
            connection.sendall(f"GET {asking(f'{ENDLESS} # {number}')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert comes(lambda: metric(patient, 'isnad_queue_length{lane="long"}') == 5)
        with urlopen(f"{patient}/healthz", timeout=PATIENCE) as reply:
            assert reply.read() == b"ok\n"


def test_it_says_when_there_is_no_graph(tmp_path: Path, questions: Path) -> None:
    process, line = start(tmp_path / "none", questions)
    try:
        assert sent(line.split()[3], b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")[9:12] == b"503"
    finally:
        stop(process)


def test_the_limits_of_an_answer_are_announced(patient: str) -> None:
    with urlopen(patient + asking("SELECT * { ?s ?p ?o }"), timeout=PATIENCE) as reply:
        assert reply.headers["Isnad-Limits"] == "rows=1000000, bytes=134217728, seconds=600"
        assert reply.headers["Isnad-Rows"] == str(len(FEW))


def test_the_log_has_a_line_for_each_query_without_its_words(data: Path, questions: Path, tmp_path: Path) -> None:
    with (tmp_path / "log").open("w+", encoding="utf-8") as log:
        process, line = start(data, questions, log)
        for query in ("SELECT ?secret { ?secret ?p ?o }", "SELECT ?secret { ?secret ?p ?o }", "secret nonsense"):
            sent(line.split()[3], f"GET {asking(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        stop(process)
        log.seek(0)
        text = log.read()
    told = [json.loads(one) for one in text.splitlines()]
    assert [(one["outcome"], one["rows"], one["lane"]) for one in told] == [
        ("answered", len(FEW), "short"),
        ("answered", len(FEW), "cache"),
        ("invalid", None, told[2]["lane"]),
    ]
    assert told[0]["query"] == told[1]["query"] != told[2]["query"]
    assert told[0]["bytes"] == told[1]["bytes"] > 0
    assert told[0]["revision"] == "snapshot"
    assert "secret" not in text
    assert "127.0.0.1" not in text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_in_time_also_in_the_middle_of_queries(data: Path, questions: Path, number: signal.Signals) -> None:
    process, line = start(data, questions, timeout=600)
    replies: list[bytes] = []
    asked = [f"GET {asking(f'{ENDLESS} # {count}')} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for count in range(2)]
    threads = [threading.Thread(target=lambda one=one: replies.append(sent(line.split()[3], one))) for one in asked]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    assert comes(lambda: metric(line.split()[3].rstrip("/"), 'isnad_queue_length{lane="long"}') == 1)
    workers = children(process.pid)
    process.send_signal(number)
    assert process.wait(timeout=PATIENCE) == 0
    stop(process)
    for thread in threads:
        thread.join()
    assert [reply[9:12] for reply in replies] == [b"503", b"503"]
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
