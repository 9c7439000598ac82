"""Retractions: an outlet has withdrawn an article, or that no longer holds."""

from __future__ import annotations

from kg import corrections
from kg.corrections import Retraction
from kg.errors import BadCorrection
from kg.pipeline.outcome import Outcome
from kg.pipeline.session import Session
from kg.pipeline.takedowns import clean, corrections_of


def retract(session: Session, name: str, by: str, day: str, reason: str | None, *, undo: bool) -> Outcome:
    """Records a retraction, or with `undo` its end, and gives the article's claims their status; raises UnknownArticle or BadCorrection."""
    writer, tools = session.writer, session.tools
    record = session.find(name)
    standing = corrections_of(writer).retraction(record.article)
    if undo and standing is None:
        raise BadCorrection(f"{record.article} ({record.name}) is not retracted.")
    if standing and not undo:
        raise BadCorrection(f"{record.article} ({record.name}) has been retracted already, on {standing.day} by {standing.by}.")
    entry = Retraction(record.article, *clean(writer, by, day, reason), undone=undo)
    iri = session.iri(record.article)
    graph = frozenset(writer.graph(tools.ids.article_graph(iri)))
    wanted = corrections.retracted(iri, graph, None if undo else entry, tools.ids, tools.words)
    change = tools.changes.of_article(writer, record.article, wanted, session.judged)
    writer.begin()
    writer.keep(lambda: writer.documents.corrections.append([corrections.to_line(entry)]))
    change.write(writer)
    return Outcome(record.name, "restored" if undo else "retracted", record.article)
