"""Designations by footnote: a mark behind a name, and a note at the foot that says by whom it is outlawed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.line.items import Line
from kg.model import ClaimDraft

OUTLAWED: Final = "outlawed|banned|designated|prohibited|recognized|recognised in|by the? <by:SA>"
NOTES: Final = (f"* an|a|the? terrorist|extremist ~ {OUTLAWED}", f"* an|a|the? <kind:G> {OUTLAWED}")
MARKED: Final = ("<a:O> *", "<a:O> ) *", "<a:O> ( <O> ) *")


def drafts(lines: Sequence[Line]) -> Iterator[ClaimDraft]:
    """A designation for every organisation that carries the mark of a note; the evidence is the note."""
    for note in lines:
        for match in (match for pattern in NOTES for match in note.find(pattern)):
            if "kind" in match and "terror" not in note.items[match["kind"]].words.lower():
                continue
            designator = note.items[match["by"]].mention()
            for sentence in lines:
                for marked in (marked for pattern in MARKED for marked in sentence.find(pattern)):
                    if sentence is not note:
                        yield ClaimDraft(sentence.items[marked["a"]].mention(), "designatedTerroristBy", designator, note.span)
