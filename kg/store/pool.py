"""A pool of processes that answer queries over the current snapshot, each stoppable: a query that runs too long or takes too much memory
costs one process, which is replaced, and nothing else.

The processes are started by executing Python anew rather than by `multiprocessing`: nothing is forked from a threaded server, and the
command that started the server is not imported into each of them.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import kg
from kg.answers import Answer
from kg.errors import QueryBusy, QueryError, QueryRefused, QuerySyntaxError, QueryTimeout, QueryTooLarge, StoreError
from kg.formats import Format
from kg.settings import Settings
from kg.sparql.guard import admit
from kg.store.worker import MEMORY_STATUS, Failed, Opened, Reply, Request, Start

_KINDS: Final[Mapping[str, type[QueryError]]] = {kind.__name__: kind for kind in (QueryError, QueryRefused, QueryTooLarge)}
_HOME: Final = str(Path(kg.__file__).parent.parent)


def environment() -> dict[str, str]:
    """The variables with which another Python finds the modules that this one finds."""
    return os.environ | {"PYTHONPATH": os.pathsep.join((_HOME, *filter(None, sys.path))), "RUST_BACKTRACE": "0"}


class EndedError(Exception):
    """A process ended before it replied; `status` as subprocess has it, `opened` whether the snapshot was open by then."""

    def __init__(self, status: int, opened: bool) -> None:
        super().__init__(f"ended with {status}")
        self.status = status
        self.opened = opened


class OverdueError(Exception):
    """A process has not replied by the deadline."""


class Worker:
    """One process and the pipe to it."""

    def __init__(self, start: Start) -> None:
        self.pipe, theirs = Pipe()
        command = [sys.executable, "-P", "-c", "from kg.store.worker import main; main()", str(theirs.fileno())]
        with theirs:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], env=environment(), start_new_session=True
            )
        self.pipe.send(start)

    def ask(self, request: Request, deadline: float) -> Answer | Failed:
        """The reply; raises OverdueError at the deadline (of time.monotonic), EndedError when the process ends first."""
        opened = False
        try:
            self.pipe.send(request)
            while True:
                reply = self._next(deadline)
                if not isinstance(reply, Opened):
                    return reply
                opened = True
        except (EOFError, OSError):
            raise EndedError(self.process.wait(), opened) from None

    def _next(self, deadline: float) -> Reply:
        if not self.pipe.poll(max(0.0, deadline - time.monotonic())):
            raise OverdueError
        reply: Reply = self.pipe.recv()
        return reply

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self.pipe.close()
        self.process.kill()
        self.process.wait()


class Pool:
    """Answers queries from the snapshot that `current` names at that moment; to be used in a `with` block, from any thread."""

    def __init__(self, settings: Settings, current: Callable[[], Path], prefixes: Mapping[str, str]) -> None:
        self.settings = settings
        self._current = current
        self._start = Start(settings.memory << 20, settings.union_default_graph, dict(prefixes))
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._all: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        for _ in range(self.settings.workers):
            self._add()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends all processes; queries under way fail."""
        with self._lock:
            self._closed = True
            workers, self._all = self._all, set()
        for worker in workers:
            worker.close()

    def answer(
        self,
        text: str,
        format: Format,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        keep: int | None = None,
    ) -> Answer:
        """The answer to a query in this format.

        `default_graphs` and `named_graphs` are the dataset that the protocol names and stand in for the query's own FROM. With `keep`, only
        that many rows of a TSV or N-Triples answer are kept, and all are counted. Raises the kinds of QueryError, StoreError when the
        snapshot cannot be read, and what `current` raises.
        """
        found = admit(text)
        given = bool(default_graphs or named_graphs)
        request = Request(
            "",
            text,
            format.name,
            format.media_type,
            found.names_dataset,
            tuple(default_graphs) if given else None,
            tuple(named_graphs) if given else None,
            keep,
        )
        path = str(self._current())
        reply = self._ask(replace(request, path=path))
        if isinstance(reply, Failed) and reply.kind == "gone" and (newer := str(self._current())) != path:
            reply = self._ask(replace(request, path=newer))
        if isinstance(reply, Failed):
            raise _error(reply)
        return reply

    def _ask(self, request: Request) -> Answer | Failed:
        """The reply of a free process, which is replaced if it does not survive the query.

        A process may have ended unseen while it was idle: one that ends before it opens the store has not met the query, and another is asked.
        """
        try:
            return self._ask_once(request)
        except EndedError as death:
            if death.opened or self._closed:
                raise self._cause(death) from None
        try:
            return self._ask_once(request)
        except EndedError as death:
            raise self._cause(death) from None

    def _ask_once(self, request: Request) -> Answer | Failed:
        worker = self._free()
        try:
            reply = worker.ask(request, time.monotonic() + self.settings.timeout)
        except OverdueError:
            self._replace(worker)
            raise QueryTimeout(self.settings.timeout) from None
        except BaseException:
            self._replace(worker)
            raise
        self._idle.put(worker)
        return reply

    def _free(self) -> Worker:
        try:
            worker = self._idle.get(timeout=self.settings.timeout)
        except queue.Empty:
            raise QueryBusy(
                f"All {self.settings.workers} query processes have been busy for {self.settings.timeout:g} seconds. Ask again later."
            ) from None
        if worker.process.poll() is None:
            return worker
        self._replace(worker)
        return self._free()

    def _add(self) -> None:
        worker = Worker(self._start)
        with self._lock:
            if not self._closed:
                self._all.add(worker)
                self._idle.put(worker)
                return
        worker.close()

    def _replace(self, worker: Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.close()
        if not self._closed:
            self._add()

    def _cause(self, death: EndedError) -> QueryError | StoreError:
        """What the end of a process says about the query."""
        memory = f"{self.settings.memory:,} megabytes (KG_MEMORY)"
        if self._closed:
            return QueryError("The query was stopped: the server is shutting down.")
        if not death.opened:
            return StoreError(f"A query process ended while it opened the store; it may need more than {memory}.")
        if death.status in (-signal.SIGABRT, -signal.SIGKILL, MEMORY_STATUS):
            return QueryTooLarge(
                f"The query was stopped: it needed more memory than one query may use here, {memory}. "
                "Narrow it, for example by LIMIT, or by sorting and grouping less."
            )
        if death.status in (-signal.SIGSEGV, -signal.SIGBUS):
            return QueryTooLarge("The query was stopped: it is nested too deeply.")
        return QueryError(f"The process that answered the query ended unexpectedly, with status {death.status}.")


def _error(failed: Failed) -> QueryError | StoreError:
    if failed.kind == "gone":
        return StoreError(f"The store cannot be read: {failed.text}")
    if failed.kind == "QuerySyntaxError":
        return QuerySyntaxError(failed.text, failed.line, failed.column)
    return _KINDS[failed.kind](failed.text)
