"""A telling as fusion sees it: what one article says of one happening, by IRI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.stated import Stated
from kg.terms import Vocabulary

Toll = tuple[int | None, int | None]
"""The least and the most that a count says, None where that end is open."""

UNTOLD: Final = frozenset(("realis/denied", "realis/negated"))
"""Realis of which the words say that it was not so: nothing of it tells one happening from another."""


@dataclass(frozen=True, slots=True)
class Told:
    """One telling, or all those of one article that are of one event: where its sentence stands, and what it says; days in EDTF, kinds as concepts' IRIs.

    `tolls` are the dead that it counts, `answers` the tellings that it answers or is part of, `words` its sentences.
    """

    report: str
    start: int
    victims: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    doers: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    tolls: frozenset[Toll] = field(default=frozenset())
    answers: frozenset[str] = frozenset()
    words: str = ""
    weapons: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Local:
    """The tellings of one article that are of one event, taken together; `told.report` is the first of `reports`, by IRI."""

    document: str
    reports: tuple[str, ...]
    told: Told

    @property
    def key(self) -> str:
        """What tells it from others: its first telling."""
        return self.reports[0]


def of(report: str, claims: Sequence[Stated], words: Vocabulary) -> Told:
    """What a telling says, from the claims on it."""
    own = [stated for stated in claims if stated.realis not in UNTOLD]

    def said(*predicates: str) -> frozenset[str]:
        return frozenset(stated.object for stated in own if stated.predicate in predicates)

    return Told(
        report,
        min(stated.start for stated in claims),
        said("victim"),
        frozenset(day for s in own if s.predicate == "time" and s.node for day in s.node.get(words.term("edtf"), ())),
        said("place"),
        said("perpetrator"),
        said("kind"),
        said("target"),
        frozenset(toll(s, words) for s in own if s.predicate == "killed" and s.node),
        said("inRetaliationFor", "subEventOf"),
        " ".join(sorted({stated.quote for stated in claims if stated.quote})),
        said("weapon"),
        said("party"),
    )


def toll(stated: Stated, words: Vocabulary) -> Toll:
    """The bounds of a count."""
    low, high = (stated.value(words.term(name)) for name in ("min", "max"))
    return (int(low) if low else None, int(high) if high else None)


def local(document: str, told: Iterable[Told]) -> Local:
    """Tellings of one article taken together."""
    parts = sorted(told, key=lambda part: part.report)
    merged: Mapping[str, frozenset[object]] = {
        name: frozenset().union(*(getattr(part, name) for part in parts))
        for name in ("victims", "days", "places", "doers", "kinds", "targets", "tolls", "answers", "weapons", "parties")
    }
    whole = Told(parts[0].report, min(part.start for part in parts), words=" ".join(part.words for part in parts), **merged)  # type: ignore[arg-type]
    return Local(document, tuple(part.report for part in parts), whole)


def words_of(told: Told) -> frozenset[str]:
    """The words of a telling's sentences, in lower case."""
    return frozenset(word.strip(".,;:!?“”\"'()").casefold() for word in told.words.split())
