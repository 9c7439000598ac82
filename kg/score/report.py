"""A score as people and as machines read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import Final

from rich.table import Table
from rich.text import Text

from kg.score import vocabulary as v
from kg.score.figures import APART, FUSED, Figure, Outcome, Scored
from kg.score.run import Result

KEYS: Final = frozenset({"said_by", "via"} | {key.name for keys in v.SLOTS.values() for key in keys})
"""The keys that stand before the value of a mistake."""


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
        "figures": {name: _numbers(figure) for name, figure in figures.items() if name not in (*APART, FUSED)},
        "attribution": {name: _numbers(figures[name]) for name in APART},
        "fusion": _numbers(figures[FUSED]),
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
    table = Table("slot", title=Text(article) if article else None, highlight=False)
    for column in ("right", "wrong", "missed", "P", "R", "F"):
        table.add_column(column, justify="right")
    shown = {name: figure for name, figure in score.figures(article).items() if figure != Figure()}
    for name, figure in shown.items():
        if name not in (*APART, FUSED):
            table.add_row(name, *_cells(figure))
    table.add_section()
    table.add_row("all slots", *_cells(score.total(article)))
    table.add_section()
    for name in APART:
        if name in shown:
            table.add_row(f"attribution: {name}", *_cells(shown[name]))
    if FUSED in shown:
        table.add_row(f"pairs of tellings: {FUSED}", *_cells(shown[FUSED]))
    return table


def _cells(figure: Figure) -> Iterator[str]:
    yield str(figure.right + figure.beyond)
    yield str(figure.wrong)
    yield str(figure.missed)
    for value in (figure.precision, figure.recall, figure.f):
        yield "" if value is None else f"{value:.2f}"


def mistakes_tables(score: Scored) -> Iterator[Table]:
    """Of each article with mistakes: every wrong and every missed fact, row by row, and what was extracted of no event, with the words it rests on."""
    for article in score.articles:
        table = Table(title=Text(article), highlight=False, expand=True, show_lines=True)
        table.add_column("", no_wrap=True)
        table.add_column("row and facts", ratio=1, overflow="fold")
        table.add_column("words", ratio=1, overflow="fold")
        for verdict in ("wrong", "missed"):
            mistakes = (o for o in score.of(verdict) if o.article == article)
            for (row, quotes), facts in groupby(mistakes, lambda o: (o.row, o.quotes)):
                table.add_row(verdict, _listed(row, [_fact(o) for o in facts]), Text(" … ".join(quotes)))
        for hit in (h for h in score.hits if h.article == article):
            table.add_row("no event", _listed(hit.would_be, [hit.why, f"extracted: {hit.row}"]), Text(" … ".join(hit.quotes)))
        if table.row_count:
            yield table
    table = Table("", "events", "words", title=FUSED, highlight=False, expand=True, show_lines=True)
    for outcome in (o for verdict in ("wrong", "missed") for o in score.of(verdict) if o.figure == FUSED):
        table.add_row(outcome.verdict, _listed(outcome.row, [outcome.article]), Text(" … ".join(outcome.quotes)))
    if table.row_count:
        yield table


def _fact(outcome: Outcome) -> str:
    """A fact under the name of its figure, with its key where that is another: "perpetrator (by): Iran"."""
    key, mark, value = outcome.value.partition(": ")
    if outcome.value == outcome.row:
        return outcome.figure
    if not mark or key not in KEYS:
        return f"{outcome.figure}: {outcome.value}"
    return f"{outcome.figure}: {value}" if key.replace("_", " ") == outcome.figure else f"{outcome.figure} ({key}): {value}"


def _listed(head: str, facts: Iterable[str]) -> Text:
    """A row's name in bold, and under it its facts; plain text, for brackets in a source's words are no markup."""
    return Text.assemble((head, "bold"), *(f"\n{fact}" for fact in facts))
