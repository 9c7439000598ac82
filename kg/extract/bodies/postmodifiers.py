"""What stands behind a noun that tells what an organisation is: of so many, made up of X and Y, backed by Z, formed in 2014."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.bodies.scanning import STOPS, Scanner
from kg.extract.line.items import D, N
from kg.model import Mention

HOLDING: Final = frozenset({"numbering", "with", "commanding", "fielding", "boasting", "totalling", "totaling", "comprising"})
"""Words before the number of members."""


@dataclass(slots=True)
class Postmodifiers(Scanner):
    """Reads what stands behind a noun that tells what an organisation is."""

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
