"""One sentence as the rules see it: its line, its tree, and what is read off the tree; and one happening told in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.extract.line.items import Line
from kg.extract.syntax.clauses import Clauses
from kg.extract.syntax.contexts import Context, context
from kg.extract.syntax.english import English
from kg.extract.syntax.grammar import TOLL
from kg.extract.syntax.phrases import Phrases
from kg.extract.syntax.tree import Tree, trees
from kg.model import ClaimDraft, Telling
from kg.terms import Vocabulary

MATTERS: Final = frozenset("KVHQXZEJW")
"""Codes of items one of which a sentence must have to be worth parsing."""

PRONOUNS: Final = frozenset(("he", "she", "it", "they", "we", "him", "her", "them", "us", "his", "its", "their", "our"))
"""Words that may stand for a name of another sentence."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence; `number` is its place in the document."""

    number: int
    line: Line
    tree: Tree
    clauses: Clauses
    phrases: Phrases
    weapons: Mapping[str, str]
    _contexts: dict[int, Context] = field(default_factory=dict, init=False, repr=False, compare=False)

    def cues(self, words: str) -> tuple[str, ...]:
        """The weapons that a noun's own words name: rocket and drone attacks."""
        said = words.lower().split()
        found: dict[str, None] = {}
        at = 0
        while at < len(said):
            pair = " ".join(said[at : at + 2])
            name = self.weapons.get(pair) or self.weapons.get(said[at])
            if name:
                found[name] = None
            at += 2 if pair in self.weapons else 1
        return tuple(found)

    def context(self, node: int) -> Context:
        """How a node is put, and in whose words."""
        found = self._contexts.get(node)
        if found is None:
            found = self._contexts[node] = context(self.tree, node)
        return found


@dataclass(frozen=True, slots=True)
class Told:
    """One happening told in a sentence: the node that leads it, all nodes that tell of it, and its claims, without speakers."""

    telling: Telling
    scene: int
    node: int
    nodes: frozenset[int]
    drafts: tuple[ClaimDraft, ...]
    definite: bool = False


def scenes(lines: Sequence[Line], english: English, words: Vocabulary) -> Iterator[Scene | None]:
    """A scene for every line that can matter, None for the others, in order."""
    light = frozenset(cue.words for cue in words.cues("lightVerbCue"))
    weapons = {cue.words: cue.name for cue in words.cues("cue", "weapon/")}
    firing = frozenset(cue.words for cue in words.cues("firingVerbCue"))
    wanted = [line if matters(line, firing) else None for line in lines]
    parsed = trees([line for line in wanted if line is not None], english)
    for number, line in enumerate(wanted):
        if line is None:
            yield None
        else:
            tree = next(parsed)
            yield Scene(number, line, tree, Clauses(tree, light), Phrases(tree), weapons)


def matters(line: Line, firing: frozenset[str] = frozenset()) -> bool:
    """Whether a sentence can state anything: a word for an act or for speech, and a name, a number, a source, an office, a thing told of or a pronoun.

    A weapon with a verb that makes an attack of it (`firing`) is an act too.
    """
    codes = {code for item in line.items for code in item.codes}
    if codes & set("PU") and any(item.words.lower() in TOLL for item in line.items):
        return True  # X was among the dead
    if "W" in codes and codes & set("LBT"):
        return True  # shells fell on X
    fired = "W" in codes and any(item.key in firing for item in line.items)
    return (fired or bool(codes & MATTERS)) and (bool(codes & set("POSMLBTUANZGCIRK")) or any(item.key in PRONOUNS for item in line.items))
