"""Requests a second of the server, beside the same application on waitress: kept answers, new ones, 304; and who is blocked by silent clients.

Run from the project's folder: python bench/serving/run.py [--seconds 5] [--json FILE]; it needs wrk, and waitress for the peer.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SIZE = 40_000
"""Triples in the store."""

OURS = """
import sys
from pathlib import Path
from kg.settings import read
from server.run import serve
serve(read({"KG_RATE": "1e6", "KG_BURST": "100000000", "KG_LOG": "false"}, port=0), lambda path=Path(sys.argv[1]): path)
"""
PEER = """
import sys
from pathlib import Path
from waitress import create_server
from kg.prefixes import known
from kg.settings import read
from kg.store.pool import Pool
from server import create_app
from server.front import Front
from server.metrics import Metrics
settings = read({"KG_RATE": "1e6", "KG_BURST": "100000000"})
with Pool(settings, lambda path=Path(sys.argv[1]): path, known(settings.base)) as pool:
    server = create_server(Front(create_app(settings, pool), settings, pool, Metrics()), port=0, threads=12)
    print(f"listens at http://127.0.0.1:{server.effective_port}/", flush=True)
    server.run()
"""
KEPT = f"/sparql?query={quote('SELECT ?o { <http://example.org/5> ?p ?o }')}"
LARGE = f"/sparql?format=json&query={quote('SELECT * { ?s ?p ?o }')}"
NEW = """
local number = 0
function request()
  number = number + 1
  return wrk.format("GET", "/sparql?query=" .. "SELECT%20%3Fo%20%7B%20%3Chttp%3A%2F%2Fexample.org%2F" .. number .. "%3E%20%3Fp%20%3Fo%20%7D")
end
"""


@dataclass(frozen=True)
class Rate:
    """Requests a second by the clock, and a second of the server's own processor time (without the processes that run queries)."""

    clock: float
    processor: float = 0.0


@dataclass(frozen=True)
class Row:
    """A measure of ours and of the peer."""

    measure: str
    ours: Rate
    peer: Rate


@contextmanager
def serving(script: str, snapshot: Path) -> Iterator[tuple[str, int]]:
    """The address and the process id of a server that runs meanwhile."""
    command = [sys.executable, "-c", script, str(snapshot)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert process.stdout is not None
    try:
        found = re.search(r"http://[^/]+", process.stdout.readline())
        if found is None:
            raise SystemExit("A server did not start; is waitress installed?")
        yield found[0], process.pid
    finally:
        process.terminate()
        process.wait()


def used(pid: int) -> float:
    """Seconds of processor time of a process."""
    numbers = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def rate(server: tuple[str, int], path: str, seconds: int, connections: int, script: str = "", *headers: str) -> Rate:
    """Requests a second that wrk gets."""
    address, pid = server
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        extra = ["-s", file.name] if script else []
        for header in headers:
            extra += ["-H", header]
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", *extra, address + path]
        before = used(pid)
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        spent = used(pid) - before
    found, count = re.search(r"Requests/sec:\s*([\d.]+)", text), re.search(r"(\d+) requests in", text)
    if found is None or count is None or ("Non-2xx" in text and not headers):
        raise SystemExit(text)
    return Rate(float(found[1]), int(count[1]) / max(spent, 0.01))


def blocked(address: str, silent: int) -> Rate:
    """1 when a question is answered within five seconds beside so many clients that say nothing, else 0."""
    host, _, port = address.rpartition("/")[2].partition(":")
    with ExitStack() as stack:
        for _ in range(silent):
            stack.enter_context(closing(socket.create_connection((host, int(port)))))
        time.sleep(0.2)
        try:
            with urlopen(address + KEPT, timeout=5) as reply:
                return Rate(float(reply.status == 200))
        except (TimeoutError, URLError):
            return Rate(0.0)


def measured(server: tuple[str, int], seconds: int) -> dict[str, Rate]:
    """Every measure on one server."""
    address, _ = server
    with urlopen(address + LARGE, timeout=60) as reply:
        tag, size = reply.headers.get("ETag"), len(reply.read())
    rows = {
        "kept answer, 1 connection": rate(server, KEPT, seconds, 1),
        "kept answer, 16 connections": rate(server, KEPT, seconds, 16),
        "new answer, 16 connections": rate(server, "/", seconds, 16, NEW),
        f"kept answer of {size / 1e6:.1f} MB, 4 connections": rate(server, LARGE, seconds, 4),
    }
    if tag:
        rows["304, 16 connections"] = rate(server, LARGE, seconds, 16, "", f"If-None-Match: {tag}")
    return rows | {f"answers beside {silent} silent clients": blocked(address, silent) for silent in (90, 500)}


def _figures(ours: float, peer: float) -> str:
    return f" {ours:8.0f} {peer:9.0f} {f'{ours / peer:.2f}' if peer else '':>6}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--json", type=Path, help="a file for the figures")
    given = options.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed; on Debian: apt-get install wrk")
    from pyoxigraph import Literal

    from tests.snapshots import FACTS, LABEL, quad, snapshot

    with tempfile.TemporaryDirectory() as folder:
        made = snapshot(Path(folder), (quad(f"http://example.org/{n}", LABEL, Literal(f"label {n}"), FACTS) for n in range(SIZE)))
        with serving(OURS, made) as server:
            ours = measured(server, given.seconds)
        with serving(PEER, made) as server:
            peer = measured(server, given.seconds)
    rows = [Row(measure, ours[measure], peer.get(measure, Rate(0.0))) for measure in ours]
    print(f"{'':38} {'by the clock':>24} {'a second of processor':>25}")
    print(f"{'measure':38}" + f" {'ours':>8} {'waitress':>9} {'ratio':>6}" * 2)
    for row in rows:
        print(f"{row.measure:38}" + _figures(row.ours.clock, row.peer.clock) + _figures(row.ours.processor, row.peer.processor))
    if given.json:
        given.json.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
