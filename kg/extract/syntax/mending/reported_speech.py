"""Verbs of speech that the parser parts from what is said or from who says it."""

from __future__ import annotations

from kg.extract.syntax.grammar import ADDRESSING
from kg.extract.syntax.mending.parse import PUNCTUATION, SUBJECTS, Parse


def attribution_at_the_end(parse: Parse, verb: int) -> None:
    """…, an officer told reporters: a speech verb that ends the sentence with a subject of its own behind a comma says all that stands before."""
    if "Q" not in parse.codes[verb] or parse.relations[verb] not in ("conj", "acl:relcl", "acl", "advcl") or not parse.finite(verb):
        return
    subjects = parse.below(verb, "nsubj")
    if len(subjects) != 1 or parse.below(verb, "cc", "mark", "ccomp", "xcomp", "conj") or parse.tags[subjects[0]].startswith("W"):
        return
    clause = parse.within(verb)
    body = parse.heads[verb]  # the agency X reported: the name stands behind the noun of its kind
    kind = body == subjects[0] - 1 and "G" in parse.codes[body] and parse.relations[verb] == "acl:relcl"
    phrase = parse.within(body) if kind else parse.within(subjects[0])
    first = min(i for i in phrase if parse.tags[i] not in PUNCTUATION)
    clause |= phrase
    if (
        first > 0
        and parse.keys[first - 1] == ","
        and all(i in clause or parse.tags[i] in PUNCTUATION for i in range(first, len(parse.heads)))
    ):
        root = next(i for i, head in enumerate(parse.heads) if head == i)
        if root < first:
            parse.move(verb, root, "parataxis")
            if kind and parse.heads[verb] == root:
                parse.move(body, subjects[0], "nmod:desc")


def participle_before_attribution(parse: Parse, verb: int) -> None:
    """A missile slammed into X, officials said: with a second subject right before the verb of speech, the first belongs to the verb behind it."""
    noun = parse.heads[verb]
    speech = parse.heads[noun]
    if (
        parse.relations[verb] != "acl"
        or parse.tags[verb] not in ("VBN", "VBD")
        or parse.relations[noun]
        not in (
            *SUBJECTS,
            "dislocated",
            "obl:unmarked",
        )
    ):
        return
    if "Q" not in parse.codes[speech] or parse.below(verb, "aux", "aux:pass", "obl:agent", "obj") or verb < noun:
        return
    others = [i for i in parse.below(speech, "nsubj") if verb < i < speech] or _speakers_in_list(parse, noun, verb, speech)
    if len(others) != 1 or parse.below(speech, "ccomp"):
        return
    first = min(i for i in parse.within(others[0]) if parse.tags[i] not in PUNCTUATION)
    if parse.keys[first - 1] != "," or "by" in parse.keys[verb : verb + 2]:
        return
    parse.heads[verb], parse.relations[verb], parse.tags[verb] = speech, "ccomp", "VBD"
    parse.heads[noun], parse.relations[noun] = verb, "nsubj"


def _speakers_in_list(parse: Parse, thing: int, verb: int, speech: int) -> list[int]:
    """Killing five soldiers, officers and doctors said: where a weapon or an act cannot speak, those behind the comma do; they are parted from the list."""
    if not set(parse.codes[thing]) & set("WK"):
        return []
    listed = [i for i in sorted(parse.within(verb)) if parse.relations[i] == "conj" and set(parse.codes[i]) & set("RZ") and i < speech]
    starts = [i for i in listed if parse.keys[min(j for j in parse.within(i) if parse.tags[j] not in PUNCTUATION) - 1] == ","]
    if len(starts) != 1 or any(parse.tags[i].startswith("VB") for i in range(starts[0], speech)):
        return []
    for other in [i for i in parse.below(parse.heads[starts[0]], "conj") if i > starts[0]]:
        parse.heads[other] = starts[0]
    parse.heads[starts[0]], parse.relations[starts[0]] = speech, "nsubj"
    return starts


def told_somebody_that(parse: Parse, that: int) -> None:
    """Told reporters that X had left: behind whom somebody addresses, "that" opens what is said and no relative clause, unless the clause lacks a subject."""
    verb = parse.heads[that]
    addressed = parse.heads[verb]
    speech = parse.heads[addressed]
    if parse.relations[verb] != "acl:relcl" or not speech < addressed < that < verb or parse.keys[speech] not in ADDRESSING:
        return
    whole = parse.relations[addressed] in ("obj", "iobj") and any(that < i < verb for i in parse.below(verb, *SUBJECTS))
    if whole and not parse.below(speech, "ccomp", "xcomp"):
        parse.tags[that], parse.relations[that] = "IN", "mark"
        parse.move(verb, speech, "ccomp")
