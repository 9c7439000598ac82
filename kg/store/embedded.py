"""The embedded store: one Oxigraph folder with one writer, and snapshots that readers open.

    <folder>/VERSION        what wrote the store, see `kg.store.version`
    <folder>/lock           held while writing
    <folder>/graph/         the writer's database: the graphs that are made, and those of users (`kg.store.graphs`)
    <folder>/snapshots/     what readers see (hard links, made by the engine's backup), see `kg.store.revisions`
    <folder>/CURRENT        the snapshot in force; it moves last
    <folder>/SHOWN          the snapshot that the writer's database equals; gone while it is ahead
    <folder>/PENDING        stands while readers do not yet see all that the documents ask for
    <folder>/PURGE          stands beside it while something that was taken down may still be found on the disk; what the log is to say of it
    <folder>/RESTORING      names the kept revision that is being restored, see `kg.store.restoring`
    <folder>/documents/     see `kg.store.documents`
    <folder>/aside/         see `kg.store.aside`
    <folder>/kept/          revisions kept by name, see `kg.store.revisions`

A change is one SPARQL update, which the engine applies wholly or not at all.  Killed anywhere, the next writer finds PENDING and brings the
graph in line with the documents.  A graph that is made anew keeps what users wrote (`kg.store.remaking`).  What is deleted
stays in the engine's files until it happens to compact them; so after a takedown the graph is copied into a fresh folder, kept revisions are
copied likewise, and the old ones and all other snapshots are dropped.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from kg.errors import StoreBusy, StoreEmpty, StoreError, StoreVersionError
from kg.store import graphs, remaking, restoring, retention, revisions, union
from kg.store.aside import Aside
from kg.store.documents import Documents
from kg.store.files import write_whole
from kg.store.graphs import Chosen, Clean, Made, is_made
from kg.store.log import Log
from kg.store.revisions import SNAPSHOTS, Revision
from kg.store.version import FORMAT, Version, read_version

Boundary = Callable[[str], None]


def snapshot(folder: Path, base: str | None = None) -> Path:
    """The snapshot in force, for readers of a graph with this base; raises StoreEmpty or StoreVersionError with what to run."""
    current = revisions.current(folder)
    if current is None:
        raise StoreEmpty(f"There is no graph in {folder}. Run `kg add corpus` or `make serve` first.")
    version = read_version(folder)
    if version is not None and version.format != FORMAT:
        raise StoreVersionError(f"{folder} has the layout {version.format}, this version reads {FORMAT}. Run `kg rebuild`.")
    if version is not None and base is not None and version.base != base:
        raise StoreVersionError(
            f"{folder} was made with KG_BASE={version.base}, and {base} is asked for. Set KG_BASE, or run `kg rebuild`."
        )
    return folder / SNAPSHOTS / current.tag


class Reader:
    """The made graphs of a snapshot, open for reading."""

    def __init__(self, folder: Path, base: str) -> None:
        self.store = Made(Store.read_only(str(folder)), base)


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
        self._database: Store | None = None
        self._since: union.Since | None = None

    def __enter__(self) -> Writer:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = self._locked()
        if restoring.cut_short(self.folder):
            restoring.finish(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._database = None
        self._since = None
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
    def database(self) -> Store:
        """The whole database, users' graphs with the made ones; opened at first use."""
        if self._database is None:
            remaking.settle(self.folder)
            self._database = Store(str(self.folder / remaking.GRAPH))
        return self._database

    @property
    def store(self) -> Made:
        """The made graphs of the database."""
        return Made(self.database, self.version.base)

    # -- steps ---------------------------------------------------------------------------------------------------------------

    def begin(self, *, purge: str | None = None) -> None:
        """Marks that the graph is about to fall behind the documents; with `purge`, that nothing of what it was may stay on the disk.

        `purge` is the line that the log of corrections is to hold, for whoever finishes what is cut short here.
        """
        if not self.pending:
            self.step("pending", lambda: write_whole(self.folder / "PENDING", b""))
        if purge is not None:
            self.step("purge", lambda: write_whole(self.folder / "PURGE", purge.encode()))

    def initialise(self, quads: Iterable[Quad], clean: Clean = lambda quad: quad) -> None:
        """Makes the graph anew from quads that stand before any article (ontology, authority), with users' own graphs, cleaned."""

        def fill(fresh: Store) -> None:
            fresh.bulk_extend(quads)
            self._boundary("vocabulary loaded")
            self._keep_users(fresh, clean)

        self.begin()
        self.remake(fill)
        self.step("version", lambda: self.version.write(self.folder))

    def remake(self, fill: Callable[[Store], None]) -> None:
        """Makes a fresh database, filled, that takes the place of the one that stands."""
        self.changing().lose_count()
        remaking.make(self.folder, fill)
        self._boundary("graph copied")
        self._database = None
        remaking.put_in_place(self.folder, self._boundary)

    def apply(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Takes quads away and adds others, in one atomic update; what only adds needs no update text and is as atomic."""
        removed, added = list(removed), list(added)
        if removed or added:
            self.changing().note([*removed, *added])
        if not removed:
            if added:
                self.step("update", lambda: self.database.extend(added))
            return
        update = " ;\n".join(f"{verb} DATA {{\n{body}}}" for verb, body in (("DELETE", _data(removed)), ("INSERT", _data(added))) if body)
        if update:
            self.step("update", lambda: self.database.update(update))

    def changing(self) -> union.Since:
        """To be called before the database changes: what has changed since readers saw it, to be told of the change."""
        if self._since is None:
            shown = self.folder / "SHOWN"
            equal = shown.exists() and shown.read_text(encoding="ascii") == str(revisions.current(self.folder))
            self._since = union.Since(whole=equal)
            shown.unlink(missing_ok=True)
        return self._since

    def settled(self) -> Revision | None:
        """The revision in force, if readers see in it all that the database holds; to be called where nothing has changed."""
        since, current = self._since, revisions.current(self.folder)
        if since is None or current is None or not since.whole:
            return None
        self._since = None
        self.step("shown", lambda: write_whole(self.folder / "SHOWN", current.tag.encode()))
        return current

    def renew(self, clean: Clean = lambda quad: quad) -> set[str]:
        """Copies the graph, and every kept revision, into a fresh database, cleaned, and drops the old one; gives the graphs that were cleaned.

        What was deleted from them is nowhere in their files any more.
        """
        touched: set[str] = set()
        self.remake(lambda fresh: graphs.copy(self.database, fresh, graphs.noting(clean, touched)))
        self.step("kept revisions", lambda: revisions.rewrite(self.folder, clean))
        return touched

    def _keep_users(self, fresh: Store, clean: Clean) -> None:
        """Copies what users wrote; where the database cannot be read, out of the snapshot in force."""
        if not (self.folder / remaking.GRAPH).exists():
            return
        try:
            found = read_version(self.folder)
        except StoreVersionError:
            found = None
        bases = {self.version.base, *([found.base] if found else [])}
        try:
            source = self.database
        except (OSError, RuntimeError):  # the engine raises either for a damaged database
            source = self._shown()
        graphs.copy(source, fresh, clean, lambda graph: not any(is_made(graph, base) for base in bases))

    def _shown(self) -> Store:
        try:
            return Store.read_only(str(snapshot(self.folder)))
        except (OSError, RuntimeError, StoreError) as error:
            raise StoreError(
                f"{self.folder / remaking.GRAPH} cannot be read, and no snapshot of it ({error}), so that what users wrote would be lost. "
                "Restore a backup; or delete the folder `graph`, and run `kg rebuild` to go on without users' graphs."
            ) from error

    def publish(self) -> Revision:
        """Shows readers the graph as it stands now, as a new revision."""
        before = revisions.current(self.folder)
        new = before.next() if before else Revision("0").next()
        target = self.folder / SNAPSHOTS / new.tag
        target.parent.mkdir(parents=True, exist_ok=True)
        since = self.changing()
        self.database.flush()
        self.step("snapshot", lambda: self.database.backup(str(target)))
        shown = self.folder / SNAPSHOTS / str(before)
        self.step("union", lambda: union.make(self.database, self.version.base, target, shown, since))
        self.step("current", lambda: write_whole(self.folder / "CURRENT", new.tag.encode()))
        self._since = None
        self.step("shown", lambda: write_whole(self.folder / "SHOWN", new.tag.encode()))
        self.tidy()
        if self.purging:
            self.step("purged", lambda: (self.folder / "PURGE").unlink())
        self.step("done", lambda: (self.folder / "PENDING").unlink(missing_ok=True))
        return new

    def tidy(self) -> None:
        """Drops the snapshots that need not be kept."""
        retention.tidy(self.folder, purging=self.purging)

    def step(self, name: str, act: Callable[[], object]) -> None:
        """Does what reaches the disk, between two boundaries."""
        self._boundary(f"before {name}")
        act()
        self._boundary(f"after {name}")

    # -- reading what is there, for the stages that derive ---------------------------------------------------------------------

    def graph(self, iri: str) -> set[Quad]:
        """The quads of one named graph."""
        return set(self.store.quads_for_pattern(None, None, None, NamedNode(iri)))

    def keep(self, *acts: Callable[[], None]) -> None:
        """Runs changes to the documents, and to what is set aside, between two boundaries."""
        self.step("documents", lambda: [act() for act in acts])


def _data(quads: Iterable[Quad]) -> str:
    """Quads of named graphs as the body of INSERT DATA or DELETE DATA, graph by graph."""
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(str(quad.graph_name), []).append(quad)
    return "".join(
        f"GRAPH {graph} {{\n{serialize((q.triple for q in graphs[graph]), format=RdfFormat.N_TRIPLES).decode()}}}\n"  # type: ignore[union-attr]
        for graph in sorted(graphs)
    )


def sorted_nquads(snapshot_folder: Path, graph: str | None = None, chosen: Chosen | None = None) -> list[bytes]:
    """A snapshot, one graph of it or those chosen, as sorted N-Quads lines, the form in which two graphs are compared byte for byte."""
    store = Store.read_only(str(snapshot_folder))
    quads: Iterable[Quad] = store.quads_for_pattern(None, None, None, NamedNode(graph) if graph else None)
    if chosen is not None:
        quads = (quad for quad in quads if chosen(quad.graph_name))
    return sorted(line + b"\n" for line in _lines(quads))


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
