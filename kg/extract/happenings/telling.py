"""One act read: the roles that the clauses of its words fill, its kind, and whether enough is said to know it by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.happenings import harm
from kg.extract.happenings.aims import Aims, bearers_of
from kg.extract.happenings.casualties import Casualties
from kg.extract.happenings.doers import Doers
from kg.extract.happenings.groups import Group, Refers
from kg.extract.happenings.means import Means
from kg.extract.happenings.regions import region
from kg.extract.happenings.rehearsals import rehearsed
from kg.extract.happenings.roles import Roles
from kg.extract.happenings.sorts import Sort
from kg.extract.happenings.tellings import NO_WEAPONS
from kg.extract.syntax.contexts import ASSERTED
from kg.extract.syntax.scene import Scene
from kg.model import DraftObject, Mention, Qualifiers, TimeSpan
from kg.terms import Vocabulary

LOOSE: Final = frozenset(f"event-kind/{kind}" for kind in ("attack", "strike", "seizure", "raid", "killing", "sabotage"))
"""Kinds whose verbs are said of other things too."""

KNOWN: Final = frozenset(("the", "that", "this", "these", "those", "its", "their", "such"))
"""Words by which an act is spoken of as known."""

ORDINALS: Final = ("th", "second", "third", "first")
"""Ends of ordinal numbers."""


class Telling:
    """One group of words, read."""

    def __init__(self, words: Vocabulary, scene: Scene, group: Group, bearing: frozenset[str], refs: Refers) -> None:
        self._scene, self._group = scene, group
        self._tree, self._clauses = scene.tree, scene.clauses
        bearers = [verb for node in group.anchors if not scene.tree.nodes[node].verb for verb in bearers_of(scene.tree, node, bearing)]
        self._region = region(scene, group.nodes, frozenset(bearers))
        self._roles = Roles()
        self._aims = Aims(words, scene, group, bearing, self._region, refs, self._roles)
        self._doers = Doers(words, scene, group, refs, self._aims, self._roles)
        self._means = Means(scene, group, self._roles)
        self._casualties = Casualties(scene, group, self._roles)
        self._sort = Sort(words, scene, group, self._region, self._roles)
        self._read()
        self.kind = self._sort.kind()

    @property
    def realis(self) -> str:
        """How the words put it: as done, alleged, planned …; what is least real about any of them.  In an exercise only what hurt people is real."""
        if rehearsed(self._scene, self._group.nodes) and not self._roles.found.keys() & {"killed", "injured", "victim"}:
            return "realis/hypothetical"
        put = [self._scene.context(node).realis for node in (self._group.anchors or self._group.harms)]
        return next(
            (realis for realis in put if realis not in (ASSERTED, "realis/alleged")), next((r for r in put if r != ASSERTED), ASSERTED)
        )

    @property
    def found(self) -> Mapping[str, list[tuple[DraftObject, Qualifiers]]]:
        """The values of each role, those of a single-valued one in the order of trust."""
        return self._roles.found

    @property
    def aimed(self) -> Sequence[int]:
        """The words of what it was aimed at."""
        return self._aims.aimed

    def values(self) -> Iterator[tuple[str, DraftObject, Qualifiers]]:
        """Each predicate with its value and qualifiers, of single-valued ones the first."""
        return self._roles.values()

    @property
    def known(self) -> bool:
        """Whether the act is spoken of as one that was told before: the attack, it, two were killed."""
        tree, filled = self._tree, set(self._roles.found)
        nouns = [i for i in self._group.anchors if not tree.nodes[i].verb]
        if self._sort.ordinal():
            return False  # the ninth attack since June: the series, not the act told before
        own = filled & {"time", "perpetrator", "target", "place"}
        if nouns:
            return any(tree.nodes[i].key in KNOWN for n in nouns for i in tree.below(n, "det", "nmod:poss", "amod")) and not len(own) > 1
        doers = [i for n in self._group.nodes for i in self._clauses.of(n).doers]
        pronoun = any(tree.nodes[i].key in ("it", "they", "that", "this") for i in doers)
        return (pronoun and "perpetrator" not in filled) or (self.only_harm and not filled & {"perpetrator", "place", "time", "weapon"})

    @property
    def named(self) -> bool:
        """Whether an act that is spoken of as known says itself whom or what it was aimed at: the assassination of X, the attack on the A base."""
        aimed = [value for predicate in ("victim", "target") for value, _ in self._roles.found.get(predicate, ())]
        nouns = any(not self._tree.nodes[i].verb and self._tree.nodes[i].tag != "NNS" for i in self._group.anchors)
        return nouns and self.kind != "event-kind/attack-series" and any(isinstance(value, Mention) and value.senses for value in aimed)

    @property
    def only_harm(self) -> bool:
        """Whether no word says more than that people were killed or hurt."""
        return all(harm.harms(self._scene, i) for i in self._group.nodes)

    def reference(self) -> int:
        """The word by which an act told before is spoken of: its noun, or the pronoun that stands for it."""
        nodes = sorted(self._group.nodes)
        pronouns = [i for n in nodes for i in self._clauses.of(n).doers if self._tree.nodes[i].key in ("it", "they", "that", "this")]
        nouns = [i for i in self._group.anchors if not self._tree.nodes[i].verb]
        return (nouns or pronouns or [self.main()])[0]

    def main(self) -> int:
        """The word that leads the telling: its noun, else its verb."""
        return min(self._group.anchors or self._group.harms, key=lambda i: (self._tree.nodes[i].verb, i))

    def _read(self) -> None:
        for node in sorted(self._group.anchors, key=lambda i: (self._tree.nodes[i].verb, i)):
            self._doers.read(node)
            self._aims.read(node)
            self._means.read(node)
        for node in sorted(self._group.harms):
            self._doers.read(node)
            self._means.read(node)
            self._casualties.by_verb(node)
        for node in self._group.anchors:
            self._casualties.by_noun(node)
            for count in harm.toll(self._scene, node):
                self._roles.add("killed", replace(count, counted="counted/killed"))
        for time in self._region.times:
            self._roles.add("time", time)
        fired = all(self._tree.nodes[node].verb for node in self._group.anchors)
        struck = [value for value, _ in self._roles.found.get("target", ())] if fired else []
        for place in self._region.places:
            if place not in struck:  # fired at a base: that is whom it was fired at
                self._roles.add("place", place)
        self._sort.counted()
        if "time" not in self._roles.found and self._sort.series():
            for time in self._sort.since():
                self._roles.add("time", time)

    def enough(self) -> bool:
        """Whether enough is said to know the act by: somebody or something beside the day.

        A definite one ("the attack") with nothing of its own goes on with another; a verb wants an object that we know.
        """
        filled, tree = set(self._roles.found), self._tree
        known = filled & {"target", "place", "victim", "killed", "injured"}
        after = {tree.nodes[i].key for node in self._group.nodes for i in tree.within(node)}
        if after & NO_WEAPONS or self._one_of_many() or self._running_total():
            return False
        if self.only_harm:
            if not any(tree.nodes[i].verb for i in self._group.harms):
                return False  # a death may be a natural one
            return bool(filled & {"perpetrator", "victim"}) or len(filled & {"place", "time", "weapon"}) > 1
        if self.kind == "event-kind/attack-series":
            if not filled & {"actCount", "time"} and any(tree.nodes[i].key in KNOWN for i in tree.below(self.main(), "det")):
                return False  # "the continued attacks on …" speaks of what others tell
            return bool(filled & {"actCount", "perpetrator", "time"}) and bool(filled & {"target", "place"})
        if all(tree.nodes[i].verb for i in self._group.anchors) or self._aimed_somewhere():
            return bool(known) or ("perpetrator" in filled and bool(filled & {"time", "weapon"} or self._aims.things) and self._violent())
        if any(tree.nodes[i].key in KNOWN for i in tree.below(self.main(), "det")):
            return len(filled & {"time", "place", "perpetrator", "target", "victim", "killed"}) > 1
        return bool(filled - {"time", "weapon", "weaponCount", "actCount"})

    def _violent(self) -> bool:
        """Whether the words can only be of arms: shelled, bombed, ambushed, or anything done with a weapon; one may also hit the road."""
        kinds = {entry.name for i in self._group.anchors if (entry := self._sort.anchor_entry(i))}
        return bool(kinds - LOOSE) or "weapon" in self._roles.found

    def _running_total(self) -> bool:
        """Whether it is the toll of attacks that nobody counts: attacks have cost the lives of 40 soldiers since May."""
        plural = any(not self._tree.nodes[i].verb and self._tree.nodes[i].key.endswith("s") for i in self._group.anchors)
        lasting = any(isinstance(v, TimeSpan) and v.edtf and v.edtf.endswith("/..") for v, _ in self._roles.found.get("time", ()))
        return plural and lasting and self.kind != "event-kind/attack-series"

    def _one_of_many(self) -> bool:
        """Whether it is told only as the umpteenth of its sort: the twelfth such strike."""
        tree = self._tree
        for node in self._group.anchors:
            modifiers = [tree.nodes[i] for i in tree.below(node, "amod", "det")]
            if (
                tree.below(node, "cop")
                and not self._sort.ordinal()
                and any(m.key == "such" or (m.tag == "JJ" and m.key.endswith(ORDINALS)) for m in modifiers)
            ):
                return True
        return False

    def _aimed_somewhere(self) -> bool:
        return any(self._clauses.of(i).by("on", "against") for i in self._group.anchors if not self._tree.nodes[i].verb)
