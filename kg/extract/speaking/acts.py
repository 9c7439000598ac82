"""Speech acts as tellings: who demands, threatens, accuses, denies … what, whom he blames, whom he speaks to, and when.

A verb or noun that names an act is one where it is said that it took place; what somebody merely says is the act that its content makes it
(content cues of the ontology): "X said the strike was a violation" condemns.  A bare "says" is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.speaking.attribution import speakers
from kg.extract.speaking.blame import Blame
from kg.extract.speaking.explicit import Explicit
from kg.extract.speaking.frame import SAYS, Act, Frame, References, alike, known
from kg.extract.speaking.implicit import HOSTILE, Implicit
from kg.extract.speaking.performance import Performance
from kg.extract.syntax.scene import Scene
from kg.model import ClaimDraft, Concept, Mention, Telling, TimeSpan

LASTING: Final = frozenset(f"speech-act/{name}" for name in ("threatens", "warns"))
"""Acts that go on over sentences; the others are one each, for each has its own matter."""


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
        self.tree, self.keys = scene.tree, scene.tree.spoken
        self.performance, self.blame = Performance(scene, found), Blame(scene, refs)
        self.implicit = Implicit(scene, found, self.blame)
        self.explicit = Explicit(scene, self.implicit, self.blame)

    def act(self, frame: Frame) -> Act | None:
        """The act that a frame stands for, or None."""
        if not frame.voices or not self.performance.told(frame) or not self.performance.of_weight(frame):
            return None
        if frame.act in SAYS:
            return None if frame.form == "noun" else self.implicit.act(frame)
        kind = self.explicit.kind(frame)
        if kind is None or (frame.form == "verb" and self._of_nothing(frame)):
            return None
        blamed = self.blame.blamed(frame) if kind in ("speech-act/accuses", "speech-act/blames") else ()
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
