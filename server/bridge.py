"""A WSGI application behind an RSGI server (granian): the event loop reads requests, sends responses and notices clients that go; threads run
the application.

So clients that are slow to send or to read, or that say nothing, hold no thread; and a kept answer costs none.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import IO, Any, Final, Protocol

from kg.store.lanes import Gone
from server.front import GONE, Environ, Front

BODY_SECONDS: Final = 60.0
"""Seconds in which the body of a request has to arrive."""

IN_MEMORY: Final = 1 << 20
"""Bytes of a body above which it goes to a file."""

log = logging.getLogger("isnad.server")


class Stream(Protocol):
    """What granian gives for a response in pieces."""

    async def send_bytes(self, data: bytes) -> None:
        """Sends a piece."""


class Transport(Protocol):
    """What granian gives for one request (RSGI's HTTP protocol)."""

    def __aiter__(self) -> Any: ...

    async def client_disconnect(self) -> None:
        """Returns when the client has gone."""

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        """Answers without a body."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Answers."""

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> Stream:
        """Begins an answer in pieces."""


@dataclass(slots=True)
class _Response:
    """What the application has answered: all of it, or its first piece and the rest."""

    status: int
    headers: list[tuple[str, str]]
    first: bytes
    rest: Iterator[bytes] | None = None


class Bridge:
    """The RSGI application. Bodies of `small` bytes at most are read from anyone, of `large` from those whose Authorization is `admitted`."""

    def __init__(self, front: Front, threads: int, small: int, large: int, admitted: Callable[[str], bool]) -> None:
        self._front = front
        self._threads = ThreadPoolExecutor(threads, "request")
        self._small = small
        self._large = large
        self._admitted = admitted

    def close(self) -> None:
        """Takes no more requests."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def __rsgi__(self, scope: Any, transport: Transport) -> None:
        """Answers one request."""
        environ = _environ(scope)
        try:
            if environ["REQUEST_METHOD"] not in ("GET", "HEAD") and not await self._read(environ, transport):
                _plain(transport, 408, "The body of the request did not arrive in time.\n")
                return
            ready = self._front.ready(environ)
            if ready is not None:
                _send(transport, environ, _Response(int(ready.status[:3]), ready.headers, ready.body))
            else:
                await self._run(environ, transport)
        except Exception:
            log.exception("request failed")
            with suppress(RuntimeError):
                _plain(transport, 500, "Something went wrong here; the log says what.\n")

    async def _read(self, environ: Environ, transport: Transport) -> bool:
        """Puts the body where WSGI wants it; whether it arrived. More than the limit is not read: its length makes the application refuse it."""
        limit = self._large if self._admitted(environ.get("HTTP_AUTHORIZATION", "")) else self._small
        stated = environ.get("CONTENT_LENGTH", "")
        if stated.isdigit() and int(stated) > limit:
            return True
        body: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        environ["wsgi.input"] = body
        read = 0
        try:
            async with asyncio.timeout(BODY_SECONDS):
                async for piece in transport:
                    read += len(piece)
                    body.write(piece)
                    if read > limit:
                        break
        except TimeoutError:
            return False
        body.seek(0)
        environ["CONTENT_LENGTH"] = str(read)
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        return True

    async def _run(self, environ: Environ, transport: Transport) -> None:
        """Lets a thread answer, and tells it when the client goes."""
        gone = environ[GONE] = Gone()
        loop = asyncio.get_running_loop()
        response: asyncio.Future[Any] = loop.run_in_executor(self._threads, _called, self._front.run, environ)
        watch: asyncio.Future[Any] = asyncio.ensure_future(transport.client_disconnect())
        try:
            await asyncio.wait({response, watch}, return_when=asyncio.FIRST_COMPLETED)
            if not response.done():
                gone.tell()
            answer: _Response = await response
            if answer.rest is None:
                if not gone.happened:
                    _send(transport, environ, answer)
                return
            with closing(answer.rest):  # type: ignore[type-var]
                stream = transport.response_stream(answer.status, answer.headers)
                piece: bytes | None = answer.first
                while piece is not None and not watch.done():
                    await stream.send_bytes(piece)
                    piece = await loop.run_in_executor(self._threads, next, answer.rest, None)
        finally:
            watch.cancel()


def _called(app: Callable[..., Iterable[bytes]], environ: Environ) -> _Response:
    """The application's response; one whose first piece is all of it is whole."""
    told: list[tuple[str, list[tuple[str, str]]]] = []
    body = app(environ, lambda status, headers, *_: told.append((status, headers)))
    pieces = _pieces(body)
    first = next(pieces, b"")
    status, headers = told[-1]
    response = _Response(int(status[:3]), _lower(headers), first)
    length = dict(response.headers).get("content-length")
    if environ["REQUEST_METHOD"] == "HEAD" or response.status in (204, 304) or (length is not None and int(length) == len(first)):
        pieces.close()
    else:
        response.rest = pieces
    return response


def _pieces(body: Iterable[bytes]) -> Any:
    """The pieces of a body that have something in them; the body is closed in the end."""
    try:
        for piece in body:
            if piece:
                yield piece
    finally:
        if hasattr(body, "close"):
            body.close()


def _send(transport: Transport, environ: Environ, response: _Response) -> None:
    if environ["REQUEST_METHOD"] == "HEAD" or response.status in (204, 304):
        transport.response_empty(response.status, response.headers)
    else:
        transport.response_bytes(response.status, response.headers, response.first)


def _plain(transport: Transport, status: int, text: str) -> None:
    transport.response_bytes(status, [("content-type", "text/plain; charset=utf-8")], text.encode())


def _lower(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name.lower(), value) for name, value in headers]


def _environ(scope: Any) -> Environ:
    """The request as WSGI has it (PEP 3333)."""
    server, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for name, value in scope.headers.items():
        if "_" in name:  # could be taken for the same name with a hyphen, which a proxy sets
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        environ[key] = f"{environ[key]}, {value}" if key in environ else value
    return environ
