"""The built wheel installs and runs elsewhere, with its ontology, questions, reports, pages and English pipeline inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (made,) = folder.glob("isnad-*.whl")
    return made


@pytest.mark.long
def test_all_data_files_of_the_checkout_are_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    data = [p for name in ("ontology", "queries", "corpus", "english", "server") for p in (ROOT / name).rglob("*") if p.is_file()]
    wanted = {p.relative_to(ROOT).as_posix() for p in data if "__pycache__" not in p.parts}
    assert wanted <= held
    assert not [name for name in held if name.startswith("tests/")]


@pytest.mark.long
def test_the_installed_wheel_populates_and_answers(wheel: Path, tmp_path: Path) -> None:
    """Installed by itself into a folder of its own, with the dependencies of this environment, and run far from the checkout."""
    home = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(home), str(wheel)], check=True, capture_output=True
    )

    def kg(*arguments: str) -> str:
        program = f"import kg; assert kg.__file__.startswith({str(home)!r}); from kg.cli import main; main()"
        environment = os.environ | {"PYTHONPATH": str(home), "KG_STORE": str(tmp_path / "store")}
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert kg("add", str(home / "corpus")).count("added") == 5
    assert "Badr Organization" in kg("ask", "pmf-components", "--format", "csv")
