"""The server: answers over HTTP, and the pages for people. It reads; what writes goes through one guarded door."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

from kg.prefixes import known
from kg.querying import Querying
from kg.settings import Settings
from kg.store.pool import Pool
from queries import FOLDER
from server import access, coding, cross_origin, graphs, pages, problems, sparql, update, validators, writing
from server.house import House, house
from server.writing import Door

__all__ = ["create_app"]

_SECURITY: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(settings: Settings, pool: Pool, folder: Path = FOLDER, door: Door | None = None) -> Flask:
    """The application over a pool that is open (whoever made it closes it), with the questions of a folder.

    Without a door the graph can only be read.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = body_limit(settings)
    prefixes = known(settings.base)
    app.extensions["isnad"] = House(settings, pool, Querying(settings, pool, prefixes), prefixes, folder, door)
    for module in (pages, sparql, update, graphs):
        app.register_blueprint(module.blueprint)
    problems.register(app)
    app.before_request(_prepared)
    app.after_request(_finished)
    return app


def body_limit(settings: Settings) -> int:
    """Bytes that the body of any request may have."""
    return max(query_limit(settings), _upload_limit(settings))


def query_limit(settings: Settings) -> int:
    """Bytes that the body of a query may have: a form writes each byte of it as up to three, and adds its other fields."""
    return settings.max_query * 1024 * 3 + 65536


def _upload_limit(settings: Settings) -> int:
    """Bytes that the body of an update or a graph may have, sent by whoever may write; the same for a form."""
    return writing.limit(settings) * 3 + 65536


def _prepared() -> None:
    """Lets only those write who may; limits and unpacks the body before anything looks at it."""
    settings = house().settings
    writing_now = cross_origin.writes(request)
    if writing_now:
        access.check(request, house())
        if "revision" in request.args:
            raise BadRequest("What a revision holds is past; only what is in force now can be written to.")
    limit = _upload_limit(settings) if writing_now else query_limit(settings)
    request.max_content_length = request.max_form_memory_size = limit
    coding.check(request)
    coding.unpack(request, limit)


def _finished(response: Response) -> Response:
    if response.status_code == 200 and validators.wants_nothing(request):
        validators.nothing(response)
    response.headers.extend(_SECURITY)
    if cross_origin.shared(request.path):
        cross_origin.allow(response, request)
        response.headers.setdefault("Cache-Control", "no-cache")
        response.vary.add("Accept")
    coding.pack(response, request)
    return response
