"""The server as a process: it listens, says where, and goes when told."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from kg.errors import SettingError
from kg.settings import read
from server.run import serve
from tests.patience import PATIENCE
from tests.server.conftest import start, stop


def children(pid: int) -> list[int]:
    """All processes below one; threads and processes may end while they are looked for."""
    direct: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):
                direct += map(int, (task / "children").read_text().split())
    return direct + [grandchild for child in direct for grandchild in children(child)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_cleanly_when_told(data: Path, questions: Path, number: signal.Signals) -> None:
    process, line = start(data, questions)
    with urlopen(f"{line.split()[3]}healthz", timeout=PATIENCE) as reply:
        assert reply.read() == b"ok\n"
    workers = children(process.pid)
    assert len(workers) == 1 + 2  # one forks, two answer
    process.send_signal(number)
    assert process.wait(timeout=PATIENCE) == 0
    stop(process)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


def test_an_address_in_use_is_told_by_its_settings(address: str, data: Path) -> None:
    port = int(address.rpartition(":")[2])
    with pytest.raises(SettingError, match="KG_PORT"):
        serve(read({}, port=port, memory=1500), lambda: data)
