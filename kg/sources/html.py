"""HTML pages: their running text with its places in the source, and what their markup says of title, address, publisher and day.

Scripts, styles, menus, footers, asides, forms and hidden parts are left out; blocks become lines; entities are decoded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from kg.model import Piece, Span
from kg.sources.about import Statements, facts
from kg.sources.markup import VERBATIM, Broken, Tag, Text, tokens
from kg.sources.page import Page

_LEFT_OUT: Final = frozenset(
    {
        "nav",
        "footer",
        "aside",
        "form",
        "noscript",
        "template",
        "svg",
        "math",
        "object",
        "button",
        "select",
        "option",
        "canvas",
        "audio",
        "video",
        "dialog",
        "menu",
    }
)
_VOID: Final = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)
_BLOCK: Final = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_LOOKS: Final = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]|<(?:p|div|article|head)\b[^>]{0,500}>", re.IGNORECASE)
_FIRST: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)
_FEW_TAGS = 3
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};)")
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CLOSED_BY_THE_NEXT: Final = frozenset({"p", "li", "td", "tr", "dt", "dd"})
_LEAST_ARTICLE = 0.5


def looks_like_html(text: str) -> bool:
    """Whether a text is a page's source, whatever its file is called."""
    beginning = text[:4000]
    return bool(_FIRST.match(beginning)) or len(_LOOKS.findall(beginning)) >= _FEW_TAGS


def page(source: str) -> Page:
    """The page of an HTML source, truncated or not."""
    walk = _walked(source, _LEFT_OUT)
    if not walk.letters() and "<form" in source.lower():
        walk = _walked(source, _LEFT_OUT - {"form"})  # pages that are one form from beginning to end
    notes = ("the page breaks off: read as far as it goes",) if walk.cut else ()
    text, pieces = walk.chosen()
    return Page(text, pieces, facts(walk.statements), notes, walk.cut)


@dataclass(slots=True)
class _Walk:
    """What one walk over the source gathers: runs of text, each with its place or inserted, and the article that it stands in."""

    statements: Statements = field(default_factory=Statements)
    runs: list[tuple[str, Span | None, int]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    depth: Counter[str] = field(default_factory=Counter)
    out_at: int | None = None
    article: int = 0
    articles: int = 0
    cut: bool = False

    def enter(self, name: str) -> None:
        """Open an element."""
        self.open.append(name)
        self.depth[name] += 1

    def leave(self) -> str:
        """Close the innermost element."""
        name = self.open.pop()
        self.depth[name] -= 1
        return name

    def break_(self, line: str = "\n\n") -> None:
        """Begin a new line."""
        if self.runs and not (self.runs[-1][1] is None and len(self.runs[-1][0]) >= len(line)):
            self.runs.append((line, None, self.article))

    def letters(self, article: int | None = None) -> int:
        """How much text there is, in one article or in all."""
        return sum(len(run.strip()) for run, place, within in self.runs if place and article in (None, within))

    def chosen(self) -> tuple[str, tuple[Piece, ...]]:
        """The text of the longest article when it is most of the page, else of the whole page."""
        sizes: dict[int, int] = {}
        for run, place, within in self.runs:
            if place and within:
                sizes[within] = sizes.get(within, 0) + len(run.strip())
        best = max(sizes, key=sizes.__getitem__, default=0)
        whole = not best or sizes[best] < _LEAST_ARTICLE * self.letters()
        return _laid_out(run for run in self.runs if whole or run[2] == best)


def _laid_out(runs: Iterable[tuple[str, Span | None, int]]) -> tuple[str, tuple[Piece, ...]]:
    """The runs as one text, with the pieces of those that stand in the source."""
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for run, place, _ in runs:
        parts.append(run)
        if place is not None:
            pieces.append(Piece(Span(at, at + len(run)), place))
        at += len(run)
    return "".join(parts), tuple(pieces)


def _walked(source: str, left_out: frozenset[str]) -> _Walk:
    """The source walked from beginning to end."""
    walk = _Walk()
    for token in tokens(source):
        if isinstance(token, Broken):
            walk.cut = True
        elif isinstance(token, Text):
            _text(walk, source, token)
        elif token.closing:
            _end(walk, token)
        else:
            _start(walk, token, left_out)
    walk.cut = walk.cut or any(walk.depth[name] for name in ("html", "body", "article"))
    return walk


def _text(walk: _Walk, source: str, token: Text) -> None:
    """Text of the page, of the title, or of a script that describes the page."""
    if token.within not in (None, "cdata"):
        content = token.span.of(source)
        walk.statements.content(token.within or "", unescape(content) if token.within == "title" else content)
        return
    if walk.out_at is not None:
        return
    verbatim = walk.depth["pre"] > 0
    for run, place in _decoded(source, token.span):
        walk.runs.append((run if verbatim else run.replace("\n", " ").replace("\r", " "), place, walk.article))
        walk.statements.text(run)


def _decoded(source: str, span: Span) -> Iterator[tuple[str, Span]]:
    """The stretches of a text, entities decoded, each with its place."""
    at = span.start
    for entity in _ENTITY.finditer(source, span.start, span.end):
        character = unescape(entity.group())
        if character == entity.group():
            continue
        if entity.start() > at:
            yield source[at : entity.start()], Span(at, entity.start())
        yield character, Span(*entity.span())
        at = entity.end()
    if at < span.end:
        yield source[at : span.end], Span(at, span.end)


def _start(walk: _Walk, tag: Tag, left_out: frozenset[str]) -> None:
    """A start tag: a new block, a part to leave out, or a statement about the page."""
    walk.statements.tag(tag)
    if tag.name in ("article", "main", "body") and walk.out_at is not None:
        walk.out_at = None  # a menu or head that was never closed
    if tag.name in _BLOCK and walk.out_at is None:
        walk.break_()
    elif tag.name == "br" and walk.out_at is None:
        walk.runs.append(("\n", None, walk.article))
    if tag.name in _VOID or tag.name in VERBATIM:
        return
    if tag.name == "article" and not walk.depth["article"]:
        walk.articles += 1
        walk.article = walk.articles
    if tag.name in _CLOSED_BY_THE_NEXT and walk.open and walk.open[-1] == tag.name:
        walk.leave()
    walk.enter(tag.name)
    hidden = "hidden" in tag.attributes or bool(_HIDDEN.search(tag.attributes.get("style", "")))
    if walk.out_at is None and (tag.name in left_out or (hidden and tag.name not in ("html", "body"))):
        walk.out_at = len(walk.open)


def _end(walk: _Walk, tag: Tag) -> None:
    """An end tag: closes its element and all that were left open in it."""
    walk.statements.end(tag)
    if walk.depth[tag.name]:
        while walk.leave() != tag.name:
            pass
        if walk.out_at is not None and len(walk.open) < walk.out_at:
            walk.out_at = None
        if tag.name == "article" and not walk.depth["article"]:
            walk.break_()
            walk.article = 0
    if tag.name in _BLOCK and walk.out_at is None:
        walk.break_()
