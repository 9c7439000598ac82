"""Whose words a node of a sentence is, over the frames of speech around it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.speaking.frame import SAYS, STATING, Frame, alike
from kg.extract.syntax.contexts import presupposed
from kg.extract.syntax.scene import Scene
from kg.model import Mention


def speakers(scene: Scene, found: Sequence[Frame], node: int) -> tuple[Mention, ...] | None:
    """Whose words a node is: (), the outlet's own; None, somebody's whom we do not know."""
    known = presupposed(scene.tree, node)
    around = sorted(
        (f for f in found if node in f.content and not (known and _takes_as_known(scene, f, node))), key=lambda f: (len(f.content), f.node)
    )
    chain: list[Mention] = []
    for frame in around:
        if not frame.voices:
            return None
        chain += [who for who in frame.speakers if not any(alike(who, other) for other in chain)]
    if not around and _in_quotation(scene, node):
        return None
    return tuple(chain)


def _takes_as_known(scene: Scene, frame: Frame, node: int) -> bool:
    """Whether an act speaks of a known happening without stating it: condemned the attack, was responsible for the killing, denied a part in the blast."""
    if frame.act not in STATING and frame.act != "speech-act/claims-responsibility" and frame.form in ("verb", "noun"):
        return True
    below = node
    for above in scene.tree.above(node):
        key = scene.tree.nodes[above].key
        laid = key in ("responsible", "responsibility", "behind")
        if above in frame.content and (laid or (key in ("role", "involvement", "part", "hand") and scene.tree.case(below) == "in")):
            return True
        below = above
    return False


def under(scene: Scene, found: Sequence[Frame], node: int) -> bool:
    """Whether a happening is told only as what somebody is accused of, blamed for, or denies."""
    return any(
        node in f.content
        and (
            f.act in ("speech-act/accuses", "speech-act/blames", "speech-act/denies") or (f.act in SAYS and _takes_as_known(scene, f, node))
        )
        for f in found
    )


def _in_quotation(scene: Scene, node: int) -> bool:
    """Whether a word stands inside a quotation of more than a few words, a sentence's worth, that no frame covers."""
    items, at = scene.line.items, scene.tree.nodes[node].item
    opened = [i for i in range(at) if items[i].words == "“"]
    closed = [i for i in range(at) if items[i].words == "”"]
    if len(opened) <= len(closed):
        return False
    end = next((i for i in range(at, len(items)) if items[i].words == "”"), len(items))
    inside = range(opened[-1], end)
    return any(scene.tree.nodes[n].verb and scene.tree.nodes[n].item in inside for n in range(len(scene.tree.nodes)))
