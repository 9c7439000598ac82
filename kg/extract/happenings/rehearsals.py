"""Acts of an exercise: what is attacked during a drill is attacked in play."""

from __future__ import annotations

from typing import Final

from kg.extract.syntax.scene import Scene

EXERCISE: Final = "event-kind/exercise"

WITHIN: Final = frozenset(("during", "in", "within", "as part of"))
"""Prepositions under which stands the exercise of which an act is a part."""


def rehearsed(scene: Scene, nodes: frozenset[int]) -> bool:
    """Whether words of an act stand in an exercise: attacked a base during a drill, a strike on a model in an exercise."""
    return any(_within(scene, node.index, nodes) for node in scene.tree.nodes if _exercise(scene, node.index))


def _exercise(scene: Scene, index: int) -> bool:
    """Whether a noun names an exercise; the exercise of a right is none."""
    tree, entry = scene.tree, scene.tree.entry(index, "K")
    named = entry is not None and entry.name == EXERCISE and not tree.nodes[index].verb
    return named and not any(tree.case(i) == "of" and not tree.codes(i) for i in tree.below(index, "nmod"))


def _within(scene: Scene, exercise: int, nodes: frozenset[int]) -> bool:
    """Whether an exercise encloses an act: as an adjunct of it or of the verb that carries it, by a relative clause, or as what consists of it."""
    tree = scene.tree
    for verb in tree.below(exercise, "acl:relcl"):
        which = [i for i in tree.below(verb, "obl") if tree.nodes[i].key == "which" and tree.case(i) in WITHIN]
        if (which or any(tree.nodes[i].key == "where" for i in tree.below(verb, "advmod"))) and nodes & set(tree.within(verb)):
            return True
    head = exercise
    if tree.nodes[tree.nodes[head].head].key == "part" and tree.case(head) == "of":
        head = tree.nodes[head].head  # as part of an exercise
    opener = "as part of" if head != exercise and tree.case(head) == "as" else tree.case(head)
    if tree.nodes[head].relation in ("nsubj", "nsubj:outer") and tree.nodes[head].head not in nodes:
        return bool(nodes & set(tree.below(tree.nodes[head].head, "obj", "ccomp")))  # the drill included a strike
    if opener not in WITHIN or tree.nodes[head].relation not in ("obl", "nmod"):
        return False
    for above in tree.above(head):
        if above in nodes:
            return True
        if tree.nodes[above].verb:
            return bool(nodes & set(_told(scene, above)))
        opening = exercise < above and tree.nodes[above].relation in ("nsubj", "nsubj:pass")  # in a drill, X attacked Y: hung on X
        if not opening and tree.nodes[above].relation not in ("obl", "nmod", "obj", "conj"):
            return False
    return False


def _told(scene: Scene, verb: int) -> tuple[int, ...]:
    """A verb and what it carries: its objects, the phrases of its means, the verbs beside it that have no subject of their own."""
    tree, clause = scene.tree, scene.clauses.of(verb)
    beside = (i for i in tree.below(verb, "conj", "advcl", "xcomp") if not tree.below(i, "nsubj", "nsubj:pass"))
    return (verb, *clause.undergoers, *clause.by("in", "with", "by"), *beside)
