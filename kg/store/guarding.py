"""What an update writes to: users' own graphs, and none of those that are made from documents and judgements.

Graphs that an update names are looked at in its tree.  Those that it finds (`INSERT { GRAPH ?g { … } }`) are known only while it runs; so its
pattern gets a call of a function with them at its end, and whoever runs the update stops it when one of them is a made graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from pyoxigraph import BaseDirection, DefaultGraph, NamedNode, Quad, Triple
from pyoxigraph import Literal as Text

from kg.errors import GraphRefused, QueryError
from kg.sparql import tree
from kg.sparql.faults import shown
from kg.sparql.guard import admit_update
from kg.sparql.printer import show
from kg.sparql.rewriting import rewritten
from kg.sparql.traversal import walk
from kg.sparql.tree import (
    IRI,
    Bind,
    Call,
    Clear,
    Create,
    Dataset,
    DeleteData,
    Drop,
    Group,
    InsertData,
    Load,
    Modify,
    Operation,
    Quads,
    Transfer,
    Update,
    Variable,
)
from kg.store.graphs import is_made

Verb = Literal["INSERT", "DELETE"]
"""What an update does with data that it states."""

GUARD: Final = "urn:x-isnad:written-to"
"""The function that is called with the graphs that an update finds to write to."""

_WAYS: Final[Mapping[str, str]] = {
    "article": "`kg add` and `kg remove` change articles.",
    "judgements": "`kg merge`, `split`, `accept`, `reject`, `name` and `withdraw` change judgements.",
    "corrections": "`kg retract` and `kg takedown` make corrections.",
    "ontology": "It comes from the files in ontology/, which `kg rebuild` reads.",
    "authority": "It comes from the files in ontology/, which `kg rebuild` reads.",
}
_WAY: Final = "It follows from articles and judgements; `kg add`, `remove`, `accept`, `reject` and their like change those."


@dataclass(frozen=True, slots=True)
class Silence:
    """An operation that succeeds because of SILENT alone where a graph is `there` (or is not) when the update begins; `text` tells so."""

    graph: str
    there: bool
    text: str


@dataclass(frozen=True, slots=True)
class Guarded:
    """An update's text for the engine, and the graphs that it may change: None is the default graph, and no tuple stands for any graphs.

    `data` are its quads where it states them all; it does not where they have blank nodes, which become new ones.
    `everything` says whether it empties all graphs, which it may not where some are made, and `verb` what it does with all its data.
    `silences` are the errors that SILENT may hide, and `warnings` what the asker should know beside the answer.
    """

    text: str
    graphs: tuple[str | None, ...] | None
    data: tuple[Quad, ...] | None
    everything: bool
    verb: Verb | None = None
    silences: tuple[Silence, ...] = ()
    warnings: tuple[str, ...] = ()


def refused(graph: str | None, base: str) -> GraphRefused:
    """Why a made graph is not changed by an update, and what changes it; None stands for all graphs."""
    what = graph.removeprefix(f"{base}graph/").partition("/")[0] if graph else ""
    return GraphRefused(graph, _WAYS.get(what, _WAY))


def guarded(text: str, prefixes: Mapping[str, str], base: str, using: Dataset) -> Guarded:
    """The update, if it names no made graph to write to; `base` is that of the made graphs, `using` the dataset that the protocol names.

    Raises GraphRefused, QueryError where the update names a dataset of its own beside `using` (SPARQL 1.1 Protocol, section 2.2.3), and
    what `admit_update` raises.
    """
    admitted = admit_update(text, prefixes, base)
    update = admitted.tree
    written = [graph for operation in update.operations for graph in _written(operation)]
    names = {graph.value if isinstance(graph, IRI) else None for graph in written if not isinstance(graph, Variable)}
    for name in names:
        if name is not None and is_made(name, base):
            raise refused(name, base)
    meant = rewritten(replace(update, operations=tuple(_using(operation, using) for operation in update.operations)))
    assert isinstance(meant, Update)
    operations = tuple(map(_guarded, meant.operations))
    everything = any(isinstance(each, Clear | Drop) and each.target in ("ALL", "NAMED") for each in operations)
    known = not everything and not any(isinstance(graph, Variable) for graph in written)
    return Guarded(
        show(replace(meant, operations=operations)),
        tuple(names) if known else None,
        _data(operations),
        everything,
        _verb(operations),
        tuple(_silences(operations)),
        admitted.warnings,
    )


def _verb(operations: tuple[Operation, ...]) -> Verb | None:
    """What is done with data where the operations do nothing but insert, or nothing but delete them."""
    if all(isinstance(operation, InsertData) for operation in operations):
        return "INSERT"
    return "DELETE" if all(isinstance(operation, DeleteData) for operation in operations) else None


def _silences(operations: tuple[Operation, ...]) -> Iterator[Silence]:
    """The errors that SILENT hides if the graphs are so; not those of graphs that an operation before may have made or dropped."""
    touched: set[str] = set()
    for operation in operations:
        hidden: Silence | None = None
        match operation:
            case Clear(IRI(graph), True) | Drop(IRI(graph), True):
                verb = "CLEAR" if isinstance(operation, Clear) else "DROP"
                hidden = Silence(graph, False, f"{verb} SILENT of <{shown(graph)}> did nothing: there is no such graph.")
            case Create(IRI(graph), True):
                hidden = Silence(graph, True, f"CREATE SILENT of <{shown(graph)}> did nothing: there is such a graph already.")
            case Transfer(verb, IRI(graph), target, True):
                left = "" if verb == "ADD" else f", so that {f'<{shown(target.value)}>' if target else 'the default graph'} is empty now"
                hidden = Silence(graph, False, f"{verb} SILENT of <{shown(graph)}> found no such graph{left}.")
        if hidden is not None and hidden.graph not in touched:
            yield hidden
        written = list(_written(operation))
        if any(isinstance(graph, Variable) for graph in written) or (
            isinstance(operation, Clear | Drop) and operation.target in ("ALL", "NAMED")
        ):
            return
        touched |= {graph.value for graph in written if isinstance(graph, IRI)}


def _data(operations: tuple[Operation, ...]) -> tuple[Quad, ...] | None:
    """The quads that operations state, where they do nothing else."""
    if not all(isinstance(operation, InsertData | DeleteData) for operation in operations):
        return None
    quads = [
        _quad(triple, each.graph)
        for operation in operations
        if isinstance(operation, InsertData | DeleteData)
        for each in operation.quads
        for triple in each.triples
    ]
    stated = tuple(quad for quad in quads if quad is not None)
    return stated if len(stated) == len(quads) else None


def _quad(triple: tree.Triple, graph: IRI | Variable | None) -> Quad | None:
    """A triple of data as the engine's quad; None when it has a blank node."""
    subject, predicate, thing = _term(triple.subject), _term(triple.predicate), _term(triple.object)
    if subject is None or predicate is None or thing is None:
        return None
    name = NamedNode(graph.value) if isinstance(graph, IRI) else DefaultGraph()
    return Quad(subject, predicate, thing, name)  # type: ignore[arg-type]


def _term(node: tree.Node) -> NamedNode | Text | Triple | None:
    match node:
        case IRI(value):
            return NamedNode(value)
        case tree.Literal(value, datatype, language, direction):
            if language is None:
                return Text(value, datatype=NamedNode(datatype))
            return Text(value, language=language, direction=BaseDirection(direction) if direction else None)
        case tree.TripleTerm(subject, predicate, thing):
            parts = _term(subject), _term(predicate), _term(thing)
            return None if None in parts else Triple(*parts)  # type: ignore[arg-type]
    return None


def _written(operation: Operation) -> Iterator[IRI | Variable | None]:
    """The graphs that an operation may change, so far as it names them; None is the default graph."""
    match operation:
        case InsertData(quads) | DeleteData(quads):
            yield from (each.graph for each in quads)
        case Modify():
            yield from (each.graph or operation.graph for each in _templates(operation))
        case Clear(target) | Drop(target):
            if not isinstance(target, str):
                yield target
            elif target == "DEFAULT":
                yield None
        case Create(graph):
            yield graph
        case Transfer(verb, source, target):
            yield from (target, source) if verb == "MOVE" else (target,)
        case Load():
            yield operation.graph


def _templates(operation: Modify) -> tuple[Quads, ...]:
    return *(operation.delete or ()), *(operation.insert or ())


def _using(operation: Operation, using: Dataset) -> Operation:
    """The operation over the dataset that the protocol names."""
    if not using or not isinstance(operation, Modify):
        return operation
    if operation.using or operation.graph:
        raise QueryError(
            "The update names its own graphs (USING or WITH), and the request names others for it (using-graph-uri or "
            "using-named-graph-uri). Leave one of them out."
        )
    return replace(operation, using=using)


def _guarded(operation: Operation) -> Operation:
    """The operation, which calls the guard with the graphs that it finds to write to."""
    if not isinstance(operation, Modify):
        return operation
    found = {each.graph.name: each.graph for each in _templates(operation) if isinstance(each.graph, Variable)}
    if not found:
        return operation
    taken = {node.name for node in walk(operation) if isinstance(node, Variable)}
    fresh = Variable(next(name for number in range(len(taken) + 1) if (name := f"guard{number}") not in taken))
    call = Call(IRI(GUARD), tuple(found[name] for name in sorted(found)))
    return replace(operation, where=Group((operation.where, Bind(call, fresh))))
