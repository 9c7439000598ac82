"""An event as it is found in one sentence: its kind, its words, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.happenings.carried import DEFINITE
from kg.extract.syntax.tree import Tree
from kg.model import DraftObject, Mention


@dataclass(frozen=True, slots=True)
class Finding:
    """One event found: its kind, its nodes with the leading one first, and what is said of it."""

    kind: str
    nodes: tuple[int, ...]
    said: tuple[tuple[str, DraftObject], ...]
    definite: bool = False


def finding(
    tree: Tree, kind: str, lead: int, governor: int, *said: Iterable[tuple[str, DraftObject]], extra: tuple[int, ...] = ()
) -> Finding:
    """The event that a leading word and the word that governs it tell of."""
    definite = any(tree.nodes[i].key in DEFINITE for i in tree.below(lead, "det"))
    definite = definite and not any(tree.nodes[i].tag == "JJS" for i in tree.below(lead, "amod"))  # the heaviest bombardment
    nodes = tuple(dict.fromkeys((lead, governor, *extra)))
    return Finding(kind, nodes, tuple(pair for pairs in said for pair in pairs), definite)


def said_of(when: DraftObject | None, doers: Iterable[Mention], where: Iterable[Mention]) -> Iterator[list[tuple[str, DraftObject]]]:
    """Time, doers and places as what is said."""
    yield [("time", when)] if when else []
    yield [("perpetrator", mention) for mention in doers]
    yield [("place", mention) for mention in where]
