"""The questions that ship with Isnad: each a file in `competency/`, with its expected answer beside it.

The first line is the question, the second may name its subject (`# Subject: Attacks`), further comment lines say how to read the answer.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Final

from kg.errors import UnknownQuestion

FOLDER: Final = Path(__file__).parent / "competency"

SUBJECTS: Final = (
    "Attacks",
    "Dead and injured",
    "Where accounts differ",
    "People and groups",
    "Strength",
    "Politics and speech",
    "Sources",
)
"""What the questions are about, in the order in which they are shown; others follow, and those that name none come last."""

OTHER: Final = "Other"
_SUBJECT: Final = "Subject:"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, the question in words, its subject, how to read the answer, the query with all these lines, and its file."""

    name: str
    title: str
    subject: str
    note: str
    text: str
    path: Path

    @property
    def expected(self) -> Path:
        """The file that holds the expected answer, as CSV."""
        return self.path.with_suffix(".csv")


def questions(folder: Path = FOLDER) -> tuple[Question, ...]:
    """All questions of a folder, by name."""
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def by_subject(questions: Iterable[Question]) -> tuple[tuple[str, tuple[Question, ...]], ...]:
    """Questions under their subjects, in the order of SUBJECTS."""
    groups: dict[str, list[Question]] = {}
    for one in questions:
        groups.setdefault(one.subject, []).append(one)
    order = {subject: place for place, subject in enumerate(SUBJECTS)}
    subjects = sorted(groups, key=lambda subject: (subject == OTHER, order.get(subject, len(order)), subject))
    return tuple((subject, tuple(groups[subject])) for subject in subjects)


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
    title, *lines = [line.removeprefix("#").strip() for line in takewhile(lambda line: line.startswith("#"), text.splitlines())] or [""]
    subject = next((line.removeprefix(_SUBJECT).strip() for line in lines if line.startswith(_SUBJECT)), OTHER)
    note = " ".join(line for line in lines if not line.startswith(_SUBJECT))
    return Question(path.stem, title, subject, note, text, path)
