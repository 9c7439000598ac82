"""Queries from outside, answered by the pool; those that name SERVICE with what other endpoints answer.

The engine is never given a SERVICE: the solutions of each stand in the query as VALUES before it comes to the pool.  All parts of one query
are asked of one snapshot, and end by one deadline.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import kg
from kg.answers import Answer
from kg.errors import IsnadError, QueryError, StoreError
from kg.federate import replies
from kg.federate.endpoints import Endpoints
from kg.federate.evaluation import answered
from kg.federate.replies import Solutions
from kg.formats import JSON, Format
from kg.http.client import agent
from kg.settings import NOBODY, Settings
from kg.sparql import guard
from kg.sparql.guard import Admitted
from kg.sparql.inspection import services
from kg.sparql.tree import Query
from kg.store.lanes import Lane
from kg.store.pool import Asker, Pool

PLACES: Final = 8
WAITING: Final = 16
"""Queries with SERVICE that ask others at once, which is waiting most of the time, and those that may wait for a place."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with SERVICE, and what `Querying.answer` is told beside it."""

    text: str
    query: Query
    format: Format
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    keep: int | None
    asker: Asker


class Querying:
    """Answers queries by a pool and, where KG_FEDERATION_ALLOW names some, other endpoints. To be used from any thread."""

    def __init__(self, settings: Settings, pool: Pool, prefixes: Mapping[str, str]) -> None:
        self._settings = settings
        self._pool = pool
        self._prefixes = prefixes
        self._lane = Lane("federated", PLACES, WAITING)
        contact = None if settings.contact == NOBODY else settings.contact
        self._endpoints = (
            Endpoints(settings.endpoints, agent("Isnad", kg.__version__, contact), settings.federation_rows) if settings.endpoints else None
        )

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
    ) -> Answer:
        """The answer as `Pool.answer` gives it; raises what that raises, EndpointFailed and EndpointTimeout."""
        if self._endpoints is not None and guard.may_call(text):
            began = time.monotonic()
            try:
                query = guard.read(text, self._prefixes, self._settings.base)
            except QueryError as error:
                self._pool.tell(text, error, time.monotonic() - began)
                raise
            if services(query):
                asked = _Asked(text, query, format, tuple(default_graphs), tuple(named_graphs), keep, asker or Asker())
                return self._federated(asked, self._endpoints, at)
        return self._pool.answer(text, format, default_graphs, named_graphs, keep, asker, at, there)

    @property
    def waiting(self) -> int:
        """How many queries with SERVICE may be here at once, asking or waiting for a place."""
        return PLACES + WAITING if self._endpoints is not None else 0

    def _federated(self, asked: _Asked, endpoints: Endpoints, at: Path | None) -> Answer:
        """The answer, after a place in the lane; KG_TIMEOUT begins with it."""
        answer: Answer | None = None
        failure: IsnadError | None = None
        client, began = asked.asker.client, time.monotonic()
        entered = math.inf
        try:
            self._lane.enter(client, asked.asker.gone, self._settings.timeout)
            entered = time.monotonic()
            try:
                answer = self._over_one(asked, endpoints, at, entered + self._settings.timeout)
            finally:
                self._lane.leave(client, time.monotonic() - entered)
        except IsnadError as error:
            failure = error
            raise
        finally:
            ended = time.monotonic()
            revision = answer.revision if answer else ""
            self._pool.tell(asked.text, answer or failure, ended - began, min(entered, ended) - began, self._lane.name, revision)
        return answer

    def _over_one(self, asked: _Asked, endpoints: Endpoints, at: Path | None, until: float) -> Answer:
        """The answer over one snapshot: the one at this path, or that which is in force."""
        path = at or self._pool.current()
        try:
            return self._over(path, asked, endpoints, until)
        except StoreError:
            if at is not None or path.is_dir():
                raise
        return self._over(self._pool.current(), asked, endpoints, until)  # the snapshot was dropped while others were asked

    def _over(self, path: Path, asked: _Asked, endpoints: Endpoints, until: float) -> Answer:
        def local(part: Query, variables: tuple[str, ...], most: int) -> Solutions:
            answer = self._part(path, replace(asked, format=JSON, keep=None), guard.admitted(part), until)
            return replies.read(answer.body, JSON.media_type, variables, frozenset(), most + 1)

        made = answered(asked.query, endpoints, local, self._settings.federation_keys, until, asked.asker.gone)
        answer = self._part(path, asked, guard.admitted(made.query), until)
        return replace(answer, repeatable=False, warnings=(*answer.warnings, *made.warnings))

    def _part(self, path: Path, asked: _Asked, admitted: Admitted[Query], until: float) -> Answer:
        """The pool's answer to a query without SERVICE."""
        return self._pool.answer(
            asked.text,
            asked.format,
            asked.default_graphs,
            asked.named_graphs,
            asked.keep,
            asked.asker,
            path,
            admitted=admitted,
            until=until,
            part=True,
        )
