"""The prefixes that every query here may use without declaring them, and the short names that pages and tables show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kg.settings import DEFAULT_BASE

WELL_KNOWN: Final[Mapping[str, str]] = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "geof": "http://www.opengis.net/def/function/geosparql/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

KINDS: Final = (
    "actor", "place", "article", "claim", "report", "event", "quote", "count",
    "time", "tenure", "step", "candidate", "work", "extractor", "asset", "value", "judgement",
)  # fmt: skip
"""The kinds of things that have an IRI of ours, `<base>id/<kind>/<name>`; each is a prefix of its own."""

_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?(?:/[\w-]+)*")


def known(base: str) -> Mapping[str, str]:
    """The prefixes that need no declaration, by name, for a graph with this base IRI.

    >>> known("https://w3id.org/isnad/")["actor"]
    'https://w3id.org/isnad/id/actor/'
    """
    ours = {"isnad": f"{base}ontology#", "concept": f"{base}concept/", "graph": f"{base}graph/"}
    return {**WELL_KNOWN, **ours, **{kind: f"{base}id/{kind}/" for kind in KINDS}}


def shorten(iri: str, prefixes: Mapping[str, str]) -> str | None:
    """The IRI as a prefixed name for people to read, or None when no prefix fits.

    A slash stays as it is (`concept:realis/asserted`), which a query would have to write as `\\/`.

    >>> shorten("https://w3id.org/isnad/id/actor/badr", known("https://w3id.org/isnad/"))
    'actor:badr'
    """
    fitting = [(len(iri_of), name) for name, iri_of in prefixes.items() if iri.startswith(iri_of)]
    if not fitting:
        return None
    length, name = max(fitting)
    return f"{name}:{iri[length:]}" if _LOCAL.fullmatch(iri[length:]) else None


def moved(query: str, base: str) -> str:
    """A query written for the default base, for a graph with another: shipped questions name our IRIs in full.

    >>> moved("ASK { <https://w3id.org/isnad/id/actor/badr> ?p ?o }", "https://example.org/kg/")
    'ASK { <https://example.org/kg/id/actor/badr> ?p ?o }'
    """
    return query.replace(DEFAULT_BASE, base)


def declarations(prefixes: Mapping[str, str]) -> str:
    """The prefixes as the PREFIX lines that another endpoint would need.

    >>> declarations({"ex": "http://example.org/"})
    'PREFIX ex: <http://example.org/>\\n'
    """
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(prefixes.items()))
