"""Complements joined by commas and "and": a noun phrase gives a kind, what stands in and behind it gives relations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.extract.bodies.postmodifiers import Postmodifiers
from kg.extract.bodies.scanning import STOPS
from kg.extract.lexicon import RELATIONS
from kg.extract.line.items import Item, N
from kg.model import Concept, Mention

ADVERBS: Final = frozenset(
    {"now", "also", "both", "itself", "themselves", "still", "already", "at", "least", "once", "today", "then", "be", "been"}
)
"""Words that a complement may begin with, beside those in -ly."""


@dataclass(slots=True)
class Reader(Postmodifiers):
    """Reads the complements of one organisation from left to right."""

    def series(self, at: int, *, need: bool = False) -> int:
        """Reads complements joined by commas and "and"; the index behind the last. `need`: the first has to be a kind or a relation."""
        behind = self.complement(at, need=need)
        while behind is not None:
            at = self._past_clause(behind)
            comma = self.word(at) == ","
            joined = self.word(at + comma) in ("and", "or", "but")
            start = at + comma + joined
            if not (comma or joined):
                break
            start = self.copula(start) or start
            behind = self._skip(start) if comma else None
            if behind is None and (joined or self.has(start, "XJ") or not any(isinstance(s.value, Mention) for s in self.found)):
                behind = self.complement(start, need=True)
        return at

    def _past_clause(self, at: int) -> int:
        """The index behind an unread relative clause, where its comma is followed by "and" and a copula: that operate there, and is …"""
        if self.word(at) not in ("that", "which", "who"):
            return at
        end = next((i for i in range(at, min(at + 9, len(self.items))) if self.word(i) == ","), None)
        clear = end is not None and not any(self.has(i, "OSPJQ") for i in range(at, end))
        return end if end and clear and self.word(end + 1) == "and" and self.copula(end + 2) else at

    def _skip(self, at: int) -> int | None:
        """The index of the comma behind an unread complement, a word and its pronoun ("subject to it"), before the last one."""
        end = next((i for i in range(at, min(at + 5, len(self.items))) if self.word(i) == ","), None)
        plain = end is not None and end > at + 1 and all(not self.items[i].codes for i in range(at, end))
        return end if plain and self.word(at) not in STOPS | {"a", "an", "the"} and self.word(end + 1) == "and" else None  # type: ignore[operator]

    def adverbs(self, at: int) -> int | None:
        """The index behind adverbs; None where the words deny or suppose."""
        self.alleged = self.alleged and self.has(at - 1, "J")
        while at < len(self.items):
            if self.has(at, "J"):
                entry = self.items[at].entry("J")
                if entry is None or entry.name != "realis/alleged":
                    return None
                self.alleged = True
            elif not (self.word(at) in ADVERBS or (self.word(at).endswith("ly") and not self.items[at].codes)):
                if self.alleged and self.word(at) == "to":
                    at += 1
                    continue
                return at
            at += 1
        return None

    def complement(self, at: int, *, need: bool) -> int | None:
        """Reads one complement; the index behind it, or None where none stands here."""
        start = self.adverbs(at)
        if start is None or start >= len(self.items):
            return None
        joined = self.joined(start)
        if joined is not None:
            return joined
        if self.has(start, "X") or (self.word(start) in ("a", "an", "the") and self.has(start + 1, "X")):
            return self.relation(start + (not self.has(start, "X")))
        if self.word(start) in self.founding:
            return self.founded(start)
        return self.noun_phrase(start, need=need)

    def joined(self, at: int) -> int | None:
        """Reads a participle that shares its preposition with the relation behind "and": funded and armed by; the index behind."""
        behind = at + 1 + (self.word(at + 1) == ",")
        if self.items[at].codes or self.word(behind) != "and" or not self.has(behind + 1, "X"):
            return None
        preposition = self.items[behind + 1].words.lower().split()[-1]
        whole = f"{self.word(at)} {preposition}"
        cue = next((c for c in self.words.cues("cue") if c.words == whole and c.name in RELATIONS), None)
        if cue is None:
            return None
        for index, mention in self.objects(behind + 2):
            self.say(cue.name, mention, index)
        return self.relation(behind + 1)

    def noun_phrase(self, at: int, *, need: bool) -> int | None:
        """Reads a noun phrase with an article or a kind: compounds and a strength before its head, the kind, and what stands behind it."""
        start, kind, kept = at, -1, len(self.found)
        one_of = self.word(at) == "one" and self.word(at + 1) == "of"
        at += 2 * one_of
        if self.word(at) in ("the", "a", "an", "one", "another"):
            at += 1
        while at < len(self.items):
            item = self.items[at]
            strong = self._strong(at)
            if "Y" in item.codes and set(item.codes) == {"Y"}:
                self.compound(item, at)
            elif strong:
                at = strong
                continue
            elif "J" in item.codes:
                entry = item.entry("J")
                if entry is None or entry.name != "realis/alleged":
                    del self.found[kept:]
                    return None
                self.alleged = True
            elif "X" in item.codes:
                if item.words.lower().endswith(" of") and at > start:
                    return self.relation(at)
                break
            elif self._of_state(at):
                at += 2
            elif "G" in item.codes and not self._another_follows(at):
                kind = at
                if self.ends(at + 1) and self.word(at + 1) != "-":
                    at += 1
                    break
            elif "A" in item.codes or "G" in item.codes or (set(item.codes) & set("RK") and not self.ends(at + 1)):
                pass
            elif item.codes or not self._premodifies(at) or (item.words[0].isupper() and at > start + 1):
                break
            at += 1
        headed = kind >= 0 and kind == at - 1 and self.ends(at) and not (self.word(kind) in ("party", "parties") and self.word(at) == "to")
        if not headed and (need or at == start or not self.ends(at) or self.has(at - 1, "R") or not self._related(at)):
            del self.found[kept:]
            return None
        if headed and one_of and self.word(at) in ("in", "of", "within", "inside") and (whole := self.object(at + 1)) is not None:
            self.say("componentOf", self.items[whole].mention(), whole)
            return whole + 1
        if headed:
            entry = self.items[kind].entry("G")
            if entry and entry.name and not self._plain_kind():
                self.say("organisationKind", Concept(entry.name), kind)
        return self.behind(at)

    def _premodifies(self, at: int) -> bool:
        """Whether a plain word or hyphen can stand before a noun."""
        word = self.word(at)
        return word == "-" or (word.isalpha() and word not in STOPS and word not in ("a", "an", "the"))

    def _plain_kind(self) -> bool:
        """Whether the kind says nothing of the organisation that its class does not: a state is a state, an outlet a channel."""
        return any(self.setting.known.is_a(self.whose or "", name) for name in ("MediaOutlet", "State"))

    def _of_state(self, at: int) -> bool:
        """Whether "state-sponsored" stands here: the state is the organisation's own."""
        if self.items[at].words.lower() not in ("state", "government") or self.word(at + 1) != "-" or self.whose is None:
            return False
        relation = next((c.name for c in self.words.cues("compoundCue") if c.words == self.word(at + 2) and c.name in RELATIONS), None)
        state = self.setting.known.state_of(self.whose)
        if relation and state:
            self.say(relation, Mention(self.items[at].words, self.items[at].span, (state,)), at)
        return relation is not None

    def _related(self, at: int) -> bool:
        """Whether a relation follows a noun: affiliated with, that is affiliated with."""
        return self.has(at, "X") or (self.word(at) in ("that", "which") and self.has(self.copula(at + 1) or at, "X"))

    def _another_follows(self, at: int) -> bool:
        """Whether a further noun of kind follows at once, which is then the head."""
        return self.has(at + 1, "G") or (not self.ends(at + 1) and self.has(at + 2, "G") and not self.has(at + 1, "OSP"))

    def _strong(self, at: int) -> int | None:
        """The index behind "10,000-strong" or "10,000 fighter-strong"; the number is kept as the strength."""
        if not self.has(at, N) or self.items[at].count is None:
            return None
        named = self.has(at + 1, "C")
        end = at + 1 + named
        if self.word(end) == "-":
            end += 1
        if self.word(end) != "strong":
            return None
        entry = self.items[at + 1].entry("C") if named else None
        self.strength(at, entry.name if entry and entry.name else "counted/fighters", end)
        return end + 1

    def compound(self, item: Item, at: int) -> None:
        """Iran-backed: the compound names the relation and its object."""
        for entry in item.entries:
            if entry.name in RELATIONS:
                self.say(entry.name, item.mention(), at)
                return
