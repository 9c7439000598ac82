"""Who answers for a happening: claims of responsibility, accusations, denials.

Each wants its own construction: "claimed responsibility for", "accused X of", "denied any part in".  Nobody is ever made the doer by it, and where the
happening meant is not certain nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.extract.speaking import acts
from kg.extract.speaking.attribution import speakers
from kg.extract.speaking.cues import phrases
from kg.extract.speaking.frame import FIRST, SAYS, Act, Frame, References, alike
from kg.extract.speaking.speech import claimed
from kg.extract.syntax.grammar import QUANTITIES
from kg.extract.syntax.phrases import BODIES
from kg.extract.syntax.scene import Scene, Told
from kg.model import ClaimDraft, Concept, Mention
from kg.terms import vocabulary

DEED: Final = frozenset(
    """attack attacks assault assaults strike strikes bombing bombings blast blasts explosion explosions killing killings assassination assassinations raid
    raids operation operations shooting atrocity atrocities massacre ambush shelling incident incidents it them this these that those most both all one
    deaths death""".split()  # noqa: SIM905 - reads better
)
"""Words that can stand for a happening told before."""

PRONOUN: Final = frozenset("it them this these both".split())  # noqa: SIM905 - reads better

PART: Final = frozenset(
    """involvement role part hand responsibility carrying staging conducting launching perpetrating executing ordering committing complicity behind
    responsible involved link links connection targeting attacking bombing killing assassinating firing shelling striking do""".split()  # noqa: SIM905
)
"""What somebody denies when he denies that he did it."""

AWAY: Final = frozenset("after following during before since despite amid by with from because when while".split())  # noqa: SIM905 - reads better
"""Prepositions that lead away from what somebody is accused of."""

ALIKE: Final = (
    frozenset(("event-kind/bombing", "event-kind/explosion")),
    frozenset(("event-kind/assassination", "event-kind/killing")),
    frozenset(f"event-kind/{name}" for name in ("strike", "air-strike", "drone-strike", "missile-attack", "rocket-attack", "drone-attack")),
)
"""Kinds that words for a happening told before may change among."""

REACH: Final = 3
"""How many sentences back the happening may be told."""


def drafts(
    scene: Scene, found: Sequence[Frame], told: Sequence[Told], refs: References, before: Sequence[Told] = ()
) -> Iterator[ClaimDraft]:
    """The claims on the happenings of a sentence (`told`), or on one of those `before` it where the sentence only refers to it."""
    yield from _Answering(scene, found, told, refs, before).drafts()


def stated(draft: ClaimDraft, chain: Sequence[Mention], under: bool = False) -> bool:
    """Whether a claim on a happening may stand: not the doer, where its teller is he (that is a claim of responsibility) or where it is only told as
    what somebody is accused of or denies (`under`)."""
    if draft.predicate != "perpetrator" or not isinstance(draft.object, Mention):
        return True
    doer = draft.object
    return not under and not any(alike(doer, who) for who in chain)


class _Answering:
    """Reads who answers for the happenings of one sentence."""

    def __init__(self, scene: Scene, found: Sequence[Frame], told: Sequence[Told], refs: References, before: Sequence[Told]) -> None:
        self.scene, self.found, self.told, self.refs, self.before = scene, found, told, refs, before
        self.tree, self.keys = scene.tree, scene.tree.spoken

    def drafts(self) -> Iterator[ClaimDraft]:
        """All claims of the sentence."""
        made = acts.acts(self.scene, self.found, self.refs)
        for frame in self.found:
            if (
                frame.act == "speech-act/claims-responsibility"
                and frame.form in ("verb", "noun")
                and frame.voices
                and any(a.frame is frame for a in made)
            ):
                for told in self._meant(frame, ("for", "of", "")):
                    if told in self.told and claimed(self.tree, frame.node) is None and not self._direct(frame, told.node):
                        continue
                    yield from self._claims(told, frame, (("claimedBy", frame.voices),))
            elif (
                frame.voices
                and frame.form == "verb"
                and frame.act in (*SAYS, "speech-act/announces")
                and self.scene.context(frame.node).real
            ):
                for told in self.told:
                    if told.node in frame.content and self._own_deed(told, frame):
                        yield from self._claims(told, frame, (("claimedBy", frame.voices[:1]),))
        for act in made:
            if act.kind in ("speech-act/accuses", "speech-act/blames") and act.blamed:
                yield from self._accusation(act)
            elif (
                act.kind == "speech-act/denies" and act.frame.form != "noun" and not self._refuses(act.frame) and self._own_part(act.frame)
            ):
                for told in self._meant(act.frame, ("in", "for", "with", "behind", "of", "to", "")):
                    yield from self._claims(told, act.frame, (("deniedBy", act.frame.voices),))

    def _claims(self, told: Told, frame: Frame, values: Iterable[tuple[str, Iterable[Mention | Concept]]]) -> Iterator[ClaimDraft]:
        chain = speakers(self.scene, [f for f in self.found if f is not frame], frame.node) if frame.node >= 0 else ()
        said = tuple(who for who in (*frame.channels, *(chain or ())) if not any(alike(who, voice) for voice in frame.voices))
        for predicate, objects in values:
            for value in objects:
                yield ClaimDraft(told.telling, predicate, value, self.scene.line.span, said)

    # -- accusations ---------------------------------------------------------------------------------------------------------------

    def _accusation(self, act: Act) -> Iterator[ClaimDraft]:
        frame = act.frame
        of = self._charge(frame)
        if of is None and frame.act in SAYS:
            return
        of = of or "accusation/doing"
        doers = {"accused": act.blamed, "accusedBy": frame.voices}
        for told in self._charged(frame, of):
            if of != "accusation/doing" or not any(
                d.predicate == "perpetrator" and not self._among(d.object, act.blamed) for d in told.drafts
            ):
                yield from self._claims(told, frame, (*doers.items(), ("accusation", (Concept(of),))))

    def _shifted(self, node: int) -> bool:
        """Whether what was done is laid on somebody: blamed it on X."""
        return any(
            n.index > node and self.tree.case(n.index) == "on" and n.head in (node, self.tree.nodes[node].head) for n in self.tree.nodes
        )

    def _direct(self, frame: Frame, node: int) -> bool:
        """Whether a happening is itself what a claim is of: not the failure to prevent it."""
        for at in self.tree.above(node):
            if at == frame.node or at not in self._beyond(frame):
                return True
            carries = self.tree.nodes[at].verb and self.scene.clauses.carries(at)
            if not (
                set(self.tree.codes(at)) & set("KVHWN")
                or self.keys[at] in DEED | PART | QUANTITIES | {"responsibility", "credit"}
                or carries
            ):
                return False
        return True

    def _among(self, value: object, people: Iterable[Mention]) -> bool:
        return isinstance(value, Mention) and any(alike(value, who) for who in people)

    def _charge(self, frame: Frame) -> str | None:
        """What the words of an accusation charge; None where they only name the deed."""
        inside = [key if i in frame.content else "" for i, key in enumerate(self.keys)]
        named = [found.name for found in phrases("cue", "accusation/").find(inside)]
        return next((name for name in named if name != "accusation/doing"), next(iter(named), None))

    def _charged(self, frame: Frame, of: str) -> tuple[Told, ...]:
        """The happenings that somebody is charged with."""
        clause = self.scene.clauses.of(frame.node) if frame.node >= 0 and frame.form == "verb" else None
        themselves = set(clause.undergoers) if clause else set()
        taken_up = next((i for i in themselves if self.keys[i] in DEED and self._definite(i) and self._shifted(i)), None)
        within = [t for t in self.told if t.node in themselves or (t.node in frame.content and self._reached(frame, t.node))]
        if within or frame.form != "verb":
            return tuple(within[:1])
        if taken_up is not None and frame.act == "speech-act/blames":
            earlier = self._earlier(None, taken_up, self.keys[taken_up].endswith("s"))
            return (earlier,) if earlier else ()
        if of != "accusation/doing":
            own = [i for i in frame.content if i > frame.last and set(self.tree.codes(i)) & set("KV")]
            pronouns = (
                []
                if own and of != "accusation/approval"
                else [i for i in sorted(frame.content) if self.keys[i] in PRONOUN and i > frame.last and self._reached(frame, i)]
            )
            if pronouns:
                taken = self._earlier(None, pronouns[0], self.keys[pronouns[0]] in ("them", "these", "both"))
                return (taken,) if taken else ()
            ahead = [t for t in self.told if t.node not in frame.content and t.node < frame.node]
            deeds = [i for i in range(frame.node) if self.keys[i] in DEED - PRONOUN and "K" in self.tree.codes(i) and self._definite(i)]
            earlier = self._earlier(None, deeds[0], self.keys[deeds[0]].endswith("s")) if deeds and not ahead else None
            return (earlier,) if earlier else tuple(ahead) if len(ahead) == 1 else ()
        return ()

    def _reached(self, frame: Frame, node: int) -> bool:
        """Whether the way from the charge to a happening leads through no phrase of time or means."""
        for at in (node, *self.tree.above(node)):
            if at == frame.node or at not in frame.content:
                return True
            if self.tree.case(at).split(" ")[0] in AWAY or (self.tree.nodes[at].relation == "acl:relcl"):
                return False
        return True

    # -- his own deed, his own part --------------------------------------------------------------------------------------------------

    def _own_deed(self, told: Told, frame: Frame) -> bool:
        """Whether who speaks says that he did it himself: announced that it had struck, said its fighters attacked, claimed an attack."""
        if not self.tree.nodes[told.node].verb:
            light = self.scene.clauses.of(told.node).light
            direct = (
                self.tree.nodes[told.node].head == frame.node
                and self.tree.nodes[told.node].relation == "obj"
                and self.keys[frame.node].startswith("claim")
            )
            if direct:
                return True
            doers = self.scene.clauses.subjects(light) if light >= 0 and not self.scene.clauses.passive(light) else ()
        else:
            clause = self.scene.clauses.of(told.node)
            doers = () if clause.passive else clause.doers
        around = min((f for f in self.found if told.node in f.content), key=lambda f: len(f.content), default=None)
        return around is frame and bool(doers) and all(self._is(doer, frame) for doer in doers) and self.scene.context(told.node).real

    def _is(self, node: int, frame: Frame) -> bool:
        """Whether a subject is who speaks: we, his name again, a pronoun that stands for him, or his own men."""
        key = self.keys[node]
        if key in FIRST:
            return True
        who = self.refs.actor(self.scene, node)
        if who is not None:
            return any(alike(who, voice) for voice in frame.voices)
        if key in ("it", "they") and node > frame.node:
            between = [n.index for n in self.tree.nodes[frame.last + 1 : node] if set(self.tree.codes(n.index)) & set("POS")]
            return not between
        own = {self.keys[i] for i in self.tree.below(node, "nmod:poss")} & {"its", "their", "our", "his"}
        codes = set(self.tree.codes(node))
        force = bool(codes & set("CG")) or key in BODIES  # its fighters; not "a raid on his house"
        noun = self.tree.entry(node, "K")
        waged = noun is not None and noun.name is not None and vocabulary().value(noun.name, "ofClass") == "Operation"  # its operations
        return bool(own) and node > frame.node and (force or waged)

    def _refuses(self, frame: Frame) -> bool:
        """Whether a denial is only a refusal: who refuses to claim an attack does not deny it."""
        return frame.node >= 0 and self.keys[frame.node].startswith(("refus", "declin"))

    def _own_part(self, frame: Frame) -> bool:
        """Whether a denial is of the speaker's own part."""
        after = [i for i in range(len(self.keys)) if i in frame.content]
        if not any(self.keys[i] in PART for i in after):
            return False
        clauses = [i for i in after if self.tree.nodes[i].verb and self.tree.below(i, "nsubj")] + [
            i for i in after if self.tree.below(i, "cop") and self.tree.below(i, "nsubj")
        ]
        subjects = [s for c in clauses[:1] for s in self.tree.below(c, "nsubj")]
        owners = [
            i
            for i in after
            if self.tree.nodes[i].relation in ("nmod:poss", "amod", "compound")
            and set(self.tree.codes(i)) & set("OSA")
            and self.keys[self.tree.nodes[i].head] in PART
        ]
        return all(self._is(s, frame) for s in subjects) and all(self._is(o, frame) for o in owners)

    # -- which happening -------------------------------------------------------------------------------------------------------------

    def _meant(self, frame: Frame, cases: Sequence[str]) -> tuple[Told, ...]:
        """The happening that a claim or denial is about: told in the sentence, or one before it that the phrase can only mean."""
        ahead = claimed(self.tree, frame.node) if frame.act == "speech-act/claims-responsibility" else None
        if ahead is not None:
            inside = [t for t in self.told if t.node == ahead or ahead in t.nodes]
            if self.keys[ahead] in ("responsibility", "credit"):
                inside = [t for t in self.told if t.node in self.tree.within(ahead)]
            definite = self._definite(ahead) or self.keys[ahead] in ("responsibility", "credit", "they", "all")
            found = inside[0] if inside else self._earlier(frame, ahead, self.keys[ahead].endswith("s")) if definite else None
            return (found,) if found and not self._of_another(found, frame) else ()
        after = [t for t in self.told if t.node > frame.last and t.node in self._beyond(frame) and self._reached(frame, t.node)]
        if after:
            return tuple(after[:1])
        for at in sorted(self._beyond(frame)):
            if at > frame.last and self.keys[at] in DEED and self.tree.case(at) in cases and self._reached(frame, at):
                many = self.keys[at].endswith("s") or self.keys[at] in ("them", "these", "most", "all", "both")
                found = self._earlier(frame, at, many)
                return (found,) if found else ()
        return ()

    def _beyond(self, frame: Frame) -> frozenset[int]:
        """The words that hang on the verb of a frame, behind it."""
        return frozenset(i for i in (*self.tree.within(frame.node), *frame.content) if i > frame.node) if frame.node >= 0 else frame.content

    def _earlier(self, frame: Frame | None, at: int, many: bool) -> Told | None:
        """The nearest happening before, of which the speaker may speak: one that names no other known doer; of several attacks a series."""
        ahead = [*self.before, *(t for t in self.told if t.node < at)]
        meant = self.refs.telling(self.scene, ahead, at)
        if meant is not None:
            return None if frame and self._of_another(meant, frame) else meant
        if self._told_apart(at):
            return None
        near = [t for t in ahead if t.scene >= self.scene.number - REACH and not (frame and self._of_another(t, frame))]
        series = [t for t in near if t.telling.kind == "event-kind/attack-series"]
        singles = [t for t in near if t not in series]
        if many and series and self.keys[at] not in PRONOUN:
            return series[-1]
        if self.keys[at] in PRONOUN:
            near = [t for t in near if _several(t)] if many else [t for t in near if t.scene >= self.scene.number - 2]
            last = [t for t in near if t.scene == near[-1].scene]
            return last[0] if len(last) == 1 else None
        entry = self.tree.entry(at, "K")
        alike = next((group for group in ALIKE if entry and entry.name in group), None)
        if alike:
            singles = [t for t in singles if t.telling.kind in alike]
        last = [t for t in singles if t.scene == singles[-1].scene]
        if many and not any(_several(t) for t in last):
            return None
        sole = len(last) == 1 and self._definite(at) and (alike or len(singles) <= 2)
        return last[0] if sole and not self.refs.passed_over(self.scene, ahead, last[0]) else None

    def _told_apart(self, at: int) -> bool:
        """Whether a phrase says of its own where, when or against whom it was, so that it need not be what was told before."""
        verb = self.tree.nodes[at].head
        laid = [i for node in (at, verb) for i in self.tree.below(node, "nmod", "obl") if i > at and self.tree.case(i) == "on"]
        last = max(laid) if laid and self.keys[verb].startswith("blam") else None  # blamed the attack on X
        further = [i for i in self.tree.below(at, "nmod", "nmod:poss", "obl", "compound", "amod") if i != last]
        own = [i for child in further for i in self.tree.within(child)]
        return self.keys[at] not in PRONOUN and any(set(self.tree.codes(i)) & set("LBTPOSAU") or self.tree.item(i).time for i in own)

    def _definite(self, at: int) -> bool:
        return self.keys[at] in PRONOUN or any(self.keys[i] in ("the", "this", "these", "both", "that") for i in self.tree.below(at, "det"))

    def _of_another(self, told: Told, frame: Frame) -> bool:
        known = [d.object for d in told.drafts if d.predicate == "perpetrator" and isinstance(d.object, Mention) and d.object.senses]
        return bool(known) and not all(self._among(who, frame.voices) for who in known)


def _several(told: Told) -> bool:
    """Whether a happening is one of several acts, which "them" can mean."""
    return told.telling.kind == "event-kind/attack-series" or any(d.predicate == "actCount" for d in told.drafts)
