"""ClearNLP's labels, hand-built, and the clauses that the rules read off them: the same as off Universal Dependencies."""

from __future__ import annotations

import pytest

from kg.extract.line.items import Item, Line
from kg.extract.syntax.clauses import Clauses
from kg.extract.syntax.clearnlp import universal
from kg.extract.syntax.english import Parsed
from kg.extract.syntax.tree import Node, Tree
from kg.model import Span

LIGHT = frozenset(("launched", "carried out"))


def converted(parse: str) -> Tree:
    """The tree of a parse written as `word/TAG/label/head`, heads counted from 1, 0 for the root."""
    rows = [word.split("/") for word in parse.split()]
    given = [Parsed(tag, label, int(head) - 1 if head != "0" else index) for index, (_, tag, label, head) in enumerate(rows)]
    made = universal(given, [word.lower() for word, *_ in rows])
    text, items, nodes = " ".join(word for word, *_ in rows), [], []
    for index, ((word, *_), parsed) in enumerate(zip(rows, made, strict=True)):
        start = sum(len(other) + 1 for other, *_ in rows[:index])
        items.append(Item("", word.lower(), word, Span(start, start + len(word))))
        nodes.append(Node.of(index, word, parsed, index))
    return Tree(Line(Span(0, len(text)), text, tuple(items), "", {}), tuple(nodes))


def arcs(tree: Tree) -> set[str]:
    return {f"{n.relation}({tree.nodes[n.head].words}, {n.words})" for n in tree.nodes if n.relation not in ("det", "punct", "compound")}


ACTIVE = "Israel/NNP/nsubj/2 struck/VBD/ROOT/0 the/DT/det/4 base/NN/dobj/2 in/IN/prep/4 Jordan/NNP/pobj/5 on/IN/prep/2 Monday/NNP/pobj/7 ././punct/2"
PASSIVE = (
    "The/DT/det/2 base/NN/nsubjpass/4 was/VBD/auxpass/4 struck/VBN/ROOT/0 by/IN/agent/4 Israel/NNP/pobj/5 with/IN/prep/4 rockets/NNS/pobj/7"
)
RELATIVE = (
    "Rockets/NNS/nsubj/6 that/WDT/nsubj/3 hit/VBD/relcl/1 the/DT/det/5 base/NN/dobj/3 came/VBD/ROOT/0 from/IN/prep/6 Syria/NNP/pobj/7"
)
COPULA = "The/DT/det/2 group/NN/nsubj/3 is/VBZ/ROOT/0 part/NN/attr/3 of/IN/prep/4 the/DT/det/7 army/NN/pobj/5"
ADJECTIVE = "He/PRP/nsubj/2 said/VBD/ROOT/0 that/IN/mark/6 Iran/NNP/nsubj/5 was/VBD/ccomp/2 responsible/JJ/acomp/5".replace(
    "mark/6", "mark/5"
)
CLAUSE = "The/DT/det/2 army/NN/nsubj/3 accused/VBD/ROOT/0 Iran/NNP/dobj/3 of/IN/prep/3 striking/VBG/pcomp/5 the/DT/det/8 base/NN/dobj/6"
NESTED = "Attacks/NNS/nsubj/7 on/IN/prep/1 bases/NNS/pobj/2 of/IN/prep/3 the/DT/det/6 coalition/NN/pobj/4 rose/VBD/ROOT/0"
NOUN = "The/DT/det/2 army/NN/nsubj/3 launched/VBD/ROOT/0 a/DT/det/5 strike/NN/dobj/3 on/IN/prep/5 Mosul/NNP/pobj/6"
OWNED = "Israel/NNP/poss/3 's/POS/case/1 killing/NN/nsubj/6 of/IN/prep/3 Haniyeh/NNP/pobj/4 angered/VBD/ROOT/0 Iran/NNP/dobj/6"
TOLD = "A/DT/det/2 source/NN/nsubj/3 told/VBD/ROOT/0 reporters/NNS/dative/3 it/PRP/nsubj/6 fell/VBD/ccomp/3"
NAMED = "The/DT/det/2 militia/NN/nsubjpass/4 was/VBD/auxpass/4 called/VBN/ROOT/0 a/DT/det/6 gang/NN/oprd/4 by/IN/agent/4 Iran/NNP/pobj/7"

TWICE = "They/PRP/nsubj/2 fought/VBD/ROOT/0 in/IN/prep/2 Syria/NNP/pobj/3 and/CC/cc/3 in/IN/conj/3 Iraq/NNP/pobj/6"
OUT = "They/PRP/nsubj/2 came/VBD/ROOT/0 out/IN/prep/2 of/IN/prep/3 Iraq/NNP/pobj/4"

CONVERTED = [
    (
        TWICE,
        {
            "nsubj(fought, They)",
            "ROOT(fought, fought)",
            "obl(fought, Syria)",
            "case(Syria, in)",
            "conj(Syria, Iraq)",
            "case(Iraq, in)",
            "cc(Iraq, and)",
        },
    ),
    (OUT, {"nsubj(came, They)", "ROOT(came, came)", "obl(came, Iraq)", "case(Iraq, out)", "case(Iraq, of)"}),
    (
        ACTIVE,
        {
            "nsubj(struck, Israel)",
            "ROOT(struck, struck)",
            "obj(struck, base)",
            "nmod(base, Jordan)",
            "case(Jordan, in)",
            "obl(struck, Monday)",
            "case(Monday, on)",
        },
    ),
    (
        PASSIVE,
        {
            "nsubj:pass(struck, base)",
            "aux:pass(struck, was)",
            "ROOT(struck, struck)",
            "obl:agent(struck, Israel)",
            "case(Israel, by)",
            "obl(struck, rockets)",
            "case(rockets, with)",
        },
    ),
    (
        RELATIVE,
        {
            "nsubj(came, Rockets)",
            "nsubj(hit, that)",
            "acl:relcl(Rockets, hit)",
            "obj(hit, base)",
            "ROOT(came, came)",
            "obl(came, Syria)",
            "case(Syria, from)",
        },
    ),
    (COPULA, {"nsubj(part, group)", "cop(part, is)", "ROOT(part, part)", "nmod(part, army)", "case(army, of)"}),
    (
        ADJECTIVE,
        {
            "nsubj(said, He)",
            "ROOT(said, said)",
            "mark(responsible, that)",
            "nsubj(responsible, Iran)",
            "cop(responsible, was)",
            "ccomp(said, responsible)",
        },
    ),
    (
        CLAUSE,
        {
            "nsubj(accused, army)",
            "ROOT(accused, accused)",
            "obj(accused, Iran)",
            "mark(striking, of)",
            "advcl(accused, striking)",
            "obj(striking, base)",
        },
    ),
    (
        NESTED,
        {
            "nsubj(rose, Attacks)",
            "nmod(Attacks, bases)",
            "case(bases, on)",
            "nmod(bases, coalition)",
            "case(coalition, of)",
            "ROOT(rose, rose)",
        },
    ),
    (
        NAMED,
        {
            "nsubj:pass(called, militia)",
            "aux:pass(called, was)",
            "ROOT(called, called)",
            "xcomp(called, gang)",
            "obl:agent(called, Iran)",
            "case(Iran, by)",
        },
    ),
]


@pytest.mark.parametrize(("parse", "expected"), CONVERTED, ids=[" ".join(w.split("/")[0] for w in p.split()) for p, _ in CONVERTED])
def test_labels_and_shape_become_those_of_universal_dependencies(parse: str, expected: set[str]) -> None:
    assert arcs(converted(parse)) == expected


READ = [
    # parse, predicate, doers, undergoers, beside
    (ACTIVE, "struck", ["Israel"], ["base"], {"on": ["Monday"]}),
    (PASSIVE, "struck", ["Israel"], ["base"], {"by": ["Israel"], "with": ["rockets"]}),
    (RELATIVE, "hit", ["Rockets"], ["base"], {}),
    (CLAUSE, "striking", ["Iran"], ["base"], {}),
    (NOUN, "strike", ["army"], ["Mosul"], {"on": ["Mosul"]}),
    (OWNED, "killing", ["Israel"], ["Haniyeh"], {"of": ["Haniyeh"]}),
    (NESTED, "Attacks", [], ["bases"], {"on": ["bases"]}),
]


@pytest.mark.parametrize(("parse", "predicate", "doers", "undergoers", "beside"), READ, ids=[row[1] + " " + row[0][:12] for row in READ])
def test_the_rules_read_the_same_arguments(
    parse: str, predicate: str, doers: list[str], undergoers: list[str], beside: dict[str, list[str]]
) -> None:
    tree = converted(parse)
    clause = Clauses(tree, LIGHT).of(next(n.index for n in tree.nodes if n.words == predicate))
    shown = lambda nodes: [tree.nodes[i].words for i in nodes]  # noqa: E731 - a name for one line
    assert shown(clause.doers) == doers
    assert shown(clause.undergoers) == undergoers
    assert {preposition: shown(nodes) for preposition, nodes in clause.beside.items() if nodes} == beside


def test_the_hearer_and_the_content_of_what_is_told_are_read() -> None:
    tree = converted(TOLD)
    clause = Clauses(tree, LIGHT).of(2)
    assert [tree.nodes[i].words for i in clause.hearers] == ["reporters"]
    assert [tree.nodes[i].words for i in clause.content] == ["fell"]


def test_every_tree_has_one_root_and_no_circle() -> None:
    for parse in (ACTIVE, PASSIVE, RELATIVE, COPULA, ADJECTIVE, CLAUSE, NESTED, NOUN, OWNED, TOLD, NAMED, TWICE, OUT):
        tree = converted(parse)
        assert [n.relation for n in tree.nodes if n.head == n.index] == ["ROOT"]
        assert all(len(list(tree.above(n.index))) < len(tree.nodes) for n in tree.nodes)
