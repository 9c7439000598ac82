"""What the constructions of strengths make of their figures: so many here, as many elsewhere or on another day, from so many to so many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.bodies import holdings
from kg.extract.bodies.holdings import Match
from kg.extract.bodies.setting import Setting, heads
from kg.extract.line.items import D, Item, N
from kg.model import ClaimDraft, Count, Mention
from kg.terms import Vocabulary

Made = tuple[ClaimDraft, int, int, bool]
"""A claim, the indexes of the first and last item that it rests on, and whether it stands in a phrase of the outlet's own."""

SAME: Final = frozenset({"same", "many", "unchanged", "identical"})


def holds(setting: Setting, match: Match, words: Vocabulary) -> Iterator[Made]:
    """A has N of something, somewhere; and what follows in the same breath: and 900 in Syria, the same number as in January."""
    line, items, counted = setting.line, setting.line.items, holdings.thing(setting, match, words)
    count = holdings.number(line, match["number"], match.get("whole"))
    first, last = min(match.values()), max(match.values())
    there = first > 0 and items[first - 1].words.lower() in holdings.EXISTS
    if counted is None or count is None or not (heads(line, first) or there):
        return
    if count.total is not None and counted != "counted/seats":
        return  # 300 of the 2,500 soldiers
    between = {item.words.lower() for item in items[match["a"] : match["number"]]}
    if between & ONCE or (between & {"took", "gained"} and counted != "counted/seats") or not holdings.directly(line, match):
        return
    realis = holdings.put(line, first, last)
    if realis is None or not holdings.spared(line, last):
        return
    at = match.get("counted", match["a"]) + 1
    body = holdings.parliament(setting, at) if counted == "counted/seats" else None
    whole = items[body - 2].count if body and N in items[body - 2].codes else holdings.chamber(setting, at)
    if counted == "counted/seats" and whole and count.total is None:
        count = replace(count, total=whole.minimum)
    if counted == "counted/seats":
        yield (
            holdings.claim(setting, items[match["a"]].mention(), count, counted, body=items[body] if body else None, realis=realis),
            first,
            last,
            False,
        )
        return
    where, behind = holdings.place(setting, at)
    if where is None:
        where, behind = holdings.stationed(setting, at)
    host = (
        items[first - 2]
        if there and first > 1 and items[first - 1].words.lower() in ("hosts", "host") and "L" in items[first - 2].codes
        else None
    )
    if where and behind + 1 < len(items) and items[behind].key == "and" and "L" in items[behind + 1].codes:
        where = None  # in Iraq and Syria: not so many in either
    told = where or host or holdings.opening(line) or holdings.operation(setting, at)
    when = holdings.day(line, behind) or holdings.day_of_saying(line, first)
    yield (
        holdings.claim(
            setting, holdings.holder(setting, items[match["a"]], counted, told), count, counted, where=told, when=when, realis=realis
        ),
        first,
        last,
        False,
    )
    yield from _gapped(setting, match, counted, behind, realis)
    yield from _again(setting, match, counted, told, count, behind)


ONCE: Final = frozenset({"once", "formerly", "previously", "originally", "initially", "reportedly"})


def _gapped(setting: Setting, match: Match, counted: str, behind: int, realis: str) -> Iterator[Made]:
    """And 900 in Syria; in Syria it has 900: the same holder and thing counted, elsewhere."""
    items, at = setting.line.items, behind
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
    count = items[number].count
    if count is None or "L" not in items[place].codes:
        return
    who = holdings.holder(setting, items[match["a"]], counted, items[place])
    yield holdings.claim(setting, who, count, counted, where=items[place], realis=realis), min(match.values()), max(number, place), False


def _again(setting: Setting, match: Match, counted: str, where: Item | None, count: Count, behind: int) -> Iterator[Made]:
    """The same number on another day: as many as in January; up from 1,500 in May."""
    line, items = setting.line, setting.line.items
    who = holdings.holder(setting, items[match["a"]], counted, where)
    for at in range(behind, min(behind + 5, len(items))):
        word = items[at].words.lower()
        if word in SAME and (word != "many" or items[at - 1].key == "as"):
            for index in range(at + 1, min(at + 22, len(items) - 1)):
                if items[index].key in (";", ".", "but") or "J" in items[index].codes:
                    return
                if items[index].key in ("in", "on", "at", "since") and D in items[index + 1].codes:
                    then = items[index + 1].time
                    yield holdings.claim(setting, who, count, counted, where=where, when=then), min(match.values()), index + 1, False
                    return
            return
        compared = word in ("up", "down", "rising", "falling") and at + 2 < len(items) and items[at + 1].key == "from"
        if (compared or word == "compared") and at + 2 < len(items) and N in items[at + 2].codes:
            index = at + 3 + ("C" in items[at + 3].codes if at + 3 < len(items) else 0)
            then, other = holdings.day_behind(line, index), items[at + 2].count
            if then and other:
                yield holdings.claim(setting, who, other, counted, where=where, when=then), min(match.values()), index + 1, False
            return


def estimated(setting: Setting, match: Match, words: Vocabulary) -> Iterator[Made]:
    """A is estimated at N fighters: the words of estimate belong to the number."""
    if setting.line.items[match["number"]].words.lower().startswith(("estimated", "put", "reckoned")):
        yield from holds(setting, match, words)


def left(setting: Setting, match: Match, words: Vocabulary) -> Iterator[Made]:
    """300 ISIS fighters are left: so many it still has."""
    line, items = setting.line, setting.line.items
    counted, count = holdings.thing(setting, match, words), items[match["number"]].count
    realis = holdings.put(line, match["number"], match["counted"])
    if counted and count and realis and heads(line, match["number"]):
        where = _opening_or_behind(setting, match["counted"] + 1)
        made = holdings.claim(setting, items[match["a"]].mention(), count, counted, where=where, realis=realis)
        yield made, match["number"], match["counted"], False


def _opening_or_behind(setting: Setting, at: int) -> Item | None:
    """The place behind an index, or the one that opens the sentence."""
    inside = next((i for i in range(at, min(at + 3, len(setting.line.items))) if setting.line.items[i].key in ("in", "inside")), at)
    return holdings.place(setting, inside)[0] or holdings.opening(setting.line)


def strong(setting: Setting, match: Match, _: Vocabulary) -> Iterator[Made]:
    """The 30,000-strong X."""
    line, who = setting.line, setting.line.items[match["a"]]
    count = holdings.number(line, match["number"])
    if count and setting.actor(who):
        yield (
            holdings.claim(setting, who.mention(), count, holdings.TROOPS if setting.forces(who) else "counted/fighters"),
            match["number"],
            match["a"],
            True,
        )


def level(setting: Setting, match: Match, words: Vocabulary) -> Iterator[Made]:
    """US troops in Iraq are put at about 2,500, stand at 2,500."""
    line, who, at = setting.line, setting.line.items[match["a"]], match["number"]
    counted, count = holdings.thing(setting, match, words), holdings.number(line, at)
    realis, further = holdings.put(line, match["a"], at), set(line.items[at + 1].codes) if at + 1 < len(line.items) else set()
    subject_is = heads(line, match["a"]) or holdings.number_of(line, match["a"])
    if counted and count and realis and subject_is and not further & set("CHK"):
        yield holdings.claim(setting, who.mention(), count, counted, when=holdings.day(line, at + 1), realis=realis), match["a"], at, False
        yield from _again(setting, match, counted, None, count, match["number"] + 1)


def changed(setting: Setting, match: Match, words: Vocabulary) -> Iterator[Made]:
    """From about 6,000 to around 2,500: what it was and what it is."""
    line, items = setting.line, setting.line.items
    counted = holdings.thing(setting, match, words)
    was, now = items[match["was"]].count, items[match["now"]].count
    realis = holdings.put(line, match["a"], match["now"])
    behind = match["now"] + 1
    thing = items[behind].entry("CK") if behind < len(items) else None
    other = thing is not None and thing.name != counted
    if counted and was and now and realis == "asserted" and not other:
        where = items[match["where"]] if "where" in match else None
        who = holdings.holder(setting, items[match["a"]], counted, where)
        for count, at in ((was, match["was"]), (now, match["now"])):
            yield holdings.claim(setting, who, count, counted, where=where), match["a"], at, holdings.narrated(line, match["a"])


def wing(setting: Setting, match: Match, _: Vocabulary) -> Iterator[Made]:
    """Has an armed wing numbering so many: the strength of the organisation whose wing it is."""
    line, topic = setting.line, setting.topic
    whose = next((i for i, item in enumerate(line.items[: match["number"]]) if topic and item.entries == topic.entries), None)
    entry, count = line.items[match["counted"]].entry("C"), holdings.number(line, match["number"])
    realis = holdings.put(line, 0, match["number"])
    if whose is not None and entry and entry.name in holdings.HELD and count and realis:
        yield holdings.claim(setting, line.items[whose].mention(), count, entry.name, realis=realis), whose, match["counted"], False


def unowned(setting: Setting, match: Match, _: Vocabulary) -> Iterator[Made]:
    """The 2,500 soldiers who remain in the country: those of the only forces told of here or in the sentence before."""
    line, items = setting.line, setting.line.items
    entry, count = items[match["counted"]].entry("C"), holdings.number(line, match["number"])
    realis = holdings.put(line, match["number"], match["number"] + 1)
    if not entry or entry.name != holdings.TROOPS or count is None or realis is None or not holdings.spared(line, match["where"]):
        return
    for stretch in (items[: match["number"]], setting.earlier[0].line.items if setting.earlier else ()):
        forces = {setting.actor(i): i for i in stretch if setting.forces(i)}
        if forces:
            if len(forces) == 1:
                force = next(iter(forces.values()))
                who = holdings.holder(setting, force, holdings.TROOPS, items[match["where"]])
                mention = Mention(items[match["counted"]].words, items[match["counted"]].span, who.senses)
                yield (
                    holdings.claim(setting, mention, count, holdings.TROOPS, where=items[match["where"]], realis=realis),
                    match["number"],
                    match["where"],
                    False,
                )
            return


def running(setting: Setting, match: Match, _: Vocabulary) -> Iterator[Made]:
    """…, operating about a dozen bases in Syria: said of the subject of the sentence."""
    line, items = setting.line, setting.line.items
    verb = match["number"] - 1
    while verb > 0 and not items[verb].words.lower().endswith("ing"):
        verb -= 1
    entry, count, topic = items[match["counted"]].entry("C"), holdings.number(line, match["number"]), setting.topic
    whose = next((i for i, item in enumerate(items[:verb]) if topic and item.entries == topic.entries), None)
    if whose is None or not holdings.participle(line, verb) or not entry or entry.name not in holdings.HELD or count is None:
        return
    if any("J" in item.codes for item in items[verb : match["number"]]) or holdings.put(line, verb, match["number"]) is None:
        return
    where = holdings.place(setting, match["counted"] + 1)[0]
    where = where or holdings.opening(line)
    who = holdings.holder(setting, items[whose], entry.name, where)
    yield holdings.claim(setting, who, count, entry.name, where=where), whose, match["counted"], holdings.narrated(line, verb)


def share(setting: Setting, match: Match, words: Vocabulary) -> Iterator[Made]:
    """Has 2,000 soldiers, 500 of whom are at a base: so many are there."""
    line, items = setting.line, setting.line.items
    counted, count = holdings.thing(setting, match, words), holdings.number(line, match["number"])
    realis = holdings.put(line, match["a"], match["where"])
    if counted and counted != "counted/seats" and count and realis and heads(line, match["a"]) and holdings.spared(line, match["counted"]):
        made = holdings.claim(setting, items[match["a"]].mention(), count, counted, where=items[match["where"]], realis=realis)
        yield made, match["a"], match["where"], False


def put_at(setting: Setting, match: Match, words: Vocabulary) -> Iterator[Made]:
    """Estimates of its strength vary between 3,000 and 5,000 fighters."""
    counted, count = holdings.thing(setting, match, words), holdings.number(setting.line, match["number"])
    realis = holdings.put(setting.line, match["a"], match["number"])
    if counted and count and realis:
        yield (
            holdings.claim(setting, setting.line.items[match["a"]].mention(), count, counted, realis=realis),
            match["a"],
            match["counted"],
            False,
        )


CROWD: Final = 50
"""From how many on "the N soldiers in the country" are all that are there, and not a few who were told of."""


def present(setting: Setting, match: Match, words: Vocabulary) -> Iterator[Made]:
    """The 2,500 US soldiers in Iraq: so many are there, whatever the sentence says of them."""
    line, who, where = setting.line, setting.line.items[match["a"]], setting.line.items[match["where"]]
    behind = line.items[match["where"] + 1 : match["where"] + 4]
    if any(item.key in ("who", "that", "whose") or "H" in item.codes for item in behind):
        return  # those of them of whom something is told
    counted, count = holdings.thing(setting, match, words), holdings.number(line, match["number"])
    if counted == holdings.TROOPS and count and (count.minimum or 0) >= CROWD and holdings.country(setting, where):
        made = holdings.claim(setting, holdings.holder(setting, who, counted, where), count, counted, where=where)
        yield made, match["number"], match["where"], True
