"""/sparql: the SPARQL 1.1 Protocol's query operation, and the same for people."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, request

from kg.answers import negotiate
from kg.errors import NotAcceptable, QueryError
from kg.formats import Format, Kind, called, holding
from kg.sparql.guard import answer_kind
from server import pages, problems
from server.description import description
from server.protocol import Asked, read

blueprint = Blueprint("sparql", __name__)

HTML: Final = Format("html", "a page", ("text/html", "application/xhtml+xml"), "html", ("solutions", "graph"), None, charset=True)


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """The answer to the query; without a query the editor for a browser, the description of the service for others."""
    house = pages.house()
    asked = read(request, house.settings.max_query << 10)
    if asked is None:
        return _service()
    format = _format(asked, answer_kind(asked.text))
    if format.name == HTML.name:
        return _page(asked)
    answer = house.pool.answer(asked.text, format, asked.default_graphs, asked.named_graphs)
    return Response(answer.body, content_type=answer.media_type)


def _format(asked: Asked, kind: Kind) -> Format:
    """The format that the address names, else the one that the client likes best."""
    if asked.format is None:
        return negotiate(request.headers.get("Accept"), kind, [HTML])
    if asked.format == HTML.name:
        return HTML
    format = called(asked.format, kind)
    if format is None:
        raise NotAcceptable(asked.format, [format.name for format in (*holding(kind), HTML)])
    return format


def _page(asked: Asked) -> Response:
    try:
        return pages.editor(asked, result=pages.result(asked))
    except QueryError as error:
        return pages.editor(asked, problem=error, status=problems.status(error).code)


def _service() -> Response:
    format = negotiate(request.headers.get("Accept"), "graph", [HTML])
    if format.name == HTML.name:
        return pages.editor(None)
    return Response(description(request.base_url, pages.house().settings, format), content_type=format.content_type)
