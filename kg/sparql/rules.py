"""The rules beside the grammar: scopes, grouping, and where variables and blank nodes may stand.

They are the notes of section 19.8 of the query language, section 18.2.1 (scope), 5.1.1 (blank node labels), 11.4 (grouping), 10.2 (VALUES)
and 3.1 of the update language (data and templates).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.sparql.faults import Fault
from kg.sparql.scope import of_triple
from kg.sparql.traversal import children, walk
from kg.sparql.tree import (
    IRI,
    Aggregate,
    As,
    Ask,
    Bind,
    BlankNode,
    Construct,
    DeleteData,
    Describe,
    Element,
    Exists,
    Expression,
    Filter,
    Graph,
    Group,
    InsertData,
    Lateral,
    Literal,
    Minus,
    Modify,
    Node,
    Optional,
    Pattern,
    Quads,
    Query,
    Select,
    Service,
    Triple,
    Triples,
    TripleTerm,
    Union,
    Update,
    Values,
    Variable,
)  # fmt: skip

_NONE: Final[frozenset[str]] = frozenset()
_LEAVES: Final = frozenset((IRI, Literal, Variable))


def check(tree: Query | Update) -> None:
    """Raises Fault for the first rule that the tree breaks."""
    if isinstance(tree, Query):
        _Checker().query(tree)
        return
    inserted: dict[str, int] = {}
    for number, operation in enumerate(tree.operations):
        if isinstance(operation, Modify):
            _Checker().modify(operation)
        elif isinstance(operation, InsertData):
            _check_data(operation.quads, "INSERT DATA", blank_nodes=True)
            for label in _blank_nodes(operation.quads):
                if inserted.setdefault(label.label, number) != number:
                    raise Fault(label.at, f"_:{label.label} stands in another operation, too; a label names a node of one operation only")
        elif isinstance(operation, DeleteData):
            _check_data(operation.quads, "DELETE DATA", blank_nodes=False)


class _Checker:
    """The rules for one query or operation; each method gives the variables in scope of what it has checked."""

    def __init__(self) -> None:
        self.blocks = 0
        self.labels: dict[str, int] = {}

    def query(self, query: Query) -> None:
        form = query.form
        if isinstance(form, Select):
            self.select(form)
            return
        if isinstance(form, Construct):
            _check_template(form.template)
        if form.where is not None:
            self.pattern(form.where)
        if form.values is not None:
            self.values(form.values)
        for expression in _conditions(form):
            self.expression(expression, aggregates=True)

    def modify(self, operation: Modify) -> None:
        for quads in operation.delete or ():
            _check_template(quads.triples)
            for node in _blank_nodes((quads,)):
                raise Fault(node.at, "a blank node cannot be deleted by name; use a variable")
        for quads in operation.insert or ():
            _check_template(quads.triples)
        self.pattern(operation.where)

    def select(self, select: Select) -> frozenset[str]:
        scope = self.pattern(select.where)
        if select.values is not None:
            scope |= self.values(select.values)
        for expression in _conditions(select):
            self.expression(expression, aggregates=True)
        groups = self.groups(select, scope)
        if select.projection is None:
            if groups is not None:
                raise Fault(select.at, "SELECT * cannot stand with GROUP BY, HAVING or an aggregate; name the variables")
            return scope
        named: set[str] = set()
        for row in select.projection:
            variable = row.variable if isinstance(row, As) else row
            if variable.name in named:
                raise Fault(variable.at, f"?{variable.name} is selected twice")
            if isinstance(row, As):
                if variable.name in scope or (groups is not None and variable.name in groups):
                    raise Fault(variable.at, f"?{variable.name} has a value already; choose another name for AS")
                self.expression(row.expression, aggregates=True)
            if groups is not None:
                for used in _outside_aggregates(row.expression) if isinstance(row, As) else (row,):
                    if used.name not in groups and used.name not in named:
                        raise Fault(
                            used.at,
                            f"?{used.name} differs within a group: put it in GROUP BY, or in an aggregate such as SAMPLE(?{used.name})",
                        )
            named.add(variable.name)
        return frozenset(named)

    def groups(self, select: Select, scope: frozenset[str]) -> set[str] | None:
        """The variables that have one value in a group, None where nothing is grouped."""
        modifiers = select.modifiers
        told = [*modifiers.having, *(order.expression for order in modifiers.order_by)]
        told += (row.expression for row in select.projection or () if isinstance(row, As))
        if not modifiers.group_by and not modifiers.having and not any(map(_has_aggregate, told)):
            return None
        found: set[str] = set()
        for condition in modifiers.group_by:
            if isinstance(condition, Variable):
                found.add(condition.name)
            elif isinstance(condition, As):
                if condition.variable.name in scope or condition.variable.name in found:
                    raise Fault(condition.variable.at, f"?{condition.variable.name} has a value already; choose another name for AS")
                found.add(condition.variable.name)
        return found

    def pattern(self, pattern: Pattern) -> frozenset[str]:
        if isinstance(pattern, Select):
            return self.select(pattern)
        scope: set[str] = set()
        block = 0
        for element in pattern.elements:
            if isinstance(element, Triples):
                if not block:
                    block = self.blocks = self.blocks + 1
                self.block(element, block, scope)
            elif isinstance(element, Filter):
                self.expression(element.condition)
            else:
                block = 0
                if isinstance(element, Bind) and element.variable.name in scope:
                    raise Fault(element.variable.at, f"BIND cannot give ?{element.variable.name} a value: it may have one already")
                scope |= self.element(element)
        return frozenset(scope)

    def element(self, element: Element) -> frozenset[str]:
        match element:
            case Optional(inner) | Lateral(inner):
                return self.pattern(inner)
            case Minus(inner):
                self.pattern(inner)
                return _NONE
            case Union(patterns):
                return _NONE.union(*[self.pattern(inner) for inner in patterns])
            case Graph(name, inner) | Service(name, inner):
                return self.pattern(inner) | ({name.name} if isinstance(name, Variable) else _NONE)
            case Bind(expression, variable):
                self.expression(expression)
                return frozenset((variable.name,))
            case Values():
                return self.values(element)
            case Group() | Select():
                return self.pattern(element)
            case _:
                return _NONE

    def block(self, block: Triples, number: int, scope: set[str]) -> None:
        for triple in block.triples:
            for part in (triple.subject, triple.predicate, triple.object):
                if isinstance(part, Variable):
                    scope.add(part.name)
                elif isinstance(part, BlankNode):
                    self.label(part, number)
                elif isinstance(part, TripleTerm):
                    scope |= of_triple(Triple(part, part.predicate, part.object))
                    for node in walk(part):
                        if isinstance(node, BlankNode):
                            self.label(node, number)

    def label(self, node: BlankNode, block: int) -> None:
        if self.labels.setdefault(node.label, block) != block:
            raise Fault(node.at, f"_:{node.label} stands in another group of triples, too; use a variable to join them")

    def values(self, values: Values) -> frozenset[str]:
        seen: set[str] = set()
        for variable in values.variables:
            if variable.name in seen:
                raise Fault(variable.at, f"VALUES names ?{variable.name} twice")
            seen.add(variable.name)
        for row in values.rows:
            for cell in row:
                if isinstance(cell, TripleTerm):
                    _check_terms(cell, "VALUES", variables=False, blank_nodes=False)
        return frozenset(seen)

    def expression(self, expression: Expression, *, aggregates: bool = False) -> None:
        """Aggregates stand in SELECT, HAVING and ORDER BY, and not in one another."""
        waiting: list[tuple[Node, bool]] = [(expression, aggregates)]
        while waiting:
            here, allowed = waiting.pop()
            if isinstance(here, Exists):
                self.pattern(here.pattern)
                continue
            if here.__class__ in _LEAVES:
                continue
            if isinstance(here, TripleTerm):
                _check_terms(here, "an expression", variables=True, blank_nodes=False)
            if isinstance(here, Aggregate):
                if not allowed:
                    why = "inside another aggregate" if aggregates else "here; it stands in SELECT, HAVING and ORDER BY"
                    raise Fault(here.at, f"{here.name} cannot stand {why}")
                allowed = False
            waiting += ((child, allowed) for child in children(here))


def _conditions(form: Select | Construct | Describe | Ask) -> Iterator[Expression]:
    """The expressions of HAVING and ORDER BY; raises Fault for an aggregate in GROUP BY."""
    modifiers = form.modifiers
    for condition in modifiers.group_by:
        expression = condition.expression if isinstance(condition, As) else condition
        if (found := _has_aggregate(expression)) is not None:
            raise Fault(found.at, f"{found.name} cannot stand here; it stands in SELECT, HAVING and ORDER BY")
        yield expression
    yield from modifiers.having
    for order in modifiers.order_by:
        yield order.expression


def _has_aggregate(expression: Expression) -> Aggregate | None:
    waiting: list[Node] = [expression]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Aggregate):
            return here
        if not isinstance(here, Exists):
            waiting += children(here)
    return None


def _outside_aggregates(expression: Expression) -> Iterator[Variable]:
    waiting: list[Node] = [expression]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Variable):
            yield here
        elif not isinstance(here, Aggregate | Exists):
            waiting += children(here)


def _blank_nodes(blocks: Iterable[Quads]) -> Iterator[BlankNode]:
    for quads in blocks:
        for triple in quads.triples:
            for node in walk(triple):
                if isinstance(node, BlankNode):
                    yield node


def _check_template(triples: Iterable[Triple]) -> None:
    for triple in triples:
        if not isinstance(triple.predicate, IRI | Variable):
            raise Fault(triple.at, "a property path cannot stand in a template or in data; it only finds")


def _check_data(blocks: Iterable[Quads], where: str, *, blank_nodes: bool) -> None:
    for quads in blocks:
        if isinstance(quads.graph, Variable):
            raise Fault(quads.graph.at, f"a variable cannot stand in {where}")
        _check_template(quads.triples)
        for triple in quads.triples:
            _check_terms(triple, where, variables=False, blank_nodes=blank_nodes)


def _check_terms(node: Node, where: str, *, variables: bool, blank_nodes: bool) -> None:
    for found in walk(node):
        if isinstance(found, Variable) and not variables:
            raise Fault(found.at, f"a variable cannot stand in {where}")
        if isinstance(found, BlankNode) and not blank_nodes:
            raise Fault(found.at, f"a blank node cannot stand in {where}")
