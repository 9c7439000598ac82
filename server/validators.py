"""Entity tags, by which clients ask again only for what has changed (RFC 9110, sections 8.8.3 and 13.1)."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from flask import Request, Response

REVISION: Final = "Isnad-Revision"
"""The header that names the revision which was answered from, or written."""


def tag(revision: str, *shapes: object) -> str:
    """The entity tag of what a revision gives, by everything that shapes it."""
    told = json.dumps([revision, *shapes], ensure_ascii=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def unchanged(request: Request, current: str) -> bool:
    """Whether the client that asks has this already."""
    known = request.if_none_match
    return request.method in ("GET", "HEAD") and not known.star_tag and known.contains_weak(current)


def not_modified(current: str, revision: str, *, weak: bool) -> Response:
    """The answer to a client that has this already, as it is in that revision."""
    response = Response(status=304, headers={REVISION: revision})
    del response.headers["Content-Type"]
    response.set_etag(current, weak=weak)
    return response
