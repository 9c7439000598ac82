"""Cue phrases of the ontology, found in a row of words.

A cue is words in lower case; `*` ends a word of which only the beginning is given (violat*), `…` stands for up to six words between (hold … responsible).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.settings import DEFAULT_BASE
from kg.terms import vocabulary

GAP: Final = "…"
POINTS: Final = "_"
"""The end of a cue that points at whoever stands behind it."""

WIDEST: Final = 6
"""The most words that a gap stands for."""

REMEMBERED: Final = 10_000
"""Words of which each table remembers the phrases that they open."""

STOPS: Final = frozenset((";", ":", ".", "…"))
"""Marks that no gap passes."""


@dataclass(frozen=True, slots=True)
class Found:
    """A cue found: the places of its first and last word, the places of all its words, the name that it stands for, and whether it points at what follows."""

    start: int
    last: int
    name: str
    words: tuple[int, ...]
    points: bool = False


class Phrases:
    """Cue phrases, each with the name of the concept or term that it expresses."""

    def __init__(self, cues: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for words, name in cues:
            parts = tuple(re.sub(r"[-–]", " - ", words.lower()).split())
            self._by_first[parts[0].rstrip("*")[:3]].append((parts, name))
        self._opened: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
        for rows in self._by_first.values():
            rows.sort(key=lambda row: (-len(row[0]), row[0], row[1]))

    def at(self, words: Sequence[str], start: int) -> Found | None:
        """The longest phrase that begins at a word; of equally long ones the first by name."""
        for parts, name in self._openings(words[start]):
            places = _match(words, start, parts)
            if places:
                return Found(start, places[-1], name, places, parts[-1] == POINTS)
        return None

    def _openings(self, word: str) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The phrases that can begin with a word, which are remembered: few words open any."""
        rows = self._by_first.get(word[:3])
        if not rows:
            return ()
        found = self._opened.get(word)
        if found is None:
            found = tuple(row for row in rows if _same(row[0][0], word))
            if len(self._opened) < REMEMBERED:
                self._opened[word] = found
        return found

    def find(self, words: Sequence[str]) -> Iterator[Found]:
        """The longest phrase at every word where one begins."""
        for start in range(len(words)):
            found = self.at(words, start)
            if found:
                yield found


def _match(words: Sequence[str], start: int, parts: Sequence[str]) -> tuple[int, ...] | None:
    """The places of a phrase's words from a place on, or None."""
    places: list[int] = []
    at, gap = start, False
    for part in parts:
        if part == POINTS:
            break
        if part == GAP:
            gap = True
            continue
        upto = min(len(words), at + (WIDEST + 1 if gap else 1))
        place = None
        for index in range(at, upto):
            if _same(part, words[index]):
                place = index
                break
            if words[index] in STOPS:
                break
        if place is None:
            return None
        places.append(place)
        at, gap = place + 1, False
    return tuple(places)


def _same(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


@cache
def phrases(annotation: str, scheme: str) -> Phrases:
    """The phrases that an annotation gives to the names of a scheme, such as `verbCue` of `speech-act/`."""
    return Phrases((cue.words, cue.name) for cue in vocabulary(DEFAULT_BASE).cues(annotation, scheme))


def verbs() -> Phrases:
    """The verbs of speech."""
    return phrases("verbCue", "speech-act/")


def nouns() -> Phrases:
    """The nouns of speech."""
    return phrases("nounCue", "speech-act/")


def contents() -> Phrases:
    """The words by which what is said is an act."""
    return phrases("contentCue", "speech-act/")
