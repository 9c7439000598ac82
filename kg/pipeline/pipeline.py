"""The whole way of an article: reading, claims, quads, events, facts, one atomic update; and back again when it is removed.

    sources.read -> extract -> resolve -> quads        what the article says
    validate                                            what of it fits the shapes; the rest is set aside
    fuse -> facts                                       what derives from it, for the units that it touches
    store: documents first, then one update, then the snapshot that readers see

Everything that an article changes is computed before the first write.  This is the door; each errand has a room of its own beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import ontology
from kg import facts
from kg.background import vocabulary_files
from kg.errors import SourceError
from kg.extract import Extractor
from kg.facts import Policy
from kg.model import Judgement, Raw
from kg.pipeline import adding, recovering, redacting, removing, retracting
from kg.pipeline.comparing import Comparison, compared
from kg.pipeline.judging import Judged
from kg.pipeline.outcome import Outcome, Progress
from kg.pipeline.preparing import Article
from kg.pipeline.session import Session, Tools
from kg.pipeline.takedowns import matcher
from kg.settings import Settings
from kg.store.embedded import Boundary, Reader, Writer, judgement_log, snapshot
from kg.store.version import FORMAT, Version


class Pipeline:
    """Reads, adds, corrects, judges, removes and rebuilds in the store that the settings name."""

    def __init__(self, settings: Settings, extractor: str = "rules", *, wait: float = 60.0, boundary: Boundary = lambda _: None) -> None:
        self.settings = settings
        self.tools = Tools.of(settings, extractor)
        self.ids, self.words, self.known = self.tools.ids, self.tools.words, self.tools.known
        self.policy, self.changes = self.tools.policy, self.tools.changes
        self._wait = wait
        self._boundary = boundary

    @property
    def extractor(self) -> Extractor:
        """What claims are read by."""
        return self.tools.preparing.extractor

    def writer(self) -> Writer:
        """The store's writer, to be entered."""
        return Writer(self.settings.folder, version(self.settings.base, str(self.policy)), wait=self._wait, boundary=self._boundary)

    @contextmanager
    def _session(self, *, anew: bool = False) -> Iterator[Session]:
        """The store, held and made ready, unless it is to be made `anew`; readers see what was written once all is well."""
        with self.writer() as writer:
            session = Session(writer, self.tools)
            if not anew:
                recovering.ready(session)
            yield session
            session.show()

    # -- articles -----------------------------------------------------------------------------------------------------------

    def read(self, raw: Raw) -> Article:
        """What one file says, ready to be written; raises SourceError."""
        return self.tools.preparing.read(raw)

    def add(self, files: Iterable[Raw | SourceError], *, force: bool = False, progress: Progress = lambda *_: None) -> list[Outcome]:
        """Adds files as one batch, in the order of their article ids, and shows readers the outcome.

        A file that cannot be read is an outcome with its reason; the rest goes on.
        """
        chosen, outcomes = adding.chosen(files, self.tools.preparing, progress)
        with self._session() as session:
            outcomes.extend(o for o in session.recovered if o.state == "refused")
            for number, name in enumerate(sorted(chosen)):
                progress("writing", number, len(chosen))
                outcomes.append(adding.add(session, name, *chosen[name], force=force))
        return outcomes

    def remove(self, name: str) -> Outcome:
        """Takes an article away, with all that only it supported; `name` is its id, its URL or its file's name."""
        with self._session() as session:
            return removing.remove(session, name)

    def rebuild(self, progress: Progress = lambda *_: None) -> list[Outcome]:
        """Makes the graph anew from the documents and the judgements alone."""
        with self._session(anew=True) as session:
            return recovering.rebuild(session, progress)

    # -- correcting -----------------------------------------------------------------------------------------------------------

    def retract(self, name: str, by: str, day: str, reason: str | None = None, *, undo: bool = False) -> Outcome:
        """Records that an outlet withdrew an article, or with `undo` that this no longer holds; `day` is ISO 8601.

        Its claims get the status retracted and nothing rests on them any more, however often it is read.
        """
        with self._session() as session:
            return retracting.retract(session, name, by, day, reason, undo=undo)

    def takedown(self, name: str, by: str, day: str, articles: Iterable[str] = ()) -> list[Outcome]:
        """Takes a name out of everything that the store keeps, for good; `articles`, where there are any, confine it to these.

        The name is not kept: a keyed hash of it is, by which it is recognised when it comes in again.  Made again, a takedown is no second one
        but looks everywhere once more.  Raises BadCorrection for what is no name, and for a name of the known things that are shipped.
        """
        found = matcher(name, self.known)
        with self._session() as session:
            return redacting.take_down(session, name, found, by, day, articles)

    # -- judging ------------------------------------------------------------------------------------------------------------

    def judge(
        self, verdict: str, things: Sequence[str], *, by: str, on: date, reason: str | None = None, article: str | None = None
    ) -> Judged:
        """Enters a person's judgement (a concept of the scheme judgement) on things, named by their ids or the beginnings of them.

        Of a name, the things are the candidate and the known thing.  With `article` (its id, URL or file's name) a split is of one event, and takes
        all tellings of that article out.  Raises UnknownThing, UnknownArticle or BadJudgement.
        """
        with self._session() as session:
            whose = session.iri(session.find(article).article) if article else None
            made = self.tools.judging.made(session.writer, verdict, things, by, on, reason, whose)
            (judged,) = self.tools.judging.enter(session.writer, [made])
        return judged

    def enter(self, made: Iterable[Judgement]) -> list[Judged]:
        """Enters judgements as they were made elsewhere, in this order, as one; those in force already change nothing."""
        with self._session() as session:
            return self.tools.judging.enter(session.writer, list(made))

    def withdraw(self, name: str, *, by: str, on: date, reason: str | None = None) -> Judged:
        """Takes a judgement back, and all that came of it; raises UnknownThing when none of that id is in force."""
        with self._session() as session:
            return self.tools.judging.withdraw(session.writer, name, by, on, reason)

    def judgements(self) -> list[Judged]:
        """The judgements in force, in order of entry, with their effects in the graph that readers see."""
        log = judgement_log(self.settings.folder)
        reader = Reader(snapshot(self.settings.folder, self.settings.base), self.settings.base)
        return self.tools.judging.listed(reader, self.tools.judging.entries(log))

    # -- comparing ------------------------------------------------------------------------------------------------------------

    def compared(self, policy: Policy) -> Comparison:
        """The facts that readers see beside those that another policy makes of the same claims; nothing is written.

        Raises StoreEmpty, StoreVersionError or StoreError.
        """
        seen = snapshot(self.settings.folder, self.settings.base)
        log = self.tools.judging.entries(judgement_log(self.settings.folder))
        return compared(seen, policy, self.ids, self.words, log)


def version(base: str, policy: str = str(facts.ATTRIBUTED)) -> Version:
    """What this version writes: the layout, the base IRI, the facts policy, and a hash of ontology, authority, gazetteer and shapes."""
    total = hashlib.sha256()
    for file in (*vocabulary_files(), *ontology.shape_files()):
        total.update(file.name.encode() + b"\0" + file.read_bytes())
    return Version(FORMAT, base, total.hexdigest()[:16], policy)
