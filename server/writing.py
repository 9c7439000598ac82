"""The door that writes go through, as the server sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from flask import Response
from pyoxigraph import Triple

from kg.settings import Settings
from server.validators import REVISION


class Door(Protocol):
    """Changes the graph, one revision a call; each returns when readers see the change.

    Each raises StoreError when the store cannot be written to, and QueryRefused for what may not be changed this way.
    """

    def update(self, text: str, using_graphs: Sequence[str] = (), using_named: Sequence[str] = ()) -> object:
        """Applies a SPARQL 1.1 Update, `using_…` being the dataset that the protocol names; gives the new revision."""

    def put_graph(self, graph: str | None, quads: Iterable[Triple]) -> tuple[object, bool]:
        """Makes these the triples of a graph, None for the unnamed one; gives the new revision, and whether the graph is new."""

    def add_to_graph(self, graph: str | None, quads: Iterable[Triple]) -> tuple[object, bool]:
        """Adds triples to a graph; gives the new revision, and whether the graph is new."""

    def delete_graph(self, graph: str | None) -> object:
        """Drops a graph; gives the new revision. Raises NoSuchGraph."""


def limit(settings: Settings) -> int:
    """Bytes that an update or a graph that is sent may have."""
    return int(settings.max_upload * 2**20)


def written(revision: object, status: int = 204) -> Response:
    """The answer to a write that readers see now, with the revision that it made."""
    response = Response(status=status, headers={REVISION: str(revision), "Cache-Control": "no-store"})
    del response.headers["Content-Type"]
    return response
