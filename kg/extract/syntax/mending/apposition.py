"""Names and what they stand beside: the noun of their kind, their office, the day before them."""

from __future__ import annotations

from kg.extract.syntax.mending.parse import SUBJECTS, Parse


def name_behind_its_kind(parse: Parse, name: int) -> None:
    """The party X announced, members of the network X say: a name that follows the noun of its kind is no second subject."""
    kind, verb = name - 1, parse.heads[name]
    if kind < 0 or parse.relations[name] != "nsubj" or parse.norms[name] is None or not set(parse.codes[kind]) & set("GIR"):
        return
    if parse.tags[kind] != "NN" or parse.below(name, "det") or parse.heads[kind] == name:
        return
    if parse.heads[verb] == kind and parse.relations[verb] == "acl:relcl":
        if any(i < kind for i in parse.below(kind, "det")) and (parse.heads[kind] == kind or parse.relations[kind] == "nsubj"):
            above, relation = parse.heads[kind], parse.relations[kind]
            parse.heads[verb], parse.relations[verb] = (above, relation) if above != kind else (verb, relation)
            parse.heads[name], parse.relations[name] = verb, "nsubj"
            parse.heads[kind], parse.relations[kind] = name, "nmod:desc"
            for child in parse.below(kind):
                if child > name:
                    parse.heads[child] = verb
        top = kind
        while parse.relations[top] == "nmod":
            top = parse.heads[top]
        if top != kind and parse.heads[top] == top and parse.tags[top].startswith("NN"):  # the leader of the party X spoke
            parse.heads[verb], parse.relations[verb] = verb, "ROOT"
            parse.heads[top], parse.relations[top] = verb, "nsubj"
            parse.heads[name], parse.relations[name] = kind, "appos"
            for child in parse.below(top, "punct"):
                parse.heads[child] = verb
    elif any(i < kind for i in parse.below(verb, "nsubj")) and kind not in parse.below(verb):
        parse.move(name, kind, "appos")


def day_as_subject(parse: Parse, day: int) -> None:
    """Today, Monday, the commander X was killed: behind a day stands the subject, as if in apposition to it."""
    if "D" not in parse.codes[day] or parse.relations[day] not in SUBJECTS:
        return
    verb = parse.heads[day]
    others = [i for i in parse.below(day, "appos") if i > day and parse.tags[i].startswith("NN") and "D" not in parse.codes[i]]
    if len(others) != 1 or others[0] > verb or not parse.tags[verb].startswith("VB"):
        return
    subject, relation = others[0], parse.relations[day]
    parse.relations[day] = "obl:unmarked"
    parse.heads[subject], parse.relations[subject] = verb, relation


def holder_behind_body(parse: Parse, name: int) -> None:
    """The commander in the Guard, X: a person is no apposition to a body but to the office before it."""
    body = parse.heads[name]
    office = parse.heads[body]
    person = parse.relations[name] == "appos" and bool(set(parse.codes[name]) & set("PU")) and "O" not in parse.codes[name]
    bodied = "O" in parse.codes[body] and parse.relations[body] == "nmod" and "R" in parse.codes[office]
    if person and bodied and office < body < name:
        parse.move(name, office, "appos")


def operation_by_name(parse: Parse, noun: int) -> None:
    """Operation Northern Wind was launched by X: a name right behind the noun and beside it in the clause is the operation's."""
    name = noun + 1
    if name == len(parse.heads) or not set(parse.codes[name]) & set("UO"):
        return
    if parse.heads[name] == parse.heads[noun] != noun and parse.relations[name] == parse.relations[noun]:
        parse.move(name, noun, "flat")
