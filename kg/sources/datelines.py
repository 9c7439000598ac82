"""Datelines: when an article was published, by the best evidence that there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import Dateline, Metadata
from kg.sources import urls
from kg.sources.body import Body
from kg.sources.headers import Header
from kg.sources.stamps import stamp

RANKS: Final = ("option", "sidecar", "metadata", "header", "url", "text")
"""The evidences, the best first: concepts of the scheme dateline-evidence."""

UNDATED: Final = Dateline(None, "dateline-evidence/none")


@dataclass(frozen=True, slots=True)
class _Evidence:
    rank: str
    edtf: str
    words: str


def dateline(given: Metadata, marked: Sequence[str], body: Body, url: str | None) -> tuple[Dateline, tuple[str, ...]]:
    """The dateline of an article and notes on evidence that disagrees or may be read in two ways.

    `marked` are the dates of the page's markup. An article without evidence is undated; nothing is worked out from clues.
    """
    notes = [f"{words!r} may be read as two days: not used as the day of publication" for words in _doubtful(marked, body)]
    found = sorted(_evidences(given, marked, body, url), key=lambda evidence: RANKS.index(evidence.rank))
    if not found:
        return UNDATED, tuple(notes)
    best = found[0]
    apart = [f"{other.rank} says {other.edtf}" for other in found[1:] if not _agree(best.edtf, other.edtf)]
    if apart:
        notes.append(f"published {best.edtf} by {best.rank}, although {', '.join(dict.fromkeys(apart))}")
    return Dateline(best.edtf, f"dateline-evidence/{best.rank}", best.words), tuple(notes)


def _evidences(given: Metadata, marked: Sequence[str], body: Body, url: str | None) -> Iterator[_Evidence]:
    """All that speaks of the day, of each rank the best first."""
    if given.published:
        yield _Evidence(given.published_evidence.rpartition("/")[2], given.published, given.published)
    for words in marked:
        found = stamp(words.strip())
        if found and found.edtf:
            yield _Evidence("metadata", found.edtf, found.words)
    for header in _weighed(body):
        yield _Evidence("header", header.stamp.edtf or "", header.stamp.words)
    dated = urls.day(url) if url else None
    if dated:
        yield _Evidence("url", *dated)


def _weighed(body: Body) -> list[Header]:
    """The headers that give a day of publication, the best first: the first in the text, in its most precise form.

    Days after it are of changes to the page; days before it disagree.
    """
    headers = [header for header in body.headers if header.stamp.edtf and _of_publication(header, body)]
    if not headers:
        return []
    first = headers[0].stamp.day
    best = max((header for header in headers if header.stamp.day == first), key=lambda header: len(header.stamp.edtf or ""))
    return [best, *(header for header in headers if (header.stamp.day or "") < (first or ""))]


def _of_publication(header: Header, body: Body) -> bool:
    """Whether a stamp stands where a page says when it was published, not where a story tells of a day.

    A line of its own does so before the first and after the last sentence; with a time of day, before the third line of prose too.
    """
    if header.later or not header.alone:
        return not header.later
    if not body.prose:
        return True
    first, third, last = body.prose
    return not first < header.line < last or (header.line < third and ":" in header.stamp.words)


def _doubtful(marked: Sequence[str], body: Body) -> list[str]:
    stamps = [stamp(words.strip()) for words in marked] + [header.stamp for header in body.headers if _of_publication(header, body)]
    return list(dict.fromkeys(found.words for found in stamps if found and found.edtf is None))


def _agree(one: str, other: str) -> bool:
    """Whether two dates are one day, or one holds the other."""
    length = min(len(one), len(other), 10)
    return one[:length] == other[:length] or "/" in one or "/" in other
