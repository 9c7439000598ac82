"""/sparql: the query operation of the SPARQL 1.1 Protocol, and the same for people."""

from __future__ import annotations

from flask import Blueprint, Response, request

from kg.errors import QueryError
from kg.formats import Format
from kg.sparql.guard import answer_kind
from server import cache, coding, notices, pages, problems, protocol, validators
from server.description import described
from server.house import answered, house, snapshot
from server.negotiation import HTML, chosen
from server.protocol import Asked

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def sparql() -> Response:
    """The answer to the query; without a query the editor for a browser, the description of the service for others."""
    asked = protocol.query(request, house().settings.max_query << 10)
    if asked is None:
        format = chosen(request, "graph", HTML)
        return pages.editor(None) if format.name == HTML.name else described(request, house(), format)
    format = chosen(request, answer_kind(asked.text), HTML)
    return _page(asked) if format.name == HTML.name else _answer(asked, format)


def _answer(asked: Asked, format: Format) -> Response:
    """The answer in a format that programs read, unless the client has it already."""
    here = house()

    def tag(revision: str) -> str:
        return validators.tag(revision, *here.shapes, asked.text, asked.parameters, format.content_type, coding.packs(request))

    revision = snapshot().name
    if validators.unchanged(request, tag(revision)):
        return validators.not_modified(tag(revision), revision, weak=True)
    answer = answered(asked.text, format, asked.default_graphs, asked.named_graphs)
    response = Response(answer.body, content_type=answer.media_type)
    response.headers[validators.REVISION] = answer.revision
    if answer.rows is not None:
        response.headers["Isnad-Rows"] = str(answer.rows)
    notices.add(response, answer.warnings)
    if asked.revision is None:  # a name that people gave may go at any time, and what it kept with it
        cache.offer(request.environ, asked.text, answer)
    if not answer.repeatable:
        response.headers["Cache-Control"] = "no-store"
    elif request.method != "POST":
        response.set_etag(tag(answer.revision), weak=True)
    return response


def _page(asked: Asked) -> Response:
    try:
        return pages.editor(asked, result=pages.result(asked))
    except QueryError as error:
        return pages.editor(asked, problem=error, status=problems.status(error).code)
