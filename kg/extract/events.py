"""Attacks as news tells them: who struck what, where, when, with what, who was killed or hurt, and how often.

A telling gathers the words of one sentence that speak of one act: its noun ("strike"), its verb ("hit"), the verb that carries the noun ("carried
out"), and what it did ("killing three").  Roles are read off the clauses of those words, whatever their voice.  The doer comes only from explicit
constructions; what is threatened, planned, supposed or denied is not told as done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kg.extract import harm
from kg.extract.lexicon import Entry
from kg.extract.regions import region
from kg.extract.scene import Scene, Told
from kg.extract.tellings import GENERAL, NO_WEAPONS, REMEMBERED, SERIES, UNDONE
from kg.model import ClaimDraft, Concept, Count, DraftObject, Mention, Qualifiers, Telling, TimeSpan
from kg.terms import Vocabulary

OTHERS: Final = frozenset({"event-kind/ground-operation", "event-kind/invasion", "event-kind/ground-offensive"})
"""Kinds of attack that are told by constructions of their own (`kg.extract.politics`)."""

FEW: Final = 4
"""Up to so many acts at one place or day are one event with a count; more are a series."""

TARGETED: Final = ("on", "against", "upon", "targeting", "at", "of", "toward", "towards", "into")
"""Prepositions under which stands what an act was aimed at."""

AIMED: Final = ("on", "at", "against", "toward", "towards", "into", "onto", "over", "upon", "near", "in", "from")
"""Prepositions under which stands what a weapon was fired at."""

WHERE: Final = ("in", "at", "inside", "across", "outside", "throughout", "within", "around", "near", "over")
"""Prepositions under which stands where it was done."""


COMING: Final = frozenset(("come", "comes", "came", "coming", "see", "sees", "saw", "seen", "seeing"))
"""Bearing verbs that need "under" before the act, or the act as their object."""


@dataclass(slots=True)
class Group:
    """The nodes that tell of one act: the nouns and verbs that name it, and the verbs of harm."""

    anchors: list[int] = field(default_factory=list)
    harms: list[int] = field(default_factory=list)

    @property
    def nodes(self) -> frozenset[int]:
        """All of them."""
        return frozenset((*self.anchors, *self.harms))


class Events:
    """The reading of attacks under one vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._firing = frozenset(cue.words for cue in words.cues("firingVerbCue"))
        self._bearing = frozenset(cue.words for cue in words.cues("bearingVerbCue"))
        self._undone = frozenset(
            cue.words for name in UNDONE for cue in words.cues("cue", f"outcome/{name}") if " " not in cue.words
        ) | frozenset(REMEMBERED)

    def told(self, scene: Scene, first_key: int) -> Iterator[Told]:
        """The attacks that a sentence tells, numbered from `first_key`, without speakers."""
        if self._undone & {word for item in scene.line.items for word in item.words.lower().split()}:
            return
        for key, group in enumerate(self._groups(scene), first_key):
            told = _Telling(self._words, scene, group, self._bearing).told(key)
            if told:
                yield told

    # -- which words tell of one act -----------------------------------------------------------------------------------------

    def _groups(self, scene: Scene) -> list[Group]:
        """The acts of a sentence, in the order of their first word."""
        tree = scene.tree
        named = {node.index for node in tree.nodes if self.kind(scene, node.index) or self._fires(scene, node.index)}
        harming = [node.index for node in tree.nodes if node.verb and harm.harms(scene, node.index)]
        owner: dict[int, Group] = {}
        for index in sorted(named, key=lambda i: (tree.nodes[i].verb, i)):
            joined = next((owner[other] for other in self._shared(scene, index) if other in owner), None)
            group = joined or Group()
            group.anchors.append(index)
            owner[index] = group
        for index in harming:
            if index in owner:
                owner[index].harms.append(index)
                continue
            joined = next((owner[other] for other in self._shared(scene, index) if other in owner), None)
            if joined:
                joined.harms.append(index)
                owner[index] = joined
        groups = {id(group): group for group in owner.values()}
        return sorted(groups.values(), key=lambda g: min(g.nodes))

    def _shared(self, scene: Scene, index: int) -> Iterator[int]:
        """The words of a sentence that may speak of the same act as a verb: its subject, the phrase of its means, the verb that it goes with."""
        tree, word = scene.tree, scene.tree.nodes[index]
        if not word.verb:
            if word.relation == "appos":
                yield word.head
            return
        clause = scene.clauses.of(index)
        yield from clause.doers
        yield from clause.by("in", "by", "during", "with", "through", "when")
        if clause.passive:
            yield from (i for i in clause.undergoers if tree.nodes[i].noun)
        if word.relation in ("advcl", "conj", "dep", "xcomp", "parataxis", "acl") and tree.case(index) != "after":
            head = word.head
            same = word.relation != "conj" or harm.harms(scene, index)
            if same:
                yield head
                if tree.nodes[head].verb:
                    above = scene.clauses.of(head)
                    yield from (i for i in (*above.undergoers, *above.doers) if scene.clauses.carries(head))
                    yield from above.doers if tree.entry(head, "Q") is None and set(clause.doers) & set(above.doers) else ()
                    if tree.nodes[head].relation in ("conj", "advcl", "dep"):
                        yield tree.nodes[head].head

    def _fires(self, scene: Scene, index: int) -> bool:
        """Whether a verb fires a weapon at something: its object is a weapon and no act."""
        tree = scene.tree
        if not tree.nodes[index].verb or tree.nodes[index].key not in self._firing:
            return False
        fired = scene.clauses.of(index).undergoers
        return any("W" in tree.codes(i) and "K" not in tree.codes(i) for i in fired) and bool(scene.clauses.of(index).by(*AIMED))

    def kind(self, scene: Scene, index: int) -> str | None:
        """The kind of attack that a noun or verb names; None for other words."""
        tree, node = scene.tree, scene.tree.nodes[index]
        item = tree.item(index)
        if tree.node(node.item) != index:
            return None
        gerund = node.key.endswith("ing") and bool(tree.below(index, "det", "nmod:poss")) and not tree.below(index, "obj")
        entry = item.entry("K") if not node.verb or gerund else item.entry("V")
        entry = entry or (item.entry("V") if gerund else item.entry("K") if node.verb and item.words.lower().startswith("c") else None)
        if entry is None or not entry.name or node.relation in ("compound", "amod"):
            return None
        name, within = entry.name, self._words.ancestors(self._words.value(entry.name, "ofClass") or "Event")
        if name in OTHERS or not within & {"Attack", "AttackSeries"}:
            return None
        return name


class _Telling:
    """One group of words, read."""

    def __init__(self, words: Vocabulary, scene: Scene, group: Group, bearing: frozenset[str]) -> None:
        self._words, self._scene, self._group, self._bearing = words, scene, group, bearing
        self._tree, self._clauses = scene.tree, scene.clauses
        self._region = region(scene, group.nodes)
        self._found: dict[str, list[tuple[DraftObject, Qualifiers]]] = {}

    def told(self, key: int) -> Told | None:
        """The telling with its claims; None where the words do not say that it happened, or not enough to know it by."""
        scene, main = self._scene, self._main()
        if not all(scene.context(node).real for node in self._group.anchors):
            return None
        self._read()
        kind = self._kind()
        definite = any(self._tree.nodes[i].key in ("the", "that", "this", "these", "those") for i in self._tree.below(main, "det"))
        if not self._enough(kind, definite):
            return None
        telling = Telling(key, kind, scene.line.span)
        drafts = [ClaimDraft(telling, "kind", Concept(kind), scene.line.span)]
        drafts += [
            ClaimDraft(telling, predicate, value, scene.line.span, qualifiers=held)
            for predicate, values in self._found.items()
            for value, held in (values if predicate in MANY else values[:1])
        ]
        return Told(telling, scene.number, main, self._group.nodes, tuple(drafts), definite)

    def _main(self) -> int:
        """The word that leads the telling: its noun, else its verb."""
        return min(self._group.anchors, key=lambda i: (self._tree.nodes[i].verb, i))

    def _add(self, predicate: str, value: DraftObject | None, held: Qualifiers | None = None) -> None:
        known = self._found.setdefault(predicate, [])
        if value is not None and all(value != other for other, _ in known):
            known.append((value, held or Qualifiers()))
        if not known:
            del self._found[predicate]

    # -- roles ---------------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        for node in sorted(self._group.anchors, key=lambda i: (self._tree.nodes[i].verb, i)):
            self._doers(node)
            self._aims(node)
            self._means(node)
        for node in self._group.harms:
            self._doers(node)
            self._hurt(node)
        for node in self._group.anchors:
            if not self._tree.nodes[node].verb:
                self._hurt_by_noun(node)
        for time in self._region.times:
            self._add("time", time)
        for place in self._region.places:
            self._add("place", place)
        self._counted()

    def _doers(self, node: int) -> None:
        """The doer, where the words say so."""
        tree, clause = self._tree, self._clauses.of(node)
        for doer in clause.doers:
            word = tree.nodes[doer]
            if doer in self._group.nodes or tree.entry(doer, "W") or tree.item(doer).time or self._whereabouts(node, doer):
                continue
            if "P" in tree.codes(doer) and word.relation in ("nmod:poss", "compound", "nmod:desc", "flat"):
                if self._killing(node):
                    self._add_victim(node, doer)
                continue
            actor = self._scene.phrases.actor(doer)
            if actor and not set(tree.codes(doer)) <= set("LBT"):
                self._add("perpetrator", actor)

    def _whereabouts(self, node: int, doer: int) -> bool:
        """Whether a premodifier may say where and not who: an Iraqi bombing, the Baghdad attack."""
        tree, codes = self._tree, set(self._tree.codes(doer))
        if tree.nodes[doer].relation not in ("amod", "compound", "nmod:poss") or doer > node:
            return False
        if tree.nodes[doer].relation != "nmod:poss" and codes & set("LBT") and "S" not in codes:
            return True
        entry = tree.entry(node, "KV")
        aimed = any(not self._tree.item(i).time for i in self._clauses.of(node).by(*TARGETED))
        return bool(codes & set("AS")) and entry is not None and entry.name in GENERAL and not aimed

    def _aims(self, node: int) -> None:
        """What it was aimed at: a verb's object, what stands under "on" and "against"."""
        clause = self._clauses.of(node)
        fired = any("W" in self._tree.codes(i) for i in clause.undergoers)
        phrases = (clause.by(*AIMED[:-2]) if fired else clause.undergoers) if self._tree.nodes[node].verb else self._aimed_at(node)
        for aimed in phrases:
            if aimed not in self._group.nodes and not self._tree.item(aimed).time and not self._tree.entry(aimed, "W"):
                self._aim(node, aimed)

    def _aimed_at(self, node: int) -> tuple[int, ...]:
        clause = self._clauses.of(node)
        targeting = [
            joined
            for verb in self._tree.below(node, "acl", "acl:relcl")
            if self._tree.entry(verb, "V")
            for joined in self._clauses.of(verb).undergoers
            if joined != node
        ]
        borne = [subject for verb in self._bearers(node) for subject in self._clauses.subjects(verb)]
        return (*clause.by(*TARGETED), *targeting, *borne)

    def _bearers(self, node: int) -> Iterator[int]:
        """The verbs whose subject bears the act that a noun names: came under attack, suffered an attack, has been the target of attacks."""
        tree, word = self._tree, self._tree.nodes[node]
        head = tree.nodes[word.head]
        if (
            head.verb
            and head.key in self._bearing
            and word.relation in ("obj", "obl", "obl:agent")
            and tree.case(node) in ("", "under", "to", "from")
        ):
            if (
                head.key not in COMING
                or tree.case(node) == "under"
                or any(tree.nodes[i].key == "under" for i in tree.within(node))
                or word.relation == "obj"
            ):
                yield word.head
        elif word.relation == "nmod" and tree.case(node) == "of" and head.key in ("target", "targets", "scene", "site", "object", "victim"):
            yield word.head

    def _aim(self, node: int, aimed: int) -> None:
        """One thing aimed at: people who were killed are victims, a town is where it was, all else is the target."""
        tree, codes = self._tree, set(self._tree.codes(aimed))
        if harm.number(self._scene, aimed) and "C" in tree.item(aimed).codes + "".join(tree.codes(i) for i in tree.joined(aimed)):
            if not self._killing(node):
                mention = self._scene.phrases.target(aimed)
                self._add("target", mention)
            return
        if "P" in codes:
            self._add_victim(node, aimed)
            return
        if codes & set("LT") and not codes & set("OB") and (self._tree.nodes[node].verb or "S" not in codes):
            self._add("place", tree.item(aimed).mention())
            return
        if self._tree.item(aimed).count and not self._tree.codes(aimed).strip("N"):
            return
        mention = self._scene.phrases.target(aimed)
        if mention and not (self._killing(node) and mention.kind):
            self._add("target", mention)

    def _add_victim(self, node: int, person: int) -> None:
        """A person aimed at: killed too, where the word is one for killing."""
        mention = self._tree.item(person).mention()
        self._add("target", mention)
        if self._killing(node):
            self._add("victim", mention)

    def _killing(self, node: int) -> bool:
        """Whether a word is one for killing."""
        entry = self._tree.item(node).entry("KV")
        kinds = {entry.name, *self._words.broader(entry.name)} if entry and entry.name else set()
        return "event-kind/killing" in kinds or harm.harms(self._scene, node) == "killed"

    def _means(self, node: int) -> None:
        """What it was done with, and with how many."""
        tree, clause = self._tree, self._clauses.of(node)
        phrases = [*clause.doers, *clause.by("by", "with", "using", "via", "from"), *(clause.undergoers if tree.nodes[node].verb else ())]
        phrases += [
            i
            for verb in tree.below(node, "acl", "advcl")
            for i in self._clauses.of(verb).undergoers
            if tree.nodes[verb].key in ("using", "involving")
        ]
        compounds = [i for child in tree.below(node, "compound", "amod", "nmod") for i in (child, *tree.below(child, "compound", "conj"))]
        compounds += [i for child in tree.below(node, "compound") for i in tree.joined(child)]
        for phrase in (*phrases, *compounds, *(i for c in tree.below(node, "nmod") if tree.case(c) == "of" for i in tree.within(c))):
            self._weapon(phrase)

        for entry in self._scene.cues(tree.item(node).words) if not tree.nodes[node].verb else ():
            self._add("weapon", Concept(entry))

    def _weapon(self, node: int) -> None:
        entry = self._tree.item(node).entry("W")
        if entry and entry.name:
            self._add("weapon", Concept(entry.name))
            count = harm.number(self._scene, node)
            if count:
                self._add("weaponCount", replace(count, counted="counted/missiles"))

    # -- harm ----------------------------------------------------------------------------------------------------------------

    def _hurt(self, node: int) -> None:
        """Who was killed or hurt by a verb of harm."""
        predicate = harm.harms(self._scene, node)
        clause = self._clauses.of(node)
        for person in clause.undergoers:
            if predicate:
                self._casualty(predicate, person)

    def _casualty(self, predicate: str, person: int) -> None:
        """A figure of dead or hurt with its group; "four others" are of the group of those before them."""
        tree = self._tree
        if "P" in tree.codes(person):
            if predicate == "killed":
                self._add("victim", tree.item(person).mention())
                self._add("target", tree.item(person).mention() if not self._found.get("target") else None)
            return
        count = harm.number(self._scene, person)
        if count:
            others = not tree.codes(person).strip("N") or tree.nodes[person].key in ("others", "more")
            before = [held.group for p in ("killed", "injured") for _, held in self._found.get(p, ()) if held.group] if others else []
            group = harm.group(self._scene, person) or next(iter(before), None)
            self._add(predicate, replace(count, counted=f"counted/{predicate}"), Qualifiers(group=group))
        if predicate == "killed":
            for victim in harm.including(self._scene, person, self._group.nodes):
                self._add("victim", victim)

    def _hurt_by_noun(self, node: int) -> None:
        """Left one fighter dead, leaving 100 troops with injuries."""
        for predicate, person in harm.left(self._scene, node):
            self._casualty(predicate, person)

    # -- how often, and of what kind -----------------------------------------------------------------------------------------

    def _counted(self) -> None:
        """How many acts the words count."""
        for node in self._group.anchors:
            count = harm.number(self._scene, node) if self._tree.nodes[node].key.endswith("s") else None
            times = self._region.occasions
            if count or times:
                self._add("actCount", replace(count or times, counted="counted/attacks"))  # type: ignore[type-var]

    def _kind(self) -> str:
        """The most telling kind of the group's words, with its means; a series where there are many."""
        told = [e.name for i in self._group.anchors if (e := self._anchor_entry(i)) and e.name] or ["event-kind/attack"]
        names = [name for name in told if name != "event-kind/killing"] or told
        chosen = max(names, key=lambda n: (len(self._words.broader(n)), -names.index(n)))
        return "event-kind/attack-series" if self._series() else self._by_means(chosen)

    def _anchor_entry(self, node: int) -> Entry | None:
        item = self._tree.item(node)
        if self._tree.nodes[node].verb and any("W" in self._tree.codes(i) for i in self._clauses.of(node).undergoers):
            return None
        return item.entry("V") or item.entry("K") if self._tree.nodes[node].verb else item.entry("K") or item.entry("V")

    def _by_means(self, kind: str) -> str:
        """Hit by missiles: a missile attack."""
        for value, _ in self._found.get("weapon", ())[:1]:
            if isinstance(value, Concept) and len(self._found["weapon"]) == 1:
                for weapon in (value.name, *self._words.broader(value.name)):
                    for finer in self._words.concepts("event-kind"):
                        if self._words.value(finer, "impliedBy") == weapon and kind in (*self._words.broader(finer), "event-kind/attack"):
                            return finer
        return kind

    def _series(self) -> bool:
        """Whether many acts are told as one: repeated strikes, more than 165 attacks, attacked on 110 occasions."""
        tree = self._tree
        counted = [value for value, _ in self._found.get("actCount", ())]
        if counted:
            number = counted[0]
            return isinstance(number, Count) and (number.minimum or 0) > FEW
        for node in self._group.anchors:
            entry = tree.item(node).entry("K")
            if entry and entry.name == "event-kind/attack-series":
                return True
            plural = not tree.nodes[node].verb and tree.nodes[node].key.endswith("s")
            if plural and {tree.nodes[i].key for i in tree.below(node, "amod", "det", "compound")} & SERIES:
                return True
            if plural and not tree.below(node, "det") and not self._of_one_day():
                return True
        return False

    def _of_one_day(self) -> bool:
        """Whether a day is told, or a toll: many blows of one event."""
        days = [value for value, _ in self._found.get("time", ()) if isinstance(value, TimeSpan)]
        return any(day.earliest and day.earliest == day.latest for day in days) or bool(
            self._found.keys() & {"killed", "injured", "victim"}
        )

    # -- whether it is worth telling -----------------------------------------------------------------------------------------

    def _enough(self, kind: str, definite: bool) -> bool:
        """Whether enough is said to know the act by: somebody or something beside the day.

        A definite one ("the attack") with nothing of its own goes on with another; a verb wants an object that we know.
        """
        filled = set(self._found)
        known = filled & {"target", "place", "victim", "killed", "injured"}
        verbs = all(self._tree.nodes[i].verb for i in self._group.anchors)
        after = {self._tree.nodes[i].key for node in self._group.nodes for i in self._tree.within(node)}
        if after & NO_WEAPONS:
            return False
        if kind == "event-kind/attack-series":
            return bool(filled & {"actCount", "perpetrator", "time"}) and bool(filled & {"target", "place"})
        if verbs or self._aimed_somewhere():
            return bool(known)
        if definite:
            return len(filled & {"time", "place", "perpetrator", "target", "victim", "killed"}) > 1
        return bool(filled - {"time", "weapon", "weaponCount", "actCount"})

    def _aimed_somewhere(self) -> bool:
        return any(self._clauses.of(i).by("on", "against") for i in self._group.anchors if not self._tree.nodes[i].verb)


MANY: Final[Mapping[str, None]] = dict.fromkeys(("victim", "target", "place", "weapon"))
"""Roles that one telling may fill more than once."""

__all__ = ["Events", "Group", "Mention"]
