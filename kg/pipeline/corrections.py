"""Corrections applied: names taken out of what is kept and of what comes in; what corrections change in the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Final

from pyoxigraph import Quad

from kg import corrections, sources
from kg.authority import Authority
from kg.corrections import Corrections, Matcher, Redaction, Takedown, Version
from kg.errors import BadCorrection, SourceError, StoreError
from kg.ids import Ids
from kg.model import Document, Metadata, Origin, Raw
from kg.pipeline.changes import Change
from kg.sources.encoding import decoded
from kg.store.documents import Kept, Record
from kg.store.embedded import FRESH, OLD, Writer
from kg.store.files import write_whole
from kg.terms import Vocabulary
from kg.triples import text

_LEAST_LETTERS: Final = 3
_ADDRESSES: Final = frozenset({"url", "raw_sha256"})
_ENGINES: Final = frozenset({"graph", FRESH, OLD, "snapshots"})
_OURS: Final = frozenset({"lock", "VERSION", "CURRENT", "PENDING", "PURGE"})


def load(writer: Writer) -> Corrections:
    """The corrections of a store."""
    return Corrections.from_lines(writer.documents.corrections.lines())


def salt(writer: Writer, made: Corrections) -> bytes:
    """The key by which a store recognises the names that were taken down; raises StoreError when there are such and the key is lost."""
    if made.takedowns and not writer.documents.salt_file.exists():
        raise StoreError(
            f"{writer.documents.salt_file} is missing: without it the names that were taken down are not recognised. Restore it from a backup."
        )
    return writer.documents.salt


@dataclass(frozen=True, slots=True)
class Rule:
    """A takedown by its number, from 1, and what finds its name."""

    number: int
    takedown: Takedown
    matcher: Matcher


def rules(writer: Writer) -> list[Rule]:
    """The takedowns of a store, oldest first, each known by its keyed hash."""
    made = load(writer)
    drawn = salt(writer, made) if made.takedowns else b""
    return [Rule(number, takedown, takedown.matcher(drawn)) for number, takedown in enumerate(made.takedowns, 1)]


def matcher(name: str, known: Authority) -> Matcher:
    """What finds a name that is to be taken down; raises BadCorrection for what cannot be."""
    wanted = corrections.letters(name)
    found = Matcher.of({wanted: corrections.length(name)})
    if len(wanted) < _LEAST_LETTERS or not found.shows(name):
        raise BadCorrection(f"A name to take down is one name with at least {_LEAST_LETTERS} letters.")
    if found.shows(corrections.MARKER):
        raise BadCorrection(f"A name that stands in {corrections.MARKER!r}, the words put in its place, cannot be taken down.")
    listed = sorted(thing.iri for thing in known.things.values() if any(corrections.letters(n.words) == wanted for n in thing.names))
    if listed:
        raise BadCorrection(
            f"This is a name of the known things that are shipped with Isnad ({', '.join(listed[:3])}), which a takedown does not touch: "
            "they would bring it back. Take it out of the files in ontology/ first, then run `kg rebuild` and the takedown again."
        )
    return found


def clean(writer: Writer, by: str, day: str, reason: str | None) -> tuple[str, str, str | None]:
    """Who decided a correction, when and why, without the names that were taken down."""
    made = load(writer)
    if not made.takedowns:
        return by, day, reason
    names = made.matcher(salt(writer, made))
    return corrections.redacted(by, names), day, corrections.redacted(reason, names) if reason else None


# -- articles -----------------------------------------------------------------------------------------------------------------------


def bears(raw: Raw, text: str, matcher: Matcher) -> bool:
    """Whether a name shows in an article: its bytes, its clean text, its file's name, what is known of it from outside."""
    known = (raw.name, *_words(raw.metadata))
    if matcher.shows(text) or any(corrections.shows(words.encode(), matcher) for words in known):
        return True
    return corrections.shows(raw.data, matcher, _encoding(raw))


def _words(metadata: Metadata) -> Iterator[str]:
    """What is known from outside, word for word."""
    for part in (metadata, metadata.origin):
        for each in fields(part) if part else ():
            value = getattr(part, each.name)
            if isinstance(value, str):
                yield value


def _encoding(raw: Raw) -> str | None:
    """The encoding of a file, None when it is no text."""
    try:
        return decoded(raw.name, raw.data).encoding
    except SourceError:
        return None


def without(raw: Raw, document: Document, matcher: Matcher) -> Raw:
    """An article's file without a name, such that reading it gives the same article without the name.

    Where the name still shows in the file, or what is read in it is otherwise not the same, the file becomes the clean text, with what
    the file said of itself as metadata.
    """
    text = corrections.redacted(document.text, matcher)
    name = corrections.redacted_path(raw.name, matcher)
    mended = Raw(name, _mended(raw, matcher), _metadata(raw.metadata, matcher))
    if _same(mended, text, document, matcher):
        return mended
    told = Metadata(
        document.title,
        document.url,
        document.publisher,
        document.dateline.edtf,
        document.dateline.evidence,
        document.language,
        document.origin,
    )
    return Raw(name if Path(name).suffix == ".txt" else f"{name}.txt", text.encode(), _metadata(told, matcher))


def _mended(raw: Raw, matcher: Matcher) -> bytes:
    """A file's bytes without a name, as far as its text shows it."""
    source = decoded(raw.name, raw.data)
    text = corrections.redacted(source.text, matcher)
    return raw.data if text == source.text else corrections.encoded(text, raw.data, source.encoding)


def _same(mended: Raw, text: str, document: Document, matcher: Matcher) -> bool:
    """Whether a mended file reads as the article without the name, and the name is gone from it."""
    if bears(mended, text, matcher):
        return False
    try:
        found = sources.read(mended)
    except SourceError:
        return False
    shown = (found.title or "", found.url or "", found.publisher or "")
    if any(corrections.shows(words.encode(), matcher) for words in shown):
        return False
    return found.text == text and found.dateline.edtf == document.dateline.edtf


def _metadata(known: Metadata, matcher: Matcher) -> Metadata:
    """What is known from outside, without a name."""

    def clean(part: Metadata | Origin) -> dict[str, str]:
        said = {each.name: getattr(part, each.name) for each in fields(part)}
        return {
            name: (corrections.redacted_path if name in _ADDRESSES else corrections.redacted)(value, matcher)
            for name, value in said.items()
            if isinstance(value, str)
        }

    origin = replace(known.origin, **clean(known.origin)) if known.origin else None
    return replace(known, origin=origin, **clean(known))


def admitted(writer: Writer, name: str, raw: Raw, document: Document) -> tuple[Raw, Document, list[Redaction]]:
    """An article as it may come in: without the names that were taken down; and what of this is new.

    Takedowns are followed one after the other, so that what stood here when they were made comes to the same bytes when it is added again.
    Raises SourceError when nothing readable is left.
    """
    met: list[Redaction] = []
    made = load(writer)
    if not made.takedowns or not bears(raw, document.text, made.matcher(salt(writer, made), name)):
        return raw, document, met
    for rule in rules(writer):
        if rule.takedown.concerns(name) and bears(raw, document.text, rule.matcher):
            raw = without(raw, document, rule.matcher)
            document = sources.read(raw)
            if name not in made.touched(rule.number):
                met.append(Redaction(rule.number, name))
    return raw, document, met


# -- the document store ----------------------------------------------------------------------------------------------------------------


def bearing(writer: Writer, takedown: Takedown, matcher: Matcher) -> list[str]:
    """The articles of a store that bear a name, in one of their versions."""
    documents = writer.documents
    return [
        record.article
        for record in documents
        if takedown.concerns(record.article)
        and any(bears(documents.raw(kept), documents.text(kept), matcher) for kept in (*record.earlier, record.current))
    ]


def redact(writer: Writer, following: Sequence[Rule]) -> list[str]:
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
    for path, _ in list(writer.documents.loose(gone)):
        path.unlink()
    for rule in following:
        _sweep(writer, rule)
    return changed


def words_without(following: Sequence[Rule]) -> Callable[[str], str]:
    """Takes names out of what persons wrote; takedowns that are confined to articles do not reach it."""

    def clean(words: str) -> str:
        for rule in following:
            words = words if rule.takedown.only else corrections.redacted(words, rule.matcher)
        return words

    return clean


def path_without(following: Sequence[Rule]) -> Callable[[str], str]:
    """Takes names out of the ids of things: of a takedown that is confined to articles, out of those that name one of them."""

    def clean(path: str) -> str:
        for rule in following:
            path = corrections.redacted_path(path, rule.matcher) if _meant(Path(path), rule.takedown) else path
        return path

    return clean


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
            raw = Raw(corrections.redacted_path(raw.name, matcher), text.encode(), _metadata(raw.metadata, matcher))
        kept = writer.documents.hold(raw, text)
    return kept


def _sweep(writer: Writer, rule: Rule) -> None:
    """Takes a name out of every other file of a store: objects that no article is made of, what was set aside, logs, leftovers of a crash."""
    matcher = rule.matcher
    for path, data in writer.documents.loose():
        if corrections.shows(data, matcher, _encoding(Raw(path.name, data)) if data else None):
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
        elif path.parent.parent != writer.documents.objects and _meant(within, rule.takedown):
            _clean_file(path, within, matcher)


def _meant(within: Path, takedown: Takedown) -> bool:
    """Whether a file is to be without the name of a takedown: of one confined to articles, if its path names one of them."""
    return not takedown.only or any(article in within.as_posix() for article in takedown.only)


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


# -- the graph ---------------------------------------------------------------------------------------------------------------------------


Read = Callable[[Raw, str], frozenset[Quad]]
"""Gives the quads that a file makes as the article of an IRI; raises SourceError."""


def standing(graphs: Iterable[str], ids: Ids) -> set[str]:
    """The articles, by the last part of their ids, of which there are graphs."""
    start = ids.graph("article/")
    return {name.removeprefix(start).partition("/")[0] for name in graphs if name.startswith(start)}


def article_graph(writer: Writer, article: str, quads: frozenset[Quad], ids: Ids, words: Vocabulary) -> frozenset[Quad]:
    """An article's graph as the corrections have it; `article` is its IRI."""
    return corrections.retracted(article, quads, load(writer).retraction(article.rsplit("/", 1)[-1]), ids, words)


def superseded(
    writer: Writer, article: str, record: Record | None, quads: frozenset[Quad], read: Read, ids: Ids, words: Vocabulary
) -> Change:
    """What changes in the graph of an article's earlier versions; `record` is None when the article goes."""
    old = writer.graph(corrections.superseded_graph(article, ids))
    new: frozenset[Quad] = frozenset()
    if record is not None and record.earlier:
        current = Version(record.text_sha256, record.raw_sha256, quads)
        new = corrections.superseded(article, [_version(writer, article, kept, read) for kept in record.earlier], current, ids, words)
    return Change(frozenset(old - new), frozenset(new - old))


def _version(writer: Writer, article: str, kept: Kept, read: Read) -> Version:
    try:
        return Version(kept.text_sha256, kept.raw_sha256, read(writer.documents.raw(kept), article))
    except SourceError:
        return Version(kept.text_sha256, kept.raw_sha256)


def tombstones(writer: Writer, entries: Corrections, ids: Ids, words: Vocabulary) -> Change:
    """What changes in the graph of tombstones when these are the corrections."""
    old, new = writer.graph(ids.graph("corrections")), corrections.tombstones(entries, ids, words)
    return Change(frozenset(old - new), frozenset(new - old))


def both(*changes: Change) -> Change:
    """Changes of different graphs as one."""
    removed = frozenset(quad for change in changes for quad in change.removed)
    added = frozenset(quad for change in changes for quad in change.added)
    return Change(removed, added, tuple(entry for change in changes for entry in change.entries))


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
            if any(_meant(Path(graph), rule.takedown) and any(shown(rule, words) for words in terms) for rule in following):
                yield quad
