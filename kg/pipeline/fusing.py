"""Fusing anew what a change touches: the tellings that hang together with those of the fresh articles, their events, series and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Quad

from kg.authority import Authority
from kg.fuse import telling
from kg.fuse.across import Across, Match
from kg.fuse.blocks import Blocks, Keys
from kg.fuse.clusters import Clustering, Clusters
from kg.fuse.likeness import Likeness
from kg.fuse.links import Links
from kg.fuse.series import Series, snapshots
from kg.fuse.telling import Local
from kg.fuse.within import Within
from kg.ids import Ids, digest
from kg.pipeline.standing import Standing
from kg.stated import Stated
from kg.store.ledger import Entry, Ledger
from kg.terms import Vocabulary
from kg.triples import text


@dataclass(frozen=True, slots=True)
class Fused:
    """What fusion makes of the touched tellings: the event of each now and before, the fusion graph's quads, and what the ledger is to learn."""

    events: Mapping[str, str]
    before: Mapping[str, str]
    removed: frozenset[Quad]
    added: frozenset[Quad]
    entries: tuple[tuple[str, str], ...]

    @property
    def moved(self) -> frozenset[str]:
        """The tellings that change their event, come or go."""
        return frozenset(report for report in {*self.events, *self.before} if self.events.get(report) != self.before.get(report))


class Fusing:
    """Works out fusion against what a store holds; nothing is written here."""

    def __init__(self, ids: Ids, words: Vocabulary, known: Authority) -> None:
        self.ids, self.words = ids, words
        self.like = Likeness(ids, words, known)
        self.links = Links(ids, words)

    def fused(self, standing: Standing, ledger: Ledger | None, old: Iterable[str]) -> Fused:
        """The events of all that hangs together with the fresh articles; `old` are the tellings that these had."""
        return _Run(self, standing, ledger, tuple(old)).fused()


class _Run:
    """One fusing."""

    def __init__(self, fusing: Fusing, standing: Standing, ledger: Ledger | None, old: tuple[str, ...]) -> None:
        self.ids, self.links, self.like = fusing.ids, fusing.links, fusing.like
        self.standing, self.ledger, self.old = standing, ledger, old
        self.across, self.blocks, self.series = Across(self.like), Blocks(self.like), Series(self.like)
        self.within = Within(self.like, standing.judged.apart)
        self.here: dict[str, Local] = {}
        self.keys: dict[str, Keys] = {}
        self.matches: set[Match] = set()
        self.alike: set[tuple[str, str]] = set()
        self._locals: dict[str, tuple[Local, ...]] = {}

    @cached_property
    def fresh(self) -> tuple[Local, ...]:
        """What the fresh articles tell, event by event."""
        tellings: dict[str, list[Stated]] = {}
        for claim in self.standing.new.values():
            if claim.subject.startswith(self.ids.thing("report", "")) and claim.status in ("status/current", "status/accepted"):
                tellings.setdefault(claim.subject, []).append(claim)
        by_document: dict[str, list[telling.Told]] = {}
        for report, claims in tellings.items():
            by_document.setdefault(claims[0].document, []).append(telling.of(report, claims, self.standing.words))
        return tuple(
            telling.local(document, group) for document in sorted(by_document) for group in self.within.groups(by_document[document])
        )

    def fused(self) -> Fused:
        """Gathers what hangs together, clusters it, and says what changes."""
        entries = self.ledger.of([*self.old, *(report for one in self.fresh for report in one.reports)]) if self.ledger else {}
        held = {event for report in self.old if (event := self.standing.event(report))} | {entry.event for entry in entries.values()}
        held |= {other for event in held for other in self._in_series_with(event)}
        self._gather([*self.fresh, *(one for event in sorted(held) for one in self._of_event(event))])
        while kin := self._kin(entries):
            self._gather(kin)
        clusters = Clustering(self.across, self.standing.judged.together, self.standing.judged.apart).clusters(
            self.here.values(), self.matches
        )
        reports = [report for one in self.here.values() for report in one.reports]
        ledger = {**entries, **(self.ledger.of(reports) if self.ledger else {})}
        names = self._named(clusters, ledger)
        events = {report: event for group, event in zip(clusters.groups, names, strict=True) for one in group for report in one.reports}
        before = {report: event for report in {*self.old, *reports} if (event := self.standing.event(report))}
        added = frozenset(self._quads(clusters, events, ledger))
        removed = frozenset(
            self._standing_quads({*before, *events}, {*before.values(), *(e.event for e in ledger.values()), *events.values()})
        )
        entered = tuple((report, events[report]) for report in self._in_order(reports) if report not in ledger)
        return Fused(events, before, removed - added, added - removed, entered)

    def _in_order(self, reports: Iterable[str]) -> list[str]:
        """Tellings in the order in which their articles tell them."""
        starts = {report: (one.document, one.told.start) for one in self.here.values() for report in one.reports}
        return sorted(reports, key=lambda report: (starts[report], report))

    # -- gathering -----------------------------------------------------------------------------------------------------------

    def _kin(self, entries: Mapping[str, Entry]) -> list[Local]:
        """What else was first put into an event that may be given anew: who keeps an event's id depends on all of them."""
        if not self.ledger:
            return []
        here = {report for one in self.here.values() for report in one.reports}
        events = {entry.event for entry in {**entries, **self.ledger.of(here)}.values()} | {self._new(report) for report in here}
        homes = {home for report in self.ledger.holding(events) if report not in here and (home := self.standing.event(report))}
        return [one for home in sorted(homes) for one in self._of_event(home) if one.key not in self.here]

    def _gather(self, start: Iterable[Local]) -> None:
        """Takes in all that hangs together with some tellings, by matches, series or judgements."""
        todo = list(start)
        self.here |= {one.key: one for one in todo}
        laid: set[tuple[str, str]] = set()
        for one in todo:
            for other in self._near(one):
                if (other.key, one.key) in laid:  # side by side the other way round
                    continue
                laid.add((one.key, other.key))
                match, alike = self.across.match(one, other), self._alike(one, other)
                judged = any(set(one.reports) & set(pair) and set(other.reports) & set(pair) for pair in self.standing.judged.together)
                if match:
                    self.matches.add(match)
                if alike:
                    self.alike.add((min(one.key, other.key), max(one.key, other.key)))
                if (match or alike or judged) and other.key not in self.here:
                    self.here[other.key] = other
                    todo.append(other)

    def _alike(self, one: Local, other: Local) -> bool:
        return one.key != other.key and self.series.alike(one, other)

    def _near(self, one: Local) -> Iterator[Local]:
        """The tellings of other articles that share a block with these, or that somebody put together with them."""
        wanted = self._keys(one).asked
        found = {report for report in self.standing.known_by(wanted) if not self.standing.is_fresh(report)}
        judged = {report for pair in self.standing.judged.together if set(one.reports) & set(pair) for report in pair}
        found |= {report for report in judged if not self.standing.is_fresh(report)}
        seen: set[str] = {one.key}
        events = {event for report in found if (event := self.standing.event(report))}
        for other in (*(local for event in sorted(events) for local in self._of_event(event)), *self.fresh):
            near = found.intersection(other.reports) or wanted & self._keys(other).own or judged.intersection(other.reports)
            if other.key not in seen and near:
                seen.add(other.key)
                yield other

    def _of_event(self, event: str) -> tuple[Local, ...]:
        if event not in self._locals:
            self._locals[event] = tuple(self._standing_locals(event))
        return self._locals[event]

    def _standing_locals(self, event: str) -> Iterator[Local]:
        """What each article that is not fresh tells of an event: all its tellings of it at once, but where somebody put two of its stories together."""
        told = self.standing.told_of(event)
        reports = {each.report for group in told.values() for each in group}
        judged = any(not reports.isdisjoint(together) for together in self.standing.judged.together)
        for document in sorted(told):
            groups = self.within.groups(self.standing.told_in(document)) if judged else [told[document]]
            yield from (telling.local(document, group) for group in groups if not reports.isdisjoint(each.report for each in group))

    def _keys(self, one: Local) -> Keys:
        if one.key not in self.keys:
            self.keys[one.key] = self.blocks.keys(one.told)
        return self.keys[one.key]

    # -- naming --------------------------------------------------------------------------------------------------------------

    def _named(self, clusters: Clusters, ledger: Mapping[str, Entry]) -> list[str]:
        """The event of each cluster: the first that any of its tellings was put into, unless it is another's; else a new one."""
        wants = sorted(
            (ledger[r].number, ledger[r].event, place)
            for place, group in enumerate(clusters.groups)
            for one in group
            for r in one.reports
            if r in ledger
        )
        named: dict[int, str] = {}
        held = {event for _, event, _ in wants}
        for _, event, place in wants:
            if place not in named and event not in named.values():
                named[place] = event
        for place, group in enumerate(clusters.groups):
            if place not in named:
                name = self._new(self._in_order(r for one in group for r in one.reports)[0])
                while name in held:  # a telling that came to this one's new event later, and was taken out of it again, has kept that
                    name = self.ids.thing("event", digest(name))
                named[place] = name
        return [named[place] for place in range(len(clusters.groups))]

    def _new(self, report: str) -> str:
        """The event that is made for a telling."""
        return self.ids.thing("event", digest(report))

    # -- quads ---------------------------------------------------------------------------------------------------------------

    def _quads(self, clusters: Clusters, events: Mapping[str, str], ledger: Mapping[str, Entry]) -> Iterator[Quad]:
        """The fusion graph's quads about all that was gathered."""
        for group in clusters.groups:
            for one in group:
                for report in one.reports:
                    yield from self.links.telling(report, events[report], self._keys(one).own if report == one.key else ())
        for match in clusters.links:
            yield from self.links.match(match)
        gone: dict[str, str] = {}
        for report in sorted(events.keys() & ledger.keys(), key=lambda report: ledger[report].number):
            gone.setdefault(ledger[report].event, events[report])
        for first in gone.keys() - set(events.values()):
            yield from self.links.redirect(first, gone[first])
        for group_of_totals in snapshots(self.alike, events):
            yield from self.links.series(group_of_totals)

    def _in_series_with(self, event: str) -> Iterator[str]:
        """The events that are snapshots of one series with this one, as it stands: when this one goes, they may be none any more."""
        snapshot = self.standing.words.term("snapshotOf")
        for quad in self.standing.node(event, "fusion"):
            if text(quad.predicate) == snapshot:
                yield from self.standing.pointing("snapshotOf", text(quad.object))

    def _standing_quads(self, reports: Iterable[str], events: Iterable[str]) -> Iterator[Quad]:
        """The fusion graph's quads about these tellings and events as they stand."""
        snapshot, replaced = self.standing.words.term("snapshotOf"), "http://purl.org/dc/terms/isReplacedBy"
        for report in reports:
            yield from self.standing.node(report, "fusion")
            for link in self.standing.pointing("joins", report):
                yield from self.standing.node(link, "fusion")
        for event in events:
            for quad in self.standing.node(event, "fusion"):
                if text(quad.predicate) in (snapshot, replaced):
                    yield quad
                if text(quad.predicate) == snapshot:
                    yield from self.standing.node(text(quad.object), "fusion")
