"""How many fighters, troops, seats, bases an actor has: the constructions, a row each, and what stands of their figures in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.bodies import figures, holdings
from kg.extract.bodies.figures import Made
from kg.extract.bodies.holdings import Match
from kg.extract.bodies.setting import Setting
from kg.extract.line.items import N
from kg.model import ClaimDraft, Count, Mention
from kg.terms import Vocabulary

LEVEL: Final = "stands|stand|stood|totals|total|totalled|number|numbers|numbered"
PUT: Final = "put|estimated|placed|reckoned|pegged|kept|capped"


@dataclass(frozen=True, slots=True)
class _Row:
    """One construction: its name, its pattern, and what it makes of a match."""

    name: str
    pattern: str
    made: Callable[[Setting, Match, Vocabulary], Iterator[Made]]


FIGURE: Final = "~ <number:N> ~ <counted:C>"
"""A number and what is counted, in most of the patterns below."""

ROWS: Final = (
    _Row("A has N of M seats", f"<a:OS> ~ {holdings.HAS} ~ <number:N> of|out the|of? <whole:N> <counted:C>", figures.holds),
    _Row("A has N fighters", f"<a:OS> ~ {holdings.HAS} {FIGURE}", figures.holds),
    _Row("A, …, has N fighters", f"<a:OS> ~ , ~~ , {holdings.HAS} {FIGURE}", figures.holds),
    _Row("A has N things and N fighters", f"<a:OS> ~ {holdings.HAS} ~ <N> ~ <C> and|, {FIGURE}", figures.holds),
    _Row("A is said to have N things and N fighters", f"<a:OS> <J> have|number|field ~ <N> ~ <C> and|, {FIGURE}", figures.holds),
    _Row("A has deployed N divisions", f"<a:OS> has|have? deployed|stationed|positioned|massed {FIGURE}", figures.holds),
    _Row("A, with N fighters", f"<a:OS> , with|numbering {FIGURE}", figures.holds),
    _Row("A numbers N fighters", f"<a:OS> numbering|numbers {FIGURE}", figures.holds),
    _Row(
        "A, which …, and has N fighters",
        f"<a:OS> , which|who ~~ and number|numbers|have|has|command|commands {FIGURE}",
        figures.holds,
    ),
    _Row("N fighters of A are left", "<number:N> <a:O> <counted:C> are|remain|is left|still|holed|active|in", figures.left),
    _Row("A, which has N fighters", f"<a:OS> , which|who ~ {holdings.HAS} {FIGURE}", figures.holds),
    _Row(
        "A is estimated to have N fighters",
        f"<a:OS> is|are estimated|reckoned to have|number|field|command {FIGURE}",
        figures.holds,
    ),
    _Row("A is estimated at N fighters", "<a:OS> is|are <number:N> ~ <counted:C>", figures.estimated),
    _Row("A is said to have N fighters", f"<a:OS> <J> have|number|field|command {FIGURE}", figures.holds),
    _Row(
        "N of whom are in L",
        f"<a:OS> ~ {holdings.HAS} ~ <N> ~ <counted:C> ~~ , ~ <number:N> of whom|them|which ~ are|is|were|remain ~ in|at|inside|near the? <where:LB>",
        figures.share,
    ),
    _Row("A has N seats out of M", f"<a:OS> ~ {holdings.HAS} {FIGURE} out of the? <whole:N>", figures.holds),
    _Row("A is a kind, with N", f"<a:OS> is|are|was|were ~~ , with|numbering {FIGURE}", figures.holds),
    _Row(
        "estimates of A's strength",
        f"estimates of the? <a:O> 's? strength|size|numbers|ranks|manpower|membership {FIGURE}",
        figures.put_at,
    ),
    _Row(
        "the N US troops in Iraq",
        "the|those|these <number:N> <a:O> stationed|deployed|based|still|now? in|inside <where:L>",
        figures.present,
    ),
    _Row("N US troops in Iraq", f"<number:N> <a:O> {holdings.BEING}", figures.holds),
    _Row("the N-strong A", "<number:N> - strong ^ <a:O>", figures.strong),
    _Row("N French troops in L", f"<number:N> <a:A> <counted:C> {holdings.BEING}", figures.holds),
    _Row("A has N of parliament's M seats", f"<a:OS> ~ {holdings.HAS} ~ <number:N> of the? <GO> 's <whole:N> <counted:C>", figures.holds),
    _Row("US troops in Iraq are put at N", f"<a:O> ~ is|are|was|were {PUT} at <number:N>", figures.level),
    _Row("US troops in Iraq stand at N", f"<a:O> ~ {LEVEL} at? <number:N>", figures.level),
    _Row("A from N to N", "<a:OS> ~ from <was:N> to <now:N>", figures.changed),
    _Row("A in L from N to N", "<a:OS> in <where:L> ~ from <was:N> to <now:N>", figures.changed),
    _Row("has a wing of N fighters", f"has|have|fields|maintains a|an ~ <G> numbering|of|with|comprising {FIGURE}", figures.wing),
    _Row(
        "N soldiers still in L",
        "<number:N> <counted:C> still|now|remaining|stationed|deployed|based|left in|inside the? <where:L>",
        figures.unowned,
    ),
    _Row("N soldiers who are in L", "<number:N> <counted:C> who|that are|is|were|remain ^ ~ in|inside the? <where:L>", figures.unowned),
    _Row("running N bases", f"operating|running|maintaining|holding|commanding|fielding|keeping {FIGURE}", figures.running),
)


def drafts(setting: Setting, words: Vocabulary) -> Iterator[Made]:
    """The strengths that one sentence states."""
    if any(N in item.codes for item in setting.line.items):
        for row in ROWS:
            for match in setting.line.find(row.pattern):
                if not ("counted" in match and holdings.added(setting.line, match)):
                    yield from row.made(setting, match, words)


def settled(claims: Iterable[ClaimDraft]) -> Iterator[ClaimDraft]:
    """The claims without the bare figures of headlines: 5,000 there, where the text says about 5,000 of the same thing, is no exact figure."""
    kept = list(claims)
    loose = {_sign(c) for c in kept if c.predicate == "hasStrength" and isinstance(c.object, Count) and c.object.modifier in LOOSE}
    for claim in kept:
        exact = claim.predicate == "hasStrength" and isinstance(claim.object, Count) and claim.object.modifier == "count-modifier/exact"
        if not (exact and _sign(claim) in loose):
            yield claim


LOOSE: Final = frozenset({"count-modifier/about", "count-modifier/nearly", "count-modifier/at-least", "count-modifier/more-than"})


def _sign(claim: ClaimDraft) -> tuple[object, ...]:
    count = claim.object
    assert isinstance(count, Count)
    senses = claim.subject.senses if isinstance(claim.subject, Mention) else ()
    figure = "".join(c for c in count.words if c.isdigit())
    return senses, count.counted, figure
