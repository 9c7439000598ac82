"""/graphs: the SPARQL 1.1 Graph Store HTTP Protocol.

Reading is open; who may write has been looked at before these views are called.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, PreconditionFailed

from kg.answers import Answer
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
    format, packed = chosen(request, "graph"), coding.packs(request)
    revision = snapshot().name
    known = here.contents.get(revision, target, format.media_type, packed)
    if known is not None and not request.if_match and validators.unchanged(request, known):
        return validators.not_modified(known, revision, weak=False)
    answer = _content(target, format)
    tag = validators.content_tag(answer.body, format.media_type, packed=packed)
    here.contents.put(tag, answer.revision, target, format.media_type, packed)
    if request.if_match and not (request.if_match.star_tag or request.if_match.is_strong(tag)):
        raise PreconditionFailed("The graph is not as If-Match says.")
    if validators.unchanged(request, tag):
        return validators.not_modified(tag, answer.revision, weak=False)
    response = Response(answer.body, content_type=answer.media_type)
    response.headers[validators.REVISION] = answer.revision
    response.set_etag(tag)
    return response


def _content(target: Target, format: Format) -> Answer:
    """The triples of the graph; raises NoSuchGraph, as of the revision that the triples would be of."""
    return answered("CONSTRUCT WHERE { ?s ?p ?o }", format, [target.dataset], there=target.iri)


def _written(here: House, target: Target) -> Response:
    """Puts, adds to or deletes the graph, unless it is not as the request wants it; then nobody else writes in between."""
    triples = () if request.method == "DELETE" else uploads.triples(request, here, target)
    conditional = bool(request.if_match or request.if_none_match)
    with here.turns.taken(alone=conditional):
        if conditional:
            _check_conditions(target)
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


def _check_conditions(target: Target) -> None:
    """Raises 412 when the graph is not as If-Match and If-None-Match want it (RFC 9110, section 13.1)."""
    wanted, unwanted = request.if_match, request.if_none_match
    exists = _exists(target)
    tags = _current_tags(target, {*wanted.as_set(), *unwanted.as_set(include_weak=True)}) if exists else set()
    if wanted and not (exists if wanted.star_tag else any(wanted.is_strong(tag) for tag in tags)):
        raise PreconditionFailed("The graph is no longer as If-Match says; read it again.")
    if unwanted and (exists if unwanted.star_tag else any(unwanted.contains_weak(tag) for tag in tags)):
        raise PreconditionFailed("The graph is there already, and If-None-Match wants that it is not.")


def _current_tags(target: Target, told: set[str]) -> set[str]:
    """The tags that the graph has now in the formats that were told by their tags."""
    media_types = {validators.media_type_of(tag.removeprefix("W/").strip('"')) for tag in told}
    return {
        validators.content_tag(body, format.media_type, packed=packed)
        for format in _shown()
        if format.media_type in media_types
        for body in (_content(target, format).body,)
        for packed in (True, False)
    }


def _shown() -> Iterator[Format]:
    """Every way in which a graph is sent."""
    for format in holding("graph"):
        for media_type in format.media_types:
            yield format.sent_as(media_type)
