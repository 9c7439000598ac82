"""What SPARQL 1.2 adds: triple terms, reifiers, annotations, base directions; against the engine's own reading of the same text."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.sparql.parser import parse_query, parse_update
from kg.sparql.printer import show
from kg.sparql.tree import RDF, Literal
from tests.sparql.w3c import canonical, comparable

PREFIXES = {"": "http://example.org/"}
DATA = """PREFIX : <http://example.org/>
INSERT DATA {
  :a :knows :b ~ :r1 {| :since 2001 ; :saidBy :c |} {| :since 2002 |} .
  :c :knows :d ~ :r2 ~ :r3 .
  << :e :knows :f ~ :r4 >> :saidBy :a .
  << :e :knows << :a :knows :b >> >> :saidBy [ :name "سلام"@ar--rtl ] .
  :x :is <<( :a :knows <<( :b :knows :c )>> )>> .
}"""


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s :knows ?o ~ ?r }",
        "SELECT * { ?s :knows ?o {| :since ?when |} }",
        "SELECT * { ?s :knows ?o ~ ?r {| :since ?when ; :saidBy ?who |} }",
        "SELECT * { ?s :knows ?o ~ :r2 ~ ?other }",
        "SELECT * { << ?s :knows ?o >> :saidBy ?who }",
        "SELECT * { << ?s :knows ?o ~ ?r >> :saidBy ?who }",
        "SELECT * { << ?s :knows << ?a ?b ?c >> >> ?p ?who }",
        "SELECT * { ?r <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( ?s ?p ?o )>> }",
        "SELECT * { ?x :is <<( ?s ?p <<( ?a ?b ?c )>> )>> }",
        "SELECT * { << :a :knows :b >> }",
        "SELECT * { ?x :is ?t BIND (SUBJECT(?t) AS ?s) BIND (OBJECT(OBJECT(?t)) AS ?o) FILTER (isTRIPLE(?t)) }",
        "SELECT * { VALUES ?t { <<( :a :knows <<( :b :knows :c )>> )>> } ?x :is ?t }",
        "SELECT (<<( ?s :knows ?o )>> AS ?t) { ?s :knows ?o }",
        "SELECT ?l (LANGDIR(?l) AS ?d) (hasLANGDIR(?l) AS ?h) { ?s :name ?l FILTER (?l = 'سلام'@ar--rtl) }",
        "VERSION '1.2' SELECT (STRLANGDIR('x', 'en', 'ltr') AS ?x) {}",
        "SELECT * { ?s :knows ?o LATERAL { SELECT ?s ?r { ?s :knows ?o ~ ?r } ORDER BY ?r LIMIT 1 } }",
        "CONSTRUCT { ?s :met ?o ~ ?r {| :when ?when |} } WHERE { ?s :knows ?o ~ ?r {| :since ?when |} }",
    ],
)
def test_a_query_means_to_us_what_it_means_to_the_engine(query: str) -> None:
    store = Store()
    store.update(DATA)
    ours = comparable(store.query(show(parse_query(query, PREFIXES))))
    assert ours == comparable(store.query(query, prefixes=PREFIXES))
    assert ours


def test_an_update_means_to_us_what_it_means_to_the_engine() -> None:
    ours, theirs = Store(), Store()
    ours.update(show(parse_update(DATA, {})))
    theirs.update(DATA)
    assert canonical(ours) == canonical(theirs)


def test_a_direction_is_part_of_the_literal() -> None:
    tree = parse_query("ASK { ?s ?p 'x'@en-GB--ltr }", {})
    assert tree.form.where.elements[0].triples[0].object == Literal("x", f"{RDF}dirLangString", "en-GB", "ltr")  # type: ignore[union-attr]
