"""One request over a real connection, as the tests write it."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.patience import PATIENCE


class Reply(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: str
    received: bytes = b""


def ask(address: str, method: str, path: str, body: str | bytes | None = None, **headers: str) -> Reply:
    """One request; underscores in names of headers stand for hyphens. A body that came packed is only in `received`."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    sent = body.encode() if isinstance(body, str) else body
    connection.request(method, path, sent, {name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    received = reply.read()
    packed = reply.getheader("Content-Encoding") is not None
    lines: dict[str, list[str]] = {}
    for name, value in reply.getheaders():
        lines.setdefault(name.lower(), []).append(value)
    joined = {name: ", ".join(values) for name, values in lines.items()}
    got = Reply(reply.status, joined, "" if packed else received.decode(), received)
    connection.close()
    return got
