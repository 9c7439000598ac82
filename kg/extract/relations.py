"""Roles, structure, founding, designations and strengths: constructions over a line, each a row of one table.

A row says in which words a relation stands; what the words in its slots mean comes from the ontology's cues.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.lexicon import RELATIONS
from kg.extract.line import Item, Line
from kg.model import ClaimDraft, Concept, Mention, Qualifiers, Span
from kg.terms import Vocabulary

Slots = Mapping[str, Item]
Draft = Callable[[Slots, Line, Vocabulary], Iterator[ClaimDraft]]


@dataclass(frozen=True, slots=True)
class Construction:
    """One row: a name for bench and tests, the pattern, and what it makes of the slots.

    `phrase` marks what stands within a noun phrase (offices, Iran-backed X): outside quotation marks these words are the outlet's, also where a
    speaker's clause is around them.
    """

    name: str
    pattern: str
    drafts: Draft
    phrase: bool = False


def _role(slots: Slots, line: Line, words: Vocabulary) -> Iterator[ClaimDraft]:
    """A person holds a position in an organisation or state; the position says by which property."""
    for role in slots["role"].entries:
        implied = words.value(role.name, "impliesProperty") if role.name else None
        if implied:
            held = Qualifiers(position=role.name, title=slots["role"].words, incumbency=_incumbency(slots, line, words))
            yield ClaimDraft(slots["person"].mention(), implied, _body(slots), line.span, qualifiers=held)
            return


def _incumbency(slots: Slots, line: Line, words: Vocabulary) -> str | None:
    """Whether the position is held still, where a word before the title or its organisation says so: the former US president."""
    first = min(line.items.index(slots["role"]), line.items.index(slots["body"]))
    between = range(max(0, first - 2), line.items.index(slots["role"]))
    before = {line.items[index].words.lower() for index in between}
    return next((cue.name for cue in words.cues("cue", "incumbency/") if cue.words in before), None)


def _body(slots: Slots) -> Mention:
    """The organisation slot; an adjective stands for its state."""
    return slots["body"].mention()


def _relation(slots: Slots, line: Line, _: Vocabulary) -> Iterator[ClaimDraft]:
    """Two actors joined by a relation cue, read in the cue's direction."""
    for entry in slots["cue"].entries:
        if entry.name and "X" in entry.codes:
            subject, object_ = slots["a"].mention(), slots["b"].mention()
            if entry.inverse:
                subject, object_ = object_, subject
            yield ClaimDraft(subject, entry.name, object_, line.span)
            return


def _compound(slots: Slots, line: Line, _: Vocabulary) -> Iterator[ClaimDraft]:
    """Iran-backed X, pro-Iran X: the compound names the relation and its object."""
    for entry in slots["compound"].entries:
        if entry.name in RELATIONS:
            yield ClaimDraft(slots["a"].mention(), entry.name, slots["compound"].mention(), line.span)
            return


def _kind(slots: Slots, line: Line, _: Vocabulary) -> Iterator[ClaimDraft]:
    """An apposition says what kind of organisation it is."""
    entry = slots["kind"].entry("G")
    if entry and entry.name:
        yield ClaimDraft(slots["a"].mention(), "organisationKind", Concept(entry.name), line.span)


def _founded(slots: Slots, line: Line, _: Vocabulary) -> Iterator[ClaimDraft]:
    time = slots["when"].time
    if time:
        yield ClaimDraft(slots["a"].mention(), "founded", time, line.span)


def _designated(slots: Slots, line: Line, _: Vocabulary) -> Iterator[ClaimDraft]:
    """A designation as terrorist; where a kind of organisation stands, it must be that one."""
    if "kind" not in slots or "terror" in slots["kind"].words.lower():
        yield ClaimDraft(slots["a"].mention(), "designatedTerroristBy", slots["by"].mention(), line.span)


def _strength(slots: Slots, line: Line, words: Vocabulary) -> Iterator[ClaimDraft]:
    """An actor has so many of something; what is counted is said by its own word or stands in the actor's name (US troops in Iraq)."""
    count = slots["number"].count
    if count is None:
        return
    counted = slots["counted"].entry("C") if "counted" in slots else _counted_in(slots["a"], words)
    if counted is None or not counted.name or counted.name in NO_STRENGTH or _harmed(line, slots["number"]):
        return
    whole = slots["whole"].count if "whole" in slots else None
    made = replace(count, counted=counted.name, total=whole.minimum if whole else count.total)
    place = slots["where"].mention() if "where" in slots else None
    yield ClaimDraft(slots["a"].mention(), "hasStrength", made, line.span, qualifiers=Qualifiers(place=place))


def _harmed(line: Line, number: Item) -> bool:
    """Whether the number counts people who were hurt: killing three US soldiers, leaving 100 troops with injuries."""
    before = line.items[max(0, line.items.index(number) - 2) : line.items.index(number)]
    return any("H" in item.codes or item.key in ("leaving", "left") for item in before)


@dataclass(frozen=True, slots=True)
class _Counted:
    name: str | None


def _counted_in(item: Item, words: Vocabulary) -> _Counted | None:
    """The counted thing that an actor's own words name: the troops of "American troops in Iraq"."""
    inside = set(item.words.lower().split())
    for cue in words.cues("cue", "counted/") + words.cues("nounCue", "counted/"):
        if cue.words in inside:
            return _Counted(cue.name)
    return None


NO_STRENGTH: Final = frozenset({"counted/killed", "counted/injured", "counted/attacks", "counted/missiles", "counted/targets"})
"""What is counted of events, not of actors."""

DESIGNATE: Final = {
    "DESIGNATES": "designated|designates|lists|listed|blacklists|blacklisted|brands|branded",
    "DESIGNATED": "designated|listed|blacklisted|branded",
    "OUTLAWED": "outlawed|banned|proscribed",
}
"""The verbs of designation in the patterns below."""


def _spelt(pattern: str, tail: str) -> str:
    """A pattern of designation with its verbs and its last words written out."""
    for short, verbs in DESIGNATE.items():
        pattern = pattern.replace(short + " ", verbs + " ")
    return pattern.replace("TERRORIST", tail)


CONSTRUCTIONS: Final = (
    Construction("P, role of O", "<person:PU> ,|( the|a|an? ~ <role:R> of|for|in|at the? ~ <body:OS>", _role, phrase=True),
    Construction("P is role of O", "<person:PU> is|was|as the|a|an? ~ <role:R> of|for the? ~ <body:OS>", _role, phrase=True),
    Construction("P, O role", "<person:PU> , the|a|an? ~ <body:OSA> 's? ~ <role:R> ,|.|who|which|-|–", _role, phrase=True),
    Construction("O's role P", "<body:OS> 's? ~ <role:R> ,? <person:PU>", _role, phrase=True),
    Construction("O role and role P", "<body:OS> ~ <role:R> and ~ <R> <person:PU>", _role, phrase=True),
    Construction("Iraqi role P", "<body:A> ~ <role:R> ,? <person:PU>", _role, phrase=True),
    Construction("role of O, P", "<role:R> of|for the? ~ <body:OS> ,? <person:PU>", _role, phrase=True),
    Construction("role of O in L, P", "<role:R> of|for the? ~ <body:OS> in <L> ,? <person:PU>", _role, phrase=True),
    Construction("A, which is part of B", "<a:OS> , which|that is|are|was|were|has|have been? ~ <cue:X> the? ~ <b:OS> $", _relation),
    Construction("A, which …, is part of B", "<a:OS> , which|who ~~ , is|are|was|were|has|have been? ~ <cue:X> the? ~ <b:OS> $", _relation),
    Construction(
        "A is part of B", "<a:OS> is|are|was|were|has|have|represent|represents|remains? been? ~ <cue:X> the? ~ <b:OS>", _relation
    ),
    Construction("A, part of B", "<a:OS> ,|–|( ~ <cue:X> the? ~ <b:OS> $", _relation),
    Construction("A belongs to B", "<a:OS> <cue:X> the? ~ <b:OS> $", _relation),
    Construction("A …, and belongs to B", "<a:OS> is|are ~ <X> the? ~ <OS> ,? and ~ <cue:X> the? ~ <b:OS> $", _relation),
    Construction("A, a B-backed kind", "<a:O> ,|( an|a|the ^ <compound:Y> ~ <G>", _compound, phrase=True),
    Construction("B-backed A", "<compound:Y> ~ <a:O>", _compound, phrase=True),
    Construction("A, a kind", "<a:O> ,|–|-|( an|a|the ~ <kind:G>", _kind),
    Construction("A is a kind", "<a:O> is|are|was|were an|a ~ <kind:G>", _kind),
    Construction("A formed in D", "<a:O> ,? which? was|were? formed|founded|created|established|set up? in|on? <when:D>", _founded),
    Construction("A, a kind …, formed in D", "<a:O> ,|–|( an|a|the ~~ formed|founded|created|established in|on? <when:D>", _founded),
    *(
        Construction(name, _spelt(pattern, tail), _designated)
        for name, pattern in (
            ("B designates A", "<by:OS> has|have|had|also|formally? DESIGNATES the? ~ <a:O> ~ as? a|an? TERRORIST"),
            ("A, which B designates", "<a:O> , which <by:OS> has|have? DESIGNATES as? a|an? TERRORIST"),
            ("A designated by B", "<a:O> is|was|has|have|are been? DESIGNATED as? a|an? TERRORIST ~ by|in the? <by:OS>"),
            ("A outlawed by B", "<a:O> is|was|has|have|are been? OUTLAWED by|in the? <by:OS>"),
            ("A outlawed as a terrorist group by B", "<a:O> is|was|has|have|are been? OUTLAWED as a|an? TERRORIST ~ by|in the? <by:OS>"),
        )
        for tail in ("terrorist|terror", "<kind:G>")
    ),
    Construction("N US troops in Iraq", "<number:N> <a:O> in|are|is|remain|remained|stationed|deployed|engaged|,|.", _strength),
    Construction(
        "A has N of M seats",
        "<a:O> ~ has|have|had|holds|held|numbers|fields|commands|with|numbering ~ <number:N> of|out the|of? <whole:N> <counted:C>",
        _strength,
    ),
    Construction(
        "A has N fighters",
        "<a:OS> ~ has|have|had|holds|held|numbers|fields|commands|with|numbering ~ <number:N> ~ <counted:C> in? the? <where:L>?",
        _strength,
    ),
    Construction("A is a kind of N fighters", "<a:O> is|are an|a ~ <G> of <number:N> <counted:C>", _strength),
    Construction("A, a N-strong kind", "<a:O> ,|( a|an ~ <number:N> ~ <counted:C> - strong", _strength),
)


def _subject(match: Mapping[str, int]) -> int:
    """The item that is the clause's subject: the first slot, a number before its actor included."""
    return min(index for name, index in match.items() if name not in ("cue", "counted", "whole"))


@dataclass(frozen=True, slots=True)
class Drafted:
    """One claim without speakers, the stretch in which it stands, and whether it stands within a noun phrase."""

    draft: ClaimDraft
    stretch: Span
    phrase: bool


def drafts(line: Line, words: Vocabulary) -> Iterator[Drafted]:
    """The claims that the table finds in one sentence."""
    for row in CONSTRUCTIONS:
        for match in line.find(row.pattern):
            if not row.phrase and (line.unreal(max(match.values())) or not line.heads(_subject(match))):
                continue
            slots = {name: line.items[index] for name, index in match.items()}
            stretch = Span(min(i.span.start for i in slots.values()), max(i.span.end for i in slots.values()))
            for draft in row.drafts(slots, line, words):
                yield Drafted(draft, stretch, row.phrase)
