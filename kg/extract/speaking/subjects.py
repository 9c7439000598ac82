"""Whose verb of speech it is: the subject of the verb, also where it is shared, stands apart, or is hung elsewhere by the parse."""

from __future__ import annotations

from kg.extract.speaking.contents import Contents
from kg.extract.speaking.cues import verbs
from kg.extract.speaking.speakers import Speakers
from kg.extract.syntax.plain import NAMES
from kg.extract.syntax.scene import Scene


class Subjects:
    """Finds the nodes of those who speak by the verbs of one sentence."""

    def __init__(self, scene: Scene, speakers: Speakers, contents: Contents) -> None:
        self.scene, self.tree, self.keys = scene, scene.tree, scene.tree.spoken
        self.speakers, self.contents = speakers, contents

    def predicative(self, index: int) -> bool:
        """Whether a participle that hangs before a noun is a verb all the same: "and" and a mark stand before it, or its subject does."""
        joined = index > 1 and self.keys[index - 1] == "and" and self.keys[index - 2] == ","
        return joined or self._between_nouns(index)

    def _between_nouns(self, index: int) -> bool:
        """Whether a verb that is read as a participle stands between its subject and its object: the ministry blamed remnants of Y."""
        before, word = self.tree.nodes[index - 1] if index else self.tree.nodes[index], self.tree.nodes[index]
        return (
            before.index < index
            and before.relation == "compound"
            and before.head == word.head
            and before.tag in ("NN", "NNP", "NNS", "NNPS")
        )

    def of(self, v: int) -> tuple[tuple[int, ...], bool]:
        """The nodes of those who speak, and whether the verb is active."""
        tree = self.tree
        word = tree.nodes[v]
        passive = bool(tree.below(v, "aux:pass", "obl:agent") or (tree.below(v, "nsubj:pass") and not tree.below(v, "nsubj")))
        clause = self.scene.clauses.of(v)
        if passive:
            return tuple(clause.by("by")) or tuple(j for i in tree.below(v, "obl:agent") for j in tree.joined(i)), False
        finite = v > 0 and self.keys[v - 1] in (",", "”") and word.relation == "acl" and not clause.by("by")
        if (
            word.tag == "VBN"
            and word.relation in ("acl", "amod")
            and not finite
            and not self.contents.that(v)
            and not tree.below(v, "obj", "ccomp")
        ):
            return tuple(clause.by("by")), False
        found = self.scene.clauses.subjects(self.going_on(v))
        if len(tree.below(v, "nsubj", "nsubj:pass", "nsubj:outer", "csubj")) > 1:
            nearest = min(tree.below(v, "nsubj") or found, key=lambda i: abs(v - i))
            found = tree.joined(nearest)
        if not found and word.relation == "conj":
            relative = self._relative(v)
            found = self.scene.clauses.subjects(relative) if relative is not None and tree.below(relative, "nsubj") else ()
        if not found and word.relation == "amod":
            found = (word.head,)
        if word.relation == "amod" and self._between_nouns(v):
            found = (v - 1,)
        elif word.relation == "amod" and self.predicative(v):
            found = self._earlier_subject(v)
        if not found:
            found = self._shared_subject(v) or self._neighbour_subject(v) or self.set_apart(v)
        return tuple(self._true_subject(n) for n in found if n != v), True

    def _true_subject(self, n: int) -> int:
        """A subject; of one that a preposition leads, which a participle before it governs, the noun that the participle describes."""
        first = min(self.speakers.phrase(n))
        led = (
            first > 2
            and self.keys[first - 1] in ("with", "by", "to", "in", "from", "of", "for")
            and self.tree.nodes[first - 2].tag in ("VBN", "VBD")
        )
        return first - 3 if led and self.tree.nodes[first - 3].noun else n

    def going_on(self, v: int) -> int:
        """The verb of speech that a participle behind a comma goes on with (he accused X of lying, recalling …), else the verb itself."""
        if (
            self.tree.nodes[v].tag == "VBG"
            and self.tree.nodes[v].relation in ("advcl", "conj", "xcomp")
            and v
            and self.keys[v - 1] in (",", "and")
        ):
            for above in self.tree.above(v):
                if self.tree.nodes[above].tag in ("VBD", "VBZ", "VBP", "VBN") and verbs().at(self.keys, above) and above < v:
                    return above
        return v

    def _relative(self, v: int) -> int | None:
        """The verb of the relative clause in which a verb is coordinated: which it called criminal and blamed for …"""
        at = v
        while self.tree.nodes[at].relation in ("conj", "xcomp"):
            at = self.tree.nodes[at].head
        return at if self.tree.nodes[at].relation == "acl:relcl" and at != v else None

    def _earlier_subject(self, v: int) -> tuple[int, ...]:
        """The subject of the verb that the sentence began with, which a verb behind "and" shares."""
        for node in self.tree.nodes[:v]:
            if node.verb and self.tree.below(node.index, "nsubj"):
                return self.scene.clauses.subjects(node.index)
        return ()

    def _shared_subject(self, v: int) -> tuple[int, ...]:
        """The subject of an earlier verb of speech that "and" joins with this one, wherever the parse hangs it."""
        earlier = self.joined_to(v)
        return self.of(earlier)[0] if earlier is not None else ()

    def joined_to(self, v: int) -> int | None:
        """The finite verb of speech before this one, with which "and" or "but" joins it: denied that …, and announced …"""
        tree = self.tree
        at = v - 1
        while at > 0 and tree.nodes[at].tag == "RB":
            at -= 1
        if (
            self.keys[at] not in ("and", "but")
            or tree.nodes[v].tag not in ("VBD", "VBZ", "VBN")
            or tree.below(v, "nsubj", "nsubj:pass", "aux")
        ):
            return None
        for earlier in range(at - 1, -1, -1):
            if tree.nodes[earlier].tag in ("VBD", "VBZ") and verbs().at(self.keys, earlier) and not set(tree.codes(earlier)) & NAMES:
                return earlier if tree.nodes[v].tag in (tree.nodes[earlier].tag, "VBN") else None
        return None

    def set_apart(self, v: int) -> tuple[int, ...]:
        """A name that stands apart in front of the verb of its sentence: X, for Y, welcomed it."""
        tree = self.tree
        ahead = [n.index for n in tree.nodes[:v] if set(tree.codes(n.index)) & set("POS") and not tree.case(n.index)]
        if not ahead or tree.nodes[v].tag not in ("VBD", "VBZ", "VBP"):
            return ()
        name = tree.nodes[ahead[0]]
        return (
            (name.index,)
            if name.relation in ("vocative", "ROOT", "dislocated", "dep") and (name.head == v or tree.nodes[v].relation == "acl")
            else ()
        )

    def _neighbour_subject(self, v: int) -> tuple[int, ...]:
        """The name or source that stands right before the verb, where the parse gives it no subject."""
        at = v - 1
        while (
            at >= 0 and self.tree.nodes[at].relation in ("aux", "advmod") and self.tree.nodes[at].tag in ("VBZ", "VBD", "VBP", "RB", "MD")
        ):
            at -= 1
        if at < 0 or not set(self.tree.codes(at)) & set("POSZ") or self.tree.case(at):
            return ()
        return (at,) if self.tree.nodes[v].tag in ("VBD", "VBZ", "VBP", "VBN") else ()
