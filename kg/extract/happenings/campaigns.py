"""Campaigns and named operations: who waged them against whom, and the strikes they were made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from kg.extract.happenings.carried import Carrier, infinitive
from kg.extract.happenings.circumstances import places, time
from kg.extract.happenings.findings import Finding, finding, said_of
from kg.extract.happenings.kinds import CAMPAIGN
from kg.extract.happenings.parties import Parties
from kg.extract.syntax.scene import Scene
from kg.model import Mention
from kg.terms import Vocabulary


class Campaigns:
    """Reads the campaigns of one sentence."""

    def __init__(self, scene: Scene, words: Vocabulary, parties: Parties) -> None:
        self.scene, self.words, self.tree, self.parties = scene, words, scene.tree, parties
        self.civil, self.military = _sorts(words)

    def waged(self, noun: int, carrier: Carrier | None, *, named: bool = False) -> Iterator[Finding]:
        """A campaign against somebody: who waged it or took part, or the years that it took; or one with a name of its own."""
        if carrier and carrier.way not in ("making", "beginning", "announcing"):
            return
        made_of = tuple(i for i in self.scene.clauses.of(noun).by("of") if self.tree.entry(i, "K"))
        own = (noun, carrier.node, *made_of) if carrier else (noun,)
        targets, aims = self._targets(own), self._aims(noun)
        targets += [mention for mention in aims[0] if mention not in targets]
        if not named and not ((targets or aims[1]) and self._warlike(noun)):
            return
        when = time(self.scene, own, lasting=True)
        if carrier is None:
            spanned = when is not None and any(
                self.tree.item(i).time for i in self.tree.below(noun, "compound", "nmod", "amod", "nmod:poss")
            )
            if spanned:
                yield finding(self.tree, CAMPAIGN, noun, noun, *said_of(when, [], []), [("target", mention) for mention in targets])
            return
        doers = self.parties.fighting(
            (*carrier.doers, *(i for i in self.scene.clauses.of(noun).doers if i not in self._by_preposition(noun)))
        )
        where = (*places(self.scene, own), *aims[1])
        if (doers and when) if named else (doers or when):
            blows = self._blows(carrier.node)
            yield finding(
                self.tree,
                CAMPAIGN,
                noun,
                carrier.node,
                *said_of(when, doers, where),
                [("target", mention) for mention in targets],
                extra=(*blows, *made_of),
            )

    def _by_preposition(self, noun: int) -> frozenset[int]:
        return frozenset(i for nodes in self.scene.clauses.of(noun).beside.values() for i in nodes)

    def _targets(self, own: Sequence[int]) -> list[Mention]:
        """Whom a campaign is waged against; also where that hangs on a word in its phrase, a campaign of reprisal against X."""
        deeper = [j for i in self.tree.within(own[0]) if self.tree.case(i) == "against" for j in self.tree.joined(i)]
        nodes = dict.fromkeys((*self.parties.beside(own, "against", "on", "targeting"), *deeper))
        return [mention for i in nodes for mention in [self.scene.phrases.target(i)] if mention and mention.kind != "Place"]

    def _aims(self, noun: int) -> tuple[list[Mention], list[Mention]]:
        """Whom and which places a campaign is to beat or win: to retake a city from X, to defeat X."""
        aiming = {cue.words for cue in self.words.cues("aimingCue", CAMPAIGN)}
        targets: list[Mention] = []
        won: list[Mention] = []
        for verb in self.tree.below(noun, "acl"):
            if self.tree.nodes[verb].key in aiming and infinitive(self.tree, verb):
                clause = self.scene.clauses.of(verb)
                for node in clause.undergoers:
                    there = list(self.scene.phrases.places(node))
                    won += there
                    targets += [m for m in [self.scene.phrases.target(node)] if m and not there and m.kind != "Place"]
                targets += [m for i in clause.by("from") for m in [self.scene.phrases.target(i)] if m and "O" in self.tree.codes(i)]
        return targets, won

    def _strike(self, kind: str | None) -> bool:
        return kind is not None and self.words.value(kind, "ofClass") == "Strike"

    def _warlike(self, noun: int) -> bool:
        """Whether a campaign or operation is a military one."""
        below = [i for i in self.tree.within(noun) if i != noun and self.tree.nodes[i].head == noun]
        words = {word for i in below for word in self.tree.nodes[i].key.split()} | set(self.tree.item(noun).words.lower().split())
        if words & self.civil or any(self.tree.nodes[i].key in self.civil for j in below for i in self.tree.within(j)):
            return False
        armed = any(set(self.tree.codes(i)) & set("OG") for j in below for i in self.tree.within(j))
        return bool(words & self.military) or armed or "offensive" in words or any(self._blows(i) for i in self.tree.above(noun))

    def _blows(self, verb: int) -> tuple[int, ...]:
        """The strikes of which a campaign is made, where the sentence tells them by a participle: …, striking 40 targets."""
        strikes = [i for child in self.tree.below(verb, "advcl", "dep", "conj", "xcomp", "parataxis") for i in self.tree.joined(child)]
        strikes = [i for i in strikes if self.tree.nodes[i].tag == "VBG"]
        kinds = [entry.name for i in strikes for entry in [self.tree.entry(i, "V")] if entry and entry.name and "H" not in entry.codes]
        fitting = [kind for kind in kinds if self._strike(kind)]
        return tuple(strikes) if fitting else ()


@cache
def _sorts(words: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """The words that make a campaign no military one, and those that make it one."""
    civil, military = (frozenset(cue.words for cue in words.cues(name, CAMPAIGN)) for name in ("civilCue", "militaryCue"))
    return civil, military
