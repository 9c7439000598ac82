"""Bombardments told by the place that endured them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.happenings.carried import Carrier, firm
from kg.extract.happenings.circumstances import time
from kg.extract.happenings.findings import Finding, finding, said_of
from kg.extract.happenings.kinds import BOMBARDMENT, SHOWN, Kind
from kg.extract.happenings.parties import Parties
from kg.extract.syntax.scene import Scene


class Bombardments:
    """Reads the bombardments of one sentence."""

    def __init__(self, scene: Scene, parties: Parties) -> None:
        self.scene, self.tree, self.parties = scene, scene.tree, parties

    def suffered(self, row: Kind, noun: int, carrier: Carrier) -> Iterator[Finding]:
        """A bombardment told by the place that endured it."""
        item = self.tree.item(noun).words.lower()
        if carrier.way != "suffering" or ("air" in item and "bomb" not in item):
            return
        clause = self.scene.clauses.of(carrier.node)
        put = tuple(i for i in clause.undergoers if i != noun) if not clause.passive and noun not in clause.undergoers else ()
        where = [p for i in put or carrier.doers for p in self.scene.phrases.places(i)]  # X subjected Y to it: Y endured it
        if where:
            when = time(self.scene, (carrier.node, noun), lasting=False)
            doers = self.parties.fighting((*self.parties.beside((noun,), "by", "from"), *(carrier.doers if put else ())))
            yield finding(self.tree, SHOWN[row.name], noun, carrier.node, *said_of(when, doers, where))

    def bombarded(self) -> Iterator[Finding]:
        """A place was bombarded, by nobody named."""
        for node in range(len(self.tree.nodes)):
            cue = self.tree.entry(node, "V")
            if not cue or cue.name not in (BOMBARDMENT, "event-kind/shelling") or not self.tree.nodes[node].verb:
                continue
            clause = self.scene.clauses.of(node)
            where = [p for i in clause.undergoers for p in self.scene.phrases.places(i)]
            if clause.passive and not clause.doers and where and firm(self.scene, node) and "nsubj:pass" in self._relations(node):
                yield finding(self.tree, SHOWN[BOMBARDMENT], node, node, *said_of(time(self.scene, (node,), lasting=False), [], where))

    def _relations(self, node: int) -> set[str]:
        return {self.tree.nodes[i].relation for i in self.tree.below(node)}
