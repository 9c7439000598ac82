"""The constructions of relations between actors, a row each: in which words a relation stands, and what it makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.bodies import roles
from kg.extract.bodies.designations import DESIGNATIONS, designated
from kg.extract.bodies.setting import Setting
from kg.extract.lexicon import RELATIONS
from kg.extract.line.items import Item
from kg.model import ClaimDraft
from kg.terms import Vocabulary

Slots = Mapping[str, Item]
Draft = Callable[[Slots, Setting, Vocabulary], Iterator[ClaimDraft]]


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


def _compound(slots: Slots, setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """Iran-backed X, pro-Iran X: the compound names the relation and its object."""
    for entry in slots["compound"].entries:
        if entry.name in RELATIONS:
            yield ClaimDraft(slots["a"].mention(), entry.name, slots["compound"].mention(), setting.line.span)
            return


def _related(slots: Slots, setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """A, which B backs: the relation of B to A, in the cue's direction."""
    for entry in slots["cue"].entries:
        if entry.name and "X" in entry.codes and (entry.inverse or entry.name == "supports"):
            subject, value = slots["b"].mention(), slots["a"].mention()
            if entry.inverse:
                subject, value = value, subject
            yield ClaimDraft(subject, entry.name, value, setting.line.span)
            return


def _supported(slots: Slots, setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """Support told by its noun: X's support for Y."""
    items = setting.line.items
    first = min(items.index(slots["a"]), items.index(slots["cue"]))
    before = [item for item in items[max(0, first - 5) : items.index(slots["cue"])] if item is not slots["a"]]
    behind = items.index(slots["b"]) + 1
    headed = behind < len(items) and bool(set(items[behind].codes) & set("RCGKPOHT"))
    if not headed and not any("J" in item.codes or item.words.lower().split()[0] in WITHDRAWN for item in before):
        yield ClaimDraft(slots["a"].mention(), "supports", slots["b"].mention(), setting.line.span)


def _allied(slots: Slots, setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """A and its ally B: on the same side, unless that is over."""
    items = setting.line.items
    between = {item.words.lower() for item in items[items.index(slots["a"]) : items.index(slots["b"])]}
    if not between & PAST:
        yield ClaimDraft(slots["a"].mention(), "alignedWith", slots["b"].mention(), setting.line.span)


def _wing(slots: Slots, setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """A's armed wing, the B."""
    if slots["kind"].words.lower().endswith((" wing", " arm", " branch", " unit", " force")):
        yield ClaimDraft(slots["a"].mention(), "partOf", slots["b"].mention(), setting.line.span)


def _backing(slots: Slots, setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """B supplies A with weapons: B backs A."""
    yield ClaimDraft(slots["a"].mention(), "backedBy", slots["b"].mention(), setting.line.span)


def _founded(slots: Slots, setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """When an organisation came into being."""
    items = setting.line.items
    behind = items.index(slots["when"]) + 1
    if slots["when"].time and not (behind < len(items) and items[behind].key in ("as", "from", "victorious", "stronger")):
        yield ClaimDraft(slots["a"].mention(), "founded", slots["when"].time, setting.line.span)


FOUNDED: Final = "founded|formed|created|established"

PAST: Final = frozenset({"former", "erstwhile", "onetime", "ex", "previous", "old", "one", "late", "estranged", "possible", "potential"})
"""Words by which somebody is an ally no more, or not yet."""


def _considered(slots: Slots, setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """What somebody considers A to be: their word, not the outlet's."""
    for entry in slots["cue"].entries:
        if entry.name and "X" in entry.codes and not entry.inverse:
            draft = ClaimDraft(slots["a"].mention(), entry.name, slots["b"].mention(), setting.line.span)
            yield replace(draft, speakers=(slots["by"].mention(),))
            return


WITHDRAWN: Final = frozenset(
    """end ending ended halt halting stop stopping stopped cut cutting suspend suspending suspended withdraw withdrawing withdrew lack lacks
    lacking lose losing lost loss drop dropping dropped deny denying denied reject rejecting rejected without no alleged accuse accused accusing
    refuse refusing refused limit reconsider review call calls called calling urge urged urging demand demanded demanding seek sought seeking need
    needs request requested ask asked asking want wants wanted hope hoped await secure win more greater""".split()  # noqa: SIM905 - reads better
)
"""Words before a noun of support after which there may be none."""

SUPPLIES: Final = "supplies|supply|supplied|provides|provide|provided|equips|equip|equipped|furnishes|furnished|arms|armed"
SUPPLIED: Final = "weapons|weaponry|arms|missiles|rockets|drones|ammunition|money|cash|funds|funding|training|equipment"
FOUNDING: Final = "formation|founding|foundation|creation|establishment|inception|emergence"
"""The words of supply, and of coming into being, in the patterns below."""

CHOSEN: Final = (
    "was|is|has|were been? elected|re-elected|named|appointed|chosen|made|picked|installed|proclaimed|declared|sworn as|in? as? the|its? ~"
)
"""The words that put somebody into an office."""

CONSTRUCTIONS: Final = (
    Construction("P, role of O", "<person:PU> ,|( the|a|an? ~ <role:R> of|for|in|at|with the? ~ <body:OS>", roles.held, phrase=True),
    Construction("P is role of O", "<person:PU> is|was the|a|an? ~ <role:R> of|for the? ~ <body:OS>", roles.held),
    Construction("P as role of O", "<person:PU> as the|a|an? ~ <role:R> of|for the? ~ <body:OS>", roles.held, phrase=True),
    Construction("P, O role", "<person:PU> , the|a|an? ~ <body:OSA> 's? ~ <role:R> ,|.|who|which|-|–", roles.held, phrase=True),
    Construction("O's role P", "<body:OS> 's? ~ <role:R> ,? ^ <person:PU>", roles.held, phrase=True),
    Construction("O role and role P", "<body:OS> ~ <role:R> and ~ <R> <person:PU>", roles.held, phrase=True),
    Construction("Iraqi role P", "<body:A> ~ <role:R> ,? <person:PU>", roles.held, phrase=True),
    Construction("role of O, P", "<role:R> of|for the? ~ <body:OS> ,? <person:PU>", roles.held, phrase=True),
    Construction("role of O in L, P", "<role:R> of|for the? ~ <body:OS> in <L> ,? <person:PU>", roles.held, phrase=True),
    Construction("commander in O, P", "<role:R> in|with|within the? <body:O> , ^ <person:PU> ,", roles.held, phrase=True),
    Construction("P is the Iraqi role", "<person:PU> is|was|remains|became the|a|an? <body:A> ~ <role:R>", roles.held, phrase=True),
    Construction("P is O's role", "<person:PU> is|was|remains|became <body:OS> 's ~ <role:R>", roles.held, phrase=True),
    Construction("P, one of O's roles", "<person:PU> , <one:N> of the? ~ <body:OSA> 's? ~ <role:R>", roles.held, phrase=True),
    Construction("P, one of the roles of O", "<person:PU> , <one:N> of the ~ <role:R> of|in|from the? <body:OS>", roles.held, phrase=True),
    Construction(
        "P has been role of O", "<person:PU> has|had been|become the|a|an? ~ <role:R> of|for the? <body:OS>", roles.held, phrase=True
    ),
    Construction("P was elected role of O", f"<person:PU> ,? who? {CHOSEN} <role:R> of|for the? <body:OS>", roles.held, phrase=True),
    Construction("P was elected O's role", f"<person:PU> ,? who? {CHOSEN} <body:OSA> 's? ~ <role:R>", roles.held, phrase=True),
    Construction("P, who speaks for O", "<person:PU> , who speaks|spoke for the? ^ <body:O> $", roles.speaking, phrase=True),
    Construction("O and its role P", "<body:O> and|under|with|, its ~ <role:R> ,? ^ <person:PU>", roles.held, phrase=True),
    Construction("B-backed A", "<compound:Y> ~ <a:O>", _compound, phrase=True),
    Construction("B-backed kinds such as A", "<compound:Y> ~ <G> ,? such|like|including as? the? <a:O>", _compound, phrase=True),
    Construction(
        "B-backed kinds such as A and A", "<compound:Y> ~ <G> ,? such|like|including as? the? <O> and the? <a:O>", _compound, phrase=True
    ),
    Construction(
        "B-backed kinds such as A, A and A",
        "<compound:Y> ~ <G> ,? such|like|including as? the? <O> , the? <a:O> ,? and",
        _compound,
        phrase=True,
    ),
    Construction("B-backed kind in L, A", "<compound:Y> ~ <G> in|from <L> , the? <a:O> ,|.", _compound, phrase=True),
    Construction("a B-backed kind, A", "a|an|the <compound:Y> ~ <G> , the? <a:O> ,|.", _compound, phrase=True),
    Construction("A's wing, B", "<b:O> 's ~ <kind:G> , the? <a:O> ,|.", _wing, phrase=True),
    Construction("A is its wing", "<a:O> is|are|was|were <b:O> ~ <kind:G>", _wing),
    Construction("A, a B ally", "<a:OS> , a|an|the ~ <b:OS> ally ,|.", _allied, phrase=True),
    Construction("A's ally B", "<a:OS> 's ~ ally ,? the? <b:OS>", _allied, phrase=True),
    Construction("B supplies A with weapons", f"<b:OS> has|have|also? {SUPPLIES} the? <a:O> with ~ {SUPPLIED}", _backing),
    Construction("A emerged in D", "<a:O> first? emerged|arose|originated in early|late? <when:D>", _founded),
    Construction("A dates back to D", "<a:O> dates|dated back to early|late? <when:D>", _founded),
    Construction(
        "A announced its formation in D", f"<a:O> announced|declared|proclaimed its {FOUNDING} in|on early|late? <when:D>", _founded
    ),
    Construction("A came into being in D", "<a:O> came into being|existence in|on the? <when:D>", _founded),
    Construction("A was set up in D", "<a:O> was|were set up ~ in|on the? <when:D>", _founded),
    Construction("A was founded in L in D", f"<a:O> was|were first? {FOUNDED} in the? ~ <LT> in|on the? <when:D>", _founded),
    Construction("A, founded in L in D", f"<a:O> , ~ {FOUNDED} in the? ~ <LT> in|on the? <when:D>", _founded, phrase=True),
    Construction("since its formation in D, A", f"since|after its {FOUNDING} in|on the? <when:D> , the? <a:O>", _founded, phrase=True),
    Construction("A and its ally B", "<a:OS> and|with its ~ ally|allies|partner|partners ,? the? <b:OS>", _allied, phrase=True),
    Construction(
        "P, who leads O", "<person:PU> , who has|had|also? leads|led|heads|headed|runs the? ^ <body:O> $", roles.leading, phrase=True
    ),
    Construction(
        "P, who commands O", "<person:PU> , who has|had|also? commands|commanded the? ^ <body:O> $", roles.commanding, phrase=True
    ),
    Construction("O, which P led", "<body:O> , which|that ^ <person:PU> has|had? leads|led|heads|headed|runs", roles.leading, phrase=True),
    Construction("P leads O", "<person:PU> has|had|also? leads|led|heads|headed|runs the? ^ <body:O> $", roles.leading),
    Construction("P commands O", "<person:PU> commands|commanded the? ^ <body:O> $", roles.commanding),
    Construction("O led by P", "<body:O> ,|(? led|headed|run by ^ <person:PU>", roles.leading, phrase=True),
    Construction(
        "O, which is led by P", "<body:O> , which|that is|are|was|were led|headed|run by ^ <person:PU>", roles.leading, phrase=True
    ),
    Construction("O is led by P", "<body:O> is|are|was|were led|headed|run by ^ <person:PU>", roles.leading),
    Construction("O, …, is led by P", "<body:O> , ~~ , is|are|was|were led|headed|run by ^ <person:PU>", roles.leading),
    Construction("O commanded by P", "<body:O> ,|(? commanded by ^ <person:PU>", roles.commanding, phrase=True),
    Construction("O, whose leader is P", "<body:O> , whose ~ <role:R> is|was|,? <person:PU>", roles.held, phrase=True),
    Construction("A, which B backs", "<a:O> ,? which|that|whom the? <b:OS> has|have? <cue:X> ,|.|and|with", _related, phrase=True),
    Construction(
        "B considers A part of C",
        "<by:OS> ,? which? considers|regards|views|sees|deems the? <a:O> as|to? be? a|an|the? <cue:X> the? <b:O> $",
        _considered,
    ),
    Construction("A's support for B", "<a:OS> 's ~ <cue:F> the? ~ <b:OS>", _supported, phrase=True),
    Construction("Iranian support for B", "<a:A> ~ <cue:F> the? ~ <b:OS>", _supported, phrase=True),
    *(Construction(name, pattern, designated, phrase) for name, pattern, phrase in DESIGNATIONS),
)
