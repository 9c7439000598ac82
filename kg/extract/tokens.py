"""Words with their places in the text, and the form in which names and cues are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.model import Span

_TOKEN: Final = re.compile(r"['’]s\b|[^\W_]+(?:['’‘ʿʾ`](?!s\b)[^\W_]+)*(?:['’](?=\s))?|\S")
"""A possessive 's, a word (with inner apostrophes), or one mark; hyphens are marks of their own."""


FUNCTION_WORDS: Final = frozenset(
    """a an the this that these those on in at by for from to of with after before during since until while when as and or but if not no
    he she it they we i you his her its their our my who which what where why how also there here""".split()  # noqa: SIM905 - reads better
)
"""Function words, which begin a sentence with a capital and never a name."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: as written, as compared, and where."""

    words: str
    key: str
    span: Span

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.words[0].isupper()


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


def tokens(text: str, within: Span | None = None) -> tuple[Token, ...]:
    """The words and marks of a text, or of a stretch of it, with offsets into the whole text."""
    span = within or Span(0, len(text))
    return tuple(Token(m.group(), key(m.group()), Span(m.start(), m.end())) for m in _TOKEN.finditer(text, span.start, span.end))


def keys(words: str) -> tuple[str, ...]:
    """A name or cue as the compared forms of its words, hyphens left out.

    >>> keys("Ain al-Asad")
    ('ain', 'al', 'asad')
    """
    return tuple(token.key for token in tokens(words) if token.words not in "-–")
