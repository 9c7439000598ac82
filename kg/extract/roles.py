"""Who holds which position where: the claims that a title, a name and an organisation make together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extract.line import Item
from kg.extract.setting import Setting
from kg.model import ClaimDraft, Qualifiers
from kg.terms import Vocabulary

Slots = Mapping[str, Item]


def held(slots: Slots, setting: Setting, words: Vocabulary) -> Iterator[ClaimDraft]:
    """A person holds a position in an organisation or state; the position says by which property."""
    for role in slots["role"].entries:
        implied = words.value(role.name, "impliesProperty") if role.name else None
        if implied:
            qualifiers = Qualifiers(position=role.name, title=slots["role"].words, incumbency=_incumbency(slots, setting, words))
            yield ClaimDraft(slots["person"].mention(), implied, slots["body"].mention(), setting.line.span, qualifiers=qualifiers)
            return


def _incumbency(slots: Slots, setting: Setting, words: Vocabulary) -> str | None:
    """Whether the position is held still, where a word before the title or its organisation says so: the former US president."""
    items = setting.line.items
    first = min(items.index(slots["role"]), items.index(slots["body"]))
    between = range(max(0, first - 2), items.index(slots["role"]))
    before = {items[index].words.lower() for index in between}
    return next((cue.name for cue in words.cues("cue", "incumbency/") if cue.words in before), None)
