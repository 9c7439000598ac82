"""Takedowns carried out: documents, logs and graph brought in line with them, and nothing of what they were left on the disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg import corrections
from kg.corrections import Corrections, Matcher, Takedown
from kg.errors import SourceError
from kg.pipeline.cleaning import cleaning
from kg.pipeline.outcome import Outcome
from kg.pipeline.session import Session
from kg.pipeline.sweeping import bearing, showing, sweep
from kg.pipeline.takedowns import Rule, corrections_of, path_without, rules, salt, words_without
from kg.store.documents import Record
from kg.triples import text


def take_down(session: Session, name: str, found: Matcher, by: str, day: str, articles: Iterable[str]) -> list[Outcome]:
    """Takes a name, which `found` finds, out of everything that a store keeps; `articles`, where there are any, confine it to these.

    Raises UnknownArticle.
    """
    writer = session.writer
    only = tuple(sorted({session.find(article).article for article in articles}))
    made = corrections_of(writer)
    digest = corrections.key(corrections.letters(name), salt(writer, made)).hex()
    entry = next((known for known in made.takedowns if (known.digest, known.only) == (digest, only)), None)
    if entry is None:
        entry = Takedown(digest, corrections.length(name), corrections.redacted(by, found), day, only=only)
        entry = replace(entry, touched=tuple(bearing(writer, entry, found)))
    writer.begin(purge=corrections.to_line(entry))
    rule = next(rule for rule in decided(session) if rule.takedown == entry)
    return _carry_out(session, replace(rule, matcher=found))


def decided(session: Session) -> list[Rule]:
    """All takedowns of a store, of which the log now holds the one that is being carried out, whatever cut short the run that began it."""
    writer, begun = session.writer, Corrections.from_lines(session.writer.purge.splitlines())
    if not set(begun.entries) <= set(corrections_of(writer).entries):
        writer.keep(lambda: writer.documents.corrections.append([corrections.to_line(entry) for entry in begun.entries]))
    return rules(writer)


def _carry_out(session: Session, rule: Rule) -> list[Outcome]:
    """Brings documents and graph in line with a takedown, and the graph into a fresh database."""
    changed = redact(session, [rule])
    session.judged = session.tools.judging.restate(session.writer)
    outcomes = [_again(session, record) for record in session.writer.documents if record.article in changed]
    session.state_takedowns()
    return [*outcomes, *renew(session, [rule])]


def redact(session: Session, following: Sequence[Rule]) -> list[str]:
    """Takes names out of all that is kept beside the graph; gives the articles that changed."""
    session.tools.judging.rewrite(session.writer, words_without(following), path_without(following))
    return sweep(session.writer, following)


def renew(session: Session, following: Sequence[Rule]) -> list[Outcome]:
    """Puts a fresh database in the graph's place, without what quads still show a name that no article brought."""
    left = list(showing(session.writer, following, session.tools.ids))
    session.writer.apply(left, ())
    touched = session.writer.renew(cleaning(following, session.tools.ids.base))
    return [Outcome(graph, "redacted") for graph in sorted({text(quad.graph_name) for quad in left} | touched)]


def _again(session: Session, record: Record) -> Outcome:
    """An article read again without the name; it goes from the graph when nothing of it can be read."""
    try:
        return session.reread(record, "redacted")
    except SourceError as error:
        session.gone(record.article).write(session.writer)
        return Outcome(record.name, "refused", record.article, str(error))
