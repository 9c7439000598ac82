"""When and where: the day and the places that a sentence gives for an event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.extract.syntax.scene import Scene
from kg.model import Mention, TimeSpan

WHERE: Final = ("in", "at", "near", "across", "inside", "throughout", "outside", "around", "along", "within")
"""Prepositions of place."""

BOUNDS: Final = frozenset(("since", "until", "till", "by", "from", "before", "after", "between", "through", "prior", "ahead", "within"))
"""Words that open a stretch of time: what happened on one day is not dated by it."""

APART: Final = frozenset(("since", "before", "after", "until", "following", "despite", "than", "ahead", "deadline"))
"""Words that part an event from a day: what follows them has a day of its own."""

PASSING: Final = frozenset(
    ("event-kind/mission", "event-kind/withdrawal", "event-kind/deployment", "event-kind/campaign", "event-kind/war")
)
"""Kinds of what an event is about: a day behind them is that of the event."""

SOON: Final = frozenset(("shortly", "soon", "right", "immediately", "just", "days", "hours"))


def time(scene: Scene, own: Sequence[int], *, lasting: bool) -> TimeSpan | None:
    """The day of an event whose nodes are `own`, None where none is told or it may be another's."""
    tree = scene.tree
    found = [node for node in range(len(tree.nodes)) if tree.item(node).time and tree.node(tree.nodes[node].item) == node]
    fitting = [node for node in found if _hangs(scene, node, frozenset(own)) and (lasting or not _bounded(scene, node))]
    fitting = [node for node in fitting if not _parted(scene, own, node)]
    if not fitting:
        return _main_clause(scene, own[-1])
    nearest = min(fitting, key=lambda node: (tree.nodes[node].head not in own, min(abs(node - i) for i in own)))
    return tree.item(nearest).time


def _hangs(scene: Scene, node: int, own: frozenset[int]) -> bool:
    """Whether a day hangs on one of the nodes, over nothing that is itself an act."""
    tree = scene.tree
    if any(_behind(scene, node, one) for one in own):
        return True
    for above in tree.above(node):
        if above in own:
            return True
        entry = tree.entry(above, "K")
        if tree.nodes[above].verb or (entry and entry.name not in PASSING):
            return False
    return False


def _behind(scene: Scene, node: int, noun: int) -> bool:
    """Whether a day stands right behind a noun's phrase and before its verb: the raid on X in May left Y, whatever the parser hung the day on."""
    tree, word = scene.tree, scene.tree.nodes[noun]
    if word.verb or not noun < node < word.head or tree.nodes[node].head != word.head:
        return False
    inside = {*tree.within(noun), *tree.within(node)}
    return all(i in inside for i in range(noun, node))


def _bounded(scene: Scene, node: int) -> bool:
    return scene.tree.item(node).words.lower().split()[0] in BOUNDS or scene.tree.case(node) in BOUNDS


def _parted(scene: Scene, own: Sequence[int], node: int) -> bool:
    """Whether a word between the event and the day behind it gives the day to something else."""
    items = scene.line.items
    at = scene.tree.nodes[node].item
    before = [scene.tree.nodes[i].item for i in own if scene.tree.nodes[i].item < at]
    between = items[max(before) + 1 : at] if before else ()
    return any(item.key in APART for item in between)


def _main_clause(scene: Scene, verb: int) -> TimeSpan | None:
    """In July, shortly after they signed it, …: a month or year before "shortly after" is that of the clause behind it."""
    tree, word = scene.tree, scene.tree.nodes[verb]
    if word.relation != "advcl" or tree.case(verb) not in ("after", ""):
        return None
    opening = {tree.nodes[i].key for i in tree.within(verb) if i < verb}
    days = [i for i in tree.below(word.head) if tree.item(i).time and i < verb]
    if len(days) != 1 or not ("after" in opening and opening & SOON):
        return None
    when = tree.item(days[0]).time
    return when if when and when.edtf is not None and len(when.edtf) in (4, 7) else None


def places(scene: Scene, own: Iterable[int]) -> tuple[Mention, ...]:
    """The places of an event: what stands in place phrases on its nodes."""
    phrases = [phrase for node in own for phrase in scene.clauses.of(node).by(*WHERE)]
    return tuple(dict.fromkeys(mention for phrase in phrases for mention in scene.phrases.places(phrase)))
