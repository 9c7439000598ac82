"""Clean text: the sentences of a page written out, one paragraph a line, with the pieces that lead back to the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.model import Piece, Span
from kg.sources.lines import INVISIBLE

_ODD: Final = re.compile(rf"[\s{INVISIBLE}]{{2,}}|[^\S ]|[{INVISIBLE}]")
_WIDEST_GAP = 1000
_SPACE: Final = re.compile(r"\s")
_BREAK_IN_WORD: Final = re.compile(r"(?<=[^\W\d_]-)\s*[\n\r]\s*(?=[a-z])")


def clean(text: str, paragraphs: Sequence[Sequence[Span]]) -> tuple[str, tuple[Piece, ...]]:
    """The clean text of paragraphs of sentences, and its pieces in the page.

    White space is folded to one space, characters without shape are dropped; nothing else is changed.  The spaces and line breaks put
    between sentences that do not stand together in the page belong to no piece.
    """
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    before: Span | None = None
    for paragraph in paragraphs:
        for place, run in enumerate(_runs(text, paragraph)):
            if before is not None:
                parts.append(" " if place else "\n")
                if before.end < run.start and _is_space(text, before.end, run.start):
                    pieces.append(Piece(Span(at, at + 1), Span(before.end, run.start)))
                at += 1
            before = run
            for words, span in _folded(text, run):
                parts.append(words)
                pieces.append(Piece(Span(at, at + len(words)), span))
                at += len(words)
    return "".join(parts), tuple(pieces)


def _runs(text: str, paragraph: Sequence[Span]) -> Iterator[Span]:
    """The sentences of a paragraph, those that stand together in the page as one run."""
    held: Span | None = None
    for span in paragraph:
        if held and held.end <= span.start and _is_space(text, held.end, span.start):
            held = Span(held.start, span.end)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _is_space(text: str, start: int, end: int) -> bool:
    """Whether there is nothing but white space between two places that are not far apart."""
    return end - start <= _WIDEST_GAP and not text[start:end].strip()


def _folded(text: str, run: Span) -> Iterator[tuple[str, Span]]:
    """The stretches of a run and the words that they come to; stretches that come to nothing are passed over."""
    at = run.start
    for odd in _ODD.finditer(text, run.start, run.end):
        if odd.start() > at:
            yield text[at : odd.start()], Span(at, odd.start())
        if _SPACE.search(odd.group()) and not _BREAK_IN_WORD.match(text, odd.start()):
            yield " ", Span(*odd.span())
        at = odd.end()
    if at < run.end:
        yield text[at : run.end], Span(at, run.end)
