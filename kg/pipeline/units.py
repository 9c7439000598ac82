"""Where a claim of an article's telling belongs once tellings are events: its unit of facts, and the claim as it is said of events.

`events` gives the events of tellings that are about to be put into others; of all other tellings the event stands in the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.facts import Unit
from kg.ids import Ids
from kg.pipeline.standing import Standing
from kg.stated import Stated


def is_telling(thing: str, ids: Ids) -> bool:
    """Whether a thing is one article's telling of an event."""
    return thing.startswith(ids.thing("report", ""))


def event_of(telling: str, events: Mapping[str, str], standing: Standing) -> str:
    """The event that a telling is of; itself when it was put into none."""
    return events.get(telling) or standing.event(telling) or telling


def unit_of(claim: Stated, events: Mapping[str, str], standing: Standing) -> Unit:
    """The unit of facts that a claim belongs to: its event; else its triple; of counts and times its subject and property."""
    if is_telling(claim.subject, standing.ids):
        return Unit(event_of(claim.subject, events, standing), None)
    return Unit(claim.subject, claim.predicate, claim.object if claim.node is None else None)


def on_event(claim: Stated, events: Mapping[str, str], standing: Standing) -> Stated:
    """A claim that points to a telling, pointing to its event."""
    return replace(claim, object=event_of(claim.object, events, standing)) if is_telling(claim.object, standing.ids) else claim
