"""Words that decide whether a sentence tells of an act at all, one table each."""

from __future__ import annotations

from typing import Final

SERIES: Final = frozenset(
    {
        "repeated",
        "continued",
        "several",
        "most",
        "many",
        "recent",
        "previous",
        "all",
        "these",
        "such",
        "series",
        "dozens",
        "hundreds",
        "numerous",
        "multiple",
        "some",
        "more",
        "frequent",
        "successive",
        "regular",
        "near-daily",
        "daily",
    }
)
"""Words before an anchor by which it is one of several, or a series."""

GENERAL: Final = frozenset({"event-kind/attack", "event-kind/bombing", "event-kind/explosion", "event-kind/killing"})
"""Kinds that say nothing of the means."""

UNDONE: Final = ("attempted", "failed", "foiled")
"""Outcomes of which no telling is made here: what was tried is not what was done."""

REMEMBERED: Final = frozenset(
    {
        "plot",
        "plots",
        "plotted",
        "commemorated",
        "commemoration",
        "rumours",
        "rumors",
        "false",
        "untrue",
        "fake",
        "retracted",
        "retracts",
        "retraction",
        "debunked",
        "hoax",
    }
)
"""Words of a sentence that speaks of an act without telling it."""

NO_WEAPONS: Final = frozenset({"sanctions", "tariffs", "lawsuit", "visa", "visas", "fine", "fines"})
"""What is struck with these is not attacked."""
