"""The document store: every article as it came and as it was read, beside the graph store, from which the graph can be rebuilt.

    documents/objects/<ab>/<sha256>.gz      raw bytes and clean texts, by the hash of what they hold
    documents/articles/<article>.json       one record per article: what is to be in the graph
    documents/ledger.sqlite                 which event each telling was first put into
    documents/judgements.jsonl              what persons judged, in order of entry (`kg.store.log`)
    documents/corrections.jsonl             retractions and takedowns, in order of entry (`kg.corrections`)
    documents/salt                          the key by which names that were taken down are recognised; never exported

Objects are written before the record that names them, and every file appears whole or not at all (written aside, synced, renamed).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import secrets
import zlib
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.model import Document, Metadata, Origin, Raw
from kg.store.files import write_whole
from kg.store.ledger import Ledger
from kg.store.log import Log


@dataclass(frozen=True, slots=True)
class Kept:
    """One text of an article as it is kept: the file's name, the hashes of its raw bytes and its clean text, what is known from outside."""

    name: str
    raw_sha256: str
    text_sha256: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of one article: `article` is its id's last part, `extractor` what its claims were read by.

    `earlier` lists the texts that stood under the same URL before, oldest first.
    """

    article: str
    name: str
    raw_sha256: str
    text_sha256: str
    metadata: Metadata
    extractor: str
    earlier: tuple[Kept, ...] = ()

    @property
    def current(self) -> Kept:
        """The text in force."""
        return Kept(self.name, self.raw_sha256, self.text_sha256, self.metadata)

    def to_json(self) -> bytes:
        """The record as UTF-8 JSON with sorted keys."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    @classmethod
    def from_json(cls, text: str) -> Record:
        """The record that `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        data["metadata"] = _metadata(data["metadata"])
        data["earlier"] = tuple(
            Kept(**(kept | {"metadata": _metadata(kept["metadata"])}))
            if isinstance(kept, dict)
            else Kept(data["name"], kept[0], kept[1], data["metadata"])  # as versions before the log of corrections wrote it
            for kept in data["earlier"]
        )
        return cls(**data)


def _metadata(known: dict[str, Any]) -> Metadata:
    """What is known from outside, out of JSON."""
    return Metadata(**(known | {"origin": Origin(**known["origin"]) if known["origin"] else None}))


class Documents:
    """The articles kept in a folder; `objects` is where their bytes are, when not there, too."""

    def __init__(self, folder: Path, objects: Path | None = None) -> None:
        self.corrections = Log(folder / "corrections.jsonl")
        self.salt_file = folder / "salt"
        self.objects = objects or folder / "objects"
        self._folder = folder
        self._records = folder / "articles"
        self.ledger = Ledger(folder / "ledger.sqlite")

    def keep(self, article: str, raw: Raw, document: Document, extractor: str) -> Record:
        """Keeps an article's raw bytes and clean text and gives its record, which `commit` makes the one in force."""
        self.hold(raw, document.text)
        old = self.find(article)
        earlier = old.earlier if old else ()
        if old and old.text_sha256 != document.text_sha256:
            earlier = (*earlier, old.current)
        return Record(article, raw.name, document.raw_sha256, document.text_sha256, raw.metadata, extractor, earlier)

    def commit(self, record: Record) -> None:
        """Makes a record the one in force for its article."""
        write_whole(self._path(record.article), record.to_json())

    def forget(self, article: str) -> None:
        """Takes an article's record away, then the objects that no other record names."""
        record = self.find(article)
        self._path(article).unlink(missing_ok=True)
        if record:
            self.drop_loose({sha for kept in (record.current, *record.earlier) for sha in (kept.raw_sha256, kept.text_sha256)})

    def drop_loose(self, among: Collection[str] | None = None) -> None:
        """Drops the objects (of all, or of these hashes) that no record names, such as a removal that was cut short leaves."""
        for path in list(self._loose(among)):
            path.unlink()

    def find(self, article: str) -> Record | None:
        """The record in force, or None."""
        path = self._path(article)
        return Record.from_json(path.read_text(encoding="utf-8")) if path.exists() else None

    def __iter__(self) -> Iterator[Record]:
        """The records in force, in the order of their ids."""
        for path in sorted(self._records.glob("*.json")):
            yield Record.from_json(path.read_text(encoding="utf-8"))

    @property
    def salt(self) -> bytes:
        """The key by which names that were taken down are recognised, drawn at first use; readable by the owner alone."""
        if not self.salt_file.exists():
            write_whole(self.salt_file, secrets.token_bytes(32), mode=0o600)
        return self.salt_file.read_bytes()

    def hold(self, raw: Raw, text: str) -> Kept:
        """Keeps raw bytes and their clean text; no record names them yet."""
        data = text.encode()
        self._put(raw.data)
        self._put(data)
        return Kept(raw.name, hashlib.sha256(raw.data).hexdigest(), hashlib.sha256(data).hexdigest(), raw.metadata)

    def loose(self) -> Iterator[tuple[Path, bytes]]:
        """The objects that no record names, of this store or of a kept revision, with what they hold; b"" for one that is damaged."""
        for path in self._loose():
            try:
                yield path, gzip.decompress(path.read_bytes())
            except (OSError, EOFError, zlib.error):
                yield path, b""

    def _loose(self, among: Collection[str] | None = None) -> Iterator[Path]:
        named = self._named().union(*(other._named() for other in self.kept()))
        found = self.objects.glob("*/*.gz") if among is None else (path for sha in among if (path := self._object(sha)).exists())
        yield from (path for path in sorted(found) if path.stem not in named)

    def _named(self) -> set[str]:
        return {sha for record in self for kept in (record.current, *record.earlier) for sha in (kept.raw_sha256, kept.text_sha256)}

    def kept(self) -> Iterator[Documents]:
        """The articles of the revisions that are kept by name; their objects are among these."""
        for folder in sorted(self._folder.parent.glob("kept/*/documents")):
            yield Documents(folder, self.objects)

    def raw(self, record: Record | Kept) -> Raw:
        """The article as it came; raises StoreError when its bytes are missing or damaged."""
        return Raw(record.name, self._get(record.raw_sha256), record.metadata)

    def text(self, record: Record | Kept) -> str:
        """The clean text that the claims' offsets point into."""
        return self._get(record.text_sha256).decode()

    def _path(self, article: str) -> Path:
        return self._records / f"{article}.json"

    def _object(self, sha256: str) -> Path:
        return self.objects / sha256[:2] / f"{sha256}.gz"

    def _put(self, data: bytes) -> None:
        path = self._object(hashlib.sha256(data).hexdigest())
        if not path.exists():
            write_whole(path, gzip.compress(data, mtime=0))

    def _get(self, sha256: str) -> bytes:
        path = self._object(sha256)
        try:
            data = gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise StoreError(f"The document store lacks {path.name} or cannot read it ({error}). Restore it from a backup.") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(f"{path.name} in the document store is damaged. Restore it from a backup.")
        return data
