"""Precision, recall and F per slot, from what became of every gold value and every extracted one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.score import vocabulary as v

APART: Final = ("said by", "via", "realis")
"""Figures of attribution, which stay out of the total."""

FUSED: Final = "fused events"
"""The figure of fusion, which stays out of the total: right are pairs of tellings rightly joined, wrong those joined and of two events, missed those of
one event that stand apart."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one value: right, wrong, missed, or beyond (right, but not asked for).

    `row` is the gold row, or for what has none the extracted row's first value; `quotes` the words it rests on (of a miss: the cue).
    """

    figure: str
    verdict: str
    article: str
    row: str
    value: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that the gold names as what an unwary system makes of the text, and what was extracted that looks like it."""

    article: str
    would_be: str
    why: str
    row: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A telling that was found to be of a gold event: its article, the gold's id, the telling's IRI, and its words."""

    article: str
    gold: str
    report: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts of one slot.  Where nothing was given precision is None, where nothing was asked for recall is."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    beyond: int = 0

    @property
    def precision(self) -> float | None:
        """The part of what was given that is right."""
        given = self.right + self.beyond + self.wrong
        return (self.right + self.beyond) / given if given else None

    @property
    def recall(self) -> float | None:
        """The part of what was asked for that was found."""
        asked = self.right + self.missed
        return self.right / asked if asked else None

    @property
    def f(self) -> float | None:
        """The harmonic mean of both (F1)."""
        p, r = self.precision, self.recall
        if p is None or r is None:
            return None
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Scored:
    """All outcomes, what was extracted of what is no event, and how many rows said again what another had said or counted neither way."""

    articles: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    hits: tuple[Hit, ...]
    again: int = 0
    neither: int = 0
    known: tuple[Known, ...] = ()

    def figures(self, article: str | None = None) -> Mapping[str, Figure]:
        """The figure of every slot, of one article or of all, in a fixed order."""
        counted = Counter((o.figure, o.verdict) for o in self.outcomes if article in (None, o.article))
        return {name: Figure(*(counted[name, verdict] for verdict in ("right", "wrong", "missed", "beyond"))) for name in names()}

    def total(self, article: str | None = None) -> Figure:
        """The micro figure over all slots but attribution; what is right beyond what was asked for stays out."""
        own = [figure for name, figure in self.figures(article).items() if name not in (*APART, FUSED)]
        return Figure(*(sum(getattr(f, part) for f in own) for part in ("right", "wrong", "missed")))

    def of(self, verdict: str) -> tuple[Outcome, ...]:
        """The outcomes of one verdict."""
        return tuple(o for o in self.outcomes if o.verdict == verdict)


def names() -> tuple[str, ...]:
    """The names of all figures, attribution last."""
    rows = {slot: v.FIGURES[slot] for slot in v.SLOTS}
    every = [name for slot in v.SLOTS for name in (rows[slot], *(key.figure for key in v.SLOTS[slot] if key.figure))]
    return tuple(dict.fromkeys([*every, *APART, FUSED]))


def together(parts: Iterable[Scored]) -> Scored:
    """The scores of several articles as one."""
    each = list(parts)
    return Scored(
        tuple(name for part in each for name in part.articles),
        tuple(o for part in each for o in part.outcomes),
        tuple(h for part in each for h in part.hits),
        sum(part.again for part in each),
        sum(part.neither for part in each),
        tuple(known for part in each for known in part.known),
    )
