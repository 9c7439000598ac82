"""What stands beside a SERVICE in its query and can tell which values of its variables are of use.

The solutions of a SERVICE are joined with others.  Those whose variables have values that the others never have are dropped in the join,
so they need not be asked for.  A *part* is something that can be evaluated here and that is joined with the SERVICE, however far outside it
stands; parts that share variables hang together.  Only parts are taken that say the same each time they are evaluated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.sparql.inspection import services
from kg.sparql.scope import certain, in_scope
from kg.sparql.traversal import renamed, walk
from kg.sparql.tree import (
    IRI,
    Aggregate,
    Bind,
    BlankNode,
    BuiltIn,
    Element,
    Exists,
    Expression,
    Filter,
    Graph,
    Group,
    Lateral,
    Minus,
    Modifiers,
    Node,
    Optional,
    Select,
    Service,
    Triples,
    Variable,
)  # fmt: skip
from kg.sparql.words import UNREPEATABLE

_VARYING = frozenset(("SAMPLE", "GROUP_CONCAT"))
"""Aggregates whose value depends on the order of their group."""


@dataclass(frozen=True, slots=True)
class Part:
    """An element that is evaluated in a graph (None: the default graph).

    `ties` are the variables and blank nodes by which it hangs together with others, `gives` the variables that it always gives a value.  A FILTER
    or BIND stands only beside parts that always give a value to all that it `looks` at; for others that is None.
    """

    element: Element
    graph: IRI | Variable | None = None
    ties: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    looks: frozenset[str] | None = None

    @property
    def offers(self) -> frozenset[str]:
        """The variables that it can give a value."""
        return in_scope(self.element) | ({self.graph.name} if isinstance(self.graph, Variable) else frozenset())


Parts = tuple[Part, ...]


def parts(elements: Sequence[Element], graph: IRI | Variable | None) -> Parts:
    """The parts among the elements of a group."""
    found: list[Part] = []
    joined = frozenset().union(*(certain(element) for element in elements if _is_joined(element)))
    for place, element in enumerate(elements):
        if services(element) or not says_the_same(element):
            continue
        if isinstance(element, Triples):
            found += (_part(replace(element, triples=(triple,)), graph) for triple in element.triples)
        elif isinstance(element, Filter):
            if (looks := _looks_at(element.condition)) is not None and looks <= joined:
                found.append(Part(element, looks=looks))
        elif isinstance(element, Bind):
            before = frozenset().union(*(certain(other) for other in elements[:place] if _is_joined(other)))
            if (looks := _looks_at(element.expression)) is not None and looks <= before:
                found.append(Part(element, looks=looks))
        elif _is_joined(element):
            found.append(_part(element, graph))
    return tuple(found)


def hidden(context: Parts, visible: Collection[str], fresh: Iterator[str]) -> Parts:
    """The parts as they are seen from where only some of their variables mean the same: the others get names that nothing else has."""
    names = {name for part in context for node in walk(part.element) if isinstance(node, Variable) for name in (node.name,)}
    names |= {part.graph.name for part in context if isinstance(part.graph, Variable)}
    other = {name: next(fresh) for name in sorted(names.difference(visible))}

    def seen(names: frozenset[str]) -> frozenset[str]:
        return frozenset(other.get(name, name) for name in names)

    return tuple(
        Part(
            renamed(part.element, other),
            renamed(part.graph, other) if part.graph is not None else None,
            seen(part.ties),
            seen(part.gives),
            None if part.looks is None else seen(part.looks),
        )
        for part in context
    )


def together(found: Parts, wanted: frozenset[str]) -> Iterator[tuple[Group, frozenset[str]]]:
    """Patterns of parts that hang together, each with those of the wanted variables that it can give a value; none that gives none."""
    conditional = [part for part in found if part.looks is not None]
    bound = Counter(part.element.variable.name for part in conditional if isinstance(part.element, Bind))
    for here in _tied([part for part in found if part.looks is None]):
        gives = frozenset().union(*(part.gives for part in here))
        offers = frozenset().union(*(part.offers for part in here))
        there = [part for part in conditional if part.looks and part.looks <= gives]
        there = [part for part in there if not part.offers & offers and all(bound[name] == 1 for name in part.offers)]
        offered = offers.union(*(part.offers for part in there)) & wanted
        if offered:
            yield _pattern([*here, *there]), offered
    for part in conditional:
        if isinstance(part.element, Bind) and not part.looks and part.offers <= wanted:
            yield Group((part.element,)), part.offers


def _tied(found: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts by what hangs together, each in the order in which they stand."""
    waiting = dict(enumerate(found))
    while waiting:
        here = [min(waiting)]
        ties = set(waiting.pop(here[0]).ties)
        while more := [place for place, part in waiting.items() if ties & part.ties]:
            for place in more:
                ties |= waiting.pop(place).ties
            here += more
        yield [found[place] for place in sorted(here)]


def says_the_same(node: Node) -> bool:
    """Whether evaluating the node twice gives the same: no RAND and its kin, no LIMIT, nothing that depends on an order."""
    for below in walk(node):
        if isinstance(below, BuiltIn) and below.name in UNREPEATABLE:
            return False
        if isinstance(below, Aggregate) and below.name in _VARYING:
            return False
        if isinstance(below, Modifiers) and (below.limit is not None or below.offset is not None):
            return False
    return True


def _part(element: Element, graph: IRI | Variable | None) -> Part:
    named = frozenset((graph.name,)) if isinstance(graph, Variable) else frozenset()
    nodes = (
        frozenset(f"_:{node.label}" for node in walk(element) if isinstance(node, BlankNode))
        if isinstance(element, Triples)
        else frozenset()
    )
    return Part(element, graph, in_scope(element) | nodes | named, certain(element) | named)


def _is_joined(element: Element) -> bool:
    """Whether the element is joined with what stands before it, and nothing else."""
    return not isinstance(element, Optional | Minus | Filter | Bind | Service | Lateral)


def _looks_at(expression: Expression) -> frozenset[str] | None:
    """The variables that an expression looks at, None where it looks at patterns."""
    nodes = list(walk(expression))
    if any(isinstance(node, Exists | Aggregate) for node in nodes):
        return None
    return frozenset(node.name for node in nodes if isinstance(node, Variable))


def _pattern(found: Sequence[Part]) -> Group:
    """One pattern of these parts: triples first, those with one graph together, then what is joined, then BIND and FILTER."""
    elements: list[Element] = []
    graphs: dict[IRI | Variable | None, list[Triples]] = {}
    for part in found:
        if isinstance(part.element, Triples):
            graphs.setdefault(part.graph, []).append(part.element)
    for graph, blocks in graphs.items():
        block = Triples(tuple(triple for one in blocks for triple in one.triples))
        elements.append(block if graph is None else Graph(graph, Group((block,))))
    for part in found:
        if part.looks is None and not isinstance(part.element, Triples):
            elements.append(part.element if part.graph is None else Graph(part.graph, Group((part.element,))))
    elements += (part.element for part in found if part.looks is not None)
    return Group(tuple(elements))


def is_open(select: Select) -> bool:
    """Whether what a subquery is joined with may narrow its pattern: no LIMIT, no groups, nothing counted."""
    modifiers = select.modifiers
    told: list[Node] = [*(select.projection or ()), *modifiers.order_by]
    return (
        modifiers.limit is None
        and modifiers.offset is None
        and not modifiers.group_by
        and not modifiers.having
        and not any(isinstance(node, Aggregate) for row in told for node in walk(row))
    )
