"""Solutions as other endpoints, and our own processes, write them (SPARQL 1.1 Query Results, JSON and XML)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from kg.errors import RemoteError
from kg.formats import JSON, XML
from kg.sparql.tree import IRI, BlankNode, Literal, Term, TripleTerm

Row = tuple[Term | None, ...]

ACCEPT: Final = f"{JSON.media_type}, {XML.media_type};q=0.8"
"""What is asked for."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """A bag of solutions: the names of variables, and a row for each solution, with None for what has no value.

    A blank node's label holds within one bag.  `bytes` is how long the reply was.
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    bytes: int = field(default=0, compare=False)

    @property
    def has_blank_nodes(self) -> bool:
        """Whether a solution has one."""
        return any(has_blank_node(term) for row in self.rows for term in row)


def has_blank_node(term: Term | None) -> bool:
    """Whether a term is a blank node, or a triple term that holds one."""
    return isinstance(term, BlankNode) or (isinstance(term, TripleTerm) and (has_blank_node(term.subject) or has_blank_node(term.object)))


def read(body: bytes, media_type: str, wanted: Sequence[str], always: frozenset[str], most: int) -> Solutions:
    """The solutions of a reply, with the variables in the order wanted.

    Raises RemoteError for what are no solutions, for other variables than `wanted`, for one of `always` without a value, and for more rows
    than `most`.
    """
    format = next((row for row in (JSON, XML) if media_type in row.media_types), None)
    if format is None:
        raise RemoteError(f"answered with {media_type[:80] or 'something unnamed'} instead of SPARQL results in JSON or XML")
    assert isinstance(format.engine, ox.QueryResultsFormat)
    try:
        there, rows = _taken(body, format.engine, wanted, most)
    except (SyntaxError, ValueError) as error:
        raise RemoteError(f"answered with {format.title} that is damaged: {str(error)[:200]}") from error
    columns = [there.index(name) if name in there else None for name in wanted]
    if columns != list(range(len(wanted))):
        rows = [tuple(None if column is None else row[column] for column in columns) for row in rows]
    for column, name in enumerate(wanted):
        if name in always and any(row[column] is None for row in rows):
            raise RemoteError(f"left ?{name} without a value, which its pattern always has")
    return Solutions(tuple(wanted), tuple(rows), len(body))


def _taken(body: bytes, format: ox.QueryResultsFormat, wanted: Sequence[str], most: int) -> tuple[list[str], list[Row]]:
    """The variables and rows of a reply as they stand there."""
    found = ox.parse_query_results(body, format)
    try:
        if not isinstance(found, ox.QuerySolutions):
            raise RemoteError("answered yes or no instead of solutions")
        there = [variable.value for variable in found.variables]
        if not set(there) <= set(wanted):
            raise RemoteError(f"answered with variables that it was not asked for: {', '.join(sorted(set(there) - set(wanted)))[:80]}")
        rows: list[Row] = []
        for solution in found:
            if len(rows) == most:
                raise RemoteError(f"gave more than {most:,} solutions, the most that one SERVICE may bring here (KG_FEDERATION_ROWS)")
            rows.append(tuple(map(_term, solution)))
        return there, rows
    finally:
        del found  # which no other thread may let go, as it would where an error carries this frame along


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Term | None:
    match term:
        case ox.NamedNode():
            return IRI(term.value)
        case ox.BlankNode():
            return BlankNode(term.value)
        case ox.Literal():
            return Literal(term.value, term.datatype.value, term.language, str(term.direction) if term.direction else None)
        case ox.Triple():
            subject, predicate, object = (_term(part) for part in (term.subject, term.predicate, term.object))
            assert subject is not None
            assert isinstance(predicate, IRI)
            assert object is not None
            return TripleTerm(subject, predicate, object)
        case None:
            return None
