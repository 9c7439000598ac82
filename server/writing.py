"""The door that writes go through, as the server sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from flask import Response
from pyoxigraph import Triple

from kg.settings import Settings
from kg.updating import Written
from server import notices
from server.validators import REVISION


class Door(Protocol):
    """Changes the graph; each call returns when readers see the change, or says that they do not see it yet.

    Each raises StoreError when the store cannot be written to, and QueryRefused for what may not be changed this way.
    """

    def update(self, text: str, using_graphs: Sequence[str] = (), using_named: Sequence[str] = ()) -> Written:
        """Applies a SPARQL 1.1 Update, `using_…` being the dataset that the protocol names."""

    def put_graph(self, graph: str | None, quads: Iterable[Triple]) -> Written:
        """Makes these the triples of a graph, None for the unnamed one."""

    def add_to_graph(self, graph: str | None, quads: Iterable[Triple]) -> Written:
        """Adds triples to a graph."""

    def delete_graph(self, graph: str | None) -> Written:
        """Drops a graph. Raises NoSuchGraph."""


def limit(settings: Settings) -> int:
    """Bytes that an update or a graph that is sent may have."""
    return int(settings.max_upload * 2**20)


def told(written: Written, status: int = 204) -> Response:
    """The answer to a write, with the revision in which readers see it; 202 where they do not see it yet.

    That is no error: who took it for one would send the write again, and have it made twice. So it has no Retry-After.
    """
    if written.revision is None:
        response = Response(f"{written.unseen}\n", status=202, mimetype="text/plain")
    else:
        response = Response(status=status, headers={REVISION: written.revision.tag})
        del response.headers["Content-Type"]
    response.headers["Cache-Control"] = "no-store"
    notices.add(response, written.warnings)
    return response
