"""Queries from outside, answered by the pool; those that name SERVICE with what other endpoints answer.

The engine is never given a SERVICE: the solutions of each stand in the query as VALUES before it comes to the pool.  All parts of one query
are asked of one snapshot, and end by one deadline.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

import kg
from kg.answers import Answer
from kg.errors import EndpointFailed, QueryBusy, QueryRefused
from kg.federate import replies
from kg.federate.endpoints import Endpoints
from kg.federate.evaluation import answered
from kg.federate.replies import Solutions
from kg.formats import JSON, Format
from kg.http.client import agent
from kg.settings import NOBODY, Settings
from kg.sparql import guard
from kg.sparql.inspection import services
from kg.sparql.tree import Query
from kg.store.pool import Asker, Pool

PLACES: Final = 8
"""Queries with SERVICE that are answered at once; each waits for others most of the time."""


class Querying:
    """Answers queries by a pool and, where KG_FEDERATION_ALLOW names some, other endpoints. To be used from any thread."""

    def __init__(self, settings: Settings, pool: Pool, prefixes: Mapping[str, str]) -> None:
        self._settings = settings
        self._pool = pool
        self._prefixes = prefixes
        self._places = BoundedSemaphore(PLACES)
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
    ) -> Answer:
        """The answer as `Pool.answer` gives it; raises what that raises, EndpointFailed and EndpointTimeout."""
        asker = asker or Asker()
        if self._endpoints is not None and guard.may_call(text):
            began = time.monotonic()
            query = guard.read(text, self._prefixes, self._settings.base)
            if services(query):
                return self._federated(text, query, self._endpoints, format, default_graphs, named_graphs, keep, asker, at, began)
        return self._pool.answer(text, format, default_graphs, named_graphs, keep, asker, at)

    def _federated(
        self,
        text: str,
        query: Query,
        endpoints: Endpoints,
        format: Format,
        default_graphs: Sequence[str],
        named_graphs: Sequence[str],
        keep: int | None,
        asker: Asker,
        at: Path | None,
        began: float,
    ) -> Answer:
        until = began + self._settings.timeout
        path = at or self._pool.current()

        def local(part: Query, variables: tuple[str, ...], most: int) -> Solutions:
            answer = self._pool.answer(
                text, JSON, default_graphs, named_graphs, None, asker, path, admitted=guard.admitted(part), until=until
            )
            return replies.read(answer.body, JSON.media_type, variables, frozenset(), most + 1)

        if not self._places.acquire(timeout=self._settings.timeout):
            raise QueryBusy(f"All {PLACES} places for queries with SERVICE are taken, and none became free in time. Ask again later.")
        try:
            made = answered(query, endpoints, local, self._settings.federation_keys, until, asker.gone)
        except (EndpointFailed, QueryRefused) as error:
            self._pool.tell(text, error, time.monotonic() - began)
            raise
        finally:
            self._places.release()
        admitted = guard.admitted(made.query)
        answer = self._pool.answer(text, format, default_graphs, named_graphs, keep, asker, path, admitted=admitted, until=until)
        return replace(answer, repeatable=False, warnings=(*admitted.warnings, *made.warnings))
