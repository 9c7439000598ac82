"""The W3C SPARQL 1.1 suites for queries, updates, syntax and result formats, each case asked over HTTP of a server of its own.

The endpoints that the suite `service` asks are servers, too; the cases are given their addresses in the place of those that they name.

`python -m tests.server.w3c` writes what was found to docs/conformance.md.
"""

from __future__ import annotations

import csv
import json
import tempfile
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.sparql.parser import parse_query
from kg.sparql.printer import show
from kg.sparql.traversal import rebuilt, renamed, walk
from kg.sparql.tree import IRI, Node, Variable
from tests.server.asking import Reply, ask
from tests.server.scratch import TOKEN, served
from tests.sparql.w3c import DEFAULT, Case, Data, canonical, cases, comparable, expected, quads

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"
KINDS = {".ttl": "text/turtle", ".nt": "application/n-triples", ".rdf": "application/rdf+xml"}
"""Media types of data by the ends of their files' names."""
ACCEPTED = {
    ".srx": ("application/sparql-results+xml",),
    ".srj": ("application/sparql-results+json",),
    ".tsv": ("text/tab-separated-values",),
    ".csv": ("text/csv",),
}
"""What is asked for, by the end of the name of the file with the result; for others JSON or Turtle."""
DIFFERS = "the answer differs"
EVERYTHING = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@dataclass(frozen=True)
class Found:
    """What became of a case: `failure` says what went wrong, None nothing; `spelling`: literals of the right value, written otherwise."""

    case: Case
    failure: str | None = None
    spelling: bool = False

    @property
    def suite(self) -> str:
        return self.case.name.partition("/")[0]


@dataclass(frozen=True)
class Servers:
    """The addresses of the server that the cases are asked of, and of two that it may ask, the first of them also the second."""

    address: str
    others: tuple[str, str]

    def moved(self, case: Case) -> dict[str, str]:
        """Where the endpoints of a case are."""
        return {iri: f"{other}/sparql" for (iri, _), other in zip(sorted(case.services), self.others, strict=False)}


@contextmanager
def server(folder: Path) -> Iterator[Servers]:
    """Servers without made graphs, their default graph being the plain one."""

    def started(name: str, *others: str) -> str:
        allowed = " ".join(f"{other}/sparql" for other in others) or "none"
        settings = {"union_default_graph": "false", "timeout": 20, "memory": 4096, "federation_allow": allowed}
        return stack.enter_context(served(folder / name, (), **settings))

    with ExitStack() as stack:
        second = started("second")
        first = started("first", second)
        yield Servers(started("asked", first, second), (first, second))


def run(servers: Servers) -> list[Found]:
    """All cases, those with the same data one after the other, in the order of their names."""
    address = servers.address
    there: Data | None = None
    found = []
    for case in sorted(cases(), key=lambda case: (case.is_update, str(case.data), case.name)):
        if not case.is_evaluated:
            found.append(read(address, case))
            there = None if case.is_update else there
            continue
        if case.name.startswith("service/"):
            found.append(federated(servers, case))
            there = None
            continue
        if case.is_update:
            insert(address, case.data)
        elif there != case.data:
            put(address, case.data, there)
        there = None if case.is_update else case.data
        found.append(evaluated(address, case))
    return sorted(found, key=lambda one: one.case.name)


# -- asking --------------------------------------------------------------------------------------------------------------------


def put(address: str, data: Data, there: Data | None, moved: Mapping[str, str] | None = None) -> None:
    """Puts these files by the graph store in the place of those that are there; an update clears the rest away (None: nobody knows).

    IRIs in them that have `moved` are written as what they have become.
    """
    if there is None or any(name for name, _ in there) or not any(name is None for name, _ in data):
        assert update(address, "DROP ALL").status == 204
    for name, path in data:
        where = f"graph={quote(name, safe='')}" if name else "default"
        text = path.read_text(encoding="utf-8")
        for before, after in (moved or {}).items():
            text = text.replace(f"<{before}>", f"<{after}>")
        body = f"@base <{path.as_uri()}> .\n{text}" if path.suffix == ".ttl" else text
        reply = ask(address, "PUT", f"/graphs?{where}", body, Content_Type=KINDS[path.suffix], Authorization=f"Bearer {TOKEN}")
        assert reply.status in (201, 204), f"{path.name}: {reply.body}"


def insert(address: str, data: Data) -> None:
    """Has the server hold these files and nothing else, by one update."""
    made = [f"CREATE SILENT GRAPH <{name}>" for name, _ in data if name]
    blocks = [f"{quad.triple} ." if quad.graph_name == DEFAULT else f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in quads(data)]
    reply = update(address, " ;\n".join(["DROP ALL", *made, "INSERT DATA {\n" + "\n".join(blocks) + "\n}"]))
    assert reply.status == 204, reply.body


def query(address: str, text: str, accept: str) -> Reply:
    return ask(address, "POST", "/sparql", text, Content_Type="application/sparql-query", Accept=f"{accept}, application/problem+json")


def update(address: str, text: str) -> Reply:
    sent = {"Content_Type": "application/sparql-update", "Accept": "application/problem+json", "Authorization": f"Bearer {TOKEN}"}
    return ask(address, "POST", "/update", text, **sent)


def based(case: Case) -> str:
    return f"BASE <{case.base}>\n{case.text}"


# -- judging -------------------------------------------------------------------------------------------------------------------


def read(address: str, case: Case) -> Found:
    """A case of syntax: what is wrong is refused with its line; what is right may be refused for what it asks, not for how it is written."""
    reply = update(address, based(case)) if case.is_update else query(address, based(case), "*/*;q=0.5")
    wrong = reply.status == 400 and "line" in json.loads(reply.body)
    if wrong == case.is_negative and reply.status < 500:
        return Found(case)
    return Found(case, "is accepted") if case.is_negative else told(case, reply)


def federated(servers: Servers, case: Case) -> Found:
    """A case that asks other endpoints; what it finds is judged with the names that it knows them by."""
    moved = servers.moved(case)
    for iri, other in moved.items():
        put(other.removesuffix("/sparql"), tuple((None, path) for name, path in case.services if name == iri), None)
    put(servers.address, case.data, None, moved)

    def there(node: Node) -> Node:
        return IRI(moved.get(node.value, node.value)) if isinstance(node, IRI) else node

    tree = rebuilt(parse_query(case.text, {}, case.base), there)
    names = {node.name: f"renamed_{node.name}" for node in walk(tree) if isinstance(node, Variable)}
    found = Found(case)
    for text in (show(renamed(tree, names)), show(tree)):  # by other names for variables it means the same
        reply = query(servers.address, text, "application/sparql-results+json")
        if reply.status != 200:
            return told(case, reply)
        body = reply.body
        for before, after in (*((new, old) for old, new in names.items()), *((other, iri) for iri, other in moved.items())):
            body = body.replace(f'"{before}"', f'"{after}"')
        found = judged(case, body, ox.QueryResultsFormat.JSON)
        if found.failure:
            break
    return found


def evaluated(address: str, case: Case) -> Found:
    """A case with a result, which the server is to have already the data of."""
    if case.is_update:
        reply = update(address, based(case))
        return told(case, reply) if reply.status != 204 else judged(case, everything(address))
    suffix = case.result.suffix if case.result else ""
    reply = query(address, based(case), ", ".join(ACCEPTED.get(suffix, ("application/sparql-results+json", "text/turtle"))))
    if reply.status != 200:
        return told(case, reply)
    if suffix == ".csv":
        assert case.result
        return Found(case, None if rows(reply.body) == rows(case.result.read_text(encoding="utf-8")) else DIFFERS)
    kind = reply.headers["content-type"].partition(";")[0]
    if kind == "text/turtle":
        return judged(case, [ox.Quad(*triple.triple) for triple in ox.parse(reply.body, ox.RdfFormat.TURTLE)])
    return judged(case, reply.body, ox.QueryResultsFormat.from_media_type(kind))


def everything(address: str) -> list[ox.Quad]:
    """All that the server holds."""
    found = ox.parse_query_results(query(address, EVERYTHING, "application/sparql-results+json").body, ox.QueryResultsFormat.JSON)
    return [ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in found]


def judged(case: Case, got: str | list[ox.Quad], format: ox.QueryResultsFormat | None = None) -> Found:
    def same(exact: bool) -> bool:
        if isinstance(got, str):
            return comparable(ox.parse_query_results(got, format), exact=exact) == expected(case, exact=exact)
        return canonical(got, exact=exact) == expected(case, exact=exact)

    return Found(case, None if same(False) else DIFFERS, spelling=not same(True))


def rows(text: str) -> Counter[frozenset[tuple[str, str]]]:
    """The rows of a CSV file, whatever the order of their columns, blank nodes without their names."""
    read = csv.DictReader(text.splitlines())
    return Counter(frozenset((name, "_:" if value.startswith("_:") else value) for name, value in row.items()) for row in read)


def told(case: Case, reply: Reply) -> Found:
    """The first sentence of a refusal."""
    detail = json.loads(reply.body)["detail"]
    return Found(case, f"{reply.status}: {detail.partition('. ')[0].rstrip('.')}")


# -- telling -------------------------------------------------------------------------------------------------------------------

OPENING = """# Conformance

What the W3C's test suites for SPARQL 1.1 find, asked over HTTP of the server that `kg serve` runs, with `KG_UNION_DEFAULT_GRAPH=false` and a
store without articles. Written by `python -m tests.server.w3c`; a test (`make test-long`) runs the cases again and compares.

A result is right when it is the same graph or the same rows, blank nodes renamed and numbers compared by value: literals are kept by value,
so that some come back in another spelling. The endpoints of the suite `service` are servers of ours, too, and its cases are given their
addresses. A case of syntax is right when what is wrong is refused with its line, and nothing else is. The
entailment regimes are left out. The suites for the protocol, the graph store and the service description run in
`tests/server/test_w3c.py`: all their cases pass, or that test fails.

| suite | cases | right |
|---|---|---|
"""


def page(found: Iterable[Found]) -> str:
    """What was found, as Markdown."""
    suites: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        suites[one.suite].append(one)
    everything = [one for suite in suites.values() for one in suite]
    lines = [row(f"`{suite}`", ones) for suite, ones in sorted(suites.items())]
    failures = [f"| `{one.case.name}` | {one.failure} |" for one in everything if one.failure]
    spelled = [f"`{one.case.name}`" for one in everything if one.spelling and not one.failure]
    return (
        OPENING
        + "\n".join([*lines, row("**all**", everything)])
        + "\n\n## What fails\n\n| case | why |\n|---|---|\n"
        + "\n".join(failures)
        + "\n\n## Right by value, in another spelling\n\n"
        + textwrap.fill(f"{len(spelled)} cases: {', '.join(spelled)}.", 160, break_on_hyphens=False)
        + "\n"
    )


def row(title: str, ones: list[Found]) -> str:
    return f"| {title} | {len(ones)} | {sum(one.failure is None for one in ones)} |"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made, server(Path(made)) as listening:
        PAGE.write_text(page(run(listening)), encoding="utf-8")
