"""Whom a pronoun means: the one whom it can mean by its sentence and the one before it, or nobody."""

from __future__ import annotations

from typing import Final

from kg.extract.referring.focus import Seen, single, standing
from kg.extract.referring.sighting import REACH, SUBJECTS, Sighting
from kg.extract.syntax.tree import Tree
from kg.model import Mention

HE: Final = frozenset(("he", "him", "his"))
SHE: Final = frozenset(("she", "her", "hers"))
IT: Final = frozenset(("it", "its", "itself"))
THEY: Final = frozenset(("they", "them", "their", "themselves"))
SELVES: Final = frozenset(("himself", "herself", "itself", "themselves"))
"""Words that stress or take up what stands in their own clause; they are left open."""
WE: Final = frozenset(("we", "us", "our", "ours", "ourselves"))
MYSELF: Final = frozenset(("i", "me", "my", "mine", "myself"))


class Pronouns(Sighting):
    """The pronouns of one sentence."""

    def _person(self, node: int, female: bool) -> Seen | None:
        """The one person whom a pronoun can mean.

        Within a quotation only somebody of the same quotation; else the one person of this sentence so far, where the pronoun is not its main
        subject; else the one of the nearest sentence that speaks of any.
        """
        quoted = self.tree.nodes[node].item in self.quoted
        relation, verb = self.tree.nodes[node].relation, self._verb(node)
        if relation == "nmod:poss" and not quoted and self._ahead(node):
            return None
        speaking = relation in SUBJECTS and verb is not None and self._speech(verb)
        subject = relation in SUBJECTS and verb in self.main
        dead = self.focus.dead if speaking else set()
        persons = [
            s
            for s in self._before(node)
            if (s.sort == "person" or (s.sort == "other" and (s.core or s.speaks)))
            and not s.plural
            and s.entity not in dead
            and s.female in (None, female)
            and s.female is not (not female)
        ]
        if female and not any(s.female for s in persons) and len({s.entity for s in persons}) > 1:
            return None
        here = [s for s in persons if s.scene == self.now]
        if quoted:
            return single([s for s in here if s.quoted])
        here = [s for s in here if not s.quoted]
        if here and not subject:
            one = single(here)
            rivals = [s for s in persons if s.scene == self.now - 1 and s.core and not s.quoted]
            return None if one is not None and self._told_by(verb, one) and {s.entity for s in rivals} - {one.entity} else one
        for back in range(1, REACH + 1):
            there = [s for s in persons if s.scene == self.now - back and not s.quoted]
            if there:
                there += here
                one = single(there)
                if one is None and speaking:
                    one = self._speaker_of(there)
                elif (
                    one is not None and not any(s.speaks or (s.subject if speaking else s.core) for s in there) and single(persons) is None
                ):
                    one = None
                return one
        return single(here) if here else None

    def _told_by(self, verb: int | None, who: Seen) -> bool:
        """Whether a clause is what somebody says: X said he was a hero may speak of another."""
        above = self._verb(verb) if verb is not None else None
        if above is None or not self._speech(above):
            return False
        return any(self.of_node[d].entity == who.entity for d in self.scene.clauses.of(above).doers if d in self.of_node)

    def _ahead(self, node: int) -> bool:
        """Whether a pronoun stands before the main subject, which it may mean: in his speech, X said."""
        subjects = [i for verb in self.main for i in self.tree.below(verb, *SUBJECTS)]
        return any(i > node and set(self.tree.codes(i)) & set("PURZ") for i in subjects) and not any(i < node for i in subjects)

    def _speaker_of(self, persons: list[Seen]) -> Seen | None:
        """Of several persons the one who spoke as the main subject, where none of the others is an argument of a main clause."""
        spoke = {s.entity for s in persons if s.speaks and s.subject}
        others = [s for s in persons if s.entity not in spoke and s.core]
        return next((s for s in reversed(persons) if s.entity in spoke), None) if len(spoke) == 1 and not others else None

    def _it(self, node: int) -> Seen | None:
        """The one body or state that "it" can mean: the subject of the speech that the clause belongs to, or of the sentence before."""
        tree, word = self.tree, self.tree.nodes[node]
        if word.key != "it" or word.relation not in SUBJECTS or word.item in self.quoted or not tree.nodes[word.head].verb:
            return None
        bodies = [s for s in self._before(node, reach=1) if s.sort in ("body", "state", "other", "person") and not s.quoted]
        return self._subject(node, [s for s in bodies if s.sort != "person"], plural=False)

    def _they(self, node: int) -> list[Seen]:
        """Whom "they" can mean: the one plural subject, or the names joined as the subject, of the sentence before."""
        word = self.tree.nodes[node]
        if word.key != "they" or word.relation not in SUBJECTS or word.item in self.quoted:
            return []
        before = [s for s in self._before(node, reach=1) if not s.quoted]
        one = self._subject(node, [s for s in before if s.plural], plural=True)
        return [one] if one else []

    def _subject(self, node: int, fitting: list[Seen], *, plural: bool) -> Seen | None:
        """The one fitting subject of the speech verb above, or of the main clause before."""
        verb = self.tree.nodes[node].head
        if self._speech(verb) and (verb in self.main or self.tree.nodes[verb].relation == "parataxis"):
            return single(
                [s for s in fitting if s.scene == self.now - 1 and s.subject and s.speaks and s.plural == plural and s.sort != "other"]
            )
        here = [s for s in fitting if s.scene == self.now]
        if verb not in self.main or here:
            return self._speech_subject(verb, fitting, plural=plural)
        there = [s for s in fitting if s.scene == self.now - 1]
        main = [s for s in there if s.main and s.plural == plural]
        one = single(main)
        if one is None or not any(s.subject for s in main):
            return None
        if one.sort == "other":
            return None
        spoke = any(s.speaks and s.subject for s in main)
        others = {s.entity for s in there if s.core and s.entity != one.entity}
        return None if spoke or others or self._inanimate(verb) else one

    def _speech_subject(self, verb: int, fitting: list[Seen], *, plural: bool) -> Seen | None:
        """The subject of the verb of speech right above a clause, where nobody else fits in this sentence."""
        tree = self.tree
        here = [s for s in fitting if s.scene == self.now and s.core]
        above = tree.nodes[verb].head
        if (
            above == verb
            or not self._speech(above)
            or self._asks(above)
            or tree.nodes[verb].relation not in ("ccomp", "xcomp", "parataxis")
        ):
            return None
        doers = [self.of_node[d] for d in self.scene.clauses.of(above).doers if d in self.of_node]
        one = single([d for d in doers if d.sort in ("body", "state") and d.plural == plural])
        return one if one is not None and {s.entity for s in here} <= {one.entity} else None

    def _inanimate(self, verb: int) -> bool:
        """Whether a verb of violence may have a weapon or an attack of the sentence before as its subject."""
        return bool(set(self.tree.codes(verb)) & set("VH")) and self.focus.things

    def _we(self, node: int) -> None:
        """Who says "we" and "I" in a quotation: the speaker; for "we" as the doer of an act the body that he speaks for or leads."""
        if self.tree.nodes[node].item not in self.quoted or self.speaker is None:
            return
        meant = self.speaker
        word = self.tree.nodes[node]
        if word.key in WE and meant.sort == "person" and "V" in self.tree.codes(word.head) and not self._speech(word.head):
            bodies = {
                g.office.bodies for g in (*self.focus.given, *self.sight.given) if g.holder.entity == meant.entity and g.office.bodies
            }
            if len(bodies) != 1:
                return
            senses = tuple(sorted(bodies.pop()))
            mention = Mention(word.words, self.tree.item(node).span, senses)
            self.sight.actors[node] = (mention,)
            return
        self.sight.actors[node] = (standing(meant, self.tree.item(node)),)


def pronoun(tree: Tree, node: int) -> bool:
    """Whether a node is a personal pronoun."""
    return tree.nodes[node].key in HE | SHE | IT | THEY | WE | MYSELF | SELVES and tree.nodes[node].tag.startswith("PRP")
