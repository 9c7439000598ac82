"""Ground operations: launched, spoken of with their day, or told by forces that push into a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from kg.extract.happenings.carried import AHEAD, Carrier, firm
from kg.extract.happenings.circumstances import places, time
from kg.extract.happenings.findings import Finding, finding, said_of
from kg.extract.happenings.kinds import GROUND, Kind
from kg.extract.happenings.parties import Parties
from kg.extract.syntax.phrases import BODIES
from kg.extract.syntax.scene import Scene
from kg.model import Concept
from kg.terms import Vocabulary

MOVED: Final = frozenset(("move", "moves", "moved", "moving"))
"""Verbs of motion without force: troops moved into a barracks."""


class GroundOperations:
    """Reads the ground operations of one sentence."""

    def __init__(self, scene: Scene, words: Vocabulary, parties: Parties) -> None:
        self.scene, self.words, self.tree, self.parties = scene, words, scene.tree, parties

    def launched(self, row: Kind, noun: int, carrier: Carrier) -> Iterator[Finding]:
        """A ground operation that was launched or began."""
        if carrier.way not in ("making", "beginning"):
            return
        clause = self.scene.clauses.of(noun)
        doers = self.parties.fighting((*carrier.doers, *clause.doers))
        into = [p for i in clause.by("of", "into", "against") for p in self.scene.phrases.places(i)]
        where = [*places(self.scene, (noun, carrier.node)), *into]
        when = time(self.scene, (noun, carrier.node), lasting=True)
        if where or (doers and when):
            yield finding(self.tree, row.name, noun, carrier.node, *said_of(when, doers, where))

    def dated(self, noun: int) -> Iterator[Finding]:
        """A ground operation spoken of with doer, place and day: the incursion of X into Y in 2018."""
        clause = self.scene.clauses.of(noun)
        doers = self.parties.fighting(i for i in clause.doers if self.tree.nodes[i].head == noun or self.tree.nodes[i].relation == "amod")
        where = [p for i in clause.by("into", "of", "in") for p in self.scene.phrases.places(i) if i not in clause.doers]
        when = time(self.scene, (noun,), lasting=True)
        if doers and where and when and self.tree.case(noun) not in AHEAD:
            yield finding(self.tree, GROUND, noun, noun, *said_of(when, doers, where))

    def moved(self) -> Iterator[Finding]:
        """Forces that pushed, or tried to push, into a place; invaded it."""
        moving, entering, tried = _motions(self.words)
        for node, word in enumerate(self.tree.nodes):
            ways, invaded = moving.get(word.key, ()), word.key in entering
            if not (ways or invaded) or not word.verb:
                continue
            attempt = word.head if word.relation == "xcomp" and self.tree.nodes[word.head].key in tried else None
            clause = self.scene.clauses.of(node)
            if not firm(self.scene, node if attempt is None else attempt):
                continue
            goals = [
                *(clause.undergoers if () in ways or invaded else ()),
                *(clause.by("into") if ("into",) in ways else ()),
                *clause.by("from"),
            ]
            where = [p for i in goals for p in self.scene.phrases.places(i)]
            resisted = attempt is not None or invaded or self._resisted(node)
            subjects = self.scene.clauses.subjects(node) if not clause.passive else clause.doers
            doers = self.parties.fighting(subjects if invaded else [i for i in subjects if self._forces(i)])
            armed = invaded or any(self._forces(i) or "G" in self.tree.codes(i) for i in subjects)
            if where and resisted and armed and (doers or not invaded):
                nodes = (node, attempt) if attempt is not None else (node,)
                when = time(self.scene, nodes, lasting=True)
                outcome = [("outcome", Concept("outcome/attempted"))] if attempt is not None else []
                yield finding(self.tree, GROUND, node, node, *said_of(when, doers, where), outcome, extra=nodes)

    def _resisted(self, node: int) -> bool:
        """Whether forces came as attackers: from several sides, with tanks, under cover of fire; or the verb itself is one of pushing."""
        if self.tree.entry(node, "V"):
            return True
        near = {self.tree.nodes[i].key for i in self.tree.within(node)}
        forced = any(self.tree.case(i) == "into" for i in self.tree.below(node, "obl")) and self.tree.nodes[node].key not in MOVED
        return forced or bool(near & {"fronts", "sides", "directions", "axes", "tanks", "armour", "armor", "armored", "armoured"})

    def _forces(self, node: int) -> bool:
        """Whether a phrase names forces: the Israeli army, Turkish troops."""
        return self.tree.item(node).words.lower().split()[-1] in _bodies(self.words) | BODIES


@cache
def _motions(words: Vocabulary) -> tuple[Mapping[str, tuple[tuple[str, ...], ...]], frozenset[str], frozenset[str]]:
    """The verbs of pushing forward, each with the words that may follow it, those of entering, and those of trying."""
    ways: dict[str, dict[tuple[str, ...], None]] = {}
    for cue in words.cues("movingCue", GROUND):
        first, *rest = cue.words.split()
        ways.setdefault(first, {})[tuple(rest)] = None
    entering = frozenset(cue.words for cue in words.cues("verbCue", "event-kind/invasion"))
    tried = frozenset(w for cue in words.cues("cue", "outcome/attempted") for w in cue.words.split() if w != "to")
    return {first: tuple(rests) for first, rests in ways.items()}, entering, tried


@cache
def _bodies(words: Vocabulary) -> frozenset[str]:
    """The nouns for forces."""
    people = [cue for kind in ("troops", "fighters") for cue in words.cues("cue", f"counted/{kind}")]
    groups = [cue for kind in ("army", "militia", "brigade", "guard") for cue in words.cues("cue", f"organisation-kind/{kind}")]
    return frozenset(cue.words for cue in (*people, *groups))
