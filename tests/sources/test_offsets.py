from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Document, Metadata, Raw, Span
from kg.sources import read
from kg.values.sentences import sentences

from .making import BODY, PATIENT, check_pieces, document, folded

SPACES = ["", " ", "  ", "\n", "\r\n", "\n\n", "\t", "\u00a0", "\u200b", "\u2028", "\x0c", "-\n"]
PARTS = st.sampled_from(
    [
        *SPACES,
        *BODY.split("\n"),
        "The Guard left.“We stay,” she said.",
        "The Guard fought the Hillmen (HM)* there.* A group banned in the hills.",
        "Amal Haddad",
        "warned that nobody left the base",
        "hills",
        "https://plain.example/guard",
        "2024-05-01T10:20+0000",
        "10:20 GMT 01.05.2024 (Updated: 11:00 GMT 02.05.2024) The base is calm, it said.",
        "DRY RIVER - The base is calm, it said. 01.05.2024, The Plain",
        "Share",
        "The limits will be…",
        "The limits will be set by the ministry on Tuesday, it said.",
        "قاعدة",
        "\U0001f525",
    ]
)
ELEMENTS = ("p", "b", "div", "nav", "article", "h1", "pre", "script", "title", "a", "form")
TAGS = [tag for name in ELEMENTS for tag in (f"<{name}>", f"</{name}>")]
MARKUP = st.sampled_from([*TAGS, "<br>", "<ul><li>", "<a href='x'>", "<!--", "-->", "&amp;", "&nbsp;", "&#8220;", "&bogus;", "<", ">", "&"])


def read_or_none(text: str | bytes, name: str) -> Document | None:
    """The document; None where the file is refused, and no other way out."""
    try:
        return read(Raw(name, text.encode() if isinstance(text, str) else text, Metadata(language="en")))
    except SourceError:
        return None


@PATIENT
@given(st.lists(PARTS, min_size=1, max_size=25).map("".join))
def test_each_piece_of_a_text_stands_in_it(text: str) -> None:
    found = read_or_none(text, "a.txt")
    if found:
        check_pieces(found, text.removeprefix("\ufeff"))


@PATIENT
@given(st.lists(PARTS | MARKUP, min_size=1, max_size=30).map("".join))
def test_each_piece_of_a_page_stands_in_its_source(text: str) -> None:
    source = f"<html><body>{text}"
    found = read_or_none(source, "a.html")
    if found:
        check_pieces(found, source)


@PATIENT
@given(st.text(max_size=200), st.sampled_from(["a.txt", "a.html"]))
def test_whatever_is_read_becomes_a_document_or_a_source_error(text: str, name: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    found = read_or_none(data, name)
    if found:
        assert found.text.strip() == found.text != ""


@PATIENT
@given(st.binary(max_size=300))
def test_whatever_bytes_become_a_document_or_a_source_error(data: bytes) -> None:
    read_or_none(data, "a")


@PATIENT
@given(st.lists(PARTS, min_size=1, max_size=25).map("".join))
def test_each_sentence_leads_back_to_its_words(text: str) -> None:
    found = read_or_none(text, "a.txt")
    for span in sentences(found.text) if found else ():
        assert found is not None
        words = folded(span.of(found.text))
        assert words in folded(found.raw_span(span).of(text)) or "\n" in text


def test_a_stretch_of_the_clean_text_leads_back_to_the_raw() -> None:
    raw = f"Share\n\n  {BODY.replace('Dry River', 'Dry  River')}"
    found = document(raw)
    start = found.text.index("base at Dry River")
    assert found.raw_span(Span(start, start + len("base at Dry River"))).of(raw) == "base at Dry  River"


def test_hashes_are_of_the_clean_text_and_of_the_bytes() -> None:
    data = b"\xef\xbb\xbf" + BODY.replace("\n", "\r\n").encode()
    found = document(data)
    assert found.text == BODY
    assert found.text_sha256 == sha256(BODY.encode()).hexdigest()
    assert found.raw_sha256 == sha256(data).hexdigest()


@PATIENT
@given(st.lists(PARTS, min_size=1, max_size=25).map("".join))
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read_or_none(text, "a.txt") == read_or_none(text, "a.txt")


@PATIENT
@given(st.lists(st.sampled_from(BODY.split("\n")), min_size=1, max_size=6).map("\n".join))
def test_a_clean_text_is_its_own_clean_text(text: str) -> None:
    once = document(text).text
    assert document(once).text == once
