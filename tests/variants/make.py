"""Varied copies of scored articles: python -m tests.variants.make GOLD ARTICLES OUT --seed N [--only names,figures]

Writes OUT/gold.yaml and OUT/articles/, for `kg score OUT/gold.yaml OUT/articles`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random
from typing import Final

import click

from tests.variants import days, figures, names, verbs, voice
from tests.variants.making import Article, Maker, read, write

MAKERS: Final[Mapping[str, Maker]] = {
    "names": names.vary,
    "figures": figures.vary,
    "days": days.vary,
    "verbs": verbs.vary,
    "voice": voice.vary,
}
"""The kinds of variants, in the order in which they are made."""

REPLACED: Final = ("names", "figures", "days", "verbs")
"""The kinds that change words and leave the sentences as they are."""


def variants(articles: Iterable[Article], seed: int, kinds: Iterable[str]) -> tuple[Article, ...]:
    """Copies of articles, varied in some ways; equal seeds give equal copies."""
    made = tuple(articles)
    chosen = set(kinds)
    for kind, maker in MAKERS.items():
        if kind in chosen:
            made = tuple(maker(article, Random(f"{seed} {kind} {article.name}")) for article in made)
    return made


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("articles", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=1, show_default=True, help="Equal seeds give equal copies.")
@click.option("--only", default=",".join(REPLACED), show_default=True, help=f"What to vary: {', '.join(MAKERS)}.")
def main(gold: Path, articles: Path, out: Path, seed: int, only: str) -> None:
    """Write varied copies of the ARTICLES of a GOLD file into OUT."""
    kinds = only.split(",")
    if unknown := set(kinds) - set(MAKERS):
        raise click.BadParameter(f"{', '.join(sorted(unknown))} is none of {', '.join(MAKERS)}", param_hint="--only")
    made = write(variants(read(gold, articles), seed, kinds), out)
    click.echo(f"kg score {made[0]} {made[1]}")


if __name__ == "__main__":
    main()
