"""Adding articles: which files of a batch are taken, and what each changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg import corrections, sources
from kg.corrections import Redaction
from kg.errors import SourceError
from kg.model import Document, Raw
from kg.pipeline.admission import admitted
from kg.pipeline.outcome import Outcome, Progress
from kg.pipeline.preparing import Article, Preparing
from kg.pipeline.session import Session
from kg.pipeline.takedowns import corrections_of, tombstones


def chosen(
    files: Iterable[Raw | SourceError], preparing: Preparing, progress: Progress
) -> tuple[Mapping[str, tuple[Raw, Document]], list[Outcome]]:
    """The files of a batch that are to be added, by their articles' names, and what became of the others."""
    refused: list[Outcome] = []
    taken: dict[str, tuple[Raw, Document]] = {}
    for number, file in enumerate(files):
        progress("reading", number, 0)
        try:
            raw, document = _read(file)
        except SourceError as error:
            refused.append(Outcome(error.name, "refused", reason=error.reason))
            continue
        name = preparing.iri(document).rsplit("/", 1)[-1]
        twin = taken.get(name)
        first, second = sorted([twin[0], raw], key=lambda r: (r.name, r.data)) if twin else (raw, None)
        if second:
            refused.append(Outcome(second.name, "refused", name, f"the same article as {first.name}, which was taken"))
        taken[name] = (raw, document) if first is raw else taken[name]
    return taken, refused


def _read(file: Raw | SourceError) -> tuple[Raw, Document]:
    """One file of a batch, read; raises SourceError."""
    if isinstance(file, SourceError):
        raise file
    return file, sources.read(file)


def add(session: Session, name: str, raw: Raw, document: Document, *, force: bool) -> Outcome:
    """Writes one article, without the names that were taken down, unless it stands in the store as it is or cannot be written as RDF."""
    writer, preparing = session.writer, session.tools.preparing
    try:
        raw, document, met = admitted(writer, name, raw, document)
    except SourceError as error:
        return Outcome(error.name, "refused", name, f"without the names that were taken down, it {error.reason}")
    old = writer.documents.find(name)
    standing = (document.raw_sha256, raw.metadata, preparing.extractor.name)
    if old and not force and (old.raw_sha256, old.metadata, old.extractor) == standing:
        return Outcome(raw.name, "unchanged", name, notes=document.notes, aside=writer.aside.reasons(name))
    try:
        article = preparing.article(raw, document, session.iri(name))
    except SourceError as error:
        return Outcome(error.name, "refused", reason=error.reason)
    return _put(session, article, met)


def _put(session: Session, article: Article, met: list[Redaction]) -> Outcome:
    """Writes one article, unless it stands there already as it would be written; `met` are the takedowns that it is the first to meet."""
    writer, tools = session.writer, session.tools
    old = writer.documents.find(article.name)
    record = writer.documents.keep(article.name, article.raw, article.document, tools.preparing.extractor.name)
    entries = corrections_of(writer).and_(met)
    change = session.change(article.name, article.quads, record).and_(tombstones(writer, entries, tools.ids, tools.words))
    reading = article.reading
    state = "updated" if old else "added"
    if old == record and not (change.removed or change.added):
        state = "unchanged"
        session.set_aside(article)
    else:
        writer.begin()
        if met:
            writer.keep(lambda: writer.documents.corrections.append([corrections.to_line(entry) for entry in met]))
        writer.keep(lambda: session.set_aside(article), lambda: writer.documents.commit(record))
        change.write(writer)
    notes = article.document.notes
    return Outcome(article.raw.name, state, article.name, None, len(reading.claims), len(reading.reports), reading, notes, article.reasons)
