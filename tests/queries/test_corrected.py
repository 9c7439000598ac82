"""No question's answer rests on what an earlier version of an article said, or on an article that was retracted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import sources
from kg.model import Raw
from kg.pipeline import Pipeline
from kg.settings import Settings, read
from queries import Question, questions
from tests.queries.answers import answer, pool

HEAD = b"https://example.org/report\n"
TWO = ("2024-02-08-al-khazali-after-mashtal-strike.txt", "2024-01-05-al-sudani-after-strike-on-pmf-headquarters.txt")


def answers(settings: Settings) -> dict[str, bytes]:
    with pool(settings) as workers:
        return {asked.name: answer(asked, workers) for asked in questions()}


def report(name: str) -> Raw:
    """One of our reports, as if it stood under an address of its own."""
    (raw,) = (raw for raw in sources.gather([Path("corpus") / name], None, 10**7) if isinstance(raw, Raw))
    return Raw("report.txt", HEAD + raw.data, raw.metadata)


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_a_question_that_looks_at_claims_looks_at_those_that_stand(asked: Question) -> None:
    assert "status:current" in asked.text or not re.search(r"rdf:(subject|predicate|object)|isnad:Claim|isnad:reportedIn", asked.text)


def test_questions_do_not_hear_earlier_versions_or_retracted_articles(tmp_path: Path) -> None:
    twice, once = (read({}, store=tmp_path / name, workers=1) for name in ("twice", "once"))
    old, new = (report(name) for name in TWO)
    Pipeline(twice).add([old])
    Pipeline(twice).add([new])
    Pipeline(once).add([new])
    wanted = answers(once)
    assert answers(twice) == wanted
    assert any(body.count(b"\n") > 1 for body in wanted.values())
    for settings in (twice, once):
        Pipeline(settings).retract("report.txt", "An editor", "2024-07-01")
    retracted = answers(twice)
    Pipeline(once).remove("report.txt")
    removed = answers(once)
    assert {name for name in removed if retracted[name] != removed[name]} == {"articles"}, "it is listed, and says nothing"
