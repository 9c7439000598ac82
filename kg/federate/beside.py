"""What stands beside a SERVICE in its query and can tell which values of its variables are of use.

The solutions of a SERVICE are joined with others.  Those whose variables have values that the others never have are dropped in the join,
so they need not be asked for.  A *part* is something that can be evaluated here and that is joined with the SERVICE, however far outside it
stands; parts that share variables hang together.  Only parts are taken that say the same each time they are evaluated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.sparql.inspection import services
from kg.sparql.scope import in_scope, of_triple
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

    `ties` are the variables and blank nodes by which it hangs together with others, `offers` the variables that it can give a value, `gives` those
    that it always does.  A FILTER or BIND stands only beside parts that always give a value to all that it `looks` at; for others that is None.
    """

    element: Element
    graph: IRI | Variable | None = None
    ties: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    looks: frozenset[str] | None = None
    offers: frozenset[str] = frozenset()


Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What an element tells by itself: the variables that it always binds, whether it is joined with what stands before it, and what parts it
    has; a FILTER or BIND has one if what it looks at has a value.
    """

    binds: frozenset[str]
    joined: bool
    parts: Parts


class Standing:
    """The elements of a group, each looked at once; `binds` tells which variables one always binds, and may raise."""

    def __init__(self, elements: Sequence[Element], graph: IRI | Variable | None, binds: Callable[[Element], frozenset[str]]) -> None:
        self.elements = list(elements)
        self._graph = graph
        self._binds = binds
        self._looked = [_look(element, graph, binds(element)) for element in elements]

    def put(self, place: int, element: Element) -> None:
        """Puts an element in the place of another."""
        self.elements[place] = element
        self._looked[place] = _look(element, self._graph, self._binds(element))

    def bound_before(self, place: int) -> frozenset[str]:
        """The variables that every solution of the elements before a place binds."""
        return frozenset().union(*(each.binds for each in self._looked[:place]))

    def parts(self) -> Parts:
        """The parts among the elements."""
        joined = frozenset().union(*(each.binds for each in self._looked if each.joined))
        before: set[str] = set()
        found: list[Part] = []
        for each in self._looked:
            for part in each.parts:
                if part.looks is None or part.looks <= (before if isinstance(part.element, Bind) else joined):
                    found.append(part)
            if each.joined:
                before |= each.binds
        return tuple(found)


def _look(element: Element, graph: IRI | Variable | None, binds: frozenset[str]) -> _Looked:
    joined = _is_joined(element)
    there: Parts = ()
    if not services(element) and says_the_same(element):
        if isinstance(element, Triples):
            there = tuple(_part(replace(element, triples=(triple,)), graph, of_triple(triple)) for triple in element.triples)
        elif isinstance(element, Filter | Bind):
            if (looks := _looks_at(element.condition if isinstance(element, Filter) else element.expression)) is not None:
                there = (Part(element, looks=looks, offers=in_scope(element)),)
        elif joined:
            there = (_part(element, graph, binds),)
    return _Looked(binds, joined, there)


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
            seen(part.offers),
        )
        for part in context
    )


def together(found: Parts, wanted: frozenset[str]) -> Iterator[tuple[Group, frozenset[str]]]:
    """Patterns of parts that hang together, each with those of the wanted variables that it can give a value; none that gives none."""
    conditional = [part for part in found if part.looks is not None]
    bound = Counter(part.element.variable.name for part in conditional if isinstance(part.element, Bind))
    tied = _tied([part for part in found if part.looks is None])
    gives = [frozenset().union(*(part.gives for part in here)) for here in tied]
    places = {name: place for place, names in enumerate(gives) for name in names}
    beside: list[list[Part]] = [[] for _ in tied]
    for part in conditional:
        looks = part.looks or frozenset()
        place = places.get(next(iter(looks), ""))
        if place is not None and looks <= gives[place]:
            beside[place].append(part)
    for here, there in zip(tied, beside, strict=True):
        offers = frozenset().union(*(part.offers for part in here))
        fitting = [part for part in there if not part.offers & offers and all(bound[name] == 1 for name in part.offers)]
        offered = offers.union(*(part.offers for part in fitting)) & wanted
        if offered:
            yield _pattern([*here, *fitting]), offered
    for part in conditional:
        if isinstance(part.element, Bind) and not part.looks and part.offers <= wanted:
            yield Group((part.element,)), part.offers


def _tied(found: Sequence[Part]) -> list[list[Part]]:
    """The parts by what hangs together, each in the order in which they stand."""
    above = list(range(len(found)))

    def top(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    first: dict[str, int] = {}
    for place, part in enumerate(found):
        for tie in part.ties:
            one, other = top(first.setdefault(tie, place)), top(place)
            above[max(one, other)] = min(one, other)
    groups: dict[int, list[Part]] = {}
    for place, part in enumerate(found):
        groups.setdefault(top(place), []).append(part)
    return list(groups.values())


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


def _part(element: Element, graph: IRI | Variable | None, binds: frozenset[str]) -> Part:
    named = frozenset((graph.name,)) if isinstance(graph, Variable) else frozenset()
    nodes = (
        frozenset(f"_:{node.label}" for node in walk(element) if isinstance(node, BlankNode))
        if isinstance(element, Triples)
        else frozenset()
    )
    offers = in_scope(element) | named
    return Part(element, graph, offers | nodes, binds | named, offers=offers)


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
