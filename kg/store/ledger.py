"""The ledger of events: which event a telling was put into when it was first fused.

An event's id is minted once.  Tellings that join it later do not change it, a merge leaves a redirect, and a graph made anew from the documents
gives every event the id that it had.  Kept beside the documents (SQLite), rows are only ever added.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BATCH: Final = 500
"""Names asked for in one statement."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A telling's first event; `number` grows with every row."""

    number: int
    event: str


class Ledger:
    """The ledger in a file; opened for each use, so that nothing is held between writes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def of(self, reports: Iterable[str]) -> Mapping[str, Entry]:
        """The entries of tellings, so far as they have any."""
        if not self.path.exists():
            return {}
        names = sorted(set(reports))
        found: dict[str, Entry] = {}
        with self._open() as file:
            for start in range(0, len(names), BATCH):
                chosen = names[start : start + BATCH]
                marks = ",".join("?" * len(chosen))
                for number, report, event in file.execute(f"SELECT number, report, event FROM ledger WHERE report IN ({marks})", chosen):
                    found[report] = Entry(number, event)
        file.close()
        return found

    def holding(self, events: Iterable[str]) -> list[str]:
        """The tellings that were first put into any of some events."""
        if not self.path.exists():
            return []
        names, found = sorted(set(events)), []
        with self._open() as file:
            for start in range(0, len(names), BATCH):
                chosen = names[start : start + BATCH]
                marks = ",".join("?" * len(chosen))
                found += [report for (report,) in file.execute(f"SELECT report FROM ledger WHERE event IN ({marks})", chosen)]
        file.close()
        return found

    def enter(self, entries: Iterable[tuple[str, str]]) -> None:
        """Adds tellings with their first events, in this order; a telling that has an entry keeps it."""
        rows = list(entries)
        if not rows:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as file:
            file.execute("CREATE TABLE IF NOT EXISTS ledger (number INTEGER PRIMARY KEY, report TEXT NOT NULL UNIQUE, event TEXT NOT NULL)")
            file.execute("CREATE INDEX IF NOT EXISTS events ON ledger (event)")
            file.executemany("INSERT OR IGNORE INTO ledger (report, event) VALUES (?, ?)", rows)
        file.close()

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=60)
