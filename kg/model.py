"""The frozen values that travel between the stages: Document, ClaimDraft, Claim and what they are made of.

Names of terms and concepts are local names of the ontology (`"componentOf"`, `"realis/asserted"`); things are full IRIs; offsets count Unicode
code points of the clean text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the clean text, end excluded."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the stretch."""
        return text[self.start : self.end]


# -- documents ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of the clean text and where it stands in the decoded raw text; equal in length unless whitespace was folded."""

    clean: Span
    raw: Span


@dataclass(frozen=True, slots=True)
class Dateline:
    """When an article says it was published: EDTF (date, or date and time as written), and what that rests on.

    `evidence` is a concept of the scheme dateline-evidence; `words` are the words it was read from. An undated article has edtf None
    and evidence "dateline-evidence/none".
    """

    edtf: str | None
    evidence: str
    words: str | None = None

    @property
    def day(self) -> date | None:
        """The day, where the dateline states one."""
        return date.fromisoformat(self.edtf[:10]) if self.edtf and len(self.edtf) >= 10 and "/" not in self.edtf else None


@dataclass(frozen=True, slots=True)
class Origin:
    """The article that a paraphrase renders: its publisher, its address where known, and the hash of its raw file."""

    publisher: str | None
    url: str | None
    raw_sha256: str | None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article from outside its text: a sidecar's row, or the options of `kg add`.

    `published` is EDTF and `published_evidence` says whether a sidecar or an option gave it. `origin` marks a paraphrase.
    """

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_evidence: str = "dateline-evidence/sidecar"
    language: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """One article as it came: the file's name, its bytes, and what is known of it from outside."""

    name: str
    data: bytes
    metadata: Metadata = Metadata()


@dataclass(frozen=True, slots=True)
class Document:
    """One article: clean text with offsets back to the raw, dateline with its evidence, address, publisher.

    `url` is canonical. `notes` are findings of the reading that a user should see (copies merged, encoding guessed, page truncated).
    """

    name: str
    text: str
    title: str | None
    url: str | None
    publisher: str | None
    dateline: Dateline
    language: str
    text_sha256: str
    raw_sha256: str
    pieces: tuple[Piece, ...]
    origin: Origin | None = None
    notes: tuple[str, ...] = ()

    def raw_span(self, span: Span) -> Span:
        """The stretch of the decoded raw text that a stretch of the clean text was read from."""
        inside = [p for p in self.pieces if p.clean.start < span.end and span.start < p.clean.end]
        if not inside:
            raise ValueError(f"no piece of {self.name} holds {span}")
        first, last = inside[0], inside[-1]
        start = min(first.raw.start + max(0, span.start - first.clean.start), first.raw.end)
        end = max(last.raw.end - max(0, last.clean.end - span.end), last.raw.start)
        return Span(start, end)


# -- values -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """How many: closed bounds (None: not stated), the modifier and the words themselves; `counted` is a concept of that scheme."""

    minimum: int | None
    maximum: int | None
    modifier: str
    words: str
    counted: str | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When: the days between which it lies, EDTF where they are known, the words, and the day that relative words were counted from."""

    words: str
    precision: str
    earliest: date | None = None
    latest: date | None = None
    edtf: str | None = None
    anchor: date | None = None


# -- what extractors say ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or description in the text: the things it may stand for, or none when it is unlisted.

    `description` marks words that describe rather than name ("a security source"): such a one never becomes a known thing.  `kind` is the class
    that the words themselves tell (Place of "a base in Jordan").
    """

    words: str
    span: Span
    senses: tuple[str, ...] = ()
    description: bool = False
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme, such as `event-kind/air-strike`."""

    name: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling of an event in this article; `key` numbers it within the extraction."""

    key: int
    kind: str
    evidence: Span


DraftObject = Mention | Concept | Count | TimeSpan | Telling


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What a claim says beside its triple: the position held, in which words, and whether still (role claims); group counted, place, day."""

    position: str | None = None
    title: str | None = None
    incumbency: str | None = None
    group: Mention | None = None
    place: Mention | None = None
    time: TimeSpan | None = None


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """One claim as an extractor reads it, with the span it rests on.

    `speakers` is the chain, the one whose word it is first, then those through whom it came; empty: the outlet's own voice.
    """

    subject: Mention | Telling
    predicate: str
    object: DraftObject
    evidence: Span
    speakers: tuple[Mention, ...] = ()
    realis: str = "asserted"
    tier: str = "explicit"
    qualifiers: Qualifiers = field(default_factory=Qualifiers)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one extractor reads in one document."""

    extractor: str
    drafts: tuple[ClaimDraft, ...]
    notes: tuple[str, ...] = ()


# -- what is settled ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """The article as its graph names it: its IRI, its outlet, the outlet whose voice it carries, and the names of the work it tells."""

    article: str
    outlet: str | None
    voice: str | None
    works: tuple[str, ...]
    paraphrase: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that the authority file does not know, kept for review; `id` holds within its article only."""

    id: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of an event, settled; `id` is made from article, span and kind."""

    id: str
    kind: str
    evidence: Span


@dataclass(frozen=True, slots=True)
class Held:
    """Qualifiers with settled things."""

    position: str | None = None
    title: str | None = None
    incumbency: str | None = None
    group: str | None = None
    place: str | None = None
    time: TimeSpan | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim on settled things; `subject` and a string `object` are IRIs, `predicate` is a term's local name.

    `speakers` is the chain of actors' IRIs: said by the first, through the others. Empty: the outlet itself.
    """

    id: str
    subject: str
    predicate: str
    object: str | Count | TimeSpan
    speakers: tuple[str, ...]
    realis: str
    tier: str
    evidence: Span
    held: Held
    extractor: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A draft that did not become a claim, and why."""

    draft: ClaimDraft
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says, settled: claims, tellings, unknown names, and what was refused."""

    claims: tuple[Claim, ...]
    reports: tuple[Report, ...]
    candidates: tuple[Candidate, ...]
    refusals: tuple[Refusal, ...]


# -- what persons judge -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a named person holds of what the machine read or joined; `id` is made from all the rest.

    `verdict` is a concept of the scheme judgement.  `about` is what is judged, by IRI: the events merged, the tellings taken out of their event, the
    claim accepted or rejected, the candidate named.  `anchors` are what it hangs on: of a merge the tellings of those events, of a split the
    tellings that stay, of a name the known thing; of accept and reject nothing.  Both are sorted.
    """

    id: str
    verdict: str
    by: str
    on: date
    about: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The taking back of a judgement, named by its IRI."""

    judgement: str
    by: str
    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class InForce:
    """What the judgements in force come to for what derives from claims; it contradicts itself in nothing.

    `together` holds sets of tellings that tell one event, no telling in two of them; `apart` pairs of tellings that do not, none within one of
    those sets; `verdicts` says "accept" or "reject" of claims; `names` gives the known thing that a candidate is.  All by IRI.
    """

    together: frozenset[frozenset[str]] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()
    verdicts: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
