"""What would have fitted where a token does not, in a reader's words."""

from __future__ import annotations

from typing import Final, Literal

from kg.sparql.faults import Fault, Source, listed, nearest, place, shown
from kg.sparql.lexer import SIGNS, Lexer, Token
from kg.sparql.words import AGGREGATES, FUNCTIONS, KEYWORDS

_LITERALS: Final = frozenset(("STRING", "INTEGER", "NUMBER", "SIGNED", "BOOLEAN"))
_EXPRESSION: Final = _LITERALS | {
    "VARIABLE", "IRI", "FUNCTION", "AGGREGATE", "LPAR", "BANG", "PLUS_SIGN", "MINUS_SIGN", "EXISTS", "NOT", "TRIPLE_OPEN"
}  # fmt: skip
_OPERATORS: Final = frozenset(("OR", "AND", "EQUAL", "COMPARE", "IN", "NOT", "PLUS_SIGN", "MINUS_SIGN", "STAR", "SLASH", "SIGNED"))
_PATTERNS: Final = frozenset(("OPTIONAL", "MINUS", "LATERAL", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES", "LBRACE"))
_VERBS: Final = frozenset(("VARIABLE", "IRI", "A", "CIRCUMFLEX", "BANG", "LPAR"))
_TERMS: Final = _LITERALS | {"VARIABLE", "IRI", "BLANK", "LSQB", "LPAR", "TRIPLE_OPEN", "REIFIED_OPEN"}
_UPDATES: Final = frozenset(("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"))
_QUERIES: Final = frozenset(("ASK", "CONSTRUCT", "DESCRIBE", "SELECT"))

_GROUPS: Final[tuple[tuple[str, frozenset[str], frozenset[str]], ...]] = (
    ("an expression", frozenset(("VARIABLE", "FUNCTION", "STRING")), _EXPRESSION),
    ("an expression in brackets", frozenset(("FUNCTION", "LPAR")), _EXPRESSION),
    ("an operator", frozenset(("OR", "AND")), _OPERATORS),
    ("a triple", frozenset(("BLANK", "OPTIONAL")), _TERMS),
    ("a pattern such as OPTIONAL or FILTER", frozenset(("OPTIONAL", "FILTER")), _PATTERNS),
    ("a variable, IRI, literal or blank node", frozenset(("VARIABLE", "BLANK", "STRING")), _TERMS),
    ("a property", frozenset(("VARIABLE", "A")), _VERBS),
    ("a property path", frozenset(("A", "LPAR")), _VERBS),
    ("a number or string", frozenset(("STRING", "NUMBER")), _LITERALS),
    ("SELECT, ASK, CONSTRUCT or DESCRIBE", _QUERIES, _QUERIES | {"BASE", "PREFIX", "VERSION"}),
    ("an operation such as INSERT or DELETE", frozenset(("INSERT", "LOAD")), _UPDATES | {"BASE", "PREFIX", "VERSION"}),
)
"""What is said for several types of token: when all of the first set fit, all of the second are spoken for."""

_SAID: Final = {
    "VARIABLE": "a variable", "IRI": "an IRI", "STRING": "a string", "INTEGER": "a whole number", "BLANK": "a blank node",
    "NAMESPACE": "a prefix with its colon", "FUNCTION": "a function", "AGGREGATE": "an aggregate", "$END": "the end",
    **{type: sign for sign, type in SIGNS.items()},
}  # fmt: skip
_UNSAID: Final = frozenset(
    ("ANNOTATION_OPEN", "DATATYPE_MARK", "LANGUAGE", "QMARK", "TILDE", "VBAR", "CIRCUMFLEX", "STAR", "PLUS_SIGN", "SLASH")
)
"""Types of token that fit nearly everywhere, and that nobody misses."""


def misfit(token: Token, acceptable: frozenset[str], lexer: Lexer, source: Source, start: Literal["query", "update"]) -> Fault:
    """The fault of a token that does not fit, beside the types of token that would."""
    if token.type == "$END":
        if lexer.empty:
            return Fault(None, f"there is no {start}")
        return Fault(None, f"the {start} ends too early{_unclosed(lexer, source)}{_expected(acceptable)}")
    if token is lexer.unopened:
        return Fault(token.start, f"{token.text} does not fit here: it closes nothing")
    if token.text == "<":
        return Fault(
            token.start, "< does not fit here; an IRI that begins here is not closed, or holds a blank or another character that no IRI has"
        )
    if token.type == "unknown word":
        meant = nearest(token.value, [kind for kind in acceptable if kind in KEYWORDS] or KEYWORDS) or nearest(
            token.value, KEYWORDS | AGGREGATES | FUNCTIONS.keys()
        )
        if meant:
            return Fault(token.start, f"{shown(token.text)} does not fit here; did you mean {meant}?")
    if start == "query" and token.type in _UPDATES and "SELECT" in acceptable:
        return Fault(token.start, f"{token.text} begins an update, and this is a place for queries (SELECT, ASK, CONSTRUCT, DESCRIBE)")
    return Fault(token.start, f"{shown(token.text)} does not fit here{_expected(acceptable)}")


def _expected(acceptable: frozenset[str]) -> str:
    left = set(acceptable)
    said: list[str] = []
    for words, signs, all_of in _GROUPS:
        if signs <= left:
            said.append(words)
            left -= all_of
    said += sorted({_SAID.get(kind, kind) for kind in left - _UNSAID}) or ([] if said else sorted(_SAID.get(kind, kind) for kind in left))
    return f"; expected {listed(said)}" if said else ""


def _unclosed(lexer: Lexer, source: Source) -> str:
    if not lexer.opened:
        return ""
    line, column = place(source.given, source.offset(lexer.opened[-1].start))
    return f": the {lexer.opened[-1].text} of line {line}, column {column} is not closed"
