"""`kg serve` as it runs: what it has acknowledged is seen, and outlasts its death."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kg.facts import policy
from kg.pipeline import version
from kg.store.embedded import Writer
from kg.store.processes import environment
from tests.patience import comes
from tests.server.asking import Reply, ask
from tests.server.test_run import children
from tests.snapshots import BASE, FEW

COUNT = f"/sparql?{urlencode({'query': 'SELECT ?o { GRAPH <http://example.org/g> { ?s ?p ?o } }'})}"
MADE = [quad for quad in FEW if "graph/" in str(quad.graph_name)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Writer(tmp_path / "store", version(BASE, str(policy("attributed")))) as writer:
        writer.initialise(MADE)
        writer.publish()
    return tmp_path / "store"


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`kg serve` as a process, and its address."""
    command = [sys.executable, "-P", "-c", "from kg.cli import main; main()", "--store", str(folder), "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment() | variables, start_new_session=True)
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().split()[3].rstrip("/")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def add(address: str, number: int) -> Reply:
    text = f"INSERT DATA {{ GRAPH <http://example.org/g> {{ <http://example.org/s> <http://example.org/p> {number} }} }}"
    return ask(address, "POST", "/update", text, Content_Type="application/sparql-update", Authorization="Bearer x")


def seen(address: str) -> int:
    return len(ask(address, "GET", COUNT, Accept="text/csv").body.splitlines()) - 1


def test_what_was_acknowledged_outlasts_the_server(folder: Path) -> None:
    with serving(folder, KG_TOKEN="x") as (process, address):
        for number in range(3):
            assert add(address, number).status == 204
            assert seen(address) == number + 1
        assert ask(address, "DELETE", "/graph/facts", Authorization="Bearer x").status == 403
        os.kill(process.pid, signal.SIGKILL)
    with serving(folder, KG_TOKEN="x") as (_, address):
        assert seen(address) == 3
        assert add(address, 3).status == 204
        assert seen(address) == 4


def test_without_a_token_the_server_only_reads(folder: Path) -> None:
    with serving(folder, KG_TOKEN="none") as (_, address):
        assert add(address, 1).status == 403
        assert seen(address) == 0


def test_the_token_is_known_to_no_process_but_the_server(folder: Path) -> None:
    secret = "known-to-the-server-alone"
    with serving(folder, KG_TOKEN=secret, OTHER_API_KEY=secret) as (process, address):
        assert (
            ask(
                address, "POST", "/update", "CLEAR DEFAULT", Content_Type="application/sparql-update", Authorization=f"Bearer {secret}"
            ).status
            == 204
        )
        assert seen(address) == 0
        found = children(process.pid)
        assert len(found) >= 3
        for child in found:
            with suppress(FileNotFoundError, ProcessLookupError):  # one that has ended meanwhile
                assert secret.encode() not in Path(f"/proc/{child}/environ").read_bytes()


# -- killed at any moment --------------------------------------------------------------------------------------------------------

GRAPHS = ("http://example.org/one", "http://example.org/other")
BOTH = f"/sparql?{urlencode({'query': 'SELECT ?g ?n { GRAPH ?g { ?s <http://example.org/number> ?n } }'})}"
ROUNDS, KILLS = 4, 5


@dataclass
class Told:
    """The numbers that were to be written, and those of which the server has said that they are."""

    numbers: Iterator[int] = field(default_factory=itertools.count)
    tried: set[int] = field(default_factory=set)
    acknowledged: set[int] = field(default_factory=set)


def write(address: str, told: Told, over: threading.Event) -> None:
    """Writes one number after the other, each into two graphs at once."""
    for number in told.numbers:
        if over.is_set():
            return
        told.tried.add(number)
        data = " ".join(f"GRAPH <{graph}> {{ <http://example.org/{number}> <http://example.org/number> {number} }}" for graph in GRAPHS)
        kind = {"Content_Type": "application/sparql-update", "Authorization": "Bearer x"}
        with suppress(OSError, HTTPException):
            if ask(address, "POST", "/update", f"INSERT DATA {{ {data} }}", **kind).status == 204:
                told.acknowledged.add(number)


def is_whole(address: str, told: Told) -> bool:
    """Whether there is an answer, which holds all that was acknowledged before it was asked for, and nothing in one graph only."""
    before = set(told.acknowledged)
    reply = ask(address, "GET", BOTH, Accept="text/csv")
    if reply.status != 200:
        return False
    rows = [row.split(",") for row in reply.body.split()[1:]]
    one, other = ({int(number) for graph, number in rows if graph == wanted} for wanted in GRAPHS)
    assert one == other, "half of an update is seen"
    assert before <= one, "what was acknowledged is lost"
    assert one <= told.tried
    return True


def read(address: str, told: Told, over: threading.Event) -> None:
    while not over.is_set():
        with suppress(OSError, HTTPException):
            is_whole(address, told)


def kill(pids: Iterable[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def working(server: int, module: str) -> list[int]:
    """The processes below the server that run this module, in the order in which they came."""
    found = []
    for pid in children(server):
        with suppress(OSError):
            if module.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found


@pytest.mark.long
def test_nothing_acknowledged_is_lost_and_nothing_half_done_is_seen_whatever_is_killed(folder: Path) -> None:
    drawn, told = random.Random(5), Told()
    variables = {"KG_TOKEN": "x", "KG_RATE": "1000000", "KG_BURST": "1000000", "KG_LOG": "false"}
    for _ in range(ROUNDS):
        over = threading.Event()
        with serving(folder, **variables) as (process, address), ThreadPoolExecutor(6) as threads:
            assert is_whole(address, told)
            busy = [threads.submit(act, address, told, over) for act in (write, write, write, write, read, read)]
            try:
                for left in reversed(range(KILLS)):
                    enough = len(told.acknowledged) + drawn.randrange(2, 10)
                    assert comes(lambda enough=enough: len(told.acknowledged) >= enough)  # type: ignore[misc]
                    time.sleep(drawn.uniform(0, 0.1))
                    if left == 0:
                        kill([process.pid, *children(process.pid)])
                    elif drawn.random() < 0.6:
                        kill(working(process.pid, "kg.store.updater"))
                    else:
                        kill(pid for pid in working(process.pid, "kg.store.forkserver") if drawn.random() < 0.5)
            finally:
                over.set()
            for one in busy:
                one.result()
    with serving(folder, **variables) as (_, address):
        assert is_whole(address, told)
