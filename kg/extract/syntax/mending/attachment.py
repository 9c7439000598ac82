"""Phrases of place, time, means and agent that the parser hangs on the wrong word."""

from __future__ import annotations

from typing import Final

from kg.extract.syntax.mending.parse import SUBJECTS, Parse
from kg.extract.syntax.plain import ADVERB

DIRECTIONS: Final = frozenset(("east", "west", "north", "south", "northeast", "northwest", "southeast", "southwest"))


def direction_behind_name(parse: Parse, direction: int) -> None:
    """The base east of X came under …: the name before a direction leads the phrase, not the direction."""
    if parse.keys[direction] not in DIRECTIONS or direction == 0:
        return
    name = direction - 1
    if name not in parse.below(direction, "compound", "nmod", "nsubj") or not parse.codes[name]:
        return
    parse.heads[name], parse.relations[name] = parse.heads[direction], parse.relations[direction]
    if parse.heads[name] == direction:
        parse.heads[name] = name
    for child in parse.below(direction, "det", "case", "amod", "mark"):
        if child < name:
            parse.heads[child] = name
    parse.heads[direction], parse.relations[direction] = name, "advmod"


def agent_below_complement(parse: Parse, agent: int) -> None:
    """Was designated a terrorist group by X, was hit in Y by X: with a passive verb, what stands under "by" behind its complement is its agent."""
    noun = parse.heads[agent]
    verb = parse.heads[noun]
    if parse.relations[agent] != "nmod" or not any(parse.keys[i] == "by" for i in parse.below(agent, "case")):
        return
    complement = parse.relations[noun] in ("obj", "xcomp", "obl:unmarked") and not set(parse.codes[noun]) & set("KQ")
    named = parse.relations[noun] == "obl" and parse.norms[noun] is not None
    if (complement or named) and parse.below(verb, "aux:pass") and not parse.below(verb, "obl:agent"):
        parse.move(agent, verb, "obl:agent")


def including(parse: Parse, noun: int) -> None:
    """Two people, including X, were killed: what is included is no subject beside the whole."""
    if parse.relations[noun] in SUBJECTS and any(parse.keys[i] in ("including", "excluding") for i in parse.below(noun, "case")):
        for whole in parse.below(parse.heads[noun], *SUBJECTS):
            if whole < noun:
                parse.move(noun, whole, "nmod")
                return


def place_before_adverb(parse: Parse, time: int) -> None:
    """At X last Monday: the preposition belongs to the place, not to the day, which has none."""
    if "D" not in parse.codes[time] or parse.keys[time] != ADVERB or parse.relations[time] not in ("obl", "nmod"):
        return
    cases = parse.below(time, "case")
    places = [i for i in parse.below(time, "amod", "compound") if i == time - 1 and i - 1 in cases]
    if places:
        parse.heads[places[0]], parse.relations[places[0]] = parse.heads[time], parse.relations[time]
        parse.heads[places[0] - 1] = places[0]
        parse.relations[time] += ":unmarked"


def time_of_what_is_spoken_of(parse: Parse, time: int) -> None:
    """Condemned the killings on the coast last week: behind an act that is spoken of, a day is the act's rather than the speech's."""
    verb = parse.heads[time]
    if (
        parse.relations[time] != "obl:unmarked"
        or "D" not in parse.codes[time]
        or "Q" not in parse.codes[verb]
        or parse.below(verb, "ccomp")
    ):
        return
    spoken = [i for o in parse.below(verb, "obj") for i in parse.within(o) if "K" in parse.codes[i] and parse.tags[i].startswith("NN")]
    last = max((i for i in spoken if verb < i < time), default=None)
    if last is not None and time - 1 in parse.within(last):
        parse.move(time, last, "nmod:unmarked")


def place_of_what_is_spoken_of(parse: Parse, place: int) -> None:
    """Attributed the attack on X to Y: of two phrases behind an act that is spoken of, the nearer is the act's."""
    verb = parse.heads[place]
    if parse.relations[place] != "obl" or "Q" not in parse.codes[verb] or not set(parse.codes[place]) & set("LBTSOIU"):
        return
    acts = [i for i in parse.below(verb, "obj") if "K" in parse.codes[i] and i == min(parse.within(place)) - 1]
    to = [i for i in parse.below(verb, "obl") if i > place and any(parse.keys[c] == "to" for c in parse.below(i, "case"))]
    if acts and to and any(parse.keys[c] in ("on", "in", "at", "against") for c in parse.below(place, "case")):
        parse.move(place, acts[0], "nmod")


def verb_with_by(parse: Parse, agent: int) -> None:
    """Stood by its decision: "by" that is part of what the lexicon knows as a verb leads no agent."""
    verb = parse.heads[agent]
    known = set(parse.codes[verb]) & set("QVHE") and not parse.below(verb, "aux:pass", "nsubj:pass")
    if known and any(parse.keys[i] == "by" and parse.items[i] == parse.items[verb] for i in parse.below(agent, "case")):
        parse.relations[agent] = "obl"


def tool_of_verb(parse: Parse, tool: int) -> None:
    """Attacked the refinery with mortars: the weapon under "with" is what it was done with, not part of what was struck."""
    struck = parse.heads[tool]
    verb = parse.heads[struck]
    if (
        parse.relations[tool] == "nmod"
        and "W" in parse.codes[tool]
        and parse.relations[struck] == "obj"
        and struck < tool
        and "V" in parse.codes[verb]
        and any(parse.keys[i] == "with" for i in parse.below(tool, "case"))
    ):
        parse.move(tool, verb, "obl")


def day_that_opens(parse: Parse, day: int) -> None:
    """This morning shells fell: a day that opens the sentence is the verb's, not a modifier of its subject."""
    noun = parse.heads[day]
    verb = parse.heads[noun]
    if day or "D" not in parse.codes[day] or parse.relations[day] not in ("compound", "amod", "nmod:unmarked") or parse.below(day, "case"):
        return
    if parse.relations[noun] in ("nsubj", "nsubj:pass") and parse.tags[verb].startswith("VB") and parse.keys[day] in ADVERBS:
        parse.move(day, verb, "obl:unmarked")


def day_before_subject(parse: Parse, day: int) -> None:
    """On Saturday rockets fell: between a preposition and the verb's subject, a day is the verb's and the preposition its own."""
    noun = parse.heads[day]
    verb = parse.heads[noun]
    if "D" not in parse.codes[day] or not 0 < day < noun < verb or parse.relations[day] not in ("compound", "amod", "nummod"):
        return
    case = day - 1
    if parse.relations[case] != "case" or parse.heads[case] not in (day, noun) or not parse.tags[verb].startswith("VB"):
        return
    bare = parse.relations[noun] == "obl" and not parse.below(verb, *SUBJECTS) and "," not in parse.keys[noun:verb]
    opens = bare and (case == 0 or parse.keys[case - 1] in (",", "and", "but", "that"))  # a clause
    if parse.relations[noun] not in SUBJECTS and not opens:
        return
    if opens:
        passive = bool(parse.below(verb, "aux:pass"))
        parse.relations[noun] = "nsubj:pass" if passive else "nsubj"
        parse.tags[verb] = "VBD" if parse.tags[verb] == "VBN" and not passive and not parse.below(verb, "aux") else parse.tags[verb]
    parse.heads[case] = day
    parse.move(day, verb, "obl")


def day_of_nearer_act(parse: Parse, day: int) -> None:
    """On Monday they fired at X in answer to the bombing of Y on Sunday: of two days of one verb the second is that of the act before it."""
    verb = parse.heads[day]
    if "D" not in parse.codes[day] or parse.relations[day] not in ("obl", "obl:unmarked") or not parse.tags[verb].startswith("VB"):
        return
    if not any("D" in parse.codes[i] and i < verb < day and parse.relations[i].startswith("obl") for i in parse.below(verb)):
        return
    start = min(parse.within(day))
    for phrase in parse.below(verb, "obl", "advcl"):
        inside = parse.within(phrase)
        acts = [i for i in inside if "K" in parse.codes[i] and parse.tags[i].startswith("NN") and verb < i < day]
        if verb < phrase < day and start - 1 in inside and acts:
            nearest = [i for i in acts if start - 1 in parse.within(i)]
            if nearest:
                parse.move(day, max(nearest), "nmod")
            return


ADVERBS: Final = (ADVERB, "today", "this", "last")
