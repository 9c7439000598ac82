"""What the parser gets wrong by habit in news, mended on the finished parse: one small rule for each habit.

The rules look at tags, relations and the codes of the line's items; none knows a word of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.english import Parsed
from kg.extract.grammar import OBJECT_CONTROL
from kg.extract.line import Line
from kg.extract.plain import Plain

FINITE: Final = ("VBD", "VBZ", "VBP")
CONJUNCTIONS: Final = frozenset(("after", "before", "since", "as", "until", "while", "when", "because"))
LOOSE: Final = ("advcl", "dep", "parataxis", "xcomp", "ccomp", "acl", "conj")
DIRECTIONS: Final = frozenset(("east", "west", "north", "south", "northeast", "northwest", "southeast", "southwest"))
SUBJECTS: Final = ("nsubj", "nsubj:pass", "csubj", "expl")


@dataclass(slots=True)
class Parse:
    """A parse in the making, and what is known of its words."""

    tags: list[str]
    relations: list[str]
    heads: list[int]
    keys: tuple[str, ...]
    codes: tuple[str, ...]
    counts: tuple[bool, ...]

    def below(self, index: int, *relations: str) -> list[int]:
        """The dependents of a word by some relations, or all."""
        if index not in self.heads:  # most words are leaves
            return []
        return [i for i, h in enumerate(self.heads) if h == index and i != index and (not relations or self.relations[i] in relations)]

    def finite(self, index: int) -> bool:
        """Whether a word is a verb form that can stand alone: no auxiliary, "to" or passive beside it."""
        return (
            self.tags[index] in FINITE
            and not self.below(index, "aux", "aux:pass", "cop")
            and not any(self.keys[i] == "to" for i in self.below(index, "mark"))
        )

    def move(self, index: int, head: int, relation: str) -> None:
        """Hangs a word below another, unless that would close a circle."""
        above = head
        while self.heads[above] != above:
            if above == index:
                return
            above = self.heads[above]
        if above != index:
            self.heads[index], self.relations[index] = head, relation


def mended(parsed: Sequence[Parsed], row: Sequence[Plain], line: Line) -> tuple[Parsed, ...]:
    """The parse after every rule, in their order."""
    parse = Parse(
        [word.tag for word in parsed],
        [word.relation for word in parsed],
        [word.head for word in parsed],
        tuple(each.word.words.lower() for each in row),
        tuple(line.items[each.item].codes for each in row),
        tuple(line.items[each.item].count is not None for each in row),
    )
    columns: dict[str, Sequence[str]] = {"tag": parse.tags, "relation": parse.relations, "key": parse.keys}
    for column, values, rule in RULES:
        for index, value in enumerate(columns[column]):  # as a rule changes it, so that it sees what it has made
            if value in values:
                rule(parse, index)
    return tuple(map(Parsed, parse.tags, parse.relations, parse.heads))


def _adjective_before_name(parse: Parse, verb: int) -> None:
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


def _day_before_verb(parse: Parse, day: int) -> None:
    """Washington on Friday night launched …: a day between a subject and its verb is the verb's."""
    name = parse.heads[day]
    if "D" not in parse.codes[day] or parse.relations[day] not in ("nmod", "nmod:unmarked", "flat", "appos") or name >= day:
        return
    verb = parse.heads[name]
    if parse.relations[name] in ("nsubj", "nsubj:pass") and parse.tags[verb].startswith("VB") and verb > day:
        parse.heads[day], parse.relations[day] = verb, "obl"


def _noun_taken_for_verb(parse: Parse, noun: int) -> None:
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


def _subject_behind_conjunction(parse: Parse, verb: int) -> None:
    """After an air strike killed X: the noun is the verb's subject, not a phrase under "after"."""
    if not parse.finite(verb) or parse.below(verb, *SUBJECTS):
        return
    for noun in parse.below(verb, "obl"):
        marks = [i for i in parse.below(noun, "case") if parse.keys[i] in CONJUNCTIONS]
        if marks and noun < verb:
            parse.relations[noun] = "nsubj"
            parse.move(marks[0], verb, "mark")
            parse.relations[verb] = "advcl" if parse.heads[verb] != verb else parse.relations[verb]


def _conjunction_of_subject(parse: Parse, noun: int) -> None:
    """Shortly after X and Y signed it: the conjunction opens the verb's clause, not its subject's phrase."""
    verb = parse.heads[noun]
    if parse.relations[noun] != "nsubj" or noun > verb or not parse.finite(verb):
        return
    for mark in parse.below(noun, "case"):
        if parse.keys[mark] in CONJUNCTIONS and mark < noun:
            parse.move(mark, verb, "mark")


def _harm_before_number(parse: Parse, verb: int) -> None:
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


def _verb_after_noun(parse: Parse, verb: int) -> None:
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


def _infinitive_of_object(parse: Parse, verb: int) -> None:
    """Prompted militias to launch …: the infinitive is what the verb brings its object to, not the object's nor the verb's purpose."""
    if not any(parse.keys[i] == "to" for i in parse.below(verb, "mark")):
        return
    head = parse.heads[verb]
    if parse.relations[verb] == "acl" and parse.relations[head] == "obj" and parse.keys[parse.heads[head]] in OBJECT_CONTROL:
        parse.move(verb, parse.heads[head], "xcomp")
    elif parse.relations[verb] == "advcl" and parse.keys[head] in OBJECT_CONTROL and any(i < verb for i in parse.below(head, "obj")):
        parse.relations[verb] = "xcomp"


def _infinitive_beside_infinitive(parse: Parse, verb: int) -> None:
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


def _noun_of_series(parse: Parse, noun: int) -> None:
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


def _noun_with_subject(parse: Parse, noun: int) -> None:
    """The targeting of the A and B bases was …: a noun without a copula has no subject; what stood as one is the noun that governs it."""
    if not parse.tags[noun].startswith("NN") or parse.below(noun, "cop") or parse.relations[noun] not in ("nsubj", "nsubj:pass", "obj"):
        return
    for first in parse.below(noun, "nsubj"):
        if first < noun and parse.tags[first].startswith(("NN", "VBG")):
            parse.heads[first], parse.relations[first] = parse.heads[noun], parse.relations[noun]
            parse.heads[noun], parse.relations[noun] = first, "nmod"
            for mark in parse.below(noun, "mark"):
                if parse.keys[mark] == "that":
                    parse.heads[mark] = parse.heads[first]
            return


def _direction_behind_name(parse: Parse, direction: int) -> None:
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


def _coordinated_phrase(parse: Parse, noun: int) -> None:
    """Bases, as well as outposts: a phrase with a conjunction is coordinated, not subordinate."""
    if parse.relations[noun] in ("nmod", "obl", "appos") and parse.tags[noun].startswith("NN") and not parse.below(noun, "case"):
        head = parse.heads[noun]
        if any(noun > i > head for i in parse.below(noun, "cc")) and parse.tags[head].startswith("NN"):
            parse.relations[noun] = "conj"


def _participle_taken_for_verb(parse: Parse, participle: int) -> None:
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


def _name_as_genitive(parse: Parse, name: int) -> None:
    """Of the A and B bases: a name that stands under a preposition and modifies the noun of another phrase gives the preposition up to that noun."""
    noun = parse.heads[name]
    if parse.relations[name] not in ("compound", "nmod") or noun <= name or not parse.tags[noun].startswith("NN"):
        return
    for mark in parse.below(name, "case"):
        if mark < name and parse.relations[name] == "compound":
            parse.heads[mark] = noun


VERBS: Final = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))

RULES: Final[tuple[tuple[str, frozenset[str], Callable[[Parse, int], None]], ...]] = (
    ("relation", frozenset(("nmod", "nmod:unmarked", "flat", "appos")), _day_before_verb),
    ("tag", frozenset(("VBG",)), _adjective_before_name),
    ("tag", VERBS, _noun_taken_for_verb),
    ("key", DIRECTIONS, _direction_behind_name),
    ("relation", frozenset(("nmod", "obl", "appos")), _coordinated_phrase),
    ("tag", frozenset(("VBD", "VBN")), _participle_taken_for_verb),
    ("tag", frozenset(FINITE), _subject_behind_conjunction),
    ("relation", frozenset(("nsubj",)), _conjunction_of_subject),
    ("relation", frozenset(("amod",)), _harm_before_number),
    ("tag", frozenset(FINITE), _verb_after_noun),
    ("relation", frozenset(("acl", "advcl")), _infinitive_of_object),
    ("relation", frozenset(("conj",)), _infinitive_beside_infinitive),
    ("relation", frozenset(("conj",)), _noun_of_series),
    ("relation", frozenset(("compound", "nmod")), _name_as_genitive),
    ("relation", frozenset(("nsubj", "nsubj:pass", "obj")), _noun_with_subject),
)
"""The rules in their order, each with what a word must have, at the least, for the rule to be asked about it: a tag, a relation or a spelling."""
