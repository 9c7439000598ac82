"""The articles' graphs of a store, and that of the judgements, checked against the shapes as they stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.settings import Settings
from kg.store import embedded
from kg.validate import Finding, shapes

JUDGEMENTS: Final = "judgements"
"""The graph of the judgements, among the articles."""


def findings(settings: Settings, progress: Callable[[str, int, int], None] = lambda *_: None) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Each article of a store, by the last part of its id, and last `JUDGEMENTS`, with all that is wrong in the graph; reads what readers see.

    Raises StoreEmpty or StoreVersionError.
    """
    store = Store.read_only(str(embedded.snapshot(settings.folder, settings.base)))
    start, fitting = f"{settings.base}graph/article/", shapes(settings.base)
    names = sorted(graph.value.removeprefix(start) for graph in store.named_graphs() if graph.value.startswith(start))
    names = [name for name in names if "/" not in name]  # graphs of earlier versions are parts of what was checked in its time
    for number, name in enumerate(names):
        progress("checking", number, len(names))
        yield name, fitting.check(store.quads_for_pattern(None, None, None, NamedNode(start + name)))
    judged = NamedNode(f"{settings.base}graph/{JUDGEMENTS}")
    yield JUDGEMENTS, fitting.check(store.quads_for_pattern(None, None, None, judged))
