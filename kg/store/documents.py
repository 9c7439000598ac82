"""The document store: every article as it came and as it was read, beside the graph store, from which the graph can be rebuilt.

    documents/objects/<ab>/<sha256>.gz      raw bytes and clean texts, by the hash of what they hold
    documents/articles/<article>.json       one record per article: what is to be in the graph
    documents/ledger.sqlite                 which event each telling was first put into
    documents/judgements.jsonl              what persons judged, in order of entry (`kg.store.log`)

Objects are written before the record that names them, and every file appears whole or not at all (written aside, synced, renamed).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.model import Document, Metadata, Origin, Raw
from kg.store.ledger import Ledger


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that a reader, or the next process after a crash, sees the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of one article: `article` is its id's last part, `extractor` what its claims were read by.

    `earlier` lists the texts that stood under the same URL before, oldest first, as (raw, text) hashes.
    """

    article: str
    name: str
    raw_sha256: str
    text_sha256: str
    metadata: Metadata
    extractor: str
    earlier: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> bytes:
        """The record as UTF-8 JSON with sorted keys."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    @classmethod
    def from_json(cls, text: str) -> Record:
        """The record that `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        known = data["metadata"]
        origin = Origin(**known["origin"]) if known["origin"] else None
        data["metadata"] = Metadata(**(known | {"origin": origin}))
        data["earlier"] = tuple((raw, clean) for raw, clean in data["earlier"])
        return cls(**data)


class Documents:
    """The articles kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self._objects = folder / "objects"
        self._records = folder / "articles"
        self.ledger = Ledger(folder / "ledger.sqlite")

    def keep(self, article: str, raw: Raw, document: Document, extractor: str) -> Record:
        """Keeps an article's raw bytes and clean text and gives its record, which `commit` makes the one in force."""
        self._put(raw.data)
        self._put(document.text.encode())
        old = self.find(article)
        earlier = old.earlier if old else ()
        if old and old.text_sha256 != document.text_sha256:
            earlier = (*earlier, (old.raw_sha256, old.text_sha256))
        return Record(article, raw.name, document.raw_sha256, document.text_sha256, raw.metadata, extractor, earlier)

    def commit(self, record: Record) -> None:
        """Makes a record the one in force for its article."""
        write_whole(self._path(record.article), record.to_json())

    def forget(self, article: str) -> None:
        """Takes an article's record away; its objects stay until `kg` is asked to drop them."""
        self._path(article).unlink(missing_ok=True)

    def find(self, article: str) -> Record | None:
        """The record in force, or None."""
        path = self._path(article)
        return Record.from_json(path.read_text(encoding="utf-8")) if path.exists() else None

    def __iter__(self) -> Iterator[Record]:
        """The records in force, in the order of their ids."""
        for path in sorted(self._records.glob("*.json")):
            yield Record.from_json(path.read_text(encoding="utf-8"))

    def raw(self, record: Record) -> Raw:
        """The article as it came; raises StoreError when its bytes are missing or damaged."""
        return Raw(record.name, self._get(record.raw_sha256), record.metadata)

    def text(self, record: Record) -> str:
        """The clean text that the claims' offsets point into."""
        return self._get(record.text_sha256).decode()

    def _path(self, article: str) -> Path:
        return self._records / f"{article}.json"

    def _object(self, sha256: str) -> Path:
        return self._objects / sha256[:2] / f"{sha256}.gz"

    def _put(self, data: bytes) -> None:
        path = self._object(hashlib.sha256(data).hexdigest())
        if not path.exists():
            write_whole(path, gzip.compress(data, mtime=0))

    def _get(self, sha256: str) -> bytes:
        path = self._object(sha256)
        try:
            data = gzip.decompress(path.read_bytes())
        except (OSError, EOFError) as error:
            raise StoreError(f"The document store lacks {path.name} or cannot read it ({error}). Restore it from a backup.") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(f"{path.name} in the document store is damaged. Restore it from a backup.")
        return data
