"""Events in their simplest telling: who struck what, where, when, with what, and who was killed or hurt.

An anchor (an event's noun or verb) opens a telling; constructions around the anchor fill its roles.  The doer comes only from explicit
constructions; a sentence that threatens, plans, supposes or negates is left alone, for a wrong attribution is the worst error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extract.lexicon import Entry
from kg.extract.line import Item, Line
from kg.extract.tellings import CONTINUED, GENERAL, MANY, MERGES, NO_WEAPONS, REMEMBERED, ROLES, SERIES, UNDONE
from kg.model import ClaimDraft, Concept, Count, DraftObject, Mention, Qualifiers, Span, Telling
from kg.terms import Vocabulary


@dataclass(frozen=True, slots=True)
class Filled:
    """One filled role: the anchor's index, the predicate, the slot's item, and the harm word where it is a number of dead or hurt."""

    anchor: int
    predicate: str
    slot: Item
    harm: str | None = None


def drafts(line: Line, words: Vocabulary, first_key: int, before: Telling | None) -> Iterator[tuple[ClaimDraft, Span]]:
    """The tellings of one sentence as claims without speakers, each with the stretch of its anchor.

    Tellings are numbered from `first_key`.  `before` is the one telling of the sentence before, which "The attack killed two" and
    "It killed two" go on with, in the coreferent tier.
    """
    going_on = _continued(line, before) if before else ()
    yield from ((draft, line.items[0].span) for draft in going_on)
    if going_on:
        return
    anchors = _anchors(line, words)
    merged = {match["also"]: match["event"] for pattern in MERGES for match in line.find(pattern) if match["also"] in anchors}
    roles = [role for role in _filled(line, merged) if role.anchor in anchors]
    for key, anchor in enumerate(sorted(set(anchors) - set(merged)), first_key):
        own, item = [role for role in roles if role.anchor == anchor], line.items[anchor]
        if _told(own, line, anchor, anchor > 0 and line.items[anchor - 1].key in ("the", "that", "this", "these", "those")):
            telling = Telling(key, anchors[anchor], line.span)
            yield ClaimDraft(telling, "kind", Concept(anchors[anchor]), line.span), item.span
            for draft in _claims(telling, own, line):
                yield draft, item.span
            for draft in _killed(telling, own, line, words):
                yield draft, item.span


def _continued(line: Line, before: Telling) -> tuple[ClaimDraft, ...]:
    """The harm that a sentence adds to the telling before it, when it speaks of that event as known or by a pronoun."""
    for pattern in CONTINUED:
        for match in line.find(pattern):
            slot, harm = line.items[match["slot"]], line.items[match["harm"]].entry("H")
            count = _counted(slot, harm.name if harm else None)
            if min(match["harm"], match["slot"]) <= 2 and harm and harm.name and count:
                group = Qualifiers(group=_group(slot, line))
                dead = ClaimDraft(before, harm.name, count, line.span, tier="coreferent", qualifiers=group)
                named = (
                    [ClaimDraft(before, "victim", p, line.span, tier="coreferent") for p in _included(line)]
                    if harm.name == "killed"
                    else []
                )
                return (dead, *named)
    return ()


def _included(line: Line) -> Iterator[Mention]:
    """The persons that a number of dead includes by name."""
    for match in line.find(", including|among ~ <slot:P>"):
        yield line.items[match["slot"]].mention()


def _anchors(line: Line, words: Vocabulary) -> Mapping[int, str]:
    """The items that open a telling, with the kind of event; none where the sentence does not say that it happened."""
    found: dict[int, str] = {}
    undone = _undone(words)
    for index, item in enumerate(line.items):
        entry = _anchor(line, index, item)
        if entry and entry.name and _violent(entry.name, words) and not (_unreal(line, index, undone) or _several(line, index)):
            found[index] = entry.name
    return found


def _anchor(line: Line, index: int, item: Item) -> Entry | None:
    """The event's noun or verb; after an article or possessive a form in -ing is a noun, which opens nothing here."""
    noun, following = item.entry("K"), line.items[index + 1 : index + 2]
    if noun and not ("H" in item.codes and following and set(following[0].codes) & set("NP")):
        return noun
    verb = item.entry("V") if "H" not in item.codes else None
    gerund = (
        item.words.lower().endswith("ing") and index > 0 and line.items[index - 1].key in ("the", "that", "this", "a", "his", "its", "'s")
    )
    return None if gerund else verb


def _violent(kind: str, words: Vocabulary) -> bool:
    """Whether a kind of event is a single attack."""
    class_name = words.value(kind, "ofClass")
    return class_name is not None and "Attack" in words.ancestors(class_name)


def _several(line: Line, anchor: int) -> bool:
    """Whether the words tell of a series, which is counted and never told as one attack: repeated strikes, 165 times."""
    before = line.items[max(0, anchor - 2) : anchor]
    after = {item.words.lower() for item in line.items[anchor + 1 :]}
    return any(item.count or item.key in SERIES for item in before) or bool(after & {"times", "occasions"})


def _unreal(line: Line, anchor: int, undone: frozenset[str]) -> bool:
    """Whether the words put it as not, or not yet, or not really done.

    A cue of another realis (would, threatened to, if, not …) stands before the anchor in its clause, an outcome that undoes it (attempted, foiled)
    anywhere in the sentence, or the sentence is about the day on which it is remembered.
    """
    if any(undone & set(item.words.lower().split()) for item in line.items):
        return True
    return line.unreal(anchor)


def _undone(words: Vocabulary) -> frozenset[str]:
    """The words by which an act is attempted, failed or foiled, or only remembered."""
    cues = [cue.words for name in UNDONE for cue in words.cues("cue", f"outcome/{name}") if " " not in cue.words]
    return frozenset(cues) | REMEMBERED


def _filled(line: Line, merged: Mapping[int, int]) -> Iterator[Filled]:
    """Every role that the table fills, but for those that a verb of speech parts from the anchor: their day is the statement's."""
    for row in ROLES:
        for match in line.find(row.pattern):
            event, slot = match["event"], match["slot"]
            between = line.items[min(event, slot) + 1 : max(event, slot)]
            claims = match.get("claims")
            if claims is not None and not _claims_responsibility(line.items[claims]):
                continue
            if any("Q" in item.codes for item in between if claims is None) or (row.predicate == "time" and slot < event and slot > 1):
                continue
            harm = line.items[match["harm"]].entry("H") if "harm" in match else None
            if harm and event < slot and any(i.key == "," for i in between) and not line.items[match["harm"]].words.lower().endswith("ing"):
                continue
            if row.subject and not line.heads(slot):
                continue
            if (harm and _goes_on(line, slot)) or (row.predicate == "perpetrator" and _where(line, slot, event)):
                continue
            yield Filled(merged.get(event, event), row.predicate, line.items[slot], harm.name if harm else None)


def _claims_responsibility(item: Item) -> bool:
    """Whether a verb of speech is the one by which responsibility is taken."""
    return any(entry.name == "speech-act/claims-responsibility" for entry in item.entries)


def _goes_on(line: Line, slot: int) -> bool:
    """Whether a number of dead is only the first of several: two civilians and four fighters."""
    following = line.items[slot + 1 : slot + 6]
    return any(item.key == "and" and other.count for item, other in pairwise(following))


def _where(line: Line, slot: int, event: int) -> bool:
    """Whether an adjective may say where and not who: an Iraqi bombing, the Jordanian attack.

    Before a general word for violence it is the doer only where what was attacked follows.
    """
    if "A" not in line.items[slot].codes or slot > event:
        return False
    entry = line.items[event].entry("K")
    general = entry is not None and entry.name in GENERAL
    following = line.items[event + 1 : event + 3]
    aimed = len(following) == 2 and following[0].key in ("on", "against", "of") and not following[1].time
    return general and not aimed


def _told(roles: list[Filled], line: Line, anchor: int, definite: bool) -> bool:
    """Whether enough is said for a telling: somebody or something beside the day; of a plural, the day or the harm too.

    A definite one ("the attack") that says nothing by which to know it goes on with another, and which one is not certain.  A verb wants an
    object that we know, and a noun with "on" or "against" too: the US hit Iran with sanctions, an attack on American policy.
    """
    item, filled = line.items[anchor], {role.predicate for role in roles}
    known = filled & {"target", "place", "victim", "harm"}
    if "K" in item.codes and item.words.endswith("s") and not filled & {"time", "harm"}:
        return False
    if definite and not filled & {"time", "place", "perpetrator", "target"}:
        return False
    following = [i.words.lower() for i in line.items[anchor + 1 : anchor + 7]]
    if not known and ("K" not in item.codes or set(following[:1]) & {"on", "against"}):
        return False
    if set(following) & NO_WEAPONS:
        return False
    return bool(filled - {"time", "weapon", "weaponCount"})


def _claims(telling: Telling, roles: list[Filled], line: Line) -> Iterator[ClaimDraft]:
    """The claims of a telling's filled roles; of each single-valued role the first row that fills it."""
    once: set[str] = set()
    for role in roles:
        predicate = role.harm if role.predicate == "harm" else role.predicate
        value = _value(role)
        if predicate is None or value is None or (predicate in once and predicate not in MANY):
            continue
        once.add(predicate)
        group = _group(role.slot, line) if role.harm else None
        yield ClaimDraft(telling, predicate, value, line.span, qualifiers=Qualifiers(group=group))


def _killed(telling: Telling, roles: list[Filled], line: Line, words: Vocabulary) -> Iterator[ClaimDraft]:
    """Who is assassinated is killed: of such a kind the person aimed at is a victim too."""
    victims = {role.slot for role in roles if role.predicate == "victim"}
    if "Assassination" in words.ancestors(words.value(telling.kind, "ofClass") or "Event"):
        for role in roles:
            if role.predicate == "target" and "P" in role.slot.codes and role.slot not in victims:
                yield ClaimDraft(telling, "victim", role.slot.mention(), line.span)


def _value(role: Filled) -> DraftObject | None:
    """What the slot states, in the form that the predicate takes."""
    if role.predicate == "time":
        return role.slot.time
    if role.predicate in ("harm", "weaponCount"):
        return _counted(role.slot, role.harm)
    if role.predicate == "weapon":
        entry = role.slot.entry("W")
        return Concept(entry.name) if entry and entry.name else None
    return role.slot.mention()


def _counted(slot: Item, harm: str | None) -> Count | None:
    """The number of dead, hurt or weapons."""
    return replace(slot.count, counted=f"counted/{harm or 'missiles'}") if slot.count else None


def _group(slot: Item, line: Line) -> Mention | None:
    """The group of the dead or injured, where it is named right after the number: four fighters of X, 16 X fighters."""
    index = line.items.index(slot) + 1
    for item in line.items[index : index + 4]:
        if set(item.codes) & set("OS"):
            return item.mention()
        if item.codes not in ("", "C", "A") or item.key in (",", ".", "and", "in", "when", "who"):
            return None
    return None
