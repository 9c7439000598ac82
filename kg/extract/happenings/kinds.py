"""The kinds of event that are not single attacks, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One row: a kind of event, and the concepts whose nouns name it."""

    name: str
    nouns: frozenset[str]


def _nouns(names: str) -> frozenset[str]:
    return frozenset(f"event-kind/{name}" for name in names.split())


TRUCE: Final = "event-kind/truce"
AGREEMENT: Final = "event-kind/agreement"
RESOLUTION: Final = "event-kind/resolution"
END: Final = "event-kind/end-of-mission"
ANNOUNCEMENT: Final = "event-kind/announcement"
GROUND: Final = "event-kind/ground-operation"
CAMPAIGN: Final = "event-kind/campaign"
BOMBARDMENT: Final = "event-kind/bombardment"

KINDS: Final = (
    Kind(TRUCE, _nouns("truce")),
    Kind(AGREEMENT, _nouns("agreement")),
    Kind(RESOLUTION, _nouns("resolution")),
    Kind(END, _nouns("mission")),
    Kind(GROUND, _nouns("ground-operation invasion")),
    Kind(CAMPAIGN, _nouns("campaign operation")),
    Kind(BOMBARDMENT, _nouns("bombardment shelling bombing air-strike")),
)

PEACEFUL: Final = frozenset((TRUCE, AGREEMENT, RESOLUTION, END, ANNOUNCEMENT))
"""Kinds that are no act of arms: who struck a deal struck nobody."""

SHOWN: Final = {BOMBARDMENT: "event-kind/bombing"}
"""The concept given for a kind, where it is not its own: bombardments are bombings."""
