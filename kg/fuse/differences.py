"""Where claims on one thing cannot all be true: contradictions, and the revisions that look like them.

Claims on an event, whichever article tells it, are laid side by side property by property (`ROWS`).  Two numbers contradict one another when they
count the same and their intervals do not meet; two days, places or doers when neither is or holds the other.  One article does not contradict itself
by naming several doers or places: it tells of a joint or a wide act.  Where the later claim takes the earlier one's place - the same outlet or the
same speaker comes back with another number on a later day, or says that the toll rose - it is a revision.  Both sides stand; nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from kg.fuse import telling
from kg.fuse.likeness import Likeness, bounds, meet, overlap
from kg.stated import Stated

ROWS: Final[Mapping[str, str]] = {
    "killed": "difference/killed",
    "injured": "difference/injured",
    "actCount": "difference/acts",
    "weaponCount": "difference/weapons",
    "targetsStruck": "difference/targets",
    "time": "difference/date",
    "founded": "difference/founding",
    "perpetrator": "difference/perpetrator",
    "place": "difference/place",
    "leads": "difference/leader",
}
"""The properties that are looked at, and the concept of how claims on them differ."""

COUNTS: Final = frozenset(("killed", "injured", "actCount", "weaponCount", "targetsStruck"))
REVISED: Final = re.compile(
    r"\b(?:rose|risen|rises|climbed|raised|revised|updated|increased|grown|jumped|up from|dropped|lowered|corrected|now stands)\b",
    re.IGNORECASE,
)
"""Words by which an article says that a number has changed."""

TOP: Final = "position/leader"


@dataclass(frozen=True, slots=True)
class Difference:
    """Claims on one thing that differ in one respect; `later` are those that take the others' place, none where they contradict one another."""

    concerning: str
    respect: str
    claims: tuple[str, ...]
    later: tuple[str, ...] = ()


class Differences:
    """Finds what differs among claims."""

    def __init__(self, like: Likeness) -> None:
        self.like, self.words = like, like.words

    def of(self, concerning: str, claims: Iterable[Stated]) -> Iterator[Difference]:
        """The differences among the asserted claims on one thing: an event, or a body with those who lead it."""
        asserted = sorted((c for c in claims if c.realis == "realis/asserted" and c.predicate in ROWS), key=lambda c: c.claim)
        by_property: dict[str, list[Stated]] = {}
        for stated in asserted:
            by_property.setdefault(stated.predicate, []).append(stated)
        for predicate in sorted(by_property):
            yield from self._property(concerning, predicate, by_property[predicate])

    def _property(self, concerning: str, predicate: str, claims: Sequence[Stated]) -> Iterator[Difference]:
        """The differences in one property, one for each two values."""
        differ = self._test(predicate)
        by_value: dict[object, list[Stated]] = {}
        for stated in claims:
            by_value.setdefault(self._value(predicate, stated), []).append(stated)
        for (_, mine), (_, its) in combinations(sorted(by_value.items(), key=lambda item: repr(item[0])), 2):
            pairs = [(a, b) for a in mine for b in its if differ(a, b) and not self._joint(predicate, a, b, claims)]
            later = [self._later(predicate, a, b, claims) for a, b in pairs]
            if pairs and all(later):
                yield Difference(concerning, ROWS[predicate], _claims(pairs), tuple(sorted({one.claim for one in later if one})))
            elif pairs:
                yield Difference(concerning, ROWS[predicate], _claims(pairs))

    def _test(self, predicate: str) -> Callable[[Stated, Stated], bool]:
        """What makes two claims on a property differ."""
        if predicate in COUNTS:
            return self._counts_differ
        if predicate in ("time", "founded"):
            return self._times_differ
        return {"perpetrator": self._doers_differ, "place": self._places_differ, "leads": self._leaders_differ}[predicate]

    def _value(self, predicate: str, stated: Stated) -> object:
        if predicate in COUNTS:
            names = ("min", "max", "counted", "ofGroup")
            return tuple(stated.value(self.words.term(name)) or "" for name in names)
        if predicate in ("time", "founded"):
            return stated.value(self.words.term("edtf")) or ""
        return stated.subject if predicate == "leads" else stated.object

    # -- tests ---------------------------------------------------------------------------------------------------------------

    def _counts_differ(self, one: Stated, other: Stated) -> bool:
        """Whether two numbers count the same and cannot be one; of another group a number says nothing."""
        same = all(one.value(self.words.term(name)) == other.value(self.words.term(name)) for name in ("counted", "ofGroup"))
        return same and not meet(telling.toll(one, self.words), telling.toll(other, self.words))

    def _times_differ(self, one: Stated, other: Stated) -> bool:
        mine, its = (stated.value(self.words.term("edtf")) for stated in (one, other))
        return bool(mine and its) and not overlap(mine or "", its or "")

    def _doers_differ(self, one: Stated, other: Stated) -> bool:
        """Whether two known doers are on no one side; an unlisted name may be anybody's."""
        known = self.like.known
        return one.object in known and other.object in known and not self.like.same_side({one.object}, {other.object})

    def _places_differ(self, one: Stated, other: Stated) -> bool:
        known = self.like.known
        return one.object in known and other.object in known and not self.like.near({one.object}, {other.object})

    def _leaders_differ(self, one: Stated, other: Stated) -> bool:
        """Whether two persons are said to hold the same place at the head of a body."""
        past = {"incumbency/former", "incumbency/incoming"}
        if one.subject == other.subject or {one.incumbency, other.incumbency} & past:
            return False
        mine, its = one.position or TOP, other.position or TOP
        if self.like.known.is_a(one.object, "State"):  # a president and a prime minister both lead one
            return mine == its
        return mine == its or mine in self.words.broader(its) or its in self.words.broader(mine)

    def _joint(self, predicate: str, one: Stated, other: Stated, claims: Sequence[Stated]) -> bool:
        """Whether one article says both: several did it, or it reached over several places."""
        if predicate not in ("perpetrator", "place"):
            return False
        said = {(stated.document, stated.object) for stated in claims}
        return (one.document, other.object) in said or (other.document, one.object) in said

    # -- revisions -----------------------------------------------------------------------------------------------------------

    def _later(self, predicate: str, one: Stated, other: Stated, claims: Sequence[Stated]) -> Stated | None:
        """The claim that takes the other's place; None where they stand against one another."""
        if predicate == "leads":
            for early, late in ((one, other), (other, one)):
                if _ended_before(early, late):
                    return late
        (_, mine), (_, its) = (bounds(stated.day) if stated.day else (None, None) for stated in (one, other))
        if mine is None or its is None or mine == its:
            return None
        early, late = (one, other) if mine < its else (other, one)
        if predicate == "leads":
            return late if self._passed_on(early, late, claims) else None
        told = bool(_voice(early) & _voice(late)) or bool(REVISED.search(late.quote))
        return late if predicate in COUNTS and told else None

    def _passed_on(self, early: Stated, late: Stated, claims: Sequence[Stated]) -> bool:
        """Whether an office may have passed from one to the other: nobody gives it to the first again when the second has it, or without a date."""
        first = [bounds(c.day)[1] if c.day else None for c in claims if c.subject == early.subject]
        second = [day for c in claims if c.subject == late.subject and c.day and (day := bounds(c.day)[0])]
        return bool(second) and all(day is not None and day < min(second) for day in first)


def _ended_before(early: Stated, late: Stated) -> bool:
    """Whether one tenure is known to have ended by the time when the other began, or is first spoken of."""
    end = bounds(early.until)[1] if early.until else None
    begun = late.since or late.day
    start = bounds(begun)[0] if begun else None
    return bool(end and start and end <= start)


def _voice(stated: Stated) -> frozenset[str]:
    """Whose word a claim is: its speakers, else the outlet."""
    return stated.speakers or stated.voices


def _claims(pairs: Iterable[tuple[Stated, Stated]]) -> tuple[str, ...]:
    return tuple(sorted({stated.claim for pair in pairs for stated in pair}))
