from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.urls import canonical

from .making import BODY, PATIENT, document


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Plain.Example/Guard", "https://plain.example/Guard"),
        ("HTTPS://plain.example:443/a", "https://plain.example/a"),
        ("http://plain.example:8080/a", "http://plain.example:8080/a"),
        ("https://plain.example", "https://plain.example/"),
        ("https://plain.example/a#comments", "https://plain.example/a"),
        ("https://plain.example/a?utm_source=x&id=7&fbclid=y&utm_medium=z", "https://plain.example/a?id=7"),
        ("https://plain.example/a?b=2&a=1", "https://plain.example/a?a=1&b=2"),
        ("https://plain.example/a?id=7&id=8", "https://plain.example/a?id=7&id=8"),
        ("https://plain.example/a/amp/", "https://plain.example/a/"),
        ("https://plain.example/a/amp", "https://plain.example/a/"),
        ("https://plain.example/a.amp.html", "https://plain.example/a.html"),
        ("https://plain.example/a?amp=1", "https://plain.example/a"),
        ("https://plain.example/camp", "https://plain.example/camp"),
        ("https://plain-example.cdn.ampproject.org/c/s/plain.example/a", "https://plain.example/a"),
        ("https://user:secret@plain.example/a", "https://plain.example/a"),
        ("https://plain.example/a b", None),
        ("https://plain.example/caf%C3%A9", "https://plain.example/caf%C3%A9"),
        ("https://[::1]:80/a", "https://[::1]:80/a"),
        ("ftp://plain.example/a", None),
        ("plain.example/a", None),
        ("https://", None),
        ("https://[broken/a", None),
        ("https://plain.example:port/a", None),
        ("javascript:alert(1)", None),
    ],
)
def test_an_address_has_one_canonical_form(url: str, expected: str | None) -> None:
    assert canonical(url) == expected


@PATIENT
@given(st.from_regex(r"https?://[a-zA-Z0-9.-]{1,20}(/[!-~]{0,20}){0,3}(\?[!-~]{0,30})?(#[!-~]{0,10})?", fullmatch=True))
def test_a_canonical_address_is_its_own_canonical_form(url: str) -> None:
    once = canonical(url)
    assert once is None or canonical(once) == once


@pytest.mark.parametrize("header", ["https://plain.example/guard?utm_source=x", " date 2024-05-01 https://plain.example/guard"])
def test_a_text_that_begins_with_its_own_address_has_it(header: str) -> None:
    read = document(f"{header}\nGuard leaves Dry River\n{BODY}\nhttps://plain.example/another-story")
    assert read.url == "https://plain.example/guard"


@pytest.mark.parametrize(
    "text",
    [
        f"https://plain.example/img/guard.jpg\n{BODY}",
        f"Guard leaves Dry River\n{BODY}\nhttps://plain.example/another-story",
        f"Read the statement at https://plain.example/statement for all that the Guard said.\n{BODY}",
    ],
)
def test_other_addresses_in_a_text_are_not_its_own(text: str) -> None:
    assert document(text).url is None


def test_a_sidecars_address_outranks_that_of_the_text() -> None:
    assert document(f"https://plain.example/guard\n{BODY}", url="https://hill.example/a").url == "https://hill.example/a"
