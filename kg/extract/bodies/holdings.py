"""The parts of a strength: who has how many of what, where, when, and how the words put it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from kg.extract.bodies.setting import Setting, subject
from kg.extract.bodies.states import LEVELS
from kg.extract.lexicon import Entry
from kg.extract.line.items import D, Item, Line
from kg.model import ClaimDraft, Count, Mention, Qualifiers, TimeSpan
from kg.terms import Vocabulary

Match = Mapping[str, int]

HELD: Final = frozenset(
    {"counted/fighters", "counted/troops", "counted/police", "counted/people", "counted/seats", "counted/military-bases", "counted/armed-factions",
     "counted/divisions", "counted/brigades", "counted/battalions", "counted/aircraft", "counted/ships", "counted/vehicles", "counted/drones"}
)  # fmt: skip
"""What an actor can have a number of; killed, attacks, missiles fired and targets are counted of events."""

TROOPS: Final = "counted/troops"

HAS: Final = (
    "has|have|had|having|holds|hold|held|holding|numbers|fields|field|fielded|commands|command|maintains|maintain|maintained|keeps|keep|kept|"
    "keeping|operates|operate|operated|runs|run|controls|boasts|retains|retain|stations|station|stationed|deploys|deployed|won|secured|occupies|took|gained"
)

BEING: Final = (
    "in|are|remain|remained|remains|stationed|deployed|based|engaged|engaging|who|that|still|currently|present|take|taking|took|have|were|fight|"
    "fighting|operate|operating|participate|participating|participated|,|.|:|and"
)

CHANGED: Final = frozenset({"more", "additional", "extra", "further", "fresh", "another", "new", "other"})
"""Words that make a number a change and no strength."""

SIDES: Final = (
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "northeast", "northwest", "southeast", "southwest",
    "northeastern", "northwestern", "southeastern", "southwestern", "central",
)  # fmt: skip
"""Sides of the compass with which a part of a country is named."""

PARTS: Final = frozenset({"portion", "part", "region", "corner", "area", "reaches", "section", "half"})

MOVES: Final = frozenset(
    """send sending sent dispatch dispatched dispatching withdraw withdrew withdrawn withdrawing pull pulled pulling remove removed removing
    evacuate evacuated evacuating arrive arrived arriving leave left leaving transfer transferred rotate redeploy redeployed add added adding
    dead missing died capture captured capturing lost losing treated flown return returned""".split()  # noqa: SIM905 - reads better
)
"""Words beside a number of troops that tell of a movement or a loss."""

EXISTS: Final = frozenset({"are", "were", "remain", "hosts", "host"})
"""Words before a number of troops that say that they are there."""

BETWEEN: Final = frozenset(
    """a an the its their some about around roughly nearly almost estimated total combined of only just still also currently now today at least most
    and more than up to between from as many under over reported further other own""".split()  # noqa: SIM905 - reads better
)
"""Words between a verb of having and its number; a participle there would tell of a deed: has buried 500 fighters."""

ENGAGED: Final = frozenset(
    {"engaged", "engaging", "taking", "take", "participating", "participate", "involved", "fighting", "deployed", "fight"}
)

OPERATIONS: Final = frozenset({"operation", "offensive", "campaign", "invasion", "assault", "battle", "war", "ground operation"})


def claim(
    setting: Setting,
    who: Mention,
    count: Count,
    counted: str,
    *,
    where: Item | None = None,
    body: Item | None = None,
    when: TimeSpan | None = None,
    realis: str = "asserted",
) -> ClaimDraft:
    """A claim that an actor has so many of a thing, somewhere, in a body (seats), on a day."""
    qualifiers = Qualifiers(
        place=where.mention() if where else None,
        group=body.mention() if body else None,
        time=when,
    )
    return ClaimDraft(who, "hasStrength", replace(count, counted=counted), setting.line.span, realis=realis, qualifiers=qualifiers)


def holder(setting: Setting, item: Item, counted: str, where: Item | None) -> Mention:
    """The holder: of troops in a country the forces there, where they are known as such."""
    state = setting.state(item)
    place = country(setting, where)
    if counted == TROOPS and state and place:
        found = setting.called(state, f"forces in {place}")
        if found:
            return Mention(item.words, item.span, senses(found))
    return item.mention()


def country(setting: Setting, where: Item | None) -> str | None:
    """The country that a place is or lies in, where it is one only."""
    known = setting.known
    places = {iri for entry in where.entries for iri in entry.senses if known.is_a(iri, "Place")} if where else set()
    wide = {wider for iri in places for wider in (iri, *known.wider(iri))}
    states = {state for iri in wide if (state := known.state_of(iri))}
    return known[states.pop()].label if len(states) == 1 else None


def senses(entries: Iterable[Entry]) -> tuple[str, ...]:
    """All things that entries may stand for."""
    return tuple(sorted({sense for entry in entries for sense in entry.senses}))


def thing(setting: Setting, match: Match, words: Vocabulary) -> str | None:
    """What is counted: by its own word, or by the actor's name (US troops in Iraq)."""
    items = setting.line.items
    if "counted" in match:
        entry = items[match["counted"]].entry("C")
        name = entry.name if entry else None
        if name == "counted/fighters" and setting.is_state(items[match["a"]]):
            return None if items[match["counted"]].words.lower() in ("member", "members") else name
        holder = setting.actor(items[match["a"]])
        if name == "counted/people" and holder and items[match["counted"]].words.lower() == "men":
            armed = setting.known.is_a(holder, "ArmedGroup") and not setting.forces(items[match["a"]])
            return "counted/fighters" if armed else TROOPS if setting.forces(items[match["a"]]) else name
        return name if name in HELD else None
    actor = items[match["a"]]
    inside = set(actor.words.lower().split())
    named = next((cue.name for cue in words.cues("cue", "counted/") if cue.words in inside and cue.name in HELD), None)
    return named or (TROOPS if setting.forces(actor) or inside & LEVELS else None)


def number(line: Line, at: int, whole: int | None = None) -> Count | None:
    """The count at an index, unless it tells of a change, a movement or a loss."""
    count = line.items[at].count
    if count is None or set(count.words.lower().replace("more than", "").replace("more or less", "").split()) & CHANGED:
        return None
    near = line.items[max(0, at - 3) : at]
    if any(item.words.lower() in MOVES or "H" in item.codes for item in near):
        return None
    total = line.items[whole].count if whole is not None else None
    return replace(count, total=total.minimum) if total else count


def added(line: Line, match: Match) -> bool:
    """Whether what is counted only comes on top of what there is: 500 more fighters, 500 fighters more than in May."""
    between = line.items[match["number"] + 1 : match["counted"]]
    behind = line.items[match["counted"] + 1 : match["counted"] + 2]
    return any(item.words.lower() in CHANGED for item in between) or any(item.key == "more" for item in behind)


def spared(line: Line, at: int) -> bool:
    """Whether nothing right behind an index tells of a loss: killed, injured, dead, leaving."""
    for item in line.items[at + 1 : at + 6]:
        if item.key in (",", ";", ".", "who", "that"):
            return True
        if "H" in item.codes or item.words.lower() in MOVES:
            return False
    return True


def put(line: Line, first: int, last: int) -> str | None:
    """How a clause is put: asserted or alleged; None where it is denied, planned or supposed."""
    realis = "asserted"
    for at in range(last - 1, -1, -1):
        item = line.items[at]
        if item.key in (";", ":", ".") or (at <= first and participle(line, at)):
            break
        if "J" in item.codes or item.words == "may":
            entry = item.entry("J")
            if entry is None or entry.name != "realis/alleged":
                return None
            realis = "alleged"
    inverted = line.items[0].key in ("had", "did", "does", "do", "is", "are", "was", "were", "has", "have", "should")
    return None if inverted else realis


def participle(line: Line, at: int) -> bool:
    """Whether a participle clause of the outlet's own begins at an index: a comma or "and" before a word in -ing."""
    items = line.items
    word = items[at].words.lower()
    if not word.split()[0].endswith("ing") or "Q" in items[at].codes or at == 0:
        return False
    before = at - 1 - (items[at - 1].key in ("by", "and"))
    return items[at - 1].key in (",", "by") or (before >= 0 and items[before].key == ",")


def narrated(line: Line, at: int) -> bool:
    """Whether an index lies in a participle clause that hangs on the main clause of the sentence, and so is told as it is."""
    for index in range(at, 0, -1):
        if line.items[index].key in ("that", ";", "“", '"'):
            return False
        if participle(line, index):
            return not any(i.key == "that" for i in line.items[:index])
    return False


def day(line: Line, behind: int) -> TimeSpan | None:
    """The day of a number: "in 2011" behind it, or at the head of the sentence."""
    items = line.items
    if behind + 1 < len(items) and items[behind].key in ("in", "by", "during", "as") and D in items[behind + 1].codes:
        return items[behind + 1].time
    start = subject(line) or 2
    dated = (at for at in range(min(start, len(items) - 1)) if items[at].key in ("in", "by", "during") and D in items[at + 1].codes)
    return next((items[at + 1].time for at in dated), None)


def place(setting: Setting, behind: int) -> tuple[Item | None, int]:
    """The place behind an index: "in Syria", "in the oil-rich northeastern part of the country"; and the index behind it."""
    items = setting.line.items
    if behind >= len(items) or items[behind].key not in ("in", "across", "throughout", "inside", "within"):
        return None, behind
    for at in range(behind + 1, min(behind + 3, len(items))):
        if "L" in items[at].codes and (at + 1 >= len(items) or items[at + 1].key not in ("'s", "-")):
            return items[at], at + 1
        if items[at].words.lower() not in ("the", "neighboring", "neighbouring", "nearby", *SIDES):
            break
    for at in range(behind + 1, min(behind + 12, len(items) - 3)):
        if (
            items[at].words.lower() in SIDES
            and items[at + 1].words.lower() in PARTS
            and items[at + 2].key == "of"
            and "L" in items[at + 3].codes
        ):
            state = setting.state(items[at + 3])
            named = setting.names.entries((items[at].words.lower(), *setting.known[state].label.lower().split())) if state else ()
            return (replace(items[at + 3], entries=named, codes="L") if named else None), at + 4
    return None, behind


def opening(line: Line) -> Item | None:
    """The place that opens a sentence: "In eastern Syria, …"."""
    items = line.items
    start = subject(line)
    for at, item in enumerate(items[:start]):
        if item.key == "in":
            return next((i for i in items[at + 1 : at + 3] if "L" in i.codes), None)
    return None


def directly(line: Line, match: Match) -> bool:
    """Whether the number is the object of having itself."""
    holding = frozenset(HAS.split("|")) | {"with", "numbering", "to"}
    stretch = line.items[match["a"] + 1 : match["number"]]
    verb = next((at for at in range(len(stretch) - 1, -1, -1) if stretch[at].words.lower() in holding), None)
    return verb is None or all(i.words.lower() in BETWEEN or i.codes for i in stretch[verb + 1 :])


def stationed(setting: Setting, at: int) -> tuple[Item | None, int]:
    """The place behind a verb of being there: are stationed in eastern Syria."""
    items = setting.line.items
    for index in range(at, min(at + 4, len(items))):
        word = items[index].words.lower()
        if word in ("in", "across", "inside"):
            return place(setting, index)
        if word not in BEING.split("|") or not word.isalpha():
            break
    return None, at


def operation(setting: Setting, at: int) -> Item | None:
    """Where troops are that take part in an operation: in its place, or in that of the operation told of before."""
    items = setting.line.items
    busy = next((i for i in range(at, min(at + 6, len(items))) if items[i].words.lower() in ENGAGED), None)
    if busy is None:
        return None
    for i in range(busy + 1, min(busy + 14, len(items) - 1)):
        if items[i].key in (",", ";", "."):
            break
        if items[i].key in ("in", "into") and "L" in items[i + 1].codes:
            return items[i + 1]
    last = next((items[i] for i in range(busy + 1, min(busy + 6, len(items))) if items[i].words.lower() in OPERATIONS), None)
    for before in setting.earlier if last else ():
        for i, item in enumerate(before.line.items[:-2]):
            told = item.words.lower().split()[-1:] == ["operation"] or item.words.lower() in OPERATIONS
            place = i + 2 + (before.line.items[i + 2].key == "the")
            if told and before.line.items[i + 1].key == "in" and place < len(before.line.items) and "L" in before.line.items[place].codes:
                return before.line.items[place]
    return None


def parliament(setting: Setting, at: int) -> int | None:
    """The index of the parliament in which seats are: in Iraq's 329-member Council, in the parliament."""
    items = setting.line.items
    if at >= len(items) or items[at].key not in ("in", "of"):
        return None
    for index in range(at + 1, min(at + 8, len(items))):
        item = items[index]
        if "O" in item.codes:
            return index
        if item.key in (",", ".", ";", "and"):
            return None
    return None


def chamber(setting: Setting, at: int) -> Count | None:
    """How many seats a parliament has: in the 329-seat parliament."""
    items = setting.line.items
    if at >= len(items) or items[at].key not in ("in", "of"):
        return None
    number = at + 1 + (at + 1 < len(items) and items[at + 1].key in ("the", "a", "its"))
    if number + 2 < len(items) and items[number + 1].key == "-" and items[number + 2].words.lower() in ("seat", "member"):
        return items[number].count
    return None


def day_of_saying(line: Line, at: int) -> TimeSpan | None:
    """The past day on which it was said that somebody has so many: claimed in October 2021 that it had …"""
    items = line.items
    that = at - 1 - (at > 0 and items[at - 1].key == "the")
    if that < 2 or items[that].key != "that" or D not in items[that - 1].codes:
        return None
    verb = that - 2 - (items[that - 2].key in ("in", "on", "at"))
    return items[that - 1].time if verb >= 0 and "Q" in items[verb].codes else None


def day_behind(line: Line, at: int) -> TimeSpan | None:
    """The day right behind an index: in September."""
    items = line.items
    return items[at + 1].time if at + 1 < len(items) and items[at].key in ("in", "on", "at") and D in items[at + 1].codes else None


def number_of(line: Line, at: int) -> bool:
    """Whether "the number of" or "the total of" stands before an index."""
    before = [item.key for item in line.items[max(0, at - 3) : at] if item.key != "the"]
    return before[-2:] in (["number", "of"], ["total", "of"], ["strength", "of"])
