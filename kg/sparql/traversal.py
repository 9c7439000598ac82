"""Going through a tree, and making another of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Final, TypeVar

from kg.sparql import tree
from kg.sparql.tree import Node

N = TypeVar("N", bound=Node)


_FIELDS: Final[dict[type[Node], tuple[str, ...]]] = {}


def _parts(node: Node) -> tuple[str, ...]:
    """The names of the fields that can hold nodes; rows of VALUES, which may be many and hold constants only, are not gone through."""
    kind = node.__class__
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(row.name for row in fields(kind) if row.name not in ("at", "rows"))
    return _FIELDS[kind]


def children(node: Node) -> Iterator[Node]:
    """The nodes right below a node, in the order of its fields."""
    for name in _parts(node):
        yield from _nodes(getattr(node, name))


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for member in value:
            yield from _nodes(member)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, each before what it holds."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting += reversed(list(children(here)))


def depth(node: Node) -> int:
    """How many nodes stand inside one another."""
    deepest = 0
    waiting = [(node, 1)]
    while waiting:
        here, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += ((child, level + 1) for child in children(here))
    return deepest


def mapped(node: N, change: Callable[[Node], Node]) -> N:
    """The node with each node right below it replaced by what `change` makes of that; the same object where nothing changes."""
    changed: dict[str, Any] = {}
    for name in _parts(node):
        before = getattr(node, name)
        after = _mapped(before, change)
        if after is not before:
            changed[name] = after
    return replace(node, **changed) if changed else node


def _mapped(value: Any, change: Callable[[Node], Node]) -> Any:
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, tuple):
        after = tuple([_mapped(member, change) for member in value])
        return after if any(new is not old for new, old in zip(after, value, strict=True)) else value
    return value


def rebuilt(node: N, change: Callable[[Node], Node]) -> N:
    """The tree with each node replaced by what `change` makes of it, the innermost first; the same object where nothing changes."""

    def below(here: Node) -> Node:
        return change(mapped(here, below))

    return below(node)  # type: ignore[return-value]


def renamed(node: N, names: Mapping[str, str]) -> N:
    """The tree with variables renamed; those not named stay.

    >>> renamed(tree.Variable("a"), {"a": "b"})
    Variable(name='b')
    """

    def rename(here: Node) -> Node:
        if isinstance(here, tree.Variable) and here.name in names:
            return replace(here, name=names[here.name])
        return here

    return rebuilt(node, rename)
