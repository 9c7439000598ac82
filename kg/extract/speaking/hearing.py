"""The frames of a whole text: quotations that go on over sentences, and who holds which office anywhere in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.bodies.offices import offices, wider
from kg.extract.speaking.frame import STATING, Frame, Holder, References
from kg.extract.speaking.speech import frames
from kg.extract.syntax.scene import Scene
from kg.settings import DEFAULT_BASE
from kg.terms import vocabulary


def heard(scenes: Sequence[Scene | None], refs: References, text: str) -> Iterator[tuple[Frame, ...]]:
    """The frames of each sentence, in order; a quotation that goes on over several sentences is its speaker's in all of them.

    The references are asked when a sentence's turn comes, so that whoever takes the frames may read it in before the next.
    """
    made: list[tuple[Frame, ...]] = []
    held = tuple(holder for scene in scenes if scene for holder in _holders(scene))
    for number, scene in enumerate(scenes):
        found = frames(scene, refs, held=held) if scene else ()
        if scene and _wholly_quoted(scene, text) and not _framed(found):
            floor = _behind(scenes, refs, text, number) or _ahead(scenes, made, text, number)
            found = frames(scene, refs, floor, held) if floor else found
        made.append(found)
        yield found


def _wholly_quoted(scene: Scene, text: str) -> bool:
    """Whether a sentence stands between quotation marks from its first to its last word."""
    start = text.rfind("\n", 0, scene.line.span.start) + 1
    before, own = text[start : scene.line.span.start], scene.line.text.strip()
    marks = "“" if "“" in before + own else '"'
    opened = before.count("“") > before.count("”") if marks == "“" else before.count('"') % 2 == 1
    if not opened and not own.startswith(marks):
        return False
    inner = own[:-1].strip("“\"'")
    return "”" not in inner.rstrip(".!?") and '"' not in inner.rstrip(".!?")


def _framed(found: Sequence[Frame]) -> bool:
    """Whether a frame of the sentence itself, not in the first person, holds its words."""
    return any(f.before or f.form == "according" for f in found)


def _holders(scene: Scene) -> Iterator[Holder]:
    """The holders of offices that a sentence names."""
    for office in offices(scene.line):
        if not office.former:
            yield Holder(wider(office.positions, vocabulary(DEFAULT_BASE)), office.bodies, scene.line.items[office.person].mention())


def _outer(found: Sequence[Frame]) -> list[Frame]:
    """The frames that stand in nobody else's words and whose speaker is known."""
    return [
        f for f in found if not f.first and f.voices and not any(f.node in g.content for g in found if g is not f and g.form != "quotation")
    ]


def _apart(one: Scene, other: Scene, text: str) -> bool:
    """Whether two sentences stand in different paragraphs."""
    return "\n" in text[min(one.line.span.end, other.line.span.end) : max(one.line.span.start, other.line.span.start)]


def _behind(scenes: Sequence[Scene | None], refs: References, text: str, number: int) -> Frame | None:
    """The frame behind a quotation of several sentences: “… . …,” X said."""
    here = scenes[number]
    for other in scenes[number + 1 :]:
        if here is None or other is None or _apart(here, other, text):
            return None
        final = next((f for f in _outer(frames(other, refs)) if f.before), None)
        if final or not _wholly_quoted(other, text):
            return final
    return None


def _ahead(scenes: Sequence[Scene | None], made: Sequence[Sequence[Frame]], text: str, number: int) -> Frame | None:
    """The frame ahead of a quotation that goes on: X said: “… . …”"""
    here = scenes[number]
    for at in range(number - 1, -1, -1):
        other = scenes[at]
        if here is None or other is None or _apart(here, other, text):
            return None
        outer = _outer(made[at])
        if outer:
            return outer[-1] if outer[-1].act in STATING or outer[-1].form != "verb" else None
        if not _wholly_quoted(other, text):
            return None
    return None
