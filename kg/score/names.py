"""When an extracted name is the gold's: known things by all their names, unlisted ones by their words."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from kg.authority import Authority, Thing

CLASSES: Final = {"actor": "Actor", "place": "Place"}
"""The class that a sort of key takes; a thing may be either."""

PARTS: Final = (("US Department of Defense", "United States"),)
"""A part that is right for its whole and the reverse, by the gold's rules."""

_LITTLE: Final = frozenset("the a an of in on at for by to and or from with its their some two three four several many various".split())  # noqa: SIM905
_TAIL: Final = re.compile(r"\b(?:of|in|on|at|for|by|from|with|that|who|which|(?:affiliated|allied|aligned) (?:with|to))\b")
_AREA: Final = re.compile(r"\b(?:governorate|province|city|district|neighbou?rhood|region|area)\b")
_FOLD: Final = {"troop": "force", "soldier": "force", "airbase": "base"}
"""American troops in a country are the US forces there."""


@dataclass(frozen=True, slots=True)
class Who:
    """Something named by an extraction: the known thing's IRI where it is one, and its label."""

    iri: str | None
    label: str

    def __str__(self) -> str:
        return self.label


@lru_cache(maxsize=65536)
def plain(words: str) -> str:
    """A name as it is compared: lower case, no diacritics or apostrophes, hyphens as spaces, no article in front.

    >>> plain("The Kata’ib Ḥezbollah"), plain("U.S.-led coalition")
    ('kataib hezbollah', 'us led coalition')
    """
    text = unicodedata.normalize("NFKD", words.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "'’‘ʿʾ`.")
    text = " ".join(re.sub(r"[^\w]+", " ", text).split())
    return re.sub(r"^(?:the|an?) ", "", text)


class Names:
    """The names of all known things, and the comparison of names."""

    def __init__(self, known: Authority) -> None:
        self.known = known
        self._bearers: dict[str, set[str]] = defaultdict(set)
        for thing in known.things.values():
            for name in thing.names:
                if name.kind != "adjective":
                    self._bearers[plain(name.words)].add(thing.iri)
        self._parts = {(self._one(part), self._one(whole)) for part, whole in PARTS}
        self._words: dict[str, tuple[frozenset[str], str]] = {}

    def _one(self, name: str) -> str:
        return min(self.bearers(name, "actor"), default=name)

    @cached_property
    def _states(self) -> re.Pattern[str]:
        return re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, self._of_states), key=lambda w: (-len(w), w))) + r")\b")

    @cached_property
    def _of_states(self) -> dict[str, str]:
        """The names and adjectives of states, each with one word for the state."""
        return {
            plain(name.words): thing.iri.rsplit("/", 1)[-1].replace("-", "_")
            for thing in self.known.things.values()
            if "State" in thing.classes
            for name in thing.names
            if name.kind != "metonym" and plain(name.words).isascii()
        }

    def who(self, label: str, sort: str = "thing") -> Who:
        """What a name stands for when it is unambiguous, else the name alone."""
        found = self.bearers(label, sort)
        return Who(min(found) if len(found) == 1 else None, label)

    def bearers(self, name: str, sort: str) -> frozenset[str]:
        """The known things of a sort that bear a name; curated ones only, where there are any."""
        wanted = CLASSES.get(sort)
        found = [self.known[iri] for iri in self._bearers.get(plain(name), ()) if wanted is None or wanted in self.known[iri].classes]
        return frozenset(t.iri for t in ([t for t in found if t.curated] or found))

    # -- comparing -----------------------------------------------------------------------------------------------------------

    def same(self, gold: str, given: Who, sort: str) -> bool:
        """Whether an extracted name is right for the gold's."""
        bearers = self.bearers(gold, sort)
        if given.iri is None or given.iri not in self.known:
            named = [name.words for iri in bearers for name in self.known[iri].names]
            return any(self._equal(name, given.label) for name in named) if named else self._alike(gold, given.label)
        if given.iri in bearers or any((iri, given.iri) in self._parts or (given.iri, iri) in self._parts for iri in bearers):
            return True
        thing = self.known[given.iri]
        if "Place" in thing.classes and sort != "actor":
            return self._same_area(gold, thing)
        return not bearers and any(self._equal(gold, name.words) for name in thing.names)

    def same_kind(self, gold: str, given: str) -> bool:
        """Whether a kind of organisation is the head noun of the gold's description, or umbrella, network and the like within its head."""
        front = _TAIL.split(plain(gold))[0].split()
        wanted = {w for w in front if w in ("umbrella", "network", "party", "paramilitary", "movement")} | set(front[-1:])
        return bool(wanted & set(plain(given).split()))

    def wider(self, gold: str, given: Who) -> bool:
        """Whether an extracted place is one that the gold's place is known to lie within."""
        return given.iri is not None and any(given.iri in self.known.wider(iri) for iri in self.bearers(gold, "place"))

    def within(self, text: str, name: str) -> bool:
        """Whether most of the words of a phrase stand in a text; for topics and for what is no event."""
        wanted = self.words(name)
        return bool(wanted) and 2 * len(wanted & self.words(text)) >= len(wanted)

    def _same_area(self, gold: str, thing: Thing) -> bool:
        wanted = " ".join(_AREA.sub("", plain(gold)).removeprefix("al ").split())
        return any(wanted == " ".join(_AREA.sub("", plain(name.words)).removeprefix("al ").split()) for name in thing.names)

    def _equal(self, one: str, other: str) -> bool:
        return self.words(one) == self.words(other) != frozenset()

    def _alike(self, one: str, other: str) -> bool:
        """Whether two descriptions have the same head, and the words of one are at least half of the other's and all in it."""
        (first, head), (second, also) = self._read(one), self._read(other)
        small, large = sorted((first, second), key=len)
        return bool(small) and head == also and small <= large and 2 * len(small) >= len(large)

    def words(self, text: str) -> frozenset[str]:
        """The words that count, singular, with states by whatever name as one word."""
        return self._read(text)[0]

    def _read(self, text: str) -> tuple[frozenset[str], str]:
        if text not in self._words:
            folded = self._states.sub(lambda m: self._of_states[m[0]], plain(text))
            front = [_singular(w) for w in _TAIL.split(folded)[0].split() if w not in _LITTLE]
            whole = frozenset(_singular(w) for w in folded.split() if w not in _LITTLE)
            self._words[text] = (whole, front[-1] if front else "")
        return self._words[text]


def _singular(word: str) -> str:
    short = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return _FOLD.get(short, short)
