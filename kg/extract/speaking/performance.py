"""Whether an act of speech took place: told as done, by the outlet, a source or the speaker himself, who is of weight to act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.speaking.frame import STATING, Frame, alike
from kg.extract.syntax.contexts import ASSERTED, AUXILIARIES, CONDITIONS, NEGATIONS
from kg.extract.syntax.scene import Scene
from kg.model import Mention

GOVERNED: Final = frozenset(("realis/alleged", "realis/denied", "realis/threatened"))
"""How a word is put only by an act of speech around it."""

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


class Performance:
    """Tells of the frames of one sentence whether their acts took place."""

    def __init__(self, scene: Scene, found: Sequence[Frame]) -> None:
        self.scene, self.found, self.tree, self.keys = scene, found, scene.tree, scene.tree.spoken

    def told(self, frame: Frame) -> bool:
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

    def of_weight(self, frame: Frame) -> bool:
        """Whether those who speak may act: an outlet or an unnamed source only reports."""
        outlet = any("M" in self._codes(who) for who in frame.voices)
        if outlet:
            return False
        return not frame.source or frame.act not in (*STATING, "speech-act/promises") or suspects(self.keys, frame)

    def _codes(self, who: Mention) -> str:
        item = next((i for i in self.scene.line.items if i.span == who.span), None)
        return item.codes if item else ""


def suspects(keys: Sequence[str], frame: Frame) -> bool:
    """Whether a frame is opened by a word that leaves open whether what is said is so."""
    return frame.node >= 0 and keys[frame.node].startswith(("alleg", "claim"))
