"""A kept revision made the present one: written down first, so that whoever opens the store next finishes what was cut short."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Store

from kg.store import graphs, records, revisions
from kg.store.files import write_whole
from kg.store.revisions import KEPT, SNAPSHOTS

if TYPE_CHECKING:
    from kg.store.embedded import Writer

RESTORING: Final = "RESTORING"
"""The file that names the kept revision which is being restored."""


def restore(writer: Writer, name: str) -> None:
    """Makes the revision that a name keeps the present one, with its records and logs; the takedowns made since stay.  Raises UnknownRevision."""
    revisions.find(writer.folder, name)
    writer.step("restoring", lambda: write_whole(writer.folder / RESTORING, name.encode()))
    finish(writer)


def cut_short(folder: Path) -> bool:
    """Whether a restoring has still to be finished."""
    return (folder / RESTORING).exists()


def finish(writer: Writer) -> None:
    """Carries out the restoring that is written down; done again, it comes to the same."""
    folder = writer.folder
    note = folder / RESTORING
    named = revisions.find(folder, note.read_text(encoding="utf-8"))
    writer.begin()
    writer.keep(lambda: records.put(folder / KEPT / named.name, folder))
    writer.remake(partial(graphs.copy, Store.read_only(str(folder / SNAPSHOTS / named.tag))))
    if named.version is None:
        (folder / "VERSION").unlink(missing_ok=True)
    else:
        write_whole(folder / "VERSION", json.dumps(named.version).encode())
    writer.publish()
    writer.step("restored", note.unlink)
