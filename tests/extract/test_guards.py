"""Each word that keeps a sentence from being an attack, or makes one of it: with the word, and with a word of nothing in its place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from kg.settings import DEFAULT_BASE
from kg.terms import vocabulary
from tests.extract.test_extractors import claims

DAY: Final = "2024-05-15"

NONCE: Final = "florb"

KEEPING: Final = {
    "mishapCue": (
        "A {} killed five people in Kirkuk on Monday.",
        "The {} killed five people in Kirkuk on Monday.",
        "Five people were killed in a {} in Kirkuk on Monday.",
    ),
    "mishapVerbCue": (
        "Five soldiers were killed in Kirkuk on Monday when a bus {}.",
        "Five soldiers were killed in Kirkuk on Monday when two buses {}.",
    ),
    "wordyCue": (
        "Iran attacked Israel in a {} on Monday.",
        "Iran attacked Israel with a {} on Monday.",
        "Hezbollah attacked Israel on {} on Monday.",
    ),
    "unbodiedCue": ("Iran attacked Israel's {} on Monday.", "Iran attacked the {} in Israel on Monday."),
    "workerCue": (
        "A strike of {} began in Baghdad on Monday.",
        "A strike by {} hit Baghdad on Monday.",
        "The {} struck in Baghdad on Monday.",
    ),
    "strikingOtherwiseCue": (
        "An Israeli {} attack hit Iran on Monday.",
        "A {} attack in Kirkuk killed five people on Monday.",
        "The {} attack by Israel on Iran on Monday was condemned.",
    ),
    "civilCue": ("Israel launched a {} campaign against Hezbollah in January 2024.",),
}
"""Sentences that tell of an attack unless the word stands in them."""

MAKING: Final = {
    "landingVerbCue": (
        "Two rockets {} in Erbil on Monday.",
        "Two rockets {} into a base in Erbil on Monday.",
        "A rocket {} near Erbil on Monday.",
        "Rockets {} the airport in Erbil on Monday.",
        "Rockets {} the Ain al-Asad base on Monday.",
        "Two rockets began to {} on Erbil on Monday.",
        "Two rockets began to {} the Ain al-Asad base on Monday.",
    ),
    "militaryCue": (
        "Turkey launched a {} campaign to retake Mosul in January 2024.",
        "Turkey launched a campaign of {} to retake Mosul in January 2024.",
    ),
    "damagingVerbCue": ("An air strike {} a house in Erbil on Monday.", "The air strike went on to {} a house in Erbil on Monday."),
}
"""Sentences that tell of an attack only by the word."""


@cache
def attack(sentence: str) -> bool:
    return any(claim.startswith("event kind") for claim in claims("rules", sentence, DAY))


def works(annotation: str, word: str) -> bool:
    if annotation in KEEPING:
        return any(attack(shape.format(NONCE)) and not attack(shape.format(word)) for shape in KEEPING[annotation])
    return any(attack(shape.format(word)) and not attack(shape.format(NONCE)) for shape in MAKING[annotation])


def entries() -> list[tuple[str, str]]:
    words = vocabulary(DEFAULT_BASE)
    return sorted({(name, cue.words) for name in (*KEEPING, *MAKING) for cue in words.cues(name)})


def idle(asked: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [entry for entry in asked if not works(*entry)]


def test_every_word_is_at_work() -> None:
    assert idle(entries()) == []


def test_an_idle_word_is_seen() -> None:
    asked = [("mishapCue", "drone strike"), ("landingVerbCue", NONCE)]
    assert idle(asked) == asked
