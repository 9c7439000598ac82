"""The invented reports of bench/extraction and their gold agree with one another and with the scorer."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.score.gold import GoldArticle, read
from tests.score.making import perfect, score

BENCH = Path(__file__).parents[2] / "bench" / "extraction"
ARTICLES = read(BENCH / "gold.yaml")


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
class TestInventedReports:
    def test_every_cue_stands_in_its_report(self, article: GoldArticle) -> None:
        text = (BENCH / "articles" / f"{article.name}.txt").read_text(encoding="utf-8")
        assert [row.cue for row in article.rows if row.cue and row.cue not in text] == []

    def test_the_gold_scores_in_full_against_itself(self, article: GoldArticle) -> None:
        assert [o for o in score(perfect(article), article).outcomes if o.verdict in ("wrong", "missed")] == []


def test_every_report_has_its_gold() -> None:
    assert {article.name for article in ARTICLES} == {path.stem for path in (BENCH / "articles").glob("*.txt")}
