"""Furniture: lines of a page that are no sentences of the article, and the rows by which they are known.

A row is *firm* when its look alone settles it.  The others only count where the line stands by itself: within a sentence that the page's
conversion has broken over several lines ("… secretary-general / Amal Haddad / warned …") they stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.sources.headers import alone
from kg.sources.lines import Line, cased, key
from kg.sources.paragraphs import amid, unfinished, wrapped


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of furniture: its name in the plural, whether a line is of it, and whether the look alone settles it."""

    name: str
    has: Callable[[Line], bool]
    firm: bool = True


_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+(?:(?:\s+\S+){1,4}(?<![.!?]))?", re.IGNORECASE)
_MAIL: Final = re.compile(r"(?:e-?mail:?\s*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?:(?:tel|phone|fax)[.:]*\s*)?\+?[\d\s().-]{7,24}", re.IGNORECASE)
_SIZE: Final = re.compile(r"\d{2,5}\s?[x×]\s?\d{2,5}(?:\s?px)?(?:\s?\(?\d+(?:\.\d+)?\s?[kKmM][bB]\)?)?")
_LANGUAGE: Final = re.compile(r"[a-z]{2}[_-][A-Z]{2}")
_NUMBER: Final = re.compile(r"[\W\d_]+")
_LABELLED: Final = re.compile(
    r"(?:tags?|keywords?|topics?|filed under|categor(?:y|ies)|read (?:also|more|next)|also read|see also|related(?: \w+)?|more (?:on|from)|"
    r"watch|listen|photos?|images?|pictures?|file photo|video|credits?|source|via|share(?: this)?|follow us|author|writer)\s*[:|»]\s*\S.*|"
    r"(?:additional )?(?:reporting|editing|writing|edited|translated|compiled) by\b.{0,200}|©.*|copyright\s.*",
    re.IGNORECASE,
)
_FORM: Final = re.compile(
    r"your e-?mail address will not be published.*|save my name, e-?mail.*|no comments:?(?: yet)?\.?|"
    r"\d+ comments?:?|post a comment|leave a (?:reply|comment)\b.{0,60}|add (?:a )?comment|comments? (?:are )?(?:closed|off)\.?|"
    r"(?:log|sign) in(?: to .{0,60})?|notify me of .{0,80}|required fields are marked.*|you must be logged in.*|cancel reply|submit(?: comment)?|"
    r"back to top(?: button)?|(?:click|tap) here\b.{0,80}|skip to (?:main )?content|advertisements?|sponsored(?: content)?|"
    r"(?:related|more|latest|popular|recommended|trending|top) (?:articles?|stories|news|posts?|topics?|reading|content)|"
    r"most (?:read|popular|viewed|shared)|you (?:may|might) (?:also )?like\b.{0,40}|read (?:more|next|also|the full (?:story|article))\W*|"
    r"source(?: link)?|share(?: (?:this|on|via)\b.{0,40})?|tweet|print(?: this page)?|e-?mail|copy link|link copied!?|whatsapp|telegram|"
    r"facebook|twitter|reddit|linkedin|instagram|youtube|follow us(?: on)?\b.{0,80}|subscribe\b.{0,80}|sign up (?:for|to)\b.{0,100}|"
    r"all rights reserved\W*.{0,80}|(?:privacy|cookies?) policy|terms (?:of (?:use|service)|and conditions)|contact us|about us|"
    r"(?:previous|next|older|newer)(?: (?:article|post|story))?|loading\W*|menu|search|home|close|more|continue reading\W*|"
    r"min(?:ute)?s? read|\d+ min(?:ute)?s?(?: read)?|\d+ (?:views?|shares?|likes?)|listen to (?:this )?article|(?:live|breaking)",
    re.IGNORECASE,
)
_COOKIES: Final = re.compile(
    r"\b(?:we|site|website|page)\b.{0,40}\buses? cookies\b|\bour use of cookies\b|\baccept (?:all )?cookies\b|"
    r"\bcookie (?:settings|preferences)\b",
    re.IGNORECASE,
)
_SECTIONS: Final = frozenset(
    {
        "news",
        "world",
        "politics",
        "opinion",
        "opinions",
        "analysis",
        "business",
        "economy",
        "sport",
        "sports",
        "culture",
        "science",
        "technology",
        "tech",
        "health",
        "travel",
        "video",
        "videos",
        "photo",
        "photos",
        "multimedia",
        "features",
        "interviews",
        "middle east",
        "mideast",
        "mena",
        "asia",
        "africa",
        "europe",
        "americas",
        "america",
        "us",
        "uk",
        "international",
        "national",
        "local",
        "security",
        "defense",
        "defence",
        "military",
        "war",
        "conflict",
        "latest",
        "world news",
        "us news",
        "latest news",
        "breaking news",
        "top stories",
        "north america",
        "latin america",
        "middle east news",
    }
)
_NAMELY: Final = frozenset(
    {
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "at",
        "de",
        "al",
        "el",
        "bin",
        "ibn",
        "von",
        "&",
        "-",
        "–",
        "—",
        "|",
    }
)
_NO_SENTENCE = '.!?…"”'


def _is_tag(line: Line) -> bool:
    """A keyword: up to four words, all in small letters."""
    return line.words() <= 4 and not line.stopped and line.text.islower() and line.text[-1] not in ";:" and not unfinished(line)


def _is_keywords(line: Line) -> bool:
    """A list of keywords with commas: in small letters throughout, or of names only."""
    if line.stopped or unfinished(line) or "," not in line.text:
        return False
    items = [item.split() for item in line.text.split(",")]
    if not all(items):
        return False
    if line.text.islower():
        return len(items) >= 2
    return len(items) >= 3 and all(len(item) <= 4 and _all_names(" ".join(item)) for item in items)


def _is_label(line: Line) -> bool:
    """Up to four words of which each is a name's, without a sentence's end."""
    return line.words() <= 4 and line.text[-1] not in _NO_SENTENCE and not line.text[0].isdigit() and _all_names(line.text)


def _all_names(text: str) -> bool:
    """Whether each word is written as a name is, one of them at least with a capital."""
    words = [word.strip("„“”‘’'\"()[]|:,#") for word in text.split()]
    return any(word[:1].isupper() for word in words) and all(
        not word or word in _NAMELY or word[0].isupper() or word[0].isdigit() or word[:3] in ("al-", "el-") for word in words
    )


KEYWORDS: Final = Row("keywords", lambda line: _is_tag(line) or _is_keywords(line), firm=False)
"""The one kind that small letters tell; in a text of a fixed width, or one without capitals, they tell nothing."""

ROWS: Final = (
    Row("addresses", lambda line: bool(_ADDRESS.fullmatch(line.text))),
    Row("mail addresses", lambda line: bool(_MAIL.fullmatch(line.text))),
    Row("stamps", lambda line: alone(line.text) is not None),
    Row("image sizes", lambda line: bool(_SIZE.fullmatch(line.text))),
    Row("phone numbers", lambda line: sum(c.isdigit() for c in line.text) >= 7 and bool(_PHONE.fullmatch(line.text))),
    Row("language codes", lambda line: bool(_LANGUAGE.fullmatch(line.text))),
    Row("buttons and forms", lambda line: bool(_FORM.fullmatch(line.text))),
    Row("labels", lambda line: bool(_LABELLED.fullmatch(line.text)) and line.words() <= 30),
    Row("cookie notices", lambda line: bool(_COOKIES.search(line.text))),
    Row("bylines", lambda line: line.text.startswith(("By ", "BY ")) and line.words() <= 12 and _all_names(line.text), firm=False),
    Row("numbers", lambda line: bool(_NUMBER.fullmatch(line.text)), firm=False),
    Row("section names", lambda line: line.text.lower() in _SECTIONS, firm=False),
    KEYWORDS,
    Row("names", _is_label, firm=False),
)
"""The kinds of furniture that a line's look tells, tried in this order."""

_REPEATED = Row("names", lambda line: line.words() <= 4 and not line.stopped, firm=False)


def furniture(page: Sequence[Line], known: frozenset[str] = frozenset()) -> list[str | None]:
    """The kind of furniture that each line is, None for prose; `known` are keys of lines that are furniture here (the publisher's name)."""
    capitals = cased(page)
    tally = Counter(key(line.text) for line in page if line.short)
    found: list[Row | None] = []
    for line in page:
        row = next((row for row in ROWS if line.short and (capitals or row is not KEYWORDS) and row.has(line)), None)
        if row is None and line.short and (key(line.text) in known or (tally[key(line.text)] > 1 and _REPEATED.has(line))):
            row = _REPEATED
        found.append(row)
    if wrapped(page, [row is None or not row.firm for row in found]):
        found = [None if row is KEYWORDS and not line.after_gap else row for row, line in zip(found, page, strict=True)]
    return [row.name if row and (row.firm or not _within_sentence(page, found, at)) else None for at, row in enumerate(found)]


def _within_sentence(page: Sequence[Line], rows: Sequence[Row | None], at: int) -> bool:
    """Whether the line is the middle of a sentence broken over lines, of which neither part is furniture."""
    return amid(page, at) and rows[at - 1] is None and rows[at + 1] is None
