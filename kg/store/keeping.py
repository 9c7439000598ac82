"""Revisions kept by name: made, dropped, and restored with the records and logs that went with them.

What the names keep are snapshots, which share their files with the writer's database (hard links), and copies of the small files of the document
store; texts stay where they are.  A takedown rewrites what is kept.
"""

from __future__ import annotations

import json
import shutil

from kg.errors import BadRevision
from kg.store import records, restoring, revisions
from kg.store.embedded import Writer, snapshot
from kg.store.files import write_whole
from kg.store.revisions import KEPT, Named
from kg.store.version import read_version


def keep(writer: Writer, name: str, day: str, note: str | None = None) -> Named:
    """Keeps the revision in force by a name, from a day (ISO 8601) on; raises BadRevision, StoreEmpty."""
    shown = snapshot(writer.folder)
    if writer.pending:
        raise BadRevision("An earlier run was cut short, and readers do not see all of it yet. Run `kg rebuild` first.")
    there = next((kept for kept in revisions.named(writer.folder) if kept.name == revisions.checked(name)), None)
    if there is not None and there.tag == shown.name:
        return there
    if there is not None:
        raise BadRevision(f"{name!r} keeps revision {there.tag} already. Choose another name, or drop it: `kg snapshot --drop {name}`.")
    version = json.loads((writer.folder / "VERSION").read_text(encoding="utf-8")) if read_version(writer.folder) else None
    named = Named(name, shown.name, day, note, version)
    folder = writer.folder / KEPT / name
    aside = folder.with_name(f".{name}")
    shutil.rmtree(aside, ignore_errors=True)
    records.copy(writer.folder, aside)
    write_whole(aside / "revision.json", named.to_json())
    aside.rename(folder)
    return named


def drop(writer: Writer, name: str) -> Named:
    """Lets go of a revision that a name keeps; raises UnknownRevision."""
    named = revisions.find(writer.folder, name)
    gone = writer.folder / KEPT / f".{name}"
    shutil.rmtree(gone, ignore_errors=True)
    (writer.folder / KEPT / name).rename(gone)
    shutil.rmtree(gone)
    writer.tidy()
    return named


def restore(writer: Writer, name: str, day: str) -> Named:
    """Makes a kept revision the present one, as a new revision; gives the name by which what stood until now is kept.

    Articles, judgements, retractions and users' graphs are those of the revision; takedowns stay.  Raises UnknownRevision, BadRevision.
    """
    revisions.find(writer.folder, name)
    before = keep(writer, f"before-{name}"[:40] + f"-{snapshot(writer.folder).name}", day, f"What stood before {name} was restored.")
    restoring.restore(writer, name)
    return before
