"""Patterns over the codes and words of a line, as regular expressions over its form; `Line.find` says how they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_STOPS: Final = "is|are|was|were|be|been|has|have|had|and|or|but|not|no|who|which|that|of|in|on|by|for|to|with|from|at|said|as"
"""Words that a filler does not pass, since they begin another phrase; a noun phrase ends before them."""

_FILL: Final = (
    r"(?:«[A-Z]*[YG][A-Z]*#\d+:[^»]*» |"
    rf"(?!(?:{_STOPS}) )[a-z0-9'-]+ |"
    r"«A[A-Z]*#\d+:[^»]*» (?!'s )|"
    r"«[A-Z]*[SLO][A-Z]*#\d+:[^»]*» 's |"
    r"- )"
)
_ADJECTIVE: Final = r"(?:«[A-Z]*[AYGR][A-Z]*#\d+:[^»]*» )"
_END: Final = (
    r"(?=[^\w«-]|$|«[A-Z]*[DQNH][A-Z]*#|"
    rf"(?:{_STOPS}|after|near|late|early|when|while|since|during) )"
)
_SKIP: Final = r"(?:[a-z0-9'-]+ |«[A-Z]*#\d+:[^»]*» |\" |- )"


@lru_cache(maxsize=16_384)
def plain(words: str) -> str:
    """An item's words as a pattern's plain words match them: a cue such as "claimed" is still the word claimed."""
    return re.sub(r"[^\w'-]+", "_", words.lower())


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression of a pattern; raises ValueError for one that is not well formed."""
    elements = pattern.split()
    following = [*elements[1:], ""]
    return re.compile("".join(_element(element, next_one) for element, next_one in zip(elements, following, strict=True)))


@lru_cache(maxsize=512)
def needed(pattern: str) -> tuple[frozenset[str], ...]:
    """For the first element, and every other that must be there, the codes or words of which a line needs one; an empty string is any item."""
    needed: list[frozenset[str]] = []
    for at, element in enumerate(pattern.split()):
        slot = re.fullmatch(r"<(?:\w+:)?([A-Z]+)>", element)
        plain = not re.search(r"[<>~^$]", element) and not (element.endswith("?") and len(element) > 1)
        if slot or plain:
            needed.append(frozenset(slot[1] if slot else filter(None, element.split("|"))))
        elif at == 0:
            needed.append(frozenset({""}))
    return tuple(needed)


def _element(element: str, following: str) -> str:
    """One element of a pattern as a regular expression over a line's form; a name before 's or a hyphen is a slot only where the pattern says so."""
    optional = "?" if element.endswith("?") and len(element) > 1 else ""
    body = element[:-1] if optional else element
    slot = re.fullmatch(r"<(?:(\w+):)?([A-Z]+)>", body)
    if slot:
        name, codes = slot.groups()
        index = rf"(?P<{name}>\d+)" if name else r"\d+"
        made = (
            rf"«[A-Z]*[{codes}][A-Z]*#{index}:[^»]*» "
            + ("" if following.startswith("'s") else "(?!'s )")
            + ("" if "-" in following.split("|") else "(?!- )")
        )
    elif body == "~":
        made = _FILL + "{0,3}?"
    elif body == "^":
        made = _ADJECTIVE + "{0,2}?"
    elif body == "$":
        return _END
    elif body == "~~":
        made = _SKIP + "{0,12}?"
    elif re.search(r"[<>~^$]", body):
        raise ValueError(f"{element!r} is not an element of a pattern")
    else:
        words = "|".join(re.escape(word) for word in body.split("|") if word)
        made = rf"(?:«[A-Z]*#\d+:(?:{words})» |(?:{words}) )"
    return f"(?:{made}){optional}"
