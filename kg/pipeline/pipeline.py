"""The whole way of an article: reading, claims, quads, events, facts, one atomic update; and back again when it is removed.

    sources.read -> extract -> resolve -> quads        what the article says
    validate                                            what of it fits the shapes; the rest is set aside
    fuse -> facts                                       what derives from it, for the units that it touches
    store: documents first, then one update, then the snapshot that readers see

Everything that an article changes is computed before the first write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pyoxigraph import Quad

import ontology
from kg import facts, judgements, quads, sources, validate
from kg.authority import Authority, authority
from kg.background import authority_quads, dataset_quads, ontology_quads, vocabulary_files
from kg.errors import SourceError, StoreError, UnknownArticle
from kg.extract import EXTRACTORS, Extractor
from kg.ids import Ids
from kg.model import Document, Judgement, Raw, Reading
from kg.pipeline.changes import UNJUDGED, Change, Changes
from kg.pipeline.judging import Judged, Judging
from kg.pipeline.sifting import sift
from kg.resolve import settle, sourced
from kg.settings import Settings
from kg.store.aside import Reason
from kg.store.documents import Record
from kg.store.embedded import FORMAT, Boundary, Reader, Version, Writer, judgement_log, snapshot
from kg.terms import Vocabulary, vocabulary

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file or article; `state` is added, updated, unchanged, rebuilt, removed or refused, `aside` why claims were set aside."""

    name: str
    state: str
    article: str | None = None
    reason: str | None = None
    claims: int = 0
    events: int = 0
    reading: Reading | None = None
    notes: tuple[str, ...] = ()
    aside: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Article:
    """An article ready to be written: its id's last part, raw file, document, sound reading and the quads of its graph; and what is set aside."""

    name: str
    raw: Raw
    document: Document
    reading: Reading
    quads: frozenset[Quad]
    reasons: tuple[Reason, ...] = ()
    aside: frozenset[Quad] = frozenset()


class Pipeline:
    """Reads, adds, removes and rebuilds in the store that the settings name."""

    def __init__(self, settings: Settings, extractor: str = "rules", *, wait: float = 60.0, boundary: Boundary = lambda _: None) -> None:
        self.settings = settings
        self.ids = Ids(settings.base)
        self.words: Vocabulary = vocabulary(settings.base)
        self.known: Authority = authority(settings.base)
        self.policy = facts.POLICIES[settings.policy]
        self.changes = Changes(self.ids, self.words, self.known, self.policy)
        self.judging = Judging(self.ids, self.words, self.known, self.changes, self._apply)
        self.judged = UNJUDGED
        self.extractor: Extractor = EXTRACTORS[extractor](settings)
        self._wait = wait
        self._boundary = boundary

    def writer(self) -> Writer:
        """The store's writer, to be entered."""
        return Writer(self.settings.folder, version(self.settings.base, str(self.policy)), wait=self._wait, boundary=self._boundary)

    # -- reading ------------------------------------------------------------------------------------------------------------

    def read(self, raw: Raw) -> _Article:
        """What one file says, ready to be written; raises SourceError."""
        return self._say(raw, sources.read(raw))

    def _say(self, raw: Raw, document: Document) -> _Article:
        iri = self._iri(document)
        source, outlets = sourced(document, iri, self.ids, self.known)
        reading = settle(self.extractor.extract(document), iri, self.ids, self.words, self.known, outlets)

        def write(said: Reading) -> frozenset[Quad]:
            return frozenset(quads.article(document, said, source, self.extractor.name, self.ids, self.words))

        try:
            sound = sift(document, reading, source, write, validate.shapes(self.settings.base))
        except ValueError as error:  # an address that is no IRI, half a character: what RDF cannot hold
            raise SourceError(
                raw.name, f"it cannot be written as RDF: {error}. Mend its address or title, or give them in a metadata.yaml."
            ) from error
        return _Article(iri.rsplit("/", 1)[-1], raw, document, sound.reading, sound.quads, sound.reasons, sound.aside)

    def _iri(self, document: Document) -> str:
        return self.ids.article(document.url, document.text_sha256)

    # -- adding -------------------------------------------------------------------------------------------------------------

    def add(self, files: Iterable[Raw | SourceError], *, force: bool = False, progress: Progress = lambda *_: None) -> list[Outcome]:
        """Adds files as one batch, in the order of their article ids, and shows readers the outcome.

        A file that cannot be read is an outcome with its reason; the rest goes on.
        """
        outcomes: list[Outcome] = []
        chosen: dict[str, tuple[Raw, Document]] = {}
        for number, file in enumerate(files):
            progress("reading", number, 0)
            try:
                raw, document = self._taken(file)
            except SourceError as error:
                outcomes.append(Outcome(error.name, "refused", reason=error.reason))
                continue
            name = self._iri(document).rsplit("/", 1)[-1]
            twin = chosen.get(name)
            first, second = sorted([twin[0], raw], key=lambda r: (r.name, r.data)) if twin else (raw, None)
            if second:
                outcomes.append(Outcome(second.name, "refused", name, f"the same article as {first.name}, which was taken"))
            chosen[name] = (raw, document) if first is raw else chosen[name]
        with self.writer() as writer:
            outcomes.extend(o for o in self._ready(writer) if o.state == "refused")
            for number, name in enumerate(sorted(chosen)):
                progress("writing", number, len(chosen))
                outcomes.append(self._put_or_refuse(writer, name, *chosen[name], force))
            self._show(writer)
        return outcomes

    def _taken(self, file: Raw | SourceError) -> tuple[Raw, Document]:
        """One file of a batch, read; raises SourceError."""
        if isinstance(file, SourceError):
            raise file
        return file, sources.read(file)

    def _put_or_refuse(self, writer: Writer, name: str, raw: Raw, document: Document, force: bool) -> Outcome:
        """Writes one article, unless it stands in the store as it is or cannot be written as RDF."""
        old = writer.documents.find(name)
        if old and not force and (old.raw_sha256, old.metadata, old.extractor) == (document.raw_sha256, raw.metadata, self.extractor.name):
            return Outcome(raw.name, "unchanged", name, notes=document.notes, aside=writer.aside.reasons(name))
        try:
            article = self._say(raw, document)
        except SourceError as error:
            return Outcome(error.name, "refused", reason=error.reason)
        return self._put(writer, article)

    def _put(self, writer: Writer, article: _Article) -> Outcome:
        """Writes one article, unless it stands there already as it would be written."""
        old = writer.documents.find(article.name)
        change = self.changes.of_article(writer, article.name, article.quads, self.judged)
        record = writer.documents.keep(article.name, article.raw, article.document, self.extractor.name)
        reading = article.reading
        state = "updated" if old else "added"
        if old == record and not (change.removed or change.added):
            state = "unchanged"
            self._set_aside(writer, article)
        else:
            writer.begin()
            writer.keep(lambda: self._set_aside(writer, article), lambda: writer.documents.commit(record))
            self._apply(writer, change)
        notes = article.document.notes
        return Outcome(
            article.raw.name, state, article.name, None, len(reading.claims), len(reading.reports), reading, notes, article.reasons
        )

    def _set_aside(self, writer: Writer, article: _Article) -> None:
        """Keeps what of an article was not let in; nothing stays of what was set aside before and is well now."""
        writer.aside.keep(article.name, article.aside, article.reasons)

    def remove(self, name: str) -> Outcome:
        """Takes an article away, with all that only it supported; `name` is its id, its URL or its file's name."""
        with self.writer() as writer:
            self._ready(writer)
            record = self._find(writer, name)
            change = self.changes.of_article(writer, record.article, frozenset(), self.judged)
            writer.begin()
            writer.keep(lambda: writer.aside.forget(record.article), lambda: writer.documents.forget(record.article))
            self._apply(writer, change)
            self._show(writer)
        return Outcome(record.name, "removed", record.article)

    def _find(self, writer: Writer, name: str) -> Record:
        """The one record that a name means; raises UnknownArticle when none or several do."""
        records = list(writer.documents)
        exact = [r for r in records if name in (r.article, self.ids.thing("article", r.article), r.name, r.metadata.url)]
        found = exact or [r for r in records if Path(r.name).name == name]
        if len(found) == 1:
            return found[0]
        near = found or [r for r in records if r.article[:4] == name[:4]] or records[:3]
        raise UnknownArticle(name, [f"{r.article} ({r.name})" for r in near])

    def rebuild(self, progress: Progress = lambda *_: None) -> list[Outcome]:
        """Makes the graph anew from the documents and the judgements alone."""
        with self.writer() as writer:
            self._initialise(writer)
            outcomes = self._catch_up(writer, progress)
            self._show(writer)
        return outcomes

    # -- judging ------------------------------------------------------------------------------------------------------------

    def judge(
        self, verdict: str, things: Sequence[str], *, by: str, on: date, reason: str | None = None, article: str | None = None
    ) -> Judged:
        """Enters a person's judgement (a concept of the scheme judgement) on things, named by their ids or the beginnings of them.

        Of a name, the things are the candidate and the known thing.  With `article` (its id, URL or file's name) a split is of one event, and takes
        all tellings of that article out.  Raises UnknownThing, UnknownArticle or BadJudgement.
        """
        with self.writer() as writer:
            self._ready(writer)
            whose = self.ids.thing("article", self._find(writer, article).article) if article else None
            made = self.judging.made(writer, verdict, things, by, on, reason, whose)
            (judged,) = self._enter(writer, [made])
            self._show(writer)
        return judged

    def enter(self, made: Iterable[Judgement]) -> list[Judged]:
        """Enters judgements as they were made elsewhere, in this order, as one; those in force already change nothing."""
        with self.writer() as writer:
            self._ready(writer)
            outcomes = self._enter(writer, list(made))
            self._show(writer)
        return outcomes

    def _enter(self, writer: Writer, made: Sequence[Judgement]) -> list[Judged]:
        standing = {known.id for known in judgements.standing(self.judging.entries(writer.judgements))}
        new = {known.id: known for known in made if known.id not in standing}
        self.judged = self.judging.write(writer, list(new.values()))
        return self.judging.judged(writer, made, new)

    def withdraw(self, name: str, *, by: str, on: date, reason: str | None = None) -> Judged:
        """Takes a judgement back, and all that came of it; raises UnknownThing when none of that id is in force."""
        with self.writer() as writer:
            self._ready(writer)
            standing = {known.id: known for known in judgements.standing(self.judging.entries(writer.judgements))}
            found = self.judging.chosen(writer, name, standing)
            self.judged = self.judging.write(writer, [judgements.withdrawal(found, by, on, reason)])
            self._show(writer)
        return Judged(standing[found], "withdrawn", "")

    def judgements(self) -> list[Judged]:
        """The judgements in force, in order of entry, with their effects in the graph that readers see."""
        log = judgement_log(self.settings.folder)
        return self.judging.listed(Reader(snapshot(self.settings.folder, self.settings.base)), self.judging.entries(log))

    # -- keeping graph and documents together ---------------------------------------------------------------------------------

    def _ready(self, writer: Writer) -> list[Outcome]:
        """A store that can be written to: made when it is fresh, brought in line when an earlier run was cut short."""
        if writer.fresh:
            self._initialise(writer)
            return self._catch_up(writer)
        writer.check()
        if writer.pending:
            return self._catch_up(writer)
        self.judged = self.judging.in_force(writer)
        return []

    def _initialise(self, writer: Writer) -> None:
        self.judged = UNJUDGED
        authority_graph = frozenset(authority_quads(self.ids))
        derived = self.changes.of_background(authority_graph)
        writer.initialise([*ontology_quads(self.ids), *self._dataset(), *authority_graph, *derived.added])

    def _dataset(self) -> Iterator[Quad]:
        return dataset_quads(self.ids, sorted(make(self.settings).name for make in EXTRACTORS.values()), str(self.policy))

    def _catch_up(self, writer: Writer, progress: Progress = lambda *_: None) -> list[Outcome]:
        """Brings the graph in line with judgements and documents; an article that can no longer be read is an outcome, and the rest goes on."""
        self.judged = self.judging.catch_up(writer)
        records = list(writer.documents)
        wanted = {record.article for record in records}
        start = self.ids.graph("article/")
        standing = {str(g.value).removeprefix(start) for g in writer.store.named_graphs() if str(g.value).startswith(start)}
        outcomes = []
        for name in sorted(standing - wanted):
            change = self.changes.of_article(writer, name, frozenset(), self.judged)
            self._apply(writer, change)
        for name in set(writer.aside) - wanted:
            writer.aside.forget(name)
        for number, record in enumerate(records):
            progress("reading", number, len(records))
            try:
                article = self.read(writer.documents.raw(record))
            except (SourceError, StoreError) as error:
                outcomes.append(Outcome(record.name, "refused", record.article, str(error)))
                continue
            change = self.changes.of_article(writer, record.article, article.quads, self.judged)
            self._set_aside(writer, article)
            self._apply(writer, change)
            if record.extractor != self.extractor.name:
                writer.documents.commit(replace(record, extractor=self.extractor.name))
            claims, events = len(article.reading.claims), len(article.reading.reports)
            outcomes.append(Outcome(record.name, "rebuilt", record.article, None, claims, events, aside=article.reasons))
        return outcomes

    def _apply(self, writer: Writer, change: Change) -> None:
        """Writes a change: first what the ledger is to keep of it, then the graph in one update."""
        if change.entries:
            writer.keep(lambda: writer.documents.ledger.enter(change.entries))
        writer.apply(change.removed, change.added)

    def _show(self, writer: Writer) -> None:
        """Lets readers see what was written, if anything was."""
        if writer.pending:
            writer.publish()


def version(base: str, policy: str = str(facts.ATTRIBUTED)) -> Version:
    """What this version writes: the layout, the base IRI, the facts policy, and a hash of ontology, authority, gazetteer and shapes."""
    total = hashlib.sha256()
    for file in (*vocabulary_files(), *ontology.shape_files()):
        total.update(file.name.encode() + b"\0" + file.read_bytes())
    return Version(FORMAT, base, total.hexdigest()[:16], policy)
