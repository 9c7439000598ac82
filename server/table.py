"""An answer as a table for people: its first rows, IRIs under short names and linked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

from kg.answers import Answer
from kg.prefixes import shorten

CELLS_SHOWN: Final = 50_000
"""Cells that a page holds at most, for an answer may have as many columns as its query can name."""

_STRINGS: Final = ("http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: the words shown, the address behind them, and what more there is to say: language, datatype, the whole IRI."""

    words: str
    address: str | None = None
    language: str | None = None
    more: str | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows shown and how many there are; `verdict` is the answer of an ASK, which has no rows.

    `numeric` are the columns that hold numbers and nothing else.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell | None, ...], ...] = ()
    total: int = 0
    graph: bool = False
    verdict: bool | None = None
    numeric: frozenset[int] = frozenset()


def table(answer: Answer, base: str, prefixes: Mapping[str, str]) -> Table:
    """The table of an answer in TSV or N-Triples; IRIs below `base` lead to their description here, other http(s) ones to their own."""
    if answer.kind == "boolean":
        return Table(verdict=answer.body.strip() == b"true")
    names = _Names(base, prefixes)
    if answer.kind == "graph":
        triples = parse(answer.body, format=RdfFormat.N_TRIPLES)
        cells = tuple(tuple(names.cell(term) for term in (quad.subject, quad.predicate, quad.object)) for quad in triples)
        return Table(("subject", "predicate", "object"), cells, answer.rows or 0, graph=True)
    solutions = parse_query_results(answer.body, format=QueryResultsFormat.TSV)
    assert isinstance(solutions, QuerySolutions)
    columns = tuple(variable.value for variable in solutions.variables)
    rows = tuple(islice(names.rows(solutions), max(1, CELLS_SHOWN // max(1, len(columns)))))
    return Table(columns, rows, answer.rows or 0, numeric=_numeric(columns, rows))


def ranges(shown: Table, names: Sequence[str]) -> Table:
    """The table with the columns `<name>Lowest`, `<name>Highest` and `<name>Open` of each name as one: "3", "3 to 5", "at least 3"."""
    at = {column: number for number, column in enumerate(shown.columns)}
    thirds = {at[f"{name}Lowest"]: (name, at[f"{name}Highest"], at[f"{name}Open"]) for name in names if f"{name}Lowest" in at}
    gone = {number for _, high, more in thirds.values() for number in (high, more)}
    kept = [number for number in at.values() if number not in gone]

    def cell(row: Sequence[Cell | None], number: int) -> Cell | None:
        return row[number] if number not in thirds else _range(*(row[each] for each in (number, *thirds[number][1:])))

    return Table(
        tuple(thirds[number][0] if number in thirds else shown.columns[number] for number in kept),
        tuple(tuple(cell(row, number) for number in kept) for row in shown.rows),
        shown.total,
        numeric=frozenset(place for place, number in enumerate(kept) if number in thirds or number in shown.numeric),
    )


def _range(low: Cell | None, high: Cell | None, unbounded: Cell | None) -> Cell | None:
    """The lowest and the highest number as one; above which there may be more where events have no upper bound."""
    if low is None:
        return None
    top = high.words if high else low.words
    if unbounded and unbounded.words != "0":
        return Cell(f"at least {low.words}" if top in (low.words, "0") else f"{low.words} to {top} or more")
    return Cell(low.words if top == low.words else f"{low.words} to {top}")


def _numeric(columns: Sequence[str], rows: Sequence[Sequence[Cell | None]]) -> frozenset[int]:
    by_column = ([row[at] for row in rows] for at in range(len(columns)))
    return frozenset(at for at, cells in enumerate(by_column) if any(cells) and all(cell is None or cell.number for cell in cells))


class _Names:
    """How terms are shown under these prefixes."""

    def __init__(self, base: str, prefixes: Mapping[str, str]) -> None:
        self.base = base
        self.prefixes = prefixes

    def rows(self, solutions: QuerySolutions) -> Iterator[tuple[Cell | None, ...]]:
        for solution in solutions:
            yield tuple(None if term is None else self.cell(term) for term in solution)

    def cell(self, term: NamedNode | BlankNode | Literal | Triple) -> Cell:
        if isinstance(term, NamedNode):
            return Cell(shorten(term.value, self.prefixes) or term.value, self._address(term.value), more=term.value)
        if isinstance(term, Literal):
            datatype = term.datatype.value
            kind = None if datatype in _STRINGS else shorten(datatype, self.prefixes) or datatype
            number = kind in ("xsd:integer", "xsd:decimal", "xsd:double")
            return Cell(term.value, language=term.language, more=kind, number=number)
        return Cell(str(term))

    def _address(self, iri: str) -> str | None:
        if iri.startswith(self.base):
            return f"/sparql?query={quote(f'DESCRIBE <{iri}>')}"
        return iri if iri.startswith(("http://", "https://")) else None
