"""The W3C SPARQL 1.1 test suites: their cases, and results in a form in which they can be compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
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


@dataclass(frozen=True)
class Case:
    """One test: its kind is the last part of the manifest's type; `data` and `after` are graph IRIs (None: the default graph) and files."""

    name: str
    kind: str
    file: Path
    data: tuple[tuple[str | None, Path], ...] = ()
    result: Path | None = None
    after: tuple[tuple[str | None, Path], ...] = ()

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
        )


def _data(graph: rdflib.Graph, node: rdflib.term.Node) -> Iterator[tuple[str | None, Path]]:
    for property in (QT.data, UT.data):
        yield from ((None, _path(file)) for file in graph.objects(node, property))
    for file in graph.objects(node, QT.graphData):
        yield str(file), _path(file)
    for named in graph.objects(node, UT.graphData):
        yield str(graph.value(named, RDFS.label)), _path(graph.value(named, UT.graph))


def load(data: tuple[tuple[str | None, Path], ...]) -> ox.Store:
    """A store with these files."""
    store = ox.Store()
    for name, path in data:
        graph = ox.NamedNode(name) if name else DEFAULT
        store.load(path=str(path), base_iri=path.as_uri(), to_graph=graph)
        if name:
            store.add_graph(graph)
    return store


Comparable = bool | frozenset[ox.Quad]

_ROW = "tag:rows,2026:"


def comparable(found: object, names: Mapping[str, str] | None = None) -> Comparable:
    """A result so that equal ones are equal: blank nodes, the order of rows and spellings of numbers aside.

    A row becomes triples from a blank node; equal rows are told apart by their count. `names` gives variables other names.
    """
    if isinstance(found, ox.QueryBoolean | bool):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return canonical(ox.Quad(*triple) for triple in found)
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
    return canonical(quads)


def canonical(quads: object) -> frozenset[ox.Quad]:
    """Quads with literals as the engine stores them and blank nodes under canonical names."""
    store = ox.Store()
    store.extend(quads)  # type: ignore[arg-type]
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(dataset)


def expected(case: Case) -> Comparable | None:
    """What a case expects; None where it gives its result in a form that is not read here."""
    if case.is_update:
        return canonical(load(case.after))
    path = case.result
    if path is None:
        return None
    if path.suffix in (".srx", ".srj", ".tsv"):
        return comparable(ox.parse_query_results(path=str(path)))
    if path.suffix not in (".ttl", ".rdf", ".nt"):
        return None
    graph = rdflib.Graph().parse(path, publicID=path.as_uri())
    if (None, RDF.type, RS.ResultSet) not in graph:
        return canonical(load(((None, path),)))
    return comparable(ox.parse_query_results(_json(graph), ox.QueryResultsFormat.JSON))


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
