"""The corrections of a store: what its takedowns ask for, the names known by their keyed hashes alone, and the tombstones that stand for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg import corrections
from kg.authority import Authority
from kg.corrections import Corrections, Matcher, Takedown
from kg.errors import BadCorrection, StoreError
from kg.ids import Ids
from kg.pipeline.changes import Change
from kg.store.embedded import Writer
from kg.terms import Vocabulary

_LEAST_LETTERS: Final = 3


def corrections_of(writer: Writer) -> Corrections:
    """The corrections of a store."""
    return Corrections.from_lines(writer.documents.corrections.lines())


def salt(writer: Writer, made: Corrections) -> bytes:
    """The key by which a store recognises the names that were taken down; raises StoreError when there are such and the key is lost."""
    if made.takedowns and not writer.documents.salt_file.exists():
        raise StoreError(
            f"{writer.documents.salt_file} is missing: without it the names that were taken down are not recognised. Restore it from a backup."
        )
    return writer.documents.salt


@dataclass(frozen=True, slots=True)
class Rule:
    """A takedown by its number, from 1, and what finds its name."""

    number: int
    takedown: Takedown
    matcher: Matcher


def rules(writer: Writer) -> list[Rule]:
    """The takedowns of a store, oldest first, each known by its keyed hash."""
    made = corrections_of(writer)
    drawn = salt(writer, made) if made.takedowns else b""
    return [Rule(number, takedown, takedown.matcher(drawn)) for number, takedown in enumerate(made.takedowns, 1)]


def matcher(name: str, known: Authority) -> Matcher:
    """What finds a name that is to be taken down; raises BadCorrection for what cannot be."""
    wanted = corrections.letters(name)
    found = Matcher.of({wanted: corrections.length(name)})
    if len(wanted) < _LEAST_LETTERS or not found.shows(name):
        raise BadCorrection(f"A name to take down is one name with at least {_LEAST_LETTERS} letters.")
    if found.shows(corrections.MARKER):
        raise BadCorrection(f"A name that stands in {corrections.MARKER!r}, the words put in its place, cannot be taken down.")
    listed = sorted(thing.iri for thing in known.things.values() if any(corrections.letters(n.words) == wanted for n in thing.names))
    if listed:
        raise BadCorrection(
            f"This is a name of the known things that are shipped with Isnad ({', '.join(listed[:3])}), which a takedown does not touch: "
            "they would bring it back. Take it out of the files in ontology/ first, then run `kg rebuild` and the takedown again."
        )
    return found


def clean(writer: Writer, by: str, day: str, reason: str | None) -> tuple[str, str, str | None]:
    """Who decided a correction, when and why, without the names that were taken down."""
    made = corrections_of(writer)
    if not made.takedowns:
        return by, day, reason
    names = made.matcher(salt(writer, made))
    return corrections.redacted(by, names), day, corrections.redacted(reason, names) if reason else None


def words_without(following: Sequence[Rule]) -> Callable[[str], str]:
    """Takes names out of what persons wrote; takedowns that are confined to articles do not reach it."""

    def clean(words: str) -> str:
        for rule in following:
            words = words if rule.takedown.only else corrections.redacted(words, rule.matcher)
        return words

    return clean


def path_without(following: Sequence[Rule]) -> Callable[[str], str]:
    """Takes names out of the ids of things: of a takedown that is confined to articles, out of those that name one of them."""

    def clean(path: str) -> str:
        for rule in following:
            path = corrections.redacted_path(path, rule.matcher) if meant(Path(path), rule.takedown) else path
        return path

    return clean


def meant(within: Path, takedown: Takedown) -> bool:
    """Whether a file is to be without the name of a takedown: of one confined to articles, if its path names one of them."""
    return not takedown.only or any(article in within.as_posix() for article in takedown.only)


def tombstones(writer: Writer, entries: Corrections, ids: Ids, words: Vocabulary) -> Change:
    """What changes in the graph of tombstones when these are the corrections."""
    return Change.between(writer.graph(ids.graph("corrections")), corrections.tombstones(entries, ids, words))
