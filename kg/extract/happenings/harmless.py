"""Words of violence that tell of none: accidents and nature, attacks with words, strikes for pay, hearts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.happenings import harm
from kg.extract.happenings.groups import Group
from kg.extract.syntax.grammar import QUANTITIES
from kg.extract.syntax.scene import Scene
from kg.extract.syntax.tree import Tree
from kg.terms import Vocabulary

CAUSES: Final = ("in", "by", "during", "from", "of", "after", "with", "due to", "because of", "when", "amid")
"""Prepositions under which stands what people died of."""

ARMS_TOO: Final = frozenset(("fire", "fires", "crush", "rain", "rains", "collapse"))
"""Mishaps whose words have another sense: a fire is one, Turkish fire and rocket fire are not."""

STRIKING: Final = (
    "er", "ers", "or", "ors", "man", "men", "woman", "women", "ant", "ants", "ent", "ents", "ist", "ists", "people", "side", "sides", "plane", "planes",
    "jet", "jets", "aircraft", "copter", "copters", "craft", "fire", "shrapnel", "debris", "projectile", "projectiles", "bullet", "bullets", "shells",
    "shell", "round", "rounds", "salvo", "salvos", "barrage", "barrages", "volley", "munition", "munitions", "bomb", "bombs", "device", "devices", "mob",
    "crowd", "boat", "boats", "ship", "ships", "warship", "warships", "artillery", "object", "objects", "youths", "residents", "squad",
    "cell", "team", "unit", "units", "forces", "force",
)  # fmt: skip
"""Ends of nouns of those who strike and of what they strike with, beside those of the ontology."""

THINGS: Final = frozenset("POSMLBTUGIC")
"""Codes of what has a body."""


class Harmless:
    """What makes an act none, under one vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        def read(annotation: str) -> frozenset[str]:
            return frozenset(cue.words for cue in words.cues(annotation))

        self._mishaps, self._accidents = read("mishapCue"), read("mishapVerbCue")
        self._wordy, self._unbodied = read("wordyCue"), read("unbodiedCue")
        self._beasts = read("beastCue")
        self._workers, self._otherwise = read("workerCue"), read("strikingOtherwiseCue")

    def act(self, scene: Scene, group: Group) -> bool:
        """Whether the words of a group tell of no attack."""
        nouns = [i for i in group.anchors if not scene.tree.nodes[i].verb]
        verbs = [i for i in group.nodes if scene.tree.nodes[i].verb]
        if nouns:
            return any(self._noun(scene, i) for i in nouns)
        befell = [scene.tree.entry(i, "H") for i in verbs]
        if all(entry is not None and entry.inverse for entry in befell):
            return True  # people die
        return any(self._verb(scene, i) for i in verbs)

    def _noun(self, scene: Scene, node: int) -> bool:
        tree = scene.tree
        if any(tree.nodes[i].key in self._otherwise for i in tree.below(node, "amod", "compound", "nmod:poss", "nmod:desc")):
            return True
        if tree.nodes[node].key in ("strike", "strikes"):
            by = [
                i
                for i in tree.below(node, "nmod", "obl", "obl:agent", "nmod:poss", "compound", "amod")
                if tree.case(i) in ("by", "of", "over", "for", "")
            ]
            if any(_called(tree, i, self._workers) and not set(tree.codes(i)) & set("OSAPLBT") for i in by):
                return True
            if tree.case(node) == "on" and not tree.below(node, "det", "amod", "compound", "nmod", "nmod:poss"):
                return True  # on strike
        aimed = [i for i in scene.clauses.of(node).by("on", "against") if tree.nodes[i].head == node]
        return bool(aimed) and all(self._bodiless(scene, i) for i in aimed)

    def _verb(self, scene: Scene, node: int) -> bool:
        tree, clause = scene.tree, scene.clauses.of(node)
        if any(self._mishap(scene, i) for i in clause.doers):
            return True
        if harm.harms(scene, node):
            hurt = [scene.tree.nodes[i].key for i in clause.undergoers]
            if hurt and all(key in self._beasts for key in hurt):
                return True
            beside = clause.by(*CAUSES)
            if any(self._mishap(scene, i) or self._ailment(scene, i) for i in beside):
                return True
            return any(self._accident(scene, i) for i in _clauses(scene, node))
        aimed = [i for i in clause.undergoers if not tree.item(i).time]
        if aimed and all(self._bodiless(scene, i) for i in aimed):
            return True
        if any(tree.nodes[i].key in self._unbodied for i in clause.by("from", "off", "off from")):
            return True  # struck from a list
        if any(_called(tree, i, self._wordy) for i in clause.by("in", "with", "on")):
            return True
        back = any(tree.nodes[i].key in ("back", "out") for i in tree.below(node, "advmod", "compound:prt"))
        if back and not aimed and not any("W" in tree.codes(i) for i in clause.by("with", "by")):
            return True  # hit back at X over its words
        if self._fits_no_blow(scene, node):
            return True
        about = [i for i in clause.by("over", "for", "as") if not set(tree.codes(i)) & set("LBTIWDKVH")]
        worded = tree.nodes[node].key.startswith("attack") and not clause.passive and not any(tree.entry(i, "W") for i in clause.doers)
        return bool(about) and worded and not _armed(scene, about)

    def _fits_no_blow(self, scene: Scene, node: int) -> bool:
        """Whether what strikes is neither an actor, a person, a weapon nor an act: hit by protests, struck by grief."""
        tree, entry = scene.tree, scene.tree.item(node).entry("V")
        doers = [self._of_what(scene, i) for i in scene.clauses.of(node).doers]
        if entry is None or entry.name != "event-kind/strike" or not doers:
            return False
        return all(
            (not tree.codes(i).strip("N") or "Q" in tree.codes(i))
            and tree.nodes[i].tag in ("NN", "NNS")
            and not tree.nodes[i].key.endswith(STRIKING)
            for i in doers
        )

    def _of_what(self, scene: Scene, node: int) -> int:
        """What a noun of quantity counts: a wave of protests."""
        inside = [i for i in scene.tree.below(node, "nmod") if scene.tree.case(i) == "of"]
        return inside[0] if inside and scene.tree.nodes[node].key in QUANTITIES else node

    def _ailment(self, scene: Scene, node: int) -> bool:
        tree = scene.tree
        return any(tree.nodes[i].key in self._otherwise for i in tree.below(node, "amod", "compound"))

    def _mishap(self, scene: Scene, node: int) -> bool:
        tree = scene.tree
        if not _called(tree, node, self._mishaps) or set(tree.codes(node)) & THINGS:
            return False
        if tree.nodes[node].key not in ARMS_TOO:
            return True
        return bool(tree.below(node, "det")) and not tree.below(node, "amod", "compound", "nmod:poss", "nmod:desc")

    def _accident(self, scene: Scene, verb: int) -> bool:
        return scene.tree.nodes[verb].key in self._accidents

    def _bodiless(self, scene: Scene, node: int) -> bool:
        tree = scene.tree
        return tree.nodes[node].key in self._unbodied and not set(tree.codes(node)) & (THINGS - {"G"})


def _called(tree: Tree, node: int, words: frozenset[str]) -> bool:
    """Whether a noun, by itself or with the one or two words before it, is among some words: conference, press conference."""
    keys = [tree.nodes[i].key for i in range(max(0, node - 2), node + 1)]
    whole = tree.item(node).words.lower()  # of a phrase that the parser saw the last word of
    return whole in words or any(" ".join(keys[start:]).replace(" - ", "-") in words for start in range(len(keys)))


def _clauses(scene: Scene, node: int) -> Iterator[int]:
    """The clauses that hang on a verb, and the one that it hangs on."""
    tree = scene.tree
    yield from tree.below(node, "advcl", "acl")
    if tree.nodes[node].relation in ("advcl", "conj", "xcomp"):
        yield tree.nodes[node].head


def _armed(scene: Scene, phrases: Iterable[int]) -> bool:
    """Whether a phrase says how long or how often rather than about what: for hours, for the third time."""
    tree = scene.tree
    return all(tree.item(i).count or tree.item(i).time or tree.nodes[i].key in LASTING for i in phrases)


LASTING: Final = frozenset(
    """hour hours day days week weeks month months night nights time times minutes minute year years while the first second third revenge
    supporting killing reasons harbouring""".split()  # noqa: SIM905 - reads better
)
"""What stands under "for" behind an attack that is one."""
