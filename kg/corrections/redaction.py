"""Redaction: names taken out of texts as they stand in files, where letters may be escaped and tags may stand between them.

A text is searched in several views: as it stands; with HTML character references, percent-encoding (RFC 3986, section 2.1) and backslash
escapes (RFC 8259, section 7) decoded, to any depth; and so again without tags and comments.  Every character of a view knows where it stands
in the source, so that what is found in any of them is taken out of the source itself.
"""

from __future__ import annotations

import base64
import codecs
import contextlib
import gzip
import quopri
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from kg.corrections.names import Matcher
from kg.model import Span

MARKER: Final = "[name removed]"
"""What stands for a name in running text."""

SLUG: Final = "name-removed"
"""What stands for a name in an address or a file's name."""

_ESCAPE: Final = re.compile(
    r"(?P<entity>&(?:\#[0-9]{1,8};?|\#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};))"
    r"|(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<backslash>(?:\\u[0-9a-fA-F]{4})+|\\u\{[0-9a-fA-F]{1,6}\}|\\x[0-9a-fA-F]{2}|\\U[0-9a-fA-F]{8}|\\[nrtbfv0/\"'\\])"
)
_UNIT: Final = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|[uxU]([0-9a-fA-F]+))")
_TAG: Final = re.compile(r"<!--.*?-->|<[A-Za-z/!?][^<>]{0,4000}>", re.DOTALL)
_DEPTH = 4
_OUTSIDE_ADDRESS: Final = frozenset("\"'<>()[]{}|`,;")
_ADDRESS_REACH = 400
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_QUOTED: Final = re.compile(rb"=(?:[0-9A-F]{2}|\r?\n)")
_WHITE_ESCAPES: Final = frozenset("nrtbfv0")


@dataclass(frozen=True, slots=True)
class View:
    """A text as it is to be searched, and for each of its characters where it begins and ends in the source."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def views(source: str) -> Iterator[View]:
    """The views of a source that differ from one another."""
    plain = View(source, range(len(source)), range(1, len(source) + 1))
    yield plain
    decoded = plain
    for _ in range(_DEPTH):
        deeper = _unescaped(decoded)
        if deeper is decoded:
            break
        decoded = deeper
    if decoded is not plain:
        yield decoded
    bare = _without_tags(decoded)
    if bare is not decoded:
        yield bare


def _unescaped(view: View) -> View:
    """The view with its escapes decoded once; itself when there are none."""
    return _edited(view, ((escape, _decoded(escape), view.ends[escape.end() - 1]) for escape in _ESCAPE.finditer(view.text)))


def _edited(view: View, edits: Iterable[tuple[re.Match[str], str, int]]) -> View:
    """The view with other characters in the place of some stretches, and where in the source they end; itself when nothing changes."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for found, characters, end in edits:
        parts += [view.text[at : found.start()], characters]
        starts.extend(view.starts[at : found.start()])
        ends.extend(view.ends[at : found.start()])
        starts.extend([view.starts[found.start()]] * len(characters))
        ends.extend([end] * len(characters))
        at = found.end()
    parts.append(view.text[at:])
    starts.extend(view.starts[at:])
    ends.extend(view.ends[at:])
    text = "".join(parts)
    return view if text == view.text else View(text, starts, ends)


def _decoded(escape: re.Match[str]) -> str:
    """The characters that an escape stands for; what is none stays as it is."""
    words = escape.group()
    if escape["entity"]:
        return unescape(words)
    if escape["percent"]:
        data = bytes.fromhex(words.replace("%", ""))
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("cp1252", errors="replace")
    if words[1] not in "uxU":
        return " " if words[1] in _WHITE_ESCAPES else words[1]
    units = [int(braced or plain, 16) for braced, plain in _UNIT.findall(words)]
    if any(unit > 0x10FFFF for unit in units):
        return words
    return "".join(map(chr, units)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _without_tags(view: View) -> View:
    """The view with a space for each tag and comment, of which nothing stands in the source; itself when there are none."""
    return _edited(view, ((tag, " ", view.starts[tag.start()]) for tag in _TAG.finditer(view.text)))


def redacted(source: str, matcher: Matcher) -> str:
    """The source with a marker for every name; itself when none shows in any view of it.

    >>> redacted("<b>J.</b> Doe&#39;s house, https://example.org/j-doe", Matcher.of({"jdoe": 2}))
    '<b>[name removed]</b>&#39;s house, https://example.org/name-removed'
    """
    taken: list[tuple[Span, str]] = []
    for view in views(source):
        for found in matcher.find(view.text):
            _take(taken, [*_places(view, found)], source)
    parts: list[str] = []
    at = 0
    for span, marker in sorted(taken, key=lambda edit: edit[0]):
        parts += [source[at : span.start], marker]
        at = span.end
    return "".join([*parts, source[at:]])


def _places(view: View, found: Span) -> Iterator[Span]:
    """The stretches of the source that a stretch of a view is read from."""
    start = end = -1
    for at in range(found.start, found.end):
        here, there = view.starts[at], view.ends[at]
        if here == there or there <= end:
            continue
        if here > end:
            if end > start:
                yield Span(start, end)
            start = here
        end = there
    if end > start:
        yield Span(start, end)


def _take(taken: list[tuple[Span, str]], places: list[Span], source: str) -> None:
    """Adds the stretches of one name to those taken out: its marker in place of the first, unless one stands for it already."""
    marked = False
    for place in places:
        over = [edit for edit in taken if edit[0].start < place.end and place.start < edit[0].end]
        for edit in over:
            taken.remove(edit)
        start = min([place.start, *(edit[0].start for edit in over)])
        end = max([place.end, *(edit[0].end for edit in over)])
        marker = next((edit[1] for edit in over if edit[1]), "")
        if not marker and not marked:
            marker = SLUG if _in_address(source, Span(start, end)) else MARKER
        marked = True
        taken.append((Span(start, end), marker))


def _in_address(source: str, span: Span) -> bool:
    """Whether a stretch stands in an address or a path."""
    if "%" in span.of(source):
        return True
    start, end = span.start, span.end
    while start > max(0, span.start - _ADDRESS_REACH) and not _bounds(source[start - 1]):
        start -= 1
    while end < min(len(source), span.end + _ADDRESS_REACH) and not _bounds(source[end]):
        end += 1
    run = source[start:end].replace("\\", "")
    return "://" in run or run.startswith(("/", "./", "../", "www."))


def _bounds(character: str) -> bool:
    return character.isspace() or character in _OUTSIDE_ADDRESS


def redacted_path(path: str, matcher: Matcher) -> str:
    """A file's name, or an address, without names.

    >>> redacted_path("2024/J_Doe.html", Matcher.of({"jdoe": 2}))
    '2024/name-removed.html'
    """
    taken: list[tuple[Span, str]] = []
    for view in views(path):
        for found in matcher.find(view.text):
            _take(taken, [*_places(view, found)], path)
    for span, marker in sorted(taken, key=lambda edit: edit[0], reverse=True):
        path = path[: span.start] + (SLUG if marker else "") + path[span.end :]
    return path


# -- looking for what is left -----------------------------------------------------------------------------------------------------


def shows(data: bytes, matcher: Matcher, encoding: str | None = None) -> bool:
    """Whether a name shows in bytes: read as text in any likely encoding, in any view, also compressed or in base64 or quoted-printable."""
    return any(matcher.shows(view.text) for text in _texts(data, encoding) for view in views(text))


def _texts(data: bytes, encoding: str | None) -> Iterator[str]:
    """The texts that bytes may be."""
    if data.startswith(b"\x1f\x8b"):
        with contextlib.suppress(OSError, EOFError, zlib.error):
            data = gzip.decompress(data)
    if encoding:
        yield data.decode(encoding, errors="replace")
    try:
        yield data.decode("utf-8")
    except UnicodeDecodeError:
        yield data.decode("utf-8", errors="replace")
        yield data.decode("cp1252", errors="replace")
    if b"\x00" in data:
        for wide in ("utf-16-le", "utf-16-be"):
            yield data.decode(wide, errors="replace")
            yield data[1:].decode(wide, errors="replace")
    if _QUOTED.search(data):
        yield quopri.decodestring(data).decode("utf-8", errors="replace")
    for run in _BASE64.findall(data):
        yield from _from_base64(run)


def _from_base64(run: bytes) -> Iterator[str]:
    """The texts that a run of base64 may be (RFC 4648, sections 4 and 5), wherever in it the first group of four begins."""
    bare = run.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    for start in range(4):
        group = bare[start : start + (len(bare) - start) // 4 * 4]
        rest = bare[start + len(group) :]
        group += rest.ljust(4, b"=") if len(rest) > 1 else b""
        yield base64.b64decode(group).decode("utf-8", errors="replace")


def encoded(text: str, data: bytes, encoding: str) -> bytes:
    """A changed text in the encoding that its file had, byte order mark included; in UTF-8 when that encoding cannot hold it."""
    mark = next((m for m in (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
                 if data.startswith(m)), b"")  # fmt: skip
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8", errors="replace")
