"""What a query names, told from its words alone: its form, its keywords, whether it calls SERVICE or chooses its own graphs.

Engines differ in how much they insist on spaces (`SERVICESILENT<x>` is a call for ours), in when they decode `\\u` escapes, and in how they
read a `<`.  So a text is inspected as it stands and decoded, in every reading: what any of them has counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.sparql.tokens import Token, decoded, follows, readings

QUERIES: Final = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
UPDATES: Final = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")

_FORM: Final = re.compile("|".join(QUERIES + UPDATES))
_PROLOGUE: Final = re.compile("BASE|PREFIX|VERSION")
_GRAPH_FOLLOWS: Final = frozenset(("GRAPH", "FROM", "NAMED", "DESCRIBE"))
_OPERATORS: Final = frozenset("<>=!&|^*/+-,(")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a text names: the form of its first operation, its bare words in capitals, and what follows from them.

    `stray` is the offset of a character that fits no reading of the text, so that it cannot be SPARQL.
    """

    form: str | None
    keywords: frozenset[str]
    names_service: bool
    names_dataset: bool
    stray: int | None = None

    @property
    def is_update(self) -> bool:
        """Whether the first operation changes the graph."""
        return self.form in UPDATES

    @property
    def gives_graph(self) -> bool:
        """Whether the answer is a graph, as that of CONSTRUCT and DESCRIBE."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


def inspect(text: str) -> Inspection:
    """What the query or update names.

    >>> inspect("SELECT * { ?service ?p 'SERVICE' }").names_service
    False
    >>> inspect("ASK { service <http://example.org/> { ?s ?p ?o } }").names_service
    True
    """
    plain = _inspect(text)
    other = decoded(text)
    if other == text:
        return plain
    escaped = _inspect(other)
    return Inspection(
        plain.form or escaped.form,
        plain.keywords | escaped.keywords,
        plain.names_service or escaped.names_service,
        plain.names_dataset or escaped.names_dataset,
        plain.stray,
    )


def _inspect(text: str) -> Inspection:
    form: str | None = None
    stray: int | None = None
    branches = 0
    keywords: set[str] = set()
    service = dataset = False
    for first, stretch in readings(text):
        if first:
            form = _form(stretch)
            dataset = _glued_from(stretch)
            if stretch and stretch[-1].kind == "stray":
                stray = stretch[-1].start
        else:
            branches += 1
            stretch = list(_possible(stretch))
        keywords.update(token.text.upper() for token in stretch if token.kind == "word")
        service = service or any(_calls_service(text, stretch, at, strict=first) for at in range(len(stretch)))
    if stray is not None and branches:
        service = service or "service" in text[stray:].lower()
        stray = None
    dataset = dataset or any(word.startswith("FROM") for word in keywords)
    return Inspection(form, frozenset(keywords), service, dataset, stray)


def _form(stretch: Sequence[Token]) -> str | None:
    """The form of the first operation: the first word behind the prologue."""
    for token in stretch:
        if token.kind == "word" and not _PROLOGUE.match(token.text.upper()):
            found = _FORM.match(token.text.upper())
            return found.group() if found else None
    return None


def _calls_service(text: str, stretch: Sequence[Token], at: int, strict: bool) -> bool:
    """Whether the token can be a SERVICE keyword, alone or run together with its neighbours.

    A prefixed name can be one (`SERVICE:x {`, `true.SERVICE:x {`) only where a group follows it. In a second reading no operator stands
    before the keyword.
    """
    token = stretch[at]
    before = stretch[at - 1] if at else None
    if token.kind == "word":
        if not strict and (before is None or before.text in _OPERATORS):
            return False
        return "service" in token.text.lower()
    if token.kind == "name" and "service" in token.prefix.lower():
        return follows(text, token.end, "{") and (before is None or before.text.upper() not in _GRAPH_FOLLOWS)
    return False


def _possible(stretch: Sequence[Token]) -> Iterator[Token]:
    """The tokens of a second reading up to where it cannot be SPARQL: two slashes in a row, as in every http address."""
    slash = False
    for token in stretch:
        if token.text == "/" and slash:
            return
        slash = token.text == "/"
        yield token


def _glued_from(stretch: Sequence[Token]) -> bool:
    """Whether a FROM is run together with a prefixed name (`SELECT * FROMex:graph {`), which our engine takes for two words."""
    for before, token in pairwise(stretch):
        if token.text == "{":
            return False
        if token.kind == "name" and token.prefix.upper().startswith("FROM") and (before.kind == "variable" or before.text in "*)"):
            return True
    return False
