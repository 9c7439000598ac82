"""A writer's database made anew: in a folder beside it, whose place it takes when it is whole.  Killed anywhere, there is the one or the other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pyoxigraph import Store

GRAPH: Final = "graph"
"""The folder of the writer's database."""

FRESH: Final = "graph.fresh"
"""The folder in which one is made that is to take its place."""

OLD: Final = "graph.old"
"""The folder of one whose place another has taken, while it is being dropped."""


def make(folder: Path, fill: Callable[[Store], None]) -> None:
    """Makes a fresh database, filled, and closes it.  `fill` may read the one that stands, and keeps nothing of the fresh one open."""
    settle(folder)
    for left in (FRESH, OLD):
        shutil.rmtree(folder / left, ignore_errors=True)
    store = Store(str(folder / FRESH))
    fill(store)
    store.flush()


def put_in_place(folder: Path, boundary: Callable[[str], None]) -> None:
    """Lets the fresh database take the place of the one that stands, which nobody has open any more."""
    graph, fresh, old = (folder / name for name in (GRAPH, FRESH, OLD))
    if graph.exists():
        graph.rename(old)
        boundary("old graph aside")
    fresh.rename(graph)
    boundary("graph renewed")
    shutil.rmtree(old, ignore_errors=True)
    boundary("old graph dropped")


def settle(folder: Path) -> None:
    """Finishes what was killed between the two steps by which a fresh database takes the place of the old one."""
    if (folder / FRESH).exists() and not (folder / GRAPH).exists():
        (folder / FRESH).rename(folder / GRAPH)
