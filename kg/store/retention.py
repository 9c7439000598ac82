"""Which snapshots are kept: the one in force, those that a name keeps, and those that a reader may be about to open."""

from __future__ import annotations

import shutil
import time
from itertools import pairwise
from pathlib import Path
from typing import Final

from kg.store import revisions, union
from kg.store.revisions import SNAPSHOTS, Revision

KEPT_SNAPSHOTS: Final = 3
"""Snapshots kept, the one in force among them."""

KEPT_SECONDS: Final = 5.0
"""Seconds for which a snapshot is kept after the next one, however many follow: a reader that has just learnt CURRENT still finds it."""

BACKING_UP: Final = ".backup-"
"""Begins the names of the folders in which backups hold what they are to write."""


def tidy(folder: Path, *, purging: bool = False) -> None:
    """Drops the other snapshots.  With `purging`, after a takedown, also those that were kept for readers, and what a backup holds."""
    current = revisions.current(folder)
    assert current is not None
    recent = 1 if purging else KEPT_SNAPSHOTS
    tags = {current.tag, *(kept.tag for kept in revisions.named(folder)), *(() if purging else _left_lately(folder, current))}
    for path in sorted((folder / SNAPSHOTS).iterdir()):  # a snapshot before its union: see `kg.store.worker.opened`
        tag = path.name.removesuffix(union.SUFFIX)
        young = revisions.is_tag(tag) and current.number - recent < Revision(tag).number < current.number
        if tag not in tags and not young:
            shutil.rmtree(path, ignore_errors=True)
    if purging:
        for held in folder.glob(f"{BACKING_UP}*"):  # what a backup holds, or one that was cut short left
            shutil.rmtree(held, ignore_errors=True)


def _left_lately(folder: Path, current: Revision) -> set[str]:
    """The snapshots that were in force until a moment ago: those before one that has just been made."""
    made = {Revision(path.name): path.stat().st_mtime for path in (folder / SNAPSHOTS).iterdir() if revisions.is_tag(path.name)}
    ordered = sorted((one for one in made if one.number < current.number or one == current), key=lambda one: one.number)
    now = time.time()
    return {one.tag for one, after in pairwise(ordered) if abs(now - made[after]) < KEPT_SECONDS}
