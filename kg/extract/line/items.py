"""A sentence as a line of items: names, cues, numbers, dates and plain words, each in its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.extract.lexicon import Entry
from kg.extract.line import patterns
from kg.model import Count, Mention, Span, TimeSpan

N, D, U, WORD = "N", "D", "U", ""
"""Codes beside those of the lexicon: number, date, unlisted name, plain word."""


@dataclass(frozen=True, slots=True)
class Item:
    """One element of a sentence: what it may stand for (`entries`), or the number or date that it states."""

    codes: str
    key: str
    words: str
    span: Span
    entries: tuple[Entry, ...] = ()
    count: Count | None = None
    time: TimeSpan | None = None

    def entry(self, codes: str) -> Entry | None:
        """The first entry that fits one of the codes."""
        for entry in self.entries:
            for code in codes:
                if code in entry.codes:
                    return entry
        return None

    def mention(self) -> Mention:
        """The item as a mention with all things that it may stand for."""
        senses = sorted({sense for entry in self.entries for sense in entry.senses})
        return Mention(self.words, self.span, tuple(senses), description="Z" in self.codes)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a document."""

    span: Span
    text: str
    items: tuple[Item, ...]
    form: str
    places: Mapping[str, tuple[int, ...]]
    """Where in the form the items with a code, or with a word as patterns match it, begin."""

    def unreal(self, before: int) -> bool:
        """Whether a cue of another realis (if, would, not …) or an inverted verb stands before an item in its clause."""
        if self.items and self.items[0].key in INVERTED:
            return True
        for item in reversed(self.items[:before]):
            if "J" in item.codes or item.words == "may":
                return True
            if item.key in (";", ":", "."):
                return False
        return False

    def heads(self, index: int) -> bool:
        """Whether an item can be the head of its clause's subject: nothing that would make it a modifier stands before it.

        "Rivals of X", "men posing as X", "protesters angry at X" are not X; a clause begins with the name, an article or an adjective before it,
        or after a mark, a day or a word that opens a clause.
        """
        before = index - 1
        while before >= 0 and (
            self.items[before].key in ("the", "a", "an", "his", "her", "its", "their") or set(self.items[before].codes) & set("AYR")
        ):
            before -= 1
        if before < 0:
            return True
        item = self.items[before]
        return item.key in OPENERS or bool(set(item.codes) & {D, "G"})

    def find(self, pattern: str) -> Iterator[Mapping[str, int]]:
        """Every match of a pattern, overlapping ones too, as the index of each named slot's item.

        A pattern is a row of elements: `<name:CODES>` an item with one of the codes, `word|word` plain words, `~` up to three
        plain words or adjectives, `^` up to two adjectives or titles, `~~` up to twelve items without a clause mark; `?` after an element makes it optional.
        """
        needed, present = patterns.needed(pattern), self.places.keys()
        for element in needed:
            if present.isdisjoint(element):
                return iter(())
        return self._matches(patterns.compiled(pattern), needed)

    def _matches(self, compiled: re.Pattern[str], needed: tuple[frozenset[str], ...]) -> Iterator[Mapping[str, int]]:
        first = [start for key in needed[0] for start in self.places.get(key, ())]
        for start in first if len(needed[0]) == 1 else sorted(set(first)):
            match = compiled.match(self.form, start)
            if match:
                yield {name: int(value) for name, value in match.groupdict().items() if value is not None}


OPENERS: Final = frozenset(
    {
        ",",
        ";",
        ":",
        ".",
        "“",
        '"',
        "–",
        "(",
        "*",
        "that",
        "after",
        "when",
        "while",
        "because",
        "since",
        "before",
        "but",
        "where",
        "said",
        "how",
    }
)
"""Marks and words after which a clause, and so its subject, can begin."""

INVERTED: Final = frozenset({"had", "did", "does", "do", "is", "are", "was", "were", "has", "have", "should"})
"""Verbs that begin a question or a condition."""


def of_items(span: Span, text: str, items: tuple[Item, ...]) -> Line:
    """The line of a sentence whose items are read."""
    form: list[str] = []
    places: dict[str, list[int]] = defaultdict(list)
    at = 0
    for index, item in enumerate(items):
        places[""].append(at)
        if item.codes:
            word = patterns.plain(item.words)
            for key in {*item.codes, word}:
                places[key].append(at)
            form.append(f"«{item.codes}#{index}:{word}» ")
        else:
            if item.key:
                places[item.key].append(at)
            form.append(item.key + " ")
        at += len(form[-1])
    return Line(span, text, items, "".join(form), {key: tuple(starts) for key, starts in places.items()})
