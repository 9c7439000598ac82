"""What the views of one application share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore

from flask import current_app, request

import kg
from kg.answers import Answer
from kg.formats import Format
from kg.querying import Querying
from kg.settings import Settings
from kg.store.pool import Pool
from kg.store.revisions import revision
from server.front import asker
from server.protocol import values
from server.turns import Turns
from server.validators import Contents
from server.writing import Door


@dataclass(frozen=True, slots=True)
class House:
    """The settings, the pool and what is asked through it, the prefixes that need no declaration, the questions' folder, and the door that writes go through.

    `door` is None where the graph can only be read. `readers` keeps the processes that read foreign RDF few; `turns` are those at writing.
    `contents` are the entity tags of graphs that were read.
    """

    settings: Settings
    pool: Pool
    querying: Querying
    prefixes: Mapping[str, str]
    folder: Path
    door: Door | None = None
    readers: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(2))
    turns: Turns = field(default_factory=Turns)
    contents: Contents = field(default_factory=Contents)

    @property
    def shapes(self) -> tuple[object, ...]:
        """What shapes every answer of this server, beside what is asked."""
        return (kg.__version__, self.settings.base, self.settings.union_default_graph)

    @property
    def open_door(self) -> Door:
        """The door; to be asked for by what has been let in."""
        assert self.door is not None, "nobody is let in where there is no door"
        return self.door


def house() -> House:
    """What the views of this application share."""
    shared: House = current_app.extensions["isnad"]
    return shared


def snapshot() -> Path:
    """The snapshot that the request under way asks: that of the revision which it names, else the one in force; raises UnknownRevision."""
    return _named() or house().pool.current()


def _named() -> Path | None:
    """The snapshot of the revision that the request under way names, if it names one."""
    name = next(iter(values(request, "revision")), None)
    return revision(house().settings.folder, name) if name else None


def answered(
    text: str,
    format: Format,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    keep: int | None = None,
    there: str | None = None,
) -> Answer:
    """The answer for whoever sends the request under way; raises what `Querying.answer` raises, and UnknownRevision."""
    return house().querying.answer(text, format, default_graphs, named_graphs, keep, asker(request.environ), _named(), there)
