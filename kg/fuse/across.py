"""Whether what two articles tell is one event: conflicts first, then points of agreement that say why.

A row of `POINTS` is a reason (a concept of fusion-reason) with its worth.  Two articles tell of one event when they conflict in nothing, agree on
`ENOUGH` points, and an anchor is among them: something that a second event of the same day and land would hardly share - a named victim, a base, a
place below a country, the number of dead; of a political act its kind.  Without a known victim in common both must say when: of two men of one name, whom
no list holds, nobody can tell that they are one.  Where one of them gives more
than a few days (`vague`: last month; of a political act, that year) the two are one only if no other event fits as well.  Rather split than merge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kg.fuse.likeness import Likeness, bounds, meet, overlap, single_day
from kg.fuse.telling import Told, words_of

POINTS: Final[Mapping[str, int]] = {
    "fusion-reason/same-victim": 5,
    "fusion-reason/same-day": 2,
    "fusion-reason/overlapping-time": 1,
    "fusion-reason/same-base": 3,
    "fusion-reason/same-place": 2,
    "fusion-reason/same-country": 1,
    "fusion-reason/same-target": 1,
    "fusion-reason/same-perpetrator": 1,
    "fusion-reason/same-party": 1,
    "fusion-reason/same-weapon": 1,
    "fusion-reason/same-toll": 1,
    "fusion-reason/same-kind": 3,
}
"""What each reason is worth."""

ANCHORS: Final = frozenset(f"fusion-reason/{name}" for name in ("same-victim", "same-base", "same-place", "same-toll", "same-kind"))
ENOUGH: Final = 5
NIGHT: Final = timedelta(days=1)
"""How far two days of one death may lie apart: a night's strike is dated by either day, and by the hour of another zone."""

FEW: Final = timedelta(days=3)
MONTH: Final = timedelta(days=31)
YEAR: Final = timedelta(days=366)

SINGLE: Final = frozenset(("Attack", "Strike", "Assassination", "Explosion"))
"""Classes whose members are told now as the one, now as the other."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Why what two articles say may be of one event: the score, its reasons, and which of the two gives a time so vague that another event may fit."""

    score: int
    reasons: tuple[str, ...]
    vague: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Match:
    """That two articles tell of one event: the tellings, the lesser key first, the score and the reasons it is made of."""

    one: str
    other: str
    score: int
    reasons: tuple[str, ...]


class Across:
    """Lays what two articles tell side by side; an article's own tellings are not compared here."""

    def __init__(self, like: Likeness) -> None:
        self.like = like

    def fit(self, one: Told, other: Told) -> Fit | None:
        """Why the two are one event; None where they are not shown to be."""
        if self.conflict(one, other):
            return None
        reasons = tuple(sorted(self._reasons(one, other)))
        score = sum(POINTS[reason] for reason in reasons)
        span = timedelta(0) if self._known_dead(one, other) else self._span(one, other)
        if score < ENOUGH + self._doubts(one, other) or not ANCHORS.intersection(reasons) or span is None:
            return None
        if span > (YEAR if "fusion-reason/same-kind" in reasons else MONTH):
            return None
        mine, its = (span > FEW and all(length(day) > FEW for day in told.days) for told in (one, other))
        return Fit(score, reasons, (mine, its))

    def _known_dead(self, one: Told, other: Told) -> frozenset[str]:
        """The known persons whose death both tell."""
        return self._named(one.victims & other.victims)

    def _doubts(self, one: Told, other: Told) -> int:
        """How many points more are asked for: one each where the weapons or the numbers of dead are others, though no death is told by both."""
        if self._known_dead(one, other):
            return 0
        weapons = bool(one.weapons and other.weapons) and not one.weapons & other.weapons
        tolls = bool(one.tolls and other.tolls) and not any(meet(a, b) for a in one.tolls for b in other.tolls)
        return weapons + tolls

    def _span(self, one: Told, other: Told) -> timedelta | None:
        """How long the vaguer of two times is that may be one, at the least; None where either gives none."""
        lengths = [max(length(a), length(b)) for a in one.days for b in other.days if overlap(a, b)]
        return min(lengths, default=None)

    def conflict(self, a: Told, b: Told) -> bool:
        """Whether the two cannot be one event: other days, base, place, victim, doers, or other kinds of act.

        A named victim in common outweighs different doers and a night between the days: then the tellings contradict one another about one death.
        """
        like = self.like
        death = bool(self._victims(a) & self._victims(b))
        return (
            not self._kinds_fit(a, b)
            or (bool(a.days and b.days) and not any(overlap(x, y) or (death and _close(x, y)) for x in a.days for y in b.days))
            or (bool(self._bases(a) and self._bases(b)) and not self._bases(a) & self._bases(b))
            or (bool(self._where(a) and self._where(b)) and not like.near(self._where(a), self._where(b)))
            or (bool(a.victims and b.victims) and not death)
            or (
                bool(self._named(a.doers) and self._named(b.doers))
                and not death
                and not like.same_side(self._named(a.doers), self._named(b.doers))
            )
            or (bool(a.parties and b.parties) and not (self._held(a.parties, b.parties) or self._held(b.parties, a.parties)))
            or (not death and bool(like.second & words_of(a)) != bool(like.second & words_of(b)))
        )

    def _kinds_fit(self, one: Told, other: Told) -> bool:
        """Whether acts of these kinds may be one: single attacks go by many names, and all else by its own."""
        mine, its = self.like.classes(one), self.like.classes(other)
        if self.like.many(one) or self.like.many(other) or "SpeechAct" in mine ^ its:
            return bool(mine & its & {"PoliticalAct"})
        return bool(mine & SINGLE and its & SINGLE) or self.like.kin(one, other)

    def _victims(self, told: Told) -> frozenset[str]:
        return self.like.persons(told.victims)

    def _named(self, things: frozenset[str]) -> frozenset[str]:
        """The known ones among things: of two unlisted names none can say that they are two."""
        return frozenset(thing for thing in things if thing in self.like.known)

    def _held(self, parties: frozenset[str], others: frozenset[str]) -> bool:
        """Whether all parties are among the others; of an unlisted one nobody can tell."""
        return parties <= others and parties == self._named(parties)

    def _bases(self, told: Told) -> frozenset[str]:
        return frozenset(place for place in told.targets | told.places if self.like.known.is_a(place, "MilitaryBase"))

    def _where(self, told: Told) -> frozenset[str]:
        """Places of the act, and those places that it was aimed at."""
        return self._named(told.places) | frozenset(thing for thing in told.targets if self.like.known.is_a(thing, "Place"))

    # -- reasons -------------------------------------------------------------------------------------------------------------

    def _reasons(self, one: Told, other: Told) -> Iterator[str]:
        like = self.like
        if self._victims(one) & self._victims(other):
            yield "fusion-reason/same-victim"
        if any(_day(a) == _day(b) is not None for a in one.days for b in other.days):
            yield "fusion-reason/same-day"
        elif any(overlap(a, b) and bounds(a) != (None, None) for a in one.days for b in other.days):
            yield "fusion-reason/overlapping-time"
        yield from self._where_alike(one, other)
        if self._named(one.targets & other.targets) - self._where(one):
            yield "fusion-reason/same-target"
        if like.same_side(self._named(one.doers), self._named(other.doers)):
            yield "fusion-reason/same-perpetrator"
        if self._named(one.parties & other.parties):
            yield "fusion-reason/same-party"
        if one.weapons & other.weapons:
            yield "fusion-reason/same-weapon"
        if any(toll in other.tolls and (toll[0] or 0) > 1 for toll in one.tolls):
            yield "fusion-reason/same-toll"
        if "PoliticalAct" in like.classes(one) & like.classes(other) and like.kin(one, other):
            yield "fusion-reason/same-kind"

    def _where_alike(self, one: Told, other: Told) -> Iterator[str]:
        shared = self.like.shared(self._where(one), self._where(other))
        if self._bases(one) & self._bases(other):
            yield "fusion-reason/same-base"
        elif any(not self.like.country(place) and self._below_country(place) for place in shared):
            yield "fusion-reason/same-place"
        elif shared:
            yield "fusion-reason/same-country"

    def _below_country(self, place: str) -> bool:
        return any(self.like.country(wider) for wider in self.like.known.wider(place))


def _day(edtf: str) -> str | None:
    """The single day of a time, also of one that gives only its end."""
    day = edtf.removeprefix("../")
    return day[:10] if single_day(day) else None


def length(edtf: str) -> timedelta:
    """How long a time is; one that ends on a day and has no beginning is told of that day, one without an end or a year has no measure."""
    first, last = bounds(edtf)
    if last is None:
        return timedelta.max
    return last - first if first else timedelta(0)


def _close(one: str, other: str) -> bool:
    """Whether two times lie no more than a night apart."""
    (a, b), (c, d) = bounds(one), bounds(other)
    return bool(a and b and c and d) and a - d <= NIGHT and c - b <= NIGHT  # type: ignore[operator]
