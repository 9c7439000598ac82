"""Removing an article, with all that only it supported."""

from __future__ import annotations

from kg.pipeline.outcome import Outcome
from kg.pipeline.session import Session


def remove(session: Session, name: str) -> Outcome:
    """Takes the article away that a name means; raises UnknownArticle."""
    writer, record = session.writer, session.find(name)
    change = session.gone(record.article)
    writer.begin()
    writer.keep(lambda: writer.aside.forget(record.article), lambda: writer.documents.forget(record.article))
    change.write(writer)
    return Outcome(record.name, "removed", record.article)
