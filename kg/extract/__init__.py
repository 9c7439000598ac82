"""Extractors: each turns a Document into claim drafts with the span they rest on; one interface, one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from kg.extract.rules import Rules
from kg.model import Document, Extraction
from kg.settings import Settings


class Extractor(Protocol):
    """What every extractor offers; `name` carries its version."""

    @property
    def name(self) -> str:
        """The extractor and its version, as `prov:wasGeneratedBy` names them."""

    def extract(self, document: Document) -> Extraction:
        """All that it reads in a document."""


EXTRACTORS: Final[Mapping[str, Callable[[Settings], Extractor]]] = {"rules": Rules.of}
"""The extractors by the name that `kg add --extractor` takes, each made from the settings."""

__all__ = ["EXTRACTORS", "Extractor"]
