"""An article's graphs as corrections have them: that of its text in force, and that of its earlier versions."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import Quad

from kg import corrections
from kg.corrections import Version
from kg.errors import SourceError
from kg.ids import Ids
from kg.model import Raw
from kg.pipeline.changes import Change
from kg.pipeline.takedowns import corrections_of
from kg.store.documents import Kept, Record
from kg.store.embedded import Writer
from kg.terms import Vocabulary

Read = Callable[[Raw, str], frozenset[Quad]]
"""Gives the quads that a file makes as the article of an IRI; raises SourceError."""


def article_graph(writer: Writer, article: str, quads: frozenset[Quad], ids: Ids, words: Vocabulary) -> frozenset[Quad]:
    """An article's graph as the corrections have it; `article` is its IRI."""
    return corrections.retracted(article, quads, corrections_of(writer).retraction(article.rsplit("/", 1)[-1]), ids, words)


def superseded(
    writer: Writer, article: str, record: Record | None, quads: frozenset[Quad], read: Read, ids: Ids, words: Vocabulary
) -> Change:
    """What changes in the graph of an article's earlier versions; `record` is None when the article goes."""
    old = writer.graph(corrections.superseded_graph(article, ids))
    new: frozenset[Quad] = frozenset()
    if record is not None and record.earlier:
        current = Version(record.text_sha256, record.raw_sha256, quads)
        new = corrections.superseded(article, [_version(writer, article, kept, read) for kept in record.earlier], current, ids, words)
    return Change.between(old, new)


def _version(writer: Writer, article: str, kept: Kept, read: Read) -> Version:
    try:
        return Version(kept.text_sha256, kept.raw_sha256, read(writer.documents.raw(kept), article))
    except SourceError:
        return Version(kept.text_sha256, kept.raw_sha256)
