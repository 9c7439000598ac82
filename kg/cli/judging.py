"""The commands by which a person judges what the machine read and joined."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from kg import judgements
from kg.errors import SettingError
from kg.ids import Ids
from kg.pipeline import Judged, Pipeline
from kg.settings import NOBODY, Settings
from kg.tables import judgements_table

Command = TypeVar("Command", bound=Callable[..., Any])


def _day(_: click.Context, __: click.Parameter, text: str | None) -> date:
    """The day that an option states, EDTF level 0 (YYYY-MM-DD); today where it states none."""
    if text is None:
        return date.today()
    try:
        if len(text) != 10:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day; write it like 2024-02-08.") from None


def signed(command: Command) -> Command:
    """Adds the options that say whose judgement it is, of which day and why."""
    for option in (
        click.option("--reason", help="Why, in a sentence of your own."),
        click.option("--date", "on", callback=_day, metavar="YYYY-MM-DD", help="Day of the judgement (default: today)."),
        click.option("--by", help="Your name; it stands in the graph (default: KG_BY)."),
    ):
        command = option(command)
    return command


def _person(given: Settings, by: str | None) -> str:
    """Who judges; raises SettingError when nobody is named."""
    name = (by if by is not None else given.by).strip()
    if not name or name == NOBODY:
        raise SettingError("A judgement needs a name: say whose it is by --by NAME, or set KG_BY.")
    return name


def _judge(
    given: Settings, verdict: str, things: Sequence[str], by: str | None, on: date, reason: str | None, article: str | None = None
) -> None:
    """Enters one judgement and shows what became of it."""
    judged = Pipeline(given).judge(verdict, things, by=_person(given, by), on=on, reason=reason, article=article)
    Console().print(judgements_table([judged], given.base))


@click.command()
@click.argument("events", nargs=-1, required=True)
@signed
@click.pass_obj
def merge(given: Settings, events: Sequence[str], by: str | None, on: date, reason: str | None) -> None:
    """Make several events one: all their tellings tell the same event from now on, whatever the machine finds.

    EVENTS are two ids or more, whole or their beginnings. The judgement outlasts reruns and rebuilds; `kg withdraw` undoes it.

    Example: kg merge 1f09 77c2 --by "A. Analyst" --reason "Same base, same night."
    """
    _judge(given, judgements.MERGE, events, by, on, reason)


@click.command()
@click.argument("things", nargs=-1, required=True)
@click.option("--article", help="Split off all tellings of this article (id, address or file name); give the event instead of tellings.")
@signed
@click.pass_obj
def split(given: Settings, things: Sequence[str], article: str | None, by: str | None, on: date, reason: str | None) -> None:
    """Take tellings out of their event: they tell another one than those that stay, whatever the machine finds.

    THINGS are ids of tellings (`report:…`) of one event, or the event itself with --article. Taken out, they are not joined with one another by it.

    Example: kg split 1f09 --article 5e2b0c3f9a7d1e44 --by "A. Analyst"
    """
    if article and len(things) > 1:
        raise SettingError("--article splits one event; give that event alone.")
    _judge(given, judgements.SPLIT, things, by, on, reason, article)


@click.command()
@click.argument("claim")
@signed
@click.pass_obj
def accept(given: Settings, claim: str, by: str | None, on: date, reason: str | None) -> None:
    """Let a claim become a fact: it is rightly read and may be relied on, whoever says it and however directly.

    A claim that is not asserted (alleged, denied, planned…) stays out of the facts all the same: accepted is what it says, not more.

    Example: kg accept 5f0c --by "A. Analyst"
    """
    _judge(given, judgements.ACCEPT, [claim], by, on, reason)


@click.command()
@click.argument("claim")
@signed
@click.pass_obj
def reject(given: Settings, claim: str, by: str | None, on: date, reason: str | None) -> None:
    """Keep a claim out of the facts: it is wrongly read, or not to be relied on. It stays in its article's graph.

    Example: kg reject 5f0c --by "A. Analyst" --reason "The sentence speaks of another brigade."
    """
    _judge(given, judgements.REJECT, [claim], by, on, reason)


@click.command()
@click.argument("candidate")
@click.argument("thing")
@signed
@click.pass_obj
def name(given: Settings, candidate: str, thing: str, by: str | None, on: date, reason: str | None) -> None:
    """Say which known thing an unlisted name of one article stands for: facts use the known thing from now on.

    CANDIDATE is the id of the name (`candidate:…`), THING that of a known actor or place.

    Example: kg name 5e2b0c3f9a7d1e44-abu-hussein actor:abu-hussein-al-hamidawi --by "A. Analyst"
    """
    _judge(given, judgements.NAME, [candidate, thing], by, on, reason)


@click.command("judgements")
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(["table", "json"]), help="Form of the list.")
@click.option("--export", "output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write them to this file.")
@click.option("--import", "source", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Enter those of this file.")
@click.pass_obj
def judgements_(given: Settings, form: str, output: Path | None, source: Path | None) -> None:
    """List the judgements in force with their effects, write them to a file, or enter those of one.

    A file holds one judgement a line (JSON), in order of entry. Importing it twice changes nothing; another store with the same articles comes to
    the same graph.

    Example: kg judgements --export judgements.jsonl
    """
    if output and source:
        raise SettingError("Give --export or --import, not both.")
    if source:
        with click.open_file(str(source), encoding="utf-8") as file:
            entries = judgements.entries(file, Ids(given.base))
        judged = Pipeline(given).enter(judgements.standing(entries))
    else:
        judged = Pipeline(given).judgements()
    if output:
        with click.open_file(str(output), "w", encoding="utf-8") as file:
            file.writelines(judgements.line(row.judgement, Ids(given.base)) + "\n" for row in judged)
    elif form == "json":
        click.echo(json.dumps([_plain(row) for row in judged], ensure_ascii=False, indent=1))
    else:
        Console().print(judgements_table(judged, given.base))


@click.command()
@click.argument("judgement")
@signed
@click.pass_obj
def withdraw(given: Settings, judgement: str, by: str | None, on: date, reason: str | None) -> None:
    """Take a judgement back: the graph is again as it would be without it.

    Example: kg withdraw 3c9a --by "A. Analyst"
    """
    judged = Pipeline(given).withdraw(judgement, by=_person(given, by), on=on, reason=reason)
    Console().print(judgements_table([judged], given.base))


def _plain(judged: Judged) -> dict[str, Any]:
    """A judgement as JSON, things by their IRIs."""
    said = judged.judgement
    return {
        "judgement": said.id,
        "verdict": said.verdict.rsplit("/", 1)[-1],
        "about": list(said.about),
        "anchors": list(said.anchors),
        "by": said.by,
        "on": said.on.isoformat(),
        "reason": said.reason,
        "effect": judged.effect,
    }
