"""What an item may stand for: the one actor, the state behind it, the kinds by which it can be called again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.authority import Authority
from kg.extract.lexicon import Entry, Lexicon
from kg.extract.line.items import Item
from kg.extract.tokens import keys

FITS: Final = {
    "coalition": frozenset({"Coalition"}), "alliance": frozenset({"Coalition", "Umbrella"}), "bloc": frozenset({"Coalition", "PoliticalBody"}),
    "party": frozenset({"PoliticalBody"}), "army": frozenset({"StateForce"}), "military": frozenset({"StateForce"}),
    "militia": frozenset({"ArmedGroup"}), "network": frozenset({"Umbrella", "ArmedGroup"}), "umbrella": frozenset({"Umbrella"}),
}  # fmt: skip
"""Of which classes an organisation has to be to be called again by a noun; by any other noun, an armed group, a body or an umbrella."""


def fits_kind(item: Item | None, kind: str, known: Authority) -> bool:
    """Whether an organisation may be called again by a kind: the coalition, the party, the group."""
    found = actor_of(item, known) if item is not None else None
    wanted = FITS.get(kind, frozenset({"ArmedGroup", "PoliticalBody", "Umbrella"}))
    return found is not None and any(known.is_a(found, name) for name in wanted)


def sole_organisation(items: Sequence[Item], known: Authority) -> Item | None:
    """The only organisation, state apart, that a sentence names."""
    found: dict[str, Item] = {}
    for item in items:
        actor = actor_of(item, known) if "O" in item.codes else None
        if actor and not known.is_a(actor, "MediaOutlet") and not known.is_a(actor, "UnidentifiedActor"):
            found.setdefault(actor, item)
    return next(iter(found.values())) if len(found) == 1 else None


def actor_of(item: Item, known: Authority) -> str | None:
    """The one actor that an item may stand for."""
    found = {sense for entry in item.entries for sense in entry.senses if known.is_a(sense, "Organisation")}
    return found.pop() if len(found) == 1 and set(item.codes) & set("OS") else None


def stateful(item: Item, known: Authority) -> bool:
    """Whether an item stands for a state."""
    found = actor_of(item, known)
    return found is not None and known.is_a(found, "State")


def state_of(item: Item, known: Authority) -> str | None:
    """The state that an item names, belongs to or is at home in, where it is one only."""
    senses = {sense for entry in item.entries for sense in entry.senses}
    states = {sense for sense in senses if known.is_a(sense, "State")} or {s for s in map(known.state_of, senses) if s}
    return states.pop() if len(states) == 1 else None


def called_by(state: str, words: str, known: Authority, names: Lexicon) -> tuple[Entry, ...]:
    """What a state's adjective and further words together name: Iraqi and armed forces."""
    for name in known[state].names:
        if name.kind == "adjective":
            found = names.entries(keys(f"{name.words} {words}"))
            if found:
                return found
    return ()


Made = tuple[int, tuple[Entry, ...]]


def phrase_ends(items: Sequence[Item], at: int) -> bool:
    """Whether nothing at an index goes on with the noun phrase before it."""
    return at >= len(items) or not (items[at].key in ("'s", "-") or set(items[at].codes) & set("GRPOCKY"))
