"""Clauses, contexts and phrases, read off parsed sentences: each form with an example, and what must not be read beside it."""

from __future__ import annotations

from functools import cache

import pytest

from kg.extract.syntax.clauses import Clause, Clauses
from kg.extract.syntax.contexts import context
from kg.extract.syntax.phrases import Phrases
from kg.extract.syntax.tree import Tree
from kg.terms import vocabulary
from tests.extract.test_trees import tree


@cache
def light() -> frozenset[str]:
    return frozenset(cue.words for cue in vocabulary().cues("lightVerbCue"))


def node(sentence: Tree, start: str) -> int:
    """The first node whose words begin so."""
    return next(n.index for n in sentence.nodes if n.words.lower().startswith(start))


def clause(text: str, predicate: str) -> tuple[Tree, Clause]:
    sentence = tree(text)
    return sentence, Clauses(sentence, light()).of(node(sentence, predicate))


def shown(sentence: Tree, nodes: tuple[int, ...]) -> str:
    return ", ".join(sentence.nodes[i].words.split()[0] for i in nodes)


FORMS = [
    # text, predicate, doers, undergoers
    ("Israel struck the base in Jordan on Monday.", "struck", "Israel", "base"),
    ("The base was struck by Israel.", "struck", "Israel", "base"),
    ("The base was struck on Monday.", "struck", "", "base"),
    ("Israel's strike on the base killed two soldiers.", "strike", "Israel", "base"),
    ("A strike on the base by Israel killed two soldiers.", "strike", "Israel", "base"),
    ("An Israeli strike on the base killed two soldiers.", "strike", "Israeli", "base"),
    ("Israel carried out a strike on the base.", "strike", "Israel", "base"),
    ("A strike on the base was carried out by Israel.", "strike", "Israel", "base"),
    ("Hezbollah launched an attack against Israel.", "attack", "Hezbollah", "Israel"),
    ("The group, which struck the base, denied it.", "struck", "group", "base"),
    ("The base struck by Israel burned.", "struck", "Israel", "base"),
    ("Israel bombed the base and killed two soldiers.", "killed", "Israel", "soldiers"),
    ("The group threatened to attack the base.", "attack", "group", "base"),
    ("Washington accused the group of attacking the base.", "attacking", "group", "base"),
    ("Iran and Hezbollah struck Israel.", "struck", "Iran, Hezbollah", "Israel"),
    ("Israel struck Damascus and Aleppo.", "struck", "Israel", "Damascus, Aleppo"),
    ("The rocket hit the base.", "hit", "rocket", "base"),
]


@pytest.mark.parametrize(("text", "predicate", "doers", "undergoers"), FORMS, ids=[row[0] for row in FORMS])
def test_one_act_has_the_same_arguments_in_every_form(text: str, predicate: str, doers: str, undergoers: str) -> None:
    sentence, read = clause(text, predicate)
    assert (shown(sentence, read.doers), shown(sentence, read.undergoers)) == (doers, undergoers)


NOT_DOERS = [
    # text, predicate, a word that is neither doer nor undergoer of it
    ("Iran said that Israel struck the base.", "struck", "Iran"),
    ("Hezbollah struck the base after Iran left.", "struck", "Iran"),
    ("The base was struck with rockets from Iran.", "struck", "Iran"),
    ("Supporters of Hamas struck the base.", "struck", "Hamas"),
    ("The group that Iran supports struck the base.", "struck", "Iran"),
    ("The base was struck near Israel.", "struck", "Israel"),
]


@pytest.mark.parametrize(("text", "predicate", "other"), NOT_DOERS, ids=[row[0] for row in NOT_DOERS])
def test_who_is_only_named_beside_an_act_takes_no_part_in_it(text: str, predicate: str, other: str) -> None:
    sentence, read = clause(text, predicate)
    assert other not in shown(sentence, (*read.doers, *read.undergoers))


CONTEXTS = [
    # text, predicate, realis
    ("Israel struck the base.", "struck", "asserted"),
    ("Israel did not strike the base.", "strike", "negated"),
    ("Israel never struck the base.", "struck", "negated"),
    ("Israel will strike the base.", "strike", "planned"),
    ("Israel could strike the base.", "strike", "hypothetical"),
    ("If Israel struck the base, the war would spread.", "struck", "hypothetical"),
    ("If officials say that Israel struck the base, the talks are over.", "struck", "hypothetical"),
    ("Israel threatened to strike the base.", "strike", "threatened"),
    ("The group denied that it struck the base.", "struck", "denied"),
    ("Washington accused Iran of striking the base.", "striking", "alleged"),
    ("Israel demanded that the group leave the base.", "leave", "planned"),
    ("The group allegedly struck the base.", "struck", "alleged"),
    ("The army said that Israel struck the base.", "struck", "asserted"),
    ("The army condemned the strike on the base.", "strike", "asserted"),
    ("He spoke after Israel struck the base.", "struck", "asserted"),
    ("Israel began to bomb the base.", "bomb", "asserted"),
    ("Israel promised to strike the base.", "strike", "planned"),
]


@pytest.mark.parametrize(("text", "predicate", "realis"), CONTEXTS, ids=[row[0] for row in CONTEXTS])
def test_how_a_sentence_puts_an_act(text: str, predicate: str, realis: str) -> None:
    sentence = tree(text)
    assert context(sentence, node(sentence, predicate)).realis == f"realis/{realis}"


def test_content_and_mention_of_speech_are_told_apart() -> None:
    said = tree("The army said that Israel struck the base.")
    assert shown(said, context(said, node(said, "struck")).acts) == "said"
    condemned = tree("The army condemned the strike on the base.")
    found = context(condemned, node(condemned, "strike"))
    assert (found.acts, shown(condemned, found.mentioned)) == ((), "condemned")


ACTORS = [
    # text, head of the phrase, the words of the actor that it names, or None
    ("Kata'ib Hezbollah attacked the base.", "kata", "Kata'ib Hezbollah"),
    ("Badr Organization fighters attacked the base.", "fighters", "Badr Organization"),
    ("Fighters of the Badr Organization attacked the base.", "fighters", "Badr Organization"),
    ("Members of the Badr Organization attacked the base.", "members", None),
    ("American warplanes attacked the base.", "warplanes", "American"),
    ("Iraqi militias attacked the base.", "militias", "Iraqi militias"),
    ("The base was attacked on Monday.", "monday", None),
    ("Some men attacked the base.", "men", None),
]


@pytest.mark.parametrize(("text", "head", "words"), ACTORS, ids=[row[0] for row in ACTORS])
def test_who_a_phrase_names_where_an_actor_is_wanted(text: str, head: str, words: str | None) -> None:
    sentence = tree(text)
    found = Phrases(sentence).actor(node(sentence, head))
    assert (found.words if found else None) == words


TARGETS = [
    ("Israel struck a base in Jordan.", "base", "base in Jordan"),
    ("Israel struck the Ain al-Asad base.", "ain", "Ain al-Asad base"),
    ("Israel struck the headquarters of the Badr Organization.", "headquarters", "Badr Organization"),
]


@pytest.mark.parametrize(("text", "head", "words"), TARGETS, ids=[row[0] for row in TARGETS])
def test_what_a_phrase_names_where_a_target_is_wanted(text: str, head: str, words: str) -> None:
    sentence = tree(text)
    found = Phrases(sentence).target(node(sentence, head))
    assert found is not None
    assert found.words == words


def test_places_come_the_narrower_first() -> None:
    sentence = tree("The town of Sinjar in Iraq was struck.")
    assert [place.words for place in Phrases(sentence).places(node(sentence, "town"))] == ["Sinjar", "Iraq"]
