"""The score of articles and of their variants, and what a variant lost and gained against its original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import corpus
from kg import settings, sources
from kg.pipeline import Pipeline
from kg.score.figures import Scored
from kg.score.run import score
from tests.variants.making import Article, read, write

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = ROOT.parent / "shared"
SETS: Final = {
    "corpus": (ROOT / "tests" / "gold" / "corpus.yaml", corpus.PATH),
    "shared": (SHARED / "gold" / "seeds.yaml", SHARED / "articles"),
}
"""Gold files and folders of their articles."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a variant has right that its original had not, or the reverse, by figure and article."""

    figure: str
    article: str
    times: int


def originals(name: str) -> tuple[Article, ...]:
    """The articles of a set as they are."""
    return read(*SETS[name])


def scored(articles: Iterable[Article]) -> Scored:
    """The score of the rules on articles with their gold."""
    with TemporaryDirectory() as folder:
        gold, texts = write(articles, Path(folder))
        result = score(gold, sources.gather([texts], None, 10_000_000), Pipeline(settings.read({}, store="memory:")))
        assert result.notes == ()
        return result.scored


def f(result: Scored) -> float:
    """F over all slots."""
    return result.total().f or 0.0


def changes(before: Scored, after: Scored) -> tuple[Change, ...]:
    """What was found before and is not after, or is wrong after and was not before: the most first."""
    lost = Counter((o.figure, o.article) for o in before.of("right"))
    lost.subtract((o.figure, o.article) for o in after.of("right"))
    return tuple(Change(figure, article, times) for (figure, article), times in lost.most_common() if times)
