"""The nodes that the rules of the grammar stand for: one method a rule, named as the rule or its alias is.

Triples come out of sugar here: a term written as `[ … ]`, a collection or a reified triple brings triples of its own along.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from kg.sparql.faults import Fault
from kg.sparql.lexer import Token
from kg.sparql.tree import (
    IRI,
    RDF,
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
    Optional,
    Or,
    Order,
    Path,
    Pattern,
    Quads,
    Query,
    Repeat,
    Select,
    Sequence,
    Service,
    Term,
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
from kg.sparql.words import FUNCTIONS

_NOTHING: Final[tuple[Any, ...]] = ()


@dataclass(frozen=True, slots=True)
class Grown:
    """A term and the triples that its sugar brings along."""

    term: Term
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Object:
    """An object of a property with its reifiers, each with the triples about it."""

    node: Term | Grown
    reifiers: tuple[Grown, ...]


Properties = list[tuple[Variable | Path, list[Object]]]


def _fresh(token: Token) -> BlankNode:
    """A blank node that no other place of the text names."""
    return BlankNode(f"_{next(token.value)}", at=token.start)


def _grown(node: Term | Grown) -> tuple[Term, tuple[Triple, ...]]:
    return (node.term, node.triples) if isinstance(node, Grown) else (node, _NOTHING)


def _described(subject: Term, properties: Properties) -> Iterator[Triple]:
    """The triples of a subject's property list."""
    for verb, objects in properties:
        for given in objects:
            object, more = _grown(given.node)
            triple = Triple(subject, verb, object, at=verb.at)
            yield triple
            yield from more
            for reifier in given.reifiers:
                yield _reifies(reifier.term, triple)
                yield from reifier.triples


def _reifies(reifier: Term, triple: Triple) -> Triple:
    if not isinstance(triple.predicate, IRI | Variable):
        raise Fault(triple.at, "a property path cannot be annotated; only plain triples can")
    term = TripleTerm(triple.subject, triple.predicate, triple.object, at=triple.at)
    return Triple(reifier, IRI(f"{RDF}reifies", at=triple.at), term, at=triple.at)


def _negative(literal: Literal) -> tuple[str, Literal]:
    """A signed number as operator and number."""
    return literal.value[0], Literal(literal.value[1:], literal.datatype, at=literal.at + 1)


class Builder:
    """What the parser calls for each rule with what its parts became: nodes, and tokens that are none."""

    # Queries and updates

    def query(self, parts: list[Any]) -> Query:
        """Prologue and form."""
        version, (form, dataset) = parts
        return Query(form, dataset, version, at=form.at)

    def update(self, parts: list[Any]) -> Update:
        """Operations, each behind a prologue, and perhaps a last prologue."""
        versions = [version for version in parts[::2] if version is not None]
        operations = tuple(parts[1::2])
        return Update(operations, versions[0] if versions else None, at=operations[0].at if operations else -1)

    def prologue(self, parts: list[Any]) -> str | None:
        """The version announced last; the lexer has seen to prefixes and base."""
        return next((part for part in reversed(parts) if part is not None), None)

    def declaration(self, parts: list[Any]) -> None:
        """Nothing to keep."""

    def version(self, parts: list[Any]) -> str:
        """What VERSION announces."""
        return str(parts[0].value)

    # Queries

    def select(self, parts: list[Any]) -> tuple[Select, Dataset]:
        """A query of form SELECT."""
        clause, dataset, where, modifiers, values = parts
        return self.subselect([clause, where, modifiers, values]), dataset

    def subselect(self, parts: list[Any]) -> Select:
        """SELECT without a dataset."""
        (at, duplicates, projection), where, modifiers, values = parts
        return Select(projection, where, modifiers, values, duplicates, at=at)

    def select_clause(self, parts: list[Any]) -> tuple[int, str, tuple[Variable | As, ...] | None]:
        """Where it is, DISTINCT or REDUCED, what is projected."""
        keyword, duplicates, projection = parts
        return keyword.start, duplicates, projection

    def duplicates(self, parts: list[Any]) -> str:
        """DISTINCT, REDUCED or nothing."""
        return parts[0].value if parts else ""

    def projection(self, parts: list[Any]) -> tuple[Any, ...] | None:
        """The variables, None for all."""
        return None if isinstance(parts[0], Token) else tuple(parts)

    described = projection

    def named(self, parts: list[Any]) -> As:
        """An expression and its name."""
        expression, variable = parts
        return As(expression, variable, at=variable.at)

    def construct(self, parts: list[Any]) -> tuple[Construct, Dataset]:
        """A query of form CONSTRUCT."""
        keyword, template, dataset, where, modifiers, values = parts
        return Construct(template.triples if template else (), where, modifiers, values, at=keyword.start), dataset

    def construct_where(self, parts: list[Any]) -> tuple[Construct, Dataset]:
        """CONSTRUCT WHERE: the template is the pattern."""
        keyword, dataset, pattern, modifiers, values = parts
        where = Group((pattern,) if pattern else (), at=keyword.start)
        return Construct(pattern.triples if pattern else (), where, modifiers, values, at=keyword.start), dataset

    def describe(self, parts: list[Any]) -> tuple[Describe, Dataset]:
        """A query of form DESCRIBE."""
        keyword, terms, dataset, where, modifiers, values = parts
        return Describe(terms, where, modifiers, values, at=keyword.start), dataset

    def ask(self, parts: list[Any]) -> tuple[Ask, Dataset]:
        """A query of form ASK."""
        keyword, dataset, where, modifiers, values = parts
        return Ask(where, modifiers, values, at=keyword.start), dataset

    def optional_where(self, parts: list[Any]) -> Pattern | None:
        """A pattern, or None."""
        return parts[0] if parts else None

    optional_triples = values = separator = insertion = optional_where

    def dataset(self, parts: list[Any]) -> Dataset:
        """The graphs of FROM or USING, and of FROM NAMED or USING NAMED."""
        return Dataset(tuple(iri for named, iri in parts if not named), tuple(iri for named, iri in parts if named))

    using = dataset

    def from_default(self, parts: list[Any]) -> tuple[bool, IRI]:
        """A graph of the default graph."""
        return False, parts[0]

    def from_named(self, parts: list[Any]) -> tuple[bool, IRI]:
        """A named graph."""
        return True, parts[0]

    def modifiers(self, parts: list[Any]) -> Modifiers:
        """What follows a pattern."""
        group_by, having, order_by, (limit, offset) = parts
        return Modifiers(group_by, having, order_by, limit, offset)

    def group_by(self, parts: list[Any]) -> tuple[Any, ...]:
        """Conditions in their order; as these."""
        return tuple(parts)

    having = order_by = expressions = variables = group_by

    def order(self, parts: list[Any]) -> Order:
        """One condition of ORDER BY."""
        *direction, expression = parts
        return Order(expression, bool(direction) and direction[0].value == "DESC", at=expression.at)

    def slice(self, parts: list[Any]) -> tuple[int | None, int | None]:
        """LIMIT and OFFSET."""
        found = dict(parts)
        return found.get("limit"), found.get("offset")

    def limit(self, parts: list[Any]) -> tuple[str, int]:
        """The number of LIMIT."""
        return "limit", _whole(parts[0])

    def offset(self, parts: list[Any]) -> tuple[str, int]:
        """The number of OFFSET."""
        return "offset", _whole(parts[0])

    # Updates

    def silent(self, parts: list[Any]) -> bool:
        """Whether SILENT stands there; as DISTINCT in a call."""
        return bool(parts)

    distinct = silent

    def target(self, parts: list[Any]) -> Any:
        """A graph, or a keyword."""
        return parts[0].value if isinstance(parts[0], Token) else parts[0]

    def place(self, parts: list[Any]) -> IRI | None:
        """A graph, None for the default graph."""
        return None if isinstance(parts[0], Token) else parts[0]

    def load(self, parts: list[Any]) -> Load:
        """LOAD."""
        keyword, silent, source, *graph = parts
        return Load(source, graph[0] if graph else None, silent, at=keyword.start)

    def clear(self, parts: list[Any]) -> Clear:
        """CLEAR."""
        keyword, silent, target = parts
        return Clear(target, silent, at=keyword.start)

    def drop(self, parts: list[Any]) -> Drop:
        """DROP."""
        keyword, silent, target = parts
        return Drop(target, silent, at=keyword.start)

    def create(self, parts: list[Any]) -> Create:
        """CREATE."""
        keyword, silent, graph = parts
        return Create(graph, silent, at=keyword.start)

    def transfer(self, parts: list[Any]) -> Transfer:
        """ADD, MOVE, COPY."""
        keyword, silent, source, target = parts
        return Transfer(keyword.value, source, target, silent, at=keyword.start)

    def insert_data(self, parts: list[Any]) -> InsertData:
        """INSERT DATA."""
        return InsertData(parts[1], at=parts[0].start)

    def delete_data(self, parts: list[Any]) -> DeleteData:
        """DELETE DATA."""
        return DeleteData(parts[1], at=parts[0].start)

    def delete_where(self, parts: list[Any]) -> Modify:
        """DELETE WHERE: what is deleted is the pattern."""
        keyword, quads = parts
        where = Group(tuple(_quad_pattern(part) for part in quads), at=keyword.start)
        return Modify(quads, None, where, at=keyword.start)

    def modify(self, parts: list[Any]) -> Modify:
        """DELETE, perhaps with INSERT."""
        keyword, delete, insert, using, where = parts
        return Modify(delete, insert, where, None, using, at=keyword.start)

    def insert(self, parts: list[Any]) -> Modify:
        """INSERT alone."""
        keyword, insert, using, where = parts
        return Modify(None, insert, where, None, using, at=keyword.start)

    def with_graph(self, parts: list[Any]) -> Modify:
        """WITH and what follows."""
        keyword, graph, operation = parts
        modify: Modify = operation
        return replace(modify, graph=graph, at=keyword.start)

    def quads(self, parts: list[Any]) -> tuple[Quads, ...]:
        """Triples of the default graph and of named ones, in their order."""
        return tuple(part if isinstance(part, Quads) else Quads(None, part.triples, at=part.at) for part in parts if part is not None)

    def graph_quads(self, parts: list[Any]) -> Quads:
        """Triples of a named graph."""
        keyword, name, triples = parts
        return Quads(name, triples.triples if triples else (), at=keyword.start)

    # Graph patterns

    def group(self, parts: list[Any]) -> Group:
        """Elements in braces."""
        brace, *elements = parts
        return Group(tuple(elements), at=brace.start)

    def group_of_select(self, parts: list[Any]) -> Select:
        """A subquery in braces."""
        select: Select = parts[1]
        return select

    def optional(self, parts: list[Any]) -> Optional:
        """OPTIONAL."""
        return Optional(parts[1], at=parts[0].start)

    def minus(self, parts: list[Any]) -> Minus:
        """MINUS."""
        return Minus(parts[1], at=parts[0].start)

    def lateral(self, parts: list[Any]) -> Lateral:
        """LATERAL."""
        return Lateral(parts[1], at=parts[0].start)

    def graph(self, parts: list[Any]) -> Graph:
        """GRAPH."""
        keyword, name, pattern = parts
        return Graph(name, pattern, at=keyword.start)

    def service(self, parts: list[Any]) -> Service:
        """SERVICE."""
        keyword, silent, name, pattern = parts
        return Service(name, pattern, silent, at=keyword.start)

    def filter(self, parts: list[Any]) -> Filter:
        """FILTER."""
        return Filter(parts[1], at=parts[0].start)

    def bind(self, parts: list[Any]) -> Bind:
        """BIND."""
        keyword, expression, variable = parts
        return Bind(expression, variable, at=keyword.start)

    def inline_data(self, parts: list[Any]) -> Values:
        """VALUES in a pattern."""
        keyword, values = parts
        data: Values = values
        return replace(data, at=keyword.start)

    def union(self, parts: list[Any]) -> Union:
        """Patterns between UNION."""
        return Union(tuple(parts), at=parts[0].at)

    def column(self, parts: list[Any]) -> Values:
        """VALUES of one variable."""
        variable, *cells = parts
        return Values((variable,), tuple((_cell(cell),) for cell in cells), at=variable.at)

    def table(self, parts: list[Any]) -> Values:
        """VALUES of several variables."""
        variables, *rows = parts
        for at, row in rows:
            if len(row) != len(variables):
                raise Fault(at, f"this row of VALUES has {_counted(len(row), 'value')} for {_counted(len(variables), 'variable')}")
        return Values(variables, tuple(row for _, row in rows), at=variables[0].at if variables else -1)

    def row(self, parts: list[Any]) -> tuple[int, tuple[Term | None, ...]]:
        """Where the row is, and its terms."""
        bracket, *cells = parts
        return bracket.start, tuple(_cell(cell) for cell in cells)

    # Triples

    def triples_block(self, parts: list[Any]) -> Triples:
        """Statements that stand together."""
        triples = tuple(triple for statement in parts for triple in statement)
        return Triples(triples, at=triples[0].at)

    def statement(self, parts: list[Any]) -> tuple[Triple, ...]:
        """A subject and its properties."""
        subject, own = _grown(parts[0])
        return (*own, *_described(subject, parts[1])) if len(parts) > 1 else own

    def properties(self, parts: list[Any]) -> Properties:
        """The properties of one subject; an object, of one property."""
        return parts

    objects = properties

    def property(self, parts: list[Any]) -> tuple[Variable | Path, list[Object]]:
        """A verb and its objects."""
        verb, objects = parts
        return verb, objects

    def object(self, parts: list[Any]) -> Object:
        """An object; `{| |}` behind `~ reifier` is about that one, elsewhere about a fresh one."""
        node, *annotations = parts
        reifiers: list[Grown] = []
        named = False
        for reifier, properties in annotations:
            if properties is None:
                reifiers.append(Grown(reifier, ()))
                named = True
                continue
            about = reifiers.pop().term if named else reifier
            reifiers.append(Grown(about, tuple(_described(about, properties))))
            named = False
        return Object(node, tuple(reifiers))

    def reifier(self, parts: list[Any]) -> tuple[Term, None]:
        """The reifier's name, or a fresh one."""
        tilde, name = parts
        return name or _fresh(tilde), None

    def annotation(self, parts: list[Any]) -> tuple[Term, Properties]:
        """A fresh reifier, should none be named, and its properties."""
        opening, properties = parts
        return _fresh(opening), properties

    name_of_reifier = optional_where

    def blank_properties(self, parts: list[Any]) -> Grown:
        """`[ … ]`."""
        bracket, properties = parts
        node = _fresh(bracket)
        return Grown(node, tuple(_described(node, properties)))

    def collection(self, parts: list[Any]) -> Grown:
        """`( … )` as rdf:first and rdf:rest."""
        bracket, *members = parts
        at = bracket.start
        nodes: list[Term] = [_fresh(bracket) for _ in members]
        triples: list[Triple] = []
        for node, rest, member in zip(nodes, [*nodes[1:], IRI(f"{RDF}nil", at=at)], members, strict=True):
            term, more = _grown(member)
            triples += (Triple(node, IRI(f"{RDF}first", at=at), term, at=at), *more)
            triples.append(Triple(node, IRI(f"{RDF}rest", at=at), rest, at=at))
        return Grown(nodes[0], tuple(triples))

    def reified(self, parts: list[Any]) -> Grown:
        """`<< s p o ~ r >>`: the reifier, and that it reifies the triple."""
        opening, subject, verb, object, name = parts
        (subject, before), (object, after) = _grown(subject), _grown(object)
        reifier = name or _fresh(opening)
        return Grown(reifier, (*before, *after, _reifies(reifier, Triple(subject, verb, object, at=opening.start))))

    def reifiers(self, parts: list[Any]) -> Term | None:
        """The reifier's name, where it has one."""
        return parts[1] if parts else None

    def triple_term(self, parts: list[Any]) -> TripleTerm:
        """`<<( s p o )>>`."""
        opening, subject, verb, object = parts
        if isinstance(subject, Literal | TripleTerm):
            raise Fault(subject.at, "the subject of a triple term is an IRI, a blank node or a variable")
        return TripleTerm(subject, verb, object, at=opening.start)

    def anonymous(self, parts: list[Any]) -> BlankNode:
        """`[ ]`."""
        return _fresh(parts[0])

    def nil(self, parts: list[Any]) -> IRI:
        """`( )`."""
        return IRI(f"{RDF}nil", at=parts[0].start)

    def plain(self, parts: list[Any]) -> Literal:
        """A string."""
        return Literal(parts[0].value, at=parts[0].start)

    def tagged(self, parts: list[Any]) -> Literal:
        """A string with a language."""
        string, tag = parts
        language, direction = tag.value
        kind = "dirLangString" if direction else "langString"
        return Literal(string.value, RDF + kind, language, direction, at=string.start)

    def typed(self, parts: list[Any]) -> Literal:
        """A string with a datatype."""
        string, datatype = parts
        return Literal(string.value, datatype.value, at=string.start)

    # Paths

    def alternative(self, parts: list[Any]) -> Alternative:
        """`a|b`."""
        return Alternative(tuple(parts), at=parts[0].at)

    def sequence_(self, parts: list[Any]) -> Sequence:
        """`a/b`."""
        return Sequence(tuple(parts), at=parts[0].at)

    def inverse(self, parts: list[Any]) -> Inverse:
        """`^a`."""
        return Inverse(parts[1], at=parts[0].start)

    def repeat(self, parts: list[Any]) -> Repeat:
        """`a*`, `a+`, `a?`."""
        path, modifier = parts
        return Repeat(path, modifier.text, at=path.at)

    def negated_set(self, parts: list[Any]) -> NegatedSet:
        """`!a`, `!(a|^b)`."""
        return NegatedSet(parts[1], at=parts[0].start)

    negated = group_by

    # Expressions

    def either(self, parts: list[Any]) -> Or:
        """`a || b`."""
        arguments = tuple(parts[::2])
        return Or(arguments, at=arguments[0].at)

    def all_of(self, parts: list[Any]) -> And:
        """`a && b`."""
        arguments = tuple(parts[::2])
        return And(arguments, at=arguments[0].at)

    def comparison(self, parts: list[Any]) -> Comparison:
        """`a = b` and its kin."""
        left, operator, right = parts
        return Comparison(operator.text, left, right, at=left.at)

    def member(self, parts: list[Any]) -> Membership:
        """`a IN (…)`."""
        value, members = parts
        return Membership(value, members, at=value.at)

    def not_member(self, parts: list[Any]) -> Membership:
        """`a NOT IN (…)`."""
        value, _, members = parts
        return Membership(value, members, negated=True, at=value.at)

    def arithmetic(self, parts: list[Any]) -> Arithmetic:
        """Sums, products."""
        first, *rest = parts
        return Arithmetic(first, tuple(rest), at=first.at)

    def addend(self, parts: list[Any]) -> Addend:
        """An operator and what stands behind it."""
        operator, argument = parts
        return Addend(operator.text, argument, at=operator.start)

    def signed(self, parts: list[Any]) -> Addend:
        """`?a -1 * 2`: the sign of the number is the operator."""
        number, *factors = parts
        operator, literal = _negative(number)
        argument: Expression = Arithmetic(literal, tuple(factors), at=literal.at) if factors else literal
        return Addend(operator, argument, at=number.at)  # type: ignore[arg-type]

    def signs(self, parts: list[Any]) -> Unary:
        """`!a`, `-a`, `+a`."""
        operator, argument = parts
        return Unary(operator.text, argument, at=operator.start)

    def built_in(self, parts: list[Any]) -> BuiltIn:
        """A function that the language names, with as many arguments as it takes."""
        name, (distinct, arguments) = parts
        least, most = FUNCTIONS[name.value]
        if distinct:
            raise Fault(name.start, f"{name.value} does not take DISTINCT; aggregates do")
        if not least <= len(arguments) <= most:
            takes = _counted(least, "argument") if least == most else f"{least} to {most} arguments"
            raise Fault(name.start, f"{name.value} takes {takes}, not {len(arguments)}")
        if name.value == "BOUND" and not isinstance(arguments[0], Variable):
            raise Fault(name.start, "BOUND takes a variable")
        return BuiltIn(name.value, arguments, at=name.start)

    def function_call(self, parts: list[Any]) -> Call:
        """A function named by an IRI."""
        function, (distinct, arguments) = parts
        return Call(function, arguments, distinct, at=function.at)

    def arguments(self, parts: list[Any]) -> tuple[bool, tuple[Expression, ...]]:
        """DISTINCT, and the arguments."""
        distinct, *arguments = parts
        return distinct, tuple(arguments)

    def aggregate(self, parts: list[Any]) -> Aggregate:
        """An aggregate; `*` is for COUNT alone, SEPARATOR for GROUP_CONCAT alone."""
        name, distinct, argument, separator = parts
        if isinstance(argument, Token):
            if name.value != "COUNT":
                raise Fault(argument.start, f"{name.value} takes an expression; only COUNT takes *")
            argument = None
        if separator is not None and name.value != "GROUP_CONCAT":
            raise Fault(separator.start, f"{name.value} takes no SEPARATOR; only GROUP_CONCAT does")
        return Aggregate(name.value, argument, distinct, separator and separator.value, at=name.start)

    def exists(self, parts: list[Any]) -> Exists:
        """EXISTS."""
        return Exists(parts[1], at=parts[0].start)

    def not_exists(self, parts: list[Any]) -> Exists:
        """NOT EXISTS."""
        return Exists(parts[1], negated=True, at=parts[0].start)


def _cell(cell: Any) -> Term | None:
    return None if isinstance(cell, Token) else cell


def _quad_pattern(part: Quads) -> Triples | Graph:
    block = Triples(part.triples, at=part.at)
    if part.graph is None:
        return block
    return Graph(part.graph, Group((block,) if part.triples else (), at=part.at), at=part.at)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _whole(literal: Literal) -> int:
    """The number of LIMIT or OFFSET, as large as engines count."""
    if len(literal.value) > 19 or int(literal.value) >= 1 << 63:
        raise Fault(literal.at, f"{literal.value[:20]}… is more than any answer has")
    return int(literal.value)
