"""The commands by which what was published is corrected."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime

import click

from kg.cli.telling import tell
from kg.pipeline import Pipeline
from kg.settings import Settings

_BY = click.option("--by", required=True, help="Who decides it, by name.")
_DATE = click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), default=lambda: date.today().isoformat(), help="The day (default: today)."
)


@click.command()
@click.argument("article")
@_BY
@_DATE
@click.option("--reason", help="Why, in a sentence.")
@click.option("--undo", is_flag=True, help="The retraction no longer holds: let the article's claims stand again.")
@click.pass_obj
def retract(given: Settings, article: str, by: str, day: datetime, reason: str | None, undo: bool) -> None:
    """Record that its outlet withdrew an article.

    ARTICLE is an id, address or file name. Its claims stay citable with the status retracted, and no fact rests on them; reading it again
    does not change that.

    Example: kg retract 5e2b0c3f9a7d1e44 --by "Editor of this archive" --reason "Withdrawn on the outlet's corrections page"
    """
    tell([Pipeline(given).retract(article, by, f"{day:%Y-%m-%d}", reason, undo=undo)], None, verbose=False)


@click.command()
@click.argument("name")
@_BY
@_DATE
@click.option("--article", "articles", multiple=True, help="Only in this article (may be given several times).")
@click.pass_obj
def takedown(given: Settings, name: str, by: str, day: datetime, articles: Sequence[str]) -> None:
    """Take a name out of graph, documents and snapshots, for good.

    It is found in any spelling of the same letters, replaced by a marker, and kept out when it comes again; a surname alone is another NAME.
    It cannot be undone. A tombstone says that, when, by whom and of which articles, never what. NAME may be -: it is read from standard input.

    Example: echo "Some Name" | kg takedown - --by "Editor of this archive"
    """
    if name == "-":
        name = sys.stdin.readline().strip()
    outcomes = Pipeline(given).takedown(name, by, f"{day:%Y-%m-%d}", articles)
    tell(outcomes, None, verbose=False)
    click.echo("Not reached: copies made before (exports, backups), and the disk's own traces of deleted files.", err=True)
