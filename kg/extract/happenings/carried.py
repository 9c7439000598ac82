"""The nouns of events and what brings them about: agreed to a truce, a truce took effect, the passage of a resolution.

A noun such as "truce" tells nothing by itself: it may be called for, broken, or hoped for.  It tells of an event where a verb or noun carries it that
says that the event came about.  Which do stands in the ontology, kind by kind: `makingCue`, `beginningCue`, `brokeringCue`, `nominalCue`, `sufferingCue`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.syntax.contexts import ASSERTED, FACTUAL, local
from kg.extract.syntax.scene import Scene
from kg.extract.syntax.tree import Tree
from kg.terms import Vocabulary

ARGUMENTS: Final = ("obj", "obl", "xcomp", "ccomp", "nsubj:pass", "nsubj", "iobj", "obl:unmarked", "obl:agent")
"""Relations by which a noun hangs on the verb that carries it; the parser gives `xcomp` and `ccomp` to some objects."""

FIRM: Final = frozenset(("", "after", "before", "by", "since", "while", "when", "as", "upon", "on", "following", "despite", "and"))
"""What may stand before a form in -ing that tells what was done: after signing; not: without signing, hopes of signing."""

AHEAD: Final = frozenset(("for", "towards", "toward", "pending", "without", "ahead of", "until", "against"))
"""Prepositions under which what comes about has not yet, or not at all."""

DEFINITE: Final = frozenset(("the", "that", "this", "these", "those"))


@dataclass(frozen=True, slots=True)
class Carrier:
    """What carries an event's noun: its node, the cue's sort (making, beginning, brokering, nominal, suffering, announcing), and who does it."""

    node: int
    way: str
    doers: tuple[int, ...] = ()


Cues = Mapping[str, tuple[tuple[str, ...], ...]]
"""The fixed words behind a verb form or noun, by that form."""


@cache
def cues(words: Vocabulary, way: str, kind: str) -> Cues:
    """The cues of one sort for a kind of event."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for cue in words.cues(f"{way}Cue", kind):
        if cue.name == kind:
            first, *rest = cue.words.split()
            found[first].append(tuple(rest))
    return {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in found.items()}


def carriers(scene: Scene, noun: int, words: Vocabulary, kind: str) -> Iterator[Carrier]:
    """What brings the event of a noun about, as a fact: each verb or noun that does."""
    tree = scene.tree
    real = scene.context(noun).real
    definite = any(tree.nodes[i].key in DEFINITE for i in tree.below(noun, "det"))
    for governor, own in governors(tree, noun):
        known = (
            definite and own == noun and tree.nodes[governor].head == noun
        )  # the truce that they signed was signed, whatever is said of it
        if not (local(tree, governor) == ASSERTED if known else real and firm(scene, governor)):
            continue
        clause = scene.clauses.of(governor)
        key, doers = tree.nodes[governor].key, tuple(i for i in clause.doers if i not in (noun, own))
        undergoes = noun in clause.undergoers or own in clause.undergoers
        object_like = undergoes or (not tree.case(own) and tree.nodes[own].relation in ("obj", "xcomp", "ccomp"))
        over = (
            bool(tree.below(governor, "cop"))
            and own in tree.below(governor, "nsubj")
            and "J" not in "".join(tree.codes(i) for i in tree.below(governor, "advmod"))
        )  # the mission is over; not: is nearly over
        subject = (not clause.passive and (noun in clause.doers or own in clause.doers)) or over
        for way, fits in (("making", object_like), ("brokering", object_like), ("suffering", object_like)):
            for rest in cues(words, way, kind).get(key, ()):
                if _fits(tree, governor, own, rest, direct=fits, passive=clause.passive and undergoes):
                    yield Carrier(governor, way, doers)
                    break
        if tree.nodes[governor].tag.startswith("JJ"):
            for rest in cues(words, "making", kind).get(key, ()):
                if rest == (tree.case(own),):
                    yield Carrier(governor, "making", scene.clauses.subjects(governor))
        if (subject or (clause.passive and undergoes)) and any(
            _fixed(tree, governor, rest) for rest in cues(words, "beginning", kind).get(key, ())
        ):
            yield Carrier(governor, "beginning")
        entry = tree.entry(governor, "Q")
        if entry and entry.name == "speech-act/announces" and object_like and tree.nodes[governor].verb:
            yield Carrier(governor, "announcing", doers)
    if real:
        yield from _nominal(scene, noun, words, kind)


def governors(tree: Tree, noun: int) -> Iterator[tuple[int, int]]:
    """The words that may carry a noun, each with the node by which the noun hangs on it: its head, or a verb behind it."""
    own = noun
    while tree.nodes[own].relation == "conj" and tree.nodes[tree.nodes[own].head].noun:
        own = tree.nodes[own].head
    word = tree.nodes[own]
    if word.head != own and word.relation in ARGUMENTS:
        yield word.head, own
    elif word.relation == "nmod" and tree.nodes[word.head].relation == "obj" and tree.case(own) in ("in", "on", "to"):
        yield tree.nodes[word.head].head, own  # played a part in the campaign: the parser hangs the campaign on "part"
    for child in tree.below(noun, "acl", "acl:relcl"):
        if tree.nodes[child].verb:
            yield child, noun


def firm(scene: Scene, node: int) -> bool:
    """Whether a word is put as so, and its form tells what was done: no infinitive, no gerund under a preposition of purpose."""
    tree, word = scene.tree, scene.tree.nodes[node]
    if not scene.context(node).real:
        return False
    if word.tag == "VBG" and (tree.case(node) not in FIRM or (word.relation == "xcomp" and tree.nodes[word.head].key not in FACTUAL)):
        return False
    bare = word.tag == "VB" and not tree.below(node, "aux", "aux:pass") and word.relation == "ROOT"
    return not bare and not (word.noun and not word.verb and tree.case(node) in AHEAD)


def infinitive(tree: Tree, node: int) -> bool:
    """Whether a verb is one with "to"."""
    return any(tree.nodes[i].key == "to" for i in tree.below(node, "mark", "aux"))


def _fits(tree: Tree, governor: int, own: int, rest: tuple[str, ...], *, direct: bool, passive: bool) -> bool:
    """Whether a verb carries a noun with the fixed words of a cue, of which the last may be the noun's preposition."""
    if not rest:
        return direct
    if passive:
        return len(rest) == 1
    case = tree.case(own) or _stray(tree, governor, own)
    if rest[-1] == case:
        return _fixed(tree, governor, rest[:-1])
    return direct and _fixed(tree, governor, rest)


def _stray(tree: Tree, governor: int, own: int) -> str:
    """The preposition before a noun that the parser hung on the noun's own modifier: agreed on a fragile truce."""
    for child in tree.below(governor, "obl"):
        if child < own and own - child == 1 and tree.case(child):
            return tree.case(child)
    return ""


def _fixed(tree: Tree, governor: int, rest: tuple[str, ...]) -> bool:
    """Whether all fixed words of a cue hang on a verb."""
    near = {tree.nodes[i].key for child in tree.below(governor) for i in (child, *tree.below(child, "case", "obl", "nmod", "fixed"))}
    return all(word in near for word in rest)


def _nominal(scene: Scene, noun: int, words: Vocabulary, kind: str) -> Iterator[Carrier]:
    """The noun that carries it with "of" or "to": the passage of a resolution by parliament."""
    tree = scene.tree
    head = tree.nodes[noun].head
    if (
        tree.nodes[noun].relation != "nmod"
        or tree.case(noun) not in ("of", "to")
        or tree.nodes[head].key not in cues(words, "nominal", kind)
    ):
        return
    if firm(scene, head) and not any(tree.nodes[i].key in ("possible", "early", "swift", "immediate") for i in tree.below(head, "amod")):
        by = [i for over in (head, noun) for i in scene.clauses.of(over).beside.get("by", ())]
        owner = [j for i in tree.below(head, "nmod:poss") for j in tree.joined(i)]
        yield Carrier(head, "nominal", tuple(dict.fromkeys((*by, *owner))))
