"""A sentence as a tree: the words of a line, each with its head and its relation to it (Universal Dependencies).

What is parsed is the line made plainer (`kg.extract.syntax.plain`), and what the parser gets wrong by habit is mended (`kg.extract.syntax.mending`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kg.extract.lexicon import Entry
from kg.extract.line.items import Item, Line
from kg.extract.syntax.english import English, Parsed
from kg.extract.syntax.mending.rules import mended
from kg.extract.syntax.plain import Plain, plain
from kg.model import Span

OPPOSING: Final = frozenset(("rather", "not", "instead", "nor"))
"""Words by which a coordinated phrase is set against the one before it."""


class Node(NamedTuple):
    """One word of the tree: its Penn tag, its relation to its head (the root's is `ROOT`, its head itself), and its item in the line.

    `verb` tells whether it is a form of a verb, `noun` whether it is a noun, a name or a number that stands for one.
    """

    index: int  # type: ignore[assignment]  # tuples have a method of that name
    words: str
    key: str
    tag: str
    relation: str
    head: int
    item: int
    verb: bool
    noun: bool

    @classmethod
    def of(cls, index: int, words: str, parsed: Parsed, item: int) -> Node:
        """The node of a parsed word."""
        tag = parsed.tag
        return cls(
            index, words, words.lower(), tag, parsed.relation, parsed.head, item, tag.startswith("VB"),
            tag.startswith(("NN", "CD", "PRP", "DT", "WP")),
        )  # fmt: skip


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
        parts: dict[int, tuple[int, ...]] = {}
        for node in nodes:
            parts[node.item] = (*parts.get(node.item, ()), node.index)
        self._parts = parts
        self.spoken = [node.key.replace("’", "'") for node in nodes]
        self._items = tuple(line.items[node.item] for node in nodes)
        self._standing = tuple(
            item if self._of_item.get(node.item) == node.index else None for node, item in zip(nodes, self._items, strict=True)
        )
        # What is asked again and again of the same nodes is kept.
        self._named: dict[tuple[int, tuple[str, ...]], tuple[int, ...]] = {}
        self._cases: dict[int, str] = {}
        self._coordinated: dict[int, tuple[int, ...]] = {}

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
        return self._items[index]

    def node(self, item: int) -> int | None:
        """The node that stands for an item; None where the item was left out of the parse."""
        return self._of_item.get(item)

    def parts(self, item: int) -> tuple[int, ...]:
        """All nodes of an item, in order."""
        return self._parts.get(item, ())

    def entry(self, index: int, codes: str) -> Entry | None:
        """The entry of a node's item that fits one of the codes, where the node stands for the item."""
        item = self._standing[index]
        return item.entry(codes) if item is not None and item.entries else None

    def codes(self, index: int) -> str:
        """The codes of a node's item, where the node stands for it."""
        item = self._standing[index]
        return item.codes if item is not None else ""

    def below(self, index: int, *relations: str) -> tuple[int, ...]:
        """The dependents of a node, those with one of the relations where any are named (`nsubj` is not `nsubj:pass`)."""
        below = self._below[index]
        if not below or not relations:
            return below
        asked = index, relations
        found = self._named.get(asked)
        if found is None:
            nodes = self.nodes
            found = self._named[asked] = tuple([i for i in below if nodes[i].relation in relations])
        return found

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
        found = self._cases.get(index)
        if found is None:
            found = ""
            for child in self.below(index, "case", "mark"):
                if self.nodes[child].tag != "POS":
                    parts = sorted((child, *self.below(child, "fixed")))
                    found = " ".join([self.nodes[part].key for part in parts])
                    break
            self._cases[index] = found
        return found

    def joined(self, index: int) -> tuple[int, ...]:
        """A node and those coordinated with it, without what is set against it: X rather than Y, X and not Y."""
        found = self._coordinated.get(index)
        if found is None:
            further = (other for child in self.below(index, "conj") if not self.opposed(child) for other in self.joined(child))
            found = self._coordinated[index] = (index, *further)
        return found

    def opposed(self, index: int) -> bool:
        """Whether a coordinated phrase is what it is not: rather than Y, and not Y."""
        beside = self.below(index, "cc", "advmod", "cc:preconj", "case")
        return self.nodes[index].noun and any(self.nodes[i].key in OPPOSING for i in beside)

    def span(self, index: int, *leave: str) -> Span:
        """The stretch of the text from the first to the last word of a node's phrase, without dependents of the relations named."""
        inside = [index, *(i for child in self._below[index] if self.nodes[child].relation not in leave for i in self.within(child))]
        spans = [self.item(i).span for i in inside]
        return Span(min(s.start for s in spans), max(s.end for s in spans))


def trees(lines: Sequence[Line], english: English) -> Iterator[Tree]:
    """The trees of lines, in order."""
    rows = [tuple(plain(line)) for line in lines]
    for line, row, parsed in zip(lines, rows, english.parse([[each.word for each in row] for row in rows]), strict=True):
        yield Tree(line, tuple(_nodes(row, mended(parsed, row, line))))


def _nodes(row: Sequence[Plain], parsed: Sequence[Parsed]) -> Iterator[Node]:
    for index, (each, word) in enumerate(zip(row, parsed, strict=True)):
        yield Node.of(index, each.shown, word, each.item)
