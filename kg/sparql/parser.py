"""SPARQL text as a tree: `parse_query`, `parse_update`.

Lark makes the LALR(1) table of our grammar; the loop that follows it is here, because it runs once for every token and knows what the lexer
has ready.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple

from lark import Lark
from lark.lexer import Lexer as LarkLexer

from kg.errors import QueryTooLarge
from kg.sparql.builder import Builder
from kg.sparql.expectation import misfit
from kg.sparql.faults import Fault, Source, TooDeep
from kg.sparql.lexer import DEEPEST, Lexer
from kg.sparql.rules import check
from kg.sparql.traversal import depth
from kg.sparql.tree import Query, Update

Start = Literal["query", "update"]

_SHALLOW: Final = 20
"""Brackets inside brackets up to which no tree is too deep: one bracket makes at most eight nodes inside one another."""


_VALUED: Final = frozenset(("A", "BLANK", "BOOLEAN", "INTEGER", "IRI", "NUMBER", "SIGNED", "VARIABLE"))
"""The types of token whose values are nodes."""


class Reduction(NamedTuple):
    """What a rule does: how many values it takes, what makes them one (None where one stays as it is), and the name of what it makes."""

    size: int
    make: Callable[[list[Any]], Any] | None
    origin: str


class Table(NamedTuple):
    """An LALR(1) table: by state and type of token, the state to go to or the rule to reduce by."""

    start: int
    end: int
    states: Mapping[int, Mapping[str, int | Reduction]]


class _NoLexer(LarkLexer):
    """Lark asks for one; the tokens come from ours."""

    def __init__(self, conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Any:  # noqa: ARG002
        """Nothing."""
        return iter(())


_MAKING = threading.Lock()


def _table(start: Start) -> Table:
    with _MAKING:
        return _tables()[start]


@cache
def _tables() -> Mapping[Start, Table]:
    grammar = (files("kg.sparql") / "grammar.lark").read_text(encoding="utf-8")
    starts: tuple[Start, ...] = ("query", "update")
    lark = Lark(grammar, parser="lalr", lexer=_NoLexer, start=list(starts), maybe_placeholders=False, transformer=Builder())
    made: dict[Start, Table] = {}
    for start in starts:
        conf = lark.parse_interactive(start=start).parser_state.parse_conf
        reductions: dict[Any, Reduction] = {}

        def step(to: Any, reductions: dict[Any, Reduction] = reductions, conf: Any = conf) -> int | Reduction:
            if isinstance(to, int):
                return to
            if to not in reductions:
                same = len(to.expansion) == 1 and to.options.expand1 and to.alias is None
                reductions[to] = Reduction(len(to.expansion), None if same else conf.callbacks[to], to.origin.name)
            return reductions[to]

        states = {state: {name: step(to) for name, (_, to) in rows.items()} for state, rows in conf.states.items()}
        made[start] = Table(conf.start_state, conf.end_state, states)
    return made


def parse_query(text: str, prefixes: Mapping[str, str], base: str | None = None) -> Query:
    """The tree of a query; `prefixes` need no declaration, `base` is what relative IRIs stand beside.

    Raises QuerySyntaxError with line and column, QueryTooLarge for one that is nested too deeply.

    >>> parse_query("ASK { ?s a <http://example.org/T> }", {}).form.where.elements[0].triples[0].subject
    Variable(name='s')
    """
    query: Query = _parsed("query", text, prefixes, base)
    return query


def parse_update(text: str, prefixes: Mapping[str, str], base: str | None = None) -> Update:
    """The tree of an update; as parse_query."""
    update: Update = _parsed("update", text, prefixes, base)
    return update


def _parsed(start: Start, text: str, prefixes: Mapping[str, str], base: str | None) -> Any:
    source = Source.of(text)
    lexer = Lexer(source.decoded, prefixes, base)
    try:
        tree = _followed(_table(start), start, lexer, source)
        if lexer.deepest > _SHALLOW and depth(tree) > DEEPEST:
            raise TooDeep(0, f"it is more than {DEEPEST} expressions or patterns deep")
        check(tree)
        if lexer.rebased is not None:
            raise Fault(lexer.rebased, "another BASE cannot follow an operation that calls IRI(); send the operations one by one")
    except TooDeep as fault:
        raise QueryTooLarge(f"The query is nested too deeply: {source.error(fault).reason.rstrip('.')}.") from None
    except Fault as fault:
        raise source.error(fault) from None
    return replace(tree, base=lexer.base) if lexer.resolving else tree


def _followed(table: Table, start: Start, lexer: Lexer, source: Source) -> Any:
    """What the table makes of the tokens."""
    rows = table.states
    states = [table.start]
    values: list[Any] = []
    for token in lexer.tokens():
        kind = token.type
        if kind == "IRI" and token.text[0] == "<":
            if "COMPARE" in rows[states[-1]] and not _accepts(table, states, "IRI") and _accepts(table, states, "COMPARE"):
                token = lexer.less_than(token)
                kind = token.type
            elif isinstance(token.value, Fault):
                raise token.value
        while True:
            to = rows[states[-1]].get(kind)
            if to.__class__ is int:
                states.append(to)
                values.append(token.value if kind in _VALUED else token)
                break
            if to is None:
                raise misfit(token, acceptable(table, states), lexer, source, start)
            size, make, origin = to  # type: ignore[misc]
            if make is None:
                states[-1] = rows[states[-2]][origin]  # type: ignore[assignment]
                continue
            if size:
                parts = values[-size:]
                del states[-size:], values[-size:]
            else:
                parts = []
            values.append(make(parts))
            states.append(rows[states[-1]][origin])  # type: ignore[arg-type]
            if kind == "$END" and states[-1] == table.end:
                return values[-1]
    raise AssertionError("the lexer ends with $END")


def acceptable(table: Table, states: list[int]) -> frozenset[str]:
    """The types of token that can stand next, tried one by one: a table alone also names what only the rules reduced first would take."""
    return frozenset(kind for kind in table.states[states[-1]] if (kind.isupper() or kind == "$END") and _accepts(table, states, kind))


def _accepts(table: Table, states: list[int], kind: str) -> bool:
    stack = list(states)
    while True:
        to = table.states[stack[-1]].get(kind)
        if to is None:
            return False
        if isinstance(to, int):
            return True
        if to.size:
            del stack[-to.size :]
        stack.append(table.states[stack[-1]][to.origin])  # type: ignore[arg-type]
        if stack[-1] == table.end:
            return True
