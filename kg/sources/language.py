"""The language of a text, among those that there are rules for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

import py3langid

from kg.errors import UnknownLanguage

RULES: Final[Mapping[str, str]] = {"en": "English"}
"""The languages with rules: code and name."""

_NAMES: Final[Mapping[str, str]] = {
    "ar": "Arabic", "fa": "Persian", "he": "Hebrew", "ku": "Kurdish", "ckb": "Central Kurdish", "ps": "Pashto", "ur": "Urdu",
    "tr": "Turkish", "az": "Azerbaijani", "hy": "Armenian", "ru": "Russian", "uk": "Ukrainian", "fr": "French", "de": "German",
    "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "pl": "Polish", "cs": "Czech", "sv": "Swedish", "da": "Danish",
    "no": "Norwegian", "nb": "Norwegian", "fi": "Finnish", "hu": "Hungarian", "ro": "Romanian", "bg": "Bulgarian", "sr": "Serbian",
    "el": "Greek", "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "hi": "Hindi", "bn": "Bengali", "id": "Indonesian", "la": "Latin",
    "ms": "Malay", "vi": "Vietnamese", "th": "Thai", "so": "Somali", "am": "Amharic", "sw": "Swahili",
}  # fmt: skip
_COMMON: Final = frozenset(
    {
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "that",
        "was",
        "for",
        "on",
        "is",
        "with",
        "by",
        "as",
        "at",
        "from",
        "has",
        "have",
        "it",
        "its",
        "an",
        "were",
        "been",
        "said",
        "be",
        "are",
        "he",
        "his",
    }
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_FEW_WORDS = 12
_SURE = 0.25


def language(name: str, text: str, stated: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The code of the text's language and notes on how it was found; `stated` is what a sidecar or option says.

    Raises UnknownLanguage, naming the language, when there are no rules for it.
    """
    if stated:
        return _ruled(name, stated.lower().replace("_", "-").split("-")[0], "stated"), ()
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if words and sum(word in _COMMON for word in words) / len(words) >= _SURE:
        return "en", ()
    script = _script(sample)
    if len(words) < _FEW_WORDS and script in (None, "LATIN"):
        return "en", (f"too short to tell the language ({len(words)} words): read as English",)
    return _ruled(name, py3langid.classify(sample)[0], f"{script.title()} script" if script else "recognised"), ()


def _ruled(name: str, code: str, how: str) -> str:
    """The code itself when there are rules for it."""
    if code in RULES:
        return code
    known = _NAMES.get(code)
    called = f"{known} ({code})" if known else f"the language {code!r}"
    raise UnknownLanguage(name, f"is in {called}, {how}; there are rules for {', '.join(RULES.values())} only.")


def _script(text: str) -> str | None:
    """The script of most letters, in Unicode's name for it; None without letters."""
    tally: dict[str, int] = {}
    for letter in filter(str.isalpha, text[:2000]):
        script = unicodedata.name(letter, "UNNAMED").split()[0]
        tally[script] = tally.get(script, 0) + 1
    return max(sorted(tally), key=tally.__getitem__) if tally else None
