"""What a sentence says that an organisation is: kinds, relations, founding, read along its complements.

A complement follows a copula ("X is …"), an apposition's mark ("X, a …"), a relative ("X, which is …") or stands as a participle behind the name
("X, backed by …").  Complements are joined by commas and "and"; a noun phrase gives its kind, and what stands in and behind it gives relations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kg.extract.bodies.setting import Setting, heads
from kg.extract.lexicon import RELATIONS
from kg.extract.line.items import D, Item, N
from kg.model import Concept, Count, Mention, TimeSpan
from kg.terms import Vocabulary

COPULAS: Final = frozenset(
    {"is", "are", "was", "were", "remain", "remains", "remained", "represent", "represents", "constitute", "constitutes", "form", "forms"}
)
ADVERBS: Final = frozenset(
    {"now", "also", "both", "itself", "themselves", "still", "already", "at", "least", "once", "today", "then", "be", "been"}
)
"""Words that a complement may begin with, beside those in -ly."""

STOPS: Final = frozenset(
    """is are was were be been has have had and or but not no who which that whose of in on by for to with from at said as after near
    when while since during under against across between into over through amid his her they it he she will would also its their""".split()  # noqa: SIM905
)
"""Plain words that a noun phrase does not run over."""

DERIVED: Final = frozenset(
    {
        "rival", "rivals", "enemy", "enemies", "foe", "foes", "opponent", "opponents", "critic", "critics", "offshoot", "splinter", "remnant",
        "remnants", "successor", "predecessor", "breakaway", "version", "imitation", "founder", "supporters", "creation", "kind", "sort",
    }
)  # fmt: skip
"""Nouns whose own description an apposition behind their "of X" may be."""

HOLDING: Final = frozenset({"numbering", "with", "commanding", "fielding", "boasting", "totalling", "totaling", "comprising"})
"""Words before the number of members."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of an organisation; `inverse` where the value is the triple's subject, `last` the index where its words end."""

    predicate: str
    value: Mention | Concept | Count | TimeSpan
    last: int
    inverse: bool = False
    realis: str = "asserted"


@dataclass(slots=True)
class Reader:
    """Reads the complements of one organisation from left to right."""

    setting: Setting
    whose: str | None
    """The organisation's IRI where it is known: nothing joins it with itself."""
    words: Vocabulary
    founding: frozenset[str]
    found: list[Said] = field(default_factory=list)
    alleged: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of the sentence."""
        return self.setting.line.items

    # -- small looks ---------------------------------------------------------------------------------------------------------

    def word(self, at: int) -> str:
        """The compared word at an index; "." behind the end."""
        return (self.items[at].key or self.items[at].words.lower()) if at < len(self.items) else "."

    def has(self, at: int, codes: str) -> bool:
        """Whether an item with one of the codes stands at an index."""
        return at < len(self.items) and bool(set(self.items[at].codes) & set(codes))

    def ends(self, at: int) -> bool:
        """Whether a noun phrase ends before an index."""
        if at >= len(self.items):
            return True
        item, word = self.items[at], self.word(at)
        if word in ("'s", "-"):
            return False
        return (
            not (word.isalpha() or item.codes)
            or word in STOPS
            or self.has(at, "XDNJQH")
            or (not item.codes and word.endswith(("ed", "ing")))
        )

    def say(self, predicate: str, value: Mention | Concept | Count | TimeSpan, last: int, inverse: bool = False) -> None:
        """Keeps one thing said."""
        if isinstance(value, Mention) and self.whose in value.senses:
            return
        self.found.append(Said(predicate, value, last, inverse, "alleged" if self.alleged else "asserted"))

    # -- complements -----------------------------------------------------------------------------------------------------------

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

    def copula(self, at: int) -> int | None:
        """The index behind a copula; an alleging verb ("is said to be") is one."""
        if self.has(at, "J"):
            entry = self.items[at].entry("J")
            if entry and entry.name == "realis/alleged" and self.word(at).split()[0] in ("is", "are", "was", "were"):
                self.alleged = True
                return at + 1
            return None
        if self.word(at) in COPULAS:
            return at + 1
        return at + 2 if self.word(at) in ("has", "have", "had") and self.word(at + 1) == "been" else None

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

    def strength(self, at: int, counted: str, last: int) -> None:
        """Keeps a number of members."""
        count = self.items[at].count
        if count is not None and counted in MEMBERS:
            self.say("hasStrength", replace(count, counted=counted), last)

    def compound(self, item: Item, at: int) -> None:
        """Iran-backed: the compound names the relation and its object."""
        for entry in item.entries:
            if entry.name in RELATIONS:
                self.say(entry.name, item.mention(), at)
                return

    # -- behind a noun ---------------------------------------------------------------------------------------------------------

    def behind(self, at: int) -> int:
        """Reads what stands behind a noun: of so many, made up of, backed by, formed in; the index behind it."""
        while at < len(self.items):
            word = self.word(at)
            start = at
            if word == "," and self.word(at + 1) in ("which", "that"):
                start = at + 2
                start = self.copula(start) or start
            elif word in ("which", "that"):
                start = self.copula(at + 1) or at + 1
            behind = self._attached(start)
            if behind is None:
                return at
            at = behind
        return at

    def _attached(self, at: int) -> int | None:
        word = self.word(at)
        if word in HOLDING or word == "of":
            number = at + 1
            while self.word(number) in ("some", "around", "a", "the", "total"):
                number += 1
            member = next((i for i in (number + 1, number + 2, number + 3) if self.has(i, "C")), None)
            if self.has(number, N) and member and not any(self.has(i, "OSN") for i in range(number + 1, member)):
                entry = self.items[member].entry("C")
                self.strength(number, entry.name if entry and entry.name else "", member)
                return member + 1
            if word in ("of", "comprising"):
                named = list(self.objects(at + 1)) if self._gathers(at - 1) else []
                for index, mention in named:
                    self.say("componentOf", mention, index, inverse=True)
                return named[-1][0] + 1 if named else self._phrase(at + 1)
            return None
        if self.has(at, "J"):
            entry = self.items[at].entry("J")
            if entry and entry.name == "realis/alleged" and self.has(at + 1, "X"):
                self.alleged = True
                return self.relation(at + 1)
            return None
        if self.has(at, "X"):
            self.alleged = False
            return self.relation(at)
        if word in self.founding:
            return self.founded(at)
        if word in ("based", "headquartered", "operating", "active", "in") and (
            self.word(at) == "in" or self.word(at + 1) in ("in", "across")
        ):
            place = at + 1 + (word != "in")
            return place + 1 if self.has(place, "L") and self.ends(place + 1) else None
        return None

    def _gathers(self, at: int) -> bool:
        """Whether the noun at an index is one for a body of bodies: a coalition of X and Y."""
        entry = self.items[at].entry("G")
        return entry is not None and entry.name in (
            "organisation-kind/umbrella",
            "organisation-kind/network",
            "organisation-kind/coalition",
        )

    def _phrase(self, at: int) -> int | None:
        """The index behind a phrase of nouns without a name: Shia militias."""
        end = at
        while end < len(self.items) and end < at + 7 and not self.has(end, "OSPXNDQVJ"):
            if self.word(end) in STOPS or not (self.word(end).isalpha() or self.items[end].codes or self.word(end) == "-"):
                break
            if end > at and self.ends(end) and not self.items[end].codes:
                break
            end += 1
            if self.word(end) == "and" and self.has(end + 2, "G") and not self.has(end + 1, "OSPG"):
                end += 1
        return end if end > at else None

    def founded(self, at: int) -> int | None:
        """Formed in 2014: the date, and the index behind it."""
        when = at + 1
        if self.word(when) == "by":
            when = next((i for i in range(when, min(when + 7, len(self.items))) if self.has(i, D)), when)
        if self.word(when) in ("in", "on", "around", "back", "early", "late"):
            when += 1
        if self.word(when) == "in":
            when += 1
        time = self.items[when].time if self.has(when, D) else None
        if time is None or self.word(when + 1) in ("a", "an", "the"):
            return None
        self.say("founded", time, when)
        return when + 3 if self.word(when + 1) == "in" and self.has(when + 2, "LT") and self.ends(when + 3) else when + 1

    # -- relations ---------------------------------------------------------------------------------------------------------------

    def relation(self, at: int) -> int | None:
        """A relation's words and its objects: part of the PMF."""
        entry = next((e for e in self.items[at].entries if e.name and "X" in e.codes), None)
        if entry is None or entry.name is None:
            return None
        named = list(self.objects(at + 1))
        for index, mention in named:
            self.say(entry.name, mention, index, inverse=entry.inverse)
        if named:
            return named[-1][0] + 1
        if entry.inverse and entry.name == "componentOf" and self.has(at + 1, N):
            member = next((i for i in (at + 2, at + 3) if self.has(i, "C")), None)
            counted = self.items[member].entry("C") if member else None
            if member and counted and counted.name:
                self.strength(at + 1, counted.name, member)
                return member + 1
        return self._phrase(at + 1)

    def objects(self, at: int) -> Iterator[tuple[int, Mention]]:
        """The actors named here, with their indexes: one, or several joined by commas and "and" to the end of the clause."""
        first = self.object(at)
        if first is None:
            return
        more, end, closed = [first], first, False
        while True:
            step = end + 1
            comma = self.word(step) == ","
            last = self.word(step + comma) == "and"
            if not (comma or last):
                break
            further = self.object(step + comma + last)
            if further is None or self.has(further, "A") or self._verb_between(step + comma + last, further):
                break
            more.append(further)
            end, closed = further, last
        listed = closed and (
            self.word(end + 1) in (".", ";", ")", "”", "“", '"', "–") or self.word(end + 1) == "," or end + 1 >= len(self.items)
        )
        for index in more if listed else more[:1]:
            yield index, self.items[index].mention()

    def _verb_between(self, start: int, actor: int) -> bool:
        """Whether the words before a further actor hold a verb of its own: backs X and opposes the Y, and fights Y."""
        inside = [i for i in range(start, actor) if not self.items[i].codes]
        article = any(self.word(i) in ("the", "a", "an") and i > start for i in inside)
        return article or any(self.word(i).endswith(("s", "ed", "ing")) and self.word(i) not in ("its", "'s") for i in inside[-1:])

    def object(self, at: int) -> int | None:
        """The index of the actor named here, behind an article and adjectives."""
        for index in range(at, min(at + 6, len(self.items))):
            item, word = self.items[index], self.word(index)
            if self.has(index, "OS") and self.ends(index + 1):
                return index
            if self.has(index, "S") and self.word(index + 1) == "'s" and self.has(index + 2, "R") and self.has(index + 3, "PU"):
                return index  # allied with Syria's president, P: with Syria
            possessive = self.has(index, "SL") and self.word(index + 1) == "'s"
            plain = not item.codes and (word.isalpha() or word == "'s") and (word not in STOPS or word in ("its", "their"))
            if not (plain or possessive or (set(item.codes) <= set("AYGR") and item.codes)):
                return None
        return None


MEMBERS: Final = frozenset(
    {"counted/fighters", "counted/troops", "counted/people", "counted/police", "counted/armed-factions", "counted/brigades", "counted/divisions",
     "counted/battalions", "counted/seats"}
)  # fmt: skip
"""What an organisation may number."""


def said(setting: Setting, words: Vocabulary) -> Iterator[tuple[Item, Said, bool]]:
    """Everything that a sentence says of its organisations: whom, what, and whether it stands in a noun phrase."""
    founding = frozenset(cue.words for cue in words.cues("cue", "founded") if " " not in cue.words) | {"set up"}
    for at, item in enumerate(setting.line.items):
        if set(item.codes) & set("OSU"):
            yield from _of(setting, at, words, founding)
            for found in _of_members(setting, at, words):
                yield item, found, False
            for found in _fronted(setting, at, words, founding):
                yield item, found, False


def _fronted(setting: Setting, at: int, words: Vocabulary, founding: frozenset[str]) -> Iterator[Said]:
    """What a participle before the subject says: Founded in 1987, X …"""
    line = setting.line
    reader = Reader(setting, setting.actor(line.items[at]), words, founding)
    comma = at - 1 - (reader.word(at - 1) in ("the", "a"))
    participle = reader.word(0) in founding or (reader.has(0, "X") and not _finite(line.items[0]))
    subject = "O" in line.items[at].codes and reader.word(at + 1) != "'s"
    if comma > 1 and reader.word(comma) == "," and participle and subject and reader.series(0) == comma:
        yield from reader.found


def _of_members(setting: Setting, at: int, words: Vocabulary) -> Iterator[Said]:
    """What its fighters side with, an organisation sides with: forces from X are sympathetic to Y, X's fighters are loyal to Y."""
    line = setting.line
    reader = Reader(setting, setting.actor(line.items[at]), words, frozenset())
    first, behind = at - 1 - (reader.word(at - 1) == "the"), at + 1
    member = first >= 0 and any(entry.name == "memberOf" and "X" in entry.codes for entry in line.items[first].entries)
    if "O" not in line.items[at].codes:
        return
    if reader.word(behind) == "'s" and _fighting(line.items[behind + 1 : behind + 2]):
        first, behind = at, behind + 2
    elif member and reader.word(first).split()[0] in ("fighters", "members", "militiamen"):
        pass
    elif first > 0 and reader.word(first) in ("of", "from", "in", "within") and _fighting(line.items[first - 1 : first]):
        first -= 1
    else:
        return
    start = reader.copula(behind) or behind
    if line.heads(first) and not line.unreal(first) and (start > behind or (reader.has(start, "X") and _finite(line.items[start]))):
        reader.complement(start, need=True)
        yield from (s for s in reader.found if s.predicate in ("alignedWith", "affiliatedWith", "supports") and not s.inverse)


def _fighting(items: Sequence[Item]) -> bool:
    """Whether an item stands for the members of a force as a whole."""
    return any(entry.name in ("counted/fighters", "counted/troops") for item in items for entry in item.entries if "C" in entry.codes)


def _of(setting: Setting, at: int, words: Vocabulary, founding: frozenset[str]) -> Iterator[tuple[Item, Said, bool]]:
    line, item = setting.line, setting.line.items[at]
    reader = Reader(setting, setting.actor(item), words, founding)
    joined = fellows(setting, at)
    first = joined[0] if joined else at
    listed, apt = bool(set(item.codes) & set("OS")), apposable(setting, at)
    main = listed and heads(line, first) and not line.unreal(at)
    behind = _behind_name(reader, at)
    copula = reader.copula(behind)
    if copula:
        together = reader.word(copula - 1) in PLURAL
        if main and (together or not joined):
            reader.series(copula)
            for one in (*(joined if together else ()), at):
                yield from ((line.items[one], found, False) for found in _fitting(reader, setting, one))
        return
    if reader.word(behind) in (",", "–", "-", "(") and apt:
        yield from _apposed(reader, at, behind, joined, main=main and not joined, listed=listed)
        return
    if not listed:
        return
    if reader.has(behind, "X") and _finite(line.items[behind]):
        if main and not joined:
            reader.series(behind)
            yield from ((item, found, False) for found in reader.found)
    elif ((reader.has(behind, "X") and _reduced(line.items[behind])) or reader.word(behind) in founding) and apt and "O" in item.codes:
        reader.complement(behind, need=True)
        yield from ((item, found, True) for found in reader.found)
    elif reader.has(behind, "G") and reader.word(behind + 1) == "and" and reader.has(behind + 2, "G") and reader.ends(behind + 3):
        for index in (behind, behind + 2):
            kind = line.items[index].entry("G")
            if kind and kind.name and not line.items[index].words.endswith("s"):
                yield item, Said("organisationKind", Concept(kind.name), index), True


def _reduced(item: Item) -> bool:
    """Whether a relation's words can follow a name without a comma: backed by, close to; not part of."""
    first = item.words.lower().split()[0]
    return first.endswith(("ed", "ing")) or first in (
        "close",
        "loyal",
        "sympathetic",
        "supportive",
        "answerable",
        "subordinate",
        "led",
        "run",
        "made",
    )


PLURAL: Final = frozenset({"are", "were", "remain", "constitute", "represent", "form", "been"})


def fellows(setting: Setting, at: int) -> tuple[int, ...]:
    """The indexes of the organisations that a list joins with this one, its last: X and Y."""
    items, found, here = setting.line.items, list[int](), at
    if at < 2 or items[at - 1].key != "and":
        return ()
    while here >= 2 and items[here - 1].key in ("and", ",") and set(items[here - 2].codes) & set("OS"):
        here -= 2
        found.insert(0, here)
    return tuple(found)


def list_behind(setting: Setting, at: int) -> tuple[int, ...]:
    """The indexes of the organisations that a list adds behind this one, its first: X, Y and the Z."""
    items, found, here = setting.line.items, list[int](), at + 1
    while here + 1 < len(items) and items[here].key in (",", "and"):
        step = here + 1 + (items[here].key == "," and items[here + 1].key == "and")
        step += step < len(items) and items[step].key == "the"
        if step >= len(items) or not set(items[step].codes) & set("OS"):
            break
        found.append(step)
        if items[step - 1].key == "and" or items[step - 2].key == "and":
            return tuple(found)
        here = step + 1
    return ()


def _fitting(reader: Reader, setting: Setting, at: int) -> Iterator[Said]:
    """What was read, without what would join an organisation with itself."""
    whose = setting.actor(setting.line.items[at])
    return (said for said in reader.found if not (isinstance(said.value, Mention) and whose in said.value.senses))


def _behind_name(reader: Reader, at: int) -> int:
    """The index behind a name, its short form in brackets and its mark."""
    behind = at + 1
    if (
        reader.word(behind) == "("
        and reader.word(behind + 2) == ")"
        and (reader.has(behind + 1, "OSU") or reader.items[behind + 1].words.isupper())
    ):
        behind += 3
    return behind + (reader.word(behind) == "*")


def _apposed(
    reader: Reader, at: int, mark: int, fellows: tuple[int, ...], *, main: bool, listed: bool
) -> Iterator[tuple[Item, Said, bool]]:
    """What an apposition or relative clause behind a mark says, and then the main clause behind it."""
    line, item, start, relative = reader.setting.line, reader.items[at], mark + 1, False
    together = reader.word(start) in ("both", "all", "two", "three")
    if reader.word(start) in ("which", "that", "who"):
        start = reader.copula(start + 1) or start + 1
        relative = reader.word(start - 1) not in ("which", "that", "who") or (reader.has(start, "X") and _finite(reader.items[start]))
        readable = relative
    else:
        article = reader.word(start) in ("a", "an", "the", "one", "another")
        readable = article or together or ((reader.has(start, "XJ") or reader.word(start) in reader.founding) and listed)
    end = start
    if readable:
        end = reader.series(start, need=not relative)
        kinds = any(said.predicate == "organisationKind" for said in reader.found)
        for one in (*(fellows if together else ()), at):
            yield from ((line.items[one], found, True) for found in _fitting(reader, reader.setting, one) if listed or kinds)
    reader.found.clear()
    reader.alleged = False
    closing = next((i for i in range(end, min(end + 14, len(reader.items))) if reader.word(i) in (",", "–", ")")), None)
    if main and closing is not None and closing > mark:
        copula = reader.copula(closing + 1)
        if copula or (reader.has(closing + 1, "X") and _finite(reader.items[closing + 1])):
            reader.series(copula or closing + 1)
            yield from ((item, found, False) for found in reader.found)


def _finite(item: Item) -> bool:
    """Whether a relation's words are a finite verb: receives funding from."""
    first = item.words.lower().split()[0]
    return (first.endswith("s") and first not in ("allies", "members", "brigades", "fighters", "affiliates", "components", "factions", "proxies")) or (
        first in ("receive", "get", "draw", "consist", "include", "have", "stand", "sympathise", "sympathize", "received", "joined", "rallied",
                  "sided", "back", "support", "fund", "finance", "expressed", "provided", "belong", "answer", "operate")
    )  # fmt: skip


def apposable(setting: Setting, at: int) -> bool:
    """Whether what stands behind a name describes it, and not a noun before it: not "an offshoot of X, a militia"."""
    items = setting.line.items
    before = at - 1
    while before >= 0 and (items[before].key in ("the", "a", "an", "'s") or set(items[before].codes) & set("AYGSL")):
        before -= 1
    if before < 0:
        return True
    if "X" in items[before].codes:
        return not items[before].words.lower().endswith(" of") or any(entry.name == "memberOf" for entry in items[before].entries)
    if items[before].key in ("and", "or"):
        return True
    return not (items[before].key in ("of", "from", "to") and before and items[before - 1].key in DERIVED)


def behind(setting: Setting, whose: int, at: int, words: Vocabulary) -> tuple[Said, ...]:
    """What is said behind a noun that describes an organisation: a terrorist group backed by Iran."""
    reader = Reader(setting, setting.actor(setting.line.items[whose]), words, frozenset())
    reader.behind(at)
    return tuple(reader.found)
