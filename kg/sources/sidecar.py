"""Sidecars: what a folder's metadata.yaml says of the articles beside it.

article.txt:
  publisher: Some Outlet
  url: https://example.org/article
  published: 2024-08-03T17:41:00Z      # EDTF, a day, or a day and time
  title: …
  language: en
  derived_from: {publisher: …, url: …, raw_sha256: …, published: …}     # a paraphrase, and what it renders
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import yaml

from kg.errors import BadSidecar
from kg.model import Metadata, Origin
from kg.sources import urls
from kg.values.edtf import span_of

NAME: Final = "metadata.yaml"

_KEYS: Final = ("publisher", "url", "published", "title", "language", "derived_from")
_ORIGIN_KEYS: Final = ("publisher", "url", "raw_sha256", "published")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_TIMESTAMP: Final = "tag:yaml.org,2002:timestamp"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The rows of one sidecar: what is known of each file, and what is wrong with the rows of others."""

    rows: Mapping[str, Metadata]
    wrong: Mapping[str, BadSidecar]


class _Loader(yaml.SafeLoader):
    """YAML read so that dates stay the words that they are, and no key is given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = next((key for at, key in enumerate(keys) if key in keys[:at]), None) if len(set(keys)) < len(keys) else None
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"{twice!r} is given twice", node.start_mark)
        return dict(super().construct_mapping(node, deep=deep))


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def sidecar(name: str, data: bytes) -> Sidecar:
    """The rows of a metadata.yaml; a row that does not say what it should is kept apart with its error.

    Raises BadSidecar, naming the line, when the file as a whole cannot be used.
    """
    try:
        content = yaml.load(data.decode("utf-8-sig"), Loader=_Loader)
    except UnicodeDecodeError as wrong:
        raise BadSidecar(name, f"is not UTF-8 (byte {wrong.start}); save it as UTF-8.") from wrong
    except (yaml.YAMLError, RecursionError, ValueError) as wrong:
        raise BadSidecar(name, f"is not YAML: {' '.join(str(wrong).split())}") from wrong
    if content is None:
        return Sidecar({}, {})
    if not isinstance(content, dict):
        raise BadSidecar(name, "should map file names to what is known of each file.")
    rows: dict[str, Metadata] = {}
    wrong_rows: dict[str, BadSidecar] = {}
    for file, row in content.items():
        try:
            rows[str(file)] = _metadata(name, str(file), row)
        except BadSidecar as bad:
            wrong_rows[str(file)] = bad
    return Sidecar(rows, wrong_rows)


def published(value: object) -> str:
    """The EDTF of a day of publication as someone states it; raises ValueError with what is wrong with it.

    >>> published("2024-08-03 17:41+03:00")
    '2024-08-03T17:41:00+03:00'
    >>> published("2024-08~")
    '2024-08~'
    """
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        raise ValueError("should be a date, such as 2024-08-03")
    words = value.isoformat() if isinstance(value, date) else str(value).strip()
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]", words):
        try:
            moment = datetime.fromisoformat(words.replace(" ", "T", 1).replace(" ", ""))
        except ValueError as wrong:
            raise ValueError(f"is no day and time: {words!r}; write 2024-08-03T17:41:00Z") from wrong
        return re.sub(r"\+00:00$", "Z", moment.replace(microsecond=0).isoformat())
    if "X" in words:
        raise ValueError(f"leaves digits open: {words!r}; leave it out when the day is not known")
    try:
        span_of(words)
    except ValueError as wrong:
        raise ValueError(f"is no EDTF date: {words!r}; write 2024-08-03, 2024-08 or 2024-08-03T17:41:00Z") from wrong
    return words


def _metadata(name: str, file: str, row: object) -> Metadata:
    """What a row says, checked."""
    if row is None:
        return Metadata()
    values = _values(name, file, row, _KEYS)
    derived = values.get("derived_from")
    origin = None
    day = _day(name, file, "published", values.get("published"))
    if derived is not None:
        told = _values(name, f"{file}: derived_from", derived, _ORIGIN_KEYS)
        where = f"{file}: derived_from"
        origin = Origin(
            _words(name, where, "publisher", told.get("publisher")),
            _address(name, where, told.get("url")),
            _matched(name, where, "raw_sha256", told.get("raw_sha256"), _HASH, "64 hexadecimal digits in small letters"),
        )
        day = day or _day(name, where, "published", told.get("published"))
    return Metadata(
        title=_words(name, file, "title", values.get("title")),
        url=_address(name, file, values.get("url")),
        publisher=_words(name, file, "publisher", values.get("publisher")),
        published=day,
        language=_matched(name, file, "language", values.get("language"), _LANGUAGE, "a language code, such as en"),
        origin=origin,
    )


def _values(name: str, where: str, row: object, keys: tuple[str, ...]) -> dict[object, object]:
    """The keys of a row and their values; no others than those that there are."""
    if not isinstance(row, dict):
        raise BadSidecar(name, f"{where}: should be a mapping with the keys {', '.join(keys)}.")
    strange = next((key for key in row if key not in keys), None)
    if strange is not None:
        raise BadSidecar(name, f"{where}: there is no key {strange!r}; there are {', '.join(keys)}.")
    return row


def _words(name: str, where: str, key: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        shown = "no text" if isinstance(value, list | dict) else repr(value)
        raise BadSidecar(name, f"{where}: {key} is {shown}; write words, in quotes where YAML takes them for something else.")
    return " ".join(value.split())


def _matched(name: str, where: str, key: str, value: object, pattern: re.Pattern[str], meant: str) -> str | None:
    words = _words(name, where, key, value)
    if words is not None and not pattern.fullmatch(words):
        raise BadSidecar(name, f"{where}: {key} is {words!r}; write {meant}.")
    return words


def _address(name: str, where: str, value: object) -> str | None:
    words = _words(name, where, "url", value)
    if words is None:
        return None
    url = urls.canonical(words)
    if url is None:
        raise BadSidecar(name, f"{where}: url is {words!r}; write an http(s) address.")
    return url


def _day(name: str, where: str, key: str, value: object) -> str | None:
    if value is None:
        return None
    try:
        return published(value)
    except ValueError as wrong:
        raise BadSidecar(name, f"{where}: {key} {wrong}.") from wrong
