"""One sentence with what its pronouns and descriptions stand for, and where its subject begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.authority import Authority
from kg.extract.bodies.senses import actor_of, called_by, state_of
from kg.extract.lexicon import Entry, Lexicon
from kg.extract.line.items import Item, Line
from kg.model import Span

OPENING: Final = frozenset(
    {"in", "on", "at", "after", "since", "during", "meanwhile", "however", "earlier", "later", "today", "now", "moreover"}
)
"""Words that open a phrase before the subject."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One sentence with its descriptions settled.

    `topic` is the organisation or state that it is about, `stood` the stretches of words that stand for something named elsewhere, and
    `earlier` the settings before it, nearest first.
    """

    line: Line
    topic: Item | None
    stood: frozenset[Span]
    known: Authority
    names: Lexicon
    earlier: tuple[Setting, ...] = ()
    lost: bool = False
    """Whether it begins with a pronoun or description of which nobody knows what it stands for."""

    def actor(self, item: Item) -> str | None:
        """The one actor that an item may stand for."""
        return actor_of(item, self.known)

    def state(self, item: Item) -> str | None:
        """The state that an item names, belongs to or is at home in, where it is one only."""
        return state_of(item, self.known)

    def is_state(self, item: Item) -> bool:
        """Whether an item may stand for a state."""
        return any(self.known.is_a(sense, "State") for entry in item.entries for sense in entry.senses)

    def forces(self, item: Item) -> bool:
        """Whether an item names forces of a state or coalition."""
        found = self.actor(item)
        return found is not None and self.known.is_a(found, "StateForce")

    def called(self, state: str, words: str) -> tuple[Entry, ...]:
        """What a state's adjective and further words together name: Iraqi and armed forces."""
        return called_by(state, words, self.known, self.names)


def subject(line: Line) -> int:
    """The index at which the subject of the main clause may begin: after the opening phrases and their commas."""
    items, at = line.items, 0
    while at < len(items) and (items[at].key in OPENING or items[at].words.lower() == "according to"):
        comma = next((i for i in range(at, min(at + 12, len(items))) if items[i].key == ","), None)
        if comma is None:
            return at
        at = comma + 1
        if at < len(items) and items[at].key in ("a", "an"):  # what describes the place
            comma = next((i for i in range(at, min(at + 12, len(items))) if items[i].key == ","), None)
            listed = comma is not None and any(items[i].key == "and" for i in range(comma, min(comma + 8, len(items))))
            following = next((i for i in range((comma or at) + 1, min((comma or at) + 9, len(items))) if items[i].key == ","), None)
            at = (following if listed and following else comma or at - 1) + 1
    return at


def heads(line: Line, at: int) -> bool:
    """Whether an item may be the subject of its clause, one behind a verb of speech or behind a comma and "and" among them."""
    before = at - 1 - (at > 0 and line.items[at - 1].key in ("the", "a", "an"))
    spoken = before >= 0 and "Q" in line.items[before].codes
    joined = before > 0 and line.items[before].key == "and" and line.items[before - 1].key in (",", ";")
    return line.heads(at) or spoken or joined
