"""Who and what is meant where a sentence does not name it: pronouns, "the group", "the spokesman", "the base", within one article.

`References` reads an article scene by scene.  Asked about a node of the sentence at hand it gives the mention that is meant, or None: a reference
with two possible antecedents is left open, for a wrong attribution is the worst error.  A mention that is given stands where the node stands and has the
senses of its antecedent; where the antecedent is no known thing, it is the antecedent's own, so that both are one candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.authority import Authority
from kg.extract.bodies.offices import offices
from kg.extract.line.items import Line
from kg.extract.referring.focus import Focus, Given, Seen, standing
from kg.extract.referring.nouns import Nouns, definite
from kg.extract.referring.points import stated
from kg.extract.referring.pronouns import HE, IT, MYSELF, SHE, THEY, WE, Pronouns, pronoun
from kg.extract.referring.retellings import Retellings
from kg.extract.referring.sighting import CORE, Sight
from kg.extract.syntax.scene import Scene, Told
from kg.model import DraftObject, Mention
from kg.terms import Vocabulary


class References:
    """The references of one article; feed it each scene, or the line where there is none, in order."""

    def __init__(self, words: Vocabulary, known: Authority) -> None:
        self._focus = Focus(words, known)
        self._sights: list[tuple[Scene, Sight]] = []  # of this sentence and those asked about ahead of it
        self._retellings = Retellings(words, known)

    # -- what others ask ------------------------------------------------------------------------------------------------------

    def read(self, scene: Scene | Line) -> None:
        """Takes in a sentence, after which the next may refer back to it; a line is a sentence that was not parsed."""
        if isinstance(scene, Scene):
            sight = self._look(scene)
            self._retellings.read(scene, sight.quoted)
            self._focus.seen += sight.seen
            self._focus.given += sight.given
            self._focus.dead |= sight.dead
            self._focus.quotation = sight.quotation
            self._focus.things = any(set(scene.tree.codes(n.index)) & set("KW") and n.noun and n.relation in CORE for n in scene.tree.nodes)
        else:
            self._skim(scene)
            self._focus.things = False
        self._sights.clear()
        self._focus.now += 1

    def actor(self, scene: Scene, node: int) -> Mention | None:
        """Who a node means where an actor is wanted: what its own words name, else its one antecedent; None where that is open."""
        if self.refers(scene, node):
            found = self._look(scene).actors.get(node, ())
            return found[0] if len(found) == 1 else None
        return scene.phrases.actor(node)

    def actors(self, scene: Scene, node: int) -> tuple[Mention, ...]:
        """All whom a node means: "they", "the two" and "both" may mean several; () where that is open."""
        if self.refers(scene, node):
            return self._look(scene).actors.get(node, ())
        one = scene.phrases.actor(node)
        return (one,) if one else ()

    def place(self, scene: Scene, node: int) -> Mention | None:
        """Which place "the base", "the country", "the city" means; None for what names its place itself, or where that is open."""
        return self._look(scene).places.get(node)

    def telling(self, scene: Scene, told: Sequence[Told], node: int, own: Sequence[tuple[str, DraftObject]] = ()) -> Told | None:
        """Which of the happenings told so far a node means: "the attack", "Wednesday's strike", "his death", "it"; None where that is open.

        `own` is what its clause adds (predicates with their objects), which the earlier tellings must not contradict.
        """
        sight = self._look(scene)
        persons = {at: found[0] for at, found in sight.actors.items() if len(found) == 1}
        self._retellings.read(scene, sight.quoted)
        return self._retellings.telling(scene, told, node, persons, stated(own))

    def fallen(self, scene: Scene, told: Sequence[Told], own: Sequence[tuple[str, DraftObject]] = ()) -> Told | None:
        """In which of the happenings told so far those died or were hurt of whom a sentence speaks that names no act; None where that is open."""
        self._retellings.read(scene, self._look(scene).quoted)
        return self._retellings.fallen(scene, told, stated(own))

    def passed_over(self, scene: Scene, told: Sequence[Told], one: Told) -> bool:
        """Whether another act was spoken of since a happening was told, though it made no telling: "that attack" may be that one."""
        return self._retellings.passed_over(scene, told, one)

    def refers(self, scene: Scene, node: int) -> bool:
        """Whether a node's words only refer: a pronoun, "the group", "the spokesman", a short name that the article introduced."""
        return node in self._look(scene).actors or pronoun(scene.tree, node) or definite(scene.tree, node, "GR")

    # -- one scene ------------------------------------------------------------------------------------------------------------

    def _look(self, scene: Scene) -> Sight:
        for seen, sight in self._sights:
            if seen is scene:
                return sight
        sight = Sight()
        self._sights.append((scene, sight))
        _Reading(self._focus, scene, sight).run()
        return sight

    def _skim(self, line: Line) -> None:
        """Takes in a sentence without its tree: whoever it names is spoken of, in no particular part."""
        named = [seen for item in line.items if (seen := self._focus.named(item))]
        plain = [index for index, item in enumerate(line.items) if not item.codes and item.words[:1].isupper()]
        self._focus.seen += [seen for index in plain if (seen := self._focus.named_after_place(line, index))]
        alone = len({seen.entity for seen in named if seen.sort == "body"}) == 1
        self._focus.seen += [replace(seen, scene=self._focus.now, core=alone and seen.sort == "body") for seen in named]
        for office in offices(line):
            holder = self._focus.named(line.items[office.person])
            if holder:
                self._focus.given.append(Given(replace(holder, sort="person", scene=self._focus.now), office))


REFERRING: Final = HE | SHE | IT | THEY


class _Reading(Pronouns, Nouns):
    """The reading of one sentence from left to right, each reference against what stands before it."""

    def run(self) -> None:
        """Reads the sentence from left to right, each reference against what stands before it."""
        by_item: dict[int, list[int]] = {}
        for node in self.tree.nodes:
            by_item.setdefault(node.item, []).append(node.index)
        for index, item in enumerate(self.scene.line.items):
            nodes = by_item.get(index, [])
            seen = self.focus.named(item)
            if seen:
                self._name(index, item, seen)
            for number in () if seen else nodes:
                self._word(number)
        self._speakers()
        for node in self.tree.nodes:
            if node.key in WE or node.key in MYSELF:
                self._we(node.index)
        self._deaths()

    def _word(self, node: int) -> None:
        """A plain word: a pronoun, a description, a short name."""
        tree, word = self.tree, self.tree.nodes[node]
        if word.key == "there":
            self._there(node, tree.item(node))
            return
        if word.key not in REFERRING and not tree.codes(node) and not word.tag.startswith("NNP") and word.item not in self.titles:
            return
        item = tree.item(node)
        found: Seen | None = None
        several: list[Seen] = []
        if word.key in HE or word.key in SHE:
            found = self._person(node, word.key in SHE)
        elif word.key in IT:
            found = self._it(node)
        elif word.key in THEY:
            several = self._they(node)
        elif tree.node(word.item) != node or self._says_what(node):
            return
        elif word.item in self.titles:
            person = self.scene.line.items[self.titles[word.item]]
            named = self.focus.named(person)
            found = replace(named, sort="person") if named else None
        elif definite(tree, node, "R"):
            found = self._office(node)
            if found is None:
                self._describe(node, item)
        elif definite(tree, node, "G"):
            found = self._body(node)
            if found is None:
                self._describe(node, item)
        elif set(tree.codes(node)) & set("RZG") and word.noun:
            self._describe(node, item)
        elif "I" in tree.codes(node):
            self._place(node, item)
        elif word.tag.startswith("NNP"):
            found = self._alias(node)
        for one in [one for one in ([found] if found else several) if not one.entity.startswith("open:")]:
            self.sight.actors[node] = (*self.sight.actors.get(node, ()), standing(one, item))
            self._add(node, item, one)
