"""A process that holds the engine and the current snapshot, open, and forks the processes that answer queries.

Starting Python and opening a snapshot take tenths of a second, forking takes milliseconds: so a process that a query has killed is replaced at
once.  It has one thread and the engine starts none for a snapshot that is only read, which makes forking safe.  Its memory limit is its
children's, too.  It ends with its owner: when the pipe between them ends.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
from collections import OrderedDict
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from typing import Final

from kg.store.worker import Snapshot, Start, opened, serve

OPEN: Final = 2
"""Snapshots kept open: the current one, and one that was asked for beside it."""


@dataclass(frozen=True, slots=True)
class Fork:
    """Asks for a process over a snapshot; the handle of its pipe follows. Answered by Forked or Unreadable."""

    path: str


@dataclass(frozen=True, slots=True)
class Reap:
    """Asks how a process ended, which has. Answered by Ended."""

    pid: int


@dataclass(frozen=True, slots=True)
class Forked:
    """A new process."""

    pid: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """There is no process, for the snapshot cannot be read: why."""

    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit status, or the negative number of the signal that ended it."""

    status: int


class _Snapshots:
    """The snapshots that are open."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, Snapshot] = OrderedDict()

    def get(self, path: str) -> Snapshot:
        """The snapshot in a folder, opened if need be; raises OSError."""
        if path not in self._open:
            self._open[path] = opened(path)
        self._open.move_to_end(path)
        while len(self._open) > OPEN:
            self._open.popitem(last=False)
        return self._open[path]

    def drop_deleted(self) -> None:
        """Closes those whose folder is gone: what was deleted is to be gone from here, too."""
        for path in [path for path in self._open if not os.path.isdir(path)]:  # noqa: PTH112
            del self._open[path]


def _fork(owner: Connection, start: Start, snapshots: _Snapshots, path: str) -> Forked | Unreadable:
    handle = recv_handle(owner)
    snapshots.drop_deleted()
    try:
        snapshot = snapshots.get(path)
    except OSError as error:
        os.close(handle)
        return Unreadable(str(error))
    pid = os.fork()
    if pid == 0:
        try:
            owner.close()
            serve(Connection(handle), start, snapshot)
        finally:
            os._exit(1)
    os.close(handle)
    return Forked(pid)


def _reap(pid: int) -> Ended:
    try:
        return Ended(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    except ChildProcessError:
        return Ended(0)


def run(owner: Connection) -> None:
    """Does what the owner asks until the pipe ends; the first message is a Start."""
    start: Start = owner.recv()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (start.memory, start.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    snapshots = _Snapshots()
    gc.collect()
    gc.freeze()
    while True:
        asked: Fork | Reap = owner.recv()
        owner.send(_fork(owner, start, snapshots, asked.path) if isinstance(asked, Fork) else _reap(asked.pid))


def main() -> None:
    """Serves the pipe whose file descriptor is the first argument."""
    try:
        run(Connection(int(sys.argv[1])))
    except (EOFError, OSError):
        os._exit(0)
