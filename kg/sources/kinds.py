"""Kinds of files: by which suffix or look each is known, and how its page is read; a further kind is a further row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from kg.sources import html, page


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its name, suffixes, how the text itself shows that it is one, and its page."""

    name: str
    suffixes: tuple[str, ...]
    looks: Callable[[str], bool]
    page: Callable[[str], page.Page]


HTML: Final = Kind("html", (".html", ".htm", ".xhtml"), html.looks_like_html, html.page)
TEXT: Final = Kind("text", (".txt", ".text"), lambda _: True, page.plain)

KINDS: Final = (HTML, TEXT)
"""The kinds, the most particular first."""


def kind(name: str, text: str) -> Kind:
    """The kind of a file: what its text shows, else what its suffix says, else plain text.

    >>> kind("page.txt", "<!DOCTYPE html><p>A base was hit.").name
    'html'
    """
    suffix = PurePath(name).suffix.lower()
    shown = next(row for row in KINDS if row.looks(text))
    return shown if shown is not TEXT else next((row for row in KINDS if suffix in row.suffixes), TEXT)
