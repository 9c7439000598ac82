"""What the children of the crash tests do; preloaded by the server that forks them, so that each starts with the vocabulary read and no store open."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kg import settings, validate
from kg.judgements import REJECT, judgement
from kg.model import Judgement, Metadata, Raw
from kg.pipeline import Pipeline

from .conftest import ROLES, STRIKE, raw
from .takendown import LATER, NAME

READY = Pipeline(settings.read({}, store="memory:"))
"""Reads ontology, authority and gazetteer once."""

validate.check([])


def adding(p: Pipeline) -> None:
    p.add([raw("strike.txt", STRIKE), raw("roles.txt", ROLES)])


def removing(p: Pipeline) -> None:
    """Removes the report, or finishes a removal that was cut short."""
    with p.writer() as writer:
        there = any(record.name == "strike.txt" for record in writer.documents)
    if there:
        p.remove("strike.txt")
    else:
        p.add([])


def rebuilding(p: Pipeline) -> None:
    p.rebuild()


def judging(p: Pipeline) -> None:
    """Rejects all that the report of the strike claims, as one."""
    p.enter(_rejections(p))


def withdrawing(p: Pipeline) -> None:
    """Takes the first of the rejections back, or finishes a withdrawal that was cut short."""
    known = _rejections(p)[0]
    if any(judged.judgement == known for judged in p.judgements()):
        p.withdraw(known.id, by="B. Analyst", on=date(2024, 2, 6))
    else:
        p.add([])


def _rejections(p: Pipeline) -> list[Judgement]:
    claims = sorted(claim.id for claim in p.read(raw("strike.txt", STRIKE)).reading.claims)
    return [judgement(p.ids, REJECT, "A. Analyst", date(2024, 2, 5), [claim]) for claim in claims]


def superseding(p: Pipeline) -> None:
    """Adds a new text under an old address."""
    p.add([Raw("strike.txt", LATER.encode(), Metadata(publisher="Rudaw"))])


def retracting(p: Pipeline) -> None:
    """Records a retraction, or finishes one that was cut short."""
    with p.writer() as writer:
        done = writer.documents.corrections.lines()
    if done:
        p.add([])
    else:
        p.retract("teacher.txt", "An editor", "2024-07-01", "Its outlet withdrew it.")


def taking_down(p: Pipeline) -> None:
    p.takedown(NAME, "An editor", "2024-07-01")


ACTS: dict[str, Callable[[Pipeline], None]] = {
    "adding": adding,
    "removing": removing,
    "rebuilding": rebuilding,
    "judging": judging,
    "withdrawing": withdrawing,
    "superseding": superseding,
    "retracting": retracting,
    "taking down": taking_down,
}


def killed(folder: Path, act: str, number: int) -> None:
    """Does the act until it passes its boundary of this number, and there is killed."""
    left = [number]

    def boundary(_: str) -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    ACTS[act](Pipeline(settings.read({}, store=folder), boundary=boundary))
