"""The roles of one act, as its words fill them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.model import DraftObject, Qualifiers

MANY: Final = frozenset(("victim", "target", "place", "weapon"))
"""Roles that one telling may fill more than once."""


class Roles:
    """The values of each role, those of a single-valued one in the order of trust."""

    def __init__(self) -> None:
        self.found: dict[str, list[tuple[DraftObject, Qualifiers]]] = {}

    def add(self, predicate: str, value: DraftObject | None, held: Qualifiers | None = None) -> None:
        """Adds a value that is none of those known."""
        known = self.found.setdefault(predicate, [])
        if value is not None and all(value != other for other, _ in known):
            known.append((value, held or Qualifiers()))
        if not known:
            del self.found[predicate]

    def values(self) -> Iterator[tuple[str, DraftObject, Qualifiers]]:
        """Each predicate with its value and qualifiers, of single-valued ones the first."""
        for predicate, values in self.found.items():
            for value, held in values if predicate in MANY else values[:1]:
                yield predicate, value, held
