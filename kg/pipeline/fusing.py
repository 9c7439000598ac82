"""Fusing anew what a change touches: the tellings that hang together with those of the fresh articles, their events, series and links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Quad

from kg.authority import Authority
from kg.fuse import telling
from kg.fuse.clusters import Clustering, Clusters
from kg.fuse.likeness import Likeness
from kg.fuse.links import Links
from kg.fuse.profiles import Profiles
from kg.fuse.series import snapshots
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
        self.profiles = Profiles(self.like)
        self.within = Within(self.like, standing.judged.apart)
        self.here: dict[str, Local] = {}
        self._locals: dict[str, tuple[Local, ...]] = {}
        self._asked: set[str] = set()
        self._under: dict[str, dict[int, dict[str, Local]]] = defaultdict(lambda: defaultdict(dict))
        self._laid: dict[int, set[str]] = defaultdict(set)

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
        judged = self.standing.judged
        clusters = Clustering(self.profiles, frozenset(self._together()), judged.apart).clusters(self.here.values())
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
        for one in (*self.fresh, *todo):
            self._place(one)
        self.here |= {one.key: one for one in todo}
        for one in todo:
            for other in (*self._near(one), *self._judged_with(one)):
                if other.key not in self.here:
                    self.here[other.key] = other
                    todo.append(other)

    def _place(self, one: Local) -> None:
        """Puts a telling under its block keys, where others find it."""
        profile = self.profiles.of(one)
        for key in self.profiles.keys(profile).own:
            self._under[key][profile][one.key] = one

    def _near(self, one: Local) -> Iterator[Local]:
        """The tellings that match or count one series with this one and are not here yet.

        Of a profile the tellings of two articles are looked at: they find all that a third would, for only an article's own tellings are passed over.
        """
        profile, laid = self.profiles.of(one), self._laid[self.profiles.of(one)]
        if len(laid) > 1 or one.document in laid:
            return
        laid.add(one.document)
        wanted = self.profiles.keys(profile).asked
        self._load(wanted)
        for key in sorted(wanted & self._under.keys()):
            for other, waiting in self._under[key].items():
                match, alike = self.profiles.fit(profile, other), self.profiles.alike(profile, other)
                found = [its for its in waiting.values() if (match and its.document != one.document) or (alike and its.key != one.key)]
                for its in found:
                    del waiting[its.key]
                yield from found

    def _load(self, keys: frozenset[str]) -> None:
        """Reads the tellings that stand under block keys, once."""
        found = {report for report in self.standing.known_by(keys - self._asked) if not self.standing.is_fresh(report)}
        self._asked |= keys
        for event in sorted({event for report in found if (event := self.standing.event(report))}):
            for other in self._of_event(event):
                self._place(other)

    def _judged_with(self, one: Local) -> Iterator[Local]:
        """The tellings that somebody put together with these."""
        judged = {report for own in one.reports for report in self.standing.together(own)} - set(one.reports)
        events = {event for report in judged if not self.standing.is_fresh(report) and (event := self.standing.event(report))}
        for other in (*(local for event in sorted(events) for local in self._of_event(event)), *(self.fresh if judged else ())):
            if not judged.isdisjoint(other.reports):
                yield other

    def _together(self) -> set[frozenset[str]]:
        """What somebody put together of the tellings that are here."""
        return {self.standing.together(report) for one in self.here.values() for report in one.reports} - {frozenset()}

    def _of_event(self, event: str) -> tuple[Local, ...]:
        if event not in self._locals:
            self._locals[event] = tuple(self._standing_locals(event))
        return self._locals[event]

    def _standing_locals(self, event: str) -> Iterator[Local]:
        """What each article that is not fresh tells of an event: all its tellings of it at once, but where somebody put two of its stories together."""
        told = self.standing.told_of(event)
        reports = {each.report for group in told.values() for each in group}
        judged = any(self.standing.together(report) for report in reports)
        for document in sorted(told):
            groups = self.within.groups(self.standing.told_in(document)) if judged else [told[document]]
            yield from (telling.local(document, group) for group in groups if not reports.isdisjoint(each.report for each in group))

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
                    yield from self.links.telling(
                        report, events[report], self.profiles.keys(self.profiles.of(one)).own if report == one.key else ()
                    )
        for match in clusters.links:
            yield from self.links.match(match)
        gone: dict[str, str] = {}
        for report in sorted(events.keys() & ledger.keys(), key=lambda report: ledger[report].number):
            gone.setdefault(ledger[report].event, events[report])
        for first in gone.keys() - set(events.values()):
            yield from self.links.redirect(first, gone[first])
        for group_of_totals in snapshots(self._alike(), events):
            yield from self.links.series(group_of_totals)

    def _alike(self) -> Iterator[tuple[str, str]]:
        """Tellings by whose pairs all hang together that count one series."""
        by_profile: dict[int, list[str]] = defaultdict(list)
        for one in self.here.values():
            by_profile[self.profiles.of(one)].append(one.key)
        for mine, its in self.profiles.pairs(by_profile):
            if self.profiles.alike(mine, its):
                yield from ((by_profile[mine][0], key) for key in by_profile[its])
                yield from ((key, by_profile[its][0]) for key in by_profile[mine])

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
