"""The dead and the hurt: verbs of harm, how many, of which group, and who among them by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.syntax.grammar import ELLIPTICAL, TOLL
from kg.extract.syntax.phrases import PEOPLE
from kg.extract.syntax.scene import Scene
from kg.model import Count, Mention

LEAVES: Final = frozenset(("leave", "leaves", "left", "leaving"))
"""Verbs that tell of a state after: left two dead."""

DEATH: Final = frozenset(("death", "deaths", "martyrdom"))
"""Nouns that say that those died of whom they speak."""

FALLEN: Final = frozenset(("dead", "deaths", "fatalities", "martyrs", "wounded", "injured", "injuries"))
"""Nouns for the dead and the hurt, counted: five dead, two injuries."""

BEARING: Final = frozenset(
    """lose loses lost losing suffer suffers suffered suffering sustain sustains sustained sustaining meet met find found""".split()  # noqa: SIM905
)
"""First words of idioms of harm whose subject suffers it: lost their lives, sustained injuries."""


def harms(scene: Scene, node: int) -> str | None:
    """The predicate (`killed`, `injured`) of a verb of harm, or of a noun that counts or names the dead or hurt."""
    tree = scene.tree
    entry = tree.item(node).entry("H") if tree.nodes[node].verb else None
    return entry.name if entry else _state(scene, node) if _fallen(scene, node) else None


def bears(scene: Scene, node: int) -> bool:
    """Whether a verb of harm has for its subject those who suffer it: five people lost their lives."""
    return scene.tree.nodes[node].verb and scene.tree.nodes[node].key in BEARING and not scene.clauses.passive(node)


def together(scene: Scene, node: int) -> bool:
    """Whether a verb of harm counts the dead and the hurt as one, so that it tells neither figure: 30 were killed or seriously wounded."""
    nodes, own = scene.tree.nodes, _harm(scene, node)
    for other in range(max(0, node - 3), min(len(nodes), node + 4)) if own else ():
        between = [nodes[i].tag for i in range(min(node, other) + 1, max(node, other))]
        if "CC" in between and set(between) <= {"CC", "RB"} and _harm(scene, other) not in (None, own):
            return True
    return False


def several(scene: Scene, node: int) -> bool:
    """Whether a verb of harm gives one figure for acts that are told apart, so that it is the figure of none: the strike on X and another on Y
    killed seven."""
    tree, clause = scene.tree, scene.clauses.of(node)
    if not tree.nodes[node].verb:
        return False
    acts = [i for i in (*clause.doers, *clause.by("in", "by", "from", "during", "after")) if tree.entry(i, "K")]
    others = [i for act in acts for i in tree.below(act, "conj") if tree.entry(i, "K") or tree.nodes[i].key in ELLIPTICAL]
    return any(tree.case(i) for other in others for i in tree.below(other, "nmod"))


def _harm(scene: Scene, node: int) -> str | None:
    """What a verb or participle of harm does: `killed`, `injured`."""
    entry = scene.tree.entry(node, "H")
    return entry.name if entry else None


def hurt(scene: Scene, node: int) -> tuple[int, ...]:
    """Whom a word of harm speaks of: what a verb is done to, whom a noun counts or names."""
    tree = scene.tree
    if bears(scene, node):
        return scene.clauses.subjects(node)
    if tree.nodes[node].verb:
        return scene.clauses.of(node).undergoers
    owners = tree.below(node, "nmod:poss") if tree.nodes[node].key in DEATH else ()
    whose = [*owners, *(i for i in tree.below(node, "nmod") if tree.case(i) == "of")]
    whose = [j for i in whose for j in tree.joined(i) if number(scene, j) or person(scene, j)]
    return tuple(whose) if whose else (node,) if number(scene, node) else ()


def person(scene: Scene, node: int) -> bool:
    """Whether a node names a person where only people can stand: a listed one, or an unlisted name."""
    codes = scene.tree.codes(node)
    return "P" in codes or ("U" in codes and not set(codes) & set("OSMLBT"))


def persons(scene: Scene, node: int) -> Iterator[int]:
    """The names of those who suffered: the node itself, or the names in apposition to it (a commander, X)."""
    tree = scene.tree
    if person(scene, node):
        yield node
    elif tree.nodes[node].tag in ("NN", "NNS"):
        for child in tree.below(node, "appos"):
            yield from (i for i in tree.joined(child) if person(scene, i) and tree.nodes[i].tag.startswith("NNP"))


def _state(scene: Scene, node: int) -> str | None:
    """The predicate that a noun or participle for the dead or the hurt stands for."""
    if scene.tree.nodes[node].key in DEATH:
        return "killed"
    named = (entry.name for entry in scene.tree.item(node).entries if entry.name)
    return next((n.removeprefix("counted/") for n in named if n in ("counted/killed", "counted/injured", "killed", "injured")), None)


def _fallen(scene: Scene, node: int) -> bool:
    """Whether a noun counts the dead or the hurt (five dead), or says who they were (the deaths of X and Y)."""
    tree, word = scene.tree, scene.tree.nodes[node]
    if word.verb or word.relation in ("amod", "compound", "xcomp", "advcl") or word.key not in FALLEN | DEATH or not _state(scene, node):
        return False
    if any(tree.nodes[i].key in LEAVES for i in tree.above(node)):
        return False
    return bool(hurt(scene, node))


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


def named(scene: Scene) -> Iterator[Mention]:
    """The persons of whom a sentence says only that they are among the dead: among the dead was X; X was among those killed; the dead included X."""
    tree = scene.tree
    for node in (n.index for n in tree.nodes if _dead(scene, n.index)):
        word = tree.nodes[node]
        opener = tree.case(node)
        above = node if tree.below(node, "cop") or tree.nodes[node].head == node else word.head
        if opener == "among":
            listed = [i for i in tree.below(above, *SUBJECTS) if i != node and not tree.entry(above, "VQ")]
            listed += [above] if above != node and tree.below(above, "cop") else []
        elif word.relation in SUBJECTS and not opener and tree.nodes[word.head].key in INCLUDING:
            listed = [*tree.below(word.head, "obj", "nmod", "obl", "xcomp")] if tree.nodes[word.head].verb else []
        elif word.relation in SUBJECTS and tree.below(word.head, "cop") and not tree.nodes[word.head].verb:
            listed = [word.head]
        else:
            continue
        for head in listed:
            for one in tree.joined(head):
                yield from (tree.item(i).mention() for i in persons(scene, one))


SUBJECTS: Final = ("nsubj", "nsubj:pass", "nsubj:outer")
INCLUDING: Final = frozenset("include includes included identified named were was".split())  # noqa: SIM905 - reads better
"""Verbs between the dead and their names."""


def _dead(scene: Scene, node: int) -> bool:
    """Whether a phrase speaks of the dead as known: the dead, the victims, those killed."""
    tree, word = scene.tree, scene.tree.nodes[node]
    if word.key in TOLL and not word.verb and word.relation not in ("amod", "compound"):
        return any(tree.nodes[i].key in ("the", "its", "their") for i in tree.below(node, "det", "nmod:poss"))
    if word.verb:
        return harms(scene, node) == "killed" and any(tree.nodes[i].key == "those" for i in tree.below(node, "det", "nsubj"))
    return word.key in ("those", "people") and any(harms(scene, i) == "killed" for i in tree.below(node, "acl", "acl:relcl", "amod"))


def leaving(scene: Scene, node: int) -> Iterator[int]:
    """The verbs that tell what state an act left somebody in: the blast left two dead."""
    tree = scene.tree
    for verb in [w.index for w in tree.nodes if w.verb and w.key in LEAVES]:
        if node == verb or node in (*scene.clauses.of(verb).doers, tree.nodes[verb].head) or node in tree.above(verb):
            yield verb


def left(scene: Scene, node: int) -> Iterator[tuple[str, int]]:
    """The people whom an act left dead or hurt: `leave` with its object and what is said of them; an attack with two dead."""
    tree = scene.tree
    for verb in leaving(scene, node):
        yield from _states(scene, sorted(i for i in tree.within(verb) if i > verb))
    if not tree.nodes[node].verb:
        for phrase in tree.below(node, "nmod", "obl"):
            if tree.case(phrase) == "with":
                yield from _states(scene, sorted(tree.within(phrase)))


def _states(scene: Scene, inside: Sequence[int]) -> Iterator[tuple[str, int]]:
    """The figures of a stretch, each with the state said behind it: 34 people dead and 125 injured."""
    tree = scene.tree
    figure: int | None = None
    for index in inside:
        state = _state(scene, index)
        if state and together(scene, index):
            figure = None
        if state and figure is not None:
            head = tree.nodes[figure].head
            counted = tree.nodes[figure].relation == "nummod" and figure < head < index
            yield state, head if counted else figure
            figure = None
        elif tree.item(index).count and not tree.item(index).time:
            figure = index
        elif tree.nodes[index].tag == "CC":
            figure = None  # two soldiers and a policeman dead: no sum is ours to make
