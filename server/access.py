"""Who may write: whoever shows the token (RFC 6750), and no page that a browser sends out on another's behalf."""

from __future__ import annotations

import hmac
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Request
from werkzeug.exceptions import Forbidden, Unauthorized

from server.house import House

FORM_TYPES: Final = frozenset(("application/x-www-form-urlencoded", "multipart/form-data", "text/plain"))
"""What a form of any page can send anywhere without asking first; a request without a type counts among them."""


def check(request: Request, here: House) -> None:
    """Raises 403 for a form of another's page and where nobody may write, 401 where the token is missing or wrong."""
    if _foreign(request) and (not request.mimetype or request.mimetype in FORM_TYPES):
        raise Forbidden("A form of another site cannot write here. Send the request from a program, with a media type of SPARQL or RDF.")
    if here.door is None:
        raise Forbidden("This server only reads.")
    secret = here.settings.secret
    if secret is None:
        raise Forbidden("Nobody may write here: KG_TOKEN is not set.")
    authorization = request.headers.get("Authorization", "")
    if _token(authorization) is None:
        raise _Unauthorized("Writing needs a token: send `Authorization: Bearer …` with the value of KG_TOKEN.")
    if not shows(authorization, secret):
        raise _Unauthorized("The token is not the one that writing needs here.", "invalid_token")


def shows(authorization: str, secret: str | None) -> bool:
    """Whether this Authorization header shows the token that writing needs."""
    token = _token(authorization)
    return token is not None and secret is not None and hmac.compare_digest(token.encode("latin-1", "replace"), secret.encode())


def _foreign(request: Request) -> bool:
    """Whether a page of another host made the browser send the request."""
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc.lower() != request.host.lower()


def _token(authorization: str) -> str | None:
    """The bearer token in an Authorization header."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


class _Unauthorized(Unauthorized):
    """401, with how to do better; `flaw` is the error code of RFC 6750."""

    def __init__(self, text: str, flaw: str | None = None) -> None:
        super().__init__(text)
        self.flaw = flaw

    def get_headers(self, *given: Any) -> list[tuple[str, str]]:
        said = 'Bearer realm="isnad"' + (f', error="{self.flaw}"' if self.flaw else "")
        return [*super().get_headers(*given), ("WWW-Authenticate", said)]
