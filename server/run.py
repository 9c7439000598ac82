"""The server as a process: it listens until it is told to stop."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from waitress import create_server

from kg.errors import SettingError
from kg.prefixes import known
from kg.settings import Settings
from kg.store.pool import Pool
from queries import FOLDER
from server import body_limit, create_app

THREADS_PER_WORKER = 4
"""Requests that wait for each query process, besides those that need none."""


def serve(settings: Settings, current: Callable[[], Path], say: Callable[[str], None] = print, folder: Path = FOLDER) -> None:
    """Serves the snapshots that `current` names until SIGTERM or SIGINT, and tells its address once it listens.
    `folder` holds the questions.

    To be called from the main thread. Raises SettingError when the address cannot be listened on.
    """
    with _stopped_by(signal.SIGTERM), Pool(settings, current, known(settings.base)) as pool:
        try:
            server = create_server(
                create_app(settings, pool, folder),
                host=settings.host,
                port=settings.port,
                threads=4 + THREADS_PER_WORKER * settings.workers,
                max_request_body_size=2 * body_limit(settings),
                ident="isnad",
            )
        except OSError as error:
            raise SettingError(
                f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}); set KG_HOST or KG_PORT to an address that is free."
            ) from error
        say(f"Isnad answers at http://{_shown(settings.host)}:{server.effective_port}/ (stop with Ctrl-C)")
        sys.stdout.flush()
        try:
            server.run()
        finally:
            server.close()


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@contextmanager
def _stopped_by(number: signal.Signals) -> Iterator[None]:
    """Turns a signal into the end that waitress and the pool clean up after."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    before = signal.signal(number, stop)
    try:
        yield
    finally:
        signal.signal(number, before)
