"""Which variables are in scope in a pattern, in which order they appear (SPARQL 1.1 query, section 18.2.1), and which every solution binds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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


def always_given(values: Values) -> frozenset[str]:
    """The names of the variables that each row of VALUES gives a value."""
    return frozenset(
        variable.name for column, variable in enumerate(values.variables) if all(row[column] is not None for row in values.rows)
    )


def certain(pattern: Pattern | Element, given: Callable[[Values], frozenset[str]] = always_given) -> frozenset[str]:
    """The names of variables that every solution of the pattern binds, as far as its form tells; `given` tells it of VALUES, which may be long.

    >>> certain(Group((Bind(Variable("a"), Variable("b")), Graph(Variable("c"), Group(())))))
    frozenset({'c'})
    """
    match pattern:
        case Triples(triples):
            return frozenset().union(*map(of_triple, triples))
        case Group(elements):
            return frozenset().union(*(certain(element, given) for element in elements))
        case Union(patterns):
            return frozenset.intersection(*(certain(each, given) for each in patterns))
        case Graph(name, inner):
            return certain(inner, given) | ({name.name} if isinstance(name, Variable) else frozenset())
        case Service(name, inner, silent):
            there = frozenset() if silent else certain(inner, given)  # a failure that is silent leaves one solution without values
            return there | ({name.name} if isinstance(name, Variable) else frozenset())
        case Values():
            return given(pattern)
        case Select():
            return in_scope(pattern) & (certain(pattern.where, given) | (given(pattern.values) if pattern.values else frozenset()))
        case Lateral(inner):
            return certain(inner, given)
        case Bind() | Optional() | Filter() | Minus():
            return frozenset()
