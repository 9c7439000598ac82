"""/graphs: the SPARQL 1.1 Graph Store HTTP Protocol.

Reading is open; who may write has been looked at before these views are called.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, PreconditionFailed

from kg.errors import NoSuchGraph
from kg.formats import TSV, Format, holding
from kg.updating import Written
from server import coding, targets, uploads, validators, writing
from server.description import described
from server.house import House, answered, house, snapshot
from server.negotiation import chosen
from server.targets import Target

blueprint = Blueprint("graphs", __name__)

METHODS: Final = ["GET", "PUT", "POST", "DELETE"]


@blueprint.route("/graphs", methods=METHODS, strict_slashes=False)
def graphs() -> Response:
    """The graph that a parameter names; without one GET describes what there is, and POST makes a graph and says where it is."""
    here = house()
    target = targets.indirect(request, here)
    if target is not None:
        return _served(here, target)
    if request.method in ("GET", "HEAD"):
        return described(request, here, chosen(request, "graph"))
    if request.method == "POST":
        return _written(here, Target(f"{here.settings.base}graphs/{uuid.uuid4().hex}"))
    raise BadRequest("The request names no graph; add ?graph=… or ?default.")


@blueprint.route("/graph/<path:name>", methods=METHODS, defaults={"home": "graph"})
@blueprint.route("/graphs/<path:name>", methods=METHODS, defaults={"home": "graphs"})
def graph(home: str, name: str) -> Response:
    """The graph whose address this is."""
    here = house()
    return _served(here, targets.direct(request, here, f"{home}/{name}"))


# -- what is done with it ------------------------------------------------------------------------------------------------------


def _served(here: House, target: Target) -> Response:
    return _read(here, target) if request.method in ("GET", "HEAD") else _written(here, target)


def _read(here: House, target: Target) -> Response:
    """The triples of the graph, unless the client has them already; 404 when there is no such graph."""
    format = chosen(request, "graph")
    if not _exists(target):
        raise NoSuchGraph(target.dataset)
    revision = snapshot().name
    if validators.unchanged(request, current := _tag(here, target, revision, format, coding.packs(request))):
        return validators.not_modified(current, revision, weak=False)
    answer = answered("CONSTRUCT WHERE { ?s ?p ?o }", format, [target.dataset])
    response = Response(answer.body, content_type=answer.media_type)
    response.headers[validators.REVISION] = answer.revision
    response.set_etag(_tag(here, target, answer.revision, format, coding.packs(request)))
    return response


def _written(here: House, target: Target) -> Response:
    """Puts, adds to or deletes the graph, unless it is not as the request wants it; then nobody else writes in between."""
    triples = () if request.method == "DELETE" else uploads.triples(request, here, target)
    conditional = bool(request.if_match or request.if_none_match)
    with here.turns.taken(alone=conditional):
        if conditional:
            _check_conditions(here, target)
        if request.method == "DELETE":
            return writing.told(here.open_door.delete_graph(target.iri))
        write = here.open_door.put_graph if request.method == "PUT" else here.open_door.add_to_graph
        return _told(here, target, write(target.iri, triples))


def _told(here: House, target: Target, written: Written) -> Response:
    """201 with the address of a graph that is new, 204 for one that was there."""
    if not written.created or target.iri is None:
        return writing.told(written)
    response = writing.told(written, 201)
    response.headers["Location"] = targets.address(request, here, target.iri)
    return response


# -- whether it is done --------------------------------------------------------------------------------------------------------


def _exists(target: Target) -> bool:
    """Whether readers see the graph; the one without a name is always there."""
    if target.iri is None:
        return True
    return b"true" in answered(f"ASK {{ GRAPH <{target.iri}> {{}} }}", TSV).body


def _check_conditions(here: House, target: Target) -> None:
    """Raises 412 when the graph is not as If-Match and If-None-Match want it (RFC 9110, section 13.1)."""
    wanted, unwanted = request.if_match, request.if_none_match
    exists = _exists(target)
    revision = snapshot().name
    tags = {_tag(here, target, revision, format, packed) for format in _shown() for packed in (True, False)} if exists else set()
    if wanted and not (exists if wanted.star_tag else any(wanted.is_strong(tag) for tag in tags)):
        raise PreconditionFailed("The graph is no longer as If-Match says; read it again.")
    if unwanted and (exists if unwanted.star_tag else any(unwanted.contains_weak(tag) for tag in tags)):
        raise PreconditionFailed("The graph is there already, and If-None-Match wants that it is not.")


def _tag(here: House, target: Target, revision: str, format: Format, packed: bool) -> str:
    return validators.tag(revision, *here.shapes, target.dataset, format.content_type, packed)


def _shown() -> Iterator[Format]:
    """Every way in which a graph is sent."""
    for format in holding("graph"):
        for media_type in format.media_types:
            yield format.sent_as(media_type)
