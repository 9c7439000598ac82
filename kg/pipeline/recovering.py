"""Graph and documents kept together: a store made ready to be written to, whatever an earlier run left undone, and made anew on demand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.background import authority_quads, dataset_quads, ontology_quads
from kg.errors import SourceError, StoreError
from kg.extract import EXTRACTORS
from kg.ids import Ids
from kg.pipeline.changes import UNJUDGED
from kg.pipeline.outcome import Outcome, Progress
from kg.pipeline.redacting import decided, redact, renew
from kg.pipeline.session import Session
from kg.store.documents import Record


def ready(session: Session) -> None:
    """Makes a fresh store, and brings one in line that an earlier run left behind; raises StoreVersionError for one of another version."""
    writer = session.writer
    following = decided(session) if writer.purging else []
    if following:
        redact(session, following)
    if writer.fresh:
        _initialise(session)
        session.recovered = _catch_up(session)
    else:
        writer.check()
        session.recovered = _catch_up(session) if writer.pending else []
        session.judged = session.tools.judging.in_force(writer)
    if writer.purging:
        session.recovered += renew(session, following)


def rebuild(session: Session, progress: Progress) -> list[Outcome]:
    """Makes the graph anew from the documents and the judgements alone."""
    following = decided(session) if session.writer.purging else []
    if following:
        redact(session, following)
    _initialise(session)
    outcomes = _catch_up(session, progress)
    return outcomes + (renew(session, following) if session.writer.purging else [])


def _initialise(session: Session) -> None:
    tools = session.tools
    session.judged = UNJUDGED
    authority_graph = frozenset(authority_quads(tools.ids))
    derived = tools.changes.of_background(authority_graph)
    dataset = dataset_quads(tools.ids, sorted(make(tools.settings).name for make in EXTRACTORS.values()), str(tools.policy))
    session.writer.initialise([*ontology_quads(tools.ids), *dataset, *authority_graph, *derived.added])


def _catch_up(session: Session, progress: Progress = lambda *_: None) -> list[Outcome]:
    """Brings the graph in line with judgements and documents; an article that can no longer be read is an outcome, and the rest goes on."""
    writer, judging = session.writer, session.tools.judging
    session.judged = judging.restate(writer) if writer.purging else judging.catch_up(writer)
    records = list(writer.documents)
    wanted = {record.article for record in records}
    for name in sorted(_standing((str(g.value) for g in writer.store.named_graphs()), session.tools.ids) - wanted):
        session.gone(name).write(writer)
    for name in set(writer.aside) - wanted:
        writer.aside.forget(name)
    writer.documents.drop_loose()
    session.state_takedowns()
    outcomes = []
    for number, record in enumerate(records):
        progress("reading", number, len(records))
        outcomes.append(_again(session, record))
    return outcomes


def _again(session: Session, record: Record) -> Outcome:
    """An article read again by the extractor of these days; it stays in the graph as it is when it can no longer be read."""
    try:
        outcome = session.reread(record, "rebuilt")
    except (SourceError, StoreError) as error:
        return Outcome(record.name, "refused", record.article, str(error))
    extractor = session.tools.preparing.extractor.name
    if record.extractor != extractor:
        session.writer.documents.commit(replace(record, extractor=extractor))
    return outcome


def _standing(graphs: Iterable[str], ids: Ids) -> set[str]:
    """The articles, by the last part of their ids, of which there are graphs."""
    start = ids.graph("article/")
    return {name.removeprefix(start).partition("/")[0] for name in graphs if name.startswith(start)}
