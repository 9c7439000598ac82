"""What every request passes before the application: who asks, kept answers, the limit on requests, metrics."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from kg.errors import IsnadError, TooManyRequests
from kg.settings import Settings
from kg.store.lanes import Gone
from kg.store.pool import Asker, Pool
from kg.store.processes import UnreadableError
from server import cache, logs, problems
from server.cache import Cache, Entry, Key
from server.clients import Buckets, Clients, networks
from server.metrics import Metrics

ASKER: Final = "isnad.asker"
"""Where views find, in the WSGI environment, who asks."""

GONE: Final = "isnad.gone"
"""Where a server leaves word, in the WSGI environment, that its client has gone."""

_KEY: Final = "isnad.key"
_CLIENT: Final = "isnad.client"
_FREE: Final = ("/healthz", "/metrics")
"""Paths that anyone may ask for as often as they like."""

WAITERS: Final = 32
"""Requests that may wait for another one's answer to the same; more are put into the queue."""

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """A response that takes no time; the names of its headers are in small letters."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Front:
    """The WSGI application around the application. A server that can may ask `ready` first, and `run` where that is None."""

    def __init__(self, app: Callable[[Environ, StartResponse], Iterable[bytes]], settings: Settings, pool: Pool, metrics: Metrics) -> None:
        self._app = app
        self._pool = pool
        self._metrics = metrics
        self._cache = Cache(int(settings.cache * 2**20))
        self._clients = Clients(networks(settings.trusted_proxies))
        self._buckets = Buckets(settings.rate, settings.burst)
        self._limits = f"rows={settings.max_rows}, bytes={int(settings.max_answer * 2**20)}, seconds={settings.timeout:g}"
        self._waiters = threading.Semaphore(WAITERS)
        self._under_way: dict[Key, threading.Event] = {}
        metrics.watch(pool, self._cache)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a request."""
        ready = self.ready(environ)
        if ready is None:
            return self.run(environ, start_response)
        start_response(ready.status, ready.headers)
        return [ready.body]

    def ready(self, environ: Environ) -> Ready | None:
        """The response that is there already, or None. The body of the request stays readable."""
        began = time.perf_counter()
        client = environ[_CLIENT] = self._clients.settle(environ)
        path = environ["PATH_INFO"]
        if path in _FREE:
            return self._metrics_page() if path == "/metrics" and environ["REQUEST_METHOD"] in ("GET", "HEAD") else None
        key = cache.key(environ)
        if key is not None:
            environ[_KEY] = key
            entry = self._kept(key)
            if entry is not None:
                return _given(entry, environ, began)
        try:
            self._buckets.take(client)
        except TooManyRequests as error:
            self._metrics.limited.inc()
            return _refused(error, environ)
        return None

    def run(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The application's own response, which is kept if it offers it; of several requests for the same, one asks and the others wait for it."""
        asker = environ[ASKER] = Asker(environ[_CLIENT], environ.get(GONE) or Gone())
        key = environ.get(_KEY)
        if key is None:
            return self._run(environ, start_response)
        began = time.perf_counter()
        mine = threading.Event()
        other = self._under_way.setdefault(key, mine)
        if other is not mine and self._waiters.acquire(blocking=False):
            try:
                while not other.wait(0.25) and not asker.gone.happened:
                    pass
            finally:
                self._waiters.release()
        try:
            entry = self._kept(key)  # which may have come since `ready` looked, also where nobody asks now
            if entry is None:
                return self._run(environ, start_response)
        finally:
            if other is mine:
                del self._under_way[key]
                mine.set()
        ready = _given(entry, environ, began)
        start_response(ready.status, ready.headers)
        return [ready.body]

    def _run(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            if environ["PATH_INFO"] == "/sparql":
                headers = [*headers, ("Isnad-Limits", self._limits)]
            told.append((status, headers))
            return start_response(status, headers, *((exc_info,) if exc_info else ()))

        body = self._app(environ, start)
        offered = environ.get(cache.OFFERED)
        if offered is None or environ.get(_KEY) is None or environ["REQUEST_METHOD"] == "HEAD":
            return body
        try:
            whole = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        status, headers = told[-1]
        self._cache.put(environ[_KEY], Entry(status, [(name.lower(), value) for name, value in headers], whole, offered))
        return [whole]

    def refresh(self) -> None:
        """Lets go of what belongs to an earlier revision: kept answers, and processes that hold its files open."""
        try:
            self._cache.turn(self._pool.current().name)
            self._pool.refresh()
        except (IsnadError, UnreadableError, OSError):  # there is no graph to be served now; whoever asks is told
            self._cache.turn(None)

    def _kept(self, key: Key) -> Entry | None:
        try:
            return self._cache.get(self._pool.current().name, key)
        except IsnadError:
            return None

    def _metrics_page(self) -> Ready:
        return _whole("200 OK", "text/plain; version=0.0.4; charset=utf-8", self._metrics.page(), ("cache-control", "no-store"))


def asker(environ: Environ) -> Asker | None:
    """Who asks, where the application stands behind a front."""
    found: Asker | None = environ.get(ASKER)
    return found


def _given(entry: Entry, environ: Environ, began: float) -> Ready:
    if cache.not_modified(entry, environ):
        ready = Ready("304 NOT MODIFIED", cache.without_body(entry), b"")
    else:
        ready = Ready(entry.status, entry.headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else entry.body)
    logs.given_again(entry, time.perf_counter() - began, ready.status)
    return ready


def _refused(error: TooManyRequests, environ: Environ) -> Ready:
    row = problems.status(error)
    more = (("retry-after", str(error.seconds)), ("access-control-allow-origin", "*"), ("access-control-expose-headers", "Retry-After"))
    if "json" in environ.get("HTTP_ACCEPT", ""):
        body = json.dumps({"title": row.title, "status": row.code, "detail": str(error)}, ensure_ascii=False).encode()
        return _whole("429 TOO MANY REQUESTS", "application/problem+json", body, *more)
    return _whole("429 TOO MANY REQUESTS", "text/plain; charset=utf-8", f"{error}\n".encode(), *more)


def _whole(status: str, content_type: str, body: bytes, *more: tuple[str, str]) -> Ready:
    return Ready(status, [("content-type", content_type), ("content-length", str(len(body))), *more], body)
