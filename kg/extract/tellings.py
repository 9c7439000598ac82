"""How news tells of an attack: the constructions around an anchor and the words that undo it, one table each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Role:
    """One row: the slot of `pattern` named `slot` fills `predicate` of the event whose anchor is `event`.

    `subject` marks rows whose slot is the subject of its clause and must head it: rivals of X are not X.
    """

    predicate: str
    pattern: str
    subject: bool = False


SERIES: Final = frozenset({"repeated", "continued", "several", "most", "many", "recent", "previous", "all", "these", "such", "series"})
"""Words before an anchor by which it is one of several, or a series."""

MANY: Final = frozenset({"victim", "target", "place", "weapon"})
"""Roles that one telling may fill more than once."""

PART: Final = (
    "headquarters|headquarter|base|bases|position|positions|site|sites|convoy|convoys|office|offices|facility|facilities|depot|camp"
)
"""Parts of an actor that are struck for it: an attack on the headquarters of X is aimed at X."""

GENERAL: Final = frozenset({"event-kind/attack", "event-kind/bombing", "event-kind/explosion", "event-kind/killing"})
"""Kinds that say nothing of the means."""

UNDONE: Final = ("attempted", "failed", "foiled")
"""Outcomes of which no telling is made here: what was tried is not what was done."""

REMEMBERED: Final = frozenset(
    {
        "anniversary",
        "anniversaries",
        "plot",
        "plots",
        "plotted",
        "commemorated",
        "commemoration",
        "rumours",
        "rumors",
        "false",
        "untrue",
        "fake",
    }
)
"""Words of a sentence that speaks of an act without telling it."""

NO_WEAPONS: Final = frozenset({"sanctions", "tariffs", "lawsuit", "visa", "visas", "fine", "fines"})
"""What is struck with these is not attacked."""

BE: Final = "is|are|was|were|been|being"

ROLES: Final = (
    # the doer, only where the words say so
    Role("perpetrator", "<slot:A> <W>? <event:K>"),
    Role("perpetrator", "<slot:OS> 's <W>? <event:K> of|on|against"),
    Role("perpetrator", "<event:K> carried|conducted|launched|committed out? by the? ~ <slot:OS>"),
    Role("perpetrator", "<event:V> by <slot:OS> $"),
    Role("perpetrator", "<event:V> by <slot:A> <W>? <K>"),
    Role("perpetrator", "<slot:OS> ~ launched|conducted|staged|mounted a|an|the ~ <event:K>", subject=True),
    Role("perpetrator", "<slot:OS> ~ launched|conducted|staged|mounted a|an|the ~ <K> of ~ <event:K>", subject=True),
    Role("perpetrator", "<slot:OS> <event:V> the|a|an? ^ <OLBP>", subject=True),
    Role("perpetrator", "<slot:OS> <event:V> a|an|the ~ in|near the? <L>", subject=True),
    # what it was aimed at
    Role("target", "<event:K> on|against|targeting the|a|an? ^ <slot:OSB> $"),
    Role("target", f"<event:K> on|against|targeting the|a|an? ^ {PART} of|in the? ^ <slot:OSB>"),
    Role("target", "<event:K> on <D> of the|a|an? ~ <slot:P>"),
    Role("target", "<event:K> of the|a|an? ~ <slot:P>"),
    Role("target", "<event:K> <V> the|a|an? ^ <slot:OBP> $"),
    Role("target", f"<event:K> <V> the|a|an? ^ {PART} of the? ^ <slot:OBP>"),
    Role("target", "<event:V> the|a|an? ^ <slot:OBP> $"),
    Role("target", f"<event:V> the|a|an? ^ {PART} of the? ^ <slot:OBP>"),
    Role("target", f"<slot:OBP> {BE} <event:V>"),
    Role("target", "<slot:OB> ~~ came|come|comes under ~ <event:K>"),
    # where
    Role("place", "<event:K> <V> the|a|an? ~ <slot:L> $"),
    Role("place", "<event:V> the|a|an? ^ <slot:L> $"),
    Role("place", "<event:KV> ~ in|near|at the? ~ <slot:LBT> $"),
    Role(
        "place", "<event:KV> ~ in|near|at the? ~ <slot:LBT> neighborhood|neighbourhood|district|province|governorate|area|region|city|town"
    ),
    Role("place", "<event:K> on ^ <OSB> in|near|at the? ~ <slot:LBT> $"),
    Role("place", "<event:K> of ~ <P> in|near|at the? ~ <slot:LBT> $"),
    Role("place", "<event:V> ^ <P> in|near|at the? ~ <slot:LBT> $"),
    Role("place", f"<OSBP> {BE} <event:V> in|near|at the? ~ <slot:LBT> $"),
    # when
    Role("time", "<event:KV> ~~ on|in|at? <slot:D>"),
    Role("time", "on|in? <slot:D> ,? ~~ <event:KV>"),
    # casualties
    Role("harm", "<event:K> <LB>? ~~ <harm:H> the|another? <slot:N> <C>?"),
    Role("harm", "<event:K> <LB>? ~~ , <harm:H> the|another? <slot:N> <C>?"),
    Role("harm", "<event:K> in ~~ <harm:H> the|another? <slot:N> <C>?"),
    Role("harm", f"<slot:N> <C>? ~ {BE} <harm:H> in|by|during|when an|a|the? ~ <event:K>"),
    Role("victim", "<event:K> ~~ <H> the|a|an? ^ <slot:P> $"),
    Role("victim", "<event:K> ~~ <H> <N> <C>? ,? including|among them? ^ <slot:P> $"),
    Role("victim", "<event:K> of the|a|an? ~ <slot:P>"),
    Role("victim", "<event:K> of the? <OSA>? ~ <R> ~ <slot:P>"),
    Role("victim", "<event:K> of the? <OSA>? ~ <R> and ~ <R> <slot:P>"),
    Role("victim", "<event:K> on <D> of the|a|an? ~ <slot:P>"),
    Role("victim", f"<slot:P> {BE} <H> in|by|during a|an|the? ~ <event:K>", subject=True),
    Role("victim", f"<slot:P> , ~~ , {BE} <H> in|by|during a|an|the? ~ <event:K>", subject=True),
    Role("perpetrator", f"<P> ~~ {BE} <H> in|by a|an? <slot:A> <event:K>"),
    # with what
    Role("weapon", "<event:V> by|with <N>? <slot:W>"),
    Role("weapon", "<event:K> ~~ with <slot:W>"),
    Role("weaponCount", "<event:V> by|with <slot:N> <W>"),
    # who took it upon themselves
    Role("claimedBy", "<slot:O> has|have|had|also|later? <claims:Q> for? ~~ <event:K>"),
    Role("claimedBy", "<event:K> ~~ claimed by the? <slot:O> $"),
)

CONTINUED: Final = (
    "the|that|this <K> <harm:H> <slot:N>",
    "it|they <harm:H> <slot:N>",
    f"<slot:N> <C>? {BE} <harm:H> in|by the|that|this <K>",
)
"""How a sentence goes on with the event of the one before."""

MERGES: Final = ("<event:K> ~~ <also:V>", "<also:V> by|in|with a|an|the? ~ <event:K>")
"""A noun and the verb it governs are one telling: an air strike hit …"""
