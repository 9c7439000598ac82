"""Judging from the command line: whose, when and why; lists, files and what is refused."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.ids import Ids
from kg.settings import read
from kg.store import embedded
from tests.pipeline.conftest import RAWS, lines, pipeline
from tests.pipeline.stored import claim, events, strikes

ME = ("--by", "A. Analyst", "--date", "2024-02-05")


def run(folder: Path, *arguments: str | Path, **env: str) -> Result:
    return CliRunner().invoke(main, ["--store", str(folder), *map(str, arguments)], env=env)


def listed(folder: Path) -> list[dict[str, object]]:
    result = run(folder, "judgements", "--format", "json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_a_rejection_is_listed_and_withdrawn(folder: Path, told: Path) -> None:
    found = claim(folder, "fundedBy")
    result = run(folder, "reject", found.rsplit("/", 1)[-1][:12], *ME, "--reason", "Misread.")
    assert result.exit_code == 0, result.output
    assert "entered" in result.output
    (row,) = listed(folder)
    assert row | {"judgement": ""} == {
        "judgement": "", "verdict": "reject", "about": [found], "anchors": [], "by": "A. Analyst", "on": "2024-02-05", "reason": "Misread.",
        "effect": "in force",
    }  # fmt: skip
    assert "reject" in run(folder, "judgements").output
    short = str(row["judgement"]).rsplit("/", 1)[-1][:6]
    assert run(folder, "withdraw", short, *ME).exit_code == 0
    assert lines(folder) == lines(told)
    assert listed(folder) == []


def test_every_verdict_can_be_given(folder: Path) -> None:
    one, other = strikes(folder) if len(strikes(folder)) > 1 else sorted(events(folder))[:2]
    for arguments in (
        ("accept", claim(folder, "backedBy")),
        ("reject", claim(folder, "fundedBy")),
        ("merge", one, other),
        ("name", "candidate:", "akram-al-kaabi"),
    ):
        result = run(folder, *arguments, *ME)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
    assert [row["verdict"] for row in listed(folder)] == ["accept", "reject", "merge", "name"]


def test_it_is_said_who_judges(folder: Path, told: Path) -> None:
    found = claim(folder, "fundedBy")
    result = run(folder, "reject", found)
    assert (result.exit_code, "--by" in result.output, "KG_BY" in result.output) == (2, True, True)
    assert lines(folder) == lines(told)
    assert run(folder, "reject", found, "--date", "2024-02-05", KG_BY="B. Analyst").exit_code == 0
    assert listed(folder)[0]["by"] == "B. Analyst"
    assert run(folder, "reject", found, "--by", " ", KG_BY="B. Analyst").exit_code == 2


@pytest.mark.parametrize("day", ["2024-2-5", "20240205", "2024-02-30", "today", "2024-02", ""])
def test_what_is_no_day_is_refused(folder: Path, day: str) -> None:
    result = run(folder, "reject", claim(folder, "fundedBy"), "--by", "A", "--date", day)
    assert result.exit_code == 2
    assert "2024-02-08" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("reject", "ffffffff"),
        ("accept", "claim:ffff"),
        ("merge", "ffff", "eeee"),
        ("split", "ffff"),
        ("split", "ffff", "--article", "strike.txt"),
        ("split", "a", "b", "--article", "strike.txt"),
        ("name", "nobody-here", "iran"),
        ("withdraw", "ffff"),
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_told_and_nothing_changes(folder: Path, told: Path, arguments: tuple[str, ...]) -> None:
    result = run(folder, *arguments, *ME)
    assert result.exit_code == 2
    assert result.stderr.startswith("kg: ")
    assert "Traceback" not in result.output
    assert lines(folder) == lines(told)


def test_exported_judgements_give_another_store_the_same_graph(folder: Path, tmp_path: Path) -> None:
    run(folder, "reject", claim(folder, "fundedBy"), *ME)
    run(folder, "merge", *sorted(events(folder))[:2], *ME)
    file, other = tmp_path / "judgements.jsonl", tmp_path / "other"
    assert run(folder, "judgements", "--export", file).exit_code == 0
    assert "w3id.org" not in file.read_text(encoding="utf-8")
    pipeline(other).add(RAWS)
    for state in ("entered", "unchanged"):
        result = run(other, "judgements", "--import", file)
        assert result.exit_code == 0, result.output
        assert len(re.findall(state, result.output)) >= 2
        assert lines(other) == lines(folder)
    assert run(other, "judgements", "--export", "-").stdout == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["nonsense\n", '{"entered": {}}\n', "[1]\n", "\xff\xfe"])
def test_a_file_that_holds_no_judgements_is_refused_as_a_whole(folder: Path, told: Path, tmp_path: Path, text: str) -> None:
    run(folder, "reject", claim(folder, "fundedBy"), *ME)
    file = tmp_path / "bad.jsonl"
    run(folder, "judgements", "--export", file)
    file.write_bytes(file.read_bytes() + text.encode("latin-1"))
    other = Path(shutil.copytree(told, tmp_path / "other"))
    result = run(other, "judgements", "--import", file)
    assert result.exit_code != 0
    assert result.stderr.startswith("kg: ")
    assert lines(other) == lines(told)


def test_two_ways_at_once_or_no_file_are_refused(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "judgements", "--export", tmp_path / "a", "--import", tmp_path / "b").exit_code == 2
    result = run(folder, "judgements", "--import", tmp_path / "none")
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (1, True)


def test_an_empty_store_says_what_to_run(tmp_path: Path) -> None:
    result = run(tmp_path / "none", "judgements")
    assert result.exit_code == 3
    assert "kg add" in result.output


def test_the_judgements_have_a_graph_of_their_own(folder: Path) -> None:
    run(folder, "reject", claim(folder, "fundedBy"), *ME)
    graph = embedded.sorted_nquads(embedded.snapshot(folder), Ids(read({}).base).graph("judgements"))
    assert len(graph) == 5
