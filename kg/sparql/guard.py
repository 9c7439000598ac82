"""What a query or an update may not name here, and the text that the engine is given in its stead.

The engine never sees what was sent: its text is printed from the tree, in which there is no SERVICE and no LOAD.  So no way of writing one
that we read otherwise than the engine can reach it.  On the way the tree is made to mean to the engine what the recommendation says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Generic, TypeVar

from kg.errors import QueryRefused, QuerySyntaxError
from kg.formats import Kind
from kg.sparql.faults import Fault, Source, listed, shown
from kg.sparql.inspection import loads, services
from kg.sparql.lexer import Lexer
from kg.sparql.parser import parse_query, parse_update
from kg.sparql.printer import show
from kg.sparql.rewriting import rewritten, unknown_functions
from kg.sparql.tree import Dataset, Load, Query, Update

QUERIES: Final = frozenset(("SELECT", "CONSTRUCT", "DESCRIBE", "ASK"))
UPDATES: Final = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))

LONGEST_KEPT: Final = 4096
"""Characters above which a text is read anew each time, so that a few long ones do not fill the memory."""

T = TypeVar("T", Query, Update)


@dataclass(frozen=True, slots=True)
class Admitted(Generic[T]):
    """A tree that this door serves, its text for the engine, with full IRIs, and what the asker should be told beside the answer.

    The text names no dataset of its own (FROM): the tree says which.
    """

    tree: T
    text: str
    warnings: tuple[str, ...] = ()


def admit(text: str, prefixes: Mapping[str, str], base: str | None = None) -> Admitted[Query]:
    """The query, if this door serves it; `prefixes` need no declaration.

    Raises QueryRefused for SERVICE and for updates, QuerySyntaxError with line and column, QueryTooLarge for brackets without end.
    """
    if len(text) > LONGEST_KEPT:
        return _query(text, tuple(prefixes.items()), base)
    return _kept_query(text, tuple(prefixes.items()), base)


def admit_update(text: str, prefixes: Mapping[str, str], base: str | None = None) -> Admitted[Update]:
    """The update, if this door serves it; raises as `admit` does, and QueryRefused for LOAD.

    LOAD SILENT fetches nothing either, and succeeds all the same (SPARQL 1.1 Update, section 3.1.4), with a warning.
    """
    update = parse_update(text, prefixes, base)
    if services(update):
        raise QueryRefused(
            "The update was refused: it names SERVICE, and an update asks no other endpoint. "
            "Ask the other one first, and bring its answer along in VALUES."
        )
    if not all(load.silent for load in loads(update)):
        raise QueryRefused(
            "The update was refused: it names LOAD, and this endpoint fetches nothing. "
            "Fetch the document yourself, and send it to the graph store or in INSERT DATA."
        )
    left_out = _left_out(loads(update))
    update = replace(update, operations=tuple(one for one in update.operations if not isinstance(one, Load)))
    return Admitted(update, show(rewritten(update)), (*_warnings(update), *left_out))


def admitted(query: Query) -> Admitted[Query]:
    """The query of a tree, if this door serves it; raises QueryRefused for SERVICE."""
    if services(query):
        raise QueryRefused(
            "The query was refused: it names SERVICE, and this endpoint asks no other: KG_FEDERATION_ALLOW lists none. "
            "Ask the other one yourself, and join the two answers or bring its own along in VALUES."
        )
    return Admitted(query, show(rewritten(replace(query, dataset=Dataset()))), _warnings(query))


def may_call(text: str) -> bool:
    """Whether the query may name SERVICE: the word stands somewhere in its text, its codepoint escapes decoded."""
    try:
        return "service" in Source.of(text).decoded.lower()
    except (Fault, QuerySyntaxError):
        return False


def read(text: str, prefixes: Mapping[str, str], base: str | None = None) -> Query:
    """The tree of a query, which may name SERVICE; raises as `admit` does for the rest."""
    form = first_word(text)
    if form in UPDATES:
        raise QueryRefused(
            f"The query was refused: {form} changes the graph, and this door only answers questions "
            "(SELECT, ASK, CONSTRUCT, DESCRIBE). `kg add` and `kg remove` change the graph."
        )
    return parse_query(text, prefixes, base)


def _query(text: str, prefixes: tuple[tuple[str, str], ...], base: str | None) -> Admitted[Query]:
    return admitted(read(text, dict(prefixes), base))


_kept_query = lru_cache(128)(_query)


def _warnings(tree: Query | Update) -> tuple[str, ...]:
    unknown = sorted({function.value for function in unknown_functions(tree)})
    if not unknown:
        return ()
    named = named_some(unknown, "others")
    return (f"There is no function {named} here; each call is an error, so that its variable stays empty and its filter takes nothing.",)


def _left_out(silent: tuple[Load, ...]) -> tuple[str, ...]:
    """What SILENT hides of the loads that are not made."""
    if not silent:
        return ()
    named = named_some([load.source.value for load in silent], "others of this update")
    return (f"LOAD SILENT of {named} was left out: this endpoint fetches nothing. Fetch it yourself, and send it to the graph store.",)


def named_some(iris: Sequence[str], others: str) -> str:
    """A few IRIs as a message names them, short enough for a header."""
    return listed([f"<{shown(iri)}>" for iri in iris[:3]] + ([others] if len(iris) > 3 else []))


def first_word(text: str) -> str | None:
    """The form of the query or of the first operation: the first word behind the prologue, if it is one.

    >>> first_word("PREFIX select: <http://example.org/> # DESCRIBE\\nask {}")
    'ASK'
    """
    try:
        for token in Lexer(Source.of(text).decoded, {}, None).tokens():
            if token.type not in ("BASE", "PREFIX", "VERSION", "NAMESPACE", "IRI", "STRING"):
                return token.type if token.type in QUERIES or token.type in UPDATES else None
    except (Fault, QuerySyntaxError):
        return None
    return None


def answer_kind(text: str) -> Kind:
    """What the answer of the query will be, as far as its first word tells; solutions where it does not."""
    return "graph" if first_word(text) in ("CONSTRUCT", "DESCRIBE") else "solutions"
