"""Answers to the questions that ship with Isnad, from a graph made of the reports in corpus/ and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import corpus
from kg import prefixes, sources
from kg.formats import CSV
from kg.pipeline import Pipeline
from kg.settings import Settings, read
from kg.store import embedded
from kg.store.pool import Pool
from queries import Question

Row = dict[str, str]


def populate(folder: Path) -> Settings:
    """The settings of a store in this folder that holds the corpus."""
    settings = read({}, store=folder, workers=1)
    outcomes = Pipeline(settings).add(sources.gather([corpus.PATH], None, int(settings.max_file * 1_000_000)))
    refused = [f"{outcome.name}: {outcome.reason}" for outcome in outcomes if outcome.state == "refused"]
    if refused:
        raise AssertionError("\n".join(refused))
    return settings


@contextmanager
def pool(settings: Settings) -> Iterator[Pool]:
    """A pool over what readers of the store see."""
    with Pool(settings, lambda: embedded.snapshot(settings.folder), prefixes.known(settings.base)) as workers:
        yield workers


def answer(question: Question, workers: Pool) -> bytes:
    """The answer as the endpoint gives it in CSV."""
    return workers.answer(question.text, CSV).body


def rows(answer: bytes) -> list[Row]:
    """The rows of an answer in CSV."""
    return list(csv.DictReader(io.StringIO(answer.decode(), newline="")))


def columns(answer: bytes) -> list[str]:
    """The names in the first line of an answer in CSV."""
    return next(csv.reader(io.StringIO(answer.decode(), newline="")))
