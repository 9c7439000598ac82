"""The embedded store: one Oxigraph folder with one writer, and snapshots that readers open.

    <folder>/VERSION        what wrote the store: its format, the base IRI and the vocabulary's hash
    <folder>/lock           held while writing
    <folder>/graph/         the writer's database
    <folder>/snapshots/N/   what readers see (hard links, made by the engine's backup)
    <folder>/CURRENT        the snapshot in force; it moves last
    <folder>/PENDING        stands while readers do not yet see all that the documents ask for
    <folder>/PURGE          stands beside it while something that was taken down may still be found on the disk; what the log is to say of it
    <folder>/documents/     see `kg.store.documents`
    <folder>/aside/         see `kg.store.aside`

A change is one SPARQL update, which the engine applies wholly or not at all.  Killed anywhere, the next writer finds PENDING and brings the
graph in line with the documents.  What is deleted stays in the engine's files until it happens to compact them; so after a takedown the graph is
copied into a fresh folder, and the old one and all older snapshots are dropped.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, serialize

from kg.errors import StoreBusy, StoreEmpty, StoreVersionError
from kg.store.aside import Aside
from kg.store.documents import Documents
from kg.store.files import write_whole
from kg.store.log import Log

FORMAT: Final = 2
"""The layout above; a store of another layout is rebuilt from its documents."""

FRESH: Final = "graph.fresh"
"""The folder in which a graph is made that is to take the place of the writer's."""

OLD: Final = "graph.old"
"""The folder of a graph whose place another has taken, while it is being dropped."""

KEPT_SNAPSHOTS: Final = 3
"""Snapshots kept, so that a reader that has just learnt CURRENT still finds it."""

Boundary = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Version:
    """What wrote a store."""

    format: int
    base: str
    vocabulary: str
    policy: str

    def differs(self, other: Version) -> str | None:
        """What differs from another version, in words, or None."""
        for name in ("format", "base", "vocabulary", "policy"):
            if getattr(self, name) != getattr(other, name):
                return f"its {name} is {getattr(other, name)!s:.24}, this version's is {getattr(self, name)!s:.24}"
        return None


def read_version(folder: Path) -> Version | None:
    """The version that a store states, or None when there is no store."""
    try:
        return Version(**json.loads((folder / "VERSION").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise StoreVersionError(f"{folder / 'VERSION'} cannot be read ({error}). Run `kg rebuild` to make the graph anew.") from error


def snapshot(folder: Path, base: str | None = None) -> Path:
    """The snapshot in force, for readers of a graph with this base; raises StoreEmpty or StoreVersionError with what to run."""
    try:
        number = (folder / "CURRENT").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise StoreEmpty(f"There is no graph in {folder}. Run `kg add corpus` or `make serve` first.") from None
    version = read_version(folder)
    if version is not None and version.format != FORMAT:
        raise StoreVersionError(f"{folder} has the layout {version.format}, this version reads {FORMAT}. Run `kg rebuild`.")
    if version is not None and base is not None and version.base != base:
        raise StoreVersionError(
            f"{folder} was made with KG_BASE={version.base}, and {base} is asked for. Set KG_BASE, or run `kg rebuild`."
        )
    return folder / "snapshots" / number


class Reader:
    """A snapshot, open for reading."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.read_only(str(folder))


class Writer:
    """The one writer of a store; a context manager that holds the lock.

    `boundary` is called with a name before and after every step that reaches the disk; tests kill the process there.
    """

    def __init__(self, folder: Path, version: Version, *, wait: float = 60.0, boundary: Boundary = lambda _: None) -> None:
        self.folder = folder
        self.version = version
        self.documents = Documents(folder / "documents")
        self.aside = Aside(folder / "aside")
        self.judgements = judgement_log(folder)
        self._wait = wait
        self._boundary = boundary
        self._lock: IO[bytes] | None = None
        self._store: Store | None = None

    def __enter__(self) -> Writer:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = self._locked()
        return self

    def __exit__(self, *_: object) -> None:
        self._store = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _locked(self) -> IO[bytes]:
        """The lock file, held; raises StoreBusy after waiting."""
        file = (self.folder / "lock").open("ab")
        deadline = time.monotonic() + self._wait
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    file.close()
                    raise StoreBusy(
                        f"Another process has been writing to {self.folder} for {self._wait:g} s. Try again when it ends."
                    ) from None
                time.sleep(0.05)
            else:
                return file

    # -- state ---------------------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Raises StoreVersionError when another version wrote the store."""
        found = read_version(self.folder)
        difference = self.version.differs(found) if found else None
        if difference:
            raise StoreVersionError(f"{self.folder} was written by another version: {difference}. Run `kg rebuild`; nothing is lost by it.")

    @property
    def fresh(self) -> bool:
        """Whether the graph has still to be made."""
        return read_version(self.folder) is None

    @property
    def pending(self) -> bool:
        """Whether an earlier run stopped before readers saw all of it."""
        return (self.folder / "PENDING").exists()

    @property
    def purging(self) -> bool:
        """Whether something that was taken down may still be found on the disk."""
        return (self.folder / "PURGE").exists()

    @property
    def purge(self) -> str:
        """What `begin` was told of it; empty when nothing is to be purged, or by a version that did not say it."""
        return (self.folder / "PURGE").read_text(encoding="utf-8") if self.purging else ""

    @property
    def store(self) -> Store:
        """The database, opened at first use."""
        if self._store is None:
            graph, fresh = self.folder / "graph", self.folder / FRESH
            graph.parent.mkdir(parents=True, exist_ok=True)
            if fresh.exists() and not graph.exists():  # killed between the two steps of `renew`
                fresh.rename(graph)
            self._store = Store(str(graph))
        return self._store

    # -- steps ---------------------------------------------------------------------------------------------------------------

    def begin(self, *, purge: str | None = None) -> None:
        """Marks that the graph is about to fall behind the documents; with `purge`, that nothing of what it was may stay on the disk.

        `purge` is the line that the log of corrections is to hold, for whoever finishes what is cut short here.
        """
        if not self.pending:
            self._step("pending", lambda: write_whole(self.folder / "PENDING", b""))
        if purge is not None:
            self._step("purge", lambda: write_whole(self.folder / "PURGE", purge.encode()))

    def initialise(self, quads: Iterable[Quad]) -> None:
        """Makes the graph anew from quads that stand before any article (ontology, authority)."""
        self.begin()
        self._store = None
        (self.folder / "VERSION").unlink(missing_ok=True)
        for name in (FRESH, OLD, "graph"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        self._boundary("graph dropped")
        self.store.bulk_extend(quads)
        self._boundary("vocabulary loaded")
        self._step("version", lambda: write_whole(self.folder / "VERSION", json.dumps(asdict(self.version)).encode()))

    def apply(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Takes quads away and adds others, in one atomic update; what only adds needs no update text and is as atomic."""
        removed, added = list(removed), list(added)
        if not removed:
            if added:
                self._step("update", lambda: self.store.extend(added))
            return
        update = " ;\n".join(f"{verb} DATA {{\n{body}}}" for verb, body in (("DELETE", _data(removed)), ("INSERT", _data(added))) if body)
        if update:
            self._step("update", lambda: self.store.update(update))

    def renew(self) -> None:
        """Copies the graph into a fresh database and drops the old one: what was deleted from it is nowhere in its files any more."""
        graph, fresh, old = (self.folder / name for name in ("graph", FRESH, OLD))
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        copy = Store(str(fresh))
        copy.bulk_extend(self.store)
        copy.flush()
        del copy
        self._boundary("graph copied")
        self._store = None
        graph.rename(old)
        self._boundary("old graph aside")
        fresh.rename(graph)
        self._boundary("graph renewed")
        shutil.rmtree(old)
        self._boundary("old graph dropped")

    def publish(self) -> None:
        """Shows readers the graph as it stands now."""
        current = self.folder / "CURRENT"
        number = int(current.read_text(encoding="ascii")) + 1 if current.exists() else 1
        target = self.folder / "snapshots" / str(number)
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        self.store.flush()
        self._step("snapshot", lambda: self.store.backup(str(target)))
        self._step("current", lambda: write_whole(current, str(number).encode()))
        kept = 1 if self.purging else KEPT_SNAPSHOTS
        for old in target.parent.iterdir():
            if old != target and not (old.name.isdigit() and number - kept < int(old.name) < number):
                shutil.rmtree(old, ignore_errors=True)
        if self.purging:
            self._step("purged", lambda: (self.folder / "PURGE").unlink())
        self._step("done", lambda: (self.folder / "PENDING").unlink(missing_ok=True))

    def _step(self, name: str, act: Callable[[], object]) -> None:
        self._boundary(f"before {name}")
        act()
        self._boundary(f"after {name}")

    # -- reading what is there, for the stages that derive ---------------------------------------------------------------------

    def graph(self, iri: str) -> set[Quad]:
        """The quads of one named graph."""
        return set(self.store.quads_for_pattern(None, None, None, NamedNode(iri)))

    def keep(self, *acts: Callable[[], None]) -> None:
        """Runs changes to the documents, and to what is set aside, between two boundaries."""
        self._step("documents", lambda: [act() for act in acts])


def _data(quads: Iterable[Quad]) -> str:
    """Quads as the body of INSERT DATA or DELETE DATA, graph by graph."""
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        assert not isinstance(quad.graph_name, DefaultGraph), "every quad of ours stands in a named graph"
        graphs.setdefault(str(quad.graph_name), []).append(quad)
    return "".join(
        f"GRAPH {graph} {{\n{serialize((q.triple for q in graphs[graph]), format=RdfFormat.N_TRIPLES).decode()}}}\n"  # type: ignore[union-attr]
        for graph in sorted(graphs)
    )


def sorted_nquads(snapshot_folder: Path, graph: str | None = None) -> list[bytes]:
    """A snapshot, or one graph of it, as sorted N-Quads lines, the form in which two graphs are compared byte for byte."""
    store = Store.read_only(str(snapshot_folder))
    name = NamedNode(graph) if graph else None
    return sorted(line + b"\n" for line in _lines(store.quads_for_pattern(None, None, None, name)))


def _lines(quads: Iterable[Quad]) -> Iterator[bytes]:
    data = serialize(quads, format=RdfFormat.N_QUADS)
    assert data is not None
    yield from data.splitlines()


def unfinished(folder: Path, version: Version) -> bool:
    """Whether a store waits for its writer: a run was cut short, nothing is shown yet, or another version wrote it."""
    found = read_version(folder)
    return (folder / "PENDING").exists() or not (folder / "CURRENT").exists() or found is None or version.differs(found) is not None


def judgement_log(folder: Path) -> Log:
    """The log of the judgements entered and withdrawn, `documents/judgements.jsonl`; it may be read while another process writes."""
    return Log(folder / "documents" / "judgements.jsonl")


def empty(folder: Path) -> bool:
    """Whether no article stands in a store, or there is no store."""
    return not any((folder / "documents" / "articles").glob("*.json"))
