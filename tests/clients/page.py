"""The examples of docs/clients.md, and what each is to print; `python -m tests.clients.page` writes anew what they print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.clients import npm
from tests.server.scratch import TOKEN

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "clients.md"
ADDRESS = "http://127.0.0.1:8000"
"""Where the page's examples look for the server."""

BLOCKS = re.compile(r"```(sh|python|js)\n(.*?)```\n```text\n(.*?)```", re.DOTALL)
HEADINGS = re.compile(r"^## (.+)$", re.MULTILINE)
COMMANDS: Mapping[str, tuple[str, ...]] = {"sh": ("bash", "-eu"), "python": (sys.executable,), "js": ("node",)}
"""What runs an example, by the language of its block; the example is its file."""


@dataclass(frozen=True)
class Example:
    """`name` is the heading it stands under, with its number there."""

    name: str
    language: str
    text: str
    printed: str


def examples() -> Iterator[Example]:
    """In the order of the page."""
    page = PAGE.read_text(encoding="utf-8")
    for block in BLOCKS.finditer(page):
        heading = HEADINGS.findall(page, 0, block.start())[-1]
        number = len(BLOCKS.findall(page[page.index(f"## {heading}\n") : block.start()])) + 1
        yield Example(f"{heading}-{number}", *block.groups())


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address at which `kg serve` answers, over the reports in corpus/."""
    environment = os.environ | {"KG_STORE": str(folder / "store"), "KG_TOKEN": TOKEN, "KG_LOG": "false"}
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--populate", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield next(found[0] for line in process.stdout if (found := re.search(r"http://[\d.:]+", line)))
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


def printed(example: Example, address: str, folder: Path) -> str:
    """What the example prints; AssertionError with what it complains of when it fails."""
    file = folder / {"sh": "example.sh", "python": "example.py", "js": "example.mjs"}[example.language]
    file.write_text(example.text.replace(ADDRESS, address), encoding="utf-8")
    if example.language == "js":
        (folder / "node_modules").symlink_to(npm.installed())
    environment = os.environ | {"KG_TOKEN": TOKEN, "PATH": npm.path()}
    done = subprocess.run(
        [*COMMANDS[example.language], str(file)], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def renewed(address: str) -> str:
    """The page with what its examples print now."""
    page = PAGE.read_text(encoding="utf-8")
    for example in examples():
        with tempfile.TemporaryDirectory() as folder:
            new = printed(example, address, Path(folder))
        block = f"```{example.language}\n{example.text}```\n```text\n"
        page = page.replace(f"{block}{example.printed}```", f"{block}{new}```")
    return page


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made, server(Path(made)) as started:
        PAGE.write_text(renewed(started), encoding="utf-8")
