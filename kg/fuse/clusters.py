"""Which of the tellings of many articles are of one event: the strongest links first, none against a conflict.

Judgements go before the machine.  What somebody put together is one event, whatever the machine holds against it; the machine joins the parts of such an
event as if nobody had, so that a telling which fits one part comes in though it conflicts with another.  What somebody held apart stays apart.

The outcome depends on the set of tellings alone, never on the order in which their articles came.  Tellings of one profile are compared once: what is
gone through telling by telling is only to which part each belongs, so that the cost grows with the tellings, not with their pairs.
"""

from __future__ import annotations

from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from kg.fuse.across import Fit, Match
from kg.fuse.profiles import Profiles
from kg.fuse.telling import Local
from kg.fuse.within import Pairs

JUDGED = "fusion-reason/judgement"

Stage = Mapping[int, Mapping[int, Fit]]
"""The fits that are looked at together: by one profile, the other profiles that fit it."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """Tellings by event, and the links that hold each event together."""

    groups: tuple[tuple[Local, ...], ...]
    links: tuple[Match, ...]


@dataclass(eq=False, slots=True)
class _Whole:
    """Tellings of one event: their keys, and the tellings that somebody held apart from them."""

    keys: list[str]
    reports: set[str]
    apart: set[str]


@dataclass(eq=False, slots=True)
class _Part:
    """Tellings that the machine holds together: the keys by profile, the articles, the event that they are part of."""

    keys: dict[int, list[str]]
    documents: set[str]
    size: int = 1
    refused: set[_Part] = field(default_factory=set)


class Clustering:
    """Clusters tellings; `together` and `apart` are sets of tellings that somebody judged to be of one event, and pairs judged to be of two."""

    def __init__(self, profiles: Profiles, together: Pairs = frozenset(), apart: Pairs = frozenset()) -> None:
        self.profiles, self.together, self.apart = profiles, together, apart

    def clusters(self, locals_: Iterable[Local]) -> Clusters:
        """The events of these tellings."""
        return _Run(self.profiles, locals_, self.together, self.apart).clusters()


class _Run:
    """One clustering."""

    def __init__(self, profiles: Profiles, locals_: Iterable[Local], together: Pairs, apart: Pairs) -> None:
        self.profiles, self.together = profiles, together
        self.all = {one.key: one for one in sorted(locals_, key=lambda one: one.key)}
        self.home = {report: one.key for one in self.all.values() for report in one.reports}
        held_apart: dict[str, set[str]] = defaultdict(set)
        for pair in apart:
            for report in pair & self.home.keys():
                held_apart[report] |= pair - {report}
        self.whole: dict[str, _Whole] = {}
        self.part: dict[str, _Part] = {}
        self.parts: dict[int, dict[_Part, None]] = defaultdict(dict)
        for key, one in self.all.items():
            profile = profiles.of(one)
            self.whole[key] = _Whole([key], set(one.reports), set().union(*(held_apart.get(report, ()) for report in one.reports)))
            self.part[key] = _Part({profile: [key]}, {one.document})
            self.parts[profile][self.part[key]] = None
        self.links: list[Match] = []

    def clusters(self) -> Clusters:
        for match in self._judged():
            self._unite(match.one, match.other)
            self.links.append(match)
        stages = self._stages()
        for vague in sorted(stages):  # first what both date, then what the one does, then what neither does
            lone = self._lone(stages[vague]) if vague else frozenset(self.all)
            for score in sorted({fit.score for fits in stages[vague].values() for fit in fits.values()}, reverse=True):
                self._join_all(
                    {one: chosen for one, fits in stages[vague].items() if (chosen := {q: f for q, f in fits.items() if f.score == score})},
                    lone,
                )
        wholes = {id(whole): whole for whole in self.whole.values()}
        groups = [tuple(self.all[key] for key in sorted(whole.keys)) for whole in wholes.values()]
        return Clusters(tuple(sorted(groups, key=lambda members: members[0].key)), tuple(self.links))

    def _judged(self) -> Iterator[Match]:
        """The links that somebody has judged, between tellings that are here."""
        for judged in sorted(self.together, key=sorted):
            here = sorted({self.home[report] for report in judged if report in self.home})
            for first, second in pairwise(here):
                yield Match(first, second, 0, (JUDGED,))

    def _stages(self) -> dict[int, dict[int, dict[int, Fit]]]:
        """What fits, by how many of the two are vague."""
        stages: dict[int, dict[int, dict[int, Fit]]] = defaultdict(lambda: defaultdict(dict))
        for pair in self.profiles.pairs(self.parts):
            for one, other in {pair, pair[::-1]}:
                if fit := self.profiles.fit(one, other):
                    stages[sum(fit.vague)][one][other] = fit
        return stages

    def _lone(self, stage: Stage) -> frozenset[str]:
        """The tellings that fit one event of a stage and no second one."""
        return frozenset(key for one in stage for part in self.parts[one] for key in part.keys[one] if self._fits_one(key, stage[one]))

    def _fits_one(self, key: str, others: Iterable[int]) -> bool:
        document = self.all[key].document
        found: _Whole | None = None
        for other in others:
            for part in self.parts[other]:
                near = next((its for its in part.keys[other] if self.all[its].document != document), None)
                if near is None or self.whole[near] is found:
                    continue
                if found is not None:
                    return False
                found = self.whole[near]
        return found is not None

    # -- joining ---------------------------------------------------------------------------------------------------------------

    def _join_all(self, stage: Stage, lone: frozenset[str]) -> None:
        """Joins what fits, each telling with those after it, in order."""
        for key in sorted(key for one in stage for part in self.parts[one] for key in part.keys[one]):
            fits = stage[self.profiles.of(self.all[key])]
            for other, fit in sorted(self._after(key, fits, lone)):
                self._join(key, other, fits[fit])

    def _after(self, key: str, fits: Mapping[int, Fit], lone: frozenset[str]) -> Iterator[tuple[str, int]]:
        """Of each other part that has tellings which fit and come later the first of them, with its profile."""
        own = self.part[key]
        first: dict[_Part, tuple[str, int]] = {}
        for profile, fit in fits.items():
            if fit.vague[0] and key not in lone:
                continue
            for part in self.parts[profile]:
                if part is own or part in own.refused:
                    continue
                keys = part.keys[profile]
                later = (its for its in keys[bisect(keys, key) :] if not fit.vague[1] or its in lone)
                if (found := next(later, None)) is not None:
                    first[part] = min(first.get(part, (found, profile)), (found, profile))
        yield from first.values()

    def _join(self, one: str, other: str, fit: Fit) -> None:
        mine, its = self.part[one], self.part[other]
        if mine is its or its in mine.refused:
            return
        if self._conflict(mine, its) or self._held_apart(self.whole[one], self.whole[other]):
            mine.refused.add(its)
            its.refused.add(mine)
            return
        if self.whole[one] is not self.whole[other]:
            self.links.append(Match(one, other, fit.score, fit.reasons))
            self._unite(one, other)
        self._merge(mine, its)

    def _conflict(self, mine: _Part, its: _Part) -> bool:
        """Whether any telling of the one part cannot be of one event with one of the other; what an article tells as two is two."""
        return not mine.documents.isdisjoint(its.documents) or any(
            self.profiles.conflict(one, other) for one in mine.keys for other in its.keys
        )

    def _held_apart(self, mine: _Whole, its: _Whole) -> bool:
        return not mine.apart.isdisjoint(its.reports)

    def _unite(self, one: str, other: str) -> None:
        """Makes one event of two."""
        its, mine = sorted((self.whole[one], self.whole[other]), key=lambda whole: len(whole.keys))
        if mine is not its:
            mine.keys.extend(its.keys)
            mine.reports |= its.reports
            mine.apart |= its.apart
            self.whole.update(dict.fromkeys(its.keys, mine))

    def _merge(self, one: _Part, other: _Part) -> None:
        """Makes one part of two; what one of them was refused the whole is refused, for conflicts do not go away."""
        its, mine = sorted((one, other), key=lambda part: part.size)
        for profile, keys in its.keys.items():
            del self.parts[profile][its]
            self.parts[profile][mine] = None
            standing = mine.keys.setdefault(profile, [])
            for key in keys:
                insort(standing, key)
                self.part[key] = mine
        mine.documents |= its.documents
        mine.size += its.size
        for part in its.refused:
            mine.refused.add(part)
            part.refused.add(mine)
