"""A file of lines that is only ever added to; what a crash left of a line that was being written is not there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.errors import StoreError
from kg.store.files import write_whole


class Log:
    """The lines of one file, in order; a line is there once its end (LF) has reached the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self) -> list[str]:
        """The whole lines, without their ends; raises StoreError when the file is no longer UTF-8."""
        try:
            return self._whole().decode().split("\n")[:-1]
        except UnicodeDecodeError as error:
            raise StoreError(f"{self.path} is damaged ({error}). Restore it from a backup.") from error

    def append(self, lines: Sequence[str]) -> None:
        """Adds lines; returns once they are on the disk.  A torn line at the end is cut off first."""
        if not self.path.exists():
            write_whole(self.path, b"")
        whole = len(self._whole())
        with self.path.open("r+b") as file:
            file.truncate(whole)
            file.seek(whole)
            file.write(_bytes(lines))
            file.flush()
            os.fsync(file.fileno())

    def rewrite(self, lines: Iterable[str]) -> None:
        """Puts other lines in the place of all, wholly or not at all: for a takedown, which leaves no trace of what it takes."""
        write_whole(self.path, _bytes(lines))

    def _whole(self) -> bytes:
        """The bytes up to the last line's end."""
        data = self.path.read_bytes() if self.path.exists() else b""
        return data[: data.rfind(b"\n") + 1]


def _bytes(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
