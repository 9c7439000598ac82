"""What is wrong with a text and where: a fault at an offset, told to a reader by line and column.

Codepoint escapes (`\\u0041`) are decoded before all else (section 19.2), so that an offset in what the parser reads is mapped back to the
text as it was given.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from kg.errors import QuerySyntaxError


class Fault(Exception):
    """Internal to `kg.sparql`: something wrong at an offset of the decoded text; None is the text's end."""

    def __init__(self, at: int | None, reason: str) -> None:
        super().__init__(reason)
        self.at = at
        self.reason = reason


class TooDeep(Fault):
    """Internal to `kg.sparql`: brackets in brackets beyond what is read here."""


_ESCAPE: Final = re.compile(r"\\\\|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A text as given, with its codepoint escapes decoded in `decoded`.

    An escaped backslash stays as it is: `"\\\\u0041"` is a backslash and five letters, as all engines read it.

    >>> Source.of(r"\\u0041SK {}").decoded
    'ASK {}'
    """

    given: str
    decoded: str
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str) -> Source:
        """The source of a text; raises QuerySyntaxError for an escape that names no character."""
        if not text.isascii() and (lone := _SURROGATE.search(text)):
            line, column = place(text, lone.start())
            raise QuerySyntaxError("half of a surrogate pair stands here, which is no character.", line, column)
        if "\\" not in text:
            return cls(text, text)
        parts: list[str] = []
        starts: list[int] = []
        shifts: list[int] = []
        done = length = 0
        for escape in _ESCAPE.finditer(text):
            if escape.lastindex is None:
                continue
            number = int(escape[escape.lastindex], 16)
            if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
                line, column = place(text, escape.start())
                raise QuerySyntaxError(f"{escape[0]} names no character.", line, column)
            parts += (text[done : escape.start()], chr(number))
            length += escape.start() - done + 1
            done = escape.end()
            starts.append(length)
            shifts.append(done - length)
        parts.append(text[done:])
        return cls(text, "".join(parts), tuple(starts), tuple(shifts))

    def offset(self, at: int) -> int:
        """Where in the text as given an offset of the decoded text lies."""
        found = bisect_right(self.starts, at)
        return at + (self.shifts[found - 1] if found else 0)

    def error(self, fault: Fault) -> QuerySyntaxError:
        """The fault as an error for a reader."""
        line, column = place(self.given, len(self.given.rstrip()) if fault.at is None else self.offset(fault.at))
        return QuerySyntaxError(fault.reason if fault.reason.endswith("?") else f"{fault.reason}.", line, column)


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both counted from 1, columns in characters.

    >>> place("ASK\\n{ ?", 6)
    (2, 3)
    """
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def shown(text: str) -> str:
    """What stands in a text, short enough for a message."""
    return text if len(text) <= 60 else f"{text[:57]}…"


def nearest(word: str, among: Collection[str]) -> str | None:
    """The word most like this one, if any is like it."""
    found = difflib.get_close_matches(word, among, n=1, cutoff=0.7)
    return found[0] if found else None


def listed(words: Collection[str]) -> str:
    """A list as a reader reads it.

    >>> listed(["a", "b", "c"])
    'a, b or c'
    """
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
