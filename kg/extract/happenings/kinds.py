"""The kinds of event that are not single attacks, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One row: a kind of event, the concepts whose nouns name it, and the role of those who bring it about.

    `lasting` kinds may be told with the day on which they began or the years that they took.
    """

    name: str
    nouns: frozenset[str]
    role: str
    lasting: bool = False


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
    Kind(TRUCE, _nouns("truce"), "party"),
    Kind(AGREEMENT, _nouns("agreement"), "party"),
    Kind(RESOLUTION, _nouns("resolution"), "perpetrator"),
    Kind(END, _nouns("mission"), "perpetrator"),
    Kind(GROUND, _nouns("ground-operation invasion"), "perpetrator", lasting=True),
    Kind(CAMPAIGN, _nouns("campaign operation"), "perpetrator", lasting=True),
    Kind(BOMBARDMENT, _nouns("bombardment shelling bombing air-strike"), "perpetrator"),
)

PEACEFUL: Final = frozenset((TRUCE, AGREEMENT, RESOLUTION, END, ANNOUNCEMENT))
"""Kinds that are no act of arms: who struck a deal struck nobody."""

SHOWN: Final = {BOMBARDMENT: "event-kind/bombing"}
"""The concept given for a kind, where it is not its own: bombardments are bombings."""
