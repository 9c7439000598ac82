"""Main clauses that the parser hangs below their own subject or participle, and the subjects it takes from them."""

from __future__ import annotations

from typing import Final

from kg.extract.syntax.grammar import OBJECT_CONTROL
from kg.extract.syntax.mending.parse import FINITE, LOOSE, SUBJECTS, Parse

CONJUNCTIONS: Final = frozenset(("after", "before", "since", "as", "until", "while", "when", "because"))


def subject_behind_conjunction(parse: Parse, verb: int) -> None:
    """After an air strike killed X: the noun is the verb's subject, not a phrase under "after"."""
    if not parse.finite(verb) or parse.below(verb, *SUBJECTS):
        return
    beside = parse.below(parse.heads[verb], "obl") if parse.relations[verb] == "advcl" and not parse.below(verb, "mark") else []
    for noun in [*parse.below(verb, "obl"), *(i for i in beside if i < verb and "," not in parse.keys[i:verb])]:
        marks = [i for i in parse.below(noun, "case") if parse.keys[i] in CONJUNCTIONS]
        if marks and noun < verb:
            parse.heads[noun], parse.relations[noun] = verb, "nsubj"
            parse.move(marks[0], verb, "mark")
            parse.relations[verb] = "advcl" if parse.heads[verb] != verb else parse.relations[verb]


def conjunction_of_subject(parse: Parse, noun: int) -> None:
    """Shortly after X and Y signed it: the conjunction opens the verb's clause, not its subject's phrase."""
    verb = parse.heads[noun]
    if parse.relations[noun] != "nsubj" or noun > verb or not parse.finite(verb):
        return
    for mark in parse.below(noun, "case"):
        if parse.keys[mark] in CONJUNCTIONS and mark < noun:
            parse.move(mark, verb, "mark")


def verb_after_noun(parse: Parse, verb: int) -> None:
    """The attack took place … and killed: a finite verb right behind a noun, and nobody else's, has it for its subject."""
    noun, above = verb - 1, parse.heads[verb]
    if noun < 0 or not parse.finite(verb) or parse.below(verb, *SUBJECTS) or parse.relations[verb] not in LOOSE:
        return
    if parse.relations[verb] == "conj" and (parse.below(verb, "cc") or noun in parse.below(above, "obj")):
        return
    if parse.tags[noun] in ("NN", "NNS") and parse.heads[noun] != verb and parse.below(noun, "det", "amod", "compound", "nummod"):
        beyond = [i for i in parse.below(above, "conj") if i > verb and parse.relations[verb] == "conj"]
        parse.move(verb, noun, "acl:relcl")
        if parse.heads[verb] == noun:
            for later in beyond:
                parse.move(later, verb, "conj")


def participle_before_main_verb(parse: Parse, verb: int) -> None:
    """Forces backed by X captured Y: the participle with its agent belongs to the noun before it, which is the subject of the verb behind."""
    if not parse.finite(verb) or parse.below(verb, *SUBJECTS, "mark", "cc"):
        return
    above = parse.heads[verb]
    first = above if parse.tags[above].startswith("VB") else parse.heads[above]
    if first >= verb or parse.tags[first] not in ("VBN", "VBD") or parse.below(first, "aux:pass", "aux", "obj", "cc", "mark"):
        return
    subjects = [i for i in parse.below(first, "nsubj", "nsubj:pass") if i < first]
    agents = [i for i in parse.below(first, "obl:agent") if first < i < verb]
    if len(subjects) != 1 or not agents or any(parse.keys[i] in (",", "and", "which", "that") for i in range(first, verb)):
        return
    above, relation = parse.heads[first], parse.relations[first]
    parse.heads[verb], parse.relations[verb] = (above, relation) if above != first else (verb, "ROOT")
    parse.heads[subjects[0]], parse.relations[subjects[0]] = verb, "nsubj"
    parse.heads[first], parse.relations[first], parse.tags[first] = subjects[0], "acl", "VBN"
    for child in parse.below(first):
        if child > verb:
            parse.heads[child] = verb


def infinitive_of_object(parse: Parse, verb: int) -> None:
    """Prompted militias to launch …: the infinitive is what the verb brings its object to, not the object's nor the verb's purpose."""
    if not any(parse.keys[i] == "to" for i in parse.below(verb, "mark")):
        return
    head = parse.heads[verb]
    if parse.relations[verb] == "acl" and parse.relations[head] == "obj" and parse.keys[parse.heads[head]] in OBJECT_CONTROL:
        parse.move(verb, parse.heads[head], "xcomp")
    elif parse.relations[verb] == "advcl" and parse.keys[head] in OBJECT_CONTROL and any(i < verb for i in parse.below(head, "obj")):
        parse.relations[verb] = "xcomp"


def participle_taken_for_verb(parse: Parse, participle: int) -> None:
    """Media affiliated with X reported …: behind a noun, a participle that names a relation modifies it, and the verb of speech after it is the main one."""
    if (
        parse.tags[participle] not in ("VBD", "VBN")
        or "X" not in parse.codes[participle]
        or parse.below(participle, "aux", "aux:pass", "obj")
    ):
        return
    noun = participle - 1
    if (
        noun not in parse.below(participle, "nsubj", "nsubj:pass")
        or participle + 1 >= len(parse.heads)
        or parse.tags[participle + 1] not in ("IN", "TO")
    ):
        return
    verbs = [
        i for i in parse.below(participle, "advcl", "ccomp", "conj", "parataxis", "xcomp") if i > participle and parse.tags[i] in FINITE
    ]
    if not verbs:
        return
    verb = verbs[0]
    above = parse.heads[participle]
    parse.heads[verb], parse.relations[verb] = (above, parse.relations[participle]) if above != participle else (verb, "ROOT")
    for stray in parse.below(verb, "nsubj"):
        if participle < stray < verb:
            parse.heads[stray], parse.relations[stray] = participle, "obl"
    for child in parse.below(participle):
        if child < noun or child > verb or parse.relations[child] == "punct":
            parse.heads[child] = verb
    parse.heads[noun], parse.relations[noun] = verb, "nsubj"
    parse.heads[participle], parse.relations[participle] = noun, "acl"


def _finite_of(parse: Parse, verb: int, root: int) -> bool:
    """Whether a form is finite, or may be one behind a weapon: a bomb exploded."""
    weapon = "W" in parse.codes[root] and parse.tags[verb] == "VBN" and verb == root + 1 and set(parse.codes[verb]) & set("V")
    return parse.finite(verb) or bool(weapon)


def main_verb_below_the_root(parse: Parse, verb: int) -> None:
    """A bomb aimed at X killed Y: where the root is the noun that opens the sentence, the finite verb with an object below it is the main one."""
    root = next(i for i, head in enumerate(parse.heads) if head == i)
    if parse.relations[verb] not in ("acl", "acl:relcl", "nmod", "parataxis") or not _finite_of(parse, verb, root) or root >= verb:
        return
    if not parse.tags[root].startswith("NN") or parse.below(root, "cop", "nsubj", "case") or parse.below(verb, *SUBJECTS, "mark"):
        return
    between = range(root + 1, verb)
    weapon = "W" in parse.codes[root] and bool(parse.codes[verb])  # a roadside bomb exploded
    if not (parse.below(verb, "obj") or weapon) or any(parse.tags[i].startswith("W") or parse.finite(i) for i in between):
        return
    parse.heads[verb], parse.relations[verb] = verb, "ROOT"
    parse.heads[root], parse.relations[root] = verb, "nsubj"
    before = [i for i in parse.below(verb, "compound", "amod", "det", "case") if root < i < verb]
    nouns = [i for i in before if parse.relations[i] == "compound"]
    for other in before if nouns else ():  # killing of a leader drew: what was taken for the verb's modifiers
        parse.heads[other] = nouns[-1] if other != nouns[-1] else root
    if nouns:
        parse.relations[nouns[-1]] = "nmod"
    for mark in parse.below(root, "punct"):
        if mark > verb:
            parse.heads[mark] = verb
