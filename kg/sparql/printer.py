"""A tree as SPARQL text: `show`.  Parsing the text gives an equal tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from kg.sparql.tree import (
    IRI,
    RDF,
    XSD,
    Addend,
    Aggregate,
    Alternative,
    And,
    Arithmetic,
    As,
    Ask,
    Bind,
    BlankNode,
    BuiltIn,
    Call,
    Clear,
    Comparison,
    Construct,
    Create,
    Dataset,
    DeleteData,
    Describe,
    Drop,
    Exists,
    Expression,
    Filter,
    Graph,
    Group,
    InsertData,
    Inverse,
    Lateral,
    Literal,
    Load,
    Membership,
    Minus,
    Modifiers,
    Modify,
    NegatedSet,
    Node,
    Optional,
    Or,
    Order,
    Path,
    Quads,
    Query,
    Repeat,
    Select,
    Sequence,
    Service,
    Transfer,
    Triple,
    Triples,
    TripleTerm,
    Unary,
    Union,
    Update,
    Values,
    Variable,
)  # fmt: skip

_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_NOT_IN_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_LOCAL: Final = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_-]*)?")
_BARE: Final[Mapping[str, re.Pattern[str]]] = {
    f"{XSD}integer": re.compile(r"[+-]?[0-9]+", re.ASCII),
    f"{XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+", re.ASCII),
    f"{XSD}double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+", re.ASCII),
    f"{XSD}boolean": re.compile("true|false"),
}
"""The literals that are written without quotes."""

_RANKS: Final[Mapping[type[Node], int]] = {
    Or: 1, And: 2, Comparison: 3, Membership: 3, Arithmetic: 4, Unary: 6, Alternative: 1, Sequence: 2, Inverse: 3, Repeat: 4,
}  # fmt: skip
"""How tightly an operator binds; what is not here needs no brackets anywhere."""


def _bracketed(iri: str) -> str:
    if _NOT_IN_IRI.search(iri):
        raise ValueError(f"{iri!r} is not an IRI")
    return f"<{iri}>"


def show(node: Node, prefixes: Mapping[str, str] | None = None) -> str:
    """The text of a node; of a query or an update, a whole request, with the `prefixes` that shorten its IRIs declared.

    Raises ValueError for an IRI that no text can hold.

    >>> show(Triple(Variable("s"), IRI("http://example.org/p"), Literal("01", "http://www.w3.org/2001/XMLSchema#integer")))
    '?s <http://example.org/p> 01 .'
    """
    printer = _Printer(prefixes or {})
    text = printer.of(node)
    declared = "".join(f"PREFIX {name}: {_bracketed((prefixes or {})[name])}\n" for name in sorted(printer.used))
    return declared + text if isinstance(node, Query | Update) else text


class _Printer:
    """Writes nodes; patterns over several lines, all else on one."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = sorted(prefixes.items(), key=lambda row: (-len(row[1]), row[0]))
        self.used: set[str] = set()
        self.indent = "\n"

    def of(self, node: Node) -> str:
        text: str = _WRITERS[node.__class__](self, node)
        return text

    def expression(self, node: Node, rank: int) -> str:
        """The text, in brackets where the node binds less tightly than its place asks for."""
        text: str = _WRITERS[node.__class__](self, node)
        own = _RANKS.get(node.__class__, 9)
        if own == 4 and node.__class__ is Arithmetic and node.rest[0].operator in "*/":
            own = 5
        return f"({text})" if own < rank else text

    # Terms

    def iri(self, node: IRI) -> str:
        return self.shortened(node.value)

    def shortened(self, iri: str) -> str:
        for name, namespace in self.prefixes:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(name)
                return f"{name}:{iri[len(namespace) :]}"
        return _bracketed(iri)

    def blank_node(self, node: BlankNode) -> str:
        return f"_:{node.label}"

    def variable(self, node: Variable) -> str:
        return f"?{node.name}"

    def literal(self, node: Literal) -> str:
        bare = _BARE.get(node.datatype)
        if bare is not None and bare.fullmatch(node.value):
            return node.value
        text = f'"{node.value.translate(_ESCAPES)}"'
        if node.language is not None:
            return f"{text}@{node.language}{f'--{node.direction}' if node.direction else ''}"
        return text if node.datatype == f"{XSD}string" else f"{text}^^{self.shortened(node.datatype)}"

    def triple_term(self, node: TripleTerm) -> str:
        return f"<<( {self.of(node.subject)} {self.verb(node.predicate)} {self.of(node.object)} )>>"

    # Paths

    def verb(self, node: Variable | Path) -> str:
        return "a" if isinstance(node, IRI) and node.value == f"{RDF}type" else self.of(node)

    def alternative(self, node: Alternative) -> str:
        return "|".join([self.expression(path, 2) for path in node.paths])

    def sequence(self, node: Sequence) -> str:
        return "/".join([self.expression(path, 3) for path in node.paths])

    def inverse(self, node: Inverse) -> str:
        return f"^{self.expression(node.path, 4)}"

    def repeat(self, node: Repeat) -> str:
        return f"{self.expression(node.path, 5)}{node.modifier}"

    def negated_set(self, node: NegatedSet) -> str:
        return f"!({'|'.join([self.of(member) for member in node.members])})"

    # Expressions

    def either(self, node: Or) -> str:
        return " || ".join([self.expression(argument, 2) for argument in node.arguments])

    def all_of(self, node: And) -> str:
        return " && ".join([self.expression(argument, 3) for argument in node.arguments])

    def comparison(self, node: Comparison) -> str:
        return f"{self.expression(node.left, 4)} {node.operator} {self.expression(node.right, 4)}"

    def membership(self, node: Membership) -> str:
        members = ", ".join(map(self.of, node.members))
        return f"{self.expression(node.value, 4)} {'NOT IN' if node.negated else 'IN'} ({members})"

    def arithmetic(self, node: Arithmetic) -> str:
        rank = 6 if node.rest[0].operator in "*/" else 5
        return self.expression(node.first, rank) + "".join(
            [f" {addend.operator} {self.expression(addend.argument, rank)}" for addend in node.rest]
        )

    def addend(self, node: Addend) -> str:
        return f"{node.operator} {self.of(node.argument)}"

    def unary(self, node: Unary) -> str:
        return f"{node.operator} {self.expression(node.argument, 7)}"

    def built_in(self, node: BuiltIn) -> str:
        return f"{node.name}({', '.join(map(self.of, node.arguments))})"

    def call(self, node: Call) -> str:
        return f"{self.of(node.function)}({'DISTINCT ' if node.distinct else ''}{', '.join(map(self.of, node.arguments))})"

    def aggregate(self, node: Aggregate) -> str:
        argument = "*" if node.argument is None else self.of(node.argument)
        separator = "" if node.separator is None else f'; SEPARATOR="{node.separator.translate(_ESCAPES)}"'
        return f"{node.name}({'DISTINCT ' if node.distinct else ''}{argument}{separator})"

    def exists(self, node: Exists) -> str:
        return f"{'NOT ' if node.negated else ''}EXISTS {self.of_pattern(node.pattern)}"

    def named(self, node: As) -> str:
        return f"({self.of(node.expression)} AS {self.of(node.variable)})"

    def constraint(self, node: Expression) -> str:
        """An expression where only brackets or a call may stand."""
        return self.of(node) if isinstance(node, Exists | BuiltIn | Call | Aggregate) else f"({self.of(node)})"

    # Patterns

    def of_pattern(self, node: Node) -> str:
        """A pattern in its braces, and any other element."""
        return self.subselect(node) if isinstance(node, Select) else self.of(node)

    def in_braces(self, write: Callable[[Any], str], nodes: Iterable[Node]) -> str:
        """Nodes in braces, each on its line."""
        outer = self.indent
        self.indent = outer + "  "
        written = "".join([self.indent + write(node) for node in nodes])
        self.indent = outer
        return f"{{{written}{outer}}}" if written else "{}"

    def group(self, node: Group) -> str:
        return self.in_braces(self.of_pattern, node.elements)

    def subselect(self, node: Select) -> str:
        outer = self.indent
        self.indent = outer + "  "
        text = f"{{{self.indent}{self.select(node)}{outer}}}"
        self.indent = outer
        return text

    def triple(self, node: Triple) -> str:
        return f"{self.of(node.subject)} {self.verb(node.predicate)} {self.of(node.object)} ."

    def triples(self, node: Triples) -> str:
        return self.indent.join(map(self.triple, node.triples))

    def filter(self, node: Filter) -> str:
        return f"FILTER {self.constraint(node.condition)}"

    def bind(self, node: Bind) -> str:
        return f"BIND ({self.of(node.expression)} AS {self.of(node.variable)})"

    def values(self, node: Values) -> str:
        indent = self.indent
        rows = [f"{indent}  ({' '.join([self.of(cell) if cell else 'UNDEF' for cell in row])})" for row in node.rows]
        return f"VALUES ({' '.join(map(self.of, node.variables))}) {{{''.join(rows)}{indent if rows else ''}}}"

    def optional(self, node: Optional) -> str:
        return f"OPTIONAL {self.of_pattern(node.pattern)}"

    def minus(self, node: Minus) -> str:
        return f"MINUS {self.of_pattern(node.pattern)}"

    def lateral(self, node: Lateral) -> str:
        return f"LATERAL {self.of_pattern(node.pattern)}"

    def union(self, node: Union) -> str:
        return " UNION ".join(map(self.of_pattern, node.patterns))

    def graph(self, node: Graph) -> str:
        return f"GRAPH {self.of(node.name)} {self.of_pattern(node.pattern)}"

    def service(self, node: Service) -> str:
        return f"SERVICE {'SILENT ' if node.silent else ''}{self.of(node.name)} {self.of_pattern(node.pattern)}"

    # Queries

    def query(self, node: Query) -> str:
        text: str = _FORMS[node.form.__class__](self, node.form, self.graphs(node.dataset, "FROM"))
        return self.prologue(node) + text

    def prologue(self, node: Query | Update) -> str:
        version = "" if node.version is None else f'VERSION "{node.version.translate(_ESCAPES)}"\n'
        return version + ("" if node.base is None else f"BASE {_bracketed(node.base)}\n")

    def graphs(self, node: Dataset, word: str) -> str:
        return "".join([f" {word} {self.of(iri)}" for iri in node.default] + [f" {word} NAMED {self.of(iri)}" for iri in node.named])

    def tail(self, modifiers: Modifiers, values: Values | None) -> str:
        return self.modifiers(modifiers) + (f"{self.indent}{self.values(values)}" if values is not None else "")

    def modifiers(self, node: Modifiers) -> str:
        parts: list[str] = []
        if node.group_by:
            grouped = [self.of(row) if isinstance(row, Variable | As) else self.constraint(row) for row in node.group_by]
            parts.append(f"GROUP BY {' '.join(grouped)}")
        if node.having:
            parts.append(f"HAVING {' '.join(map(self.constraint, node.having))}")
        if node.order_by:
            parts.append(f"ORDER BY {' '.join(map(self.order, node.order_by))}")
        if node.limit is not None:
            parts.append(f"LIMIT {node.limit}")
        if node.offset is not None:
            parts.append(f"OFFSET {node.offset}")
        return "".join([self.indent + part for part in parts])

    def order(self, node: Order) -> str:
        if node.descending:
            return f"DESC({self.of(node.expression)})"
        return self.of(node.expression) if isinstance(node.expression, Variable) else f"ASC({self.of(node.expression)})"

    def select(self, node: Select, graphs: str = "") -> str:
        duplicates = f"{node.duplicates} " if node.duplicates else ""
        rows = "*" if node.projection is None else " ".join(map(self.of, node.projection))
        return f"SELECT {duplicates}{rows}{graphs} WHERE {self.of_pattern(node.where)}{self.tail(node.modifiers, node.values)}"

    def construct(self, node: Construct, graphs: str = "") -> str:
        template = self.in_braces(self.triple, node.template)
        return f"CONSTRUCT {template}{graphs} WHERE {self.of_pattern(node.where)}{self.tail(node.modifiers, node.values)}"

    def describe(self, node: Describe, graphs: str = "") -> str:
        terms = "*" if node.terms is None else " ".join(map(self.of, node.terms))
        where = f" WHERE {self.of_pattern(node.where)}" if node.where is not None else ""
        return f"DESCRIBE {terms}{graphs}{where}{self.tail(node.modifiers, node.values)}"

    def ask(self, node: Ask, graphs: str = "") -> str:
        return f"ASK{graphs} WHERE {self.of_pattern(node.where)}{self.tail(node.modifiers, node.values)}"

    # Updates

    def update(self, node: Update) -> str:
        return self.prologue(node) + " ;\n".join(map(self.of, node.operations))

    def quads(self, node: Quads) -> str:
        if node.graph is None:
            return self.indent.join(map(self.triple, node.triples))
        return f"GRAPH {self.of(node.graph)} {self.in_braces(self.triple, node.triples)}"

    def all_quads(self, quads: tuple[Quads, ...]) -> str:
        return self.in_braces(self.quads, quads)

    def insert_data(self, node: InsertData) -> str:
        return f"INSERT DATA {self.all_quads(node.quads)}"

    def delete_data(self, node: DeleteData) -> str:
        return f"DELETE DATA {self.all_quads(node.quads)}"

    def modify(self, node: Modify) -> str:
        parts = [f"WITH {self.of(node.graph)}"] if node.graph is not None else []
        if node.delete is not None:
            parts.append(f"DELETE {self.all_quads(node.delete)}")
        if node.insert is not None:
            parts.append(f"INSERT {self.all_quads(node.insert)}")
        return f"{' '.join(parts)}{self.graphs(node.using, 'USING')} WHERE {self.of_pattern(node.where)}"

    def load(self, node: Load) -> str:
        into = f" INTO GRAPH {self.of(node.graph)}" if node.graph is not None else ""
        return f"LOAD {'SILENT ' if node.silent else ''}{self.of(node.source)}{into}"

    def clear(self, node: Clear | Drop) -> str:
        target = f"GRAPH {self.of(node.target)}" if isinstance(node.target, IRI) else node.target
        return f"{'CLEAR' if isinstance(node, Clear) else 'DROP'} {'SILENT ' if node.silent else ''}{target}"

    def create(self, node: Create) -> str:
        return f"CREATE {'SILENT ' if node.silent else ''}GRAPH {self.of(node.graph)}"

    def transfer(self, node: Transfer) -> str:
        source, target = (f"GRAPH {self.of(end)}" if end is not None else "DEFAULT" for end in (node.source, node.target))
        return f"{node.verb} {'SILENT ' if node.silent else ''}{source} TO {target}"


_FORMS: Final[Mapping[type[Node], Any]] = {
    Select: _Printer.select, Construct: _Printer.construct, Describe: _Printer.describe, Ask: _Printer.ask
}  # fmt: skip
_WRITERS: Final[Mapping[type[Node], Any]] = {
    **_FORMS,
    IRI: _Printer.iri, BlankNode: _Printer.blank_node, Variable: _Printer.variable, Literal: _Printer.literal,
    TripleTerm: _Printer.triple_term, Alternative: _Printer.alternative, Sequence: _Printer.sequence, Inverse: _Printer.inverse,
    Repeat: _Printer.repeat, NegatedSet: _Printer.negated_set, Or: _Printer.either, And: _Printer.all_of,
    Comparison: _Printer.comparison, Membership: _Printer.membership, Arithmetic: _Printer.arithmetic, Addend: _Printer.addend,
    Unary: _Printer.unary, BuiltIn: _Printer.built_in, Call: _Printer.call, Aggregate: _Printer.aggregate, Exists: _Printer.exists,
    As: _Printer.named, Triple: _Printer.triple, Triples: _Printer.triples, Filter: _Printer.filter, Bind: _Printer.bind,
    Values: _Printer.values, Optional: _Printer.optional, Minus: _Printer.minus, Lateral: _Printer.lateral, Union: _Printer.union,
    Graph: _Printer.graph, Service: _Printer.service, Group: _Printer.group, Order: _Printer.order, Modifiers: _Printer.modifiers,
    Query: _Printer.query, Update: _Printer.update, Quads: _Printer.quads, InsertData: _Printer.insert_data,
    DeleteData: _Printer.delete_data, Modify: _Printer.modify, Load: _Printer.load, Clear: _Printer.clear, Drop: _Printer.clear,
    Create: _Printer.create, Transfer: _Printer.transfer,
}  # fmt: skip
