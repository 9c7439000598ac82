"""What files say is read again when they change, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.store.files import write_whole
from kg.store.watched import Watched


def test_a_file_is_read_again_only_when_it_has_changed(tmp_path: Path) -> None:
    file, read = tmp_path / "CURRENT", []

    def said() -> str:
        read.append(1)
        return file.read_text(encoding="ascii")

    watched = Watched(said, file)
    for number in range(50):
        write_whole(file, str(number % 3).encode())
        assert [watched(), watched(), watched()] == [str(number % 3)] * 3
    assert len(read) == 50


def test_what_is_missing_is_asked_for_each_time(tmp_path: Path) -> None:
    file = tmp_path / "CURRENT"
    watched = Watched(lambda: file.read_text(encoding="ascii"), file, tmp_path / "VERSION")
    with pytest.raises(FileNotFoundError):
        watched()
    write_whole(file, b"1")
    assert watched() == "1"
    write_whole(file, b"2")
    assert watched() == "2"
