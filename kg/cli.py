"""The command line: each command reads its input, makes one call, writes the answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

import corpus
import queries
from kg import __version__, cli_judgements, formats, prefixes, settings, sources
from kg.errors import IsnadError, NotAcceptable, SettingError, UnknownQuestion
from kg.extract import EXTRACTORS
from kg.facts import POLICIES
from kg.model import Metadata
from kg.pipeline import Outcome, Pipeline, Progress, checking, version
from kg.score import report as reports
from kg.score.run import score as scored
from kg.settings import Settings
from kg.sparql.guard import answer_kind
from kg.store import embedded, pool
from kg.tables import answer_table, findings_table, outcomes_table, questions_table, settings_table


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


cli_judgements.register(main)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--extractor", type=click.Choice(sorted(EXTRACTORS)), default="rules", show_default=True, help="What reads the claims.")
@click.option("--published", help="Date of publication (EDTF, such as 2024-02-08), for articles that do not carry one.")
@click.option("--url", help="Address of the article.")
@click.option("--publisher", help="The outlet.")
@click.option("--force", is_flag=True, help="Read again what stands there unchanged.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write all outcomes to this file as JSON.")
@click.option("-v", "--verbose", is_flag=True, help="Show refused claims and unknown names too.")
@click.pass_obj
def add(
    given: Settings,
    paths: Sequence[Path],
    extractor: str,
    published: str | None,
    url: str | None,
    publisher: str | None,
    force: bool,
    report: Path | None,
    verbose: bool,
) -> None:
    """Read articles and put their claims into the graph.

    PATHS are files or folders; a metadata.yaml beside the files says what is known of them. Reading an article twice changes nothing. The exit
    status is 1 when any file was refused.

    Example: kg add articles/ --publisher Rudaw
    """
    if url and (len(paths) > 1 or paths[0].is_dir()):
        raise SettingError(
            "--url is the address of one article; give one file, or write the addresses to a metadata.yaml beside the files."
        )
    known = Metadata(url=url, publisher=publisher, published=published, published_evidence="dateline-evidence/option")
    files = sources.gather(paths, known, int(given.max_file * 1_000_000))
    with _progress() as progress:
        outcomes = Pipeline(given, extractor).add(files, force=force, progress=progress)
    _tell(outcomes, report, verbose)


@main.command()
@click.argument("articles", nargs=-1, required=True)
@click.pass_obj
def remove(given: Settings, articles: Sequence[str]) -> None:
    """Take articles out of the graph, with all that only they supported.

    ARTICLES are ids, addresses or file names. The documents' bytes stay until they are dropped.

    Example: kg remove 5e2b0c3f9a7d1e44
    """
    _tell([Pipeline(given).remove(name) for name in articles], None, verbose=False)


_BY = click.option("--by", required=True, help="Who decides it, by name.")
_DATE = click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), default=lambda: date.today().isoformat(), help="The day (default: today)."
)


@main.command()
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
    _tell([Pipeline(given).retract(article, by, f"{day:%Y-%m-%d}", reason, undo=undo)], None, verbose=False)


@main.command()
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
    _tell(outcomes, None, verbose=False)
    click.echo("Not reached: copies made before (exports, backups), and the disk's own traces of deleted files.", err=True)


@main.command()
@click.pass_obj
def rebuild(given: Settings) -> None:
    """Make the graph anew from the kept documents; also how a store of an older version moves on.

    Example: kg rebuild
    """
    with _progress() as progress:
        outcomes = Pipeline(given).rebuild(progress)
    _tell(outcomes, None, verbose=False)


@main.command()
@click.pass_obj
def check(given: Settings) -> None:
    """Check every article's graph against the shapes of ontology/shapes; exit status 1 when anything is wrong.

    Example: kg check
    """
    with _progress() as progress:
        checked = list(checking.findings(given, progress))
    wrong = [(article, finding) for article, findings in checked for finding in findings]
    if wrong:
        Console().print(findings_table(wrong, given.base))
    click.echo(f"{len(checked)} article{'s' * (len(checked) != 1)} checked, {len(wrong)} finding{'s' * (len(wrong) != 1)}.")
    if wrong:
        click.get_current_context().exit(1)


@main.command()
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
        except UnknownQuestion:
            if Path(question).exists():
                raise IsnadError(f"{question} is not a .rq file; write the query to one.") from None
            raise
    kind = answer_kind(text)
    chosen = formats.holding(kind)[0] if form == "table" else formats.called(form, kind)
    if chosen is None:
        raise NotAcceptable(form, [f.name for f in formats.holding(kind)])
    with pool.Pool(replace(given, workers=1), lambda: embedded.snapshot(given.folder, given.base), prefixes.known(given.base)) as workers:
        answer = workers.answer(text, chosen)
    if form == "table" and kind == "solutions":
        Console().print(answer_table(answer.body, given.base))
    else:
        click.echo(answer.body, nl=False)


@main.command()
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File to write (default: standard output).")
@click.option("--graph", help="Only this graph, such as facts or article/5e2b0c3f9a7d1e44.")
@click.pass_obj
def export(given: Settings, output: Path | None, graph: str | None) -> None:
    """Write the graph as sorted N-Quads: equal graphs give equal bytes.

    Example: kg export -o isnad.nq
    """
    lines = embedded.sorted_nquads(embedded.snapshot(given.folder, given.base), f"{given.base}graph/{graph}" if graph else None)
    if output is None:
        click.echo(b"".join(lines), nl=False)
        return
    with output.open("wb") as file:
        file.writelines(lines)


@main.command()
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


@main.command()
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


def _populate(given: Settings) -> None:
    """Puts the shipped reports into an empty store; finishes or renews one that a run cut short or another version left.

    In a process of its own: the parser's model and pyshacl, which changes rdflib for its whole process, stay out of the one that serves the web.
    """
    if embedded.empty(given.folder):
        arguments = ["add", str(corpus.PATH)]
    elif embedded.unfinished(given.folder, version(given.base, str(POLICIES[given.policy]))):
        arguments = ["rebuild"]
    else:
        return
    command = [sys.executable, "-P", "-c", "from kg.cli import main; main()", "--store", str(given.folder), *arguments]
    status = subprocess.run(command, env=pool.environment(), check=False).returncode
    if status:
        click.get_current_context().exit(status)


@main.command("settings")
@click.pass_obj
def show_settings(given: Settings) -> None:
    """List the settings, their variables, what they are now and what they mean.

    Example: KG_TIMEOUT=5 kg settings
    """
    Console().print(settings_table(given))


def _tell(outcomes: Sequence[Outcome], report: Path | None, verbose: bool) -> None:
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
def _progress() -> Iterator[Progress]:
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
