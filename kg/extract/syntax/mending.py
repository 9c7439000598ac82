"""What the parser gets wrong by habit in news, mended on the finished parse: one small rule for each habit.

The rules look at tags, relations and the codes of the line's items; none knows a word of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Final, SupportsIndex

from kg.extract.line import Line
from kg.extract.syntax.english import Parsed
from kg.extract.syntax.grammar import ADDRESSING, OBJECT_CONTROL
from kg.extract.syntax.plain import ADVERB, Plain

FINITE: Final = ("VBD", "VBZ", "VBP")
CONJUNCTIONS: Final = frozenset(("after", "before", "since", "as", "until", "while", "when", "because"))
LOOSE: Final = ("advcl", "dep", "parataxis", "xcomp", "ccomp", "acl", "conj")
DIRECTIONS: Final = frozenset(("east", "west", "north", "south", "northeast", "northwest", "southeast", "southwest"))
SUBJECTS: Final = ("nsubj", "nsubj:pass", "csubj", "expl")


class Heads(list[int]):
    """The head of each word, the root's own; knows what stands below a word until a head is changed."""

    _below: dict[int, list[int]] | None = None

    def below(self, index: int) -> Sequence[int]:
        """The words whose head a word is, itself left out, in order."""
        if self._below is None:
            self._below = {}
            for child, head in enumerate(self):
                if child != head:
                    self._below.setdefault(head, []).append(child)
        return self._below.get(index, ())

    def __setitem__(self, index: SupportsIndex, head: int) -> None:  # type: ignore[override]
        self._below = None
        super().__setitem__(index, head)


@dataclass(slots=True)
class Parse:
    """A parse in the making, and what is known of its words."""

    tags: list[str]
    relations: list[str]
    heads: Heads
    keys: tuple[str, ...]
    codes: tuple[str, ...]
    counts: tuple[bool, ...]
    norms: tuple[str | None, ...] = ()
    items: tuple[int, ...] = ()

    def below(self, index: int, *relations: str) -> list[int]:
        """The dependents of a word by some relations, or all."""
        below = self.heads.below(index)
        return [i for i in below if self.relations[i] in relations] if relations else list(below)

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
    items = [line.items[each.item] for each in row]
    parse = Parse(
        [word.tag for word in parsed],
        [word.relation for word in parsed],
        Heads(word.head for word in parsed),
        tuple([each.word.words.lower() for each in row]),
        tuple([item.codes for item in items]),
        tuple([item.count is not None for item in items]),
        tuple([each.word.norm for each in row]),
        tuple([each.item for each in row]),
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


def _verb_taken_for_noun(parse: Parse, verb: int) -> None:
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


def _verb_with_its_object(parse: Parse, noun: int) -> None:
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


def _subject_behind_conjunction(parse: Parse, verb: int) -> None:
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


def _participle_before_main_verb(parse: Parse, verb: int) -> None:
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


def _agent_below_complement(parse: Parse, agent: int) -> None:
    """Was designated a terrorist group by X, was hit in Y by X: with a passive verb, what stands under "by" behind its complement is its agent."""
    noun = parse.heads[agent]
    verb = parse.heads[noun]
    if parse.relations[agent] != "nmod" or not any(parse.keys[i] == "by" for i in parse.below(agent, "case")):
        return
    complement = parse.relations[noun] in ("obj", "xcomp", "obl:unmarked") and not set(parse.codes[noun]) & set("KQ")
    named = parse.relations[noun] == "obl" and parse.norms[noun] is not None
    if (complement or named) and parse.below(verb, "aux:pass") and not parse.below(verb, "obl:agent"):
        parse.move(agent, verb, "obl:agent")


def _attribution_at_the_end(parse: Parse, verb: int) -> None:
    """…, an officer told reporters: a speech verb that ends the sentence with a subject of its own behind a comma says all that stands before."""
    if "Q" not in parse.codes[verb] or parse.relations[verb] not in ("conj", "acl:relcl", "acl", "advcl") or not parse.finite(verb):
        return
    subjects = parse.below(verb, "nsubj")
    if len(subjects) != 1 or parse.below(verb, "cc", "mark", "ccomp", "xcomp", "conj") or parse.tags[subjects[0]].startswith("W"):
        return
    clause = _within(parse, verb)
    body = parse.heads[verb]  # the agency X reported: the name stands behind the noun of its kind
    kind = body == subjects[0] - 1 and "G" in parse.codes[body] and parse.relations[verb] == "acl:relcl"
    phrase = _within(parse, body) if kind else _within(parse, subjects[0])
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


PUNCTUATION: Final = (".", ",", "''", "``", "-RRB-", ":")


def _within(parse: Parse, index: int) -> set[int]:
    """A word and all below it."""
    return {index}.union(*(_within(parse, child) for child in parse.below(index)))


def _name_behind_its_kind(parse: Parse, name: int) -> None:
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


def _including(parse: Parse, noun: int) -> None:
    """Two people, including X, were killed: what is included is no subject beside the whole."""
    if parse.relations[noun] in SUBJECTS and any(parse.keys[i] in ("including", "excluding") for i in parse.below(noun, "case")):
        for whole in parse.below(parse.heads[noun], *SUBJECTS):
            if whole < noun:
                parse.move(noun, whole, "nmod")
                return


def _number_before_participle(parse: Parse, verb: int) -> None:
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


def _place_before_adverb(parse: Parse, time: int) -> None:
    """At X last Monday: the preposition belongs to the place, not to the day, which has none."""
    if "D" not in parse.codes[time] or parse.keys[time] != ADVERB or parse.relations[time] not in ("obl", "nmod"):
        return
    cases = parse.below(time, "case")
    places = [i for i in parse.below(time, "amod", "compound") if i == time - 1 and i - 1 in cases]
    if places:
        parse.heads[places[0]], parse.relations[places[0]] = parse.heads[time], parse.relations[time]
        parse.heads[places[0] - 1] = places[0]
        parse.relations[time] += ":unmarked"


def _relative_of_what_stands_nearer(parse: Parse, verb: int) -> None:
    """X, leader of Y, which …: no person is a "which"; the clause goes on with the name right before it."""
    if parse.relations[verb] != "acl:relcl" or parse.norms[parse.heads[verb]] != "<person>":
        return
    for pronoun in range(parse.heads[verb] + 1, verb):
        if parse.keys[pronoun] == "which" and pronoun > 1 and parse.keys[pronoun - 1] == ",":
            nearer = pronoun - 2
            if parse.norms[nearer] not in (None, "<person>") and nearer not in _within(parse, verb):
                parse.move(verb, nearer, "acl:relcl")
            return


def _finite_of(parse: Parse, verb: int, root: int) -> bool:
    """Whether a form is finite, or may be one behind a weapon: a bomb exploded."""
    weapon = "W" in parse.codes[root] and parse.tags[verb] == "VBN" and verb == root + 1 and set(parse.codes[verb]) & set("V")
    return parse.finite(verb) or bool(weapon)


def _main_verb_below_the_root(parse: Parse, verb: int) -> None:
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


def _participle_with_object(parse: Parse, verb: int) -> None:
    """Turkish warplanes bombed the Zab area: what has an object is no passive participle."""
    if parse.tags[verb] == "VBN" and parse.below(verb, "obj") and not parse.below(verb, "aux", "aux:pass", "obl:agent", "nsubj:pass"):
        parse.tags[verb] = "VBD"


def _time_of_what_is_spoken_of(parse: Parse, time: int) -> None:
    """Condemned the killings on the coast last week: behind an act that is spoken of, a day is the act's rather than the speech's."""
    verb = parse.heads[time]
    if (
        parse.relations[time] != "obl:unmarked"
        or "D" not in parse.codes[time]
        or "Q" not in parse.codes[verb]
        or parse.below(verb, "ccomp")
    ):
        return
    spoken = [i for o in parse.below(verb, "obj") for i in _within(parse, o) if "K" in parse.codes[i] and parse.tags[i].startswith("NN")]
    last = max((i for i in spoken if verb < i < time), default=None)
    if last is not None and time - 1 in _within(parse, last):
        parse.move(time, last, "nmod:unmarked")


def _place_of_what_is_spoken_of(parse: Parse, place: int) -> None:
    """Attributed the attack on X to Y: of two phrases behind an act that is spoken of, the nearer is the act's."""
    verb = parse.heads[place]
    if parse.relations[place] != "obl" or "Q" not in parse.codes[verb] or not set(parse.codes[place]) & set("LBTSOIU"):
        return
    acts = [i for i in parse.below(verb, "obj") if "K" in parse.codes[i] and i == min(_within(parse, place)) - 1]
    to = [i for i in parse.below(verb, "obl") if i > place and any(parse.keys[c] == "to" for c in parse.below(i, "case"))]
    if acts and to and any(parse.keys[c] in ("on", "in", "at", "against") for c in parse.below(place, "case")):
        parse.move(place, acts[0], "nmod")


def _verb_with_by(parse: Parse, agent: int) -> None:
    """Stood by its decision: "by" that is part of what the lexicon knows as a verb leads no agent."""
    verb = parse.heads[agent]
    known = set(parse.codes[verb]) & set("QVHE") and not parse.below(verb, "aux:pass", "nsubj:pass")
    if known and any(parse.keys[i] == "by" and parse.items[i] == parse.items[verb] for i in parse.below(agent, "case")):
        parse.relations[agent] = "obl"


def _whose(parse: Parse, pronoun: int) -> None:
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
    inside = _within(parse, verb)
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


def _participle_taken_for_adjective(parse: Parse, word: int) -> None:
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


def _verb_behind_adverb(parse: Parse, verb: int) -> None:
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


def _tool_of_verb(parse: Parse, tool: int) -> None:
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


def _day_that_opens(parse: Parse, day: int) -> None:
    """This morning shells fell: a day that opens the sentence is the verb's, not a modifier of its subject."""
    noun = parse.heads[day]
    verb = parse.heads[noun]
    if day or "D" not in parse.codes[day] or parse.relations[day] not in ("compound", "amod", "nmod:unmarked") or parse.below(day, "case"):
        return
    if parse.relations[noun] in ("nsubj", "nsubj:pass") and parse.tags[verb].startswith("VB") and parse.keys[day] in ADVERBS:
        parse.move(day, verb, "obl:unmarked")


def _day_as_subject(parse: Parse, day: int) -> None:
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


def _noun_behind_adjective(parse: Parse, noun: int) -> None:
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


def _participle_before_attribution(parse: Parse, verb: int) -> None:
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
    first = min(i for i in _within(parse, others[0]) if parse.tags[i] not in PUNCTUATION)
    if parse.keys[first - 1] != "," or "by" in parse.keys[verb : verb + 2]:
        return
    parse.heads[verb], parse.relations[verb], parse.tags[verb] = speech, "ccomp", "VBD"
    parse.heads[noun], parse.relations[noun] = verb, "nsubj"


def _speakers_in_list(parse: Parse, thing: int, verb: int, speech: int) -> list[int]:
    """Killing five soldiers, officers and doctors said: where a weapon or an act cannot speak, those behind the comma do; they are parted from the list."""
    if not set(parse.codes[thing]) & set("WK"):
        return []
    listed = [i for i in sorted(_within(parse, verb)) if parse.relations[i] == "conj" and set(parse.codes[i]) & set("RZ") and i < speech]
    starts = [i for i in listed if parse.keys[min(j for j in _within(parse, i) if parse.tags[j] not in PUNCTUATION) - 1] == ","]
    if len(starts) != 1 or any(parse.tags[i].startswith("VB") for i in range(starts[0], speech)):
        return []
    for other in [i for i in parse.below(parse.heads[starts[0]], "conj") if i > starts[0]]:
        parse.heads[other] = starts[0]
    parse.heads[starts[0]], parse.relations[starts[0]] = speech, "nsubj"
    return starts


def _day_of_nearer_act(parse: Parse, day: int) -> None:
    """On Monday they fired at X in answer to the bombing of Y on Sunday: of two days of one verb the second is that of the act before it."""
    verb = parse.heads[day]
    if "D" not in parse.codes[day] or parse.relations[day] not in ("obl", "obl:unmarked") or not parse.tags[verb].startswith("VB"):
        return
    if not any("D" in parse.codes[i] and i < verb < day and parse.relations[i].startswith("obl") for i in parse.below(verb)):
        return
    start = min(_within(parse, day))
    for phrase in parse.below(verb, "obl", "advcl"):
        inside = _within(parse, phrase)
        acts = [i for i in inside if "K" in parse.codes[i] and parse.tags[i].startswith("NN") and verb < i < day]
        if verb < phrase < day and start - 1 in inside and acts:
            nearest = [i for i in acts if start - 1 in _within(parse, i)]
            if nearest:
                parse.move(day, max(nearest), "nmod")
            return


def _holder_behind_body(parse: Parse, name: int) -> None:
    """The commander in the Guard, X: a person is no apposition to a body but to the office before it."""
    body = parse.heads[name]
    office = parse.heads[body]
    person = parse.relations[name] == "appos" and bool(set(parse.codes[name]) & set("PU")) and "O" not in parse.codes[name]
    bodied = "O" in parse.codes[body] and parse.relations[body] == "nmod" and "R" in parse.codes[office]
    if person and bodied and office < body < name:
        parse.move(name, office, "appos")


def _main_verb_behind_relative(parse: Parse, verb: int) -> None:
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


def _operation_by_name(parse: Parse, noun: int) -> None:
    """Operation Northern Wind was launched by X: a name right behind the noun and beside it in the clause is the operation's."""
    name = noun + 1
    if name == len(parse.heads) or not set(parse.codes[name]) & set("UO"):
        return
    if parse.heads[name] == parse.heads[noun] != noun and parse.relations[name] == parse.relations[noun]:
        parse.move(name, noun, "flat")


def _told_somebody_that(parse: Parse, that: int) -> None:
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


ADVERBS: Final = (ADVERB, "today", "this", "last")
VERBS: Final = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")

RULES: Final[tuple[tuple[str, Container[str], Callable[[Parse, int], None]], ...]] = (
    ("key", ("whose",), _whose),
    ("tag", ("VBG",), _adjective_before_name),
    ("tag", VERBS, _noun_taken_for_verb),
    ("tag", ("NNS",), _verb_taken_for_noun),
    ("tag", ("NN", "NNS"), _verb_with_its_object),
    ("key", DIRECTIONS, _direction_behind_name),
    ("relation", ("nmod", "obl", "appos"), _coordinated_phrase),
    ("key", ("that",), _told_somebody_that),
    ("tag", ("VBD", "VBN"), _participle_taken_for_verb),
    ("tag", FINITE, _subject_behind_conjunction),
    ("relation", ("nsubj",), _conjunction_of_subject),
    ("relation", ("amod",), _harm_before_number),
    ("tag", FINITE, _participle_before_main_verb),
    ("tag", FINITE, _verb_after_noun),
    ("relation", ("acl", "advcl"), _infinitive_of_object),
    ("relation", ("conj",), _infinitive_beside_infinitive),
    ("relation", ("conj",), _noun_of_series),
    ("relation", ("nmod",), _agent_below_complement),
    ("relation", ("obl:agent",), _verb_with_by),
    ("relation", ("conj", "acl:relcl", "acl", "advcl"), _attribution_at_the_end),
    ("relation", ("nsubj",), _name_behind_its_kind),
    ("relation", SUBJECTS, _including),
    ("relation", ("conj", "advcl", "acl", "xcomp"), _number_before_participle),
    ("relation", ("obl", "nmod"), _place_before_adverb),
    ("relation", ("acl:relcl",), _relative_of_what_stands_nearer),
    ("relation", ("acl", "acl:relcl"), _participle_with_object),
    ("relation", ("acl", "acl:relcl", "nmod", "parataxis"), _main_verb_below_the_root),
    ("tag", ("JJ", "NN", "NNS", "NNP"), _participle_taken_for_adjective),
    ("tag", ("NN", "NNS"), _verb_behind_adverb),
    ("relation", ("obl:unmarked",), _time_of_what_is_spoken_of),
    ("relation", ("obl",), _place_of_what_is_spoken_of),
    ("relation", ("appos",), _holder_behind_body),
    ("relation", ("obl", "obl:unmarked"), _day_of_nearer_act),
    ("relation", ("nmod",), _tool_of_verb),
    ("relation", ("compound", "amod", "nmod:unmarked"), _day_that_opens),
    ("relation", SUBJECTS, _day_as_subject),
    ("tag", ("VB", "VBP"), _noun_behind_adjective),
    ("relation", ("acl",), _participle_before_attribution),
    ("key", ("operation",), _operation_by_name),
    ("relation", ("conj",), _main_verb_behind_relative),
)
"""The rules in their order, each with what a word must have, at the least, for the rule to be asked about it: a tag, a relation or a spelling."""
