"""Texts of our own for these tests, and short ways to read them."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import settings

from kg.model import Document, Metadata, Raw
from kg.sources import read

PATIENT = settings(deadline=None, derandomize=True)
"""How properties are tried: without a limit of time, and the same in each run."""

BODY = """The Northern Guard said on Monday that its fighters had left the base at Dry River.
Amal Haddad, a spokesperson for the group, told reporters that nobody was hurt in the move.
The ministry has not confirmed the report, and officials in the capital declined to comment."""


def document(text: str | bytes, name: str = "report.txt", **known: object) -> Document:
    """The document read from this text."""
    data = text.encode() if isinstance(text, str) else text
    return read(Raw(name, data, Metadata(**known)))  # type: ignore[arg-type]


def lines(text: str | bytes, name: str = "report.txt", **known: object) -> list[str]:
    """The lines of the clean text."""
    return document(text, name, **known).text.split("\n")


def folded(text: str) -> str:
    """A text as it is compared: entities decoded, white space and characters without shape dropped."""
    return re.sub(r"[\s\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x1f\x7f-\x9f]+", "", unescape(text))


def check_pieces(read_: Document, decoded: str) -> None:
    """Each piece of the clean text stands in the raw; pieces are in order; what has none is a space or a line break."""
    reached = 0
    for piece in read_.pieces:
        assert 0 <= piece.clean.start < piece.clean.end <= len(read_.text)
        assert 0 <= piece.raw.start < piece.raw.end <= len(decoded)
        assert piece.clean.start >= reached
        assert read_.text[reached : piece.clean.start].strip() == ""
        assert folded(piece.clean.of(read_.text)) == folded(piece.raw.of(decoded))
        reached = piece.clean.end
    assert read_.text[reached:] == ""
