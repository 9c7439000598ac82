from __future__ import annotations

import pytest

from kg.errors import EmptyFile
from kg.sources.stamps import stamp

from .making import BODY, document

FIRST, SECOND, THIRD = BODY.split("\n")


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2024-08-03", "2024-08-03"),
        ("2024-08-03T17:41", "2024-08-03T17:41:00"),
        ("2024-08-03T16:51+0000", "2024-08-03T16:51:00Z"),
        ("2024-08-03T17:41:09.123Z", "2024-08-03T17:41:09Z"),
        ("2024-08-03 17:41 GMT+3", "2024-08-03T17:41:00+03:00"),
        ("2024-08-03 16:51 UTC", "2024-08-03T16:51:00Z"),
        ("2024-08-03T17:41-05:30", "2024-08-03T17:41:00-05:30"),
        ("2024-08-03 17:41 EST", "2024-08-03T17:41:00"),
        ("2024/8/3", "2024-08-03"),
        ("29 Oct 2022 21:09", "2022-10-29T21:09:00"),
        ("30 October 2023", "2023-10-30"),
        ("3rd of August, 2024", "2024-08-03"),
        ("03-Aug-2024", "2024-08-03"),
        ("Thursday, 8 February 2024", "2024-02-08"),
        ("Thu 8 Feb 2024 at 9:05 pm", "2024-02-08T21:05:00"),
        ("Sat, 03 Aug 2024 16:51:00 GMT", "2024-08-03T16:51:00Z"),
        ("August 3, 2024", "2024-08-03"),
        ("Aug. 3, 2024, 12:05 a.m.", "2024-08-03T00:05:00"),
        ("AUGUST 3 2024 12:05 PM", "2024-08-03T12:05:00"),
        ("Saturday, August 3rd, 2024", "2024-08-03"),
        ("18:53 GMT 11.10.2020", "2020-10-11T18:53:00Z"),
        ("11.10.2020", "2020-10-11"),
        ("17:41, 3 August 2024", "2024-08-03T17:41:00"),
        ("25/03/2024", "2024-03-25"),
        ("03/25/2024", "2024-03-25"),
        ("03/03/2024", "2024-03-03"),
        ("29 February 2024", "2024-02-29"),
    ],
)
def test_a_day_is_read_as_outlets_write_it(words: str, edtf: str) -> None:
    found = stamp(words)
    assert found is not None
    assert (found.edtf, found.words) == (edtf, words)


@pytest.mark.parametrize(
    "words",
    [
        "30 February 2024",
        "2024-13-01",
        "2024-02-30",
        "31.11.2024",
        "3 August",
        "August 2024",
        "2024",
        "3 Foo 2024",
        "3 August 20245",
        "2024-08-031",
    ],
)
def test_what_is_no_day_is_none(words: str) -> None:
    assert stamp(words) is None


@pytest.mark.parametrize("words", ["03/04/2024", "3/4/2024", "03-04-2024"])
def test_a_day_that_may_be_two_is_left_unused_with_a_note(words: str) -> None:
    read = document(f"Guard leaves Dry River\n{words}\n{BODY}")
    assert (read.dateline.edtf, read.dateline.evidence) == (None, "dateline-evidence/none")
    assert any(words in note and "two days" in note for note in read.notes)
    assert read.text == BODY


@pytest.mark.parametrize(
    ("header", "edtf"),
    [
        ("2024-08-03T16:51+0000", "2024-08-03T16:51:00Z"),
        ("date 2024-08-03", "2024-08-03"),
        (" date 2024-08-03 https://plain.example/guard", "2024-08-03"),
        ("29 Oct 2022 21:09", "2022-10-29T21:09:00"),
        ("Published: August 3, 2024", "2024-08-03"),
        ("Published On 3 Aug 2024", "2024-08-03"),
        ("Posted on August 3, 2024 by Amal Haddad", "2024-08-03"),
        ("18:53 GMT 11.10.2020 (Updated: 09:30 GMT 12.10.2020)", "2020-10-11T18:53:00Z"),
        ("Published 3 August 2024, updated 5 August 2024", "2024-08-03"),
        ("Dry River, Hill Region - 3 August 2024", "2024-08-03"),
        ("3 August 2024\n2024-08-03T16:51+0000", "2024-08-03T16:51:00Z"),
        ("2024-08-03T16:51+0000\n2025-01-01T09:00+0000", "2024-08-03T16:51:00Z"),
        ("Updated: 5 August 2024\n3 August 2024", "2024-08-03"),
    ],
)
def test_a_header_dates_an_article(header: str, edtf: str) -> None:
    read = document(f"Guard leaves Dry River\n{header}\n{BODY}")
    assert (read.dateline.edtf, read.dateline.evidence) == (edtf, "dateline-evidence/header")
    assert read.dateline.words is not None
    assert read.dateline.words in header
    assert read.text == BODY


@pytest.mark.parametrize(
    ("lead", "edtf"),
    [
        ("DRY RIVER, 3 August 2024 - ", "2024-08-03"),
        ("Dry River, August 3, 2024 (The Plain) – ", "2024-08-03"),
        ("18:53 GMT 11.10.2020 (Updated: 09:30 GMT 12.10.2020) ", "2020-10-11T18:53:00Z"),
        ("2024-08-03 17:41 | ", "2024-08-03T17:41:00"),
        ("3 August 2024 — ", "2024-08-03"),
    ],
)
def test_a_day_before_the_first_sentence_dates_an_article(lead: str, edtf: str) -> None:
    read = document(f"Guard leaves Dry River\n{lead}{BODY}")
    assert (read.dateline.edtf, read.dateline.evidence) == (edtf, "dateline-evidence/header")


def test_the_last_lines_may_date_an_article() -> None:
    assert document(f"{BODY}\n\nFirst published: 3 August 2024").dateline.edtf == "2024-08-03"


@pytest.mark.parametrize(
    "words",
    ["DRY RIVER, Aug 3 (The Plain) - ", "Updated: 3 August 2024\n", "Last modified 2024-08-03T10:00Z\n", "Accessed: 3 August 2024\n"],
)
def test_no_year_and_no_day_of_change_dates_an_article(words: str) -> None:
    assert document(words + BODY).dateline.edtf is None


def test_a_day_that_the_story_tells_of_is_no_day_of_publication() -> None:
    assert document(f"{FIRST}\n\n3 January 2020\n\n{SECOND}\n\n{THIRD}").dateline.edtf is None
    assert document(f"{FIRST}\n{SECOND}\nThe base was hit on 3 January 2020.\n{THIRD}").dateline.edtf is None


def test_a_stamp_with_a_time_dates_an_article_below_its_lead_too() -> None:
    assert document(f"{FIRST}\n2024-08-03T16:51+0000\n{SECOND}\n{THIRD}").dateline.edtf == "2024-08-03T16:51:00Z"


def test_clues_in_the_text_date_nothing() -> None:
    read = document("The base at Dry River was hit on Thursday, 4 January, the Guard said on Friday, a week after the strike of December.")
    assert (read.dateline.edtf, read.dateline.evidence, read.dateline.words) == (None, "dateline-evidence/none", None)


@pytest.mark.parametrize(
    ("url", "edtf"),
    [
        ("https://plain.example/20240803/guard.html", "2024-08-03"),
        ("https://plain.example/2024/08/03/guard", "2024-08-03"),
        ("https://plain.example/2024/8/3", "2024-08-03"),
        ("https://plain.example/world/2024/aug/03/guard", "2024-08-03"),
        ("https://plain.example/news/2024-08-03-guard", "2024-08-03"),
        ("https://plain.example/2024/13/45/guard", None),
        ("https://plain.example/12345678/guard", None),
        ("https://plain.example/guard?d=/20240803/", None),
        ("https://plain.example/guard-1119626495.html", None),
        ("https://plain.example/2024/08/guard", None),
    ],
)
def test_an_address_dates_an_article_when_it_holds_a_day(url: str, edtf: str | None) -> None:
    read = document(BODY, url=url)
    assert read.dateline.edtf == edtf
    assert read.dateline.evidence == f"dateline-evidence/{'url' if edtf else 'none'}"


def test_the_best_evidence_is_kept_and_what_disagrees_is_noted() -> None:
    page = f"""<html><head><meta property="article:published_time" content="2024-08-02"></head>
    <body><p>Published: 3 August 2024</p><p>{FIRST}</p><p>{SECOND}</p></body></html>"""
    address = "https://plain.example/20240804/guard"
    ranked = [
        document(page, "a.html", url=address, published="2024-07-31", published_evidence="dateline-evidence/option"),
        document(page, "a.html", url=address, published="2024-08-01"),
        document(page, "a.html", url=address),
        document(f"Published: 3 August 2024\n{BODY}", url=address),
        document(BODY, url=address),
    ]
    assert [read.dateline.evidence.split("/")[1] for read in ranked] == ["option", "sidecar", "metadata", "header", "url"]
    assert [read.dateline.edtf for read in ranked] == ["2024-07-31", "2024-08-01", "2024-08-02", "2024-08-03", "2024-08-04"]
    disagreeing = [next((note for note in read.notes if "although" in note), "") for read in ranked]
    assert [sum(f"2024-08-0{day}" in note for day in (2, 3, 4)) for note in disagreeing] == [3, 3, 3, 2, 0]


def test_a_day_worked_out_from_the_text_ranks_last_whoever_gives_it() -> None:
    given = {"published": "2024-08-01", "published_evidence": "dateline-evidence/text"}
    assert document(f"Published: 3 August 2024\n{BODY}", **given).dateline.evidence == "dateline-evidence/header"
    assert document(BODY, **given).dateline.evidence == "dateline-evidence/text"


def test_evidence_that_is_coarser_or_finer_does_not_disagree() -> None:
    read = document(f"2024-08-03T16:51+0000\n{BODY}", url="https://plain.example/20240803/guard", published="2024-08")
    assert read.dateline.edtf == "2024-08"
    assert not any("although" in note for note in read.notes)


def test_an_article_of_stamps_only_is_empty() -> None:
    with pytest.raises(EmptyFile):
        document("2024-08-03\n3 August 2024\n")
