"""Drafts on settled things: each mention becomes a known thing, a candidate for review, or a reason for refusal.

A slot takes only what its property's domain or range allows, so that "Baghdad said" is the state and "in Baghdad" the city.  Where several known
things still fit, or none, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from kg.authority import Authority
from kg.ids import Ids, digest, slug
from kg.model import (
    Candidate,
    Claim,
    ClaimDraft,
    Concept,
    Count,
    Document,
    Extraction,
    Held,
    Mention,
    Reading,
    Refusal,
    Report,
    Source,
    Telling,
    TimeSpan,
)
from kg.terms import Vocabulary

CANDIDATE_KINDS: Final = ("Person", "Organisation", "Place")
"""Classes of which an unlisted name may become a candidate; for wider ranges the narrowest reading is unknown."""


class Unsettled(Exception):
    """A mention that cannot be settled; the text says why."""


@dataclass(slots=True)
class _Settling:
    """One document's settling: what it has met so far."""

    article: str
    extractor: str
    ids: Ids
    words: Vocabulary
    known: Authority
    candidates: dict[str, Candidate] = field(default_factory=dict)
    reports: dict[int, Report] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    # -- mentions ------------------------------------------------------------------------------------------------------------

    def thing(self, mention: Mention, class_name: str | None) -> str:
        """The IRI that a mention stands for where a member of the class is wanted; raises Unsettled."""
        fitting = [s for s in mention.senses if class_name is None or self.known.is_a(s, class_name)]
        if len(fitting) > 1:
            fitting = self._nearest(fitting)
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise Unsettled(f"{mention.words!r} may be {' or '.join(self.known[s].label for s in fitting[:4])}")
        if mention.senses:
            raise Unsettled(f"{mention.words!r} is not a {class_name}")
        return self._candidate(mention, class_name)

    def _nearest(self, places: list[str]) -> list[str]:
        """Of several fitting things the curated ones, where there are any."""
        curated = [p for p in places if self.known[p].curated]
        return curated or places

    def _candidate(self, mention: Mention, class_name: str | None) -> str:
        """A new thing of this article, kept for review."""
        kind = mention.kind or ("UnidentifiedActor" if mention.description else class_name)
        if kind == "Actor":
            kind = "UnidentifiedActor"
        if kind not in (*CANDIDATE_KINDS, "UnidentifiedActor"):
            raise Unsettled(f"{mention.words!r} is not a known {class_name or 'thing'}")
        name = f"{self.article.rsplit('/', 1)[-1]}-{slug(mention.words)}"
        iri = self.ids.thing("candidate", name)
        self.candidates.setdefault(iri, Candidate(iri, kind, mention.words))
        return iri

    # -- claims --------------------------------------------------------------------------------------------------------------

    def settle(self, draft: ClaimDraft) -> None:
        """Adds the draft's claim, or the reason why there is none."""
        try:
            claim = self._claim(draft)
        except Unsettled as reason:
            self.refusals.append(Refusal(draft, str(reason)))
        else:
            self.claims.setdefault(claim.id, claim)

    def _claim(self, draft: ClaimDraft) -> Claim:
        subject = self._subject(draft)
        value = self._object(draft)
        if value == subject:
            raise Unsettled(f"{draft.predicate} would join a thing with itself")
        speakers = tuple(self.thing(speaker, "Actor") for speaker in draft.speakers)
        held = Held(
            draft.qualifiers.position,
            draft.qualifiers.title,
            draft.qualifiers.incumbency,
            self._optional(draft.qualifiers.group, "Actor"),
            self._optional(draft.qualifiers.place, "Place"),
            draft.qualifiers.time,
        )
        sign = (self.article, subject, draft.predicate, value, speakers, draft.realis, draft.evidence, held)
        iri = self.ids.thing("claim", digest(*sign))
        return Claim(iri, subject, draft.predicate, value, speakers, draft.realis, draft.tier, draft.evidence, held, self.extractor)

    def _subject(self, draft: ClaimDraft) -> str:
        if isinstance(draft.subject, Telling):
            return self._report(draft.subject).id
        return self.thing(draft.subject, self.words.domain_of(draft.predicate))

    def _object(self, draft: ClaimDraft) -> str | Count | TimeSpan:
        value = draft.object
        if isinstance(value, Concept):
            return self.words.concept(value.name)
        if isinstance(value, Mention):
            return self.thing(value, self.words.range_of(draft.predicate))
        return self._report(value).id if isinstance(value, Telling) else value

    def _optional(self, mention: Mention | None, class_name: str) -> str | None:
        """The thing of a qualifier, or None where it cannot be settled: the claim stands without it."""
        try:
            return self.thing(mention, class_name) if mention else None
        except Unsettled:
            return None

    def _report(self, telling: Telling) -> Report:
        if telling.key not in self.reports:
            first = min((key for key, known in self.reports.items() if known.evidence == telling.evidence), default=telling.key)
            iri = self.ids.thing("report", digest(self.article, telling.evidence, telling.kind, telling.key - first))
            self.reports[telling.key] = Report(iri, telling.kind, telling.evidence)
        return self.reports[telling.key]


def settle(
    extraction: Extraction, article: str, ids: Ids, words: Vocabulary, known: Authority, outlets: tuple[Candidate, ...] = ()
) -> Reading:
    """What an article says, settled: claims, tellings, candidates, and every draft refused with its reason.

    `article` is the article's IRI, `outlets` the candidates that its own source brought.
    """
    settling = _Settling(article, extraction.extractor, ids, words, known)
    for draft in extraction.drafts:
        settling.settle(draft)
    told = {claim.subject for claim in settling.claims.values()}
    return Reading(
        tuple(sorted(settling.claims.values(), key=lambda c: (c.evidence, c.id))),
        tuple(sorted((r for r in settling.reports.values() if r.id in told), key=lambda r: r.id)),
        (*outlets, *(c for c in _used(settling) if c not in outlets)),
        tuple(settling.refusals),
    )


def without(reading: Reading, gone: Collection[str], outlets: Collection[str | None] = ()) -> Reading:
    """A reading as it would be had some claims (IRIs) never been made; `outlets` are those that its own source names."""
    claims = tuple(claim for claim in reading.claims if claim.id not in gone)
    told, named = {claim.subject for claim in claims}, _named(claims)
    return replace(
        reading,
        claims=claims,
        reports=tuple(report for report in reading.reports if report.id in told),
        candidates=tuple(candidate for candidate in reading.candidates if candidate.id in named or candidate.id in outlets),
    )


def _used(settling: _Settling) -> Iterator[Candidate]:
    """The candidates that a claim names."""
    named = _named(settling.claims.values())
    for iri in sorted(settling.candidates):
        if iri in named:
            yield settling.candidates[iri]


def _named(claims: Iterable[Claim]) -> set[object]:
    """What claims name, by IRI."""
    named: set[object] = set()
    for claim in claims:
        named.update((claim.subject, claim.object, claim.held.group, claim.held.place, *claim.speakers))
    return named


def sourced(document: Document, article: str, ids: Ids, known: Authority) -> tuple[Source, tuple[Candidate, ...]]:
    """Where a document comes from: its outlet, the outlet whose voice it carries, the work it tells; unlisted outlets are candidates."""
    candidates: dict[str, Candidate] = {}

    def outlet(name: str | None) -> str | None:
        if not name:
            return None
        found = known.named(name, "MediaOutlet")
        if len(found) == 1:
            return found[0]
        iri = ids.thing("candidate", f"{article.rsplit('/', 1)[-1]}-{slug(name)}")
        candidates[iri] = Candidate(iri, "MediaOutlet", name)
        return iri

    publisher, origin = outlet(document.publisher), document.origin
    if origin is None:
        works = ids.works(document.url, document.raw_sha256)
        return Source(article, publisher, publisher, works, paraphrase=False), tuple(candidates.values())
    works = ids.works(origin.url, origin.raw_sha256) or ids.works(None, document.raw_sha256)
    return Source(article, publisher, outlet(origin.publisher), works, paraphrase=True), tuple(candidates.values())
