"""Which graph a request is about, after the SPARQL 1.1 Graph Store HTTP Protocol (section 4).

A graph is named by `?graph=`, or by its own address: what stands here below /graph/ and /graphs/ is the graph whose IRI has the same path
below the base.  `?default` is the graph without a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from flask import Request
from werkzeug.exceptions import BadRequest

from kg.store.worker import UNITED, UNNAMED
from server.house import House
from server.protocol import absolute

_OURS: Final = ("graph/", "graphs/")
_KEPT: Final = "/!$&'()*+,;=:@-._~%"


@dataclass(frozen=True, slots=True)
class Target:
    """The graph that a request is about, by its IRI; None for the graph without a name."""

    iri: str | None

    @property
    def dataset(self) -> str:
        """How the pool is told of it."""
        return self.iri or UNNAMED


def indirect(request: Request, here: House) -> Target | None:
    """The graph that the parameters name, None when they name none; raises 400."""
    named = request.args.getlist("graph")
    if "default" in request.args:
        if named:
            raise BadRequest("The request names both ?default and ?graph=; leave one out.")
        return Target(None)
    if not named:
        return None
    if len(named) > 1:
        raise BadRequest("The request names more than one graph.")
    iri = absolute(named[0], "graph")
    if iri == UNNAMED:
        return Target(None)
    if iri == UNITED:
        raise BadRequest("This names the union of all graphs, for queries (FROM, default-graph-uri); it is no graph to be read or written.")
    below = iri.removeprefix(request.host_url)
    return Target(f"{here.settings.base}{below}" if below != iri and below.startswith(_OURS) else iri)


def direct(request: Request, here: House, path: str) -> Target:
    """The graph whose own address is this path, percent escapes decoded; raises 400."""
    if "default" in request.args or "graph" in request.args:
        raise BadRequest("The address is a graph's own, and its parameters name one, too; leave one out.")
    if any(step in (".", "..") for step in path.split("/")):
        raise BadRequest("An address with . or .. names no graph.")
    return Target(absolute(f"{here.settings.base}{_readable(path)}", "The address"))


def _readable(name: str) -> str:
    """A path as an IRI has it: letters of all scripts as they are, what no IRI may hold encoded."""
    return "".join(sign if sign.isalnum() else quote(sign, safe=_KEPT) for sign in name)


def address(request: Request, here: House, iri: str) -> str:
    """Where a graph is read: its own address here, or by its name."""
    below = iri.removeprefix(here.settings.base)
    if below != iri and below.startswith(_OURS):
        return f"{request.host_url}{quote(below, safe=_KEPT)}"
    return f"{request.host_url}graphs?graph={quote(iri, safe='')}"
