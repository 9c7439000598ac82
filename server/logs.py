"""Logs: one line of JSON for each query, with neither its text nor who asked."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from kg.store.pool import Asked
from server.cache import Entry

queries = logging.getLogger("isnad.query")
"""Takes a record for each query; what it says stands in the record's `told`."""


class Lines(logging.Formatter):
    """A record as one line of JSON; a traceback is one string in it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {"time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")}
        told = getattr(record, "told", None)
        if isinstance(told, dict):
            line |= told
        else:
            line |= {"level": record.levelname, "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def to_standard_error() -> logging.Handler:
    """Lets everything that is logged come out as lines of JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    queries.setLevel(logging.INFO)
    return handler


def no_longer(handler: logging.Handler) -> None:
    """Undoes `to_standard_error`."""
    logging.getLogger().removeHandler(handler)
    queries.setLevel(logging.NOTSET)


def asked(one: Asked) -> None:
    """Notes a query that was run, or refused."""
    if queries.isEnabledFor(logging.INFO):
        told = {
            "query": one.query, "ms": round(one.seconds * 1000, 1), "waited_ms": round(one.waited * 1000, 1), "outcome": one.outcome,
            "rows": one.rows, "bytes": one.bytes, "revision": one.revision, "lane": one.lane,
        }  # fmt: skip
        queries.info("query", extra={"told": told})


def given_again(entry: Entry, seconds: float, status: str) -> None:
    """Notes a query that was answered from the cache."""
    if queries.isEnabledFor(logging.INFO):
        told = {
            "query": entry.offered.query, "ms": round(seconds * 1000, 3), "waited_ms": 0, "outcome": "answered",
            "rows": entry.offered.rows, "bytes": len(entry.body) if status[:3] == "200" else 0, "revision": entry.offered.revision,
            "lane": "cache",
        }  # fmt: skip
        queries.info("query", extra={"told": told})
