"""The closed vocabularies of a gold file: its slots, the keys of their rows, what a key holds, and the figure under which it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a slot's rows.

    `sort` says what it holds: actor, place, thing (either), date, amount, kind, word, event (an id), text. `figure` is the figure that its
    values count under; None: not scored by itself. `predicate` is the ontology's property of tellings. `beyond` marks keys that are checked only
    where a system gives them, and so are never missed. `words` closes the vocabulary of a word.
    """

    name: str
    sort: str
    figure: str | None = None
    predicate: str | None = None
    beyond: bool = False
    words: frozenset[str] = frozenset()


def _closed(words: str) -> frozenset[str]:
    return frozenset(word.strip() for word in words.split(","))


ROLES: Final = _closed(
    "leader, secretary-general, commander, deputy chief, political bureau chief, negotiator, general, major general, prime minister, president, "
    "national security advisor, spokesperson, press secretary"
)
RELATIONS: Final = _closed("part of, backed by, funded by, affiliated with, aligned with, supports, member of, is")
COUNTED: Final = _closed("fighters, troops, seats, military bases, armed factions, divisions, brigades")
ATTACKS: Final = _closed(
    "air strike, drone strike, missile attack, rocket attack, drone attack, bombing, assassination, ground operation, attack, strike"
)
LASTING: Final = _closed("aggregate of attacks, campaign, war")
"""Kinds whose date A/B means from A to B."""
POLITICAL: Final = _closed("truce, resolution, announcement, agreement, end of mission, talks, withdrawal")
ONLY_OPTIONAL: Final = _closed("war, talks, withdrawal")
ONLY_ALTERNATIVE: Final = _closed("strike, end of mission")
KINDS: Final = ATTACKS | LASTING | POLITICAL
ACTS: Final = _closed("demands, threatens, warns, accuses, blames, denies, condemns, announces, promises, defends, praises, claims")
WEAPONS: Final = _closed("drone, missile, ballistic missile, rocket, explosives")
REALIS: Final = ("asserted", "alleged", "denied", "negated", "hypothetical", "planned", "threatened")
ACCUSED_OF: Final = _closed("doing, approval, direction")
FAMILIES: Final = (ATTACKS, LASTING, POLITICAL)
"""Kinds that may be told of one event; a series is never a single attack."""
STRIKES: Final = _closed("air strike, drone strike")
"""One class."""

WHY: Final[Mapping[str, frozenset[str]]] = {
    "noise": frozenset(),
    "duplicate": frozenset(),
    "negated": frozenset({"negated"}),
    "denied": frozenset({"denied"}),
    "hypothetical": frozenset({"hypothetical", "threatened"}),
    "threat": frozenset({"threatened", "hypothetical", "planned"}),
    "planned": frozenset({"planned", "hypothetical"}),
    "request": frozenset({"planned", "hypothetical"}),
    "unattributed": frozenset({"alleged"}),
    "not stated": frozenset(),
    "statement date": frozenset(),
    "not a person count": frozenset(),
    "not an event": frozenset(),
    "same entity": frozenset(),
    "not the same entity": frozenset(),
    "not the same event": frozenset(),
}
"""Why something is no event, and the realis with which it may be given all the same."""

PUBLISHED_FROM: Final = _closed("header, text, outside")

LISTS: Final[Mapping[str, tuple[Key, ...]]] = {
    "roles": (Key("person", "actor"), Key("role", "word", words=ROLES), Key("organisation", "actor")),
    "structure": (Key("subject", "actor"), Key("rel", "word", words=RELATIONS), Key("object", "actor")),
    "founded": (Key("organisation", "actor"), Key("date", "date")),
    "designations": (
        Key("organisation", "actor"),
        Key("rel", "word", words=frozenset({"designated terrorist by"})),
        Key("designator", "actor"),
    ),
}
"""Slots whose rows are lists."""

STRENGTH: Final = (
    Key("who", "actor"),
    Key("counted", "word", words=COUNTED),
    Key("value", "amount"),
    Key("of", "amount", "strength qualifiers"),
    Key("where", "thing", "strength qualifiers"),
    Key("date", "date", "strength qualifiers"),
)

EVENT: Final = (
    Key("kind", "kind", "kind", "kind", words=KINDS),
    Key("date", "date", "date", "time"),
    Key("place", "place", "place", "place"),
    Key("by", "actor", "perpetrator", "perpetrator"),
    Key("parties", "actor", "parties", "party"),
    Key("claimed_by", "actor", "claimed by", "claimedBy"),
    Key("accused", "actor", "accused", "accused"),
    Key("accuser", "actor", "accuser", "accusedBy"),
    Key("accused_of", "word", "accused of", "accusation", beyond=True, words=ACCUSED_OF),
    Key("denied_by", "actor", "denied by", "deniedBy"),
    Key("authorised_by", "actor", "authorised by", "authorisedBy"),
    Key("target", "thing", "target", "target"),
    Key("weapon", "word", "weapon", "weapon", words=WEAPONS),
    Key("weapon_count", "amount", "weapon count", "weaponCount"),
    Key("killed", "amount", "killed", "killed"),
    Key("killed_of", "actor", "casualty group"),
    Key("injured", "amount", "injured", "injured"),
    Key("injured_of", "actor", "casualty group"),
    Key("killed_persons", "actor", "named victims", "victim"),
    Key("targets_struck", "amount", "targets struck", "targetsStruck"),
    Key("count", "amount", "count", "actCount"),
    Key("retaliation_for", "event", "retaliation", "inRetaliationFor"),
    Key("part_of", "event", "part of", "subEventOf"),
)

STATEMENT: Final = (
    Key("by", "actor", None, "speaker"),
    Key("act", "word", None, "kind", words=ACTS),
    Key("about", "text", None, "topic"),
    Key("blamed", "actor", "blamed", "blamed"),
    Key("to", "actor", "statement details", "addressee", beyond=True),
    Key("date", "date", "statement details", "time", beyond=True),
    Key("event", "event", "statement details", "concerns", beyond=True),
)

SLOTS: Final[Mapping[str, tuple[Key, ...]]] = {**LISTS, "strengths": STRENGTH, "events": EVENT, "statements": STATEMENT}
"""The scored slots and their keys."""

FIGURES: Final[Mapping[str, str]] = {
    "roles": "roles",
    "structure": "structure",
    "founded": "founding",
    "designations": "designations",
    "strengths": "strengths",
    "events": "event detection",
    "statements": "speech acts",
}
"""The figure of a slot's rows."""

ANY_ROW: Final = frozenset({"said_by", "via", "realis", "optional", "open", "cue", "note", "words"})
"""Keys of any row."""

UNSCORED: Final[Mapping[str, frozenset[str]]] = {
    "events": _closed("id, since, date_is, date_needs, claimed_share, series, about, outcome, unanimous, promoted_by, violates, time"),
}
"""Further keys of a slot's rows that are no figure of their own."""

ALTERNATIVES: Final[Mapping[str, frozenset[str]]] = {
    "roles": frozenset({"role", "person", "organisation"}),
    "structure": frozenset({"rel", "subject", "object"}),
    "founded": frozenset({"date", "organisation"}),
    "designations": frozenset({"designator", "organisation"}),
    "strengths": frozenset(key.name for key in STRENGTH),
    "events": frozenset(key.name for key in EVENT),
    "statements": frozenset(key.name for key in STATEMENT),
}
"""The keys that may stand with _or."""

OTHERWISE: Final[Mapping[str, str]] = {
    "event-kind/attack-series": "aggregate of attacks",
    "position/bureau-chief": "political bureau chief",
    "speech-act/says": "claims",
    "speech-act/claims-responsibility": "claims",
}
"""Concepts whose gold word is not their own name."""


def word(concept: str) -> str:
    """The gold's word for a concept.

    >>> word("event-kind/air-strike"), word("position/bureau-chief")
    ('air strike', 'political bureau chief')
    """
    name = concept.rpartition("/")[2]
    kept = name in ROLES  # secretary-general keeps its hyphen
    return OTHERWISE.get(concept, name if kept else name.replace("-", " "))
