"""What is said: the words that a verb of speech puts into somebody's mouth, behind it or before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.speaking.cues import verbs
from kg.extract.speaking.frame import SAYS, STATING
from kg.extract.syntax.scene import Scene

CONTENT: Final = frozenset(("ccomp", "xcomp", "parataxis"))
"""Relations by which a clause is what is said."""

PARTS: Final = frozenset(("ccomp", "xcomp", "parataxis", "obj", "obl", "nmod", "dep", "appos", "acl", "reparandum", "advmod", "csubj"))
"""Relations by which words after "that" still belong to what is said, though the parse hangs them on the verb itself."""


class Contents:
    """Finds the words of one sentence that verbs of speech put into somebody's mouth."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.tree, self.keys = scene, scene.tree, scene.tree.spoken

    def of(self, v: int, act: str, last: int) -> Iterator[int]:
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
                if any(self.that(i) or tree.below(i, "mark") for i in tree.below(child, "acl")):
                    yield from (i for clause in tree.below(child, "acl") for i in tree.within(clause))
        if act in STATING or act in (
            "speech-act/threatens",
            "speech-act/promises",
            "speech-act/denies",
            "speech-act/accuses",
            "speech-act/demands",
        ):
            opening = self.that(last)
            if opening:
                yield from self._following(v, opening)

    def _charging(self, v: int, at: int) -> bool:
        """Whether "of" or "for" opens what somebody is accused of: it hangs on the verb, or on the name of the accused."""
        tree = self.tree
        head = tree.nodes[tree.nodes[at].head]
        return v in tree.above(at) and (head.head == v or bool(set(tree.codes(head.head)) & set("POSU")) or head.index == v)

    def that(self, last: int) -> int | None:
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

    def final(self, v: int, start: int, who: Sequence[int]) -> bool:
        """Whether a frame stands behind the words: a mark parts it from a clause before that is no side clause."""
        tree = self.tree
        if start < 2 or (who and max(who) > v and not self.marked(v)):
            return False
        if not self.marked(start) or any(not tree.item(i).time for i in tree.below(v, "obj") if i > v and "M" not in tree.codes(i)):
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

    def marked(self, start: int, marks: Sequence[str] = ()) -> bool:
        """Whether a comma or closing quotation mark stands right before a node's phrase, titles and articles passed over."""
        items, at = self.scene.line.items, self.tree.nodes[start].item - 1
        while at >= 0 and (
            self.tree.node(at) is None and items[at].words not in QUOTED and items[at].words != "," and items[at].key not in (".", ";", ":")
        ):
            at -= 1
        return at >= 0 and items[at].words in (marks or (*QUOTED, ","))

    def set_in(self, last: int) -> bool:
        """Whether a frame stands between commas within a sentence that goes on to its main verb: if …, he added, the ships will …"""
        return (
            last + 1 < len(self.keys)
            and self.keys[last + 1] == ","
            and any(n.verb and n.head == n.index for n in self.tree.nodes[last + 1 :])
        )

    def resumed(self, v: int) -> set[int]:
        """The words that go on behind a frame set between commas: the strike, X said, hit a house."""
        tree, word = self.tree, self.tree.nodes[v]
        if word.relation != "parataxis" or v + 1 >= len(tree.nodes) or tree.nodes[v + 1].key != ",":
            return set()
        own = set(tree.within(v))
        return {i for i in tree.within(word.head) if i > v and i not in own}


SIDE: Final = frozenset(
    ("after", "when", "while", "as", "although", "though", "since", "because", "before", "if", "once", "until", "despite", "by", "in")
)
"""Words that open a side clause."""

QUOTED: Final = ("”", '"', "’", "'")
"""Closing quotation marks."""
