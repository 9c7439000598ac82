"""Words whose class the parser mistakes: nouns taken for verbs, verbs for nouns, participles for adjectives."""

from __future__ import annotations

from kg.extract.syntax.mending.parse import SUBJECTS, Parse


def adjective_before_name(parse: Parse, verb: int) -> None:
    """In neighbouring Syria: an -ing form between a preposition and the name of a place is an adjective."""
    if parse.tags[verb] != "VBG" or parse.relations[verb] not in ("acl", "advcl", "amod", "obl", "nmod"):
        return
    marks = [i for i in parse.below(verb, "mark", "case") if i == verb - 1]
    names = [i for i in parse.below(verb, "obj") if i == verb + 1 and set(parse.codes[i]) & set("LBT")]
    if marks and names:
        above = parse.heads[verb]
        parse.heads[names[0]] = above
        parse.relations[names[0]] = "nmod" if parse.tags[above].startswith("NN") else "obl"
        parse.heads[marks[0]], parse.relations[marks[0]] = names[0], "case"
        parse.heads[verb], parse.relations[verb], parse.tags[verb] = names[0], "amod", "JJ"


def noun_taken_for_verb(parse: Parse, noun: int) -> None:
    """US bases in Iraq have been …: what the lexicon knows as a noun only is no verb beside another."""
    codes = set(parse.codes[noun])
    if not parse.tags[noun].startswith("VB") or not codes or not codes <= set("CIGRWK") or parse.below(noun, "aux", "aux:pass", "obj"):
        return
    if parse.relations[noun] not in ("nsubj", "nsubj:pass", "obj", "obl", "nmod", "csubj", "csubj:pass"):
        return
    parse.tags[noun] = "NNS" if parse.keys[noun].endswith("s") else "NN"
    parse.relations[noun] = parse.relations[noun].replace("csubj", "nsubj")
    for child in parse.below(noun):
        parse.relations[child] = {"nsubj": "compound", "obl": "nmod", "advmod": "amod"}.get(parse.relations[child], parse.relations[child])


def verb_taken_for_noun(parse: Parse, verb: int) -> None:
    """The army sweeps into X: at the head of a sentence, a form in -s that the lexicon knows as a verb only is one, and the noun before it its subject."""
    codes = set(parse.codes[verb])
    known = bool(codes & set("VE")) and not codes & set("CIGRWK") and parse.keys[verb].endswith("s")
    if parse.relations[verb] != "ROOT" or not known or parse.below(verb, "cop", "aux", "case", "nmod:poss"):
        return
    noun = max((i for i in parse.below(verb, *SUBJECTS, "compound") if i < verb), default=-1)
    if noun < 0 or (parse.relations[noun] == "compound" and noun != verb - 1):
        return
    parse.tags[verb], parse.relations[noun] = "VBZ", "nsubj" if parse.relations[noun] == "compound" else parse.relations[noun]
    for child in parse.below(verb, "det", "amod", "compound", "nummod"):
        if child < noun:
            parse.heads[child] = noun
    for child in parse.below(verb, "nmod", "nmod:unmarked", "list"):
        parse.relations[child] = {"nmod": "obl", "nmod:unmarked": "obl:unmarked", "list": "obj"}[parse.relations[child]]


def verb_with_its_object(parse: Parse, noun: int) -> None:
    """Their leaders vow revenge: at the head of a sentence, two words that the lexicon knows as a verb only are a verb and its object."""
    codes = set(parse.codes[noun])
    verb = parse.items.index(parse.items[noun])
    if parse.relations[noun] != "ROOT" or not codes & set("QVHE") or codes & set("CIGRWK") or verb == noun or parse.heads[verb] != noun:
        return
    subjects = [i for i in (*parse.below(noun, "nsubj", "compound"), *parse.below(verb, "compound", "nsubj")) if i < verb]
    if parse.relations[verb] not in ("compound", "amod") or not subjects or max(subjects) != verb - 1:
        return
    subject = max(subjects)
    for child in (*parse.below(noun), *parse.below(verb)):
        if child < subject and parse.relations[child] in ("det", "amod", "compound", "nummod"):
            parse.heads[child] = subject
        elif child != verb and parse.items[child] != parse.items[noun]:
            parse.heads[child], parse.relations[child] = verb, "obl" if parse.relations[child] == "nmod" else parse.relations[child]
    parse.heads[verb], parse.relations[verb], parse.tags[verb] = verb, "ROOT", "VBZ" if parse.keys[verb].endswith("s") else "VBP"
    parse.heads[noun], parse.relations[noun] = verb, "obj"
    parse.heads[subject], parse.relations[subject] = verb, "nsubj"


def participle_with_object(parse: Parse, verb: int) -> None:
    """Turkish warplanes bombed the Zab area: what has an object is no passive participle."""
    if parse.tags[verb] == "VBN" and parse.below(verb, "obj") and not parse.below(verb, "aux", "aux:pass", "obl:agent", "nsubj:pass"):
        parse.tags[verb] = "VBD"


def participle_taken_for_adjective(parse: Parse, word: int) -> None:
    """Three people were slain in X: behind a form of "be", a word for an act that the parser takes for an adjective is a passive verb."""
    copulas = parse.below(word, "cop")
    if not parse.tags[word].startswith(("JJ", "NN")) or not copulas or not set(parse.codes[word]) & set("HV"):
        return
    if set(parse.codes[word]) & set("CKGRWI") or parse.below(word, "det", "amod", "compound", "nummod", "nmod:poss"):
        return
    parse.tags[word] = "VBN"
    for copula in copulas:
        parse.relations[copula] = "aux:pass"
    for child in parse.below(word):
        parse.relations[child] = {"nsubj": "nsubj:pass", "nmod": "obl"}.get(parse.relations[child], parse.relations[child])


def verb_behind_adverb(parse: Parse, verb: int) -> None:
    """The mission formally draws to a close, the truce did commence: with a subject and an adverb or auxiliary before it, no noun but a verb."""
    subjects = [i for i in parse.below(verb, *SUBJECTS) if i < verb]
    if not subjects or parse.below(verb, "det", "amod", "cop", "case", "nmod:poss", "compound", "nummod"):
        return
    helped = bool(parse.below(verb, "aux"))
    if not helped and not (parse.keys[verb].endswith("s") and verb - 1 in parse.below(verb, "advmod")):
        return
    parse.tags[verb] = "VB" if helped else "VBZ"
    for child in parse.below(verb, "nmod", "nmod:unmarked"):
        parse.relations[child] = parse.relations[child].replace("nmod", "obl")


def noun_behind_adjective(parse: Parse, noun: int) -> None:
    """In the American raid on X: what stands behind an article and a state's adjective is a noun."""
    if parse.tags[noun] not in ("VB", "VBP") or "K" not in parse.codes[noun] or noun < 2 or parse.below(noun, "obj", "aux", "nsubj"):
        return
    adjective = noun - 1
    if "A" not in parse.codes[adjective] or parse.tags[adjective - 1] != "DT" or parse.relations[adjective] not in ("obl", "obj", "nsubj"):
        return
    relation = parse.relations[adjective]
    parse.move(noun, parse.heads[adjective], relation)
    if parse.heads[noun] != parse.heads[adjective]:
        return
    case = parse.below(adjective, "case", "det")
    parse.tags[noun] = "NN"
    parse.heads[adjective], parse.relations[adjective] = noun, "amod"
    for child in case:
        parse.heads[child] = noun
    for child in parse.below(noun, "obl"):
        parse.relations[child] = "nmod"
