"""What goes wrong, as HTTP says it: one table from kinds of error to statuses, and the bodies that clients can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, json, render_template, request
from werkzeug.exceptions import HTTPException

from kg.errors import (
    BadRdf,
    EndpointFailed,
    EndpointTimeout,
    IsnadError,
    NoSuchGraph,
    NotAcceptable,
    QueryAbandoned,
    QueryBusy,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooLarge,
    RdfTooLarge,
    StoreError,
    StoreFailed,
    TooManyRequests,
    UncertainChange,
    UnknownArticle,
    UnknownQuestion,
    UnknownRevision,
)


@dataclass(frozen=True, slots=True)
class Status:
    """How a kind of error is answered: the status, its title, and the seconds after which asking again may help."""

    code: int
    title: str
    retry_after: int | None = None


STATUSES: Final[Mapping[type[IsnadError], Status]] = {
    QuerySyntaxError: Status(400, "Not valid SPARQL"),
    QueryRefused: Status(403, "Query refused"),
    QueryTimeout: Status(503, "Stopped at the time limit"),
    QueryTooLarge: Status(503, "Stopped at a limit"),
    QueryBusy: Status(503, "All busy"),
    QueryAbandoned: Status(499, "Client gone"),
    EndpointFailed: Status(502, "Another endpoint failed"),
    EndpointTimeout: Status(504, "Another endpoint took too long"),
    TooManyRequests: Status(429, "Too many requests"),
    UnknownQuestion: Status(404, "No such question"),
    UnknownArticle: Status(404, "No such article"),
    QueryError: Status(400, "Query cannot be answered"),
    NoSuchGraph: Status(404, "No such graph"),
    UnknownRevision: Status(404, "No such revision"),
    BadRdf: Status(400, "Not RDF that can be read"),
    RdfTooLarge: Status(413, "RDF too large"),
    NotAcceptable: Status(406, "No such format"),
    UncertainChange: Status(500, "Change uncertain"),
    StoreFailed: Status(500, "Store cannot be read or written"),
    StoreError: Status(503, "Store not available", retry_after=5),
    IsnadError: Status(500, "Error"),
}
"""Statuses by kind; a kind that is not here has that of its nearest ancestor.

What is stopped at a limit is 503 wherever it is stopped, a service that is unable to do this now (RFC 9110, section 15.6.4): 504 is for a
gateway whose upstream server is late, 408 for a request that arrives too slowly.  There is a Retry-After only where the same request
may fare better then.
"""


_BODIES: Final = (
    "text/plain", "application/problem+json", "application/json", "application/sparql-results+json", "application/ld+json", "text/html",
)  # fmt: skip


def status(error: IsnadError) -> Status:
    """How this error is answered."""
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def register(app: Flask) -> None:
    """Lets the application answer all errors in the words of this table; what nobody foresaw is logged, and told as 500 without trace."""
    app.register_error_handler(IsnadError, _known)
    app.register_error_handler(HTTPException, _http)


def _known(error: IsnadError) -> Response:
    row = status(error)
    details: dict[str, object] = {}
    if isinstance(error, (QuerySyntaxError, BadRdf)):
        details = {"line": error.line, "column": error.column}
    elif isinstance(error, NotAcceptable):
        details = {"offered": list(error.offered)}
    elif isinstance(error, (UnknownQuestion, UnknownRevision)):
        details = {"nearest": list(error.nearest)}
    response = _response(row.code, row.title, str(error), details)
    retry_after = error.seconds if isinstance(error, QueryBusy) else row.retry_after
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    response = _response(code, error.name, error.description or error.name, {})
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _response(code: int, title: str, detail: str, details: Mapping[str, object]) -> Response:
    """The error as a page, as application/problem+json (RFC 9457), or as plain text, whichever the client likes best."""
    wanted = request.accept_mimetypes.best_match(_BODIES, default="text/plain")
    if wanted == "text/html":
        return Response(render_template("problem.html", title=title, detail=detail), status=code, mimetype="text/html")
    if wanted == "text/plain":
        return Response(f"{detail}\n", status=code, mimetype="text/plain")
    body = {"title": title, "status": code, "detail": detail, **details}
    return Response(json.dumps(body, ensure_ascii=False), status=code, mimetype="application/problem+json")
