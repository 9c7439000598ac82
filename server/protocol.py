"""What a request to /sparql or /update asks for, after the SPARQL 1.1 Protocol (sections 2.1 and 2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Request
from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from kg.errors import QueryRefused

QUERY_TYPE: Final = "application/sparql-query"
UPDATE_TYPE: Final = "application/sparql-update"
FORM_TYPES: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
UTF_8: Final = ("utf-8", "utf8", "us-ascii")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the dataset that the protocol names for it; the format wanted and the revision asked, where the request names them."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    revision: str | None = None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What is asked of, as parameters of the protocol and ours."""
        revision = [("revision", self.revision)] if self.revision else []
        default = [("default-graph-uri", iri) for iri in self.default_graphs]
        return [*default, *(("named-graph-uri", iri) for iri in self.named_graphs), *revision]

    def address(self, format: str | None = None) -> str:
        """The parameters of an address that asks the same, in another format where one is named."""
        return urlencode([("query", self.text), *self.parameters, *([("format", format)] if format else [])])


@dataclass(frozen=True, slots=True)
class Change:
    """An update with the dataset that the protocol names for its WHERE."""

    text: str
    using_graphs: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


def query(request: Request, limit: int) -> Asked | None:
    """What the request asks, None when it holds no query at all (GET then describes the service).

    Raises the HTTP error that says what is wrong: 400, 413 for a query above `limit` bytes, 415; QueryRefused for an update.
    """
    if request.method in ("GET", "HEAD"):
        if "update" in request.args:
            raise BadRequest("An update is not asked by GET; post it to /update.")
        if "query" not in request.args:
            return None
        text = _one(request.args.getlist("query"), "query", limit, "KG_MAX_QUERY")
    else:
        if request.mimetype in FORM_TYPES and "update" in request.form:
            raise QueryRefused("The update was refused: this door only answers questions. Post it to /update.")
        text = _posted(request, "query", QUERY_TYPE, limit, "KG_MAX_QUERY")
    return Asked(
        text,
        _graphs(request, "default-graph-uri"),
        _graphs(request, "named-graph-uri"),
        format_named(request),
        next(iter(values(request, "revision")), None),
    )


def update(request: Request, limit: int) -> Change:
    """The update that the request posts.

    Raises the HTTP error that says what is wrong: 400, 413 for a text above `limit` bytes, 415.
    """
    text = _posted(request, "update", UPDATE_TYPE, limit, "KG_MAX_UPLOAD")
    return Change(text, _graphs(request, "using-graph-uri"), _graphs(request, "using-named-graph-uri"))


def format_named(request: Request) -> str | None:
    """The format that the request names beside its Accept header; a plus sign in an address stands for a space, and some send it as it is."""
    return next((name for text in values(request, "format") if (name := text.strip().replace(" ", "+"))), None)


def absolute(iri: str, what: str) -> str:
    """The IRI, when it is one; raises 400 for what is none."""
    try:
        return NamedNode(iri).value
    except ValueError as error:
        raise BadRequest(f"{what} is no absolute IRI: {error}.") from error


def values(request: Request, name: str) -> list[str]:
    """What the address gives for a field, then what the form does."""
    form: MultiDict[str, str] = request.form if request.mimetype in FORM_TYPES else MultiDict()
    return [*request.args.getlist(name), *form.getlist(name)]


def _graphs(request: Request, name: str) -> tuple[str, ...]:
    return tuple(absolute(iri, name) for iri in dict.fromkeys(values(request, name)))


def _posted(request: Request, name: str, direct: str, limit: int, setting: str) -> str:
    """The query or update that is posted, as a form or as it is."""
    if name in request.args:
        raise BadRequest(f"A POST carries its {name} in its body, not in its address.")
    if request.mimetype == direct:
        return _one([_body(request, name)], name, limit, setting)
    if request.mimetype in FORM_TYPES:
        if name not in request.form:
            raise BadRequest(f"The form has no field `{name}`.")
        return _one(request.form.getlist(name), name, limit, setting)
    raise UnsupportedMediaType(
        f"The {name} is posted as {FORM_TYPES[0]} (field `{name}`) or as {direct}, not as {request.mimetype or 'nothing named'}."
    )


def _body(request: Request, name: str) -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower().replace("_", "-")
    if charset not in UTF_8:
        raise UnsupportedMediaType(f"The {name} is posted in UTF-8, not in {charset}.")
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"The {name} is not UTF-8: byte {error.start + 1} cannot be read.") from error


def _one(texts: Sequence[str], name: str, limit: int, setting: str) -> str:
    if len(texts) > 1:
        raise BadRequest(f"The request holds more than one {name}.")
    if len(texts[0].encode("utf-8", "replace")) > limit:
        raise RequestEntityTooLarge(f"The {name} is longer than the {limit >> 10:,} kilobytes that are read here ({setting}).")
    return texts[0]
