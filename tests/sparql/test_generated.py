"""Generated trees: printing and parsing give each back, however its text is spaced."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.sparql.lexer import Lexer
from kg.sparql.parser import parse_query, parse_update
from kg.sparql.printer import show
from kg.sparql.rewriting import rewritten
from kg.sparql.traversal import depth, rebuilt, renamed, walk
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
    Describe,
    Drop,
    Element,
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
    Pattern,
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
)

maybe = st.booleans()
iris = st.builds(
    IRI, st.sampled_from(["http://example.org/a", "urn:x:y", "http://example.org/é#f", "http://example.org/%20?q", f"{RDF}type"])
)
variables = st.builds(Variable, st.sampled_from(["a", "b", "c1", "_d", "é", "select"]))
fresh = st.builds(Variable, st.just("new"))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    [r"\u0041", "\\", '"""', "\n\r\t\b\f'\"", "SERVICE"]
)
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(Literal, texts, st.sampled_from([f"{XSD}integer", f"{XSD}boolean", "http://example.org/type"])),
    st.builds(Literal, texts, st.just(f"{RDF}langString"), st.sampled_from(["en", "ar", "en-GB-x-1"])),
    st.builds(Literal, texts, st.just(f"{RDF}dirLangString"), st.just("ar"), st.sampled_from(["ltr", "rtl"])),
    st.builds(Literal, st.sampled_from(["1", "01", "-1", "+1", "1.", ".5", "-2.50"]), st.sampled_from([f"{XSD}integer", f"{XSD}decimal"])),
    st.builds(Literal, st.sampled_from(["1e0", "-1.E5", ".5E-3", "NaN", "1"]), st.just(f"{XSD}double")),
    st.builds(Literal, st.sampled_from(["true", "false", "1"]), st.just(f"{XSD}boolean")),
)


def tuples(of: st.SearchStrategy[object], least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, min_size=least, max_size=most).map(tuple)


blanks = st.builds(BlankNode, st.just("b"))
triple_terms = st.builds(TripleTerm, iris | variables, iris | variables, iris | variables | literals)
terms = iris | variables | literals | blanks | triple_terms
paths = st.recursive(
    iris,
    lambda inner: st.one_of(
        st.builds(Alternative, tuples(inner, 2)),
        st.builds(Sequence, tuples(inner, 2)),
        st.builds(Inverse, inner),
        st.builds(Repeat, inner, st.sampled_from(["*", "+", "?"])),
        st.builds(NegatedSet, tuples(iris | st.builds(Inverse, iris), 1)),
    ),
    max_leaves=6,
)
triples = st.builds(Triple, terms, iris | variables, terms)
matched = st.builds(Triple, terms, variables | paths, terms)


def operations(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(Or, tuples(inner, 2)),
        st.builds(And, tuples(inner, 2)),
        st.builds(Comparison, st.sampled_from(["=", "!=", "<", ">", "<=", ">="]), inner, inner),
        st.builds(Membership, inner, tuples(inner), maybe),
        st.builds(Arithmetic, inner, tuples(st.builds(Addend, st.sampled_from("+-"), inner), 1)),
        st.builds(Arithmetic, inner, tuples(st.builds(Addend, st.sampled_from("*/"), inner), 1)),
        st.builds(Unary, st.sampled_from("!-+"), inner),
        st.builds(BuiltIn, st.just("CONCAT"), tuples(inner)),
        st.builds(lambda one, two, three: BuiltIn("IF", (one, two, three)), inner, inner, inner),
        st.builds(Call, iris, tuples(inner), maybe),
    )


expressions = st.recursive(iris | variables | literals | triple_terms, operations, max_leaves=5)
aggregates = st.one_of(
    st.builds(Aggregate, st.sampled_from(["SUM", "MIN", "SAMPLE"]), expressions, maybe),
    st.builds(Aggregate, st.just("COUNT"), st.none() | expressions, maybe),
    st.builds(Aggregate, st.just("GROUP_CONCAT"), expressions, maybe, st.none() | texts),
)
tables = st.integers(0, 3).flatmap(
    lambda width: st.builds(
        Values,
        st.just(tuple(Variable(f"v{column}") for column in range(width))),
        tuples(st.tuples(*[st.none() | iris | literals] * width)),  # type: ignore[arg-type]
    )
)
conditions = tuples(st.builds(Order, expressions, maybe))
plain = st.builds(Modifiers, st.just(()), st.just(()), conditions, st.none() | st.integers(0, 99), st.none() | st.integers(0, 99))
grouped = st.builds(
    Modifiers,
    tuples(expressions | st.builds(As, expressions, fresh), 1),
    tuples(expressions | aggregates),
    conditions,
    st.none(),
    st.none(),
)
duplicates = st.sampled_from(["", "DISTINCT", "REDUCED"])


def group(elements: tuple[Element, ...]) -> Group:
    """A group as it is parsed: triples side by side are one block."""
    joined: list[Element] = []
    for element in elements:
        if joined and isinstance(element, Triples) and isinstance(before := joined[-1], Triples):
            joined[-1] = Triples(before.triples + element.triples)
        else:
            joined.append(element)
    return Group(tuple(joined))


def selects(inner: st.SearchStrategy[Pattern]) -> st.SearchStrategy[Select]:
    return st.one_of(
        st.builds(Select, st.none(), inner, plain, st.none() | tables, duplicates),
        st.builds(Select, st.lists(variables, min_size=1, unique=True).map(tuple), inner, plain, st.none() | tables, duplicates),
        st.builds(Select, tuples(st.builds(As, expressions, fresh), 1), inner, plain, st.none(), duplicates),
        st.builds(Select, tuples(st.builds(As, aggregates, fresh), 1), inner, grouped, st.none(), duplicates),
    )


def holding(inner: st.SearchStrategy[Pattern]) -> st.SearchStrategy[Pattern]:
    """Patterns with patterns in them."""
    elements = st.one_of(
        *(st.builds(kind, inner) for kind in (Optional, Minus, Lateral)),
        st.builds(Union, tuples(inner, 2)),
        st.builds(Graph, iris | variables, inner),
        st.builds(Service, iris | variables, inner, maybe),
        st.builds(Filter, st.builds(Exists, inner, maybe)),
        st.builds(Bind, st.builds(Unary, st.just("!"), st.builds(Exists, inner, maybe)), fresh),
        inner,
    )
    return st.builds(group, st.tuples(elements, simple) | st.tuples(simple, elements) | st.tuples(elements)) | selects(inner)  # type: ignore[arg-type]


simple: st.SearchStrategy[Element] = st.one_of(
    st.builds(Triples, tuples(matched, 1)), st.builds(Filter, expressions), st.builds(Bind, expressions, fresh), tables
)  # type: ignore[arg-type]
patterns: st.SearchStrategy[Pattern] = st.recursive(st.builds(group, tuples(simple, 0, 2)), holding, max_leaves=4)
subselects = selects(patterns)


def distinct(tree: Query | Update) -> Query | Update:
    """The tree with each blank node and each variable that is given a value under a name of its own."""
    numbers = count()

    def name(node: Node) -> Node:
        if isinstance(node, BlankNode):
            return BlankNode(f"b{next(numbers)}")
        return Variable(f"new{next(numbers)}") if node == Variable("new") else node

    return rebuilt(tree, name)


datasets = st.builds(Dataset, tuples(iris), tuples(iris))
queries = st.builds(
    Query,
    st.one_of(
        subselects,
        st.builds(Ask, patterns, plain, st.none() | tables),
        st.builds(Construct, tuples(triples), patterns, plain, st.none() | tables),
        st.builds(Describe, st.none() | st.lists(iris | variables, min_size=1, unique=True).map(tuple), st.none() | patterns, plain),
    ),
    datasets,
    st.none() | texts,
).map(distinct)


def quads(of: st.SearchStrategy[Triple], names: st.SearchStrategy[IRI | Variable]) -> st.SearchStrategy[tuple[Quads, ...]]:
    """Blocks of quads as they are parsed: no two of the default graph side by side."""
    blocks = st.lists(st.builds(Quads, names, tuples(of)), max_size=2)
    return st.builds(lambda first, others: (*first, *others), st.lists(st.builds(Quads, st.none(), tuples(of, 1)), max_size=1), blocks)


ground = st.builds(Triple, iris | blanks, iris, iris | literals)
removed = st.builds(Triple, iris | variables, iris | variables, iris | variables | literals)
targets = iris | st.sampled_from(["DEFAULT", "NAMED", "ALL"])
updates = st.builds(
    Update,
    tuples(
        st.one_of(
            st.builds(InsertData, quads(ground, iris)),
            st.builds(
                Modify, quads(removed, iris | variables), st.none() | quads(triples, iris | variables), patterns, st.none() | iris, datasets
            ),
            st.builds(Modify, st.none(), quads(triples, iris | variables), patterns, st.none() | iris, datasets),
            st.builds(Load, iris, st.none() | iris, maybe),
            st.builds(Clear, targets, maybe),
            st.builds(Drop, targets, maybe),
            st.builds(Create, iris, maybe),
            st.builds(Transfer, st.sampled_from(["ADD", "MOVE", "COPY"]), st.none() | iris, st.none() | iris, maybe),
        )
    ),
).map(distinct)  # type: ignore[arg-type]

GAPS = st.sampled_from([" ", "\n", "\t\r\n", "# ' \" < SERVICE\n", "  "])
slow = settings(
    max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much], deadline=None
)


def respaced(text: str, gaps: list[str]) -> str:
    """The text with other blanks and comments between its tokens."""
    tokens = list(Lexer(text, {}, None).tokens())
    return "".join(token.text + gaps[number % len(gaps)] for number, token in enumerate(tokens))


@slow
@given(queries, st.lists(GAPS, min_size=1, max_size=7))
def test_a_query_is_printed_and_parsed_back(query: Query, gaps: list[str]) -> None:
    text = show(query)
    assert parse_query(text, {}) == query, text
    assert parse_query(respaced(text, gaps), {}) == query, text


@slow
@given(updates, st.lists(GAPS, min_size=1, max_size=7))
def test_an_update_is_printed_and_parsed_back(update: Update, gaps: list[str]) -> None:
    text = show(update)
    assert parse_update(text, {}) == update, text
    assert parse_update(respaced(text, gaps), {}) == update, text


@slow
@given(queries)
def test_prefixes_shorten_without_a_change(query: Query) -> None:
    text = show(query, {"ex": "http://example.org/", "rdf": RDF, "xsd": XSD})
    assert parse_query(text, {}) == query, text


@slow
@given(queries)
def test_rebuilding_changes_what_it_is_told_to(query: Query) -> None:
    assert rebuilt(query, lambda node: node) is query
    there = {node.name: f"x{node.name}" for node in walk(query) if isinstance(node, Variable)}
    back = {new: old for old, new in there.items()}
    other = renamed(query, there)
    assert not {node.name for node in walk(other) if isinstance(node, Variable)} & there.keys() - back.keys()
    assert renamed(other, back) == query


@slow
@given(queries)
def test_the_engine_reads_what_is_printed(query: Query) -> None:
    """As it stands and rewritten; DISTINCT in a function's call and calls of other endpoints aside."""

    def answerable(node: Node) -> Node:
        if isinstance(node, Service):
            return Graph(node.name, node.pattern)
        return Call(node.function, node.arguments) if isinstance(node, Call) else node

    tree = rebuilt(query, answerable)
    for text in (show(tree), show(rewritten(tree))):
        try:
            Store().query(text)
        except SyntaxError as error:
            fault = str(error)
        except RuntimeError:
            continue
        else:
            continue
        pytest.fail(f"{text}\n{fault}")


def test_positions_are_kept_and_do_not_tell_trees_apart() -> None:
    text = "ASK {\n  ?s a <http://example.org/T> .\n  FILTER (?s != 1)\n}"
    one, other = parse_query(text, {}), parse_query(text.replace("\n", " "), {})
    assert one == other
    assert hash(one) == hash(other)
    for node in walk(one.form.where):
        assert node.at >= 0
    assert [text[node.at :].split()[0] for node in walk(one) if isinstance(node, Filter)] == ["FILTER"]


def test_depth_counts_nodes_inside_one_another() -> None:
    assert depth(IRI("a:b")) == 1
    assert depth(parse_query("ASK {}", {})) == 4 - 1
