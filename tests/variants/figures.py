"""Other figures: every number of people, weapons, seats, attacks becomes another of the same form, in text and gold alike.

Within one article the mapping of numbers is increasing, so that ranges stay in order and parts stay below their wholes.  Years, days, spans of time,
ordinals, numbers in names, and words that give no number (several, hundreds) stay.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from tests.variants.making import Article, Edit, no_prose, varied

SMALL: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905 - reads better
MONTHS: Final = "January February March April May June July August September October November December".split()  # noqa: SIM905

_MONTH: Final = "(?:" + "|".join(MONTHS) + "|" + "|".join(m[:3] for m in MONTHS) + r")\b"
WORDS: Final = "|".join([*SMALL[2:], *TENS])
_FIGURE: Final = re.compile(
    r"(?<![\w.,:/+\-–$€])(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?![\w:/%]|[.,]\d|[-–]\w)"
    rf"|\b(?P<dozen>(?:a|{WORDS}) dozen)\b(?! of)|\b(?P<word>{WORDS})\b(?!-)",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    rf"\W*(?:more |full |long )?(?:second|minute|hour|day|night|week|month|year|decade|centur)|\s+(?:(?:and|to|or)\s+\d+\s+)?{_MONTH}",
    re.IGNORECASE,
)
_DATED: Final = re.compile(rf"(?:{_MONTH}\.?\s+(?:\d+\s+(?:and|to|or)\s+)?|\bthe\s+|\d\s+(?:and|to)\s+(?=\d+\s+{_MONTH}))$", re.IGNORECASE)
_NAMED: Final = re.compile(r"\b(?!(?:About|Around|Over|Nearly|Some|Almost|At|Only|All|And|The|Another)\b)[A-Z]\w+[ -]$")
_MODIFIERS: Final = (
    (">=", re.compile(r"(?:at least|no fewer than|not less than|a minimum of)\s+$", re.IGNORECASE)),
    (">", re.compile(r"(?:more than|over|above|exceeding|upwards of)\s+$", re.IGNORECASE)),
    ("<", re.compile(r"(?:nearly|almost|fewer than|less than|under|up to)\s+$", re.IGNORECASE)),
)

AMOUNTS: Final = frozenset("value killed injured weapon_count targets_struck count".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Figure:
    """One number in a text; `bound` is >= (at least), > (more than), < (nearly) or = (as it stands, or about)."""

    start: int
    end: int
    words: str
    number: int
    bound: str


def figures(text: str) -> tuple[Figure, ...]:
    """The numbers in a text that count things."""
    return tuple(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    hidden = no_prose(text)
    for match in _FIGURE.finditer(text):
        before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 30]
        number = _number(match)
        digits = match["digits"]
        year = digits is not None and "," not in digits and 1900 <= number <= 2100
        named = digits is not None and _NAMED.search(before)
        day = digits is not None and number <= 31 and _DATED.search(before)
        if number < 2 or year or named or day or _TIME.match(after) or any(s < match.end() and match.start() < e for s, e in hidden):
            continue
        yield Figure(match.start(), match.end(), match.group(), number, next((sign for sign, p in _MODIFIERS if p.search(before)), "="))


def _number(match: re.Match[str]) -> int:
    if match["digits"]:
        return int(match["digits"].replace(",", ""))
    word = match.group().lower().removesuffix(" dozen")
    value = 1 if word == "a" else SMALL.index(word) if word in SMALL else 20 + 10 * TENS.index(word)
    return value * 12 if match["dozen"] else value


def vary(article: Article, rng: Random) -> Article:
    """The article with other figures."""
    found = figures(article.text)
    other = mapping(found, rng)
    bounds = {(f.number, f.bound) for f in found}

    def leaf(key: str, words: str) -> str:
        return words if key in AMOUNTS or (key.endswith("_or") and key[:-3] in AMOUNTS) else respelt(words, other)

    made = varied(article, [Edit(f.start, f.end, spelt(other[f.number], f.words)) for f in found], leaf)
    gold = {
        slot: [_amounts(row, slot, other, bounds) for row in value] if isinstance(value, list) else value
        for slot, value in made.gold.items()
    }
    return replace(made, gold=gold)


def mapping(found: Iterable[Figure], rng: Random) -> Mapping[int, int]:
    """Another number for each, in the same order, as round as it."""
    numbers = {f.number for f in found}
    dozens = {f.number for f in found if f.words.lower().endswith("dozen")}
    other, least = dict[int, int](), 2
    for number in sorted(numbers):
        zeros = len(str(number)) - len(str(number).rstrip("0"))
        unit = 12 if number in dozens else 10 ** max(0, zeros - (number > 100 and zeros == len(str(number)) - 1))
        low, high = math.ceil(max(least, number * 0.7) / unit), math.floor((max(least, number) * 1.5 + 1) / unit)
        choices = [n * unit for n in range(low, max(low + 1, high) + 1) if n * unit != number and not 1900 <= n * unit <= 2100]
        other[number] = rng.choice(choices)
        least = other[number] + 1
    return other


def spelt(number: int, like: str) -> str:
    """A number in the form of another: digits with or without commas, words, dozens; capital or not.

    >>> spelt(2600, "1,700"), spelt(23, "four"), spelt(36, "a dozen"), spelt(5, "Two")
    ('2,600', 'twenty-three', 'three dozen', 'Five')
    """
    if like[0].isdigit():
        return f"{number:,}" if "," in like or number >= 1000 else str(number)
    dozens = "a dozen" if number == 12 else f"{_words(number // 12)} dozen"
    made = dozens if like.lower().endswith("dozen") else _words(number)
    return made[0].upper() + made[1:] if like[0].isupper() else made


def _words(number: int) -> str:
    if number < 20:
        return SMALL[number]
    tens = TENS[number // 10 - 2] if number < 100 else str(number)
    return tens if number >= 100 or number % 10 == 0 else f"{tens}-{SMALL[number % 10]}"


def respelt(words: str, other: Mapping[int, int]) -> str:
    """A phrase with its figures replaced."""
    made, here = "", 0
    for figure in figures(words):
        if figure.number in other:
            made += words[here : figure.start] + spelt(other[figure.number], figure.words)
            here = figure.end
    return made + words[here:]


# -- amounts of the gold -----------------------------------------------------------------------------------------------------


def _amounts(row: object, slot: str, other: Mapping[int, int], bounds: set[tuple[int, str]]) -> object:
    if not isinstance(row, Mapping):
        return row
    keys = AMOUNTS | {"of"} if slot == "strengths" else AMOUNTS
    return {k: amount(v, other, bounds) if k.removesuffix("_or") in keys else v for k, v in row.items()}


def amount(value: object, other: Mapping[int, int], bounds: set[tuple[int, str]]) -> object:
    """An amount of the gold in other figures; as it was where the text gives it in no figure of that bound (several, multiple)."""

    def new(number: int, bound: str) -> int | None:
        return other[number] if (number, bound) in bounds else None

    if isinstance(value, list):
        return [amount(item, other, bounds) for item in value]
    if isinstance(value, Mapping):
        return {**value, **_bounded(value, new)}
    if isinstance(value, int):
        return new(value, "=") or value
    match = re.fullmatch(r"(>=|>|<|~|)(\d+)(?:-(\d+))?", str(value))
    if not match:
        return value
    sign, low, high = match[1], int(match[2]), int(match[3] or match[2])
    least, most = new(low, sign.replace("~", "") or "="), new(high, sign.replace("~", "") or "=")
    if least is None or most is None:
        return value
    return f"{sign}{least}-{most}" if match[3] else f"{sign}{least}"


def _bounded(value: Mapping[str, object], new: object) -> dict[str, int]:
    """The new bounds of {min, max}."""
    assert callable(new)
    low, high = value.get("min"), value.get("max")
    if isinstance(low, int) and low == high:
        exact = new(low, "=")
        return {} if exact is None else {"min": exact, "max": exact}
    made = dict[str, int]()
    if isinstance(low, int):
        least, more = new(low, ">="), new(low - 1, ">")
        made |= {"min": least} if least is not None else {"min": more + 1} if more is not None else {}
    if isinstance(high, int):
        fewer = new(high + 1, "<")
        made |= {"max": fewer - 1} if fewer is not None else {}
    return made
