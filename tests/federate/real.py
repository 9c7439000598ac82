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

from tests.patience import PATIENCE

OXIGRAPH = Path(sysconfig.get_path("scripts")) / "oxigraph"


ATTEMPTS = 5
"""Times that a port is looked for: another may take one that was free."""


@contextmanager
def oxigraph(turtle: str) -> Iterator[str]:
    """The address of an Oxigraph server that holds this, without a slash at the end."""
    for _ in range(ATTEMPTS):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        process = subprocess.Popen([OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            if _loaded(process, port, turtle):
                yield f"http://127.0.0.1:{port}"
                return
        finally:
            process.terminate()
            process.wait(PATIENCE)
    raise AssertionError("Oxigraph found no port")


def _loaded(process: subprocess.Popen[bytes], port: int, turtle: str) -> bool:
    """Whether the process holds this now; not when it has ended, or another listens in its place."""
    while process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("PUT", "/store?default", turtle.encode(), {"Content-Type": "text/turtle"})
        except ConnectionRefusedError:
            time.sleep(0.05)
            continue
        return connection.getresponse().status in (201, 204)
    return False
