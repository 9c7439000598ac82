"""A sentence among those of its article: pronouns and descriptions put back as the things that they stand for.

"It", "the group", "the country", "its troops", "the state" become items with the senses of what they stand for, so that one table of
constructions reads names and descriptions alike.  Where more than one thing could be meant, the words stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.authority import Authority
from kg.extract.lexicon import Entry, Lexicon, capitalised
from kg.extract.line.items import Item, Line, of_items
from kg.extract.tokens import keys, tokens
from kg.model import Span

PRONOUNS: Final = frozenset({"it", "they"})
THE: Final = frozenset({"the", "this", "that"})
OPENING: Final = frozenset(
    {"in", "on", "at", "after", "since", "during", "meanwhile", "however", "earlier", "later", "today", "now", "moreover"}
)
"""Words that open a phrase before the subject."""

OWN: Final = frozenset({"our", "their", "its"})
FORCES: Final = frozenset({"troops", "forces", "soldiers", "military", "personnel", "servicemen"})
"""Words for the forces of a state, after its possessive."""

NEAR: Final = 5
"""How many characters may part a sentence from the one that it goes on with; a sentence between the two was left out."""

FAR: Final = 8
"""How many sentences back a description may lead."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One sentence with its descriptions settled.

    `topic` is the organisation or state that it is about, `stood` the stretches of words that stand for something named elsewhere, and
    `earlier` the settings before it, nearest first.
    """

    line: Line
    topic: Item | None
    stood: frozenset[Span]
    known: Authority
    names: Lexicon
    earlier: tuple[Setting, ...] = ()
    lost: bool = False
    """Whether it begins with a pronoun or description of which nobody knows what it stands for."""

    def actor(self, item: Item) -> str | None:
        """The one actor that an item may stand for."""
        return _actor(item, self.known)

    def state(self, item: Item) -> str | None:
        """The state that an item names, belongs to or is at home in, where it is one only."""
        return _state(item, self.known)

    def is_state(self, item: Item) -> bool:
        """Whether an item may stand for a state."""
        return any(self.known.is_a(sense, "State") for entry in item.entries for sense in entry.senses)

    def forces(self, item: Item) -> bool:
        """Whether an item names forces of a state or coalition."""
        found = self.actor(item)
        return found is not None and self.known.is_a(found, "StateForce")

    def called(self, state: str, words: str) -> tuple[Entry, ...]:
        """What a state's adjective and further words together name: Iraqi and armed forces."""
        return _called(state, words, self.known, self.names)


def settings(lines: Sequence[Line], names: Lexicon, known: Authority) -> Iterator[Setting]:
    """The settings of an article's sentences, in order."""
    earlier: tuple[Setting, ...] = ()
    for line in lines:
        setting = _settled(line, earlier, names, known)
        yield setting
        earlier = (replace(setting, earlier=()), *earlier[: FAR - 1])


def subject(line: Line) -> int:
    """The index at which the subject of the main clause may begin: after the opening phrases and their commas."""
    items, at = line.items, 0
    while at < len(items) and (items[at].key in OPENING or items[at].words.lower() == "according to"):
        comma = next((i for i in range(at, min(at + 12, len(items))) if items[i].key == ","), None)
        if comma is None:
            return at
        at = comma + 1
        if at < len(items) and items[at].key in ("a", "an"):  # what describes the place
            comma = next((i for i in range(at, min(at + 12, len(items))) if items[i].key == ","), None)
            listed = comma is not None and any(items[i].key == "and" for i in range(comma, min(comma + 8, len(items))))
            following = next((i for i in range((comma or at) + 1, min((comma or at) + 9, len(items))) if items[i].key == ","), None)
            at = (following if listed and following else comma or at - 1) + 1
    return at


def heads(line: Line, at: int) -> bool:
    """Whether an item may be the subject of its clause, one behind a verb of speech or behind a comma and "and" among them."""
    before = at - 1 - (at > 0 and line.items[at - 1].key in ("the", "a", "an"))
    spoken = before >= 0 and "Q" in line.items[before].codes
    joined = before > 0 and line.items[before].key == "and" and line.items[before - 1].key in (",", ";")
    return line.heads(at) or spoken or joined


# -- what stands for what -----------------------------------------------------------------------------------------------------


def _settled(line: Line, earlier: tuple[Setting, ...], names: Lexicon, known: Authority) -> Setting:
    before = earlier[0] if earlier else None
    items, stood, dropped = list(line.items), set[Span](), False

    def put(first: int, last: int, entries: tuple[Entry, ...]) -> None:
        span = Span(items[first].span.start, items[last].span.end)
        words = line.text[span.start - line.span.start : span.end - line.span.start]
        codes = "".join(sorted({code for entry in entries for code in entry.codes}))
        items[first : last + 1] = [Item(codes, "", words, span, entries)]
        stood.add(span)

    for at in range(len(items) - 3, 0, -1):
        if items[at].key == "(" and items[at + 2].key == ")" and "O" in items[at - 1].codes and _short_form(items[at - 1], items[at + 1]):
            del items[at : at + 3]
            dropped = True
    start = subject(of_items(line.span, line.text, tuple(items)) if dropped else line)
    described = _described(items, start)
    antecedent = _antecedent(items, start, described, before) if before else None
    if antecedent is not None:
        put(start, described, antecedent.entries)  # type: ignore[arg-type]
    topic = antecedent or (_topic(items, start, known) if described is None else None)
    if topic is None and before and any(item.key == "it" for item in items) and not any("O" in item.codes for item in items):
        topic = before.topic
    holder = _office_of_topic(items, start, before)
    voice = (_voice(before) or before.topic) if before else None
    if holder is not None and voice is not None:
        put(holder, holder, voice.entries)
    him = _his_party(items, start, before, known)
    if him is not None:
        put(start, start + 1, him.entries)
        topic = him
    group = topic if topic is not None and not _stateful(topic, known) else _sole(before.line.items, known) if before else None
    at = 0
    while at < len(items):
        item = items[at]
        if item.key not in OPENED and not set(item.codes) & READ and not (item.words[:1].isupper() and item.words.endswith("s")):
            at += 1
            continue
        made = (
            _possessed(items, at, topic, known, names)
            or _soldiers(items, at, known, names)
            or _its_holder(items, at, topic)
            or _speaker(items, at, known)
            or _office_body(items, at, group, earlier, known)
            or _its_wing(items, at, before)
            or _backed_group(items, at, before, known)
            or _that_group(items, at, group, known)
            or _of_it(items, at, topic, before, known)
            or _the_coalition(items, at, earlier, known)
            or _people(items, at, names)
            or _region(items, at, names)
            or _country(items, at, topic, before, known, names)
        )
        if made:
            put(at, *made)
        at += 1
    settled = of_items(line.span, line.text, tuple(items)) if stood or dropped else line
    return Setting(settled, topic, frozenset(stood), known, names, earlier, lost=described is not None and antecedent is None)


def _short_form(name: Item, short: Item) -> bool:
    """Whether what stands in brackets behind a name is its short form."""
    senses = {sense for entry in name.entries for sense in entry.senses}
    return bool(senses & {sense for entry in short.entries for sense in entry.senses}) or (not short.codes and short.words.isupper())


FITS: Final = {
    "coalition": frozenset({"Coalition"}), "alliance": frozenset({"Coalition", "Umbrella"}), "bloc": frozenset({"Coalition", "PoliticalBody"}),
    "party": frozenset({"PoliticalBody"}), "army": frozenset({"StateForce"}), "military": frozenset({"StateForce"}),
    "militia": frozenset({"ArmedGroup"}), "network": frozenset({"Umbrella", "ArmedGroup"}), "umbrella": frozenset({"Umbrella"}),
}  # fmt: skip
"""Of which classes an organisation has to be to be called again by a noun; by any other noun, an armed group, a body or an umbrella."""


def _fits(item: Item | None, kind: str, known: Authority) -> bool:
    """Whether an organisation may be called again by a kind: the coalition, the party, the group."""
    found = _actor(item, known) if item is not None else None
    wanted = FITS.get(kind, frozenset({"ArmedGroup", "PoliticalBody", "Umbrella"}))
    return found is not None and any(known.is_a(found, name) for name in wanted)


OPENED: Final = frozenset(("the", "that", "this", *PRONOUNS, *OWN))
READ: Final = frozenset("SAGL")
"""Words and codes that open what `_possessed` and the others read, beside the name of a people."""


def _described(items: Sequence[Item], start: int) -> int | None:
    """The index of the last item of a pronoun or description at the head of a sentence, or None."""
    if start >= len(items):
        return None
    if items[start].key in PRONOUNS:
        return start
    if items[start].key in ("its", "their") and start + 1 < len(items) and items[start + 1].words.lower().endswith((" wing", " arm")):
        return start + 1
    if items[start].key in THE and start + 2 < len(items) and "G" in items[start + 1].codes:
        follower = items[start + 2]
        if follower.key == "," and start + 3 < len(items) and items[start + 3].key in ("which", "who"):
            return start + 1
        if follower.key == "'s" and start + 3 < len(items) and "R" in items[start + 3].codes:
            return start + 1
        plain = not follower.codes and follower.words.isalpha() and follower.key not in ("is", "was", "has", "also", "had", "which", "are")
        return (
            None if follower.key in ("'s", "-") or set(follower.codes) & set("GRPOSUCK") or (plain and not _finite(follower)) else start + 1
        )
    return None


def _finite(item: Item) -> bool:
    """Whether a plain word looks like a verb or an adverb rather than a noun that would make the word before it a modifier."""
    return item.key.endswith(("s", "ed", "ly")) or item.key in ("now", "then", "will")


def _antecedent(items: Sequence[Item], start: int, described: int | None, before: Setting) -> Item | None:
    """What a pronoun or description at the head of a sentence stands for: the topic before it, or the one group told of there."""
    apart = items[0].span.start - before.line.span.end > NEAR
    if described is None or apart or before.line.text.rstrip()[-1:] not in (".", "”", '"', "!", "’", "?"):
        return None
    sole = None if before.lost else _sole(before.line.items, before.known)
    if described == start or items[start].key in ("its", "their"):
        return before.topic or sole
    kind = items[described].words.lower().split()[-1]
    for at, item in enumerate(before.line.items):
        if "G" in item.codes and item.words.lower().split()[-1] == kind:
            named = [i for i in before.line.items[max(0, at - 8) : at] if _actor(i, before.known)]
            if named and not _stateful(named[-1], before.known):
                return named[-1]
    return next((item for item in (before.topic, sole) if _fits(item, kind, before.known)), None)


def _topic(items: Sequence[Item], start: int, known: Authority) -> Item | None:
    """The organisation or state that is the subject of the sentence, or the only organisation in it."""
    at = start
    while at < len(items) and at < start + 3 and (items[at].key in ("the", "a", "an") or set(items[at].codes) == {"Y"}):
        at += 1
    if at + 1 < len(items) and set(items[at].codes) & set("OS") and items[at + 1].key not in ("'s", "-") and _actor(items[at], known):
        follower = items[at + 1]
        if not set(follower.codes) & set("KGRPCB") or "O" in items[at].codes:
            return items[at]
    return _sole(items, known)


def _sole(items: Sequence[Item], known: Authority) -> Item | None:
    """The only organisation, state apart, that a sentence names."""
    found: dict[str, Item] = {}
    for item in items:
        actor = _actor(item, known) if "O" in item.codes else None
        if actor and not known.is_a(actor, "MediaOutlet") and not known.is_a(actor, "UnidentifiedActor"):
            found.setdefault(actor, item)
    return next(iter(found.values())) if len(found) == 1 else None


def _actor(item: Item, known: Authority) -> str | None:
    found = {sense for entry in item.entries for sense in entry.senses if known.is_a(sense, "Organisation")}
    return found.pop() if len(found) == 1 and set(item.codes) & set("OS") else None


def _stateful(item: Item, known: Authority) -> bool:
    found = _actor(item, known)
    return found is not None and known.is_a(found, "State")


def _state(item: Item, known: Authority) -> str | None:
    senses = {sense for entry in item.entries for sense in entry.senses}
    states = {sense for sense in senses if known.is_a(sense, "State")} or {s for s in map(known.state_of, senses) if s}
    return states.pop() if len(states) == 1 else None


# -- possessives, the country -------------------------------------------------------------------------------------------------


def _called(state: str, words: str, known: Authority, names: Lexicon) -> tuple[Entry, ...]:
    for name in known[state].names:
        if name.kind == "adjective":
            found = names.entries(keys(f"{name.words} {words}"))
            if found:
                return found
    return ()


Made = tuple[int, tuple[Entry, ...]]


def _possessed(items: Sequence[Item], at: int, topic: Item | None, known: Authority, names: Lexicon) -> Made | None:
    """What a possessive and its noun name together: Iraq's armed forces, its troops; the state of the sentence's only country."""
    item = items[at]
    if "S" in item.codes and at + 2 < len(items) and items[at + 1].key == "'s":
        owner, noun = _state(item, known), at + 2
    elif item.key in OWN or item.key == "the":
        owner, noun = _home(items, at, topic, known), at + 1
    else:
        return None
    if owner is None or noun >= len(items) or items[noun].key in ("the", "a"):
        return None
    for last in range(min(noun + 1, len(items) - 1), noun - 1, -1):
        words = " ".join(i.words for i in items[noun : last + 1])
        if words.lower() in PRESENCE or (last > noun and _troops(items[noun]) and items[last].words.lower() in LEVELS):
            found = _forces(owner, known, names) or names.entries(keys(known[owner].label))
            return (last, found) if found else None
        generic = "G" in items[last].codes or items[last].words.lower() in FORCES
        if generic and (item.key != "the" or words.lower() in ("state", "government")) and _ends(items, last + 1):
            found = _called(owner, words, known, names)
            if found:
                return last, found
    return None


LEVELS: Final = frozenset({"presence", "levels", "level", "numbers", "strength", "contingent", "deployment", "footprint"})
PRESENCE: Final = frozenset(f"{force} {level}" for force in ("troop", "force", "military", "army") for level in LEVELS)
"""Words for how many soldiers a state has somewhere."""


def _troops(item: Item) -> bool:
    return any(entry.name == "counted/troops" for entry in item.entries) or item.words.lower() in ("troop", "military", "force", "army")


def _forces(state: str, known: Authority, names: Lexicon) -> tuple[Entry, ...]:
    """The forces of a state, under the name that is known."""
    for words in ("forces", "armed forces", "army", "military"):
        found = _called(state, words, known, names)
        if found:
            return found
    return ()


def _soldiers(items: Sequence[Item], at: int, known: Authority, names: Lexicon) -> Made | None:
    """Turkish soldiers, US troop levels: the forces of the state that the adjective names."""
    if "A" not in items[at].codes or at + 1 >= len(items):
        return None
    state = _state(items[at], known)
    last = at + 2 if at + 2 < len(items) and _troops(items[at + 1]) and items[at + 2].words.lower() in LEVELS else at + 1
    strong = at > 1 and items[at - 1].key == "strong" and items[at + 1].words.lower() in ("force", "contingent", "presence", "deployment")
    named = strong or last > at + 1 or any(entry.name == "counted/troops" for entry in items[last].entries if "C" in entry.codes)
    further = names.entries(keys(known[state].label)) if state and last > at + 1 else ()
    found = (_forces(state, known, names) or further) if state and named else ()
    return (last, found) if found else None


def _ends(items: Sequence[Item], at: int) -> bool:
    return at >= len(items) or not (items[at].key in ("'s", "-") or set(items[at].codes) & set("GRPOCKY"))


def _home(items: Sequence[Item], at: int, topic: Item | None, known: Authority) -> str | None:
    """The country of the sentence's topic, or else of the organisation last named before."""
    named = topic or next((item for item in reversed(items[:at]) if _actor(item, known)), None)
    return _state(named, known) if named else None


def _its_holder(items: Sequence[Item], at: int, topic: Item | None) -> Made | None:
    """Its, before an office and a name, where the sentence is about one organisation: its commander P."""
    if items[at].key != "its" or topic is None or at + 2 >= len(items) or "R" not in items[at + 1].codes:
        return None
    named = at + 2 + (items[at + 2].key == ",")
    return (at, topic.entries) if named < len(items) and set(items[named].codes) & set("PU") else None


def _speaker(items: Sequence[Item], at: int, known: Authority) -> Made | None:
    """It or they, behind the verb of speech of an organisation: the Pentagon said it has …"""
    verb = at - 1 - (at > 1 and items[at - 1].key == "that")
    if items[at].key not in PRONOUNS or verb < 1 or "Q" not in items[verb].codes or not _actor(items[verb - 1], known):
        return None
    return at, items[verb - 1].entries


def _that_group(items: Sequence[Item], at: int, group: Item | None, known: Authority) -> Made | None:
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
    if called and _fits(group, items[at + 1].words.lower().split()[-1], known):
        return at + 1, group.entries
    if items[at].key in ("that", "this") and at + 1 < len(items) and "G" in items[at + 1].codes and _ends(items, at + 2):
        return at + 1, group.entries
    told = items[at].key == "the" and items[at - 1].key == "that" and "Q" in {code for i in items[max(0, at - 5) : at] for code in i.codes}
    if told and at + 2 < len(items) and "G" in items[at + 1].codes and items[at + 2].key in HAVING:
        return (at + 1, group.entries) if _fits(group, items[at + 1].words.lower().split()[-1], known) else None
    return (at, group.entries) if items[at].key == "it" and "X" in items[at - 1].codes and _ends(items, at + 1) else None


def _its_wing(items: Sequence[Item], at: int, before: Setting | None) -> Made | None:
    """Its, where an organisation is said to be its wing or unit: that of the topic before."""
    told = before.topic if before else None
    if told is None or items[at].key != "its" or at < 2 or items[at - 1].key not in ("is", "are", "was", "were"):
        return None
    kind = next((i for i in items[at + 1 : at + 3] if "G" in i.codes), None)
    return (at, told.entries) if kind is not None and "O" in items[at - 2].codes and items[at - 2].entries != told.entries else None


def _backed_group(items: Sequence[Item], at: int, before: Setting | None, known: Authority) -> Made | None:
    """The Iran-backed group: the one armed group that the sentence before tells of."""
    if before is None or at < 2 or "G" not in items[at].codes or set(items[at - 1].codes) != {"Y"} or not _ends(items, at + 1):
        return None
    kind, found = items[at].words.lower().split()[-1], dict[str, Item]()
    for item in before.line.items:
        actor = _actor(item, known) if "O" in item.codes else None
        if actor and known.is_a(actor, "ArmedGroup"):
            found.setdefault(actor, item)
    one = next(iter(found.values())) if len(found) == 1 and items[at - 2].key in ("the", "this", "that") else None
    return (at, one.entries) if _fits(one, kind, known) and one is not None else None


def _of_it(items: Sequence[Item], at: int, topic: Item | None, before: Setting | None, known: Authority) -> Made | None:
    """It and its, where the words speak of an organisation's size or listing: estimates of its strength, Washington designated it."""
    sized = items[at].key == "its" and at and items[at - 1].key == "of" and at + 1 < len(items) and items[at + 1].key in SIZES
    listed = items[at].key == "it" and at and items[at - 1].key in LISTING
    sole = _sole(before.line.items, known) if before and before.topic else None
    own = (topic, before.topic if before else None, sole)
    group = next((item for item in own if item is not None and _fits(item, "group", known)), None) if sized or listed else None
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
        actor = _actor(item, known)
        army = actor is not None and any(name.words.lower().endswith(ARMIES) for name in known[actor].names)
        if actor and (army if kind in ("army", "military") else kind in FITS and _fits(item, kind, known)):
            found.setdefault(actor, item)
    return next(iter(found.values())) if len(found) == 1 else None


def _office_body(items: Sequence[Item], at: int, group: Item | None, earlier: Sequence[Setting], known: Authority) -> Made | None:
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
        found = group if group is not None and _fits(group, kind, known) else None
    return (at, found.entries) if found is not None else None


def _the_coalition(items: Sequence[Item], at: int, earlier: Sequence[Setting], known: Authority) -> Made | None:
    """The coalition, as a noun of its own: the only one told of before."""
    if items[at].key != "the" or at + 1 >= len(items) or items[at + 1].words.lower() not in ("coalition", "alliance"):
        return None
    found = _only(earlier, "coalition", known) if _ends(items, at + 2) else None
    return (at + 1, found.entries) if found is not None else None


def _office_of_topic(items: Sequence[Item], start: int, before: Setting | None) -> int | None:
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


def _voice(before: Setting) -> Item | None:
    """The organisation that has spoken in a sentence, where it is one only: the command said."""
    items = before.line.items
    beside = [i for at, item in enumerate(items) if "Q" in item.codes for i in (*items[max(0, at - 1) : at], *items[at + 1 : at + 2])]
    found = {actor: item for item in beside if "O" in item.codes and (actor := _actor(item, before.known))}
    return next(iter(found.values())) if len(found) == 1 and not _stateful(next(iter(found.values())), before.known) else None


def _his_party(items: Sequence[Item], start: int, before: Setting | None, known: Authority) -> Item | None:
    """The organisation of the one person told of before, behind "his": his party, her movement."""
    if before is None or start + 1 >= len(items) or items[start].key not in ("his", "her") or "G" not in items[start + 1].codes:
        return None
    persons = {item.words for item in before.line.items if set(item.codes) & set("PU")}
    offices = [item for item in before.line.items if "R" in item.codes]
    own = _sole(before.line.items, known)
    return own if len(persons) == 1 and offices and _fits(own, items[start + 1].words.lower().split()[-1], known) and own else None


def _people(items: Sequence[Item], at: int, names: Lexicon) -> Made | None:
    """The Americans, who have: a people stands for its state where it is said to have something."""
    if not items[at].words.endswith("s") or not items[at].words[0].isupper() or items[at].codes or at + 2 >= len(items):
        return None
    having = items[at + 2].key in ("who", "which") if items[at + 1].key == "," else items[at + 1].key in KEEPING
    if not having or not ({i.key for i in items[at + 1 : at + 5]} & KEEPING) or (at and items[at - 1].key != "the"):
        return None
    found = tuple(entry for entry in names.entries(keys(items[at].words[:-1])) if "A" in entry.codes)
    return (at, tuple(replace(entry, codes="S") for entry in found)) if found else None


KEEPING: Final = frozenset({"keep", "have", "maintain", "keeps", "has", "maintains", "kept", "maintained"})


def _region(items: Sequence[Item], at: int, names: Lexicon) -> Made | None:
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


def _country(items: Sequence[Item], at: int, topic: Item | None, before: Setting | None, known: Authority, names: Lexicon) -> Made | None:
    """The country: the one that the sentence, or the one before it, has named beside the subject's own."""
    if items[at].key not in ("the", "that") or at + 1 >= len(items) or items[at + 1].words.lower() != "country" or not _ends(items, at + 2):
        return None
    if items[at].key == "that":
        last = next((item for item in reversed(items[:at]) if "L" in item.codes), None)
        state = _state(last, known) if last is not None else None
        found = names.entries(keys(known[state].label)) if state else ()
        return (at + 1, found) if found else None
    about = topic or (before.topic if before else None)
    own = _state(about, known) if about else None
    for stretch in (items[:at], items, before.line.items if before else ()):
        others = {s for s in (_state(i, known) for i in stretch if set(i.codes) & set("LSAO")) if s} - {own}
        if others:
            found = names.entries(keys(known[others.pop()].label)) if len(others) == 1 else ()
            return (at + 1, found) if found else None
    found = names.entries(keys(known[own].label)) if own and not (topic and _stateful(topic, known)) else ()
    return (at + 1, found) if found else None


# -- short names of organisations -----------------------------------------------------------------------------------------------

NAMED: Final = frozenset(
    {"organization", "organisation", "movement", "party", "group", "militia", "network", "brigades", "brigade", "corps"}
)
"""Nouns that an article leaves out of a group's name once it has given it in full."""


def stems(text: str, names: Lexicon, cues: Lexicon, known: Authority) -> Mapping[str, Entry]:
    """The groups that a text names in full, by the one proper word of their names: the Badr of the Badr Organization.

    Only where the word leads to one group, is no cue, and never stands in lower case.
    """
    found: dict[str, set[str]] = defaultdict(set)
    words = tokens(text)
    lower: set[str] | None = None
    for at, named in capitalised(text, names).items():
        word = words[at]
        if named[0] != at + 2 or words[at + 1].key not in NAMED or len(word.key) <= 3:
            continue
        lower = lower if lower is not None else {word.words for word in words if not word.capital}
        if word.key not in lower and not cues.entries((word.key,)):
            found[word.key].update(sense for entry in named[1] for sense in entry.senses)
    groups = {key: senses.pop() for key, senses in sorted(found.items()) if len(senses) == 1}
    return {key: Entry("O", (iri,)) for key, iri in groups.items() if known.is_a(iri, "ArmedGroup") or known.is_a(iri, "PoliticalBody")}
