"""A process that changes users' graphs, one change at a time, and may be killed at any moment.

It opens the writer's database for a batch of changes and lets it go again.  A change is one transaction of the engine's, wholly there or not at
all, so that killing the process undoes the one under way and no other.  Each may use so much address space beside what the process has already;
one that has come to hold much says so, and its owner takes a fresh one.  Deadlines are the owner's business, too.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.errors import StoreError
from kg.store.embedded import Writer
from kg.store.faults import OF_REQUEST, failure
from kg.store.graphs import is_made
from kg.store.guarding import GUARD, Silence, Verb
from kg.store.incoming import MEMORY_STATUS, messages
from kg.store.union import Since
from kg.store.version import Version

TOLD: Final = 3
"""Errors hidden by SILENT that are told one by one: a header has to hold them."""

_Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Start:
    """What the process is told once: its memory in bytes, the store, who writes there, how long it waits for other writers."""

    memory: int
    folder: Path
    version: Version
    wait: float


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL 1.1 Update, guarded (`kg.store.guarding`); the other fields are what that says of it."""

    text: str
    graphs: tuple[str | None, ...] | None = None
    data: tuple[Quad, ...] | None = None
    everything: bool = False
    verb: Verb | None = None
    silences: tuple[Silence, ...] = ()


@dataclass(frozen=True, slots=True)
class Put:
    """N-Triples that become a graph, or with `added` are added to it; None is the default graph."""

    graph: str | None
    data: bytes
    added: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """A graph to be dropped."""

    graph: str | None


Change = Update | Put | Drop


@dataclass(frozen=True, slots=True)
class Begin:
    """Asks to open the store."""


@dataclass(frozen=True, slots=True)
class End:
    """Asks to let the store go, having shown readers its state where `show` says so."""

    show: bool


Order = Begin | Change | End


@dataclass(frozen=True, slots=True)
class Begun:
    """Said before the reply to a change: what ends the process from here on may be the change's doing."""


@dataclass(frozen=True, slots=True)
class Done:
    """An order was carried out; of a change to a graph, `created` says whether the graph is new, of an end that shows, `tag` is the revision's.

    `idle` says of a change that it is known to have changed nothing, and `warnings` which errors SILENT hid.
    `spent` says that the process has come to hold much, and a fresh one should take its place.
    """

    created: bool = False
    tag: str | None = None
    idle: bool = False
    warnings: tuple[str, ...] = ()
    spent: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """An order was not carried out, and nothing has changed: `kind` is the error's class name, "pending" when the store has first to be mended."""

    kind: str
    text: str


Reply = Done | Failed


class Updating:
    """A store as it is changed: open between Begin and End."""

    def __init__(self, start: Start, pipe: Connection) -> None:
        self.start = start
        self.pipe = pipe
        self._writer: Writer | None = None
        self._changed = False
        self._at_first = address_space()

    def carry_out(self, order: Order) -> Reply:
        """Carries out one order."""
        reply = self._reply(order)
        spent = address_space() - self._at_first > self.start.memory
        return replace(reply, spent=True) if spent and isinstance(reply, Done) else reply

    def _reply(self, order: Order) -> Reply:
        try:
            if isinstance(order, Begin):
                return self._begin()
            assert self._writer is not None
            if isinstance(order, End):
                return self._end(self._writer, order)
            allow(self.start.memory)
            self.pipe.send(Begun())
            reply = self._change(self._writer, order)
            self._changed |= isinstance(reply, Done) and not reply.idle
        except StoreError as error:
            return Failed(type(error).__name__, str(error))
        except OSError as error:
            return Failed("StoreError", f"The store cannot be written to: {error}")
        except RuntimeError as error:
            return Failed("StoreFailed", failure(error))
        return reply

    def _begin(self) -> Reply:
        allow(self.start.memory)
        writer = Writer(self.start.folder, self.start.version, wait=self.start.wait)
        writer.__enter__()
        try:
            if not writer.fresh:
                writer.check()
            if not writer.pending:
                self._writer, self._changed = writer, False
                return Done()
        finally:
            if self._writer is None:
                writer.__exit__()
        return Failed("pending", "An earlier run was cut short.")

    def _end(self, writer: Writer, order: End) -> Reply:
        allow(self.start.memory)
        shown = None if self._changed else writer.settled()
        tag = str(shown or writer.publish()) if order.show else None
        self._writer = None
        writer.__exit__()
        return Done(tag=tag)

    def _change(self, writer: Writer, change: Change) -> Reply:
        since, store = writer.changing(), writer.database
        try:
            if isinstance(change, Update):
                if change.everything and any(writer.store.named_graphs()):
                    return Failed("GraphRefused", "")
                hidden = _hidden(store, change)
                if _is_idle(store, change):
                    return Done(idle=True, warnings=hidden)
                if change.data is not None:
                    since.note(change.data)
                else:
                    since.note_users(_graphs(change.graphs))
                store.update(change.text, custom_functions={NamedNode(GUARD): self._guard})
                return Done(warnings=hidden)
            if isinstance(change, Put):
                return _put(store, change, since)
            since.note_users(_graphs((change.graph,)))
            return _drop(store, change)
        except SyntaxError as error:
            return Failed("QueryError", f"The engine here does not take this update, though it is SPARQL: {error}")
        except ValueError as error:
            return Failed("QueryError", f"The update cannot be carried out: {error}")
        except RuntimeError as error:
            if not OF_REQUEST.fullmatch(str(error)):
                raise
            return Failed("QueryError", f"The update cannot be carried out: {error}")

    def _guard(self, *graphs: _Term) -> Literal:
        """Ends the process, and with it the update under way, when one of these is a made graph."""
        for graph in graphs:
            if isinstance(graph, NamedNode) and is_made(graph, self.start.version.base):
                self.pipe.send(Failed("GraphRefused", graph.value))
                os._exit(0)
        return Literal(True)


def _graphs(names: Iterable[str | None] | None) -> list[NamedNode | DefaultGraph] | None:
    """The graphs of these names; None where they are not known."""
    return None if names is None else [NamedNode(name) if name else DefaultGraph() for name in names]


def _hidden(store: Store, update: Update) -> tuple[str, ...]:
    """The errors that SILENT hides, as the first few of them tell."""
    told = [each.text for each in update.silences if store.contains_named_graph(NamedNode(each.graph)) is each.there]
    more = len(told) - TOLD
    return (*told[:TOLD], *([f"SILENT let {more} more operations pass that could do nothing."] if more > 0 else []))


def _is_idle(store: Store, update: Update) -> bool:
    """Whether the update is known to change nothing: it only inserts what is there, or only deletes what is not.

    What an update with a pattern finds is known only when it has run, and the engine does not tell.
    """
    if update.data is None or update.verb is None:
        return False
    return not any((quad in store) is (update.verb == "DELETE") for quad in update.data)


def _put(store: Store, change: Put, since: Since) -> Done:
    """Makes triples a graph, or adds them to it.  Blank nodes are none that the store has."""
    graph = NamedNode(change.graph) if change.graph else DefaultGraph()
    new = isinstance(graph, NamedNode) and not store.contains_named_graph(graph)
    empty = next(iter(store.quads_for_pattern(None, None, None, graph)), None) is None
    triples = parse(change.data, RdfFormat.N_TRIPLES, rename_blank_nodes=True)
    quads = [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
    if not new and all(quad in store for quad in quads):
        there = 0 if change.added else sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
        if change.added or there == len(set(quads)):
            return Done(idle=True)
    if change.added or empty:
        since.note(quads)
        if quads:
            store.extend(quads)
        elif isinstance(graph, NamedNode):
            store.add_graph(graph)
        return Done(created=new)
    since.note_users([graph])
    body = change.data.decode()
    data = f"GRAPH {graph} {{ {body} }}" if isinstance(graph, NamedNode) else body
    store.update(f"CLEAR {f'GRAPH {graph}' if isinstance(graph, NamedNode) else 'DEFAULT'} ; INSERT DATA {{ {data} }}")
    return Done(created=new)


def _drop(store: Store, change: Drop) -> Reply:
    if change.graph is None:
        store.update("CLEAR DEFAULT")
        return Done()
    graph = NamedNode(change.graph)
    if not store.contains_named_graph(graph):
        return Failed("NoSuchGraph", change.graph)
    store.remove_graph(graph)
    return Done()


def address_space() -> int:
    """The bytes of address space that this process has; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def allow(memory: int) -> None:
    """Lets the process take so many bytes beside those that it has: what comes next is not refused for what came before."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = address_space() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


def serve(pipe: Connection) -> None:
    """Carries out orders until the pipe ends; the first message is a Start."""
    start: Start = pipe.recv()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    orders = messages(pipe)
    updating = Updating(start, pipe)
    while True:
        order: Order = orders.get()
        try:
            pipe.send(updating.carry_out(order))
        except MemoryError:
            os._exit(MEMORY_STATUS)


def main() -> None:
    """Serves the pipe whose file descriptor is the first argument."""
    serve(Connection(int(sys.argv[1])))
