"""Roles, structure, founding, designations and strengths: what is read from one sentence in its setting.

Two readers share the work: a table of constructions (`kg.extract.bodies.constructions`) and the reading of complements
(`kg.extract.bodies.descriptions`).  What the words in the slots mean comes from the ontology's cues.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.bodies import descriptions, lists, strengths
from kg.extract.bodies.constructions import CONSTRUCTIONS
from kg.extract.bodies.designations import designated
from kg.extract.bodies.scanning import Said
from kg.extract.bodies.setting import Setting
from kg.extract.line.items import Item
from kg.model import ClaimDraft, Mention, Span
from kg.terms import Vocabulary

BESIDE: Final = ("A, which", "A, outlawed", "A, designated", "A, founded")
"""How the names of the constructions begin whose words stand behind a name that need not be theirs."""


def _subject(match: Mapping[str, int]) -> int:
    """The item that is the clause's subject: the first slot."""
    return min(index for name, index in match.items() if name != "cue")


@dataclass(frozen=True, slots=True)
class Drafted:
    """One claim without speakers, the stretch in which it stands, and whether it stands within a noun phrase."""

    draft: ClaimDraft
    stretch: Span
    phrase: bool


def drafts(setting: Setting, words: Vocabulary) -> Iterator[Drafted]:
    """The claims of one sentence."""
    for made in (*_constructed(setting, words), *_described(setting, words), *_counted(setting, words)):
        leans = any(isinstance(m, Mention) and m.span in setting.stood for m in (made.draft.subject, made.draft.object))
        yield replace(made, draft=replace(made.draft, tier="coreferent")) if leans else made


def _constructed(setting: Setting, words: Vocabulary) -> Iterator[Drafted]:
    """The claims that the table finds."""
    line = setting.line
    for row in CONSTRUCTIONS:
        for match in line.find(row.pattern):
            first = (*lists.fellows(setting, _subject(match)), _subject(match))[0]
            if not row.phrase and (line.unreal(max(match.values())) or not line.heads(first)):
                continue
            if row.name.startswith(BESIDE) and not (
                descriptions.apposable(setting, match["a"]) or (row.name.startswith("A, which") and _nearest(setting, match["a"]))
            ):
                continue  # "a rival of A, which B lists": the relative may be the rival's
            slots = {name: line.items[index] for name, index in match.items()}
            stretch = _stretch(*slots.values())
            for draft in row.drafts(slots, setting, words):
                yield Drafted(draft, stretch, row.phrase)
            if row.drafts is designated and "kind" in match:
                for said in descriptions.behind(setting, match["a"], match["kind"] + 1, words):
                    yield _drafted(setting, slots["a"], said, phrase=row.phrase)


def _nearest(setting: Setting, at: int) -> bool:
    """Whether a relative clause must be that of a name behind "an arm of", and not of what the arm is: no apposition begins there."""
    items, before = setting.line.items, at - 1 - (setting.line.items[at - 1].key == "the")
    if before < 2 or not any(entry.name in ("partOf", "componentOf") and "X" in entry.codes for entry in items[before].entries):
        return False
    article = before - (items[before - 1].key in ("a", "an", "the"))
    return items[article - 1].key not in (",", "(", "–", "-")


def _described(setting: Setting, words: Vocabulary) -> Iterator[Drafted]:
    """The claims that complements make."""
    for item, said, phrase in descriptions.said(setting, words):
        yield _drafted(setting, item, said, phrase=phrase)


def _drafted(setting: Setting, item: Item, said: Said, *, phrase: bool) -> Drafted:
    subject, value = item.mention(), said.value
    if said.inverse and isinstance(value, Mention):
        subject, value = value, subject
    draft = ClaimDraft(subject, said.predicate, value, setting.line.span, realis=said.realis)
    return Drafted(draft, _stretch(item, setting.line.items[said.last]), phrase)


def _counted(setting: Setting, words: Vocabulary) -> Iterator[Drafted]:
    """The strengths."""
    for draft, first, last, phrase in strengths.drafts(setting, words):
        yield Drafted(draft, _stretch(setting.line.items[first], setting.line.items[last]), phrase)


def _stretch(*items: Item) -> Span:
    return Span(min(i.span.start for i in items), max(i.span.end for i in items))
