"""How many fighters, troops, seats, bases an actor has: ranges, changes, gapped pairs, numbers of another day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.lexicon import Entry
from kg.extract.line import D, Item, Line, N
from kg.extract.setting import LEVELS, Setting, heads, subject
from kg.model import ClaimDraft, Count, Mention, Qualifiers, TimeSpan
from kg.terms import Vocabulary

Match = Mapping[str, int]
Made = tuple[ClaimDraft, int, int, bool]
"""A claim, the indexes of the first and last item that it rests on, and whether it stands in a phrase of the outlet's own."""

HELD: Final = frozenset(
    {"counted/fighters", "counted/troops", "counted/police", "counted/people", "counted/seats", "counted/military-bases", "counted/armed-factions",
     "counted/divisions", "counted/brigades", "counted/battalions", "counted/aircraft", "counted/ships", "counted/vehicles", "counted/drones"}
)  # fmt: skip
"""What an actor can have a number of; killed, attacks, missiles fired and targets are counted of events."""

TROOPS: Final = "counted/troops"

HAS: Final = (
    "has|have|had|having|holds|hold|held|holding|numbers|fields|field|fielded|commands|command|maintains|maintain|maintained|keeps|keep|kept|"
    "keeping|operates|operate|operated|runs|run|controls|boasts|retains|retain|stations|station|stationed|deploys|deployed|won|secured|occupies"
)
BEING: Final = (
    "in|are|remain|remained|remains|stationed|deployed|based|engaged|engaging|who|that|still|currently|present|take|taking|took|have|were|fight|"
    "fighting|operate|operating|participate|participating|participated|,|.|:|and"
)
LEVEL: Final = "stands|stand|stood|totals|total|totalled|number|numbers|numbered"
PUT: Final = "put|estimated|placed|reckoned|pegged|kept|capped"
CHANGED: Final = frozenset({"more", "additional", "extra", "further", "fresh", "another", "new", "other"})
"""Words that make a number a change and no strength."""

SAME: Final = frozenset({"same", "many", "unchanged", "identical"})
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


@dataclass(frozen=True, slots=True)
class _Row:
    """One construction: its name, its pattern, and what it makes of a match."""

    name: str
    pattern: str
    made: Callable[[Setting, Match, Vocabulary], Iterator[Made]]


# -- parts of a claim -----------------------------------------------------------------------------------------------------------


def _claim(
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
    qualifiers = Qualifiers(
        place=where.mention() if where else None,
        group=body.mention() if body else None,
        time=when,
    )
    return ClaimDraft(who, "hasStrength", replace(count, counted=counted), setting.line.span, realis=realis, qualifiers=qualifiers)


def _who(setting: Setting, item: Item, counted: str, where: Item | None) -> Mention:
    """The holder: of troops in a country the forces there, where they are known as such."""
    state = setting.state(item)
    place = _place(setting, where)
    if counted == TROOPS and state and place:
        found = setting.called(state, f"forces in {place}")
        if found:
            return Mention(item.words, item.span, _senses(found))
    return item.mention()


def _place(setting: Setting, where: Item | None) -> str | None:
    state = setting.state(where) if where and "S" in where.codes else None
    return setting.known[state].label if state else None


def _senses(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(sorted({sense for entry in entries for sense in entry.senses}))


def _counted(setting: Setting, match: Match, words: Vocabulary) -> str | None:
    """What is counted: by its own word, or by the actor's name (US troops in Iraq)."""
    items = setting.line.items
    if "counted" in match:
        entry = items[match["counted"]].entry("C")
        name = entry.name if entry else None
        if name == "counted/fighters" and setting.is_state(items[match["a"]]):
            return None if items[match["counted"]].words.lower() in ("member", "members") else name
        return name if name in HELD else None
    actor = items[match["a"]]
    inside = set(actor.words.lower().split())
    named = next((cue.name for cue in words.cues("cue", "counted/") if cue.words in inside and cue.name in HELD), None)
    return named or (TROOPS if setting.forces(actor) or inside & LEVELS else None)


def _count(line: Line, at: int, whole: int | None = None) -> Count | None:
    """The count at an index, unless it tells of a change, a movement or a loss."""
    count = line.items[at].count
    if count is None or set(count.words.lower().replace("more than", "").split()) & CHANGED:
        return None
    near = line.items[max(0, at - 3) : at]
    if any(item.words.lower() in MOVES or "H" in item.codes for item in near):
        return None
    total = line.items[whole].count if whole is not None else None
    return replace(count, total=total.minimum) if total else count


def _spared(line: Line, at: int) -> bool:
    """Whether nothing right behind an index tells of a loss: killed, injured, dead, leaving."""
    for item in line.items[at + 1 : at + 6]:
        if item.key in (",", ";", ".", "who", "that"):
            return True
        if "H" in item.codes or item.words.lower() in MOVES:
            return False
    return True


def _real(line: Line, first: int, last: int) -> str | None:
    """How a clause is put: asserted or alleged; None where it is denied, planned or supposed."""
    realis = "asserted"
    for at in range(last - 1, -1, -1):
        item = line.items[at]
        if item.key in (";", ":", ".") or (at <= first and _participle(line, at)):
            break
        if "J" in item.codes or item.words == "may":
            entry = item.entry("J")
            if entry is None or entry.name != "realis/alleged":
                return None
            realis = "alleged"
    inverted = line.items[0].key in ("had", "did", "does", "do", "is", "are", "was", "were", "has", "have", "should")
    return None if inverted else realis


def _participle(line: Line, at: int) -> bool:
    """Whether a participle clause of the outlet's own begins at an index: a comma or "and" before a word in -ing."""
    items = line.items
    word = items[at].words.lower()
    if not word.split()[0].endswith("ing") or "Q" in items[at].codes or at == 0:
        return False
    before = at - 1 - (items[at - 1].key in ("by", "and"))
    return items[at - 1].key in (",", "by") or (before >= 0 and items[before].key == ",")


def _own(line: Line, at: int) -> bool:
    """Whether an index lies in a participle clause that hangs on the main clause of the sentence, and so is told as it is."""
    for index in range(at, 0, -1):
        if line.items[index].key in ("that", ";", "“", '"'):
            return False
        if _participle(line, index):
            return not any(i.key == "that" for i in line.items[:index])
    return False


def _when(line: Line, behind: int) -> TimeSpan | None:
    """The day of a number: "in 2011" behind it, or at the head of the sentence."""
    items = line.items
    if behind + 1 < len(items) and items[behind].key in ("in", "by", "during", "as") and D in items[behind + 1].codes:
        return items[behind + 1].time
    start = subject(line) or 2
    dated = (at for at in range(min(start, len(items) - 1)) if items[at].key in ("in", "by", "during") and D in items[at + 1].codes)
    return next((items[at + 1].time for at in dated), None)


def _wide(setting: Setting, behind: int) -> tuple[Item | None, int]:
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


def _opening(line: Line) -> Item | None:
    """The place that opens a sentence: "In eastern Syria, …"."""
    items = line.items
    start = subject(line)
    for at, item in enumerate(items[:start]):
        if item.key == "in":
            return next((i for i in items[at + 1 : at + 3] if "L" in i.codes), None)
    return None


# -- what the constructions make ------------------------------------------------------------------------------------------------


def _holds(setting: Setting, match: Match, words: Vocabulary) -> Iterator[Made]:
    """A has N of something, somewhere; and what follows in the same breath: and 900 in Syria, the same number as in January."""
    line, items, counted = setting.line, setting.line.items, _counted(setting, match, words)
    count = _count(line, match["number"], match.get("whole"))
    first, last = min(match.values()), max(match.values())
    told = first > 0 and items[first - 1].words.lower() in EXISTS
    if counted is None or count is None or not (heads(line, first) or told):
        return
    if {item.words.lower() for item in items[match["a"] : match["number"]]} & ONCE:
        return
    realis = _real(line, first, last)
    if realis is None or ("counted" not in match and not _spared(line, last)):
        return
    at = match.get("counted", match["a"]) + 1
    body = _body(setting, at) if counted == "counted/seats" else None
    whole = items[body - 2].count if body and N in items[body - 2].codes else None
    if whole and count.total is None:
        count = replace(count, total=whole.minimum)
    if counted == "counted/seats":
        yield (
            _claim(setting, items[match["a"]].mention(), count, counted, body=items[body] if body else None, realis=realis),
            first,
            last,
            False,
        )
        return
    where, behind = _wide(setting, at)
    if where is None:
        where, behind = _stationed(setting, at)
    told = where or _opening(line) or _engaged(setting, at)
    when = _when(line, behind)
    yield (
        _claim(setting, _who(setting, items[match["a"]], counted, told), count, counted, where=told, when=when, realis=realis),
        first,
        last,
        False,
    )
    yield from _gapped(setting, match, counted, behind, realis)
    yield from _again(setting, match, counted, told, count, behind)


EXISTS: Final = frozenset({"are", "were", "remain", "hosts", "host"})
"""Words before a number of troops that say that they are there."""

ONCE: Final = frozenset({"once", "formerly", "previously", "originally", "initially", "reportedly"})


def _stationed(setting: Setting, at: int) -> tuple[Item | None, int]:
    """The place behind a verb of being there: are stationed in eastern Syria."""
    items = setting.line.items
    for index in range(at, min(at + 4, len(items))):
        word = items[index].words.lower()
        if word in ("in", "across", "inside"):
            return _wide(setting, index)
        if word not in BEING.split("|") or not word.isalpha():
            break
    return None, at


def _engaged(setting: Setting, at: int) -> Item | None:
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


ENGAGED: Final = frozenset(
    {"engaged", "engaging", "taking", "take", "participating", "participate", "involved", "fighting", "deployed", "fight"}
)
OPERATIONS: Final = frozenset({"operation", "offensive", "campaign", "invasion", "assault", "battle", "war", "ground operation"})


def _body(setting: Setting, at: int) -> int | None:
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


def _gapped(setting: Setting, match: Match, counted: str, behind: int, realis: str) -> Iterator[Made]:
    """And 900 in Syria; in Syria it has 900: the same holder and thing counted, elsewhere."""
    line, items = setting.line, setting.line.items
    at = behind
    while at < len(items) and items[at].key in (",", ";", "and", "as", "well", "with", "another", "plus"):
        at += 1
    if at == behind:
        return
    number, place = at, at + 2
    if (
        at + 4 < len(items)
        and items[at].key == "in"
        and items[at + 2].words.lower() in ("it", "they")
        and items[at + 3].words.lower() in ("has", "have")
    ):
        number, place = at + 4, at + 1
    elif not (at + 2 < len(items) and items[at + 1].key == "in"):
        return
    elif at + 3 < len(items) and items[at + 2].key in ("neighboring", "neighbouring", "nearby"):
        place = at + 3
    if N not in items[number].codes or "L" not in items[place].codes or (count := _count(line, number)) is None:
        return
    who = _who(setting, items[match["a"]], counted, items[place])
    yield _claim(setting, who, count, counted, where=items[place], realis=realis), min(match.values()), max(number, place), False


def _again(setting: Setting, match: Match, counted: str, where: Item | None, count: Count, behind: int) -> Iterator[Made]:
    """The same number on another day: as many as in January; up from 1,500 in May."""
    line, items = setting.line, setting.line.items
    who = _who(setting, items[match["a"]], counted, where)
    for at in range(behind, min(behind + 5, len(items))):
        word = items[at].words.lower()
        if word in SAME:
            for index in range(at + 1, min(at + 22, len(items) - 1)):
                if items[index].key in (";", ".", "but") or "J" in items[index].codes:
                    return
                if items[index].key in ("in", "on", "at", "since") and D in items[index + 1].codes:
                    then = items[index + 1].time
                    yield _claim(setting, who, count, counted, where=where, when=then), min(match.values()), index + 1, False
                    return
            return
        compared = word in ("up", "down", "rising", "falling") and at + 2 < len(items) and items[at + 1].key == "from"
        if (compared or word == "compared") and at + 2 < len(items) and N in items[at + 2].codes:
            index = at + 3 + ("C" in items[at + 3].codes if at + 3 < len(items) else 0)
            then, other = _when_only(line, index), items[at + 2].count
            if then and other:
                yield _claim(setting, who, other, counted, where=where, when=then), min(match.values()), index + 1, False
            return


def _when_only(line: Line, at: int) -> TimeSpan | None:
    items = line.items
    return items[at + 1].time if at + 1 < len(items) and items[at].key in ("in", "on", "at") and D in items[at + 1].codes else None


def _strong(setting: Setting, match: Match, _: Vocabulary) -> Iterator[Made]:
    """The 30,000-strong X."""
    line, who = setting.line, setting.line.items[match["a"]]
    count = _count(line, match["number"])
    if count and setting.actor(who):
        yield (
            _claim(setting, who.mention(), count, TROOPS if setting.forces(who) else "counted/fighters"),
            match["number"],
            match["a"],
            True,
        )


def _level(setting: Setting, match: Match, words: Vocabulary) -> Iterator[Made]:
    """US troops in Iraq are put at about 2,500, stand at 2,500."""
    line = setting.line
    counted, count = _counted(setting, match, words), _count(line, match["number"])
    realis = _real(line, match["a"], match["number"])
    if (
        counted
        and count
        and realis
        and not set(line.items[match["number"] + 1].codes if match["number"] + 1 < len(line.items) else "") & {"C", "H"}
    ):
        who = line.items[match["a"]]
        yield (
            _claim(setting, who.mention(), count, counted, when=_when(line, match["number"] + 1), realis=realis),
            match["a"],
            match["number"],
            False,
        )
        yield from _again(setting, match, counted, None, count, match["number"] + 1)


def _changed(setting: Setting, match: Match, words: Vocabulary) -> Iterator[Made]:
    """From about 6,000 to around 2,500: what it was and what it is."""
    line, items = setting.line, setting.line.items
    counted = _counted(setting, match, words)
    was, now = items[match["was"]].count, items[match["now"]].count
    realis = _real(line, match["a"], match["now"])
    behind = match["now"] + 1
    other = (
        behind < len(items) and bool(set(items[behind].codes) & {"C", "K"}) and (items[behind].entry("C") or items[behind]).name != counted
    )  # type: ignore[union-attr]
    if counted and was and now and realis == "asserted" and not other:
        where = items[match["where"]] if "where" in match else None
        who = _who(setting, items[match["a"]], counted, where)
        for count, at in ((was, match["was"]), (now, match["now"])):
            yield _claim(setting, who, count, counted, where=where), match["a"], at, _own(line, match["a"])


def _wing(setting: Setting, match: Match, _: Vocabulary) -> Iterator[Made]:
    """Has an armed wing numbering so many: the strength of the organisation whose wing it is."""
    line, topic = setting.line, setting.topic
    at = next((i for i, item in enumerate(line.items[: match["number"]]) if topic and item.entries == topic.entries), None)
    entry, count = line.items[match["counted"]].entry("C"), _count(line, match["number"])
    realis = _real(line, 0, match["number"])
    if at is not None and entry and entry.name in HELD and count and realis:
        yield _claim(setting, line.items[at].mention(), count, entry.name, realis=realis), at, match["counted"], False


def _unowned(setting: Setting, match: Match, _: Vocabulary) -> Iterator[Made]:
    """The 2,500 soldiers who remain in the country: those of the only forces told of here or in the sentence before."""
    line, items = setting.line, setting.line.items
    entry, count = items[match["counted"]].entry("C"), _count(line, match["number"])
    realis = _real(line, match["number"], match["number"] + 1)
    if not entry or entry.name != TROOPS or count is None or realis is None or not _spared(line, match["where"]):
        return
    for stretch in (items[: match["number"]], setting.earlier[0].line.items if setting.earlier else ()):
        forces = {setting.actor(i): i for i in stretch if setting.forces(i)}
        if forces:
            if len(forces) == 1:
                force = next(iter(forces.values()))
                who = _who(setting, force, TROOPS, items[match["where"]])
                mention = Mention(items[match["counted"]].words, items[match["counted"]].span, who.senses)
                yield (
                    _claim(setting, mention, count, TROOPS, where=items[match["where"]], realis=realis),
                    match["number"],
                    match["where"],
                    False,
                )
            return


def _running(setting: Setting, match: Match, _: Vocabulary) -> Iterator[Made]:
    """…, operating about a dozen bases in Syria: said of the subject of the sentence."""
    line, items = setting.line, setting.line.items
    verb = match["number"] - 1
    while verb > 0 and not items[verb].words.lower().endswith("ing"):
        verb -= 1
    entry, count, topic = items[match["counted"]].entry("C"), _count(line, match["number"]), setting.topic
    at = next((i for i, item in enumerate(items[:verb]) if topic and item.entries == topic.entries), None)
    if at is None or not _participle(line, verb) or not entry or entry.name not in HELD or count is None:
        return
    if any("J" in item.codes for item in items[verb : match["number"]]) or _real(line, verb, match["number"]) is None:
        return
    where, _ = _wide(setting, match["counted"] + 1)
    where = where or _opening(line)
    who = _who(setting, items[at], entry.name, where)
    yield _claim(setting, who, count, entry.name, where=where), at, match["counted"], _own(line, verb)


ROWS: Final = (
    _Row("A has N of M seats", f"<a:OS> ~ {HAS} ~ <number:N> of|out the|of? <whole:N> <counted:C>", _holds),
    _Row("A has N fighters", f"<a:OS> ~ {HAS} ~ <number:N> ~ <counted:C>", _holds),
    _Row("A, …, has N fighters", f"<a:OS> ~ , ~~ , {HAS} ~ <number:N> ~ <counted:C>", _holds),
    _Row("A has N things and N fighters", f"<a:OS> ~ {HAS} ~ <N> ~ <C> and|, ~ <number:N> ~ <counted:C>", _holds),
    _Row("A is said to have N things and N fighters", "<a:OS> <J> have|number|field ~ <N> ~ <C> and|, ~ <number:N> ~ <counted:C>", _holds),
    _Row("A has deployed N divisions", "<a:OS> has|have? deployed|stationed|positioned|massed ~ <number:N> ~ <counted:C>", _holds),
    _Row("A, with N fighters", "<a:OS> , with|numbering ~ <number:N> ~ <counted:C>", _holds),
    _Row("A numbers N fighters", "<a:OS> numbering|numbers ~ <number:N> ~ <counted:C>", _holds),
    _Row("A, which has N fighters", f"<a:OS> , which|who ~ {HAS} ~ <number:N> ~ <counted:C>", _holds),
    _Row(
        "A is estimated to have N fighters",
        "<a:OS> is|are estimated|reckoned to have|number|field|command ~ <number:N> ~ <counted:C>",
        _holds,
    ),
    _Row("A is estimated at N fighters", "<a:OS> is|are estimated at|to ~ <number:N> ~ <counted:C>", _holds),
    _Row("A is said to have N fighters", "<a:OS> <J> have|number|field|command ~ <number:N> ~ <counted:C>", _holds),
    _Row("N US troops in Iraq", f"<number:N> <a:O> {BEING}", _holds),
    _Row("the N-strong A", "<number:N> - strong ~ <a:O>", _strong),
    _Row("N French troops in L", f"<number:N> <a:A> <counted:C> {BEING}", _holds),
    _Row("A has N of parliament's M seats", f"<a:OS> ~ {HAS} ~ <number:N> of the? <GO> 's <whole:N> <counted:C>", _holds),
    _Row("US troops in Iraq are put at N", f"<a:O> ~ is|are|was|were {PUT} at <number:N>", _level),
    _Row("US troops in Iraq stand at N", f"<a:O> ~ {LEVEL} at? <number:N>", _level),
    _Row("A from N to N", "<a:OS> ~ from <was:N> to <now:N>", _changed),
    _Row("A in L from N to N", "<a:OS> in <where:L> ~ from <was:N> to <now:N>", _changed),
    _Row("has a wing of N fighters", "has|have|fields|maintains a|an ~ <G> numbering|of|with|comprising ~ <number:N> ~ <counted:C>", _wing),
    _Row(
        "N soldiers still in L",
        "<number:N> <counted:C> still|now|who|that|remaining|stationed|deployed|based|left ~ in|inside <where:L>",
        _unowned,
    ),
    _Row("running N bases", "operating|running|maintaining|holding|commanding|fielding|keeping ~ <number:N> ~ <counted:C>", _running),
)


def drafts(setting: Setting, words: Vocabulary) -> Iterator[Made]:
    """The strengths that one sentence states."""
    if any(N in item.codes for item in setting.line.items):
        for row in ROWS:
            for match in setting.line.find(row.pattern):
                yield from row.made(setting, match, words)


def settled(claims: Iterable[ClaimDraft]) -> Iterator[ClaimDraft]:
    """The claims without the bare figures of headlines: 5,000 there, where the text says about 5,000 of the same thing, is no exact figure."""
    kept = list(claims)
    loose = {_sign(c) for c in kept if c.predicate == "hasStrength" and isinstance(c.object, Count) and c.object.modifier in LOOSE}
    for claim in kept:
        exact = claim.predicate == "hasStrength" and isinstance(claim.object, Count) and claim.object.modifier == "count-modifier/exact"
        if not (exact and _sign(claim) in loose):
            yield claim


LOOSE: Final = frozenset({"count-modifier/about", "count-modifier/nearly", "count-modifier/at-least", "count-modifier/more-than"})


def _sign(claim: ClaimDraft) -> tuple[object, ...]:
    count = claim.object
    assert isinstance(count, Count)
    senses = claim.subject.senses if isinstance(claim.subject, Mention) else ()
    figure = "".join(c for c in count.words if c.isdigit())
    return senses, count.counted, figure
