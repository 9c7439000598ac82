"""Whose words a relation or strength is: the speakers of the stretch of its sentence, over the frames of speech."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract import speech
from kg.extract.line import Line
from kg.extract.scene import Scene
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
    line: Line, scene: Scene | None, frames: Sequence[speech.Frame], stretch: Span, *, phrase: bool, quoted: bool
) -> tuple[Mention, ...] | None:
    """The chain of those whose word it is: (), the outlet's own; None, nobody's whom we could name, or not stated at all.

    What stands within a noun phrase (`phrase`) is a speaker's only inside quotation marks; `quoted`: the sentence began inside such.
    """
    inside = quoted or _in_quotation_marks(line, stretch)
    if phrase and not inside:
        return ()
    nodes = _nodes(scene, stretch) if scene else ()
    if scene is None or not nodes:
        return None if inside or _thought(line, stretch) else ()
    node = nodes[-1]
    if any(frame.act not in TELLING for frame in frames if node in frame.content):
        return None
    chain = speech.speakers(scene, frames, node)
    if chain == () and (inside or _thought(line, stretch)):
        return None
    return chain


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
