"""The facts graph: plain triples for asking, made from claims by a named policy.

Facts are made unit by unit.  A unit is all that is plainly said of one subject and property, or of one event; it is made anew from every claim
on it, whichever article the claim stands in, so that reading or removing an article changes what it touches and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import SettingError
from kg.ids import digest
from kg.stated import Stated
from kg.terms import RDFS
from kg.triples import EDTF, XSD, Writer

T = TypeVar("T", int, str)
SourceOf = Callable[[str], str]
"""The independent source that a document counts as."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Which claims become facts: a named, versioned row.

    `realis` and `tiers` are the concepts admitted; `own_acts` are properties that a speaker other than the outlet may assert, because they
    say what the speaker itself did.  A claim that somebody accepted needs neither tier nor own voice.  `sources` is how many independent sources must
    say the same; the claims of one article, of a work and its paraphrases, and of articles that share a wire's sentences are one.
    """

    name: str
    version: str
    realis: frozenset[str]
    tiers: frozenset[str]
    statuses: frozenset[str]
    own_acts: frozenset[str]
    sources: int = 1

    def __str__(self) -> str:
        return f"{self.name}/{self.version}"


OWN_ACTS: Final = frozenset({"claimedBy", "deniedBy", "accusedBy", "designatedTerroristBy"})
PLAIN: Final = frozenset({"tier/explicit", "tier/positional"})
STANDING: Final = frozenset({"status/current", "status/accepted"})
ASSERTED: Final = frozenset({"realis/asserted"})

ATTRIBUTED: Final = Policy("attributed", "2", ASSERTED, PLAIN, STANDING, OWN_ACTS)
"""The default: asserted by the outlet, or by a speaker whose own act it is; explicit or positional; neither rejected nor superseded."""

TWO_SOURCES: Final = Policy("two-independent-sources", "1", ASSERTED, PLAIN, STANDING, OWN_ACTS, sources=2)
"""What the default admits, so far as two independent sources say it; numbers and times say the same when they can be one."""

POLICIES: Final[Mapping[str, Policy]] = {policy.name: policy for policy in (ATTRIBUTED, TWO_SOURCES)}


def policy(name: str) -> Policy:
    """The policy of this name; raises SettingError."""
    if name not in POLICIES:
        raise SettingError(f"{name!r} is no facts policy; set KG_POLICY to one of {', '.join(sorted(POLICIES))}.")
    return POLICIES[name]


def admits(policy: Policy, stated: Stated) -> bool:
    """Whether a claim may enter the facts graph under a policy, for what stands in it alone."""
    if stated.realis not in policy.realis or stated.status not in policy.statuses:
        return False
    if stated.status == "status/accepted":
        return True
    return stated.tier in policy.tiers and (stated.own_voice or (stated.predicate in policy.own_acts and stated.object in stated.speakers))


def admitted(policy: Policy, claims: Iterable[Stated], source_of: SourceOf, out: Writer) -> list[Stated]:
    """The claims of one unit that enter the facts graph, sorted by id: with a policy of several sources, only what so many of them say."""
    fitting = sorted((claim for claim in claims if admits(policy, claim)), key=lambda claim: claim.claim)
    if policy.sources == 1:
        return fitting

    said: dict[Said, set[str]] = defaultdict(set)
    for claim in fitting:
        said[_said(claim, out)].add(source_of(claim.document))
    enough = {one for one in said if len(set().union(*(found for other, found in said.items() if _same(one, other)))) >= policy.sources}
    return [claim for claim in fitting if _said(claim, out) in enough]


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim says of its subject: a thing, or (`object` empty) a number or time of some kind between two bounds."""

    predicate: str
    object: str
    of: tuple[str | None, ...] = ()
    counts: tuple[int | None, int | None] = (None, None)
    days: tuple[str | None, str | None] = (None, None)


def _said(claim: Stated, out: Writer) -> Said:
    """What a claim says, the same for all that say it."""
    if claim.node is None:
        return Said(claim.predicate, claim.object)
    counted, group, low, high, first, last = (
        claim.value(out.words.term(name)) for name in ("counted", "ofGroup", "min", "max", "earliest", "latest")
    )
    return Said(claim.predicate, "", (counted, group), (_int(low), _int(high)), (first, last))


def _int(value: str | None) -> int | None:
    return None if value is None else int(value)


def _same(one: Said, other: Said) -> bool:
    """Whether two say the same: one object, or numbers or times that can be one."""
    if one.object or other.object or one.predicate != other.predicate or one.of != other.of:
        return one == other
    return all(_meet(*pair) for pair in ((one.counts, other.counts), (one.days, other.days)))


def _meet(one: tuple[T | None, T | None], other: tuple[T | None, T | None]) -> bool:
    """Whether two intervals meet, an end that is not stated being open."""
    return not any(low is not None and high is not None and low > high for low, high in ((one[0], other[1]), (other[0], one[1])))


@dataclass(frozen=True, slots=True)
class Unit:
    """What facts are made of at once: one plain triple; one subject and property (object None: counts and times); or, property None too, one event."""

    subject: str
    predicate: str | None
    object: str | None = None


def of(unit: Unit, claims: Iterable[Stated], policy: Policy, out: Writer, source_of: SourceOf = str) -> set[Quad]:
    """The facts of one unit, from all claims on it."""
    by_property: dict[str, list[Stated]] = defaultdict(list)
    for stated in admitted(policy, claims, source_of, out):
        by_property[stated.predicate].append(stated)
    found: set[Quad] = set()
    for predicate, group in by_property.items():
        if predicate == "killed" and unit.predicate is None:
            continue
        found.update(_property(unit, predicate, group, out))
    if unit.predicate is None:
        found.update(_tolls(unit.subject, by_property.get("killed", []), by_property.get("victim", []), out))
        if "kind" in by_property:
            found.update(_event(unit.subject, by_property, out))
    return found


def _property(unit: Unit, predicate: str, group: list[Stated], out: Writer) -> Iterator[Quad]:
    """The plain triples of one property."""
    if unit.predicate is None and group[0].node is not None and out.words.range_of(predicate) == "Count":
        yield from _envelopes(unit.subject, predicate, group, out)
        return
    for stated in group:
        if stated.node is None:
            yield from out.link(unit.subject, predicate, stated.object)
        else:
            yield from _value(unit.subject, predicate, stated, out)


def _value(subject: str, predicate: str, stated: Stated, out: Writer) -> Iterator[Quad]:
    """A count or time as a node of the facts graph, the same for all claims that say the same."""
    assert stated.node is not None
    skipped = {out.words.term("words"), out.words.term("anchor")}
    said = {name: values for name, values in stated.node.items() if name not in skipped}
    iri = out.ids.thing("value", digest(subject, predicate, sorted(said.items())))
    yield from out.link(subject, predicate, iri)
    for name, values in said.items():
        for value in values:
            yield Quad(NamedNode(iri), NamedNode(name), _term(name, value, out), NamedNode(out.graph))
    yield from out.link(iri, "basedOn", stated.claim)


def _term(predicate: str, value: str, out: Writer) -> NamedNode | Literal:
    """A node's value as it stood in the claim."""
    local = predicate.removeprefix(out.ids.base + "ontology#")
    if local in ("min", "max", "ofTotal"):
        return Literal(int(value))
    if local in ("earliest", "latest"):
        return Literal(value, datatype=NamedNode(XSD + "date"))
    if local == "edtf":
        return Literal(value, datatype=NamedNode(EDTF))
    return NamedNode(value)


# -- envelopes ------------------------------------------------------------------------------------------------------------------

Bounds = tuple[int | None, int | None]
"""The lowest and the highest number; None where that end is open."""


def _tolls(event: str, counts: Sequence[Stated], victims: Sequence[Stated], out: Writer) -> Iterator[Quad]:
    """The dead of an event: the numbers stated, and never fewer than the dead whom it names."""
    named = _named(victims, out)
    if counts:
        yield from _envelopes(event, "killed", counts, out, named)
    elif named:
        yield from _envelope(event, "killed", None, (named, None), victims, out)


def _named(victims: Sequence[Stated], out: Writer) -> int:
    """How many dead are named for certain: the known ones, or all that one article names, for another may give an unlisted man another name."""
    known = {victim.object for victim in victims if out.ids.unlisted(victim.object) is None}
    by_document: dict[str, set[str]] = defaultdict(set)
    for victim in victims:
        by_document[victim.document].add(victim.object)
    return max(len(known), *map(len, by_document.values())) if victims else 0


def _envelopes(event: str, predicate: str, claims: Sequence[Stated], out: Writer, least: int = 0) -> Iterator[Quad]:
    """The lowest and the highest number stated of an event, and of each group of people of whom numbers are stated; never a sum of one thing.

    Where no number of all is stated, an article's groups bound it: it is at least the greatest of them, and at most all of them together.  Where one is,
    the highest is still no lower than the highest of any group.
    """
    term = out.words.term("ofGroup")
    by_group: dict[str | None, list[Stated]] = defaultdict(list)
    for stated in claims:
        by_group[stated.value(term)].append(stated)
    for group in sorted(filter(None, by_group)):
        yield from _envelope(event, predicate, group, _bounds(by_group[group], out), by_group[group], out)
    low, high = _bounds(by_group[None], out) if None in by_group else _of_groups(claims, out)
    if high is not None:
        high = max(high, *(bound or 0 for group in by_group if group for bound in _bounds(by_group[group], out)), 0)
    if least > (low or 0):
        low, high = least, max(high, least) if high is not None else None
    yield from _envelope(event, predicate, None, (low, high), by_group.get(None) or claims, out)


def _of_groups(claims: Sequence[Stated], out: Writer) -> Bounds:
    """The bounds of a whole of which only parts are counted; the parts of two articles may be the same people."""
    term = out.words.term("ofGroup")
    by_group: dict[tuple[str, str | None], list[Stated]] = defaultdict(list)
    for stated in claims:
        by_group[stated.document, stated.value(term)].append(stated)
    by_document: dict[str, list[Bounds]] = defaultdict(list)
    for (document, _), group in by_group.items():
        by_document[document].append(_bounds(group, out))
    lows = [max((low for low, _ in parts if low is not None), default=None) for parts in by_document.values()]
    highs = [None if None in (own := [high for _, high in parts]) else sum(filter(None, own)) for parts in by_document.values()]
    return min(filter(None, lows), default=None), None if None in highs else max(filter(None, highs), default=0)


def _bounds(claims: Sequence[Stated], out: Writer) -> Bounds:
    """The lowest and the highest of some numbers; open above where one of them is."""
    lows = [int(value) for claim in claims if (value := claim.value(out.words.term("min"))) is not None]
    highs = [int(value) for claim in claims if (value := claim.value(out.words.term("max"))) is not None]
    return min(lows, default=None), max(highs) if len(highs) == len(claims) else None


def _envelope(event: str, predicate: str, group: str | None, bounds: Bounds, claims: Sequence[Stated], out: Writer) -> Iterator[Quad]:
    """One envelope, with the claims that it rests on."""
    iri = out.ids.thing("value", digest(event, predicate, *filter(None, [group])))
    yield from out.link(event, predicate, iri)
    yield from out.a(iri, "CountEnvelope")
    yield from out.link(iri, "ofGroup", group)
    yield from out.say(iri, "min", bounds[0])
    yield from out.say(iri, "max", bounds[1])
    for stated in claims:
        yield from out.link(iri, "basedOn", stated.claim)


def _event(event: str, by_property: Mapping[str, list[Stated]], out: Writer) -> Iterator[Quad]:
    """The event's class, from its kinds, and a neutral label made from kind, place and day."""
    kinds = sorted({stated.object for stated in by_property["kind"]})
    concept = out.ids.base + "concept/"
    for kind in kinds:
        class_name = out.words.value(kind.removeprefix(concept), "ofClass")
        if class_name:
            yield from out.a(event, class_name)
    name = kinds[0].rsplit("/", 1)[-1].replace("-", " ")
    day = next((t for s in by_property.get("time", []) for t in (s.node or {}).get(out.words.term("edtf"), ())), None)
    label = f"{name}, {day}" if day else name
    yield Quad(NamedNode(event), NamedNode(RDFS + "label"), Literal(label, language="en"), NamedNode(out.graph))
