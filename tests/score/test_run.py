"""The whole way: articles read, compared, shown; on our own small articles, on corpus/ and, where it is there, on ../shared."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

import corpus
from kg.cli import main
from kg.score.figures import FUSED, Hit, Outcome, Scored, names
from kg.score.gold import parse, read
from kg.score.report import mistakes_tables
from tests.score.making import perfect, score

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
CORPUS = ROOT / "tests" / "gold" / "corpus.yaml"

ARTICLES = {
    "one.txt": """Two killed near Mosul

May 4, 2024

An Israeli airstrike on Friday killed two people near Mosul, Iraq. Qais al-Khazali, the secretary-general of Asa'ib Ahl al-Haq, was not hurt.
The Popular Mobilization Forces are part of the Iraqi Armed Forces. Officials in the town are still counting the houses that burned, and
the market will stay closed until the end of the week, the mayor's office added in a short note to residents.
""",
    "two.txt": """Talks go on

June 1, 2024

Hadi al-Amiri, the leader of the Badr Organization, met members of parliament on Saturday. The Popular Mobilization Forces are funded by Iraq.
Nothing else was decided at the meeting, which took place in the afternoon and lasted for about three hours behind closed doors.
""",
}
GOLD = """
- article: one
  published: '2024-05-04'
  roles:
    - [Qais al-Khazali, secretary-general, Asa'ib Ahl al-Haq]
  structure:
    - [Popular Mobilization Forces, part of, Iraqi Armed Forces]
  events:
    - {id: strike, kind: air strike, date: '2024-05-03', place: 'Mosul, Iraq', by: Israel, killed: {min: 2, max: 2}, cue: killed two people}
- article: two
  roles:
    - [Hadi al-Amiri, leader, Badr Organization]
  structure:
    - [Popular Mobilization Forces, funded by, Iraq]
"""


def run(folder: Path, gold: str, *options: str) -> tuple[Result, dict[str, object]]:
    for name, text in ARTICLES.items():
        (folder / "articles").mkdir(exist_ok=True)
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    (folder / "gold.yaml").write_text(gold, encoding="utf-8")
    out = folder / "out.json"
    done = CliRunner().invoke(
        main, ["--store", "memory:", "score", str(folder / "gold.yaml"), str(folder / "articles"), "--json", str(out), *options]
    )
    return done, json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}


def cell(data: dict[str, object], figure: str, part: str) -> object:
    return data["figures"][figure][part]  # type: ignore[index]


def test_roles_and_structure_of_two_articles_are_measured(tmp_path: Path) -> None:
    done, data = run(tmp_path, GOLD, "--by-article", "--misses")
    assert done.exit_code == 0, done.output
    assert (cell(data, "roles", "right"), cell(data, "roles", "precision"), cell(data, "roles", "recall")) == (2, 1.0, 1.0)
    assert (cell(data, "structure", "right"), cell(data, "structure", "precision")) == (2, 1.0)
    assert cell(data, "perpetrator", "wrong") == 0
    assert set(data["articles"]) == {"one", "two"}  # type: ignore[call-overload]
    assert data["extractor"]
    assert "all slots" in done.output


def test_mistakes_stand_by_article_and_row_and_fit_a_narrow_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done, _ = run(tmp_path, GOLD.replace("by: Israel, killed: {min: 2, max: 2}", "by: Iran, weapon: drone"), "--misses")
    shown = " ".join(re.sub("[│┃]", " ", done.output).split())
    assert max(map(len, done.output.splitlines())) <= 80
    assert "missed events strike killed two people perpetrator (by): Iran weapon: drone" in shown
    assert "two ┏" not in shown  # no table for an article without mistakes


def test_brackets_in_the_words_of_a_mistake_are_no_markup() -> None:
    lost = Outcome("roles", "missed", "one", "roles row 1", "[/b] A, leader, B", ("he [sic] said [/b]",))
    console = Console(width=80, record=True, file=StringIO())
    for table in mistakes_tables(Scored(("one",), (lost,), (Hit("one", "a raid [x]", "denied", "attack", ()),))):
        console.print(table)
    text = console.export_text()
    assert all(words in text for words in ("he [sic] said [/b]", "[/b] A, leader, B", "a raid [x]"))


def test_a_gold_that_says_otherwise_makes_the_same_extraction_wrong_and_missed(tmp_path: Path) -> None:
    _, data = run(tmp_path, GOLD.replace("[Hadi al-Amiri, leader, Badr Organization]", "[Hadi al-Amiri, commander, Badr Organization]"))
    assert [cell(data, "roles", part) for part in ("right", "wrong", "missed")] == [1, 1, 1]
    wrong = [o for o in data["wrong"] if o["figure"] == "roles"]  # type: ignore[attr-defined]
    assert [o["value"] for o in wrong] == ["Hadi al-Amiri, leader, Badr Organization"]
    assert "met members of parliament" in wrong[0]["quotes"][0]


def test_a_fact_that_the_gold_does_not_hold_is_wrong(tmp_path: Path) -> None:
    _, full = run(tmp_path, GOLD)
    _, data = run(tmp_path, GOLD.replace("  structure:\n    - [Popular Mobilization Forces, funded by, Iraq]\n", ""))
    assert cell(full, "structure", "wrong") == 0
    assert [cell(data, "structure", part) for part in ("right", "wrong", "missed")] == [1, 1, 0]


def test_articles_left_out_are_told(tmp_path: Path) -> None:
    done, _ = run(tmp_path, GOLD.replace("article: two", "article: three"))
    assert done.exit_code == 0
    assert "two.txt: no article of the gold file; not scored" in done.output
    assert "three: not among the files given; not scored" in done.output


def test_an_article_that_cannot_be_read_misses_all_its_facts(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "three.txt").write_bytes(b"")
    done, data = run(tmp_path, GOLD + "- {article: three, roles: [[A, leader, B]]}\n")
    assert done.exit_code == 0
    assert "three: all its facts are missed" in done.output
    assert cell(data, "roles", "missed") == 1


def test_a_bad_gold_file_ends_in_one_line_and_status_two(tmp_path: Path) -> None:
    done, data = run(tmp_path, GOLD.replace("part of", "piece of"))
    assert done.exit_code == 2
    assert data == {}
    assert "gold.yaml, one: structure row 1, rel: 'piece of' is none of" in done.output
    done, _ = run(tmp_path, "- {article: elsewhere}")
    assert done.exit_code == 2
    assert "none of its articles" in done.output


def test_json_is_the_same_twice(tmp_path: Path) -> None:
    assert run(tmp_path, GOLD)[1] == run(tmp_path, GOLD)[1]


def measured(gold: Path, articles: Path, tmp_path: Path) -> dict[str, object]:
    out = tmp_path / "out.json"
    done = CliRunner().invoke(main, ["--store", "memory:", "score", str(gold), str(articles), "--json", str(out)])
    assert done.exit_code == 0, done.output
    print(done.output)
    return json.loads(out.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("which", ["corpus", "shared"])
def test_all_five_are_scored_and_a_perfect_extraction_of_them_scores_one(which: str, tmp_path: Path) -> None:
    gold, articles = (CORPUS, corpus.PATH) if which == "corpus" else (SHARED / "gold" / "seeds.yaml", SHARED / "articles")
    if not gold.is_file():
        pytest.skip("the gold of ../shared is not here")
    data = measured(gold, articles, tmp_path)
    assert len(data["articles"]) == 5  # type: ignore[arg-type]
    assert {*data["figures"], *data["attribution"], FUSED} == set(names())  # type: ignore[misc]
    assert data["notes"] == []
    for article in read(gold):
        full = score(perfect(article), article)
        assert (full.of("wrong"), full.of("missed")) == ((), ())


def test_the_cues_of_the_corpus_gold_stand_in_its_reports() -> None:
    from kg.score.facts import Facts
    from kg.score.pairs import Judge
    from tests.score.making import names as known

    for article in parse(CORPUS.read_text(encoding="utf-8")):
        text = (corpus.PATH / f"{article.name}.txt").read_text(encoding="utf-8")
        judge = Judge(article, Facts(text, ()), known())
        assert [row.cue for row in article.rows if row.cue and not judge._cues[row.cue]] == []
