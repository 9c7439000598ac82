"""/sparql against the SPARQL 1.1 Protocol, over a real connection."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from rdflib import Dataset, Graph
from SPARQLWrapper import CSV, JSON, JSONLD, N3, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from kg.formats import FORMATS, NAMES, Format
from tests.server.asking import Reply, ask
from tests.snapshots import AUTHORITY, BASE, FACTS, FEW, cross_product

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
SELECT = "SELECT ?group WHERE { ?group isnad:componentOf actor:pmf } ORDER BY ?group"
GROUPS = [f"{BASE}id/actor/badr", f"{BASE}id/actor/kataib"]
GRAPH_FORMS = {"CONSTRUCT": "CONSTRUCT WHERE { ?s isnad:componentOf ?o }", "DESCRIBE": "DESCRIBE actor:kataib"}


DOUBLINGS = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(24))
BOMB = f"SELECT (STRLEN(?x24) AS ?n) {{ BIND('{'x' * 1000}' AS ?x0) {DOUBLINGS} }}"


def get(address: str, query: str, accept: str = "*/*", **fields: str | list[str]) -> Reply:
    return ask(address, "GET", f"/sparql?{urlencode({'query': query, **fields}, doseq=True)}", Accept=accept)


def groups(body: str) -> list[str]:
    return [row["group"]["value"] for row in json.loads(body)["results"]["bindings"]]


# -- asking ------------------------------------------------------------------------------------------------------------------


def test_a_query_is_asked_by_get(address: str) -> None:
    reply = get(address, SELECT)
    assert (reply.status, reply.headers["content-type"]) == (200, "application/sparql-results+json")
    assert groups(reply.body) == GROUPS


def test_a_function_that_is_not_there_is_told_in_a_header(address: str) -> None:
    reply = get(address, "SELECT (<http://example.org/é>(1) AS ?x) {}", "text/csv")
    assert (reply.status, reply.body) == (200, "x\r\n\r\n")
    assert "http://example.org/%C3%A9" in reply.headers["warning"]
    assert "warning" not in get(address, SELECT).headers


def test_a_query_is_asked_by_a_form(address: str) -> None:
    reply = ask(address, "POST", "/sparql", urlencode({"query": SELECT}), Content_Type=FORM)
    assert groups(reply.body) == GROUPS


def test_a_query_is_asked_by_posting_it(address: str) -> None:
    reply = ask(address, "POST", "/sparql", f"# منظمة\n{SELECT}", Content_Type=f"{QUERY}; charset=UTF-8")
    assert groups(reply.body) == GROUPS


def test_head_tells_the_type_and_sends_no_body(address: str) -> None:
    reply = ask(address, "HEAD", f"/sparql?{urlencode({'query': SELECT})}")
    assert (reply.status, reply.headers["content-type"], reply.body) == (200, "application/sparql-results+json", "")


def test_a_slash_at_the_end_does_no_harm(address: str) -> None:
    path = f"/?{urlencode({'query': SELECT})}"
    assert groups(ask(address, "GET", f"/sparql{path}").body) == GROUPS
    assert groups(ask(address, "POST", "/sparql/", SELECT, Content_Type=QUERY).body) == GROUPS


def test_addresses_of_eight_kilobytes_are_read(address: str) -> None:
    padding = "x" * (8 * 1024)
    assert groups(get(address, f"{SELECT} # {padding}").body) == GROUPS
    assert ask(address, "GET", f"/graphs?{urlencode({'graph': f'http://example.org/{padding}'})}").status == 404


@pytest.mark.parametrize("posted", [False, True])
def test_the_dataset_can_be_named(address: str, posted: bool) -> None:
    query = "SELECT ?group { ?group ?p ?o }"

    def count(**fields: str | list[str]) -> int:
        if posted:
            return len(groups(ask(address, "POST", f"/sparql?{urlencode(fields, doseq=True)}", query, Content_Type=QUERY).body))
        return len(groups(get(address, query, **fields).body))

    assert count() == len(FEW)
    assert count(**{"default-graph-uri": FACTS}) == 3
    assert count(**{"default-graph-uri": [FACTS, AUTHORITY]}) == 6
    assert count(**{"named-graph-uri": FACTS}) == 0


# -- formats -----------------------------------------------------------------------------------------------------------------


def rows_in(format: Format, body: str) -> list[str]:
    """The values of the only column, read by a parser that is not the engine's."""
    if format.name == "json":
        return groups(body)
    if format.name == "xml":
        return [node.text or "" for node in ElementTree.fromstring(body).iter("{http://www.w3.org/2005/sparql-results#}uri")]
    cells = [row[0] for row in csv.reader(io.StringIO(body, newline=""), delimiter="\t" if format.name == "tsv" else ",")][1:]
    return [cell.strip("<>") for cell in cells]


def triples_in(format: Format, body: str) -> int:
    if "dataset" in format.kinds:
        dataset = Dataset()
        dataset.parse(data=body, format={"nquads": "nquads", "trig": "trig"}[format.name])
        return len(list(dataset.quads()))
    reader = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}[format.name]
    return len(Graph().parse(data=body, format=reader))


@pytest.mark.parametrize("by_name", [False, True])
@pytest.mark.parametrize("format", FORMATS, ids=NAMES)
def test_all_forms_are_answered_in_all_formats(address: str, format: Format, by_name: bool) -> None:
    def answer(query: str) -> str:
        reply = get(address, query, **({"format": format.name} if by_name else {"accept": format.media_type}))
        assert reply.status == 200
        assert reply.headers["content-type"] == format.content_type
        assert reply.headers["vary"] == "Accept, Accept-Encoding"
        return reply.body

    if "solutions" in format.kinds:
        assert rows_in(format, answer(SELECT)) == GROUPS
        assert "true" in answer("ASK { actor:badr isnad:componentOf actor:pmf }")
    else:
        assert {form: triples_in(format, answer(query)) for form, query in GRAPH_FORMS.items()} == {"CONSTRUCT": 2, "DESCRIBE": 2}


def test_a_format_may_be_named_by_its_media_type_as_addresses_write_it(address: str) -> None:
    reply = ask(address, "GET", f"/sparql?{urlencode({'query': GRAPH_FORMS['DESCRIBE']})}&format=application/rdf+xml")
    assert reply.headers["content-type"] == "application/rdf+xml"


def test_a_format_that_is_none_is_told_with_those_there_are(address: str) -> None:
    for reply in (get(address, SELECT, accept="image/png"), get(address, SELECT, format="turtle")):
        assert reply.status == 406
        assert "csv" in reply.body


@pytest.mark.parametrize("way", ["GET", "POST"])
@pytest.mark.parametrize("wanted", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_gets_solutions(address: str, way: str, wanted: str) -> None:
    wrapper = SPARQLWrapper(f"{address}/sparql", agent="isnad-tests/1.0")
    wrapper.setTimeout(20)
    wrapper.setMethod(way)
    wrapper.setQuery(SELECT)
    wrapper.setReturnFormat(wanted)
    got = wrapper.query().convert()
    if wanted == JSON:
        assert [row["group"]["value"] for row in got["results"]["bindings"]] == GROUPS
    else:
        text = got.toxml() if wanted == XML else got.decode()
        assert all(group in text for group in GROUPS)


@pytest.mark.parametrize("way", ["GET", "POST"])
@pytest.mark.parametrize("wanted", [TURTLE, N3, RDFXML, JSONLD, XML])
def test_sparqlwrapper_gets_graphs(address: str, way: str, wanted: str) -> None:
    wrapper = SPARQLWrapper(f"{address}/sparql", agent="isnad-tests/1.0")
    wrapper.setTimeout(20)
    wrapper.setMethod(way)
    wrapper.setQuery(GRAPH_FORMS["CONSTRUCT"])
    wrapper.setReturnFormat(wanted)
    got = wrapper.query().convert()
    graph = Graph().parse(data=got, format="turtle") if isinstance(got, bytes) else got
    assert len(graph) == 2


def test_sparqlwrapper_learns_of_a_mistake(address: str) -> None:
    wrapper = SPARQLWrapper(f"{address}/sparql", agent="isnad-tests/1.0")
    wrapper.setTimeout(20)
    wrapper.setQuery("SELECT * {\n ?s ?p }")
    wrapper.setReturnFormat(JSON)
    with pytest.raises(Exception, match="line 2, column 8"):
        wrapper.query()


# -- what goes wrong ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * {\n ?s ?p }", 400, "line 2, column 8"),
        ("", 400, "there is no query"),
        ("SELECT * { ?s nix:p ?o }", 400, "nix: is not declared"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("DROP ALL", 403, "DROP changes the graph"),
        (BOMB, 503, "KG_MEMORY"),
    ],
)
def test_what_goes_wrong_is_told_with_its_status(address: str, query: str, status: int, words: str) -> None:
    reply = get(address, query)
    assert (reply.status, reply.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert words in reply.body
    assert "Traceback" not in reply.body
    assert get(address, SELECT).status == 200


def test_a_query_that_takes_too_long_is_told_so(hurried: str) -> None:
    reply = get(hurried, f"SELECT (COUNT(*) AS ?n) {{ {cross_product(14)} }}")
    assert (reply.status, "after 2 seconds" in reply.body) == (503, True)


def test_programs_that_like_json_get_problems_in_json(address: str) -> None:
    reply = get(address, "SELECT * {\n ?s ?p }", accept="application/sparql-results+json")
    problem = json.loads(reply.body)
    assert reply.headers["content-type"] == "application/problem+json"
    assert (problem["status"], problem["line"], problem["column"]) == (400, 2, 8)
    assert json.loads(get(address, SELECT, accept="application/json;q=0.5, image/png", format="pdf").body)["offered"]


def test_methods_that_are_none_are_told_with_those_there_are(address: str) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        reply = ask(address, method, "/sparql")
        assert reply.status == 405
        assert {"GET", "POST"} <= set(reply.headers["allow"].replace(" ", "").split(","))


@pytest.mark.parametrize(
    ("kind", "body", "status", "words"),
    [
        ("text/turtle", "ASK {}", 415, "text/turtle"),
        ("application/sparql-update", "CLEAR ALL", 415, "application/sparql-update"),
        (f"{QUERY}; charset=utf-16", "ASK {}", 415, "UTF-8"),
        (QUERY, b"ASK { ?s ?p '\xff' }", 400, "not UTF-8"),
        (QUERY, "", 400, "there is no query"),
        (FORM, "nothing=1", 400, "no field `query`"),
        (FORM, "query=ASK%7B%7D&query=ASK%7B%7D", 400, "more than one query"),
        (FORM, "update=CLEAR+ALL", 403, "update was refused"),
        (QUERY, "ASK {} #" + "x" * 65536, 413, "64 kilobytes"),
        (QUERY, "ASK {} #" + "x" * 300_000, 413, ""),
        (FORM, "query=ASK%7B%7D%23" + "x" * 65536, 413, "64 kilobytes"),
    ],
)
def test_bodies_that_cannot_be_used_are_told(address: str, kind: str, body: str | bytes, status: int, words: str) -> None:
    reply = ask(address, "POST", "/sparql", body, Content_Type=kind)
    assert reply.status == status
    assert words in reply.body
    assert "Traceback" not in reply.body


def test_a_post_without_a_type_is_told(address: str) -> None:
    assert ask(address, "POST", "/sparql", "ASK {}").status == 415


# -- manners -----------------------------------------------------------------------------------------------------------------


def test_pages_of_others_may_ask(address: str) -> None:
    preflight = ask(address, "OPTIONS", "/sparql", Origin="https://example.org", Access_Control_Request_Method="POST")
    assert preflight.status == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]
    for reply in (preflight, get(address, SELECT), get(address, "nonsense")):
        assert reply.headers["access-control-allow-origin"] == "*"


def test_answers_are_not_taken_for_pages(address: str) -> None:
    headers = get(address, "SELECT ('<script>alert(1)</script>' AS ?x) {}", accept="text/csv").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")


def test_without_a_query_the_service_is_described(address: str) -> None:
    for accept in ("*/*", "text/turtle", "application/rdf+xml"):
        reply = ask(address, "GET", "/sparql", Accept=accept)
        graph = Graph().parse(data=reply.body, format="xml" if "rdf+xml" in accept else "turtle")
        described = {str(thing).rpartition("#")[2].rpartition("/")[2] for thing in graph.objects()}
        assert {"Service", "sparql", "SPARQL11Query", "UnionDefaultGraph", "SPARQL_Results_CSV", "Turtle"} <= described
    assert ask(address, "GET", "/sparql", Accept="text/html").body.startswith("<!doctype html>")
