"""`kg serve` as it runs: what it has acknowledged is seen, and outlasts its death."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kg.facts import policy
from kg.pipeline import version
from kg.store.embedded import Writer
from kg.store.processes import environment
from tests.server.asking import Reply, ask
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
        children = below(process.pid)
        assert len(children) >= 3
        for child in children:
            assert secret.encode() not in Path(f"/proc/{child}/environ").read_bytes()


def below(pid: int) -> set[int]:
    """The processes that descend from one."""
    found = {int(child) for children in Path(f"/proc/{pid}/task").glob("*/children") for child in children.read_text().split()}
    return found.union(*map(below, found))
