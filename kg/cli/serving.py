"""The commands that serve the graph, and show the settings."""

from __future__ import annotations

import subprocess
import sys

import click
from rich.console import Console

import corpus
from kg import settings
from kg.facts import policy
from kg.pipeline import version
from kg.settings import Settings
from kg.store import embedded, pool
from kg.tables import settings_table


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
    run(chosen, lambda: embedded.snapshot(chosen.folder, chosen.base))


def _populate(given: Settings) -> None:
    """Puts the shipped reports into an empty store; finishes or renews one that a run cut short or another version left.

    In a process of its own: the parser's model and pyshacl, which changes rdflib for its whole process, stay out of the one that serves the web.
    """
    if embedded.empty(given.folder):
        arguments = ["add", str(corpus.PATH)]
    elif embedded.unfinished(given.folder, version(given.base, str(policy(given.policy)))):
        arguments = ["rebuild"]
    else:
        return
    command = [sys.executable, "-P", "-c", "from kg.cli import main; main()", "--store", str(given.folder), *arguments]
    status = subprocess.run(command, env=pool.environment(), check=False).returncode
    if status:
        click.get_current_context().exit(status)


@click.command("settings")
@click.pass_obj
def show_settings(given: Settings) -> None:
    """List the settings, their variables, what they are now and what they mean.

    Example: KG_TIMEOUT=5 kg settings
    """
    Console().print(settings_table(given))
