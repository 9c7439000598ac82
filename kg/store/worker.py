"""A process that answers queries, one at a time, and may be killed at any moment.

It reads requests from a pipe and writes one reply to each. When the pipe ends, because its owner closed it or died, the process ends at
once, also in the middle of a query. Its address space is limited; the deadline is its owner's business.
"""

from __future__ import annotations

import os
import queue
import resource
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.answers import Answer, serialise
from kg.errors import QueryError, QueryRefused, QuerySyntaxError, QueryTooLarge
from kg.formats import FORMATS
from kg.sparql.mistakes import explain

ANSWER_SHARE: Final = 8
"""One answer may be as large as this part of a process's memory, for it passes through the owner, too."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a process is told once: its memory in bytes, how it reads default graphs, and the prefixes that need no declaration."""

    memory: int
    union: bool
    prefixes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """One query to answer from the snapshot in `path`.

    `default_graphs` and `named_graphs` are the dataset that the protocol names, None when it names none; `dataset` says whether the text
    has FROM. `format` is the format's name and `media_type` what it is sent as.
    """

    path: str
    text: str
    format: str
    media_type: str
    dataset: bool = False
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """Said before the first answer from a snapshot: it is open."""


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer: `kind` is the error's class name, or "gone" when the snapshot cannot be read."""

    kind: str
    text: str
    line: int | None = None
    column: int | None = None


Reply = Opened | Answer | Failed


class Answering:
    """An open snapshot and how queries are put to it."""

    def __init__(self, start: Start, path: str) -> None:
        self.start = start
        self.path = path
        self.store = Store.read_only(path)

    def answer(self, request: Request) -> Answer:
        """The answer; raises QueryError for what is wrong with the query, OSError when the snapshot cannot be read."""
        format = next(row for row in FORMATS if row.name == request.format).sent_as(request.media_type)
        try:
            results = self._results(request)
            return serialise(results, format, self.start.memory // ANSWER_SHARE, request.keep)
        except SyntaxError as error:
            raise explain(request.text, str(error), self.start.prefixes, self._parse) from error
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"The query cannot be answered: {error}") from error

    def _results(self, request: Request) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The engine's results, over the dataset that the protocol names, else the query's FROM, else the default graph as set.

        The engine ignores FROM when it is told to take the union of all graphs, so it is told so only where nothing else is said.
        """
        prefixes = dict(self.start.prefixes)
        if request.default_graphs is None and request.named_graphs is None:
            union = self.start.union and not request.dataset
            return self.store.query(request.text, prefixes=prefixes, use_default_graph_as_union=union)
        default: list[NamedNode | DefaultGraph] = [NamedNode(iri) for iri in request.default_graphs or ()]
        named = [NamedNode(iri) for iri in request.named_graphs or ()]
        return self.store.query(request.text, prefixes=prefixes, default_graph=default, named_graphs=named)  # type: ignore[arg-type]

    def _parse(self, text: str) -> str | None:
        """The engine's message when the text is not SPARQL."""
        try:
            self.store.query(text, prefixes=dict(self.start.prefixes))
        except SyntaxError as error:
            return str(error)
        except (RuntimeError, OSError):
            return None
        return None


def _reply(answering: Answering, request: Request) -> Answer | Failed:
    try:
        return answering.answer(request)
    except QuerySyntaxError as error:
        return Failed("QuerySyntaxError", error.reason, error.line, error.column)
    except (QueryRefused, QueryTooLarge) as error:
        return Failed(type(error).__name__, str(error))
    except QueryError as error:
        return Failed("QueryError", str(error))
    except OSError as error:
        return Failed("gone", str(error))


def _requests(pipe: Connection) -> queue.SimpleQueue[Request]:
    """The requests as they come; the process ends with the pipe."""
    waiting: queue.SimpleQueue[Request] = queue.SimpleQueue()

    def read() -> None:
        while True:
            try:
                waiting.put(pipe.recv())
            except (EOFError, OSError):
                os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return waiting


def serve(pipe: Connection) -> None:
    """Answers requests until the pipe ends; the first message is a Start."""
    start: Start = pipe.recv()
    resource.setrlimit(resource.RLIMIT_AS, (start.memory, start.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    requests = _requests(pipe)
    answering: Answering | None = None
    while True:
        request = requests.get()
        try:
            if answering is None or answering.path != request.path:
                answering = None
                answering = Answering(start, request.path)
            pipe.send(Opened())
            pipe.send(_reply(answering, request))
        except OSError as error:
            pipe.send(Failed("gone", str(error)))
        except MemoryError:
            os._exit(MEMORY_STATUS)


MEMORY_STATUS: Final = 99
"""What the process ends with when Python, rather than the engine, finds no more memory."""


def main() -> None:
    """Serves the pipe whose file descriptor is the first argument."""
    serve(Connection(int(sys.argv[1])))
