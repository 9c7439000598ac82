"""One request to another server, within limits: `post`.

The connection is made here rather than by a library, so that it goes to the very address that was looked at, knows no proxy and no redirect,
and can be cut at any moment, whatever it is waiting for: at the deadline, or when nobody waits for the answer any more.
"""

from __future__ import annotations

import http.client
import platform
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import SplitResult, urlencode, urlsplit

from kg.errors import RemoteError, RemoteTimeout, RemoteTooLarge
from kg.http.addresses import Address, addresses

CONNECT_SECONDS: Final = 5.0
"""Seconds in which the address has to be found, and a connection made."""

_PIECE: Final = 1 << 16
_LONGEST_FAILURE: Final = 4096
"""Bytes that are read of an answer that is none."""


class Watch(Protocol):
    """Whether anybody still waits for the answer."""

    @property
    def happened(self) -> bool:
        """Whether nobody does any more."""

    def stops(self, act: Callable[[], None]) -> AbstractContextManager[None]:
        """Lets `act` be called in the block when nobody waits any more."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; the names of the headers are in small letters, and the body is unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """What the body is, without parameters; empty where the server does not say."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def agent(product: str, version: str, contact: str | None) -> str:
    """Who asks, as Wikimedia's User-Agent policy wants it told.

    >>> agent("Isnad", "0.1", "me@example.org").rpartition("/")[0]
    'Isnad/0.1 (me@example.org) python-http.client'
    """
    return f"{product}/{version} ({contact or 'no contact given'}) python-http.client/{platform.python_version()}"


def post(url: str, form: Mapping[str, str], accept: str, name: str, most: int, until: float, watch: Watch) -> Reply:
    """The reply to a form that is posted in the name of `name`, redirects and failures included; `until` is a time of time.monotonic.

    Raises RemoteTimeout, RemoteError: a server that cannot be reached, may not be asked, or sends more than `most` bytes or no HTTP.
    """
    target = urlsplit(url)
    if time.monotonic() >= until:
        raise RemoteTimeout("was not asked: no time was left, so no answer could come in time")
    host, secure = target.hostname or "", target.scheme == "https"
    port = target.port or (443 if secure else 80)
    found = addresses(host, port, min(CONNECT_SECONDS, until - time.monotonic()))
    with closing(_Line(_connected(found, port, until), until)) as line, watch.stops(line.cut):
        try:
            if secure:
                line.secure(host)
            reply = _asked(line.socket, target, urlencode(form).encode("ascii"), {"Accept": accept, "User-Agent": name}, most)
        except TimeoutError:
            raise _too_late() from None
        except ssl.SSLCertVerificationError as error:
            raise RemoteError(f"has a certificate that does not hold ({error.verify_message})") from error
        except (OSError, ValueError, http.client.HTTPException, zlib.error, RemoteError) as error:
            if line.late:
                raise _too_late() from None
            if isinstance(error, RemoteError):
                raise
            raise RemoteError(f"broke off, or sent no HTTP ({type(error).__name__}: {_told(error)})") from error
        if line.ended:  # what was cut may look as if it had come to its end
            raise _too_late() if line.late else RemoteError("was not waited for")
        return reply


class _Line:
    """A connection that is cut at its deadline, or by whoever calls `cut`."""

    def __init__(self, connected: socket.socket, until: float) -> None:
        self.socket = connected
        self.late = False
        self.ended = False
        self._timer = threading.Timer(max(0.0, until - time.monotonic()), self._end)
        self._timer.daemon = True
        self._timer.start()

    def secure(self, host: str) -> None:
        """Goes on by TLS, with a certificate of this host."""
        context = ssl.create_default_context()
        self.socket = context.wrap_socket(self.socket, server_hostname=host, do_handshake_on_connect=False)
        if self.ended:  # meanwhile, when the old socket led nowhere any more and the new one was not there yet
            self.cut()
        self.socket.do_handshake()

    def cut(self) -> None:
        """Ends what the connection is waiting for."""
        self.ended = True
        with suppress(OSError):
            socket.socket.shutdown(self.socket, socket.SHUT_RDWR)  # of the connection itself: a farewell of TLS might wait, too

    def close(self) -> None:
        """Ends the connection."""
        self._timer.cancel()
        self.socket.close()

    def _end(self) -> None:
        self.late = True
        self.cut()


def _connected(found: tuple[Address, ...], port: int, until: float) -> socket.socket:
    """A connection to the first of the addresses that takes one."""
    failure: OSError | None = None
    last = min(time.monotonic() + CONNECT_SECONDS, until)
    for address in found:
        left = last - time.monotonic()
        if left <= 0:
            break
        try:
            connected = socket.create_connection((str(address), port), timeout=left)
        except OSError as error:
            failure = error
        else:
            connected.settimeout(max(0.001, until - time.monotonic()))
            return connected
    if failure is None or isinstance(failure, TimeoutError):
        raise RemoteTimeout("took no connection in time")
    raise RemoteError(f"takes no connection ({failure.strerror or failure})")


def _asked(connected: socket.socket, target: SplitResult, body: bytes, headers: Mapping[str, str], most: int) -> Reply:
    connection = http.client.HTTPConnection(target.hostname or "", target.port)
    connection.sock = connected
    connection.auto_open = 0  # never to another address
    whole = {
        "Host": target.netloc,
        "Accept-Encoding": "gzip",
        "Content-Type": "application/x-www-form-urlencoded",
        "Connection": "close",
        **headers,
    }
    connection.request("POST", (target.path or "/") + (f"?{target.query}" if target.query else ""), body, whole)
    response = connection.getresponse()
    told = {name.lower(): value for name, value in response.getheaders()}
    if response.status != 200:
        with suppress(OSError, zlib.error, RemoteError):
            return Reply(response.status, told, _body(response, told, _LONGEST_FAILURE, cut=True))
        return Reply(response.status, told, b"")
    return Reply(response.status, told, _body(response, told, most))


def _body(response: http.client.HTTPResponse, headers: Mapping[str, str], most: int, *, cut: bool = False) -> bytes:
    """The body, unpacked; with more than `most` bytes it is cut, or RemoteTooLarge raised.  What comes behind the end of a gzip stream is not read."""
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        raise RemoteError(f"packed its answer as {coding[:40]!r}, which was not asked for")
    unpacker = None if coding == "identity" else zlib.decompressobj(wbits=31)
    body = bytearray()
    came = 0
    while piece := response.read1(_PIECE):
        came += len(piece)
        while piece:
            if unpacker is None:
                body += piece
                piece = b""
            else:
                body += unpacker.decompress(piece, most + 1 - len(body))
                piece = unpacker.unconsumed_tail
            if max(len(body), came) > most:  # a packed one may unpack to nothing for ever
                if cut:
                    return bytes(body[:most])
                raise RemoteTooLarge(f"sent more than the {most / 2**20:,.3g} megabytes that one answer may have")
            if unpacker is not None and unpacker.eof:
                return bytes(body)
    if response.length or unpacker is not None:
        raise RemoteError("broke off in the middle of its answer")
    return bytes(body)


def _too_late() -> RemoteTimeout:
    return RemoteTimeout("did not answer in time")


def _told(error: Exception) -> str:
    return str(error)[:200]
