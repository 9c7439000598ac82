"""The addresses shared with programs in the pages of others (CORS, as the Fetch standard has it), and which methods read and write there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Request, Response

from server.validators import REVISION

READING: Final[Mapping[str, tuple[str, ...]]] = {
    "sparql": ("GET", "HEAD", "POST"),
    "update": (),
    "graphs": ("GET", "HEAD"),
    "graph": ("GET", "HEAD"),
}
"""The methods that read what is shared, by the first step of its path."""

WRITING: Final[Mapping[str, tuple[str, ...]]] = {
    "update": ("POST",),
    "graphs": ("PUT", "POST", "DELETE"),
    "graph": ("PUT", "POST", "DELETE"),
}
"""The methods that change the graph, likewise."""

_HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Encoding, Content-Type, If-Match, If-None-Match",
    "Access-Control-Expose-Headers": f"ETag, Location, Retry-After, WWW-Authenticate, {REVISION}, Isnad-Rows, Isnad-Limits, Warning",
    "Access-Control-Max-Age": "86400",
}
"""No cookie counts here, so that every origin may ask; a token comes only from whoever knows it."""


def shared(path: str) -> bool:
    """Whether what stands at this path is shared with the pages of others."""
    return _first(path) in READING


def writes(request: Request) -> bool:
    """Whether the request would change the graph."""
    return request.method in WRITING.get(_first(request.path), ())


def allow(response: Response, request: Request) -> None:
    """Tells the browser of another's page what it may do here."""
    first = _first(request.path)
    methods = ", ".join((*READING[first], *WRITING.get(first, ()), "OPTIONS"))
    response.headers.extend({**_HEADERS, "Access-Control-Allow-Methods": methods})


def _first(path: str) -> str:
    return path.removeprefix("/").partition("/")[0]
