"""What the ids mean that people type: a whole IRI, a prefixed name (`claim:5f0c…`), its last part, or the beginning of it."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol

from pyoxigraph import NamedNode, Quad

from kg.authority import Authority
from kg.errors import UnknownThing
from kg.ids import Ids
from kg.store.graphs import Made
from kg.terms import RDF, RDFS, Vocabulary
from kg.triples import DCTERMS

SHOWN: Final = 4
"""How many near ids an error shows."""

COMPARED: Final = 20_000
"""Up to how many ids the likeness of a misspelt one is looked for; beyond, only its beginning."""


HOMES: Final[Mapping[str, str]] = {"event": "event", "telling": "report", "claim": "claim", "candidate": "candidate"}
"""The kinds whose ids all begin alike, and how."""


class Open(Protocol):
    """What holds an open store and can let go of it; a lookup keeps no hold of its own."""

    @property
    def store(self) -> Made:
        """Its made graphs."""


class Lookup:
    """Finds events, tellings, claims, candidates and known things in a store, open for reading or writing."""

    def __init__(self, open_store: Open, ids: Ids, words: Vocabulary, known: Authority) -> None:
        self._open, self.ids, self.words, self.known = open_store, ids, words, known
        self._names: dict[str, Names] = {}

    def _quads(self, subject: str | None, predicate: str, value: str | None, graph: str | None = None) -> Iterator[Quad]:
        ends = [NamedNode(iri) if iri else None for iri in (subject, predicate, value, graph)]
        return self._open.store.quads_for_pattern(*ends)

    # -- what is there ---------------------------------------------------------------------------------------------------------

    def has(self, kind: str, iri: str) -> bool:
        """Whether a thing of this kind is there; kinds are event, telling, claim, candidate and known thing."""
        if kind == "event":
            return bool(self.tellings(iri))
        if kind == "telling":
            return self.event(iri) is not None
        return iri in self.known if kind == "known thing" else kind.capitalize() in self.classes(iri)

    def all(self, kind: str) -> list[str]:
        """All things of a kind, sorted."""
        if kind in ("event", "telling"):
            return sorted({str((q.object if kind == "event" else q.subject).value) for q in self._links(None, None)})  # type: ignore[union-attr]
        if kind == "known thing":
            return sorted(self.known.things)
        return sorted(str(q.subject.value) for q in self._quads(None, RDF + "type", self.words.term(kind.capitalize())))  # type: ignore[union-attr]

    def tellings(self, event: str) -> list[str]:
        """The tellings of an event, sorted; none when there is no such event."""
        return sorted(str(q.subject.value) for q in self._links(None, event))  # type: ignore[union-attr]

    def event(self, telling: str) -> str | None:
        """The event that a telling tells."""
        return next((str(q.object.value) for q in self._links(telling, None)), None)  # type: ignore[union-attr]

    def article(self, telling: str) -> str | None:
        """The article that a telling stands in."""
        return self.value(telling, self.words.term("reportedIn"))

    def value(self, iri: str, predicate: str) -> str | None:
        """One value of a thing's property, whichever graph it stands in."""
        return next((str(q.object.value) for q in self._quads(iri, predicate, None)), None)  # type: ignore[union-attr]

    def classes(self, iri: str) -> frozenset[str]:
        """The classes that a thing is said to be of, by local name."""
        return frozenset(str(q.object.value).removeprefix(self.ids.term("")) for q in self._quads(iri, RDF + "type", None))  # type: ignore[union-attr]

    def _links(self, telling: str | None, event: str | None) -> Iterator[Quad]:
        return self._quads(telling, self.words.term("refersTo"), event, self.ids.graph("fusion"))

    # -- what is meant -----------------------------------------------------------------------------------------------------------

    def find(self, kind: str, name: str) -> str:
        """The IRI of the one thing of a kind that a name means; raises UnknownThing with the nearest ids.

        The whole id of an event that was merged into another means that one.  A whole id is asked for as it is; for the beginning of one the
        ids of its kind are laid in order, once.
        """
        wanted = self._local(name)
        whole = wanted if "/" in wanted or kind not in HOMES else f"{HOMES[kind]}/{wanted}"
        try:
            while kind == "event" and wanted and (into := self.value(self.ids.thing("event", _last(whole)), DCTERMS + "isReplacedBy")):
                whole = self._local(into)
            if wanted and "/" in whole and self.has(kind, self._iri(whole)):
                return self._iri(whole)
        except ValueError:  # what is no IRI names nothing
            wanted = ""
        if kind not in self._names:
            self._names[kind] = Names(map(self._local, self.all(kind)))
        return self._one(kind, name, wanted, self._names[kind])

    def among(self, kind: str, name: str, iris: Iterable[str]) -> str:
        """The one of some IRIs that a name means; raises UnknownThing with the nearest ids."""
        return self._one(kind, name, self._local(name), Names(map(self._local, iris)))

    def _iri(self, local: str) -> str:
        return self.ids.base + "id/" + local

    def _local(self, name: str) -> str:
        """A name without the base IRI or prefix, such as `claim/5f0c…` or `5f0c…`; empty when it is under another base."""
        local = name.strip().removeprefix(self.ids.base + "id/")
        return "" if "://" in local else local.replace(":", "/", 1)

    def _one(self, kind: str, name: str, wanted: str, names: Names) -> str:
        found = names.meant(wanted) if wanted else []
        if len(found) == 1:
            return self._iri(found[0])
        near = found or names.near(_last(wanted))
        raise UnknownThing(kind, name, [self.shown(self._iri(local)) for local in near[:SHOWN]], several=bool(found))

    def shown(self, iri: str) -> str:
        """An IRI for people to read, with its label where it has one."""
        local = iri.removeprefix(self.ids.base + "id/").replace("/", ":", 1)
        label = self.value(iri, RDFS + "label")
        return f"{local} ({label})" if label else local


class Names:
    """Ids without their base (`claim/5f0c…`), laid in order by the whole and by the last part."""

    def __init__(self, locals_: Iterable[str]) -> None:
        self._whole = sorted(locals_)
        self._last = sorted((_last(local), local) for local in self._whole)

    def meant(self, wanted: str) -> list[str]:
        """Those whose whole or last part this is; where there is none, those that begin with it."""
        found: set[str] = set()
        for at in range(bisect_left(self._whole, wanted), len(self._whole)):
            if not self._whole[at].startswith(wanted):
                break
            found.add(self._whole[at])
        for at in range(bisect_left(self._last, (wanted,)), len(self._last)):
            if not self._last[at][0].startswith(wanted):
                break
            found.add(self._last[at][1])
        return sorted(local for local in found if wanted in (local, _last(local))) or sorted(found)

    def near(self, wanted: str) -> list[str]:
        """Those whose last part is most like this; the first ones where none is."""
        by_last = {_last(local): local for local in self._whole}
        close = difflib.get_close_matches(wanted, by_last, SHOWN) if wanted and len(by_last) <= COMPARED else []
        likely = [by_last[last] for last in close] or [local for local in self._whole if wanted and _last(local)[:3] == wanted[:3]]
        return likely or self._whole


def _last(local: str) -> str:
    return local.rsplit("/", 1)[-1]
