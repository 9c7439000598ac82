"""The questions that ship with Isnad: each is answered from the corpus and the background facts as its file says, here and over HTTP."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib.plugins.sparql import prepareQuery
from SPARQLWrapper import CSV, JSON, POST, SPARQLWrapper

import corpus
from kg import __version__, sources
from kg.cli import main
from kg.pipeline import Pipeline
from kg.settings import Settings
from kg.store.pool import Pool
from queries import FOLDER, SUBJECTS, Question, by_subject, question, questions
from tests.queries import renew
from tests.queries.answers import Row, answer, columns, pool, rows

REMOVED = "2024-02-08-al-khazali-after-mashtal-strike.txt"
PER_CLAIM = (
    "accusations", "backers", "blame", "candidates", "claimed-by", "demands", "designations", "founding-dates", "leaders", "pmf-components",
    "roles-at-a-date", "spokespersons", "strengths", "troop-levels",
)  # fmt: skip
"""Questions with one row per claim, whose column `source` is the document that makes it."""

THERE_ONLY = ("retaliation",)
"""Questions that no other article of the corpus answers than the removed one."""

each_question = pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)


def body(asked: Question) -> str:
    """The query without comments, strings and IRIs."""
    return re.sub(r'<[^<>\s]*>|"[^"\n]*"|#[^\n]*', " ", asked.text)


# -- the files -----------------------------------------------------------------------------------------------------------------


def test_there_are_at_least_thirty_two_questions_and_no_answer_without_one() -> None:
    names = {asked.name for asked in questions()}
    assert len(names) >= 32
    assert names == {path.stem for path in FOLDER.glob("*.csv")}


@each_question
def test_the_first_line_is_a_question(asked: Question) -> None:
    assert asked.text.startswith("# ")
    assert asked.title.endswith("?")


@each_question
def test_the_second_line_names_the_subject_and_a_note_tells_how_to_read_the_answer(asked: Question) -> None:
    assert asked.text.splitlines()[1] == f"# Subject: {asked.subject}"
    assert asked.subject in SUBJECTS
    assert asked.note


def test_subjects_come_in_their_order() -> None:
    assert [subject for subject, _ in by_subject(questions())] == list(SUBJECTS)
    one = replace(question("leaders"), subject="Other")
    assert [subject for subject, _ in by_subject([one, replace(one, subject="Weather"), question("articles")])] == [
        "Sources",
        "Weather",
        "Other",
    ]


@each_question
def test_the_query_needs_no_prefix_that_it_does_not_declare(asked: Question) -> None:
    ox.Store().query(asked.text)
    prepareQuery(asked.text)


@each_question
def test_the_query_uses_every_prefix_that_it_declares(asked: Question) -> None:
    declared = re.findall(r"^PREFIX (\w+):", asked.text, re.MULTILINE)
    used = set(re.findall(r"\b(\w+):\w", body(asked)))
    assert declared == sorted(used)


@each_question
def test_the_query_orders_its_rows(asked: Question) -> None:
    assert re.search(r"\}\s*(HAVING[^\n]*\n)?ORDER BY [^\n]+\s*$|GROUP BY[^\n]+\n(HAVING[^\n]*\n)?ORDER BY [^\n]+\s*$", body(asked))


# -- the answers ---------------------------------------------------------------------------------------------------------------


@each_question
def test_the_answer_is_the_one_beside_the_question(asked: Question, workers: Pool) -> None:
    found, expected = answer(asked, workers), asked.expected.read_bytes()
    hint = "if the new answer is right: python -m tests.queries.renew"
    assert columns(found) == columns(expected), hint
    assert Counter(tuple(row.values()) for row in rows(found)) == Counter(tuple(row.values()) for row in rows(expected)), hint
    assert found == expected, f"the order differs; {hint}"


@each_question
def test_the_answer_has_rows_and_no_row_twice(asked: Question, workers: Pool) -> None:
    found = [tuple(row.values()) for row in rows(answer(asked, workers))]
    assert found
    assert len(found) == len(set(found))


@each_question
def test_a_standard_client_gets_the_same_rows_from_the_server(asked: Question, endpoint: str) -> None:
    client = SPARQLWrapper(endpoint, agent=f"isnad-tests/{__version__} SPARQLWrapper")
    client.setTimeout(20)
    client.setQuery(asked.text)
    client.setReturnFormat(JSON)
    got = client.queryAndConvert()
    names = got["head"]["vars"]
    found = [{name: row.get(name, {}).get("value", "") for name in names} for row in got["results"]["bindings"]]
    assert found == rows(asked.expected.read_bytes())


def test_a_standard_client_gets_the_expected_bytes_by_post(endpoint: str) -> None:
    asked = question("pmf-components")
    client = SPARQLWrapper(endpoint, agent=f"isnad-tests/{__version__} SPARQLWrapper")
    client.setTimeout(20)
    client.setMethod(POST)
    client.setQuery(asked.text)
    client.setReturnFormat(CSV)
    assert client.queryAndConvert() == asked.expected.read_bytes()


def test_a_question_is_about_all_graphs_also_where_they_are_not_the_default(settings: Settings) -> None:
    asked = CliRunner().invoke(
        main, ["--store", settings.store, "ask", "pmf-components", "--format", "csv"], env={"KG_UNION_DEFAULT_GRAPH": "false"}
    )
    assert asked.stdout_bytes == question("pmf-components").expected.read_bytes()


# -- the answers without one article -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def without(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of the store from which one article was removed."""
    folder = tmp_path_factory.mktemp("without") / "store"
    shutil.copytree(settings.folder, folder)
    copy = replace(settings, store=str(folder))
    assert Pipeline(copy).remove(REMOVED).state == "removed"
    return copy


@pytest.fixture(scope="module")
def fewer(without: Settings) -> Iterator[Pool]:
    with pool(without) as opened:
        yield opened


@pytest.fixture(scope="module")
def removed(workers: Pool, fewer: Pool) -> str:
    """The IRI of the removed article."""
    (gone,) = {row["article"] for row in ask("articles", workers)} - {row["article"] for row in ask("articles", fewer)}
    return gone


def ask(name: str, workers: Pool) -> list[Row]:
    return rows(answer(question(name), workers))


def having(found: list[Row], **values: str) -> list[Row]:
    return [row for row in found if all(row[column] == value for column, value in values.items())]


@pytest.mark.parametrize("name", PER_CLAIM)
def test_removing_an_article_takes_its_own_rows_away_and_no_other(name: str, workers: Pool, fewer: Pool, removed: str) -> None:
    before, after = ask(name, workers), ask(name, fewer)
    assert after == [row for row in before if row["source"] != removed]


@each_question
def test_no_answer_names_the_removed_article_and_none_is_empty(asked: Question, fewer: Pool, removed: str) -> None:
    found = answer(asked, fewer)
    assert removed not in found.decode()
    assert bool(rows(found)) is (asked.name not in THERE_ONLY)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("articles", {"outlet": "Rudaw"}),
        ("attack-totals", {"min": "166", "saidBy": "Rudaw"}),
        ("attack-tellings", {"saidBy": "Rudaw", "value": "Al-Mashtal"}),
        ("backers", {"actorName": "Kata'ib Hezbollah", "relation": "aligned with", "otherName": "Iran"}),
        ("blame", {"speakerName": "Tahseen al-Khafaji"}),
        ("candidates", {"name": "base in Jordan"}),
        ("demands", {"speakerName": "Qais al-Khazali", "day": "2024-02-08"}),
        ("events", {"places": "Al-Mashtal; Baghdad", "perpetrators": "United States"}),
        ("killed-by-country", {"country": "Jordan", "killedLowest": "3", "killedHighest": "3", "killedOpen": "0"}),
        ("killed-by-group", {"group": "American soldiers"}),
        ("leaders", {"personName": "Qais al-Khazali", "saidBy": "Rudaw"}),
        ("retaliation", {"answeredPlaces": "Jordan"}),
        ("single-source-facts", {"subject": "Kata'ib Hezbollah", "property": "aligned with", "value": "Iran"}),
        ("strikes-by-base", {"baseName": "base in Jordan", "month": "2024-01", "attacks": "1"}),
        ("spokespersons", {"personName": "Tahseen al-Khafaji", "organisationName": "Joint Operations Command Iraq"}),
        ("troop-levels", {"actorName": "US forces in Iraq", "placeName": "Iraq", "min": "2500", "asOf": "2024-02-08"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_only_the_removed_article_says_is_gone(name: str, row: Row, workers: Pool, fewer: Pool) -> None:
    assert having(ask(name, workers), **row)
    assert not having(ask(name, fewer), **row)


def test_background_facts_stay(fewer: Pool) -> None:
    tie = {"actorName": "Kata'ib Hezbollah", "relation": "affiliated with", "otherName": "Quds Force"}
    assert having(ask("backers", fewer), **tie, saidBy="Wikipedia")
    assert having(ask("leaders", fewer), personName="Qais al-Khazali", organisationName="Asa'ib Ahl al-Haq", saidBy="Wikipedia")
    assert ask("pmf-components", fewer) == rows(question("pmf-components").expected.read_bytes())


def test_a_fact_of_two_sources_rests_on_one_when_the_other_goes(workers: Pool, fewer: Pool) -> None:
    fact = {"subject": "Qais al-Khazali", "property": "leads", "value": "Asa'ib Ahl al-Haq"}
    assert not having(ask("single-source-facts", workers), **fact)
    assert [row["saidBy"] for row in having(ask("single-source-facts", fewer), **fact)] == ["Wikipedia"]


def test_the_article_added_again_gives_the_answers_again(without: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(without.folder, folder)
    again = replace(without, store=str(folder))
    Pipeline(again).add(sources.gather([corpus.PATH / REMOVED], None, 1_000_000))
    with pool(again) as opened:
        assert [each.name for each in questions() if answer(each, opened) != each.expected.read_bytes()] == []


# -- renewing the answers ------------------------------------------------------------------------------------------------------


def test_renewing_shows_what_changed_and_checking_writes_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    stale = replace(question("spokespersons"), path=tmp_path / "spokespersons.rq")
    right = question("spokespersons").expected.read_bytes()
    first, second, *_ = right.splitlines(keepends=True)
    stale.expected.write_bytes(first + second)
    monkeypatch.setattr(renew, "populate", lambda _folder: settings)
    monkeypatch.setattr(renew, "question", lambda _name: stale)
    assert renew.main(["spokespersons", "--check"]) == 1
    assert stale.expected.read_bytes() == first + second
    assert renew.main(["spokespersons"]) == 0
    assert stale.expected.read_bytes() == right
    assert "spokespersons: 1 rows, now 3" in capsys.readouterr().out
    assert renew.main(["spokespersons", "--check"]) == 0
