"""A sentence as a tree: the words of a line, each with its head and its relation to it (Universal Dependencies).

What is parsed is the line made plainer: names are one word, numbers with their modifiers one figure, dates one day, quotation marks and
abbreviations in brackets are left out, and so is what stands beside a name in commas ("the leader of …").  A parser of modest size reads the plainer
sentence much better; the words left out keep their place in the line, where constructions within a noun phrase read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.english import English, Parsed, Word
from kg.extract.lexicon import Entry
from kg.extract.line import Item, Line
from kg.extract.tokens import tokens
from kg.model import Span

NAMES: Final = frozenset("POSMLBTU")
"""Codes of items that are names."""

QUOTES: Final = frozenset("\"“”‘’*'«»")


@dataclass(frozen=True, slots=True)
class Node:
    """One word of the tree: its Penn tag, its relation to its head (the root's is `ROOT`, its head itself), and its item in the line."""

    index: int
    words: str
    key: str
    tag: str
    relation: str
    head: int
    item: int

    @property
    def verb(self) -> bool:
        """Whether it is a form of a verb."""
        return self.tag.startswith("VB")

    @property
    def noun(self) -> bool:
        """Whether it is a noun, a name or a number that stands for one."""
        return self.tag.startswith(("NN", "CD", "PRP", "DT", "WP"))


class Tree:
    """One parsed sentence; nodes are spoken of by their index."""

    def __init__(self, line: Line, nodes: tuple[Node, ...]) -> None:
        self.line, self.nodes = line, nodes
        below: list[list[int]] = [[] for _ in nodes]
        for node in nodes:
            if node.head != node.index:
                below[node.head].append(node.index)
        self._below = tuple(map(tuple, below))
        self._of_item = self._heads_of_items()

    def _heads_of_items(self) -> dict[int, int]:
        """The node that stands for each item: the one that leads it, of several a verb or noun rather than a preposition."""
        found: dict[int, int] = {}
        for node in self.nodes:
            outside = node.head == node.index or self.nodes[node.head].item != node.item
            if outside and (node.item not in found or (self._light(found[node.item]) and not self._light(node.index))):
                found[node.item] = node.index
        return found

    def _light(self, index: int) -> bool:
        return self.nodes[index].tag in ("IN", "TO", "RP", "RB", "DT", "PUNCT", "HYPH", ",", "CC")

    def item(self, index: int) -> Item:
        """The item of the line that a node belongs to."""
        return self.line.items[self.nodes[index].item]

    def node(self, item: int) -> int | None:
        """The node that stands for an item; None where the item was left out of the parse."""
        return self._of_item.get(item)

    def entry(self, index: int, codes: str) -> Entry | None:
        """The entry of a node's item that fits one of the codes, where the node stands for the item."""
        node = self.nodes[index]
        return self.line.items[node.item].entry(codes) if self._of_item.get(node.item) == index else None

    def codes(self, index: int) -> str:
        """The codes of a node's item, where the node stands for it."""
        node = self.nodes[index]
        return self.line.items[node.item].codes if self._of_item.get(node.item) == index else ""

    def below(self, index: int, *relations: str) -> tuple[int, ...]:
        """The dependents of a node, those with one of the relations where any are named (`nsubj` is not `nsubj:pass`)."""
        return tuple(i for i in self._below[index] if not relations or self.nodes[i].relation in relations)

    def above(self, index: int) -> Iterator[int]:
        """The heads of a node, from its own to the root."""
        while self.nodes[index].head != index:
            index = self.nodes[index].head
            yield index

    def within(self, index: int) -> Iterator[int]:
        """A node and all below it, in no particular order."""
        yield index
        for child in self._below[index]:
            yield from self.within(child)

    def case(self, index: int) -> str:
        """The preposition of a phrase, with its fixed parts ("because of"); "" without one."""
        for child in self.below(index, "case", "mark"):
            if self.nodes[child].tag not in ("POS",):
                parts = sorted((child, *self.below(child, "fixed")))
                return " ".join(self.nodes[part].key for part in parts)
        return ""

    def joined(self, index: int) -> tuple[int, ...]:
        """A node and those coordinated with it."""
        return (index, *(other for child in self.below(index, "conj") for other in self.joined(child)))

    def span(self, index: int, *leave: str) -> Span:
        """The stretch of the text from the first to the last word of a node's phrase, without dependents of the relations named."""
        inside = [index, *(i for child in self._below[index] if self.nodes[child].relation not in leave for i in self.within(child))]
        spans = [self.item(i).span for i in inside]
        return Span(min(s.start for s in spans), max(s.end for s in spans))


def trees(lines: Sequence[Line], english: English) -> Iterator[Tree]:
    """The trees of lines, in order."""
    plain = [tuple(_words(line)) for line in lines]
    for line, words, parsed in zip(lines, plain, english.parse([[word for word, _, _ in row] for row in plain]), strict=True):
        yield Tree(
            line, tuple(_node(index, item, shown, word) for index, ((_, item, shown), word) in enumerate(zip(words, parsed, strict=True)))
        )


def _node(index: int, item: int, shown: str, parsed: Parsed) -> Node:
    return Node(index, shown, shown.lower(), parsed.tag, parsed.relation, parsed.head, item)


def _words(line: Line) -> Iterator[tuple[Word, int, str]]:
    """The words to parse, each with its item and as it is shown."""
    left_out = _left_out(line)
    for index, item in enumerate(line.items):
        if index not in left_out and item.words not in QUOTES:
            for word in _plain(item):
                yield word, index, item.words if word.norm or item.count or item.time or item.codes == "Y" else word.words


def _plain(item: Item) -> Iterator[Word]:
    """An item as the parser sees it."""
    codes = set(item.codes)
    if codes & NAMES and "A" not in codes:
        yield Word(
            item.words, "<name>" if "U" in codes else "<person>" if "P" in codes else "<place>" if codes <= set("LBT") else "<organization>"
        )
    elif codes & {"Y"}:
        yield Word("strong")  # any adjective: Iran-backed, pro-Iranian
    elif item.count:
        figures = re.findall(r"\d[\d,.]*(?<=\d)|[^\W\d_]+", item.words)
        yield Word(next((f for f in reversed(figures) if f[0].isdigit()), figures[-1] if figures else item.words))
    elif item.time:
        yield Word("Wednesday")
    else:
        for token in tokens(item.words):
            if token.words not in QUOTES:
                yield from _contracted(token.words)


_CONTRACTED: Final = re.compile(r"(?i)(?P<verb>ca|wo|sha|[a-z]+)(?P<rest>n['’]t)$|(?P<word>[a-z]+)(?P<short>['’](?:re|ve|ll|d|m))$")


def _contracted(words: str) -> Iterator[Word]:
    """Did and n't, they and 've: two words in one spelling."""
    match = _CONTRACTED.match(words)
    if match:
        yield from (Word(part) for part in match.groups() if part)
    else:
        yield Word(words)


ASIDE: Final = 16
"""The most items that a phrase beside a name may have."""


def _left_out(line: Line) -> frozenset[int]:
    """The items that are not parsed: short brackets, titles right before a name, and phrases that say what a name is."""
    gone: set[int] = set()
    for index, item in enumerate(line.items):
        if item.words == "(":
            gone.update(_bracket(line.items, index))
        elif set(item.codes) & NAMES:
            gone.update(_aside(line.items, index))
            if set(item.codes) & set("PU"):
                gone.update(_titles(line.items, index))
    return frozenset(gone)


def _bracket(items: Sequence[Item], start: int) -> Iterable[int]:
    """A bracket of up to six items without a verb, or nothing."""
    end = next((i for i in range(start + 1, min(start + 8, len(items))) if items[i].words == ")"), None)
    inside = items[start + 1 : end] if end else ()
    return () if end is None or any(set(i.codes) & set("VHQ") for i in inside) else range(start, end + 1)


def _aside(items: Sequence[Item], name: int) -> Iterable[int]:
    """What stands beside a name between two commas or dashes and says what it is: its office or kind, or nothing."""
    mark = items[name + 1].words if name + 1 < len(items) else ""
    if mark not in (",", "–", "—"):
        return ()
    end = next((i for i in range(name + 2, min(name + 2 + ASIDE, len(items))) if items[i].words == mark), None)
    inside = items[name + 2 : end] if end else ()
    offices = any(set(i.codes) & set("RG") for i in inside)
    if end is None or not offices or any((set(i.codes) & set("VHQ") and "R" not in i.codes) or i.key in _CLAUSE for i in inside):
        return ()
    follower = items[end + 1] if end + 1 < len(items) else None
    listed = follower is not None and (follower.key in ("and", "or") or bool(set(follower.codes) & NAMES)) and mark == ","
    return () if listed else range(name + 1, end + 1)


_CLAUSE: Final = frozenset(("who", "which", "that", "was", "were", "is", "are", "has", "had", "have", ";", ":", "."))


def _titles(items: Sequence[Item], name: int) -> Iterable[int]:
    """The titles right before a person's name, with the body that they are held in: the Iraqi Prime Minister X."""
    at = name - 1
    while at >= 0 and (
        "R" in items[at].codes
        or (items[at].key in ("and", "former", "then", "late", "-") and "R" in items[at - 1].codes + items[at + 1].codes)
    ):
        at -= 1
    first = at + 1
    if first == name or not any("R" in items[i].codes for i in range(first, name)):
        return ()
    while at >= 0 and set(items[at].codes) & set("ASO") and "V" not in items[at].codes:
        at -= 1
    if at >= 0 and items[at].key in ("the", "former") and at + 1 < first:
        return range(at if items[at].key == "former" else at + 1, name)
    return range(at + 1, name)
