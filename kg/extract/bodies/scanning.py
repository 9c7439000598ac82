"""A sentence looked at word by word, for what it says of one organisation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from kg.extract.bodies.setting import Setting
from kg.extract.line.items import Item
from kg.model import Concept, Count, Mention, TimeSpan
from kg.terms import Vocabulary

COPULAS: Final = frozenset(
    {"is", "are", "was", "were", "remain", "remains", "remained", "represent", "represents", "constitute", "constitutes", "form", "forms"}
)

STOPS: Final = frozenset(
    """is are was were be been has have had and or but not no who which that whose of in on by for to with from at said as after near
    when while since during under against across between into over through amid his her they it he she will would also its their""".split()  # noqa: SIM905
)
"""Plain words that a noun phrase does not run over."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of an organisation; `inverse` where the value is the triple's subject, `last` the index where its words end."""

    predicate: str
    value: Mention | Concept | Count | TimeSpan
    last: int
    inverse: bool = False
    realis: str = "asserted"


@dataclass(slots=True)
class Scanner:
    """Looks at the words of a sentence from left to right, and keeps what they say of one organisation."""

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

    def strength(self, at: int, counted: str, last: int) -> None:
        """Keeps a number of members."""
        count = self.items[at].count
        if count is not None and counted in MEMBERS:
            self.say("hasStrength", replace(count, counted=counted), last)


MEMBERS: Final = frozenset(
    {"counted/fighters", "counted/troops", "counted/people", "counted/police", "counted/armed-factions", "counted/brigades", "counted/divisions",
     "counted/battalions", "counted/seats"}
)  # fmt: skip
"""What an organisation may number."""
