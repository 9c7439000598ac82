"""Cue phrases found in a row of words."""

from __future__ import annotations

import pytest

from kg.extract.speaking.cues import Phrases
from kg.terms import vocabulary

SOME = Phrases([("violat*", "a"), ("hold … responsible", "b"), ("because of _", "c"), ("self-defence", "d"), ("hold", "e")])


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("they violated the truce", ["a"]),
        ("we hold the army and its allies responsible", ["b"]),
        ("we hold the line ; the army is responsible", ["e"]),
        ("it is because of the war", ["c"]),
        ("it was self - defence", ["d"]),
        ("nothing of the sort", []),
    ],
)
def test_a_phrase_is_found_with_its_gap_and_its_open_end(words: str, names: list[str]) -> None:
    assert [found.name for found in SOME.find(words.split())] == names


def test_a_phrase_tells_whether_it_points_at_what_follows() -> None:
    assert [found.points for found in SOME.find(["because", "of", "him"])] == [True]


def test_content_cues_are_in_lower_case_and_stand_once() -> None:
    cues = vocabulary().cues("contentCue")
    assert cues
    assert all(cue.words == cue.words.lower() == " ".join(cue.words.split()) for cue in cues)
    assert len({cue.words for cue in cues}) == len(cues)
