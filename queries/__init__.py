"""The questions that ship with Isnad: each a file in `competency/` whose first line is the question, with its expected answer beside it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import UnknownQuestion

FOLDER: Final = Path(__file__).parent / "competency"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, the question in words, the query with that line, and its file."""

    name: str
    title: str
    text: str
    path: Path

    @property
    def expected(self) -> Path:
        """The file that holds the expected answer, as CSV."""
        return self.path.with_suffix(".csv")


def questions(folder: Path = FOLDER) -> tuple[Question, ...]:
    """All questions of a folder, by name."""
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def question(name: str, folder: Path = FOLDER) -> Question:
    """The question with this name; raises UnknownQuestion with the nearest names."""
    known = {question.name: question for question in questions(folder)}
    if name not in known:
        raise UnknownQuestion(name, nearest(name, known))
    return known[name]


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """Up to three names most like this one, the likest first; one that holds it, or a word of it, counts as like it.

    >>> nearest("pmf-component", ["leaders", "pmf-components"])
    ['pmf-components']
    """
    names = list(names)
    wanted = name.lower()
    words = {word for word in wanted.replace("_", "-").split("-") if len(word) > 2}
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)
    holding = [other for other in names if wanted and wanted in other] + [other for other in names if words & set(other.split("-"))]
    return list(dict.fromkeys([*near, *holding]))[:3]


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    return Question(path.stem, text.partition("\n")[0].removeprefix("#").strip(), text, path)
