"""The small files that go with a graph: records of articles, logs, what is set aside; those of a store, or those that a name keeps with a revision.

The texts themselves are not among them: they are found by what they hold, and stay where they are.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.store.files import write_whole

ASIDE: Final = "aside"
DOCUMENTS: Final = "documents"
_LOGS: Final = ("judgements.jsonl", "corrections.jsonl", "ledger.sqlite")
_LASTING: Final = ("takedown", "redaction")
"""Corrections that no restoring undoes."""


def _files(folder: Path) -> Iterator[Path]:
    """The small files that go with a graph, below the folder of a store or of a kept revision."""
    documents = folder / DOCUMENTS
    yield from sorted((documents / "articles").glob("*.json"))
    yield from (path for name in _LOGS if (path := documents / name).exists())
    yield from sorted(path for path in (folder / ASIDE).glob("*") if path.is_file())


def copy(source: Path, target: Path) -> None:
    """Copies records, logs and what is set aside; files that are only ever replaced as a whole are linked."""
    for path in _files(source):
        other = target / path.relative_to(source)
        other.parent.mkdir(parents=True, exist_ok=True)
        if path.name in _LOGS:
            shutil.copy2(path, other)
        else:
            os.link(path, other)


def put(source: Path, target: Path) -> None:
    """Puts records and logs in the place of those that stand; the takedowns made since stay."""
    wanted = {path.relative_to(source): path for path in _files(source)}
    lines = _corrections(source / DOCUMENTS, target / DOCUMENTS)
    for path in _files(target):
        if path.relative_to(target) not in wanted:
            path.unlink()
    for within, path in wanted.items():
        write_whole(target / within, path.read_bytes())
    write_whole(target / DOCUMENTS / "corrections.jsonl", "".join(f"{line}\n" for line in lines).encode())


def _corrections(kept: Path, present: Path) -> list[str]:
    """The corrections of a kept revision, and the takedowns made since."""
    old, now = (_lines(folder / "corrections.jsonl") for folder in (kept, present))
    return [*old, *(line for line in now if line not in old and json.loads(line).get("kind") in _LASTING)]


def _lines(path: Path) -> list[str]:
    data = path.read_bytes() if path.exists() else b""
    return data[: data.rfind(b"\n") + 1].decode().split("\n")[:-1]
