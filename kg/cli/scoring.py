"""The command that measures what is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from kg import sources
from kg.pipeline import Pipeline
from kg.score import report as reports
from kg.score.run import score as scored
from kg.settings import Settings


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("articles", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--json", "output", type=click.Path(path_type=Path, dir_okay=False), help="Write all figures and mistakes to this file as JSON."
)
@click.option("--by-article", is_flag=True, help="Show the figures of each article too.")
@click.option("--misses", is_flag=True, help="List every wrong and every missed fact with its words.")
@click.pass_obj
def score(given: Settings, gold: Path, articles: Sequence[Path], output: Path | None, by_article: bool, misses: bool) -> None:
    """Measure what is read in articles against a gold file: precision, recall and F per slot.

    ARTICLES are files or folders. Every extracted fact that the gold does not hold counts as wrong. Nothing is written to the graph.

    Example: kg score tests/gold/corpus.yaml corpus/ --misses
    """
    result = scored(gold, sources.gather(articles, None, int(given.max_file * 1_000_000)), Pipeline(given), fusion=True)
    tables = [reports.figures_table(result.scored, name) for name in result.scored.articles if by_article]
    tables += [reports.figures_table(result.scored)]
    tables += reports.mistakes_tables(result.scored) if misses else ()
    for table in tables:
        Console().print(table)
    for note in result.notes:
        click.echo(note, err=True)
    if output:
        output.write_text(reports.as_json(result), encoding="utf-8")
