"""Truces and agreements, with their sides and brokers; attacks that somebody suspended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.happenings.carried import Carrier, firm
from kg.extract.happenings.circumstances import places, time
from kg.extract.happenings.findings import Finding, finding
from kg.extract.happenings.kinds import AGREEMENT, TRUCE, Kind
from kg.extract.happenings.parties import Parties
from kg.extract.syntax.scene import Scene
from kg.model import Mention

BETWEEN: Final = ("between", "among")
HELD: Final = frozenset(("hold", "holds", "held", "holding", "last", "lasts", "lasted", "lasting"))
"""Verbs of a truce that lasts: it is told by them only with both its years."""


class Truces:
    """Reads the truces and agreements of one sentence."""

    def __init__(self, scene: Scene, parties: Parties) -> None:
        self.scene, self.tree, self.parties = scene, scene.tree, parties

    def settled(self, row: Kind, noun: int, carrier: Carrier) -> Iterator[Finding]:
        """A truce or agreement, with its sides: who reached it, with whom, between whom."""
        if carrier.way == "suffering" or (carrier.way == "beginning" and row.name == AGREEMENT):
            return
        parts = [
            i for i, word in enumerate(self.tree.nodes) if word.item == self.tree.nodes[noun].item
        ]  # a cessation of hostilities with X
        partners = self.parties.beside((*parts, carrier.node), "with") if carrier.way != "brokering" else ()
        inside = [i for i in self.tree.within(noun) if self.tree.case(i) in BETWEEN for i in self.tree.joined(i)]
        between = tuple(dict.fromkeys((*self.parties.beside((noun, carrier.node), *BETWEEN), *inside)))
        made = carrier.way in ("making", "nominal")
        own = self._own_halt(noun) or partners or len(carrier.doers) > 1
        doers = carrier.doers if made or (carrier.way == "announcing" and own and not between) else ()
        sides = [(i, a) for i in (*doers, *partners, *between) for a in [self.parties.actor(i)] if a]
        persons = [a for i, a in sides if "P" in self.tree.codes(i)]
        states = [s for i, _ in sides if "P" in self.tree.codes(i) for s in [self._state_of(i)] if s] if len(persons) > 1 else []
        parties = [*(a for i, a in sides if "P" not in self.tree.codes(i)), *states]
        held = carrier.way == "beginning" and self.tree.nodes[carrier.node].key in HELD
        when = time(self.scene, (noun, carrier.node), lasting=held)
        if held and not (when and parties and (" until " in when.words or " to " in when.words or "between " in when.words)):
            return
        enough = parties or when if row.name == TRUCE else len(parties) + len(persons) > 1 or (parties and when)
        if not enough or (not any(mention.senses for mention in (*parties, *persons)) and row.name == AGREEMENT):
            return
        brokers = [("promotedBy", a) for i in carrier.doers for a in [self.parties.actor(i)] if a and carrier.way == "brokering"]
        yield finding(
            self.tree,
            row.name,
            noun,
            carrier.node,
            [("time", when)] if when else [],
            [("perpetrator", mention) for mention in persons],
            [("party", mention) for mention in parties],
            brokers,
            [("place", mention) for mention in places(self.scene, (noun, carrier.node))] if row.name == TRUCE else [],
        )

    def halted(self) -> Iterator[Finding]:
        """Somebody suspended attacks."""
        for node, word in enumerate(self.tree.nodes):
            cue = self.tree.entry(node, "V")
            if cue and cue.name == TRUCE and word.verb and firm(self.scene, node):
                sides = [
                    a for i in self.scene.clauses.of(node).doers if "P" not in self.tree.codes(i) for a in [self.parties.actor(i)] if a
                ]
                when = time(self.scene, (node,), lasting=False)
                if sides:
                    yield finding(self.tree, TRUCE, node, node, [("time", when)] if when else [], [("party", side) for side in sides])

    def _own_halt(self, noun: int) -> bool:
        """Whether it is the announcer's own: a unilateral truce, its ceasefire, a suspension of attacks."""
        below = {self.tree.nodes[i].key for i in self.tree.below(noun, "amod", "nmod:poss")}
        return bool(below & {"unilateral", "its", "their"}) or " of " in self.tree.item(noun).words or " to " in self.tree.item(noun).words

    def _state_of(self, person: int) -> Mention | None:
        """The state in whose office a person stands by the title beside the name: US President X, X, the prime minister of Iraq."""
        items, at = self.scene.line.items, self.tree.nodes[person].item
        before = at - 1
        while before >= 0 and ("R" in items[before].codes or items[before].key in ("former", "then", "-")):
            before -= 1
        titled = before + 1 < at
        if titled and before > 0 and items[before].key == "'s":
            before -= 1
        if titled and before >= 0 and set(items[before].codes) & set("AS"):
            return items[before].mention()
        if at + 1 < len(items) and items[at + 1].key == ",":
            aside = items[at + 2 : at + 10]
            end = next((i for i, item in enumerate(aside) if item.key == ","), 0)
            stated = [item for item in aside[:end] if set(item.codes) & set("AS")]
            return stated[0].mention() if len(stated) == 1 and any("R" in item.codes for item in aside[:end]) else None
        return None
