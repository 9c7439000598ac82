"""The door through which writes come from outside: SPARQL 1.1 Update, and the graphs of the Graph Store Protocol.

Users change graphs of their own.  Those under `<base>graph/` are made from documents and judgements, and an update that would change one is
refused as a whole.  Changes that wait for one another are shown to readers together, as one revision, and each returns when they see it.

The changes run in a process of their own under limits of time and memory, by the one writer and its lock: a runaway update costs that process,
which is replaced, and nothing else.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import (
    GraphRefused,
    IsnadError,
    NoSuchGraph,
    QueryError,
    QueryRefused,
    QueryTimeout,
    QueryTooLarge,
    StoreBusy,
    StoreError,
    StoreFailed,
    StoreVersionError,
    UncertainChange,
)
from kg.settings import Settings
from kg.sparql.tree import IRI, Dataset
from kg.store import guarding
from kg.store.graphs import is_made
from kg.store.incoming import MEMORY_STATUS
from kg.store.processes import EndedError, OverdueError, Updater
from kg.store.revisions import Revision
from kg.store.updater import Begin, Change, Done, Drop, End, Failed, Order, Put, Reply, Start, Update
from kg.store.version import Version

ATTEMPTS: Final = 3
"""How often changes are shown to readers, when the process that does it is killed meanwhile."""

_CLOSING: Final = "The update was stopped: the server is shutting down."

TOGETHER: Final = 64
"""Changes that become one revision at most."""

BEGINNING: Final = 30.0
"""Seconds that the process has to start and open the store, beyond those that it waits for other writers."""

_KINDS: Final[Mapping[str, type[IsnadError]]] = {
    kind.__name__: kind for kind in (QueryError, QueryRefused, StoreError, StoreBusy, StoreFailed, StoreVersionError, NoSuchGraph)
}


@dataclass(frozen=True, slots=True)
class Written:
    """A change that was made: the revision in which readers see it, whether it made a new graph, and what the asker should know besides.

    A change that turns out to change nothing makes no revision: readers see it in the present one. Where `revision` is None, the change is made
    and readers do not see it yet: `unseen` says why. Made again, it would be made twice.
    """

    revision: Revision | None
    created: bool = False
    warnings: tuple[str, ...] = ()
    unseen: str = ""


@dataclass(slots=True)
class _Wish:
    """A change that somebody waits for, and what became of it."""

    change: Change
    outcome: Done | IsnadError | None = None
    written: Written | None = None

    @property
    def settled(self) -> bool:
        return self.written is not None or isinstance(self.outcome, IsnadError)


class Door:
    """Changes users' graphs in the store of the settings; to be used in a `with` block, from any thread.

    `version` is what writes there, and `mend` finishes what an earlier run left half done.  Its methods return when readers see the change,
    or when it is made and cannot be shown, and raise GraphRefused, QueryRefused, QuerySyntaxError, QueryTimeout, QueryTooLarge, QueryError for
    what is wrong with it, StoreError when the store cannot be written to; then nothing has changed. Only of an UncertainChange nobody knows,
    and of a QueryTimeout not whether the change ended in its last moment.
    """

    def __init__(self, settings: Settings, version: Version, prefixes: Mapping[str, str], mend: Callable[[], None]) -> None:
        self.settings = settings
        self._mend = mend
        self._prefixes = prefixes
        self._start = Start(settings.memory << 20, settings.folder, version, settings.timeout)
        self._process: Updater | None = None
        self._waiting: list[_Wish] = []
        self._state = threading.Condition()
        self._busy = False
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process; changes under way fail, and none of them is half done."""
        with self._state:
            self._closed = True
            if not self._busy:
                self._discard()
            elif (process := self._process) is not None:
                process.kill()  # and whose turn it is lets the pipe go, which it may be reading

    # -- what may be asked for ---------------------------------------------------------------------------------------------------

    def update(self, text: str, using_graphs: Sequence[str] = (), using_named: Sequence[str] = ()) -> Written:
        """Carries out a SPARQL 1.1 Update; `using_graphs` and `using_named` are the dataset that the protocol names for its patterns."""
        using = Dataset(tuple(map(IRI, using_graphs)), tuple(map(IRI, using_named)))
        if any(not _is_iri(graph) for graph in (*using_graphs, *using_named)):
            raise QueryError("using-graph-uri and using-named-graph-uri take absolute IRIs.")
        guarded = guarding.guarded(text, self._prefixes, self._start.version.base, using)
        change = Update(guarded.text, guarded.graphs, guarded.data, guarded.everything, guarded.verb, guarded.silences)
        written = self._carried_out(change)
        return replace(written, warnings=(*guarded.warnings, *written.warnings))

    def put_graph(self, graph: str | None, quads: Iterable[Triple | Quad]) -> Written:
        """Makes these the triples of a graph, None being the default graph."""
        return self._carried_out(Put(self._named(graph), _triples(quads)))

    def add_to_graph(self, graph: str | None, quads: Iterable[Triple | Quad]) -> Written:
        """Adds triples to a graph.  Their blank nodes become new ones."""
        return self._carried_out(Put(self._named(graph), _triples(quads), added=True))

    def delete_graph(self, graph: str | None) -> Written:
        """Drops a graph, or empties the default graph; raises NoSuchGraph."""
        return self._carried_out(Drop(self._named(graph)))

    def _named(self, graph: str | None) -> str | None:
        """The name of a graph that may be changed; raises GraphRefused, QueryError for what is no IRI."""
        if graph is not None:
            if not _is_iri(graph):
                raise QueryError(f"{graph!r} names no graph: it is no absolute IRI.")
            if is_made(graph, self._start.version.base):
                raise guarding.refused(graph, self._start.version.base)
        return graph

    # -- carrying out --------------------------------------------------------------------------------------------------------------

    def _carried_out(self, change: Change) -> Written:
        """A change that is made.  Whoever's turn it is carries out what the others wait for, too."""
        wish = _Wish(change)
        with self._state:
            self._waiting.append(wish)
        while together := self._turn(wish):
            try:
                self._batch(together)
            finally:
                with self._state:
                    if self._closed:
                        self._discard()
                    self._busy = False
                    self._state.notify_all()
        if isinstance(wish.outcome, IsnadError):
            raise wish.outcome
        assert wish.written is not None
        return wish.written

    def _turn(self, wish: _Wish) -> list[_Wish]:
        """The wishes to settle now, the oldest ones; none when this one has been settled by another."""
        with self._state:
            while self._busy and not wish.settled:
                self._state.wait()
            if wish.settled:
                return []
            self._busy = True
            together, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            return together

    def _batch(self, wishes: Sequence[_Wish]) -> None:
        """Settles all wishes."""
        failed: IsnadError = StoreError("The changes could not be written.")
        try:
            for _ in range(ATTEMPTS):
                try:
                    self._begin()
                    self._changes(wishes)
                    self._end(wishes)
                except EndedError as gone:
                    failed = self._cause(gone, "while it opened the store or showed it to readers")
                else:
                    return
        except OverdueError:
            failed = StoreBusy("The store could not be opened in time. Try again later.")
        except IsnadError as error:
            failed = error
        finally:
            for wish in wishes:
                if isinstance(wish.outcome, Done) and not wish.outcome.idle and wish.written is None:
                    unseen = f"The change was made, and readers will see it with the next one, but not yet: {failed} Do not send it again."
                    wish.written = Written(None, wish.outcome.created, wish.outcome.warnings, unseen)
                elif not wish.settled:
                    wish.outcome = failed

    def _begin(self) -> None:
        """Opens the store, mended where that is needed."""
        for mended in (False, True):
            if self._process is None and not self._closed:
                try:
                    self._process = Updater(self._start)
                except OSError as error:
                    raise StoreError(f"The process that writes cannot be started: {error}. Try again later.") from error
            if self._closed:  # looked at only when there is a process: `close` kills the one that it finds
                raise StoreError(_CLOSING)
            reply = self._ask(Begin(), self._start.wait + BEGINNING)
            if not isinstance(reply, Failed):
                return
            if reply.kind != "pending" or mended:
                raise self._error(reply)
            self._mend()

    def _changes(self, wishes: Sequence[_Wish]) -> None:
        """Carries out the changes that have no outcome yet, each within its time."""
        for wish in wishes:
            if wish.outcome is not None:
                continue
            try:
                reply = self._ask(wish.change, self.settings.timeout)
            except OverdueError:
                wish.outcome = QueryTimeout(self.settings.timeout, "update")  # whose text says that the last moment is not known
            except EndedError as gone:
                if not gone.begun:
                    raise
                wish.outcome = self._cause(gone, "while it carried out this update")
            else:
                wish.outcome = reply if isinstance(reply, Done) else self._error(reply)
                spent = isinstance(reply, Done) and reply.spent
                if not spent and not isinstance(wish.outcome, GraphRefused):
                    continue
                self._discard()
            self._begin()

    def _end(self, wishes: Sequence[_Wish]) -> None:
        """Shows readers what was done, if anything was."""
        done = [wish for wish in wishes if isinstance(wish.outcome, Done)]
        reply = self._ask(End(show=bool(done)), None)
        if isinstance(reply, Failed):
            self._discard()  # it still holds the store
            raise self._error(reply)
        for wish in done:
            assert isinstance(wish.outcome, Done)
            wish.written = Written(Revision(reply.tag or ""), wish.outcome.created, wish.outcome.warnings)
        if reply.spent:
            self._discard()

    def _ask(self, order: Order, seconds: float | None) -> Reply:
        """The reply of the process; raises OverdueError, EndedError, and the process is then no more."""
        assert self._process is not None
        try:
            return self._process.ask(order, seconds)
        except (OverdueError, EndedError):
            self._discard()
            raise

    def _discard(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.close()

    def _cause(self, gone: EndedError, when: str) -> IsnadError:
        """What the end of the process says about the change."""
        if self._closed:
            return UncertainChange(f"{_CLOSING} Look whether it was made before you send it again.") if gone.begun else StoreError(_CLOSING)
        if gone.status in (-signal.SIGABRT, MEMORY_STATUS):
            return QueryTooLarge(
                f"The update was stopped: it needed more memory than one may use here, {self.settings.memory:,} megabytes (KG_MEMORY). "
                "Do it in several steps."
            )
        if gone.status in (-signal.SIGSEGV, -signal.SIGBUS):
            return QueryTooLarge("The update was stopped: it is nested too deeply.")
        if gone.begun:
            return UncertainChange(
                f"The process that writes ended {when}, with status {gone.status}. Look whether the change was made before you try again."
            )
        return StoreError(f"The process that writes ended {when}, with status {gone.status}. Try again.")

    def _error(self, failed: Failed) -> IsnadError:
        if failed.kind == "GraphRefused":
            return guarding.refused(failed.text or None, self._start.version.base)
        return _KINDS.get(failed.kind, StoreError)(failed.text)


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _triples(quads: Iterable[Triple | Quad]) -> bytes:
    """Triples, those of quads whatever graph they name, as N-Triples."""
    return serialize((quad.triple if isinstance(quad, Quad) else quad for quad in quads), format=RdfFormat.N_TRIPLES) or b""
