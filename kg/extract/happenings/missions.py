"""Ends and changes of missions, told as such or as announced."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.happenings.carried import Carrier, cues, firm, governors
from kg.extract.happenings.circumstances import places, time
from kg.extract.happenings.findings import Finding, finding, said_of
from kg.extract.happenings.kinds import ANNOUNCEMENT, END, Kind
from kg.extract.happenings.parties import Parties
from kg.extract.syntax.scene import Scene
from kg.model import Concept, Mention
from kg.terms import Vocabulary


class Missions:
    """Reads the ends of missions that one sentence tells."""

    def __init__(self, scene: Scene, words: Vocabulary, parties: Parties) -> None:
        self.scene, self.words, self.tree, self.parties = scene, words, scene.tree, parties

    def military(self, noun: int) -> bool:
        """Whether a mission is one of forces: a combat mission, the coalition's mission."""
        if " " in self.tree.item(noun).words or "-" in self.tree.item(noun).words:
            return True
        inside = [i for child in self.tree.below(noun, "compound", "nmod:poss", "amod", "nmod") for i in (child, *self.tree.below(child))]
        return any(
            set(self.tree.codes(i)) & set("OG") or self.tree.nodes[i].key in ("combat", "training", "military", "coalition") for i in inside
        )

    def ended(self, row: Kind, noun: int, carrier: Carrier) -> Iterator[Finding]:
        """The end or change of a mission, told as such or as an announcement of it, which is then of both kinds."""
        head = carrier.node
        if carrier.way in ("suffering", "brokering", "announcing"):
            return
        announcing = self._announcing(head, carrier.way)
        if carrier.way == "nominal" and announcing is None:
            return
        if announcing is None:
            when = time(self.scene, (noun, head), lasting=False)
            doers = [a for i in carrier.doers for a in [self.parties.actor(i)] if a]
            where = self._mission_places(noun, head)
            if when or where:
                yield finding(self.tree, row.name, noun, head, *said_of(when, doers, where))
            return
        when = time(self.scene, (announcing, head, noun), lasting=False)
        doers = [a for i in self.scene.clauses.of(announcing).doers for a in [self.parties.actor(i)] if a]
        announced = [("kind", Concept(row.name))]
        yield finding(
            self.tree, ANNOUNCEMENT, announcing, noun, *said_of(when, doers, self._mission_places(noun, head)), announced, extra=(head,)
        )

    def to_end(self, noun: int) -> Iterator[Finding]:
        """The announcement that a mission is to end: the announcement was made, the end is to come."""
        for verb, _ in governors(self.tree, noun):
            above, ends = self.tree.nodes[verb].head, cues(self.words, "beginning", END)
            word = self.tree.nodes[verb]
            coming = {self.tree.nodes[i].key for i in self.tree.below(verb, "aux")} & {"will", "would"}
            made = cues(self.words, "making", END)
            said = self.tree.entry(above, "Q")
            if not (coming and word.relation in ("ccomp", "xcomp") and (word.key in ends or word.key in made)):
                continue
            negated = any(self.tree.nodes[i].key in ("not", "never", "n't", "n’t") for i in self.tree.below(verb))
            if said and said.name == "speech-act/announces" and not negated and firm(self.scene, above):
                when = time(self.scene, (above,), lasting=False)
                doers = [a for i in self.scene.clauses.of(above).doers for a in [self.parties.actor(i)] if a]
                if when or doers:
                    yield finding(
                        self.tree, ANNOUNCEMENT, above, noun, *said_of(when, doers, self._mission_places(noun, noun)), extra=(verb,)
                    )

    def _mission_places(self, noun: int, head: int) -> tuple[Mention, ...]:
        """Where a mission was: the places in its phrase, also behind the name of those who led it."""
        inside = [i for i in self.tree.within(noun) if self.tree.nodes[i].noun and not self.tree.entry(i, "Q")]
        named = places(self.scene, dict.fromkeys((noun, *(i for i in sorted(inside) if i > noun), head)))
        there = (
            self.parties.refs.place(self.scene, noun + 1)
            if self.parties.refs and self.tree.spoken[noun + 1 : noun + 2] == ["there"]
            else None
        )
        return named or ((there,) if there else ())

    def _announcing(self, node: int, way: str) -> int | None:
        """The verb by which the end is announced, the clause's own or the one whose object it is."""
        for above in [self.tree.nodes[node].head]:
            cue = self.tree.entry(above, "Q")
            relation = self.tree.nodes[node].relation
            fits = relation in ("obj", "nsubj:pass") if way == "nominal" else relation in ("ccomp", "xcomp")
            if above != node and cue and cue.name == "speech-act/announces" and fits and firm(self.scene, above):
                return above
        return None
