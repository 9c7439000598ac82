"""RDF from elsewhere, read in a process of its own, so that no document can take down the one that asks.

Its memory, its time and what it may give back are limited.  An RDF/XML document type is refused, since its entities can grow without
bound, and so is every JSON-LD context that would have to be fetched.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from pyoxigraph import DefaultGraph, RdfFormat, Triple, parse, serialize

import kg
from kg.errors import BadRdf, RdfTooLarge
from kg.formats import FORMATS, RDF_XML, Format

BAD: Final = 3
"""What the process ends with when the document is bad; it then writes why, as JSON."""

OVERFLOW: Final = 4
"""What it ends with when it may not give back all."""

_HOME: Final = str(Path(kg.__file__).parent.parent)
_BATCH: Final = 1000
_PLACE: Final = re.compile(r"^Parser error [\w ]+: ")


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may take: bytes of address space, seconds, bytes as N-Triples."""

    memory: int
    seconds: float
    room: int


def triples(document: bytes, format: Format, base: str, limits: Limits) -> list[Triple]:
    """The triples of a document, its relative IRIs resolved against `base`, its blank nodes renamed so that no other has the same.

    Raises BadRdf, with the line where one is known, also when the document names graphs; RdfTooLarge above the limits.
    """
    command = [sys.executable, "-P", "-c", "from kg.foreign import main; main()", format.name, base, str(limits.memory), str(limits.room)]
    paths = os.pathsep.join((_HOME, *filter(None, sys.path)))
    try:
        done = subprocess.run(
            command,
            input=document,
            capture_output=True,
            timeout=limits.seconds,
            check=False,
            env={"PYTHONPATH": paths, "RUST_BACKTRACE": "0"},
        )
    except subprocess.TimeoutExpired:
        raise RdfTooLarge(f"Reading the {format.title} was stopped after {limits.seconds:g} seconds. Send it in parts.") from None
    if done.returncode == BAD:
        raise BadRdf(format.title, *json.loads(done.stdout))
    if done.returncode == OVERFLOW:
        raise RdfTooLarge(f"The {format.title} is more than {limits.room / 2**20:,.3g} megabytes as N-Triples. Send it in parts.")
    if done.returncode:
        raise RdfTooLarge(
            f"Reading the {format.title} took more than {limits.memory >> 20:,} megabytes of memory, or it is nested too deeply."
        )
    return [quad.triple for quad in parse(done.stdout, format=RdfFormat.N_TRIPLES) if isinstance(quad.triple, Triple)]


# -- in the process ------------------------------------------------------------------------------------------------------------


class _FoundRoot(Exception):
    """The first element of an XML document: no document type can follow it."""


def main() -> None:
    """Reads a document from standard input and writes its N-Triples; the arguments are format, base IRI, bytes of memory, bytes of room."""
    name, base, memory, room = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    format = next(row for row in FORMATS if row.name == name)
    try:
        document = sys.stdin.buffer.read()
        if format.name == RDF_XML.name:
            _refuse_doctype(document)
        lines = list(_n_triples(document, format, base, int(room)))
    except BadRdf as error:
        _end(BAD, [error.reason, error.line, error.column])
    except SyntaxError as error:
        _end(BAD, [_PLACE.sub("", error.msg), error.lineno, error.offset])
    else:
        sys.stdout.buffer.writelines(lines)


def _end(status: int, why: object = None) -> None:
    sys.stdout.write(json.dumps(why) if why else "")
    sys.stdout.flush()
    os._exit(status)


def _n_triples(document: bytes, format: Format, base: str, room: int) -> Iterator[bytes]:
    """The document's triples, in pieces."""
    assert isinstance(format.engine, RdfFormat)
    batch: list[Triple] = []
    written = 0
    for quad in parse(document, format=format.engine, base_iri=base, rename_blank_nodes=True):
        if not isinstance(quad.graph_name, DefaultGraph):
            raise BadRdf(format.title, f"it names the graph {quad.graph_name}, and only the triples of one graph can be sent here.")
        batch.append(quad.triple)
        if len(batch) == _BATCH:
            piece = _written(batch)
            written += len(piece)
            if written > room:
                _end(OVERFLOW)
            batch = []
            yield piece
    piece = _written(batch)
    if written + len(piece) > room:
        _end(OVERFLOW)
    yield piece


def _written(batch: list[Triple]) -> bytes:
    return serialize(batch, format=RdfFormat.N_TRIPLES) or b""


def _refuse_doctype(document: bytes) -> None:
    """Raises BadRdf for a document type declaration, in whatever encoding it stands, before any entity is looked at."""
    parser = expat.ParserCreate()

    def found(*_: object) -> None:
        raise BadRdf(
            RDF_XML.title,
            "it has a document type declaration (DOCTYPE), which is refused; write its entities out.",
            parser.CurrentLineNumber,
        )

    def root(*_: object) -> None:
        raise _FoundRoot

    parser.StartDoctypeDeclHandler = found
    parser.StartElementHandler = root
    try:
        parser.Parse(document, True)
    except _FoundRoot:
        return
    except expat.ExpatError as error:
        raise BadRdf(RDF_XML.title, f"{expat.ErrorString(error.code)}.", error.lineno, error.offset + 1) from error
