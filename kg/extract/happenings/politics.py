"""Events that are not single attacks: truces, agreements, resolutions, ends of missions, campaigns, ground operations, bombardments endured.

Each kind is one row of `KINDS`; what brings such an event about stands in the ontology (see `kg/extract/happenings/carried.py`).  What is proposed, demanded,
refused, planned or hoped for gives nothing, and neither does the end or breach of what was agreed before.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.happenings.bombardments import Bombardments
from kg.extract.happenings.campaigns import Campaigns
from kg.extract.happenings.carried import carriers
from kg.extract.happenings.findings import Finding
from kg.extract.happenings.ground_operations import GroundOperations
from kg.extract.happenings.kinds import AGREEMENT, BOMBARDMENT, CAMPAIGN, END, GROUND, KINDS, RESOLUTION, TRUCE, Kind
from kg.extract.happenings.missions import Missions
from kg.extract.happenings.parties import Actors, Parties
from kg.extract.happenings.resolutions import Resolutions
from kg.extract.happenings.truces import Truces
from kg.extract.syntax.scene import Scene, Told
from kg.model import ClaimDraft, Concept, Telling
from kg.terms import Vocabulary


def told(scene: Scene, words: Vocabulary, first_key: int, refs: Actors | None = None) -> Iterator[Told]:
    """The events that one sentence tells, without their speakers; tellings are numbered from `first_key`.  `refs` settles pronouns."""
    key, taken = first_key, set[int]()
    for found in _Reader(scene, words, refs).all():
        if taken & set(found.nodes):
            continue
        taken.update(found.nodes)
        telling = Telling(key, found.kind, scene.line.span)
        said = dict.fromkeys((("kind", Concept(found.kind)), *found.said))
        drafts = tuple(ClaimDraft(telling, predicate, value, scene.line.span) for predicate, value in said)
        yield Told(telling, scene.number, found.nodes[0], frozenset(found.nodes), drafts, found.definite)
        key += 1


class _Reader:
    """The reading of one sentence."""

    def __init__(self, scene: Scene, words: Vocabulary, refs: Actors | None) -> None:
        self.scene, self.words, self.tree = scene, words, scene.tree
        parties = Parties(scene, refs)
        self.truces, self.resolutions = Truces(scene, parties), Resolutions(scene, words, parties)
        self.missions = Missions(scene, words, parties)
        self.ground, self.campaigns = GroundOperations(scene, words, parties), Campaigns(scene, words, parties)
        self.bombardments = Bombardments(scene, parties)

    def all(self) -> Iterator[Finding]:
        """Every event told, of each the surest reading first."""
        for noun in range(len(self.tree.nodes)):
            entry = self.tree.entry(noun, "K")
            row = next((row for row in KINDS if entry.name in row.nouns), None) if entry else None
            if row is None:
                continue
            if self.tree.nodes[noun].relation != "compound":
                yield from _first(self._of(self._finer(row, noun), noun))
            named = self._operation(noun)
            if named is not None:
                yield from _first(self._of(KINDS[5], named, named=True))
        yield from self.truces.halted()
        yield from self.resolutions.voted()
        yield from self.ground.moved()
        yield from self.bombardments.bombarded()

    def _operation(self, noun: int) -> int | None:
        """The node that stands for an operation with a name of its own: Operation Northern Wind."""
        word, after = self.tree.nodes[noun], noun + 1
        if word.words != "Operation" or after >= len(self.tree.nodes) or not set(self.tree.codes(after)) & set("UO"):
            return None
        return word.head if word.relation == "compound" else noun

    def _finer(self, row: Kind, noun: int) -> Kind:
        """A ceasefire agreement is a truce."""
        parts = {e.name for i in self.tree.below(noun, "compound", "amod") for e in [self.tree.entry(i, "K")] if e}
        return KINDS[0] if row.name == AGREEMENT and TRUCE in parts else row

    def _of(self, row: Kind, noun: int, *, named: bool = False) -> Iterator[Finding]:
        if row.name == END and not self.missions.military(noun):
            return
        if row.name == END:
            yield from self.missions.to_end(noun)
        for carrier in carriers(self.scene, noun, self.words, row.name):
            if row.name in (TRUCE, AGREEMENT):
                yield from self.truces.settled(row, noun, carrier)
            elif row.name == RESOLUTION:
                yield from self.resolutions.resolved(row, noun, carrier)
            elif row.name == END:
                yield from self.missions.ended(row, noun, carrier)
            elif row.name == BOMBARDMENT:
                yield from self.bombardments.suffered(row, noun, carrier)
            elif row.name == GROUND:
                yield from self.ground.launched(row, noun, carrier)
            else:
                yield from self.campaigns.waged(noun, carrier, named=named)
        if row.name == CAMPAIGN and self.scene.context(noun).real:
            yield from self.campaigns.waged(noun, None)
        if row.name == GROUND and self.scene.context(noun).real:
            yield from self.ground.dated(noun)


def _first(found: Iterator[Finding]) -> Iterator[Finding]:
    """The first of several readings, if any."""
    one = next(found, None)
    if one:
        yield one
