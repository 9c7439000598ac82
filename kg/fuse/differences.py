"""Where claims on one thing cannot all be true: contradictions, and the revisions that look like them.

Claims on an event, whichever article tells it, are laid side by side property by property (`ROWS`).  Two numbers contradict one another when they
count the same and their intervals do not meet; two days, places or doers when neither is or holds the other.  One article does not contradict itself
by naming several doers or places: it tells of a joint or a wide act.  Where the later claim takes the earlier one's place - the same outlet or the
same speaker comes back with another number on a later day, or says that the toll rose - it is a revision.  Both sides stand; nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final, TypeVar

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
JOINT: Final = frozenset(("perpetrator", "place"))
"""Properties of which one article may give several things that are all true."""

T = TypeVar("T")
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

    @cached_property
    def revised(self) -> re.Pattern[str]:
        """Words by which an article says that a number has changed."""
        words = sorted((re.escape(cue.words) for cue in self.words.cues("cue", "Revision")), key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)

    def of(self, concerning: str, claims: Iterable[Stated]) -> Iterator[Difference]:
        """The differences among the asserted claims on one thing: an event, or a body with those who lead it."""
        asserted = sorted((c for c in claims if c.realis == "realis/asserted" and c.predicate in ROWS), key=lambda c: c.claim)
        by_property = _by(lambda stated: stated.predicate, asserted)
        for predicate in sorted(by_property):
            yield from self._property(concerning, predicate, by_property[predicate])

    def _property(self, concerning: str, predicate: str, claims: Sequence[Stated]) -> Iterator[Difference]:
        """The differences in one property, one for each two values; claims that no test tells from one another are tested once."""
        differ, held = self._test(predicate), _Held(claims) if predicate == "leads" else None
        said = {(stated.document, stated.object) for stated in claims} if predicate in JOINT else set()
        by_value = _by(lambda stated: self._value(predicate, stated), claims)
        sides = [
            [list(alike) for alike in _by(lambda stated: self._aspect(predicate, stated), by_value[value]).values()]
            for value in sorted(by_value, key=repr)
        ]
        for mine, its in combinations(sides, 2):
            pairs = [
                (a, b) for a in _alone(mine, its[0][0].object, said) for b in _alone(its, mine[0][0].object, said) if differ(a[0], b[0])
            ]
            later = [self._later(predicate, a, b, held) for a, b in pairs]
            if pairs:
                gone = {stated.claim for found in later for stated in found} if all(later) else set()
                claims_in = {stated.claim for pair in pairs for side in pair for stated in side}
                yield Difference(concerning, ROWS[predicate], tuple(sorted(claims_in)), tuple(sorted(gone)))

    def _aspect(self, predicate: str, stated: Stated) -> object:
        """What of a claim the tests look at beside its value."""
        if predicate == "leads":
            return stated.position, stated.incumbency, stated.since, stated.until, stated.day
        return (stated.day, _voice(stated), self._revised(stated)) if predicate in COUNTS else None

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

    # -- revisions -----------------------------------------------------------------------------------------------------------

    def _later(self, predicate: str, one: Sequence[Stated], other: Sequence[Stated], held: _Held | None) -> Sequence[Stated]:
        """Of claims alike and others alike those that take the others' place; none where they stand against one another."""
        if held:
            for early, late in ((one, other), (other, one)):
                if _ended_before(early[0], late[0]):
                    return late
        (_, mine), (_, its) = (bounds(side[0].day) if side[0].day else (None, None) for side in (one, other))
        if mine is None or its is None or mine == its:
            return ()
        early, late = (one, other) if mine < its else (other, one)
        if held:
            return late if held.passed_on(early[0].subject, late[0].subject) else ()
        told = bool(_voice(early[0]) & _voice(late[0])) or self._revised(late[0])
        return late if predicate in COUNTS and told else ()

    def _revised(self, stated: Stated) -> bool:
        """Whether the article says that the number has changed."""
        return bool(self.revised.search(stated.quote))


class _Held:
    """When each of those who are said to lead a body is first and last spoken of."""

    def __init__(self, claims: Sequence[Stated]) -> None:
        self._days = {
            person: [bounds(day) if day else (None, None) for day in _by(lambda stated: stated.day, own)]
            for person, own in _by(lambda stated: stated.subject, claims).items()
        }

    def passed_on(self, early: str, late: str) -> bool:
        """Whether an office may have passed from one to the other: nobody gives it to the first again when the second has it, or without a date."""
        second = [first for first, _ in self._days[late] if first]
        return bool(second) and all(last is not None and last < min(second) for _, last in self._days[early])


def _alone(alike: Sequence[Sequence[Stated]], other: str, said: Container[tuple[str, str]]) -> list[Sequence[Stated]]:
    """Claims whose article does not say the other thing too: several did it, or it reached over several places."""
    if not said:
        return list(alike)
    kept = ([stated for stated in side if (stated.document, other) not in said] for side in alike)
    return [side for side in kept if side]


def _by(key: Callable[[Stated], T], claims: Iterable[Stated]) -> dict[T, list[Stated]]:
    """Claims by what a function gives of each."""
    found: dict[T, list[Stated]] = {}
    for stated in claims:
        found.setdefault(key(stated), []).append(stated)
    return found


def _ended_before(early: Stated, late: Stated) -> bool:
    """Whether one tenure is known to have ended by the time when the other began, or is first spoken of."""
    end = bounds(early.until)[1] if early.until else None
    begun = late.since or late.day
    start = bounds(begun)[0] if begun else None
    return bool(end and start and end <= start)


def _voice(stated: Stated) -> frozenset[str]:
    """Whose word a claim is: its speakers, else the outlet."""
    return stated.speakers or stated.voices
