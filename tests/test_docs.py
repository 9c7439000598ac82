"""The README tells the truth: every command and setting stands in it, and nothing that is not there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.settings import ROWS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme_and_the_reverse() -> None:
    assert set(re.findall(r"^\| `kg (\w+)", README, re.MULTILINE)) == set(main.commands)


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    stated = dict(re.findall(r"^\| `(KG_\w+)` \| `([^`]+)` \|", README, re.MULTILINE))
    assert stated == {row.variable: row.default for row in ROWS.values()}


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_says_what_it_does_and_ends_in_an_example(name: str) -> None:
    text = main.commands[name].help or ""
    assert re.search(r"Example: .*kg " + name, text.replace("KG_TIMEOUT=5 ", "")), name


def test_every_annotation_for_words_is_in_the_readme_and_the_reverse() -> None:
    defined = re.findall(
        r"^isnad:(\w*[cC]ue) a owl:AnnotationProperty", (ROOT / "ontology/words.ttl").read_text(encoding="utf-8"), re.MULTILINE
    )
    rows = re.findall(r"^\| (`isnad:\w*[cC]ue`.*?) \|", README, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"isnad:(\w+)", row)} == set(defined)


@pytest.mark.parametrize(
    ("start", "gold", "articles"),
    [("`corpus/`", "tests/gold/corpus.yaml", "corpus"), ("`bench/extraction`", "bench/extraction/gold.yaml", "bench/extraction/articles")],
)
def test_extraction_is_at_least_as_good_as_the_readme_says(start: str, gold: str, articles: str, tmp_path: Path) -> None:
    row = re.search(rf"^\| {re.escape(start)}.*?((?: \| \d\.\d\d){{3}})", README, re.MULTILINE)
    assert row, start
    out = tmp_path / "score.json"
    done = CliRunner().invoke(main, ["--store", "memory:", "score", str(ROOT / gold), str(ROOT / articles), "--json", str(out)])
    assert done.exit_code == 0, done.output
    total = json.loads(out.read_text(encoding="utf-8"))["total"]
    for name, stated in zip(("precision", "recall", "f"), re.findall(r"\d\.\d\d", row[1]), strict=True):
        assert round(total[name], 2) >= float(stated), name


def test_every_file_and_module_that_texts_and_docstrings_name_is_there() -> None:
    """Paths and dotted names between backticks, in Markdown, Python and Turtle; a dotted name may end in what a module holds."""
    files = [p for folder in ("kg", "server", "ontology", "english", "bench", "tests", "corpus") for p in (ROOT / folder).rglob("*")]
    lost = []
    for file in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(p for p in files if p.suffix in (".py", ".md", ".ttl"))]:
        for name in re.findall(r"`((?:kg|server|ontology|english|bench|tests)[./][\w./-]*\w)/?`", file.read_text(encoding="utf-8")):
            base = ROOT / name if "/" in name else ROOT.joinpath(*name.split("."))
            if not any(p.exists() for p in (base, base.with_suffix(".py"), base.parent.with_suffix(".py"))):
                lost.append(f"{file.relative_to(ROOT)}: {name}")
    assert not lost


def test_the_pipelines_example_runs() -> None:
    example = re.search(r"```python\n(.*?)```", (ROOT / "bench/english/README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    shown = example[1] + "print([(token.text, token.dep_) for token in doc if token.dep_ in ('nsubj', 'obj')])"
    done = subprocess.run([sys.executable, "-c", shown], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[('fighters', 'nsubj'), ('Ain al-Asad', 'obj')]", done.stderr


def test_every_target_of_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?<![\w.])make ([a-z-]+)", README)) <= targets


def test_the_rooms_of_the_readme_are_those_of_the_house() -> None:
    from tests.test_layers import LAYERS

    block = re.search(r"```\n(kg\.cli\n.*?)```", README, re.DOTALL)
    assert block
    drawn = [set(re.split(r"\s*\|\s*", line.strip())) for line in block[1].splitlines()]
    built = {p.stem if p.is_file() else p.name for p in (ROOT / "kg").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    rooms = {f"kg.{name}" for name in built if name != "__init__"} | {"server", "queries", "ontology", "corpus", "english"}
    assert set().union(*drawn) == rooms
    assert [row & rooms for row in map(set, LAYERS) if row & rooms] == [row for row in drawn if row & rooms]
