"""A whole store in one file, and a store made from it.

The file is a tar archive.  Its first member tells what it is, which revision it holds, and the SHA-256 of every other member:

    isnad-backup.json       {"format": 1, "revision": "12-5f3a9c1e", "named": […], "members": {"graph.nq.gz": "9f86…", …}}
    VERSION                 what wrote the store: base, vocabulary, policy
    graph.nq.gz, graphs.txt the graph that readers saw, made graphs and users', as N-Quads; the names of its graphs
    documents/…, aside/…    texts, records, logs, and the key by which names that were taken down are recognised
    kept/<name>/…           the same of each revision kept by name

It is made while others read and, but for a moment, write: what belongs together is held by hard links first.  The graph is written out rather
than copied, so that nothing of what was deleted from it is in the file.  Whoever has the file has all that the store keeps.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kg.errors import BadBackup, StoreError
from kg.store import records, revisions, union
from kg.store.embedded import Writer, snapshot
from kg.store.files import write_whole
from kg.store.retention import BACKING_UP
from kg.store.revisions import KEPT, SNAPSHOTS
from kg.store.union import Since
from kg.store.version import Version

FORMAT: Final = 1
CONTENTS: Final = "isnad-backup.json"
_GRAPH: Final = "graph.nq.gz"
_GRAPHS: Final = "graphs.txt"
_BLOCK: Final = 1 << 20


def backup(writer: Writer, file: Path) -> str:
    """Writes the store that a writer is for to a file, and reads it back; gives the tag of its revision.

    The writer must not be entered: it is, for a moment.  Raises StoreError, BadBackup when the file does not read back, OSError.
    """
    with tempfile.TemporaryDirectory(prefix=BACKING_UP, dir=writer.folder) as made:
        held = Path(made)
        with writer:
            tag = snapshot(writer.folder).name
            _hold(writer.folder, held)
        members = dict(_members(held, tag))
        aside = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                _write(out, members, tag, held)
                out.flush()
                os.fsync(out.fileno())
            verified(aside)
            aside.replace(file)
        finally:
            aside.unlink(missing_ok=True)
    return tag


def verified(file: Path) -> dict[str, Any]:
    """The contents of a backup, every member of which is what they say; raises BadBackup."""
    with _opened(file) as archive:
        contents = _contents(file, archive)
        left = dict(contents["members"])
        for member in islice(archive, 1, None):
            wanted = left.pop(member.name, None)
            if wanted is None or not member.isfile():
                raise BadBackup(f"{file} holds {member.name!r}, of which its contents do not tell.")
            if _sha256(archive.extractfile(member)) != wanted:
                raise BadBackup(f"{file} is damaged: {member.name} is not what was written.")
        if left:
            raise BadBackup(f"{file} is cut short: it lacks {min(left)}.")
    return contents


def restore(file: Path, folder: Path) -> str:
    """Makes a store in a folder that is empty, or not there, out of a backup; gives the tag of its revision.

    The folder is there wholly or not at all.  Raises BadBackup, StoreError.
    """
    contents = verified(file)
    if folder.exists() and any(folder.iterdir()):
        raise StoreError(f"{folder} is not empty. Restore into another folder (--store), or move this one away first.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = folder.with_name(f".{folder.name}.{os.getpid()}")
    made.mkdir()
    try:
        with _opened(file) as archive:
            _contents(file, archive)
            for member in islice(archive, 1, None):
                source = archive.extractfile(member)
                assert source is not None
                target = made / _safe(file, member.name)
                target.parent.mkdir(parents=True, exist_ok=True)
                with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, member.mode & 0o666), "wb") as out:
                    shutil.copyfileobj(source, out, _BLOCK)
        _rebuild(made, contents)
        made.replace(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return str(contents["revision"])


# -- what a backup holds -----------------------------------------------------------------------------------------------------------


def _hold(folder: Path, held: Path) -> None:
    """Holds a store as it stands: its snapshots and texts by hard links, its small files as copies."""
    tag = snapshot(folder).name
    for kept in (tag, *{named.tag for named in revisions.named(folder)}):
        if not (held / SNAPSHOTS / kept).exists():
            shutil.copytree(folder / SNAPSHOTS / kept, held / SNAPSHOTS / kept, copy_function=os.link)
    if (folder / "documents" / "objects").exists():
        shutil.copytree(folder / "documents" / "objects", held / "documents" / "objects", copy_function=os.link)
    records.copy(folder, held)
    for named in revisions.named(folder):
        records.copy(folder / KEPT / named.name, held / KEPT / named.name)
        shutil.copy2(folder / KEPT / named.name / "revision.json", held / KEPT / named.name)
    for name in ("VERSION", "PENDING", "PURGE", "documents/salt"):
        if (folder / name).exists():
            (held / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / name, held / name)


def _members(held: Path, tag: str) -> Iterator[tuple[str, Path]]:
    """The names of a backup's members and the files that they are made of; graphs are written out first."""
    _write_graph(held / SNAPSHOTS / tag, held)
    for named in revisions.named(held):
        _write_graph(held / SNAPSHOTS / named.tag, held / KEPT / named.name)
    for path in sorted(held.rglob("*")):
        within = path.relative_to(held)
        if path.is_file() and within.parts[0] != SNAPSHOTS:
            yield within.as_posix(), path


def _write_graph(source: Path, target: Path) -> None:
    store = Store.read_only(str(source))
    with (target / _GRAPH).open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as out:
        store.dump(out, RdfFormat.N_QUADS)  # type: ignore[arg-type]
    names = sorted(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
    (target / _GRAPHS).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def _write(out: IO[bytes], members: dict[str, Path], tag: str, held: Path) -> None:
    hashes = {}
    for name, path in members.items():
        with path.open("rb") as file:
            hashes[name] = _sha256(file)
    named = [asdict(kept) for kept in revisions.named(held)]
    contents = json.dumps({"format": FORMAT, "revision": tag, "named": named, "members": hashes}, indent=1).encode()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(_member(CONTENTS, len(contents), 0o600), io.BytesIO(contents))
        for name, path in members.items():
            with path.open("rb") as file:
                archive.addfile(_member(name, path.stat().st_size, path.stat().st_mode & 0o666), file)


def _member(name: str, size: int, mode: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, mode
    return info


# -- reading one -------------------------------------------------------------------------------------------------------------------


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(file, mode="r:") as archive:
            yield archive
    except (tarfile.TarError, EOFError) as error:
        raise BadBackup(f"{file} is no backup, or is cut short ({error}).") from error


def _contents(file: Path, archive: tarfile.TarFile) -> dict[str, Any]:
    """What a backup says of itself, in its first member."""
    first = archive.next()
    try:
        if first is None or first.name != CONTENTS:
            raise BadBackup(f"{file} is no backup: it does not begin with {CONTENTS}.")
        source = archive.extractfile(first)
        contents: dict[str, Any] = json.loads(source.read() if source else b"")
        if contents["format"] != FORMAT:
            raise BadBackup(f"{file} has the layout {contents['format']}, this version reads {FORMAT}.")
    except (ValueError, KeyError, TypeError) as error:
        raise BadBackup(f"{file} is no backup: its {CONTENTS} cannot be read ({error}).") from error
    return contents


def _safe(file: Path, name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise BadBackup(f"{file} holds {name!r}, which would be written elsewhere.")
    return path


def _sha256(file: IO[bytes] | None) -> str:
    total = hashlib.sha256()
    while file and (block := file.read(_BLOCK)):
        total.update(block)
    return total.hexdigest()


def _rebuild(made: Path, contents: dict[str, Any]) -> None:
    """Makes the databases of a store whose other files stand."""
    version = made / "VERSION"
    stated = Version(**json.loads(version.read_text(encoding="utf-8"))) if version.exists() else None
    _load(made, made / "graph")
    for named in revisions.named(made):
        shown = made / SNAPSHOTS / named.tag
        if not shown.exists():  # several names may keep one revision
            store = _load(made / KEPT / named.name, shown)
            union.make(store, (named.version or {}).get("base", ""), shown, made, Since(whole=False))
    for path in (made, *(made / KEPT).glob("*")):
        for name in (_GRAPH, _GRAPHS):
            (path / name).unlink()
    write_whole(made / "CURRENT", str(contents["revision"]).encode())
    pending = [name for name in ("PENDING", "PURGE") if (made / name).exists()]
    with Writer(made, stated or Version(0, "", "", "")) as writer:
        writer.publish()
    for name in pending:
        write_whole(made / name, b"")


def _load(source: Path, folder: Path) -> Store:
    """Makes a database of a graph that was written out."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    store = Store(str(folder))
    with gzip.open(source / _GRAPH, "rb") as data:  # the engine's own loader would give blank nodes other labels
        store.bulk_extend(parse(data, RdfFormat.N_QUADS))  # type: ignore[arg-type]
    for name in (source / _GRAPHS).read_text(encoding="utf-8").splitlines():
        store.add_graph(NamedNode(name))
    store.flush()
    return store
