"""Lines: the lines of a page that hold anything, with what tells prose from the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import Span

INVISIBLE: Final = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
"""Characters without a shape of their own, as a regular expression's range: they are left out of the clean text."""

_LINE: Final = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK: Final = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_EDGES: Final = (range(0x21), range(0x7F, 0xA1), range(0xAD, 0xAE), range(0x1680, 0x1681), range(0x2000, 0x2010), range(0x2028, 0x2030))
_WIDE_EDGES: Final = (range(0x205F, 0x206A), range(0x3000, 0x3001), range(0xFEFF, 0xFF00))
_AT_EDGES: Final = "".join(chr(number) for numbers in (*_EDGES, *_WIDE_EDGES) for number in numbers)
_CLOSERS: Final = "\"”’'»)]*†‡ "
_STOPS: Final = ".!?…؟"
_WORD: Final = re.compile(r"\w+")
_LOWER: Final = re.compile(r"[\"“‘'(\[]*(?!(?:al|el|as|ash|an|ad|at|ar|az)-['’‘]?[A-Z])[a-z]")
_LONGEST_LABEL = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it; `after_gap` says that an empty line, or the beginning, stands before it."""

    span: Span
    text: str
    after_gap: bool

    @property
    def short(self) -> bool:
        """Whether it may be a label at all: longer ones are looked at no further."""
        return len(self.text) <= _LONGEST_LABEL

    @property
    def stopped(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text.rstrip(_CLOSERS)[-1:] in tuple(_STOPS)

    @property
    def lower(self) -> bool:
        """Whether it begins as no sentence does, with a small letter (`al-` before a name is none)."""
        return bool(_LOWER.match(self.text))

    def words(self) -> int:
        """How many words it has, counted up to what a label may have."""
        return len(self.text[:_LONGEST_LABEL].split())


def lines(text: str) -> Iterator[Line]:
    """The lines of a text that hold anything.

    >>> [(line.text, line.after_gap) for line in lines("One.\\r\\nTwo.\\n\\n Three. ")]
    [('One.', True), ('Two.', False), ('Three.', True)]
    """
    reached = 0
    first = True
    for found in _LINE.finditer(text):
        start, end = _trimmed(text, found.start(), found.end())
        if start == end:
            continue
        gap = first or len(_BREAK.findall(text, reached, start)) > 1
        yield Line(Span(start, end), text[start:end], gap)
        reached, first = end, False


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds without white space and invisible characters at the edges."""
    held = text[start:end].rstrip(_AT_EDGES)
    return start + len(held) - len(held.lstrip(_AT_EDGES)), start + len(held)


def cased(page: Sequence[Line]) -> bool:
    """Whether the sentences of a page begin with capitals, so that small letters tell anything."""
    first = [line for at, line in enumerate(page) if line.stopped and (at == 0 or line.after_gap or page[at - 1].stopped)]
    return not first or 2 * sum(line.lower for line in first) < len(first)


def key(text: str) -> str:
    """What two tellings of one sentence have in common: its words in small letters, without quotes, white space and punctuation.

    >>> key("“We  stay,” she said*.") == key("'We stay', she said.")
    True
    """
    return " ".join(_WORD.findall(text.casefold()))
