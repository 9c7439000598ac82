"""The score of fusion: every two tellings are one event exactly where the gold gives them one id."""

from __future__ import annotations

from kg.score.figures import Known
from kg.score.fusion import outcomes

KNOWN = [Known("one", "strike", "a"), Known("two", "strike", "b"), Known("two", "raid", "c")]


def verdicts(**event_of: str) -> list[str]:
    return [outcome.verdict for outcome in outcomes(KNOWN, event_of)]


def test_a_pair_rightly_joined_counts_and_pairs_rightly_apart_do_not() -> None:
    assert verdicts(a="x", b="x", c="y") == ["right"]


def test_a_pair_left_apart_is_missed() -> None:
    assert verdicts(a="x", b="y", c="z") == ["missed"]


def test_every_pair_wrongly_joined_is_wrong() -> None:
    assert sorted(verdicts(a="x", b="x", c="x")) == ["right", "wrong", "wrong"]
