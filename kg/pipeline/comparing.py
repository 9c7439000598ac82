"""The facts of a whole store under some policy, to be laid beside those that stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg import facts, judgements
from kg.errors import StoreError
from kg.facts import Policy, Unit
from kg.ids import Ids
from kg.judgements import Entry
from kg.pipeline.standing import Standing
from kg.pipeline.units import on_event, unit_of
from kg.stated import Stated
from kg.store.graphs import Made
from kg.terms import RDF, Vocabulary
from kg.triples import Writer, text


@dataclass(frozen=True, slots=True)
class Comparison:
    """What another policy would take away from the facts that stand, and what it would add."""

    standing: int
    removed: frozenset[Quad]
    added: frozenset[Quad]


def compared(snapshot: Path, policy: Policy, ids: Ids, words: Vocabulary, log: Sequence[Entry]) -> Comparison:
    """The facts of a snapshot beside those that another policy makes of the same claims, judged as the snapshot has them.

    `log` are all judgements entered and withdrawn, also those that readers do not see yet.  Raises StoreError when it is not the snapshot's.
    """
    store = Made(Store.read_only(str(snapshot)), ids.base)
    shown = store.quads_for_pattern(None, None, None, NamedNode(ids.graph("judgements")))
    reflected = judgements.as_of(log, judgements.in_graph(shown, words))
    if reflected is None:
        raise StoreError(f"{snapshot} holds judgements that the log does not. Run the command again; if that does not help, `kg rebuild`.")
    there = frozenset(store.quads_for_pattern(None, None, None, NamedNode(ids.graph("facts"))))
    wanted = _facts(Standing(store, ids, words, {}, judgements.in_force(reflected)), store, policy, ids, words)
    return Comparison(len(there), there - wanted, wanted - there)


def _facts(standing: Standing, store: Made, policy: Policy, ids: Ids, words: Vocabulary) -> frozenset[Quad]:
    """All facts that a policy makes of a store's claims."""
    units: dict[Unit, list[Stated]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(words.term("Claim")), None):
        claim = standing.claim(text(quad.subject))
        if claim is not None:
            claim = on_event(claim, {}, standing)
            units[unit_of(claim, {}, standing)].append(claim)
    out = Writer(ids.graph("facts"), ids, words)
    return frozenset(
        quad
        for unit, claims in units.items()
        for quad in facts.of(unit, claims, policy, out, lambda document: standing.source(document) or document)
    )
