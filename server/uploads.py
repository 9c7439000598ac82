"""The RDF that a request carries, as the Graph Store Protocol has it sent: one document, or several as the parts of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Request
from pyoxigraph import Triple
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from kg import foreign
from kg.formats import Format, holding
from server import protocol, writing
from server.house import House
from server.targets import Target

GROWTH: Final = 8
"""How many times larger a graph may be as N-Triples than as it was sent."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document as it was sent: its bytes, its media type and the parameters of that, its filename where it has one."""

    body: bytes
    media_type: str
    parameters: Mapping[str, str]
    filename: str = ""


def triples(request: Request, here: House, target: Target) -> list[Triple]:
    """The triples of the request's body, or of all parts of a form; raises 400, 413, 415."""
    documents = _documents(request)
    if sum(len(document.body) for document in documents) > (limit := writing.limit(here.settings)):
        raise RequestEntityTooLarge(f"The RDF is larger than the {limit / 2**20:,.3g} megabytes that are read here (KG_MAX_UPLOAD).")
    base = target.iri or f"{request.host_url}graphs"
    return [triple for document in documents for triple in _read(here, document, base)]


def _documents(request: Request) -> list[Document]:
    if request.mimetype != "multipart/form-data":
        return [Document(request.get_data(), request.mimetype, request.mimetype_params)]
    files = [file for name in request.files for file in request.files.getlist(name)]
    if request.form or not files:
        raise BadRequest("Each part of the form must be a file of RDF, with a filename and its media type.")
    return [Document(file.read(), file.mimetype, file.mimetype_params, file.filename or "") for file in files]


def _format(document: Document) -> Format:
    """The format of RDF that is sent; raises 415 with those that are read."""
    charset = document.parameters.get("charset", "utf-8").lower()
    if charset not in protocol.UTF_8:
        raise UnsupportedMediaType(f"RDF is sent in UTF-8, not in {charset}.")
    extension = document.filename.rpartition(".")[2].lower()
    for row in holding("graph"):
        if document.media_type in row.media_types or (not document.media_type and extension == row.extension):
            return row
    offered = ", ".join(row.media_type for row in holding("graph"))
    raise UnsupportedMediaType(f"RDF is not sent as {document.media_type or 'nothing named'}; send one of {offered}.")


def _read(here: House, document: Document, base: str) -> list[Triple]:
    limits = foreign.Limits(here.settings.memory << 20, here.settings.timeout, GROWTH * writing.limit(here.settings))
    format = _format(document)
    with here.readers:
        return foreign.triples(document.body, format, base, limits)
