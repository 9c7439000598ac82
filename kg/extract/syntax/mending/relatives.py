"""Relative clauses that the parser hangs on the wrong noun, or takes for the main clause."""

from __future__ import annotations

from kg.extract.syntax.mending.parse import LOOSE, SUBJECTS, Parse


def relative_of_what_stands_nearer(parse: Parse, verb: int) -> None:
    """X, leader of Y, which …: no person is a "which"; the clause goes on with the name right before it."""
    if parse.relations[verb] != "acl:relcl" or parse.norms[parse.heads[verb]] != "<person>":
        return
    for pronoun in range(parse.heads[verb] + 1, verb):
        if parse.keys[pronoun] == "which" and pronoun > 1 and parse.keys[pronoun - 1] == ",":
            nearer = pronoun - 2
            if parse.norms[nearer] not in (None, "<person>") and nearer not in parse.within(verb):
                parse.move(verb, nearer, "acl:relcl")
            return


def whose(parse: Parse, pronoun: int) -> None:
    """X, whose aide was killed, spoke: the verb behind "whose" has the aide for its subject and not X, who is the subject of the verb after it."""
    owned = parse.heads[pronoun]
    subject = parse.heads[owned]
    if (
        parse.relations[owned] in ("nmod:desc", "compound", "nmod", "nmod:poss")
        and parse.relations[subject] in SUBJECTS
        and owned < subject
    ):
        parse.heads[owned], parse.relations[owned] = parse.heads[subject], "obj"  # whose aide Y killed
    verb = parse.heads[owned]
    if parse.relations[owned] not in (*SUBJECTS, "obj"):
        return
    names = [i for i in parse.below(verb, *SUBJECTS) if i < pronoun and i != owned]
    if not names or parse.relations[verb] == "acl:relcl":
        return
    inside = parse.within(verb)
    main = next(
        (i for i in sorted(inside) if i > verb and parse.heads[i] == verb and parse.relations[i] in LOOSE and parse.finite(i)), None
    )
    if main is None or parse.below(main, "cc", "mark", *SUBJECTS):
        parse.relations[names[-1]] = "dislocated"
        return
    if parse.relations[verb] == "ROOT":
        parse.heads[main], parse.relations[main] = main, "ROOT"
    else:
        parse.heads[main], parse.relations[main] = parse.heads[verb], parse.relations[verb]
    parse.heads[verb], parse.relations[verb] = names[-1], "acl:relcl"
    parse.heads[names[-1]], parse.relations[names[-1]] = main, "nsubj"
    for mark in parse.below(verb, "punct"):
        if mark > main:
            parse.heads[mark] = main


def main_verb_behind_relative(parse: Parse, verb: int) -> None:
    """The bombing, for which X claimed responsibility, killed Y: what follows the comma that closes the clause has the noun for its subject."""
    inner = parse.heads[verb]
    if parse.relations[verb] != "conj" or parse.keys[verb - 1] != "," or parse.below(verb, "cc", "mark", *SUBJECTS):
        return
    pronouns = [i for i in parse.below(inner, "obl", "obj", "nsubj", "nsubj:pass") if parse.tags[i].startswith("W") and i < inner < verb]
    opened = bool(pronouns) and "," in parse.keys[max(0, pronouns[0] - 2) : pronouns[0]]
    if not opened or not (parse.finite(verb) or parse.below(verb, "aux:pass")):
        return
    passive = "nsubj:pass" if parse.below(verb, "aux:pass") else "nsubj"
    if parse.relations[inner] == "acl:relcl" and parse.heads[parse.heads[inner]] == parse.heads[inner]:
        noun = parse.heads[inner]
    elif parse.heads[inner] == inner:
        before = [i for i in parse.below(inner, *SUBJECTS) if i < pronouns[0]]
        if not before:
            return
        noun = before[0]
    else:
        return
    if not parse.tags[noun].startswith("NN"):
        return
    parse.heads[verb], parse.relations[verb] = verb, "ROOT"
    parse.heads[noun], parse.relations[noun] = verb, passive
    parse.heads[inner], parse.relations[inner] = noun, "acl:relcl"
