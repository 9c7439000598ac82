"""Sentences that articles share: a fingerprint by which copies of one wire are found, lightly edited ones too.

The fingerprint of a sentence is the least of the hashes of its runs of words (a bottom-k sketch of its shingles; Broder, On the resemblance and
containment of documents, 1997).  Words inside quotation marks are left out: what somebody said is quoted by outlets that know nothing of each other.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

RUN: Final = 4
KEPT: Final = 3
ALIKE: Final = 2
"""Of how many kept hashes two sentences must have so many in common to be copies."""

LEAST: Final = 9
"""Words that a sentence must have outside quotation marks for a copy of it to say anything."""

SHARED: Final = 2
"""Sentences that two articles must share to be one source; of a long one (`LONG` words) it is enough."""

LONG: Final = 18

_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?|«[^»]*»?")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def words_of(sentence: str) -> tuple[str, ...]:
    """The words that are the outlet's own, in lower case."""
    return tuple(_WORD.findall(_QUOTED.sub(" ", sentence.casefold())))


def fingerprint(sentence: str) -> tuple[str, ...]:
    """The kept hashes of a sentence, sorted; none of one that is too short to say anything.

    >>> fingerprint("He said so.")
    ()
    """
    words = words_of(sentence)
    if len(words) < LEAST:
        return ()
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return tuple(sorted(hashlib.sha256(run.encode()).hexdigest()[:16] for run in runs)[:KEPT])


def weight(sentence: str) -> int:
    """How much it says that two articles share a sentence: a long one is worth two short ones."""
    return SHARED if len(words_of(sentence)) >= LONG else 1
