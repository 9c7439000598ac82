"""The part of a sentence that is about one act: where its day and its place are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.happenings import harm
from kg.extract.syntax.grammar import ELLIPTICAL
from kg.extract.syntax.scene import Scene
from kg.model import Count, Mention, TimeSpan

WHERE: Final = frozenset(("in", "at", "inside", "across", "outside", "throughout", "within", "around", "over", "near", ""))
"""Prepositions under which stands where something was done."""

CLAUSES: Final = frozenset(("ccomp", "csubj", "parataxis", "acl:relcl", "advcl", "conj", "acl", "dep"))
"""Relations under which a verb has a clause of its own."""

REMEMBERED: Final = frozenset(
    ("anniversary", "anniversaries", "commemoration", "commemorations", "memorial", "funeral", "funerals", "memory")
)
"""Nouns of what is held for an act that is past: a day beside them is their own."""

OCCASIONS: Final = frozenset(("times", "occasions"))

SETTLEMENTS: Final = frozenset(
    f"place-kind/{kind}" for kind in ("country", "region", "governorate", "district", "city", "town", "village", "neighbourhood")
)
"""Kinds of place that are where something happens rather than what is struck."""

PARTS: Final = frozenset(
    """centre center heart middle outskirts outskirt vicinity suburbs suburb countryside edge edges north south east west northeast northwest southeast
    southwest part parts side area surroundings""".split()  # noqa: SIM905 - reads better
)
"""Nouns of a part of a place: in the centre of X is in X."""


@dataclass(frozen=True, slots=True)
class Region:
    """The days and places told of an act, nearest first, and how often it was done where that is counted in times."""

    times: tuple[TimeSpan, ...]
    places: tuple[Mention, ...]
    occasions: Count | None
    verbs: frozenset[int] = frozenset()


def region(scene: Scene, nodes: frozenset[int], bearing: frozenset[int] = frozenset()) -> Region:
    """What stands below the words of an act, up to the next act or clause, and beside a verb that carries it or bears it (`bearing`)."""
    tree = scene.tree
    inside = list(
        dict.fromkeys(
            i for node in sorted(nodes | _carriers(scene, nodes) | bearing | _leaving(scene, nodes)) for i in _below(scene, node, nodes)
        )
    )
    times = [t for i in inside if (t := tree.item(i).time) is not None and not _elsewhere(scene, i)]
    times = times or list(_shared_days(scene, nodes))
    places = [p for i in inside for p in _places(scene, i)]
    counted = [c for i in inside if tree.nodes[i].key in OCCASIONS for j in tree.below(i) if (c := tree.item(j).count)]
    return Region(tuple(times), tuple(dict.fromkeys(places)), counted[0] if counted else None, _carriers(scene, nodes))


def _leaving(scene: Scene, nodes: frozenset[int]) -> frozenset[int]:
    """The verbs that tell what an act left behind: which left two dead in X on Monday."""
    return frozenset(i for node in nodes for verb in harm.leaving(scene, node) for i in (verb, *scene.tree.below(verb, "xcomp")))


def _shared_days(scene: Scene, nodes: frozenset[int]) -> Iterator[TimeSpan]:
    """The day before the first of coordinated verbs, which is that of all: on Monday they crossed the border and attacked X."""
    tree = scene.tree
    for node in sorted(nodes):
        first = node
        while tree.nodes[first].relation == "conj" and tree.nodes[first].verb and tree.nodes[tree.nodes[first].head].verb:
            first = tree.nodes[first].head
        if first == node or tree.entry(first, "Q") is not None:
            continue
        for child in tree.below(first):
            day = tree.item(child).time
            if day is not None and child < first and tree.nodes[child].relation.startswith(("obl", "nmod")):
                yield day


def _carriers(scene: Scene, nodes: frozenset[int]) -> frozenset[int]:
    """The light verbs of nouns, and verbs of happening whose subject they are: took place, occurred."""
    found = set()
    for node in nodes:
        clause = scene.clauses.of(node)
        if clause.light >= 0:
            found.add(clause.light)
        word = scene.tree.nodes[node]
        for verb in (word.head, *scene.tree.below(node, "acl", "acl:relcl")) if not word.verb else ():
            plain = scene.tree.nodes[verb].verb and scene.tree.entry(verb, "QV") is None
            moved = any(scene.tree.nodes[i].key not in ("place", "part") for i in scene.tree.below(verb, "obj"))  # drove militias to …
            if plain and not moved and node in scene.clauses.subjects(verb):
                found.add(verb)
    return frozenset(found)


def _below(scene: Scene, node: int, nodes: frozenset[int]) -> Iterator[int]:
    """The nodes below one, without clauses of their own and other acts."""
    tree = scene.tree
    yield node
    for child in tree.below(node):
        word = tree.nodes[child]
        clause = word.verb and (word.relation in CLAUSES or (word.relation == "xcomp" and word.tag in ("VBD", "VBZ", "VBP")))
        other = child not in nodes and not word.verb and tree.entry(child, "K") is not None and word.relation != "compound"
        other = other or (word.relation == "conj" and word.key in ELLIPTICAL and tree.entry(node, "K") is not None)
        speech = tree.entry(child, "Q") is not None
        beside = word.relation in ("appos", "parataxis") or (
            word.relation in ("nmod", "nmod:unmarked") and not tree.case(child) and bool(tree.codes(node))
        )
        mixed = word.relation == "conj" and set(tree.codes(child)) & set("BL") and not set(tree.codes(node)) & set("BLTIS")
        if child in nodes or tree.item(child).time is not None or not (clause or other or speech or beside or mixed):
            yield from _below(scene, child, nodes)
        elif clause and node in nodes and word.relation == "acl" and word.tag in ("VBN", "VBD") and not speech:
            for phrase in tree.below(child, "obl", "obl:unmarked"):  # a strike ordered by X in Y on Z
                yield from _below(scene, phrase, nodes)


def _elsewhere(scene: Scene, index: int) -> bool:
    """Whether a day belongs to another word: the 2003 invasion's 2003, the anniversary's; two years after an act is not its day."""
    tree, word = scene.tree, scene.tree.nodes[index]
    time = tree.item(index).time
    if time is not None and time.edtf is None and time.words.lower().split()[-1] in ("after", "since", "before"):
        return True
    if word.relation in ("compound", "nmod:poss", "amod", "nummod"):
        return tree.entry(word.head, "KV") is None
    return any(tree.nodes[i].key in REMEMBERED for i in tree.above(index))


def _places(scene: Scene, index: int) -> Iterator[Mention]:
    """The places that a phrase says: under a preposition of place, or as the premodifier of an act (the Baghdad strike)."""
    tree, word = scene.tree, scene.tree.nodes[index]
    codes = set(tree.codes(index))
    unlisted = not codes & set("LBT") and _unlisted(scene, index)
    if not codes & set("LBT") and not unlisted:
        return
    head = index
    while (
        tree.nodes[head].relation in ("compound", "nmod:poss", "flat", "conj", "appos", "nmod:desc", "amod") or _part(scene, head)
    ) and tree.nodes[head].head != head:
        if tree.entry(tree.nodes[head].head, "KV") is not None:
            break
        head = tree.nodes[head].head
    above = tree.nodes[head]
    if any(tree.case(i) == "from" for i in _up(scene, head)):
        return  # carried out from a base in X
    if head != index and "S" in codes and word.relation in ("compound", "amod", "nmod:poss") and not set(tree.codes(head)) & set("LBT"):
        return  # whose a base is says nothing of where it lies: at two US bases
    if (
        above.relation in ("nmod", "obl", "obl:unmarked", "nmod:unmarked")
        and tree.case(head) in WHERE
        and not (tree.case(head) == "" and "S" in codes)
    ) or (word.relation == "compound" and "S" not in codes and tree.entry(word.head, "K") is not None):
        found = tree.item(index).mention()
        yield replace(found, kind="Place") if unlisted else found


def _unlisted(scene: Scene, index: int) -> bool:
    """Whether an unlisted name is a place's: its kind stands by it (the town of X, X province), or it only says near what."""
    tree, word = scene.tree, scene.tree.nodes[index]
    codes = set(tree.codes(index))
    if not word.tag.startswith("NNP") or codes - {"U"} or not word.words[0].isupper() or len(word.words) < 3:
        return False
    if word.relation == "nmod" and tree.case(index) == "of" and _settled(scene, word.head):
        return True
    beside = word.relation in ("compound", "nmod:desc", "flat") and _settled(scene, word.head) and index == word.head - 1
    below = any(_settled(scene, i) and i == index - 1 for i in tree.below(index, "compound", "nmod:desc", "amod"))
    alone = word.relation in ("nmod", "obl") and not tree.below(index, "compound", "det", "flat", "amod", "appos", "nmod")
    return beside or below or (alone and tree.case(index) in ("near", "close to", "outside") and not word.key.isupper())


def _part(scene: Scene, index: int) -> bool:
    """Whether a phrase names the place of whose part, or of whose kind, the noun above it speaks: the centre of X, the town of X."""
    tree, word = scene.tree, scene.tree.nodes[index]
    return word.relation == "nmod" and tree.case(index) == "of" and (tree.nodes[word.head].key in PARTS or _settled(scene, word.head))


def _settled(scene: Scene, index: int) -> bool:
    """Whether a noun is one for a place where people live: town, province; not one for a base or a field."""
    entry = scene.tree.entry(index, "I")
    return entry is not None and entry.name in SETTLEMENTS


def _up(scene: Scene, index: int) -> Iterator[int]:
    """A phrase and those above it, up to the act or verb that they belong to."""
    yield index
    for above in scene.tree.above(index):
        if scene.tree.nodes[above].verb or scene.tree.entry(above, "K") is not None:
            return
        yield above
