"""A name is found however it is spelt and escaped, and nothing else is taken for it."""

from __future__ import annotations

import base64
import gzip
import json
import quopri
import random
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corrections import Matcher, key, length, letters, redacted, redacted_path, shows
from kg.corrections.log import Corrections, Redaction, Retraction, Takedown, to_line

NAME = "Zaynab Qādir al-Rāshid"
SALT = b"0123456789abcdef"


def clear(name: str = NAME) -> Matcher:
    return Matcher.of({letters(name): length(name)})


def hashed(name: str = NAME) -> Matcher:
    return Takedown(key(letters(name), SALT).hex(), length(name), "who", "2024-07-01").matcher(SALT)


BOTH = pytest.mark.parametrize("matcher", [clear(), hashed()], ids=["known in clear", "known by its hash"])

SAME = [
    "Zaynab Qadir al-Rashid",
    "ZAYNAB QADIR AL-RASHID",
    "zaynab qadir alrashid",
    "Zaynab\n   Qadir\r\nal\u2011Rashid",
    "Zaynab\u00a0Qadir\u202fal\u2013Ra\u0304shid",
    "Za\u00adynab Qa\u200bdir al-Ra\ufeffshid",
    "Zaynab Qadir al-Rashid",
    "Ｚａｙｎａｂ Ｑａｄｉｒ ａｌ－Ｒａｓｈｉｄ",
    "Zaynab Qa'dir al-Ra’shid",
    "Zaynab Qādir Al Rāshid",
    "Zaynab Qa-\ndir al-Rashid",
    "zaynab_qadir_al_rashid",
    "zaynab-qadir-al-rashid",
    "zaynab+qadir+al-rashid",
    "Zaynab.Qadir.al-Rashid",
    "ZaynabQadirAlRashid",
    "Zaynab&nbsp;Q&#257;dir al&#45;R&#x101;shid",
    "Zaynab&amp;nbsp;Qadir al-Rashid",
    r"Zaynab Q\u0101dir al-R\u0101shid",
    r"Zaynab\nQ\\u0101dir al-Rashid",
    quote(NAME),
    quote(quote(NAME)),
    quote(NAME.encode("cp1257")),
    "<b>Zaynab</b> Qadir <i>al-</i>Rashid",
    "Z<span class='cap'>aynab</span> Qadir <!-- x -->al-Rashid",
    "&lt;b&gt;Zaynab&lt;/b&gt; Qadir al-Rashid",
    "**Zaynab** Qadir al-Rashid",
]
OTHERS = [
    "Zaynab Qadir",
    "Zaynab Qadir al-Rashidi",
    "Zaynab, Qadir and al-Rashid",
    "Zaynab saw Qadir al-Rashid",
    "She saw Zaynab. Qadir al-Rashid came later",
    "Zaynab's Qadir al-Rashid",
    "Rashid Qadir Zaynab",
]


@BOTH
@pytest.mark.parametrize("spelling", SAME)
def test_a_spelling_of_the_name_is_found(matcher: Matcher, spelling: str) -> None:
    text = f"They buried {spelling} on Friday."
    clean = redacted(text, matcher)
    assert not shows(clean.encode(), matcher)
    assert clean.startswith("They buried ")
    assert clean.endswith(" on Friday.")
    assert clean.count("removed") == 1


@BOTH
@pytest.mark.parametrize("text", OTHERS)
def test_what_is_another_name_stays(matcher: Matcher, text: str) -> None:
    assert redacted(text, matcher) == text


@BOTH
@pytest.mark.parametrize("after", ["'s house", "’s house", "&#39;s house", "&rsquo;s house", "ʼs house", "s' house"])
def test_a_possessive_is_no_part_of_the_name(matcher: Matcher, after: str) -> None:
    assert redacted(f"It was {NAME}{after}", matcher).startswith("It was [name removed]")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("https://example.org/2024/zaynab-qadir-al-rashids-house?x=1", "https://example.org/2024/name-removed-house?x=1"),
        (f"https://example.org/{quote(NAME)}", "https://example.org/name-removed"),
        (r'{"url": "https:\/\/example.org\/zaynab-qadir-al-rashid"}', r'{"url": "https:\/\/example.org\/name-removed"}'),
        ('<a href="/zaynab-qadir-al-rashid">x</a>', '<a href="/name-removed">x</a>'),
        ("<b>Zaynab</b> Qadir al-Rashid", "<b>[name removed]</b>"),
    ],
)
def test_an_address_stays_an_address_and_markup_stays_markup(text: str, clean: str) -> None:
    assert redacted(text, clear()) == clean


def test_a_name_of_one_word_is_found_as_a_word_only() -> None:
    assert redacted("Zaynab and Zaynabi, McZaynab, zaynab's", clear("Zaynab")) == "[name removed] and Zaynabi, McZaynab, [name removed]'s"


def test_arabic_names_are_found_without_their_vowels() -> None:
    assert redacted("قُتِلَت زينب قادر، أمس", clear("زَيْنَب قادِر")) == "قُتِلَت [name removed]، أمس"


def test_paths_are_redacted_whatever_the_case() -> None:
    assert redacted_path("2024/Zaynab Qadir Al-Rashid's funeral.html", clear()) == "2024/name-removed's funeral.html"


@pytest.mark.parametrize(
    "data",
    [
        NAME.encode("utf-16-le"),
        NAME.encode("utf-16"),
        NAME.encode("utf-16-be"),
        "Zaynab Qadir al-Rashid’s".encode("cp1252"),
        gzip.compress(NAME.encode()),
        b"data:text/plain;base64," + base64.b64encode(NAME.encode()),
        b"eyJ" + base64.urlsafe_b64encode(b'xx{"name": "Zaynab Qadir al-Rashid"}'),
        quopri.encodestring(NAME.encode()),
    ],
    ids=["utf-16-le", "utf-16", "utf-16-be", "cp1252", "gzip", "base64", "base64url, off its place", "quoted-printable"],
)
def test_bytes_show_a_name_in_any_likely_form(data: bytes) -> None:
    assert shows(data, clear())


words = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "Z", "S"]), max_size=40)


def spelt(name: str, seed: int) -> str:
    """The name in some spelling."""
    chance = random.Random(seed)
    text = "".join(c.upper() if chance.random() < 0.3 and c.upper().lower() == c else c for c in name)
    text = text.replace(" ", chance.choice([" ", "\n", "\u00a0", " \t ", "-", "_"]))
    text = unicodedata.normalize(chance.choice(["NFC", "NFD", "NFKC", "NFKD"]), text)
    escapes = {
        "entity": lambda c: f"&#{ord(c)};",
        "hex": lambda c: f"&#x{ord(c):x};",
        "percent": lambda c: quote(c, safe=""),
        "json": lambda c: json.dumps(c)[1:-1],
        "none": lambda c: c,
    }
    return "".join(chance.choice(list(escapes.values()))(c) if chance.random() < 0.3 else c for c in text)


@given(before=words, after=words, seed=st.integers(0, 10**9))
def test_no_spelling_survives_anywhere(before: str, after: str, seed: int) -> None:
    text = f"{before} – {spelt(NAME.lower(), seed)} – {after}"
    for matcher in (clear(), hashed()):
        clean = redacted(text, matcher)
        assert not shows(clean.encode(), matcher)
        assert "removed" in clean


@given(text=words, seed=st.integers(0, 10**9))
def test_redacting_twice_is_redacting_once_and_both_matchers_agree(text: str, seed: int) -> None:
    text = f"{text} {spelt(NAME.lower(), seed)} {text}"
    once = redacted(text, clear())
    assert redacted(once, clear()) == once
    assert redacted(text, hashed()) == once


@given(text=words)
def test_a_text_without_the_name_stays_as_it_is(text: str) -> None:
    assert redacted(text, clear()) == text


def test_the_log_comes_back_as_it_was_written() -> None:
    entries = (
        Retraction("0a", "Who", "2024-07-01", "Why"),
        Retraction("0a", "Who", "2024-07-02", undone=True),
        Takedown("00ff", 3, "Who", "2024-07-03", ("0a", "0b"), ("0a", "0b")),
        Redaction(1, "0c"),
    )
    log = Corrections.from_lines(map(to_line, entries))
    assert log.entries == entries
    assert log.retraction("0a") is None
    assert log.touched(1) == ("0a", "0b", "0c")


def test_a_salt_of_another_store_does_not_recognise_the_name() -> None:
    other = Takedown(key(letters(NAME), b"other").hex(), length(NAME), "who", "2024-07-01")
    assert not other.matcher(SALT).shows(NAME)
