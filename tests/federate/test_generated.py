"""Any federated query has the answer that the engine gives where all endpoints are graphs of one store."""

from __future__ import annotations

from collections import Counter
from random import Random

import pyoxigraph as ox
import pytest

from kg.sparql.guard import admitted
from kg.sparql.inspection import services
from kg.sparql.traversal import walk
from kg.sparql.tree import Bind, Exists, Filter, Graph, Minus, Optional, Query, Select, Service, Union, Values
from tests.federate.inside import A, B, Inside, evaluated, federated, in_one_store, read, store

NAMES = "abcde"
NODES = [f":s{number}" for number in range(4)]
TERMS = [*NODES, *NODES, '"x"', '"y"@en', "1"]
PREDICATES = [":p", ":q"]
GRAPH = ":g"


def data(random: Random, *, named: bool = False, blank: bool = True) -> str:
    def triples(number: int) -> str:
        nodes = [*NODES, "_:n", "_:m"] if blank else NODES
        return "\n".join(f"{random.choice(nodes)} {random.choice(PREDICATES)} {random.choice([*TERMS, *nodes])} ." for _ in range(number))

    return triples(28) + (f"\n{GRAPH} {{ {triples(10).replace('_:', '_:g')} }}" if named else "")


class Writer:
    """Writes one query; a variable that BIND or AS makes has a name of its own."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.made = 0

    def query(self) -> str:
        body = self.group(3, True)
        kind = self.random.random()
        if kind < 0.1:
            return f"ASK {body}"
        if kind < 0.25:
            return f"SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?a) AS ?m) {body}"
        tail = self.values() if self.random.random() < 0.1 else ""
        return f"SELECT * {body} {tail}"

    def variable(self) -> str:
        return f"?{self.random.choice(NAMES)}"

    def fresh(self) -> str:
        self.made += 1
        return f"?made{self.made}"

    def triple(self) -> str:
        subject = self.variable() if self.random.random() < 0.93 else self.random.choice(NODES)
        other = self.variable() if self.random.random() < 0.9 else self.random.choice(TERMS)
        return f"{subject} {self.random.choice(PREDICATES)} {other} ."

    def values(self) -> str:
        names = self.random.sample(NAMES, self.random.choice([1, 1, 2]))
        rows = [" ".join(self.random.choice([*TERMS, *TERMS, "UNDEF"]) for _ in names) for _ in range(self.random.randint(2, 6))]
        return f"VALUES ({' '.join(f'?{name}' for name in names)}) {{ {' '.join(f'({row})' for row in rows)} }}"

    def condition(self, depth: int, outer: bool) -> str:
        one, other = self.variable(), self.variable()
        kinds = [
            f"{one} = {other}",
            f"{one} != {other}",
            f"BOUND({one})",
            f"!BOUND({one}) || ISIRI({other})",
            f"ISIRI({one})",
            f"COALESCE({one}, {other}) = :s1",
        ]
        if depth > 0:
            kinds.append(f"{self.random.choice(['', 'NOT '])}EXISTS {self.group(0, outer)}")
        return f"FILTER({self.random.choice(kinds)})"

    def group(self, depth: int, outer: bool) -> str:
        elements = [self.element(depth, outer) for _ in range(self.random.randint(1, 3))]
        if self.random.random() < 0.7:
            elements.insert(0, self.triple())
        return f"{{ {' '.join(elements)} }}"

    def element(self, depth: int, outer: bool) -> str:
        kinds = ["triple"] * 3 + (["service"] * 4 if outer else [])
        if depth > 0:
            kinds += ["optional", "union", "minus", "group", "filter", "bind", "values", "select", *(["graph"] if outer else [])]
        kind = self.random.choice(kinds)
        inner = depth - 1
        match kind:
            case "service":
                return f"SERVICE <{self.random.choice([A, B])}> {self.group(inner, False)}"
            case "optional" | "minus":
                return f"{kind.upper()} {self.group(inner, outer)}"
            case "union":
                return f"{self.group(inner, outer)} UNION {self.group(inner, outer)}"
            case "group":
                return self.group(inner, outer)
            case "graph":
                return f"GRAPH {GRAPH} {{ {self.triple()} {self.element(inner, True)} }}"
            case "filter":
                return self.condition(depth, outer)
            case "bind":
                return f"BIND({self.random.choice([self.variable(), f'STR({self.variable()})', ':s1', f'COALESCE({self.variable()}, :s2)'])} AS {self.fresh()})"
            case "values":
                return self.values()
            case "select":
                names = " ".join(f"?{name}" for name in sorted(self.random.sample(NAMES, self.random.randint(1, 3))))
                if self.random.random() < 0.2:
                    return f"{{ SELECT ?a (COUNT(*) AS {self.fresh()}) {self.group(inner, outer)} GROUP BY ?a }}"
                return f"{{ SELECT {self.random.choice(['', 'DISTINCT '])}{names} {self.group(inner, outer)} }}"
            case _:
                return self.triple()


KINDS = (Service, Optional, Union, Minus, Filter, Exists, Bind, Values, Select, Graph)


def compared(seeds: range) -> Counter[str]:
    """Compares the answers to the queries of these seeds; how many there were of each kind, had rows, and sent values."""
    found: Counter[str] = Counter()
    for seed in seeds:
        random = Random(seed)
        text = Writer(random).query()
        here = store(data(random, named=True))
        # the blank nodes of two answers are not the same, as those of one graph are
        stores = {iri: store(data(random, blank=text.count(iri) < 2)) for iri in (A, B)}
        tree = read(text)
        if not services(tree):
            continue
        endpoints = Inside(stores, rows=100_000)
        assert federated(text, here, endpoints, random.choice([1, 2, 5, 200])) == in_one_store(text, here, stores), f"seed {seed}: {text}"
        found["queries"] += 1
        found["values sent"] += any("VALUES (?" in asked.partition("\n")[2][:12] for _, asked in endpoints.asked)
        found["rows"] += has_rows(text, here, endpoints)
        found.update(kind.__name__ for kind in KINDS if any(isinstance(node, kind) for node in walk(below(tree))))
    return found


def below(tree: Query) -> Query | Select:
    """The tree, or its pattern where it is a SELECT, so that only subqueries count."""
    return tree.form.where if isinstance(tree.form, Select) else tree  # type: ignore[return-value]


def has_rows(text: str, here: ox.Store, endpoints: Inside) -> bool:
    found = here.query(admitted(evaluated(text, here, endpoints, 200).query).text)
    return bool(found) if isinstance(found, ox.QueryBoolean) else next(iter(found), None) is not None


def test_generated_queries_have_the_answers_of_one_store() -> None:
    found = compared(range(120))
    assert found["rows"] * 2 >= found["queries"] >= 60


@pytest.mark.long
def test_thousands_of_generated_queries_have_the_answers_of_one_store() -> None:
    found = compared(range(1_000, 4_600))
    assert found["rows"] * 2 >= found["queries"] >= 2_000
    assert {kind.__name__: found[kind.__name__] for kind in KINDS if found[kind.__name__] < 100} == {}
    assert found["values sent"] >= 500
