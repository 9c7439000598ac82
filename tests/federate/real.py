"""Real servers on free ports: Oxigraph's own, as an endpoint that is not ours."""

from __future__ import annotations

import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

OXIGRAPH = Path(sysconfig.get_path("scripts")) / "oxigraph"


@contextmanager
def oxigraph(turtle: str) -> Iterator[str]:
    """The address of an Oxigraph server that holds this, without a slash at the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _load(process, port, turtle)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _load(process: subprocess.Popen[bytes], port: int, turtle: str) -> None:
    while process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("PUT", "/store?default", turtle.encode(), {"Content-Type": "text/turtle"})
        except ConnectionRefusedError:
            time.sleep(0.05)
            continue
        assert connection.getresponse().status in (201, 204)
        return
    raise AssertionError("Oxigraph ended")
