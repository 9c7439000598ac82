"""What a sentence is about: its subject, and what the pronoun or description at its head stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.authority import Authority
from kg.extract.bodies.senses import actor_of, fits_kind, sole_organisation, stateful
from kg.extract.bodies.setting import Setting
from kg.extract.line.items import Item

PRONOUNS: Final = frozenset({"it", "they"})
THE: Final = frozenset({"the", "this", "that"})

NEAR: Final = 5
"""How many characters may part a sentence from the one that it goes on with; a sentence between the two was left out."""


def description_at(items: Sequence[Item], start: int) -> int | None:
    """The index of the last item of a pronoun or description at the head of a sentence, or None."""
    if start >= len(items):
        return None
    if items[start].key in PRONOUNS:
        return start
    if items[start].key in ("its", "their") and start + 1 < len(items) and items[start + 1].words.lower().endswith((" wing", " arm")):
        return start + 1
    if items[start].key in THE and start + 2 < len(items) and "G" in items[start + 1].codes:
        follower = items[start + 2]
        if follower.key == "," and start + 3 < len(items) and items[start + 3].key in ("which", "who"):
            return start + 1
        if follower.key == "'s" and start + 3 < len(items) and "R" in items[start + 3].codes:
            return start + 1
        plain = not follower.codes and follower.words.isalpha() and follower.key not in ("is", "was", "has", "also", "had", "which", "are")
        return (
            None if follower.key in ("'s", "-") or set(follower.codes) & set("GRPOSUCK") or (plain and not _finite(follower)) else start + 1
        )
    return None


def _finite(item: Item) -> bool:
    """Whether a plain word looks like a verb or an adverb rather than a noun that would make the word before it a modifier."""
    return item.key.endswith(("s", "ed", "ly")) or item.key in ("now", "then", "will")


def antecedent_of(items: Sequence[Item], start: int, described: int | None, before: Setting) -> Item | None:
    """What a pronoun or description at the head of a sentence stands for: the topic before it, or the one group told of there."""
    apart = items[0].span.start - before.line.span.end > NEAR
    if described is None or apart or before.line.text.rstrip()[-1:] not in (".", "”", '"', "!", "’", "?"):
        return None
    sole = None if before.lost else sole_organisation(before.line.items, before.known)
    if described == start or items[start].key in ("its", "their"):
        return before.topic or sole
    kind = items[described].words.lower().split()[-1]
    for at, item in enumerate(before.line.items):
        if "G" in item.codes and item.words.lower().split()[-1] == kind:
            named = [i for i in before.line.items[max(0, at - 8) : at] if actor_of(i, before.known)]
            if named and not stateful(named[-1], before.known):
                return named[-1]
    return next((item for item in (before.topic, sole) if fits_kind(item, kind, before.known)), None)


def topic_of(items: Sequence[Item], start: int, known: Authority) -> Item | None:
    """The organisation or state that is the subject of the sentence, or the only organisation in it."""
    at = start
    while at < len(items) and at < start + 3 and (items[at].key in ("the", "a", "an") or set(items[at].codes) == {"Y"}):
        at += 1
    if at + 1 < len(items) and set(items[at].codes) & set("OS") and items[at + 1].key not in ("'s", "-") and actor_of(items[at], known):
        follower = items[at + 1]
        if not set(follower.codes) & set("KGRPCB") or "O" in items[at].codes:
            return items[at]
    return sole_organisation(items, known)
