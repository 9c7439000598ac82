"""Events that are not single attacks: truces, agreements, resolutions, ends of missions, campaigns, ground operations, bombardments endured.

Each kind is one row of `KINDS`; what brings such an event about stands in the ontology (see `kg/extract/happenings/carried.py`).  What is proposed, demanded,
refused, planned or hoped for gives nothing, and neither does the end or breach of what was agreed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Protocol

from kg.extract.happenings.carried import AHEAD, DEFINITE, Carrier, carriers, cues, firm, governors
from kg.extract.happenings.circumstances import places, time
from kg.extract.happenings.links import answered as answered
from kg.extract.happenings.links import authorised as authorised
from kg.extract.happenings.links import retaliation as retaliation
from kg.extract.happenings.links import targets_struck as targets_struck
from kg.extract.syntax.phrases import BODIES
from kg.extract.syntax.scene import Scene, Told
from kg.model import ClaimDraft, Concept, DraftObject, Mention, Telling, TimeSpan
from kg.terms import Vocabulary

BETWEEN: Final = ("between", "among")
CIVIL: Final = frozenset(
    """election electoral re-election presidential parliamentary political media press propaganda disinformation misinformation advertising publicity
    vaccination aid relief fundraising legal diplomatic smear information social awareness pressure sanctions boycott lobbying charity public poll
    hashtag donation recruitment reform anti-corruption literacy marketing peacebuilding rescue""".split()  # noqa: SIM905 - reads better
)
"""Words that make a campaign or operation no military one."""

MILITARY: Final = frozenset(
    """military reprisal reprisals air bombing bombardment ground aerial naval retaliation retaliatory armed strike strikes airstrikes attacks counter-terrorism
    counterterrorism offensive artillery missile drone""".split()  # noqa: SIM905 - reads better
)
HELD: Final = frozenset(("hold", "holds", "held", "holding", "last", "lasts", "lasted", "lasting"))
"""Verbs of a truce that lasts: it is told by them only with both its years."""

MOVED: Final = frozenset(("move", "moves", "moved", "moving"))
"""Verbs of motion without force: troops moved into a barracks."""

WINGS: Final = frozenset(("wing", "arm", "branch", "fighters", "forces", "brigades", "units", "unit", "militia", "force"))
"""Parts of a body by which it acts."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One row: a kind of event, the concepts whose nouns name it, and the role of those who bring it about.

    `lasting` kinds may be told with the day on which they began or the years that they took.
    """

    name: str
    nouns: frozenset[str]
    role: str
    lasting: bool = False


def _nouns(names: str) -> frozenset[str]:
    return frozenset(f"event-kind/{name}" for name in names.split())


TRUCE: Final = "event-kind/truce"
AGREEMENT: Final = "event-kind/agreement"
RESOLUTION: Final = "event-kind/resolution"
MISSION: Final = "event-kind/mission"
END: Final = "event-kind/end-of-mission"
ANNOUNCEMENT: Final = "event-kind/announcement"
GROUND: Final = "event-kind/ground-operation"
CAMPAIGN: Final = "event-kind/campaign"
BOMBARDMENT: Final = "event-kind/bombardment"

KINDS: Final = (
    Kind(TRUCE, _nouns("truce"), "party"),
    Kind(AGREEMENT, _nouns("agreement"), "party"),
    Kind(RESOLUTION, _nouns("resolution"), "perpetrator"),
    Kind(END, _nouns("mission"), "perpetrator"),
    Kind(GROUND, _nouns("ground-operation invasion"), "perpetrator", lasting=True),
    Kind(CAMPAIGN, _nouns("campaign operation"), "perpetrator", lasting=True),
    Kind(BOMBARDMENT, _nouns("bombardment shelling bombing air-strike"), "perpetrator"),
)

PEACEFUL: Final = frozenset((TRUCE, AGREEMENT, RESOLUTION, END, ANNOUNCEMENT))
"""Kinds that are no act of arms: who struck a deal struck nobody."""

SHOWN: Final = {BOMBARDMENT: "event-kind/bombing"}
"""The concept given for a kind, where it is not its own: bombardments are bombings."""


@dataclass(frozen=True, slots=True)
class _Found:
    """One event found: its kind, its nodes with the leading one first, and what is said of it."""

    kind: str
    nodes: tuple[int, ...]
    said: tuple[tuple[str, DraftObject], ...]
    definite: bool = False


class Actors(Protocol):
    """What tells whom a noun phrase or pronoun means."""

    def actor(self, scene: Scene, node: int) -> Mention | None:
        """Who is meant, None where that is open."""

    def place(self, scene: Scene, node: int) -> Mention | None:
        """Which place is meant, None where that is open."""


def told(scene: Scene, words: Vocabulary, first_key: int, refs: Actors | None = None) -> Iterator[Told]:
    """The events that one sentence tells, without their speakers; tellings are numbered from `first_key`.  `refs` settles pronouns."""
    key, taken = first_key, set[int]()
    for found in _Reader(scene, words, refs).all():
        if taken & set(found.nodes):
            continue
        taken.update(found.nodes)
        telling = Telling(key, found.kind, scene.line.span)
        said = dict.fromkeys((("kind", Concept(found.kind)), *found.said))
        drafts = tuple(ClaimDraft(telling, predicate, value, scene.line.span) for predicate, value in said)
        yield Told(telling, scene.number, found.nodes[0], frozenset(found.nodes), drafts, found.definite)
        key += 1


def joined(attacks: Iterable[Told], political: Iterable[Told], before: Sequence[Told] = ()) -> tuple[Told, ...]:
    """The tellings of a sentence from both readings, each act once: where both read the same words, what is told here, filled up from the attack.

    `before` are the tellings of earlier sentences: an attempt to enter right after a ground operation is that operation, and the end of a mission that
    was told before and is told again without another day or place is that end.
    """
    left, made = list(attacks), []
    for own in political:
        earlier = next((t for t in reversed(before) if _goes_on(own, t) or _again(own, t)), None)
        if earlier:
            kept = ("outcome",) if own.telling.kind == GROUND else ("perpetrator", "place", "time")
            more = [replace(draft, subject=earlier.telling) for draft in own.drafts if draft.predicate in kept]
            made.append(replace(own, telling=earlier.telling, drafts=tuple(more)))
            continue
        peaceful = own.telling.kind in PEACEFUL
        same = [attack for attack in left if (attack.nodes <= own.nodes if peaceful else attack.nodes & own.nodes)]
        left = [attack for attack in left if attack not in same]
        known, objects = {draft.predicate for draft in own.drafts}, {draft.object for draft in own.drafts}
        more = [
            replace(draft, subject=own.telling)
            for attack in same
            for draft in (() if peaceful else attack.drafts)
            if (draft.predicate not in known or draft.predicate in SEVERAL) and draft.object not in objects
        ]
        nodes = own.nodes.union(*(attack.nodes for attack in same))
        made.append(replace(own, nodes=nodes, drafts=tuple(dict.fromkeys((*own.drafts, *more)))))
    return tuple(sorted((*left, *made), key=lambda each: min(each.nodes)))


def continued(scene: Scene, words: Vocabulary, here: Sequence[Told], before: Sequence[Told], refs: Actors) -> Iterator[Told]:
    """What a sentence adds to a truce or agreement told up to two sentences before: it was signed in X on Friday by Y."""
    tree = scene.tree
    for node, word in enumerate(tree.nodes):
        subjects = scene.clauses.of(node).undergoers if word.verb and scene.clauses.passive(node) else ()
        if len(subjects) != 1 or any(node in one.nodes for one in here) or not firm(scene, node):
            continue
        entry = tree.entry(subjects[0], "K")
        kinds = {TRUCE, AGREEMENT} if tree.nodes[subjects[0]].key == "it" else {entry.name} & {TRUCE, AGREEMENT} if entry else set()
        known = tree.nodes[subjects[0]].key == "it" or any(tree.nodes[i].key in DEFINITE for i in tree.below(subjects[0], "det"))
        near = [one for one in before if one.telling.kind in kinds and 0 < scene.number - one.scene <= 2]
        if not known or len(near) != 1 or not any(() in cues(words, "making", kind).get(word.key, ()) for kind in kinds):
            continue
        doers = [(i, a) for i in scene.clauses.of(node).doers for a in [refs.actor(scene, i)] if a]
        said: list[tuple[str, DraftObject]] = [("perpetrator" if "P" in tree.codes(i) else "party", a) for i, a in doers]
        stated = {draft.predicate for draft in near[0].drafts}
        day = time(scene, (node,), lasting=False)
        said += [("time", day)] if day and "time" not in stated else []
        said += [("place", place) for place in places(scene, (node,))]
        drafts = tuple(ClaimDraft(near[0].telling, predicate, value, scene.line.span, tier="coreferent") for predicate, value in said)
        yield Told(near[0].telling, scene.number, node, frozenset((node, subjects[0])), drafts, definite=True)


def _goes_on(attempt: Told, earlier: Told) -> bool:
    """Whether an attempt to enter belongs to a ground operation told up to three sentences before."""
    tried = any(draft.predicate == "outcome" for draft in attempt.drafts)
    days = [draft.object for told in (attempt, earlier) for draft in told.drafts if draft.predicate == "time"]
    return tried and earlier.telling.kind == GROUND and 0 < attempt.scene - earlier.scene <= 3 and len(days) < 2


def _again(own: Told, earlier: Told) -> bool:
    """Whether the end of a mission is one that was told up to six sentences before: nothing said of day or place differs."""
    if not {own.telling.kind, earlier.telling.kind} <= {END, ANNOUNCEMENT} or not 0 < own.scene - earlier.scene <= 6:
        return False
    days = [{d.object.edtf for d in told.drafts if isinstance(d.object, TimeSpan)} for told in (own, earlier)]
    where = [{d.object.words for d in told.drafts if d.predicate == "place" and isinstance(d.object, Mention)} for told in (own, earlier)]
    return all(not one or not other or bool(one & other) for one, other in (days, where))


SEVERAL: Final = frozenset(("place", "victim", "weapon"))
"""Roles that either reading may fill further."""


class _Reader:
    """The reading of one sentence."""

    def __init__(self, scene: Scene, words: Vocabulary, refs: Actors | None) -> None:
        self.scene, self.words, self.tree, self.refs = scene, words, scene.tree, refs

    def all(self) -> Iterator[_Found]:
        """Every event told, of each the surest reading first."""
        for noun in range(len(self.tree.nodes)):
            entry = self.tree.entry(noun, "K")
            row = next((row for row in KINDS if entry.name in row.nouns), None) if entry else None
            if row is None:
                continue
            if self.tree.nodes[noun].relation != "compound":
                yield from _first(self._of(self._finer(row, noun), noun))
            named = self._operation(noun)
            if named is not None:
                yield from _first(self._of(KINDS[5], named, named=True))
        yield from self._halted()
        yield from self._voted()
        yield from self._moved()
        yield from self._bombarded()

    def _operation(self, noun: int) -> int | None:
        """The node that stands for an operation with a name of its own: Operation Northern Wind."""
        word, after = self.tree.nodes[noun], noun + 1
        if word.words != "Operation" or after >= len(self.tree.nodes) or not set(self.tree.codes(after)) & set("UO"):
            return None
        return word.head if word.relation == "compound" else noun

    def _finer(self, row: Kind, noun: int) -> Kind:
        """A ceasefire agreement is a truce."""
        parts = {e.name for i in self.tree.below(noun, "compound", "amod") for e in [self.tree.entry(i, "K")] if e}
        return KINDS[0] if row.name == AGREEMENT and TRUCE in parts else row

    def _of(self, row: Kind, noun: int, *, named: bool = False) -> Iterator[_Found]:
        if row.name == END and not self._military_mission(noun):
            return
        if row.name == END:
            yield from self._to_end(noun)
        for carrier in carriers(self.scene, noun, self.words, row.name):
            if row.name in (TRUCE, AGREEMENT):
                yield from self._settled(row, noun, carrier)
            elif row.name == RESOLUTION:
                yield from self._resolved(row, noun, carrier)
            elif row.name == END:
                yield from self._ended(row, noun, carrier)
            elif row.name == BOMBARDMENT:
                yield from self._suffered(row, noun, carrier)
            elif row.name == GROUND:
                yield from self._launched(row, noun, carrier)
            else:
                yield from self._campaign(noun, carrier, named=named)
        if row.name == CAMPAIGN and self.scene.context(noun).real:
            yield from self._campaign(noun, None)
        if row.name == GROUND and self.scene.context(noun).real:
            yield from self._dated(noun)

    # -- truces and agreements -----------------------------------------------------------------------------------------------

    def _settled(self, row: Kind, noun: int, carrier: Carrier) -> Iterator[_Found]:
        """A truce or agreement, with its sides: who reached it, with whom, between whom."""
        if carrier.way == "suffering" or (carrier.way == "beginning" and row.name == AGREEMENT):
            return
        parts = [
            i for i, word in enumerate(self.tree.nodes) if word.item == self.tree.nodes[noun].item
        ]  # a cessation of hostilities with X
        partners = self._beside((*parts, carrier.node), "with") if carrier.way != "brokering" else ()
        inside = [i for i in self.tree.within(noun) if self.tree.case(i) in BETWEEN for i in self.tree.joined(i)]
        between = tuple(dict.fromkeys((*self._beside((noun, carrier.node), *BETWEEN), *inside)))
        made = carrier.way in ("making", "nominal")
        own = self._own_halt(noun) or partners or len(carrier.doers) > 1
        doers = carrier.doers if made or (carrier.way == "announcing" and own and not between) else ()
        sides = [(i, a) for i in (*doers, *partners, *between) for a in [self._actor(i)] if a]
        persons = [a for i, a in sides if "P" in self.tree.codes(i)]
        states = [s for i, _ in sides if "P" in self.tree.codes(i) for s in [self._state_of(i)] if s] if len(persons) > 1 else []
        parties = [*(a for i, a in sides if "P" not in self.tree.codes(i)), *states]
        held = carrier.way == "beginning" and self.tree.nodes[carrier.node].key in HELD
        when = time(self.scene, (noun, carrier.node), lasting=held)
        if held and not (when and parties and (" until " in when.words or " to " in when.words or "between " in when.words)):
            return
        enough = parties or when if row.name == TRUCE else len(parties) + len(persons) > 1 or (parties and when)
        if not enough or (not any(mention.senses for mention in (*parties, *persons)) and row.name == AGREEMENT):
            return
        brokers = [("promotedBy", a) for i in carrier.doers for a in [self._actor(i)] if a and carrier.way == "brokering"]
        yield self._found(
            row.name,
            noun,
            carrier.node,
            [("time", when)] if when else [],
            [("perpetrator", mention) for mention in persons],
            [("party", mention) for mention in parties],
            brokers,
            [("place", mention) for mention in places(self.scene, (noun, carrier.node))] if row.name == TRUCE else [],
        )

    def _halted(self) -> Iterator[_Found]:
        """Somebody suspended attacks."""
        for node, word in enumerate(self.tree.nodes):
            cue = self.tree.entry(node, "V")
            if cue and cue.name == TRUCE and word.verb and firm(self.scene, node):
                sides = [a for i in self.scene.clauses.of(node).doers if "P" not in self.tree.codes(i) for a in [self._actor(i)] if a]
                when = time(self.scene, (node,), lasting=False)
                if sides:
                    yield self._found(TRUCE, node, node, [("time", when)] if when else [], [("party", side) for side in sides])

    def _own_halt(self, noun: int) -> bool:
        """Whether it is the announcer's own: a unilateral truce, its ceasefire, a suspension of attacks."""
        below = {self.tree.nodes[i].key for i in self.tree.below(noun, "amod", "nmod:poss")}
        return bool(below & {"unilateral", "its", "their"}) or " of " in self.tree.item(noun).words or " to " in self.tree.item(noun).words

    def _state_of(self, person: int) -> Mention | None:
        """The state in whose office a person stands by the title beside the name: US President X, X, the prime minister of Iraq."""
        items, at = self.scene.line.items, self.tree.nodes[person].item
        before = at - 1
        while before >= 0 and ("R" in items[before].codes or items[before].key in ("former", "then", "-")):
            before -= 1
        titled = before + 1 < at
        if titled and before > 0 and items[before].key == "'s":
            before -= 1
        if titled and before >= 0 and set(items[before].codes) & set("AS"):
            return items[before].mention()
        if at + 1 < len(items) and items[at + 1].key == ",":
            aside = items[at + 2 : at + 10]
            end = next((i for i, item in enumerate(aside) if item.key == ","), 0)
            stated = [item for item in aside[:end] if set(item.codes) & set("AS")]
            return stated[0].mention() if len(stated) == 1 and any("R" in item.codes for item in aside[:end]) else None
        return None

    # -- resolutions ---------------------------------------------------------------------------------------------------------

    def _resolved(self, row: Kind, noun: int, carrier: Carrier) -> Iterator[_Found]:
        """A resolution, law or motion that a body passed."""
        if carrier.way not in ("making", "nominal"):
            return
        doers = [a for i in carrier.doers if "P" not in self.tree.codes(i) for a in [self._actor(i)] if a]
        above = self.tree.nodes[carrier.node].head
        beside = (above,) if carrier.way == "nominal" and self.tree.nodes[above].tag.startswith("JJ") else ()  # instrumental to its passage
        when = time(self.scene, (noun, carrier.node, *beside), lasting=False)
        if "resolution" not in self.tree.item(noun).words.lower():
            doers = [mention for mention in doers if self._deciding(mention)]
        unnamed = [i for i in carrier.doers if "G" in self.tree.codes(i)]
        if not doers and not (when and (unnamed or not carrier.doers) and "resolution" in self.tree.item(noun).words.lower()):
            return
        promoters = self._promoters(carrier.node) if carrier.way == "nominal" else []
        yield self._found(
            row.name, noun, carrier.node, [("time", when)] if when else [], [("perpetrator", mention) for mention in doers], promoters
        )

    def _promoters(self, node: int) -> list[tuple[str, DraftObject]]:
        """Who was instrumental to it."""
        head = self.tree.nodes[node].head
        if self.tree.nodes[head].key != "instrumental" or not self.scene.context(head).real:
            return []
        return [("promotedBy", a) for i in self.scene.clauses.subjects(head) for a in [self._actor(i)] if a]

    def _deciding(self, mention: Mention) -> bool:
        """Whether a name is that of a body that decides: a parliament, council, government, court."""
        bodies = {
            cue.words
            for kind in ("parliament", "government", "court", "international-organisation")
            for cue in self.words.cues("cue", f"organisation-kind/{kind}")
        }
        words = mention.words.lower().replace("’", "'").split()
        return any(" ".join(words[i:j]) in bodies for i in range(len(words)) for j in range(i + 1, len(words) + 1)) or any(
            word in ("council", "lawmakers", "deputies", "mps", "assembly") for word in words
        )

    def _voted(self) -> Iterator[_Found]:
        """A body voted to do something."""
        for node, word in enumerate(self.tree.nodes):
            cue = self.tree.entry(node, "V")
            loose = word.key in ("voted", "votes") and any(self._infinitive(i) for i in self.tree.below(node, "xcomp", "advcl"))
            fixed = cue is not None and cue.name == RESOLUTION and " " in self.tree.item(node).words
            if not (loose or fixed) or not firm(self.scene, node) or not word.verb:
                continue
            doers = [a for i in self.scene.clauses.of(node).doers for a in [self._actor(i)] if a and self._deciding(a)]
            if doers and not any(self.tree.nodes[i].key in ("against", "down") for i in self.tree.below(node)):
                when = time(self.scene, (node,), lasting=False)
                yield self._found(RESOLUTION, node, node, [("time", when)] if when else [], [("perpetrator", mention) for mention in doers])

    def _infinitive(self, node: int) -> bool:
        return any(self.tree.nodes[i].key == "to" for i in self.tree.below(node, "mark", "aux"))

    # -- ends of missions ----------------------------------------------------------------------------------------------------

    def _military_mission(self, noun: int) -> bool:
        """Whether a mission is one of forces: a combat mission, the coalition's mission."""
        if " " in self.tree.item(noun).words or "-" in self.tree.item(noun).words:
            return True
        inside = [i for child in self.tree.below(noun, "compound", "nmod:poss", "amod", "nmod") for i in (child, *self.tree.below(child))]
        return any(
            set(self.tree.codes(i)) & set("OG") or self.tree.nodes[i].key in ("combat", "training", "military", "coalition") for i in inside
        )

    def _ended(self, row: Kind, noun: int, carrier: Carrier) -> Iterator[_Found]:
        """The end or change of a mission, told as such or as an announcement of it, which is then of both kinds."""
        head = carrier.node
        if carrier.way in ("suffering", "brokering", "announcing"):
            return
        announcing = self._announcing(head, carrier.way)
        if carrier.way == "nominal" and announcing is None:
            return
        if announcing is None:
            when = time(self.scene, (noun, head), lasting=False)
            doers = [a for i in carrier.doers for a in [self._actor(i)] if a]
            where = self._mission_places(noun, head)
            if when or where:
                yield self._found(row.name, noun, head, *_said(when, doers, where))
            return
        when = time(self.scene, (announcing, head, noun), lasting=False)
        doers = [a for i in self.scene.clauses.of(announcing).doers for a in [self._actor(i)] if a]
        announced = [("kind", Concept(row.name))]
        yield self._found(ANNOUNCEMENT, announcing, noun, *_said(when, doers, self._mission_places(noun, head)), announced, extra=(head,))

    def _to_end(self, noun: int) -> Iterator[_Found]:
        """The announcement that a mission is to end: the announcement was made, the end is to come."""
        for verb, _ in governors(self.tree, noun):
            above, ends = self.tree.nodes[verb].head, cues(self.words, "beginning", END)
            word = self.tree.nodes[verb]
            coming = {self.tree.nodes[i].key for i in self.tree.below(verb, "aux")} & {"will", "would"}
            made = cues(self.words, "making", END)
            said = self.tree.entry(above, "Q")
            if not (coming and word.relation in ("ccomp", "xcomp") and (word.key in ends or word.key in made)):
                continue
            negated = any(self.tree.nodes[i].key in ("not", "never", "n't", "n’t") for i in self.tree.below(verb))
            if said and said.name == "speech-act/announces" and not negated and firm(self.scene, above):
                when = time(self.scene, (above,), lasting=False)
                doers = [a for i in self.scene.clauses.of(above).doers for a in [self._actor(i)] if a]
                if when or doers:
                    yield self._found(ANNOUNCEMENT, above, noun, *_said(when, doers, self._mission_places(noun, noun)), extra=(verb,))

    def _mission_places(self, noun: int, head: int) -> tuple[Mention, ...]:
        """Where a mission was: the places in its phrase, also behind the name of those who led it."""
        inside = [i for i in self.tree.within(noun) if self.tree.nodes[i].noun and not self.tree.entry(i, "Q")]
        named = places(self.scene, dict.fromkeys((noun, *(i for i in sorted(inside) if i > noun), head)))
        there = self.refs.place(self.scene, noun + 1) if self.refs and self.tree.spoken[noun + 1 : noun + 2] == ["there"] else None
        return named or ((there,) if there else ())

    def _announcing(self, node: int, way: str) -> int | None:
        """The verb by which the end is announced, the clause's own or the one whose object it is."""
        for above in [self.tree.nodes[node].head]:
            cue = self.tree.entry(above, "Q")
            relation = self.tree.nodes[node].relation
            fits = relation in ("obj", "nsubj:pass") if way == "nominal" else relation in ("ccomp", "xcomp")
            if above != node and cue and cue.name == "speech-act/announces" and fits and firm(self.scene, above):
                return above
        return None

    # -- military ------------------------------------------------------------------------------------------------------------

    def _launched(self, row: Kind, noun: int, carrier: Carrier) -> Iterator[_Found]:
        """A ground operation that was launched or began."""
        if carrier.way not in ("making", "beginning"):
            return
        clause = self.scene.clauses.of(noun)
        doers = self._fighting((*carrier.doers, *clause.doers))
        into = [p for i in clause.by("of", "into", "against") for p in self.scene.phrases.places(i)]
        where = [*places(self.scene, (noun, carrier.node)), *into]
        when = time(self.scene, (noun, carrier.node), lasting=True)
        if where or (doers and when):
            yield self._found(row.name, noun, carrier.node, *_said(when, doers, where))

    def _dated(self, noun: int) -> Iterator[_Found]:
        """A ground operation spoken of with doer, place and day: the incursion of X into Y in 2018."""
        clause = self.scene.clauses.of(noun)
        doers = self._fighting(i for i in clause.doers if self.tree.nodes[i].head == noun or self.tree.nodes[i].relation == "amod")
        where = [p for i in clause.by("into", "of", "in") for p in self.scene.phrases.places(i) if i not in clause.doers]
        when = time(self.scene, (noun,), lasting=True)
        if doers and where and when and self.tree.case(noun) not in AHEAD:
            yield self._found(GROUND, noun, noun, *_said(when, doers, where))

    def _campaign(self, noun: int, carrier: Carrier | None, *, named: bool = False) -> Iterator[_Found]:
        """A campaign against somebody: who waged it or took part, or the years that it took; or one with a name of its own."""
        if carrier and carrier.way not in ("making", "beginning", "announcing"):
            return
        made_of = tuple(i for i in self.scene.clauses.of(noun).by("of") if self.tree.entry(i, "K"))
        own = (noun, carrier.node, *made_of) if carrier else (noun,)
        targets, aims = self._targets(own), self._aims(noun)
        targets += [mention for mention in aims[0] if mention not in targets]
        if not named and not ((targets or aims[1]) and self._warlike(noun)):
            return
        when = time(self.scene, own, lasting=True)
        if carrier is None:
            spanned = when is not None and any(
                self.tree.item(i).time for i in self.tree.below(noun, "compound", "nmod", "amod", "nmod:poss")
            )
            if spanned:
                yield self._found(CAMPAIGN, noun, noun, *_said(when, [], []), [("target", mention) for mention in targets])
            return
        doers = self._fighting((*carrier.doers, *(i for i in self.scene.clauses.of(noun).doers if i not in self._by_preposition(noun))))
        where = (*places(self.scene, own), *aims[1])
        if (doers and when) if named else (doers or when):
            blows = self._blows(carrier.node)
            yield self._found(
                CAMPAIGN,
                noun,
                carrier.node,
                *_said(when, doers, where),
                [("target", mention) for mention in targets],
                extra=(*blows, *made_of),
            )

    def _by_preposition(self, noun: int) -> frozenset[int]:
        return frozenset(i for nodes in self.scene.clauses.of(noun).beside.values() for i in nodes)

    def _targets(self, own: Sequence[int]) -> list[Mention]:
        """Whom a campaign is waged against; also where that hangs on a word in its phrase, a campaign of reprisal against X."""
        deeper = [j for i in self.tree.within(own[0]) if self.tree.case(i) == "against" for j in self.tree.joined(i)]
        nodes = dict.fromkeys((*self._beside(own, "against", "on", "targeting"), *deeper))
        return [mention for i in nodes for mention in [self.scene.phrases.target(i)] if mention and mention.kind != "Place"]

    def _aims(self, noun: int) -> tuple[list[Mention], list[Mention]]:
        """Whom and which places a campaign is to beat or win: to retake a city from X, to defeat X."""
        aiming = {cue.words for cue in self.words.cues("aimingCue", CAMPAIGN)}
        targets: list[Mention] = []
        won: list[Mention] = []
        for verb in self.tree.below(noun, "acl"):
            if self.tree.nodes[verb].key in aiming and self._infinitive(verb):
                clause = self.scene.clauses.of(verb)
                for node in clause.undergoers:
                    there = list(self.scene.phrases.places(node))
                    won += there
                    targets += [m for m in [self.scene.phrases.target(node)] if m and not there and m.kind != "Place"]
                targets += [m for i in clause.by("from") for m in [self.scene.phrases.target(i)] if m and "O" in self.tree.codes(i)]
        return targets, won

    def _strike(self, kind: str | None) -> bool:
        return kind is not None and self.words.value(kind, "ofClass") == "Strike"

    def _warlike(self, noun: int) -> bool:
        """Whether a campaign or operation is a military one."""
        below = [i for i in self.tree.within(noun) if i != noun and self.tree.nodes[i].head == noun]
        words = {word for i in below for word in self.tree.nodes[i].key.split()} | set(self.tree.item(noun).words.lower().split())
        if words & CIVIL or any(self.tree.nodes[i].key in CIVIL for j in below for i in self.tree.within(j)):
            return False
        armed = any(set(self.tree.codes(i)) & set("OG") for j in below for i in self.tree.within(j))
        return bool(words & MILITARY) or armed or "offensive" in words or any(self._blows(i) for i in self.tree.above(noun))

    def _blows(self, verb: int) -> tuple[int, ...]:
        """The strikes of which a campaign is made, where the sentence tells them by a participle: …, striking 40 targets."""
        strikes = [i for child in self.tree.below(verb, "advcl", "dep", "conj", "xcomp", "parataxis") for i in self.tree.joined(child)]
        strikes = [i for i in strikes if self.tree.nodes[i].tag == "VBG"]
        kinds = [entry.name for i in strikes for entry in [self.tree.entry(i, "V")] if entry and entry.name and "H" not in entry.codes]
        fitting = [kind for kind in kinds if self._strike(kind)]
        return tuple(strikes) if fitting else ()

    def _suffered(self, row: Kind, noun: int, carrier: Carrier) -> Iterator[_Found]:
        """A bombardment told by the place that endured it."""
        item = self.tree.item(noun).words.lower()
        if carrier.way != "suffering" or ("air" in item and "bomb" not in item):
            return
        clause = self.scene.clauses.of(carrier.node)
        put = tuple(i for i in clause.undergoers if i != noun) if not clause.passive and noun not in clause.undergoers else ()
        where = [p for i in put or carrier.doers for p in self.scene.phrases.places(i)]  # X subjected Y to it: Y endured it
        if where:
            when = time(self.scene, (carrier.node, noun), lasting=False)
            doers = self._fighting((*self._beside((noun,), "by", "from"), *(carrier.doers if put else ())))
            yield self._found(SHOWN[row.name], noun, carrier.node, *_said(when, doers, where))

    def _bombarded(self) -> Iterator[_Found]:
        """A place was bombarded, by nobody named."""
        for node in range(len(self.tree.nodes)):
            cue = self.tree.entry(node, "V")
            if not cue or cue.name not in (BOMBARDMENT, "event-kind/shelling") or not self.tree.nodes[node].verb:
                continue
            clause = self.scene.clauses.of(node)
            where = [p for i in clause.undergoers for p in self.scene.phrases.places(i)]
            if clause.passive and not clause.doers and where and firm(self.scene, node) and "nsubj:pass" in self._relations(node):
                yield self._found(SHOWN[BOMBARDMENT], node, node, *_said(time(self.scene, (node,), lasting=False), [], where))

    def _relations(self, node: int) -> set[str]:
        return {self.tree.nodes[i].relation for i in self.tree.below(node)}

    def _moved(self) -> Iterator[_Found]:
        """Forces that pushed, or tried to push, into a place; invaded it."""
        moving, entering, tried = _motions(self.words)
        for node, word in enumerate(self.tree.nodes):
            ways, invaded = moving.get(word.key, ()), word.key in entering
            if not (ways or invaded) or not word.verb:
                continue
            attempt = word.head if word.relation == "xcomp" and self.tree.nodes[word.head].key in tried else None
            clause = self.scene.clauses.of(node)
            if not firm(self.scene, node if attempt is None else attempt):
                continue
            goals = [
                *(clause.undergoers if () in ways or invaded else ()),
                *(clause.by("into") if ("into",) in ways else ()),
                *clause.by("from"),
            ]
            where = [p for i in goals for p in self.scene.phrases.places(i)]
            resisted = attempt is not None or invaded or self._resisted(node)
            subjects = self.scene.clauses.subjects(node) if not clause.passive else clause.doers
            doers = self._fighting(subjects if invaded else [i for i in subjects if self._forces(i)])
            armed = invaded or any(self._forces(i) or "G" in self.tree.codes(i) for i in subjects)
            if where and resisted and armed and (doers or not invaded):
                nodes = (node, attempt) if attempt is not None else (node,)
                when = time(self.scene, nodes, lasting=True)
                outcome = [("outcome", Concept("outcome/attempted"))] if attempt is not None else []
                yield self._found(GROUND, node, node, *_said(when, doers, where), outcome, extra=nodes)

    def _resisted(self, node: int) -> bool:
        """Whether forces came as attackers: from several sides, with tanks, under cover of fire; or the verb itself is one of pushing."""
        if self.tree.entry(node, "V"):
            return True
        near = {self.tree.nodes[i].key for i in self.tree.within(node)}
        forced = any(self.tree.case(i) == "into" for i in self.tree.below(node, "obl")) and self.tree.nodes[node].key not in MOVED
        return forced or bool(near & {"fronts", "sides", "directions", "axes", "tanks", "armour", "armor", "armored", "armoured"})

    def _forces(self, node: int) -> bool:
        """Whether a phrase names forces: the Israeli army, Turkish troops."""
        return self.tree.item(node).words.lower().split()[-1] in _bodies(self.words) | BODIES

    # -- arguments -----------------------------------------------------------------------------------------------------------

    def _beside(self, own: Iterable[int], *prepositions: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys(i for node in own for i in self.scene.clauses.of(node).by(*prepositions)))

    def _actor(self, node: int) -> Mention | None:
        """Who is meant; a body's wing stands for the body."""
        return self._meant(node) or (self._owner(node) if self.tree.nodes[node].key in WINGS else None)

    def _meant(self, node: int) -> Mention | None:
        return self.refs.actor(self.scene, node) if self.refs else self.scene.phrases.actor(node)

    def _owner(self, node: int, steps: int = 3) -> Mention | None:
        """The body that has a wing: X has a wing, numbering so many fighters, which fought."""
        tree, word = self.tree, self.tree.nodes[node]
        owned = [a for i in tree.below(node, "nmod:poss", "nmod") for a in [self._meant(i)] if a]
        if owned:
            return owned[0]
        if word.relation != "obj" or steps == 0:
            return None
        verb = tree.nodes[word.head]
        if verb.key in ("has", "have", "had"):
            return next((a for i in self.scene.clauses.subjects(word.head) for a in [self._meant(i)] if a), None)
        above = verb.head if verb.relation in ("acl", "acl:relcl") else None
        return self._owner(above, steps - 1) if above is not None and tree.nodes[above].key in WINGS else None

    def _fighting(self, nodes: Iterable[int]) -> list[Mention]:
        """Those of some phrases that can wage war; a person is left out, who only orders it."""
        found = [a for i in dict.fromkeys(nodes) if "P" not in self.tree.codes(i) for a in [self._actor(i)] if a]
        return list(dict.fromkeys(found))

    def _found(self, kind: str, lead: int, governor: int, *said: Iterable[tuple[str, DraftObject]], extra: tuple[int, ...] = ()) -> _Found:
        definite = any(self.tree.nodes[i].key in DEFINITE for i in self.tree.below(lead, "det"))
        definite = definite and not any(self.tree.nodes[i].tag == "JJS" for i in self.tree.below(lead, "amod"))  # the heaviest bombardment
        nodes = tuple(dict.fromkeys((lead, governor, *extra)))
        return _Found(kind, nodes, tuple(pair for pairs in said for pair in pairs), definite)


@cache
def _motions(words: Vocabulary) -> tuple[Mapping[str, tuple[tuple[str, ...], ...]], frozenset[str], frozenset[str]]:
    """The verbs of pushing forward, each with the words that may follow it, those of entering, and those of trying."""
    ways: dict[str, dict[tuple[str, ...], None]] = {}
    for cue in words.cues("movingCue", GROUND):
        first, *rest = cue.words.split()
        ways.setdefault(first, {})[tuple(rest)] = None
    entering = frozenset(cue.words for cue in words.cues("verbCue", "event-kind/invasion"))
    tried = frozenset(w for cue in words.cues("cue", "outcome/attempted") for w in cue.words.split() if w != "to")
    return {first: tuple(rests) for first, rests in ways.items()}, entering, tried


@cache
def _bodies(words: Vocabulary) -> frozenset[str]:
    """The nouns for forces."""
    people = [cue for kind in ("troops", "fighters") for cue in words.cues("cue", f"counted/{kind}")]
    groups = [cue for kind in ("army", "militia", "brigade", "guard") for cue in words.cues("cue", f"organisation-kind/{kind}")]
    return frozenset(cue.words for cue in (*people, *groups))


def _said(when: DraftObject | None, doers: Iterable[Mention], where: Iterable[Mention]) -> Iterator[list[tuple[str, DraftObject]]]:
    """Time, doers and places as what is said."""
    yield [("time", when)] if when else []
    yield [("perpetrator", mention) for mention in doers]
    yield [("place", mention) for mention in where]


def _first(found: Iterator[_Found]) -> Iterator[_Found]:
    """The first of several readings, if any."""
    one = next(found, None)
    if one:
        yield one
