"""Who speaks in a sentence: frames that put words of it into somebody's mouth, read over the tree.

A frame is a verb or noun of speech with those who speak, the channels through which it came, and the words that are theirs.  What stands outside stays
with the outlet; where somebody speaks and we cannot say who, the words are unsettled and nothing is claimed of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.speaking.cues import Found, Phrases, phrases
from kg.extract.speaking.frame import FIRST, SAYS, STATING, Frame, Holder, References
from kg.extract.speaking.speakers import Speakers, document, nouns
from kg.extract.syntax.plain import NAMES
from kg.extract.syntax.scene import Scene
from kg.extract.syntax.tree import Tree
from kg.model import Mention

NOBODY: Final = frozenset(("nobody", "none", "nothing", "neither"))
"""Subjects by which a thing was not said."""

CONTENT: Final = frozenset(("ccomp", "xcomp", "parataxis"))
"""Relations by which a clause is what is said."""

PARTS: Final = frozenset(("ccomp", "xcomp", "parataxis", "obj", "obl", "nmod", "dep", "appos", "acl", "reparandum", "advmod", "csubj"))
"""Relations by which words after "that" still belong to what is said, though the parse hangs them on the verb itself."""


CHANNELLED: Final = frozenset(("speak", "speaks", "speaking", "talk", "talking", "told", "quoted", "cited", "citing", "reported"))
"""Words under which an outlet is the one through whom the words came."""


def frames(scene: Scene, refs: References, floor: Frame | None = None, held: Sequence[Holder] = ()) -> tuple[Frame, ...]:
    """The frames of a sentence.

    `floor` is the frame of another sentence whose quotation this one goes on with; `held` are those to whom the text gives an office by name,
    before or after, so that who is called by the office alone may be one of them.
    """
    found = list(_Reader(scene, refs, held).frames())
    if floor is not None:
        everything = frozenset(range(len(scene.tree.nodes)))
        found.append(Frame(-1, floor.act, floor.voices, everything, floor.channels, form="quotation", source=floor.source))
    return tuple(_first_person(frame, found) if frame.first else frame for frame in found)


def _first_person(frame: Frame, found: Sequence[Frame]) -> Frame:
    """The frame of "we condemn", with those who speak around it."""
    around = [f for f in found if f is not frame and frame.node in f.content and not f.first]
    inner = min(around, key=lambda f: len(f.content), default=None)
    return replace(frame, voices=inner.voices, channels=inner.channels, source=inner.source) if inner else frame


def verbs() -> Phrases:
    """The verbs of speech."""
    return phrases("verbCue", "speech-act/")


class _Reader(Speakers):
    """Reads the frames of one sentence."""

    def frames(self) -> Iterator[Frame]:
        taken: set[int] = set()
        for node in self.tree.nodes:
            index = node.index
            if index in taken or set(self.tree.codes(index)) & NAMES:
                continue
            if node.key == "according" and index + 1 < len(self.keys) and self.keys[index + 1] == "to":
                yield self._according(index)
                continue
            if node.tag.startswith("VB") or (node.relation in ("ROOT", "advcl", "conj", "parataxis") and self._like_verb(index)):
                found = verbs().at(self.keys, index)
                if found and not self._outlets_own(index) and (node.relation not in ("amod", "compound") or self._predicative(index)):
                    taken.update(found.words)
                    frame = self._verb(index, found.name, found.words)
                    if frame:
                        yield frame
            elif node.tag.startswith("NN"):
                found = nouns().at(self.keys, index)
                if found:
                    frame = self._noun(self._head(found), found.name, found.last)
                    if frame:
                        yield frame
        headline = self._headline()
        if headline:
            yield headline

    def _outlets_own(self, v: int) -> bool:
        """Whether the outlet itself speaks: it is worth noting that …, it should be recalled that …"""
        tree, word = self.tree, self.tree.nodes[v]
        above = tree.nodes[word.head]
        open_subject = not tree.below(v, "nsubj") and word.relation in ("csubj", "xcomp", "advcl", "ccomp", "acl")
        if open_subject and above.key in (
            "worth",
            "important",
            "notable",
            "noteworthy",
            "interesting",
            "necessary",
            "fair",
            "needless",
            "suffice",
        ):
            return True
        subject = [self.keys[i] for i in tree.below(v, "nsubj:pass", "expl")]
        return subject == ["it"] and any(self.keys[i] in ("should", "must", "may") for i in tree.below(v, "aux"))

    def _like_verb(self, index: int) -> bool:
        return bool(self.tree.below(index, "nsubj", "aux")) and not self.tree.below(index, "cop", "det")

    def _predicative(self, index: int) -> bool:
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

    # -- verbs ---------------------------------------------------------------------------------------------------------------

    def _verb(self, v: int, act: str, cue: tuple[int, ...]) -> Frame | None:
        tree = self.tree
        last = cue[-1]
        if (
            act == "speech-act/claims"
            and self.keys[v].startswith("claim")
            and not tree.below(v, "ccomp")
            and (any("K" in tree.codes(i) for i in tree.below(v, "obj")) or claimed(tree, v) is not None)
        ):
            act = "speech-act/claims-responsibility"
        who, active = self.subjects(v)
        first = bool(who) and all(tree.nodes[i].key in FIRST for i in who)
        following = next((w for w in range(last + 1, len(self.keys)) if verbs().at(self.keys, w) and self._joined_to(w) == v), None)
        content = {i for i in self._content(v, act, last) if following is None or i < following - 1 or i < v}
        start = min((i for n in who for i in self._phrase(n)), default=v)
        start = min(start, v)
        quoted = start > 0 and self._marked(start, QUOTED)
        before = (act in STATING or quoted) and not first and not any(i > v for i in content) and self._final(v, start, who)
        if before:
            content |= set(range(start)) | self._resumed(v)
        elif act in STATING and not content and not first and start > 1 and self._marked(start) and self._set_in(last):
            content, before = {i for i in range(len(self.keys)) if i < start or i > last + 1}, True
        own = {v, *cue, *(i for n in who for i in self._phrase(n) if n < v or not content)}
        content -= own
        goes_on = self.keys[v].startswith("continu") and bool(tree.below(v, "xcomp", "obj"))
        if act in SAYS and ((not content and active) or goes_on):
            return None
        voices, channels, source = self._voices(who)
        if not voices and finite_apposition(tree, v):
            voices, channels, source = self._voices(self._set_apart(v))
        bare = tree.nodes[v].tag == "VBG" and v > 0 and self.keys[v - 1] not in (",", "and")
        written = self._writers(v) if bare and act not in SAYS and tree.nodes[v].relation in ("advcl", "acl", "xcomp") else ()
        if written:
            voices, channels, source = self._voices(written)
        if (
            not voices
            and act == "speech-act/condemns"
            and last > v
            and tree.nodes[v].relation == "conj"
            and tree.nodes[tree.nodes[v].head].relation == "ccomp"
        ):
            voices, channels, source = self._voices(self.scene.clauses.subjects(tree.nodes[tree.nodes[v].head].head))
        if (
            not voices
            and (tree.nodes[v].tag == "VBG" or tree.nodes[v].relation == "acl:relcl")
            and tree.nodes[v].relation in ("acl", "advcl", "amod", "acl:relcl")
        ):
            voices, channels, source = self._voices(self._writers(v))
        if not active and not voices and not content:
            return None
        channels = (*channels, *self._channels(self._going_on(v), content, voices))
        if any(self.keys[i] in NOBODY or any(self.keys[d] == "no" for d in tree.below(i, "det")) for i in who):
            voices, channels = (), ()  # nobody said that: of its content nothing is claimed
        return Frame(v, act, voices, frozenset(content), channels, self._addressees(v, act), before, "verb", last, first, source)

    def subjects(self, v: int) -> tuple[tuple[int, ...], bool]:
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
            and not self._that(v)
            and not tree.below(v, "obj", "ccomp")
        ):
            return tuple(clause.by("by")), False
        found = self.scene.clauses.subjects(self._going_on(v))
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
        elif word.relation == "amod" and self._predicative(v):
            found = self._earlier_subject(v)
        if not found:
            found = self._shared_subject(v) or self._neighbour_subject(v) or self._set_apart(v)
        return tuple(self._true_subject(n) for n in found if n != v), True

    def _true_subject(self, n: int) -> int:
        """A subject; of one that a preposition leads, which a participle before it governs, the noun that the participle describes."""
        first = min(self._phrase(n))
        led = (
            first > 2
            and self.keys[first - 1] in ("with", "by", "to", "in", "from", "of", "for")
            and self.tree.nodes[first - 2].tag in ("VBN", "VBD")
        )
        return first - 3 if led and self.tree.nodes[first - 3].noun else n

    def _going_on(self, v: int) -> int:
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
        earlier = self._joined_to(v)
        return self.subjects(earlier)[0] if earlier is not None else ()

    def _joined_to(self, v: int) -> int | None:
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

    def _set_apart(self, v: int) -> tuple[int, ...]:
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

    def _channels(self, v: int, content: set[int], voices: tuple[Mention, ...]) -> Iterator[Mention]:
        """The outlets that the words were told to, or carried by: told X, speaking to X, in a post on X."""
        known = {who.words for who in voices}
        for node in self.tree.nodes:
            if node.index in content or "M" not in self.tree.codes(node.index) or node.relation in ("nsubj", "nsubj:pass"):
                continue
            if v in self.tree.above(node.index) or (node.index in (v + 1, v + 2) and self.keys[v] == "told"):
                mention = self.tree.item(node.index).mention()
                if mention.words not in known:
                    yield mention

    def _addressees(self, v: int, act: str) -> tuple[Mention, ...]:
        """Those to whom the words are said."""
        if act not in ("speech-act/demands", "speech-act/warns", "speech-act/threatens"):
            return ()
        clause = self.scene.clauses.of(v)
        nodes = (
            *clause.hearers,
            *(
                clause.undergoers
                if act != "speech-act/demands" or self.keys[v] not in ("demand", "demands", "demanded", "demanding")
                else ()
            ),
        )
        if act == "speech-act/demands" and self.keys[v].startswith("call"):
            nodes = clause.by("on", "upon")
        found = [
            self.refs.actor(self.scene, n) for n in nodes if set(self.tree.codes(n)) & set("POSUAG") or self.tree.nodes[n].tag == "PRP"
        ]
        return tuple(who for who in found if who)

    # -- what is said ------------------------------------------------------------------------------------------------------------

    def _content(self, v: int, act: str, last: int) -> Iterator[int]:
        """The words after (or, where the tree says so, before) the verb that are the speaker's."""
        tree = self.tree
        for child in tree.below(v, *CONTENT):
            if not self._speaking_to(child):
                yield from tree.within(child)
        if act in ("speech-act/accuses", "speech-act/blames"):
            opening = next((i for i in range(last + 1, len(self.keys)) if self.keys[i] in ("of", "for") and self._charging(v, i)), None)
            if opening is not None:
                yield from self._following(v, opening + 1, wide=True)
        if act == "speech-act/claims-responsibility":
            for child in tree.below(v, "obj"):
                if "K" in tree.codes(child):
                    yield from tree.within(child)
        if act in ("speech-act/demands", "speech-act/denies", "speech-act/promises", "speech-act/threatens"):
            for child in tree.below(v, "obj", "obl", "advcl"):
                if child > last and not tree.item(child).time and (tree.nodes[child].relation != "obl" or last > v):
                    yield from tree.within(child)
        if act in SAYS:
            for child in tree.below(v, "obj"):
                if any(self._that(i) or tree.below(i, "mark") for i in tree.below(child, "acl")):
                    yield from (i for clause in tree.below(child, "acl") for i in tree.within(clause))
        if act in STATING or act in (
            "speech-act/threatens",
            "speech-act/promises",
            "speech-act/denies",
            "speech-act/accuses",
            "speech-act/demands",
        ):
            opening = self._that(last)
            if opening:
                yield from self._following(v, opening)

    def _charging(self, v: int, at: int) -> bool:
        """Whether "of" or "for" opens what somebody is accused of: it hangs on the verb, or on the name of the accused."""
        tree = self.tree
        head = tree.nodes[tree.nodes[at].head]
        return v in tree.above(at) and (head.head == v or bool(set(tree.codes(head.head)) & set("POSU")) or head.index == v)

    def _that(self, last: int) -> int | None:
        """The first node of the words behind "that", a colon or an opening quotation mark after a verb, or None."""
        for at in range(last + 1, min(last + 10, len(self.keys))):
            node = self.tree.nodes[at]
            item = node.item
            marks = [self.scene.line.items[i].words for i in range(self.tree.nodes[at - 1].item + 1, item + 1)]
            if node.key == "that" and at + 1 < len(self.keys):
                return at + 1 if node.relation == "mark" or node.tag == "IN" or at == last + 1 else None
            if ":" in marks or node.key == ":":
                return at + (node.key == ":")
            if "“" in marks and at <= last + 2:
                return at
            if node.verb or node.key in (",", ";", ".", "and", "but"):
                return None
        return None

    def _following(self, v: int, start: int, wide: bool = False) -> Iterator[int]:
        """The words from a place on that belong to what the verb says; `wide`: gerunds that hang on it too."""
        tree = self.tree
        end = next(
            (
                i
                for i in range(start, len(self.keys) - 1)
                if (self.keys[i] == ";" or (self.keys[i] == "according" and self.keys[i + 1] == "to"))
            ),
            len(tree.nodes),
        )
        noun = tree.nodes[tree.nodes[v].head]
        main = noun.head if tree.nodes[v].relation in ("acl", "acl:relcl") and noun.head > v else None  # X, accused of Y, was killed
        for at in range(start, end):
            way = self._way(v, at)
            if way is None and main is not None and (at == main or main in tree.above(at)):
                continue
            gerund = wide and way is not None and tree.nodes[way].tag in ("VBG", "VBN") and not self._conjoined(way)
            if way is None or tree.nodes[way].relation in PARTS or gerund:
                if way is None and self._parted(v, at):
                    continue
                if way is not None and self._speaking_to(way):
                    continue
                yield at
            elif tree.nodes[way].relation == "conj" and any(tree.nodes[i].key == "that" for i in tree.below(way, "mark")):
                yield at

    def _conjoined(self, way: int) -> bool:
        """Whether a participle is a verb of speech of its own beside the verb."""
        return verbs().at(self.keys, way) is not None and self.tree.nodes[way].relation in ("conj", "advcl") and not self.tree.case(way)

    def _way(self, v: int, n: int) -> int | None:
        """The dependent of a verb through which a node hangs on it, or None."""
        child = n
        for above in self.tree.above(n):
            if above == v:
                return child
            child = above
        return None

    def _parted(self, v: int, n: int) -> bool:
        """Whether a node that does not hang on the verb stands in a clause beside the verb's own: … said that A, but B."""
        path = [n, *self.tree.above(n)]
        top = [v, *self.tree.above(v)]
        joint = next((i for i in path if i in top), None)
        if joint is None or joint > v:
            return False
        before = path[path.index(joint) - 1] if path.index(joint) else joint
        return before > v and self.tree.nodes[before].relation in ("conj", "advcl", "parataxis") and bool(self.tree.below(before, "nsubj"))

    def _speaking_to(self, n: int) -> bool:
        """Whether a participle tells to whom or when the words were said."""
        return self.keys[n] in ("speaking", "talking", "referring", "citing", "quoting", "addressing")

    def _final(self, v: int, start: int, who: Sequence[int]) -> bool:
        """Whether a frame stands behind the words: a mark parts it from a clause before that is no side clause."""
        tree = self.tree
        if start < 2 or (who and max(who) > v and not self._marked(v)):
            return False
        if not self._marked(start) or any(not tree.item(i).time for i in tree.below(v, "obj") if i > v and "M" not in tree.codes(i)):
            return False
        tops = [n for n in tree.nodes[:start] if n.head >= start or n.head == n.index]
        clauses = [n for n in tops if n.verb or tree.below(n.index, "cop", "nsubj", "nsubj:pass")]
        quoted = any(item.words in ("”", '"') for item in self.scene.line.items[: tree.nodes[start].item])
        if quoted:
            return True
        return any(not self._side(n.index) for n in clauses)

    def _side(self, n: int) -> bool:
        """Whether a clause is one of the side: it begins with a conjunction or is a bare participle."""
        tree = self.tree
        marked = any(tree.nodes[i].key in SIDE for i in tree.below(n, "mark", "advmod", "case"))
        bare = tree.nodes[n].tag in ("VBG", "VBN") and not tree.below(n, "nsubj", "nsubj:pass", "aux", "aux:pass")
        return marked or bare

    def _marked(self, start: int, marks: Sequence[str] = ()) -> bool:
        """Whether a comma or closing quotation mark stands right before a node's phrase, titles and articles passed over."""
        items, at = self.scene.line.items, self.tree.nodes[start].item - 1
        while at >= 0 and (
            self.tree.node(at) is None and items[at].words not in QUOTED and items[at].words != "," and items[at].key not in (".", ";", ":")
        ):
            at -= 1
        return at >= 0 and items[at].words in (marks or (*QUOTED, ","))

    def _set_in(self, last: int) -> bool:
        """Whether a frame stands between commas within a sentence that goes on to its main verb: if …, he added, the ships will …"""
        return (
            last + 1 < len(self.keys)
            and self.keys[last + 1] == ","
            and any(n.verb and n.head == n.index for n in self.tree.nodes[last + 1 :])
        )

    def _resumed(self, v: int) -> set[int]:
        """The words that go on behind a frame set between commas: the strike, X said, hit a house."""
        tree, word = self.tree, self.tree.nodes[v]
        if word.relation != "parataxis" or v + 1 >= len(tree.nodes) or tree.nodes[v + 1].key != ",":
            return set()
        own = set(tree.within(v))
        return {i for i in tree.within(word.head) if i > v and i not in own}

    # -- nouns -----------------------------------------------------------------------------------------------------------------

    def _noun(self, n: int, act: str, last: int) -> Frame | None:
        tree = self.tree
        clause = self.scene.clauses.of(n)
        who = tuple(dict.fromkeys((*clause.by("by", "from"), *(i for i in clause.doers if i < n and i not in clause.by("by", "from")))))
        if act not in SAYS:
            who = (*who, *self._as_well(who))
        content: set[int] = set()
        that = [
            c for c in tree.below(n, "acl", "acl:relcl", "ccomp", "appos") if any(self.keys[i] == "that" for i in tree.below(c, "mark"))
        ]
        for child in (*tree.below(n, "acl", "nmod", "advcl", "obl", "ccomp", "appos"), *that):
            if child > n and (
                tree.nodes[child].relation in ("acl", "acl:relcl", "advcl", "ccomp")
                or (act not in (*SAYS, "speech-act/claims-responsibility") and tree.case(child) in ("for", "to", "of"))
            ):
                content.update(tree.within(child))
        if act in SAYS and (not that or self._said_in(n)):
            return None
        content -= {i for w in who for i in self._phrase(w)}
        if not content and all(tree.nodes[w].tag == "PRP$" for w in who):
            return None  # his pledge: one told before
        voices, channels, source = self._voices(who)
        return Frame(n, act, voices, frozenset(content), channels, (), False, "noun", last, False, source)

    def _head(self, found: Found) -> int:
        """The noun of a phrase that its other words hang on: note in protest note, claim in claim of responsibility."""
        inside = [i for i in found.words if self.tree.nodes[i].tag.startswith("NN")]
        return next((i for i in inside if self.tree.nodes[i].head not in found.words), found.start)

    def _said_in(self, n: int) -> bool:
        """Whether a noun only tells in what something was said, of which the verb tells who said it: said in a statement that …"""
        above = self.tree.nodes[n].head
        verb = verbs().at(self.keys, above) if self.tree.nodes[above].verb else None
        return verb is not None and verb.name in STATING

    def _as_well(self, who: Sequence[int]) -> Iterator[int]:
        """The names that "as well as" adds behind those who speak, wherever the parse hangs them."""
        if who:
            for node in self.tree.nodes[max(who) :]:
                if self.tree.case(node.index) == "as well as" or (
                    node.key == "as"
                    and self.keys[node.index : node.index + 3] == ["as", "well", "as"]
                    and self.tree.nodes[node.head].index not in who
                ):
                    head = node.index if self.tree.case(node.index) == "as well as" else node.head
                    yield from (i for i in self.tree.joined(head) if i > max(who))

    # -- others ------------------------------------------------------------------------------------------------------------------

    def _according(self, index: int) -> Frame:
        """According to X: all of the sentence but the phrase itself is X's; words of X's statement are X's."""
        tree = self.tree
        head = tree.nodes[index].head
        own = {i for i in self._phrase(head) if i >= index} | set(range(index, min(head, len(tree.nodes)) + 1))
        voices, channels, source = self._voices((head,))
        if not voices and document(tree, head):
            voices, channels, source = self._voices(self._owners(head))
        channels = (*channels, *self._channels(head, set(), voices))
        return Frame(
            index,
            "speech-act/says",
            voices,
            frozenset(range(len(tree.nodes))) - own,
            channels,
            before=index > 0,
            form="according",
            last=head,
            source=source,
        )

    def _headline(self) -> Frame | None:
        """A headline that names its source at its end: … take part: agency."""
        tree, items = self.tree, self.scene.line.items
        if len(items) < 4 or items[-2].words != ":" or not set(items[-1].codes) & set("OSMPZ"):
            return None
        node = tree.node(len(items) - 1)
        voices, channels, source = self._voices((node,)) if node is not None else ((), (), False)
        content = frozenset(n.index for n in tree.nodes if n.item < len(items) - 2)
        return Frame(-1, "speech-act/says", voices, content, channels, before=True, form="headline", source=source)


SIDE: Final = frozenset(
    ("after", "when", "while", "as", "although", "though", "since", "because", "before", "if", "once", "until", "despite", "by", "in")
)
"""Words that open a side clause."""


QUOTED: Final = ("”", '"', "’", "'")
"""Closing quotation marks."""


def claimed(tree: Tree, v: int) -> int | None:
    """What a form of "claim" says was claimed by somebody, in front of it: the attack was claimed by X; an attack claimed by X, that X claimed."""
    word = tree.nodes[v]
    if tree.below(v, "nsubj:pass") and tree.below(v, "obl:agent"):
        (node, *_) = tree.below(v, "nsubj:pass")
        fits = tree.nodes[node].key in CLAIMED or "K" in tree.codes(node)
        fits = fits or (word.relation == "acl:relcl" and tree.nodes[node].tag.startswith("W") and "K" in tree.codes(word.head))
        if tree.nodes[node].tag.startswith("W"):
            node = word.head
    elif word.relation in ("acl", "acl:relcl"):
        object_like = any(tree.nodes[i].tag.startswith("W") for i in tree.below(v, "obj", "obl"))
        node, fits = word.head, "K" in tree.codes(word.head) and (object_like or bool(tree.below(v, "obl:agent")))
    else:
        return None
    return node if fits and not any(tree.nodes[i].key == "no" for i in tree.below(node, "det")) else None


CLAIMED: Final = ("responsibility", "credit", "it", "they", "both", "all", "these")
"""What is claimed by somebody, beside acts themselves."""


def finite_apposition(tree: Tree, v: int) -> bool:
    """Whether the parse takes a finite verb behind a comma for a participle."""
    return v > 0 and tree.nodes[v].relation == "acl" and tree.nodes[v].tag in ("VBD", "VBZ") and tree.nodes[v - 1].key == ","
