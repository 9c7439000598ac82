"""A graph that can be written to, small and short-lived, with a server of its own on a free port."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.prefixes import known
from kg.settings import Settings, read
from kg.store.embedded import Writer
from kg.store.graphs import is_made
from kg.store.processes import environment
from kg.store.version import FORMAT, Version
from kg.updating import Door
from tests.patience import PATIENCE
from tests.snapshots import BASE, FEW

TOKEN = "a secret of the tests"
VERSION = Version(FORMAT, BASE, "vocabulary", "policy")
SCRIPT = """
import json, sys
from kg.settings import read
from kg.store.embedded import snapshot
from server.run import serve
from tests.server.scratch import door_to
settings = read({}, **json.loads(sys.argv[1]))
with door_to(settings) as door:
    serve(settings, lambda: snapshot(settings.folder), folder=settings.folder, door=door)
"""


def door_to(settings: Settings) -> Door:
    """The door to the store of these settings."""
    return Door(settings, VERSION, known(settings.base), lambda: None)


def fill(settings: Settings, quads: Iterable[Quad]) -> None:
    """Makes a store that holds these quads, those of made graphs as the pipeline writes them, the others as users do."""
    made, users = [], ""
    for quad in quads:
        if is_made(quad.graph_name, BASE):
            made.append(quad)
        else:
            users += f"GRAPH {quad.graph_name} {{ {quad.triple} }}\n" if isinstance(quad.graph_name, NamedNode) else f"{quad.triple} .\n"
    with Writer(settings.folder, VERSION) as writer:
        writer.initialise(made)
        writer.publish()
    if users:
        with door_to(settings) as door:
            door.update(f"INSERT DATA {{ {users} }}")


@contextmanager
def served(folder: Path, quads: Iterable[Quad] = FEW, *, token: str = TOKEN, **settings: object) -> Iterator[str]:
    """The address of a server over such a store, without a slash at the end; `token` none: nobody may write."""
    limits = {
        "timeout": 300,
        "memory": 900,
        "max_query": 64,
        "workers": 1,
        "max_upload": 0.25,
        "rate": 1e6,
        "burst": 1_000_000,
        "log": "false",
    }
    given = {"store": str(folder), "port": 0, "token": token, **limits, **settings}
    fill(read({}, **given), quads)
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, json.dumps(given)], stdout=subprocess.PIPE, text=True, env=environment())
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[3].rstrip("/")
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        process.stdout.close()
