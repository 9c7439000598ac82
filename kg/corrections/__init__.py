"""Corrections: what is known of retractions and takedowns, names found and taken out, and what both leave in the graph."""

from kg.corrections.log import Corrections, Redaction, Retraction, Takedown, key, to_line
from kg.corrections.names import Matcher, length, letters
from kg.corrections.quads import Version, retracted, superseded, superseded_graph, tombstones
from kg.corrections.redaction import MARKER, SLUG, encoded, redacted, redacted_path, shows

__all__ = [
    "MARKER",
    "SLUG",
    "Corrections",
    "Matcher",
    "Redaction",
    "Retraction",
    "Takedown",
    "Version",
    "encoded",
    "key",
    "length",
    "letters",
    "redacted",
    "redacted_path",
    "retracted",
    "shows",
    "superseded",
    "superseded_graph",
    "to_line",
    "tombstones",
]
