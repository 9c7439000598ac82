"""A page: the running text of one raw file, line by line, and where each stretch of it stands in the decoded raw."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.model import Piece, Span


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about itself in its markup; `published` holds the dates as written, the most telling first."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The running text of a file, with its pieces in the decoded raw (in order; inserted line breaks have none), facts and notes.

    `cut` says that the file breaks off before its end.
    """

    text: str
    pieces: tuple[Piece, ...]
    facts: Facts = field(default_factory=Facts)
    notes: tuple[str, ...] = ()
    cut: bool = False


def plain(text: str) -> Page:
    """The page of a plain text: the text itself."""
    return Page(text, (Piece(Span(0, len(text)), Span(0, len(text))),) if text else ())


def composed(outer: Iterable[Piece], inner: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces from the clean text to the raw, out of those from the clean text to the page and from the page to the raw.

    A piece that is longer on one side than on the other (an entity, folded white space) is never divided; white space that goes on behind
    a tag is that before the tag.
    """
    starts = [piece.clean.start for piece in inner]
    return tuple(_merged(step for piece in outer for step in _through(piece, inner, starts)))


def _through(piece: Piece, inner: tuple[Piece, ...], starts: list[int]) -> Iterator[Piece]:
    """One piece carried on into the raw."""
    at = max(0, bisect_right(starts, piece.raw.start) - 1)
    reached: list[Piece] = []
    while at < len(inner) and inner[at].clean.start < piece.raw.end:
        if inner[at].clean.end > piece.raw.start:
            reached.append(inner[at])
        at += 1
    if not reached:
        return
    if _length(piece.clean) != _length(piece.raw):
        yield Piece(piece.clean, Span(_raw_start(piece, reached[0]), _raw_end(piece, reached[0])))
        return
    shift = piece.clean.start - piece.raw.start
    for step in reached:
        start, end = max(step.clean.start, piece.raw.start), min(step.clean.end, piece.raw.end)
        yield Piece(Span(start + shift, end + shift), Span(_raw_start(piece, step), _raw_end(piece, step)))


def _raw_start(piece: Piece, step: Piece) -> int:
    even = _length(step.clean) == _length(step.raw)
    return step.raw.start + (max(0, piece.raw.start - step.clean.start) if even else 0)


def _raw_end(piece: Piece, step: Piece) -> int:
    even = _length(step.clean) == _length(step.raw)
    return step.raw.end - (max(0, step.clean.end - piece.raw.end) if even else 0)


def _length(span: Span) -> int:
    return span.end - span.start


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces that go on evenly in both texts made one."""
    held: Piece | None = None
    for piece in pieces:
        if held and _even(held) and _even(piece) and (held.clean.end, held.raw.end) == (piece.clean.start, piece.raw.start):
            held = Piece(Span(held.clean.start, piece.clean.end), Span(held.raw.start, piece.raw.end))
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _even(piece: Piece) -> bool:
    return _length(piece.clean) == _length(piece.raw)
