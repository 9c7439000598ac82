"""The line made plainer for the parser, which reads the plainer sentence much better.

Names are one word, numbers with their modifiers one figure, dates one day, the noun phrases that name an act, a weapon or an office their last word;
quotation marks and abbreviations in brackets are left out, and so is what stands beside a name in commas ("the leader of …").  The words left out
keep their place in the line, where constructions within a noun phrase read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kg.extract.line.items import Item, Line
from kg.extract.syntax.english import Word
from kg.extract.tokens import tokens

NAMES: Final = frozenset("POSMLBTU")
"""Codes of items that are names."""

NOUNS: Final = frozenset("KWCGRIL")
"""Codes of cues that are noun phrases."""

QUOTES: Final = frozenset("\"“”‘’*'«»")


class Plain(NamedTuple):
    """One word for the parser, the item of the line that it stands for, and how the tree shows it."""

    word: Word
    item: int
    shown: str


def plain(line: Line) -> Iterator[Plain]:
    """The words to parse."""
    left_out = _left_out(line)
    for index, item in enumerate(line.items):
        if index not in left_out and item.words not in QUOTES:
            words = tuple(_time(line.items, index) if item.time else _words(item))
            whole = bool(item.count or item.time or item.codes == "Y")
            for word in words:
                opens = item.time is not None and len(words) > 1 and word is words[0]  # since, before a day
                yield Plain(word, index, item.words if word.norm or (whole and not opens) else word.words)


def _words(item: Item) -> Iterator[Word]:
    """An item as the parser sees it."""
    if not item.codes:
        yield from _plain_words(item)
        return
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
    elif codes and codes <= NOUNS and " " in item.words and " of " not in item.words:
        last = [token.words for token in tokens(item.words) if token.words not in QUOTES][-1]
        yield Word(RARE.get(last, last))
    else:
        yield from _plain_words(item)


def _plain_words(item: Item) -> Iterator[Word]:
    """The words of an item that is no name and no value."""
    if item.words.lower() in RARE:
        yield Word(RARE[item.words.lower()])
    elif item.words.isalpha():
        yield Word(item.words)
    else:
        for token in tokens(item.words):
            if token.words not in QUOTES:
                yield from _contracted(token.words)


def _time(items: Sequence[Item], index: int) -> Iterator[Word]:
    """A date as the parser sees it: its preposition, and a year, an adverb or the name of a day."""
    words = items[index].words.split()
    if words[0].lower() in OPENING and len(words) > 1:
        yield Word(words[0].lower())
    # Between an act and its place, or a verb and its infinitive, an adverb would tear the two apart.
    between = (index > 0 and "K" in items[index - 1].codes) or (index + 1 < len(items) and items[index + 1].key == "to")
    adverb = not between and (words[0].lower() in ADVERBIAL or words[-1].lower() in ADVERBIAL)
    yield Word(items[index].words if items[index].words.isdigit() else ADVERB if adverb else "Wednesday")


ADVERB: Final = "yesterday"

OPENING: Final = frozenset(("since", "until", "till", "by", "from", "between", "before", "after", "during", "through"))
"""Prepositions that may open the words of a date."""

ADVERBIAL: Final = frozenset(
    ("last", "this", "next", "late", "earlier", "later", "early", "ago", "before", "yesterday", "today", "tonight", "tomorrow")
)
"""Words that open or close a date which stands without a preposition; as an adverb the parser hangs it where it belongs."""

RARE: Final = {
    "airstrike": "attack",
    "airstrikes": "attacks",
    "air-strike": "attack",
    "air-strikes": "attacks",
    "counter-offensive": "offensive",
    "counter-offensives": "offensives",
    "cease-fire": "truce",
    "cease-fires": "truces",
    "salvos": "barrages",
    "salvoes": "barrages",
    "cyberattack": "attack",
    "shot dead": "killed",
    "shot and killed": "killed",
    "gunned down": "killed",
    "passers-by": "pedestrians",
}
"""Words that the treebanks hardly know, and commoner ones in their place."""


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
    gone: set[int] = set(_stamp(line.items))
    gone.update(range(_dateline(line.items)))
    for index, item in enumerate(line.items):
        if item.words == "(":
            gone.update(_bracket(line.items, index))
        elif item.words == ",":
            gone.update(_among(line.items, index))
        elif set(item.codes) & NAMES:
            gone.update(_aside(line.items, index))
            if set(item.codes) & set("PU"):
                gone.update(_titles(line.items, index))
    return frozenset(gone)


def _stamp(items: Sequence[Item]) -> Iterable[int]:
    """The time of day before an entry of a live page: "14:02 |"; or nothing."""
    end = next((i for i in range(1, min(6, len(items))) if items[i].words == "|"), None)
    return range(end + 1) if end and items[0].words.isdigit() else ()


def _dateline(items: Sequence[Item]) -> int:
    """How many items a dateline at the start takes: ERBIL (Agency), 14 November - …"""
    if not items or not set(items[0].codes) & set("LBTU") or not items[0].words.isupper():
        return 0
    end = next((i for i in range(1, min(14, len(items))) if items[i].words in ("-", "–", "—", ":")), None)
    return 0 if end is None or any(set(item.codes) & set("VHQK") for item in items[:end]) else end + 1


def _bracket(items: Sequence[Item], start: int) -> Iterable[int]:
    """A bracket of up to six items without a verb, or nothing."""
    end = next((i for i in range(start + 1, min(start + 8, len(items))) if items[i].words == ")"), None)
    inside = items[start + 1 : end] if end else ()
    return () if end is None or any(set(i.codes) & set("VHQ") for i in inside) else range(start, end + 1)


def _among(items: Sequence[Item], comma: int) -> Iterable[int]:
    """People counted among others, between two commas, none of them by name: , among them a commander,."""
    if items[comma].words != "," or comma + 2 >= len(items):
        return ()
    opener = f"{items[comma + 1].words} {items[comma + 2].words}".lower()
    if not opener.startswith(("among them", "among whom", "including")):
        return ()
    end = next((i for i in range(comma + 2, min(comma + 12, len(items))) if items[i].words == ","), None)
    inside = items[comma + 1 : end] if end else ()
    named = any(set(item.codes) & set("PUVK") for item in inside)
    return () if end is None or named else range(comma, end + 1)


def _aside(items: Sequence[Item], name: int) -> Iterable[int]:
    """What stands beside a name between two commas or dashes and says what it is: its office or kind, or nothing."""
    bracket = _bracket(items, name + 1) if name + 1 < len(items) and items[name + 1].words == "(" else ()
    opening = max(bracket) + 1 if bracket else name + 1
    mark = items[opening].words if opening < len(items) else ""
    if mark not in (",", "–", "—"):
        return ()
    end = next((i for i in range(opening + 1, min(opening + 1 + ASIDE, len(items))) if items[i].words == mark), None)
    inside = items[opening + 1 : end] if end else ()
    offices = any(set(i.codes) & set("RG") for i in inside) or _kind(items, opening + 1, end)
    if end is None or not offices or any((set(i.codes) & set("VHQ") and "R" not in i.codes) or i.key in _CLAUSE for i in inside):
        return ()
    follower = items[end + 1] if end + 1 < len(items) else None
    titled = "P" in items[name].codes and items[opening + 1].key == "the" and any("R" in i.codes for i in inside)
    if follower is not None and (follower.key == "which" or (follower.words.lower() == "one" and mark == ",")):
        return ()  # which goes on with what the aside names, not with the name
    listed = follower is not None and (follower.key in ("and", "or") or bool(set(follower.codes) & NAMES)) and mark == "," and not titled
    return () if listed else range(opening, end + 1)


def _kind(items: Sequence[Item], start: int, end: int | None) -> bool:
    """Whether a phrase between two marks says what a name is, by any noun: an offshoot of X; the main verb follows it."""
    follower = items[end + 1] if end is not None and end + 1 < len(items) else None
    verbal = follower is not None and (bool(set(follower.codes) & set("VHQ")) or follower.key in _AUXILIARY)
    return verbal and start < len(items) and items[start].key in ("a", "an")


_AUXILIARY: Final = frozenset(("has", "have", "had", "is", "are", "was", "were", "will", "would", "did", "also", "later"))

_CLAUSE: Final = frozenset(("who", "which", "that", "was", "were", "is", "are", "has", "had", "have", ";", ":", "."))


def _possessive(items: Sequence[Item], at: int) -> bool:
    """Whether an item is the 's of a state or body: Iraq's Prime Minister X."""
    return items[at].key == "'s" and at > 0 and bool(set(items[at - 1].codes) & set("SO"))


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
    while at >= 0 and "V" not in items[at].codes and (set(items[at].codes) & set("ASO") or _possessive(items, at)):
        at -= 1
    if at >= 0 and items[at].key in ("the", "former") and at + 1 < first:
        return range(at if items[at].key == "former" else at + 1, name)
    return range(at + 1, name)
