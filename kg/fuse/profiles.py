"""What tellings say, without where they stand: hundreds of articles that say the same of one event are laid beside the others once.

A profile is a number.  Names that no list holds are one article's own, so that of two articles' doers, places and targets they say nothing; a dead man's
counts by its words, and of a political act's sides it is known that there was another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.fuse.across import Across, Fit
from kg.fuse.blocks import Blocks, Keys
from kg.fuse.likeness import Likeness
from kg.fuse.series import Series
from kg.fuse.telling import Local, Told, words_of

UNLISTED = ""
"""Stands for the sides of a political act that no list holds."""


class Profiles:
    """Numbers what tellings say, and keeps what came of laying two of them side by side."""

    def __init__(self, like: Likeness) -> None:
        self.like = like
        self.across, self.blocks, self.series = Across(like), Blocks(like), Series(like)
        self._numbers: dict[Told, int] = {}
        self._said: list[Told] = []
        self._of: dict[str, int] = {}
        self._keys: dict[int, Keys] = {}
        self._fits: dict[tuple[int, int], Fit | None] = {}
        self._conflicts: dict[tuple[int, int], bool] = {}
        self._alike: dict[tuple[int, int], bool] = {}

    def of(self, one: Local) -> int:
        """The profile of a telling."""
        if one.key not in self._of:
            said = self._profile(one.told)
            number = self._of[one.key] = self._numbers.setdefault(said, len(self._said))
            if number == len(self._said):
                self._said.append(said)
        return self._of[one.key]

    def _profile(self, told: Told) -> Told:
        listed = self._listed
        return Told(
            "",
            0,
            self.like.persons(told.victims),
            told.days,
            listed(told.places),
            listed(told.doers),
            told.kinds,
            listed(told.targets),
            told.tolls,
            words=" ".join(sorted(self.like.second & words_of(told))),
            weapons=told.weapons,
            parties=listed(told.parties) | ({UNLISTED} if told.parties - listed(told.parties) else frozenset()),
        )

    def _listed(self, things: Iterable[str]) -> frozenset[str]:
        return frozenset(thing for thing in things if self.like.ids.unlisted(thing) is None)

    def keys(self, one: int) -> Keys:
        """The block keys of a profile."""
        if one not in self._keys:
            self._keys[one] = self.blocks.keys(self._said[one])
        return self._keys[one]

    def fit(self, one: int, other: int) -> Fit | None:
        """Why tellings of these profiles in two articles are one event; None where they share no block or are not shown to be."""
        pair = (min(one, other), max(one, other))
        if pair not in self._fits:
            self._fits[pair] = self.across.fit(self._said[pair[0]], self._said[pair[1]]) if self._meet(*pair) else None
        found = self._fits[pair]
        return found if found is None or one <= other else Fit(found.score, found.reasons, (found.vague[1], found.vague[0]))

    def conflict(self, one: int, other: int) -> bool:
        """Whether tellings of these profiles in two articles cannot be one event."""
        pair = (min(one, other), max(one, other))
        if pair not in self._conflicts:
            self._conflicts[pair] = self.across.conflict(self._said[pair[0]], self._said[pair[1]])
        return self._conflicts[pair]

    def alike(self, one: int, other: int) -> bool:
        """Whether running totals of these profiles count one series."""
        pair = (min(one, other), max(one, other))
        if pair not in self._alike:
            self._alike[pair] = self._meet(*pair) and self.series.alike(self._said[pair[0]], self._said[pair[1]])
        return self._alike[pair]

    def pairs(self, profiles: Iterable[int]) -> set[tuple[int, int]]:
        """The pairs among profiles of which the one asks for a block in which the other stands, itself with itself among them; the lesser first."""
        profiles, standing = sorted(set(profiles)), defaultdict[str, list[int]](list)
        for one in profiles:
            for key in self.keys(one).own:
                standing[key].append(one)
        return {
            (min(one, other), max(one, other))
            for one in profiles
            for key in self.keys(one).asked & standing.keys()
            for other in standing[key]
        }

    def _meet(self, one: int, other: int) -> bool:
        """Whether the one asks for a block in which the other stands."""
        mine, its = self.keys(one), self.keys(other)
        return not (mine.asked.isdisjoint(its.own) and its.asked.isdisjoint(mine.own))
