"""What a query or an update asks for, told from its tree: calls of other endpoints, loads, graphs it writes, whether its answer repeats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.sparql.traversal import children, walk
from kg.sparql.tree import (
    IRI,
    XSD,
    BuiltIn,
    Call,
    Clear,
    Create,
    DeleteData,
    Drop,
    Graph,
    InsertData,
    Load,
    Modify,
    Node,
    Operation,
    Query,
    Service,
    Transfer,
    Triples,
    Update,
    Variable,
)
from kg.sparql.words import UNREPEATABLE

_REPEATABLE: Final = (XSD, "http://www.opengis.net/def/function/geosparql/")
"""The namespaces of functions that always give the same: casts, and those of GeoSPARQL."""


def services(tree: Node) -> tuple[Service, ...]:
    """The calls of other endpoints, wherever they stand."""
    return tuple(node for node in walk(tree) if isinstance(node, Service))


def loads(update: Update) -> tuple[Load, ...]:
    """The operations that fetch a document."""
    return tuple(operation for operation in update.operations if isinstance(operation, Load))


def reads_default_graph(node: Node) -> bool:
    """Whether a query has a pattern of triples outside of GRAPH."""
    if isinstance(node, Graph | Service):
        return False
    return isinstance(node, Triples) or any(map(reads_default_graph, children(node)))


def is_repeatable(query: Query) -> bool:
    """Whether the same graph gives the same answer again: without NOW, RAND, UUID, STRUUID, BNODE, SERVICE and unknown functions."""
    for node in walk(query):
        if isinstance(node, Service) or (isinstance(node, BuiltIn) and node.name in UNREPEATABLE):
            return False
        if isinstance(node, Call) and not node.function.value.startswith(_REPEATABLE):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Written:
    """The graphs that an update can change: those named, the default graph, and whether it may be any other, too."""

    graphs: frozenset[str]
    default: bool
    any: bool


def written(update: Update) -> Written:
    """What the update can change; USING and WHERE only read."""
    targets = [target for operation in update.operations for target in _targets(operation)]
    return Written(
        frozenset(target.value for target in targets if isinstance(target, IRI)),
        any(target in (None, "DEFAULT", "ALL") for target in targets),
        any(isinstance(target, Variable) or target in ("NAMED", "ALL") for target in targets),
    )


def _targets(operation: Operation) -> list[IRI | Variable | str | None]:
    """The graphs that an operation changes; None is the default graph, a variable any named one."""
    match operation:
        case InsertData(quads) | DeleteData(quads):
            return [block.graph for block in quads]
        case Modify(delete, insert):
            return [operation.graph if block.graph is None else block.graph for block in (*(delete or ()), *(insert or ()))]
        case Load() | Create():
            return [operation.graph]
        case Clear(target) | Drop(target):
            return [target]
        case Transfer("MOVE", source, target):
            return [source, target]
        case Transfer(_, _, target):
            return [target]
