"""Entity tags, by which clients ask again only for what has changed (RFC 9110, sections 8.8.3 and 13.1)."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from typing import Final

from flask import Request, Response

REVISION: Final = "Isnad-Revision"
"""The header that names the revision which was answered from, or written."""

REMEMBERED: Final = 4096
"""Tags of contents that are remembered."""


def tag(revision: str, *shapes: object) -> str:
    """The entity tag of what a revision gives, by everything that shapes it."""
    told = json.dumps([revision, *shapes], ensure_ascii=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def content_tag(body: bytes, media_type: str, *, packed: bool) -> str:
    """The entity tag of what is sent, by its bytes: it stays as long as they do, whatever changes beside. It names how they are sent."""
    return f"{hashlib.sha256(body).hexdigest()[:32]}:{media_type}{':gzip' if packed else ''}"


def media_type_of(content_tag: str) -> str:
    """How that was sent whose tag this is; nothing that makes sense for other tags."""
    return content_tag.partition(":")[2].removesuffix(":gzip")


class Contents:
    """The tags of the contents that were sent lately, so that who asks again is told without reading them. To be used from any thread."""

    def __init__(self) -> None:
        self._tags: OrderedDict[tuple[object, ...], str] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, *shape: object) -> str | None:
        """The tag of what has this shape, the revision among it."""
        with self._lock:
            return self._tags.get(shape)

    def put(self, tag: str, *shape: object) -> None:
        """Keeps a tag; of many the oldest goes."""
        with self._lock:
            self._tags[shape] = tag
            if len(self._tags) > REMEMBERED:
                self._tags.popitem(last=False)


def wants_nothing(request: Request) -> bool:
    """Whether the client reads, and wants to only if there is nothing to be read: `If-None-Match: *` (RFC 9110, section 13.1.2)."""
    return request.method in ("GET", "HEAD") and request.if_none_match.star_tag


def nothing(response: Response) -> None:
    """Makes an answer the 304 that says that there is something."""
    response.status_code = 304
    response.set_data(b"")
    for header in ("Content-Type", "Content-Length", "Content-Encoding"):
        response.headers.pop(header, None)


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
