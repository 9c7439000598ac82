"""Which offices a sentence gives to the persons that it names: by a title before the name, an apposition beside it, or a form of "to be".

Offices are read over the line and not the tree, for titles and appositions are left out of what is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.line.items import Item, Line
from kg.terms import Vocabulary

BODIES: Final = frozenset("OSAML")
"""Codes of items that can be the body in which an office is held; a place ("the prime minister of Iraq") stands for its state."""

NO_OFFICE: Final = frozenset(f"position/{name}" for name in ("member", "soldier", "analyst", "correspondent"))
"""Positions by which nobody is called again: one is a fighter among many."""

ARTICLES: Final = frozenset(("the", "a", "an"))
LINKS: Final = frozenset(("and", "then", "late", "-", "–", "former"))
FORMER: Final = frozenset(("former", "then", "ex", "late", "outgoing"))
BE: Final = frozenset(("is", "was", "became", "remains"))
INNER: Final = 8
"""The most items between a title and the name or body that it belongs to."""


@dataclass(frozen=True, slots=True)
class Office:
    """A person (the index of an item) under a title, an item at `at`: the positions that it may stand for, and the senses of the body.

    `bodies` is empty where none is told.
    """

    person: int
    positions: frozenset[str]
    bodies: frozenset[str]
    title: str
    at: int
    former: bool = False


def offices(line: Line) -> Iterator[Office]:
    """The offices that a sentence gives to persons."""
    for index, item in enumerate(line.items):
        if set(item.codes) & set("PU"):
            yield from _before(line.items, index)
            yield from _beside(line.items, index)
            yield from _behind(line.items, index)


def positions(item: Item) -> frozenset[str]:
    """The positions that a title may stand for; none where the word says no office."""
    names = {entry.name for entry in item.entries if entry.name and "R" in entry.codes}
    return frozenset(names - NO_OFFICE)


def wider(names: frozenset[str], words: Vocabulary) -> frozenset[str]:
    """The positions with all above them: a secretary-general is a leader."""
    return names | {above for name in names for above in words.broader(name)}


def _senses(item: Item) -> frozenset[str]:
    return frozenset(sense for entry in item.entries for sense in entry.senses if set(entry.codes) & BODIES)


def _before(items: Sequence[Item], name: int) -> Iterator[Office]:
    """Titles right before the name: Hamas political bureau chief and negotiator X, Iraq's President X."""
    at, titles = name - 1, []
    while at >= 0 and ("R" in items[at].codes or items[at].words.lower() in LINKS):
        if positions(items[at]):
            titles.append(items[at])
        at -= 1
    if not titles:
        return
    between = {item.words.lower() for item in items[at + 1 : name]}
    bodies: frozenset[str] = frozenset()
    while at >= 0 and (items[at].words.lower() in ("'s", *FORMER) or set(items[at].codes) & set("AOSMYG")):
        if set(items[at].codes) & BODIES and not bodies:
            bodies = _senses(items[at])
        between.add(items[at].words.lower())
        at -= 1
    for title in titles:
        yield Office(name, positions(title), bodies, title.words.lower(), items.index(title), bool(between & FORMER))


def _beside(items: Sequence[Item], name: int) -> Iterator[Office]:
    """What stands after the name in commas, or after a form of "to be": X, the leader of Y; X is Y's spokesman."""
    if name + 1 >= len(items):
        return
    opener = items[name + 1]
    if opener.words in (",", "(", "–", "—") or opener.words.lower() in BE:
        yield from _phrase(items, name, name + 2)


def _phrase(items: Sequence[Item], name: int, start: int) -> Iterator[Office]:
    """The titles of a noun phrase that begins at an item, and the body before or after them."""
    bodies, titles, former, at = frozenset[str](), list[Item](), False, start
    while at < len(items) and at < start + INNER:
        item = items[at]
        if positions(item):
            titles.append(item)
        elif titles and item.words.lower() == "and" and any(positions(i) for i in items[at + 1 : at + 4]):
            pass
        elif titles:
            break
        elif set(item.codes) & BODIES:
            bodies = _senses(item)
        elif item.words.lower() in FORMER:
            former = True
        elif (
            not (
                item.words.lower() in ARTICLES
                or item.words.lower() in ("'s", "-", "one", "top", "senior")
                or set(item.codes) & set("YGK")
                or item.words.lower().isalpha()
            )
            or set(item.codes) & set("VHQPU")
            or item.words.lower() in ("who", "which", "that", "of", "in", "by", "for", "and", "not", "no")
        ):
            return
        at += 1
    if not titles:
        return
    bodies = _under(items, at) or bodies
    for title in titles:
        yield Office(name, positions(title), bodies, title.words.lower(), items.index(title), former)


def _under(items: Sequence[Item], at: int) -> frozenset[str]:
    """The body under "of", "for" or "in" after a title."""
    if at < len(items) and items[at].words.lower() in ("of", "for", "in", "at", "with"):
        owner: frozenset[str] = frozenset()
        for index, item in enumerate(items[at + 1 : at + 6], at + 1):
            if set(item.codes) & BODIES and "A" not in item.codes:
                if owner or index + 1 >= len(items) or items[index + 1].words.lower() not in ("'s", "’s"):
                    return _senses(item)
                owner = _senses(item)  # Iraq's powerful Y: the body is Y
            if (
                item.words.lower() not in ARTICLES
                and item.words.lower() not in ("'s", "’s")
                and not set(item.codes) & set("AYGSO")
                and not item.words.lower().isalpha()
            ):
                break
        return owner
    return frozenset()


def _behind(items: Sequence[Item], name: int) -> Iterator[Office]:
    """A title with its body before a comma and the name: the secretary-general of Y, X."""
    if name < 3 or items[name - 1].words != ",":
        return
    for at in range(name - 2, max(-1, name - 2 - INNER), -1):
        if items[at].words in (",", ";", ".") or set(items[at].codes) & set("VHQPU"):
            return
        if positions(items[at]):
            bodies = _under(items, at + 1)
            if bodies:
                yield Office(name, positions(items[at]), bodies, items[at].words.lower(), at)
            return
