"""The body of an article: its sentences once each, in paragraphs; its headline; the stamps that it bears; what was left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import Span
from kg.sources.copies import Sentence, Union, union, without_stubs
from kg.sources.furniture import furniture
from kg.sources.headers import Header, headers
from kg.sources.lines import Line, key, lines
from kg.sources.page import Page
from kg.sources.paragraphs import paragraphs, unfinished
from kg.values.sentences import sentences

_BREAKS: Final = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
_HEADLINE_WORDS = range(3, 31)
_QUESTION_WORDS = 15


@dataclass(frozen=True, slots=True)
class Body:
    """What a page says: paragraphs of sentences (spans of the page), its headline, first line, stamps, and notes on what was left out.

    `prose` holds the numbers of the first, the third and the last line of prose: where a stamp stands tells what it is worth.
    """

    paragraphs: tuple[tuple[Span, ...], ...]
    headline: str | None
    opening: str
    headers: tuple[Header, ...]
    prose: tuple[int, ...]
    notes: tuple[str, ...]


def body(page: Page, title: str | None = None, publisher: str | None = None) -> Body:
    """The body of a page; the title and publisher that are known from elsewhere tell their lines from the text."""
    found, stamps = headers(list(lines(page.text)), page.text)
    kinds = furniture(found, frozenset({key(publisher)} if publisher else ()))
    headline = _headline(found, kinds, markup=bool(page.facts.headings))
    titles = {key(known) for known in (title, headline, *page.facts.headings) if known}
    for at, line in enumerate(found):
        if kinds[at] is None and line.short and key(line.text) in titles:
            kinds[at] = "headlines"
    said = list(_sentences(found, kinds, page.text))
    notes = []
    if page.cut and len(said) > 1 and not _line(page.text, said[-1].span).stopped:
        said.pop()
        notes.append("its last sentence, cut off, is left out")
    whole = without_stubs(said, page.text)
    merged = union(whole)
    prose = tuple(at for at, line in enumerate(found) if kinds[at] is None and line.stopped and line.words() > 5)
    return Body(
        tuple(_paragraphs(merged.sentences)),
        headline,
        found[0].text if found else "",
        tuple(stamps),
        (prose[0], prose[min(2, len(prose) - 1)], prose[-1]) if prose else (),
        (*notes, *_notes(kinds, len(said) - len(whole), merged)),
    )


def _headline(page: Sequence[Line], kinds: Sequence[str | None], markup: bool) -> str | None:
    """The first line that is no furniture and ends as no sentence does, when sentences follow; markup names its headline itself."""
    groups = paragraphs(page, [kind is None for kind in kinds])
    if markup or not groups or len(groups[0]) > 1:
        return None
    line = page[groups[0][0]]
    if not line.short or line.words() not in _HEADLINE_WORDS or line.lower or unfinished(line) or line.text[-1] in ";:-":
        return None
    question = line.text.endswith("?") and line.words() <= _QUESTION_WORDS
    if line.stopped and not question:
        return None
    return line.text if any(page[group[-1]].stopped for group in groups[1:]) else None


def _sentences(page: Sequence[Line], kinds: Sequence[str | None], text: str) -> Iterator[Sentence]:
    """The sentences of the kept lines; such as were glued together begin new paragraphs, as they did before the page was converted."""
    reached = 0
    number = 0
    for group in paragraphs(page, [kind is None for kind in kinds]):
        number += 1
        start = page[group[0]].span.start
        apart, reached = group[0] > reached, group[-1] + 1
        before: Span | None = None
        for local in sentences(_BREAKS.sub(" ", text[start : page[group[-1]].span.end])):
            here = Span(start + local.start, start + local.end)
            number += bool(before and before.end == here.start and not _trails_off(before, text))
            yield Sentence(here, key(here.of(text)), number, apart and before is None)
            before = here


def _trails_off(span: Span, text: str) -> bool:
    return text[max(span.start, span.end - 3) : span.end].endswith(("…", "..."))


def _line(text: str, span: Span) -> Line:
    return Line(span, span.of(text), False)


def _paragraphs(found: Sequence[Sentence]) -> Iterator[tuple[Span, ...]]:
    """The sentences that stand in one paragraph of the page, and follow each other, as one paragraph."""
    held: list[Sentence] = []
    for sentence in found:
        if held and held[-1].paragraph != sentence.paragraph:
            yield tuple(one.span for one in held)
            held = []
        held.append(sentence)
    if held:
        yield tuple(one.span for one in held)


def _notes(kinds: Sequence[str | None], stubs: int, merged: Union) -> Iterator[str]:
    """What was left out and merged, in words."""
    tally = Counter(kind for kind in kinds if kind is not None)
    if tally:
        rows = ", ".join(f"{count} {kind}" for kind, count in sorted(tally.items(), key=lambda row: (-row[1], row[0])))
        yield f"{tally.total()} {_lines(tally.total())} left out: {rows}"
    if stubs:
        yield f"{stubs} broken off where the same goes on elsewhere, left out"
    if merged.repeated:
        yield f"the text stands more than once: {merged.repeated} sentences met again, {merged.added} that only a later copy has put in"


def _lines(count: int) -> str:
    return "line" if count == 1 else "lines"
