"""Which variables are in scope in a pattern (SPARQL 1.1 query, section 18.2.1)."""

from __future__ import annotations

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
    match pattern:
        case Triples(triples):
            return frozenset().union(*map(of_triple, triples))
        case Group(elements):
            return frozenset().union(*map(in_scope, elements))
        case Optional(inner) | Lateral(inner):
            return in_scope(inner)
        case Union(patterns):
            return frozenset().union(*map(in_scope, patterns))
        case Graph(name, inner) | Service(name, inner):
            return in_scope(inner) | ({name.name} if isinstance(name, Variable) else frozenset())
        case Bind(_, variable):
            return frozenset((variable.name,))
        case Values(variables):
            return frozenset(variable.name for variable in variables)
        case Select():
            return projected(pattern)
        case Filter() | Minus():
            return frozenset()


def of_triple(triple: Triple) -> frozenset[str]:
    """The variables of a triple pattern."""
    parts = (triple.subject, triple.predicate, triple.object)
    plain = {part.name for part in parts if isinstance(part, Variable)}
    return frozenset(plain).union(
        *({node.name for node in walk(part) if isinstance(node, Variable)} for part in parts if not isinstance(part, Variable))
    )


def projected(select: Select) -> frozenset[str]:
    """The variables of a SELECT's solutions."""
    if select.projection is None:
        return in_scope(select.where) | (in_scope(select.values) if select.values else frozenset())
    return frozenset((row.variable if isinstance(row, As) else row).name for row in select.projection)
