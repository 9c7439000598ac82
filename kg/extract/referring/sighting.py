"""One sentence as references see it: whom it names or describes, in which part of which clause, in whose quotation, and who is said to be dead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from kg.extract.bodies.offices import Office, offices
from kg.extract.line.items import Item
from kg.extract.referring.focus import Focus, Given, Quotation, Seen, single, standing
from kg.extract.syntax.scene import Scene
from kg.model import Mention

FEMALE: Final = frozenset(
    ["mrs", "ms", "miss", "madam", "spokeswoman", "spokeswomen", "chairwoman", "congresswoman", "queen", "princess", "servicewoman"]
)
MALE: Final = frozenset(
    ["mr", "sir", "spokesman", "chairman", "congressman", "king", "prince", "sheikh", "imam", "ayatollah", "serviceman", "militiaman"]
)
"""Titles that tell a person's sex."""
DEATH: Final = frozenset(["death", "killing", "assassination", "murder", "martyrdom", "funeral", "burial", "slaying"])
DEAD: Final = frozenset(["late", "slain", "martyr", "martyred"])
"""Words by which somebody is said to be dead; the dead do not speak."""
ASKING: Final = frozenset(f"speech-act/{act}" for act in ("demands", "accuses", "blames", "condemns", "threatens", "warns", "praises"))
"""Acts in whose content "it" and "he" need not be the speaker: X demanded that it withdraw."""
REACH: Final = 3
"""How many sentences back an antecedent may stand."""
CORE: Final = frozenset(("nsubj", "nsubj:pass", "obj", "iobj", "obl:agent", "csubj"))
SUBJECTS: Final = frozenset(("nsubj", "nsubj:pass"))
IN_PLACE: Final = frozenset(("in", "inside", "across", "from", "out of", "within", "into", "throughout", "to", "of"))
"""Prepositions under which a country is a place."""


@dataclass(slots=True)
class Sight:
    """What is read off one sentence: who is spoken of, what each reference means, offices given, deaths told, the quotation left open."""

    seen: list[Seen] = field(default_factory=list)
    actors: dict[int, tuple[Mention, ...]] = field(default_factory=dict)
    places: dict[int, Mention] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)
    quotation: Quotation = field(default_factory=Quotation)
    quoted: frozenset[int] = frozenset()


class Sighting:
    """The reading of one sentence against what was read before it."""

    def __init__(self, focus: Focus, scene: Scene, sight: Sight) -> None:
        self.focus, self.scene, self.tree, self.sight = focus, scene, scene.tree, sight
        self.words, self.known = focus.words, focus.known
        self.of_node: dict[int, Seen] = {}
        self.by_person: dict[int, list[Office]] = {}
        self.titles: dict[int, int] = {}
        for office in offices(scene.line):
            self.by_person.setdefault(office.person, []).append(office)
            if office.at < office.person:
                self.titles[office.at] = office.person
        self.now = focus.now
        self.quoted = sight.quoted = self._quoted()
        self.main = self._main_verbs()

    def _name(self, index: int, item: Item, seen: Seen) -> None:
        own = self.by_person.get(index, [])
        node = self.tree.node(index)
        longer = self._longer(index, item) if seen.sort == "other" and not own else None
        if longer is not None:
            seen = longer
            if node is not None:
                self.sight.actors[node] = (standing(longer, item),)
        if seen.sort == "other" and own:
            seen = replace(seen, sort="person")
        titles = {office.title for office in own} | {i.words.lower() for i in self.scene.line.items[max(0, index - 2) : index]}
        female = True if titles & FEMALE else False if titles & MALE else None
        if node is not None and self.tree.nodes[node].relation in ("compound", "nmod:desc", "amod") and seen.sort in ("body", "state"):
            self._add(None, item, seen, female)
        else:
            self._add(node, item, seen, female)
        for office in own:
            self.sight.given.append(Given(replace(seen, scene=self.now), office))
        self._acronym(index, seen)

    def _longer(self, index: int, item: Item) -> Seen | None:
        """The one body named before whose name is this one with a place behind it: the Resistance Front in Iraq, the Resistance Front."""
        if index in self.quoted or index == 0 or self.scene.line.items[index - 1].words.lower() != "the":
            return None
        start = item.words.casefold()
        found = [s for s in self.focus.seen if s.sort == "body" and _part(start, s.mention.words.casefold())]
        return single(found)

    def _acronym(self, index: int, seen: Seen) -> None:
        """Remembers a short form in brackets whose letters are the name's initials."""
        items = self.scene.line.items
        if [i.words for i in items[index + 1 : index + 2] + items[index + 3 : index + 4]] == ["(", ")"]:
            short = items[index + 2]
            initials = "".join(word[0] for word in seen.mention.words.replace("-", " ").split() if word[0].isupper())
            if not short.codes and short.words.isupper() and len(short.words) > 1 and short.words == initials:
                self.focus.acronyms[short.words.lower()] = seen

    def _add(self, node: int | None, item: Item, seen: Seen, female: bool | None = None) -> Seen:
        """Notes that somebody is spoken of, at a node or outside the tree."""
        made = replace(seen, scene=self.now, at=item.span.start, female=seen.female if female is None else female)
        if node is not None:
            part = self._part(node)
            verb = self._verb(part)
            relation = self.tree.nodes[part].relation
            core = relation in CORE
            main = core and verb in self.main
            made = replace(
                made,
                quoted=self.tree.nodes[node].item in self.quoted,
                verb=verb,
                core=core,
                main=main,
                subject=main and relation in SUBJECTS,
                speaks=relation in SUBJECTS and verb is not None and self._speech(verb),
                placed=self.tree.case(node) in IN_PLACE and relation in ("obl", "nmod"),
            )
            self.of_node[node] = made
        self.sight.seen.append(made)
        return made

    def _describe(self, node: int, item: Item) -> None:
        """Somebody who is described and not named; a later pronoun may mean him.

        Whom a bare noun describes ("the army", "a spokesman") could be meant too, but cannot be told apart: a pronoun for him is left open.
        """
        tree = self.tree
        plural = tree.nodes[node].tag in ("NNS", "NNPS")
        if tree.nodes[node].relation in ("compound", "amod", "nmod:desc") or self._says_what(node):
            return
        sort = "person" if set(tree.codes(node)) & set("RZ") else "body"
        mention = self.scene.phrases.actor(node)
        if mention is None:
            mention = self.scene.phrases.described(node, "UnidentifiedActor")
        bare = not any(tree.nodes[i].relation in ("amod", "compound", "nmod", "nmod:poss", "nmod:desc") for i in tree.below(node))
        entity = (
            mention.senses[0]
            if len(mention.senses) == 1 and sort == "body" and not plural
            else f"{'open' if bare else 'said'}:{self.now}:{node}"
        )
        if sort == "person" and mention.senses:
            mention = self.scene.phrases.described(node, "UnidentifiedActor")
        female = True if item.words.lower() in FEMALE else False if item.words.lower() in MALE else None
        self._add(node, item, Seen(entity, mention, sort, self.now, item.span.start, plural=plural), female)

    def _says_what(self, node: int) -> bool:
        """Whether a noun says what somebody named is: X, a general; X is a party."""
        tree = self.tree
        return tree.nodes[node].relation == "appos" or bool(tree.below(node, "cop"))

    def _part(self, node: int) -> int:
        """The first of the coordinated phrases that a node belongs to: it has the relation that all of them have."""
        while self.tree.nodes[node].relation == "conj" and not self.tree.nodes[node].verb:
            node = self.tree.nodes[node].head
        return node

    def _verb(self, node: int) -> int | None:
        head = self.tree.nodes[node].head
        return head if head != node else None

    def _speech(self, verb: int) -> bool:
        return bool(self.tree.entry(verb, "Q")) and self.tree.nodes[verb].verb

    def _asks(self, verb: int) -> bool:
        entry = self.tree.entry(verb, "Q")
        return entry is not None and entry.name in ASKING

    def _main_verbs(self) -> frozenset[int]:
        """The root and the verbs coordinated with it."""
        root = next((n.index for n in self.tree.nodes if n.head == n.index), None)
        return frozenset() if root is None else frozenset(self.tree.joined(root))

    def _quoted(self) -> frozenset[int]:
        """The items that stand in quotation marks."""
        inside, found = self.focus.quotation.open, set()
        items = self.scene.line.items
        if items and items[0].words in ("“", '"'):
            inside = False
        for index, item in enumerate(items):
            if item.words == "“" or (item.words == '"' and not inside):
                inside = True
            elif item.words in ("”", '"'):
                inside = False
            elif inside:
                found.add(index)
        self.left_open = inside
        return frozenset(found)

    def _before(self, node: int, *, reach: int = REACH) -> list[Seen]:
        """Everybody spoken of in this sentence so far and in the last ones whom the phrase at a node could mean.

        It cannot mean another argument of its own verb, nor what it helps to describe (the man whom he called …), nor, under a verb of demanding,
        the one who demands.
        """
        tree, word = self.tree, self.tree.nodes[node]
        own = {node, *tree.above(node)}
        verb = word.head if word.relation in (*CORE, "obl", "nmod") else None
        out = {self.of_node[i].entity for i in own if i in self.of_node and i != node} if word.relation != "nmod:poss" else set()
        for clause in own if word.relation != "nmod:poss" else ():
            if tree.nodes[clause].relation == "acl:relcl":
                inside = set(tree.within(clause))
                out |= {self.of_node[i].entity for i in tree.within(tree.nodes[clause].head) if i in self.of_node and i not in inside}
        above = tree.nodes[word.head].head
        if word.relation in SUBJECTS and self._asks(above):
            out |= {self.of_node[d].entity for d in self.scene.clauses.of(above).doers if d in self.of_node}
        here = [s for s in self.sight.seen if verb is None or s.verb != verb]
        return [s for s in [*(s for s in self.focus.seen if self.now - s.scene <= reach), *here] if s.entity not in out]

    def _speakers(self) -> None:
        """Whose words the quotations of this sentence are."""
        speakers: list[Seen] = []
        for node in self.tree.nodes:
            if node.verb and self._speech(node.index) and node.item not in self.quoted:
                doers = self.scene.clauses.of(node.index).doers
                speakers += [self.of_node[d] for d in doers if d in self.of_node and self.tree.nodes[d].item not in self.quoted]
        one = single(speakers)
        if one is None and not speakers and self.quoted and self.focus.quotation.speaker and not self._framed():
            one = self.focus.quotation.speaker
        self.sight.quotation = Quotation(self.left_open, one)
        self.speaker = one

    def _framed(self) -> bool:
        """Whether words outside the quotation say that somebody else speaks."""
        return any(n.verb and n.item not in self.quoted for n in self.tree.nodes)

    def _deaths(self) -> None:
        """Who is said to be dead in this sentence."""
        tree = self.tree
        for node in tree.nodes:
            if node.key in DEATH:
                below = [*tree.below(node.index, "nmod:poss"), *(i for i in tree.below(node.index, "nmod") if tree.case(i) == "of")]
                self._die(j for i in below for j in tree.joined(i))
            elif node.verb and self._deadly(node.index):
                self._die(self.scene.clauses.of(node.index).undergoers)
        deadly = any(e.name == "killed" for item in self.scene.line.items for e in item.entries if "H" in e.codes)
        for index, item in enumerate(self.scene.line.items):
            if deadly and item.words.lower() in ("including", "among"):
                self._included(index)
            if index and self.scene.line.items[index - 1].words.lower() in DEAD and "P" in item.codes:
                seen = self.focus.named(item)
                if seen:
                    self.sight.dead.add(seen.entity)

    def _included(self, index: int) -> None:
        """The persons named among the dead, up to the next verb or mark of a clause."""
        for item in self.scene.line.items[index + 1 : index + 12]:
            if set(item.codes) & set("VHQ") or item.words in (";", ".", ":"):
                return
            seen = self.focus.named(item)
            if seen and seen.sort in ("person", "other"):
                self.sight.dead.add(seen.entity)

    def _deadly(self, node: int) -> bool:
        entries = self.tree.item(node).entries
        return any((e.name == "killed" and "H" in e.codes) or e.name in ("event-kind/killing", "event-kind/assassination") for e in entries)

    def _die(self, nodes: Iterable[int]) -> None:
        for node in nodes:
            seen = self.of_node.get(node)
            if seen and seen.sort == "person":
                self.sight.dead.add(seen.entity)


def _part(short: str, name: str) -> bool:
    """Whether a name is a shorter one with a place behind it."""
    return any(name.startswith(f"{short} {word} ") for word in ("in", "of", "for"))
