"""Names as a person recognises them: by their letters, whatever the case, accents, apostrophes, hyphens, spaces and line breaks.

Two spellings are one name when their letters are the same after compatibility decomposition (Unicode Standard Annex 15, NFKD), without marks
and case.  A name is looked for in windows of tokens, so that a name that is known by its keyed hash alone is found as well as one that is
known in clear.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.model import Span

APOSTROPHES: Final = "'`´ʹʻʼʽʾʿˈˊˋ՚׳ꞌ‘’‛′‵＇"
INVISIBLE: Final = "\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
MARKS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
DASHES: Final = "\\-\u058a\u05be\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"

_WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}{INVISIBLE}{APOSTROPHES}]+(?=[^\W_])|[{MARKS}]+)*")
_POSSESSIVE: Final = re.compile(rf"[{APOSTROPHES}][{INVISIBLE}]*[sSｓＳ]$")
_GAP: Final = re.compile(rf"[\s{INVISIBLE}{MARKS}{DASHES}{APOSTROPHES}_+*~·・.]{{1,60}}")
_OTHER: Final = re.compile("[\\W_\u0640]+")
_STOP: Final = re.compile(r"\.\s")
_UNFOLDED: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe"})

_INITIAL = 2
"""Letters of a token whose full stop does not end a sentence: an initial, a short title."""

_SLACK = 3
"""Words that a spelling may have beyond the tokens of the name as it was given: `al-Din` and `al Din` and `Aldin`."""

_MOST_PARTS = 32
"""Tokens, words divided at capitals among them, that a spelling may have in all."""


def letters(text: str) -> str:
    """What is compared of a text: its letters and digits without case and marks.

    >>> letters("ʿAbd al-Raḥmān") == letters("Abd Al Rahman")
    True
    """
    if text.isascii():
        return text.lower() if text.isalnum() else _OTHER.sub("", text.lower())
    return _OTHER.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_UNFOLDED))


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of letters: those that are compared, where it stands, and whether it begins and ends where a word does.

    `joined` says that it may belong to one name with the token before it.
    """

    letters: str
    span: Span
    begins: bool
    ends: bool
    joined: bool


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text: its words, divided also where capitals follow small letters and letters digits; without a possessive s."""
    reached, before = 0, ""
    for word in _WORD.finditer(text):
        start, end = word.span()
        possessive = _POSSESSIVE.search(text, start, end)
        if possessive and possessive.start() > start:
            end = possessive.start()
        cuts = [start, *_cuts(text, start, end), end]
        for number in range(len(cuts) - 1):
            span = Span(cuts[number], cuts[number + 1])
            folded = letters(text[span.start : span.end])
            if folded:
                joined = number > 0 or (bool(before) and _one_name(text[reached : span.start], before))
                yield Token(folded, span, number == 0, number == len(cuts) - 2, joined)
                before = folded
                reached = span.end


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Where a word falls into parts: `AliHassan`, `Hassan2024`."""
    for at in range(start + 1, end):
        one, other = text[at - 1], text[at]
        if (one.islower() and other.isupper()) or (one.isdigit() != other.isdigit() and one.isalnum() and other.isalnum()):
            yield at


def _one_name(gap: str, before: str) -> bool:
    """Whether what stands between two words lets them be one name."""
    return bool(_GAP.fullmatch(gap)) and (len(before) <= _INITIAL or not _STOP.search(gap))


def length(name: str) -> int:
    """How many tokens a name has."""
    return sum(1 for _ in tokens(name))


Known = Callable[[str], int | None]
"""Of letters the number of tokens of the name that they are, None when they are no name that is looked for."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds names: `known` recognises their letters, `longest` is the number of tokens of the longest of them.

    `clear` are the letters of names that are known in clear; a text without them is soon done with.
    """

    known: Known
    longest: int
    clear: tuple[str, ...] = ()
    _met: dict[str, int | None] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, names: Mapping[str, int]) -> Matcher:
        """A matcher for names known in clear: their letters and numbers of tokens."""
        return cls(names.get, max(names.values(), default=0), tuple(names))

    def _may_show(self, text: str) -> bool:
        """Whether a name may stand in a text, told from all its letters at once."""
        if not self.longest or not self.clear:
            return bool(self.longest)
        row = letters(text)
        return any(name in row for name in self.clear)

    def find(self, text: str) -> list[Span]:
        """Where a name stands in a text: spans that do not overlap, in their order; a possessive s stays outside."""
        if not self._may_show(text):
            return []
        found: list[Span] = []
        row = list(tokens(text))
        at = 0
        while at < len(row):
            last = self._from(row, at)
            if last is None:
                at += 1
                continue
            found.append(Span(row[at].span.start, row[last].span.end))
            at = last + 1
        return found

    def shows(self, text: str) -> bool:
        """Whether a name stands in a text."""
        row = list(tokens(text)) if self._may_show(text) else []
        return any(self._from(row, at) is not None for at in range(len(row)))

    def _from(self, row: list[Token], at: int) -> int | None:
        """The last token of the longest name that begins with this one, or None."""
        window, best = "", None
        words = 0
        for here in range(at, min(len(row), at + _MOST_PARTS)):
            words += row[here].begins
            if (here > at and not row[here].joined) or words > self.longest + _SLACK:
                break
            window += row[here].letters
            if self._is_name(window, row[at].begins, row[here].ends):
                best = here
        return best

    def _is_name(self, window: str, begins: bool, ends: bool) -> bool:
        """Whether letters are a name: one of a single token only as a whole word, one of several also in a longer one, and with a bare s."""
        count = self._count(window)
        if count is not None and (count > 1 or (begins and ends)):
            return True
        return window.endswith("s") and ends and (self._count(window[:-1]) or 0) > 1

    def _count(self, window: str) -> int | None:
        if window not in self._met:
            if len(self._met) > 1_000_000:
                self._met.clear()
            self._met[window] = self.known(window)
        return self._met[window]
