"""The group of commands; each reads its input, makes one call and writes the answer."""

from __future__ import annotations

from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import Any

import click

from kg import __version__, settings
from kg.cli import articles, asking, correcting, judging, keeping, scoring, serving
from kg.errors import IsnadError


class Commands(click.Group):
    """The group of commands; an error of ours ends in its text and its exit status, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command."""
        try:
            return super().invoke(ctx)
        except IsnadError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_status)
        except BrokenPipeError:
            raise
        except (OSError, UnicodeError) as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
@click.option("--store", help="Folder of the graph, or memory: (default: KG_STORE, else data).")
@click.pass_context
def main(ctx: click.Context, store: str | None) -> None:
    """Isnad: a graph of claims read from news articles, each with who said it, through whom, where and in which words."""
    given = settings.read(store=store)
    if given.in_memory:
        given = replace(given, store=ctx.with_resource(TemporaryDirectory(prefix="isnad-")))
    ctx.obj = given


for command in (
    *(articles.add, articles.remove, articles.rebuild),
    *(correcting.retract, correcting.takedown),
    *(asking.ask, asking.export, asking.check, asking.policy),
    *(judging.merge, judging.split, judging.accept, judging.reject, judging.name, judging.judgements_, judging.withdraw),
    *(keeping.keep, keeping.backup, keeping.restore),
    *(serving.serve, serving.show_settings),
    scoring.score,
):
    main.add_command(command)
