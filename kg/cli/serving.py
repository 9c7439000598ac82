"""The commands that serve the graph, and show the settings."""

from __future__ import annotations

import subprocess
import sys

import click
from rich.console import Console

import corpus
from kg import settings
from kg.errors import StoreError
from kg.facts import policy
from kg.pipeline import version
from kg.prefixes import known
from kg.settings import Settings
from kg.store import embedded, processes
from kg.store.version import Version
from kg.store.watched import Watched
from kg.tables import settings_table
from kg.updating import Door


@click.command()
@click.option("--host", help="Address to listen on (default: KG_HOST).")
@click.option("--port", type=int, help="Port to listen on (default: KG_PORT).")
@click.option("--populate", is_flag=True, help="Put the reports of corpus/ into the store first when it is empty.")
@click.pass_obj
def serve(given: Settings, host: str | None, port: int | None, populate: bool) -> None:
    """Answer SPARQL queries and show pages until stopped.

    Example: kg serve --port 8000
    """
    from server.run import serve as run

    chosen = settings.read(store=given.store, host=host, port=port)
    if populate:
        _populate(chosen)
    current = Watched(lambda: embedded.snapshot(chosen.folder, chosen.base), chosen.folder / "CURRENT", chosen.folder / "VERSION")
    with Door(chosen, _version(chosen), known(chosen.base), lambda: _mend(chosen)) as door:
        run(chosen, current, door=door if chosen.secret else None)


def _populate(given: Settings) -> None:
    """Puts the shipped reports into an empty store; finishes or renews one that a run cut short or another version left.

    In a process of its own: the parser's model and pyshacl, which changes rdflib for its whole process, stay out of the one that serves the web.
    """
    status = 0
    if embedded.empty(given.folder):
        status = _in_a_process(given, "add", str(corpus.PATH))
    elif embedded.unfinished(given.folder, _version(given)):
        status = _in_a_process(given, "rebuild")
    if status:
        click.get_current_context().exit(status)


def _mend(given: Settings) -> None:
    """Finishes what a run left half done; raises StoreError when that fails."""
    if status := _in_a_process(given, "rebuild"):
        raise StoreError(f"An earlier run was cut short, and `kg rebuild` could not finish it (status {status}). Run it to see why.")


def _version(given: Settings) -> Version:
    """What writes to the store."""
    return version(given.base, str(policy(given.policy)))


def _in_a_process(given: Settings, *arguments: str) -> int:
    """Runs another command on the store; gives its exit status."""
    command = [sys.executable, "-P", "-c", "from kg.cli import main; main()", "--store", str(given.folder), *arguments]
    return subprocess.run(command, env=processes.environment(), check=False).returncode


@click.command("settings")
@click.pass_obj
def show_settings(given: Settings) -> None:
    """List the settings, their variables, what they are now and what they mean.

    Example: KG_TIMEOUT=5 kg settings
    """
    Console().print(settings_table(given))
