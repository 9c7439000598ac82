"""Who speaks in a sentence: frames that put words of it into somebody's mouth, read over the tree.

A frame is a verb or noun of speech with those who speak, the channels through which it came, and the words that are theirs.  What stands outside stays
with the outlet; where somebody speaks and we cannot say who, the words are unsettled and nothing is claimed of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.speaking.contents import QUOTED, Contents
from kg.extract.speaking.cues import Found, nouns, verbs
from kg.extract.speaking.frame import FIRST, SAYS, STATING, Frame, Holder, References
from kg.extract.speaking.speakers import Speakers, document
from kg.extract.speaking.subjects import Subjects
from kg.extract.syntax.plain import NAMES
from kg.extract.syntax.scene import Scene
from kg.extract.syntax.tree import Tree
from kg.model import Mention

NOBODY: Final = frozenset(("nobody", "none", "nothing", "neither"))
"""Subjects by which a thing was not said."""


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


class _Reader:
    """Reads the frames of one sentence."""

    def __init__(self, scene: Scene, refs: References, held: Sequence[Holder] = ()) -> None:
        self.scene, self.refs, self.tree, self.keys = scene, refs, scene.tree, scene.tree.spoken
        self.speakers, self.contents = Speakers(scene, refs, held), Contents(scene)
        self.subjects = Subjects(scene, self.speakers, self.contents)

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
                if (
                    found
                    and not self._outlets_own(index)
                    and (node.relation not in ("amod", "compound") or self.subjects.predicative(index))
                ):
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
        who, active = self.subjects.of(v)
        first = bool(who) and all(tree.nodes[i].key in FIRST for i in who)
        following = next((w for w in range(last + 1, len(self.keys)) if verbs().at(self.keys, w) and self.subjects.joined_to(w) == v), None)
        content = {i for i in self.contents.of(v, act, last) if following is None or i < following - 1 or i < v}
        start = min((i for n in who for i in self.speakers.phrase(n)), default=v)
        start = min(start, v)
        quoted = start > 0 and self.contents.marked(start, QUOTED)
        before = (act in STATING or quoted) and not first and not any(i > v for i in content) and self.contents.final(v, start, who)
        if before:
            content |= set(range(start)) | self.contents.resumed(v)
        elif act in STATING and not content and not first and start > 1 and self.contents.marked(start) and self.contents.set_in(last):
            content, before = {i for i in range(len(self.keys)) if i < start or i > last + 1}, True
        own = {v, *cue, *(i for n in who for i in self.speakers.phrase(n) if n < v or not content)}
        content -= own
        goes_on = self.keys[v].startswith("continu") and bool(tree.below(v, "xcomp", "obj"))
        if act in SAYS and ((not content and active) or goes_on):
            return None
        voices, channels, source = self.speakers.voices(who)
        if not voices and finite_apposition(tree, v):
            voices, channels, source = self.speakers.voices(self.subjects.set_apart(v))
        bare = tree.nodes[v].tag == "VBG" and v > 0 and self.keys[v - 1] not in (",", "and")
        written = self.speakers.writers(v) if bare and act not in SAYS and tree.nodes[v].relation in ("advcl", "acl", "xcomp") else ()
        if written:
            voices, channels, source = self.speakers.voices(written)
        if (
            not voices
            and act == "speech-act/condemns"
            and last > v
            and tree.nodes[v].relation == "conj"
            and tree.nodes[tree.nodes[v].head].relation == "ccomp"
        ):
            voices, channels, source = self.speakers.voices(self.scene.clauses.subjects(tree.nodes[tree.nodes[v].head].head))
        if (
            not voices
            and (tree.nodes[v].tag == "VBG" or tree.nodes[v].relation == "acl:relcl")
            and tree.nodes[v].relation in ("acl", "advcl", "amod", "acl:relcl")
        ):
            voices, channels, source = self.speakers.voices(self.speakers.writers(v))
        if not active and not voices and not content:
            return None
        channels = (*channels, *self._channels(self.subjects.going_on(v), content, voices))
        if any(self.keys[i] in NOBODY or any(self.keys[d] == "no" for d in tree.below(i, "det")) for i in who):
            voices, channels = (), ()  # nobody said that: of its content nothing is claimed
        return Frame(v, act, voices, frozenset(content), channels, self._addressees(v, act), before, "verb", last, first, source)

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
        content -= {i for w in who for i in self.speakers.phrase(w)}
        if not content and all(tree.nodes[w].tag == "PRP$" for w in who):
            return None  # his pledge: one told before
        voices, channels, source = self.speakers.voices(who)
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

    def _according(self, index: int) -> Frame:
        """According to X: all of the sentence but the phrase itself is X's; words of X's statement are X's."""
        tree = self.tree
        head = tree.nodes[index].head
        own = {i for i in self.speakers.phrase(head) if i >= index} | set(range(index, min(head, len(tree.nodes)) + 1))
        voices, channels, source = self.speakers.voices((head,))
        if not voices and document(tree, head):
            voices, channels, source = self.speakers.voices(self.speakers.owners(head))
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
        voices, channels, source = self.speakers.voices((node,)) if node is not None else ((), (), False)
        content = frozenset(n.index for n in tree.nodes if n.item < len(items) - 2)
        return Frame(-1, "speech-act/says", voices, content, channels, before=True, form="headline", source=source)


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
