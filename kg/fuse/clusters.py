"""Which of the tellings of many articles are of one event: the strongest links first, none against a conflict, judgements before the machine.

The outcome depends on the set of tellings alone, never on the order in which their articles came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kg.fuse.across import Across, Match
from kg.fuse.telling import Local
from kg.fuse.within import Pairs

JUDGED = "fusion-reason/judgement"


@dataclass(frozen=True, slots=True)
class Clusters:
    """Tellings by event, and the links that hold each event together."""

    groups: tuple[tuple[Local, ...], ...]
    links: tuple[Match, ...]


class Clustering:
    """Clusters tellings; `together` and `apart` are sets of tellings that somebody judged to be of one event, and pairs judged to be of two."""

    def __init__(self, across: Across, together: Pairs = frozenset(), apart: Pairs = frozenset()) -> None:
        self.across, self.together, self.apart = across, together, apart

    def clusters(self, locals_: Iterable[Local], matches: Iterable[Match]) -> Clusters:
        """The events of these tellings, held together by matches between them."""
        group = {one.key: [one] for one in sorted(locals_, key=lambda one: one.key)}
        links: list[Match] = []
        for match in self._judged(group):
            self._join(group, match.one, match.other)
            links.append(match)
        ordered = sorted(set(matches), key=lambda match: (-match.score, match.one, match.other))
        for vague in range(3):  # first what both date, then what the one does, then what neither does
            stage = [match for match in ordered if len(match.vague) == vague]
            for match in self._only(group, stage) if vague else stage:
                if self._may_join(group, match):
                    self._join(group, match.one, match.other)
                    links.append(match)
        groups = {id(members): tuple(sorted(members, key=lambda one: one.key)) for members in group.values()}
        return Clusters(tuple(sorted(groups.values(), key=lambda members: members[0].key)), tuple(links))

    def _judged(self, group: Mapping[str, list[Local]]) -> Iterator[Match]:
        """The links that somebody has judged, between tellings that are here."""
        home = {report: one.key for (one,) in group.values() for report in one.reports}
        for judged in sorted(self.together, key=sorted):
            here = sorted({home[report] for report in judged if report in home})
            for first, second in pairwise(here):
                yield Match(first, second, 0, (JUDGED,))

    def _only(self, group: Mapping[str, list[Local]], vague: list[Match]) -> list[Match]:
        """The matches of a telling with a vague time to the one event that fits; where several fit, none."""
        fitting: dict[str, set[int]] = {}
        for match in vague:
            for mine, its in ((match.one, match.other), (match.other, match.one)):
                fitting.setdefault(mine, set()).add(id(group[its]))
        return [match for match in vague if all(len(fitting[key]) == 1 for key in match.vague)]

    def _may_join(self, group: Mapping[str, list[Local]], match: Match) -> bool:
        """Whether no telling of the one side conflicts with one of the other."""
        mine, its = group[match.one], group[match.other]
        return mine is not its and not any(self._conflict(a, b) for a in mine for b in its)

    def _conflict(self, one: Local, other: Local) -> bool:
        judged = any(frozenset((a, b)) in self.apart for a in one.reports for b in other.reports)
        return judged or one.document == other.document or self.across.conflict(one, other)

    def _join(self, group: dict[str, list[Local]], one: str, other: str) -> None:
        mine, its = group[one], group[other]
        if mine is its:
            return
        mine.extend(its)
        for member in its:
            group[member.key] = mine
