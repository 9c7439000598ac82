"""What looks like a date and is none: "Sunday school", "2000 fighters", "In October 22 people", "the Great March"."""

from __future__ import annotations

import re

from kg.values.dates import words as w

_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|by|of|from|to|between|and|during|before|after|through|for|early|mid|late|last|next|this|or)|[-–])\s?(?:the\s)?$",
    re.IGNORECASE,
)
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|during|before|after|through|throughout|between|and|years?|or|early|late|mid)\s\(?$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"(?:\b(?:the|a|this|that|its|their|his|her|our)|['’]s|s['’])\s$|\b(?:post|pre)-$", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?:^|[^.!?:;\n\"“”'’(\s][\"”'’)]?\s+)[A-Z][\w'’.-]*\s$")
_QUANTITY = re.compile(
    r"\b(?:about|around|some|nearly|almost|least|than|over|to|approximately|estimated|additional|another|only|all|most|up|just|roughly|"
    r"many as|with|of)\s$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\s(?:[a-z]+[a-rt-z]s|people|men|women|children|personnel|[a-z]+ (?:[a-z]+[a-rt-z]s|people|men|women|personnel))\b")
_VERBLIKE = re.compile(r"\s(?:was|is|has|as|its|his|this|across|says|does)\b")
_NAMED_BEFORE = re.compile(r"\b(?:Black|Good|Bloody|Ash|Palm|Easter|Super|Holy|Cyber|Maundy|Red|Giving)\s$")
_NAMED_AFTER = re.compile(
    r"(?:['’]s)?\s(?:school|schools|prayer|prayers|sermon|sermons|mosque|Prayers|School|Market|Times|Telegraph|Mirror|Mail|Post|Express|Herald|Mosque|Island)\b"
)
_LOWER_WORD = re.compile(r"\s[a-z]")


_COMPOUND = re.compile(r"-[a-z]")


def always(_match: re.Match[str]) -> bool:
    """Nothing speaks against it."""
    return True


def weekday(match: re.Match[str]) -> bool:
    """Not a name or custom called after a weekday."""
    return not _NAMED_AFTER.match(match.string, match.end()) and not _NAMED_BEFORE.search(_left(match))


def month_and_day(match: re.Match[str]) -> bool:
    """Not "In October 22 people ...": a month after "in" has no day, and a number follows it."""
    left = _left(match)
    if re.search(r"\b[Ii]n\s$", left) and _LOWER_WORD.match(match.string, match.end()):
        return False
    return not _NAMED_BEFORE.search(left) and not _abbreviation_without_gap(match)


def month_and_days(match: re.Match[str]) -> bool:
    """As for one day; "October 7 and 22 people" is refused, since the words would run on."""
    return month_and_day(match) and not _PLURAL.match(match.string, match.end())


def _abbreviation_without_gap(match: re.Match[str]) -> bool:
    return match["month"].isalpha() and match.string[match.end("month")].isdigit()


def bare_month(match: re.Match[str]) -> bool:
    """A month by itself; those that are names or verbs too need a word before them that dates have."""
    left = _left(match)
    if _NAMED_BEFORE.search(left) or _COMPOUND.match(match.string, match.end()):
        return False
    if match["part"] or match["month"].title() not in w.NAMES_TOO:
        return True
    if match["month"].isupper() and match["month"] != match["month"].title():
        return False
    following = re.match(r"\s[A-Z]", match.string[match.end() : match.end() + 2])
    return bool(_BEFORE_MONTH.search(left)) and not following


def bare_season(match: re.Match[str]) -> bool:
    """Not "in the fall of Mosul"."""
    return not re.match(r"\s(?:of|from)\b", match.string[match.end() : match.end() + 6])


def iso_month(match: re.Match[str]) -> bool:
    """Not "2011-12", which is two years."""
    return int(match["month"]) <= int(match["year"][2:])


def years(match: re.Match[str]) -> bool:
    """Years that follow each other."""
    last = match["last"]
    return int(match["year"]) < int(match["year"][:2] + last if len(last) == 2 else last)


def bare_year(match: re.Match[str]) -> bool:
    """A year by itself, not a quantity ("killed 2000 people") and not part of a name ("Expo 2020")."""
    left, text, end = _left(match), match.string, match.end()
    plural = _PLURAL.match(text, end) and not _VERBLIKE.match(text, end)
    if _DETERMINER.search(left):
        return not (plural and match["year"].endswith("000"))
    if plural and _QUANTITY.search(left):
        return False
    if _BEFORE_YEAR.search(left):
        return not (plural and match["year"].endswith("00"))
    return not plural and not _CAPITALISED.search(left)


def past_units(match: re.Match[str]) -> bool:
    """Not "last day": one unit alone is the row "this unit", or no date."""
    return bool(match["number"]) or match["unit"].lower() in ("hour", "decade")


def _left(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 40) : match.start()]
