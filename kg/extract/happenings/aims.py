"""What an act was aimed at: people, places, bases, and what else stands under its verb or behind its noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.happenings import harm
from kg.extract.happenings.groups import Group, Refers
from kg.extract.happenings.regions import SETTLEMENTS, Region
from kg.extract.happenings.roles import Roles
from kg.extract.syntax.scene import Scene
from kg.extract.syntax.tree import Tree
from kg.model import Mention, Span
from kg.terms import Vocabulary

TARGETED: Final = ("on", "against", "upon", "targeting", "at", "toward", "towards", "into", "of")
"""Prepositions under which stands what an act was aimed at."""

AIMED: Final = ("on", "at", "against", "toward", "towards", "into", "onto", "over", "upon")
"""Prepositions under which stands what a weapon was fired at."""

BESIDE: Final = ("near", "next to", "beside", "outside", "inside", "close to", "in")
"""Prepositions under which stands what a weapon came down by."""

COMING: Final = frozenset(("come", "comes", "came", "coming", "see", "sees", "saw", "seen", "seeing"))
"""Bearing verbs that need "under" before the act, or the act as their object."""


def capital(mention: Mention) -> bool:
    """Whether a name that may stand for a government is that of a city: Baghdad, not Iraq."""
    senses = [sense.rsplit("/", 2)[-2:] for sense in mention.senses]
    bodies, places = ({name for sort, name in senses if sort == wanted} for wanted in ("actor", "place"))
    return bool(bodies and places) and not bodies & places


STRUCK: Final = frozenset(
    """house houses home homes building buildings block blocks apartment apartments flat flats tower towers school schools hospital hospitals clinic
    clinics mosque mosques church churches market markets warehouse warehouses depot depots workshop workshops factory factories farm farms bridge
    bridges tent tents shop shops hotel hotels hangar hangars hall halls tank tanks bus buses motorcycle motorcycles motorcade motorcades ship ships
    tanker tankers vessel vessels boat boats""".split()  # noqa: SIM905 - reads better
)
"""Nouns of things that are struck, worth telling with what is said of them."""


def bearers_of(tree: Tree, node: int, bearing: frozenset[str]) -> Iterator[int]:
    """The verbs whose subject bears the act that a noun names: came under attack, suffered an attack, has been the target of attacks."""
    word = tree.nodes[node]
    head, opener = tree.nodes[word.head], tree.case(node)
    if word.relation == "nmod" and opener == "of" and head.key in ("target", "targets", "scene", "site", "object", "victim"):
        yield word.head
    elif head.verb and head.key in bearing and word.relation in ("obj", "obl", "obl:agent") and opener in ("", "under", "to", "from"):
        under = opener == "under" or word.relation == "obj" or any(tree.nodes[i].key == "under" for i in tree.within(node))
        if under or head.key not in COMING:
            yield word.head


class Aims:
    """Reads what one group of words was aimed at: `aimed` are the words, `things` whether one is a thing by a common noun."""

    def __init__(
        self, words: Vocabulary, scene: Scene, group: Group, bearing: frozenset[str], around: Region, refs: Refers, roles: Roles
    ) -> None:
        self._words, self._scene, self._group, self._bearing, self._region = words, scene, group, bearing, around
        self._refs, self._roles, self._tree, self._clauses = refs, roles, scene.tree, scene.clauses
        self.things, self.aimed = False, list[int]()

    def read(self, node: int) -> None:
        """What it was aimed at: a verb's object, what stands under "on" and "against"."""
        clause = self._clauses.of(node)
        fired = any("W" in self._tree.codes(i) for i in clause.undergoers)
        landed = any("W" in self._tree.codes(i) for i in clause.doers) and not clause.undergoers
        phrases = (
            (clause.by(*AIMED, *(BESIDE if landed else ())) if fired or landed else clause.undergoers)
            if self._tree.nodes[node].verb
            else self._aimed_at(node)
        )
        for aimed in phrases:
            self.aimed.append(aimed)
            if aimed not in self._group.nodes and not self._tree.item(aimed).time and not self._tree.entry(aimed, "W"):
                self._aim(node, aimed)

    def _aimed_at(self, node: int) -> tuple[int, ...]:
        clause = self._clauses.of(node)
        targeting = [
            joined
            for verb in self._tree.below(node, "acl", "acl:relcl")
            if self._tree.entry(verb, "V") and not harm.harms(self._scene, verb)
            for joined in self._clauses.of(verb).undergoers
            if joined != node
        ]
        borne = [subject for verb in self.bearers(node) for subject in self._clauses.subjects(verb)]
        entry = self._tree.item(node).entry("K")
        series = entry is not None and entry.name == "event-kind/attack-series"
        happening = [i for verb in self._region.verbs for i in self._clauses.of(verb).by("at", "on", "against") if self._fixed(i)]
        word = self._tree.nodes[node]
        blaming = self._tree.entry(word.head, "Q") if word.relation == "obj" else None
        verb = self._tree.nodes[word.head].key
        pinned = word.relation == "obj" and verb.startswith("pin")
        laid = pinned or (blaming is not None and blaming.name in ("speech-act/blames", "speech-act/accuses"))  # blamed the attack on X
        laid = laid and not verb.startswith(("attribut", "ascrib"))  # attributed the attack on X to Y
        prepositions = TARGETED[2:] if laid else TARGETED[:-1] if series else TARGETED
        return (*happening, *clause.by(*prepositions), *targeting, *borne)

    def _fixed(self, node: int) -> bool:
        """Whether a phrase names a base or a building: an attack took place at it."""
        entry = self._tree.entry(node, "I")
        return "B" in self._tree.codes(node) or (entry is not None and entry.name not in SETTLEMENTS)

    def bearers(self, node: int) -> Iterator[int]:
        """The verbs whose subject bears the act that a noun names."""
        return bearers_of(self._tree, node, self._bearing)

    def _aim(self, node: int, aimed: int) -> None:
        """One thing aimed at: people who were killed are victims, a town is where it was, all else is the target."""
        tree, codes = self._tree, set(self._tree.codes(aimed))
        if tree.nodes[aimed].tag.startswith("PRP"):
            self._roles.add("target", self._refs.place(self._scene, aimed) or self._refs.actor(self._scene, aimed))
            return
        bases = self._bases(aimed)
        if bases:
            for base in bases:
                self._roles.add("target", base)
            return
        if harm.number(self._scene, aimed) and "C" in tree.item(aimed).codes + "".join(tree.codes(i) for i in tree.joined(aimed)):
            if not self.killing(node):
                mention = self._scene.phrases.target(aimed)
                self._roles.add("target", mention)
            return
        if "P" in codes or (self.killing(node) and harm.person(self._scene, aimed)):
            self.add_victim(node, aimed)
            return
        if codes & set("LT") and (
            capital(tree.item(aimed).mention()) or (not codes & set("OB") and (self._tree.nodes[node].verb or "S" not in codes))
        ):
            self._roles.add("place", tree.item(aimed).mention())
            return
        if self._tree.item(aimed).count and not self._tree.codes(aimed).strip("N"):
            return
        settlement = self._settlement(aimed)
        if settlement:
            self._roles.add("place", settlement)
            return
        self.things = self.things or tree.nodes[aimed].tag in ("NN", "NNS")
        mention = self._refs.place(self._scene, aimed) or self._scene.phrases.target(aimed)
        if mention is None and tree.nodes[aimed].key in STRUCK and not self.killing(node):
            self._roles.add("target", self._bare(aimed))
            return
        if mention and mention.kind == "Place" and " " not in mention.words:
            return  # a base, which we could not tell from another
        if mention and not (self.killing(node) and mention.kind):
            self._roles.add("target", mention)

    def _bare(self, node: int) -> Mention:
        """A thing struck, described without where it stands: a block of flats in X is a block of flats."""
        whole = self._scene.phrases.described(node, "Place")
        words = re.split(r" (?:in|near|at|outside|on|south|north|east|west) ", whole.words)[0]
        exact = len(whole.words) == whole.span.end - whole.span.start
        return replace(whole, words=words, span=Span(whole.span.start, whole.span.start + len(words))) if exact else whole

    def _bases(self, node: int) -> tuple[Mention, ...]:
        """The bases that a phrase names one by one: the A and B bases; two bases, A and B."""
        tree, entry = self._tree, self._tree.entry(node, "I")
        if entry is None or entry.name not in ("place-kind/base", "place-kind/air-base") or "B" in tree.codes(node):
            return ()
        inside = [i for child in tree.below(node, "compound", "appos", "conj") for i in tree.joined(child)]
        listed = [i for i in inside if set(tree.codes(i)) & set("BLT") and "S" not in tree.codes(i)]
        return tuple(tree.item(i).mention() for i in listed) if any("B" in tree.codes(i) for i in listed) else ()

    def _settlement(self, node: int) -> Mention | None:
        """The place that "the town of X", "X province" names; None for bases and buildings."""
        tree, entry = self._tree, self._tree.entry(node, "I")
        if entry is None or entry.name not in SETTLEMENTS:
            return None
        for child in tree.below(node, "nmod", "compound", "appos", "flat", "nmod:desc"):
            if set(tree.codes(child)) & set("LTU") and tree.case(child) in ("of", "") and tree.nodes[child].relation != "conj":
                return replace(tree.item(child).mention(), kind="Place" if "U" in tree.codes(child) else None)
        return None

    def add_victim(self, node: int, person: int) -> None:
        """A person aimed at: killed too, where the word is one for killing."""
        mention = self._tree.item(person).mention()
        self._roles.add("target", mention)
        if self.killing(node):
            self._roles.add("victim", mention)

    def killing(self, node: int) -> bool:
        """Whether a word is one for killing."""
        entry = self._tree.item(node).entry("KV")
        kinds = {entry.name, *self._words.broader(entry.name)} if entry and entry.name else set()
        return "event-kind/killing" in kinds or harm.harms(self._scene, node) == "killed"
