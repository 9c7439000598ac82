"""Reading: one raw file turned into a Document."""

from __future__ import annotations

from hashlib import sha256

from kg.errors import EmptyFile
from kg.model import Document, Metadata, Raw
from kg.sources import urls
from kg.sources.body import Body, body
from kg.sources.clean import clean
from kg.sources.datelines import dateline
from kg.sources.encoding import decoded
from kg.sources.kinds import kind
from kg.sources.language import language
from kg.sources.page import Page, composed

_HEADER_WORDS = 5


def read(raw: Raw) -> Document:
    """The document of one raw file: the same bytes and metadata give the same document.

    Raises SourceError (EmptyFile, BinaryFile, UnknownLanguage) when the file cannot become one.
    """
    given = raw.metadata
    if not raw.data.strip():
        raise EmptyFile(raw.name, "is empty." if not raw.data else "holds nothing but white space.")
    source = decoded(raw.name, raw.data)
    page = kind(raw.name, source.text).page(source.text)
    publisher = given.publisher or page.facts.publisher
    found = body(page, given.title, publisher)
    text, pieces = clean(page.text, found.paragraphs)
    if not text:
        raise EmptyFile(raw.name, f"holds no sentence of an article{'; ' if found.notes else '.'}{'; '.join(found.notes)}")
    url = _url(given, page, found)
    day, day_notes = dateline(given, page.facts.published, found, url)
    spoken, language_notes = language(raw.name, text, given.language)
    return Document(
        name=raw.name,
        text=text,
        title=given.title or page.facts.title or found.headline,
        url=url,
        publisher=publisher,
        dateline=day,
        language=spoken,
        text_sha256=sha256(text.encode()).hexdigest(),
        raw_sha256=sha256(raw.data).hexdigest(),
        pieces=composed(pieces, page.pieces),
        origin=given.origin,
        notes=(*source.notes, *page.notes, *found.notes, *day_notes, *language_notes),
    )


def _url(given: Metadata, page: Page, found: Body) -> str | None:
    """The canonical address: as given, as the page's markup says, or as the text begins with."""
    for stated in (given.url, page.facts.url):
        url = urls.canonical(stated) if stated else None
        if url:
            return url
    return _own_address(found.opening)


def _own_address(line: str) -> str | None:
    """The address that a text begins with, alone or beside its date; addresses of pictures are not the article's."""
    words = line.split()
    address = next((word for word in words if word.startswith(("http://", "https://"))), None)
    if address is None or urls.is_file(address) or len(words) > _HEADER_WORDS:
        return None
    return urls.canonical(address)
