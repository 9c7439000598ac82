"""Trees made to mean to the engine what the recommendation says they mean.

The engine (Oxigraph 0.5) departs from SPARQL 1.1 in a few places.  Each rewrite here is small, says which place it mends, and leaves every
other tree as it is.  New variables have names that the tree does not use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, TypeVar

from pyoxigraph import Store

from kg.sparql.printer import show
from kg.sparql.scope import in_order, in_scope
from kg.sparql.traversal import children, depth, mapped, rebuilt, walk
from kg.sparql.tree import (
    IRI,
    XSD,
    Aggregate,
    Alternative,
    As,
    Ask,
    Bind,
    BlankNode,
    BuiltIn,
    Call,
    Comparison,
    Construct,
    Describe,
    Element,
    Exists,
    Expression,
    Filter,
    Graph,
    Group,
    Inverse,
    Lateral,
    Literal,
    Minus,
    Modifiers,
    NegatedSet,
    Node,
    Optional,
    Path,
    Pattern,
    Query,
    Repeat,
    Select,
    Sequence,
    Service,
    Term,
    Triple,
    Triples,
    Union,
    Update,
    Values,
    Variable,
)

N = TypeVar("N", bound=Node)

_TRUE: Final = Literal("true", f"{XSD}boolean")
_ZERO: Final = Literal("0", f"{XSD}integer")
_EMPTY: Final[Mapping[str, Literal]] = {"SUM": _ZERO, "AVG": _ZERO, "GROUP_CONCAT": Literal("")}
"""What an aggregate of no solutions is (section 18.5.1); that of others is nothing, or the count 0."""


LARGEST_MEANING: Final = 500
DEEPEST_MEANING: Final = 30
"""Nodes of an expression, and nodes inside one another, beyond which it is not put in a name's stead."""

LONGEST_FUNCTION: Final = 200
"""Characters beyond which no function has a name."""


def rewritten(tree: Query | Update) -> Query | Update:
    """The tree as the engine is to be given it."""
    names = _Names(tree)
    named = _named(tree)
    if isinstance(named, Query):
        named = replace(named, form=_grouped_form(named.form, names))
    made = _Rewriting(names).of(named, None)
    assert isinstance(made, Query | Update)
    return made


def unknown_functions(tree: Node) -> tuple[IRI, ...]:
    """The functions named by an IRI that the engine does not have; a call of one is an error, as section 17.6 has it for its expression."""
    return tuple(node.function for node in walk(tree) if isinstance(node, Call) and not _is_known(node.function.value))


def _is_known(function: str) -> bool:
    """Whether the engine has the function; what is kept about names is bounded."""
    return len(function) <= LONGEST_FUNCTION and _engine_has(function)


@lru_cache(512)
def _engine_has(function: str) -> bool:
    """Whether the engine has the function: it says when it has not."""
    try:
        Store().query(show(Query(Select((As(Call(IRI(function), ()), Variable("x")),), Group(())))))
    except RuntimeError as error:
        return "is not supported" not in str(error)
    return True


def _named(node: Node) -> Node:
    """`SELECT *` with the names that it stands for, in the order in which they appear; the engine has columns in the order of the alphabet.

    So a variable that a rewrite adds is no column either.
    """
    if isinstance(node, Service):
        return node
    node = mapped(node, _named)
    if isinstance(node, Select) and node.projection is None:
        return replace(node, projection=in_order(node) or None)
    return node


class _Names:
    """Names of variables that a tree does not use."""

    def __init__(self, tree: Node) -> None:
        self.used = {node.name for node in walk(tree) if isinstance(node, Variable)}
        self.number = 0

    def fresh(self) -> Variable:
        while True:
            self.number += 1
            if (name := f"new{self.number}") not in self.used:
                return Variable(name)


class _Rewriting:
    """The rewrites of one tree, from the outside in, with the variable of the GRAPH around a pattern."""

    def __init__(self, names: _Names) -> None:
        self.names = names
        self.laterals = 0

    def of(self, node: Node, graph: Variable | None) -> Node:
        """The node rewritten."""
        if isinstance(node, Lateral):
            self.laterals += 1
            inside = self.inside(node, graph)
            self.laterals -= 1
            return inside
        if isinstance(node, Group):
            return self.group(node, graph)
        if isinstance(node, Service):
            return node  # what another endpoint is asked is asked as it was written
        if isinstance(node, Values):
            return _with_nodes(node, self.names)
        if isinstance(node, Graph):
            return self.graph(node)
        if isinstance(node, Select):
            return self.select(node, graph)
        return _simple(self.inside(node, graph))

    def inside(self, node: N, graph: Variable | None) -> N:
        """The node with what it holds rewritten."""
        return mapped(node, lambda below: self.of(below, graph))

    def group(self, group: Group, graph: Variable | None) -> Group:
        """What needs to know what stands beside it: zero-length paths, MINUS inside GRAPH ?g, and solutions there that need no triple.

        GRAPH ?g { … } is evaluated in each named graph (section 18.6); the engine takes ?g from the triples found.
        """
        elements: list[Any] = []
        nodes = _nodes(group)
        solution: Variable | None = None
        for number, element in enumerate(group.elements):
            if not isinstance(element, Bind | Filter):
                solution = None  # what is joined here makes other solutions
            if isinstance(element, Bind) and _names_node(element.expression):
                if solution is None:
                    solution = self.names.fresh()
                    elements.append(Bind(BuiltIn("STRUUID", ()), solution))
                element = replace(element, expression=_told_apart(element.expression, solution))
            if isinstance(element, Triples):
                elements += self.zero_lengths(self.inside(element, graph), nodes, graph)
            elif graph is None or not isinstance(element, Minus) or _share(group.elements[:number], element.pattern):
                elements.append(self.of(element, graph))
        if graph is not None and elements and not _ranges(group, graph):
            elements.insert(0, Graph(graph, Group(())))
        return replace(group, elements=tuple(elements))

    def zero_lengths(self, block: Triples, nodes: frozenset[str], graph: Variable | None) -> Iterator[Element]:
        """A path of length zero leads from a term to itself even where the graph does not have the term (section 18.4).

        A variable that another triple makes a node of the graph needs nothing. Not inside LATERAL, where VALUES may not name a variable that
        has a value already.
        """
        plain: list[Triple] = []
        added: list[Element] = []
        ranging = (Graph(graph, Group(())),) if graph is not None else ()
        for triple in block.triples:
            rows = None if self.laterals else _zero_length(triple)
            if rows is None or any(variable.name in nodes for variable in rows.variables):
                plain.append(triple)
                continue
            term = triple.subject if isinstance(triple.subject, IRI | Literal) else triple.object
            absent = [
                Filter(Exists(Group((Triples((Triple(*ends),)),)), negated=True))
                for ends in (
                    (term, self.names.fresh(), self.names.fresh()),
                    (self.names.fresh(), self.names.fresh(), term),
                )
                if not isinstance(ends[0], Literal)
            ]
            added.append(Union((Group((Triples((triple,)),)), Group((*ranging, rows, *absent)))))
        if plain:
            yield replace(block, triples=tuple(plain))
        yield from added

    def graph(self, node: Graph) -> Element:
        """A graph that is not there has no solutions, not even those that need no triple."""
        if isinstance(node.name, Variable):
            return self.inside(node, node.name)
        inner = self.inside(node, None)
        pattern = node.pattern
        needs_triples = not _is_one_group(pattern) if isinstance(pattern, Select) else not pattern.elements or _ranges(pattern, node.name)
        return inner if needs_triples else Group((Graph(node.name, Group(())), inner))

    def select(self, select: Select, graph: Variable | None) -> Node:
        """A subquery inside GRAPH ?g is evaluated in each graph: the engine keeps ?g only where the subquery selects it."""
        here = _with_fresh_nodes(_without_aliases(select), self.names)
        limited = here.modifiers.limit is not None or here.modifiers.offset is not None
        if graph is None or _mentions(here, graph) or (_is_one_group(here) and (limited or _counts_distinct_rows(here))):
            return self.inside(here, graph)
        if _is_one_group(here):
            here = self.per_graph(here, graph)
        elif here.modifiers.group_by:
            here = replace(here, modifiers=replace(here.modifiers, group_by=(*here.modifiers.group_by, graph)))
        inside = self.inside(replace(here, projection=(*(here.projection or ()), graph)), graph)
        if not limited or not isinstance(inside, Select):
            return inside
        return Group((Graph(graph, Group(())), Lateral(replace(inside, where=Group((Graph(graph, inside.where),))))))

    def per_graph(self, select: Select, graph: Variable) -> Select:
        """Aggregates over all solutions, as aggregates by graph, with a group for graphs that have none."""
        mark = self.names.fresh()

        def marked(node: Node) -> Node:
            if not isinstance(node, Aggregate):
                return node
            if node.argument is None:
                return replace(node, argument=mark)
            if isinstance(node.argument, Variable) and node.name not in _EMPTY:
                return node
            whole = replace(node, argument=BuiltIn("IF", (BuiltIn("BOUND", (mark,)), node.argument, _EMPTY.get(node.name, mark))))
            if node.name == "AVG":  # of one 0 it is a decimal
                return BuiltIn("IF", (Comparison("=", Aggregate("COUNT", mark), _ZERO), _ZERO, whole))
            return whole

        solutions = select.where.elements if isinstance(select.where, Group) else (select.where,)
        where = Group((Graph(graph, Group(())), Optional(Group((*solutions, Bind(_TRUE, mark))))))
        modifiers = rebuilt(select.modifiers, marked)
        rows = tuple(rebuilt(row, marked) for row in select.projection or ())
        return replace(select, projection=rows, where=where, modifiers=replace(modifiers, group_by=(graph,)))


def _with_nodes(values: Values, names: _Names) -> Element:
    """VALUES with blank nodes, as no text can have them but answers of other endpoints do: made by BNODE, for which a label is one node."""
    blank = [place for place in range(len(values.variables)) if any(isinstance(row[place], BlankNode) for row in values.rows)]
    if not blank:
        return values
    terms = {place: names.fresh() for place in blank}
    labels = {place: names.fresh() for place in blank}
    held = (*(terms.get(place, variable) for place, variable in enumerate(values.variables)), *labels.values())
    rows = tuple(
        (*(None if isinstance(cell, BlankNode) else cell for cell in row), *(_label(row[place]) for place in blank)) for row in values.rows
    )
    made = (Bind(BuiltIn("COALESCE", (terms[place], BuiltIn("BNODE", (labels[place],)))), values.variables[place]) for place in blank)
    return Select(values.variables, Group((Values(held, rows), *made)))


def _label(term: Term | None) -> Literal | None:
    return Literal(term.label) if isinstance(term, BlankNode) else None


def _share(before: tuple[Element, ...], pattern: Pattern) -> bool:
    """Whether a solution before a MINUS can have a variable that its pattern has, too; without one MINUS takes nothing away."""
    there = in_scope(pattern)
    return any(in_scope(element) & there for element in before)


def _simple(node: Node) -> Node:
    """The rewrites that need to know nothing but the node."""
    if isinstance(node, Aggregate) and node.name == "GROUP_CONCAT":
        return BuiltIn("STR", (node,))  # a string without language (section 18.5.1.7); the engine keeps a language that all have
    if isinstance(node, Call) and not _is_known(node.function.value):
        return BuiltIn("ABS", (Literal(f"there is no function {node.function.value}"),))  # an error; the engine stops the query
    if isinstance(node, NegatedSet) and not node.members:
        return replace(node, members=(IRI("urn:x-nothing"),))  # `!()` is any property; the engine does not read it
    if isinstance(node, Describe) and node.terms is not None:
        return replace(node, terms=tuple(dict.fromkeys(node.terms)))  # the engine refuses a term that stands twice
    return node


def _ranges(element: Element, graph: IRI | Variable) -> bool:
    """Whether every solution needs a triple of the graph, or its name."""
    match element:
        case Triples(triples):
            return any(isinstance(triple.predicate, IRI | Variable) or not _ways(triple.predicate) for triple in triples)
        case Group(elements):
            return any(_ranges(inner, graph) for inner in elements)
        case Union(patterns):
            return all(_ranges(inner, graph) for inner in patterns)
        case Graph(name):
            return name == graph
        case Select():
            return not _is_one_group(element) and _ranges(element.where, graph)
        case _:
            return False


def _zero_length(triple: Triple) -> Values | None:
    """The solutions that a path of length zero adds, where one end is a constant: one for each way in which it can be of length zero."""
    if isinstance(triple.predicate, IRI | Variable):
        return None
    ways = _ways(triple.predicate)
    match triple.subject, triple.object:
        case (IRI() | Literal() as term, Variable() as end) | (Variable() as end, IRI() | Literal() as term) if ways:
            return Values((end,), ((term,),) * ways)
        case (IRI() | Literal() as term, other) if ways and term == other:
            return Values((), ((),) * ways)
        case _:
            return None


def _nodes(group: Group) -> frozenset[str]:
    """The variables that a triple of the group makes nodes of the graph."""
    return frozenset(
        end.name
        for element in group.elements
        if isinstance(element, Triples)
        for triple in element.triples
        if isinstance(triple.predicate, Variable) or not _ways(triple.predicate)
        for end in (triple.subject, triple.object)
        if isinstance(end, Variable)
    )


def _ways(path: Path) -> int:
    """In how many ways a path can be of length zero; `*`, `+` and `?` give each end once."""
    match path:
        case Repeat(inner, modifier):
            return 1 if modifier != "+" or _ways(inner) else 0
        case Inverse(inner):
            return _ways(inner)
        case Alternative(paths):
            return sum(map(_ways, paths))
        case Sequence(paths):
            ways = 1
            for step in paths:
                ways *= _ways(step)
            return ways
        case _:
            return 0


def _aggregates(select: Select) -> Iterator[Aggregate]:
    """The aggregates of a SELECT, those of its patterns aside."""
    waiting: list[Node] = [*(select.projection or ()), *select.modifiers.having, *select.modifiers.order_by]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Aggregate):
            yield here
        elif not isinstance(here, Exists):
            waiting += children(here)


def _is_one_group(select: Select) -> bool:
    """Whether all solutions are one group, which is there even when they are none."""
    return not select.modifiers.group_by and (bool(select.modifiers.having) or next(_aggregates(select), None) is not None)


def _counts_distinct_rows(select: Select) -> bool:
    return any(aggregate.argument is None and aggregate.distinct for aggregate in _aggregates(select))


def _mentions(select: Select, variable: Variable) -> bool:
    """Whether a subquery has a variable of this name as its own."""
    return any(node == variable for node in walk(select))


def _grouped_form(form: Select | Construct | Describe | Ask, names: _Names) -> Select | Construct | Describe | Ask:
    """GROUP BY and HAVING in a form other than SELECT, which the engine refuses, as those of a subquery."""
    modifiers = form.modifiers
    if isinstance(form, Select) or form.where is None or not (modifiers.group_by or modifiers.having):
        return form
    grouped = [row.variable if isinstance(row, As) else row for row in modifiers.group_by if isinstance(row, As | Variable)]
    rows = tuple(dict.fromkeys(grouped)) or (As(_TRUE, names.fresh()),)
    return replace(form, where=Select(rows, form.where, modifiers, form.values), modifiers=Modifiers(), values=None)


def _without_aliases(select: Select) -> Select:
    """A grouped SELECT that uses one of its own names in a later expression, which the engine refuses: the name's expression in its stead.

    Names that stand for names double at each step: what becomes too large is left to the engine's refusal.
    """
    if not (select.modifiers.group_by or _is_one_group(select)):
        return select
    meanings: dict[str, Expression] = {}
    sizes: dict[str, int] = {}

    def meant(node: Node) -> Node:
        return meanings.get(node.name, node) if isinstance(node, Variable) else node

    rows: list[Variable | As] = []
    for row in select.projection or ():
        if isinstance(row, As):
            size = sum(sizes.get(node.name, 1) if isinstance(node, Variable) else 1 for node in walk(row.expression))
            if size > LARGEST_MEANING:
                return select
            row = replace(row, expression=rebuilt(row.expression, meant))
            if depth(row.expression) > DEEPEST_MEANING:
                return select
            meanings[row.variable.name], sizes[row.variable.name] = row.expression, size
        rows.append(row)
    return replace(select, projection=tuple(rows)) if rows else select


def _with_fresh_nodes(select: Select, names: _Names) -> Select:
    """BNODE(text) is one node for one text in one solution, another in the next (section 17.4.2.9); to the engine a text is one node."""
    told = [row.expression for row in select.projection or () if isinstance(row, As)]
    if select.modifiers.group_by or _is_one_group(select) or not any(map(_names_node, told)):
        return select
    solution = names.fresh()

    rows = tuple(
        replace(row, expression=_told_apart(row.expression, solution)) if isinstance(row, As) else row for row in select.projection or ()
    )
    return replace(select, projection=rows, where=Group((select.where, Bind(BuiltIn("STRUUID", ()), solution))))


def _told_apart(expression: Expression, solution: Variable) -> Expression:
    """The expression whose BNODE(text) is another node for each value of the variable, whatever the text; the engine takes labels only."""

    def told_apart(node: Node) -> Node:
        if isinstance(node, BuiltIn) and node.name == "BNODE" and node.arguments:
            return replace(node, arguments=(BuiltIn("MD5", (BuiltIn("CONCAT", (solution, node.arguments[0])),)),))
        return node

    return rebuilt(expression, told_apart)


def _names_node(expression: Expression) -> bool:
    return any(isinstance(node, BuiltIn) and node.name == "BNODE" and node.arguments for node in walk(expression))
