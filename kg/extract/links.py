"""What ties an attack to something else: the act that it answers, who ordered it, and how many things it struck.

The attacks are told by others; here are only claims to add to them.  That one thing came after another is no link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final, Protocol

from kg.extract.scene import Scene, Told
from kg.model import ClaimDraft, Count
from kg.terms import Vocabulary, vocabulary

PHRASE: Final = 8
"""The most words from the preposition to the noun of the act that is answered."""

OTHERS: Final = frozenset(("speech-act/claims", "speech-act/accuses", "speech-act/blames", "speech-act/denies"))
"""Speech acts whose word on who gave an order is a charge or a denial."""

ORDER: Final = frozenset(
    ("order", "orders", "instruction", "instructions", "direction", "behest", "command", "authorization", "authorisation")
)
STRUCK: Final = frozenset(("counted/targets", "counted/vehicles", "counted/military-bases"))


class References(Protocol):
    """What tells which event a noun phrase speaks of."""

    def telling(self, scene: Scene, told: Sequence[Told], node: int) -> Told | None:
        """The telling that "the attack" or "that strike" goes on with, None where that is not certain."""


class Nothing:
    """References that never find any."""

    def telling(self, scene: Scene, told: Sequence[Told], node: int) -> Told | None:
        """None."""
        return None


def retaliation(scene: Scene, told: Sequence[Told], refs: References) -> Iterator[ClaimDraft]:
    """For each act of a sentence the earlier one that it answers, as the words say; `told` are all tellings so far, this sentence's too."""
    for phrase, first in _answers(scene):
        node = _answered(scene, first)
        target = _telling(scene, told, refs, node) if node is not None else None
        act = _answering(scene, told, refs, phrase, node)
        if act and target and act.telling != target.telling:
            yield ClaimDraft(act.telling, "inRetaliationFor", target.telling, scene.line.span)


def authorised(scene: Scene, told: Sequence[Told], refs: References) -> Iterator[ClaimDraft]:
    """Who ordered or approved an act of a sentence, where it is said outright."""
    passive, active = _orders(vocabulary())
    for node, word in enumerate(scene.tree.nodes):
        if not word.verb or word.key not in passive | active or (scene.context(node).acts and not _plain(scene, node)):
            continue
        clause = scene.clauses.of(node)
        if not scene.context(node).real or any(scene.tree.nodes[i].tag == "VB" for i in clause.content):
            continue
        for object_ in clause.undergoers:
            act = _telling(scene, told, refs, object_) if scene.tree.nodes[object_].noun else None
            yield from _by(scene, act, clause.doers)
    for node, word in enumerate(scene.tree.nodes):
        if word.key in ORDER and scene.tree.case(node) in ("on", "at", "under", "upon", "with"):
            givers = [i for i in scene.clauses.of(node).by("of", "from", "by")] + list(scene.tree.below(node, "nmod:poss"))
            acts = [t for t in _here(scene, told) if any(scene.tree.nodes[node].head == i for i in _reach(scene, t))]
            if len(acts) == 1:
                yield from _by(scene, acts[0], givers)


def targets_struck(scene: Scene, told: Sequence[Told], refs: References | None = None) -> Iterator[ClaimDraft]:
    """How many things, not people, the acts of a sentence struck; "the strikes hit 40 targets" may go on with an earlier one."""
    for node, word in enumerate(scene.tree.nodes):
        things = [(thing, number) for thing in scene.clauses.of(node).undergoers for number in _number(scene, thing)] if word.verb else []
        if len(things) != 1 or not scene.context(node).real:
            continue
        act = next((act for act in _here(scene, told) if node in act.nodes), None)
        entry = scene.tree.entry(node, "V")
        if act is None and refs and entry:
            named = [i for i in scene.clauses.of(node).doers if scene.tree.entry(i, "K")]
            act = next((found for i in named if (found := refs.telling(scene, told, i))), None)
        if act:
            yield ClaimDraft(act.telling, "targetsStruck", replace(things[0][1], counted="counted/targets"), scene.line.span)


def _number(scene: Scene, thing: int) -> Iterator[Count]:
    """How many things a phrase says, where they are such as are struck."""
    counted = {e.name for e in scene.tree.item(thing).entries if "C" in e.codes}
    for child in scene.tree.below(thing, "nummod", "amod", "det", "nmod") if counted & STRUCK else ():
        number = scene.tree.item(child).count
        if number:
            yield number


# -- who answers what -----------------------------------------------------------------------------------------------------------


@cache
def _retaliating(words: Vocabulary) -> tuple[Mapping[str, tuple[tuple[str, str], ...]], Mapping[str, tuple[tuple[str, ...], ...]]]:
    """What says that an act answers another: the nouns of fixed phrases with the words around them, the verbs with the words behind them."""
    phrases = [tuple(w for w in cue.words.split() if w not in ("a", "an")) for cue in words.cues("cue", "inRetaliationFor")]
    verbs = [tuple(cue.words.split()) for cue in words.cues("verbCue", "inRetaliationFor")]
    around: dict[str, set[tuple[str, str]]] = {}
    behind: dict[str, set[tuple[str, ...]]] = {}
    for first, noun, last in (p for p in phrases if len(p) == 3):
        around.setdefault(noun, set()).add((first, last))
    for first, *rest in verbs:
        behind.setdefault(first, set()).add(tuple(rest))
    return {noun: tuple(sorted(pairs)) for noun, pairs in around.items()}, {verb: tuple(sorted(rests)) for verb, rests in behind.items()}


def _answers(scene: Scene) -> Iterator[tuple[int, int]]:
    """Each phrase or verb of answering: the node that leads it, and the node after it, where the act answered begins."""
    phrases, verbs = _retaliating(vocabulary())
    nodes = scene.tree.nodes
    for at, word in enumerate(nodes):
        for first, last in phrases.get(word.key, ()):
            before = [nodes[i].key for i in range(max(0, at - 3), at)]
            opened = first in before and all(nodes[i].tag in ("JJ", "DT") for i in range(at - before[::-1].index(first), at))
            if opened and at + 1 < len(nodes) and nodes[at + 1].key == last and scene.context(at).real:
                yield at, at + 2
        for rest in verbs.get(word.key, ()):
            if word.verb and tuple(nodes[i].key for i in range(at + 1, min(at + 1 + len(rest), len(nodes)))) == rest:
                yield at, at + 1 + len(rest)
        if not word.noun or not scene.tree.entry(at, "K"):
            continue
        if scene.tree.item(at).words.lower().startswith(("retaliatory", "retaliation")) or any(
            nodes[i].key in ("retaliatory", "retaliation", "revenge", "reprisal") for i in scene.tree.below(at, "amod", "compound")
        ):
            yield from ((at, child) for child in scene.clauses.of(at).by("for"))


def _answered(scene: Scene, first: int) -> int | None:
    """The noun or gerund of the act that is answered, from where its phrase begins."""
    nodes, tree = scene.tree.nodes, scene.tree
    for at in range(first, min(first + PHRASE, len(nodes))):
        entry = tree.entry(at, "K") or (tree.entry(at, "V") if nodes[at].tag == "VBG" else None)
        if entry and nodes[at].relation != "compound":
            return at
        if nodes[at].tag in ("IN", "TO", "VBD", "VBZ", "VBP", "WDT", "WP", "CC", ".", ":") or nodes[at].key in (",", ";"):
            return None
    return None


def _answering(scene: Scene, told: Sequence[Told], refs: References, phrase: int, answered: int | None) -> Told | None:
    """The act on which a phrase of answering hangs, or which hangs on a verb of answering (by striking, with a strike); "the strikes" may go on with one."""
    tree, here = scene.tree, [t for t in _here(scene, told) if answered not in t.nodes]
    for at in (phrase, *tree.above(phrase)):
        for act in here:
            if at in act.nodes or (tree.nodes[at].verb and at in _reach(scene, act) and at != phrase):
                return act
        if at != phrase and tree.nodes[at].verb:
            break
    below = [i for child in tree.below(phrase, "advcl", "obl") if tree.case(child) in ("by", "with") for i in tree.joined(child)]
    means = next((act for act in here for i in below if i in act.nodes), None) if tree.nodes[phrase].verb else None
    return means or next((act for i in _spoken_of(scene, phrase, answered) if (act := refs.telling(scene, told, i))), None)


def _spoken_of(scene: Scene, phrase: int, answered: int | None) -> Iterator[int]:
    """The nouns of acts about which a verb above a phrase says that they answered another: the strikes came in retaliation."""
    verb = next((i for i in scene.tree.above(phrase) if scene.tree.nodes[i].verb), None)
    if verb is not None and scene.context(verb).real:
        yield from (i for i in scene.tree.below(verb, "nsubj", "nsubj:pass") if scene.tree.entry(i, "K") and i != answered)


def _reach(scene: Scene, act: Told) -> Iterator[int]:
    """The nodes of an act and the verbs that carry its noun: were carried out, came in retaliation."""
    for node in act.nodes:
        yield node
        if scene.tree.nodes[node].noun and scene.tree.nodes[node].relation in ("nsubj", "nsubj:pass", "obj"):
            yield scene.tree.nodes[node].head


def _here(scene: Scene, told: Sequence[Told]) -> list[Told]:
    return [t for t in told if t.scene == scene.number]


def _telling(scene: Scene, told: Sequence[Told], refs: References, node: int) -> Told | None:
    """The telling of a node: one of the sentence, or the one to which it refers."""
    return next((t for t in _here(scene, told) if node in t.nodes), None) or refs.telling(scene, told, node)


# -- who ordered it ---------------------------------------------------------------------------------------------------------


@cache
def _orders(words: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """The verb forms of ordering and approving, as participles and as finite verbs."""
    participles = frozenset(cue.words.split()[0] for cue in words.cues("cue", "authorisedBy") if cue.words.endswith(" by"))
    return participles, frozenset(cue.words for cue in words.cues("inverseCue", "authorisedBy") if " " not in cue.words)


def _plain(scene: Scene, node: int) -> bool:
    """Whether only neutral speech governs a verb."""
    entries = [scene.tree.entry(act, "Q") for act in scene.context(node).acts]
    return not any(entry and entry.name in OTHERS for entry in entries)


def _by(scene: Scene, act: Told | None, nodes: Sequence[int]) -> Iterator[ClaimDraft]:
    for node in nodes if act else ():
        actor = scene.phrases.actor(node)
        if act and actor:
            yield ClaimDraft(act.telling, "authorisedBy", actor, scene.line.span)
