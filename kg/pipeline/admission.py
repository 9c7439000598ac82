"""An article as it may come in, and as it is kept: without the names that were taken down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Final

from kg import corrections, sources
from kg.corrections import Matcher, Redaction
from kg.errors import SourceError
from kg.model import Document, Metadata, Origin, Raw
from kg.pipeline.takedowns import corrections_of, rules, salt
from kg.sources.encoding import decoded
from kg.store.embedded import Writer

_ADDRESSES: Final = frozenset({"url", "raw_sha256"})


def admitted(writer: Writer, name: str, raw: Raw, document: Document) -> tuple[Raw, Document, list[Redaction]]:
    """An article as it may come in: without the names that were taken down; and what of this is new.

    Takedowns are followed one after the other, so that what stood here when they were made comes to the same bytes when it is added again.
    Raises SourceError when nothing readable is left.
    """
    met: list[Redaction] = []
    made = corrections_of(writer)
    if not made.takedowns or not bears(raw, document.text, made.matcher(salt(writer, made), name)):
        return raw, document, met
    for rule in rules(writer):
        if rule.takedown.concerns(name) and bears(raw, document.text, rule.matcher):
            raw = without(raw, document, rule.matcher)
            document = sources.read(raw)
            if name not in made.touched(rule.number):
                met.append(Redaction(rule.number, name))
    return raw, document, met


def bears(raw: Raw, text: str, matcher: Matcher) -> bool:
    """Whether a name shows in an article: its bytes, its clean text, its file's name, what is known of it from outside."""
    known = (raw.name, *_words(raw.metadata))
    if matcher.shows(text) or any(corrections.shows(words.encode(), matcher) for words in known):
        return True
    return corrections.shows(raw.data, matcher, encoding_of(raw))


def _words(metadata: Metadata) -> Iterator[str]:
    """What is known from outside, word for word."""
    for part in (metadata, metadata.origin):
        for each in fields(part) if part else ():
            value = getattr(part, each.name)
            if isinstance(value, str):
                yield value


def encoding_of(raw: Raw) -> str | None:
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
    mended = Raw(name, _mended(raw, matcher), metadata_without(raw.metadata, matcher))
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
    return Raw(name if Path(name).suffix == ".txt" else f"{name}.txt", text.encode(), metadata_without(told, matcher))


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


def metadata_without(known: Metadata, matcher: Matcher) -> Metadata:
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
