"""Who speaks in a sentence: frames that put a stretch of it into somebody's mouth.

A frame names the speaker, through whom it came, and the stretch that is theirs.  What stands outside (an apposition of the speaker's own office,
say) stays with the outlet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.line import Line
from kg.model import Mention, Span


@dataclass(frozen=True, slots=True)
class Frame:
    """One speaker's stretch of a sentence; `act` is the concept that the verb stands for."""

    speakers: tuple[Mention, ...]
    covers: Span
    act: str


TELLING: Final = frozenset(
    {
        "speech-act/says",
        "speech-act/claims-responsibility",
        "speech-act/announces",
        "speech-act/claims",
        "speech-act/warns",
        "speech-act/defends",
    }
)
"""Acts whose words state what is; what is demanded, threatened, promised, denied or laid to somebody's charge is not stated."""

UNSETTLED: Final = "unsettled"
"""The act of a frame whose speaker is not known; never among the telling ones."""

DETERMINERS: Final = frozenset({"the", "a", "an", "this", "that", "his", "its", "their", "in", "so", "such", "all"})
"""Words after which a form of speech is a noun (its report)."""

AHEAD: Final = (
    "<via:M> 's <who:Z> <verb:Q>",
    "<who:POSMZU> <verb:Q> to|with? <via:M>",
    "<who:POSMZU> has|have|had|also|later|then|further? <verb:Q>",
    "<who:POSMZU> <verb:Q> on? <D>? that",
    "<who:Z> of <OSM> <verb:Q>",
)
"""Frames in which the words follow: a security source told X that …"""

ACCORDING: Final = "<verb:Q> the|a|an? ~ <who:POSMZU>"
"""A frame around the whole sentence, where the verb slot holds the words according to."""

TITLED: Final = ": <who:OSMPZ>"
"""A headline that names its source at its end: 5,000 troops take part: agency."""


def frames(line: Line) -> tuple[Frame, ...]:
    """The frames of a sentence; a sentence without one is in the outlet's own voice."""
    return tuple(_frames(line))


def _frames(line: Line) -> Iterator[Frame]:
    seen: set[int] = set()
    for match in line.find(ACCORDING):
        if line.items[match["verb"]].words.lower() == "according to":
            seen.add(match["verb"])
            yield Frame((line.items[match["who"]].mention(),), line.span, "speech-act/says")
    for match in line.find(TITLED):
        if match["who"] >= len(line.items) - 2:
            yield Frame((line.items[match["who"]].mention(),), line.span, "speech-act/says")
    for pattern in AHEAD:
        for match in line.find(pattern):
            verb = match["verb"]
            if verb not in seen and (line.heads(match["who"]) or ("via" in match and match["via"] < match["who"])):
                seen.add(verb)
                chain = [line.items[match["who"]].mention()]
                if "via" in match:
                    chain.append(line.items[match["via"]].mention())
                yield Frame(tuple(chain), _stretch(line, match["who"], verb), line.items[verb].entries[0].name or "speech-act/says")
    yield from _unsettled(line, seen)


def _unsettled(line: Line, seen: set[int]) -> Iterator[Frame]:
    """The frames of verbs of speech whose speaker is not found: their words are nobody's whom we could name, and no claim is drawn from them."""
    for index, item in enumerate(line.items):
        before = line.items[index - 1] if index else None
        follower = line.items[index + 1].key if index + 1 < len(line.items) else ""
        noun = before is not None and before.key in DETERMINERS and follower != "that"
        thought = (
            item.key == "that"
            and before is not None
            and not set(before.codes) & set("POSLMUNDKBT")
            and before.words.isalpha()
            and before.words.lower() not in DETERMINERS
        )
        known = any(line.items[verb].span.end <= item.span.start for verb in seen)
        if ("Q" in item.codes and index not in seen and not noun) or (thought and not known):
            yield Frame((), Span(item.span.end, line.span.end), UNSETTLED)


def _stretch(line: Line, who: int, verb: int) -> Span:
    """What a speaker's verb covers: what follows it; what went before too, where the frame stands behind a comma or a quotation."""
    before = who - 1 if line.items[who - 1].key not in ("a", "an", "the") else who - 2
    behind = who > 4 and line.items[before].key in (",", "”", '"', "’", "-", "–")
    rest = [item for item in line.items[verb + 1 :] if item.key not in (".", "”", '"', "’")]
    start = line.span.start if behind or len(rest) < 3 else line.items[verb].span.end
    return Span(start, line.span.end)


def frame(frames_: tuple[Frame, ...], span: Span, line: Line, *, phrase: bool = False, quoted: bool = False) -> Frame | None:
    """The frame in which a stretch of the sentence stands, or None where the outlet itself speaks.

    What stands within a noun phrase (`phrase`) is a speaker's only inside quotation marks.  Words in quotation marks (`quoted`: those that the
    paragraph opened before this sentence), or before a verb of speech, that no frame covers are somebody's whom we do not know.
    """
    inside = quoted or _quoted(line, span)
    if phrase and not inside:
        return None
    found = next((f for f in frames_ if f.covers.start <= span.start and span.end <= f.covers.end), None)
    behind = any("Q" in item.codes and item.span.start >= span.end for item in line.items)
    return found or (Frame((), line.span, UNSETTLED) if inside or (behind and not phrase) else None)


def _quoted(line: Line, span: Span) -> bool:
    """Whether a stretch stands inside quotation marks."""
    before = [item.key for item in line.items if item.span.end <= span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
