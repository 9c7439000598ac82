"""Processes that stand by for the next query, each over one snapshot: taken, given back, and replaced when they end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from kg.store.processes import ForkServer, Worker
from kg.store.worker import Start


class Standby:
    """At most `most` idle processes, and all those that are at work. To be used from any thread.

    `closing` gives what is raised once it is closed.
    """

    def __init__(self, start: Start, most: int, closing: Callable[[], Exception]) -> None:
        self.closed = False
        self._forks = ForkServer(start, closing)
        self._most = most
        self._closing = closing
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._all)

    @property
    def pids(self) -> list[int]:
        """The ids of the processes that answer."""
        with self._lock:
            return [worker.pid for worker in self._all]

    @property
    def forking(self) -> int | None:
        """The id of the process that forks them, while it runs."""
        return self._forks.pid

    def take(self, path: Path) -> Worker:
        """An idle process over this snapshot, or a new one; raises UnreadableError, StoreError."""
        with self._lock:
            found = next((worker for worker in reversed(self._idle) if worker.path == path), None)
            if found is not None:
                self._idle.remove(found)
                return found
        return self._fork(path)

    def give_back(self, worker: Worker) -> None:
        """Keeps a process for the next query; of too many, the oldest is ended."""
        with self._lock:
            self._idle.append(worker)
            spare = self._idle.pop(0) if self.closed or len(self._idle) > self._most else None
        if spare is not None:
            self.end(spare)

    def end(self, worker: Worker) -> None:
        """Ends a process that was taken."""
        worker.close()
        self.forget(worker)

    def forget(self, worker: Worker) -> None:
        """Lets go of a process that was taken and has ended."""
        with self._lock:
            self._all.discard(worker)

    def turn(self, path: Path) -> None:
        """Makes processes over this snapshot ready, and ends idle ones over another, which keep deleted files on the disk; raises as `take`."""
        with self._lock:
            old = [worker for worker in self._idle if worker.path != path]
            self._idle = [worker for worker in self._idle if worker.path == path]
            missing = self._most - len(self._idle) if old or not self._all else 0
        for worker in old:
            self.end(worker)
        for _ in range(missing):
            self.give_back(self._fork(path))

    def close(self) -> None:
        """Ends all processes; whoever waits for one learns that it has ended."""
        with self._lock:
            self.closed = True
            workers = set(self._all)
            idle, self._idle = self._idle, []
        for worker in idle:
            self.end(worker)
        for worker in workers.difference(idle):
            worker.kill()  # whoever waits for it closes it
        deadline = time.monotonic() + 5
        while self._all and time.monotonic() < deadline:
            time.sleep(0.005)
        self._forks.close()

    def _fork(self, path: Path) -> Worker:
        worker = self._forks.fork(path)
        with self._lock:
            if not self.closed:
                self._all.add(worker)
                return worker
        worker.close()
        raise self._closing()
