"""Markup: HTML source as a flat run of tags and text, each with its exact place.

A tokenizer of our own, because offsets must map back exactly and a hostile page must cost no more than a friendly one: every search that
fails once is not made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

from kg.model import Span

# Elements whose content is text up to their own end tag, whatever stands in it.
VERBATIM: Final = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})

_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]{0,60})(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_LOOSE_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]{0,60})(?P<attributes>[^>]*)>")
_ATTRIBUTE: Final = re.compile(
    r"(?P<name>[^\s=/\"'<>]{1,80})(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+)))?"
)
_LONGEST_TAG = 20_000


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; `attributes` are decoded, names in lower case."""

    name: str
    closing: bool
    attributes: Mapping[str, str]
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text between tags, as it stands in the source; `within` is the verbatim element it is the content of."""

    span: Span
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """The source ends here, within a tag, a comment or a script."""

    span: Span


def tokens(source: str) -> Iterator[Tag | Text | Broken]:
    """The tags and texts of an HTML source in their order, comments and declarations left out."""
    at, length = 0, len(source)
    while at < length:
        opened = source.find("<", at)
        while opened != -1 and opened + 1 < length and not (source[opened + 1].isalpha() or source[opened + 1] in "/!?"):
            opened = source.find("<", opened + 1)
        if opened == -1:
            yield Text(Span(at, length))
            return
        if opened > at:
            yield Text(Span(at, opened))
        token, at = _token(source, opened)
        if token is not None:
            yield token
        if isinstance(token, Tag) and token.name in VERBATIM and not token.closing:
            content = re.compile(rf"</{token.name}(?=[\s/>])", re.IGNORECASE).search(source, at)
            if content is None:
                yield Broken(Span(at, length))
                return
            yield Text(Span(at, content.start()), token.name)
            at = content.start()


def _token(source: str, at: int) -> tuple[Tag | Text | Broken | None, int]:
    """What begins at this `<`, and where it ends."""
    length = len(source)
    if source.startswith("<!--", at):
        end = source.find("-->", at + 4 if not source.startswith(("<!-->", "<!--->"), at) else at + 2)
        return (None, end + 3) if end != -1 else (Broken(Span(at, length)), length)
    if source.startswith("<![CDATA[", at):
        end = source.find("]]>", at)
        return (Text(Span(at + 9, end), "cdata"), end + 3) if end != -1 else (Broken(Span(at, length)), length)
    if at + 1 >= length:
        return Broken(Span(at, length)), length
    if source[at + 1] in "!?" or (source[at + 1] == "/" and not source[at + 2 : at + 3].isalpha()):
        end = source.find(">", at)
        return (None, end + 1) if end != -1 else (Broken(Span(at, length)), length)
    found = _TAG.match(source, at, at + _LONGEST_TAG) or _LOOSE_TAG.match(source, at)
    if found is None:
        return Broken(Span(at, length)), length
    return Tag(found["name"].lower(), bool(found["end"]), _attributes(found["attributes"]), Span(*found.span())), found.end()


def _attributes(source: str) -> dict[str, str]:
    """The attributes of a tag; of two with one name the first counts."""
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(source):
        value = found["double"] if found["double"] is not None else found["single"] if found["single"] is not None else found["bare"]
        attributes.setdefault(found["name"].lower(), unescape(value or ""))
    return attributes
