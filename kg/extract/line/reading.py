"""A sentence of a text read into its line: which words are one name, cue, number or date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.lexicon import Entry, Lexicon
from kg.extract.line.items import WORD, D, Item, Line, N, U, of_items
from kg.extract.tokens import FUNCTION_WORDS, Token, tokens
from kg.model import Count, Span, TimeSpan
from kg.values.found import Found


def line(text: str, span: Span, names: Lexicon, cues: Lexicon, values: Values) -> Line:
    """The line of a sentence that stands at `span` in the text."""
    return of_items(span, span.of(text), tuple(_items(text, span, names, cues, values)))


@dataclass(frozen=True, slots=True)
class Values:
    """The numbers and dates of a sentence, found before its words are read."""

    numbers: Mapping[int, Found[Count]]
    times: Mapping[int, Found[TimeSpan]]


def _items(text: str, span: Span, names: Lexicon, cues: Lexicon, values: Values) -> Iterator[Item]:
    """The items of a sentence, longest reading first; names before dates before numbers before cues."""
    words = tokens(text, span)
    index = 0
    while index < len(words):
        item, index = _next(text, words, index, names, cues, values)
        yield item


def _next(text: str, words: tuple[Token, ...], at: int, names: Lexicon, cues: Lexicon, values: Values) -> tuple[Item, int]:
    """The item that begins at a token, and the index after it."""
    token = words[at]
    named, cued = names.longest(words, at), cues.longest(words, at)
    if named and not token.capital and not any(t.capital for t in words[at : named[0]]):
        named = None
    named = _not_beyond(words, at, named, names, cues) if named else None
    prefix = cued
    if cued and any("Y" in entry.codes for entry in cued[1]):
        entries = tuple(entry for entry in cued[1] if "Y" not in entry.codes)
        cued = (cued[0], entries) if entries else None
    if cued and at and _part_of_name(words, at, cued):
        cued = None
    timed, numbered = values.times.get(token.span.start), values.numbers.get(token.span.start)
    valued = timed or numbered
    if valued and not (named and words[named[0] - 1].span.end >= valued.span.end):
        end = next((i for i in range(at, len(words)) if words[i].span.start >= valued.span.end), len(words))
        stretch = Span(token.span.start, words[end - 1].span.end)
        if timed:
            return Item(D, "", stretch.of(text), stretch, time=timed.value), end
        return Item(N, "", stretch.of(text), stretch, count=numbered.value if numbered else None), end
    if named and (not cued or named[0] >= cued[0]):
        return _compound(text, words, at, named, cues) or _made(text, words, at, *named)
    prefixed = _prefixed(text, words, at, names, prefix) if prefix else None
    if prefixed:
        return prefixed
    if cued:
        return _made(text, words, at, _with_standing(words, cued, cues), cued[1])
    run = _unlisted(words, at, names, values) if token.capital or token.key in _NAME_INNER else None
    if run:
        stretch = Span(token.span.start, words[run - 1].span.end)
        return Item(U, "", stretch.of(text), stretch), run
    return Item(WORD, token.key, token.words, token.span), at + 1


def _with_standing(words: tuple[Token, ...], cued: tuple[int, tuple[Entry, ...]], cues: Lexicon) -> int:
    """The index after a word of the lexicon; after an office, with what tells behind a hyphen how it is held: president-elect."""
    end = cued[0]
    if not any("R" in entry.codes for entry in cued[1]) or end + 1 >= len(words) or words[end].words not in "-–":
        return end
    half = cues.longest(words, end + 1)
    return half[0] if half and any("Y" in entry.codes and (entry.name or "").startswith("incumbency/") for entry in half[1]) else end


def _part_of_name(words: tuple[Token, ...], at: int, cued: tuple[int, tuple[Entry, ...]]) -> bool:
    """Whether a verb's form begins a name: Tell Ghuwayr, Strike Eagle; both words have capitals and the sentence does not begin there."""
    verbs = all(set(entry.codes) <= set("VQHE") for entry in cued[1])
    before = words[at - 1]
    inside = before.words.isalpha() and not before.capital
    follower = words[at + 1] if at + 1 < len(words) else None
    return (
        verbs
        and cued[0] == at + 1
        and words[at].capital
        and inside
        and follower is not None
        and follower.capital
        and follower.key.isalpha()
    )


def _not_beyond(
    words: tuple[Token, ...], at: int, named: tuple[int, tuple[Entry, ...]], names: Lexicon, cues: Lexicon
) -> tuple[int, tuple[Entry, ...]]:
    """A name without its last words, where these belong to what follows: US [military bases], its [military support for], American troops
    [in Iraq and Syria]."""
    end = named[0]
    if end - at < 2 or end >= len(words):
        return named
    behind = cues.longest(words, end - 1)
    listed = behind is not None and behind[0] > end and any(entry.codes in ("I", "F") for entry in behind[1])
    inner = next((i for i in range(at + 1, end) if words[i].key == "in"), None)
    coordinated = inner is not None and words[end].key in (",", "and", "or") and end + 1 < len(words) and _place(words, end + 1, names)
    cut = end - 1 if listed else inner if coordinated else None
    if cut and words[cut - 1].key == "'s":
        cut -= 1
    shorter = names.longest(words[:cut], at) if cut else None
    return shorter if shorter and shorter[0] == cut else named


def _place(words: tuple[Token, ...], at: int, names: Lexicon) -> bool:
    """Whether the name of a place begins at a word."""
    found = names.longest(words, at) if words[at].capital else None
    return found is not None and any(set(entry.codes) & set("LT") for entry in found[1])


def _made(text: str, words: tuple[Token, ...], at: int, end: int, entries: tuple[Entry, ...]) -> tuple[Item, int]:
    """The item for listed words."""
    stretch = Span(words[at].span.start, words[end - 1].span.end)
    codes = entries[0].codes if len(entries) == 1 else "".join(sorted({code for entry in entries for code in entry.codes}))
    return Item(codes, "", stretch.of(text), stretch, entries), end


def _compound(text: str, words: tuple[Token, ...], at: int, named: tuple[int, tuple[Entry, ...]], cues: Lexicon) -> tuple[Item, int] | None:
    """Iran-backed: a name, a hyphen and the second half of a compound are one item, an adjective that names a relation and its object."""
    end = named[0]
    if end + 1 >= len(words) or words[end].words not in "-–":
        return None
    half = cues.longest(words, end + 1)
    entries = tuple(entry for entry in half[1] if "Y" in entry.codes) if half else ()
    return _joined(text, words, at, half[0], entries, named[1]) if half and entries else None


def _prefixed(
    text: str, words: tuple[Token, ...], at: int, names: Lexicon, prefix: tuple[int, tuple[Entry, ...]]
) -> tuple[Item, int] | None:
    """Pro-Iran: a prefix, a hyphen and a name are one item of the same sort."""
    entries = tuple(entry for entry in prefix[1] if "Y" in entry.codes and entry.prefix) if words[at].key.isalpha() else ()
    if not entries or at + 2 >= len(words) or words[at + 1].words not in "-–":
        return None
    named = names.longest(words, at + 2)
    return _joined(text, words, at, named[0], entries, named[1]) if named else None


def _joined(
    text: str, words: tuple[Token, ...], at: int, end: int, relation: tuple[Entry, ...], named: tuple[Entry, ...]
) -> tuple[Item, int]:
    """A compound item: the relation's entries, with the name's senses to draw its object from."""
    stretch = Span(words[at].span.start, words[end - 1].span.end)
    senses = tuple(sorted({sense for entry in named for sense in entry.senses}))
    return Item("Y", "", stretch.of(text), stretch, tuple(replace(entry, senses=senses) for entry in relation)), end


_NAME_INNER: Final = frozenset(("al", "el", "ibn", "bin", "abu", "ul", "ar", "as", "-"))


def _unlisted(words: tuple[Token, ...], at: int, names: Lexicon, values: Values) -> int | None:
    """The index after a run of two or more capitalised words that no lexicon knows, or None."""
    end, capitals = at, 0
    while end < len(words):
        token = words[end]
        if token.capital and token.key.isalpha() and token.key not in FUNCTION_WORDS and token.span.start not in values.times:
            if end > at and names.longest(words, end):
                break
            capitals += 1
        elif token.key not in _NAME_INNER or end == at:
            break
        end += 1
    while end > at and not words[end - 1].capital:
        end -= 1
    return end if capitals >= 2 else None
