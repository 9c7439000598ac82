"""Speech acts as tellings: who demands, threatens, accuses, denies … what, whom he blames, whom he speaks to, and when.

A verb or noun that names an act is one where it is said that it took place; what somebody merely says is the act that its content makes it
(content cues of the ontology): "X said the strike was a violation" condemns.  A bare "says" is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.speaking.attribution import speakers
from kg.extract.speaking.cues import Found, Phrases, phrases
from kg.extract.speaking.frame import FIRST, SAYS, STATING, Frame, References, alike, known
from kg.extract.syntax.contexts import ASSERTED, AUXILIARIES, CONDITIONS, NEGATIONS
from kg.extract.syntax.scene import Scene
from kg.model import ClaimDraft, Concept, Mention, Span, Telling, TimeSpan

RANK: Final = (
    "denies", "threatens", "demands", "defends", "praises", "blames", "accuses", "condemns", "warns", "promises",
)  # fmt: skip
"""Which of several acts a content stands for, where their words are equally near its main word."""

HOSTILE: Final = frozenset(("speech-act/accuses", "speech-act/blames", "speech-act/condemns"))
OWN: Final = frozenset(("speech-act/promises", "speech-act/threatens"))
"""Acts by which the speaker binds himself."""

GOVERNED: Final = frozenset(("realis/alleged", "realis/denied", "realis/threatened"))
"""How a word is put only by an act of speech around it."""

LASTING: Final = frozenset(f"speech-act/{name}" for name in ("threatens", "warns"))
"""Acts that go on over sentences; the others are one each, for each has its own matter."""

PRONOUNS: Final = frozenset("it they he she".split())  # noqa: SIM905 - reads better
SAVED: Final = frozenset("comment say confirm respond elaborate answer speculate".split())  # noqa: SIM905 - reads better
"""What one refuses to do without denying anything."""

DECLINED: Final = frozenset(
    """declined declines decline declining refused refuses refuse refusing failed fails fail avoided avoids avoid stopped hesitated hesitates
    forbore ceased stopped shied refrained refrains""".split()  # noqa: SIM905 - reads better
)
"""Verbs under which the act that follows was not done."""

EXPECTING: Final = frozenset(
    """expected expects expect await awaits awaited fear fears feared avoid avoids avoided provoke risk risks risked invite invites consider considers
    considering prevent prevents prevented withdraw withdrew dropped drop awaiting demanding""".split()  # noqa: SIM905 - reads better
)
"""Verbs under which an act that a noun names need not have been done."""

LEADING: Final = frozenset(("will", "would", "shall", "'ll", "’ll", "wo"))

DEEDS: Final = frozenset(
    """operation operations incident incidents act acts death deaths massacre massacres atrocity atrocities firing launching carrying killing shooting
    targeting downing hijacking seizure seizing kidnapping abduction abducting capture sabotage ambush ambushes series number several dozens
    wave string planting detonating conducting staging""".split()  # noqa: SIM905 - reads better
)
"""Nouns and gerunds, beside those of the ontology, of what responsibility may be claimed for."""

NEEDING_CONTENT: Final = frozenset(
    """confirm confirms confirmed confirming inform informs informed informing publish publishes published release releases released disclose discloses
    disclosed disclosing unveil unveils unveiled unveiling notify notifies notified notifying""".split()  # noqa: SIM905 - reads better
)
"""Verbs that announce only what a clause tells."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its frame, its concept, at whom it points, and to whom it is said."""

    frame: Frame
    kind: str
    blamed: tuple[Mention, ...] = ()
    addressees: tuple[Mention, ...] = ()


def drafts(
    scene: Scene, found: Sequence[Frame], refs: References, next_key: int, before: Sequence[ClaimDraft] = ()
) -> Iterator[ClaimDraft]:
    """The claims of the acts of a sentence, as tellings numbered from `next_key`; each act is the outlet's word or that of who reports it.

    `before` are the acts of the sentence before: who goes on to threaten, warn or praise in the next sentence does one act in two.
    """
    going_on = {
        (draft.subject.kind, _who(draft.object)): draft.subject
        for draft in before
        if isinstance(draft.subject, Telling) and draft.predicate == "speaker"
    }
    told = (act for act in acts(scene, found, refs) if all(known(voice) for voice in act.frame.voices) and not _unnamed(scene, act))
    for key, act in enumerate(told, next_key):
        chain = speakers(scene, [f for f in found if f is not act.frame], act.frame.node) if act.frame.node >= 0 else ()
        same = next((t for who in act.frame.voices if (t := going_on.get((act.kind, _who(who))))), None) if act.kind in LASTING else None
        telling = same or Telling(key, act.kind, scene.line.span)
        said = tuple(who for who in (*act.frame.channels, *(chain or ())) if not any(alike(who, voice) for voice in act.frame.voices))
        for predicate, values in (
            ("kind", (Concept(act.kind),)),
            ("speaker", act.frame.voices),
            ("blamed", act.blamed),
            ("addressee", act.addressees),
            ("time", _times(scene, act.frame)),
        ):
            for value in values:
                yield ClaimDraft(telling, predicate, value, scene.line.span, tuple(dict.fromkeys(said)))


def _unnamed(scene: Scene, act: Act) -> bool:
    """Whether somebody only asks not to be named."""
    said = {scene.tree.nodes[i].key for i in act.frame.content}
    return act.kind == "speech-act/demands" and bool(said & {"named", "identified", "anonymity", "anonymous"})


def _who(value: object) -> tuple[str, ...]:
    """What tells a speaker from others: the things that he may be, else his words."""
    return (value.senses or (value.words,)) if isinstance(value, Mention) else ()


def acts(scene: Scene, found: Sequence[Frame], refs: References) -> tuple[Act, ...]:
    """The acts of a sentence, without those that only say again what another does."""
    if scene.line.text.rstrip('”"’ ').endswith("?"):
        return ()
    reader = _Reader(scene, found, refs)
    made = [act for frame in found if (act := reader.act(frame)) is not None]
    return tuple(act for act in made if not any(_covers(made, other, act) for other in made))


def _covers(made: Sequence[Act], other: Act, act: Act) -> bool:
    """Whether an act says again what another of the sentence does: the same kind, voice and aim."""
    if other is act or {_who(who) for who in other.frame.voices} != {_who(who) for who in act.frame.voices}:
        return False
    told, shown = act.frame.act in SAYS, other.frame.act not in SAYS
    if told and shown and other.kind in HOSTILE and act.kind in HOSTILE and other.frame.node in act.frame.content:
        return True
    if other.kind != act.kind or not {_who(b) for b in act.blamed} <= {_who(b) for b in other.blamed}:
        return False
    return (told and shown) or (told and made.index(other) < made.index(act)) or (act.frame.form == "noun" and other.frame.form == "verb")


def _times(scene: Scene, frame: Frame) -> tuple[TimeSpan, ...]:
    """The day of the act, where it hangs on the verb of speech itself; four years earlier is when that happened of which is spoken."""
    tree = scene.tree
    finite = frame.form == "verb" and tree.nodes[frame.node].tag in ("VBD", "VBZ", "VBP", "VBN")
    days = (tree.item(i).time for i in tree.below(frame.node) if i not in frame.content) if finite else ()
    return tuple(day for day in days if day and not day.words.endswith((" earlier", " before")))[:1]


class _Reader:
    """Reads the acts of one sentence."""

    def __init__(self, scene: Scene, found: Sequence[Frame], refs: References) -> None:
        self.scene, self.found, self.refs, self.tree = scene, found, refs, scene.tree
        self.keys = scene.tree.spoken

    def act(self, frame: Frame) -> Act | None:
        """The act that a frame stands for, or None."""
        if not frame.voices or not self._told(frame) or not self._of_weight(frame):
            return None
        if frame.act in SAYS:
            return None if frame.form == "noun" else self._by_content(frame)
        kind = self._explicit(frame)
        if kind is None or (frame.form == "verb" and self._of_nothing(frame)):
            return None
        blamed = self._blamed(frame) if kind in ("speech-act/accuses", "speech-act/blames") else ()
        if kind in ("speech-act/accuses", "speech-act/blames") and not blamed and frame.form == "verb":
            return None
        return Act(frame, kind, blamed, frame.addressees)

    def _of_nothing(self, frame: Frame) -> bool:
        """Whether the act has no object: condemned neither X nor Y, threatened nobody."""
        objects = self.tree.below(frame.node, "obj", "iobj")
        return any(
            self.keys[i] in ("nobody", "nothing", "none", "neither")
            or any(self.keys[c] in ("neither", "no") for c in self.tree.below(i, "det", "cc:preconj", "cc", "advmod"))
            for i in objects
        )

    # -- whether it took place ---------------------------------------------------------------------------------------------------

    def _told(self, frame: Frame) -> bool:
        """Whether it is said that the act took place, and by the outlet, a source, or the speaker himself."""
        if self._headline() and any(who.description for who in frame.voices):
            return False
        if frame.node < 0 or frame.form == "according":
            return True
        if not self._done(frame) and not self._first_hand(frame):
            return False
        above = self.tree.nodes[self.tree.nodes[frame.node].head]
        if self.tree.nodes[frame.node].relation in ("xcomp", "ccomp", "advcl") and above.key in DECLINED:
            return False
        around = [f for f in self.found if f is not frame and frame.node in f.content and f.form in ("verb", "noun")]
        return all(f.source or (f.voices and all(any(alike(who, voice) for voice in frame.voices) for who in f.voices)) for f in around)

    def _done(self, frame: Frame) -> bool:
        """Whether it is put as done.  A noun is done where its own verb is, whatever is made of it (rejected the calls); a participle beside a clause
        does not share its negation."""
        tree, node = self.tree, frame.node
        word = tree.nodes[node]
        if frame.form == "noun":
            verb = next((i for i in tree.above(node) if tree.nodes[i].verb), None)
            return (
                not self._put_off(node)
                and (verb is None or not self._put_off(verb))
                and not (verb is not None and self.keys[verb] in EXPECTING)
            )
        if (
            word.tag == "VBG"
            and (word.relation == "advcl" or (word.relation == "conj" and tree.nodes[word.head].tag != "VBG"))
            and not tree.below(node, "aux")
        ):
            return not self._put_off(node)
        for at in (node, *tree.above(node)):
            if tree.nodes[at].relation == "acl:relcl":
                return not self._put_off(node) and not self._put_off(at)
            if tree.nodes[at].relation not in ("conj", "xcomp"):
                break
        governed = any(node in f.content for f in self.found if f is not frame)
        realis = self.scene.context(node).realis
        return realis == ASSERTED or (not self._put_off(node) and (frame.before or (not governed and realis in GOVERNED)))

    def _put_off(self, node: int) -> bool:
        """Whether a word's own auxiliary, negation or condition puts it as not, or not yet, so."""
        return any(
            (self.keys[i] in AUXILIARIES and self.tree.nodes[i].relation in ("aux", "cop"))
            or self.keys[i] in NEGATIONS
            or self.keys[i] in CONDITIONS
            for i in self.tree.below(node, "aux", "aux:pass", "advmod", "det", "mark", "cc:preconj")
        )

    def _first_hand(self, frame: Frame) -> bool:
        """Whether the speaker does it by his own words: we condemn, we demand."""
        return frame.first and not any(
            self.tree.nodes[i].key in LEADING or self.tree.nodes[i].key in ("not", "n't")
            for i in self.tree.below(frame.node, "aux", "advmod")
        )

    def _headline(self) -> bool:
        """Whether the sentence is a headline: most of its words have capitals and no mark ends it."""
        text = self.scene.line.text.strip()
        words = [w for w in text.split() if w[:1].isalpha() and len(w) > 3]
        return text[-1:] not in '.!?…”"’' and sum(w[0].isupper() for w in words) * 10 >= 7 * len(words)

    def _of_weight(self, frame: Frame) -> bool:
        """Whether those who speak may act: an outlet or an unnamed source only reports."""
        outlet = any("M" in self._codes(who) for who in frame.voices)
        if outlet:
            return False
        return not frame.source or frame.act not in (*STATING, "speech-act/promises") or self._suspects(frame)

    def _codes(self, who: Mention) -> str:
        item = next((i for i in self.scene.line.items if i.span == who.span), None)
        return item.codes if item else ""

    def _suspects(self, frame: Frame) -> bool:
        return frame.node >= 0 and self.keys[frame.node].startswith(("alleg", "claim"))

    # -- acts named ----------------------------------------------------------------------------------------------------------------

    def _explicit(self, frame: Frame) -> str | None:
        """The act that a verb or noun names, where its construction is that of the act; None where it means something else."""
        tree, v, act = self.tree, frame.node, frame.act
        name = act.rpartition("/")[2]
        if frame.form == "noun":
            return act if name not in ("announces", "orders") and self._of_deed(frame) else None
        guard = getattr(self, f"_may_{name.replace('-', '_')}", None)
        if name == "orders" or (guard is not None and not guard(frame)):
            return None
        if name in ("promises", "announces") and self._cued(frame, "speech-act/threatens"):
            return "speech-act/threatens"
        return act if v < len(tree.nodes) else None

    def _of_deed(self, frame: Frame) -> bool:
        """Whether a defence or a claim of responsibility that a noun names is of a deed: not the defence of a town."""
        if frame.act not in ("speech-act/defends", "speech-act/claims-responsibility"):
            return True
        heads = (frame.node, *(i for i in range(frame.node + 1, frame.last + 1) if self.tree.nodes[i].noun))
        return any(
            self._abstract(i)
            for head in heads
            for i in self.tree.below(head, "nmod")
            if i > frame.last and self.tree.case(i) in ("of", "for")
        )

    def _objects(self, frame: Frame) -> tuple[int, ...]:
        clause = self.scene.clauses.of(frame.node)
        tree = self.tree
        beyond = (
            tuple(j for i in tree.below(max(frame.last, frame.node), "nmod", "obl", "obj") for j in tree.joined(i))
            if frame.last > frame.node
            else ()
        )
        if frame.last > frame.node and self.tree.nodes[frame.last].relation == "case":  # stood by its decision
            beyond += self.tree.joined(self.tree.nodes[frame.last].head)
        nodes = (*clause.undergoers, *beyond, *(j for i in tree.below(frame.node, "obj", "iobj", "nsubj:pass") for j in tree.joined(i)))
        return tuple(dict.fromkeys(i for i in nodes if not tree.item(i).time and i != frame.node))

    def _may_announces(self, frame: Frame) -> bool:
        clauses = self.tree.below(frame.node, "ccomp", "parataxis") or any(i > frame.last for i in frame.content) or frame.before
        objects = self._objects(frame)
        known = any(self.keys[i] in ("this", "that", "it") for i in objects)
        return bool(clauses) or known or (self.keys[frame.node] not in NEEDING_CONTENT and bool(objects))

    def _may_promises(self, frame: Frame) -> bool:
        return bool(self.tree.below(frame.node, "xcomp", "ccomp")) or bool(frame.content) or bool(self._objects(frame))

    def _may_demands(self, frame: Frame) -> bool:
        if self.keys[frame.node].startswith("ask") and any(
            self.keys[i] in ("whether", "if", "why", "how", "what", "about", "when")
            for i in range(frame.last + 1, min(frame.last + 6, len(self.keys)))
        ):
            return False
        return bool(frame.content) or bool(self._objects(frame)) or bool(self.tree.below(frame.node, "xcomp", "ccomp", "obl", "advcl"))

    def _may_threatens(self, frame: Frame) -> bool:
        if frame.last > frame.node or self.tree.below(frame.node, "xcomp", "ccomp") or self._cued(frame, "speech-act/threatens"):
            return True
        objects = self._objects(frame)
        return (
            any(self._acting(i) or set(self.tree.codes(i)) & set("KV") or self.keys[i] in ("that", "it", "this") for i in objects)
            or "with" in self.scene.clauses.of(frame.node).beside
        )

    def _may_accuses(self, frame: Frame) -> bool:
        clause = self.scene.clauses.of(frame.node)
        if self.keys[frame.node].startswith("charg"):
            return any(self.tree.case(i) == "with" for i in self.tree.below(frame.node)) or bool(frame.content)
        return bool(clause.undergoers or self._objects(frame))

    def _may_blames(self, frame: Frame) -> bool:
        """Not where something else than a deed is attributed to somebody: a victory, a statement."""
        if not self.keys[frame.node].startswith(("attribut", "ascrib")):
            return True
        things = (*self.scene.clauses.of(frame.node).undergoers, *self.scene.clauses.subjects(frame.node))
        said = [i for i in things if (entry := self.tree.entry(i, "K")) and entry.name == "event-kind/statement"]
        return any((self._deed(i) or self.keys[i] in DEEDS) and i not in said for i in things)

    def _may_denies(self, frame: Frame) -> bool:
        after = self.keys[frame.last + 1 : frame.last + 4]
        refuses = self.keys[frame.node].startswith(("refus", "declin"))
        if refuses and SAVED & set(after):
            return False
        if any(w in ("entry", "access", "permission", "visa", "visas", "bail", "him", "her", "them", "passage") for w in after[:2]):
            return False
        return bool(frame.content or self._objects(frame) or frame.before)

    def _may_condemns(self, frame: Frame) -> bool:
        objects = (*self._objects(frame), *self.scene.clauses.of(frame.node).by("against", "over", "at"))
        struck = self.keys[frame.node].startswith(("blast", "slam", "assail", "hit", "lash", "protest"))
        if struck and frame.last == frame.node and not any(self._abstract(i) or self._acting(i) for i in objects):
            return False
        return bool(objects) or frame.last > frame.node

    def _may_claims_responsibility(self, frame: Frame) -> bool:
        """Not for a defeat, or for guarding a gate: what is claimed is a deed of violence, or stands unnamed."""
        phrases = [i for n in self.tree.within(frame.node) if n > frame.node for i in (n,) if self.tree.case(i) == "for"]
        phrases = [i for i in phrases if i > frame.last and self.tree.nodes[i].head in (frame.node, frame.last)]
        heads = phrases[:1]
        return all(
            set(self.tree.codes(i)) & set("KVHWNCE") or self.keys[i] in DEEDS or self.tree.nodes[i].tag.startswith(("PRP", "DT", "NNP"))
            for i in heads
        )

    def _may_defends(self, frame: Frame) -> bool:
        return any(self._abstract(i) for i in self._objects(frame)) or (
            bool(self._objects(frame)) and any(self.tree.case(i) == "as" for i in self.tree.below(frame.node, "obl", "xcomp", "advcl"))
        )

    def _may_praises(self, frame: Frame) -> bool:
        return bool(self._objects(frame)) or frame.last > frame.node

    def _may_warns(self, frame: Frame) -> bool:
        return bool(frame.content or frame.before or self._objects(frame)) or bool(self.tree.below(frame.node, "obl", "xcomp", "advcl"))

    def _abstract(self, node: int) -> bool:
        """Whether a noun names an act, plan or stand."""
        codes, key = set(self.tree.codes(node)), self.keys[node]
        if codes & set("POSMLBTUIC") and not codes & set("KV"):
            return False
        return bool(codes & set("KV")) or key.rstrip("s") in STANDS or key.endswith(("tion", "tions", "sion", "sions", "ance"))

    def _acting(self, node: int) -> bool:
        return self.actor(node) is not None

    # -- acts that the content makes -------------------------------------------------------------------------------------------

    def _cued(self, frame: Frame, kind: str) -> bool:
        """Whether the content has a word of a kind."""
        return any(found.name == kind for found in self._cues(frame))

    def _cues(self, frame: Frame) -> Iterator[Found]:
        """The content cues whose words are all the speaker's own, not those of somebody within."""
        for found in contents().find(self.keys):
            inner = [
                f
                for f in self.found
                if f is not frame and found.start in f.content and f.content < frame.content and f.node in frame.content
            ]
            around = [f for f in self.found if f is not frame and found.start in f.content and len(f.content) < len(frame.content)]
            if (
                all(i in frame.content for i in found.words if self.keys[i] != "_")
                and not inner
                and not (around and frame.form == "according")
            ):
                yield found

    def _by_content(self, frame: Frame) -> Act | None:
        options = []
        for found in self._cues(frame):
            made = self._option(frame, found)
            if made:
                options.append((self._depth(frame, found), RANK.index(made[0].rpartition("/")[2]), found.start, made))
        if not options:
            return self._suspected(frame) or self._disputed(frame)
        kind, blamed, heard = min(options, key=lambda option: option[:3])[3]
        return Act(frame, kind, blamed, heard)

    def _depth(self, frame: Frame, found: Found) -> int:
        """How far below the main word of what is said a cue stands."""
        depths = []
        for word in found.words:
            depth, previous = 0, word
            for above in self.tree.above(word):
                if above not in frame.content:
                    break
                if self.tree.nodes[previous].relation not in ("aux", "cop", "conj", "mark", "ccomp", "parataxis"):
                    depth += 1
                previous = above
            depths.append(depth)
        return min(depths)

    def _option(self, frame: Frame, found: Found) -> tuple[str, tuple[Mention, ...], tuple[Mention, ...]] | None:
        """What a cue makes of what is said: the kind, whom it points at, whom it is said to; None where it is another's or put as not so."""
        kind = found.name
        node = self._lead(found)
        own = self._subject(node)
        if kind == "speech-act/demands":
            modal = self.keys[found.start] in ("must", "should", "ought", "needs", "need", "now")
            if modal and (
                (own is not None and self._self(frame, own))
                or "have" in self.keys[found.last + 1 : found.last + 2]
                or self._condition(node)
            ):
                return None
            to = self.actor(own) if own is not None and modal and set(self.tree.codes(own)) & set("SOP") else None
            return kind, (), (to,) if to else ()
        if kind in OWN:
            return (kind, (), ()) if self._bound(frame, found, own) else None
        if kind == "speech-act/denies":
            return kind, (), ()
        if self._unreal(node):
            return None
        if kind not in HOSTILE:
            return kind, (), ()
        blamed = self._pointed(found) if _points(found) else self._doers(frame, node)
        blamed = tuple(who for who in blamed if not any(alike(who, voice) for voice in frame.voices))
        if kind != "speech-act/condemns" and not blamed:
            return None
        if kind == "speech-act/condemns" and blamed:
            return "speech-act/accuses", blamed, ()
        if kind == "speech-act/condemns" and self._depth(frame, found) > 1:
            return None
        return kind, blamed, ()

    def _lead(self, found: Found) -> int:
        """The word of a cue that the others hang on."""
        inside = set(found.words)
        tops = [i for i in found.words if self.tree.nodes[i].head not in inside]
        content = [i for i in tops if self.tree.nodes[i].tag not in ("MD", "IN", "DT", "TO")]
        lead = (content or tops or list(found.words))[0]
        modal = self.tree.nodes[found.words[0]].tag == "MD"
        copula = self.tree.nodes[lead].relation == "cop" and all(self.tree.nodes[i].relation in ("cop", "aux", "case") for i in found.words)
        return self.tree.nodes[found.words[0]].head if modal else self.tree.nodes[lead].head if copula else lead  # was behind the attack

    def _subject(self, node: int) -> int | None:
        word = self.tree.nodes[node]
        subjects = self.scene.clauses.subjects(node) if word.verb else tuple(self.tree.below(node, "nsubj", "nsubj:pass"))
        if not subjects and not word.verb and word.relation in ("obj", "obl") and self.tree.nodes[word.head].verb:
            subjects = self.scene.clauses.subjects(word.head)
        stray = tuple(i for i in self.tree.below(node, "expl") if self.keys[i] == "it")  # a plain pronoun, misread
        return next(iter((*subjects, *stray)), None)

    def _self(self, frame: Frame, node: int) -> bool:
        """Whether a subject is the speaker: we, I, or what refers to him."""
        if self.keys[node] in FIRST:
            return True
        who = self.actor(node)
        return who is not None and any(alike(who, voice) for voice in frame.voices)

    def _bound(self, frame: Frame, found: Found, own: int | None) -> bool:
        """Whether what will be done is the speaker's to do; what shall not go unpunished may be put without a doer."""
        lead = self._lead(found)
        if self._condition(lead):
            return False
        if found.name == "speech-act/threatens" and any(self.keys[i] in PASSIVE for i in range(found.start, found.last + 1)):
            return True
        if frame.act not in SAYS and own is None:
            return True
        if own is None:
            return self.tree.nodes[lead].noun and self._will(lead)
        if found.name == "speech-act/threatens" and self.scene.clauses.passive(lead) and not self.scene.clauses.of(lead).doers:
            return True
        return (
            self._self(frame, own)
            or any(self._self(frame, i) or self._his(i) for i in self.tree.below(own, "nmod:poss"))  # its attacks will continue
            or (self.keys[own] in PRONOUNS and self.actor(own) is None)
            or (found.name == "speech-act/promises" and self.keys[found.start] in ("victory",))
            or self._mine(own, found)
        )

    def _his(self, node: int) -> bool:
        """Whether a possessive stands for nobody else than who speaks."""
        return self.keys[node] in ("its", "their", "our", "his", "her") and self.actor(node) is None

    def _mine(self, own: int, found: Found) -> bool:
        """Whether a body will do it that is not shown to be another: for a promise any named body but a state will do."""
        return (
            found.name == "speech-act/promises"
            and "S" not in self.tree.codes(own)
            and bool(set(self.tree.codes(own)) & set("OG"))
            and self.keys[found.start] in ("will", "would")
            and "ally" in "".join(self.keys[found.start : found.last + 1])
        )

    def _will(self, node: int) -> bool:
        return any(self.keys[i] in LEADING for i in range(max(0, node - 8), node))

    def _condition(self, node: int) -> bool:
        """Whether a word stands in a condition."""
        path = [node, *self.tree.above(node)]
        return any(self.keys[i] in ("if", "unless", "whether") for n in path[:1] for i in self.tree.below(n, "mark")) or (
            self.keys[:1] == ["should"] and node < len(self.keys) // 2
        )

    def _unreal(self, node: int) -> bool:
        """Whether what is told is put as not so or as a condition."""
        tree = self.tree
        for at in (node, *tree.above(node)):
            if any(self.keys[i] in ("not", "n't", "never", "no", "if", "unless") for i in tree.below(at, "advmod", "det", "mark")):
                return True
            if tree.nodes[at].relation in ("ccomp", "parataxis", "ROOT", "acl:relcl"):
                return False
        return False

    def _pointed(self, found: Found) -> tuple[Mention, ...]:
        """The actor that stands behind a cue: because of X, a disgrace for X."""
        for node in range(found.last + 1, min(found.last + 8, len(self.keys))):
            who = self._named(node)
            if who:
                return (who,)
            if self.tree.nodes[node].verb or self.keys[node] in (",", "and", "."):
                return ()
        return ()

    def _doers(self, frame: Frame, node: int, depth: int = 0) -> tuple[Mention, ...]:
        """Who did what a word tells: the doer of a verb or noun, whoever stands in its subject, or what the clause says of."""
        tree = self.tree
        if depth > 3:
            return ()
        clause = self.scene.clauses.of(node)
        passive = not clause.nominal and clause.passive
        nodes = [i for i in clause.doers if i != node]
        if clause.nominal:
            subjects = tree.below(node, "nsubj")
            if any(self.keys[i] in ("it", "there", "that", "this") for i in subjects):
                return ()
            nodes += [i for i in subjects if i not in nodes]
        found = [
            who
            for i in nodes
            if (
                who := self._named(i)
                or next(
                    iter(self._doers(frame, i, depth + 1) if not tree.nodes[i].verb and not set(tree.codes(i)) & set("POSMU") else ()), None
                )
            )
        ]
        if found or passive:
            return tuple(found)
        head = tree.nodes[node].head
        if (
            head != node
            and head in frame.content
            and tree.nodes[node].relation in ("obj", "conj", "xcomp", "amod", "compound", "obl", "nmod", "advcl")
        ):
            return self._doers(frame, head, depth + 1) if tree.nodes[node].relation != "amod" or depth < 2 else ()
        if frame.node >= 0 and tree.nodes[frame.node].relation == "acl:relcl" and tree.nodes[node].relation in ("ccomp", "xcomp"):
            who = self._named(tree.nodes[frame.node].head)
            return (who,) if who else ()
        return ()

    def _named(self, node: int) -> Mention | None:
        """The actor whom a phrase names, or whose act, people or presence it is about: Washington's strikes, the American presence."""
        tree = self.tree
        codes = set(tree.codes(node))
        if codes & set("PM") - set("OS") and "P" not in codes:
            return None
        if codes & set("POSA") or (codes & set("U") and not codes & set("L")):
            if "A" in codes and not codes & set("OS"):
                return tree.item(node).mention()
            return self.refs.actor(self.scene, node) or (tree.item(node).mention() if codes & set("POS") else None)
        if tree.nodes[node].tag == "PRP" or (not codes and tree.nodes[node].tag == "NNP"):
            return self.refs.actor(self.scene, node)
        if tree.nodes[node].noun:
            for child in tree.below(node, "nmod:poss", "compound", "amod"):
                if set(tree.codes(child)) & set("OSA") and "Y" not in tree.codes(child):
                    return tree.item(child).mention()
            for child in tree.below(node, "nmod"):
                if tree.case(child) in ("of", "by") and set(tree.codes(child)) & set("OS"):
                    return tree.item(child).mention()
        return self.refs.actor(self.scene, node) if codes & set("G") else None

    def actor(self, node: int) -> Mention | None:
        """Who is meant by a phrase."""
        return self.refs.actor(self.scene, node)

    def _disputed(self, frame: Frame) -> Act | None:
        """What somebody is said to claim, in a word that leaves it open whether it is so."""
        claimed = frame.node >= 0 and frame.form == "verb" and self.keys[frame.node].startswith("claim") and not frame.source
        return Act(frame, "speech-act/claims") if claimed and self.tree.below(frame.node, "ccomp") else None

    def _suspected(self, frame: Frame) -> Act | None:
        """Alleged that X did it: an act told of another, in words that doubt it, accuses him."""
        if frame.node < 0 or not self._suspects(frame):
            return None
        for clause in self.tree.below(frame.node, "ccomp"):
            subject = self._subject(clause)
            inside = {code for i in self.tree.within(clause) for code in self.tree.codes(i) if i != subject}
            passive = self.scene.clauses.of(clause).passive if self.tree.nodes[clause].verb else True
            who = self.actor(subject) if subject is not None else None
            if (
                who
                and subject is not None
                and not passive
                and not self._self(frame, subject)
                and inside & set("KH")
                and self.keys[subject] not in PRONOUNS
            ):
                return Act(frame, "speech-act/accuses", (who,))
        return None

    def _blamed(self, frame: Frame) -> tuple[Mention, ...]:
        """At whom an accusation or blame points."""
        clause = self.scene.clauses.of(frame.node)
        key = self.keys[frame.node]
        nodes: Iterable[int] = clause.undergoers or clause.hearers
        if frame.form == "noun":
            nodes = clause.by("of", "against") if clause.by("against") == () else clause.by("against")
        elif key.startswith(("attribut", "ascrib")):
            nodes = clause.by("to") or self._behind(frame, ("to",))[:1]
        elif "blame" in self.keys[frame.node + 1 : frame.last + 1]:
            nodes = clause.by("to", "on", "at", "upon") or self._behind(frame, ("to", "on", "at", "upon"))
        elif key.startswith(("blam", "pin")) and (clause.by("on") or any(self._deed(i) for i in clause.undergoers)):
            nodes = clause.by("on") or self._behind(frame, ("on",))[-1:] or clause.undergoers
        elif {"accusations", "charges"} & set(self.keys[frame.node + 1 : frame.last + 1]):
            nodes = clause.by("against", "at") or self._behind(frame, ("against", "at"))[:1] or nodes
        elif "finger" in self.keys[frame.node : frame.last + 1]:
            nodes = (*clause.by("at"), *clause.undergoers)
        if (frame.form == "verb" and not tuple(nodes)) or self.tree.nodes[frame.node].relation == "acl:relcl":
            nodes = self._antecedent(frame.node) or nodes
        opening = min((i for i in frame.content if i > frame.last), default=len(self.keys))
        found = [
            who
            for i in nodes
            if i < opening or i < frame.node or frame.form == "noun" or self.tree.case(i) in ("to", "on", "at", "upon")
            for who in self._each(i)
        ]
        return tuple(dict.fromkeys(who for who in found if not any(alike(who, voice) for voice in frame.voices)))

    def _antecedent(self, verb: int) -> tuple[int, ...]:
        """The name that "which" or "whom" takes up as the verb's object: the nearest before the pronoun."""
        for pronoun in reversed(range(max(0, verb - 8), verb)):
            if self.keys[pronoun] in ("which", "whom") and self.tree.nodes[pronoun].relation in ("obj", "iobj", "nsubj:pass", "dep", "obl"):
                ahead = next((i for i in range(pronoun - 1, -1, -1) if self.keys[i] not in (",", "of", "for")), None)
                return (ahead,) if ahead is not None and set(self.tree.codes(ahead)) & set("POSU") else ()
        return ()

    def _deed(self, node: int) -> bool:
        """Whether a noun or pronoun stands for what was done and not for who did it."""
        return ("K" in self.tree.codes(node) and not set(self.tree.codes(node)) & set("POSG")) or self.keys[node] in ("it", "this", "that")

    def _behind(self, frame: Frame, prepositions: Sequence[str]) -> tuple[int, ...]:
        return tuple(n.index for n in self.tree.nodes[frame.node :] if self.tree.case(n.index) in prepositions and n.noun)

    def _people(self, node: int) -> Mention | None:
        """People who are described, with the words that tell them apart: rebels trained by X, remnants of Y, brigades from Z."""
        tree = self.tree
        if tree.nodes[node].tag != "NNS" or not (
            {"G"} & set(tree.codes(node)) or self.keys[node] in PEOPLE or self.scene.phrases.described(node).kind
        ):
            return None
        further = [
            i for child in tree.below(node, "acl", "nmod", "obl") if child > node and not tree.item(child).time for i in tree.within(child)
        ]
        if not further:
            return self.actor(node)
        made = self.scene.phrases.described(node, "UnidentifiedActor")
        stop = next((i for i in range(node + 1, len(self.keys)) if self.keys[i] in (",", ";", ".", "and", "for")), len(self.keys))
        inside = [i for i in further if i < stop]
        span = Span(made.span.start, max((tree.item(i).span.end for i in inside), default=made.span.end))
        words = self.scene.line.text[span.start - self.scene.line.span.start : span.end - self.scene.line.span.start]
        return Mention(" ".join(words.split()), span, description=True, kind="UnidentifiedActor")

    def _each(self, node: int) -> Iterator[Mention]:
        who = self._named(node) or self._people(node)
        if who:
            yield who
        for child in self.tree.below(node, "compound"):
            for joined in self.tree.joined(child)[1:]:
                other = self.refs.actor(self.scene, joined)
                if other:
                    yield other


PASSIVE: Final = frozenset("unpunished unanswered pay punished met legitimate regret gates".split())  # noqa: SIM905 - reads better
"""Words of a threat for which nobody need be named as doer."""

PEOPLE: Final = frozenset(
    """rebels gunmen militants militias groups factions remnants elements insurgents extremists terrorists agents brigades mercenaries jihadists
    separatists fighters forces loyalists units cells networks guerrillas settlers""".split()  # noqa: SIM905 - reads better
)
"""Nouns of people who can be blamed without a name."""

STANDS: Final = frozenset(
    """decision move operation policy right action remark deal agreement stance record position plan role conduct law bill strike campaign presence step
    measure behaviour behavior choice statement truce raid killing war visit""".split()  # noqa: SIM905 - reads better
)
"""Nouns of what somebody can be defended for."""


def _points(found: Found) -> bool:
    """Whether a cue points at what follows it."""
    return found.name in HOSTILE and found.points


def contents() -> Phrases:
    """The words by which what is said is an act."""
    return phrases("contentCue", "speech-act/")
