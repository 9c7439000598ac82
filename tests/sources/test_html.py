from __future__ import annotations

import json

import pytest

from kg.errors import EmptyFile

from .making import BODY, check_pieces, document, lines

FIRST, SECOND, THIRD = BODY.split("\n")
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head>
<title>Guard leaves Dry River | The Plain</title>
<meta property="og:title" content="Guard leaves Dry River &amp; the hills">
<meta property="og:site_name" content="The Plain">
<meta property="og:url" content="https://plain.example/other">
<link rel="canonical" href="https://plain.example/2024/05/02/guard?utm_source=feed">
<meta property="article:published_time" content="2024-05-01T10:20:00+03:00">
<meta property="article:modified_time" content="2024-05-09T10:20:00+03:00">
<style>p {{ color: red }}</style><script>if (a < b) {{ alert("The base was hit in a script.") }}</script>
</head><body>
<nav><ul><li><a href="/">The menu was hit by no one, it said.</a></li></ul></nav>
<h1>Guard leaves Dry River &amp; the hills</h1>
<p>{FIRST.replace("Dry River", "<a href='/dry'>Dry&nbsp;River</a>")}</p>
<p>{SECOND.replace("nobody was hurt", "&ldquo;nobody was hurt&#8221;")}<br>
{THIRD}</p><!-- <p>A comment was hit.</p> -->
<div style="display:none"><p>A hidden part was hit, it said.</p></div>
<aside><p>Another story was hit, it said.</p></aside>
<form><p>A form was hit, it said.</p></form>
<footer><p>The footer was hit, it said.</p></footer>
</body></html>"""


def test_a_page_gives_its_text_and_nothing_of_what_is_round_it() -> None:
    assert lines(PAGE, "a.html") == [FIRST, SECOND.replace("nobody was hurt", "“nobody was hurt”"), THIRD]


def test_a_page_says_what_it_is() -> None:
    read = document(PAGE, "a.html")
    assert read.title == "Guard leaves Dry River & the hills"
    assert read.url == "https://plain.example/2024/05/02/guard"
    assert read.publisher == "The Plain"
    assert (read.dateline.edtf, read.dateline.evidence) == ("2024-05-01T10:20:00+03:00", "dateline-evidence/metadata")
    assert any("although url says 2024-05-02" in note for note in read.notes)


def test_each_piece_of_a_page_stands_in_its_source() -> None:
    read = document(PAGE, "a.html")
    check_pieces(read, PAGE)
    start = read.text.index("“nobody was hurt”")
    span = read.raw_span(type(read.pieces[0].clean)(start, start + len("“nobody was hurt”")))
    assert span.of(PAGE) == "&ldquo;nobody was hurt&#8221;"


def test_what_is_known_from_outside_outranks_the_page() -> None:
    read = document(PAGE, "a.html", title="Mine", publisher="The Hill", url="https://hill.example/a", published="2024-05-01")
    assert (read.title, read.publisher, read.url) == ("Mine", "The Hill", "https://hill.example/a")
    assert read.dateline.evidence == "dateline-evidence/sidecar"


def test_json_ld_describes_a_page() -> None:
    described = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Not this"},
            {
                "@type": ["NewsArticle"],
                "headline": "Guard leaves",
                "datePublished": "2024-05-01",
                "dateModified": "2024-05-03",
                "publisher": {"@type": "Organization", "name": "The Plain"},
                "mainEntityOfPage": {"@id": "https://plain.example/guard"},
            },
        ],
    }
    read = document(f'<html><script type="application/ld+json">{json.dumps(described)}</script><p>{FIRST}</p></html>', "a.html")
    assert (read.title, read.publisher, read.url, read.dateline.edtf) == (
        "Guard leaves",
        "The Plain",
        "https://plain.example/guard",
        "2024-05-01",
    )


@pytest.mark.parametrize(
    "broken", ["{", "[]", '"words"', "null", "[" * 5000, '{"@type": "NewsArticle", "publisher": [], "headline": {"a": 1}}']
)
def test_broken_json_ld_is_no_hindrance(broken: str) -> None:
    assert lines(f'<html><script type="application/ld+json">{broken}</script><p>{FIRST}</p></html>', "a.html") == [FIRST]


@pytest.mark.parametrize(
    ("times", "edtf"),
    [
        ('<time datetime="2024-05-01T10:20Z">May Day</time>', "2024-05-01T10:20:00Z"),
        ('<time datetime="2024-05-01">x</time><time datetime="2024-05-03">y</time>', None),
        ('<time datetime="2024-05-03">y</time><time itemprop="datePublished" datetime="2024-05-01">x</time>', "2024-05-01"),
    ],
)
def test_a_marked_time_dates_a_page_when_it_is_the_only_one_or_says_so(times: str, edtf: str | None) -> None:
    assert document(f"<html><body><p>{FIRST}</p>{times}<p>{SECOND}</p></body></html>", "a.html").dateline.edtf == edtf


def test_a_doubtful_day_in_the_markup_is_left_unused_with_a_note() -> None:
    read = document(f'<html><meta name="date" content="03/04/2024"><p>{FIRST}</p></html>', "a.html")
    assert read.dateline.edtf is None
    assert any("two days" in note for note in read.notes)


@pytest.mark.parametrize("cut", range(PAGE.index("reporters"), PAGE.index("</body>"), 7))
def test_a_truncated_page_is_read_as_far_as_it_goes(cut: int) -> None:
    source = PAGE[:cut]
    read = document(source, "a.html")
    assert read.text.startswith(FIRST)
    assert read.text.endswith((".", "”"))
    assert any("breaks off" in note for note in read.notes)
    check_pieces(read, source)


def test_a_sentence_cut_off_is_left_out_with_a_note() -> None:
    read = document(f"<html><body><p>{FIRST}</p><p>At least 1", "a.html")
    assert read.text == FIRST
    assert any("cut off" in note for note in read.notes)


def test_a_whole_page_is_not_called_truncated() -> None:
    assert not any("breaks off" in note for note in document(PAGE, "a.html").notes)


@pytest.mark.parametrize(
    "tail", ["<!-- never closed", "<script>never closed", "<a href='never closed", "<style>p {", "<", "</", "<![CDATA[x"]
)
def test_a_page_that_breaks_off_in_its_markup_keeps_what_came_before(tail: str) -> None:
    assert lines(f"<p>{FIRST}</p>{tail}", "a.html") == [FIRST]


def test_a_page_that_is_one_form_is_read_all_the_same() -> None:
    assert lines(f"<html><body><form><p>{FIRST}</p></form></body></html>", "a.html") == [FIRST]


def test_a_menu_that_is_never_closed_does_not_swallow_the_article() -> None:
    assert lines(f"<html><body><nav><ul><li>Menu<article><p>{FIRST}</p></article></body></html>", "a.html") == [FIRST]


def test_of_a_page_with_an_article_only_that_is_read() -> None:
    page = f"<html><body><p>A teaser was hit, it said.</p><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    assert lines(page, "a.html") == [FIRST, SECOND]


def test_small_articles_beside_the_text_are_not_taken_for_it() -> None:
    page = f"<html><body><article>Teaser.</article><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    assert FIRST in lines(page, "a.html")


def test_blocks_part_paragraphs_and_inline_elements_do_not() -> None:
    page = "<html><div>The <b>Gu</b>ard left.</div><div>The base is <i>empty</i> now.</div><ul><li>One was hurt.<li>Two left.</ul></html>"
    assert lines(page, "a.html") == ["The Guard left.", "The base is empty now.", "One was hurt.", "Two left."]


def test_a_block_begins_a_line_though_nothing_was_closed_before_it() -> None:
    page = f"<html><p>{FIRST}</p>The guards left the base<div>Nobody stayed there.</div></html>"
    assert lines(page, "a.html") == [FIRST, "The guards left the base", "Nobody stayed there."]


def test_white_space_on_both_sides_of_a_tag_leads_back_to_white_space() -> None:
    page = "<html><p>The guards \n<b> left the base.</b></p></html>"
    assert lines(page, "a.html") == ["The guards left the base."]
    check_pieces(document(page, "a.html"), page)


def test_line_breaks_of_the_source_are_no_line_breaks_of_the_text() -> None:
    assert lines("<html><p>The\nGuard\r\nleft   the\tbase.</p></html>", "a.html") == ["The Guard left the base."]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A &amp; B left the base.", "A & B left the base."),
        ("The A&B group left.", "The A&B group left."),
        ("It cost &pound;5 &#8212; or &#x2014; less.", "It cost £5 — or — less."),
        ("It said a < b and b > a here.", "It said a < b and b > a here."),
        ("It said &bogus; here.", "It said &bogus; here."),
        ("It said &amp;amp; here.", "It said &amp; here."),
        ("It left <tag with='>' and=\"<\">the base.", "It left the base."),
    ],
)
def test_entities_are_decoded_once_and_stray_signs_kept(source: str, text: str) -> None:
    page = f"<html><body><p>{source}</p></body></html>"
    assert lines(page, "a.html") == [text]
    check_pieces(document(page, "a.html"), page)


def test_a_text_file_that_holds_a_page_is_read_as_one() -> None:
    assert lines(PAGE, "a.txt") == lines(PAGE, "a.html")


def test_a_text_about_tags_is_no_page() -> None:
    assert lines("The tag <p> was in the text that the Guard sent to the base.")[0].startswith("The tag <p>")


def test_a_page_of_nothing_but_menus_is_empty() -> None:
    with pytest.raises(EmptyFile):
        document("<html><body><nav><p>The menu is long, it said.</p></nav></body></html>", "a.html")
