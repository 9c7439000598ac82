"""Number phrases of English news: how many of things, with the bounds that the words set.

A count is how many; an amount of time, length, weight or money, a share, an age, an ordinal, a year, a clock time and the number in a name
("Tower 22", "F-16", "Article 51") is none. The bounds are closed: "more than 110" begins at 111, "nearly 100" ends at 99; "about 2,500" is
2,500 with its modifier. Vague words set a lower bound only: several 3, multiple 2, dozens 24, hundreds 200.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from kg.model import Count, Span
from kg.values import dates, quantities
from kg.values.found import Found
from kg.values.quantities import Quantity

__all__ = ["find"]

_NEAR = 60
_BETWEEN = re.compile(r"\bbetween\s$", re.IGNORECASE)
_FROM = re.compile(r"(?<!anywhere\s)(?<!ranging\s)\bfrom\s$", re.IGNORECASE)
_RANGE = re.compile(r"\s?[-–]\s?|\s(?:to|or)\s")
_AND = re.compile(r"\s(?:and|to)\s")
_OUT_OF = re.compile(r"\s(?:out\s)?of\s(?:the\s|its\s|their\s|his\s|her\s|all\s|a\stotal\sof\s)?")
_MEMBERS = re.compile(r"[\s-](?:member|seat|strong|man)\b")
_WITHIN = re.compile(r"\s[^.;:!?\n]*?\b(?:in|of)\b[^.;:!?\n]*", re.DOTALL)
_WITHIN_WORDS = 8
_AFTER = re.compile(r"(?P<least>\+|[-\s]plus\b|\sor\s(?:more|over)\b)|(?P<most>\sor\s(?:fewer|less)\b)|(?P<about>\sor\sso\b|[-\s]odd\b)")
_ANOTHER = re.compile(r"(?<!\w)(?:another|(?:an?\s)?(?:additional|further))\s$", re.IGNORECASE)
_PREPOSITIONS = frozenset({"about", "above", "around", "below", "over", "under"})
"""Cues that are prepositions too: "have come under more than 20 attacks", "flew over 20 villages"."""
_GOVERNED = {
    "under": re.compile(r"\b(?:c[ao]m(?:e|es|ing)|put|placed|kept|held|buried|trapped)\s$", re.IGNORECASE),
    "over": (_MOVING := re.compile(r"\b(?:fl(?:y|ies|ew|own|ying)|(?:pass|hover|circl|cross|soar)(?:e?s|ed|ing)?)\s$", re.IGNORECASE)),
    "above": _MOVING,
}
"""The verbs that take such a cue as their preposition."""
_AFTER_CONCEPTS = {"least": "count-modifier/at-least", "most": "count-modifier/at-most", "about": "count-modifier/about"}


def find(text: str, modifiers: Mapping[str, str]) -> tuple[Found[Count], ...]:
    """Every number phrase of a text in order, disjoint, with its span and Count; `counted` is left open.

    `modifiers` maps cue phrases in lower case to concepts of the scheme count-modifier, as the ontology has them.

    >>> [f.value for f in find("At least 16 fighters died on 4 May.", {"at least": "count-modifier/at-least"})]
    [Count(minimum=16, maximum=None, modifier='count-modifier/at-least', words='At least 16', counted=None, total=None)]
    """
    masked = _without_dates(text)
    cues = _cues(tuple(sorted(modifiers.items())))
    found: list[Found[Count]] = []
    floor = 0
    for quantity in _of_totals(masked, _ranges(masked, quantities.quantities(masked))):
        modified = _modified(masked, quantity, cues, floor)
        floor = modified.span.end
        found.append(Found(modified.span, _count(text, modified)))
    return _with_memberships(text, found)


def _count(text: str, quantity: Quantity) -> Count:
    return Count(quantity.minimum, quantity.maximum, quantity.modifier, quantity.span.of(text), total=quantity.total)


def _without_dates(text: str) -> str:
    pieces, at = [], 0
    for found in dates.find(text, None):
        pieces += [text[at : found.span.start], "\0" * (found.span.end - found.span.start)]
        at = found.span.end
    return "".join([*pieces, text[at:]])


# -- several numbers in one phrase --------------------------------------------------------------------------------------------


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    joined: list[Quantity] = []
    for quantity in found:
        low = joined[-1] if joined else None
        if low and _makes_range(text, low, quantity):
            opening = _BETWEEN.search(text, max(0, low.span.start - _NEAR), low.span.start)
            start = opening.start() if opening else low.span.start
            joined[-1] = Quantity(Span(start, quantity.span.end), low.minimum, quantity.maximum, "count-modifier/between", low.digits)
        else:
            joined.append(quantity)
    return joined


def _makes_range(text: str, low: Quantity, high: Quantity) -> bool:
    if not (low.exact and high.exact and low.minimum is not None and high.maximum is not None and low.minimum < high.maximum):
        return False
    between = text[low.span.end : high.span.start]
    if _BETWEEN.search(text, max(0, low.span.start - _NEAR), low.span.start):
        return bool(_AND.fullmatch(between) or _RANGE.fullmatch(between))
    return bool(_RANGE.fullmatch(between)) and not _FROM.search(text, max(0, low.span.start - _NEAR), low.span.start)


def _of_totals(text: str, found: list[Quantity]) -> list[Quantity]:
    joined: list[Quantity] = []
    for quantity in found:
        part = joined[-1] if joined else None
        if (
            part
            and part.exact
            and quantity.exact
            and _OUT_OF.fullmatch(text[part.span.end : quantity.span.start])
            and _fits(part, quantity)
        ):
            joined[-1] = replace(part, span=Span(part.span.start, quantity.span.end), total=quantity.maximum)
        else:
            joined.append(quantity)
    return joined


def _fits(part: Quantity, whole: Quantity) -> bool:
    return part.maximum is not None and whole.maximum is not None and part.maximum <= whole.maximum


def _with_memberships(text: str, found: list[Found[Count]]) -> tuple[Found[Count], ...]:
    """The seats of a group in a "329-member" body are out of 329."""
    read = list(found)
    for at, (part, whole) in enumerate(pairwise(found)):
        between = text[part.span.end : whole.span.start]
        small = part.value.maximum is not None and whole.value.maximum is not None and part.value.maximum < whole.value.maximum
        if small and _MEMBERS.match(text, whole.span.end) and _WITHIN.fullmatch(between) and len(between.split()) <= _WITHIN_WORDS:
            read[at] = Found(part.span, replace(part.value, total=whole.value.maximum))
    return tuple(read)


# -- modifiers ----------------------------------------------------------------------------------------------------------------

_Cues = tuple[re.Pattern[str] | None, dict[str, str]]


@lru_cache(maxsize=16)
def _cues(modifiers: tuple[tuple[str, str], ...]) -> _Cues:
    if not modifiers:
        return None, {}
    phrases = "|".join(r"\s".join(map(re.escape, cue.split())) for cue, _ in sorted(modifiers, key=lambda m: -len(m[0])))
    return re.compile(rf"(?<![\w-])(?P<cue>{phrases})\s(?:an?\s|another\s|an\sadditional\s|the\s)?$", re.IGNORECASE), dict(modifiers)


def _modified(text: str, quantity: Quantity, cues: _Cues, floor: int) -> Quantity:
    pattern, concepts = cues
    for outer in (False, True):
        cue = pattern.search(text, max(floor, quantity.span.start - _NEAR), quantity.span.start) if pattern else None
        if cue is None or _is_preposition(cue, outer=outer):
            break
        concept = concepts[" ".join(cue["cue"].lower().split())]
        quantity = replace(quantities.bounded(quantity, concept), span=Span(cue.start(), quantity.span.end))
    after = _AFTER.match(text, quantity.span.end)
    if after and after.lastgroup and quantity.modifier == "count-modifier/exact":
        quantity = replace(quantities.bounded(quantity, _AFTER_CONCEPTS[after.lastgroup]), span=Span(quantity.span.start, after.end()))
    another = _ANOTHER.search(text, max(floor, quantity.span.start - _NEAR), quantity.span.start)
    return replace(quantity, span=Span(another.start(), quantity.span.end)) if another else quantity


def _is_preposition(cue: re.Match[str], *, outer: bool) -> bool:
    """Whether a cue governs the number as a preposition rather than bounding it: before another cue, or behind a verb that takes it."""
    word = cue["cue"].lower()
    if word not in _PREPOSITIONS:
        return False
    if outer:
        return True
    taken = _GOVERNED.get(word)
    return bool(taken and taken.search(cue.string, max(0, cue.start() - _NEAR), cue.start()))
