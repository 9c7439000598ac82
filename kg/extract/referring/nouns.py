"""Whom and what a noun means that does not name it: "the group", "the spokesman", "the base", a short name that the article introduced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from kg.extract.bodies.offices import FORMER, positions, wider
from kg.extract.line.items import Item
from kg.extract.referring.focus import Given, Seen, family_name, single, standing
from kg.extract.referring.sighting import REACH, SUBJECTS, Sighting
from kg.extract.referring.spellings import close
from kg.extract.syntax.tree import Tree
from kg.model import Mention

SAME: Final = frozenset(("the", "this", "that"))
"""Determiners by which something is spoken of as known."""
VAGUE: Final = frozenset(("region", "area", "site", "compound"))
"""Words for places that often mean none of those named."""
BODY_CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "ArmedGroup": frozenset(("ArmedGroup", "Umbrella")),
    "PoliticalBody": frozenset(("PoliticalBody",)),
    "Umbrella": frozenset(("Umbrella",)),
    "Coalition": frozenset(("Coalition",)),
    "": frozenset(("ArmedGroup", "Umbrella", "PoliticalBody")),
}
"""The classes of which one must be an organisation's where it is called again by a kind of the class that is the key."""
AGAIN: Final = frozenset(("organisation-kind/party", "organisation-kind/movement", "organisation-kind/armed-group", "organisation-kind/militia",
    "organisation-kind/paramilitary", "organisation-kind/umbrella", "organisation-kind/network", "organisation-kind/coalition"))  # fmt: skip
"""Kinds by which an organisation is called again; states and their forces are named or described."""


class Nouns(Sighting):
    """The nouns of one sentence that take up somebody or something spoken of before."""

    def _bare(self, node: int, allowed: str = "") -> bool:
        """Whether a noun stands without anything that would make it another's or another one: no name, number, clause or phrase below it."""
        following = self.scene.line.items[self.tree.nodes[node].item + 1 :][:1]
        if any(item.words[0].isupper() and "'" not in item.words and not item.time for item in following):
            return False
        for child in self.tree.below(node):
            word, codes = self.tree.nodes[child], set(self.tree.codes(child))
            if word.relation == "acl:relcl" and following and following[0].words == ",":
                continue
            if word.relation in ("acl", "acl:relcl", "nummod", "conj", "appos") or word.key in (
                "other",
                "another",
                "second",
                "rival",
                "new",
            ):
                return False
            if (codes & set("POSMULBTA") or word.relation in ("nmod", "nmod:poss")) and not codes & set(allowed):
                return False
        return True

    def _body(self, node: int) -> Seen | None:
        """The organisation last in focus that can be called by a kind: "the group", "the movement"."""
        if not self._bare(node):
            return None
        kinds = {e.name for e in self.tree.item(node).entries if e.name and "G" in e.codes} & AGAIN
        wanted = {c for kind in kinds for c in BODY_CLASSES.get(self.words.value(kind, "ofClass") or "", frozenset())}
        fitting = [s for s in self._before(node) if s.sort == "body" and not s.plural and self._is(s.entity, wanted)]
        unknown = [s for s in self._before(node) if s.sort == "other" and s.main]
        here = [s for s in fitting if s.scene == self.now]
        if here:
            return single([*here, *(s for s in unknown if s.scene == self.now)])
        for back in range(1, REACH + 1):
            there = [s for s in fitting if s.scene == self.now - back]
            if there:
                there += [s for s in unknown if s.scene == self.now - back]
                one = single(there) or single([s for s in there if s.core])
                return one if one and one.sort == "body" and (one.core or single(fitting)) else None
        return None

    def _is(self, entity: str, classes: Iterable[str]) -> bool:
        return any(self.known.is_a(entity, name) for name in classes)

    def _office(self, node: int) -> Seen | None:
        """The person to whom the article gives an office: the one holder under this title, in the body that the phrase names, if it names one."""
        tree, item = self.tree, self.tree.item(node)
        wanted = positions(item)
        if not wanted or any(tree.nodes[i].key in FORMER for i in tree.below(node, "amod", "compound")) or not self._bare(node, "ASOML"):
            return None
        bodies = [
            tree.item(i)
            for i in tree.below(node, "compound", "amod", "nmod:poss", "nmod", "nmod:desc")
            if set(tree.codes(i)) & set("ASOML")
        ]
        if len(bodies) > 1:
            return None
        body = frozenset(s for b in bodies for e in b.entries for s in e.senses)
        given = [g for g in (*self.focus.given, *self.sight.given) if not g.office.former and self._holds(g, wanted, body)]
        if self._speaks(node):
            given = [g for g in given if g.holder.entity not in self.focus.dead]
        holders = [g.holder for g in given]
        if bodies:
            return single(holders)
        near = [s for s in self._before(node) if s.sort in ("person", "other") and not s.plural]
        for back in range(REACH + 1):
            there = [s for s in near if s.scene == self.now - back]
            held = [s for s in there if s.entity in {h.entity for h in holders}]
            if held:
                return single(held)
        return single(holders) if len({h.entity for h in holders}) == 1 and "position/official" not in wanted else None

    def _speaks(self, node: int) -> bool:
        word = self.tree.nodes[node]
        return word.relation in SUBJECTS and self._speech(word.head)

    def _holds(self, given: Given, wanted: frozenset[str], body: frozenset[str]) -> bool:
        """Whether an office that the article gave is the one that is asked for."""
        own = wider(given.office.positions, self.words)
        named = bool(own & wanted) or "position/official" in wanted
        if not body:
            return named
        if given.office.bodies:
            return named and bool(self._states(given.office.bodies) & self._states(body))
        person = given.holder.entity
        country = self.known[person].country if person in self.known else None
        return named and country is not None and country in self._states(body)

    def _states(self, senses: frozenset[str]) -> frozenset[str]:
        """The senses, with the country of a state for the state and the reverse."""
        more = {self.known[s].country for s in senses if self.known.is_a(s, "State")}
        return senses | {c for c in more if c}

    def _place(self, node: int, item: Item) -> None:
        """A place that is described: one spoken of before, or a new one."""
        tree = self.tree
        kinds = frozenset(e.name for e in item.entries if e.name and "I" in e.codes)
        same = any(tree.nodes[i].key in SAME for i in tree.below(node, "det")) and tree.nodes[node].tag in ("NN", "NNP")
        if same and item.words.lower() not in VAGUE and self._bare(node):
            found = self._place_meant(node, kinds)
            if found:
                self.sight.places[node] = standing(found, item)
                self._add(node, item, found)
                return
        if tree.nodes[node].tag in ("NN", "NNP") and tree.nodes[node].relation not in ("compound", "amod", "flat"):
            names = list(self.scene.phrases.places(node))
            mention = self.scene.phrases.described(node, "Place")
            told = names or any(tree.nodes[i].relation in ("amod", "compound", "nmod", "nmod:poss", "acl") for i in tree.below(node))
            entity = f"said:{self.now}:{node}" if not same or told else f"open:{self.now}:{node}"
            self._add(node, item, Seen(entity, mention, "place", self.now, item.span.start, kinds=kinds))

    def _there(self, node: int, item: Item) -> None:
        """The country that was spoken of last, of an adverb: not of the "there" that opens a sentence, with its subject behind the verb."""
        tree, head = self.tree, self.tree.nodes[node].head
        verb = tree.nodes[head].head if tree.nodes[head].relation in ("aux", "aux:pass", "cop") else head
        subject = any(i < node for i in tree.below(verb, "nsubj", "nsubj:pass"))
        found = self._place_meant(node, frozenset(("place-kind/country",))) if subject or tree.nodes[node].relation == "advmod" else None
        if found:
            self.sight.places[node] = standing(found, item)

    def _place_meant(self, node: int, kinds: frozenset[str]) -> Seen | None:
        """The one place of a kind that was spoken of last; a country where it, or a place in it, stands as a place."""
        country = "place-kind/country" in kinds
        fitting = []
        for s in self._before(node):
            if country and s.placed and self.now - s.scene <= 1 and s.sort in ("state", "place"):
                fitting += [s] if self._country(s.entity, s.mention) else self._lands(s)
            elif not country and s.sort == "place" and wider(kinds, self.words) & wider(s.kinds, self.words):
                fitting.append(s)
        for back in range(REACH + 1):
            there = [s for s in fitting if s.scene == self.now - back]
            if there:
                one = single(there)
                return one if one and not one.entity.startswith("open:") else None
        return None

    def _lands(self, seen: Seen) -> list[Seen]:
        """The country that a place spoken of lies in, as if it had been named there; several places may bear the name."""
        places = [sense for sense in seen.mention.senses if self.known.is_a(sense, "Place")]
        lands = sorted({wide for place in places for wide in self.known.wider(place) if "place-kind/country" in self.known[wide].kinds})
        return [replace(seen, entity=land, mention=replace(seen.mention, senses=(land,)), sort="place") for land in lands]

    def _country(self, entity: str, mention: Mention) -> bool:
        return any("place-kind/country" in self.known[s].kinds for s in (entity, *mention.senses) if s in self.known)

    def _alias(self, node: int) -> Seen | None:
        """Whom a short form means that the article introduced: an acronym in brackets, the family name of one unlisted person."""
        item = self.tree.item(node)
        if item.words.lower() in self.focus.acronyms:
            return self.focus.acronyms[item.words.lower()]
        if len(item.words) < 4 or self.tree.below(node, "flat", "compound"):
            return None
        full = self.focus.named_after_place(self.scene.line, self.tree.nodes[node].item)
        if full is not None:
            self.sight.seen.append(full)
            return None
        everybody = [*self.focus.seen, *self.sight.seen]
        bearers = {family_name(s): s for s in everybody if s.sort == "person" or s.entity.startswith("words:")}
        family = item.words.casefold()
        fitting = [s for s in everybody if family_name(s) == family and (s.sort == "person" or s.entity.startswith("words:"))]
        if not fitting and not any(self.tree.below(node)):
            fitting = [s for name, s in bearers.items() if close(name, family)]
        acts = self.tree.nodes[node].relation in ("nsubj", "nmod:poss")
        persons = [s for s in fitting if (s.sort == "person" or acts) and s.entity.startswith("words:")]
        return persons[-1] if persons and len({s.entity for s in fitting}) == 1 else None


def definite(tree: Tree, node: int, codes: str) -> bool:
    """Whether a node is a singular noun of one of the codes that is spoken of as known: "the group", "Iraq's prime minister"."""
    if not set(tree.codes(node)) & set(codes) or tree.nodes[node].tag not in ("NN", "NNP", "JJ"):
        return False
    if set(tree.codes(node)) & set("POSMULBT"):
        return False
    return any(tree.nodes[i].key in SAME for i in tree.below(node, "det")) or bool(
        tree.below(node, "nmod:poss") and "R" in tree.codes(node)
    )
