"""What every test of reading starts from: the rules under the standing settings, and a text as a document."""

from __future__ import annotations

import hashlib
from functools import cache

from kg.extract.rules import Rules
from kg.model import Dateline, Document, Piece, Span


@cache
def rules() -> Rules:
    return Rules.under()


def document(text: str, day: str | None = "2024-02-08") -> Document:
    """A text as the whole body of an article of a day, ISO 8601; None where its day is not known."""
    whole, sha = Span(0, len(text)), hashlib.sha256(text.encode()).hexdigest()
    dateline = Dateline(day, "dateline-evidence/sidecar" if day else "dateline-evidence/none")
    return Document("test.txt", text, None, None, "Rudaw", dateline, "en", sha, sha, (Piece(whole, whole),))
