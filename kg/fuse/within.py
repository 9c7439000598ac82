"""Which tellings of one article are of one event.

They are where they cannot well be of two: they name the same victim (an article does not kill a man twice), or they agree on the day or the number
of dead and on another strong point - doer, place, what was aimed at - and are of kinds that fit; and in either case they contradict one another in
nothing.  A running total is never one with a single attack, nor an act with the one that it answers; two tellings of one sentence, or one whose
sentence speaks of another or second act, are two unless they name one victim.  Rather split than merge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.fuse.likeness import Likeness, meet, overlap, single_day
from kg.fuse.telling import Told, words_of

STRONG: Final = 2
"""Points on which two tellings must agree where they name no victim in common, day or dead among them."""

Pairs = frozenset[frozenset[str]]
"""Pairs of tellings that somebody has judged to be two."""


class Within:
    """The fusing of one article's tellings, with what is known of kinds and things; `apart` are tellings that somebody judged to be two."""

    def __init__(self, like: Likeness, apart: Pairs = frozenset()) -> None:
        self.like, self.apart = like, apart

    def groups(self, tellings: Iterable[Told]) -> list[list[Told]]:
        """The tellings of one article, those of one event together, in the order in which the article tells them."""
        opened: list[list[Told]] = []
        for telling in sorted(tellings, key=lambda told: (told.start, told.report)):
            fitting = [others for others in opened if self._same(telling, others)]
            named = [others for others in fitting if self._share_victim(telling, others)]
            if named or len(fitting) == 1:
                (named or fitting)[0].append(telling)
            else:
                opened.append([telling])
        return self._gathered(opened)

    def _gathered(self, groups: list[list[Told]]) -> list[list[Told]]:
        """The groups, each that gives no day put with the one other group of the article that it may well be: an opening sentence with its story."""
        while True:
            for group in groups:
                fitting = [other for other in groups if other is not group and self._sketched(group, other)]
                if len(fitting) == 1 and not any(told.days for told in group):
                    groups = [[*each, *group] if each is fitting[0] else each for each in groups if each is not group]
                    break
            else:
                return [sorted(group, key=lambda told: (told.start, told.report)) for group in groups]

    def _sketched(self, group: Sequence[Told], others: Sequence[Told]) -> bool:
        """Whether an undated group tells in short what others tell: the same means and doer, near the same place below a country, against nothing."""
        if any(self._contradict(a, b) or frozenset((a.report, b.report)) in self.apart for a in group for b in others):
            return False
        return any(self._means(a, b) and not self.like.another & words_of(a) and a.start != b.start for a in group for b in others)

    def _means(self, one: Told, other: Told) -> bool:
        """Whether two tellings name the same means of attack, doer and place below a country."""
        like = self.like
        near = any(not like.country(place) for place in like.shared(one.places, other.places))
        return bool(one.kinds & other.kinds and one.weapons & other.weapons and one.doers & other.doers) and near

    def _same(self, telling: Told, others: Sequence[Told]) -> bool:
        """Whether a telling is of the same event as others: it fits one of them, and contradicts none."""
        if any(self._contradict(telling, other) or frozenset((telling.report, other.report)) in self.apart for other in others):
            return False
        return self._share_victim(telling, others) or any(self._agree(telling, other) for other in others)

    def _share_victim(self, telling: Told, others: Sequence[Told]) -> bool:
        return any(telling.victims & other.victims for other in others)

    def _agree(self, one: Told, other: Told) -> bool:
        """Whether two tellings of different sentences agree on enough.

        Of political acts there are not two of one kind in a land on one day: there a country tells, and words of another act do not.
        """
        like = self.like
        political = "PoliticalAct" in like.classes(one) & like.classes(other)
        if (
            one.start == other.start
            or not like.kin(one, other)
            or (not political and any(self.like.another & words_of(told) for told in (one, other)))
        ):
            return False
        sure = (
            any(single_day(day) and day in other.days for day in one.days),
            any(toll in other.tolls and (toll[0] or 0) > 1 for toll in one.tolls),
        )
        points = (
            *sure,
            bool(one.doers & other.doers),
            any(political or not like.country(place) for place in one.places & other.places),
            bool(one.targets & other.targets),
        )
        return any(sure) and sum(points) >= STRONG

    def _contradict(self, one: Told, other: Told) -> bool:
        """Whether two tellings say different days, places, doers, victims or numbers of dead, or one answers the other, or one is a total and one is not."""
        like = self.like
        return (
            like.many(one) != like.many(other)
            or one.report in other.answers
            or other.report in one.answers
            or (bool(one.days and other.days) and not any(overlap(a, b) for a in one.days for b in other.days))
            or (bool(one.places and other.places) and not like.near(one.places, other.places))
            or (bool(one.doers and other.doers) and not like.same_side(one.doers, other.doers))
            or (bool(one.tolls and other.tolls) and not any(meet(a, b) for a in one.tolls for b in other.tolls))
            or (bool(one.victims and other.victims) and not one.victims & other.victims)
        )
