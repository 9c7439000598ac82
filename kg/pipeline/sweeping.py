"""Names taken out of all that a store keeps beside its graph, and looked for in the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from pyoxigraph import Quad

from kg import corrections, sources
from kg.corrections import Matcher, Takedown
from kg.errors import SourceError
from kg.ids import Ids
from kg.model import Raw
from kg.pipeline.admission import bears, encoding_of, metadata_without, without
from kg.pipeline.takedowns import Rule, meant
from kg.store.documents import Kept, Record
from kg.store.embedded import Writer
from kg.store.files import write_whole
from kg.store.remaking import FRESH, GRAPH, OLD
from kg.store.restoring import RESTORING
from kg.triples import text

_ENGINES: Final = frozenset({GRAPH, FRESH, OLD, "snapshots"})
_OURS: Final = frozenset({"lock", "VERSION", "CURRENT", "SHOWN", "PENDING", "PURGE", RESTORING})


def bearing(writer: Writer, takedown: Takedown, matcher: Matcher) -> list[str]:
    """The articles of a store that bear a name, in one of their versions."""
    documents = writer.documents
    return [
        record.article
        for record in documents
        if takedown.concerns(record.article)
        and any(bears(documents.raw(kept), documents.text(kept), matcher) for kept in (*record.earlier, record.current))
    ]


def sweep(writer: Writer, following: Sequence[Rule]) -> list[str]:
    """Takes names out of all that a store keeps beside its graph; gives the articles that changed.

    Done again, it changes nothing; cut short, it is to be done again.
    """
    changed = []
    gone: set[str] = set()
    for record in list(writer.documents):
        clean = _clean_record(writer, record, following)
        if clean != record:
            writer.keep(partial(writer.documents.commit, clean))
            gone.update(sha for kept in (*record.earlier, record.current) for sha in (kept.raw_sha256, kept.text_sha256))
            changed.append(record.article)
    for documents in writer.documents.kept():
        for record in list(documents):
            clean = _clean_record(writer, record, following)
            if clean != record:
                writer.keep(partial(documents.commit, clean))
                gone.update(sha for kept in (*record.earlier, record.current) for sha in (kept.raw_sha256, kept.text_sha256))
    writer.documents.drop_loose(gone)
    for rule in following:
        _sweep_files(writer, rule)
    return changed


def _clean_record(writer: Writer, record: Record, following: Sequence[Rule]) -> Record:
    """A record whose texts are without the names, kept; itself when it bears none."""
    mine = [rule.matcher for rule in following if rule.takedown.concerns(record.article)]
    *earlier, current = (_clean(writer, kept, mine) for kept in (*record.earlier, record.current))
    return replace(
        record,
        name=current.name,
        raw_sha256=current.raw_sha256,
        text_sha256=current.text_sha256,
        metadata=current.metadata,
        earlier=tuple(earlier),
    )


def _clean(writer: Writer, kept: Kept, matchers: Iterable[Matcher]) -> Kept:
    """One text of an article without the names."""
    for matcher in matchers:
        raw, text = writer.documents.raw(kept), writer.documents.text(kept)
        if not bears(raw, text, matcher):
            continue
        try:
            document = sources.read(raw)
            raw = without(raw, document, matcher)
            text = sources.read(raw).text
        except SourceError:  # read by an older version, and not by this one
            text = corrections.redacted(text, matcher)
            raw = Raw(corrections.redacted_path(raw.name, matcher), text.encode(), metadata_without(raw.metadata, matcher))
        kept = writer.documents.hold(raw, text)
    return kept


def _sweep_files(writer: Writer, rule: Rule) -> None:
    """Takes a name out of every other file of a store: objects that no article is made of, what was set aside, logs, leftovers of a crash."""
    matcher = rule.matcher
    for path, data in writer.documents.loose():
        if corrections.shows(data, matcher, encoding_of(Raw(path.name, data)) if data else None):
            path.unlink()
    for path in sorted(writer.folder.rglob("*")):
        within = path.relative_to(writer.folder)
        if (
            within.parts[0] in _ENGINES
            or path.is_dir()
            or within.as_posix() in _OURS
            or path in (writer.documents.salt_file, writer.documents.ledger.path, writer.judgements.path)
        ):
            continue
        if path.name.startswith(".") and path.name.rpartition(".")[2].isdigit():  # written aside by a process that was killed
            path.unlink()
        elif path.parent.parent != writer.documents.objects and meant(within, rule.takedown):
            _clean_file(path, within, matcher)


def _clean_file(path: Path, within: Path, matcher: Matcher) -> None:
    """Takes a name out of a text file and out of its path; what is no text and shows it is dropped."""
    data = path.read_bytes()
    if corrections.shows(data, matcher):
        try:
            clean = corrections.redacted(data.decode(), matcher).encode()
        except UnicodeDecodeError:
            clean = b""
        if not clean or corrections.shows(clean, matcher):
            path.unlink()
            return
        write_whole(path, clean)
    other = corrections.redacted_path(within.as_posix(), matcher)
    if other != within.as_posix():
        target = path.parents[len(within.parts) - 1] / other
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)


def showing(writer: Writer, following: Sequence[Rule], ids: Ids) -> Iterator[Quad]:
    """The quads in which the name of a takedown still shows, those of the shipped vocabulary and known things excepted."""
    shipped = {ids.graph(name) for name in ("ontology", "authority")}
    met: dict[tuple[int, str], bool] = {}

    def shown(rule: Rule, words: str) -> bool:
        at = (rule.number, words)
        if at not in met:
            met[at] = corrections.shows(words.encode(), rule.matcher)
        return met[at]

    for quad in writer.store:
        graph = text(quad.graph_name)
        if graph not in shipped:
            terms = [text(term) for term in (quad.subject, quad.object, quad.graph_name)]
            if any(meant(Path(graph), rule.takedown) and any(shown(rule, words) for words in terms) for rule in following):
                yield quad
