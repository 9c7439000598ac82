"""A score as people and as machines read it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from rich.table import Table

from kg.score.figures import APART, Figure, Outcome, Scored
from kg.score.run import Result


def as_json(result: Result) -> str:
    """All figures, misses and wrong facts as JSON: {extractor, total, figures, attribution, articles, missed, wrong, not_events, …}."""
    score = result.scored
    whole = {
        "extractor": result.extractor,
        **_figures(score, None),
        "articles": {name: _figures(score, name) for name in score.articles},
        "missed": [_plain(o) for o in score.of("missed")],
        "wrong": [_plain(o) for o in score.of("wrong")],
        "not_events": [asdict(hit) for hit in score.hits],
        "said_again": score.again,
        "scored_neither_way": score.neither,
        "notes": list(result.notes),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _figures(score: Scored, article: str | None) -> dict[str, object]:
    figures = score.figures(article)
    return {
        "total": _numbers(score.total(article)),
        "figures": {name: _numbers(figure) for name, figure in figures.items() if name not in APART},
        "attribution": {name: _numbers(figures[name]) for name in APART},
    }


def _numbers(figure: Figure) -> Mapping[str, float | int | None]:
    return {
        "right": figure.right,
        "wrong": figure.wrong,
        "missed": figure.missed,
        "beyond": figure.beyond,
        "precision": figure.precision,
        "recall": figure.recall,
        "f": figure.f,
    }


def _plain(outcome: Outcome) -> Mapping[str, object]:
    return {
        "article": outcome.article,
        "figure": outcome.figure,
        "row": outcome.row,
        "value": outcome.value,
        "quotes": list(outcome.quotes),
    }


def figures_table(score: Scored, article: str | None = None) -> Table:
    """The figures of all slots that have any, the total, and attribution below it."""
    table = Table("slot", title=article, highlight=False)
    for column in ("right", "wrong", "missed", "P", "R", "F"):
        table.add_column(column, justify="right")
    shown = {name: figure for name, figure in score.figures(article).items() if figure != Figure()}
    for name, figure in shown.items():
        if name not in APART:
            table.add_row(name, *_cells(figure))
    table.add_section()
    table.add_row("all slots", *_cells(score.total(article)))
    table.add_section()
    for name in APART:
        if name in shown:
            table.add_row(f"attribution: {name}", *_cells(shown[name]))
    return table


def _cells(figure: Figure) -> Iterator[str]:
    yield str(figure.right + figure.beyond)
    yield str(figure.wrong)
    yield str(figure.missed)
    for value in (figure.precision, figure.recall, figure.f):
        yield "" if value is None else f"{value:.2f}"


def mistakes_table(score: Scored) -> Table:
    """Every wrong and every missed fact with the words it rests on, wrong ones first."""
    table = Table("article", "slot", "", "row", "fact", "words", highlight=False)
    for verdict in ("wrong", "missed"):
        for o in score.of(verdict):
            table.add_row(o.article[:12], o.figure, verdict, o.row, o.value, " … ".join(o.quotes))
    return table


def hits_table(score: Scored) -> Table:
    """What was extracted that looks like something that the gold names as no event."""
    table = Table("article", "no event", "why", "extracted", "words", highlight=False)
    for hit in score.hits:
        table.add_row(hit.article[:12], hit.would_be, hit.why, hit.row, " … ".join(hit.quotes))
    return table
