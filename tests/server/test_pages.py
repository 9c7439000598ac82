"""The pages as they come, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from kg.errors import IsnadError, StoreEmpty
from kg.formats import CSV
from kg.prefixes import known
from kg.settings import read
from kg.store.pool import Pool
from queries import SUBJECTS, nearest, question
from server import create_app, problems
from server.pages import EXAMPLE, LONGEST_LINK, ROWS_SHOWN, TOTALS, Total
from server.table import CELLS_SHOWN
from tests.snapshots import BASE, cross_product

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def shown(client: FlaskClient, query: str, status: int = 200, **fields: str) -> str:
    reply = client.post("/sparql", data={"query": query, **fields}, headers=HTML)
    assert reply.status_code == status
    assert reply.mimetype == "text/html"
    return reply.text


def test_the_start_page_has_a_box_with_an_example_and_the_questions(client: FlaskClient) -> None:
    page = client.get("/").text
    assert EXAMPLE.splitlines()[1] in page
    assert "Which groups are components of the PMF?" in page
    assert "300 seconds" in page


def test_the_example_is_a_query(client: FlaskClient) -> None:
    assert client.get("/sparql", query_string={"query": EXAMPLE}).status_code == 200


def test_a_question_fills_the_box_and_is_answered(client: FlaskClient) -> None:
    page = client.get("/?question=components").text
    assert "SELECT ?group WHERE" in page
    assert ">actor:kataib</a>" in page
    assert "<strong>2</strong> rows" in page
    assert 'aria-current="true"' in page


def test_an_unknown_question_is_told_with_the_nearest(client: FlaskClient) -> None:
    reply = client.get("/?question=component", headers=HTML)
    assert reply.status_code == 404
    assert "Did you mean components" in reply.text


def test_an_answer_is_a_table_of_short_names_and_links(client: FlaskClient) -> None:
    page = shown(client, "SELECT ?s ?n { ?s isnad:hasStrength ?n }")
    assert f'href="/sparql?query=DESCRIBE%20%3C{BASE.replace(":", "%3A")}id/actor/badr%3E"' in page
    assert '<td class="number" dir="auto"><span title="xsd:integer">20000</span></td>' in page
    page = shown(client, "SELECT ?x { VALUES ?x { wd:Q42 <mailto:a@b.c> <http://example.org/a%22b> UNDEF } }")
    assert '<a href="http://www.wikidata.org/entity/Q42"' in page
    assert 'href="mailto' not in page
    assert '<td class="none">' in page


def test_nothing_in_the_graph_becomes_markup(client: FlaskClient) -> None:
    page = shown(
        client, """SELECT ?x { VALUES ?x { "<script>alert(1)</script>" <javascript:alert(1)> <data:text/html,x> "'\\" onload=x" } }"""
    )
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert 'href="data' not in page
    assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/isnad.js" defer>']
    assert not re.search(r"\s(?:style|on\w+)=", re.sub(r"<(textarea|table).*?</\1>", "", page, flags=re.DOTALL))


def test_languages_are_marked(client: FlaskClient) -> None:
    assert '<td class="short" dir="auto" lang="ar"><span>منظمة بدر</span><span class="lang">ar</span></td>' in shown(
        client, "SELECT ?label { actor:badr rdfs:label ?label }"
    )


def test_a_verdict_is_a_word(client: FlaskClient) -> None:
    assert ">Yes<" in shown(client, "ASK { ?s ?p ?o }")
    assert ">No<" in shown(client, "ASK { ?s ?p 7 }")


def test_a_graph_is_a_table_of_triples(client: FlaskClient) -> None:
    page = shown(client, "DESCRIBE actor:kataib")
    assert "<strong>2</strong> triples" in page
    assert ">isnad:componentOf</a>" in page
    assert "format=turtle" in page


def test_no_rows_are_said_to_be_none(client: FlaskClient) -> None:
    assert "Nothing in the graph matches" in shown(client, "SELECT * { ?s ?p 7 }")


def test_only_the_first_rows_are_shown_and_all_are_counted(client: FlaskClient) -> None:
    page = shown(client, f"SELECT * {{ {cross_product(4)} }}")
    assert page.count("<tr>") == ROWS_SHOWN + 1
    assert "<strong>10,000</strong> rows, the first 1,000 shown" in page


def test_wide_answers_show_fewer_rows(client: FlaskClient) -> None:
    page = shown(client, f"SELECT * {{ {cross_product(3)} {' '.join(f'BIND({n} AS ?c{n})' for n in range(997))} }}")
    assert page.count("<tr>") == CELLS_SHOWN // 1000 + 1
    assert "<strong>1,000</strong> rows, the first 50 shown" in page


def test_downloads_ask_the_same_again(client: FlaskClient) -> None:
    page = shown(client, "SELECT ?s { ?s ?p ?o }", **{"default-graph-uri": f"{BASE}graph/facts"})
    assert f'<input type="hidden" name="default-graph-uri" value="{BASE}graph/facts">' in page
    link = re.search(r'href="(/sparql\?[^"]*format=csv)"', page)
    assert link is not None
    reply = client.get(link[1].replace("&amp;", "&"))
    assert reply.content_type == CSV.content_type
    assert len(reply.text.splitlines()) == 4


def test_downloads_of_long_queries_are_posted(client: FlaskClient) -> None:
    page = shown(client, "ASK {} #" + "x" * LONGEST_LINK)
    assert "/sparql?" not in page
    assert '<button name="format" value="csv">' in page


def test_a_mistake_is_shown_by_the_box_with_its_place(client: FlaskClient) -> None:
    page = shown(client, "SELECT * {\r\n ?s ?p }", status=400)
    assert "Line 2, column 8:" in page
    assert 'data-line="2" data-column="8"' in page
    assert "?s ?p <mark>}</mark>" in page


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> {} }", 403, "SERVICE"),
        ("SELECT * { ", 400, "is not closed"),
    ],
)
def test_what_goes_wrong_is_shown_by_the_box_with_the_query_kept(client: FlaskClient, query: str, status: int, words: str) -> None:
    page = shown(client, query, status=status)
    assert words in page
    assert query.split("{")[0] in page


def test_that_a_query_took_too_long_is_shown_by_the_box(data: Path, questions: Path) -> None:
    settings = read({}, timeout=1, memory=900, workers=1)
    with Pool(settings, lambda: data, known(BASE)) as pool:
        client = create_app(settings, pool, questions).test_client()
        assert "after 1 seconds" in shown(client, f"SELECT (COUNT(*) AS ?n) {{ {cross_product(14)} }}", status=503)


def test_pages_that_are_none_are_told_in_the_clients_words(client: FlaskClient) -> None:
    for path in ("/none", "/static/../secret", "/static/none.css", "/sparql/none"):
        assert client.get(path).status_code == 404
    assert client.get("/none", headers=HTML).text.startswith("<!doctype html>")
    assert client.get("/none", headers={"Accept": "application/json"}).json["status"] == 404


def test_questions_are_listed_for_people_and_programs(client: FlaskClient) -> None:
    assert "kg ask is-badr" in client.get("/questions", headers=HTML).text
    listed = client.get("/questions", headers={"Accept": "application/json"}).json
    assert [one["name"] for one in listed] == ["components", "is-badr", "labels"]
    assert listed[0]["title"] == "Which groups are components of the PMF?"


def test_questions_stand_under_their_subjects(client: FlaskClient) -> None:
    page = client.get("/questions", headers=HTML).text
    assert ">Dead and injured<" not in page
    assert ">Other</h2>" in page
    listed = client.get("/questions", headers={"Accept": "application/json"}).json
    assert {one["subject"] for one in listed} == {"Other"}
    assert ">Other</h3>" in client.get("/").text


@pytest.fixture(scope="module")
def shipped(data: Path) -> Iterator[FlaskClient]:
    """The application with the questions that ship, over a store without events."""
    settings = read({}, timeout=300, memory=900, workers=1)
    with Pool(settings, lambda: data, known(BASE)) as pool:
        yield create_app(settings, pool).test_client()


@pytest.mark.parametrize("total", TOTALS, ids=lambda total: total.by)
def test_totals_have_a_page_with_their_method_and_links_that_lead_somewhere(shipped: FlaskClient, total: Total) -> None:
    reply = shipped.get(f"/totals?by={total.by}", headers=HTML)
    assert reply.status_code == 200
    page = reply.text
    assert f"Dead and injured, by {total.by}" in page
    assert f'href="/totals?by={total.by}" aria-current="page"' in page
    assert "No event in the graph has a number of dead or injured" in page
    assert "How these are counted" in page
    link = re.search(r'href="(/sparql\?[^"]*format=csv)" download="([^"]*)"', page)
    assert link is not None
    assert link[2] == f"{total.question}.csv"
    assert shipped.get(link[1].replace("&amp;", "&")).text.startswith(f"{total.by},")
    assert shipped.get(f"/?question={total.question}").status_code == 200
    assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/isnad.js" defer>']


def test_totals_by_month_come_first_and_unknown_ones_are_none(shipped: FlaskClient) -> None:
    assert "by month</h1>" in shipped.get("/totals").text
    assert shipped.get("/totals?by=weather").status_code == 404
    assert 'href="/totals"' in shipped.get("/").text


def test_the_questions_that_ship_are_told_by_subject_with_a_note(shipped: FlaskClient) -> None:
    page = shipped.get("/questions", headers=HTML).text
    heads = [page.index(f">{subject}</h2>") for subject in SUBJECTS]
    assert heads == sorted(heads)
    assert question("tolls").note.split(";")[0] in page


def test_health_is_a_word(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"


def test_an_empty_store_is_told_and_the_start_page_still_comes(questions: Path) -> None:
    def empty() -> Path:
        raise StoreEmpty("The store is empty; run `kg add corpus`.")

    settings = read({}, workers=1)
    with Pool(settings, empty, known(BASE)) as pool:
        client = create_app(settings, pool, questions).test_client()
        assert client.get("/").status_code == 200
        for path in ("/healthz", "/sparql?" + urlencode({"query": "ASK {}"}), "/?question=components"):
            reply = client.get(path)
            assert reply.status_code == 503
            assert "kg add corpus" in reply.text
            assert reply.headers["Retry-After"]


def test_what_nobody_foresaw_is_500_without_its_trace(questions: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Pool):
        def answer(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise ZeroDivisionError("secret")

    settings = read({}, workers=1)
    client = create_app(settings, Broken(settings, Path, {}), questions).test_client()
    reply = client.get("/sparql", query_string={"query": "ASK {}"})
    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert "ZeroDivisionError" in caplog.text


def kinds(root: type[IsnadError]) -> set[type[IsnadError]]:
    return {root} | {kind for child in root.__subclasses__() for kind in kinds(child)}


def test_every_kind_of_error_has_a_status() -> None:
    for kind in kinds(IsnadError):
        error = kind.__new__(kind)
        assert 400 <= problems.status(error).code < 600


def test_questions_are_read_from_their_files(questions: Path) -> None:
    one = question("components", questions)
    assert one.title == "Which groups are components of the PMF?"
    assert one.expected.name == "components.csv"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("pmf-component", "pmf-components"),
        ("leader", "leaders"),
        ("components", "pmf-components"),
        ("pmf", "pmf-components"),
        ("zzz", None),
    ],
)
def test_the_nearest_names_are_offered(name: str, first: str | None) -> None:
    found = nearest(name, ["leaders", "pmf-components", "strengths"])
    assert (found[0] if found else None) == first
