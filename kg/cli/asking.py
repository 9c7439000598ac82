"""The commands that read the graph: questions, exports, checks, comparisons."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import click
from rich.console import Console

import queries
from kg import formats, prefixes
from kg.cli.telling import progress
from kg.errors import IsnadError, NotAcceptable, UnknownQuestion
from kg.facts import POLICIES
from kg.pipeline import Pipeline, checking
from kg.querying import Querying
from kg.settings import Settings
from kg.sparql.guard import answer_kind
from kg.store import embedded, pool, revisions
from kg.store.graphs import Chosen, is_made
from kg.tables import answer_table, changes_table, findings_table, questions_table
from kg.triples import text


@click.command()
@click.argument("question", required=False)
@click.option(
    "--format", "form", default="table", show_default=True, type=click.Choice(["table", *formats.NAMES]), help="Form of the answer."
)
@click.pass_obj
def ask(given: Settings, question: str | None, form: str) -> None:
    """Answer a question from queries/, or the SPARQL query in a file; without a name, list the questions.

    Example: kg ask pmf-components --format csv
    """
    if question is None:
        Console().print(questions_table(queries.questions()))
        return
    text = Path(question).read_text(encoding="utf-8") if question.endswith((".rq", ".sparql")) and Path(question).is_file() else None
    if text is None:
        try:
            text = prefixes.moved(queries.question(question).text, given.base)
            given = replace(given, union_default_graph=True)  # our questions are about the union of all graphs
        except UnknownQuestion:
            if Path(question).exists():
                raise IsnadError(f"{question} is not a .rq file; write the query to one.") from None
            raise
    kind = answer_kind(text)
    chosen = formats.holding(kind)[0] if form == "table" else formats.called(form, kind)
    if chosen is None:
        raise NotAcceptable(form, [f.name for f in formats.holding(kind)])
    known = prefixes.known(given.base)
    with pool.Pool(replace(given, workers=1), lambda: embedded.snapshot(given.folder, given.base), known) as workers:
        answer = Querying(given, workers, known).answer(text, chosen)
    for warning in answer.warnings:
        click.echo(warning, err=True)
    if form == "table" and kind == "solutions":
        Console().print(answer_table(answer.body, given.base))
    else:
        click.echo(answer.body, nl=False)


WHOSE: Final[Mapping[str, Callable[[str], Chosen]]] = {
    "all": lambda _: lambda _: True,
    "made": lambda base: lambda graph: is_made(graph, base),
    "users": lambda base: lambda graph: not is_made(graph, base),
}
"""Whose graphs an export holds, for a base."""


@click.command()
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File to write (default: standard output).")
@click.option("--graph", help="Only this graph, such as facts or article/5e2b0c3f9a7d1e44.")
@click.option(
    "--of", "whose", type=click.Choice(["all", "made", "users"]), default="all", show_default=True,
    help="Only graphs that are made from articles and judgements, or only those that users wrote.",
)  # fmt: skip
@click.option("--revision", help="Of this kept revision instead of the present one.")
@click.pass_obj
def export(given: Settings, output: Path | None, graph: str | None, whose: str, revision: str | None) -> None:
    """Write the graph as sorted N-Quads: equal graphs give equal bytes.

    Example: kg export -o isnad.nq
    """
    folder = revisions.revision(given.folder, revision) if revision else embedded.snapshot(given.folder, given.base)
    lines = embedded.sorted_nquads(folder, f"{given.base}graph/{graph}" if graph else None, WHOSE[whose](given.base))
    if output is None:
        click.echo(b"".join(lines), nl=False)
        return
    with output.open("wb") as file:
        file.writelines(lines)


@click.command()
@click.pass_obj
def check(given: Settings) -> None:
    """Check all articles and the judgements against the shapes of ontology/shapes; exit status 1 when anything is wrong.

    Example: kg check
    """
    with progress() as bar:
        checked = list(checking.findings(given, bar))
    wrong = [(article, finding) for article, findings in checked for finding in findings]
    if wrong:
        Console().print(findings_table(wrong, given.base))
    articles = sum(name != checking.JUDGEMENTS for name, _ in checked)
    click.echo(f"{articles} article{'s' * (articles != 1)} and the judgements checked, {len(wrong)} finding{'s' * (len(wrong) != 1)}.")
    if wrong:
        click.get_current_context().exit(1)


@click.command()
@click.argument("name", type=click.Choice(sorted(POLICIES)))
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True, help="Form of the list.")
@click.pass_obj
def policy(given: Settings, name: str, form: str) -> None:
    """Show which facts another policy would take away or add; nothing is written.

    To choose it, set KG_POLICY and run kg rebuild.

    Example: kg policy two-independent-sources --format csv
    """
    found = Pipeline(given).compared(POLICIES[name])
    rows = [
        {"change": change, "subject": text(q.subject), "property": text(q.predicate), "value": text(q.object)}
        for change, quads in (("taken away", found.removed), ("added", found.added))
        for q in sorted(quads, key=str)
    ]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif form == "csv":
        out = csv.DictWriter(sys.stdout, ["change", "subject", "property", "value"], lineterminator="\r\n")
        out.writeheader()
        out.writerows(rows)
    else:
        Console().print(changes_table((row for row in rows if "/id/value/" not in row["subject"]), given.base))
        click.echo(f"Of {found.standing} triples, {POLICIES[name]} takes {len(found.removed)} away and adds {len(found.added)}.")
