"""Who holds which position where: the claims that a title, a name and an organisation make together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.authority import Authority
from kg.extract.bodies.setting import Setting
from kg.extract.bodies.states import GOVERNING
from kg.extract.lexicon import Lexicon
from kg.extract.line.items import Item, Line
from kg.extract.tokens import FUNCTION_WORDS, keys
from kg.model import ClaimDraft, Mention, Qualifiers
from kg.terms import Vocabulary

Slots = Mapping[str, Item]


def held(slots: Slots, setting: Setting, words: Vocabulary) -> Iterator[ClaimDraft]:
    """A person holds a position in an organisation or state; the position says by which property."""
    if _another(slots, setting) or _posing(slots, setting):
        return
    for role in slots["role"].entries:
        implied = words.value(role.name, "impliesProperty") if role.name else None
        if implied:
            qualifiers = Qualifiers(position=role.name, title=slots["role"].words, incumbency=_incumbency(slots, setting, words))
            yield ClaimDraft(slots["person"].mention(), implied, slots["body"].mention(), setting.line.span, qualifiers=qualifiers)
            return


ANOTHER: Final = frozenset(
    """candidate candidates nominee nominees contender contenders hopeful aspirant challenger challengers runner-up pretender pick favourite favorite
    frontrunner would-be self-styled self-proclaimed rival rivals critic critics opponent opponents enemy foe aide aides adviser advisor advisers ally
    allies confidant associate bodyguard lawyer successor wife widow son daughter brother sister cousin nephew father mother relative friend
    impersonator assassin killer translator bid campaign race contest""".split()  # noqa: SIM905 - reads better
)
"""Nouns of people who are not whom the office behind them names: a candidate for prime minister, an aide to the leader."""

WANTED: Final = frozenset(
    ("would-be", "would", "aspiring", "self-styled", "self-proclaimed", "fake", "supposed", "alleged", "potential", "possible", "proposed")
)
"""Words before an office that nobody holds by them."""


POSING: Final = ("posing", "posed", "masquerading", "impersonating")


def _posing(slots: Slots, setting: Setting) -> bool:
    """Whether somebody only passes for the holder of the office: a man posing as the leader of O."""
    items = setting.line.items
    first = min(items.index(item) for item in slots.values())
    return any(item.words.lower() in POSING for item in items[max(0, first - 4) : first])


def _another(slots: Slots, setting: Setting) -> bool:
    """Whether the words before an office say that somebody else holds it, or nobody: an aide to the leader of O, the would-be leader of O."""
    items = setting.line.items
    person = items.index(slots["person"])
    behind = items[person + 1] if person + 1 < len(items) else None
    first = min(items.index(slots["role"]), items.index(slots["body"]))
    named = person > items.index(slots["role"]) and items[person - 1].key == "," and behind is not None and "Q" in behind.codes
    if named and not setting.line.heads(first):
        return True  # X is the founder of O, P said
    at = first - 1
    while at >= 0 and (
        items[at].key in ("the", "a", "an", "its", "-") or items[at].words.lower() in WANTED or items[at].words.lower().isalpha()
    ):
        word = items[at].words.lower()
        if word in WANTED:
            return True
        if word in ("to", "for", "of", "against"):
            return at > 0 and person > at and items[at - 1].words.lower() in ANOTHER
        if at < first - 3 or word in ("said", "and", "that", "with", "by"):
            return False
        at -= 1
    return False


def leading(slots: Slots, setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """A person leads an organisation, as a verb says."""
    yield ClaimDraft(slots["person"].mention(), "leads", slots["body"].mention(), setting.line.span)


def commanding(slots: Slots, setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """A person commands a force, as a verb says."""
    yield ClaimDraft(slots["person"].mention(), "commandsIn", slots["body"].mention(), setting.line.span)


def speaking(slots: Slots, setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """A person speaks for an organisation, as a verb says."""
    yield ClaimDraft(slots["person"].mention(), "speaksFor", slots["body"].mention(), setting.line.span)


def _incumbency(slots: Slots, setting: Setting, words: Vocabulary) -> str | None:
    """Whether the position is held still, where a word before the title or its organisation, or its own end, says so: the former US president."""
    items = setting.line.items
    own = _standing(slots["role"], words)
    if own:
        return own
    first = min(items.index(slots["role"]), items.index(slots["body"]))
    start = max(0, first - 2 if first < 4 or all(item.words != "-" for item in items[first - 2 : first]) else first - 4)
    before = " ".join(item.words.lower() for item in items[start : items.index(slots["role"])]).replace(" - ", "-")
    return next((cue.name for cue in words.cues("cue", "incumbency/") if f" {cue.words} " in f" {before} "), None)


def _standing(role: Item, words: Vocabulary) -> str | None:
    """How an office is held, by the second half of its word: president-elect."""
    half = role.words.lower().replace("–", "-").rpartition("-")[2]
    return next((cue.name for cue in words.cues("compoundCue", "incumbency/") if cue.words == half), None)


BARE = "<role:R> <person:P>"
OF_BODY = ("<body:A> ^ <role:R>", "<role:R> of the? <body:S>", "<body:S> 's ^ <role:R>")


def across(lines: Sequence[Line], words: Vocabulary, known: Authority) -> Iterator[ClaimDraft]:
    """Offices whose state stands elsewhere in the article: Prime Minister P here, the Iraqi prime minister there.

    Only where one person alone bears the title, and one state alone is said to have such an office, without a name; nobody holds it in a
    state where he is not at home.
    """
    holders: dict[str, dict[tuple[str, ...], tuple[Line, Item, Item]]] = defaultdict(dict)
    bodies: dict[str, dict[tuple[str, ...], Item]] = defaultdict(dict)
    for line in lines:
        for match in line.find(BARE):
            role, person = line.items[match["role"]], line.items[match["person"]]
            office = _office(role, words)
            if office and not set(line.items[match["role"] - 1].codes if match["role"] else "") & set("ASOR"):
                holders[office].setdefault(person.mention().senses, (line, role, person))
        for pattern in OF_BODY:
            for match in line.find(pattern):
                office = _office(line.items[match["role"]], words)
                after = line.items[max(match.values()) + 1 : max(match.values()) + 2]
                if office and not any(set(item.codes) & set("PU") for item in after):
                    bodies[office].setdefault(line.items[match["body"]].mention().senses, line.items[match["body"]])
    for office, found in sorted(holders.items()):
        if len(found) == 1 and len(bodies[office]) == 1:
            line, role, person = next(iter(found.values()))
            before = line.items[line.items.index(role) - 1].words.lower() if line.items.index(role) else ""
            if before not in {cue.words for cue in words.cues("cue", "incumbency/")}:
                body = next(iter(bodies[office].values()))
                qualifiers = Qualifiers(position=office, title=role.words, incumbency=_standing(role, words))
                homes = {known.state_of(sense) for sense in person.mention().senses if sense in known} - {None}
                if homes and not homes & {known.state_of(sense) for sense in body.mention().senses}:
                    continue
                implied = words.value(office, "impliesProperty") or "holdsPositionIn"
                yield ClaimDraft(person.mention(), implied, body.mention(), line.span, tier="coreferent", qualifiers=qualifiers)


SERVICES: Final = frozenset(
    {"organisation-kind/army", "organisation-kind/government", "organisation-kind/navy", "organisation-kind/air-force"}
)
"""Kinds of bodies of which a state has one, by the noun before an office: army spokesman, foreign ministry spokesman."""


def at_home(lines: Sequence[Line], words: Vocabulary, known: Authority, names: Lexicon) -> Iterator[ClaimDraft]:
    """Offices without their state, of persons whose country is known: Prime Minister P, foreign ministry spokesman P.

    Of somebody at home in a region with a government of its own, the office is in that government.
    """
    former = {cue.words: cue.name for cue in words.cues("cue", "incumbency/")}
    for line in lines:
        for match in line.find(BARE):
            at, person = match["role"], line.items[match["person"]]
            senses = person.mention().senses
            state, region = _home(senses[0], known, names) if len(senses) == 1 else (None, ())
            before = line.items[max(0, at - 3) : at][::-1]
            service = next((e for e in before[0].entries if e.name in SERVICES), None) if before else None
            rest = [i for i in before[1:] if i.codes or not i.words.islower()] if service else before
            outer = rest[0] if rest else None
            if (state is None and not region) or (outer and (set(outer.codes) & set("ASORLYPMGT") or outer.key in ("'s", "-", "of"))):
                continue
            role = line.items[at]
            plain = (
                outer is not None and not outer.codes and outer.words.isalpha() and outer.words.lower() not in (*former, *FUNCTION_WORDS)
            )
            if plain and not service and role.words.islower():
                continue  # club president P
            body = region or (state,) if state else region
            position = next((e.name for e in role.entries if e.name and words.value(e.name, "impliesProperty")), None)
            if service and state:
                called = [names.entries(keys(f"{n.words} {before[0].words}")) for n in known[state].names if n.kind == "adjective"]
                body = next((tuple(s for entry in found for s in entry.senses) for found in called if found), (state,))
            elif position not in STATE_OFFICES or (region and position not in GOVERNING):
                continue
            elif any(
                known.state_of(s) == state and _office(line.items[m["role"]], words) == position
                for pattern in OF_BODY
                for m in line.find(pattern)
                for s in line.items[m["body"]].mention().senses
            ):
                continue  # he met the Iraqi prime minister: somebody else
            implied = words.value(position, "impliesProperty") if position else None
            if implied:
                since = _standing(role, words) or (former.get(outer.words.lower()) if outer else None)
                qualifiers = Qualifiers(position=position, title=role.words, incumbency=since)
                home = Mention(role.words, role.span, body)
                yield ClaimDraft(person.mention(), implied, home, line.span, tier="coreferent", qualifiers=qualifiers)


def _home(person: str, known: Authority, names: Lexicon) -> tuple[str | None, tuple[str, ...]]:
    """The state at whose home a person is, or else the government of his region."""
    region = known[person].region if person in known else None
    state = known.state_of(person) if person in known and region is None else None
    government = names.entries(keys(f"government of the {known[region].label}")) if region else ()
    return state, tuple(sense for entry in government for sense in entry.senses)


def _office(role: Item, words: Vocabulary) -> str | None:
    """The office of state that a title names, of which a state has one."""
    return next((e.name for e in role.entries if e.name in STATE_OFFICES and words.value(e.name, "impliesProperty")), None)


STATE_OFFICES = frozenset(
    {"position/prime-minister", "position/president", "position/foreign-minister", "position/defence-minister", "position/interior-minister",
     "position/national-security-advisor", "position/supreme-leader", "position/king"}
)  # fmt: skip
"""Offices of which a state has one."""
