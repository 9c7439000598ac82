"""Resolutions, laws and motions: what a body passed or voted."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.happenings.carried import Carrier, firm, infinitive
from kg.extract.happenings.circumstances import time
from kg.extract.happenings.findings import Finding, finding
from kg.extract.happenings.kinds import RESOLUTION, Kind
from kg.extract.happenings.parties import Parties
from kg.extract.syntax.scene import Scene
from kg.model import DraftObject, Mention
from kg.terms import Vocabulary


class Resolutions:
    """Reads the resolutions of one sentence."""

    def __init__(self, scene: Scene, words: Vocabulary, parties: Parties) -> None:
        self.scene, self.words, self.tree, self.parties = scene, words, scene.tree, parties

    def resolved(self, row: Kind, noun: int, carrier: Carrier) -> Iterator[Finding]:
        """A resolution, law or motion that a body passed."""
        if carrier.way not in ("making", "nominal"):
            return
        doers = [a for i in carrier.doers if "P" not in self.tree.codes(i) for a in [self.parties.actor(i)] if a]
        above = self.tree.nodes[carrier.node].head
        beside = (above,) if carrier.way == "nominal" and self.tree.nodes[above].tag.startswith("JJ") else ()  # instrumental to its passage
        when = time(self.scene, (noun, carrier.node, *beside), lasting=False)
        if "resolution" not in self.tree.item(noun).words.lower():
            doers = [mention for mention in doers if self._deciding(mention)]
        unnamed = [i for i in carrier.doers if "G" in self.tree.codes(i)]
        if not doers and not (when and (unnamed or not carrier.doers) and "resolution" in self.tree.item(noun).words.lower()):
            return
        promoters = self._promoters(carrier.node) if carrier.way == "nominal" else []
        yield finding(
            self.tree,
            row.name,
            noun,
            carrier.node,
            [("time", when)] if when else [],
            [("perpetrator", mention) for mention in doers],
            promoters,
        )

    def _promoters(self, node: int) -> list[tuple[str, DraftObject]]:
        """Who was instrumental to it."""
        head = self.tree.nodes[node].head
        if self.tree.nodes[head].key != "instrumental" or not self.scene.context(head).real:
            return []
        return [("promotedBy", a) for i in self.scene.clauses.subjects(head) for a in [self.parties.actor(i)] if a]

    def _deciding(self, mention: Mention) -> bool:
        """Whether a name is that of a body that decides: a parliament, council, government, court."""
        bodies = {
            cue.words
            for kind in ("parliament", "government", "court", "international-organisation")
            for cue in self.words.cues("cue", f"organisation-kind/{kind}")
        }
        words = mention.words.lower().replace("’", "'").split()
        return any(" ".join(words[i:j]) in bodies for i in range(len(words)) for j in range(i + 1, len(words) + 1)) or any(
            word in ("council", "lawmakers", "deputies", "mps", "assembly") for word in words
        )

    def voted(self) -> Iterator[Finding]:
        """A body voted to do something."""
        for node, word in enumerate(self.tree.nodes):
            cue = self.tree.entry(node, "V")
            loose = word.key in ("voted", "votes") and any(infinitive(self.tree, i) for i in self.tree.below(node, "xcomp", "advcl"))
            fixed = cue is not None and cue.name == RESOLUTION and " " in self.tree.item(node).words
            if not (loose or fixed) or not firm(self.scene, node) or not word.verb:
                continue
            doers = [a for i in self.scene.clauses.of(node).doers for a in [self.parties.actor(i)] if a and self._deciding(a)]
            if doers and not any(self.tree.nodes[i].key in ("against", "down") for i in self.tree.below(node)):
                when = time(self.scene, (node,), lasting=False)
                yield finding(
                    self.tree, RESOLUTION, node, node, [("time", when)] if when else [], [("perpetrator", mention) for mention in doers]
                )
