"""A pool of processes that answer queries over the current snapshot, each stoppable: a query that runs too long or takes too much memory
costs one process, which is replaced in milliseconds, and nothing else.

There are two lanes.  A query starts in the one for short queries; one that has used its slice of processor time moves to the one for long
queries, where it goes on if there is a place, and else waits and begins anew.  Queries of a kind that has taken long before begin there.  So
however many long queries are asked, short ones find a process free, and within a lane the clients take turns (`kg.store.lanes`).
"""

from __future__ import annotations

import hashlib
import math
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from kg.answers import Answer
from kg.errors import (
    EndpointFailed,
    IsnadError,
    NoSuchGraph,
    QueryAbandoned,
    QueryBusy,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooLarge,
    StoreError,
    StoreFailed,
)
from kg.formats import Format
from kg.ids import Ids
from kg.settings import Settings
from kg.sparql.guard import Admitted, admit
from kg.sparql.inspection import is_repeatable, reads_default_graph
from kg.sparql.tree import Query
from kg.store.incoming import MEMORY_STATUS
from kg.store.lanes import Gone, Lane, Shapes
from kg.store.processes import EndedError, UnreadableError, Worker
from kg.store.standby import Standby
from kg.store.worker import UNITED, Failed, Request, Start

SLICE: Final = 0.1
"""Seconds of processor time after which a query counts as long."""

STALLED: Final = 10
"""Slices by the clock after which a query counts as long though it has hardly had the processor."""

ENDING: Final = 1.0
"""Seconds that a query waits longer than one may run: so it sees the place free that one has had until its deadline."""

_PLAIN: Final = (
    "The default graph is the plain one here (KG_UNION_DEFAULT_GRAPH), without the named graphs: "
    f"read those by GRAPH ?g or FROM, all of them by FROM <{UNITED}>."
)
"""Told beside an answer that is empty, and may be so because it was asked of the plain default graph."""

_KINDS: Final[Mapping[str, type[IsnadError]]] = {
    kind.__name__: kind for kind in (QueryError, QueryRefused, QueryTooLarge, NoSuchGraph, StoreFailed)
}

Outcome = Literal["answered", "invalid", "refused", "timeout", "too large", "busy", "abandoned", "endpoint failed", "failed"]

_OUTCOMES: Final[Mapping[type[IsnadError], Outcome]] = {
    QuerySyntaxError: "invalid",
    QueryRefused: "refused",
    QueryTimeout: "timeout",
    QueryTooLarge: "too large",
    QueryBusy: "busy",
    QueryAbandoned: "abandoned",
    EndpointFailed: "endpoint failed",
    QueryError: "invalid",
    NoSuchGraph: "invalid",
    IsnadError: "failed",
}


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the client whose turn it is, and whether it has gone meanwhile."""

    client: str = ""
    gone: Gone = field(default_factory=Gone)


@dataclass(frozen=True, slots=True)
class Asked:
    """One query that was asked and what came of it: a hash of its text, seconds from question to answer and of waiting, rows and bytes where there
    are any. Neither its text nor who asked.
    """

    query: str
    outcome: Outcome
    seconds: float
    waited: float
    lane: str
    revision: str
    rows: int | None = None
    bytes: int = 0


@dataclass(slots=True)
class _Run:
    """A query on its way: what it asks for, and where it has come to."""

    request: Request
    path: Path
    asker: Asker
    newest: bool = True
    until: float = math.inf
    lane: str = "short"
    waited: float = 0.0


class Pool:
    """Answers queries from the snapshot that `current` names at that moment; to be used in a `with` block, from any thread.

    `observe` is told of every query once it has an answer or none.
    """

    def __init__(
        self,
        settings: Settings,
        current: Callable[[], Path],
        prefixes: Mapping[str, str],
        observe: Callable[[Asked], None] = lambda _: None,
    ) -> None:
        self.settings = settings
        self.current = current
        self.short = Lane("short", settings.workers, settings.queue)
        self.long = Lane("long", settings.long_workers, max(1, settings.queue // 4))
        self._observe = observe
        start = Start(
            settings.memory << 20,
            int(settings.max_answer * 2**20),
            settings.max_rows,
            settings.union_default_graph,
            Ids(settings.base).graph(""),
        )
        self._prefixes = dict(prefixes)
        self._standby = Standby(start, settings.workers, _closing)
        self._shapes = Shapes()

    def __enter__(self) -> Self:
        with suppress(IsnadError, UnreadableError):  # whoever asks first is told
            self.refresh()
        admit("ASK {}", self._prefixes)  # makes the grammar's table now, while the processes start
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends all processes; queries under way fail."""
        self._standby.close()

    def refresh(self) -> None:
        """Makes processes over the current snapshot ready, and drops those over another; raises what `current` raises, UnreadableError, StoreError."""
        self._standby.turn(self.current())

    @property
    def processes(self) -> list[int]:
        """The process ids of all that run for this pool."""
        forking = self._standby.forking
        return self._standby.pids + ([forking] if forking is not None else [])

    def check(self) -> None:
        """Raises what is wrong, when no query could be answered now: what `current` raises, StoreError."""
        path = self.current()
        if self._standby.closed:
            raise StoreError("The server is shutting down.")
        if not len(self._standby):
            try:
                self._standby.turn(path)
            except UnreadableError as error:
                raise StoreError(f"The store cannot be read: {error}") from None

    def answer(
        self,
        text: str,
        format: Format,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        keep: int | None = None,
        asker: Asker | None = None,
        at: Path | None = None,
        there: str | None = None,
        *,
        admitted: Admitted[Query] | None = None,
        until: float = math.inf,
        part: bool = False,
    ) -> Answer:
        """The answer to a query in this format, over the current snapshot or the one `at` this path.

        `default_graphs` and `named_graphs` are the dataset that the protocol names and stand in for the query's own FROM. With `keep`, only
        that many rows of a TSV or N-Triples answer are kept, and all are counted. Where the graph `there` is not, in the very snapshot that
        is asked, there is no answer. `admitted` stands in for the text where its tree is there already, and `until` (of time.monotonic) is a
        deadline besides KG_TIMEOUT; of a `part` of a query the observer is not told (see `tell`). Raises the kinds of QueryError, NoSuchGraph,
        StoreError when the snapshot cannot be read, and what `current` raises.
        """
        started = time.monotonic()
        run: _Run | None = None
        came: Answer | IsnadError | None = None
        try:
            found = admitted or admit(text, self._prefixes, self.settings.base)
            request = _request(format, found, default_graphs, named_graphs, keep, there)
            run = _Run(request, at or self.current(), asker or Asker(), at is None, until)
            answer = self._run(run)
            warnings = found.warnings if self._saw_all(run.request, found.tree, answer) else (*found.warnings, _PLAIN)
            came = answer = replace(answer, revision=run.path.name, repeatable=is_repeatable(found.tree), warnings=warnings)
        except IsnadError as error:
            came = error
            raise
        finally:
            if not part:
                lane, waited, revision = (run.lane, run.waited, run.path.name) if run else ("none", 0.0, "")
                self.tell(text, came, time.monotonic() - started, waited, lane, revision)
        return answer

    def _saw_all(self, request: Request, query: Query, answer: Answer) -> bool:
        """Whether an answer is not empty, or not because the default graph is the plain one here."""
        empty = answer.rows == 0 or (answer.kind == "boolean" and b"true" not in answer.body)
        return self.settings.union_default_graph or request.default_graphs is not None or not empty or not reads_default_graph(query)

    def tell(
        self, text: str, came: Answer | IsnadError | None, seconds: float, waited: float = 0.0, lane: str = "none", revision: str = ""
    ) -> None:
        """Lets `observe` know of a query and of what came of it after so many seconds; None stands for what nobody foresaw."""
        answer = came if isinstance(came, Answer) else None
        outcome = "answered" if answer else _outcome(came) if isinstance(came, IsnadError) else "failed"
        rows, length = (answer.rows, len(answer.body)) if answer else (None, 0)
        self._observe(Asked(_hash(text), outcome, seconds, waited, lane, revision, rows, length))

    # -- one query -------------------------------------------------------------------------------------------------------------

    def _run(self, run: _Run) -> Answer:
        reply: Answer | Failed | None = None
        if not self._shapes.is_long(run.request.text):
            reply = self._in_short_lane(run)
        if reply is None:
            run.lane = "long"
            reply = self._in_long_lane(run)
        if isinstance(reply, Failed):
            raise _error(reply)
        return reply

    def _in_short_lane(self, run: _Run) -> Answer | Failed | None:
        """The reply, or None when the query has to go to the other lane and begin anew."""
        self._enter(self.short, run)
        began = time.monotonic()
        lane = self.short
        try:
            worker = self._begin(run)
            reply = self._slice(worker, run)
            if reply is None:
                if time.monotonic() >= run.until:  # which says nothing of how long it takes
                    self._standby.end(worker)
                    raise QueryTimeout(self.settings.timeout)
                self._shapes.note(run.request.text, True)
                if not self.long.try_enter(run.asker.client):
                    self._standby.end(worker)
                    return None
                self.short.leave(run.asker.client, time.monotonic() - began)
                lane, began = self.long, time.monotonic()
                run.lane = "long"
                return self._to_the_end(worker, run)
        finally:
            spent = time.monotonic() - began
            if lane is self.long:
                self._shapes.took(run.request.text, spent)
            lane.leave(run.asker.client, spent)
        self._shapes.note(run.request.text, False)
        self._standby.give_back(worker)
        return reply

    def _in_long_lane(self, run: _Run) -> Answer | Failed:
        self._enter(self.long, run)
        began = time.monotonic()
        try:
            worker = self._begin(run)
            return self._to_the_end(worker, run)
        finally:
            spent = time.monotonic() - began
            if spent < SLICE:
                self._shapes.note(run.request.text, False)
            self._shapes.took(run.request.text, spent)
            self.long.leave(run.asker.client, spent)

    def _enter(self, lane: Lane, run: _Run) -> None:
        before = time.monotonic()
        try:
            patience = max(0.0, min(self.settings.timeout + ENDING, run.until - before))
            lane.enter(run.asker.client, run.asker.gone, patience, self._shapes.seconds(run.request.text))
        finally:
            run.waited += time.monotonic() - before

    def _begin(self, run: _Run) -> Worker:
        """A process that has the query; those that died while they were idle are passed over."""
        for _ in range(self.settings.workers + 2):
            worker = self._worker_for(run)
            try:
                worker.ask(run.request)
            except EndedError as death:
                self._standby.forget(worker)
                cause = death
            else:
                return worker
        raise self._cause(cause)

    def _worker_for(self, run: _Run) -> Worker:
        """A process over the snapshot that the query is for, or over a newer one when that one has gone."""
        try:
            return self._standby.take(run.path)
        except UnreadableError as error:
            path, run.path = run.path, self.current() if run.newest else run.path
            if path == run.path:
                raise StoreError(f"The store cannot be read: {error}") from None
        try:
            return self._standby.take(run.path)
        except UnreadableError as error:
            raise StoreError(f"The store cannot be read: {error}") from None

    def _slice(self, worker: Worker, run: _Run) -> Answer | Failed | None:
        """The reply, or None when the query turns out to be a long one."""
        began, before = time.monotonic(), worker.seconds()
        for part in range(1, STALLED + 1):
            reply = self._reply(worker, run, min(began + part * SLICE, began + self.settings.timeout, run.until))
            used = worker.seconds() if reply is None else None
            if reply is not None or before is None or used is None or used - before >= SLICE / 2:
                return reply
        return None

    def _to_the_end(self, worker: Worker, run: _Run) -> Answer | Failed:
        """The reply of a process that ends with it."""
        worker.step_back()
        reply = self._reply(worker, run, min(time.monotonic() + self.settings.timeout, run.until))
        self._standby.end(worker)
        if reply is None:
            raise QueryTimeout(self.settings.timeout)
        return reply

    def _reply(self, worker: Worker, run: _Run, until: float) -> Answer | Failed | None:
        """The reply, or None when there is none by then; a process that does not survive is closed."""
        try:
            with run.asker.gone.stops(worker.kill):
                return worker.reply(until)
        except EndedError as death:
            self._standby.forget(worker)
            if run.asker.gone.happened:
                raise QueryAbandoned from None
            raise self._cause(death) from None
        except BaseException:
            self._standby.end(worker)
            raise

    def _cause(self, death: EndedError) -> QueryError | StoreError:
        """What the end of a process says about the query."""
        if self._standby.closed:
            return _closing()
        if death.status in (-signal.SIGABRT, -signal.SIGKILL, MEMORY_STATUS):
            return QueryTooLarge(
                f"The query was stopped: it needed more memory than one query may use here, {self.settings.memory:,} megabytes (KG_MEMORY). "
                "Narrow it, for example by LIMIT, or by sorting and grouping less."
            )
        if death.status in (-signal.SIGSEGV, -signal.SIGBUS):
            return QueryTooLarge("The query was stopped: it is nested too deeply.")
        return StoreError(f"The process that answered the query ended unexpectedly, with status {death.status}. Ask again.")


def _request(
    format: Format, found: Admitted[Query], default_graphs: Sequence[str], named_graphs: Sequence[str], keep: int | None, there: str | None
) -> Request:
    """What a process is asked: the dataset that the protocol names stands in for the query's own."""
    default, named = tuple(default_graphs), tuple(named_graphs)
    if not (default or named):
        default, named = (tuple(graph.value for graph in graphs) for graphs in (found.tree.dataset.default, found.tree.dataset.named))
    given = bool(default or named)
    named_or_none = _once(named) if given else None
    return Request(found.text, format.name, format.media_type, _once(default) if given else None, named_or_none, keep, there)


def _outcome(error: IsnadError) -> Outcome:
    return next(_OUTCOMES[kind] for kind in type(error).__mro__ if kind in _OUTCOMES)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _once(graphs: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(graphs))


def _closing() -> QueryBusy:
    return QueryBusy("The query was stopped: the server is shutting down. Ask again later.")


def _error(failed: Failed) -> IsnadError:
    if failed.kind == "QuerySyntaxError":
        return QuerySyntaxError(failed.text, failed.line, failed.column)
    return _KINDS[failed.kind](failed.text)
