"""The variables in scope, after the table of section 18.2.1."""

from __future__ import annotations

import pytest

from kg.sparql.parser import parse_query
from kg.sparql.scope import in_scope


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("?s ?p ?o", "s p o"),
        ("?s <a:p>/<a:q>* [ <a:r> ?o ]", "s o"),
        ("<< ?s ?p ?o ~ ?r >> <a:q> 1 . ?x <a:t> <<( ?a <a:b> ?c )>>", "s p o r x a c"),
        ("{ ?a <a:p> 1 } UNION { ?b <a:p> 2 }", "a b"),
        ("?a <a:p> 1 OPTIONAL { ?b <a:p> 2 } LATERAL { ?c <a:p> 3 }", "a b c"),
        ("?a <a:p> 1 MINUS { ?b <a:p> 2 } FILTER (?c = 1) FILTER EXISTS { ?d ?e ?f }", "a"),
        ("GRAPH ?g { ?a <a:p> 1 } SERVICE ?h { ?b <a:p> 1 }", "g h a b"),
        ("GRAPH <a:g> { BIND (?x AS ?y) }", "y"),
        ("VALUES (?a ?b) { (1 UNDEF) }", "a b"),
        ("{ SELECT ?a (?b AS ?c) { ?a ?b ?d } }", "a c"),
        ("SELECT * { ?a ?b 1 } VALUES ?c { 1 }", "a b c"),
        ("", ""),
    ],
)
def test_the_variables_in_scope(pattern: str, names: str) -> None:
    query = parse_query(f"ASK {{ {pattern} }}", {})
    assert query.form.where is not None
    assert in_scope(query.form.where) == set(names.split())
