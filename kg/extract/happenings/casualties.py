"""Who was killed or hurt in an act: names, figures and groups."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.happenings import harm
from kg.extract.happenings.groups import Group
from kg.extract.happenings.roles import Roles
from kg.extract.syntax.scene import Scene
from kg.model import Qualifiers


class Casualties:
    """Reads who was killed or hurt by one group of words."""

    def __init__(self, scene: Scene, group: Group, roles: Roles) -> None:
        self._scene, self._group, self._roles, self._tree = scene, group, roles, scene.tree

    def by_verb(self, node: int) -> None:
        """Who was killed or hurt by a verb of harm."""
        predicate = None if harm.together(self._scene, node) or harm.several(self._scene, node) else harm.harms(self._scene, node)
        people = harm.hurt(self._scene, node)
        counted = [person for person in people if harm.number(self._scene, person)]
        for person in people:
            if predicate and (len(counted) < 2 or person not in counted):  # two civilians and four fighters: no sum is ours to make
                self._casualty(predicate, person)

    def _some_of(self, person: int) -> bool:
        """Whether a figure is only a part of those hurt: one of the two killed."""
        tree = self._tree
        figures = (person, *tree.below(person, "nummod", "nmod"))
        return any(tree.item(i).count and " of the " in f"{tree.item(i).words.lower()} " for i in figures) or any(
            tree.case(i) == "of" and harm.number(self._scene, i) for i in tree.below(person, "nmod")
        )

    def _casualty(self, predicate: str, person: int) -> None:
        """A figure of dead or hurt with its group; "four others" are of the group of those before them."""
        tree = self._tree
        for name in harm.persons(self._scene, person) if predicate == "killed" else ():
            self._roles.add("victim", tree.item(name).mention())
            self._roles.add("target", tree.item(name).mention() if not self._roles.found.get("target") else None)
        if harm.person(self._scene, person):
            return
        count = harm.number(self._scene, person)
        if count and not self._some_of(person):
            others = not tree.codes(person).strip("N") or tree.nodes[person].key in ("others", "more")
            before = [held.group for p in ("killed", "injured") for _, held in self._roles.found.get(p, ()) if held.group] if others else []
            group = harm.group(self._scene, person) or next(iter(before), None)
            self._roles.add(predicate, replace(count, counted=f"counted/{predicate}"), Qualifiers(group=group))
        if predicate == "killed":
            for victim in harm.including(self._scene, person, self._group.nodes):
                self._roles.add("victim", victim)

    def by_noun(self, node: int) -> None:
        """Left one fighter dead, leaving 100 troops with injuries."""
        for predicate, person in harm.left(self._scene, node):
            self._casualty(predicate, person)
