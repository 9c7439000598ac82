"""Organisations called again by a pronoun, a bare noun or an office: that group, its wing, army spokesman P."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.authority import Authority
from kg.extract.bodies.senses import FITS, Made, actor_of, fits_kind, phrase_ends, sole_organisation, stateful
from kg.extract.bodies.setting import Setting
from kg.extract.bodies.topics import PRONOUNS
from kg.extract.line.items import Item


def its_holder(items: Sequence[Item], at: int, topic: Item | None) -> Made | None:
    """Its, before an office and a name, where the sentence is about one organisation: its commander P."""
    if items[at].key != "its" or topic is None or at + 2 >= len(items) or "R" not in items[at + 1].codes:
        return None
    named = at + 2 + (items[at + 2].key == ",")
    return (at, topic.entries) if named < len(items) and set(items[named].codes) & set("PU") else None


def speaker(items: Sequence[Item], at: int, known: Authority) -> Made | None:
    """It or they, behind the verb of speech of an organisation: the Pentagon said it has …"""
    verb = at - 1 - (at > 1 and items[at - 1].key == "that")
    if items[at].key not in PRONOUNS or verb < 1 or "Q" not in items[verb].codes or not actor_of(items[verb - 1], known):
        return None
    return at, items[verb - 1].entries


def that_group(items: Sequence[Item], at: int, group: Item | None, known: Authority) -> Made | None:
    """That group, and "it" after a relation's verb: the group that the sentence goes on with."""
    if group is None or at == 0:
        return None
    called = (
        items[at].key == "the"
        and at + 3 < len(items)
        and "G" in items[at + 1].codes
        and items[at + 2].key == "'s"
        and "R" in items[at + 3].codes
    )
    if called and fits_kind(group, items[at + 1].words.lower().split()[-1], known):
        return at + 1, group.entries
    if items[at].key in ("that", "this") and at + 1 < len(items) and "G" in items[at + 1].codes and phrase_ends(items, at + 2):
        return at + 1, group.entries
    told = items[at].key == "the" and items[at - 1].key == "that" and "Q" in {code for i in items[max(0, at - 5) : at] for code in i.codes}
    if told and at + 2 < len(items) and "G" in items[at + 1].codes and items[at + 2].key in HAVING:
        return (at + 1, group.entries) if fits_kind(group, items[at + 1].words.lower().split()[-1], known) else None
    return (at, group.entries) if items[at].key == "it" and "X" in items[at - 1].codes and phrase_ends(items, at + 1) else None


def its_wing(items: Sequence[Item], at: int, before: Setting | None) -> Made | None:
    """Its, where an organisation is said to be its wing or unit: that of the topic before."""
    told = before.topic if before else None
    if told is None or items[at].key != "its" or at < 2 or items[at - 1].key not in ("is", "are", "was", "were"):
        return None
    kind = next((i for i in items[at + 1 : at + 3] if "G" in i.codes), None)
    return (at, told.entries) if kind is not None and "O" in items[at - 2].codes and items[at - 2].entries != told.entries else None


def backed_group(items: Sequence[Item], at: int, before: Setting | None, known: Authority) -> Made | None:
    """The Iran-backed group: the one armed group that the sentence before tells of."""
    if before is None or at < 2 or "G" not in items[at].codes or set(items[at - 1].codes) != {"Y"} or not phrase_ends(items, at + 1):
        return None
    kind, found = items[at].words.lower().split()[-1], dict[str, Item]()
    for item in before.line.items:
        actor = actor_of(item, known) if "O" in item.codes else None
        if actor and known.is_a(actor, "ArmedGroup"):
            found.setdefault(actor, item)
    one = next(iter(found.values())) if len(found) == 1 and items[at - 2].key in ("the", "this", "that") else None
    return (at, one.entries) if fits_kind(one, kind, known) and one is not None else None


def of_it(items: Sequence[Item], at: int, topic: Item | None, before: Setting | None, known: Authority) -> Made | None:
    """It and its, where the words speak of an organisation's size or listing: estimates of its strength, Washington designated it."""
    sized = items[at].key == "its" and at and items[at - 1].key == "of" and at + 1 < len(items) and items[at + 1].key in SIZES
    listed = items[at].key == "it" and at and items[at - 1].key in LISTING
    sole = sole_organisation(before.line.items, known) if before and before.topic else None
    own = (topic, before.topic if before else None, sole)
    group = next((item for item in own if item is not None and fits_kind(item, "group", known)), None) if sized or listed else None
    return (at, group.entries) if group is not None else None


HAVING: Final = frozenset({"has", "have", "had", "numbers", "numbered", "fields", "commands"})
"""Verbs before a number of members."""

SIZES: Final = frozenset({"strength", "size", "numbers", "ranks", "manpower", "membership", "forces"})
"""Nouns for how many members a group has."""

LISTING: Final = frozenset(
    """designated designates listed lists blacklisted blacklists proscribed outlawed banned branded labelled labeled classified classifies
    considers regards deems treats views""".split()  # noqa: SIM905 - reads better
)
"""Verbs of designation, whose object "it" is the group told of before."""

ARMIES: Final = ("army", "armed forces", "military", "defense forces", "defence forces")
"""How the names of national armies end."""


def _only(earlier: Sequence[Setting], kind: str, known: Authority) -> Item | None:
    """The one organisation told of in the sentences before that a noun such as army or coalition can call again."""
    found: dict[str, Item] = {}
    for item in (item for setting in earlier for item in setting.line.items if "O" in item.codes):
        actor = actor_of(item, known)
        army = actor is not None and any(name.words.lower().endswith(ARMIES) for name in known[actor].names)
        if actor and (army if kind in ("army", "military") else kind in FITS and fits_kind(item, kind, known)):
            found.setdefault(actor, item)
    return next(iter(found.values())) if len(found) == 1 else None


def office_body(items: Sequence[Item], at: int, group: Item | None, earlier: Sequence[Setting], known: Authority) -> Made | None:
    """The body that a bare noun before an office and a name calls again: army spokesman P, a coalition spokesman, Colonel P."""
    if "G" not in items[at].codes or (
        at and (items[at - 1].key in ("'s", "its", "their", "-") or set(items[at - 1].codes) & set("AOSLYGMP"))
    ):
        return None
    office = at + 1
    if office < len(items) and items[office].key == "'s":
        office += 1
        office += office < len(items) and not items[office].codes and items[office].words.isalpha()
    name = office
    while name < len(items) and ("R" in items[name].codes or (items[name].key == "," and name > office)):
        name += 1
    if name == office or name >= len(items) or "R" not in items[office].codes or not set(items[name].codes) & set("PU"):
        return None
    kind = items[at].words.lower().split()[-1]
    if kind in ("army", "military", "coalition", "alliance"):
        found = _only(earlier, kind, known)
    else:
        found = group if group is not None and fits_kind(group, kind, known) else None
    return (at, found.entries) if found is not None else None


def the_coalition(items: Sequence[Item], at: int, earlier: Sequence[Setting], known: Authority) -> Made | None:
    """The coalition, as a noun of its own: the only one told of before."""
    if items[at].key != "the" or at + 1 >= len(items) or items[at + 1].words.lower() not in ("coalition", "alliance"):
        return None
    found = _only(earlier, "coalition", known) if phrase_ends(items, at + 2) else None
    return (at + 1, found.entries) if found is not None else None


def office_of_topic(items: Sequence[Item], start: int, before: Setting | None) -> int | None:
    """The index of "its" before an office, where nothing before it is named: its spokesman, but its leader P, according to its chief P."""
    if before is None or before.topic is None:
        return None
    at = next((i for i, item in enumerate(items[:8]) if item.key == "its"), None)
    if at is None or any(set(item.codes) & set("OSMLPU") for item in items[:at]):
        return None
    office = at + 1 + 2 * (at + 2 < len(items) and items[at + 1].key == "co" and items[at + 2].key == "-")
    office += office < len(items) and not items[office].codes and items[office].words.isalpha()
    if office >= len(items) or "R" not in items[office].codes:
        return None
    named = next((i for i in range(office, min(office + 4, len(items))) if set(items[i].codes) & set("PU")), None)
    return at if (at == start and office == at + 1) or named is not None else None


def voice_of(before: Setting) -> Item | None:
    """The organisation that has spoken in a sentence, where it is one only: the command said."""
    items = before.line.items
    beside = [i for at, item in enumerate(items) if "Q" in item.codes for i in (*items[max(0, at - 1) : at], *items[at + 1 : at + 2])]
    found = {actor: item for item in beside if "O" in item.codes and (actor := actor_of(item, before.known))}
    return next(iter(found.values())) if len(found) == 1 and not stateful(next(iter(found.values())), before.known) else None


def his_party(items: Sequence[Item], start: int, before: Setting | None, known: Authority) -> Item | None:
    """The organisation of the one person told of before, behind "his": his party, her movement."""
    if before is None or start + 1 >= len(items) or items[start].key not in ("his", "her") or "G" not in items[start + 1].codes:
        return None
    persons = {item.words for item in before.line.items if set(item.codes) & set("PU")}
    offices = [item for item in before.line.items if "R" in item.codes]
    own = sole_organisation(before.line.items, known)
    return own if len(persons) == 1 and offices and fits_kind(own, items[start + 1].words.lower().split()[-1], known) and own else None
