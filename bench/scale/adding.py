"""What adding one article costs in a small and in a large store, as a ratio in one run.

The stores are made of generated articles, six tellings each, of strikes that three articles tell of on average, spread over ten years and the towns of
four countries; their graphs go through fusion and facts like any other, and past the parser.  What is timed is `kg add` of one report in plain English
that tells of strikes which the stores know: reading, fusing, the update, and the snapshot that readers see.

Run from the project's folder: python bench/scale/adding.py [--small 200] [--large 20000] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pyoxigraph import NamedNode, Quad, Store  # noqa: E402

from kg import quads, settings, sources  # noqa: E402
from kg.model import ClaimDraft, Concept, Count, Extraction, Mention, Metadata, Raw, Span, Telling  # noqa: E402
from kg.pipeline import Pipeline  # noqa: E402
from kg.resolve import settle, sourced  # noqa: E402
from kg.store.documents import Documents  # noqa: E402
from kg.store.embedded import Writer  # noqa: E402
from kg.values.edtf import timespan  # noqa: E402

SEED, TELLINGS, RETOLD, COPIED, ROUNDS = 7, 6, 3, 20, 7
BAR = 3.0
COUNTRIES = ("Iraq", "Syria", "Yemen", "Lebanon")
DOERS = ("United States", "Israel", "Turkey", "Iran", "Kata'ib Hezbollah", "Houthis")
OUTLETS = ("Reuters", "Rudaw", "RT", "Al Mayadeen English")
KINDS = {"air strike": "event-kind/air-strike", "drone strike": "event-kind/drone-strike", "rocket attack": "event-kind/rocket-attack"}


@dataclass(frozen=True)
class Strike:
    """One generated event."""

    day: date
    place: str
    place_name: str
    doer: str
    doer_name: str
    kind: str
    killed: int

    @property
    def sentence(self) -> str:
        """How every article tells it."""
        article = "An" if self.kind[0] in "aeiou" else "A"
        return f"{article} {self.kind} by {self.doer_name} in {self.place_name} on {self.day:%-d %B %Y} killed {self.killed} people."


def strikes(pipeline: Pipeline, count: int) -> list[Strike]:
    """The events, by day."""
    chance, known = random.Random(SEED), pipeline.known
    lands = {place for name in COUNTRIES for place in known.named(name, "Place")}
    towns = sorted(
        iri for iri, thing in known.things.items() if known.is_a(iri, "Place") and lands & known.wider(iri) and " " not in thing.label
    )
    single = [iri for iri in towns if len(known.named(known[iri].label, "Place")) == 1]
    doers = [(found[0], name) for name in DOERS if (found := known.named(name, "Actor"))]
    made = []
    for _ in range(count):
        place, (doer, name) = chance.choice(single), chance.choice(doers)
        day = date(2014, 1, 1) + timedelta(days=chance.randrange(3650))
        made.append(Strike(day, place, known[place].label, doer, name, chance.choice(sorted(KINDS)), chance.randrange(1, 40)))
    return sorted(made, key=lambda strike: (strike.day, strike.place))


def articles(told: list[Strike], count: int) -> Iterator[tuple[Raw, list[Strike]]]:
    """Generated articles, each with the events of some weeks that it tells of."""
    chance = random.Random(SEED + 1)
    for number in range(count):
        first = chance.randrange(max(1, len(told) - 3 * TELLINGS))
        chosen = sorted(chance.sample(told[first : first + 3 * TELLINGS], min(TELLINGS, len(told))), key=lambda strike: strike.day)
        issued = chosen[-1].day + timedelta(days=1)
        text = "\n\n".join([f"Report {number}", *(strike.sentence for strike in chosen)])
        yield (
            Raw(f"{number:06}.txt", text.encode(), Metadata(publisher=chance.choice(OUTLETS), published=issued.isoformat(), language="en")),
            chosen,
        )


def drafts(number: int, text: str, chosen: list[Strike]) -> Iterator[ClaimDraft]:
    """What an extractor would read in a generated article."""
    for key, strike in enumerate(chosen):
        start = text.index(strike.sentence)
        whole = number % COPIED == 0  # else too short to be known as a copy: every generated article tells a strike in the same words
        span = Span(start, start + (len(strike.sentence) if whole else strike.sentence.index(" on ")))
        telling = Telling(key, KINDS[strike.kind], span)

        def named(name: str, iri: str, start: int = start, sentence: str = strike.sentence) -> Mention:
            at = start + sentence.index(name)
            return Mention(name, Span(at, at + len(name)), (iri,))

        for predicate, value in (
            ("kind", Concept(KINDS[strike.kind])),
            ("perpetrator", named(strike.doer_name, strike.doer)),
            ("place", named(strike.place_name, strike.place)),
            ("time", timespan(strike.day.isoformat(), f"{strike.day:%-d %B %Y}")),
            ("killed", Count(strike.killed, strike.killed, "count-modifier/exact", str(strike.killed), "counted/killed")),
        ):
            yield ClaimDraft(telling, predicate, value, span)


@dataclass
class InMemory:
    """What `Changes` needs of a store's writer, over a graph in memory: many small writes are not what is measured."""

    store: Store
    documents: Documents

    def graph(self, iri: str) -> set[Quad]:
        """The quads of one named graph."""
        return set(self.store.quads_for_pattern(None, None, None, NamedNode(iri)))


def fill(pipeline: Pipeline, told: list[Strike], count: int) -> None:
    """Puts generated articles into a store, one by one, as `kg add` would but for parser, shapes and documents."""
    pipeline.add([])
    with pipeline.writer() as writer:
        writer.begin()
        memory = InMemory(Store(), writer.documents)
        memory.store.bulk_extend(writer.store)
        standing = set(writer.store)
        for number, (raw, chosen) in enumerate(articles(told, count)):
            document = sources.read(raw)
            iri = pipeline.ids.article(document.url, document.text_sha256)
            source, outlets = sourced(document, iri, pipeline.ids, pipeline.known)
            extraction = Extraction("rules", tuple(drafts(number, document.text, chosen)))
            said = settle(extraction, iri, pipeline.ids, pipeline.words, pipeline.known, outlets)
            graph = frozenset(quads.article(document, said, source, pipeline.extractor.name, pipeline.ids, pipeline.words))
            change = pipeline.changes.of_article(cast("Writer", memory), iri.rsplit("/", 1)[-1], graph)
            writer.documents.ledger.enter(change.entries)
            for quad in change.removed:
                memory.store.remove(quad)
            memory.store.extend(change.added)
            if number % 1000 == 999:
                print(f"{number + 1} of {count}", file=sys.stderr, flush=True)
        assert all(quad in memory.store for quad in standing), "articles do not touch what stood before them"
        writer.store.bulk_extend(quad for quad in memory.store if quad not in standing)
        writer.store.optimize()
        writer.publish()


def adding(pipeline: Pipeline, told: list[Strike]) -> list[float]:
    """Seconds that `kg add` of one report takes, for several reports."""
    chance, taken = random.Random(SEED + 2), []
    for number in range(ROUNDS):
        first = chance.randrange(max(1, len(told) - 3))
        chosen = told[first : first + 3]
        text = "\n\n".join([f"New report {number}", *(strike.sentence for strike in chosen)])
        url, day = f"https://news.example/{chosen[0].day}/{number}/{len(told)}", chosen[-1].day + timedelta(days=2)
        raw = Raw(f"new-{number}.txt", text.encode(), Metadata(url=url, publisher="Al Jazeera", published=day.isoformat()))
        began = time.perf_counter()
        (outcome,) = pipeline.add([raw])
        taken.append(time.perf_counter() - began)
        assert outcome.state == "added", outcome
        assert outcome.events, outcome
    return taken


def main() -> None:
    """Fills both stores, times both, and prints the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", type=int, default=200)
    parser.add_argument("--large", type=int, default=20_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="isnad-bench-") as folder:
        stores = []
        for name, count in (("small", given.small), ("large", given.large)):
            pipeline = Pipeline(settings.read({}, store=Path(folder) / name))
            told = strikes(pipeline, max(3 * TELLINGS + 1, count * TELLINGS // RETOLD))
            began = time.perf_counter()
            fill(pipeline, told, count)
            figures[f"{name}: articles"] = count
            figures[f"{name}: seconds to fill"] = round(time.perf_counter() - began, 1)
            stores.append((name, pipeline, told))
        for _, pipeline, told in stores:
            adding(pipeline, told[:4])  # first use
        for name, pipeline, told in stores:
            figures[f"{name}: milliseconds to add one"] = round(1000 * statistics.median(adding(pipeline, told[len(told) // 2 :])), 1)
    figures["ratio"] = round(figures["large: milliseconds to add one"] / figures["small: milliseconds to add one"], 2)
    figures["bar"] = BAR
    for name, value in figures.items():
        print(f"{name:32} {value}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
