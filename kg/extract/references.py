"""Who and what is meant where a sentence does not name it: pronouns, "the group", "the spokesman", "the base", within one article.

`References` reads an article scene by scene.  Asked about a node of the sentence at hand it gives the mention that is meant, or None: a reference
with two possible antecedents is left open, for a wrong attribution is the worst error.  A mention that is given stands where the node stands (its
span is the evidence), but has the senses of its antecedent; where the antecedent is no known thing it has the antecedent's words, so that both are
one candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from kg.authority import Authority
from kg.extract.line import Item, Line
from kg.extract.offices import FORMER, Office, offices, positions, wider
from kg.extract.retellings import Retellings
from kg.extract.scene import Scene, Told
from kg.extract.spellings import close
from kg.extract.tree import Tree
from kg.model import Mention
from kg.terms import Vocabulary

HE: Final = frozenset(("he", "him", "his", "himself"))
SHE: Final = frozenset(("she", "her", "hers", "herself"))
IT: Final = frozenset(("it", "its", "itself"))
THEY: Final = frozenset(("they", "them", "their", "themselves"))
WE: Final = frozenset(("we", "us", "our", "ours", "ourselves"))
MYSELF: Final = frozenset(("i", "me", "my", "mine", "myself"))
PLURAL: Final = frozenset(
    ("forces", "units", "brigades", "battalions", "guards", "troops", "committees", "factions", "militias", "groups", "fighters", "rebels")
)
"""Last words of names that are plurals."""

SAME: Final = frozenset(("the", "this", "that"))
"""Determiners by which something is spoken of as known."""

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

VAGUE: Final = frozenset(("region", "area", "site", "compound"))
"""Words for places that often mean none of those named."""

IN_PLACE: Final = frozenset(("in", "inside", "across", "from", "out of", "within", "into", "throughout", "to", "of"))
"""Prepositions under which a country is a place."""

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


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody or something spoken of: where, in which part of its clause, and what is known of it.

    `entity` is the IRI of a known thing or made from the words; `sort` is person, body, state, place, or other (an unlisted name); `main` marks an
    argument of the main clause, `subject` its subject.  `mention` is as it stood when it was first named.
    """

    entity: str
    mention: Mention
    sort: str
    scene: int
    at: int
    main: bool = False
    core: bool = False
    subject: bool = False
    quoted: bool = False
    plural: bool = False
    female: bool | None = None
    speaks: bool = False
    placed: bool = False
    verb: int | None = None
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """An office that the article gives to somebody."""

    holder: Seen
    office: Office


@dataclass(slots=True)
class Sight:
    """What is read off one scene: who is spoken of, and what each reference in it means."""

    seen: list[Seen]
    actors: dict[int, tuple[Mention, ...]]
    places: dict[int, Mention]
    given: list[Given]
    dead: set[str]
    quotation: Quotation
    quoted: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Whether a quotation is open after a sentence, and whose words it is, where that is known."""

    open: bool = False
    speaker: Seen | None = None


class References:
    """The references of one article; feed it each scene, or the line where there is none, in order."""

    def __init__(self, words: Vocabulary, known: Authority) -> None:
        self.words, self.known = words, known
        self._seen: list[Seen] = []
        self._given: list[Given] = []
        self._dead: set[str] = set()
        self._short: dict[str, set[str]] = {}
        self._acronyms: dict[str, Seen] = {}
        self._quotation = Quotation()
        self._sights: list[tuple[Scene, Sight]] = []  # of this sentence and those asked about ahead of it
        self._read = 0
        self._things = False
        self._retellings = Retellings(words, known)

    # -- what others ask ------------------------------------------------------------------------------------------------------

    def read(self, scene: Scene | Line) -> None:
        """Takes in a sentence, after which the next may refer back to it; a line is a sentence that was not parsed."""
        if isinstance(scene, Scene):
            sight = self._look(scene)
            self._retellings.read(scene, sight.quoted)
            self._seen += sight.seen
            self._given += sight.given
            self._dead |= sight.dead
            self._quotation = sight.quotation
            self._things = any(set(scene.tree.codes(n.index)) & set("KW") and n.noun and n.relation in CORE for n in scene.tree.nodes)
        else:
            self._skim(scene)
            self._things = False
        self._sights.clear()
        self._read += 1

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

    def telling(self, scene: Scene, told: Sequence[Told], node: int) -> Told | None:
        """Which of the happenings told so far a node means: "the attack", "Wednesday's strike", "his death", "it"; None where that is open."""
        sight = self._look(scene)
        persons = {at: found[0] for at, found in sight.actors.items() if len(found) == 1}
        self._retellings.read(scene, sight.quoted)
        return self._retellings.telling(scene, told, node, persons)

    def refers(self, scene: Scene, node: int) -> bool:
        """Whether a node's words only refer: a pronoun, "the group", "the spokesman", a short name that the article introduced."""
        return node in self._look(scene).actors or _pronoun(scene.tree, node) or self._definite(scene.tree, node, "GR")

    # -- one scene ------------------------------------------------------------------------------------------------------------

    def _look(self, scene: Scene) -> Sight:
        for seen, sight in self._sights:
            if seen is scene:
                return sight
        sight = Sight([], {}, {}, [], set(), Quotation())
        self._sights.append((scene, sight))
        _Reading(self, scene, sight).run()
        return sight

    def _skim(self, line: Line) -> None:
        """Takes in a sentence without its tree: whoever it names is spoken of, in no particular part."""
        named = [seen for item in line.items if (seen := self.named(item))]
        alone = len({seen.entity for seen in named if seen.sort == "body"}) == 1
        self._seen += [replace(seen, scene=self._read, core=alone and seen.sort == "body") for seen in named]
        for office in offices(line):
            holder = self.named(line.items[office.person])
            if holder:
                self._given.append(Given(replace(holder, sort="person", scene=self._read), office))

    def named(self, item: Item) -> Seen | None:
        """Whom or what an item names; None for plain words and for adjectives."""
        codes = set(item.codes)
        if not codes & set("POSMULBT") or "Y" in codes:
            return None
        mention = item.mention()
        for sort, class_name in (("person", "Person"), ("state", "State"), ("body", "Organisation"), ("place", "Place")):
            senses = tuple(sense for sense in mention.senses if self.known.is_a(sense, class_name))
            if senses and (sort != "place" or codes & set("LBT")):
                entity = senses[0] if len(senses) == 1 else "|".join(senses)
                kinds = frozenset(kind for sense in senses for kind in self.known[sense].kinds)
                kinds |= {"place-kind/base"} if "B" in codes else frozenset()
                plural = sort == "body" and self._plural(item.words, entity)
                return Seen(entity, mention, sort, 0, item.span.start, plural=plural, kinds=kinds)
        if "U" in codes:
            return Seen("words:" + item.words.casefold(), mention, "other", 0, item.span.start)
        return None

    def _plural(self, words: str, entity: str) -> bool:
        """Whether a name is a plural: it ends in Forces, Brigades …, or its singular stands in another name of the same body (Houthis)."""
        last = words.split()[-1].casefold()
        if last in PLURAL:
            return True
        if " " in words or not last.endswith("s") or entity not in self.known:
            return False
        return any(last[:-1] in name.words.casefold().split() for name in self.known[entity].names)

    def _definite(self, tree: Tree, node: int, codes: str) -> bool:
        """Whether a node is a singular noun of one of the codes that is spoken of as known: "the group", "Iraq's prime minister"."""
        if not set(tree.codes(node)) & set(codes) or tree.nodes[node].tag not in ("NN", "NNP", "JJ"):
            return False
        if set(tree.codes(node)) & set("POSMULBT"):
            return False
        return any(tree.nodes[i].key in SAME for i in tree.below(node, "det")) or bool(
            tree.below(node, "nmod:poss") and "R" in tree.codes(node)
        )


class _Reading:
    """The reading of one scene against what was read before it."""

    def __init__(self, refs: References, scene: Scene, sight: Sight) -> None:
        self.refs, self.scene, self.tree, self.sight = refs, scene, scene.tree, sight
        self.words, self.known = refs.words, refs.known
        self.now = refs._read
        self.quoted = sight.quoted = self._quoted()
        self.main = self._main_verbs()

    def run(self) -> None:
        """Reads the sentence from left to right, each reference against what stands before it."""
        self.by_person: dict[int, list[Office]] = {}
        for office in offices(self.scene.line):
            self.by_person.setdefault(office.person, []).append(office)
        by_item: dict[int, list[int]] = {}
        for node in self.tree.nodes:
            by_item.setdefault(node.item, []).append(node.index)
        self.of_node: dict[int, Seen] = {}
        for index, item in enumerate(self.scene.line.items):
            nodes = by_item.get(index, [])
            seen = self.refs.named(item)
            if seen:
                self._name(index, item, seen)
            for number in () if seen else nodes:
                self._word(number)
        self._speakers()
        for node in self.tree.nodes:
            if node.key in WE or node.key in MYSELF:
                self._we(node.index)
        self._deaths()

    # -- names ----------------------------------------------------------------------------------------------------------------

    def _name(self, index: int, item: Item, seen: Seen) -> None:
        own = self.by_person.get(index, [])
        node = self.tree.node(index)
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

    def _acronym(self, index: int, seen: Seen) -> None:
        """Remembers a short form in brackets whose letters are the name's initials."""
        items = self.scene.line.items
        if [i.words for i in items[index + 1 : index + 2] + items[index + 3 : index + 4]] == ["(", ")"]:
            short = items[index + 2]
            initials = "".join(word[0] for word in seen.mention.words.replace("-", " ").split() if word[0].isupper())
            if not short.codes and short.words.isupper() and len(short.words) > 1 and short.words == initials:
                self.refs._acronyms[short.words.lower()] = seen

    def _add(self, node: int | None, item: Item, seen: Seen, female: bool | None = None) -> Seen:
        """Notes that somebody is spoken of, at a node or outside the tree."""
        changed: dict[str, Any] = {"scene": self.now, "at": item.span.start, "female": seen.female if female is None else female}
        if node is None:
            made = replace(seen, **changed)
        else:
            part = self._part(node)
            verb = self._verb(part)
            relation = self.tree.nodes[part].relation
            core = relation in CORE
            main = core and verb in self.main
            made = replace(
                seen,
                **changed,
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

    def _main_verbs(self) -> frozenset[int]:
        """The root and the verbs coordinated with it."""
        root = next((n.index for n in self.tree.nodes if n.head == n.index), None)
        return frozenset() if root is None else frozenset(self.tree.joined(root))

    def _quoted(self) -> frozenset[int]:
        """The items that stand in quotation marks."""
        inside, found = self.refs._quotation.open, set()
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

    # -- words that refer -------------------------------------------------------------------------------------------------------

    def _word(self, node: int) -> None:
        """A plain word: a pronoun, a description, a short name."""
        tree, word = self.tree, self.tree.nodes[node]
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
        elif self.refs._definite(tree, node, "R"):
            found = self._office(node)
            if found is None:
                self._describe(node, item)
        elif self.refs._definite(tree, node, "G"):
            found = self._body(node)
            if found is None:
                self._describe(node, item)
        elif set(tree.codes(node)) & set("RZG") and word.noun:
            self._describe(node, item)
        elif "I" in tree.codes(node):
            self._place(node, item)
        elif word.tag.startswith("NNP"):
            found = self._alias(node)
        for one in [found] if found else several:
            self.sight.actors[node] = (*self.sight.actors.get(node, ()), _at(one, item))
            self._add(node, item, one)

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
        return [s for s in [*(s for s in self.refs._seen if self.now - s.scene <= reach), *here] if s.entity not in out]

    def _asks(self, verb: int) -> bool:
        entry = self.tree.entry(verb, "Q")
        return entry is not None and entry.name in ASKING

    def _describe(self, node: int, item: Item) -> None:
        """Somebody who is described and not named; a later pronoun may mean him."""
        tree = self.tree
        plural = tree.nodes[node].tag in ("NNS", "NNPS")
        if tree.nodes[node].relation in ("compound", "amod", "nmod:desc") or self._says_what(node):
            return
        sort = "person" if set(tree.codes(node)) & set("RZ") else "body"
        mention = self.scene.phrases.actor(node)
        if mention is None:
            mention = self.scene.phrases.described(node, "UnidentifiedActor")
        entity = mention.senses[0] if len(mention.senses) == 1 and sort == "body" and not plural else f"said:{self.now}:{node}"
        if sort == "person" and mention.senses:
            mention = self.scene.phrases.described(node, "UnidentifiedActor")
        female = True if item.words.lower() in FEMALE else False if item.words.lower() in MALE else None
        self._add(node, item, Seen(entity, mention, sort, self.now, item.span.start, plural=plural), female)

    def _says_what(self, node: int) -> bool:
        """Whether a noun says what somebody named is: X, a general; X is a party."""
        tree = self.tree
        return tree.nodes[node].relation == "appos" or bool(tree.below(node, "cop"))

    # -- he, she ----------------------------------------------------------------------------------------------------------------

    def _person(self, node: int, female: bool) -> Seen | None:
        """The one person whom a pronoun can mean.

        Within a quotation only somebody of the same quotation; else the one person of this sentence so far, where the pronoun is not its main
        subject; else the one of the nearest sentence that speaks of any.
        """
        quoted = self.tree.nodes[node].item in self.quoted
        relation, verb = self.tree.nodes[node].relation, self._verb(node)
        speaking = relation in SUBJECTS and verb is not None and self._speech(verb)
        subject = relation in SUBJECTS and verb in self.main
        dead = self.refs._dead if speaking else set()
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
            return _one([s for s in here if s.quoted])
        here = [s for s in here if not s.quoted]
        if here and not subject:
            return _one(here)
        for back in range(1, REACH + 1):
            there = [s for s in persons if s.scene == self.now - back and not s.quoted]
            if there:
                there += here
                one = _one(there)
                if one is None and speaking:
                    one = self._speaker_of(there)
                elif one is not None and not any(s.speaks or (s.subject if speaking else s.core) for s in there) and _one(persons) is None:
                    one = None
                return one
        return _one(here) if here else None

    def _speaker_of(self, persons: list[Seen]) -> Seen | None:
        """Of several persons the one who spoke as the main subject, where none of the others is an argument of a main clause."""
        spoke = {s.entity for s in persons if s.speaks and s.subject}
        others = [s for s in persons if s.entity not in spoke and s.core]
        return next((s for s in reversed(persons) if s.entity in spoke), None) if len(spoke) == 1 and not others else None

    # -- it, they ---------------------------------------------------------------------------------------------------------------

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
            return _one(
                [s for s in fitting if s.scene == self.now - 1 and s.subject and s.speaks and s.plural == plural and s.sort != "other"]
            )
        here = [s for s in fitting if s.scene == self.now]
        if verb not in self.main or here:
            return self._speech_subject(verb, fitting, plural=plural)
        there = [s for s in fitting if s.scene == self.now - 1]
        main = [s for s in there if s.main and s.plural == plural]
        one = _one(main)
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
        one = _one([d for d in doers if d.sort in ("body", "state") and d.plural == plural])
        return one if one is not None and {s.entity for s in here} <= {one.entity} else None

    def _inanimate(self, verb: int) -> bool:
        """Whether a verb of violence may have a weapon or an attack of the sentence before as its subject."""
        return bool(set(self.tree.codes(verb)) & set("VH")) and self.refs._things

    # -- we ---------------------------------------------------------------------------------------------------------------------

    def _speakers(self) -> None:
        """Whose words the quotations of this sentence are."""
        speakers: list[Seen] = []
        for node in self.tree.nodes:
            if node.verb and self._speech(node.index) and node.item not in self.quoted:
                doers = self.scene.clauses.of(node.index).doers
                speakers += [self.of_node[d] for d in doers if d in self.of_node and self.tree.nodes[d].item not in self.quoted]
        one = _one(speakers)
        if one is None and not speakers and self.quoted and self.refs._quotation.speaker and not self._framed():
            one = self.refs._quotation.speaker
        self.sight.quotation = Quotation(self.left_open, one)
        self.speaker = one

    def _framed(self) -> bool:
        """Whether words outside the quotation say that somebody else speaks."""
        return any(n.verb and n.item not in self.quoted for n in self.tree.nodes)

    def _we(self, node: int) -> None:
        """Who says "we" and "I" in a quotation: the speaker; for "we" as the doer of an act the body that he speaks for or leads."""
        if self.tree.nodes[node].item not in self.quoted or self.speaker is None:
            return
        meant = self.speaker
        word = self.tree.nodes[node]
        if word.key in WE and meant.sort == "person" and "V" in self.tree.codes(word.head) and not self._speech(word.head):
            bodies = {
                g.office.bodies for g in (*self.refs._given, *self.sight.given) if g.holder.entity == meant.entity and g.office.bodies
            }
            if len(bodies) != 1:
                return
            senses = tuple(sorted(bodies.pop()))
            mention = Mention(word.words, self.tree.item(node).span, senses)
            self.sight.actors[node] = (mention,)
            return
        self.sight.actors[node] = (_at(meant, self.tree.item(node)),)

    # -- the group, the spokesman, the base ---------------------------------------------------------------------------------------

    def _bare(self, node: int, allowed: str = "") -> bool:
        """Whether a noun stands without anything that would make it another's or another one: no name, number, clause or phrase below it."""
        for child in self.tree.below(node):
            word, codes = self.tree.nodes[child], set(self.tree.codes(child))
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
            return _one([*here, *(s for s in unknown if s.scene == self.now)])
        for back in range(1, REACH + 1):
            there = [s for s in fitting if s.scene == self.now - back]
            if there:
                there += [s for s in unknown if s.scene == self.now - back]
                one = _one(there) or _one([s for s in there if s.core])
                return one if one and one.sort == "body" and (one.core or _one(fitting)) else None
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
        given = [g for g in (*self.refs._given, *self.sight.given) if not g.office.former and self._holds(g, wanted, body)]
        if self._speaks(node):
            given = [g for g in given if g.holder.entity not in self.refs._dead]
        holders = [g.holder for g in given]
        if bodies:
            return _one(holders)
        near = [s for s in self._before(node) if s.sort in ("person", "other") and not s.plural]
        for back in range(REACH + 1):
            there = [s for s in near if s.scene == self.now - back]
            held = [s for s in there if s.entity in {h.entity for h in holders}]
            if held:
                return _one(held)
        return _one(holders) if len({h.entity for h in holders}) == 1 and "position/official" not in wanted else None

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
                self.sight.places[node] = _at(found, item)
                self._add(node, item, found)
                return
        if tree.nodes[node].tag in ("NN", "NNP") and tree.nodes[node].relation not in ("compound", "amod", "flat"):
            names = list(self.scene.phrases.places(node))
            mention = self.scene.phrases.described(node, "Place")
            entity = f"said:{self.now}:{node}" if not same or names else f"open:{self.now}:{node}"
            self._add(node, item, Seen(entity, mention, "place", self.now, item.span.start, kinds=kinds))

    def _place_meant(self, node: int, kinds: frozenset[str]) -> Seen | None:
        """The one place of a kind that was spoken of last; a country where it stands as a place."""
        country = "place-kind/country" in kinds
        fitting = []
        for s in self._before(node):
            if (
                country and s.placed and self.now - s.scene <= 1 and s.sort in ("state", "place") and self._country(s.entity, s.mention)
            ) or (not country and s.sort == "place" and wider(kinds, self.words) & wider(s.kinds, self.words)):
                fitting.append(s)
        for back in range(REACH + 1):
            there = [s for s in fitting if s.scene == self.now - back]
            if there:
                one = _one(there)
                return one if one and not one.entity.startswith("open:") else None
        return None

    def _country(self, entity: str, mention: Mention) -> bool:
        return any("place-kind/country" in self.known[s].kinds for s in (entity, *mention.senses) if s in self.known)

    # -- short names --------------------------------------------------------------------------------------------------------------

    def _alias(self, node: int) -> Seen | None:
        """Whom a short form means that the article introduced: an acronym in brackets, the family name of one unlisted person."""
        item = self.tree.item(node)
        if item.words.lower() in self.refs._acronyms:
            return self.refs._acronyms[item.words.lower()]
        if len(item.words) < 4 or self.tree.below(node, "flat", "compound"):
            return None
        everybody = [*self.refs._seen, *self.sight.seen]
        bearers = {_family(s): s for s in everybody if s.sort == "person" or s.entity.startswith("words:")}
        family = item.words.casefold()
        fitting = [s for s in everybody if _family(s) == family and (s.sort == "person" or s.entity.startswith("words:"))]
        if not fitting and not any(self.tree.below(node)):
            fitting = [s for name, s in bearers.items() if close(name, family)]
        persons = [s for s in fitting if s.sort == "person" and s.entity.startswith("words:")]
        return persons[-1] if persons and len({s.entity for s in fitting}) == 1 else None

    # -- deaths -------------------------------------------------------------------------------------------------------------------

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
                seen = self.refs.named(item)
                if seen:
                    self.sight.dead.add(seen.entity)

    def _included(self, index: int) -> None:
        """The persons named among the dead, up to the next verb or mark of a clause."""
        for item in self.scene.line.items[index + 1 : index + 12]:
            if set(item.codes) & set("VHQ") or item.words in (";", ".", ":"):
                return
            seen = self.refs.named(item)
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


def _one(seen: Sequence[Seen]) -> Seen | None:
    """The one that all are, as it was spoken of last; None where there are several or none."""
    return seen[-1] if seen and len({s.entity for s in seen}) == 1 else None


def _family(seen: Seen) -> str:
    """The last word of a name, without its article."""
    return seen.mention.words.casefold().split()[-1].split("-")[-1]


def _at(seen: Seen, item: Item) -> Mention:
    """The antecedent's mention where the reference stands: with its senses, and with its words where it is no known thing."""
    words = item.words if seen.mention.senses else seen.mention.words
    return replace(seen.mention, words=words, span=item.span)


def _pronoun(tree: Tree, node: int) -> bool:
    return tree.nodes[node].key in HE | SHE | IT | THEY | WE | MYSELF and tree.nodes[node].tag.startswith("PRP")
