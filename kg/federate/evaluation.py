"""A query with its SERVICEs answered: each is evaluated at its endpoint, and its solutions stand in the query in its place.

SPARQL 1.1 Federated Query, sections 2 to 4: SERVICE gives a bag of solutions, which is joined as any pattern's.  So the place of a SERVICE is
taken by VALUES that hold the bag, wherever it stands, and the rest of the query is evaluated as ever.  Only solutions that the join would drop
may be missing: where the variables of a SERVICE are bound beside it, too, their values are found first, and sent in blocks of VALUES.

A blank node of a reply is one node in that reply, and none of any other, nor of ours.  It stands in VALUES with a label that was never used,
which the engine is made to understand (`kg/sparql/rewriting.py`).  Since a label holds within one reply only, a pattern whose replies hold
blank nodes is asked in one request.
"""

from __future__ import annotations

import math
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final, NamedTuple

from kg.errors import EndpointFailed, QueryAbandoned, QueryRefused, QueryTimeout, QueryTooLarge
from kg.federate.beside import Parts, Standing, hidden, is_open, says_the_same, together
from kg.federate.endpoints import LARGEST_REPLY, Endpoints
from kg.federate.replies import Row, Solutions, has_blank_node
from kg.http.client import Watch
from kg.sparql.inspection import services
from kg.sparql.printer import show
from kg.sparql.scope import always_given, certain, in_order, in_scope
from kg.sparql.traversal import mapped, walk
from kg.sparql.tree import (
    IRI,
    XSD,
    As,
    Bind,
    BlankNode,
    Dataset,
    Element,
    Exists,
    Filter,
    Graph,
    Group,
    Lateral,
    Literal,
    Minus,
    Modifiers,
    Node,
    Optional,
    Pattern,
    Query,
    Select,
    Service,
    Term,
    Triples,
    Union,
    Values,
    Variable,
)  # fmt: skip

SERVICES: Final = 50
"""SERVICEs that one query may name."""

REQUESTS: Final = 200
"""Requests that one query may cost."""

BLOCKS: Final = 50
"""Requests for one SERVICE above which its pattern is asked without values."""

TOLD: Final = 3
"""Failures hidden by SILENT that are told one by one; the others are counted."""

LONGEST_WHY: Final = 300
"""Characters that are told of why."""

TOTAL: Final = 4
"""How many times what one SERVICE may bring, in rows and in bytes, the replies to one query may bring together."""

LONGEST_KEY: Final = 1000
"""Characters above which a string is not sent as a value."""

_NUMBER: Final = Literal("1", f"{XSD}integer")
_STRING: Final = f"{XSD}string"

Local = Callable[[Query, tuple[str, ...], int], Solutions]
"""Answers a SELECT query without SERVICE, with these variables, from the graph here; with more solutions than that, with one more than that."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A query without SERVICE, which has the answer of one with; what the asker should be told beside it."""

    query: Query
    warnings: tuple[str, ...]


class Keys(NamedTuple):
    """Values that variables have beside a SERVICE, each once."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


def answered(query: Query, endpoints: Endpoints, local: Local, block: int, until: float, watch: Watch) -> Answered:
    """The query with the solutions of each SERVICE in its place; `block` is how many values one request holds, `until` is of time.monotonic.

    Raises QueryRefused, QueryTooLarge, QueryTimeout, QueryAbandoned, EndpointFailed, EndpointTimeout, and what `local` raises.
    """
    found = services(query)
    if len(found) > SERVICES:
        raise QueryTooLarge(f"The query names SERVICE {len(found)} times, and {SERVICES} is the most here. Ask in several queries.")
    sent = {id(inner) for outer in found for inner in services(outer) if inner is not outer}  # their endpoints see to those
    for service in found:
        if isinstance(service.name, IRI) and not service.silent and id(service) not in sent:
            endpoints.check(service.name.value)  # before anything is asked
    evaluation = _Evaluation(query, endpoints, local, block, until, watch)
    form = query.form
    if isinstance(form, Select):
        form = replace(form, projection=form.projection or in_order(form) or None)  # while it is known where each variable stands
        return Answered(replace(query, form=evaluation.select(form, None, ())), evaluation.told())
    here = evaluation.of_values(form.values) if form.values and not (form.modifiers.group_by or form.modifiers.having) else ()
    changed = mapped(
        form, lambda below: evaluation.pattern(below, None, here) if below is form.where else evaluation.expressions(below, None)
    )
    return Answered(replace(query, form=changed), evaluation.told())


class _Evaluation:
    """The evaluation of one query: goes through its patterns with the parts that each is joined with."""

    def __init__(self, query: Query, endpoints: Endpoints, local: Local, block: int, until: float, watch: Watch) -> None:
        self.query = query
        self.endpoints = endpoints
        self.local = local
        self.block = block
        self.until = until
        self.watch = watch
        self.seconds = math.ceil(until - time.monotonic())
        self.most_keys = block * BLOCKS
        self.requests = 0
        self.rows_taken = 0
        self.bytes_taken = 0
        self.warnings: dict[str, None] = {}
        self.looked_through: dict[int, tuple[Values, frozenset[str]]] = {}  # by identity, which holds as long as the VALUES are kept
        used = {node.name for node in walk(query) if isinstance(node, Variable)}
        self.fresh: Iterator[str] = (name for number in count(1) if (name := f"other{number}") not in used)

    # -- patterns --------------------------------------------------------------------------------------------------------------

    def pattern(self, pattern: Node, graph: IRI | Variable | None, context: Parts) -> Pattern:
        """The pattern without SERVICE; `context` are the parts outside that it is joined with."""
        assert isinstance(pattern, Group | Select)
        if not services(pattern):
            return pattern
        return self.select(pattern, graph, context) if isinstance(pattern, Select) else self.group(pattern, graph, context)

    def select(self, select: Select, graph: IRI | Variable | None, context: Parts) -> Select:
        """A subquery is narrowed from outside by what it selects, unless it counts, groups or cuts."""
        visible = in_scope(select) - {row.variable.name for row in select.projection or () if isinstance(row, As)}
        inside: Parts = ()
        if is_open(select):  # else its VALUES are joined with groups, not with the pattern (section 18.2.4)
            inside = (*hidden(context, visible, self.fresh), *(self.of_values(select.values) if select.values else ()))
        where = self.pattern(select.where, graph, inside)
        return mapped(select, lambda below: where if below is select.where else self.expressions(below, graph))

    def group(self, group: Group, graph: IRI | Variable | None, context: Parts) -> Group:
        standing = Standing(group.elements, graph, self.binds)
        waiting = {
            place: certain(element.pattern) if isinstance(element, Service) else frozenset()
            for place, element in enumerate(group.elements)
            if services(element)
        }
        while waiting:
            self.go_on()
            around = (*context, *standing.parts())
            offered = frozenset().union(*(part.offers for part in around))
            place = min(waiting, key=lambda place: (_turn(group.elements[place], waiting[place], offered), place))
            del waiting[place]
            standing.put(place, self.element(group.elements[place], standing.bound_before(place), graph, around))
        return replace(group, elements=tuple(standing.elements))

    def of_values(self, values: Values) -> Parts:
        """The VALUES behind a query or subquery as a part."""
        return Standing((values,), None, self.binds).parts()

    def binds(self, element: Element) -> frozenset[str]:
        """The variables that an element always binds; each VALUES is looked through once."""
        self.go_on()
        return certain(element, self.given)

    def given(self, values: Values) -> frozenset[str]:
        """The variables that each row of VALUES gives a value."""
        if id(values) not in self.looked_through:
            self.looked_through[id(values)] = values, always_given(values)
        return self.looked_through[id(values)][1]

    def go_on(self) -> None:
        """Raises QueryTimeout when the time is over, QueryAbandoned when nobody waits any more."""
        if self.watch.happened:
            raise QueryAbandoned
        if time.monotonic() >= self.until:
            raise QueryTimeout(self.seconds)

    def element(self, element: Element, before: frozenset[str], graph: IRI | Variable | None, around: Parts) -> Element:
        """The element without SERVICE; `before` has a value where it stands, `around` are all parts that its group is joined with.

        What is OPTIONAL, or taken away, may be narrowed only by variables that have a value already: others may get theirs from it, or not.
        """
        match element:
            case Service():
                return self.service(element, around)
            case Group() | Select():
                return self.pattern(element, graph, around)
            case Union(patterns):
                return replace(element, patterns=tuple(self.pattern(pattern, graph, around) for pattern in patterns))
            case Graph(name, pattern):
                return replace(element, pattern=self.pattern(pattern, name, around))
            case Optional(pattern) | Minus(pattern):
                return replace(element, pattern=self.pattern(pattern, graph, hidden(around, before, self.fresh)))
            case Lateral():
                raise QueryRefused(
                    "The query was refused: SERVICE inside LATERAL is not evaluated here. Write the SERVICE in the group, without LATERAL."
                )
            case Filter() | Bind():
                changed = self.expressions(element, graph)
                assert isinstance(changed, Filter | Bind)
                return changed
            case _:
                return element

    def expressions(self, node: Node, graph: IRI | Variable | None) -> Node:
        """The node with the patterns of EXISTS in its expressions without SERVICE."""
        if isinstance(node, Exists):
            return replace(node, pattern=self.pattern(node.pattern, graph, ()))
        return mapped(node, lambda below: self.expressions(below, graph))

    # -- one SERVICE -----------------------------------------------------------------------------------------------------------

    def service(self, service: Service, around: Parts) -> Element:
        """The solutions of the SERVICE; when it is SILENT and fails, one without values."""
        variables = tuple(sorted(in_scope(service.pattern)))
        divisible = says_the_same(service.pattern)
        wanted = certain(service.pattern) if divisible else frozenset()
        if isinstance(service.name, Variable):
            return self.at_variable(service, service.name, variables, wanted, around)
        return _values(variables, self.rows(service, service.name.value, variables, lambda: self.keys(around, wanted)))

    def at_variable(self, service: Service, name: Variable, variables: tuple[str, ...], wanted: frozenset[str], around: Parts) -> Element:
        """The solutions at each endpoint that the variable names beside the SERVICE (section 4), with its name."""
        found = self.keys(around, wanted, name.name)
        if found is None:
            raise QueryRefused(
                f"The query was refused: nothing beside SERVICE ?{name.name} gives ?{name.name} its value in each solution; "
                f"bind it by a pattern or VALUES in the same group."
            )
        column = found.variables.index(name.name)
        others = tuple(other for other in found.variables if other != name.name and other in wanted)
        given: dict[IRI, dict[Row, None]] = {}
        for row in found.rows:
            endpoint = row[column]
            if not isinstance(endpoint, IRI):
                raise QueryRefused(
                    f"The query was refused: SERVICE ?{name.name} meets a value that is no IRI; take IRIs only, by FILTER(isIRI(…))."
                )
            keys = given.setdefault(endpoint, {})
            key = tuple(cell for other, cell in zip(found.variables, row, strict=True) if other in others)
            if not any(map(has_blank_node, key)):
                keys[key] = None
        if not service.silent:
            for endpoint in given:
                self.endpoints.check(endpoint.value)
        rows: list[Row] = []
        whole = variables if name.name in variables else (*variables, name.name)
        place = whole.index(name.name)
        for endpoint, values in given.items():
            narrowed = Keys(others, tuple(values)) if others and len(values) <= self.block * BLOCKS else None
            for row in self.rows(service, endpoint.value, variables, lambda narrowed=narrowed: narrowed):  # type: ignore[misc]
                full = row if name.name in variables else (*row, endpoint)
                if full[place] in (None, endpoint):
                    rows.append((*full[:place], endpoint, *full[place + 1 :]))
        return _values(whole, rows)

    def rows(self, service: Service, endpoint: str, variables: tuple[str, ...], keys: Callable[[], Keys | None]) -> Sequence[Row]:
        """The solutions of a SERVICE at one endpoint; its keys are only looked for when it may be asked."""
        self.go_on()
        try:
            self.endpoints.check(endpoint)
        except QueryRefused:
            if not service.silent:
                raise
            self.count()
            return self.hid(endpoint, "may not be asked here (KG_FEDERATION_ALLOW)", variables)
        values = keys()
        try:
            return self.asked(endpoint, service.pattern, variables, values)
        except EndpointFailed as error:
            if not service.silent:
                raise
            return self.hid(endpoint, error.reason, variables)

    def hid(self, endpoint: str, why: str, variables: tuple[str, ...]) -> Sequence[Row]:
        """One solution without values, for a SERVICE that failed and is SILENT."""
        short = why if len(why) <= LONGEST_WHY else f"{why[:LONGEST_WHY]}…"
        self.warnings[f"SERVICE SILENT hid that <{endpoint[:200]}> {short}; the answer lacks what it would have given."] = None
        return [(None,) * len(variables)]

    def told(self) -> tuple[str, ...]:
        """What SILENT hid: the first few failures, and how many more there were."""
        more = len(self.warnings) - TOLD
        return (*list(self.warnings)[:TOLD], *([f"SERVICE SILENT hid {more} more failures of endpoints."] if more > 0 else []))

    def count(self) -> None:
        """Counts a request, or what stands for one; raises QueryTooLarge above the limit."""
        self.requests += 1
        if self.requests > REQUESTS:
            raise QueryTooLarge(
                f"The query needs more than {REQUESTS} requests to other endpoints, the most here. Narrow it, or ask in parts."
            )

    def asked(self, endpoint: str, pattern: Pattern, variables: tuple[str, ...], keys: Keys | None) -> Sequence[Row]:
        """The solutions of a pattern at an endpoint: all, or those with these values."""
        if keys is None or not keys.variables:
            return _told_apart(self.request(endpoint, pattern, variables, None).rows)
        blocks = [Keys(keys.variables, keys.rows[start : start + self.block]) for start in range(0, len(keys.rows), self.block)]
        rows: list[Row] = []
        for block in blocks:
            found = self.request(endpoint, pattern, variables, block)
            if len(blocks) > 1 and found.has_blank_nodes:
                return _told_apart(_of(self.request(endpoint, pattern, variables, keys), keys))
            rows += _of(found, block)
            if len(rows) > self.endpoints.rows:
                raise EndpointFailed(endpoint, f"gave more than {self.endpoints.rows:,} solutions in all (KG_FEDERATION_ROWS)")
        return _told_apart(rows)

    def request(self, endpoint: str, pattern: Pattern, variables: tuple[str, ...], keys: Keys | None) -> Solutions:
        """One request: the solutions of a pattern joined with these values."""
        where = Group((pattern,)) if isinstance(pattern, Select) else pattern
        if keys is not None:
            values = _values(keys.variables, keys.rows)
            elements = where.elements if _may_begin_with(where, frozenset(keys.variables)) else (where,)
            where = Group((values, *elements))
        counted = next(self.fresh)
        rows = tuple(map(Variable, variables)) or (As(_NUMBER, Variable(counted)),)
        text = show(replace(self.query, form=Select(rows, where), dataset=Dataset()))
        wanted = variables or (counted,)
        self.count()
        self.go_on()
        found = self.endpoints.ask(endpoint, text, wanted, certain(pattern) & set(variables), self.until, self.watch)
        self.rows_taken += len(found.rows)
        self.bytes_taken += found.bytes
        if self.rows_taken > TOTAL * self.endpoints.rows or self.bytes_taken > TOTAL * LARGEST_REPLY:
            raise QueryTooLarge(
                f"The endpoints gave more than {TOTAL * self.endpoints.rows:,} solutions ({TOTAL} times KG_FEDERATION_ROWS) or "
                f"{TOTAL * LARGEST_REPLY >> 20} megabytes in all, the most that one query may bring here. Narrow it, or ask in parts."
            )
        return found if variables else Solutions((), tuple(() for _ in found.rows))

    # -- values ----------------------------------------------------------------------------------------------------------------

    def keys(self, around: Parts, wanted: frozenset[str], name: str | None = None) -> Keys | None:
        """The fewest values that variables have beside a SERVICE, None where too many or too little is known; with `name`, of that one in any case."""
        best: Keys | None = None
        most = self.endpoints.rows if name is not None else self.most_keys
        for pattern, offered in together(around, wanted | ({name} if name is not None else frozenset())):
            self.go_on()
            if not most or (name is not None and name not in offered):
                continue
            variables = tuple(sorted(offered))
            query = replace(
                self.query, form=Select(tuple(map(Variable, variables)), pattern, Modifiers(limit=most + 1), duplicates="DISTINCT")
            )
            try:
                found = self.local(query, variables, most)
            except QueryTooLarge:
                if name is not None:
                    raise
                self.most_keys //= 10  # fewer than this are not too many for an answer here (KG_MAX_ROWS), or none are looked for
                continue
            if len(found.rows) > most:
                continue
            keys = _usable(found, name)
            if keys is not None and (best is None or len(keys.rows) < len(best.rows)):
                best = keys
        return best


def _values(variables: Sequence[str], rows: Sequence[Row]) -> Values:
    return Values(tuple(map(Variable, variables)), tuple(rows))


def _turn(element: Element, binds: frozenset[str], offered: frozenset[str]) -> int:
    """When the turn is of an element that `binds` these: first the SERVICEs of which something is known, then others, then what stands around some."""
    if not isinstance(element, Service):
        return 3
    if isinstance(element.name, Variable) and element.name.name not in offered:
        return 2
    return 0 if offered & binds else 1


def _told_apart(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of one reply, with labels of blank nodes that nothing else has."""
    labels: dict[str, BlankNode] = {}
    prefix = f"r{uuid.uuid4().hex}n"

    def own(term: Term | None) -> Term | None:
        return labels.setdefault(term.label, BlankNode(f"{prefix}{len(labels)}")) if isinstance(term, BlankNode) else term

    if not any(isinstance(term, BlankNode) for row in rows for term in row):
        return rows
    return [tuple(map(own, row)) for row in rows]


def _usable(found: Solutions, name: str | None) -> Keys | None:
    """Those values by which other endpoints can tell: IRIs and strings that are not long, whose terms are equal wherever they are equal here.

    A variable that has another value, or none, is left out; `name` never.  A row with a blank node of ours matches nothing elsewhere, and is
    left out where there is no `name`.
    """
    columns = [
        column
        for column, variable in enumerate(found.variables)
        if variable == name or all(has_blank_node(row[column]) or _tells(row[column]) for row in found.rows)
    ]
    if not columns or (name is not None and any(row[found.variables.index(name)] is None for row in found.rows)):
        return None
    rows = dict.fromkeys(tuple(row[column] for column in columns) for row in found.rows)
    kept = rows if name is not None else [row for row in rows if not any(map(has_blank_node, row))]
    return Keys(tuple(found.variables[column] for column in columns), tuple(kept))


def _tells(term: Term | None) -> bool:
    if isinstance(term, Literal):
        return term.direction is None and (term.language is not None or term.datatype == _STRING) and len(term.value) <= LONGEST_KEY
    return isinstance(term, IRI)


def _of(found: Solutions, keys: Keys) -> list[Row]:
    """The solutions with these values: an endpoint may give more than it was asked for."""
    there = {tuple(map(_folded, row)) for row in keys.rows}
    columns = [found.variables.index(name) for name in keys.variables]
    return [row for row in found.rows if tuple(_folded(row[column]) for column in columns) in there]


def _folded(term: Term | None) -> Term | None:
    """The term by which it is compared: the case of a language tag means nothing (RDF 1.1 Concepts, section 3.3)."""
    return replace(term, language=term.language.lower()) if isinstance(term, Literal) and term.language else term


def _may_begin_with(group: Group, keys: frozenset[str]) -> bool:
    """Whether VALUES at the beginning of the group mean the same as beside it: nothing in it looks at the variables before they have a value."""
    before: set[str] = set()
    for element in group.elements:
        match element:
            case Triples() | Values() | Graph() | Union() | Group() | Select() | Service(IRI()):
                pass
            case Filter(condition):
                if any(isinstance(node, Exists) for node in walk(condition)):
                    return False
            case _:
                seen = {node.name for node in walk(element) if isinstance(node, Variable)}
                if seen & keys - before:
                    return False
        before |= certain(element)
    return True
