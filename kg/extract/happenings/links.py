"""What ties an attack to something else: the act that it answers, who ordered it, and how many things it struck.

The attacks are told by others; here are only claims to add to them.  That one thing came after another is no link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final, Protocol

from kg.extract.happenings.circumstances import places, time
from kg.extract.syntax.scene import Scene, Told
from kg.model import ClaimDraft, Concept, Count, DraftObject, Telling
from kg.terms import Vocabulary, vocabulary

PHRASE: Final = 8
"""The most words from the preposition to the noun of the act that is answered."""

OTHERS: Final = frozenset(("speech-act/claims", "speech-act/accuses", "speech-act/blames", "speech-act/denies"))
"""Speech acts whose word on who gave an order is a charge or a denial."""

ORDER: Final = frozenset(
    ("order", "orders", "instruction", "instructions", "direction", "behest", "command", "authorization", "authorisation")
)
ACTS_OF_STATE: Final = frozenset(f"event-kind/{kind}" for kind in ("resolution", "agreement", "truce", "announcement", "end-of-mission"))
"""Kinds whose approval is the act itself."""

STRUCK: Final = frozenset(("counted/targets",))
"""What is counted of things struck; how many bases or vehicles says what was aimed at."""

DEATH: Final = frozenset(("death", "deaths", "martyrdom", "murder", "murders"))
"""Nouns that stand for the act in which somebody died."""


class References(Protocol):
    """What tells which event a noun phrase speaks of."""

    def telling(self, scene: Scene, told: Sequence[Told], node: int) -> Told | None:
        """The telling that "the attack" or "that strike" goes on with, None where that is not certain."""


def retaliation(scene: Scene, told: Sequence[Told], refs: References) -> Iterator[ClaimDraft]:
    """For each act of a sentence the earlier one that it answers, as the words say; `told` are all tellings so far, this sentence's too."""
    for phrase, first in _answers(scene):
        node = _answered(scene, first)
        target = _telling(scene, told, refs, node) if node is not None else None
        act = _answering(scene, told, refs, phrase, node)
        if act and target and act.telling != target.telling:
            yield ClaimDraft(act.telling, "inRetaliationFor", target.telling, scene.line.span)
    yield from _in_response(scene, told)


def _in_response(scene: Scene, told: Sequence[Told]) -> Iterator[ClaimDraft]:
    """In response, X struck Y: what is answered is the one attack of the sentence before."""
    nodes = scene.tree.nodes
    nouns = {noun for noun, around in _retaliating(vocabulary())[0].items() if any(first == "in" for first, _ in around)}
    opens = len(nodes) > 2 and nodes[0].key == "in" and nodes[1].key in nouns and nodes[2].key == ","
    before = {t.telling: t for t in told if t.scene == scene.number - 1}
    here = {t.telling: t for t in _here(scene, told) if t.telling not in before}
    if opens and len(before) == 1 and len(here) == 1 and next(iter(before.values())).telling.kind not in ACTS_OF_STATE:
        (answer,), (first,) = here, before
        yield ClaimDraft(answer, "inRetaliationFor", first, scene.line.span, tier="coreferent")


def answered(scene: Scene, words: Vocabulary, told: Sequence[Told], refs: References, first_key: int) -> Iterator[Told]:
    """The acts that a sentence speaks of only as answered, where nobody told of them before: in retaliation for the attack on X."""
    key = first_key
    for _, first in _answers(scene):
        node = _answered(scene, first)
        entry = scene.tree.entry(node, "K") if node is not None else None
        if node is None or not entry or not entry.name or _telling(scene, told, refs, node):
            continue
        classes = words.ancestors(words.value(entry.name, "ofClass") or "Event")
        if "Attack" not in classes or scene.tree.nodes[node].tag in ("NNS", "NNPS"):
            continue
        telling = Telling(key, entry.name, scene.line.span)
        said = tuple(_said_of(scene, node, "killing" in entry.name or "Assassination" in classes))
        if {predicate for predicate, _ in said} & {"target", "place", "victim"}:
            drafts = tuple(
                ClaimDraft(telling, predicate, value, scene.line.span) for predicate, value in (("kind", Concept(entry.name)), *said)
            )
            yield Told(telling, scene.number, node, frozenset((node,)), tuple(dict.fromkeys(drafts)), definite=True)
            key += 1


def _said_of(scene: Scene, node: int, killing: bool) -> Iterator[tuple[str, DraftObject]]:
    """What a noun phrase says of the act that it names."""
    tree, clause = scene.tree, scene.clauses.of(node)
    for doer in clause.doers:
        actor = scene.phrases.actor(doer)
        if actor and tree.nodes[doer].head == node and "P" not in tree.codes(doer) and set(tree.codes(doer)) & set("AOS"):
            yield "perpetrator", actor
    for aimed in clause.by("on", "against", "of", "at"):
        if "P" in tree.codes(aimed) or (killing and "U" in tree.codes(aimed)):
            person = replace(tree.item(aimed).mention(), kind=None if "P" in tree.codes(aimed) else "Person")
            yield "target", person
            if killing:
                yield "victim", person
        elif set(tree.codes(aimed)) & set("LT") and not set(tree.codes(aimed)) & set("OBS"):
            yield "place", tree.item(aimed).mention()
        elif (target := scene.phrases.target(aimed)) and not tree.item(aimed).time:
            yield "target", target
    day = time(scene, (node,), lasting=False)
    if day:
        yield "time", day
    yield from (("place", place) for place in places(scene, (node,)))


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
            givers = (*scene.clauses.of(node).by("of", "from", "by"), *scene.tree.below(node, "nmod:poss"))
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
            opened = opened or bool(scene.tree.below(at, "cop"))  # the raid was a response to
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
        if (entry and nodes[at].relation != "compound") or nodes[at].key in DEATH:
            return at
        if nodes[at].tag in ("IN", "TO", "VBD", "VBZ", "VBP", "WDT", "WP", "CC", ".", ":") or nodes[at].key in (",", ";"):
            return None
    return None


def _answering(scene: Scene, told: Sequence[Told], refs: References, phrase: int, answered: int | None) -> Told | None:
    """The act on which a phrase of answering hangs, or which hangs on a verb of answering (by striking, with a strike); "the strikes" may go on with one."""
    tree, here = scene.tree, [t for t in _here(scene, told) if answered not in t.nodes]
    subjects = tree.below(phrase, "nsubj") if tree.below(phrase, "cop") else ()
    for at in (*subjects, phrase, *tree.above(phrase)):
        for own in here:
            if at in own.nodes or (tree.nodes[at].verb and at in _reach(scene, own) and at != phrase):
                return own
        if at != phrase and tree.nodes[at].verb:
            break
    below = [i for child in tree.below(phrase, "advcl", "obl") if tree.case(child) in ("by", "with") for i in tree.joined(child)]
    means = next((act for act in here for i in below if i in act.nodes), None) if tree.nodes[phrase].verb else None
    return means or next((act for i in _spoken_of(scene, phrase, answered) if (act := refs.telling(scene, told, i))), None)


def _spoken_of(scene: Scene, phrase: int, answered: int | None) -> Iterator[int]:
    """The nouns of acts about which a verb above a phrase says that they answered another: the strikes came in retaliation."""
    copula = bool(scene.tree.below(phrase, "cop"))
    verb = phrase if copula else next((i for i in scene.tree.above(phrase) if scene.tree.nodes[i].verb), None)
    if verb is not None and scene.context(verb).real:
        yield from (i for i in scene.tree.below(verb, "nsubj", "nsubj:pass") if scene.tree.entry(i, "K") and i != answered)


def _reach(scene: Scene, act: Told) -> Iterator[int]:
    """The nodes of an act and the verbs that carry its noun: were carried out, came in retaliation."""
    for node in act.nodes:
        yield node
        if scene.tree.nodes[node].noun and scene.tree.nodes[node].relation in ("nsubj", "nsubj:pass", "obj"):
            yield scene.tree.nodes[node].head
        if scene.tree.nodes[node].noun:
            yield from scene.tree.below(node, "acl", "acl:relcl")  # the strike, which came in retaliation


def _here(scene: Scene, told: Sequence[Told]) -> list[Told]:
    return [t for t in told if t.scene == scene.number]


def _telling(scene: Scene, told: Sequence[Told], refs: References, node: int) -> Told | None:
    """The telling of a node: one of the sentence, or the one to which it refers."""
    own = (node, *scene.tree.below(node, "acl:relcl")) if scene.tree.nodes[node].key in DEATH else (node,)
    return next((t for t in _here(scene, told) if t.nodes & set(own)), None) or refs.telling(scene, told, node)


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
        if act and actor and act.telling.kind not in ACTS_OF_STATE:
            yield ClaimDraft(act.telling, "authorisedBy", actor, scene.line.span)
