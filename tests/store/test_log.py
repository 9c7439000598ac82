"""A log of lines: what was added is there, what a crash left of a line is not, and the next line does not run into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store.log import Log


def test_lines_are_there_in_order(tmp_path: Path) -> None:
    log = Log(tmp_path / "new" / "log.jsonl")
    assert log.lines() == []
    log.append(["one", "zwei"])
    log.append(["ثلاثة"])
    assert Log(log.path).lines() == ["one", "zwei", "ثلاثة"]


@pytest.mark.parametrize("torn", [b"t", b"thr\xd8", b"a torn line"])
def test_a_torn_last_line_is_not_there_and_is_cut_off_by_the_next(tmp_path: Path, torn: bytes) -> None:
    log = Log(tmp_path / "log.jsonl")
    log.append(["one", "two"])
    log.path.write_bytes(log.path.read_bytes() + torn)
    assert log.lines() == ["one", "two"]
    log.append(["three"])
    assert log.path.read_bytes() == b"one\ntwo\nthree\n"


def test_a_line_cut_off_anywhere_leaves_those_before_it(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    whole = b"one\ntwo\nthree\n"
    for length in range(len(whole) + 1):
        log.path.write_bytes(whole[:length])
        assert log.lines() == ["one", "two", "three"][: whole[:length].count(b"\n")]


def test_a_log_that_is_no_text_says_so(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    log.path.write_bytes(b"\xff\xfe\n")
    with pytest.raises(StoreError, match=r"log\.jsonl is damaged"):
        log.lines()


def test_rewriting_leaves_nothing_of_what_was_there(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    log.append(["one", "a name", "two"])
    log.rewrite(line for line in log.lines() if "name" not in line)
    assert log.lines() == ["one", "two"]
    assert b"name" not in b"".join(p.read_bytes() for p in tmp_path.iterdir())
