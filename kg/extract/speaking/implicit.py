"""Acts of speech that the content makes, by the ontology's content cues: "X said the strike was a violation" condemns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.speaking.blame import Blame
from kg.extract.speaking.cues import Found, contents
from kg.extract.speaking.frame import FIRST, SAYS, Act, Frame, alike
from kg.extract.speaking.performance import LEADING, suspects
from kg.extract.syntax.scene import Scene
from kg.model import Mention

RANK: Final = (
    "denies", "threatens", "demands", "defends", "praises", "blames", "accuses", "condemns", "warns", "promises",
)  # fmt: skip
"""Which of several acts a content stands for, where their words are equally near its main word."""

HOSTILE: Final = frozenset(("speech-act/accuses", "speech-act/blames", "speech-act/condemns"))
OWN: Final = frozenset(("speech-act/promises", "speech-act/threatens"))
"""Acts by which the speaker binds himself."""

PRONOUNS: Final = frozenset("it they he she".split())  # noqa: SIM905 - reads better


class Implicit:
    """Reads the acts that the content of one sentence's frames makes."""

    def __init__(self, scene: Scene, found: Sequence[Frame], blame: Blame) -> None:
        self.scene, self.found, self.tree, self.keys, self.blame = scene, found, scene.tree, scene.tree.spoken, blame

    def cued(self, frame: Frame, kind: str) -> bool:
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

    def act(self, frame: Frame) -> Act | None:
        """The act that the content of a frame makes, of several the one nearest to its main word; or None."""
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
            to = self.blame.actor(own) if own is not None and modal and set(self.tree.codes(own)) & set("SOP") else None
            return kind, (), (to,) if to else ()
        if kind in OWN:
            return (kind, (), ()) if self._bound(frame, found, own) else None
        if kind == "speech-act/denies":
            return kind, (), ()
        if self._unreal(node):
            return None
        if kind not in HOSTILE:
            return kind, (), ()
        blamed = self.blame.behind_cue(found) if _points(found) else self.blame.doers(frame, node)
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
        who = self.blame.actor(node)
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
            or (self.keys[own] in PRONOUNS and self.blame.actor(own) is None)
            or (found.name == "speech-act/promises" and self.keys[found.start] in ("victory",))
            or self._mine(own, found)
        )

    def _his(self, node: int) -> bool:
        """Whether a possessive stands for nobody else than who speaks."""
        return self.keys[node] in ("its", "their", "our", "his", "her") and self.blame.actor(node) is None

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

    def _disputed(self, frame: Frame) -> Act | None:
        """What somebody is said to claim, in a word that leaves it open whether it is so."""
        claimed = frame.node >= 0 and frame.form == "verb" and self.keys[frame.node].startswith("claim") and not frame.source
        return Act(frame, "speech-act/claims") if claimed and self.tree.below(frame.node, "ccomp") else None

    def _suspected(self, frame: Frame) -> Act | None:
        """Alleged that X did it: an act told of another, in words that doubt it, accuses him."""
        if frame.node < 0 or not suspects(self.keys, frame):
            return None
        for clause in self.tree.below(frame.node, "ccomp"):
            subject = self._subject(clause)
            inside = {code for i in self.tree.within(clause) for code in self.tree.codes(i) if i != subject}
            passive = self.scene.clauses.of(clause).passive if self.tree.nodes[clause].verb else True
            who = self.blame.actor(subject) if subject is not None else None
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


PASSIVE: Final = frozenset("unpunished unanswered pay punished met legitimate regret gates".split())  # noqa: SIM905 - reads better
"""Words of a threat for which nobody need be named as doer."""


def _points(found: Found) -> bool:
    """Whether a cue points at what follows it."""
    return found.name in HOSTILE and found.points
