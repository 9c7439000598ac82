"""The facts graph: plain triples for asking, made from claims by a named policy.

Facts are made unit by unit.  A unit is all that is plainly said of one subject and property, or of one event; it is made anew from every claim
on it, whichever article the claim stands in, so that reading or removing an article changes what it touches and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.ids import Ids, digest
from kg.terms import RDF, RDFS, Vocabulary
from kg.triples import DCTERMS, EDTF, XSD, Writer

Node = Mapping[str, tuple[str, ...]]
"""A node's values by property IRI, IRIs and literals as their text."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Which claims become facts: a named, versioned row.

    `realis` and `tiers` are the concepts admitted; `own_acts` are properties that a speaker other than the outlet may assert, because they
    say what the speaker itself did.
    """

    name: str
    version: str
    realis: frozenset[str]
    tiers: frozenset[str]
    statuses: frozenset[str]
    own_acts: frozenset[str]


ATTRIBUTED: Final = Policy(
    "attributed",
    "1",
    realis=frozenset({"realis/asserted"}),
    tiers=frozenset({"tier/explicit", "tier/positional"}),
    statuses=frozenset({"status/current"}),
    own_acts=frozenset({"claimedBy", "deniedBy", "accusedBy", "designatedTerroristBy"}),
)
"""The default: asserted by the outlet, or by a speaker whose own act it is; explicit or positional; neither rejected nor superseded."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim as the policy sees it: names are local (`componentOf`, `realis/asserted`); `node` holds a Count's or TimeSpan's values."""

    claim: str
    subject: str
    predicate: str
    object: str
    realis: str
    tier: str
    status: str
    speakers: frozenset[str]
    voices: frozenset[str]
    node: Node | None = None

    @property
    def own_voice(self) -> bool:
        """Whether the outlet itself says it: the document's voice, or its publisher where no voice is stated."""
        return not self.speakers or bool(self.speakers & self.voices)


def admits(policy: Policy, stated: Stated) -> bool:
    """Whether a claim enters the facts graph under a policy."""
    if stated.realis not in policy.realis or stated.tier not in policy.tiers or stated.status not in policy.statuses:
        return False
    return stated.own_voice or (stated.predicate in policy.own_acts and stated.object in stated.speakers)


@dataclass(frozen=True, slots=True)
class Unit:
    """What facts are made of at once: one plain triple; one subject and property (object None: counts and times); or, property None too, one event."""

    subject: str
    predicate: str | None
    object: str | None = None


def of(unit: Unit, claims: Iterable[Stated], policy: Policy, out: Writer) -> set[Quad]:
    """The facts of one unit, from all claims on it."""
    admitted = sorted((c for c in claims if admits(policy, c)), key=lambda c: c.claim)
    by_property: dict[str, list[Stated]] = defaultdict(list)
    for stated in admitted:
        by_property[stated.predicate].append(stated)
    found: set[Quad] = set()
    for predicate, group in by_property.items():
        found.update(_property(unit, predicate, group, out))
    if unit.predicate is None and "kind" in by_property:
        found.update(_event(unit.subject, by_property, out))
    return found


def _property(unit: Unit, predicate: str, group: list[Stated], out: Writer) -> Iterator[Quad]:
    """The plain triples of one property."""
    if unit.predicate is None and group[0].node is not None and out.words.range_of(predicate) == "Count":
        yield from _envelope(unit.subject, predicate, group, out)
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


def _envelope(event: str, predicate: str, group: list[Stated], out: Writer) -> Iterator[Quad]:
    """The lowest and the highest number stated of an event, with the claims that they rest on; never a sum."""
    low, high = out.words.term("min"), out.words.term("max")
    bounds = [_bounds(stated, low, high) for stated in group]
    lows = [b[0] for b in bounds if b[0] is not None]
    highs = [b[1] if b[1] is not None else b[0] for b in bounds]
    iri = out.ids.thing("value", digest(event, predicate))
    yield from out.link(event, predicate, iri)
    yield from out.a(iri, "CountEnvelope")
    yield from out.say(iri, "min", min(lows) if lows else None)
    stated_highs = [h for h in highs if h is not None]
    yield from out.say(iri, "max", max(stated_highs) if stated_highs and all(b[1] is not None for b in bounds) else None)
    for stated in group:
        yield from out.link(iri, "basedOn", stated.claim)


def _bounds(stated: Stated, low: str, high: str) -> tuple[int | None, int | None]:
    node = stated.node or {}
    return (int(node[low][0]) if low in node else None, int(node[high][0]) if high in node else None)


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


# -- reading claims back from quads ---------------------------------------------------------------------------------------------


Nodes = Mapping[str, Mapping[str, Sequence[str]]]
"""What is said of each subject: the values by predicate."""


def nodes_of(quads: Iterable[Quad]) -> Nodes:
    """The nodes of one graph."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value, _ in quads:
        nodes.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value.value)
    return nodes


def stated(nodes: Nodes, ids: Ids, words: Vocabulary) -> Iterator[Stated]:
    """The claims that stand among the nodes of one graph (an article's or the authority's), sorted by id."""
    ns, concept = ids.base + "ontology#", ids.base + "concept/"
    claim_class = words.term("Claim")
    for iri in sorted(iri for iri, node in nodes.items() if claim_class in node.get(RDF + "type", ())):
        node = nodes[iri]
        target = node[RDF + "object"][0]
        value = nodes.get(target)
        document = nodes.get(node[words.term("reportedIn")][0], {})
        yield Stated(
            iri,
            node[RDF + "subject"][0],
            node[RDF + "predicate"][0].removeprefix(ns),
            target,
            node[words.term("realis")][0].removeprefix(concept),
            node[words.term("tier")][0].removeprefix(concept),
            node[words.term("status")][0].removeprefix(concept),
            frozenset(node.get(words.term("saidBy"), ())),
            frozenset(document.get(words.term("voice")) or document.get(DCTERMS + "publisher") or ()),
            {name: tuple(sorted(v)) for name, v in value.items()} if value and _is_value(value, words) else None,
        )


def _is_value(node: Mapping[str, Sequence[str]], words: Vocabulary) -> bool:
    return bool({words.term("Count"), words.term("TimeSpan")} & set(node.get(RDF + "type", ())))
