"""Paragraphs: lines put together again where a page's conversion, or a fixed width, has broken them within a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.sources.lines import Line, cased

_NARROWEST, _WIDEST = 30, 120
_FULL_LINES = 2
_PROSE_WORDS = 5
_NAME_WORDS = 6
_UNFINISHED: Final = frozenset(
    {
        "of",
        "the",
        "a",
        "an",
        "in",
        "and",
        "by",
        "to",
        "for",
        "with",
        "on",
        "at",
        "from",
        "that",
        "as",
        "or",
        "its",
        "their",
        "his",
        "her",
        "which",
        "who",
        "whose",
        "was",
        "were",
        "is",
        "are",
    }
)


def paragraphs(page: Sequence[Line], kept: Sequence[bool]) -> list[range]:
    """The paragraphs made of the kept lines, in their order: the numbers of the lines of each."""
    width = wrapped(page, kept)
    capitals = cased(page)
    found: list[range] = []
    for at in range(len(page)):
        if not kept[at]:
            continue
        if at and kept[at - 1] and _goes_on(page, at, width, capitals):
            found[-1] = range(found[-1].start, at + 1)
        else:
            found.append(range(at, at + 1))
    return found


def amid(page: Sequence[Line], at: int) -> bool:
    """Whether a line stands in the middle of a sentence: unfinished prose right before it, the rest right after it.

    A page's conversion often puts a linked name on a line of its own ("… the secretary-general / Amal Haddad / warned …").
    """
    if not 0 < at < len(page) - 1 or page[at].after_gap or page[at + 1].after_gap:
        return False
    before, after = page[at - 1], page[at + 1]
    return not before.stopped and before.words() >= _PROSE_WORDS and after.lower


def _goes_on(page: Sequence[Line], at: int, width: int | None, capitals: bool) -> bool:
    """Whether a line carries on what the line before began."""
    before, line = page[at - 1], page[at]
    if line.after_gap:
        return False
    if width and _full(before, line, width):
        return True
    if before.stopped:
        return False
    return (capitals and (line.lower or (line.words() <= _NAME_WORDS and amid(page, at)))) or unfinished(before)


def unfinished(line: Line) -> bool:
    """Whether a line ends where no sentence and no headline does."""
    return line.text[-1] == "," or line.text.rsplit(None, 1)[-1] in _UNFINISHED


def wrapped(page: Sequence[Line], kept: Sequence[bool]) -> int | None:
    """The width that the text was broken to; None when it was not."""
    width = max((len(line.text) for line, one in zip(page, kept, strict=True) if one), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    pairs = [(a, b) for a, b, one, two in zip(page, page[1:], kept, kept[1:], strict=False) if one and two and not b.after_gap]
    full = [b for a, b in pairs if _full(a, b, width)]
    small = sum(line.lower for line in full)
    return width if small >= _FULL_LINES and 5 * small >= 2 * len(full) else None


def _full(before: Line, line: Line, width: int) -> bool:
    """Whether the first word of the line would not have fitted on the line before."""
    return len(before.text) + 1 + len(line.text.split(None, 1)[0]) > width - 2
