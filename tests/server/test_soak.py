"""Two minutes of 64 clients on one server: half ask light questions and get their answers, whatever the other half does."""

from __future__ import annotations

import asyncio
import itertools
import random
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.server.conftest import start, stop
from tests.server.test_run import children
from tests.snapshots import cross_product

SECONDS = 120
LIGHT, PAUSE = 32, 0.5
"""Clients that ask light questions, and the seconds that each of them reads an answer."""

RUDE = {"cross": 10, "sort": 6, "bomb": 4, "abort": 6, "malformed": 6}
"""The other clients; none of them waits as long as it is told to."""

NUMBER = itertools.count()
"""Makes every question another one."""


@dataclass
class Seen:
    """What the clients met with."""

    address: str
    light: list[float] = field(default_factory=list)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


async def exchange(address: str, request: bytes, patience: float = 60) -> tuple[str, bytes]:
    """Status and body of one reply on a connection of its own; status "none" when there is none in time."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        async with asyncio.timeout(patience):
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            return head[9:12].decode(), await reader.readexactly(length)
    except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
        return "none", b""
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


def asking(query: str, more: str = "") -> bytes:
    return f"GET /sparql?{urlencode({'query': query})} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n{more}\r\n".encode()


async def light(seen: Seen) -> None:
    """A question that nobody has asked before, whose answer is known."""
    number = next(NUMBER)
    query = f'SELECT ?s ({number} AS ?n) {{ ?s isnad:componentOf actor:pmf FILTER(STR(?s) != "{number}") }} ORDER BY ?s LIMIT 1'
    began = time.perf_counter()
    status, body = await exchange(seen.address, asking(query))
    seen.light.append(time.perf_counter() - began)
    if status != "200" or not body.endswith(f"badr,{number}\r\n".encode()):
        seen.wrong.append(f"{status} {body[:200]!r}")


async def cross(seen: Seen) -> None:
    status, _ = await exchange(seen.address, asking(f"SELECT (COUNT(*) AS ?n{next(NUMBER)}) {{ {cross_product(12)} }}"))
    seen.statuses["cross", status] += 1


async def sort(seen: Seen) -> None:
    query = f"SELECT * {{ {cross_product(5)} BIND(RAND() + {next(NUMBER)} AS ?r) }} ORDER BY ?r ?v0 LIMIT 10"
    status, _ = await exchange(seen.address, asking(query))
    seen.statuses["sort", status] += 1


async def bomb(seen: Seen) -> None:
    doublings = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(24))
    query = random.choice(
        (
            f"SELECT (STRLEN(?x24) AS ?n) {{ BIND('{next(NUMBER)}{'x' * 1000}' AS ?x0) {doublings} }}",
            f"SELECT * {{ {cross_product(9)} }} ORDER BY ?v{next(NUMBER) % 9}",
        )
    )
    status, _ = await exchange(seen.address, asking(query))
    seen.statuses["bomb", status] += 1


async def abort(seen: Seen) -> None:
    query = f"SELECT (COUNT(*) AS ?n) {{ {cross_product(13)} FILTER({next(NUMBER)} > 0) }}"
    status, _ = await exchange(seen.address, asking(query), patience=random.uniform(0.01, 1))
    seen.statuses["abort", status] += 1


async def malformed(seen: Seen) -> None:
    request = random.choice(
        (
            asking(f"SELECT * {{ nonsense {next(NUMBER)}"),
            asking("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
            asking(f"ASK {{ FILTER({'(' * 5000}1{')' * 5000}) }}"),
            b"\x00\x01\x02 nonsense\r\n\r\n",
            b"GET /sparql?query=%FF%FE%00 HTTP/1.1\r\nHost: x\r\n\r\n",
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 50\r\n\r\nASK",
        )
    )
    status, _ = await exchange(seen.address, request, patience=5)
    seen.statuses["malformed", status] += 1


async def again(act: Callable[[Seen], Awaitable[None]], seen: Seen, until: float, pause: float) -> None:
    await asyncio.sleep(random.uniform(0, pause))
    while time.monotonic() < until:
        await act(seen)
        await asyncio.sleep(random.uniform(0.5, 1.5) * pause)


async def idle(address: str) -> float:
    """The median time of light questions when nobody else asks."""
    seen = Seen(address)
    for _ in range(100):
        await light(seen)
    assert not seen.wrong
    return statistics.median(seen.light)


async def soak(address: str, seconds: float) -> Seen:
    seen = Seen(address)
    until = time.monotonic() + seconds
    rude = {"cross": cross, "sort": sort, "bomb": bomb, "abort": abort, "malformed": malformed}
    clients = [again(light, seen, until, PAUSE) for _ in range(LIGHT)]
    clients += [again(rude[kind], seen, until, 0.2) for kind, count in RUDE.items() for _ in range(count)]
    await asyncio.gather(*clients)
    return seen


def resident(pid: int) -> int:
    """Kilobytes; 0 of a process that has ended meanwhile."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int((status.partition("VmRSS:")[2].split() or ["0"])[0])


@dataclass(frozen=True)
class Held:
    """What the server holds: processes below it, handles, kilobytes of memory of its own and of all of them."""

    processes: int
    handles: int
    own: int
    all: int


def held(pid: int) -> Held:
    below = children(pid)
    return Held(len(below), len(list(Path(f"/proc/{pid}/fd").iterdir())), resident(pid), sum(map(resident, [pid, *below])))


@pytest.mark.long
@pytest.mark.alone
def test_light_questions_are_answered_whatever_others_ask_and_nothing_is_left_behind(data: Path, questions: Path) -> None:
    process, line = start(data, questions, timeout=5, rate=1e6, burst=1_000_000, cache=1)  # else what is kept would look like a leak
    address = line.split()[3]
    try:
        asyncio.run(idle(address))
        asyncio.run(soak(address, 5))  # whatever is made once is made
        usual = asyncio.run(idle(address))
        time.sleep(3)
        before = held(process.pid)
        seen = asyncio.run(soak(address, SECONDS))
        median = statistics.median(seen.light)
        time.sleep(8)  # the last queries end at their deadline
        asyncio.run(idle(address))
        time.sleep(2)
        after = held(process.pid)
    finally:
        stop(process)
    ordered = sorted(seen.light)
    print(
        f"{len(ordered)} light questions: median {1000 * median:.1f} ms, 95 % {1000 * ordered[len(ordered) * 95 // 100]:.0f} ms, "
        f"longest {1000 * ordered[-1]:.0f} ms; alone {1000 * usual:.1f} ms\n{dict(sorted(seen.statuses.items()))}\n{before}\n{after}"
    )
    assert not seen.wrong
    assert len(ordered) > SECONDS * LIGHT / 4
    assert median < max(10 * usual, 0.030)
    assert after.processes <= 4  # one forks, two answer, one may be at its end
    assert after.handles <= before.handles + 5
    assert after.own < before.own + 60_000
    assert after.all < before.all + 120_000
    assert all(seen.statuses[kind, "503"] for kind in ("cross", "bomb"))
    assert not any(status == "500" for _, status in seen.statuses)
