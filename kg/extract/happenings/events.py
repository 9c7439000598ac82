"""Attacks as news tells them: who struck what, where, when, with what, who was killed or hurt, and how often.

A telling gathers the words of one sentence that speak of one act: its noun ("strike"), its verb ("hit"), the verb that carries the noun ("carried
out"), and what it did ("killing three").  Roles are read off the clauses of those words, whatever their voice.  The doer comes only from explicit
constructions; what is threatened, planned, supposed or denied is not told as done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, Protocol

from kg.extract.happenings import harm
from kg.extract.happenings.aims import AIMED, BESIDE
from kg.extract.happenings.groups import Group, Refers
from kg.extract.happenings.harmless import Harmless
from kg.extract.happenings.telling import Telling
from kg.extract.happenings.tellings import REMEMBERED, UNDONE
from kg.extract.speaking.frame import alike
from kg.extract.syntax.scene import Scene, Told
from kg.model import ClaimDraft, Concept, DraftObject, Mention, TimeSpan
from kg.model import Telling as Report
from kg.terms import Vocabulary

OTHERS: Final = frozenset({"event-kind/ground-operation", "event-kind/invasion", "event-kind/ground-offensive"})
"""Kinds of attack that are told by constructions of their own (`kg.extract.happenings.politics`)."""


WHEN: Final = frozenset(("when", "as", "after", "while"))
"""Conjunctions behind which stands the act that somebody died of."""
APART: Final = frozenset(
    """elsewhere separately separate another meanwhile also earlier previously initially first initial since so total overall altogether war conflict
    later revised previous last if would could might""".split()  # noqa: SIM905 - reads better
)
"""Words by which a sentence about dead or hurt may speak of others than those of the act told last."""


HIS: Final = frozenset(
    ("car", "vehicle", "house", "home", "motorcade", "convoy", "apartment", "flat", "office", "motorcycle", "jeep", "truck")
)
"""What is struck for whose it is."""

UNSURE: Final = frozenset(
    ("initially", "previously", "separately", "another", "elsewhere", "not", "never", "no", "whether", "if", "may", "might", "could", "n't")
)
"""Words by which somebody named among the dead may not be one of them, or of those of another act."""


class Knows(Refers, Protocol):
    """What the reading of attacks asks of the references of its article."""

    def telling(self, scene: Scene, told: Sequence[Told], node: int, own: Sequence[tuple[str, DraftObject]] = ()) -> Told | None:
        """The act told before that a node speaks of, where it does not contradict what its clause says."""

    def fallen(self, scene: Scene, told: Sequence[Told], own: Sequence[tuple[str, DraftObject]] = ()) -> Told | None:
        """The act told just before, in which those died or were hurt of whom a sentence speaks that names no act."""


class Events:
    """The reading of attacks under one vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._harmless = Harmless(words)
        self._firing = frozenset(cue.words for cue in words.cues("firingVerbCue"))
        self._landing = frozenset(cue.words for cue in words.cues("landingVerbCue"))
        self._damaging = frozenset(cue.words for cue in words.cues("damagingVerbCue"))
        self._bearing = frozenset(cue.words for cue in words.cues("bearingVerbCue"))
        self._undone = frozenset(
            cue.words for name in UNDONE for cue in words.cues("cue", f"outcome/{name}") if " " not in cue.words
        ) | frozenset(REMEMBERED)

    def told(self, scene: Scene, first_key: int, before: Sequence[Told], refs: Knows) -> Iterator[Told]:
        """The attacks that a sentence tells, numbered from `first_key`, without speakers.

        What it adds to an act told before (`before`, in their order) is told of that one, in the coreferent tier.
        """
        if self._undone & {word for item in scene.line.items for word in item.words.lower().split()}:
            return
        here: list[Told] = []
        for key, group in enumerate(self._groups(scene), first_key):
            if self._harmless.act(scene, group):
                continue
            read = Telling(self._words, scene, group, self._bearing, refs)
            if read.realis not in ("realis/asserted", "realis/alleged"):
                continue
            if read.known:
                own = [(predicate, value) for predicate, value, _ in read.values()]
                earlier = refs.telling(scene, (*before, *here), read.reference(), own)
                if earlier is None and read.only_harm and self._alone(scene, group):
                    earlier = refs.fallen(scene, (*before, *here), own)
                elif earlier is None and read.only_harm and self._beside(scene, group, here):
                    earlier = here[0]
                made = self._continued(scene, read, earlier, group) if earlier or not read.named else self._new(scene, read, key, group)
            elif earlier := self._at_his(scene, read, (*before, *here), refs):
                made = self._continued(scene, read, earlier, group)
            elif read.enough() and (read.realis == "realis/asserted" or not read.known):
                made = self._new(scene, read, key, group)
            else:
                made = None
            if made:
                here.append(made)
                yield made
        yield from self._named(scene, before, here, refs)

    def _at_his(self, scene: Scene, read: Telling, told: Sequence[Told], refs: Knows) -> Told | None:
        """The killing of somebody told before, where an act is aimed at his car or house: missiles were fired at the car of X."""
        tree = scene.tree
        holders = [j for i in read.aimed if tree.nodes[i].key in HIS for j in tree.below(i, "nmod", "nmod:poss")]
        owners = [who for i in holders if (who := refs.actor(scene, i) or (tree.item(i).mention() if tree.codes(i) else None))]
        killed = [
            one
            for one in told
            if any(d.predicate == "victim" and isinstance(d.object, Mention) and alike(d.object, who) for d in one.drafts for who in owners)
        ]
        days = "time" in read.found and any(
            isinstance(d.object, TimeSpan) and not (d.object.edtf or "").startswith("..")
            for one in killed
            for d in one.drafts
            if d.predicate == "time"
        )
        return killed[0] if killed and not days and len({one.telling.key for one in killed}) == 1 else None

    def _named(self, scene: Scene, before: Sequence[Told], here: Sequence[Told], refs: Knows) -> Iterator[Told]:
        """Who is named among the dead of an act: that of the sentence, or the one told just before."""
        persons = tuple(dict.fromkeys(harm.named(scene)))
        if not persons or len(here) > 1 or any(node.key in UNSURE for node in scene.tree.nodes):
            return
        earlier = here[0] if here else refs.fallen(scene, before)
        if earlier is not None:
            drafts = tuple(ClaimDraft(earlier.telling, "victim", who, scene.line.span, tier="coreferent") for who in persons)
            root = next(node.index for node in scene.tree.nodes if node.head == node.index)
            yield Told(earlier.telling, scene.number, root, frozenset((root,)), drafts, definite=True)

    def _alone(self, scene: Scene, group: Group) -> bool:
        """Whether a sentence speaks of no other act, and of none as another one, an earlier count or a sum: two soldiers were injured."""
        tree = scene.tree
        others = [n for n in tree.nodes if n.index not in group.nodes and (self.kind(scene, n.index) or "K" in tree.codes(n.index))]
        return not others and not any(n.key in APART for n in tree.nodes)

    def _beside(self, scene: Scene, group: Group, here: Sequence[Told]) -> bool:
        """Whether a clause of harm goes on with the one act of its sentence: there were 31 attacks, and 12 soldiers were wounded."""
        tree = scene.tree
        if len(here) != 1 or any(n.key in APART - {"since"} for n in tree.nodes):
            return False
        others = [n.index for n in tree.nodes if n.index not in group.nodes and self.kind(scene, n.index)]
        verbs = [tree.nodes[i] for i in group.nodes if tree.nodes[i].verb]
        plain = all(v.relation in ("conj", "ccomp", "parataxis") and v.index > here[0].node for v in verbs)
        perfect = any(tree.nodes[i].key in ("has", "have") for v in verbs for i in tree.below(v.index, "aux"))
        return bool(verbs) and plain and not perfect and set(others) <= here[0].nodes

    def _new(self, scene: Scene, read: Telling, key: int, group: Group) -> Told:
        """An act told for the first time."""
        telling = Report(key, read.kind, scene.line.span)
        drafts = [ClaimDraft(telling, "kind", Concept(read.kind), scene.line.span)]
        drafts += [ClaimDraft(telling, predicate, value, scene.line.span, qualifiers=held) for predicate, value, held in read.values()]
        if read.realis != "realis/asserted":
            drafts = [replace(draft, realis=read.realis.removeprefix("realis/")) for draft in drafts]
        if "time" not in read.found and scene.tree.nodes[read.main()].relation != "nmod":  # in answer to the killing of X
            drafts += [ClaimDraft(telling, "time", time, scene.line.span) for time in _reported(scene, read.main())]
        return Told(telling, scene.number, read.main(), group.nodes, tuple(drafts))

    def _continued(self, scene: Scene, read: Telling, earlier: Told | None, group: Group) -> Told | None:
        """What is added to an act told before; nothing where that is open, or nothing is added."""
        if earlier is None:
            return None
        telling = earlier.telling
        drafts = [
            ClaimDraft(telling, predicate, value, scene.line.span, tier="coreferent", qualifiers=held)
            for predicate, value, held in read.values()
        ]
        return Told(telling, scene.number, read.main(), group.nodes, tuple(drafts), definite=True)

    # -- which words tell of one act -----------------------------------------------------------------------------------------

    def _groups(self, scene: Scene) -> list[Group]:
        """The acts of a sentence, in the order of their first word."""
        tree = scene.tree
        named = {
            node.index
            for node in tree.nodes
            if self.kind(scene, node.index) or self._fires(scene, node.index) or self._lands(scene, node.index)
        }
        harming = [node.index for node in tree.nodes if harm.harms(scene, node.index)]
        owner: dict[int, Group] = {}
        for index in (*sorted(named, key=lambda i: (tree.nodes[i].verb, i)), *(i for i in harming if i not in named)):
            own = Group([index], []) if index in named else Group([], [index])
            owner[index] = own
            for other in self._shared(scene, index):
                if other in owner and owner[other] is not owner[index] and self._one(scene, owner[other], owner[index]):
                    joined = owner[other]
                    joined.anchors += owner[index].anchors
                    joined.harms += owner[index].harms
                    for node in (*owner[index].anchors, *owner[index].harms):
                        owner[node] = joined
        groups = list({id(group): group for group in owner.values()}.values())
        for group in groups:
            group.harms += [i for i in group.anchors if i in harming and i not in group.harms]
        return sorted(groups, key=lambda g: min(g.nodes))

    def _one(self, scene: Scene, first: Group, second: Group) -> bool:
        """Whether two groups may be one act: not when each has a noun or a verb of its own that is not of killing only."""
        full = [g for g in (first, second) if any(not harm.harms(scene, i) for i in g.anchors)]
        return len(full) < 2 or len(first.anchors) + len(second.anchors) == len(first.anchors) + 1

    def _shared(self, scene: Scene, index: int) -> Iterator[int]:
        """The words of a sentence that may speak of the same act as a verb: its subject, the phrase of its means, the verb that it goes with."""
        tree, word = scene.tree, scene.tree.nodes[index]
        if not word.verb:
            if harm.harms(scene, index):
                yield from self._harmed_in(scene, index)
            if word.relation == "appos":
                yield word.head
            for above in tree.above(index):
                series = tree.entry(above, "K")
                if tree.nodes[above].verb:
                    break
                if series and series.name == "event-kind/attack-series":
                    yield above
                    break
            return
        clause = scene.clauses.of(index)
        yield from clause.doers
        if harm.harms(scene, index):
            yield from self._around(scene, index)
        perfect = any(tree.nodes[i].key in ("has", "have") for i in tree.below(index, "aux"))
        if harm.harms(scene, index) and not perfect:  # died when a drone struck their car
            yield from (i for i in tree.below(index, "advcl") if {tree.nodes[j].key for j in tree.below(i, "mark", "advmod")} & WHEN)
        yield from clause.by("in", "by", "with", "through", "when")
        if clause.passive or harm.harms(scene, index):
            yield from clause.by("during")  # what else hits somebody during a strike is not the strike
        if clause.passive:
            yield from (i for i in clause.undergoers if tree.nodes[i].noun)
        if word.relation == "acl:relcl" and harm.harms(scene, index):  # attacked by men who killed two
            above = tree.nodes[word.head].head
            if tree.nodes[above].verb and word.head in scene.clauses.of(above).doers:
                yield above
        tally = (
            any(tree.nodes[i].key in ("has", "have") for i in tree.below(word.head, "aux")) and word.tag != "VBG"
        )  # have died since X attacked Y
        if (
            word.relation in ("advcl", "conj", "dep", "xcomp", "parataxis", "acl")
            and tree.case(index) != "after"
            and not (tally and word.relation == "advcl")
        ):
            head = word.head
            same = word.relation != "conj" or harm.harms(scene, index)
            if same:
                yield head
                if tree.nodes[head].verb:
                    upper = scene.clauses.of(head)
                    yield from (i for i in (*upper.undergoers, *upper.doers) if scene.clauses.carries(head))
                    yield from upper.doers if tree.entry(head, "Q") is None and set(clause.doers) & set(upper.doers) else ()
                    if tree.nodes[head].relation in ("conj", "advcl", "dep"):
                        yield tree.nodes[head].head

    def _harmed_in(self, scene: Scene, index: int) -> Iterator[int]:
        """The act in which those died of whom a noun speaks: three deaths in a strike; a strike caused three deaths; a strike with three dead."""
        tree, word = scene.tree, scene.tree.nodes[index]
        clause = scene.clauses.of(index)
        yield from clause.by("in", "from", "by", "after", "during")
        head = word.head
        if word.relation in ("nmod", "obl", "obj", "conj") and tree.case(index) in ("", "with", "in", "of"):
            yield head
            if tree.nodes[head].verb:
                yield from scene.clauses.of(head).doers
                yield from scene.clauses.of(head).by("in", "after")

    def _around(self, scene: Scene, index: int) -> Iterator[int]:
        """The act whose clause a verb of harm stands in, or tells of: left two dead and three injured; a blast in which five died; died of wounds
        received in a raid; killed in an operation that targeted a house."""
        tree, clause = scene.tree, scene.clauses.of(index)
        for wounds in clause.by("of", "from"):
            if tree.nodes[wounds].key in ("wounds", "injuries"):
                yield from (i for i in tree.within(wounds) if self.kind(scene, i))
        for means in clause.by("in", "by"):
            if "K" in tree.codes(means) and not self.kind(scene, means):
                yield from (i for i in tree.below(means, "acl:relcl", "acl") if means in scene.clauses.subjects(i))
        for above in tree.above(index):
            if tree.nodes[above].key in harm.LEAVES and tree.nodes[above].verb:
                yield tree.nodes[above].head
                yield from scene.clauses.of(above).doers
                return
            if tree.nodes[above].verb:
                break
        which = [i for i in scene.tree.below(index, "obl") if tree.nodes[i].key == "which" and tree.case(i) in ("in", "during")]
        if which:
            acts = [n.index for n in tree.nodes if not n.verb and n.index < which[0] and self.kind(scene, n.index)]
            yield from acts if len(acts) == 1 else ()

    def _lands(self, scene: Scene, index: int) -> bool:
        """Whether a verb tells where a weapon came down, or what an attack did to a thing: its subject is the weapon, or the act."""
        tree = scene.tree
        if not tree.nodes[index].verb or tree.nodes[index].key not in self._landing | self._damaging | harm.LEAVES:
            return False
        doers = scene.clauses.of(index).doers
        if tree.nodes[index].key in self._damaging:
            return any(self.kind(scene, i) for i in doers)
        if tree.nodes[index].key in harm.LEAVES:  # a car bomb left four dead
            return any("W" in tree.codes(i) for i in doers) and any(True for _ in harm.left(scene, index))
        near = () if tree.nodes[index].key.startswith("crash") else BESIDE  # a drone that crashed outside a town struck nobody
        return any("W" in tree.codes(i) for i in doers) and bool(scene.clauses.of(index).by(*AIMED, *near))

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


def _reported(scene: Scene, node: int) -> Iterator[TimeSpan]:
    """The day by which an undated act had happened: that on which it was said."""
    tree = scene.tree
    for act in scene.context(node).acts[:1]:
        days = [tree.item(i).time for i in tree.below(act, "obl", "obl:unmarked", "nmod", "obj", "nmod:unmarked") if tree.item(i).time]
        latest = [span.latest for span in days if span and span.latest]
        if len(latest) == 1 and days[0]:
            yield TimeSpan(days[0].words, days[0].precision, None, latest[0], _until(days[0], latest[0]), days[0].anchor)


def _until(span: TimeSpan, latest: date) -> str:
    """EDTF: not after the day, or the month, of a statement."""
    whole = span.edtf if span.edtf and "/" not in span.edtf and len(span.edtf) in (4, 7, 10) else latest.isoformat()
    return f"../{whole}"
