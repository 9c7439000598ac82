"""Who takes part in an event that is not a single attack: its sides, and those of them that can wage war."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from kg.extract.syntax.scene import Scene
from kg.model import Mention

WINGS: Final = frozenset(("wing", "arm", "branch", "fighters", "forces", "brigades", "units", "unit", "militia", "force"))
"""Parts of a body by which it acts."""


class Actors(Protocol):
    """What tells whom a noun phrase or pronoun means."""

    def actor(self, scene: Scene, node: int) -> Mention | None:
        """Who is meant, None where that is open."""

    def place(self, scene: Scene, node: int) -> Mention | None:
        """Which place is meant, None where that is open."""


class Parties:
    """Tells who takes part in the events of one sentence."""

    def __init__(self, scene: Scene, refs: Actors | None) -> None:
        self.scene, self.tree, self.refs = scene, scene.tree, refs

    def beside(self, own: Iterable[int], *prepositions: str) -> tuple[int, ...]:
        """What stands under prepositions beside any of some words."""
        return tuple(dict.fromkeys(i for node in own for i in self.scene.clauses.of(node).by(*prepositions)))

    def actor(self, node: int) -> Mention | None:
        """Who is meant; a body's wing stands for the body."""
        return self._meant(node) or (self._owner(node) if self.tree.nodes[node].key in WINGS else None)

    def _meant(self, node: int) -> Mention | None:
        return self.refs.actor(self.scene, node) if self.refs else self.scene.phrases.actor(node)

    def _owner(self, node: int, steps: int = 3) -> Mention | None:
        """The body that has a wing: X has a wing, numbering so many fighters, which fought."""
        tree, word = self.tree, self.tree.nodes[node]
        owned = [a for i in tree.below(node, "nmod:poss", "nmod") for a in [self._meant(i)] if a]
        if owned:
            return owned[0]
        if word.relation != "obj" or steps == 0:
            return None
        verb = tree.nodes[word.head]
        if verb.key in ("has", "have", "had"):
            return next((a for i in self.scene.clauses.subjects(word.head) for a in [self._meant(i)] if a), None)
        above = verb.head if verb.relation in ("acl", "acl:relcl") else None
        return self._owner(above, steps - 1) if above is not None and tree.nodes[above].key in WINGS else None

    def fighting(self, nodes: Iterable[int]) -> list[Mention]:
        """Those of some phrases that can wage war; a person is left out, who only orders it."""
        found = [a for i in dict.fromkeys(nodes) if "P" not in self.tree.codes(i) for a in [self.actor(i)] if a]
        return list(dict.fromkeys(found))
