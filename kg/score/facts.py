"""What an extraction says of one article, as rows in the scorer's own frozen form.

Tellings that fusion joins within the article are one row, so that what is told twice counts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kg.authority import Authority
from kg.fuse import telling
from kg.fuse.likeness import Likeness
from kg.fuse.telling import Told
from kg.fuse.within import Within
from kg.ids import Ids
from kg.model import Claim, Count, Document, Reading, Span, TimeSpan
from kg.score import vocabulary as v
from kg.score.names import Who
from kg.score.values import Amount, extracted
from kg.stated import Stated
from kg.terms import Vocabulary
from kg.values.edtf import span_of

Given = str | Amount | Who

STRUCTURE: Final[Mapping[str, str]] = {
    "partOf": "part of",
    "componentOf": "part of",
    "unitOf": "part of",
    "memberOf": "member of",
    "backedBy": "backed by",
    "fundedBy": "funded by",
    "affiliatedWith": "affiliated with",
    "alignedWith": "aligned with",
    "supports": "supports",
    "organisationKind": "is",
}
"""The gold's relation for each property between organisations."""

POSITIONS: Final[Mapping[str, str]] = {
    "leads": "leader",
    "deputyLeads": "deputy chief",
    "commandsIn": "commander",
    "speaksFor": "spokesperson",
}
"""The role that a property states when the position held is not named."""


@dataclass(frozen=True, slots=True)
class Row:
    """One extracted row: values by key, chain, how it is put, its quotes and where they stand.

    `id` is the event's IRI; `bare` marks a kind of organisation that is only the label before its name; `responsibility` a speech act that
    claims responsibility.
    """

    slot: str
    values: Mapping[str, tuple[Given, ...]]
    said_by: tuple[Who, ...] = ()
    via: tuple[Who, ...] = ()
    realis: str = "asserted"
    quotes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    id: str | None = None
    bare: bool = False
    responsibility: bool = False

    def of(self, key: str) -> tuple[Given, ...]:
        """The values of a key."""
        return self.values.get(key, ())

    @property
    def order(self) -> tuple[object, ...]:
        """What rows are sorted by, so that their order as extracted decides nothing."""
        shown = sorted((key, sorted(map(repr, values))) for key, values in self.values.items())
        return (self.spans, self.slot, shown, self.realis, repr(self.said_by), repr(self.via))


@dataclass(frozen=True, slots=True)
class Facts:
    """All rows of one article, its text, and the day of publication that was known."""

    text: str
    rows: tuple[Row, ...]
    published: date | None = None
    dated: bool = field(default=False)


def facts(document: Document, reading: Reading, known: Authority, words: Vocabulary, ids: Ids) -> Facts:
    """What a reading says of its document."""
    made = tuple(_Rows(document.text, reading, known, words, ids).rows())
    return Facts(document.text, tuple(sorted(made, key=lambda row: row.order)), document.dateline.day, document.dateline.edtf is not None)


class _Rows:
    """One reading, turned into rows."""

    def __init__(self, text: str, reading: Reading, known: Authority, words: Vocabulary, ids: Ids) -> None:
        self.text, self.reading, self.known, self.words, self.ids = text, reading, known, words, ids
        self.labels = {candidate.id: candidate.label for candidate in reading.candidates}
        self.reports = {report.id for report in reading.reports}
        self.concepts = ids.concept("")

    def rows(self) -> Iterator[Row]:
        """Every row that has a slot in gold files."""
        for claim in self.reading.claims:
            if claim.subject not in self.reports:
                yield from self._plain(claim)
        tellings: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.reading.claims:
            if claim.subject in self.reports:
                tellings[claim.subject].append(claim)
        yield from self._events(tellings)

    # -- relations -----------------------------------------------------------------------------------------------------------

    def _plain(self, claim: Claim) -> Iterator[Row]:
        held, value, who = claim.held, claim.object, self._who(claim.subject)
        if "holdsPositionIn" in self.words.ancestors(claim.predicate):
            role = v.word(held.position) if held.position else POSITIONS.get(claim.predicate, "")
            yield self._row("roles", [claim], person=[who], role=[role], organisation=[self._named(value)])
        elif claim.predicate in STRUCTURE:
            other = v.word(self._concept(value)) if claim.predicate == "organisationKind" else self._named(value)
            bare = claim.predicate == "organisationKind" and self._bare(claim)
            yield self._row("structure", [claim], bare=bare, subject=[who], rel=[STRUCTURE[claim.predicate]], object=[other])
        elif claim.predicate == "designatedTerroristBy":
            rel = "designated terrorist by"
            yield self._row("designations", [claim], organisation=[who], rel=[rel], designator=[self._named(value)])
        elif claim.predicate == "founded" and isinstance(value, TimeSpan):
            yield self._row("founded", [claim], organisation=[who], date=_dates([value]))
        elif claim.predicate == "hasStrength" and isinstance(value, Count):
            yield self._row(
                "strengths",
                [claim],
                who=[who],
                counted=[v.word(value.counted or "")],
                value=[extracted(value)],
                of=[Amount(value.total, value.total)] if value.total is not None else [],
                where=[self._who(place) for place in (held.place, held.group) if place],  # of seats the body that they are in
                date=_dates([held.time] if held.time else []),
            )

    def _bare(self, claim: Claim) -> bool:
        """Whether a kind is only the label right before the name: militia X."""
        cues = [cue.words for cue in self.words.cues("cue", self._concept(claim.object))]
        names = [n.words for n in self.known[claim.subject].names] if claim.subject in self.known else [self._who(claim.subject).label]
        quote = claim.evidence.of(self.text).casefold()
        return any(f"{cue} {name}".casefold() in quote for cue in cues for name in names)

    # -- events and speech acts ----------------------------------------------------------------------------------------------

    def _events(self, tellings: Mapping[str, Sequence[Claim]]) -> Iterator[Row]:
        spoken = {r for r, claims in tellings.items() if any(self._concept(c.object).startswith("speech-act/") for c in claims)}
        groups = Within(Likeness(self.ids, self.words, self.known)).groups(self._told(r, c) for r, c in tellings.items() if r not in spoken)
        fused = {told.report: group[0].report for group in groups for told in group}
        joined: dict[str, list[Claim]] = defaultdict(list)
        for report, claims in tellings.items():
            joined[fused.get(report, report)] += claims
        ids = {**fused, **{event: event for event in joined}, **{report: report for report in spoken}}
        for event, claims in joined.items():
            keys, slot = (v.STATEMENT, "statements") if event in spoken else (v.EVENT, "events")
            yield self._telling(slot, event, sorted(claims, key=lambda c: (c.evidence, c.id)), keys, ids)

    def _told(self, report: str, claims: Sequence[Claim]) -> Told:
        """A telling as fusion sees it."""
        return telling.of(report, [self._stated(claim) for claim in claims], self.words)

    def _stated(self, claim: Claim) -> Stated:
        """A claim as fusion would read it back from the graph."""
        value, term = claim.object, self.words.term
        node: dict[str, tuple[str, ...]] | None = None
        if isinstance(value, TimeSpan):
            node = {term("edtf"): (value.edtf,)} if value.edtf else {}
        elif isinstance(value, Count):
            bounds = (("min", value.minimum), ("max", value.maximum))
            node = {term(name): (str(bound),) for name, bound in bounds if bound is not None}
        return Stated(
            claim.id,
            claim.subject,
            claim.predicate,
            value if isinstance(value, str) else claim.id,
            f"realis/{claim.realis}",
            f"tier/{claim.tier}",
            "status/current",
            frozenset(claim.speakers),
            frozenset(),
            node,
            start=claim.evidence.start,
            quote=claim.evidence.of(self.text),
        )

    def _telling(self, slot: str, event: str, claims: Sequence[Claim], keys: Sequence[v.Key], ids: Mapping[str, str]) -> Row:
        """One event's row.  A value that is put otherwise than the event itself (alleged, denied) is no plain value of it."""
        first = next((c for c in claims if c.predicate == "kind"), claims[0])
        plain = [c for c in claims if c.realis in ("asserted", first.realis)]
        values: dict[str, list[Given]] = {}
        for key in keys:
            own = [c for c in plain if c.predicate == key.predicate]
            if key.predicate:
                values[key.name] = self._values(key, own, ids)
            if key.name in ("killed", "injured"):
                values[f"{key.name}_of"] = [self._who(c.held.group) for c in own if c.held.group]
        own_act = any(c.object == self.words.concept("speech-act/claims-responsibility") for c in claims if c.predicate == "kind")
        ordered = [first, *(c for c in claims if c is not first)]
        return self._row(slot, ordered, event=event, responsibility=own_act, keys=values)

    def _values(self, key: v.Key, claims: Sequence[Claim], ids: Mapping[str, str]) -> list[Given]:
        if key.sort == "amount":
            return [extracted(c.object) for c in claims if isinstance(c.object, Count)]
        if key.sort == "date":
            return _dates([c.object for c in claims if isinstance(c.object, TimeSpan)])
        named = [c.object for c in claims if isinstance(c.object, str)]
        if key.sort == "event":
            return [ids.get(iri, iri) for iri in named]
        if key.sort == "kind":
            return self._kinds(named)
        if key.sort == "word":
            return [self._nearest(iri, key.words) for iri in named]
        return list(named) if key.sort == "text" else [self._who(iri) for iri in named]

    def _kinds(self, concepts: Iterable[str]) -> list[Given]:
        """The kinds told, without those that only say less than another."""
        names = {self._concept(iri) for iri in concepts}
        vague = {above for name in names for above in self.words.broader(name)}
        return [self._nearest(self.ids.concept(name), v.KINDS | v.ONLY_ALTERNATIVE) for name in sorted(names - vague)]

    def _nearest(self, iri: str, closed: frozenset[str]) -> str:
        """The gold's word for a concept, or for the nearest above it that the gold's vocabulary has."""
        name = self._concept(iri)
        wider = (name, *self.words.broader(name))
        return next((v.word(c) for c in wider if v.word(c) in closed), v.word(name))

    # -- things --------------------------------------------------------------------------------------------------------------

    def _who(self, iri: str | None) -> Who:
        if iri in self.known and iri is not None:
            return Who(iri, self.known[iri].label)
        return Who(None, self.labels.get(iri or "", (iri or "").rsplit("/", 1)[-1]))

    def _named(self, value: str | Count | TimeSpan) -> Who:
        return self._who(value if isinstance(value, str) else None)

    def _concept(self, value: object) -> str:
        return str(value).removeprefix(self.concepts) if isinstance(value, str) and value.startswith(self.concepts) else ""

    def _row(
        self,
        slot: str,
        claims: Sequence[Claim],
        event: str | None = None,
        bare: bool = False,
        responsibility: bool = False,
        keys: Mapping[str, Sequence[Given]] | None = None,
        **values: Sequence[Given],
    ) -> Row:
        """A row whose first claim gives the chain."""
        first, spans = claims[0], tuple(sorted({c.evidence for c in claims}))
        chain = tuple(self._who(iri) for iri in first.speakers)
        kept = {key: tuple(dict.fromkeys(value)) for key, value in {**values, **(keys or {})}.items() if value}
        quotes = tuple(span.of(self.text) for span in spans)
        return Row(slot, kept, chain[:1], chain[1:], first.realis.removeprefix("realis/"), quotes, spans, event, bare, responsibility)


def _dates(spans: Iterable[TimeSpan]) -> list[Given]:
    """The dates that are known; one that is still relative says nothing that could be compared."""
    return [s.edtf for s in spans if s.edtf and span_of(s.edtf) != (None, None)]
