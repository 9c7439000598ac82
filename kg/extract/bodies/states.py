"""States behind other words: their forces and troop levels, their peoples, the government of a region, the country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.authority import Authority
from kg.extract.bodies.senses import Made, actor_of, called_by, phrase_ends, state_of, stateful
from kg.extract.bodies.setting import Setting
from kg.extract.lexicon import Entry, Lexicon
from kg.extract.line.items import Item
from kg.extract.tokens import keys

OWN: Final = frozenset({"our", "their", "its"})
FORCES: Final = frozenset({"troops", "forces", "soldiers", "military", "personnel", "servicemen"})
"""Words for the forces of a state, after its possessive."""


def possessed(items: Sequence[Item], at: int, topic: Item | None, known: Authority, names: Lexicon) -> Made | None:
    """What a possessive and its noun name together: Iraq's armed forces, its troops; the state of the sentence's only country."""
    item = items[at]
    if "S" in item.codes and at + 2 < len(items) and items[at + 1].key == "'s":
        owner, noun = state_of(item, known), at + 2
    elif item.key in OWN or item.key == "the":
        owner, noun = _home(items, at, topic, known), at + 1
    else:
        return None
    if owner is None or noun >= len(items) or items[noun].key in ("the", "a"):
        return None
    for last in range(min(noun + 1, len(items) - 1), noun - 1, -1):
        words = " ".join(i.words for i in items[noun : last + 1])
        if words.lower() in PRESENCE or (last > noun and _troops(items[noun]) and items[last].words.lower() in LEVELS):
            found = forces_of(owner, known, names) or names.entries(keys(known[owner].label))
            return (last, found) if found else None
        generic = "G" in items[last].codes or items[last].words.lower() in FORCES
        if generic and (item.key != "the" or words.lower() in ("state", "government")) and phrase_ends(items, last + 1):
            found = called_by(owner, words, known, names)
            if found:
                return last, found
    return None


LEVELS: Final = frozenset({"presence", "levels", "level", "numbers", "strength", "contingent", "deployment", "footprint"})
PRESENCE: Final = frozenset(f"{force} {level}" for force in ("troop", "force", "military", "army") for level in LEVELS)
"""Words for how many soldiers a state has somewhere."""


def _troops(item: Item) -> bool:
    return any(entry.name == "counted/troops" for entry in item.entries) or item.words.lower() in ("troop", "military", "force", "army")


def forces_of(state: str, known: Authority, names: Lexicon) -> tuple[Entry, ...]:
    """The forces of a state, under the name that is known."""
    for words in ("forces", "armed forces", "army", "military"):
        found = called_by(state, words, known, names)
        if found:
            return found
    return ()


def soldiers(items: Sequence[Item], at: int, known: Authority, names: Lexicon) -> Made | None:
    """Turkish soldiers, US troop levels: the forces of the state that the adjective names."""
    if "A" not in items[at].codes or at + 1 >= len(items):
        return None
    state = state_of(items[at], known)
    last = at + 2 if at + 2 < len(items) and _troops(items[at + 1]) and items[at + 2].words.lower() in LEVELS else at + 1
    strong = at > 1 and items[at - 1].key == "strong" and items[at + 1].words.lower() in ("force", "contingent", "presence", "deployment")
    named = strong or last > at + 1 or any(entry.name == "counted/troops" for entry in items[last].entries if "C" in entry.codes)
    further = names.entries(keys(known[state].label)) if state and last > at + 1 else ()
    found = (forces_of(state, known, names) or further) if state and named else ()
    return (last, found) if found else None


def _home(items: Sequence[Item], at: int, topic: Item | None, known: Authority) -> str | None:
    """The country of the sentence's topic, or else of the organisation last named before."""
    named = topic or next((item for item in reversed(items[:at]) if actor_of(item, known)), None)
    return state_of(named, known) if named else None


def people(items: Sequence[Item], at: int, names: Lexicon) -> Made | None:
    """The Americans, who have: a people stands for its state where it is said to have something."""
    if not items[at].words.endswith("s") or not items[at].words[0].isupper() or items[at].codes or at + 2 >= len(items):
        return None
    having = items[at + 2].key in ("who", "which") if items[at + 1].key == "," else items[at + 1].key in KEEPING
    if not having or not ({i.key for i in items[at + 1 : at + 5]} & KEEPING) or (at and items[at - 1].key != "the"):
        return None
    found = tuple(entry for entry in names.entries(keys(items[at].words[:-1])) if "A" in entry.codes)
    return (at, tuple(replace(entry, codes="S") for entry in found)) if found else None


KEEPING: Final = frozenset({"keep", "have", "maintain", "keeps", "has", "maintains", "kept", "maintained"})


def region(items: Sequence[Item], at: int, names: Lexicon) -> Made | None:
    """A region behind an office of state and "of": the government of the region."""
    before = at - 1 - (at > 1 and items[at - 1].key == "the")
    if "L" not in items[at].codes or set(items[at].codes) & set("SO") or before < 1 or items[before].key != "of":
        return None
    if not any(entry.name in GOVERNING for entry in items[before - 1].entries):
        return None
    found = names.entries(keys(f"government of the {items[at].words}"))
    return (at, found) if found else None


GOVERNING: Final = frozenset({"position/prime-minister", "position/president"})
"""Offices at the head of a government."""


def country(items: Sequence[Item], at: int, topic: Item | None, before: Setting | None, known: Authority, names: Lexicon) -> Made | None:
    """The country: the one that the sentence, or the one before it, has named beside the subject's own."""
    if (
        items[at].key not in ("the", "that")
        or at + 1 >= len(items)
        or items[at + 1].words.lower() != "country"
        or not phrase_ends(items, at + 2)
    ):
        return None
    if items[at].key == "that":
        last = next((item for item in reversed(items[:at]) if "L" in item.codes), None)
        state = state_of(last, known) if last is not None else None
        found = names.entries(keys(known[state].label)) if state else ()
        return (at + 1, found) if found else None
    about = topic or (before.topic if before else None)
    own = state_of(about, known) if about else None
    for stretch in (items[:at], items, before.line.items if before else ()):
        others = {s for s in (state_of(i, known) for i in stretch if set(i.codes) & set("LSAO")) if s} - {own}
        if others:
            found = names.entries(keys(known[others.pop()].label)) if len(others) == 1 else ()
            return (at + 1, found) if found else None
    found = names.entries(keys(known[own].label)) if own and not (topic and stateful(topic, known)) else ()
    return (at + 1, found) if found else None
