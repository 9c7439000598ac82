"""/update against the SPARQL 1.1 Protocol (section 2.2), over a real connection."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.server.asking import Reply, ask
from tests.server.scratch import TOKEN, served

FORM = "application/x-www-form-urlencoded"
UPDATE = "application/sparql-update"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
ONE = "http://example.org/one"


def update(address: str, text: str | bytes, kind: str = UPDATE, path: str = "/update", **headers: str) -> Reply:
    return ask(address, "POST", path, text, Content_Type=kind, **{**BEARER, **headers})


def holds(address: str, pattern: str) -> bool:
    return "true" in ask(address, "GET", f"/sparql?{urlencode({'query': f'ASK {{ {pattern} }}'})}").body


@pytest.mark.parametrize(("kind", "field"), [(UPDATE, None), (f"{UPDATE}; charset=UTF-8", None), (FORM, "update")])
def test_an_update_is_posted_as_it_is_or_in_a_form_and_seen_at_once(writable: str, kind: str, field: str | None) -> None:
    thing = f"<http://example.org/{kind}>".replace("; ", "")
    text = f"INSERT DATA {{ {thing} a <http://example.org/Thing> }}"
    reply = update(writable, urlencode({field: text}) if field else text, kind)
    assert (reply.status, reply.body) == (204, "")
    assert "content-type" not in reply.headers
    asked = ask(writable, "GET", f"/sparql?{urlencode({'query': f'ASK {{ {thing} a ?what }}'})}")
    assert "true" in asked.body
    assert asked.headers["isnad-revision"] == reply.headers["isnad-revision"]


def test_each_update_is_a_revision(writable: str) -> None:
    first, second = (update(writable, f"INSERT DATA {{ <{ONE}> <{ONE}> {n} }}").headers["isnad-revision"] for n in range(2))
    assert first != second


def test_an_update_that_changes_nothing_names_the_revision_that_stands(writable: str) -> None:
    text = f"INSERT DATA {{ <{ONE}> <{ONE}> 'again' }}"
    first, second = (update(writable, text) for _ in range(2))
    assert (second.status, second.headers["isnad-revision"]) == (204, first.headers["isnad-revision"])


def test_errors_that_silent_hides_are_told_beside_the_answer(writable: str) -> None:
    reply = update(writable, f"LOAD SILENT <http://127.0.0.1:1/a\\u0041> ; DROP SILENT GRAPH <{ONE}/none>")
    assert reply.status == 204
    assert reply.headers["warning"].startswith('299 - "LOAD SILENT of <http://127.0.0.1:1/aA> was left out')
    assert f"DROP SILENT of <{ONE}/none> did nothing" in reply.headers["warning"]
    assert "warning" not in update(writable, f"CREATE GRAPH <{ONE}/new> ; DROP SILENT GRAPH <{ONE}/new>").headers
    many = update(writable, ";".join(f"LOAD SILENT <http://example.org/{'x' * 90}{n}>" for n in range(500)))
    assert (many.status, len(many.headers["warning"]) < 600) == (204, True)
    many = update(writable, ";".join(f"DROP SILENT GRAPH <http://example.org/{n}>" for n in range(500)))
    assert (many.status, len(many.headers["warning"]) < 600, "497 more" in many.headers["warning"]) == (204, True, True)


def test_what_was_made_but_is_not_seen_yet_is_no_error_that_asks_for_another_try(tmp_path: Path) -> None:
    with served(tmp_path) as address:
        shutil.move(tmp_path / "snapshots", tmp_path / "elsewhere")
        (tmp_path / "snapshots").write_bytes(b"in the way")
        reply = update(address, f"INSERT DATA {{ <{ONE}> <{ONE}> 1 }}")
        assert (reply.status, "was made" in reply.body, "Do not send it again" in reply.body) == (202, True, True)
        assert not {"retry-after", "isnad-revision"} & set(reply.headers)
        put = ask(address, "PUT", "/graphs/new", "<a:s> <a:p> <a:o> .", Content_Type="text/turtle", **BEARER)
        assert (put.status, put.headers["location"]) == (202, f"{address}/graphs/new")
        (tmp_path / "snapshots").unlink()
        shutil.move(tmp_path / "elsewhere", tmp_path / "snapshots")
        assert update(address, f"INSERT DATA {{ <{ONE}> <{ONE}> 2 }}").status == 204
        assert holds(address, f"<{ONE}> <{ONE}> 1, 2")


@pytest.mark.parametrize("posted", [False, True])
def test_the_dataset_of_where_can_be_named(writable: str, posted: bool) -> None:
    graph, thing = f"http://example.org/using/{posted}", f"<http://example.org/{posted}>"
    update(writable, f"INSERT DATA {{ GRAPH <{graph}> {{ {thing} <{ONE}> 1 }} }}")
    text = f"INSERT {{ {thing} <http://example.org/found> true }} WHERE {{ {thing} <{ONE}> 1 }}"
    parameters = {"using-graph-uri": graph}
    if posted:
        assert update(writable, urlencode({"update": text, **parameters}), FORM).status == 204
    else:
        assert update(writable, text, path=f"/update?{urlencode(parameters)}").status == 204
    assert holds(writable, f"{thing} <http://example.org/found> true")


@pytest.mark.parametrize("parameter", ["using-graph-uri", "using-named-graph-uri"])
@pytest.mark.parametrize(
    "text",
    [
        f"WITH <{ONE}> DELETE {{ ?s ?p 1 }} WHERE {{ ?s ?p 1 }}",
        f"DELETE {{ ?s ?p 1 }} USING <{ONE}> WHERE {{ ?s ?p 1 }}",
        f"DELETE {{ ?s ?p 1 }} using named <{ONE}> WHERE {{ ?s ?p 1 }}",
        f"CLEAR SILENT DEFAULT; WITH <{ONE}> DELETE {{ ?s ?p 1 }} WHERE {{ ?s ?p 1 }}",
    ],
)
def test_a_dataset_is_not_named_twice(writable: str, parameter: str, text: str) -> None:
    before = ask(writable, "GET", "/graphs").headers["isnad-revision"]
    reply = update(writable, text, path=f"/update?{urlencode({parameter: ONE})}")
    assert (reply.status, "Leave one of them out" in reply.body) == (400, True)
    assert ask(writable, "GET", "/graphs").headers["isnad-revision"] == before


def test_words_that_only_look_like_a_dataset_do_no_harm(writable: str) -> None:
    text = "INSERT { ?with <http://example.org/USING> 'WITH' } WHERE { ?with <http://example.org/p> 'using' } # WITH"
    assert update(writable, text, path=f"/update?{urlencode({'using-graph-uri': ONE})}").status == 204


@pytest.mark.parametrize(
    ("kind", "body", "path", "status", "words"),
    [
        ("text/plain", "CLEAR ALL", "/update", 415, "text/plain"),
        ("application/sparql-query", "ASK {}", "/update", 415, "application/sparql-query"),
        (f"{UPDATE}; charset=utf-16", "CLEAR ALL", "/update", 415, "UTF-8"),
        (UPDATE, b"INSERT DATA { <a> <b> '\xff' }", "/update", 400, "not UTF-8"),
        (UPDATE, "CLEAR XYZ", "/update", 400, "not valid SPARQL"),
        (FORM, "update=CLEAR+DEFAULT&update=CLEAR+NAMED", "/update", 400, "more than one update"),
        (FORM, "query=ASK+{}", "/update", 400, "no field `update`"),
        (UPDATE, "CLEAR ALL", "/update?update=CLEAR+ALL", 400, "in its body"),
        (UPDATE, "CLEAR ALL", "/update?using-graph-uri=nothing", 400, "no absolute IRI"),
        (UPDATE, "#" * 300_000, "/update", 413, "KG_MAX_UPLOAD"),
        (UPDATE, "#" * 1_000_000, "/update", 413, ""),
    ],
)
def test_what_is_no_update_is_told(writable: str, kind: str, body: str | bytes, path: str, status: int, words: str) -> None:
    reply = update(writable, body, kind, path)
    assert reply.status == status
    assert words in reply.body
    assert "Traceback" not in reply.body


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_an_update_is_only_posted(writable: str, method: str) -> None:
    reply = ask(writable, method, f"/update?{urlencode({'update': 'CLEAR ALL'})}", **BEARER)
    assert (reply.status, set(reply.headers["allow"].split(", "))) == (405, {"POST", "OPTIONS"})


def test_an_update_is_no_query(writable: str) -> None:
    assert ask(writable, "GET", f"/sparql?{urlencode({'update': 'CLEAR ALL'})}").status == 400
    assert ask(writable, "POST", "/sparql", urlencode({"update": "CLEAR ALL"}), Content_Type=FORM, **BEARER).status == 403
    assert ask(writable, "POST", "/sparql", "CLEAR ALL", Content_Type=UPDATE, **BEARER).status == 415
