"""What adding one article costs in a small and in a large store, as a ratio in one run, for stores of several shapes.

What is timed is `kg add` of one report in plain English: reading, fusing, the update, and the snapshot that readers see.  README.md says what the
shapes are.

Run from the project's folder: python bench/scale/adding.py [SHAPE …] [--small N] [--large N] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from stores import SHAPES, fill  # noqa: E402

from kg import settings  # noqa: E402
from kg.model import Metadata, Raw  # noqa: E402
from kg.pipeline import Pipeline  # noqa: E402

ROUNDS = 7
BAR = 3.0
"""The highest ratio that the spread shape may have."""


def adding(pipeline: Pipeline, name: str, count: int) -> float:
    """Milliseconds that `kg add` of one report takes: the median of several, the first of them left out."""
    taken = []
    for number in range(ROUNDS + 1):
        text, day = SHAPES[name].report(pipeline, count, number)
        url, published = f"https://news.example/{name}/{count}/{number}", day + timedelta(days=2)
        raw = Raw(
            f"new-{number}.txt",
            f"New report {number}\n\n{text}".encode(),
            Metadata(url=url, publisher="Al Jazeera", published=published.isoformat()),
        )
        began = time.perf_counter()
        (outcome,) = pipeline.add([raw])
        taken.append(time.perf_counter() - began)
        assert outcome.state == "added", outcome
        assert outcome.events, outcome
    return 1000 * statistics.median(taken[1:])


def measured(name: str, small: int, large: int) -> dict[str, float]:
    """The figures of one shape."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="isnad-bench-") as folder:
        for size, count in (("small", small), ("large", large)):
            pipeline = Pipeline(settings.read({}, store=Path(folder) / size))
            began = time.perf_counter()
            fill(pipeline, SHAPES[name], count)
            figures[f"{size}: articles"] = count
            figures[f"{size}: seconds to fill"] = round(time.perf_counter() - began, 1)
            figures[f"{size}: milliseconds to add one"] = round(adding(pipeline, name, count), 1)
    figures["ratio"] = round(figures["large: milliseconds to add one"] / figures["small: milliseconds to add one"], 2)
    return figures


def main() -> None:
    """Fills a small and a large store of each shape, and prints what one more article costs in each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=f"of {', '.join(SHAPES)}; all where none is given")
    parser.add_argument("--small", type=int, default=200)
    parser.add_argument("--large", type=int, default=2_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if unknown := set(given.shapes) - SHAPES.keys():
        parser.error(f"there is no shape {', '.join(sorted(unknown))}")
    found = {}
    for name in given.shapes or SHAPES:
        found[name] = measured(name, given.small, given.large)
        for figure, value in found[name].items():
            print(f"{name:8} {figure:32} {value}", flush=True)
    if "spread" in found:
        print(f"{'spread':8} {'ratio at most':32} {BAR}")
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
