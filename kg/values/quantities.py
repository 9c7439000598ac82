"""Single quantities in a text: digits, number words and vague amounts, without what merely looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from kg.model import Span
from kg.values import numerals

_S = "[ \u00a0\u202f\u2009]"
_DIGITS = rf"[0-9]{{1,3}}(?:(?:,[0-9]{{3}})+|(?:{_S}[0-9]{{3}})+)|[0-9]+"
_SCALE = rf"(?:{'|'.join(numerals.SCALES)})"
_OPENING = r"[0-9]|a\s|t(?:en|w[eo]|h[iro])|s(?:i|ev|co)|f(?:i|o)|on|hu|ha|th|do|mu|ni|ei|el|mi|bi|ze"
"""How number words begin: most words are passed over by it."""
_PATTERN = re.compile(
    rf"(?:(?<![\w.,:/#@$€£¥%+&=*'’\[–-])|(?<=[0-9][-–]))(?={_OPENING})(?:"
    rf"(?P<several>several|a\sfew)\s(?P<of>dozen|hundred|thousand|million)|"
    r"(?P<half>half\sa(?:\s|n\s)(?P<unit>dozen|hundred|thousand|million))|"
    r"(?P<vague>(?:tens|hundreds)\sof\s(?:thousands|millions)|dozens|hundreds|thousands|millions|several|multiple|a\sfew|"
    r"tens(?=\sof\b)|(?<!the\s)scores(?=\s(?:of|more|others|dead|died|killed|wounded|injured|hurt|missing|(?:were|have\sbeen)\s[a-z]+ed)\b)|"
    r"a\scouple(?=\sof\b|\smore\b|\s[a-z]+s\b)|a\spair(?=\sof\b)|a\shandful(?=\sof\b))|"
    rf"(?P<dozen>(?:(?P<times>{numerals.WORDS}|[0-9]{{1,2}}|a)\s)?dozen)|"
    rf"(?P<digits>(?P<number>{_DIGITS})(?P<fraction>\.[0-9]+)?(?:\s(?P<scale>{_SCALE}))?)|"
    rf"(?P<words>{numerals.WORDS})(?:\sand\sa\shalf\s(?P<half_scale>{_SCALE}))?)"
    r"(?![\w%°/\]’']|[.,:][0-9]|-[0-9]+-)",
    re.IGNORECASE,
)
_VAGUE = {
    "several": (3, "several"),
    "a few": (2, "several"),
    "a handful": (2, "several"),
    "multiple": (2, "multiple"),
    "tens": (20, "tens"),
    "dozens": (24, "dozens"),
    "scores": (40, "dozens"),
    "hundreds": (200, "hundreds"),
    "thousands": (2_000, "at-least"),
    "millions": (2_000_000, "at-least"),
    "tens of thousands": (20_000, "at-least"),
    "hundreds of thousands": (200_000, "hundreds"),
    "tens of millions": (20_000_000, "at-least"),
    "hundreds of millions": (200_000_000, "hundreds"),
}
_UNITS = {"dozen": 12, "hundred": 100, **numerals.SCALES}

EXACT = "count-modifier/exact"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number phrase before it is a Count; `digits` says that it is written in figures."""

    span: Span
    minimum: int | None
    maximum: int | None
    modifier: str
    digits: bool
    total: int | None = None

    @property
    def exact(self) -> bool:
        """True of one number, neither vague nor bounded."""
        return self.modifier == EXACT


def quantities(text: str) -> list[Quantity]:
    """Every single quantity of a text in order.

    >>> [(q.minimum, q.maximum) for q in quantities("Twenty-two drones, 1.5 million people and dozens of guns; 3.5 metres.")]
    [(22, 22), (1500000, 1500000), (24, None)]
    """
    return list(_read(text))


def bounded(quantity: Quantity, concept: str) -> Quantity:
    """The quantity under a modifier, a concept of the scheme count-modifier."""
    low, high = quantity.minimum, quantity.maximum
    if quantity.modifier not in _STATED:
        low = None if concept in _CAPPING else low
        return replace(quantity, minimum=low, modifier=concept if concept in _CAPPING else quantity.modifier)
    match concept.removeprefix("count-modifier/"):
        case "at-least":
            high = None
        case "more-than":
            low, high = None if low is None else low + 1, None
        case "at-most":
            low = None
        case "nearly" | "less-than":
            low, high = None, None if high is None else max(high - 1, 0)
    return replace(quantity, minimum=low, maximum=high, modifier=concept)


_STATED = frozenset({EXACT, "count-modifier/between", "count-modifier/about"})
_CAPPING = frozenset({"count-modifier/at-most", "count-modifier/less-than", "count-modifier/nearly"})


def _read(text: str) -> Iterator[Quantity]:
    for match in _PATTERN.finditer(text):
        quantity = _quantity(match)
        if quantity and not any(looks(match) for looks in _NOT_COUNTS):
            yield quantity


def _quantity(match: re.Match[str]) -> Quantity | None:
    span, lower = Span(*match.span()), " ".join(match[0].lower().split())
    if match["several"]:
        few = 3 if match["several"].lower() == "several" else 2
        return Quantity(span, few * _UNITS[match["of"].lower()], None, "count-modifier/several", False)
    if match["vague"]:
        if lower in ("a couple", "a pair"):
            return Quantity(span, 2, 2, "count-modifier/about" if lower == "a couple" else EXACT, False)
        least, name = _VAGUE[lower]
        return Quantity(span, least, None, f"count-modifier/{name}", False)
    number = _number(match)
    return None if number is None else Quantity(span, number, number, EXACT, bool(match["digits"]))


def _number(match: re.Match[str]) -> int | None:
    if match["half"]:
        return _UNITS[match["unit"].lower()] // 2
    if match["dozen"]:
        times = match["times"]
        return 12 * (1 if times in (None, "a", "A") else int(times) if times.isdigit() else numerals.value(times))
    if match["words"]:
        return (
            int((numerals.value(match["words"]) + Fraction(1, 2)) * _UNITS[match["half_scale"].lower()])
            if match["half_scale"]
            else numerals.value(match["words"])
        )
    exact = Fraction(re.sub(r"[^0-9]", "", match["number"]) + (match["fraction"] or "")) * (
        _UNITS[match["scale"].lower()] if match["scale"] else 1
    )
    return int(exact) if exact.denominator == 1 else None


# -- what is no count ---------------------------------------------------------------------------------------------------------

_AMOUNT = re.compile(
    r"(?:-|\s)?(?:%|per\s?cent|percent|percentage|pc\b|km|kms|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|(?:milli|centi)met(?:er|re)s?|mm|cm|kg|kilos?|kilograms?|tons?|tonnes?|feet|foot|inch(?:es)?|"
    r"degrees?|litres?|liters?|gallons?|hectares?|acres?|knots|mph|kph|k[wW]h?|MW|megawatts?|volts?|calib(?:er|re)|"
    r"(?:[A-Z][a-z]+\s)?(?:dollars?|euros?|pounds?|dinars?|rials?|riyals?|shekels?|lira)|cents|hours?|hrs?|minutes?|mins?|seconds|days?|nights?|weeks?|months?|years?|decades?|"
    r"centur(?:y|ies)|generations?|o['’]clock|[ap]\.?m\b\.?|GMT|UTC|local\stime|fold|way|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?|half\b|halves)\b",
    re.IGNORECASE,
)
_COMPOUND = re.compile(
    r"-(?:state|store?y|storied|floor|bed|room|point|party|stage|step|phase|page|part|sided|pronged|tier|star|lane|door|seater|wheel(?:ed|er)?|fifths|thirds|way)\b"
)
"""What is so many of something is one thing: "a five-point plan"."""
_IN_SO_MANY = re.compile(rf"\s(?:in|out\sof)\s(?:every\s)?(?:[0-9]+|{numerals.WORDS})\b", re.IGNORECASE)
_RATIO = re.compile(r"\b(?:one|1)\s(?:in|out\sof)\s(?:every\s)?$", re.IGNORECASE)
_DEADLINE = re.compile(r"\s(?:deadline|ultimatum|cut-?off|anniversary)\b")
_UNIT_OR_STREET = re.compile(r"\s(?:[A-Z][\w-]*\s)?(?:Brigade|Division|Battalion|Regiment|Squadron|Corps|Street|St|Avenue|Road|Square)\b")
_NAMED = re.compile(r"(?:\b[A-Za-z]+\s)?(?:(?:[A-Z]|[ae][a-z]-)[\w-]*\s){1,4}$")
_MADE = re.compile(
    r"\s(?:[a-z-]+\s)?(?:drones?|missiles?|rockets?|jets?|planes?|aircraft|warplanes?|airliners?|helicopters?|bombs?|launchers?|tanks?|UAVs?|mines?|rifles?|guns?|howitzers?|"
    r"mortars?|munitions?|vehicles?|carriers?)\b"
)
"""Things that bear the name and number of their make: "Shahed 136 drones"."""
_PLACING = frozenset({"in", "at", "of", "near", "from", "to", "for", "with", "by", "on", "against", "inside", "outside", "around", "over"})
_ORDINAL = re.compile(rf"(?:-|\s(?:and\s)?){numerals.ORDINAL}\b", re.IGNORECASE)
_DESIGNATOR = re.compile(
    r"\b(?:articles?|sections?|paragraphs?|chapters?|clauses?|pages?|figures?|tables?|parts?|phases?|stages?|levels?|rooms?|numbers?|nos?\.?|units?|brigades?|battalions?|"
    r"divisions?|regiments?|resolutions?|channels?|routes?|highways?|flights?|gates?|towers?|camps?|versions?|grades?|laws?|decrees?|orders?|acts?|annex|column|verse|line|aged|age|group\sof|top)\s$",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"(?:[^\s.!?:;\"“”'’(\0][\"”'’)]?\s+)[A-Z](?:[\w-]|['’](?!s\s))*\s$")
_THINGS = re.compile(
    r"[\s-](?:member|seat|strong|man)\b|\s(?:[a-z-]+s|people|men|women|children|personnel|[a-z-]+(?:ed|n)|(?:[A-Za-z-]+\s){1,2}(?:[a-z]+s|people|men|women|personnel|forces))\b"
)
_VERB = re.compile(r"\s(?:was|is|has|does|says|as|its|his|this)\b")
_LINE_NUMBER = re.compile(r"(?:^|\n)\s*$")
_PRONOUN_BEFORE = re.compile(
    r"\b(?:no|not|this|that|the|any|every|each|which|some|another|other|ground|day|only|if|for|by)\s$", re.IGNORECASE
)
_PRONOUN_AFTER = re.compile(
    r"(?:\s(?:another|day|time|point|must|can|may|might|should|would|could|has|is|was|of\sthe\s(?:most|[a-z]+est)|more\sthing|thing|by\sone|who|that)\b|-|[.,;:!?])",
    re.IGNORECASE,
)


def _left(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 40) : match.start()]


def _is_amount(match: re.Match[str]) -> bool:
    if re.search(r"(?:[$€£¥]|\b(?:USD|EUR|GBP|IQD))\s$", _left(match)):
        return True
    range_end = re.compile(r"(?:\s?[-–]\s?|\s(?:to|or|and)\s)[0-9a-z,.]+(?=[\s-])").match(match.string, match.end())
    return bool(_AMOUNT.match(match.string, match.end())) or bool(range_end and _AMOUNT.match(match.string, range_end.end()))


def _is_ordinal(match: re.Match[str]) -> bool:
    after = _ORDINAL.match(match.string, match.end())
    if after is None or match["words"] is None:
        return False
    last = re.split(r"[\s-]+", match["words"].lower())[-1]
    return after[0].startswith("-") or numerals.VALUES[last] >= 20


def _is_name(match: re.Match[str]) -> bool:
    left, text, end = _left(match), match.string, match.end()
    if match["vague"] or match["several"]:
        return False
    if _DESIGNATOR.search(left) or _is_make(match):
        return True
    things = _THINGS.match(text, end) and not _VERB.match(text, end)
    if match["digits"]:
        plain = match["number"].isdigit() and not match["scale"]
        return (
            plain
            and bool(re.search(r"\b[A-Z](?:[\w-]|['’](?!s\s))*\s$", left))
            and not things
            and bool(_CAPITALISED.search(left) or _VERB.match(text, end))
        )
    return match[0][0].isupper() and bool(_CAPITALISED.search(left))


def _is_make(match: re.Match[str]) -> bool:
    """The number of a model ("Boeing 737 jets"), a brigade ("45 Brigade") or a house ("10 Harbour Street")."""
    if not (match["digits"] and match["number"].isdigit()):
        return False
    if _UNIT_OR_STREET.match(match.string, match.end()):
        return True
    named = _NAMED.search(_left(match))
    return bool(named and _PLACING.isdisjoint(named[0].lower().split()) and _MADE.match(match.string, match.end()))


def _is_share(match: re.Match[str]) -> bool:
    """ "One in three", and what is put together with a hyphen, "a five-point plan"."""
    text, end = match.string, match.end()
    if _COMPOUND.match(text, end) or _RATIO.search(_left(match)):
        return True
    return match[0].lower() in ("one", "1") and bool(_IN_SO_MANY.match(text, end))


def _is_day(match: re.Match[str]) -> bool:
    """A day of a month that is not named: "ahead of the 31 deadline"."""
    return bool(match["digits"] and _DEADLINE.match(match.string, match.end()))


def _is_numbering(match: re.Match[str]) -> bool:
    text, end = match.string, match.end()
    if not match["digits"]:
        return False
    opens_line = _LINE_NUMBER.search(_left(match)) and re.match(r"[.)](?:\s|$)", text[end : end + 2])
    in_brackets = _left(match).endswith("(") and text[end : end + 1] == ")"
    age = re.search(r"[A-Z][\w'’-]*,\s$", _left(match)) and text[end : end + 1] == ","
    return bool(opens_line or in_brackets or age)


def _is_pronoun(match: re.Match[str]) -> bool:
    if not match["words"] or match["words"].lower() != "one":
        return False
    return bool(_PRONOUN_BEFORE.search(_left(match)) or _PRONOUN_AFTER.match(match.string, match.end()))


def _is_compound(match: re.Match[str]) -> bool:
    return bool(match["vague"]) and bool(
        re.match(r"(?:-|\s(?:rocket\slaunch|choice|times\b))", match.string[match.end() : match.end() + 20])
    )


_NOT_COUNTS = (_is_amount, _is_ordinal, _is_name, _is_numbering, _is_pronoun, _is_compound, _is_share, _is_day)
