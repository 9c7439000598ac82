"""A second way from numbers to words, independent of the reader."""

from __future__ import annotations

_ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"]
_ONES += ["fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelt(number: int, *, with_and: bool = True) -> str:
    """A number from 0 to 9999 in English words."""
    if number == 0:
        return "zero"
    thousands, rest = divmod(number, 1000)
    hundreds, small = divmod(rest, 100)
    words = [f"{_ONES[thousands]} thousand"] if thousands else []
    if hundreds:
        words.append(f"{_ONES[hundreds]} hundred")
    if small:
        if words and with_and:
            words.append("and")
        words.append(_ONES[small] if small < 20 else "-".join(filter(None, [_TENS[small // 10], _ONES[small % 10]])))
    return " ".join(words)
