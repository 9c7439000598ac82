"""The commands by which articles come and go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kg import sources
from kg.cli.telling import progress, tell
from kg.errors import SettingError
from kg.extract import EXTRACTORS
from kg.model import Metadata
from kg.pipeline import Pipeline
from kg.settings import Settings


@click.command()
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
    with progress() as bar:
        outcomes = Pipeline(given, extractor).add(files, force=force, progress=bar)
    tell(outcomes, report, verbose)


@click.command()
@click.argument("articles", nargs=-1, required=True)
@click.pass_obj
def remove(given: Settings, articles: Sequence[str]) -> None:
    """Take articles out of the store, with all that only they supported.

    ARTICLES are ids, addresses or file names. Their texts go from the document store too; add the files again to have them back.

    Example: kg remove 5e2b0c3f9a7d1e44
    """
    tell([Pipeline(given).remove(name) for name in articles], None, verbose=False)


@click.command()
@click.pass_obj
def rebuild(given: Settings) -> None:
    """Make the graph anew from the kept documents; also how a store of an older version moves on.

    Example: kg rebuild
    """
    with progress() as bar:
        outcomes = Pipeline(given).rebuild(bar)
    tell(outcomes, None, verbose=False)
