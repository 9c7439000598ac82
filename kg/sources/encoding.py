"""The characters of a file: its encoding found, or what it is when it is not text."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from kg.errors import BinaryFile

# The first bytes of what is not text, and what it is.
_MAGIC: Final = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive, or an office document"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"WARC/1.", "a web archive (WARC)"),
)
_RIFF: Final = {b"WEBP": "a WebP picture", b"WAVE": "a WAV recording", b"AVI ": "an AVI film"}
# UTF-32 stands before UTF-16, whose mark its own begins with.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_FEED: Final = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(rss|feed|rdf:RDF|urlset|sitemapindex|nitf|newsItem)\b")
_DECLARED_WITHIN = 4096
# What browsers take these labels to mean (WHATWG Encoding).
_LABELS: Final = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_SAMPLE = 100_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's characters, its encoding, and notes on what was guessed or lost."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decoded(name: str, data: bytes) -> Decoded:
    """The characters of a file: by its byte order mark, as UTF-8, as its markup declares, else by a guess that is noted.

    Raises BinaryFile, saying what the bytes look like.
    """
    marked = _marked(name, data)
    if marked is None:
        looks = _looks(data)
        if looks:
            raise BinaryFile(name, f"is {looks}, not text.")
    found = marked or _utf8(data) or _wide(data)
    if found is None and b"\x00" in data:
        raise BinaryFile(name, f"is binary: {data.count(0)} zero bytes among {len(data)}.")
    found = found or _stated(data) or _guessed(name, data)
    strange = len(_CONTROL.findall(found.text))
    if strange * 100 > len(found.text):
        raise BinaryFile(name, f"is binary: {strange} control characters among {len(found.text)}.")
    return found


def _looks(data: bytes) -> str | None:
    """What the bytes are when their beginning tells."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return what
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12], "a recording")
    if data[4:8] == b"ftyp":
        return "an MP4 film"
    feed = _FEED.match(data)
    if feed:
        return f"an XML file ({feed[1].decode('ascii')})"
    return "JSON" if data.lstrip()[:1] in (b"{", b"[") and _is_json(data) else None


def _is_json(data: bytes) -> bool:
    """Whether the file, or its first line, is JSON other than a word in brackets."""
    for part in (data, data.lstrip().split(b"\n", 1)[0]):
        try:
            return isinstance(json.loads(part), dict | list)
        except (ValueError, RecursionError):
            continue
    return False


def _marked(name: str, data: bytes) -> Decoded | None:
    """The text of a file with a byte order mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            lost = text.count("\ufffd")
            if lost * 20 > len(text):
                raise BinaryFile(name, f"begins like {encoding.upper()} and is not: {lost} of {len(text)} characters cannot be read.")
            return Decoded(text, encoding, (f"{lost} characters are not {encoding.upper()}",) if lost else ())
    return None


def _utf8(data: bytes) -> Decoded | None:
    """The text of a file in UTF-8; a file cut within its last character, or with a few broken ones, is still one."""
    if b"\x00" in data:
        return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as wrong:
        if wrong.end == len(data) and wrong.reason == "unexpected end of data" and wrong.start > 0 and not data[: wrong.start].isascii():
            return Decoded(data[: wrong.start].decode("utf-8"), "utf-8", ("the file breaks off within a character",))
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if lost * 10 > len(re.findall(r"[^\x00-\x7f\ufffd]", text)):
        return None
    return Decoded(text, "utf-8", (f"{lost} characters are not UTF-8 and were replaced",))


def _wide(data: bytes) -> Decoded | None:
    """The text of a file in UTF-16 without a mark: every other byte of it is zero, the others are not."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 4 or len(data) % 2:
        return None
    for encoding, zeros, others in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        if zeros.count(0) * 10 >= len(zeros) * 7 and others.count(0) == 0:
            try:
                return Decoded(data.decode(encoding), encoding, (f"the encoding was guessed: {encoding.upper()}",))
            except UnicodeDecodeError:
                return None
    return None


def _stated(data: bytes) -> Decoded | None:
    """The text in the encoding that its markup declares, when it is in it."""
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    if declared is None:
        return None
    label = declared[1].decode("ascii").lower()
    try:
        encoding = codecs.lookup(_LABELS.get(label, label)).name
        return Decoded(data.decode(encoding), encoding)
    except (LookupError, UnicodeError):
        return None


def _guessed(name: str, data: bytes) -> Decoded:
    """The text in the likeliest encoding. Few bytes above ASCII are the quotes and accents of an English text: Windows-1252."""
    high = len(_HIGH.findall(data))
    candidates = ["cp1252"] if high * 10 < len(data) else []
    best = from_bytes(data[:_SAMPLE]).best()
    candidates += [best.encoding] if best else []
    for encoding in candidates:
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") * 1000 <= len(text):
            return Decoded(text, encoding, (f"the encoding was guessed: {encoding}",))
    raise BinaryFile(name, "is in no encoding that is known here.")
