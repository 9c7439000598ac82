"""The command line: what a user types and what comes back, errors in words and in the exit status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from tests.pipeline.conftest import PLAIN, ROLES, STRIKE


def run(*arguments: str | Path, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], env=env)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in (("strike.txt", STRIKE), ("roles.txt", ROLES), ("plain.txt", PLAIN)):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "metadata.yaml").write_text("strike.txt: {publisher: Reuters}\nroles.txt: {publisher: Rudaw}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def store(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "s"
    result = run("--store", folder, "add", articles)
    assert result.exit_code == 0, result.output
    return folder


def test_adding_lists_every_file_with_its_outcome(articles: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    result = run("--store", tmp_path / "s", "add", articles, "--report", report)
    assert result.exit_code == 0
    told = {row["file"].rsplit("/", 1)[-1]: row for row in json.loads(report.read_text())}
    assert {name: row["state"] for name, row in told.items()} == dict.fromkeys(("strike.txt", "roles.txt", "plain.txt"), "added")
    assert told["plain.txt"]["claims"] == 0, "an article without any fact is kept, and says so"
    again = run("--store", tmp_path / "s", "add", articles)
    assert again.output.count("unchanged") == 3


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text(STRIKE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "arabic.txt").write_text("هذا خبر قصير باللغة العربية عن الطقس في المدينة وعن السوق القديم فيها وعن الناس.", encoding="utf-8")
    (folder / "cut.html").write_text(
        "<html><body><p>The Badr Organization is part of the Popular Mobilization Forces.</p><p>It was fou", encoding="utf-8"
    )
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(100_000_000)
    report = tmp_path / "report.json"
    result = run("--store", tmp_path / "s", "add", folder, "--report", report)
    assert result.exit_code == 1
    told = {row["file"].rsplit("/", 1)[-1]: row for row in json.loads(report.read_text())}
    assert {name for name, row in told.items() if row["state"] == "added"} == {"good.txt", "cut.html"}
    assert {name for name, row in told.items() if row["state"] == "refused"} == {"empty.txt", "picture.txt", "arabic.txt", "huge.txt"}
    assert all(row["reason"] for row in told.values() if row["state"] == "refused")
    assert told["cut.html"]["notes"], "a truncated page says that it is one"
    assert "Traceback" not in result.output


def test_asking_a_query_file_in_a_machine_format(store: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT ?who WHERE { ?who isnad:leads actor:badr-organization } ORDER BY ?who", encoding="utf-8")
    result = run("--store", store, "ask", query, "--format", "csv")
    assert list(csv.reader(io.StringIO(result.output))) == [["who"], ["https://w3id.org/isnad/id/actor/hadi-al-amiri"]]


def test_an_answer_as_a_table_shortens_iris(store: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT ?who WHERE { ?who isnad:leads actor:badr-organization }", encoding="utf-8")
    assert "actor:hadi-al-amiri" in run("--store", store, "ask", query).output


def test_asking_without_a_name_lists_the_questions(store: Path) -> None:
    assert "pmf-components" in run("--store", store, "ask").output


def test_an_unknown_question_names_the_nearest(store: Path) -> None:
    result = run("--store", store, "ask", "pmf-component")
    assert result.exit_code == 2
    assert "pmf-components" in result.output


def test_a_query_that_is_not_sparql_says_where(store: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT ?x WHERE {\n  ?x ?y }", encoding="utf-8")
    result = run("--store", store, "ask", query)
    assert result.exit_code == 1
    assert "line 2" in result.output
    assert "Traceback" not in result.output


def test_service_is_refused_with_a_reason(store: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", encoding="utf-8")
    result = run("--store", store, "ask", query)
    assert result.exit_code == 1
    assert "SERVICE" in result.output


def test_an_empty_store_says_what_to_run(tmp_path: Path) -> None:
    result = run("--store", tmp_path / "none", "ask", "pmf-components")
    assert result.exit_code == 3
    assert "kg add" in result.output


def test_a_store_of_another_version_says_what_to_run(articles: Path, store: Path, tmp_path: Path) -> None:
    import shutil

    old = tmp_path / "old"
    shutil.copytree(store, old)
    version = old / "VERSION"
    version.write_text(version.read_text().replace('"format": 2', '"format": 99'))
    for arguments in (("add", articles), ("ask", "pmf-components")):
        result = run("--store", old, *arguments)
        assert result.exit_code == 3
        assert "kg rebuild" in result.output
    assert run("--store", old, "rebuild").exit_code == 0
    assert run("--store", old, "ask", "pmf-components").exit_code == 0


def test_exports_are_equal_bytes_and_graphs_can_be_chosen(store: Path, tmp_path: Path) -> None:
    for name in ("a.nq", "b.nq"):
        assert run("--store", store, "export", "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / "a.nq").read_bytes() == (tmp_path / "b.nq").read_bytes()
    facts = run("--store", store, "export", "--graph", "facts").output.splitlines()
    assert facts
    assert all(line.endswith("<https://w3id.org/isnad/graph/facts> .") for line in facts)


def test_removing_and_its_errors(articles: Path, tmp_path: Path) -> None:
    run("--store", tmp_path / "s", "add", articles)
    assert "removed" in run("--store", tmp_path / "s", "remove", "roles.txt").output
    result = run("--store", tmp_path / "s", "remove", "roles.txt")
    assert result.exit_code == 2
    assert "no article" in result.output


def test_settings_are_shown_and_checked() -> None:
    assert "KG_TIMEOUT" in run("settings").output
    result = run("settings", env={"KG_TIMEOUT": "soon"})
    assert result.exit_code == 2
    assert "KG_TIMEOUT" in result.output


def test_a_policy_that_is_none_is_refused_with_the_names_of_those_there_are(tmp_path: Path) -> None:
    result = run("--store", tmp_path / "s", "rebuild", env={"KG_POLICY": "three-sources"})
    assert result.exit_code == 2
    assert "attributed, two-independent-sources" in result.output


def test_a_store_in_memory_ends_with_the_process(articles: Path) -> None:
    assert run("--store", "memory:", "add", articles).exit_code == 0
    assert run("--store", "memory:", "ask", "pmf-components").exit_code == 3


def test_another_base_gives_the_same_answers_under_it(articles: Path, tmp_path: Path) -> None:
    env = {"KG_BASE": "https://example.org/kg/"}
    assert run("--store", tmp_path / "s", "add", articles, env=env).exit_code == 0
    answer = run("--store", tmp_path / "s", "ask", "leaders", "--format", "csv", env=env).output
    assert "https://example.org/kg/id/actor/hadi-al-amiri" in answer
    assert "w3id.org/isnad" not in run("--store", tmp_path / "s", "export", env=env).output


def test_one_address_is_not_given_to_a_folder_of_articles(articles: Path, tmp_path: Path) -> None:
    result = run("--store", tmp_path / "s", "add", articles, "--url", "https://example.org/1")
    assert result.exit_code == 2
    assert "metadata.yaml" in result.output


def test_an_error_in_a_sidecar_names_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STRIKE, encoding="utf-8")
    (tmp_path / "metadata.yaml").write_text("a.txt: {publishre: Reuters}\n", encoding="utf-8")
    result = run("--store", tmp_path / "s", "add", tmp_path / "a.txt", "--report", tmp_path / "report.json")
    assert result.exit_code == 1
    assert "publishre" in (tmp_path / "report.json").read_text()


def test_two_files_of_one_address_give_the_same_graph_however_often_they_are_added(tmp_path: Path) -> None:
    folder = tmp_path / "twins"
    folder.mkdir()
    (folder / "a.txt").write_text("https://example.org/news/1\n" + STRIKE, encoding="utf-8")
    (folder / "b.txt").write_text("https://example.org/news/1\n" + ROLES, encoding="utf-8")
    exports = []
    for _ in range(3):
        result = run("--store", tmp_path / "s", "add", folder)
        assert result.exit_code == 1, "one of the two is refused each time"
        exports.append(run("--store", tmp_path / "s", "export").output)
    assert exports[0] == exports[1] == exports[2]


@pytest.mark.parametrize("url", ["https://example.org/100%-of-troops", "https://example.org/a|b", "https://example.org/<x>"])
def test_an_odd_address_in_one_page_does_not_stop_the_others(tmp_path: Path, url: str) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "good.txt").write_text(STRIKE, encoding="utf-8")
    page = f'<html><head><link rel="canonical" href="{url}"></head><body><p>The Badr Organization is part of the PMF, and so it goes on.</p></body></html>'
    (folder / "odd.html").write_text(page, encoding="utf-8")
    report = tmp_path / "report.json"
    result = run("--store", tmp_path / "s", "add", folder, "--report", report)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    told = {row["file"].rsplit("/", 1)[-1]: row for row in json.loads(report.read_text())}
    assert told["good.txt"]["state"] == "added"
    assert told["odd.html"]["state"] == "added" or "address" in told["odd.html"]["reason"]


def test_brackets_in_a_sources_words_are_shown_as_they_are(store: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT ('the [red] line [/b] [sic]' AS ?words) {}", encoding="utf-8")
    assert "the [red] line [/b] [sic]" in run("--store", store, "ask", query).output


@pytest.mark.long
def test_a_damaged_document_is_listed_and_the_rest_goes_on(articles: Path, tmp_path: Path) -> None:
    run("--store", tmp_path / "s", "add", articles)
    with_object = next((tmp_path / "s" / "documents" / "objects").rglob("*.gz"))
    with_object.write_bytes(b"not what it was")
    result = run("--store", tmp_path / "s", "rebuild")
    assert result.exit_code in (0, 1)
    assert result.output.count("rebuilt") >= 2
    assert run("--store", tmp_path / "s", "ask", "leaders").exit_code == 0


def test_a_graph_of_another_base_is_not_answered_from_in_silence(store: Path) -> None:
    result = run("--store", store, "ask", "leaders", env={"KG_BASE": "https://example.org/k/"})
    assert result.exit_code == 3
    assert "KG_BASE" in result.output


def test_a_name_that_two_articles_bear_is_not_guessed(tmp_path: Path) -> None:
    for name, text in (("one", STRIKE), ("two", ROLES)):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "index.txt").write_text(text, encoding="utf-8")
    run("--store", tmp_path / "s", "add", tmp_path / "in")
    result = run("--store", tmp_path / "s", "remove", "index.txt")
    assert result.exit_code == 2
    assert "one/index.txt" in result.output.replace("\n", "")


def test_errors_of_files_are_told_without_a_traceback(store: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes(b"SELECT \xff")
    for arguments in (("ask", tmp_path / "q.rq"), ("export", "-o", tmp_path / "none" / "x.nq")):
        result = run("--store", store, *arguments)
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    "base", ["https://example.org/k#", "https://x y/", "http://", "https:///", "https://example.org/k", "ftp://example.org/"]
)
def test_a_base_that_cannot_carry_our_names_is_refused(base: str) -> None:
    assert run("settings", env={"KG_BASE": base}).exit_code == 2


def test_an_article_is_retracted_and_a_name_taken_down(articles: Path, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    run("--store", folder, "add", articles)
    result = run("--store", folder, "retract", "strike.txt", "--by", "An editor", "--date", "2024-07-01", "--reason", "Withdrawn.")
    assert (result.exit_code, "retracted" in result.output) == (0, True)
    assert run("--store", folder, "retract", "strike.txt", "--by", "An editor").exit_code == 2
    assert "restored" in run("--store", folder, "retract", "strike.txt", "--by", "An editor", "--undo").output
    by = ("--by", "An editor", "--date", "2024-07-02")
    result = CliRunner().invoke(main, ["--store", str(folder), "takedown", "-", *by], input="Some Fisherman\n")
    assert result.exit_code == 0
    assert "Fisherman" not in result.output
    refused = run("--store", folder, "takedown", "Hadi al-Amiri", *by)
    assert refused.exit_code == 2
    assert "shipped" in refused.output
