"""An endpoint that answers as it is told to, rightly or not, byte by byte where it must be."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

from tests.patience import PATIENCE

GOOD = '{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal","value":"yes"}}]}}'
JSON = "application/sparql-results+json"


def reply(body: str | bytes, kind: str = JSON, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; underscores in names of headers stand for hyphens."""
    sent = body.encode() if isinstance(body, str) else body
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(sent)}\r\n{more}\r\n".encode() + sent


Act = bytes | Callable[[socket.socket], None]


@dataclass
class Strange:
    """What it is asked, in the order in which it is, and what it answers: the last again and again."""

    port: int
    acts: Sequence[Act]
    asked: list[bytes] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"

    def serve(self, listening: socket.socket) -> None:
        while not self.over.is_set():
            with suppress(OSError), closing(listening.accept()[0]) as one:
                self.answer(one)

    def answer(self, one: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            if not (piece := one.recv(65536)):
                return
            request += piece
        head, _, body = request.partition(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
        while len(body) < length:
            body += one.recv(65536)
        self.asked.append(head + b"\r\n\r\n" + body)
        act = self.acts[min(len(self.asked), len(self.acts)) - 1]
        if callable(act):
            act(one)
        else:
            one.sendall(act)

    def drip(self, what: bytes) -> Callable[[socket.socket], None]:
        """Sends these bytes again and again, slowly, until all is over."""

        def act(one: socket.socket) -> None:
            with suppress(OSError):
                while not self.over.wait(0.05):
                    one.sendall(what)

        return act

    def wait(self, one: socket.socket) -> None:  # noqa: ARG002
        """Says nothing until all is over."""
        self.over.wait(PATIENCE)


@contextmanager
def strange(*acts: Act) -> Iterator[Strange]:
    listening = socket.create_server(("127.0.0.1", 0))
    here = Strange(listening.getsockname()[1], list(acts))
    thread = threading.Thread(target=here.serve, args=(listening,), daemon=True)
    thread.start()
    try:
        yield here
    finally:
        here.over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(PATIENCE)
