"""Copies: bodies that stand twice on a page and differ, made one; each sentence once, none lost, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import Span

# A sentence met again belongs to a copy when its neighbours are met again too, or when it is long enough to be nobody else's.
_NEIGHBOURS = 4
_REACH = 12
_OWN_WORDS = 8
_SHARED_PART = 2 / 3
_LONGEST = 200
_NEGATIONS: Final = frozenset({"not", "no", "never", "neither", "nor", "without", "denied", "denies", "t"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the page: where it stands, its words, the number of its paragraph; `apart` when lines were left out before it."""

    span: Span
    words: str
    paragraph: int
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Union:
    """The sentences of all copies in one order; how many were met again, and how many of the kept stood in a later copy only."""

    sentences: tuple[Sentence, ...]
    repeated: int
    added: int


class _Place:
    """A place in the order: the tellings of one sentence found so far, and the places on either side."""

    __slots__ = ("after", "before", "tellings")

    def __init__(self, copy: int, sentence: Sentence) -> None:
        self.tellings = [(copy, sentence)]
        self.before: _Place | None = None
        self.after: _Place | None = None

    def insert(self, fresh: _Place) -> _Place:
        """The fresh place, put after this one."""
        fresh.before, fresh.after = self, self.after
        if self.after:
            self.after.before = fresh
        self.after = fresh
        return fresh


def union(found: Sequence[Sentence]) -> Union:
    """The union of all copies of a body: sentences are compared by their words.

    A sentence that only a later copy has stands after the one that it follows there; of two tellings of one sentence the one of the
    longer copy is kept.  One walk over the sentences, whatever the number of copies.
    """
    seen = _first_seen(found)
    starts = _starts(found, seen)
    head = cursor = _Place(0, _NOTHING)
    places: dict[int, _Place] = {}
    copy, sizes, repeated, added = 0, [0], 0, 0
    for at, sentence in enumerate(found):
        if at in starts:
            copy += 1
            sizes.append(0)
            cursor = places[starts[at]].before or head
        sizes[copy] += 1
        first = seen[at]
        place = _same_place(cursor.after, sentence) if copy else None
        if first is not None and _is_copied(found, seen, at):
            place = places[first]
            cursor = place if _in_run(seen, at) else cursor
        elif place is not None:
            cursor = place
        else:
            place = cursor = cursor.insert(_Place(copy, sentence))
            added += bool(copy and place.after)
            places[at] = place
            continue
        repeated += 1
        place.tellings.append((copy, sentence))
        places[at] = place
    return Union(tuple(_chosen(head.after, sizes)), repeated, added)


def _starts(found: Sequence[Sentence], seen: Sequence[int | None]) -> dict[int, int]:
    """Where each later copy begins, and which sentence its first known one repeats.

    A copy begins where what is met again jumps back; or before that, with the sentences that stand between it and the last lines left out.
    """
    starts: dict[int, int] = {}
    last, reached = len(found), 0
    for at, first in enumerate(seen):
        if first is None or not _in_run(seen, at):
            continue
        if first <= last:
            start = at
            while start > reached and not found[start].apart and seen[start - 1] is None:
                start -= 1
            starts[start if found[start].apart and start > first else at] = first
        last, reached = first, at + 1
    return starts


_NOTHING: Final = Sentence(Span(0, 0), "", -1)


def _first_seen(found: Sequence[Sentence]) -> list[int | None]:
    """For each sentence the number of the first with the same words; None for that one itself, and for sentences without words."""
    first: dict[str, int] = {}
    seen: list[int | None] = []
    for at, sentence in enumerate(found):
        earlier = first.setdefault(sentence.words, at) if sentence.words else at
        seen.append(earlier if earlier != at else None)
    return seen


def _neighbours(seen: Sequence[int | None], at: int) -> Iterator[int]:
    """The sentences near this one that are met again, near where this one was met first, and on the same side."""
    here = seen[at]
    for other in range(max(0, at - _NEIGHBOURS), min(len(seen), at + _NEIGHBOURS + 1)):
        there = seen[other]
        if here is not None and there is not None and other != at and 0 < (there - here) * (1 if other > at else -1) <= _REACH:
            yield other


def _in_run(seen: Sequence[int | None], at: int) -> bool:
    """Whether this sentence is met again among others that are: part of a copy, no quotation or refrain."""
    return any(True for _ in _neighbours(seen, at))


def _is_copied(found: Sequence[Sentence], seen: Sequence[int | None], at: int) -> bool:
    """Whether this sentence says again what stands already, rather than the same short thing of something else."""
    words = len(found[at].words.split())
    return words >= _OWN_WORDS or words + sum(len(found[other].words.split()) for other in _neighbours(seen, at)) >= _OWN_WORDS


def _same_place(place: _Place | None, sentence: Sentence) -> _Place | None:
    """The next place when its sentence and this one are tellings of one, of which one lacks a few words."""
    if place is None:
        return None
    longer, shorter = sorted((place.tellings[0][1].words.split(), sentence.words.split()), key=len, reverse=True)
    if len(shorter) < _OWN_WORDS or len(shorter) < _SHARED_PART * len(longer):
        return None
    if len(longer) > _LONGEST:
        return None
    rest = iter(longer)
    if not all(word in rest for word in shorter):
        return None
    left = list(longer)
    for word in shorter:
        left.remove(word)
    return None if _NEGATIONS & set(left) or any(word.isdigit() for word in left) else place


def _chosen(place: _Place | None, sizes: Sequence[int]) -> Iterator[Sentence]:
    """Of each place the telling with most words, of equals that of the longest copy, of those the first."""
    while place is not None:
        best = max(enumerate(place.tellings), key=lambda told: (len(told[1][1].words), sizes[told[1][0]], -told[0]))
        yield best[1][1]
        place = place.after


def without_stubs(found: Sequence[Sentence], text: str) -> list[Sentence]:
    """The sentences without those that break off in dots where another one goes on.

    A teaser ("The force will be limited to …") ends so; a quotation that trails off does not go on elsewhere.
    """
    goes_on: dict[str, list[str]] = {}
    for sentence in found:
        goes_on.setdefault(_opening(sentence.words), []).append(sentence.words)
    return [s for s in found if not (_breaks_off(s, text) and _continued(s.words, goes_on.get(_opening(s.words), [])))]


def _opening(words: str) -> str:
    return " ".join(words.split(None, 5)[:5])


def _breaks_off(sentence: Sentence, text: str) -> bool:
    return text[max(sentence.span.start, sentence.span.end - 3) : sentence.span.end].endswith(("...", "…"))


def _continued(words: str, others: Sequence[str]) -> bool:
    return len(words.split()) >= 5 and any(len(other) > len(words) and other.startswith(words) for other in others[:50])
