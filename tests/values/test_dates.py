"""Date expressions in sentences of our own, read on a day of writing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import dates
from kg.values.dates.words import MONTHS, WEEKDAYS
from kg.values.edtf import precision_of, span_of

FRIDAY = date(2024, 1, 5)
SATURDAY = date(2024, 8, 3)
DECEMBER = date(2021, 12, 10)

Row = tuple[str, str | None]

READ: list[tuple[date, str, list[Row]]] = [
    # stated in full
    (FRIDAY, "The general died on 3 January 2020.", [("3 January 2020", "2020-01-03")]),
    (FRIDAY, "On Friday, January 3, 2020, he died.", [("Friday, January 3, 2020", "2020-01-03")]),
    (FRIDAY, "He died on the 3rd of January, 2020.", [("3rd of January, 2020", "2020-01-03")]),
    (FRIDAY, "Posted 2023-10-30T20:08:00Z, seen 30.10.2023 and 31/10/2023.",
     [("2023-10-30T20:08:00Z", "2023-10-30"), ("30.10.2023", "2023-10-30"), ("31/10/2023", "2023-10-31")]),
    (FRIDAY, "The form says 05/06/2023.", [("05/06/2023", None)]),
    (FRIDAY, "The group arose in October 2023, or Nov. 2023.", [("October 2023", "2023-10"), ("Nov. 2023", "2023-11")]),
    (FRIDAY, "The party won in July 2006.", [("July 2006", "2006-07")]),
    (FRIDAY, "The war of 2003 and the 2014-2017 campaign ended.", [("2003", "2003"), ("2014-2017", "2014/2017")]),
    (FRIDAY, "It lasted 2011-12.", [("2011-12", "2011/2012")]),
    (FRIDAY, "The 2020 resolution cites Iraq's 2005 constitution and post-2003 laws.",
     [("2020", "2020"), ("2005", "2005"), ("2003", "2003")]),
    (FRIDAY, "Troops came in the 1990s.", [("1990s", "199X")]),
    (SATURDAY, "In spring 2024 and the spring of 2020 it was calm.", [("spring 2024", "2024-21"), ("spring of 2020", "2020-21")]),
    (SATURDAY, "It began in late 2023, early 2020, mid-2021 or the first half of 2022.",
     [("late 2023", "2023-10/2023-12"), ("early 2020", "2020-01/2020-03"), ("mid-2021", "2021-05/2021-08"), ("first half of 2022",
     "2022-01/2022-06")]),
    # the year from the day of writing
    (FRIDAY, "They defended the January 4 strike and that of Jan. 3.", [("January 4", "2024-01-04"), ("Jan. 3", "2024-01-03")]),
    (FRIDAY, "It fell on January 6 and on 31 December.", [("January 6", "2023-01-06"), ("31 December", "2023-12-31")]),
    (DECEMBER, "He left office in January; in July they agreed; in December it ends.",
     [("January", "2021-01"), ("July", "2021-07"), ("December", "2021-12")]),
    (date(2024, 2, 8), "The base burned in mid-October and late October.",
     [("mid-October", "2023-10-15~"), ("late October", "2023-10-21/2023-10-31")]),
    (date(2023, 3, 1), "They met on 29 February.", [("29 February", "2020-02-29")]),
    (date(2024, 2, 8), "Shells fell last October and will fall next January.", [("last October", "2023-10"), ("next January", "2025-01")]),
    # weekdays and days near the day of writing
    (FRIDAY, "On Thursday it struck; on Friday they spoke.", [("Thursday", "2024-01-04"), ("Friday", "2024-01-05")]),
    (FRIDAY, "Last Friday and Saturday night were calm.", [("Last Friday", "2023-12-29"), ("Saturday night", "2023-12-30")]),
    (FRIDAY, "Late on Monday and early Tuesday morning guns were heard.",
     [("Late on Monday", "2024-01-01"), ("early Tuesday morning", "2024-01-02")]),
    (FRIDAY, "Thursday's strike, Wednesday’s vote.", [("Thursday", "2024-01-04"), ("Wednesday", "2024-01-03")]),
    (FRIDAY, "They met on Tuesday last week.", [("Tuesday last week", "2023-12-26")]),
    (FRIDAY, "Today, yesterday, tomorrow and this morning.",
     [("Today", "2024-01-05"), ("yesterday", "2024-01-04"), ("tomorrow", "2024-01-06"), ("this morning", "2024-01-05")]),
    (FRIDAY, "The day before yesterday and overnight.",
     [("The day before yesterday", "2024-01-03"), ("overnight", "2024-01-04/2024-01-05")]),
    (FRIDAY, "On Tuesday he spoke; earlier in the day he prayed.", [("Tuesday", "2024-01-02"), ("earlier in the day", "2024-01-02")]),
    (FRIDAY, "Earlier in the day he prayed.", [("Earlier in the day", None)]),
    (FRIDAY, "On 3 January 2020 he died; earlier in the day he slept.", [("3 January 2020", "2020-01-03"), ("earlier in the day", None)]),
    # units counted back
    (date(2023, 10, 30), "It began 22 days ago, two weeks ago or three months ago.",
     [("22 days ago", "2023-10-08"), ("two weeks ago", "2023-10-16~"), ("three months ago", "2023-07~")]),
    (SATURDAY, "A decade ago, four years ago and nearly two years ago.",
     [("A decade ago", "2014~"), ("four years ago", "2020~"), ("nearly two years ago", "2022~")]),
    (SATURDAY, "More than a decade ago they came.", [("More than a decade ago", "../2014")]),
    (SATURDAY, "Several days ago, a few weeks ago, months ago.",
     [("Several days ago", None), ("a few weeks ago", None), ("months ago", None)]),
    (date(2024, 2, 8), "Last month, late last month, earlier this month, later this month.",
     [("Last month", "2024-01"), ("late last month", "2024-01-21/2024-01-31"), ("earlier this month", "2024-02-01/2024-02-08"),
      ("later this month", "2024-02-08/2024-02-29")]),
    (SATURDAY, "Last year, earlier this year, next year, this spring, last winter, next autumn.",
     [("Last year", "2023"), ("earlier this year", "2024-01-01/2024-08-03"), ("next year", "2025"), ("this spring", "2024-21"),
      ("last winter", "2023-24"), ("next autumn", "2024-23")]),
    (FRIDAY, "Last week and over the weekend.", [("Last week", "2023-12-25/2023-12-31"), ("weekend", "2023-12-30/2023-12-31")]),
    (FRIDAY, "In the past two weeks and the last 24 hours.",
     [("past two weeks", "2023-12-22/2024-01-05"), ("last 24 hours", "2024-01-04/2024-01-05")]),
    (DECEMBER, "In recent months nothing moved.", [("recent months", None)]),
    # opened, closed and paired
    (date(2024, 2, 8), "Attacks go on since mid-October.", [("since mid-October", "2023-10-15~/..")]),
    (FRIDAY, "Since October, and since Friday night, they fire.",
     [("Since October", "2023-10/.."), ("since Friday night", "2024-01-05/..")]),
    (FRIDAY, "Calm has held since the spring of 2020.", [("since the spring of 2020", "2020-21/..")]),
    (FRIDAY, "Since the 2003 invasion and since Thursday's strike.", [("2003", "2003"), ("Thursday", "2024-01-04")]),
    (DECEMBER, "They stayed until 2019 and left before Thursday.", [("until 2019", "../2019"), ("before Thursday", "../2021-12-08")]),
    (DECEMBER, "They must go by the end of 2021, or by the end of the current year.",
     [("by the end of 2021", "../2021"), ("by the end of the current year", "../2021")]),
    (DECEMBER, "After the end of December they are foes.", [("After the end of December", "2022-01/..")]),
    (DECEMBER, "None may stay beyond the end of December.", [("beyond the end of December", "2022-01/..")]),
    (DECEMBER, "At the end of December they left.", [("end of December", "2020-12-21/2020-12-31")]),
    (DECEMBER, "After 2003 and before January 3, 2020.", [("After 2003", "2004/.."), ("before January 3, 2020", "../2020-01-02")]),
    (DECEMBER, "It ran from 2003 to 2011 and between 2014 and 2017.",
     [("from 2003 to 2011", "2003/2011"), ("between 2014 and 2017", "2014/2017")]),
    (date(2023, 10, 30), "In the night between 28 and 29 October it burned.",
     [("the night between 28 and 29 October", "2023-10-28/2023-10-29")]),
    (date(2023, 10, 30), "It burned between 28 and 29 October.", [("between 28 and 29 October", "2023-10-28/2023-10-29")]),
    (date(2023, 10, 30), "Raids on 28 and 29 October, on October 21-23.",
     [("28 and 29 October", "2023-10-28/2023-10-29"), ("October 21-23", "2023-10-21/2023-10-23")]),
    (SATURDAY, "From 28 October to 3 November 2022 it rained.", [("From 28 October to 3 November 2022", "2022-10-28/2022-11-03")]),
    (SATURDAY, "From 28 December 2022 to 3 January it rained.", [("From 28 December 2022 to 3 January", "2022-12-28/2023-01-03")]),
    (SATURDAY, "From 28 October to 3 January 2023 it rained.", [("From 28 October to 3 January 2023", "2022-10-28/2023-01-03")]),
    (date(2024, 3, 1), "From October to January it rained.", [("From October to January", "2023-10/2024-01")]),
    (SATURDAY, "From Friday to Sunday it rained.", [("From Friday to Sunday", "2024-07-26/2024-07-28")]),
    (SATURDAY, "January-March 2020 was wet.", [("January-March 2020", "2020-01/2020-03")]),
    # looking ahead
    (FRIDAY, "The envoys will meet on Sunday.", [("Sunday", "2024-01-07")]),
    (FRIDAY, "On Sunday the envoys will meet.", [("Sunday", "2024-01-07")]),
    (FRIDAY, "He said on Thursday that they will meet.", [("Thursday", "2024-01-04")]),
    (FRIDAY, "They will leave, he said on Thursday.", [("Thursday", "2024-01-04")]),
    (FRIDAY, "Talks are due next Friday.", [("next Friday", "2024-01-12")]),
    (SATURDAY, "The last troops are to leave by September.", [("by September", "../2024-09")]),
    (SATURDAY, "The troops had left by September.", [("by September", "../2023-09")]),
    (FRIDAY, "The envoy who will lead the talks said on Thursday that all is well.", [("Thursday", "2024-01-04")]),
    (SATURDAY, "The last troops will leave by March.", [("by March", "../2025-03")]),
    (FRIDAY, "Envoys urged the troops to leave by March.", [("by March", "../2024-03")]),
    (FRIDAY, "The troops must go by Sunday.", [("by Sunday", "../2024-01-07")]),
    (FRIDAY, "Mediators gave both sides until Monday.", [("until Monday", "../2024-01-08")]),
    (DECEMBER, "They met ahead of the December 31 deadline.", [("December 31", "2021-12-31")]),
    (FRIDAY, "The December 31 deadline passed without a deal.", [("December 31", "2023-12-31")]),
    (DECEMBER, "A deadline of 31 December was set.", [("31 December", "2021-12-31")]),
    (FRIDAY, "He comes this coming Monday; he came this past Monday.",
     [("this coming Monday", "2024-01-08"), ("this past Monday", "2024-01-01")]),
    # nights and hours
    (FRIDAY, "It burned in the late hours of Wednesday and the early hours of Thursday morning.",
     [("the late hours of Wednesday", "2024-01-03"), ("the early hours of Thursday morning", "2024-01-04")]),
    (FRIDAY, "It burned on the night of 7 November and on the evening of November 9, 2023.",
     [("the night of 7 November", "2023-11-07"), ("the evening of November 9, 2023", "2023-11-09")]),
    (FRIDAY, "It burned overnight between Tuesday and Wednesday.", [("overnight between Tuesday and Wednesday", "2024-01-02/2024-01-03")]),
    (FRIDAY, "It burned at midnight between Tuesday and Wednesday.", [("midnight between Tuesday and Wednesday", "2024-01-02/2024-01-03")]),
    (FRIDAY, "Raids went on overnight on Monday, and overnight into Thursday.",
     [("overnight on Monday", "2024-01-01/2024-01-02"), ("overnight into Thursday", "2024-01-03/2024-01-04")]),
    (FRIDAY, "Raids went on overnight Friday.", [("overnight Friday", "2024-01-04/2024-01-05")]),
    # parts and rows
    (SATURDAY, "In the last week of January and the first days of July.",
     [("last week of January", "2024-01-25/2024-01-31"), ("first days of July", "2024-07-01/2024-07-10")]),
    (SATURDAY, "On the last Friday of June, in the final days of 2023 and the third quarter of 2022.",
     [("last Friday of June", "2024-06-28"), ("final days of 2023", "2023-12-21/2023-12-31"),
      ("third quarter of 2022", "2022-07/2022-09")]),
    (SATURDAY, "In Q2 2023, the first quarter of last year and the final weeks of this year.",
     [("Q2 2023", "2023-04/2023-06"), ("first quarter of last year", "2023-01/2023-03"), ("final weeks of this year", "2024-12")]),
    (SATURDAY, "In the first week of September.", [("first week of September", "2023-09-01/2023-09-07")]),
    (SATURDAY, "Raids on October 17, 18 and 19 and on 2, 3 and 5 May 2023.",
     [("October 17, 18 and 19", "2023-10-17/2023-10-19"), ("2, 3 and 5 May 2023", "2023-05-02/2023-05-05")]),
    (SATURDAY, "In the week of July 8 it rained.", [("week of July 8", "2024-07-08/2024-07-14")]),
    (SATURDAY, "It rained in October last year, on 7 October last year and in the summer of last year.",
     [("October last year", "2023-10"), ("7 October last year", "2023-10-07"), ("summer of last year", "2023-22")]),
    (SATURDAY, "In the early 2000s and the late 1990s, on 5-Feb-2024.",
     [("early 2000s", "2000/2003"), ("late 1990s", "1997/1999"), ("5-Feb-2024", "2024-02-05")]),
    (SATURDAY, "On New Year’s Eve and Christmas Day.", [("New Year’s Eve", "2023-12-31"), ("Christmas Day", "2023-12-25")]),
    (DECEMBER, "They go by year’s end, or before year-end.", [("by year’s end", "../2021"), ("before year-end", "../2021")]),
    (SATURDAY, "It came half a year ago, a year and a half ago and two and a half decades ago.",
     [("half a year ago", "2024-02~"), ("a year and a half ago", "2023-02~"), ("two and a half decades ago", "1999~")]),
    (SATURDAY, "It fell a year ago today; the past year was dry.", [("a year ago today", "2023-08-03"), ("past year", "2023/2024-08-03")]),
    (SATURDAY, "Fire has come since at least October, since about 2014, and from mid-June onwards.",
     [("since at least October", "2023-10/.."), ("since about 2014", "2014~/.."), ("from mid-June onwards", "2024-06-15~/..")]),
    (date(2024, 1, 8), "Guns were heard this weekend.", [("this weekend", "2024-01-06/2024-01-07")]),
    (SATURDAY, "Earlier in the week it rained; earlier in the month too.",
     [("Earlier in the week", "2024-07-29/2024-08-03"), ("earlier in the month", None)]),
    (SATURDAY, "It fell the previous month, the following year, on 29 Rajab 1445.",
     [("the previous month", None), ("the following year", None), ("29 Rajab 1445", None)]),
    # counted from the date just before
    (SATURDAY, "On 3 January 2020 the convoy burned; five days later rockets fell.",
     [("3 January 2020", "2020-01-03"), ("five days later", "2020-01-08")]),
    (SATURDAY, "On Tuesday a base burned. The following day, two more did.",
     [("Tuesday", "2024-07-30"), ("The following day", "2024-07-31")]),
    (SATURDAY, "He spoke on Thursday. A day earlier, a base had burned.",
     [("Thursday", "2024-08-01"), ("A day earlier", "2024-07-31")]),
    (SATURDAY, "He spoke on Thursday. Five days later he rests.", [("Thursday", "2024-08-01"), ("Five days later", None)]),
    (SATURDAY, "He spoke on Thursday.\nTwo days earlier a base had burned.",
     [("Thursday", "2024-08-01"), ("Two days earlier", None)]),
    (SATURDAY, "He spoke on Thursday. Two days after the vote they met.", [("Thursday", "2024-08-01"), ("Two days after", None)]),
    (FRIDAY, "She was killed on January 7, 2019. On the fifth anniversary of her death they march.",
     [("January 7, 2019", "2019-01-07"), ("fifth anniversary", "2024-01-07")]),
    (FRIDAY, "She was killed on June 7, 2019. On the fifth anniversary of her death they marched.",
     [("June 7, 2019", "2019-06-07"), ("fifth anniversary", None)]),
    # counted from something else
    (FRIDAY, "It came nearly four years after the killing.", [("nearly four years after", None)]),
    (FRIDAY, "Two days later, and a few days earlier, it fell.", [("Two days later", None), ("a few days earlier", None)]),
    (FRIDAY, "On the fourth anniversary of his death bombs went off.", [("fourth anniversary", None)]),
    (FRIDAY, "On the following day it rained.", [("the following day", None)]),
]  # fmt: skip

NO_DATES = [
    "They may march, and in a second or two they may spring on an august company.",
    "The Sunday school, the Sunday Times, Friday prayers and Black Friday.",
    "April Haddad and June Saleh met Theresa May.",
    "About 2000 troops killed 1950 men with 2003 shells.",
    "Tower 22, Expo 2020, Resolution 2042 and an F-16.",
    "He served three years; for ten days they fought, for a month they slept.",
    "The ratio was 3/4 and 24/7 service ran on 10.5 volts at 10:30.",
    "The marching season; a maybe; the decembrist; mondays.",
    "It may be the fall of Mosul.",
    "May God have mercy. March on!",
    "The force grew to 1950 men and shrank by 2000 men.",
    "They mourned in the fall of Mosul, on the last day of the war.",
]


@pytest.mark.parametrize(("anchor", "sentence", "rows"), READ, ids=[sentence for _, sentence, _ in READ])
def test_date_expressions_mean_their_days(anchor: date, sentence: str, rows: list[Row]) -> None:
    assert [(f.value.words, f.value.edtf) for f in dates.find(sentence, anchor)] == rows


@pytest.mark.parametrize("sentence", NO_DATES)
def test_what_only_looks_like_a_date_is_none(sentence: str) -> None:
    assert [f.value.words for f in dates.find(sentence, FRIDAY)] == []


UNDATED = [
    ("On Thursday evening it burned.", "Thursday evening", None, "day"),
    ("It burned last month.", "last month", None, "month"),
    ("It burned four years ago.", "four years ago", None, "year"),
    ("It burned last week.", "last week", None, "range"),
    ("It burns since Friday.", "since Friday", None, "after"),
    ("It burned this spring.", "this spring", "XXXX-21", "season"),
    ("The January 4 strike.", "January 4", "XXXX-01-04", "day"),
    ("It burned in July.", "July", "XXXX-07", "month"),
    ("It burns since mid-October.", "since mid-October", "XXXX-10-15~/..", "after"),
    ("It burned on 28 and 29 October.", "28 and 29 October", "XXXX-10-28/XXXX-10-29", "range"),
]


@pytest.mark.parametrize(("sentence", "words", "edtf", "precision"), UNDATED, ids=[row[0] for row in UNDATED])
def test_an_undated_article_keeps_words_and_precision_and_invents_no_day(
    sentence: str, words: str, edtf: str | None, precision: str
) -> None:
    [found] = dates.find(sentence, None)
    span = found.value
    assert (span.words, span.edtf, span.precision) == (words, edtf, f"precision/{precision}")
    assert (span.earliest, span.latest, span.anchor) == (None, None, None)


def test_the_anchor_is_kept_only_where_it_was_counted_from() -> None:
    stated, counted, elsewhere = (f.value for f in dates.find("In 2014, on Thursday, two years after the vote.", FRIDAY))
    assert (stated.anchor, counted.anchor, elsewhere.anchor) == (None, FRIDAY, None)


def test_no_day_is_taken_from_a_date_that_is_none() -> None:
    [found] = dates.find("He signed on 30 February 2020.", FRIDAY)
    assert (found.value.edtf, found.value.earliest) == (None, None)


@pytest.mark.parametrize("anchor", [date.min, date.max])
@pytest.mark.parametrize(
    "sentence", ["Before last year.", "At the end of December.", "In the past week.", "After tomorrow.", "Next month."]
)
def test_near_the_ends_of_the_calendar_nothing_is_counted(anchor: date, sentence: str) -> None:
    [found] = dates.find(sentence, anchor)
    assert (found.value.earliest, found.value.latest, found.value.anchor) == (None, None, None)


def test_an_age_before_the_calendar_has_no_days() -> None:
    for words in ("before two thousand twenty-three years ago", "before nine million years ago"):
        [found] = dates.find(f"It stood {words}.", FRIDAY)
        assert (found.value.words, found.value.edtf) == (words, None)


def _formats(day: date) -> list[str]:
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    ordinal = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in (11, 12, 13) else 0, "th")
    short = month if month == "May" else f"{month[:3]}."
    return [
        day.isoformat(), f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{weekday}, {month} {day.day}, {day.year}",
        f"{weekday} {day.day} {month} {day.year}", f"{day.day}{ordinal} of {month} {day.year}", f"{month.upper()} {day.day}, {day.year}",
        f"{short} {day.day}, {day.year}", f"{day.day} {short} {day.year}", f"{day:%d.%m.%Y}", f"{month} {day.day}{ordinal}, {day.year}",
        f"{day.year}-{day.month:02}-{day.day:02}T09:30:00+03:00",
    ]  # fmt: skip


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@given(DAYS, st.integers(0, 11), DAYS | st.none())
def test_every_day_comes_back_in_whatever_format(day: date, form: int, anchor: date | None) -> None:
    words = _formats(day)[form]
    [found] = dates.find(f"The envoy came on {words}, and left.", anchor)
    assert (found.value.words, found.value.edtf, found.value.precision) == (words, day.isoformat(), "precision/day")
    assert (found.value.earliest, found.value.latest, found.value.anchor) == (day, day, None)


@given(DAYS, st.integers(0, 364))
def test_a_day_without_its_year_is_the_nearest_past_one(anchor: date, back: int) -> None:
    day = anchor - timedelta(days=back)
    [found] = dates.find(f"The envoy came on {day.day} {MONTHS[day.month - 1]}.", anchor)
    assert found.value.edtf is not None
    read = date.fromisoformat(found.value.edtf)
    assert read <= anchor
    assert (read.month, read.day) == (day.month, day.day)
    assert read == day or (day.month, day.day) == (2, 29)


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_the_nearest_past_one(anchor: date, back: int) -> None:
    day = anchor - timedelta(days=back)
    [found] = dates.find(f"The envoy came on {WEEKDAYS[day.weekday()]}.", anchor)
    assert found.value.edtf == day.isoformat()


PIECES = st.sampled_from(
    ["since", "until", "by", "before", "after", "between", "from", "to", "and", "-", "the", "end of", "early", "late", "mid-", "last",
     "next",
     "this", "28", "3rd", "31", "2014", "1999", "2020-01-03", "January", "Feb.", "May", "Friday", "Sun", "spring", "week", "month", "year",
     "two days ago", "a decade ago", "years after", "overnight", "will", ",", ".", "\n", "(", "’s", "30 February", "29 February", "of",
     "in",
     "the late hours of", "first week of", "Q3", "year-end", "on", "deadline", "two days later", "the following day", "fourth anniversary",
     "overnight", "7, 8 and 9", "must go", "half a year ago", "onwards", "29 Rajab 1445", "New Year's Eve", "last year", "week of",
     "weekend", "today", "earlier in the day", "’", "99", "0000", "millennium", "hours", "more than", "past", "nine million years ago"]
)  # fmt: skip


@given(
    st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=16).map(" ".join), st.lists(PIECES, max_size=10).map("".join)),
    st.none() | st.dates(),
)
def test_spans_are_disjoint_slices_of_any_text_and_days_in_order(text: str, anchor: date | None) -> None:
    end = 0
    for found in dates.find(text, anchor):
        span = found.value
        assert end <= found.span.start < found.span.end <= len(text)
        assert span.words == found.span.of(text)
        assert span.earliest is None or span.latest is None or span.earliest <= span.latest
        assert span.precision.startswith("precision/")
        if span.edtf is not None:
            assert (span.earliest, span.latest) == span_of(span.edtf)
            assert span.precision == precision_of(span.edtf)
        end = found.span.end
