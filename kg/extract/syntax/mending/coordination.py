"""Coordinations that the parser cuts short or hangs in the wrong place."""

from __future__ import annotations

from kg.extract.syntax.grammar import ELLIPTICAL
from kg.extract.syntax.mending.parse import Parse


def harm_before_number(parse: Parse, verb: int) -> None:
    """And injured four others: a verb with its object, not an adjective of it."""
    head = parse.heads[verb]
    if "H" not in parse.codes[verb] or parse.relations[verb] != "amod" or head < verb or parse.tags[verb] not in ("VBD", "VBN"):
        return
    coordinated = verb > 0 and parse.tags[verb - 1] == "CC"
    numbered = verb + 1 < len(parse.heads) and (parse.counts[verb + 1] or parse.tags[verb + 1] == "DT")
    if coordinated and numbered:
        above, relation = parse.heads[head], parse.relations[head]
        parse.heads[verb], parse.relations[verb], parse.tags[verb] = (above, "conj", "VBD") if above != head else (verb, relation, "VBD")
        while above != parse.heads[above] and not parse.tags[above].startswith("VB"):
            above = parse.heads[above]
        parse.heads[verb] = above if above != verb else verb
        parse.heads[head], parse.relations[head] = verb, "obj"


def infinitive_beside_infinitive(parse: Parse, verb: int) -> None:
    """Prompted X to launch …, and to sabotage …: the second infinitive goes with the first."""
    if parse.relations[verb] != "conj" or not any(parse.keys[i] == "to" for i in parse.below(verb, "mark")):
        return
    head = parse.heads[verb]
    if any(parse.keys[i] == "to" for i in parse.below(head, "mark")):
        return
    for other in parse.below(head, "xcomp", "advcl", "ccomp"):
        if other < verb and any(parse.keys[i] == "to" for i in parse.below(other, "mark")):
            parse.move(verb, other, "conj")
            return


def noun_of_series(parse: Parse, noun: int) -> None:
    """A drone and rocket attacks (of "drone and rocket attacks"): the coordinated weapons belong to the noun of the act."""
    if parse.relations[noun] != "conj" or "K" not in parse.codes[noun] or not parse.tags[noun].startswith("NN"):
        return
    first = parse.heads[noun]
    if first < noun and "W" in parse.codes[first] and "K" not in parse.codes[first]:
        parse.heads[noun], parse.relations[noun] = parse.heads[first] if parse.heads[first] != first else noun, parse.relations[first]
        for child in parse.below(first):
            if parse.relations[child] not in ("conj", "compound", "amod", "cc", "punct") or parse.relations[child] == "case":
                parse.heads[child] = noun
        parse.heads[first], parse.relations[first] = noun, "compound"


def second_act(parse: Parse, other: int) -> None:
    """The strike on X and another one on Y: a second act, named or by a word that stands for it, is coordinated with the first and not with X."""
    if parse.keys[other] not in ELLIPTICAL and not ("K" in parse.codes[other] and parse.tags[other].startswith("NN")):
        return
    above = parse.heads[other]
    while parse.relations[above] == "nmod" and "K" not in parse.codes[above]:
        above = parse.heads[above]
    openers = [{parse.keys[i] for n in parse.below(one, "nmod") for i in parse.below(n, "case")} for one in (other, above)]
    if above < parse.heads[other] and "K" in parse.codes[above] and openers[0] & openers[1]:
        parse.move(other, above, "conj")


def coordinated_phrase(parse: Parse, noun: int) -> None:
    """Bases, as well as outposts: a phrase with a conjunction is coordinated, not subordinate."""
    if parse.relations[noun] in ("nmod", "obl", "appos") and parse.tags[noun].startswith("NN") and not parse.below(noun, "case"):
        head = parse.heads[noun]
        if any(noun > i > head for i in parse.below(noun, "cc")) and parse.tags[head].startswith("NN"):
            parse.relations[noun] = "conj"


def number_before_participle(parse: Parse, verb: int) -> None:
    """Three were killed and four more injured: the number before the second participle is its subject, and suffers it too."""
    if "H" not in parse.codes[verb] or parse.below(verb, "obj") or verb < 2:
        return
    start = verb  # four more were injured
    while start > 2 and parse.heads[start - 1] == verb and parse.relations[start - 1] in ("aux", "aux:pass"):
        start -= 1
    number = start - 2 if parse.keys[start - 1] in ("more", "others", "other") else start - 1
    first = parse.heads[verb]
    suffered = parse.below(first, "aux:pass") or start < verb
    loose = parse.relations[verb] != "conj"  # taken for a clause beside the first, and the number for a second of its kind
    if not parse.counts[number] or parse.tags[number - 1] != "CC" or not suffered or (loose and parse.heads[number] != first):
        return
    parse.relations[verb] = "conj"
    subjects = parse.below(verb, "nsubj", "nsubj:pass")
    parse.tags[verb] = "VBN"
    for subject in subjects:
        parse.relations[subject] = "nsubj:pass"
    if not subjects:
        parse.move(number, verb, "nsubj:pass")
        if number == start - 2:
            parse.move(start - 1, number, "advmod")
