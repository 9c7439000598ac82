"""The server as a process: it listens until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from kg.errors import SettingError
from kg.prefixes import known
from kg.settings import Settings
from kg.store.pool import Asked, Pool
from queries import FOLDER
from server import body_limit, create_app, logs, query_limit
from server.access import shows
from server.bridge import Bridge
from server.front import WAITERS, Front
from server.metrics import Metrics
from server.writing import Door

CONNECTIONS: Final = 4096
"""Connections that are served at once; one that waits costs a few kilobytes."""

HEADER_SECONDS: Final = 15
"""Seconds in which the head of a request has to arrive."""

SPARE_THREADS: Final = 16
"""Threads for requests that need no query process, besides those that wait for one."""

PARTING: Final = 3.0
"""Seconds that queries under way are given when the server is told to stop."""


def serve(
    settings: Settings,
    current: Callable[[], Path],
    say: Callable[[str], None] = print,
    folder: Path = FOLDER,
    door: Door | None = None,
) -> None:
    """Serves the snapshots that `current` names until SIGTERM or SIGINT, and tells its address once it listens.
    `folder` holds the questions; writes go through `door`, and without one the graph can only be read.

    To be called from the main thread. Raises SettingError when the address cannot be listened on.
    """
    listening = _listening(settings.host, settings.port)
    handler = logs.to_standard_error() if settings.log else None
    metrics = Metrics()

    def observe(one: Asked) -> None:
        metrics.asked(one)
        logs.asked(one)

    try:
        with Pool(settings, current, known(settings.base), observe) as pool:
            app = create_app(settings, pool, folder, door)
            front = Front(app, settings, pool, metrics)
            threads = pool.short.places + pool.long.places + settings.queue + settings.queue // 4 + WAITERS + SPARE_THREADS
            threads += app.extensions["isnad"].querying.waiting
            bridge = Bridge(front, threads, 2 * query_limit(settings), 2 * body_limit(settings), partial(shows, secret=settings.secret))
            say(f"Isnad answers at http://{_shown(settings.host)}:{listening.getsockname()[1]}/ (stop with Ctrl-C)")
            sys.stdout.flush()
            asyncio.run(_until_told(_Granian(bridge, listening), bridge, front, pool))
    finally:
        listening.close()
        if handler is not None:
            logs.no_longer(handler)


class _Granian(Server):
    """Granian within this process, on a socket that listens already, so that any free port will do and one in use is told."""

    def __init__(self, bridge: Bridge, listening: socket.socket) -> None:
        super().__init__(
            bridge,
            interface=Interfaces.RSGI,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
            websockets=False,
            backpressure=CONNECTIONS,
            log_enabled=False,
        )
        self._listening = listening

    def _init_shared_socket(self) -> None:
        self._shd: Any = SocketHolder(self._listening.detach(), False, CONNECTIONS)  # type: ignore[call-arg]
        self._ssp = None


async def _until_told(server: Any, bridge: Bridge, front: Front, pool: Pool) -> None:
    """Serves until a signal comes; then lets queries under way end, for a moment."""
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    serving = asyncio.ensure_future(server.serve())
    watching = asyncio.ensure_future(_watch(front))
    await asyncio.wait({serving, asyncio.ensure_future(told.wait())}, return_when=asyncio.FIRST_COMPLETED)
    watching.cancel()
    server.stop()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(serving), PARTING)
    await asyncio.to_thread(pool.close)
    await asyncio.wait({serving}, timeout=PARTING)
    bridge.close()


async def _watch(front: Front) -> None:
    """Notices new revisions also when nobody asks."""
    while True:
        await asyncio.sleep(1)
        await asyncio.to_thread(front.refresh)


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens; raises SettingError when the address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(CONNECTIONS)
    except OSError as error:
        listening.close()
        raise _cannot_listen(host, port, error) from error
    listening.setblocking(False)
    return listening


def _cannot_listen(host: str, port: int, error: OSError) -> SettingError:
    return SettingError(f"Cannot listen on {host}:{port} ({error.strerror}); set KG_HOST or KG_PORT to an address that is free.")


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
