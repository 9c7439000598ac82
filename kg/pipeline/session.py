"""A store that is held for writing: what it is worked on with, and the few steps that all work on it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from kg import facts
from kg.authority import Authority, authority
from kg.errors import UnknownArticle
from kg.extract import EXTRACTORS
from kg.facts import Policy
from kg.ids import Ids
from kg.model import Raw
from kg.pipeline.changes import UNJUDGED, Change, Changes
from kg.pipeline.judging import Judging
from kg.pipeline.outcome import Outcome
from kg.pipeline.preparing import Article, Preparing
from kg.pipeline.takedowns import corrections_of, tombstones
from kg.pipeline.versions import article_graph, superseded
from kg.settings import Settings
from kg.store.documents import Record
from kg.store.embedded import Writer
from kg.terms import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Tools:
    """What any store of these settings is worked on with, made once."""

    settings: Settings
    ids: Ids
    words: Vocabulary
    known: Authority
    policy: Policy
    preparing: Preparing
    changes: Changes
    judging: Judging

    @classmethod
    def of(cls, settings: Settings, extractor: str) -> Tools:
        """The tools for these settings, with the extractor of this name."""
        ids, words, known, policy = Ids(settings.base), vocabulary(settings.base), authority(settings.base), facts.policy(settings.policy)
        preparing = Preparing(ids, words, known, EXTRACTORS[extractor](settings))
        changes = Changes(ids, words, known, policy)
        return cls(settings, ids, words, known, policy, preparing, changes, Judging(ids, words, known, changes))


class Session:
    """A held store: its writer, what people's judgements in it come to, and what became of articles that an earlier run left undone."""

    def __init__(self, writer: Writer, tools: Tools) -> None:
        self.writer, self.tools = writer, tools
        self.judged = UNJUDGED
        self.recovered: list[Outcome] = []

    def iri(self, name: str) -> str:
        """The IRI of an article."""
        return self.tools.ids.thing("article", name)

    def find(self, name: str) -> Record:
        """The one record that a name means: an id, a URL or a file's name; raises UnknownArticle when none or several do."""
        records = list(self.writer.documents)
        exact = [r for r in records if name in (r.article, self.iri(r.article), r.name, r.metadata.url)]
        found = exact or [r for r in records if Path(r.name).name == name]
        if len(found) == 1:
            return found[0]
        near = found or [r for r in records if r.article[:4] == name[:4]] or records[:3]
        raise UnknownArticle(name, [f"{r.article} ({r.name})" for r in near])

    def change(self, name: str, made: frozenset[Quad], record: Record | None) -> Change:
        """All that changes when an article's text in force makes these quads: its graph, what derives from it, that of its earlier versions.

        `record` is None when the article goes.
        """
        ids, words, iri = self.tools.ids, self.tools.words, self.iri(name)
        wanted = article_graph(self.writer, iri, made, ids, words) if record else frozenset()
        change = self.tools.changes.of_article(self.writer, name, wanted, self.judged)
        return change.and_(superseded(self.writer, iri, record, wanted, self._quads, ids, words))

    def gone(self, name: str) -> Change:
        """All that changes when an article goes."""
        return self.change(name, frozenset(), None)

    def reread(self, record: Record, state: str) -> Outcome:
        """Reads an article again from what is kept of it and writes what it says now; raises SourceError or StoreError, nothing written."""
        article = self.tools.preparing.again(self.writer.documents.raw(record), self.iri(record.article))
        change = self.change(record.article, article.quads, record)
        self.set_aside(article)
        change.write(self.writer)
        claims, events = len(article.reading.claims), len(article.reading.reports)
        return Outcome(record.name, state, record.article, None, claims, events, aside=article.reasons)

    def set_aside(self, article: Article) -> None:
        """Keeps what of an article was not let in; nothing stays of what was set aside before and is well now."""
        self.writer.aside.keep(article.name, article.aside, article.reasons)

    def state_takedowns(self) -> None:
        """Brings the graph of tombstones in line with the corrections."""
        tombstones(self.writer, corrections_of(self.writer), self.tools.ids, self.tools.words).write(self.writer)

    def show(self) -> None:
        """Lets readers see what was written, if anything was."""
        if self.writer.pending:
            self.writer.publish()

    def _quads(self, raw: Raw, iri: str) -> frozenset[Quad]:
        return self.tools.preparing.again(raw, iri).quads
