"""Whose words a relation or strength is: the speakers of the stretch of its sentence, over the frames of speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extract.bodies.setting import Setting
from kg.extract.line.items import Line
from kg.extract.speaking import attribution
from kg.extract.speaking.frame import Frame, References
from kg.extract.syntax.scene import Scene
from kg.model import Mention, Span

TELLING: Final = frozenset(
    {
        "speech-act/says",
        "speech-act/claims-responsibility",
        "speech-act/announces",
        "speech-act/claims",
        "speech-act/warns",
        "speech-act/defends",
        "speech-act/praises",
    }
)
"""Acts whose words state what is; what is demanded, threatened, promised, denied or laid to somebody's charge is not stated."""

NOUNS: Final = frozenset("POSLMUNDKBT")
"""Codes of items behind which "that" is a relative."""

DETERMINERS: Final = frozenset({"the", "a", "an", "this", "that", "his", "its", "their", "in", "so", "such", "all"})


def speakers(
    line: Line, scene: Scene | None, frames: Sequence[Frame], stretch: Span, *, phrase: bool, quoted: bool, alleged: bool = False
) -> tuple[Mention, ...] | None:
    """The chain of those whose word it is: (), the outlet's own; None, nobody's whom we could name, or not stated at all.

    What stands within a noun phrase (`phrase`) is a speaker's only inside quotation marks; `quoted`: the sentence began inside such; `alleged`: the
    claim is put as alleged, so that nobody need be known who alleges it.
    """
    inside = quoted or _in_quotation_marks(line, stretch)
    if phrase and not inside:
        return ()
    nodes = _nodes(scene, stretch) if scene else ()
    if scene is None or not nodes:
        return None if inside or _thought(line, stretch) else ()
    node, open_ = nodes[-1], [f for f in frames if not (alleged and not f.voices and f.node >= 0 and scene.tree.item(f.node).entry("J"))]
    if any(frame.act not in TELLING for frame in open_ if node in frame.content):
        return None
    chain = attribution.speakers(scene, open_, node)
    if not chain and inside:
        return _of_quotation(line, scene, frames, stretch)
    return None if chain == () and _thought(line, stretch) else chain


def _of_quotation(line: Line, scene: Scene, frames: Sequence[Frame], stretch: Span) -> tuple[Mention, ...] | None:
    """The speakers of a quotation of which the parse gives a part only to its frame: those of its other words, where they are known."""
    opening = max((i.span.start for i in line.items if i.key in ("“", '"') and i.span.end <= stretch.start), default=line.span.start)
    closing = min((i.span.start for i in line.items if i.key in ("”", '"') and i.span.start >= stretch.end), default=line.span.end)
    around = [
        frame
        for frame in frames
        if any(opening <= scene.tree.item(node).span.start and scene.tree.item(node).span.end <= closing for node in frame.content)
        and not (frame.node >= 0 and opening <= scene.tree.item(frame.node).span.start < closing)
    ]
    told = len(around) == 1 and around[0].act in TELLING and bool(around[0].voices)
    return around[0].speakers if told else None


def credited(frames: Sequence[Frame], following: Scene | None, refs: References) -> tuple[Frame, ...]:
    """The frames, those without a known speaker given to the one whom the next sentence names: This was said by X."""
    if following is None or all(frame.voices for frame in frames):
        return tuple(frames)
    tree = following.tree
    heads = [n.index for n in tree.nodes if n.key in ("this", "that") and n.index == 0 and n.relation == "nsubj:pass"]
    verbs = [
        tree.nodes[index].head for index in heads if tree.nodes[tree.nodes[index].head].key in ("said", "stated", "announced", "declared")
    ]
    agents = [refs.actor(following, agent) for verb in verbs for agent in tree.below(verb, "obl:agent")]
    if len(agents) != 1 or agents[0] is None:
        return tuple(frames)
    return tuple(replace(frame, voices=(agents[0],)) if not frame.voices and frame.content else frame for frame in frames)


def stood(frames: Sequence[Frame], scene: Scene | None, setting: Setting) -> tuple[Frame, ...]:
    """The frames, a plain "they say" given to the organisation that the setting knows the pronoun to stand for."""
    found = []
    for frame in frames:
        span = scene.tree.item(frame.node).span if scene and not frame.voices and frame.node >= 0 else None
        verb = next((at for at, item in enumerate(setting.line.items) if at and item.span == span), None)
        subject = setting.line.items[verb - 1] if verb else None
        known = subject is not None and subject.span in setting.stood and bool(setting.actor(subject))
        found.append(replace(frame, voices=(subject.mention(),)) if known and subject is not None else frame)
    return tuple(found)


def _nodes(scene: Scene, stretch: Span) -> tuple[int, ...]:
    """The nodes of the tree that stand for the items of a stretch, in the order of the text."""
    found = []
    for index, item in enumerate(scene.line.items):
        if stretch.start <= item.span.start and item.span.end <= stretch.end:
            node = scene.tree.node(index)
            if node is not None:
                found.append(node)
    return tuple(found)


def _in_quotation_marks(line: Line, stretch: Span) -> bool:
    """Whether a stretch stands inside quotation marks."""
    before = [item.key for item in line.items if item.span.end <= stretch.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _thought(line: Line, stretch: Span) -> bool:
    """Whether a clause opened by "that" behind another word than a name holds a stretch: it is convinced that, rumours that."""
    for index, item in enumerate(line.items):
        if item.span.start >= stretch.start:
            return False
        before = line.items[index - 1] if index else None
        plain = before is not None and not set(before.codes) & NOUNS and before.words.isalpha() and before.words.lower() not in DETERMINERS
        if item.key == "that" and plain:
            return True
    return False
