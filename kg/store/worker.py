"""A process that answers queries over one snapshot, one at a time, and may be killed at any moment.

It is forked with the snapshot open (see `kg.store.forkserver`), reads requests from a pipe and writes one reply to each.  The deadline is its
owner's business.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.answers import Answer, serialise
from kg.errors import NoSuchGraph, QueryError, QueryRefused, QuerySyntaxError, QueryTooLarge, StoreFailed
from kg.formats import FORMATS
from kg.store import union
from kg.store.dataset import Graph, merged
from kg.store.faults import OF_REQUEST, failure
from kg.store.incoming import MEMORY_STATUS, messages

UNNAMED: Final = "urn:x-arq:DefaultGraph"
"""Names the graph that has no name, where a dataset is put together from names; other stores know it by this IRI, too."""

UNITED: Final = "urn:x-arq:UnionGraph"
"""Names, as a default graph, the union of all graphs, whatever the default graph is set to be; other stores know it by this IRI, too."""


@dataclass(frozen=True, slots=True)
class Start:
    """What every process of an owner is told: its memory in bytes, the most bytes and rows of one answer, how default graphs are read, and how
    the IRIs of made graphs begin.
    """

    memory: int
    answer_bytes: int
    answer_rows: int
    union: bool
    made: str


@dataclass(frozen=True, slots=True)
class Request:
    """One query to answer.

    `default_graphs` and `named_graphs` are the dataset that the protocol or the query names, None when neither does. `format` is the format's
    name and `media_type` what it is sent as. `there` is a named graph that has to be there.
    """

    text: str
    format: str
    media_type: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    keep: int | None = None
    there: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """Said before each answer: the process has the query, so that whatever ends it now may be the query's doing."""


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer: `kind` is the error's class name."""

    kind: str
    text: str
    line: int | None = None
    column: int | None = None


Reply = Begun | Answer | Failed


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An open snapshot, and the one beside it that holds the union of its graphs, where the engine's own union is no set."""

    store: Store
    united: Store | None = None


def opened(path: str) -> Snapshot:
    """The snapshot in a folder; raises OSError, also for one that is being dropped, which goes before its union."""
    try:
        store = Store.read_only(path)
        united = union.beside(Path(path))
        if united is None and not Path(path).is_dir():
            raise FileNotFoundError(f"{path} has been dropped.")
        return Snapshot(store, Store.read_only(str(united)) if united else None)
    except RuntimeError as error:  # so the engine tells of a database that lacks files
        raise OSError(str(error)) from error


class Answering:
    """An open snapshot and how queries are put to it."""

    def __init__(self, start: Start, snapshot: Snapshot) -> None:
        self.start = start
        self.store = snapshot.store
        self.united = snapshot.united

    def answer(self, request: Request) -> Answer:
        """The answer; raises QueryError for what is wrong with the query, NoSuchGraph, StoreFailed when the snapshot cannot be read."""
        format = next(row for row in FORMATS if row.name == request.format).sent_as(request.media_type)
        try:
            if request.there is not None and not self.store.contains_named_graph(NamedNode(request.there)):
                raise NoSuchGraph(request.there)
            results = self._results(request)
            return serialise(results, format, self.start.answer_bytes, self.start.answer_rows, request.keep)
        except SyntaxError as error:
            raise QueryError(f"The engine here does not take this query, though it is SPARQL: {error}") from error
        except ValueError as error:
            raise QueryError(f"The query cannot be answered: {error}") from error
        except (RuntimeError, OSError) as error:
            if isinstance(error, RuntimeError) and OF_REQUEST.fullmatch(str(error)):
                raise QueryError(f"The query cannot be answered: {error}") from error
            raise StoreFailed(failure(error)) from error

    def _results(self, request: Request) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The engine's results, over the dataset that is named, else over the default graph as set; no triple stands in a graph twice."""
        if request.default_graphs is None and request.named_graphs is None:
            if self.start.union and self.united is not None:
                return self.united.query(request.text)
            return self.store.query(request.text, use_default_graph_as_union=self.start.union)
        named = [NamedNode(iri) for iri in request.named_graphs or ()]
        if UNITED in (request.default_graphs or ()):
            whole = self.store if self.united is None else self.united
            return whole.query(request.text, use_default_graph_as_union=self.united is None, named_graphs=named)  # type: ignore[arg-type]
        default: list[Graph] = [DefaultGraph() if iri == UNNAMED else NamedNode(iri) for iri in request.default_graphs or ()]
        merge = merged(self.store, default, named, self.start.made)
        if merge is not None:
            return merge.query(request.text, default_graph=DefaultGraph(), named_graphs=named)  # type: ignore[arg-type]
        return self.store.query(request.text, default_graph=default, named_graphs=named)  # type: ignore[arg-type]


def _reply(answering: Answering, request: Request) -> Answer | Failed:
    try:
        return answering.answer(request)
    except QuerySyntaxError as error:
        return Failed("QuerySyntaxError", error.reason, error.line, error.column)
    except NoSuchGraph as error:
        return Failed("NoSuchGraph", error.graph)
    except (QueryRefused, QueryTooLarge, StoreFailed) as error:
        return Failed(type(error).__name__, str(error))
    except QueryError as error:
        return Failed("QueryError", str(error))


def serve(pipe: Connection, start: Start, snapshot: Snapshot) -> None:
    """Answers requests over an open snapshot until the pipe ends."""
    requests = messages(pipe)
    answering = Answering(start, snapshot)
    while True:
        request: Request = requests.get()
        try:
            pipe.send(Begun())
            pipe.send(_reply(answering, request))
        except MemoryError:
            os._exit(MEMORY_STATUS)
        except OSError:
            os._exit(0)
