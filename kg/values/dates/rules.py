"""The table of date expressions: each row what it stands near, a pattern, how it is read, its precision, and what it must not be.

A space in a pattern stands for any one white space.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.values.dates import guards
from kg.values.dates import readings as r
from kg.values.dates import words as w
from kg.values.dates.moments import Context

Reading = Callable[[re.Match[str], Context], str | None]
Guard = Callable[[re.Match[str]], bool]

NEAR = {
    "year": re.compile(r"(?:18|19|20)[0-9]{2}"),
    "month": re.compile("|".join(form for m in w.MONTHS for form in (m[:3], m[:3].upper()))),
    "season": re.compile(r"\b(?:[Ss]pring|SPRING|[Ss]ummer|SUMMER|[Aa]utumn|AUTUMN|[Ff]all|FALL|[Ww]inter|WINTER)"),
    "weekday": re.compile("|".join(form for d in w.WEEKDAYS for form in (d[:3], d[:3].upper()))),
    "unit": re.compile(r"\b(?:hour|day|week|weekend|night|fortnight|month|year|decade)s?\b"),
    "apart": re.compile(r"(?:hour|day|night|week|month|year|decade)s?\s(?:after|before|later|earlier|prior|since)\b"),
    "ago": re.compile(r"ago\b"),
    "feast": re.compile(r"New Year['’]s|Christmas|Muharram|Safar|Rabi|Jumada|Rajab|Sha['’]?ban|Ramadan|Shawwal|Dhu"),
    "day": re.compile(
        r"\b(?:[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Oo]vernight|anniversary|[Mm]orning|[Aa]fternoon|[Ee]vening|day|night)\b"
    ),
}
"""What must stand nearby before a row's pattern is tried at all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of expression; `precision` is what it has where no EDTF is known."""

    near: str
    pattern: re.Pattern[str]
    read: Reading
    precision: str = "precision/day"
    allowed: Guard = guards.always

    @property
    def undated(self) -> bool:
        """True of expressions that are counted from something else than the day of writing."""
        return self.read in (r.unknown, r.later, r.anniversary)


def _rule(near: str, pattern: str, read: Reading, precision: str = "day", allowed: Guard = guards.always) -> Rule:
    return Rule(near, re.compile(pattern.replace(" ", r"\s")), read, f"precision/{precision}", allowed)


_NO_DIGITS_BEFORE = r"(?<![\w.,:/$€£@#-])"
_NO_DIGITS_AFTER = r"(?![\w%/]|[.,:][0-9]|-[0-9])"
_NO_NUMBER_AFTER = r"(?![\w/]|[.,:][0-9])"
_DAY = rf"{_NO_DIGITS_BEFORE}{w.DAY}"
_OF_YEAR = rf"(?:,? (?:of )?{w.YEAR_MEANT})?"
_SOME_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_HOURS = (
    r"(?:(?i:(?:the )?(?:(?:late|early|first|last|opening|final|closing|small|wee|pre-?dawn|dawn|morning|evening|night|afternoon) ){1,2}hours of|"
    r"(?:the )?(?:(?:late|early) )?(?:night|evening|morning|afternoon|dawn) of) )?"
)
_WEEKDAY_BEFORE = rf"{_HOURS}(?:(?:{w.WEEKDAY}|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?),? (?:the )?)?"
_WEEK_OF = rf"\b[Ww]eek (?:of|beginning|starting)(?: on)? {_WEEKDAY_BEFORE}"
_NIGHT_BETWEEN = r"(?<!\w)(?:(?i:the night )?(?i:between|from) (?:the )?|(?i:the night of )(?:the )?)?"
_TO = rf"(?:{w.DASH}| (?:and|to|or) )"
_PART = rf"\b{w.PART}?"
_WHICH = r"(?P<which>(?i:last|this|next)) "
_EARLIER = r"(?P<part>(?i:earlier|later|early|late|mid))"
_DAYTIME = rf"(?: (?:(?:in the|at) )?{w.DAYTIME}\b)?"
_EARLY_OR_LATE = r"\b(?i:(?:early|late|earlier|later) (?:on )?)?"
_ROUGHLY = rf"\b(?:{w.ROUGHLY} |{w.BEYOND} )?"
_THIS = r"(?P<which>(?i:last|previous|this|the (?:current|coming)|next))"
_WHICH_DAY = r"(?P<which>(?i:last|this|next|(?:this )?(?:past|coming))) "
_NTH_OF = rf"\b(?:{w.NTH} {w.STRETCH} (?:of|in) |Q(?P<quarter>[1-4]) |H(?P<half>[12]) ){w.YEAR_MEANT}{_NO_NUMBER_AFTER}"

RULES: tuple[Rule, ...] = (
    # in figures
    _rule(
        "year",
        rf"{_NO_DIGITS_BEFORE}{w.YEAR}(?P<sep>[-/])(?P<month>[0-9]{{2}})(?P=sep)(?P<day>[0-9]{{2}})"
        r"(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![\w/-])",
        r.numeric,
    ),
    _rule("year", rf"{_NO_DIGITS_BEFORE}(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.{w.YEAR}(?![\w/-])", r.numeric),
    _rule("year", rf"{_NO_DIGITS_BEFORE}(?P<first>[0-9]{{1,2}})/(?P<second>[0-9]{{1,2}})/{w.YEAR}(?![\w/-])", r.slashed),
    _rule("year", rf"{_NO_DIGITS_BEFORE}{w.YEAR}-(?P<month>0[1-9]|1[0-2])(?![\w/-])", r.iso_month, "month", guards.iso_month),
    # days and months
    _rule("month", rf"{_NIGHT_BETWEEN}{_DAY}{_TO}{w.LAST_DAY} (?:of )?{w.ANY_MONTH}(?!\w){_OF_YEAR}{_NO_DIGITS_AFTER}", r.days, "range"),
    _rule(
        "month",
        rf"{_NIGHT_BETWEEN}\b{w.ANY_MONTH} ?{w.DAY}{_TO}{w.LAST_DAY}{_OF_YEAR}{_NO_DIGITS_AFTER}",
        r.days,
        "range",
        guards.month_and_days,
    ),
    _rule(
        "month",
        rf"{_NO_DIGITS_BEFORE}{w.DAY}(?:, {_SOME_DAY})+,? (?:and|or) {w.LAST_DAY} (?:of )?{w.ANY_MONTH}(?!\w){_OF_YEAR}{_NO_DIGITS_AFTER}",
        r.days,
        "range",
    ),
    _rule(
        "month",
        rf"\b{w.ANY_MONTH} {w.DAY}(?:, {_SOME_DAY})+,? (?:and|or) {w.LAST_DAY}{_OF_YEAR}{_NO_DIGITS_AFTER}",
        r.days,
        "range",
        guards.month_and_days,
    ),
    _rule("month", rf"(?<!\w){_WEEKDAY_BEFORE}{_DAY} (?:of )?{w.ANY_MONTH}(?!\w){_OF_YEAR}{_NO_NUMBER_AFTER}", r.day),
    _rule("month", rf"{_NO_DIGITS_BEFORE}{w.DAY}-{w.ANY_MONTH}-{w.YEAR}{_NO_DIGITS_AFTER}", r.day),
    _rule("month", rf"{_WEEK_OF}{w.DAY} (?:of )?{w.ANY_MONTH}(?!\w){_OF_YEAR}{_NO_NUMBER_AFTER}", r.week_of, "range"),
    _rule("month", rf"{_WEEK_OF}{w.ANY_MONTH} {w.DAY}{_OF_YEAR}{_NO_DIGITS_AFTER}", r.week_of, "range"),
    _rule("month", rf"\b{w.NTH} {w.STRETCH} (?:of|in) {w.MONTH}{_OF_YEAR}{_NO_NUMBER_AFTER}", r.nth_of_month, "range"),
    _rule(
        "month", rf"\b{_WEEKDAY_BEFORE}{w.ANY_MONTH} ?{w.DAY}(?:,? {w.YEAR_MEANT})?{_NO_DIGITS_AFTER}", r.day, allowed=guards.month_and_day
    ),
    _rule("month", rf"{_PART}{w.ANY_MONTH},? (?:of )?{w.YEAR_MEANT}{_NO_NUMBER_AFTER}", r.month, "month"),
    _rule("month", rf"\b(?:{_EARLIER}[ -])?{_WHICH}{w.MONTH}\b", r.which_month, "month"),
    _rule("month", rf"{_PART}{w.MONTH}\b", r.month, "month", guards.bare_month),
    # seasons
    _rule("season", rf"{_PART}{w.SEASON},? (?:of )?{w.YEAR_MEANT}(?:[-/–][0-9]{{2,4}})?{_NO_NUMBER_AFTER}", r.season, "season"),
    _rule("season", rf"\b(?:{_EARLIER} )?{_WHICH}{w.SEASON}\b", r.season, "season"),
    _rule(
        "season",
        rf"(?:(?<=\b[Ii]n )|(?<=\b[Ii]n the )|(?<=\b[Ss]ince )|(?<=\b[Ss]ince the )){w.PART}?{w.SEASON}\b",
        r.season,
        "season",
        guards.bare_season,
    ),
    # years
    _rule(
        "year",
        rf"{_NO_DIGITS_BEFORE}{w.YEAR}{w.DASH_OR_SLASH}(?P<last>(?:18|19|20)?[0-9]{{2}})(?![\w/-]|[.,][0-9])",
        r.years,
        "range",
        guards.years,
    ),
    _rule("year", rf"{_PART.removesuffix('?')}{w.YEAR}{_NO_NUMBER_AFTER}", r.year, "year"),
    _rule("year", rf"(?:{_NO_DIGITS_BEFORE}|(?<=\bpost-)|(?<=\bpre-)){w.YEAR}(?![\w/%-]|[.,:][0-9])", r.year, "year", guards.bare_year),
    _rule("year", _NTH_OF, r.nth_of_year, "range"),
    _rule("unit", _NTH_OF, r.nth_of_year, "range"),
    _rule("year", rf"{_PART}(?P<decade>(?:18|19|20)[0-9])0['’]?s\b", r.decade, "range"),
    # counted from the day of writing
    _rule(
        "weekday", rf"{_EARLY_OR_LATE}{w.WEEKDAY}{_DAYTIME} (?:of )?(?:the )?(?P<which>last|this|next|previous) week\b", r.weekday_of_week
    ),
    _rule("weekday", rf"{_EARLY_OR_LATE}{_HOURS}(?:{_WHICH_DAY})?{w.WEEKDAY}\b{_DAYTIME}", r.weekday, allowed=guards.weekday),
    _rule("weekday", rf"\b[Oo]vernight (?:on |(?P<into>into |to ))?{w.WEEKDAY}\b", r.overnight_on, "range", guards.weekday),
    _rule(
        "day",
        rf"{_EARLY_OR_LATE}(?P<before>(?i:the day before ))?"
        rf"(?P<near>(?i:yesterday|today|tomorrow|tonight|this (?:morning|afternoon|evening))){_DAYTIME}\b",
        r.near,
    ),
    _rule("day", r"\b(?i:overnight(?! (?:between|from)\b)|last night)\b", r.overnight, "range"),
    _rule("feast", rf"\b(?P<feast>New Year|Christmas)(?:['’]s)? (?P<eve>(?i:day|eve))\b(?:,? (?:of )?{w.YEAR_MEANT})?", r.holiday),
    _rule("feast", rf"{_DAY} (?:of )?{w.HIJRI}(?: 1[34][0-9]{{2}})?\b", r.unknown),
    _rule("unit", rf"\b(?:{_EARLIER}[ -])?{_THIS} (?P<unit>week|month|year|weekend)\b(?![-'’])", r.this, "range"),
    _rule(
        "unit",
        rf"\b(?P<part>{w.OF}) (?P<which>(?i:the (?:current|coming)|last|this|next|the)) (?P<unit>week|month|year)\b",
        r.this,
        "range",
    ),
    _rule("unit", r"\b(?P<part>(?i:earlier|early|late|later)) in the (?P<which>)(?P<unit>week)\b", r.this, "range"),
    _rule("unit", r"\b(?P<ending>(?i:year|month))(?:['’]s end|[- ]end)\b", r.year_end, "range"),
    _rule("unit", r"\b(?i:end of) (?P<ending>year|month)\b", r.year_end, "range"),
    _rule("unit", r"\b(?<=\bthe )(?P<unit>weekend)\b(?! of\b)", r.weekend, "range"),
    _rule("ago", rf"{_ROUGHLY}{w.NUMBER} {w.UNIT} ago\b", r.ago, "range"),
    _rule("ago", rf"\b{w.NUMBER} {w.UNIT} ago (?:today|to the day)\b", r.years_ago_today),
    _rule("ago", rf"{_ROUGHLY}{w.NUMBER} {w.UNIT} and a half ago\b", r.half_ago, "range"),
    _rule("ago", rf"{_ROUGHLY}[Hh]alf an? (?P<number>){w.UNIT} ago\b", r.half_ago, "range"),
    _rule("ago", rf"{_ROUGHLY}{w.NUMBER} and a half {w.UNIT} ago\b", r.half_ago, "range"),
    _rule("unit", r"(?<=\b[Tt]he )(?i:past) (?P<number>)(?P<unit>week|month|year)\b(?![-'’])", r.past, "range"),
    _rule("unit", rf"\b(?i:past|last|previous) (?:{w.NUMBER} )?{w.UNIT}\b", r.past, "range", guards.past_units),
    # counted from something else
    _rule("apart", rf"{_ROUGHLY}{w.NUMBER} {w.UNIT} (?P<side>later|earlier)\b", r.later, "range"),
    _rule("apart", rf"{_ROUGHLY}{w.NUMBER} {w.UNIT} (?:after|before|later|earlier|prior to|since)\b", r.unknown, "range"),
    _rule(
        "unit",
        r"\b(?i:(?:that|the (?:same|following|next|previous|preceding)) (?:week|weekend|month|year)|"
        r"(?:earlier|later|early|late) in the (?:month|year))\b(?![-'’])",
        r.unknown,
        "range",
    ),
    _rule("ago", rf"\b{w.UNIT} ago\b", r.unknown, "range"),
    _rule("unit", r"\b(?i:recent|coming|following) (?:days|weeks|months|years)\b", r.unknown, "range"),
    _rule("day", r"\b(?i:the day (?P<side>before|after))(?=[,.;:!?\n]|$)", r.later),
    _rule("unit", r"\b(?i:days|weeks|months|years|the day) (?:after|before|later|earlier)\b", r.unknown, "range"),
    _rule("day", r"\b(?:(?P<nth>(?i:first|second|third|[a-z]+th)|[0-9]+(?:st|nd|rd|th)) )?anniversary\b", r.anniversary),
    _rule("day", r"\b(?i:the (?P<side>next|following|previous)) (?:day|night|evening|morning|afternoon)\b", r.later),
    _rule(
        "day",
        r"\b(?:(?i:earlier|later) (?:in the|on the same|that|the same) day|"
        r"(?i:(?:the )?same) (?:day|night|evening|morning)|that (?:same )?(?:day|night|evening|morning))\b",
        r.same_day,
    ),
)
