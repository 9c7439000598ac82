"""Words with their places in the text, and the form in which names and cues are compared."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from kg.model import Span

_TOKEN: Final = re.compile(r"['’]s\b|[^\W_]+(?:['’‘ʿʾ`](?!s\b)[^\W_]+)*(?:['’](?=\s))?|\S")
"""A possessive 's, a word (with inner apostrophes), or one mark; hyphens are marks of their own."""


FUNCTION_WORDS: Final = frozenset(
    """a an the this that these those on in at by for from to of with after before during since until while when as and or but if not no
    he she it they we i you his her its their our my who which what where why how also there here""".split()  # noqa: SIM905 - reads better
)
"""Function words, which begin a sentence with a capital and never a name."""


class Token(NamedTuple):
    """One word or mark: as written, as compared, where, and whether it begins with a capital letter."""

    words: str
    key: str
    span: Span
    capital: bool


@lru_cache(maxsize=65536)
def key(words: str) -> str:
    """The form in which words are compared: lower case, no diacritics, no apostrophes.

    >>> key("Kata’ib"), key("Ḥashd")
    ('kataib', 'hashd')
    """
    if words in ("'s", "’s"):
        return "'s"
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘ʿʾ`") or words


_SHORT: Final = 200
"""Characters of a text that is read anew rather than remembered."""


def tokens(text: str, within: Span | None = None) -> tuple[Token, ...]:
    """The words and marks of a text, or of a stretch of it, with offsets into the whole text."""
    if within is None and len(text) < _SHORT:
        return tuple(_read(text, Span(0, len(text))))
    words, starts = _all(text)
    if within is None:
        return words
    found = words[bisect_left(starts, within.start) : bisect_left(starts, within.end)]
    if found and (found[0].span.start, found[-1].span.end) == (within.start, within.end):
        return found
    return tuple(_read(text, within))


@lru_cache(maxsize=8)
def _all(text: str) -> tuple[tuple[Token, ...], tuple[int, ...]]:
    """All tokens of a text, which is read once however many of its sentences are asked for, and where each begins."""
    words = tuple(_read(text, Span(0, len(text))))
    return words, tuple(word.span.start for word in words)


def _read(text: str, span: Span) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, span.start, span.end):
        words = match.group()
        yield Token(words, key(words), Span(*match.span()), words[0].isupper())


def keys(words: str) -> tuple[str, ...]:
    """A name or cue as the compared forms of its words, hyphens left out.

    >>> keys("Ain al-Asad")
    ('ain', 'al', 'asad')
    """
    return tuple(token.key for token in _read(words, Span(0, len(words))) if token.words not in "-–")
