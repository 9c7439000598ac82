"""What became of articles, as the commands show it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from kg.pipeline import Outcome, Progress
from kg.tables import outcomes_table


def tell(outcomes: Sequence[Outcome], report: Path | None, verbose: bool) -> None:
    """Shows what became of each file; exit status 1 when one was refused."""
    Console().print(outcomes_table(outcomes))
    for outcome in outcomes:
        for note in outcome.notes:
            click.echo(f"{outcome.name}: {note}", err=True)
        for reason in outcome.aside:
            click.echo(f"{outcome.name}: set aside {reason.predicate}: {reason.message}", err=True)
        if verbose and outcome.reading:
            for refusal in outcome.reading.refusals:
                click.echo(f"{outcome.name}: refused {refusal.draft.predicate}: {refusal.reason}", err=True)
            for candidate in outcome.reading.candidates:
                click.echo(f"{outcome.name}: unknown {candidate.kind} {candidate.label!r}", err=True)
    if report:
        report.write_text(json.dumps([_plain(o) for o in outcomes], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if any(outcome.state == "refused" for outcome in outcomes):
        click.get_current_context().exit(1)


def _plain(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON."""
    reading = outcome.reading
    return {
        "file": outcome.name,
        "state": outcome.state,
        "article": outcome.article,
        "reason": outcome.reason,
        "claims": outcome.claims,
        "tellings": outcome.events,
        "notes": list(outcome.notes),
        "set_aside": [asdict(reason) for reason in outcome.aside],
        "unknown": [{"kind": c.kind, "name": c.label} for c in reading.candidates] if reading else [],
        "refused": [{"predicate": r.draft.predicate, "reason": r.reason} for r in reading.refusals] if reading else [],
    }


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on a terminal, nothing in a pipe."""
    console = Console(stderr=True)
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda doing, done, of: bar.update(task, description=doing, completed=done, total=of or None)
