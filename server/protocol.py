"""What a request to /sparql asks for, after the SPARQL 1.1 Protocol (section 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from kg.errors import QueryRefused

QUERY_TYPE = "application/sparql-query"
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the dataset that the protocol names for it, and the name of the format wanted, where the address gives one."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None

    @property
    def graphs(self) -> list[tuple[str, str]]:
        """The dataset as parameters of the protocol."""
        return [("default-graph-uri", iri) for iri in self.default_graphs] + [("named-graph-uri", iri) for iri in self.named_graphs]

    def address(self, format: str | None = None) -> str:
        """The parameters of an address that asks the same, in another format where one is named."""
        return urlencode([("query", self.text), *self.graphs, *([("format", format)] if format else [])])


def read(request: Request, limit: int) -> Asked | None:
    """What the request asks, None when it holds no query at all (GET then describes the service).

    Raises the HTTP error that says what is wrong: 400, 413 for a query above `limit` bytes, 415; QueryRefused for an update.
    """
    if request.method in ("GET", "HEAD"):
        if "query" not in request.args:
            return None
        return _asked(request.args, request.args, limit)
    kind = request.mimetype
    if kind == QUERY_TYPE:
        return _asked(MultiDict({"query": _body(request)}), request.args, limit)
    if kind in FORM_TYPES:
        if "update" in request.form:
            raise QueryRefused("The update was refused: this door only answers questions. `kg add` and `kg remove` change the graph.")
        if "query" not in request.form:
            raise BadRequest("The form has no field `query`.")
        return _asked(request.form, request.form, limit)
    raise UnsupportedMediaType(
        f"A query is posted as {FORM_TYPES[0]} (field `query`) or as {QUERY_TYPE}, not as {kind or 'nothing named'}."
    )


def _body(request: Request) -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower().replace("_", "-")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType(f"A query is posted in UTF-8, not in {charset}.")
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"The query is not UTF-8: byte {error.start + 1} cannot be read.") from error


def _asked(fields: MultiDict[str, str], graphs: MultiDict[str, str], limit: int) -> Asked:
    texts = fields.getlist("query")
    if len(texts) > 1:
        raise BadRequest("The request holds more than one query.")
    if len(texts[0].encode("utf-8", "replace")) > limit:
        raise RequestEntityTooLarge(f"The query is longer than the {limit >> 10:,} kilobytes that are read here (KG_MAX_QUERY).")
    return Asked(
        texts[0],
        tuple(graphs.getlist("default-graph-uri")),
        tuple(graphs.getlist("named-graph-uri")),
        # a plus sign in an address stands for a space; some clients send `application/rdf+xml` as it is
        (fields.get("format") or graphs.get("format") or "").strip().replace(" ", "+") or None,
    )
