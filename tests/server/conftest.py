"""The server as its users meet it: a process of its own that listens on a free port."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from flask.testing import FlaskClient

from kg.prefixes import known
from kg.settings import read
from kg.store.pool import Pool
from server import create_app
from tests.patience import PATIENCE
from tests.server.scratch import served
from tests.snapshots import BASE, snapshot

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import json
import sys
from dataclasses import replace
from pathlib import Path
from kg.settings import read
from server.run import serve
settings = replace(read({}, **{"timeout": 300, "memory": 900, "max_query": 64} | json.loads(sys.argv[3])), port=0)
serve(settings, lambda: Path(sys.argv[1]), folder=Path(sys.argv[2]))
"""
QUESTIONS = {
    "components": "# Which groups are components of the PMF?\nSELECT ?group WHERE { ?group isnad:componentOf actor:pmf } ORDER BY ?group\n",
    "labels": "# What are things called?\nSELECT ?thing ?label WHERE { ?thing rdfs:label ?label } ORDER BY ?thing ?label\n",
    "is-badr": "# Is Badr a component of the PMF?\nASK { actor:badr isnad:componentOf actor:pmf }\n",
}


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return snapshot(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions")
    for name, text in QUESTIONS.items():
        (folder / f"{name}.rq").write_text(text, encoding="utf-8")
    return folder


def start(data: Path, questions: Path, log: IO[str] | None = None, **settings: object) -> tuple[subprocess.Popen[str], str]:
    """A server process and its first line; what it logs goes to a file."""
    command = [sys.executable, "-c", SCRIPT, str(data), str(questions), json.dumps(settings)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=log or subprocess.DEVNULL, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert process.stdout is not None
    return process, process.stdout.readline()


def stop(process: subprocess.Popen[str]) -> int:
    process.terminate()
    status = process.wait(timeout=PATIENCE)
    assert process.stdout is not None
    process.stdout.close()
    return status


@pytest.fixture(scope="session")
def address(data: Path, questions: Path) -> Iterator[str]:
    """Where a real server listens, without a slash at the end."""
    process, line = start(data, questions)
    assert "http://127.0.0.1:" in line, line
    yield line.split()[3].rstrip("/")
    stop(process)


@pytest.fixture(scope="session")
def hurried(data: Path, questions: Path) -> Iterator[str]:
    """Where a server listens that lets no query run for long."""
    process, line = start(data, questions, timeout=2)
    yield line.split()[3].rstrip("/")
    stop(process)


@pytest.fixture(scope="session")
def client(data: Path, questions: Path) -> Iterator[FlaskClient]:
    """The application without a network, for what does not depend on one."""
    settings = read({}, timeout=300, memory=900, max_query=64, workers=1)
    with Pool(settings, lambda: data, known(BASE)) as pool:
        yield create_app(settings, pool, questions).test_client()


@pytest.fixture(scope="session")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server listens whose graph may be written to, its default graph being the plain one."""
    with served(tmp_path_factory.mktemp("scratch"), union_default_graph="false") as address:
        yield address
