"""Revisions: the states of a graph that readers have seen, numbered as they came, and those that are kept by name.

    <folder>/CURRENT                    the tag of the revision in force
    <folder>/snapshots/<tag>/           its database; <tag> is its number and eight hex digits of its own: `12-5f3a9c1e`
    <folder>/snapshots/<tag>.union/     where triples stand in several graphs, the same with their union as a set (`kg.store.union`)
    <folder>/kept/<name>/revision.json  which revision a name keeps, since when, and what wrote it
    <folder>/kept/<name>/documents/     the records and logs that go with it; the texts themselves are in `documents/objects`

Two revisions never have the same tag, also when a store goes on from a copy of itself: a tag may stand for what is answered from it.
"""

from __future__ import annotations

import difflib
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Store

from kg.errors import BadRevision, UnknownRevision
from kg.store import graphs, union
from kg.store.files import write_whole
from kg.store.graphs import Clean

SNAPSHOTS: Final = "snapshots"
KEPT: Final = "kept"

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,63}")
_TAG: Final = re.compile(r"[0-9]+(?:-[0-9a-f]{8})?")


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of the graph; `tag` is the name that headers and entity tags give it."""

    tag: str

    @property
    def number(self) -> int:
        """Its number; a later revision has a higher one.

        >>> Revision("12-5f3a9c1e").number
        12
        """
        return int(self.tag.partition("-")[0])

    def next(self) -> Revision:
        """The revision after it."""
        return Revision(f"{self.number + 1}-{secrets.token_hex(4)}")

    def rewritten(self) -> Revision:
        """The same revision with another content."""
        return Revision(f"{self.number}-{secrets.token_hex(4)}")

    def __str__(self) -> str:
        return self.tag


@dataclass(frozen=True, slots=True)
class Named:
    """A revision that is kept by name: since which day (ISO 8601), with which note, and what wrote it (the store's VERSION, None for none).

    `rewritten` counts the takedowns that have changed it since.
    """

    name: str
    tag: str
    day: str
    note: str | None = None
    version: dict[str, Any] | None = None
    rewritten: int = 0

    def to_json(self) -> bytes:
        """It as UTF-8 JSON."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def current(folder: Path) -> Revision | None:
    """The revision in force, None while there is none."""
    try:
        return Revision((folder / "CURRENT").read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return None


def named(folder: Path) -> Iterator[Named]:
    """The revisions kept by name, in the order of their names."""
    for path in sorted((folder / KEPT).glob("*/revision.json")):
        if not path.parent.name.startswith("."):
            yield Named(**json.loads(path.read_text(encoding="utf-8")))


def find(folder: Path, name: str) -> Named:
    """The revision of this name; raises UnknownRevision with the nearest names."""
    there = {kept.name: kept for kept in named(folder)}
    if name not in there:
        raise UnknownRevision(name, difflib.get_close_matches(name, there) or sorted(there)[:3])
    return there[name]


def revision(folder: Path, name: str) -> Path:
    """The snapshot that a name keeps, or that of a tag which is still there; raises UnknownRevision.

    Its last part is the revision's tag, as that of the snapshot in force is.
    """
    if is_tag(name):
        path = folder / SNAPSHOTS / name
        if path.is_dir():
            return path
        raise UnknownRevision(name, [kept.name for kept in named(folder)][:3])
    return folder / SNAPSHOTS / find(folder, name).tag


def is_tag(name: str) -> bool:
    """Whether a name is that of a revision itself, not one that people gave it."""
    return _TAG.fullmatch(name) is not None


def checked(name: str) -> str:
    """A name that a revision may have; raises BadRevision."""
    if not _NAME.fullmatch(name):
        raise BadRevision(
            f"{name!r} is no name for a revision: write a letter, then up to 63 letters, digits, dots, hyphens or underscores."
        )
    return name


def rewrite(folder: Path, clean: Clean) -> None:
    """Copies every kept revision into a fresh database, cleaned: what was deleted from the graph is nowhere in its files any more.

    Cut short, it is to be done again; the old snapshots are then nobody's and dropped with others.
    """
    for kept in list(named(folder)):
        old = folder / SNAPSHOTS / kept.tag
        new = old.with_name(Revision(kept.tag).rewritten().tag)
        changed: set[str] = set()
        copy = Store(str(new))
        graphs.copy(Store.read_only(str(old)), copy, graphs.noting(clean, changed))
        copy.flush()
        if union.beside(old) is not None:
            union.anew(copy, new)
        del copy
        told = replace(kept, tag=new.name, rewritten=kept.rewritten + bool(changed))
        write_whole(folder / KEPT / kept.name / "revision.json", told.to_json())
