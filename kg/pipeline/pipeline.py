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
from kg import corrections, facts, judgements, quads, sources, validate
from kg.authority import Authority, authority
from kg.background import authority_quads, dataset_quads, ontology_quads, vocabulary_files
from kg.corrections import Redaction, Retraction, Takedown
from kg.errors import BadCorrection, SourceError, StoreError, UnknownArticle
from kg.extract import EXTRACTORS, Extractor
from kg.ids import Ids
from kg.model import Document, InForce, Judgement, Raw, Reading
from kg.pipeline import corrections as applied
from kg.pipeline.changes import UNJUDGED, Change, Changes
from kg.pipeline.judging import Judged, Judging
from kg.pipeline.sifting import sift
from kg.resolve import settle, sourced
from kg.settings import Settings
from kg.store.aside import Reason
from kg.store.documents import Record
from kg.store.embedded import FORMAT, Boundary, Reader, Version, Writer, judgement_log, snapshot
from kg.terms import Vocabulary, vocabulary
from kg.triples import text

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file or article; `aside` says why claims were set aside.

    `state` is added, updated, unchanged, rebuilt, removed, refused, retracted, restored or redacted.
    """

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
        self.policy = facts.policy(settings.policy)
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
        document = sources.read(raw)
        return self._say(raw, document, self._iri(document))

    def _say(self, raw: Raw, document: Document, iri: str) -> _Article:
        """What a document says as the article of this IRI, which it keeps when its address or text is redacted."""
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

    def _quads(self, raw: Raw, iri: str) -> frozenset[Quad]:
        """What one file says as the article of an IRI."""
        return self._say(raw, sources.read(raw), iri).quads

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
        """Writes one article, without the names that were taken down, unless it stands in the store as it is or cannot be written as RDF."""
        try:
            raw, document, met = applied.admitted(writer, name, raw, document)
        except SourceError as error:
            return Outcome(error.name, "refused", name, f"without the names that were taken down, it {error.reason}")
        old = writer.documents.find(name)
        if old and not force and (old.raw_sha256, old.metadata, old.extractor) == (document.raw_sha256, raw.metadata, self.extractor.name):
            return Outcome(raw.name, "unchanged", name, notes=document.notes, aside=writer.aside.reasons(name))
        try:
            article = self._say(raw, document, self.ids.thing("article", name))
        except SourceError as error:
            return Outcome(error.name, "refused", reason=error.reason)
        return self._put(writer, article, met)

    def _put(self, writer: Writer, article: _Article, met: list[Redaction]) -> Outcome:
        """Writes one article, unless it stands there already as it would be written; `met` are the takedowns that it is the first to meet."""
        old = writer.documents.find(article.name)
        record = writer.documents.keep(article.name, article.raw, article.document, self.extractor.name)
        entries = applied.load(writer).and_(met)
        change = applied.both(
            self._change(writer, article.name, article.quads, record), applied.tombstones(writer, entries, self.ids, self.words)
        )
        reading = article.reading
        state = "updated" if old else "added"
        if old == record and not (change.removed or change.added):
            state = "unchanged"
            self._set_aside(writer, article)
        else:
            writer.begin()
            if met:
                writer.keep(lambda: writer.documents.corrections.append([corrections.to_line(entry) for entry in met]))
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
            change = self._change(writer, record.article, frozenset(), None)
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

    def _change(self, writer: Writer, name: str, made: frozenset[Quad], record: Record | None) -> Change:
        """All that changes when an article's text in force makes these quads: its graph, what derives from it, that of its earlier versions."""
        iri = self.ids.thing("article", name)
        wanted = applied.article_graph(writer, iri, made, self.ids, self.words) if record else frozenset()
        return applied.both(
            self.changes.of_article(writer, name, wanted, self.judged),
            applied.superseded(writer, iri, record, wanted, self._quads, self.ids, self.words),
        )

    # -- correcting -----------------------------------------------------------------------------------------------------------

    def retract(self, name: str, by: str, day: str, reason: str | None = None, *, undo: bool = False) -> Outcome:
        """Records that an outlet withdrew an article, or with `undo` that this no longer holds; `day` is ISO 8601.

        Its claims get the status retracted and nothing rests on them any more, however often it is read.
        """
        with self.writer() as writer:
            self._ready(writer)
            record = self._find(writer, name)
            standing = applied.load(writer).retraction(record.article)
            if undo and standing is None:
                raise BadCorrection(f"{record.article} ({record.name}) is not retracted.")
            if standing and not undo:
                raise BadCorrection(f"{record.article} ({record.name}) has been retracted already, on {standing.day} by {standing.by}.")
            entry = Retraction(record.article, *applied.clean(writer, by, day, reason), undone=undo)
            iri = self.ids.thing("article", record.article)
            graph = frozenset(writer.graph(self.ids.article_graph(iri)))
            wanted = corrections.retracted(iri, graph, None if undo else entry, self.ids, self.words)
            change = self.changes.of_article(writer, record.article, wanted, self.judged)
            writer.begin()
            writer.keep(lambda: writer.documents.corrections.append([corrections.to_line(entry)]))
            self._apply(writer, change)
            self._show(writer)
        return Outcome(record.name, "restored" if undo else "retracted", record.article)

    def takedown(self, name: str, by: str, day: str, articles: Iterable[str] = ()) -> list[Outcome]:
        """Takes a name out of everything that the store keeps, for good; `articles`, where there are any, confine it to these.

        The name is not kept: a keyed hash of it is, by which it is recognised when it comes in again.  Made again, a takedown is no second one
        but looks everywhere once more.  Raises BadCorrection for what is no
        name, and for a name of the known things that are shipped.
        """
        matcher = applied.matcher(name, self.known)
        with self.writer() as writer:
            self._ready(writer)
            only = tuple(sorted({self._find(writer, article).article for article in articles}))
            said = (corrections.redacted(by, matcher), day)
            digest = corrections.key(corrections.letters(name), applied.salt(writer, applied.load(writer))).hex()
            entry = Takedown(digest, corrections.length(name), *said, only=only)
            entry = replace(entry, touched=tuple(applied.bearing(writer, entry, matcher)))
            standing = applied.load(writer).takedowns
            made = next((n for n, t in enumerate(standing, 1) if (t.digest, t.only) == (entry.digest, entry.only)), None)
            writer.begin(purge=True)
            if made is None:
                writer.keep(lambda: writer.documents.corrections.append([corrections.to_line(entry)]))
            outcomes = self._take_down(writer, applied.Rule(made or len(standing) + 1, entry, matcher))
            self._show(writer)
        return outcomes

    def _take_down(self, writer: Writer, rule: applied.Rule) -> list[Outcome]:
        """Brings documents and graph in line with a takedown, and the graph into a fresh database."""
        changed = self._redact(writer, [rule])
        self.judged = self.judging.restate(writer)
        outcomes = [self._again(writer, record) for record in writer.documents if record.article in changed]
        stones = applied.tombstones(writer, applied.load(writer), self.ids, self.words)
        writer.apply(stones.removed, stones.added)
        return [*outcomes, *self._renew(writer, [rule])]

    def _redact(self, writer: Writer, following: Sequence[applied.Rule]) -> list[str]:
        """Takes names out of all that is kept beside the graph; gives the articles that changed."""
        self.judging.rewrite(writer, applied.words_without(following), applied.path_without(following))
        return applied.redact(writer, following)

    def _renew(self, writer: Writer, following: Sequence[applied.Rule]) -> list[Outcome]:
        """Puts a fresh database in the graph's place, without what quads still show a name that no article brought."""
        left = list(applied.showing(writer, following, self.ids))
        writer.apply(left, ())
        writer.renew()
        return [Outcome(graph, "redacted") for graph in sorted({text(quad.graph_name) for quad in left})]

    def _again(self, writer: Writer, record: Record) -> Outcome:
        """An article read again from what is kept of it."""
        try:
            article = self._say(raw := writer.documents.raw(record), sources.read(raw), self.ids.thing("article", record.article))
        except SourceError as error:
            change = self._change(writer, record.article, frozenset(), None)
            self._apply(writer, change)
            return Outcome(record.name, "refused", record.article, str(error))
        change = self._change(writer, record.article, article.quads, record)
        self._set_aside(writer, article)
        self._apply(writer, change)
        claims, events = len(article.reading.claims), len(article.reading.reports)
        return Outcome(record.name, "redacted", record.article, None, claims, events, aside=article.reasons)

    def rebuild(self, progress: Progress = lambda *_: None) -> list[Outcome]:
        """Makes the graph anew from the documents and the judgements alone."""
        with self.writer() as writer:
            if writer.purging:
                self._redact(writer, applied.rules(writer))
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

    def in_force(self) -> InForce:
        """What people's judgements come to by the store's log."""
        return judgements.in_force(judgements.standing(self.judging.entries(judgement_log(self.settings.folder))))

    def judgements(self) -> list[Judged]:
        """The judgements in force, in order of entry, with their effects in the graph that readers see."""
        log = judgement_log(self.settings.folder)
        return self.judging.listed(Reader(snapshot(self.settings.folder, self.settings.base)), self.judging.entries(log))

    # -- keeping graph and documents together ---------------------------------------------------------------------------------

    def _ready(self, writer: Writer) -> list[Outcome]:
        """A store that can be written to: made when it is fresh, brought in line when an earlier run was cut short."""
        following = applied.rules(writer) if writer.purging else []
        if following:
            self._redact(writer, following)
        if writer.fresh:
            self._initialise(writer)
            return self._catch_up(writer)
        writer.check()
        outcomes = self._catch_up(writer) if writer.pending else []
        self.judged = self.judging.in_force(writer)
        if writer.purging:
            outcomes += self._renew(writer, following)
        return outcomes

    def _initialise(self, writer: Writer) -> None:
        self.judged = UNJUDGED
        authority_graph = frozenset(authority_quads(self.ids))
        derived = self.changes.of_background(authority_graph)
        writer.initialise([*ontology_quads(self.ids), *self._dataset(), *authority_graph, *derived.added])

    def _dataset(self) -> Iterator[Quad]:
        return dataset_quads(self.ids, sorted(make(self.settings).name for make in EXTRACTORS.values()), str(self.policy))

    def _catch_up(self, writer: Writer, progress: Progress = lambda *_: None) -> list[Outcome]:
        """Brings the graph in line with judgements and documents; an article that can no longer be read is an outcome, and the rest goes on."""
        self.judged = self.judging.restate(writer) if writer.purging else self.judging.catch_up(writer)
        records = list(writer.documents)
        wanted = {record.article for record in records}
        outcomes = []
        for name in sorted(applied.standing((str(g.value) for g in writer.store.named_graphs()), self.ids) - wanted):
            change = self._change(writer, name, frozenset(), None)
            self._apply(writer, change)
        for name in set(writer.aside) - wanted:
            writer.aside.forget(name)
        stones = applied.tombstones(writer, applied.load(writer), self.ids, self.words)
        writer.apply(stones.removed, stones.added)
        for number, record in enumerate(records):
            progress("reading", number, len(records))
            try:
                raw = writer.documents.raw(record)
                article = self._say(raw, sources.read(raw), self.ids.thing("article", record.article))
            except (SourceError, StoreError) as error:
                outcomes.append(Outcome(record.name, "refused", record.article, str(error)))
                continue
            change = self._change(writer, record.article, article.quads, record)
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
