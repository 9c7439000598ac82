"""What a noun phrase names: an actor, something struck, a place, people.

A phrase with a name that heads it names that thing; "Badr Organization fighters" and "fighters of the Badr Organization" act for the Badr Organization;
"Iran-aligned militia groups" and "a base in Jordan" are descriptions, which never become known things.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.extract.syntax.tree import Tree
from kg.model import Mention, Span

ACTORS: Final = "POSMU"
PLACES: Final = "LBT"

PEOPLE: Final = frozenset(
    f"counted/{name}"
    for name in (
        "people",
        "fighters",
        "troops",
        "police",
        "civilians",
        "journalists",
        "commanders",
        "prisoners",
        "displaced",
        "spies",
        "casualties",
    )
)
"""What is counted of people."""

FORCES: Final = frozenset(f"counted/{name}" for name in ("fighters", "troops", "police"))
"""People who act for the body that they belong to."""

STATE_FORCES: Final = frozenset(("counted/troops", "counted/police"))

IRREGULAR: Final = frozenset(("gunmen", "units", "unit", "wing", "agents"))
"""Bodies that need not be the state's of which an adjective speaks."""

NO_LONGER: Final = frozenset(
    (
        "former",
        "ex",
        "retired",
        "ex-",
        "rogue",
        "renegade",
        "dissident",
        "defected",
        "disgruntled",
        "mutinous",
        "erstwhile",
        "fake",
        "fugitive",
    )
)
"""Adjectives of those who do not act for the body that they are named after."""

CLAUSAL: Final = ("acl:relcl", "acl", "appos", "punct", "conj", "cc", "parataxis", "advcl", "obl", "advmod", "dep", "obl:unmarked")
"""Relations that lead out of a phrase's own words."""

APART: Final = frozenset(
    (
        "across",
        "throughout",
        "from",
        "to",
        "near",
        "outside",
        "around",
        "close to",
        "along with",
        "as well as",
        "after",
        "before",
        "during",
        "since",
    )
)
"""Prepositions under which stands what does not belong to a description."""

WITHIN: Final = frozenset(
    ("in", "at", "near", "of", "across", "from", "outside", "inside", "around", "south of", "north of", "east of", "west of", "")
)
"""Prepositions within a phrase under which its place stands."""


class Phrases:
    """The noun phrases of one tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def actor(self, node: int) -> Mention | None:
        """Who is meant where an actor is wanted; None where the phrase names none that could be told apart."""
        tree, codes = self.tree, set(self.tree.codes(node))
        if codes & set(ACTORS) or (codes & set("A") and not tree.nodes[node].verb):
            return tree.item(node).mention() if not self._owned(node) else None
        if "Z" in codes:
            return self.described(node, "UnidentifiedActor")
        if codes & set("GI") or self._counted(node) & FORCES or self._acting(node) or self._fighting(node):
            return self._member(node, self._bearing_arms(node)) or (
                self.described(node, "UnidentifiedActor") if self._told_apart(node) else None
            )
        return None

    def target(self, node: int) -> Mention | None:
        """What or whom something is aimed at, where a name or a kind of place or people says it."""
        tree, codes = self.tree, set(self.tree.codes(node))
        if any(tree.nodes[i].key == "whose" for i in tree.below(node, "nmod:poss")):
            return None
        if codes & set(ACTORS + PLACES):
            return tree.item(node).mention()
        if "I" in codes:
            owner = self._part_of(node)
            return owner or self.described(node, "Place")
        if "G" in codes:
            return self._member(node, False) or self.described(node, "UnidentifiedActor")
        if self._counted(node) & PEOPLE:
            return self.described(node, "UnidentifiedActor")
        named = any(set(tree.codes(i)) & set("OP") for i in tree.below(node, "compound", "nmod:poss", "nmod:desc"))
        known = bool(codes & set("CW")) or named
        return self.described(node, "UnidentifiedActor") if known and self._told_apart(node) and tree.nodes[node].noun else None

    def body(self, node: int) -> Mention | None:
        """The body to which the people of a phrase belong: fighters of X, X's soldiers; never a state by its adjective."""
        found = self._member(node, False)
        if found:
            return found
        tree = self.tree
        for other in range(node + 1, min(node + 4, len(tree.nodes))):
            if "O" in tree.codes(other) and tree.case(other) in ("of", "from") and tree.nodes[other].relation in ("nmod", "obl"):
                return tree.item(other).mention()
        return None

    def places(self, node: int) -> Iterator[Mention]:
        """The places that a phrase names, the narrower first: its own name, and those below it within the phrase."""
        tree, codes = self.tree, set(self.tree.codes(node))
        if codes & set(PLACES):
            yield tree.item(node).mention()
        for child in tree.below(
            node, "nmod", "nmod:poss", "compound", "appos", "nmod:desc", "flat", "obl", "nmod:unmarked", "advmod", "conj"
        ):
            if tree.case(child) in WITHIN or tree.nodes[child].relation in ("nmod:poss", "appos", "conj"):
                yield from self.places(child)

    def described(self, node: int, kind: str | None = None) -> Mention:
        """The phrase as a description: its words without article, figures and what follows in a clause of its own."""
        tree = self.tree
        inside = sorted(self._own(node))
        while len(inside) > 1 and (tree.nodes[inside[0]].tag in ("DT", "CD", "PDT", ",", "PRP$") or tree.item(inside[0]).count):
            inside.pop(0)
        spans = [tree.item(i).span for i in inside]
        whole = tree.item(node) if "Z" in tree.codes(node) else None  # well-informed sources: one entry, of several words in the tree
        shown = [whole.words if whole and tree.item(i) is whole else self._words(i) for i in inside]
        gaps = (tree.line.text[a.end - tree.line.span.start : b.start - tree.line.span.start] for a, b in pairwise(spans))
        joined = shown[0] + "".join(f"{gap if gap == '-' else ' '}{word}" for gap, word in zip(gaps, shown[1:], strict=True))
        words = (" ".join(dict.fromkeys(shown)) if whole else joined).replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s")
        return Mention(words, Span(min(s.start for s in spans), max(s.end for s in spans)), description=True, kind=kind)

    def _words(self, node: int) -> str:
        """A node's words: all of them where it stands for people of several words, as the last of "aid workers" does."""
        whole = bool(self._counted(node) & PEOPLE) and len(self.tree.parts(self.tree.nodes[node].item)) == 1
        return self.tree.item(node).words if whole else self.tree.nodes[node].words

    def _own(self, node: int, outer: bool = True) -> Iterator[int]:
        """The words of a phrase without its opener (for the outermost) and without what leads out of it."""
        yield node
        for child in self.tree.below(node):
            word = self.tree.nodes[child]
            opener = outer and child < node and word.relation in ("case", "mark", "nmod", "cc", "advmod", "nsubj")
            apart = child > node and (self.tree.nodes[min(self.tree.within(child)) - 1].key == "," or self.tree.case(child) in APART)
            if word.relation not in CLAUSAL and not self.tree.item(child).time and not opener and not apart:
                yield from self._own(child, outer=False)

    # -- parts ---------------------------------------------------------------------------------------------------------------

    def _counted(self, node: int) -> set[str]:
        """The concepts of what can be counted that the head word stands for."""
        return (
            {entry.name for entry in self.tree.item(node).entries if entry.name and "C" in entry.codes} if self.tree.codes(node) else set()
        )

    def _bearing_arms(self, node: int) -> bool:
        """Whether a phrase names a state's own forces: Turkish troops are Turkey's, Iraqi militants are nobody's."""
        return bool(self._counted(node) & STATE_FORCES) or self.tree.nodes[node].key in BODIES - IRREGULAR

    def _acting(self, node: int) -> bool:
        """Whether a noun without a code is the body's own: the military wing, warplanes, artillery."""
        return (
            self.tree.nodes[node].tag in ("NNS", "NN")
            and any(set(self.tree.codes(child)) & set("OSA") for child in self.tree.below(node, "compound", "amod", "nmod:poss"))
            and self.tree.nodes[node].key in BODIES
        )

    def _fighting(self, node: int) -> bool:
        """Whether a noun that opens a cue for membership (fighters of X) means those who fight for the body named."""
        return "X" in self.tree.codes(node) and self.tree.nodes[node].key in FIGHTING

    def _owned(self, node: int) -> bool:
        """Whether a name is only the owner of what the phrase is about; then the phrase does not name it."""
        return self.tree.nodes[node].relation == "nmod:poss" and self.tree.nodes[self.tree.nodes[node].head].verb

    def _member(self, node: int, forces: bool) -> Mention | None:
        """The body whose members or kind a phrase names: its premodifier, or what stands under "of" and "from".

        A state is meant by its adjective only where its `forces` are: Turkish jets are Turkey's, Iraqi militias are not Iraq's.
        """
        tree = self.tree
        if any(tree.nodes[i].key in NO_LONGER for i in tree.below(node, "amod", "compound", "advmod")):
            return None
        for child in tree.below(node, "compound", "nmod:desc", "flat", "amod", "nmod:poss"):
            states = forces and tree.nodes[child].relation != "nmod:poss" and set(tree.codes(child)) & set("AS")
            if states or set(tree.codes(child)) & set("OU"):
                return tree.item(child).mention()
        for child in tree.below(node, "nmod", "appos", "obl"):
            if set(tree.codes(child)) & set("OS") and (tree.nodes[child].relation == "appos" or tree.case(child) in ("of", "from", "with")):
                return tree.item(child).mention()
        return None

    def _part_of(self, node: int) -> Mention | None:
        """The actor whose seat or position is struck for it: the headquarters of X, X's offices."""
        tree = self.tree
        entry = tree.entry(node, "I")
        if entry is None or entry.name not in ("place-kind/headquarters", "place-kind/embassy"):
            return None
        for child in tree.below(node, "nmod", "nmod:poss"):
            if "O" in tree.codes(child) and (
                tree.nodes[child].relation == "nmod:poss" or tree.case(child) in ("of", "for", "belonging to")
            ):
                return tree.item(child).mention()
        return None

    def _told_apart(self, node: int) -> bool:
        """Whether a description says enough to be worth keeping: it holds a name, an adjective of a state or a relation, or says unknown."""
        tree = self.tree
        if tree.below(node, "amod", "compound") and self._counted(node) & FORCES:
            return True  # resistance fighters, masked gunmen
        return any(set(tree.codes(i)) & set("AOSLBTUYPZ") for i in self._own(node) if i != node) or any(
            tree.nodes[i].key in ("unknown", "unidentified", "unnamed", "local") for i in tree.below(node, "amod")
        )


BODIES: Final = frozenset(
    """cells cell operatives elements warplanes warplane tanks tank armour armor jets jet aircraft planes plane helicopters helicopter artillery drones drone
    navy army air military forces force police gunmen commandos officers units unit wing airstrikes intelligence agents""".split()  # noqa: SIM905 - reads better
)
"""Arms by which a body acts."""


FIGHTING: Final = frozenset(("fighters", "militants", "militiamen", "gunmen", "soldiers", "troops", "forces", "units", "commandos"))
"""Those who act for the body whose fighters they are; members, supporters and leaders may act for themselves."""
