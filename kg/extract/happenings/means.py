"""With what an act was done, and with how many."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.happenings import harm
from kg.extract.happenings.groups import Group
from kg.extract.happenings.roles import Roles
from kg.extract.syntax.grammar import QUANTITIES
from kg.extract.syntax.scene import Scene
from kg.model import Concept


class Means:
    """Reads with what, and with how many, one group of words was done."""

    def __init__(self, scene: Scene, group: Group, roles: Roles) -> None:
        self._scene, self._roles, self._tree, self._clauses = scene, roles, scene.tree, scene.clauses
        self._acting = frozenset(doer for node in group.nodes for doer in scene.clauses.of(node).doers)

    def read(self, node: int) -> None:
        """What it was done with, and with how many."""
        tree, clause = self._tree, self._clauses.of(node)
        phrases = [
            *clause.doers,
            *clause.by("by", "with", "using", "via", "from"),
            *(clause.undergoers if tree.nodes[node].verb and not tree.item(node).words.lower().endswith(" at") else ()),
        ]
        phrases += [
            i
            for verb in tree.below(node, "acl", "advcl")
            for i in self._clauses.of(verb).undergoers
            if tree.nodes[verb].key in ("using", "involving")
        ]
        compounds = [i for child in tree.below(node, "compound", "amod", "nmod") for i in (child, *tree.below(child, "compound", "conj"))]
        compounds += [i for child in tree.below(node, "compound") for i in tree.joined(child)]
        for phrase in (*phrases, *compounds, *(i for c in tree.below(node, "nmod") if tree.case(c) == "of" for i in tree.within(c))):
            self._weapon(phrase)

        for entry in self._scene.cues(tree.item(node).words) if not tree.nodes[node].verb else ():
            self._roles.add("weapon", Concept(entry))

    def _weapon(self, node: int) -> None:
        if self._tree.nodes[node].key in QUANTITIES:
            for part in (i for i in self._tree.below(node, "nmod") if self._tree.case(i) == "of"):
                self._weapon(part)  # a salvo of rockets
        entry = self._tree.item(node).entry("W")
        if entry and entry.name and not (node in self._acting and self._scene.phrases.actor(node)):
            self._roles.add("weapon", Concept(entry.name))
            count = harm.number(self._scene, node)
            if count:
                self._roles.add("weaponCount", replace(count, counted="counted/missiles"))
