"""/update: the update operation of the SPARQL 1.1 Protocol."""

from __future__ import annotations

from flask import Blueprint, Response, request

from server import protocol, writing
from server.house import house

blueprint = Blueprint("update", __name__)


@blueprint.post("/update", strict_slashes=False)
def update() -> Response:
    """Applies the update that is posted; answers when readers see it."""
    here = house()
    change = protocol.update(request, writing.limit(here.settings))
    with here.turns.taken(alone=False):
        return writing.told(here.open_door.update(change.text, change.using_graphs, change.using_named))
