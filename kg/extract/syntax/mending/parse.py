"""A parse in the making, which the rules change word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, SupportsIndex

FINITE: Final = ("VBD", "VBZ", "VBP")


LOOSE: Final = ("advcl", "dep", "parataxis", "xcomp", "ccomp", "acl", "conj")


SUBJECTS: Final = ("nsubj", "nsubj:pass", "csubj", "expl")
PUNCTUATION: Final = (".", ",", "''", "``", "-RRB-", ":")


class Heads(list[int]):
    """The head of each word, the root's own; knows what stands below a word until a head is changed."""

    _below: dict[int, list[int]] | None = None

    def below(self, index: int) -> Sequence[int]:
        """The words whose head a word is, itself left out, in order."""
        if self._below is None:
            self._below = {}
            for child, head in enumerate(self):
                if child != head:
                    self._below.setdefault(head, []).append(child)
        return self._below.get(index, ())

    def __setitem__(self, index: SupportsIndex, head: int) -> None:  # type: ignore[override]
        self._below = None
        super().__setitem__(index, head)


@dataclass(slots=True)
class Parse:
    """A parse in the making, and what is known of its words."""

    tags: list[str]
    relations: list[str]
    heads: Heads
    keys: tuple[str, ...]
    codes: tuple[str, ...]
    counts: tuple[bool, ...]
    norms: tuple[str | None, ...] = ()
    items: tuple[int, ...] = ()

    def below(self, index: int, *relations: str) -> list[int]:
        """The dependents of a word by some relations, or all."""
        below = self.heads.below(index)
        return [i for i in below if self.relations[i] in relations] if relations else list(below)

    def finite(self, index: int) -> bool:
        """Whether a word is a verb form that can stand alone: no auxiliary, "to" or passive beside it."""
        return (
            self.tags[index] in FINITE
            and not self.below(index, "aux", "aux:pass", "cop")
            and not any(self.keys[i] == "to" for i in self.below(index, "mark"))
        )

    def move(self, index: int, head: int, relation: str) -> None:
        """Hangs a word below another, unless that would close a circle."""
        above = head
        while self.heads[above] != above:
            if above == index:
                return
            above = self.heads[above]
        if above != index:
            self.heads[index], self.relations[index] = head, relation

    def within(self, index: int) -> set[int]:
        """A word and all below it."""
        return {index}.union(*(self.within(child) for child in self.below(index)))
