"""Sentences: where each begins and ends in running English text, by rule, with exact offsets.

A line break always ends a sentence.  Within a line a full stop, question mark, exclamation mark or ellipsis does, together with the quotes
and brackets that close on it, when what follows looks like a beginning; titles, initials, acronyms, decimals and references do not.
Sentences that a page's conversion has glued together ("… left.“We …") are parted where the spelling leaves no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Span

# Never the end: a name follows.
_TITLES: Final = frozenset(
    {
        "Gen",
        "Lt",
        "Col",
        "Maj",
        "Capt",
        "Cpt",
        "Sgt",
        "Cpl",
        "Pvt",
        "Brig",
        "Adm",
        "Cmdr",
        "Cdr",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Prof",
        "Sen",
        "Rep",
        "Gov",
        "Pres",
        "Hon",
        "Rev",
        "St",
        "Mt",
        "Ft",
        "Amb",
        "Supt",
        "Insp",
        "Det",
        "Messrs",
        "Mme",
        "vs",
        "cf",
        "viz",
        "e.g",
        "i.e",
    }
)
# Not the end when a number follows.
_NUMBERED: Final = frozenset(
    {
        "No",
        "Nos",
        "no",
        "nos",
        "p",
        "pp",
        "Art",
        "art",
        "Fig",
        "fig",
        "Vol",
        "vol",
        "Ch",
        "Sec",
        "para",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "c",
        "ca",
        "approx",
        "Res",
    }
)
# The end only when a word follows that names rarely begin with.
_SHORTENED: Final = frozenset(
    {
        "Inc",
        "Ltd",
        "Co",
        "Corp",
        "Bros",
        "Jr",
        "Sr",
        "Dept",
        "Univ",
        "Assn",
        "Mfg",
        "Intl",
        "Ave",
        "Blvd",
        "Ph.D",
    }
)
_STARTERS: Final = frozenset(
    {
        "A",
        "About",
        "According",
        "After",
        "All",
        "Also",
        "Although",
        "Among",
        "An",
        "And",
        "Another",
        "Any",
        "As",
        "At",
        "Because",
        "Before",
        "Both",
        "But",
        "By",
        "Despite",
        "During",
        "Each",
        "Earlier",
        "Even",
        "Every",
        "Few",
        "For",
        "From",
        "He",
        "Her",
        "Here",
        "His",
        "How",
        "However",
        "I",
        "If",
        "In",
        "Instead",
        "It",
        "Its",
        "Last",
        "Later",
        "Like",
        "Many",
        "Meanwhile",
        "More",
        "Moreover",
        "Most",
        "My",
        "Neither",
        "Nevertheless",
        "No",
        "None",
        "Nor",
        "Not",
        "Now",
        "Of",
        "On",
        "Once",
        "One",
        "Only",
        "Or",
        "Other",
        "Others",
        "Our",
        "Over",
        "Several",
        "She",
        "Since",
        "So",
        "Some",
        "Still",
        "Such",
        "That",
        "The",
        "Their",
        "Then",
        "There",
        "These",
        "They",
        "This",
        "Those",
        "Though",
        "Three",
        "Through",
        "Thus",
        "Two",
        "Under",
        "Until",
        "We",
        "What",
        "When",
        "Whether",
        "Which",
        "While",
        "Who",
        "Why",
        "With",
        "Without",
        "Yet",
        "You",
        "Your",
    }
)
_AFTER_CLOCK: Final = frozenset(
    {
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "GMT",
        "UTC",
        "EST",
        "EDT",
        "CET",
        "CEST",
        "BST",
        "Eastern",
        "Central",
        "Pacific",
        "Baghdad",
        "Tehran",
        "Damascus",
        "Beirut",
        "Jerusalem",
    }
)
_HOSTS: Final = frozenset(
    {
        "Com",
        "Org",
        "Net",
        "Info",
        "Gov",
        "Edu",
        "Io",
        "Tv",
        "News",
    }
)

_STOP: Final = re.compile(r"\.(?: \.)+|[.!?…؟]+")
_CLOSED: Final = re.compile(r"[”’»)\]]+")
_BEGINNING: Final = re.compile(
    r"(?:[-–—•]\s)?(?P<mark>\*+\s?)?[\"“‘'«‹(\[„]*[$€£#]?(?P<word>(?:(?:[Aa]l|[Ee]l|as|ash|an|ad|at|ar|az)-[A-Z‘’'])?[^\W_][\w’'-]*)?"
)
_ACRONYM: Final = re.compile(r"(?:[A-Z]\.)+[A-Z]|[A-Z]")
_CLOCK: Final = re.compile(r"[ap]\.?m|etc", re.IGNORECASE)
_SAYING: Final = re.compile(
    r"(?:[\w.’'-]+\s+){1,4}(?:said|says|asked|asks|added|adds|told|wrote|warned|stressed|shouted|vowed|replied|cried)\b"
)
_PARTICLE: Final = re.compile(r"(?:al|el|as|ash|an|ad|at|ar|az)-['’‘]?[A-Z]")
_ADDRESS: Final = re.compile(r"[\w.-]{1,60}(?:@|://)")
_FURTHER: Final = re.compile(r"[.!?…][”’»)\]\"']*\s+[\"“‘(]*[A-Z]")
_LIST_NUMBER: Final = re.compile(r"[\W_]*(?:\d{1,3}|[A-Za-z])")
_LINE: Final = re.compile(r"[^\n]+")

_WORD_REACH = 40
_FOOTNOTE_REACH = 400


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text in their order: spans without the white space around them; together they hold all else.

    >>> text = "Gen. Amal Haddad left the U.S. on May 3. “We stay,” she said."
    >>> [span.of(text) for span in sentences(text)]
    ['Gen. Amal Haddad left the U.S. on May 3.', '“We stay,” she said.']
    """
    for line in _LINE.finditer(text):
        start, quotes, counted = line.start(), 0, line.start()
        for stop in _STOP.finditer(text, line.start(), line.end()):
            if stop.start() < start:
                continue
            quotes += text.count('"', counted, stop.end())
            counted = stop.end()
            end = _end(text, start, stop, line.end(), quotes % 2 == 1)
            if end is not None:
                yield from _trimmed(text, start, end)
                start = end
        yield from _trimmed(text, start, line.end())


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretch without white space around it; nothing when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _end(text: str, start: int, stop: re.Match[str], limit: int, quoting: bool) -> int | None:
    """Where the sentence ends that this stop closes; None when it closes none."""
    end = _after_closers(text, stop.end(), limit, quoting)
    if end == limit:
        return end
    end = _after_mark(text, end, limit)
    following = end
    while following < limit and text[following].isspace():
        following += 1
    if following == limit:
        return limit
    glued = following == end
    beginning = _BEGINNING.match(text, following, limit)
    word = beginning["word"] if beginning else None
    before = _word_before(text, start, stop.start())
    if glued:
        return end if _parts_glued(text, stop, end, before, word) else None
    if beginning is None or not _begins(word, bool(beginning["mark"])):
        return None
    if stop.group() == "." and not _closes(before, word or "", text[start : stop.start()] if stop.start() - start < 8 else ""):
        return None
    if stop.group()[-1] in "!?" and end > stop.end() and _SAYING.match(text, following, limit):
        return None
    return end


def _after_closers(text: str, at: int, limit: int, quoting: bool) -> int:
    """Past the quotes and brackets that close here; a straight quote closes before a space, or when one is open."""
    while at < limit:
        closed = _CLOSED.match(text, at, limit)
        if closed:
            at = closed.end()
        elif text[at] == '"' and (quoting or at + 1 == limit or text[at + 1].isspace()):
            at, quoting = at + 1, False
        elif text[at] == "'" and (at + 1 == limit or text[at + 1].isspace() or text[at + 1] in '”"’)'):
            at += 1
        else:
            return at
    return at


def _after_mark(text: str, at: int, limit: int) -> int:
    """Past a footnote's mark that belongs to this sentence; a mark before the last sentence of the line begins the footnote itself."""
    past = at
    while past < limit and text[past] in "*†‡":
        past += 1
    if past == at:
        return at
    rest = text[past : min(limit, past + _FOOTNOTE_REACH)]
    return at if rest.strip() and rest.lstrip()[0].isupper() and not _FURTHER.search(rest) else past


def _word_before(text: str, start: int, stop: int) -> str:
    """The word that the stop stands at, without what opens it."""
    reach = max(start, stop - _WORD_REACH)
    tail = text[reach:stop].split()
    return tail[-1].lstrip("\"“‘'«([„*") if tail and not text[stop - 1].isspace() else ""


def _begins(word: str | None, mark: bool) -> bool:
    """Whether a sentence can begin with this word."""
    if not word:
        return mark
    return not word[0].islower() or bool(_PARTICLE.match(word))


def _closes(before: str, word: str, sentence: str) -> bool:
    """Whether a single full stop after this word, before that one, ends a sentence."""
    if before in _TITLES or before.split("-")[-1] in _TITLES:
        return False
    if before in _NUMBERED and word[:1].isdigit():
        return False
    if sentence and _LIST_NUMBER.fullmatch(sentence):
        return False
    if _CLOCK.fullmatch(before):
        return word not in _AFTER_CLOCK
    if _ACRONYM.fullmatch(before) or before in _SHORTENED:
        return word in _STARTERS
    return True


def _parts_glued(text: str, stop: re.Match[str], end: int, before: str, word: str | None) -> bool:
    """Whether two sentences meet here without a space between them."""
    bare = before.rstrip("*†‡”’\"')]»")
    if not word or not bare or bare in _TITLES or _ACRONYM.fullmatch(bare) or _CLOCK.fullmatch(bare):
        return text[end] == "*" and bool(bare)
    if "…" in stop.group() or ".." in stop.group():
        return word[0].isupper() and word[1:2].islower()
    if ("." in bare and stop.group() == ".") or "/" in bare or "@" in bare or _ADDRESS.match(text, end):
        return False  # an address, or an abbreviation with stops inside
    if not word[0].isupper():
        return bool(_PARTICLE.match(word))
    if word in _HOSTS and text[end] == word[0]:
        return False
    if word in ("A", "I"):
        return text[end + len(word) : end + len(word) + 1] == " " or text[end] != word
    if word[1:2].islower() or word[1:2] in "’'-":
        return len(bare) > 1 or bare.isdigit()
    return word.isupper() and (text[end] != word[0] or (len(bare) > 3 and bare.islower()))
