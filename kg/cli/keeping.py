"""The commands that keep revisions, and bring them or a whole store back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console

from kg.errors import BadRevision
from kg.facts import policy
from kg.pipeline import version
from kg.settings import Settings
from kg.store import backup as backups
from kg.store import keeping, revisions
from kg.store.embedded import Writer, snapshot
from kg.tables import revisions_table

_DATE = click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), default=lambda: date.today().isoformat(), help="The day (default: today)."
)


def _writer(given: Settings) -> Writer:
    return Writer(given.folder, version(given.base, str(policy(given.policy))))


@click.command("snapshot")
@click.argument("name", required=False)
@click.option("--note", help="What it is kept for.")
@click.option("--drop", is_flag=True, help="Let go of the revision that NAME keeps.")
@_DATE
@click.pass_obj
def keep(given: Settings, name: str | None, note: str | None, drop: bool, day: datetime) -> None:
    """Keep the present revision by a name; without a name, list those that are kept.

    A kept revision is queried with ?revision=NAME, and stays as it is while the graph goes on. Only takedowns change it.

    Example: kg snapshot paper-2024 --note "Cited in section 3"
    """
    if name is None:
        if drop:
            raise BadRevision("Name the revision that is to be dropped; `kg snapshot` lists them.")
        Console().print(revisions_table(revisions.named(given.folder), revisions.current(given.folder)))
        return
    snapshot(given.folder)  # an empty store is told before its folder is made
    with _writer(given) as writer:
        kept = keeping.drop(writer, name) if drop else keeping.keep(writer, name, f"{day:%Y-%m-%d}", note)
    click.echo(f"{kept.name}: revision {kept.tag}{' is kept no more' if drop else ''}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(given: Settings, file: Path) -> None:
    """Write the whole store to a file: graph, documents, judgements, kept revisions.

    Others may read and write meanwhile. The file is read back before it takes its name, and is for your eyes only: it holds the texts, and the
    key by which names that were taken down are recognised.

    Example: kg backup /backups/isnad.tar
    """
    snapshot(given.folder)
    click.echo(f"{file}: revision {backups.backup(_writer(given), file)}.")


@click.command()
@click.argument("what")
@_DATE
@click.pass_obj
def restore(given: Settings, what: str, day: datetime) -> None:
    """Bring back a revision kept by name, or a store out of a backup file.

    A revision comes back as a new one, with its articles, judgements and users' graphs; what stood until now is kept by a name of its own, and
    takedowns stay. A file is restored into an empty folder (--store).

    Example: kg restore paper-2024
    """
    path = Path(what)
    name = any(kept.name == what for kept in revisions.named(given.folder))
    if name and path.is_file():
        raise BadRevision(f"{what!r} is both a kept revision and a file. Write ./{what} for the file, or rename it.")
    if not name and (path.is_file() or path.name != what):
        click.echo(f"{given.folder}: revision {backups.restore(path, given.folder)} is restored.")
        return
    revisions.find(given.folder, what)
    with _writer(given) as writer:
        before = keeping.restore(writer, what, f"{day:%Y-%m-%d}")
    click.echo(f"{what} is restored, as revision {revisions.current(given.folder)}. What stood until now is kept as {before.name}.")
