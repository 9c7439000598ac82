from __future__ import annotations

import pytest

from kg.errors import UnknownLanguage

from .making import BODY, document


def test_english_is_read_as_english_without_a_note() -> None:
    read = document(BODY)
    assert (read.language, read.notes) == ("en", ())


def test_plain_english_is_known_by_its_common_words_without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("py3langid.classify", lambda _: pytest.fail("asked the model"))
    assert document(BODY).language == "en"


def test_english_full_of_foreign_names_is_english() -> None:
    names = "Haddad, Hillani, Katoub, al-Rawi, al-Dulaimi and Barzinji left for Dayr al-Nahr, Qasr al-Tal and Wadi al-Hajar"
    for text in (f"{names}, it was said on Monday.", f"{names}. Fighters attacked lorries. Villagers fled."):
        read = document(text)
        assert (read.language, read.notes) == ("en", ())


def test_a_text_too_short_to_tell_is_read_as_english_with_a_note() -> None:
    read = document("Guards left Dry River.")
    assert read.language == "en"
    assert any("too short" in note for note in read.notes)


def test_a_stated_language_is_believed() -> None:
    assert document("Guards left Dry River.", language="en-GB").notes == ()
    with pytest.raises(UnknownLanguage, match=r"Arabic \(ar\), stated"):
        document(BODY, language="ar")
    with pytest.raises(UnknownLanguage, match="'tlh'"):
        document(BODY, language="tlh")
