from __future__ import annotations

import pytest

from .making import BODY, document, lines

FIRST, SECOND, THIRD = BODY.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "https://plain.example/2024/page.html",
        "https://cdn.plain.example/img/a_0:21:387_1920x0_80.jpgThe Plain",
        "www.plain.example",
        "news@plain.example",
        "E-mail: news@plain.example",
        "+49 30 1234 5678",
        "Tel: (030) 1234-5678",
        "1920x1080",
        "640 × 480 px",
        "2024-05-01T10:20+0000",
        "Published: 1 May 2024",
        "Last updated: 10:20 GMT, 1 May 2024",
        "en_GB",
        "2024",
        "* * *",
        "-----",
        "Share",
        "SHARE THIS ARTICLE",
        "Source link",
        "Source: The Hill",
        "Leave a Reply",
        "Related Articles",
        "Related: Guard leaves the hills",
        "Read more: Guard leaves the hills",
        "Also read: “Guard leaves the hills”",
        "Your e-mail address will not be published.",
        "Save my name, email, and website in this browser for the next time I comment.",
        "No comments:",
        "12 Comments",
        "Post a Comment",
        "Required fields are marked *",
        "Back to top button",
        "We use cookies to give you the best experience. By continuing you agree.",
        "This website uses cookies.",
        "Accept all cookies",
        "Advertisement",
        "All rights reserved.",
        "© 2024 The Plain. All rights reserved.",
        "Subscribe to our newsletter",
        "Follow us on Telegram and X",
        "Sign up for our daily briefing",
        "Reporting by Amal Haddad; Editing by Sami Hill",
        "Photo: Guards at Dry River, 2019",
        "Tags: guard, hills, river",
        "Filed under: Guard | Hills",
        "By Amal Haddad",
        "By Amal Haddad and Sami Hill in Dry River",
        "Middle East",
        "World News",
        "northern guard",
        "dry river",
        "northern guard, dry river, hills",
        "why did the guard leave, who holds dry river now, what is the guard",
        "Northern Guard, Dry River, Hills",
        "MIA „The Plain Today“",
        "The Plain",
        "3 min read",
        "1,204 views",
    ],
)
def test_a_line_that_is_no_sentence_is_left_out(line: str) -> None:
    between, last, apart = f"{FIRST}\n{line}\n{SECOND}\n\n{THIRD}", f"{BODY}\n{line}", f"{FIRST}\n\n{line}\n\n{SECOND}\n\n{THIRD}"
    for text in (between, last, apart):
        read = document(text)
        assert read.text == BODY
        assert any("1 line left out" in note for note in read.notes)


@pytest.mark.parametrize(
    "line",
    [
        "Guards left.",
        "guards left.",
        "Why?",
        "“Never.”",
        "Nobody was hurt",
        "Guards at the base share food with the villagers, residents said.",
        "Source of the fire was a drone, the ministry said.",
        "Share prices fell on Monday, a bank said.",
        "Cookies were handed to the guards at the base, residents said.",
        "By Monday the base was empty, residents said.",
        "By noon the guards had gone",
        "In 2019, 2020 and 2021, the base was hit.",
        "2019 was worse, residents said.",
        "Telegram channels close to the Guard said so.",
        "Subscribers of the channel were told first, it said.",
        "Images showed smoke over the base: two buildings burned, residents said.",
        "More than 20 guards left the base, residents said.",
        "Amal Haddad, Sami Hill, and two guards were hurt.",
        "More on this was not said by Amal Haddad, a spokesperson",
        "See https://plain.example/report for the whole of the statement, the Guard said.",
        "Amal Haddad said on Tuesday that al-Hill had left",
        "al-Hill left the base on Tuesday, residents said.",
        "* The Guard is banned in the Hill Republic.",
    ],
)
def test_a_sentence_is_never_left_out(line: str) -> None:
    assert lines(f"{FIRST}\n\n{line}\n\n{SECOND}\n\n{THIRD}") == [FIRST, line, SECOND, THIRD]


def test_what_was_left_out_is_counted_by_kind() -> None:
    note = next(note for note in document(f"{BODY}\n\nShare\n\nhills\n\nriver\n\nguard").notes if "left out" in note)
    assert note == "4 lines left out: 3 keywords, 1 buttons and forms"


def test_a_name_that_stands_again_and_again_is_left_out() -> None:
    assert lines(f"{BODY}\nthe Plain online\n\nthe Plain online") == BODY.split("\n")


def test_the_publishers_name_is_left_out() -> None:
    assert "theplain Weekly" not in document(f"{BODY}\ntheplain Weekly", publisher="ThePlain weekly").text


def test_a_text_written_in_small_letters_is_read() -> None:
    text = "the guard left the base on monday, residents said.\nnobody was hurt, they said\nguards left.\nthe base is empty now."
    assert lines(text) == text.split("\n")


def test_the_headline_is_the_title_and_not_in_the_text() -> None:
    headline = "Guard Leaves Dry River ‘for Good’"
    read = document(f"{headline}\n{headline}\nThe Plain\n{BODY}\nGuard leaves Dry River “for good”")
    assert read.title == headline
    assert read.text == BODY


@pytest.mark.parametrize("headline", ["Will the Guard leave Dry River?", "Guard leaves Dry River — The Plain", "Guard: ‘We leave’"])
def test_a_headline_may_be_a_question_or_a_quotation(headline: str) -> None:
    read = document(f"{headline}\n\n{BODY}")
    assert (read.title, read.text) == (headline, BODY)


def test_a_lead_without_a_stop_stays_in_the_text() -> None:
    lead = "The Guard says nobody was hurt when it left the base at Dry River"
    assert lines(f"Guard leaves Dry River\n\n{lead}\n\n{BODY}") == [lead, *BODY.split("\n")]


@pytest.mark.parametrize("text", ["The Guard left the base on Monday", "The Guard left the base on Monday\nNobody was hurt in the move"])
def test_without_sentences_the_first_line_is_no_headline(text: str) -> None:
    read = document(text)
    assert (read.title, read.text) == (None, text)


def test_a_title_known_from_elsewhere_is_left_out_of_the_text() -> None:
    read = document(f"{FIRST}\nGuard leaves the hills for ever\n{SECOND}\n{THIRD}", title="Guard leaves the hills for ever")
    assert (read.title, read.text) == ("Guard leaves the hills for ever", BODY)


@pytest.mark.parametrize(
    "dateline",
    [
        "DRY RIVER - ",
        "DRY RIVER, Hill Region - ",
        "DRY RIVER, Hill Region (The Plain) — ",
        "DRY RIVER, 1 May 2024 - ",
        "DRY RIVER, May 1 (The Plain) - ",
        "Dry River, May 1 (The Plain) - ",
        "Dry River (AB/The Plain) – ",
        "10:20 GMT 01.05.2024 (Updated: 11:00 GMT 02.05.2024) ",
        "1 May 2024 | ",
    ],
)
def test_place_and_day_before_the_first_sentence_are_left_out(dateline: str) -> None:
    assert document(dateline + BODY).text == BODY


@pytest.mark.parametrize("credit", [" 01.05.2024, The Plain", " 1 May 2024", " 2024-05-01 | The Plain Today"])
def test_a_day_and_an_outlet_after_the_last_sentence_are_left_out(credit: str) -> None:
    assert document(BODY + credit).text == BODY


@pytest.mark.parametrize(
    "sentence",
    [
        "HM – the Hillmen – left the base on Monday.",
        "Amal Haddad - a spokesperson - left the base on Monday.",
        "Amal Haddad – The Voice to the villagers – left the base on Monday.",
        "3 January 2020 was the day on which the base was hit.",
        "January 3, 2020, residents said, was the day.",
        "The base was hit. 2019 was worse.",
        "It began in the night of 3 January 2020",
    ],
)
def test_what_only_looks_like_a_dateline_stays(sentence: str) -> None:
    assert lines(f"{FIRST}\n\n{sentence}") == [FIRST, sentence]


def test_days_that_begin_the_lines_of_a_timeline_stay() -> None:
    text = "3 January 2020 - The base was hit by a drone.\n5 January 2020 - Parliament met in the capital."
    assert document(text).text == text
    assert document(text).dateline.edtf is None
