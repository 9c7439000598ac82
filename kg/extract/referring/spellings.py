"""Other spellings of a family name within its article: an article that names one al-Saadi and then speaks of "Saeedi" means him.

Arabic names are written in many ways in Latin letters.  Two spellings are close when they have the same consonants in the same order and, between
them, vowels of the same colour (a, e, i, y or o, u, w): Amiri and Ameri, Soleimani and Suleimani, but not Khamenei and Khomeini, Hassan and Hussein.
A closer look than an article's own would need is not taken: nobody is joined who is named in full otherwise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence, Set
from functools import lru_cache
from typing import Final

from kg.extract.tokens import FUNCTION_WORDS, Token

PARTICLES: Final = frozenset(("al", "el", "as", "ar", "bin", "ibn", "abu"))

DIGRAPHS: Final = {"kh": "X", "gh": "G", "sh": "S", "ch": "C", "th": "T", "dh": "z", "q": "k", "ph": "f"}
"""Letters that stand for one consonant, and consonants that are written in two ways."""

_DIGRAPH: Final = re.compile("|".join(DIGRAPHS))
_VOWELS: Final = re.compile(r"[aeiouyw]+")
SHORTEST: Final = 4
"""Letters that a spelling must have: of shorter names the consonants say too little."""


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """A name without what spellings differ in.

    >>> skeleton("saadi") == skeleton("saeedi"), skeleton("khamenei") == skeleton("khomeini"), skeleton("hassan") == skeleton("hussein")
    (True, False, False)
    """
    plain = _DIGRAPH.sub(lambda match: DIGRAPHS[match.group()], name)
    plain = re.sub(r"(?<=[aeiou])h$", "", re.sub(r"(.)\1+", r"\1", plain))
    return _VOWELS.sub(lambda match: "o" if re.search("[ouw]", match.group()) else "a", plain)


def close(one: str, other: str) -> bool:
    """Whether two family names may be spellings of one: same consonants, same colours, hardly different in length."""
    return min(len(one), len(other)) >= SHORTEST and abs(len(one) - len(other)) <= 2 and skeleton(one) == skeleton(other)


def variants(words: Sequence[Token], listed: Mapping[int, tuple[int, object]], families: Mapping[str, Set[str]]) -> Mapping[str, str]:
    """Spellings that stand alone in a text for the one person whose family name they are close to: spelling to person.

    `families` are the family names (one word) of the persons whom the text names in full.  A spelling that is listed, that stands beside another
    capitalised word (and so may be somebody else's name), or that is close to the names of two persons, is nobody's.
    """
    if not families:
        return {}
    wanted = {skeleton(family) for family in families}
    alone: dict[str, set[str]] = defaultdict(set)
    taken: set[str] = set()
    lower = {word.words for word in words if not word.capital}
    at = 0
    while at < len(words):
        if at in listed:
            at = listed[at][0]
            continue
        token = words[at]
        if token.capital and token.key.isalpha() and token.key not in families and skeleton(token.key) in wanted:
            if _beside(words, at, listed):
                taken.add(skeleton(token.key))
            elif token.words.lower() not in lower and token.key not in FUNCTION_WORDS:
                alone[token.key] |= {person for family, people in families.items() if close(token.key, family) for person in people}
        at += 1
    return {form: next(iter(people)) for form, people in sorted(alone.items()) if len(people) == 1 and skeleton(form) not in taken}


def _beside(words: Sequence[Token], at: int, listed: Container[int]) -> bool:
    """Whether another capitalised word that is no particle stands right before a word, or right after it."""
    before = at - 1
    while before >= 0 and (words[before].key in PARTICLES or words[before].words == "-"):
        before -= 1
    for other, gap in ((before, words[before + 1].span.start - words[before].span.end if before >= 0 else 9), (at + 1, 1)):
        if 0 <= other < len(words) and gap <= 1:
            word = words[other]
            if word.capital and word.key.isalpha() and word.key not in FUNCTION_WORDS and other not in listed:
                return True
    return False
