"""EDTF strings: the days they cover, their precision, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values.edtf import interval, precision_of, span_of, step, timespan

D = date

COVERED = [
    ("2020-01-03", D(2020, 1, 3), D(2020, 1, 3), "day"),
    ("2024-02-08T18:05:00Z", D(2024, 2, 8), D(2024, 2, 8), "day"),
    ("2023-10-30T20:08", D(2023, 10, 30), D(2023, 10, 30), "day"),
    ("2024-02", D(2024, 2, 1), D(2024, 2, 29), "month"),
    ("2021", D(2021, 1, 1), D(2021, 12, 31), "year"),
    ("2024-21", D(2024, 3, 1), D(2024, 5, 31), "season"),
    ("2023-24", D(2023, 12, 1), D(2024, 2, 29), "season"),
    ("2023-10-15~", D(2023, 10, 10), D(2023, 10, 20), "day"),
    ("2023-12~", D(2023, 11, 1), D(2024, 1, 31), "month"),
    ("2014~", D(2013, 1, 1), D(2015, 12, 31), "year"),
    ("2014?", D(2014, 1, 1), D(2014, 12, 31), "year"),
    ("199X", D(1990, 1, 1), D(1999, 12, 31), "range"),
    ("2004-XX", D(2004, 1, 1), D(2004, 12, 31), "year"),
    ("2004-06-XX", D(2004, 6, 1), D(2004, 6, 30), "month"),
    ("2024-01-21/2024-01-31", D(2024, 1, 21), D(2024, 1, 31), "range"),
    ("2003/2011", D(2003, 1, 1), D(2011, 12, 31), "range"),
    ("2023-10/..", D(2023, 10, 1), None, "after"),
    ("../2023-10-30", None, D(2023, 10, 30), "before"),
    ("../2019", None, D(2019, 12, 31), "before"),
    ("2023-10-05/", D(2023, 10, 5), None, "after"),
    ("XXXX-01-04", None, None, "day"),
    ("XXXX-07", None, None, "month"),
]


@pytest.mark.parametrize(("edtf", "earliest", "latest", "precision"), COVERED, ids=[row[0] for row in COVERED])
def test_an_edtf_string_covers_its_days_and_tells_its_precision(
    edtf: str, earliest: date | None, latest: date | None, precision: str
) -> None:
    assert span_of(edtf) == (earliest, latest)
    assert precision_of(edtf) == f"precision/{precision}"


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "..",
        "../..",
        "/",
        "2023-13",
        "2023-02-30",
        "2023-25",
        "23-01-01",
        "2017/2014",
        "Friday",
        "2023-1-5",
        "0000",
        "199X-05",
        "2023-XX-05",
    ],
)
def test_what_is_not_edtf_is_refused(edtf: str) -> None:
    with pytest.raises(ValueError):
        span_of(edtf)


@given(st.dates())
def test_every_day_covers_itself(day: date) -> None:
    assert span_of(day.isoformat()) == (day, day)


@given(st.text(alphabet="0123456789-X~?%/.TZ:", max_size=24))
def test_reading_gives_days_in_order_or_refuses(edtf: str) -> None:
    try:
        earliest, latest = span_of(edtf)
    except ValueError:
        return
    assert earliest is None or latest is None or earliest <= latest
    assert precision_of(edtf).startswith("precision/")


@given(st.dates(min_value=D(2, 1, 1), max_value=D(9998, 1, 1)), st.sampled_from(["day", "month", "year"]), st.integers(-300, 300))
def test_steps_go_there_and_back(day: date, unit: str, by: int) -> None:
    point = day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]
    if 2 < day.year + by < 9990:
        assert step(step(point, by), -by) == point


def test_an_interval_of_one_point_is_the_point() -> None:
    assert interval("2024-01-05", "2024-01-05") == "2024-01-05"
    assert interval("2024-01-21/2024-01-31", "2024-03") == "2024-01-21/2024-03"


def test_a_timespan_keeps_its_words() -> None:
    span = timespan("../2019", "until 2019")
    assert (span.words, span.earliest, span.latest, span.anchor) == ("until 2019", None, D(2019, 12, 31), None)
