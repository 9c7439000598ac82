"""The syntax tree of SPARQL 1.1 queries and updates, and of what SPARQL 1.2 adds: frozen nodes.

A tree says what a text means, not how it was written: IRIs are absolute, `;` and `,`, `[ ]`, collections, reifiers and annotations are plain
triples, the short forms CONSTRUCT WHERE and DELETE WHERE are long.  A chain of one operator (`a || b || c`) is one node, so that a tree is
no deeper than its text's brackets.  `at` is the offset in the text with its codepoint escapes decoded,
-1 in a node that was made; equality does not look at it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias
from typing import Literal as OneOf

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Any node."""

    at: int = field(default=-1, compare=False, repr=False)


# Terms


@dataclass(frozen=True, slots=True)
class IRI(Node):
    """An absolute IRI."""

    value: str


@dataclass(frozen=True, slots=True)
class BlankNode(Node):
    """A blank node by its label."""

    label: str


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A literal as it was written; `datatype` is an IRI, and rdf:langString or rdf:dirLangString with a language."""

    value: str
    datatype: str = f"{XSD}string"
    language: str | None = None
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """A variable by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class TripleTerm(Node):
    """`<<( s p o )>>`: a triple as a term."""

    subject: Term
    predicate: IRI | Variable
    object: Term


Term: TypeAlias = IRI | BlankNode | Literal | Variable | TripleTerm


# Property paths


@dataclass(frozen=True, slots=True)
class Alternative(Node):
    """`a|b`."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Sequence(Node):
    """`a/b`."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Inverse(Node):
    """`^a`."""

    path: Path


@dataclass(frozen=True, slots=True)
class Repeat(Node):
    """`a*`, `a+`, `a?`."""

    path: Path
    modifier: OneOf["*", "+", "?"]


@dataclass(frozen=True, slots=True)
class NegatedSet(Node):
    """`!(a|^b)`."""

    members: tuple[IRI | Inverse, ...]


Path: TypeAlias = IRI | Alternative | Sequence | Inverse | Repeat | NegatedSet


# Expressions


@dataclass(frozen=True, slots=True)
class Or(Node):
    """`a || b || …`."""

    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class And(Node):
    """`a && b && …`."""

    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`a = b` and its kin."""

    operator: OneOf["=", "!=", "<", ">", "<=", ">="]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`a IN (b, …)`, `a NOT IN (b, …)`."""

    value: Expression
    members: tuple[Expression, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Addend(Node):
    """An operator and what stands behind it."""

    operator: OneOf["+", "-", "*", "/"]
    argument: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`a + b - …`, or `a * b / …`: operators of one rank, applied from the left."""

    first: Expression
    rest: tuple[Addend, ...]


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """`!a`, `-a`, `+a`."""

    operator: OneOf["!", "-", "+"]
    argument: Expression


@dataclass(frozen=True, slots=True)
class BuiltIn(Node):
    """A call of a function that the language names, in capitals."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call of a function named by an IRI."""

    function: IRI
    arguments: tuple[Expression, ...]
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """`COUNT(DISTINCT ?x)` and its kin; the argument is None for `*`."""

    name: str
    argument: Expression | None
    distinct: bool = False
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class Exists(Node):
    """`EXISTS { … }`, `NOT EXISTS { … }`."""

    pattern: Pattern
    negated: bool = False


Expression: TypeAlias = Term | Or | And | Comparison | Membership | Arithmetic | Unary | BuiltIn | Call | Aggregate | Exists


@dataclass(frozen=True, slots=True)
class As(Node):
    """`(expression AS ?variable)` of SELECT and GROUP BY."""

    expression: Expression
    variable: Variable


# Graph patterns


@dataclass(frozen=True, slots=True)
class Triple(Node):
    """A triple, triple pattern or path pattern."""

    subject: Term
    predicate: Variable | Path
    object: Term


@dataclass(frozen=True, slots=True)
class Triples(Node):
    """Triple and path patterns that stand together."""

    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`FILTER (…)`."""

    condition: Expression


@dataclass(frozen=True, slots=True)
class Bind(Node):
    """`BIND (… AS ?variable)`."""

    expression: Expression
    variable: Variable


@dataclass(frozen=True, slots=True)
class Values(Node):
    """`VALUES (?a ?b) { (1 2) … }`; None is UNDEF."""

    variables: tuple[Variable, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Optional(Node):
    """`OPTIONAL { … }`."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Minus(Node):
    """`MINUS { … }`."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Lateral(Node):
    """`LATERAL { … }`, of SPARQL-dev SEP 6: the pattern once for each solution before it."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Union(Node):
    """`{ … } UNION { … }`."""

    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Graph(Node):
    """`GRAPH ?g { … }`."""

    name: IRI | Variable
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Service(Node):
    """`SERVICE <…> { … }`."""

    name: IRI | Variable
    pattern: Pattern
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Group(Node):
    """`{ … }`: elements in the order in which they are joined."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Order(Node):
    """A condition of ORDER BY."""

    expression: Expression
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Modifiers(Node):
    """What follows a pattern: GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET."""

    group_by: tuple[Expression | As, ...] = ()
    having: tuple[Expression, ...] = ()
    order_by: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Select(Node):
    """A SELECT query, or a subquery in the braces of a pattern; `projection` is None for `*`."""

    projection: tuple[Variable | As, ...] | None
    where: Pattern
    modifiers: Modifiers = Modifiers()
    values: Values | None = None
    duplicates: OneOf["", "DISTINCT", "REDUCED"] = ""


Pattern: TypeAlias = Group | Select
"""What stands in braces."""

Element: TypeAlias = Triples | Filter | Bind | Values | Optional | Minus | Lateral | Union | Graph | Service | Group | Select


# Queries


@dataclass(frozen=True, slots=True)
class Construct(Node):
    """A CONSTRUCT query."""

    template: tuple[Triple, ...]
    where: Pattern
    modifiers: Modifiers = Modifiers()
    values: Values | None = None


@dataclass(frozen=True, slots=True)
class Describe(Node):
    """A DESCRIBE query; `terms` is None for `*`."""

    terms: tuple[IRI | Variable, ...] | None
    where: Pattern | None
    modifiers: Modifiers = Modifiers()
    values: Values | None = None


@dataclass(frozen=True, slots=True)
class Ask(Node):
    """An ASK query."""

    where: Pattern
    modifiers: Modifiers = Modifiers()
    values: Values | None = None


@dataclass(frozen=True, slots=True)
class Dataset(Node):
    """The graphs of FROM and FROM NAMED, or of USING and USING NAMED."""

    default: tuple[IRI, ...] = ()
    named: tuple[IRI, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


@dataclass(frozen=True, slots=True)
class Query(Node):
    """A query; `version` is what VERSION announces, `base` what IRI() resolves references against, kept where it is called."""

    form: Select | Construct | Describe | Ask
    dataset: Dataset = Dataset()
    version: str | None = None
    base: str | None = None


# Updates

Everything: TypeAlias = OneOf["DEFAULT", "NAMED", "ALL"]


@dataclass(frozen=True, slots=True)
class Quads(Node):
    """Triples of one graph, of the default graph where it is None."""

    graph: IRI | Variable | None
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class InsertData(Node):
    """`INSERT DATA { … }`."""

    quads: tuple[Quads, ...]


@dataclass(frozen=True, slots=True)
class DeleteData(Node):
    """`DELETE DATA { … }`."""

    quads: tuple[Quads, ...]


@dataclass(frozen=True, slots=True)
class Modify(Node):
    """`WITH <g> DELETE { … } INSERT { … } USING <g> WHERE { … }`; None where there is no such clause."""

    delete: tuple[Quads, ...] | None
    insert: tuple[Quads, ...] | None
    where: Pattern
    graph: IRI | None = None
    using: Dataset = Dataset()


@dataclass(frozen=True, slots=True)
class Load(Node):
    """`LOAD <…> INTO GRAPH <…>`."""

    source: IRI
    graph: IRI | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Clear(Node):
    """`CLEAR GRAPH <…>`."""

    target: IRI | Everything
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Drop(Node):
    """`DROP GRAPH <…>`."""

    target: IRI | Everything
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Create(Node):
    """`CREATE GRAPH <…>`."""

    graph: IRI
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Transfer(Node):
    """`ADD`, `MOVE`, `COPY <…> TO <…>`; None is the default graph."""

    verb: OneOf["ADD", "MOVE", "COPY"]
    source: IRI | None
    target: IRI | None
    silent: bool = False


Operation: TypeAlias = InsertData | DeleteData | Modify | Load | Clear | Drop | Create | Transfer


@dataclass(frozen=True, slots=True)
class Update(Node):
    """Operations in their order; `version` and `base` as in a query."""

    operations: tuple[Operation, ...]
    version: str | None = None
    base: str | None = None
