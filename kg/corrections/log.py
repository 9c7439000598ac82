"""The log of corrections: one JSON object a line, in the order in which they were decided.

A takedown does not hold its name.  It holds a keyed hash of the name's letters (HMAC-SHA-256, RFC 2104; the key is drawn once for a store and
never exported), by which the name is recognised when it comes again.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from kg.corrections.names import Matcher


@dataclass(frozen=True, slots=True)
class Retraction:
    """That an outlet withdrew an article, or, with `undone`, that this no longer holds; `day` is ISO 8601, `reason` None when none is given."""

    article: str
    by: str
    day: str
    reason: str | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Takedown:
    """That a name was taken out, and of which articles; not which name.

    `digest` is the keyed hash of its letters and `tokens` how many there are; `only` are the articles that it is confined to (none: it holds
    for all, those to come too), `touched` those that bore it.
    """

    digest: str
    tokens: int
    by: str
    day: str
    touched: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def concerns(self, article: str) -> bool:
        """Whether an article is to be without the name."""
        return not self.only or article in self.only

    def matcher(self, salt: bytes) -> Matcher:
        """What finds the name in a text."""
        wanted = bytes.fromhex(self.digest)
        return Matcher(lambda letters: self.tokens if key(letters, salt) == wanted else None, self.tokens)


@dataclass(frozen=True, slots=True)
class Redaction:
    """That an article which came after a takedown bore the name; `takedown` is that one's number among the takedowns, from 1."""

    takedown: int
    article: str


Correction = Retraction | Takedown | Redaction

_KINDS: Final[Mapping[str, type[Correction]]] = {"retraction": Retraction, "takedown": Takedown, "redaction": Redaction}


def key(letters: str, salt: bytes) -> bytes:
    """The keyed hash of a name's letters."""
    return hmac.digest(salt, letters.encode(), "sha256")


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections, oldest first."""

    entries: tuple[Correction, ...] = ()

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> Corrections:
        """The log that `to_line` wrote line by line."""
        return cls(tuple(_entry(json.loads(line)) for line in lines if line.strip()))

    def and_(self, more: Iterable[Correction]) -> Corrections:
        """These corrections and more of them."""
        return Corrections((*self.entries, *more))

    @property
    def takedowns(self) -> tuple[Takedown, ...]:
        """The takedowns, oldest first."""
        return tuple(entry for entry in self.entries if isinstance(entry, Takedown))

    def touched(self, number: int) -> tuple[str, ...]:
        """The articles that bore the name of a takedown (its number, from 1), when it was made and since, sorted."""
        since = (e.article for e in self.entries if isinstance(e, Redaction) and e.takedown == number)
        return tuple(sorted({*self.takedowns[number - 1].touched, *since}))

    def retraction(self, article: str) -> Retraction | None:
        """The retraction in force for an article, or None."""
        last = next((e for e in reversed(self.entries) if isinstance(e, Retraction) and e.article == article), None)
        return last if last and not last.undone else None

    def matcher(self, salt: bytes, article: str = "") -> Matcher:
        """What finds the name of any takedown that holds for all articles, or for this one."""
        wanted = {bytes.fromhex(t.digest): t.tokens for t in self.takedowns if t.concerns(article)}
        return Matcher(lambda letters: wanted.get(key(letters, salt)), max(wanted.values(), default=0))


def to_line(entry: Correction) -> str:
    """A correction as one line of JSON with sorted keys."""
    kind = next(name for name, made in _KINDS.items() if isinstance(entry, made))
    return json.dumps({"kind": kind, **asdict(entry)}, ensure_ascii=False, sort_keys=True)


def _entry(data: dict[str, Any]) -> Correction:
    said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name != "kind"}
    return _KINDS[data["kind"]](**said)
