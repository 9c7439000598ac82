"""The format that a request is answered in: the one its address names, else the one its Accept header likes best."""

from __future__ import annotations

from typing import Final

from flask import Request

from kg.answers import negotiate
from kg.errors import NotAcceptable
from kg.formats import Format, Kind, called, holding
from server.protocol import format_named

HTML: Final = Format("html", "a page", ("text/html", "application/xhtml+xml"), "html", ("solutions", "graph"), None, charset=True)


def chosen(request: Request, kind: Kind, *extra: Format) -> Format:
    """The format of this kind, or one of `extra`, for the answer; raises NotAcceptable with those there are."""
    name = format_named(request)
    if name is None:
        return negotiate(request.headers.get("Accept"), kind, extra)
    found = next((format for format in extra if format.name == name), None) or called(name, kind)
    if found is None:
        raise NotAcceptable(name, [format.name for format in (*holding(kind), *extra)])
    return found
