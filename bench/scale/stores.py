"""Stores of generated articles, in the shapes of which `adding.py` measures what one more article costs.

Their graphs go through fusion and facts like any other, and past the parser: an article says what an extractor would read in it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final, cast

from pyoxigraph import NamedNode, Quad, Store

from kg import quads, sources
from kg.model import ClaimDraft, Concept, Count, Extraction, Mention, Metadata, Qualifiers, Raw, Span, Telling
from kg.pipeline import Pipeline
from kg.resolve import settle, sourced
from kg.store.documents import Documents
from kg.store.embedded import Writer
from kg.values.edtf import timespan

SEED, TELLINGS, RETOLD, COPIED, LINKED = 7, 6, 3, 20, 4
COUNTRIES = ("Iraq", "Syria", "Yemen", "Lebanon")
DOERS = ("United States", "Israel", "Turkey", "Iran", "Kata'ib Hezbollah", "Houthis")
OUTLETS = ("Reuters", "Rudaw", "RT", "Al Mayadeen English")
KINDS = {"air strike": "event-kind/air-strike", "drone strike": "event-kind/drone-strike", "rocket attack": "event-kind/rocket-attack"}
BODY, LEADER = "Badr Organization", "Hadi al-Amiri"


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


Reads = Callable[[str], Iterable[ClaimDraft]]
"""What an extractor would read in a clean text."""


@dataclass(frozen=True)
class Article:
    """A generated article: its file, and what an extractor would read in its clean text."""

    raw: Raw
    drafts: Reads


@dataclass(frozen=True)
class Shape:
    """A kind of store: the articles that fill it, and the plain text of a further one."""

    articles: Callable[[Pipeline, int], Iterator[Article]]
    report: Callable[[Pipeline, int, int], tuple[str, date]]
    batch: int
    """How many articles are put in as one change: those that tell one event or hang together by copies are quicker at once."""


# -- spread: six tellings each, of strikes that three articles tell of on average, over ten years and the towns of four countries ----------


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


def _told(pipeline: Pipeline, count: int) -> list[Strike]:
    return strikes(pipeline, max(3 * TELLINGS + 1, count * TELLINGS // RETOLD))


def _spread(pipeline: Pipeline, count: int) -> Iterator[Article]:
    chance, told = random.Random(SEED + 1), _told(pipeline, count)
    for number in range(count):
        first = chance.randrange(max(1, len(told) - 3 * TELLINGS))
        chosen = sorted(chance.sample(told[first : first + 3 * TELLINGS], min(TELLINGS, len(told))), key=lambda strike: strike.day)
        yield _article(number, [strike.sentence for strike in chosen], chance.choice(OUTLETS), chosen)


def _spread_report(pipeline: Pipeline, count: int, number: int) -> tuple[str, date]:
    told = _told(pipeline, count)
    first = len(told) // 2 + number
    return "\n\n".join(strike.sentence for strike in told[first : first + 3]), told[first + 2].day


# -- hot: every article tells the one event and names the one leader of a body, in words of its own --------------------------------------


def _the_strike(pipeline: Pipeline, kind: str) -> Strike:
    doer, town = (pipeline.known.named(name, kind)[0] for name, kind in (("United States", "Actor"), ("Mosul", "Place")))
    return Strike(date(2024, 1, 4), town, "Mosul", doer, "United States", kind, 3)


def _hot(pipeline: Pipeline, count: int) -> Iterator[Article]:
    chance = random.Random(SEED + 1)
    for number in range(count):
        strike = _the_strike(pipeline, chance.choice(("air strike", "drone strike")))
        yield _article(number, [strike.sentence, f"{LEADER} leads {BODY}."], chance.choice(OUTLETS), [strike], _leads(pipeline))


def _hot_report(pipeline: Pipeline, _: int, number: int) -> tuple[str, date]:
    leads = f"{LEADER}, leader of the {BODY}, spoke of it."
    return f"{_the_strike(pipeline, 'air strike').sentence} It was told in town {number} times.\n\n{leads}", date(2024, 1, 5)


def _leads(pipeline: Pipeline) -> Reads:
    who, body = (pipeline.known.named(name, kind)[0] for name, kind in ((LEADER, "Person"), (BODY, "Organisation")))

    def drafts(text: str) -> Iterator[ClaimDraft]:
        at, its = text.index(LEADER), text.index(BODY)
        mentions = Mention(LEADER, Span(at, at + len(LEADER)), (who,)), Mention(BODY, Span(its, its + len(BODY)), (body,))
        yield ClaimDraft(
            mentions[0], "leads", mentions[1], Span(at, its + len(BODY)), qualifiers=Qualifiers("position/leader", "leads", None)
        )

    return drafts


# -- chain: every article has most sentences of the one before it, so that all are one source ---------------------------------------------


def _chain(pipeline: Pipeline, count: int) -> Iterator[Article]:
    chance, told = random.Random(SEED + 1), strikes(pipeline, count + LINKED)
    for number in range(count):
        chosen = told[number : number + LINKED]
        yield _article(number, [strike.sentence for strike in chosen], chance.choice(OUTLETS), chosen, copied=True)


def _chain_report(pipeline: Pipeline, count: int, number: int) -> tuple[str, date]:
    last = strikes(pipeline, count + LINKED)[-LINKED - number :][:LINKED]
    return "\n\n".join(strike.sentence for strike in last), last[-1].day


SHAPES: Final[Mapping[str, Shape]] = {
    "spread": Shape(_spread, _spread_report, 1),
    "hot": Shape(_hot, _hot_report, 10_000),
    "chain": Shape(_chain, _chain_report, 10_000),
}


# -- what an extractor would read ------------------------------------------------------------------------------------------------------


def _article(
    number: int,
    sentences: list[str],
    outlet: str,
    told: list[Strike],
    more: Reads = lambda _: (),
    *,
    copied: bool = False,
) -> Article:
    issued = told[-1].day + timedelta(days=1)
    text = "\n\n".join([f"Report {number}", *sentences])
    raw = Raw(
        f"{number:06}.txt",
        text.encode(),
        Metadata(url=f"https://made.example/{number}", publisher=outlet, published=issued.isoformat(), language="en"),
    )
    return Article(raw, lambda clean: [*_drafts(clean, told, copied or number % COPIED == 0), *more(clean)])


def _drafts(text: str, chosen: list[Strike], copied: bool) -> Iterator[ClaimDraft]:
    """The claims on the strikes that an article tells; what is not `copied` rests on words too few to be known as a copy's."""
    for key, strike in enumerate(chosen):
        start = text.index(strike.sentence)
        span = Span(start, start + (len(strike.sentence) if copied else strike.sentence.index(" on ")))
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


# -- filling ----------------------------------------------------------------------------------------------------------------------------


@dataclass
class InMemory:
    """What `Changes` needs of a store's writer, over a graph in memory: many small writes are not what is measured."""

    store: Store
    documents: Documents

    def graph(self, iri: str) -> set[Quad]:
        """The quads of one named graph."""
        return set(self.store.quads_for_pattern(None, None, None, NamedNode(iri)))


def fill(pipeline: Pipeline, shape: Shape, count: int) -> None:
    """Puts generated articles into a store, as `kg add` would but for parser, shapes and documents."""
    pipeline.add([])
    with pipeline.writer() as writer:
        writer.begin()
        memory = InMemory(Store(), writer.documents)
        memory.store.bulk_extend(writer.store)
        standing, done = set(writer.store), 0
        made = shape.articles(pipeline, count)
        while batch := dict(_graph(pipeline, article) for article in islice(made, shape.batch)):
            change = pipeline.changes.of_articles(cast("Writer", memory), batch)
            writer.documents.ledger.enter(change.entries)
            for quad in change.removed:
                memory.store.remove(quad)
            memory.store.extend(change.added)
            done += len(batch)
            if done % 1000 == 0:
                print(f"{done} of {count}", file=sys.stderr, flush=True)
        assert all(quad in memory.store for quad in standing), "articles do not touch what stood before them"
        writer.database.bulk_extend(quad for quad in memory.store if quad not in standing)
        writer.database.optimize()
        writer.publish()


def _graph(pipeline: Pipeline, article: Article) -> tuple[str, frozenset[Quad]]:
    """The last part of an article's id, and its graph."""
    document = sources.read(article.raw)
    iri = pipeline.ids.article(document.url, document.text_sha256)
    source, outlets = sourced(document, iri, pipeline.ids, pipeline.known)
    said = settle(Extraction("rules", tuple(article.drafts(document.text))), iri, pipeline.ids, pipeline.words, pipeline.known, outlets)
    return iri.rsplit("/", 1)[-1], frozenset(quads.article(document, said, source, pipeline.extractor.name, pipeline.ids, pipeline.words))
