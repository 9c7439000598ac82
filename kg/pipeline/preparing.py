"""From a file to an article that can be written: read, extracted, settled, as quads, and without what does not fit the shapes."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Quad

from kg import quads, sources, validate
from kg.authority import Authority
from kg.errors import SourceError
from kg.extract import Extractor
from kg.ids import Ids
from kg.model import Document, Raw, Reading
from kg.pipeline.sifting import sift
from kg.resolve import settle, sourced
from kg.store.aside import Reason
from kg.terms import Vocabulary


@dataclass(frozen=True, slots=True)
class Article:
    """An article ready to be written: its id's last part, raw file, document, sound reading and the quads of its graph; and what is set aside."""

    name: str
    raw: Raw
    document: Document
    reading: Reading
    quads: frozenset[Quad]
    reasons: tuple[Reason, ...] = ()
    aside: frozenset[Quad] = frozenset()


class Preparing:
    """Makes articles of files; no store is needed."""

    def __init__(self, ids: Ids, words: Vocabulary, known: Authority, extractor: Extractor) -> None:
        self.ids, self.words, self.known, self.extractor = ids, words, known, extractor

    def read(self, raw: Raw) -> Article:
        """What one file says; raises SourceError."""
        document = sources.read(raw)
        return self.article(raw, document, self.iri(document))

    def again(self, raw: Raw, iri: str) -> Article:
        """What one file says as the article of this IRI, which it keeps when its address or text is redacted; raises SourceError."""
        return self.article(raw, sources.read(raw), iri)

    def article(self, raw: Raw, document: Document, iri: str) -> Article:
        """What a document says as the article of this IRI; raises SourceError."""
        source, outlets = sourced(document, iri, self.ids, self.known)
        reading = settle(self.extractor.extract(document), iri, self.ids, self.words, self.known, outlets)

        def write(said: Reading) -> frozenset[Quad]:
            return frozenset(quads.article(document, said, source, self.extractor.name, self.ids, self.words))

        try:
            sound = sift(document, reading, source, write, validate.shapes(self.ids.base))
        except ValueError as error:  # an address that is no IRI, half a character: what RDF cannot hold
            raise SourceError(
                raw.name, f"it cannot be written as RDF: {error}. Mend its address or title, or give them in a metadata.yaml."
            ) from error
        return Article(iri.rsplit("/", 1)[-1], raw, document, sound.reading, sound.quads, sound.reasons, sound.aside)

    def iri(self, document: Document) -> str:
        """The IRI of a document that comes for the first time."""
        return self.ids.article(document.url, document.text_sha256)
