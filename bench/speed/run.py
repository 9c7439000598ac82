"""Articles a second on one core: from raw files to claims and to stored quads, beside two peers, on articles made from corpus/.

Run from the project's folder: python bench/speed/run.py [--articles 100] [--json FILE] [--profile]
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # before NumPy is imported

import argparse
import cProfile
import json
import platform
import pstats
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from kg import settings, sources  # noqa: E402
from kg.extract.syntax.english import Word, load  # noqa: E402
from kg.extract.tokens import tokens  # noqa: E402
from kg.model import Metadata, Raw  # noqa: E402
from kg.pipeline import Outcome, Pipeline  # noqa: E402
from kg.resolve import settle, sourced  # noqa: E402
from kg.values.sentences import sentences  # noqa: E402

SIZE, SEED, ROUNDS = 2_000, 3, 3
BARS = {"raw file to claims": 40, "raw file to stored quads": 25}


@dataclass(frozen=True)
class Row:
    """A measure: articles a second of processor time, milliseconds of that for one, milliseconds by the clock (with waits for the disk)."""

    measure: str
    articles_per_second: float
    milliseconds: float
    elapsed: float
    bar: int | None


Seconds = tuple[float, float]
"""Of processor time, and by the clock."""


def articles(count: int, size: int = SIZE, seed: int = SEED) -> list[Raw]:
    """So many raw articles of about `size` bytes, always the same ones for the same seed."""
    texts = [path.read_text(encoding="utf-8").partition("\n\n")[2] for path in sorted((ROOT / "corpus").glob("2*.txt"))]
    known = [span.of(text) for text in texts for span in sentences(text)]
    chance = random.Random(seed)
    return [_article(number, chance, known, size) for number in range(count)]


def _article(number: int, chance: random.Random, known: Sequence[str], size: int) -> Raw:
    day = date(2024, 1, 1) + timedelta(days=number)
    lines, length = [f"Report {number} of {day:%A}"], 0
    chosen = chance.sample(known, len(known))
    while length < size:
        paragraph = " ".join(chosen.pop() for _ in range(chance.choice((1, 2, 2, 3))))
        lines.append(paragraph)
        length += len(paragraph.encode()) + 2
    return Raw(f"{number:04}.txt", "\n\n".join(lines).encode(), Metadata(publisher="Isnad", published=day.isoformat(), language="en"))


def split(raws: Sequence[Raw]) -> None:
    """The first peer: sentences and tokens alone."""
    for raw in raws:
        text = raw.data.decode()
        for span in sentences(text):
            tokens(span.of(text))


def parsed(raws: Sequence[Raw]) -> None:
    """The second peer: the English pipeline on all sentences."""
    english = load()
    for raw in raws:
        text = raw.data.decode()
        list(english.parse([Word(token.words) for token in tokens(span.of(text))] for span in sentences(text)))


def claimed(raws: Sequence[Raw], pipeline: Pipeline) -> None:
    """From raw files to claims, as the pipeline does it."""
    for raw in raws:
        document = sources.read(raw)
        iri = pipeline.ids.article(document.url, document.text_sha256)
        _, outlets = sourced(document, iri, pipeline.ids, pipeline.known)
        settle(pipeline.extractor.extract(document), iri, pipeline.ids, pipeline.words, pipeline.known, outlets)


def stored(raws: Sequence[Raw], profiler: cProfile.Profile | None = None) -> Seconds:
    """The time to add all to a store that stands already."""
    with tempfile.TemporaryDirectory() as folder:
        pipeline = Pipeline(settings.read({}, store=folder))
        pipeline.add([])
        outcomes: list[Outcome] = []
        with profiler or nullcontext():
            seconds = timed(lambda: outcomes.extend(pipeline.add(raws)))
    assert [outcome.state for outcome in outcomes] == ["added"] * len(raws)
    return seconds


def timed(work: Callable[[], object]) -> Seconds:
    started = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - started[0], time.perf_counter() - started[1]


def measure(count: int) -> Iterator[Row]:
    """Every measure, the best of some rounds; the first article of each is read beforehand, for what is loaded once."""
    raws = articles(count)
    pipeline = Pipeline(settings.read({}, store="memory:"))
    measures: dict[str, Callable[[], Seconds]] = {
        "sentences and tokens alone": lambda: timed(lambda: split(raws)),
        "the English pipeline alone": lambda: timed(lambda: parsed(raws)),
        "raw file to document": lambda: timed(lambda: [sources.read(raw) for raw in raws]),
        "raw file to claims": lambda: timed(lambda: claimed(raws, pipeline)),
        "raw file to stored quads": lambda: stored(raws),
    }
    split(raws[:1])
    parsed(raws[:1])
    claimed(raws[:1], pipeline)
    for name, work in measures.items():
        processor, clock = min(work() for _ in range(ROUNDS))
        yield Row(name, round(count / processor, 1), round(1000 * processor / count, 2), round(1000 * clock / count, 2), BARS.get(name))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=100)
    options.add_argument("--json", type=Path, help="a file for the figures")
    options.add_argument("--profile", action="store_true", help="tell where the time goes instead")
    given = options.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if given.profile:
        return profile(given.articles)
    rows = list(measure(given.articles))
    peer = {row.measure: row.milliseconds for row in rows}["the English pipeline alone"]
    print(f"{'measure':30} {'articles/s':>10} {'ms':>8} {'elapsed ms':>10} {'× parsing':>10} {'bar':>5}")
    for row in rows:
        ratio = row.milliseconds / peer
        print(
            f"{row.measure:30} {row.articles_per_second:10.1f} {row.milliseconds:8.2f} {row.elapsed:10.2f} {ratio:10.2f} {row.bar or '':>5}"
        )
    if given.json:
        machine = {"python": platform.python_version(), "processor": platform.machine(), "articles": given.articles, "bytes": SIZE}
        given.json.write_text(json.dumps({"machine": machine, "rows": [asdict(row) for row in rows]}, indent=2) + "\n", encoding="utf-8")
    return None


def profile(count: int) -> None:
    """Where the time from raw file to stored quads goes."""
    raws = articles(count)
    claimed(raws[:1], Pipeline(settings.read({}, store="memory:")))
    profiler = cProfile.Profile()
    stored(raws, profiler)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()
