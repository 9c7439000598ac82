"""The facts of a whole store under some policy, to be laid beside those that stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg import facts
from kg.facts import Policy, Unit
from kg.ids import Ids
from kg.model import InForce
from kg.pipeline.standing import Standing
from kg.stated import Stated
from kg.terms import RDF, Vocabulary
from kg.triples import Writer, text


@dataclass(frozen=True, slots=True)
class Comparison:
    """What another policy would take away from the facts that stand, and what it would add."""

    standing: int
    removed: frozenset[Quad]
    added: frozenset[Quad]


def compared(snapshot: Path, policy: Policy, ids: Ids, words: Vocabulary, judged: InForce) -> Comparison:
    """The facts of a snapshot beside those that another policy makes of the same claims."""
    store = Store.read_only(str(snapshot))
    there = frozenset(store.quads_for_pattern(None, None, None, NamedNode(ids.graph("facts"))))
    wanted = _facts(Standing(store, ids, words, {}, judged), store, policy, ids, words)
    return Comparison(len(there), there - wanted, wanted - there)


def _facts(standing: Standing, store: Store, policy: Policy, ids: Ids, words: Vocabulary) -> frozenset[Quad]:
    """All facts that a policy makes of a store's claims."""
    units: dict[Unit, list[Stated]] = defaultdict(list)
    telling = ids.thing("report", "")
    for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(words.term("Claim")), None):
        claim = standing.claim(text(quad.subject))
        if claim is None:
            continue
        if claim.object.startswith(telling):
            claim = replace(claim, object=standing.event(claim.object) or claim.object)
        if claim.subject.startswith(telling):
            units[Unit(standing.event(claim.subject) or claim.subject, None)].append(claim)
        else:
            units[Unit(claim.subject, claim.predicate, claim.object if claim.node is None else None)].append(claim)
    source, out = words.term("independentSource"), Writer(ids.graph("facts"), ids, words)

    def source_of(document: str) -> str:
        return next((text(q.object) for q in standing.node(document, "fusion") if text(q.predicate) == source), document)

    return frozenset(quad for unit, claims in units.items() for quad in facts.of(unit, claims, policy, out, source_of))
