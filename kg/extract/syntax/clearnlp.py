"""ClearNLP's dependency labels, which spaCy's own English models give, turned into Universal Dependencies as far as the rules ask.

The two differ in three ways: names of labels; prepositions, which ClearNLP puts between a verb and its oblique and UD below it; and the copula,
which is the head in ClearNLP and a dependent in UD.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.extract.syntax.english import Parsed

LABELS: Final = {
    "dobj": "obj",
    "dative": "iobj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "relcl": "acl:relcl",
    "poss": "nmod:poss",
    "npadvmod": "obl:unmarked",
    "prt": "compound:prt",
    "neg": "advmod",
    "oprd": "xcomp",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "quantmod": "advmod",
    "nn": "compound",
}
"""Labels that only bear another name."""

NOMINAL: Final = ("N", "CD", "PRP", "DT", "WP", "JJ")
"""First letters of the tags of words whose modifiers are `nmod` rather than `obl`."""


def universal(words: Sequence[Parsed], forms: Sequence[str]) -> tuple[Parsed, ...]:
    """The parse in the labels and the shape of Universal Dependencies; `forms` are the words in lower case."""
    heads = [word.head for word in words]
    relations = [LABELS.get(word.relation, word.relation) for word in words]
    for index, word in enumerate(words):
        if word.relation in ("pobj", "pcomp"):
            _lift(index, words, forms, heads, relations)
        elif word.relation == "cc":  # stands before its conjunct, below the first one
            conjunct = next((i for i, w in enumerate(words) if i > index and w.relation == "conj" and w.head == word.head), index)
            heads[index] = conjunct if conjunct != index else heads[index]
    for index, relation in enumerate(relations):
        if relation == "cc" and relations[heads[index]] == "case":
            heads[index] = heads[heads[index]]
        if relation == "prep":  # without an object of its own: the place he came from
            relations[index] = "advmod"
    for index, word in enumerate(words):
        if word.relation in ("attr", "acomp") and words[word.head].tag.startswith(("VB", "MD")):
            _predicate(index, words, heads, relations)
    return tuple(
        word._replace(head=head, relation="ROOT" if head == index else relation)
        for index, (word, head, relation) in enumerate(zip(words, heads, relations, strict=True))
    )


def _lift(index: int, words: Sequence[Parsed], forms: Sequence[str], heads: list[int], relations: list[str]) -> None:
    """A preposition's object stands where the preposition stood, and the preposition below it."""
    preposition = words[index].head
    above = heads[preposition]
    if above in (preposition, index):
        return
    if words[preposition].relation == "conj" and relations[above] in ("case", "mark"):  # in Syria and in Iraq
        relations[index], heads[index], heads[preposition], relations[preposition] = "conj", heads[above], index, "case"
        return
    if words[preposition].relation == "prep" and words[above].relation == "prep" and heads[above] != above:  # out of Iraq
        heads[preposition], relations[preposition] = index, "case"
        preposition, above = above, heads[above]
    clause = words[index].relation == "pcomp"
    nominal = words[above].tag.startswith(NOMINAL)
    agent = words[preposition].relation == "agent" or (forms[preposition] == "by" and words[above].tag == "VBN")
    relations[index] = ("acl" if nominal else "advcl") if clause else "nmod" if nominal else "obl:agent" if agent else "obl"
    heads[index], heads[preposition], relations[preposition] = above, index, "mark" if clause else "case"


def _predicate(index: int, words: Sequence[Parsed], heads: list[int], relations: list[str]) -> None:
    """What is said of a subject by a copula is the head of the clause."""
    copula = words[index].head
    above, relation = heads[copula], relations[copula]
    for other in range(len(words)):
        if heads[other] == copula and other not in (copula, index):
            heads[other] = index
    heads[index], relations[index] = (index, "ROOT") if above == copula else (above, relation)
    heads[copula], relations[copula] = index, "cop"
