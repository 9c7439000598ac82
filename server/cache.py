"""Answers that are given again: those to queries that have the same answer as long as the graph is the same, kept by everything that shapes them.

An answer belongs to one revision of the graph. With the next one all are dropped, so that nothing outlasts what was taken down.
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.answers import Answer

OFFERED: Final = "isnad.offered"
"""Where a view leaves word, in the WSGI environment, that its response may be given again."""

SHAPING: Final = (
    "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "HTTP_CONTENT_ENCODING", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING",
    "HTTP_AUTHORIZATION", "HTTP_HOST", "wsgi.url_scheme",
)  # fmt: skip
"""What shapes an answer, besides the body of the request; a response that varies by more (Vary) is not kept."""

LONGEST_BODY: Final = 1 << 19
"""Bytes of a request's body above which its answer is not kept."""

_VARYING: Final = frozenset(("accept", "accept-encoding", "authorization"))
_NOT_WITH_304: Final = frozenset(("content-type", "content-length", "content-encoding"))
_OVERHEAD: Final = 1024
_OVERHEAD_OF_HEADER: Final = 160
"""Bytes that Python takes for an entry, and for each of its headers, besides what they hold; about."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a view says of its response: the revision that it was given over, a hash of the query, and its rows where they are known."""

    revision: str
    query: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A response that is kept; the names of its headers are in small letters."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    offered: Offered

    @property
    def tag(self) -> str | None:
        """Its entity tag."""
        return next((value for name, value in self.headers if name == "etag"), None)


Key = tuple[str | bytes, ...]


def offer(environ: dict[str, Any], text: str, answer: Answer) -> None:
    """Lets the response that is made of this answer be given again, if the answer can be repeated."""
    if answer.repeatable:
        environ[OFFERED] = Offered(answer.revision, fingerprint(text), answer.rows)


def fingerprint(text: str) -> str:
    """A short hash of a query's text, by which logs name it."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def key(environ: dict[str, Any]) -> Key | None:
    """What shapes the answer to a request, None for one that no kept answer can serve. The body stays readable."""
    method = environ["REQUEST_METHOD"]
    shape = tuple([environ.get(name, "") for name in SHAPING])
    if method in ("GET", "HEAD"):
        return shape
    length = environ.get("CONTENT_LENGTH", "")
    if method != "POST" or not length.isdigit() or int(length) > LONGEST_BODY:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    return (*shape, body)


def not_modified(entry: Entry, environ: Mapping[str, Any]) -> bool:
    """Whether the client has this already and asks for nothing else (RFC 9110, section 13.1.2)."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is None or entry.tag is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return False
    return known.strip() == "*" or _opaque(entry.tag) in {_opaque(tag) for tag in known.split(",")}


def _opaque(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def without_body(entry: Entry) -> list[tuple[str, str]]:
    """The headers of a 304."""
    return [header for header in entry.headers if header[0] not in _NOT_WITH_304]


class Cache:
    """The responses kept for one revision, at most `limit` bytes; those longest unused go first. To be used from any thread."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self.hits = 0
        self.misses = 0
        self.revision: str | None = None
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def turn(self, revision: str | None) -> None:
        """Drops everything if the graph has moved on to this revision."""
        if revision != self.revision:
            with self._lock:
                self.revision = revision
                self._entries.clear()
                self.bytes = 0

    def get(self, revision: str, key: Key) -> Entry | None:
        """The response to this request over this revision, or None."""
        self.turn(revision)
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                self.misses += 1
                return None
            self._entries.move_to_end(key)
            self.hits += 1
            return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Keeps a response, if it is of the revision in force and takes no more than an eighth of the room."""
        size = _size(key, entry)
        if size > self.limit // 8 or not _keepable(entry):
            return
        with self._lock:
            if entry.offered.revision != self.revision:
                return
            before = self._entries.pop(key, None)
            if before is not None:
                self.bytes -= _size(key, before)
            self._entries[key] = entry
            self.bytes += size
            while self.bytes > self.limit:
                self.bytes -= _size(*self._entries.popitem(last=False))


def _size(key: Key, entry: Entry) -> int:
    headers = sum(len(name) + len(value) + _OVERHEAD_OF_HEADER for name, value in entry.headers)
    return len(entry.body) + sum(map(len, key)) + headers + _OVERHEAD


def _keepable(entry: Entry) -> bool:
    headers = {name: value.lower() for name, value in entry.headers}
    varying = {name.strip() for name in headers.get("vary", "").split(",")} - {""}
    return (
        entry.status.startswith("200 ")
        and "set-cookie" not in headers
        and "no-store" not in headers.get("cache-control", "")
        and varying <= _VARYING
    )
