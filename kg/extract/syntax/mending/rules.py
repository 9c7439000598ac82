"""What the parser gets wrong by habit in news, mended on the finished parse: one small rule for each habit.

The rules look at tags, relations and the codes of the line's items; none knows a word of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import Final

from kg.extract.line.items import Line
from kg.extract.syntax.english import Parsed
from kg.extract.syntax.mending import apposition, attachment, clauses, coordination, relatives, reported_speech, word_classes
from kg.extract.syntax.mending.parse import FINITE, SUBJECTS, Heads, Parse
from kg.extract.syntax.plain import Plain


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


VERBS: Final = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")

RULES: Final[tuple[tuple[str, Container[str], Callable[[Parse, int], None]], ...]] = (
    ("key", ("whose",), relatives.whose),
    ("tag", ("VBG",), word_classes.adjective_before_name),
    ("tag", VERBS, word_classes.noun_taken_for_verb),
    ("tag", ("NNS",), word_classes.verb_taken_for_noun),
    ("tag", ("NN", "NNS"), word_classes.verb_with_its_object),
    ("key", attachment.DIRECTIONS, attachment.direction_behind_name),
    ("relation", ("nmod", "obl", "appos"), coordination.coordinated_phrase),
    ("relation", ("conj",), coordination.second_act),
    ("key", ("that",), reported_speech.told_somebody_that),
    ("tag", ("VBD", "VBN"), clauses.participle_taken_for_verb),
    ("tag", FINITE, clauses.subject_behind_conjunction),
    ("relation", ("nsubj",), clauses.conjunction_of_subject),
    ("relation", ("amod",), coordination.harm_before_number),
    ("tag", FINITE, clauses.participle_before_main_verb),
    ("tag", FINITE, clauses.verb_after_noun),
    ("relation", ("acl", "advcl"), clauses.infinitive_of_object),
    ("relation", ("conj",), coordination.infinitive_beside_infinitive),
    ("relation", ("conj",), coordination.noun_of_series),
    ("relation", ("nmod",), attachment.agent_below_complement),
    ("relation", ("obl:agent",), attachment.verb_with_by),
    ("relation", ("conj", "acl:relcl", "acl", "advcl"), reported_speech.attribution_at_the_end),
    ("relation", ("nsubj",), apposition.name_behind_its_kind),
    ("relation", SUBJECTS, attachment.including),
    ("relation", ("conj", "advcl", "acl", "xcomp"), coordination.number_before_participle),
    ("relation", ("obl", "nmod"), attachment.place_before_adverb),
    ("relation", ("acl:relcl",), relatives.relative_of_what_stands_nearer),
    ("relation", ("acl", "acl:relcl"), word_classes.participle_with_object),
    ("relation", ("acl", "acl:relcl", "nmod", "parataxis"), clauses.main_verb_below_the_root),
    ("tag", ("JJ", "NN", "NNS", "NNP"), word_classes.participle_taken_for_adjective),
    ("tag", ("NN", "NNS"), word_classes.verb_behind_adverb),
    ("relation", ("obl:unmarked",), attachment.time_of_what_is_spoken_of),
    ("relation", ("obl",), attachment.place_of_what_is_spoken_of),
    ("relation", ("appos",), apposition.holder_behind_body),
    ("relation", ("obl", "obl:unmarked"), attachment.day_of_nearer_act),
    ("relation", ("nmod",), attachment.tool_of_verb),
    ("relation", ("compound", "amod", "nmod:unmarked"), attachment.day_that_opens),
    ("relation", ("compound", "amod", "nummod"), attachment.day_before_subject),
    ("relation", SUBJECTS, apposition.day_as_subject),
    ("tag", ("VB", "VBP"), word_classes.noun_behind_adjective),
    ("relation", ("acl",), reported_speech.participle_before_attribution),
    ("key", ("operation",), apposition.operation_by_name),
    ("relation", ("conj",), relatives.main_verb_behind_relative),
)
"""The rules in their order, each with what a word must have, at the least, for the rule to be asked about it: a tag, a relation or a spelling."""
