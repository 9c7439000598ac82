"""Processes that work on a store, seen from their owner: the one that forks, those that answer queries, the one that changes users' graphs.

The first and the last are started by executing Python anew rather than by `multiprocessing`: nothing is forked from a threaded server, and the command
that started the server is not imported.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from pathlib import Path
from typing import Final

import kg
from kg.answers import Answer
from kg.errors import StoreError
from kg.settings import is_secret
from kg.store.forkserver import Ended, Fork, Forked, Reap, Unreadable
from kg.store.updater import Begun, Order, Reply
from kg.store.updater import Start as StartUpdater
from kg.store.worker import Failed, Request, Start

_HOME: Final = str(Path(kg.__file__).parent.parent)
NICENESS: Final = 5
"""Of processes that have a long query: a third of the share of others, where there is more to do than processors."""

_PATIENCE: Final = 10.0
"""Seconds that a killed process has to give its memory back."""

_ARENAS: Final = "2"
"""Heaps that the C library may make for the threads of a process; by default it makes dozens, and each takes 64 MB of the address space allowed."""


def environment() -> dict[str, str]:
    """The variables with which another Python finds the modules that this one finds, without those that hold secrets."""
    return {name: value for name, value in os.environ.items() if not is_secret(name)} | {
        "PYTHONPATH": os.pathsep.join((_HOME, *filter(None, sys.path))),
        "RUST_BACKTRACE": "0",
    }


def _started(module: str) -> tuple[subprocess.Popen[bytes], Connection]:
    """A new process that runs a module's `main`, and our end of the pipe whose other end is its first argument."""
    ours, theirs = Pipe()
    command = [sys.executable, "-P", "-c", f"from {module} import main; main()", str(theirs.fileno())]
    with theirs:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=environment() | {"MALLOC_ARENA_MAX": _ARENAS},
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise
    return process, ours


class EndedError(Exception):
    """A process ended before it replied; `status` as subprocess has it, and `begun` says whether it had begun with a change."""

    def __init__(self, status: int, begun: bool = False) -> None:
        super().__init__(f"ended with {status}")
        self.status = status
        self.begun = begun


class OverdueError(Exception):
    """A process did not reply in time, and was killed."""


class UnreadableError(Exception):
    """The snapshot cannot be read."""


class ForkServer:
    """The process that forks; started at the first need, and again when it has died. To be used from any thread.

    `closing` gives what is raised once it is closed: then no process is started any more, whoever comes late.
    """

    def __init__(self, start: Start, closing: Callable[[], Exception]) -> None:
        self._start = start
        self._closing = closing
        self._closed = False
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def fork(self, path: Path) -> Worker:
        """A new process over the snapshot in a folder; raises UnreadableError, StoreError when the snapshot is too large for the memory limit."""
        ours, theirs = Pipe()
        with theirs, self._lock:
            if self._closed:
                raise self._closing()
            fresh = self._pipe is None
            try:
                reply = self._ask_fork(path, theirs)
            except (EOFError, OSError):
                self._stop()
                if fresh:
                    raise self._cannot_open() from None
                try:  # it died since it was last used
                    reply = self._ask_fork(path, theirs)
                except (EOFError, OSError):
                    self._stop()
                    raise self._cannot_open() from None
        if isinstance(reply, Unreadable):
            ours.close()
            raise UnreadableError(reply.text)
        return Worker(self, reply.pid, ours, path)

    def reap(self, pid: int) -> int:
        """How a process ended, which has; 0 when nobody knows any more."""
        with self._lock:
            if self._pipe is None:
                return 0
            try:
                self._pipe.send(Reap(pid))
                ended: Ended = self._pipe.recv()
            except (EOFError, OSError):
                self._stop()
                return 0
            return ended.status

    def close(self) -> None:
        """Ends it, for good."""
        with self._lock:
            self._closed = True
            self._stop()

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def _ask_fork(self, path: Path, handle: Connection) -> Forked | Unreadable:
        if self._pipe is None:
            self._process, self._pipe = _started("kg.store.forkserver")
            self._pipe.send(self._start)
        assert self._process is not None
        self._pipe.send(Fork(str(path)))
        send_handle(self._pipe, handle.fileno(), self._process.pid)
        reply: Forked | Unreadable = self._pipe.recv()
        return reply

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _cannot_open(self) -> StoreError:
        return StoreError(
            f"A query process ended while it opened the store; it may need more than {self._start.memory >> 20:,} megabytes (KG_MEMORY)."
        )


class Worker:
    """One process that answers queries over one snapshot, and the pipe to it."""

    def __init__(self, parent: ForkServer, pid: int, pipe: Connection, path: Path) -> None:
        self.pid = pid
        self.path = path
        self._parent = parent
        self._pipe = pipe
        self._lock = threading.Lock()
        self._closed = False

    def ask(self, request: Request) -> None:
        """Gives it a query; raises EndedError when it had died before."""
        try:
            self._pipe.send(request)
            self._pipe.recv()  # Begun
        except (EOFError, OSError):
            raise EndedError(self.close()) from None

    def reply(self, until: float) -> Answer | Failed | None:
        """The reply to the query, or None when there is none yet at that time (of time.monotonic); raises EndedError."""
        try:
            if not self._pipe.poll(max(0.0, until - time.monotonic())):
                return None
            reply: Answer | Failed = self._pipe.recv()
        except (EOFError, OSError):
            raise EndedError(self.close()) from None
        return reply

    def kill(self) -> None:
        """Lets it end at once, whatever it is doing; `reply` then raises EndedError."""
        with self._lock, suppress(ProcessLookupError):
            if not self._closed:  # else its id may be another's
                os.kill(self.pid, signal.SIGKILL)

    def step_back(self) -> None:
        """Leaves most of the processor to others that want it."""
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self.pid, NICENESS)

    def seconds(self) -> float | None:
        """The processor time that it has used; None where the system does not tell."""
        try:
            return time.clock_gettime(~self.pid << 3 | 2)  # Linux: the processor clock of a process
        except OSError:
            return None

    def close(self) -> int:
        """Ends it and gives its exit status. When this returns, its memory is free."""
        self.kill()
        with suppress(EOFError, OSError):
            while self._pipe.poll(_PATIENCE):
                self._pipe.recv_bytes()
        with self._lock:
            self._closed = True
        self._pipe.close()
        return self._parent.reap(self.pid)


class Updater:
    """The process that changes users' graphs, and the pipe to it.  One thread at a time asks; any may kill."""

    def __init__(self, start: StartUpdater) -> None:
        self._process, self._pipe = _started("kg.store.updater")
        try:
            self._pipe.send(start)
        except OSError:
            self.close()
            raise

    def ask(self, order: Order, seconds: float | None) -> Reply:
        """The reply to an order; raises OverdueError, EndedError."""
        deadline = None if seconds is None else time.monotonic() + seconds
        begun = overdue = False
        try:
            self._pipe.send(order)
            while True:
                if not overdue and not self._pipe.poll(None if deadline is None else max(0.0, deadline - time.monotonic())):
                    overdue = True
                    self.kill()  # and yet it may have said already that it was done
                said: Begun | Reply = self._pipe.recv()
                if not isinstance(said, Begun):
                    return said
                begun = True
        except (EOFError, OSError):
            if overdue:
                raise OverdueError from None
            raise EndedError(self._process.wait(), begun) from None

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._process.pid if self._process.poll() is None else None

    def kill(self) -> None:
        """Ends it, whatever it is doing; `ask` then raises EndedError."""
        self._process.kill()

    def close(self) -> None:
        """Ends it and lets the pipe go; not while another thread asks."""
        self.kill()
        self._process.wait()
        self._pipe.close()
