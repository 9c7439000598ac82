"""Which variables are in scope in a pattern, and in which order they appear (SPARQL 1.1 query, section 18.2.1)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.sparql.traversal import walk
from kg.sparql.tree import (
    As,
    Bind,
    Element,
    Filter,
    Graph,
    Group,
    Lateral,
    Minus,
    Optional,
    Pattern,
    Select,
    Service,
    Triple,
    Triples,
    Union,
    Values,
    Variable,
)  # fmt: skip


def in_scope(pattern: Pattern | Element) -> frozenset[str]:
    """The names of the variables that a solution of the pattern can bind.

    >>> in_scope(Group((Bind(Variable("a"), Variable("b")), Filter(Variable("c")))))
    frozenset({'b'})
    """
    return frozenset(variable.name for variable in _appearing(pattern))


def of_triple(triple: Triple) -> frozenset[str]:
    """The names of the variables of a triple pattern."""
    return in_scope(Triples((triple,)))


def in_order(select: Select) -> tuple[Variable, ...]:
    """The variables that `SELECT *` stands for, in the order in which the text has them.

    >>> [variable.name for variable in in_order(Select(None, Group((Bind(Variable("z"), Variable("b")), Bind(Variable("z"), Variable("a"))))))]
    ['b', 'a']
    """
    appearing = [*_appearing(select.where), *(select.values.variables if select.values else ())]
    return tuple(dict.fromkeys(sorted(appearing, key=lambda variable: variable.at)))


def _appearing(pattern: Pattern | Element) -> Iterator[Variable]:
    """The variables in scope, wherever they stand so that they are."""
    match pattern:
        case Triples(triples):
            for triple in triples:
                yield from (node for node in walk(triple) if isinstance(node, Variable))
        case Group(parts) | Union(parts):
            for part in parts:
                yield from _appearing(part)
        case Optional(inner) | Lateral(inner):
            yield from _appearing(inner)
        case Graph(name, inner) | Service(name, inner):
            if isinstance(name, Variable):
                yield name
            yield from _appearing(inner)
        case Bind(_, variable):
            yield variable
        case Values(variables):
            yield from variables
        case Select(projection=None):
            yield from in_order(pattern)
        case Select(projection=rows):
            yield from (row.variable if isinstance(row, As) else row for row in rows or ())
        case Filter() | Minus():
            pass
