"""The W3C SPARQL 1.1 test suites: their cases, and results in a form in which they can be compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS

SUITES = Path(__file__).resolve().parents[3] / "shared" / "rdf-tests" / "sparql" / "sparql11"
needs_suites = pytest.mark.skipif(not SUITES.is_dir(), reason="the W3C suites are not beside the project, in ../shared/rdf-tests")

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")

DEFAULT = ox.DefaultGraph()


Data = tuple[tuple[str | None, Path], ...]
"""Graph IRIs (None: the default graph) and the files with what they hold."""


@dataclass(frozen=True)
class Case:
    """One test: its kind is the last part of the manifest's type; `after` is what an update should leave, `services` what endpoints hold."""

    name: str
    kind: str
    file: Path
    data: Data = ()
    result: Path | None = None
    after: Data = ()
    services: Data = ()

    @property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")

    @property
    def base(self) -> str:
        return self.file.as_uri()

    @property
    def is_update(self) -> bool:
        return self.file.suffix == ".ru"

    @property
    def is_negative(self) -> bool:
        return self.kind.startswith("Negative")

    @property
    def is_evaluated(self) -> bool:
        return self.kind in ("QueryEvaluationTest", "UpdateEvaluationTest", "CSVResultFormatTest")


def _path(iri: rdflib.term.Node) -> Path:
    return Path(str(iri).removeprefix("file://"))


@cache
def cases() -> tuple[Case, ...]:
    """All cases with a query or an update, but those of entailment regimes, in the order of their names."""
    if not SUITES.is_dir():
        return ()
    found = [case for manifest in SUITES.glob("*/manifest.ttl") if manifest.parent.name != "entailment" for case in _read(manifest)]
    return tuple(sorted(found, key=lambda case: case.name))


def _read(manifest: Path) -> Iterator[Case]:
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for test, kind in graph.subject_objects(RDF.type):
        action, result = graph.value(test, MF.action), graph.value(test, MF.result)
        if action is None:
            continue
        file = action if isinstance(action, rdflib.URIRef) else graph.value(action, QT.query) or graph.value(action, UT.request)
        if file is None or not str(file).endswith((".rq", ".ru")):
            continue
        yield Case(
            f"{manifest.parent.name}/{str(test).rpartition('#')[2]}",
            str(kind).rpartition("#")[2],
            _path(file),
            tuple(_data(graph, action)),
            _path(result) if isinstance(result, rdflib.URIRef) else None,
            tuple(_data(graph, result)) if result is not None and not isinstance(result, rdflib.URIRef) else (),
            tuple((str(graph.value(one, QT.endpoint)), _path(graph.value(one, QT.data))) for one in graph.objects(action, QT.serviceData)),
        )


def _data(graph: rdflib.Graph, node: rdflib.term.Node) -> Iterator[tuple[str | None, Path]]:
    for property in (QT.data, UT.data):
        yield from ((None, _path(file)) for file in graph.objects(node, property))
    for file in graph.objects(node, QT.graphData):
        yield str(file), _path(file)
    for named in graph.objects(node, UT.graphData):
        yield str(graph.value(named, RDFS.label)), _path(graph.value(named, UT.graph))


def quads(data: Data) -> Iterator[ox.Quad]:
    """What these files hold, as it is written there."""
    for name, path in data:
        graph = ox.NamedNode(name) if name else DEFAULT
        for quad in ox.parse(path=str(path), base_iri=path.as_uri(), rename_blank_nodes=True):
            yield ox.Quad(*quad.triple, graph)


def load(data: Data) -> ox.Store:
    """A store with these files."""
    store = ox.Store()
    store.extend(quads(data))
    for name, _ in data:
        if name:
            store.add_graph(ox.NamedNode(name))
    return store


Comparable = bool | frozenset[ox.Quad]

_ROW = "tag:rows,2026:"


def comparable(found: object, names: Mapping[str, str] | None = None, *, exact: bool = False) -> Comparable:
    """A result so that equal ones are equal: blank nodes, the order of rows and, unless `exact`, spellings of numbers aside.

    A row becomes triples from a blank node; equal rows are told apart by their count. `names` gives variables other names.
    """
    if isinstance(found, ox.QueryBoolean | bool):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return canonical((ox.Quad(*triple) for triple in found), exact=exact)
    names = names or {}
    columns = [variable.value for variable in found.variables]  # type: ignore[attr-defined]
    rows = Counter(
        tuple((names.get(name, name), str(term), term) for name, term in zip(columns, row, strict=True) if term is not None)
        for row in found  # type: ignore[attr-defined]
    )
    quads = [ox.Quad(ox.NamedNode(_ROW), ox.NamedNode(_ROW), ox.Literal(names.get(name, name))) for name in columns]
    for row, count in rows.items():
        node = ox.BlankNode()
        quads.append(ox.Quad(node, ox.NamedNode(f"{_ROW}count"), ox.Literal(count)))
        quads += (ox.Quad(node, ox.NamedNode(_ROW + name), term) for name, _, term in row)
    return canonical(quads, exact=exact)


def canonical(quads: Iterable[ox.Quad], *, exact: bool = False) -> frozenset[ox.Quad]:
    """Quads with blank nodes under canonical names and literals as the engine stores them; `exact`: as they are."""
    if exact:
        dataset = ox.Dataset(quads)
    else:
        store = ox.Store()
        store.extend(quads)
        dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(dataset)


def expected(case: Case, *, exact: bool = False) -> Comparable | None:
    """What a case expects; None where it gives its result in a form that is not read here."""
    if case.is_update:
        return canonical(quads(case.after), exact=exact)
    path = case.result
    if path is None:
        return None
    if path.suffix in (".srx", ".srj", ".tsv"):
        return comparable(ox.parse_query_results(path=str(path)), exact=exact)
    if path.suffix not in (".ttl", ".rdf", ".nt"):
        return None
    graph = rdflib.Graph().parse(path, publicID=path.as_uri())
    if (None, RDF.type, RS.ResultSet) not in graph:
        return canonical(quads(((None, path),)), exact=exact)
    return comparable(ox.parse_query_results(_json(graph), ox.QueryResultsFormat.JSON), exact=exact)


def _json(graph: rdflib.Graph) -> str:
    """A result set in RDF as one in JSON; IRIs and literals only."""

    def term(value: rdflib.term.Node | None) -> dict[str, str]:
        if isinstance(value, rdflib.Literal):
            typed = {"datatype": str(value.datatype)} if value.datatype else {}
            return {"type": "literal", "value": str(value), **typed}
        return {"type": "uri", "value": str(value)}

    rows = [
        {str(graph.value(binding, RS.variable)): term(graph.value(binding, RS.value)) for binding in graph.objects(row, RS.binding)}
        for row in graph.objects(None, RS.solution)
    ]
    names = [str(name) for name in graph.objects(None, RS.resultVariable)]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": rows}})
