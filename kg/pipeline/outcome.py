"""What became of a file or an article, and how far a long run has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.model import Reading
from kg.store.aside import Reason

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file or article; `aside` says why claims were set aside.

    `state` is added, updated, unchanged, rebuilt, removed, refused, retracted, restored or redacted.
    """

    name: str
    state: str
    article: str | None = None
    reason: str | None = None
    claims: int = 0
    events: int = 0
    reading: Reading | None = None
    notes: tuple[str, ...] = ()
    aside: tuple[Reason, ...] = ()
