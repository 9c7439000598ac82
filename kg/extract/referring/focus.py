"""Whom and what an article has spoken of so far, and which of it can be taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kg.authority import Authority
from kg.extract.bodies.offices import Office
from kg.extract.line.items import Item, Line
from kg.model import Mention, Span
from kg.terms import Vocabulary

PLURAL: Final = frozenset(
    ("forces", "units", "brigades", "battalions", "guards", "troops", "committees", "factions", "militias", "groups", "fighters", "rebels")
)
"""Last words of names that are plurals."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody or something spoken of: where, in which part of its clause, and what is known of it.

    `entity` is the IRI of a known thing or made from the words; `sort` is person, body, state, place, or other (an unlisted name); `main` marks an
    argument of the main clause, `subject` its subject.  `mention` is as it stood when it was first named.
    """

    entity: str
    mention: Mention
    sort: str
    scene: int
    at: int
    main: bool = False
    core: bool = False
    subject: bool = False
    quoted: bool = False
    plural: bool = False
    female: bool | None = None
    speaks: bool = False
    placed: bool = False
    verb: int | None = None
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """An office that the article gives to somebody."""

    holder: Seen
    office: Office


@dataclass(frozen=True, slots=True)
class Quotation:
    """Whether a quotation is open after a sentence, and whose words it is, where that is known."""

    open: bool = False
    speaker: Seen | None = None


@dataclass(slots=True)
class Focus:
    """What was read of one article; `now` is the number of the sentence at hand, `things` says whether the last one spoke of a weapon or an act."""

    words: Vocabulary
    known: Authority
    seen: list[Seen] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)
    acronyms: dict[str, Seen] = field(default_factory=dict)
    quotation: Quotation = field(default_factory=Quotation)
    now: int = 0
    things: bool = False

    def named(self, item: Item) -> Seen | None:
        """Whom or what an item names; None for plain words and for adjectives."""
        codes = set(item.codes)
        if not codes & set("POSMULBT") or "Y" in codes:
            return None
        mention = item.mention()
        for sort, class_name in (("person", "Person"), ("state", "State"), ("body", "Organisation"), ("place", "Place")):
            senses = tuple(sense for sense in mention.senses if self.known.is_a(sense, class_name))
            if senses and (sort != "place" or codes & set("LBT")):
                entity = senses[0] if len(senses) == 1 else "|".join(senses)
                kinds = frozenset(kind for sense in senses for kind in self.known[sense].kinds)
                kinds |= {"place-kind/base"} if "B" in codes else frozenset()
                plural = sort == "body" and self._plural(item.words, entity)
                return Seen(entity, mention, sort, 0, item.span.start, plural=plural, kinds=kinds)
        if "U" in codes:
            return Seen("words:" + item.words.casefold(), mention, "other", 0, item.span.start)
        return None

    def named_after_place(self, line: Line, index: int) -> Seen | None:
        """Whom the unlisted word behind a name names that is also a place's: Omar Zandar is not Omar."""
        item, before = line.items[index], line.items[index - 1] if index else None
        if before is None or item.span.start - before.span.end != 1 or not (before.words.isalpha() and before.words[0].isupper()):
            return None
        if not set(before.codes) <= set("LBT"):
            return None
        span = Span(before.span.start, item.span.end)
        words = f"{before.words} {item.words}"
        return Seen(f"words:{words}".casefold(), Mention(words, span), "other", self.now, item.span.start)

    def _plural(self, words: str, entity: str) -> bool:
        """Whether a name is a plural: it ends in Forces, Brigades …, or its singular stands in another name of the same body (Houthis)."""
        last = words.split()[-1].casefold()
        if last in PLURAL:
            return True
        if " " in words or not last.endswith("s") or entity not in self.known:
            return False
        return any(last[:-1] in name.words.casefold().split() for name in self.known[entity].names)


def single(seen: Sequence[Seen]) -> Seen | None:
    """The one that all are, as it was spoken of last; None where there are several or none."""
    return seen[-1] if seen and len({s.entity for s in seen}) == 1 else None


def standing(seen: Seen, item: Item) -> Mention:
    """What a reference stands for, where it stands; what is no known thing is known by its words alone and is pointed to where it has them."""
    return replace(seen.mention, words=item.words, span=item.span) if seen.mention.senses else seen.mention


def family_name(seen: Seen) -> str:
    """The last word of a name, without its article."""
    return seen.mention.words.casefold().split()[-1].split("-")[-1]
