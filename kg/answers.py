"""Answers to queries as bytes in a format, and the choice of that format by what a client accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal
from xml.parsers import expat

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from kg.errors import NotAcceptable, QueryError, QueryTooLarge
from kg.formats import CSV, N_QUADS, N_TRIPLES, TSV, XML, Format, Kind, holding

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

AnswerKind = Literal["solutions", "boolean", "graph"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its bytes, the value of its Content-Type header, what it is, and how many rows or triples it has where that is known.

    `kept` is how many of them the body holds, where the asker wanted only the first ones; else equal to `rows`.
    `revision` names the state of the graph that it was given over; `repeatable` is whether the same question gives the same answer again there.
    `warnings` is what the asker should know beside the answer.
    """

    body: bytes
    media_type: str
    kind: AnswerKind
    rows: int | None = None
    kept: int | None = None
    revision: str = ""
    repeatable: bool = False
    warnings: tuple[str, ...] = ()


KEPT_BYTES: Final = 4 << 20
"""How large the first rows may be together, where only those are wanted."""


# -- choosing a format ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Range:
    """One media range of an Accept header with its weight."""

    type: str
    subtype: str
    weight: float

    def fit(self, media_type: str) -> int:
        """How closely the range names the media type: 3 exactly, 2 its type, 1 anything, 0 not at all."""
        kind, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (kind, subtype):
            return 3
        if self.subtype == "*" and self.type == kind:
            return 2
        return 1 if (self.type, self.subtype) == ("*", "*") else 0


_QUALITY: Final = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)


def _ranges(accept: str) -> Iterator[_Range]:
    for part in accept.split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        if "/" not in media_range:
            continue
        kind, _, subtype = media_range.lower().partition("/")
        weights = [found for found in map(_QUALITY.fullmatch, parameters) if found]
        yield _Range(kind.strip(), subtype.strip(), float(weights[0][1]) if weights else 1.0)


def negotiate(accept: str | None, kind: Kind, extra: Sequence[Format] = ()) -> Format:
    """The format of this kind (or one of `extra`) that the client likes best, sent as the media type it asked for.

    Of equals, the one named more closely, then the earlier one in the table, then the extra ones. Without a header: the first of the table.
    Raises NotAcceptable with all that is offered.

    >>> negotiate("text/csv;q=0.5, application/json", "solutions").name
    'json'
    """
    offered = (*holding(kind), *extra)
    ranges = list(_ranges(accept)) if accept and accept.strip() else [_Range("*", "*", 1.0)]
    best: tuple[float, int] = (0.0, 0)
    chosen: Format | None = None
    for format in offered:
        for media_type in format.media_types:
            closest = max(ranges, key=lambda range: range.fit(media_type), default=_Range("", "", 0.0))
            score = (closest.weight, closest.fit(media_type))
            wild = score[1] < 3 and media_type != format.media_type
            if all(score) and not wild and score > best:
                best, chosen = score, format.sent_as(media_type)
    if chosen is None:
        raise NotAcceptable(accept or "", [format.media_type for format in offered])
    return chosen


# -- writing -------------------------------------------------------------------------------------------------------------------


class _Sink(io.BytesIO):
    """Takes what the engine writes, up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: ReadableBuffer, /) -> int:
        if self.tell() + memoryview(data).nbytes > self.limit:
            raise QueryTooLarge(
                f"The answer is larger than the {self.limit / 2**20:,.3g} megabytes that one answer may have here (KG_MAX_ANSWER). "
                "Narrow the query, for example by LIMIT and OFFSET."
            )
        return super().write(data)


class _Lines(_Sink):
    """Keeps the first lines, counts all; what would make the kept ones larger than the limit is left out too."""

    def __init__(self, limit: int, lines: int) -> None:
        super().__init__(limit)
        self.wanted = lines
        self.kept = 0
        self.lines = 0
        self._full = False

    def write(self, data: ReadableBuffer, /) -> int:
        chunk = bytes(data)
        if not self._full:
            self._keep(chunk)
        self.lines += chunk.count(b"\n")
        return len(chunk)

    def _keep(self, chunk: bytes) -> None:
        for line in re.findall(rb"[^\n]*\n|[^\n]+", chunk):
            if self.kept == self.wanted or self.tell() + len(line) > self.limit:
                self._full = True
                self.seek(self.getvalue().rfind(b"\n") + 1)
                self.truncate()
                return
            io.BytesIO.write(self, line)
            self.kept += line.endswith(b"\n")


def serialise(
    results: QuerySolutions | QueryBoolean | QueryTriples, format: Format, limit: int, most: int, keep: int | None = None
) -> Answer:
    """The engine's results as at most `limit` bytes and `most` rows; with `keep`, only that many rows of a TSV or N-Triples answer, the others counted.

    Raises QueryTooLarge above a limit, QueryError where the format cannot hold the results.
    """
    kind: AnswerKind = "solutions" if isinstance(results, QuerySolutions) else "boolean" if isinstance(results, QueryBoolean) else "graph"
    heading = 1 if kind == "solutions" else 0
    sink = _Sink(limit) if keep is None or kind == "boolean" else _Lines(min(limit, KEPT_BYTES), keep + heading)
    _write(results, format, sink)
    body = sink.getvalue()
    if format.media_type.endswith("xml"):
        _check_xml(body, format)
    if isinstance(sink, _Lines):
        return Answer(body, format.content_type, kind, sink.lines - heading, sink.kept - heading)
    variables = [variable.value for variable in results.variables] if isinstance(results, QuerySolutions) else []
    rows = _rows(body, kind, format, variables)
    if rows is not None and rows > most:
        raise QueryTooLarge(
            f"The answer has {rows:,} rows, and one answer may have {most:,} here (KG_MAX_ROWS). "
            "Narrow the query, or ask for parts of the answer by ORDER BY, LIMIT and OFFSET."
        )
    return Answer(body, format.content_type, kind, rows, rows)


_QUOTED_CSV: Final = re.compile(rb'"[^"]*"')
_QUOTED_JSON: Final = re.compile(rb'"(?:[^"\\]|\\.)*"')


def _rows(body: bytes, kind: AnswerKind, format: Format, variables: Sequence[str]) -> int | None:
    """How many rows a written answer has, or triples where each has a line; None where its form does not tell."""
    if kind == "boolean":
        return None
    if kind == "graph":
        return body.count(b"\n") if format.name in (N_TRIPLES.name, N_QUADS.name) else None
    if format.name == TSV.name:
        return body.count(b"\n") - 1
    if format.name == CSV.name:
        return (_QUOTED_CSV.sub(b"", body) if b'"' in body else body).count(b"\n") - 1
    if format.name == XML.name:
        return body.count(b"<result>")
    return _json_rows(body, variables)


def _json_rows(body: bytes, variables: Sequence[str]) -> int:
    """The rows of a JSON answer: each begins with its first bound variable, in quotes, which within a string would be escaped."""
    starts = [f'{{"{variable}":{{"type":"'.encode() for variable in variables]
    rows = sum(body.count(before + start) for start in starts for before in (b"[", b"},"))
    if b"{}" in body:
        bare = _QUOTED_JSON.sub(b"", body)
        rows += bare.count(b"[{}") + bare.count(b",{}")
    return rows


def _write(results: QuerySolutions | QueryBoolean | QueryTriples, format: Format, sink: _Sink) -> None:
    if isinstance(results, QueryTriples):
        if not isinstance(format.engine, RdfFormat):
            raise QueryError(f"The query gives a graph, which {format.title} cannot hold; ask for Turtle, N-Triples, JSON-LD or RDF/XML.")
        results.serialize(sink, format=format.engine)
        return
    if not isinstance(format.engine, QueryResultsFormat):
        raise QueryError(f"The query gives no graph, which {format.title} would need; ask for JSON, XML, CSV or TSV.")
    results.serialize(sink, format=format.engine)


def _check_xml(body: bytes, format: Format) -> None:
    """Raises QueryError where the engine wrote what no XML parser reads: control characters, predicates without a name at their end."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(body, True)
    except expat.ExpatError as error:
        why = "its predicates must end in a name and its texts hold no control characters" if format.engine == RdfFormat.RDF_XML else (
            "its texts hold control characters"
        )  # fmt: skip
        raise QueryError(f"The answer cannot be written as {format.title} ({why}); ask for another format.") from error
