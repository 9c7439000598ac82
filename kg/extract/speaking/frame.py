"""What a frame of speech is: who speaks, through whom, and which words of a sentence are theirs; and the act that it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from kg.extract.syntax.scene import Scene, Told
from kg.model import Mention


class References(Protocol):
    """Who is meant by a phrase, pronouns and short names included."""

    def actor(self, scene: Scene, node: int) -> Mention | None:
        """The actor that the phrase of a node stands for, None where that is not certain."""

    def telling(self, scene: Scene, told: Sequence[Told], node: int) -> Told | None:
        """Which of the happenings told so far a node means, None where that is open."""

    def passed_over(self, scene: Scene, told: Sequence[Told], one: Told) -> bool:
        """Whether another act was spoken of since a happening was told, though it made no telling."""


SAYS: Final = frozenset(("speech-act/says", "speech-act/claims"))
"""Acts of neutral words: what they do is told by what is said."""


STATING: Final = SAYS | {"speech-act/announces", "speech-act/warns"}
"""Acts whose words can stand before the frame, or follow it in a clause of their own."""


FIRST: Final = frozenset(("we", "i"))
"""Pronouns for the one who speaks."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One act of speaking.

    `node` is its verb or noun in the tree (-1: a quotation that goes on from another sentence), `act` the concept that the word stands for, `voices`
    those who speak, together or alone, `channels` through whom it came, `content` the nodes that are their words.  `before`: the words before it are its
    content.  `form` is verb, noun, according, headline or quotation.  `last` is the last node of the cue.  `first`: the subject is "we" or "I".
    `source`: those who speak are an outlet or an unnamed source.
    """

    node: int
    act: str
    voices: tuple[Mention, ...]
    content: frozenset[int]
    channels: tuple[Mention, ...] = ()
    addressees: tuple[Mention, ...] = ()
    before: bool = False
    form: str = "verb"
    last: int = -1
    first: bool = False
    source: bool = False

    @property
    def speakers(self) -> tuple[Mention, ...]:
        """The chain: the one whose word it is first, then those through whom it came; () where nobody is known."""
        return (self.voices[0], *self.channels) if self.voices else ()


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its frame, its concept, at whom it points, and to whom it is said."""

    frame: Frame
    kind: str
    blamed: tuple[Mention, ...] = ()
    addressees: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody to whom the text gives an office by name: the positions that it is, with those above them, the senses of the body, and he."""

    positions: frozenset[str]
    bodies: frozenset[str]
    person: Mention


def alike(one: Mention, other: Mention) -> bool:
    """Whether two mentions may stand for one: a thing that both can mean, or the same words."""
    if one.senses or other.senses:
        return bool(set(one.senses) & set(other.senses))
    return one.words == other.words


def known(voice: Mention) -> bool:
    """Whether a speaker is more than somebody described in passing."""
    return bool(voice.senses) or not voice.description or voice.kind is not None
