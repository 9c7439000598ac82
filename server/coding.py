"""Content codings of requests and answers (RFC 9110, section 8.4): gzip and deflate are read, gzip is written."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any, Final

from flask import Request, Response
from werkzeug.datastructures import Accept
from werkzeug.exceptions import BadRequest, NotAcceptable, RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.wsgi import get_input_stream

SMALLEST: Final = 1024
"""Bytes below which an answer is not worth compressing."""

LEVEL: Final = 4
_PIECE: Final = 1 << 20
_WINDOWS: Final = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
"""How zlib is told the codings; what calls itself deflate comes with a zlib header and without."""


class _UnknownCoding(UnsupportedMediaType):
    """415, with the codings that are read."""

    def get_headers(self, *given: Any) -> list[tuple[str, str]]:
        return [*super().get_headers(*given), ("Accept-Encoding", "gzip, deflate")]


def unpack(request: Request, limit: int) -> None:
    """Puts the plain body of a request in the place of a compressed one; to be called before anything has looked at the body.

    Raises 400 for a body that is not what it says, 413 above `limit` bytes, packed or plain, 415 for codings that are not read here.
    """
    environ = request.environ
    codings = [part.strip().lower() for part in environ.get("HTTP_CONTENT_ENCODING", "").split(",")]
    codings = [name for name in codings if name not in ("", "identity")]
    if not codings:
        return
    if len(codings) > 1 or codings[0] not in _WINDOWS:
        raise _UnknownCoding(f"A body may be packed by gzip or deflate, not by {', '.join(codings)}.")
    body = b"".join(_plain(get_input_stream(environ, max_content_length=limit).read(), codings[0], limit))
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    del environ["HTTP_CONTENT_ENCODING"]


def _plain(packed: bytes, coding: str, limit: int) -> Iterator[bytes]:
    """The plain body, in pieces."""
    room = limit
    while packed:
        reader = _reader(packed, coding)
        while packed and not reader.eof:
            try:
                piece = reader.decompress(packed, min(_PIECE, room + 1))
            except zlib.error as error:
                raise BadRequest(f"The body is not {coding}: {error}.") from error
            room -= len(piece)
            if room < 0:
                raise RequestEntityTooLarge(f"The body is larger than {limit / 2**20:,.3g} megabytes when it is unpacked.")
            yield piece
            packed = reader.unconsumed_tail
            if not packed and not piece:
                break
        if not reader.eof:
            raise BadRequest(f"The body is not {coding}: it ends too early.")
        packed = reader.unused_data


def _reader(packed: bytes, coding: str) -> zlib._Decompress:
    """A reader that fits the first bytes."""
    for window in _WINDOWS[coding]:
        try:
            zlib.decompressobj(window).decompress(packed, 1)
        except zlib.error:
            continue
        return zlib.decompressobj(window)
    raise BadRequest(f"The body is not {coding}.")


def check(request: Request) -> None:
    """Raises 406 for a client that takes neither gzip nor the plain body."""
    zipped, plain = _qualities(request.accept_encodings)
    if not zipped and not plain:
        raise NotAcceptable("The answer can be sent as it is or packed by gzip, and Accept-Encoding takes neither.")


def packs(request: Request) -> bool:
    """Whether the client likes gzip at least as well as the plain body."""
    zipped, plain = _qualities(request.accept_encodings)
    return zipped > 0 and zipped >= plain


def pack(response: Response, request: Request) -> None:
    """Packs the body of an answer for a client that likes it so, where it is worth it."""
    if response.direct_passthrough or response.status_code not in (200, 304):
        return
    response.vary.add("Accept-Encoding")
    if response.status_code == 304:
        return
    body = response.get_data()
    plain = _qualities(request.accept_encodings)[1]
    if packs(request) and (len(body) >= SMALLEST or not plain):
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


def _qualities(accepted: Accept) -> tuple[float, float]:
    """How well a client likes gzip and the plain body; the second is slight, not nothing, where the header does not speak of it."""
    stated = {name.lower(): quality for name, quality in accepted}
    rest = stated.get("*")
    zipped = stated.get("gzip", stated.get("x-gzip", rest or 0.0))
    return zipped, stated.get("identity", _SLIGHT if rest is None else rest)


_SLIGHT: Final = 0.0001
