"""The dead and the hurt: verbs of harm, how many, of which group, and who among them by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.phrases import PEOPLE
from kg.extract.scene import Scene
from kg.model import Count, Mention

LEAVES: Final = frozenset(("leave", "leaves", "left", "leaving"))
"""Verbs that tell of a state after: left two dead."""


def harms(scene: Scene, node: int) -> str | None:
    """The predicate (`killed`, `injured`) of a verb of harm."""
    entry = scene.tree.item(node).entry("H") if scene.tree.nodes[node].verb else None
    return entry.name if entry else None


def number(scene: Scene, node: int) -> Count | None:
    """How many a phrase counts: its own figure or the one before its noun."""
    tree = scene.tree
    own = tree.item(node).count
    if own:
        return own
    for child in tree.below(node, "nummod", "amod", "det", "compound", "nmod", "advmod", "nmod:desc"):
        for figure in (child, *tree.below(child, "nummod")):
            if figure < node and tree.item(figure).count:
                return tree.item(figure).count
    return None


def group(scene: Scene, node: int) -> Mention | None:
    """The group that a casualty figure counts: fighters of X, three American soldiers; None for people of no group."""
    tree = scene.tree
    if "O" in tree.codes(node):
        return tree.item(node).mention()
    member = scene.phrases.body(node)
    if member:
        return member
    entries = {entry.name for entry in tree.item(node).entries if entry.name}
    described = any(set(tree.codes(i)) & set("AOSLU") for i in tree.below(node, "amod", "compound", "nmod:poss", "nmod:desc")) or any(
        set(tree.codes(i)) & set("OU") for i in tree.below(node, "nmod")
    )
    if entries & PEOPLE and (described or not entries & {"counted/people"}):
        mention = scene.phrases.described(node, "UnidentifiedActor")
        return mention if mention.words else None
    return None


def including(scene: Scene, node: int, beside: frozenset[int]) -> Iterator[Mention]:
    """The persons that a figure includes by name: three, including X and Y."""
    tree = scene.tree
    for place in (node, *sorted(beside)):
        for child in (
            *tree.below(place, "nmod", "obl", "appos", "acl", "advcl", "parataxis", "dep"),
            *tree.below(tree.nodes[place].head, "nmod", "obl", "appos"),
        ):
            opener = tree.case(child)
            first = tree.nodes[child].key
            if opener in ("including", "among", "among them") or first in ("including", "among"):
                for person in (*tree.joined(child), *(j for i in tree.below(child) for j in tree.joined(i))):
                    if "P" in tree.codes(person):
                        yield tree.item(person).mention()


def toll(scene: Scene, act: int) -> Iterator[Count]:
    """The number to which the toll of an act has come: the death toll from the ambush has risen to 14."""
    tree = scene.tree
    for above in tree.above(act):
        word = tree.nodes[above]
        if word.key in ("toll", "tolls") and any(tree.nodes[i].key == "death" for i in tree.below(above, "compound", "amod")):
            verb = word.head
            figures = [tree.item(i).count for i in tree.within(verb) if tree.item(i).count and i > above and act not in (i, *tree.above(i))]
            if len(figures) == 1 and figures[0] and tree.nodes[verb].verb:
                yield figures[0]
            return


def left(scene: Scene, node: int) -> Iterator[tuple[str, int]]:
    """The people whom an act left dead or hurt: `leave` with its object and what is said of them."""
    tree = scene.tree
    for verb in [w.index for w in tree.nodes if w.verb and w.key in LEAVES]:
        if node not in (*scene.clauses.of(verb).doers, tree.nodes[verb].head) and node not in tree.above(verb):
            continue
        for person in scene.clauses.of(verb).undergoers:
            inside = {tree.nodes[i].index for i in (*tree.within(verb),)}
            for index in inside:
                entries = [e for e in tree.item(index).entries if e.name in ("counted/killed", "counted/injured", "killed", "injured")]
                if entries and entries[0].name and index != person:
                    yield entries[0].name.removeprefix("counted/"), person
                    break
