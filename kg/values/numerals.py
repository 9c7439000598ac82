"""English numerals: a pattern for numbers written as words, and what they come to.

The words here are grammar, not meaning: no list of what is counted.
"""

from __future__ import annotations

import re

_UNDER_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL, _TENS = _UNDER_TWENTY.split(), _ROUND.split()
SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
VALUES = {w: n for n, w in enumerate(_SMALL)} | {w: 10 * n for n, w in enumerate(_TENS, 2)} | {"hundred": 100} | SCALES
ORDINAL = (
    r"(?:first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)tie|hundred|thousand|million)th)"
)
"""A pattern for the last word of an ordinal."""

_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]

_GAP = r"(?:\s|-)"
_SCALE = "|".join(SCALES)
_UNDER_100 = rf"(?:(?:{'|'.join(_TENS)})(?:{_GAP}(?:{'|'.join(_SMALL[1:10])})\b)?|{'|'.join(sorted(_SMALL, key=len, reverse=True))})\b"
_UNDER_1000 = rf"(?:(?:a|{_UNDER_100}){_GAP}hundred\b(?:\s(?:and\s)?{_UNDER_100}(?!{_GAP}(?:hundred|{_SCALE})\b))?|{_UNDER_100})"

WORDS = (
    rf"(?:(?:a|{_UNDER_1000}){_GAP}(?:{_SCALE})\b(?:\s(?:and\s)?{_UNDER_1000}(?:{_GAP}(?:{_SCALE})\b(?:\s(?:and\s)?{_UNDER_1000})?)?)?"
    rf"|{_UNDER_1000})(?!{_GAP}(?:hundred|{_SCALE})\b)"
)
"""A pattern for number words ("twenty-two", "one hundred and ten"); to be used without regard to case, after a word boundary."""

_WORDS = re.compile(WORDS, re.IGNORECASE)


def ordinal(words: str) -> int | None:
    """What an ordinal up to the twentieth, or any in figures, comes to; None on anything else.

    >>> ordinal("fourth"), ordinal("22nd"), ordinal("last")
    (4, 22, None)
    """
    figures = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", words.lower())
    if figures:
        return int(figures[1])
    return _ORDINALS.index(words.lower()) + 1 if words.lower() in _ORDINALS else None


def value(words: str) -> int:
    """What number words come to; "a" is one. Raises ValueError on anything else.

    >>> value("two thousand five hundred"), value("one hundred and ten"), value("a million")
    (2500, 110, 1000000)
    """
    if not _WORDS.fullmatch(words):
        raise ValueError(f"not a number in words: {words!r}")
    total = current = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "and":
            continue
        number = 1 if word == "a" else VALUES[word]
        if number == 100:
            current *= number
        elif number > 100:
            total, current = total + current * number, 0
        else:
            current += number
    return total + current
