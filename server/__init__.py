"""The server: answers over HTTP, and the pages for people. It reads only."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, request

from kg.prefixes import known
from kg.settings import Settings
from kg.store.pool import Pool
from queries import FOLDER
from server import pages, problems, sparql

__all__ = ["create_app"]

_SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def create_app(settings: Settings, pool: Pool, folder: Path = FOLDER) -> Flask:
    """The application over a pool that is open (whoever made it closes it), with the questions of a folder."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = body_limit(settings)
    app.extensions["isnad"] = pages.House(settings, pool, known(settings.base), folder)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(sparql.blueprint)
    problems.register(app)
    app.after_request(_headers)
    return app


def body_limit(settings: Settings) -> int:
    """Bytes that the body of a request may have: a form writes each byte of a query as up to three, and adds its other fields."""
    return settings.max_query * 1024 * 3 + 65536


def _headers(response: Response) -> Response:
    response.headers.extend(_SECURITY)
    if request.path == "/sparql":
        response.headers.extend(_CORS)
        response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Accept")
    return response
