"""Who speaks: the actor, outlet or described person that the phrase beside a word of speech stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.bodies.offices import positions
from kg.extract.speaking.cues import nouns
from kg.extract.speaking.frame import SAYS, Holder, References
from kg.extract.syntax.scene import Scene
from kg.extract.syntax.tree import Tree
from kg.model import Mention, Span

CLAUSAL: Final = frozenset(("acl", "acl:relcl", "advcl", "appos", "parataxis", "conj", "cc", "punct", "dep", "ccomp"))
"""Relations that lead out of a speaker's own phrase."""


ISSUED: Final = frozenset(
    [
        "passed",
        "passes",
        "adopted",
        "adopts",
        "approved",
        "issued",
        "issues",
        "released",
        "sent",
        "published",
        "signed",
        "endorsed",
        "drafted",
        "submitted",
        "delivered",
    ]
)
"""Verbs by which a text becomes somebody's."""


OUTLETS: Final = frozenset(
    [
        "media",
        "outlet",
        "outlets",
        "newspaper",
        "newspapers",
        "channel",
        "channels",
        "broadcaster",
        "television",
        "website",
        "websites",
        "agency",
        "reporters",
        "journalists",
    ]
)
"""Kinds of outlets: they report, and whoever they are close to does not speak through them."""


REPORTING: Final = frozenset(
    [
        "resolution",
        "letter",
        "post",
        "speech",
        "interview",
        "count",
        "tally",
        "figures",
        "data",
        "estimate",
        "estimates",
        "statistics",
        "toll",
    ]
)
"""Further nouns for what is said or written."""


def document(tree: Tree, node: int) -> bool:
    """Whether a noun is something said or written, whose owner speaks through it: a statement, a report."""
    found = next((f for i in (node, *tree.below(node, "compound")) if (f := nouns().at(tree.spoken, i)) and f.last >= node), None)
    return (found is not None and found.name in SAYS) or tree.nodes[node].key in REPORTING


class Speakers:
    """Finds who speaks in one sentence: the actor, outlet or described person that a phrase stands for."""

    def __init__(self, scene: Scene, refs: References, held: Sequence[Holder] = ()) -> None:
        self.scene, self.refs, self.tree, self.held = scene, refs, scene.tree, held
        self.keys = scene.tree.spoken

    def phrase(self, n: int) -> Iterator[int]:
        """A speaker's own phrase, without clauses that hang on it."""
        yield n
        for child in self.tree.below(n):
            if self.tree.nodes[child].relation not in CLAUSAL:
                yield from self.phrase(child)

    def voices(self, who: Iterable[int]) -> tuple[tuple[Mention, ...], tuple[Mention, ...], bool]:
        """Those who speak, the channel that owns them, and whether they are only a source or an outlet."""
        voices: list[Mention] = []
        channels: list[Mention] = []
        source = False
        for node in who:
            made = self.voice(node)
            if made and all(made.words != other.words for other in voices):
                voices.append(made)
                source = (
                    source or bool(set(self.tree.codes(node)) & set("ZM")) or self._outlet(node) is not None or self.keys[node] in OUTLETS
                )
                outlet = self._outlet(node)
                if outlet and outlet.words != made.words:
                    channels.append(outlet)
        return tuple(voices), tuple(channels), source

    def voice(self, node: int) -> Mention | None:
        """The actor that a phrase stands for; of a statement or report the one whose it is."""
        codes = set(self.tree.codes(node))
        if "M" in codes:
            return self.tree.item(node).mention()
        named = self._apposed(node) if "R" in codes and not codes & set("PU") else None
        if named is not None:
            return self.refs.actor(self.scene, named) or self.tree.item(named).mention()
        if (codes & set("RZ") and self._outlet(node)) or self.keys[node] in OUTLETS:
            return self._describing(node)
        if document(self.tree, node) and not codes & set("POSU"):
            owners = self.owners(node)
            return self.voice(owners[0]) if owners else None
        return self.refs.actor(self.scene, node) or self._officer(node) or self._somebody(node)

    def _somebody(self, node: int) -> Mention | None:
        """Somebody who is only described: activists, a doctor, the health ministry in X.  "The group" speaks of a body named before, or of none.

        His words are reported as his; an act of his own is not told, for whose act it was nobody could say (`known`).
        """
        tree, word = self.tree, self.tree.nodes[node]
        beside = (
            *tree.below(node, "appos"),
            *(j for i in tree.below(node, "nmod") for j in tree.below(i, "appos") if tree.codes(i).strip("LBTS") == ""),
        )
        named = next((i for i in beside if set(tree.codes(i)) & set("OU")), None)
        if named is not None and word.tag == "NN":
            return tree.item(named).mention()
        if word.tag not in ("NN", "NNS") or set(tree.codes(node)) & set("KWQIVH"):
            return None
        if self._refers(node) and not tree.below(node, "compound", "nmod"):
            return None
        told = any(tree.nodes[i].relation in ("compound", "amod", "nmod", "nmod:poss") for i in tree.below(node))
        indefinite = any(tree.nodes[i].key in ("a", "an", "one", "some") for i in tree.below(node, "det"))
        described = self._describing(node) if told or indefinite or (word.tag == "NNS" and not tree.below(node, "det")) else None
        return replace(described, kind=None) if described else None

    def _refers(self, node: int) -> bool:
        refers = getattr(self.refs, "refers", None)
        return bool(refers(self.scene, node)) if refers else False

    def _apposed(self, node: int) -> int | None:
        """The name in commas behind an office: the spokesman of Y, X."""
        tree = self.tree
        for holder in (node, *(i for i in tree.below(node, "nmod") if i > node)):
            for other in tree.below(holder, "appos", "flat", "nmod:desc"):
                if set(tree.codes(other)) & set("PU") and other > node and self.keys[other - 1] == ",":
                    return other
        return None

    def _officer(self, node: int) -> Mention | None:
        """Somebody known by his office alone, with the body that it is held in: a Pentagon spokesman, Lebanon's foreign minister.  The
        one whom the text names as holder of that office, anywhere; None where it names others who may be meant."""
        tree = self.tree
        wanted = positions(tree.item(node)) if "R" in tree.codes(node) else frozenset()
        bodies = [i for i in tree.below(node, "compound", "amod", "nmod:poss", "nmod") if set(tree.codes(i)) & set("AOS")]
        if not wanted or not bodies or set(tree.codes(node)) & set("POSU"):
            return None
        senses = {sense for i in bodies for entry in tree.item(i).entries for sense in entry.senses}
        same = [holder for holder in self.held if holder.positions & wanted]
        here = {holder.person.senses or (holder.person.words,) for holder in same if holder.bodies & senses}
        known = any(self.keys[i] in ("the", "its", "their") for i in tree.below(node, "det")) or bool(tree.below(node, "nmod:poss"))
        if known and len(here) == 1:
            person = next(holder.person for holder in same if holder.bodies & senses)
            return replace(person, words=tree.item(node).words, span=tree.item(node).span) if person.senses else person
        return None if same else self.scene.phrases.described(node, "UnidentifiedActor")

    def writers(self, v: int) -> tuple[int, ...]:
        """Whose the text is that a participle tells of, where a word parts the two: a resolution by X in May demanding …"""
        head = self.tree.nodes[v].head
        start = head if self.tree.nodes[v].relation == "acl" else max(0, v - 10)
        if self.tree.nodes[v].relation == "acl:relcl" and not (self.tree.item(head).time or document(self.tree, head)):
            return ()
        for node in reversed(range(start, v)):
            if document(self.tree, node):
                return self.owners(node)
        return ()

    def owners(self, node: int) -> tuple[int, ...]:
        """Whose a noun is: its possessor, or what stands under by, from and of."""
        tree = self.tree
        clause = self.scene.clauses.of(node) if not tree.nodes[node].verb else None
        by = clause.by("by", "from") if clause else ()
        if self.keys[node].startswith(("report", "dispatch", "footage")):  # a report from Beirut is nobody's
            by = tuple(i for i in by if tree.case(i) != "from" or "L" not in tree.codes(i))
        passed = [
            i
            for i in tree.below(node, "acl:relcl")
            if tree.below(i, "obj") and all(self.keys[o] in ("that", "which") for o in tree.below(i, "obj"))
        ]
        by = (*by, *(subject for verb in passed for subject in tree.below(verb, "nsubj")))
        head = tree.nodes[node].head
        if tree.nodes[node].relation == "obj" and self.keys[head] in ISSUED:
            by = (*by, *self.scene.clauses.subjects(head))
        return (*by, *(j for i in tree.below(node, "nmod:poss") for j in tree.joined(i)), *(clause.by("of") if clause else ()))

    def _describing(self, node: int) -> Mention | None:
        """An outlet or its man as he is described, with the words that tell whose they are."""
        made = self.scene.phrases.described(node, "UnidentifiedActor")
        further = [
            i
            for clause in self.tree.below(node, "acl", "acl:relcl", "advcl", "nmod", "amod")
            for i in self.tree.within(clause)
            if node < i <= node + 5
        ]
        end = max((self.tree.item(i).span.end for i in further), default=made.span.end)
        span = Span(made.span.start, max(end, made.span.end))
        words = self.scene.line.text[span.start - self.scene.line.span.start : span.end - self.scene.line.span.start]
        return Mention(words, span, description=True, kind="UnidentifiedActor")

    def _outlet(self, node: int) -> Mention | None:
        """The outlet whose source or correspondent somebody is."""
        for child in self.tree.below(node, "nmod:poss", "compound", "nmod"):
            if "M" in self.tree.codes(child):
                return self.tree.item(child).mention()
        return None
