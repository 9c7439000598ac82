"""Who is meant: pronouns, descriptions and short names of one article; two possible antecedents leave a reference open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.extract.happenings.events import Events
from kg.extract.referring.names import short_names
from kg.extract.referring.references import References
from kg.extract.syntax import english
from kg.extract.syntax.scene import Scene, Told, scenes
from kg.model import Mention
from tests.extract.reading import document, rules


def read(text: str) -> Iterator[tuple[References, Scene]]:
    """Each parsed sentence of a text with the references read before it."""
    names = rules().names.with_more(short_names(text, rules().names, rules().known))
    lines = list(rules()._lines(document(text, "2024-05-15"), names))
    refs = References(rules().words, rules().known)
    for line, scene in zip(lines, scenes(lines, english.load(), rules().words), strict=True):
        if scene is not None:
            yield refs, scene
        refs.read(scene or line)


def shown(mention: Mention) -> str:
    names = sorted({sense.rsplit("/", 1)[-1] for sense in mention.senses})
    return " or ".join(names) if names else mention.words


def meant(text: str, words: str) -> str:
    """Whom the last occurrence of a word in a text means; "-" where that is left open."""
    found = "absent"
    for refs, scene in read(text):
        for node in scene.tree.nodes:
            if node.key == words.lower():
                said = refs.actors(scene, node.index)
                found = " and ".join(map(shown, said)) or "-"
                for mention in said:
                    here = scene.tree.item(node.index).span
                    assert mention.span == here if mention.senses else mention.span.of(text) == mention.words
    return found


def meant_place(text: str, words: str) -> str:
    found = "absent"
    for refs, scene in read(text):
        for node in scene.tree.nodes:
            if node.key == words.lower():
                place = refs.place(scene, node.index)
                found = shown(place) if place else "-"
    return found


PERSONS = [
    # he
    ("Hadi al-Amiri spoke on Monday about the talks. He said the talks had failed.", "he", "hadi-al-amiri"),
    ("Hadi al-Amiri said he would attack nobody.", "he", "hadi-al-amiri"),
    ("Qais al-Khazali met Hadi al-Amiri on Monday, said a source. He accused Israel of aggression.", "he", "-"),
    ("Qais al-Khazali told Hadi al-Amiri that he would be killed.", "he", "-"),
    ("Qais al-Khazali condemned the raid. Hadi al-Amiri was silent about the strike. He accused Israel of aggression.", "he", "hadi-al-amiri"),
    # the dead do not speak
    ("A strike killed two men, including Mushtaq Talib al-Saidi. He said the strike was wrong.", "he", "-"),
    ("Qais al-Khazali condemned the strike. A strike killed Qasem Soleimani. He said the strike was wrong.", "he", "qais-al-khazali"),
    ("A strike killed Qasem Soleimani in Baghdad. His death led to an attack.", "his", "qasem-soleimani"),
    # somebody described is an antecedent too
    ("Qais al-Khazali condemned the raid. A spokesman for the army said the raid failed. He added that Iran attacked.", "he", "spokesman for the army"),
    # inside a quotation "he" is somebody else than the speaker
    ("“He attacked our country,” Qais al-Khazali said.", "he", "-"),
    # what a relative clause describes
    ("Qais al-Khazali condemned the raid. The killing of Qasem Soleimani, whom he called a martyr, was a crime.", "he", "qais-al-khazali"),
    # a pronoun before the subject that it may mean, and a title before its name
    ("Hadi al-Amiri condemned the strike. In his speech, Qais al-Khazali said Iran attacked.", "his", "-"),
    ("The secretary-general of Hezbollah, Hassan Nasrallah, said Israel attacked. He warned Cyprus of an attack.", "he", "hassan-nasrallah"),
    ("Hadi al-Amiri condemned the strike. Qais al-Khazali himself said nothing of the strike.", "himself", "-"),
    ("A commander of Hamas, Ismail Haniyeh, was killed in a strike. Qais al-Khazali said he was a hero.", "he", "-"),
    ("A spokesman said the strike failed. He added that Iran attacked.", "he", "-"),
    ("Israel struck Tehran. She said the attack failed.", "she", "-"),
]  # fmt: skip

BODIES = [
    ("Kata'ib Hezbollah announced on Sunday that it attacked a base in Syria.", "it", "kataib-hezbollah"),
    ("Kata'ib Hezbollah said on Sunday a base was hit. It said two rockets were fired.", "it", "kataib-hezbollah"),
    ("The army said on Monday that a leader was killed. It said the raid took place near Kirkuk.", "it", "-"),
    ("Iran demanded on Sunday that it withdraw from Syria.", "it", "-"),
    ("Israel struck Hezbollah on Sunday. It struck Haifa in return.", "it", "-"),
    ("Kata'ib Hezbollah fired a missile on Sunday. It hit a ship near Yemen.", "it", "-"),
    ("Hamas condemned the strike. The group said that three people were killed.", "group", "hamas"),
    ("Hamas and Kata'ib Hezbollah condemned the strike. The group said that three people were killed.", "group", "-"),
    ("The United States condemned the strike. The group said that three people were killed.", "group", "-"),
    ("Hamas condemned the strike. Men from the group Furat Watch said that three people were killed.", "group", "-"),
    ("Hamas condemned the strike. Another group said that three people were killed.", "group", "-"),
    ("Hamas condemned the strike. The group that attacked Tehran was silent on the strike.", "group", "-"),
    ("The Houthis attacked a ship on Sunday. They said the ship was Israeli.", "they", "-"),
    ("The Houthis said on Sunday that a ship was attacked. They said the ship was Israeli.", "they", "houthis"),
    ("In the war against Hamas the group was attacked.", "group", "hamas"),
]  # fmt: skip

OFFICES = [
    ("Nasr al-Shammari, a spokesman for al-Nujaba, condemned the strike. Iran attacked a base. The spokesman said two died.", "spokesman",
     "nasr-al-shammari"),
    ("Hadi al-Amiri, leader of the Badr Organization, condemned the strike. “It is a crime,” the Badr Organization chief said.", "chief",
     "hadi-al-amiri"),
    ("Qais al-Khazali, the secretary-general of Asa'ib Ahl al-Haq, spoke of the strike. “It is a crime,” the Badr Organization chief said.", "chief",
     "-"),
    ("Prime Minister Mohammed Shia' al-Sudani condemned the strike. The Iraqi prime minister said it was a crime.", "minister",
     "mohammed-shia-al-sudani"),
    ("Prime Minister Mohammed Shia' al-Sudani condemned the strike. The Israeli prime minister said it was no crime.", "minister", "-"),
    ("Former prime minister Mustafa al-Kadhimi condemned the strike. The prime minister said it was a crime.", "minister", "-"),
    ("Nasr al-Shammari, a spokesman for al-Nujaba, condemned the strike. A spokesman said two died in the strike.", "spokesman", "-"),
    ("Pat Ryder, the Pentagon spokesman, and Nasr al-Shammari, a spokesman for al-Nujaba, condemned it. The spokesman said two died.",
     "spokesman", "-"),
]  # fmt: skip

QUOTED = [
    ("“We condemn the strike,” Qais al-Khazali said.", "we", "qais-al-khazali"),
    ("“We attacked the base,” said Nasr al-Shammari, the spokesman of al-Nujaba.", "we", "harakat-hezbollah-al-nujaba"),
    ("“We condemn the strike,” a statement read.", "we", "-"),
    ("We condemn the strike, Qais al-Khazali and others said.", "we", "-"),
]

SHORT = [
    ("Karim Zandar visited Basra on Tuesday. Zandar said that three people died in the strike.", "zandar", "Karim Zandar"),
    ("Karim Zandar and Omar Zandar visited Basra on Tuesday. Zandar said that three people died in the strike.", "zandar", "-"),
    ("Karim Zandar, a spokesman for Hamas, condemned the strike. Zandar said three people died.", "zandar", "Karim Zandar"),
    (
        "Karim Zandar, a spokesman for Hamas, condemned the strike. His brother Omar Zandar was killed in it. Zandar said it was a crime.",
        "zandar",
        "-",
    ),
    ("Karim Zandar, a spokesman for Hamas, met Omar Zandar, a Hamas leader. Zandar said three people died.", "zandar", "-"),
    ("The Sons River Front (SRF) attacked a base in Syria. SRF said three people died.", "srf", "Sons River Front"),
    ("The Sons River Front (ABC) attacked a base in Syria. ABC said three people died.", "abc", "-"),
]


LONGER = [
    ("The Islamic Resistance in Iraq attacked a base. The Islamic Resistance said two people died.", "islamic resistance",
     "islamic-resistance-in-iraq"),
    ("Hezbollah attacked a base. The Islamic Resistance said two people died.", "islamic resistance", "Islamic Resistance"),
    ("The Islamic Resistance in Iraq attacked a base. “The Islamic Resistance will win in Gaza,” Hadi al-Amiri said.", "islamic resistance",
     "Islamic Resistance"),
]  # fmt: skip

SPELLINGS = [
    ("Abu Baqer al-Saadi was killed in a strike. Iran spoke of the attack after Saeedi's funeral.", "saeedi", "abu-baqer-al-saadi"),
    ("Abu Baqer al-Saadi was killed in a strike. Iran spoke of the attack after al-Saeedi's funeral.", "al-saeedi", "abu-baqer-al-saadi"),
    ("Abu Baqer al-Saadi and Mushtaq Talib al-Saidi were killed in a strike. Iran condemned the attack on Saeedi.", "saeedi", "-"),
    ("Abu Baqer al-Saadi was killed in a strike. Karim Saidi condemned it. Saidi said the strike was wrong.", "saidi", "Karim Saidi"),
    ("Ali Khamenei condemned the strike. Iran spoke of the attack on Khomeini.", "khomeini", "-"),
    ("Karim Zandar, a spokesman for Hamas, condemned the strike. Zendar said three people died.", "zendar", "Karim Zandar"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "who"), [*PERSONS, *BODIES, *OFFICES, *QUOTED, *SHORT, *LONGER, *SPELLINGS])
def test_a_reference_means_its_one_antecedent_and_is_open_with_two(text: str, words: str, who: str) -> None:
    assert meant(text, words) == who


PLACES = [
    ("A US base in the al-Omar oil field came under attack on Sunday. On Friday a strike hit the base itself.", "base",
     "US base in the al-Omar oil field"),
    ("Ain al-Asad was attacked on Sunday. Fire broke out in the base, which was attacked before.", "base", "ain-al-asad-airbase"),
    ("Ain al-Asad was attacked on Sunday. Fire broke out in the base that the army attacked.", "base", "-"),
    ("Ain al-Asad was attacked on Sunday. Two people were killed at the base.", "base", "ain-al-asad-airbase"),
    ("Ain al-Asad and Harir air base were attacked on Sunday. Two people were killed at the base.", "base", "-"),
    ("A strike in Iraq killed two people. The army condemned the attack in the country.", "country", "iraq"),
    ("Strikes in Iraq and in Syria killed two people. The army condemned the attacks in the country.", "country", "-"),
    ("A strike in Baghdad killed two people. The army condemned the attack in the country.", "country", "iraq"),
    ("Strikes in Baghdad and in Damascus killed two people. The army condemned the attacks in the country.", "country", "-"),
    ("A strike in Baghdad killed two people. In 2021 the US combat mission there was formally given a new name.", "there", "iraq"),
    ("A strike in Baghdad killed two people. There was an attack on a base.", "there", "-"),
    ("Attacks in the Gaza Strip killed two people. All bases in the region will be attacked.", "region", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "where"), PLACES)
def test_a_place_spoken_of_again_is_the_one_of_its_kind(text: str, words: str, where: str) -> None:
    assert meant_place(text, words) == where


def meant_happening(text: str, words: str) -> str:
    """The words of the sentence whose happening the last occurrence of a word means, up to its verb; "-" where that is left open."""
    found, told, events = "absent", list[Told](), Events(rules().words)
    lines: dict[int, str] = {}
    for refs, scene in read(text):
        lines[scene.number] = scene.line.text
        told += events.told(scene, 100 * scene.number, told, refs)
        for node in scene.tree.nodes:
            if node.key == words.lower():
                one = refs.telling(scene, told, node.index)
                found = " ".join(lines[one.scene].split()[:4]) if one else "-"
    return found


HAPPENINGS = [
    ("A drone strike in Baghdad killed three people. Iran condemned the strike.", "strike", "A drone strike in"),
    ("A drone strike in Baghdad killed three people. Iran condemned the attack.", "attack", "A drone strike in"),
    ("A drone strike in Baghdad killed three people. Iran condemned the incident.", "incident", "A drone strike in"),
    ("A drone strike in Baghdad killed three people. Iran condemned the car bombing.", "bombing", "-"),
    ("A drone strike in Baghdad killed three people. Iran condemned another strike.", "strike", "-"),
    ("A drone strike in Baghdad killed three people. Iran condemned the strikes.", "strikes", "-"),
    ("A drone strike in Baghdad killed three people. Iran condemned a strike.", "strike", "-"),
    ("A drone strike in Baghdad killed three people. Iran condemned the strike that hit Tehran in 2020.", "strike", "-"),
    ("A bombing in Basra killed three people. The bombing across the border has killed 400 people since May.", "bombing", "-"),
    # two that fit alike
    ("A strike hit Basra and an air raid hit Mosul. Iran condemned the attack.", "attack", "-"),
    ("A strike hit Basra on Monday. An air strike hit Mosul on Tuesday. Iran condemned the Monday strike.", "strike", "A strike hit Basra"),
    ("A strike hit Basra on Monday. An air strike hit Mosul on Tuesday. Iran condemned the strike on Sunday in Kirkuk.", "strike", "-"),
    ("A strike hit Basra on Monday. An air strike hit Mosul on Tuesday. Iran condemned the strike in Basra.", "strike", "A strike hit Basra"),
    ("A strike hit Basra on Monday. It killed two people.", "it", "A strike hit Basra"),
    ("Israel struck Basra on Monday. It killed two people.", "it", "-"),
    # an act of which no telling was made stands between
    ("An explosion hit a market in Karrada on Friday. Police spoke of a second blast. The blast killed four people.", "blast", "-"),
    # a series and its parts
    ("Militias have carried out more than 60 attacks on US bases since October. Iran condemned most of the attacks.", "attacks",
     "Militias have carried out"),
    ("Militias have carried out more than 60 attacks on US bases since October. Iran condemned the attack.", "attack", "-"),
    # deaths
    ("A drone strike in Baghdad killed Qasem Soleimani. Iran mourned on Monday after his death.", "death", "A drone strike in"),
    ("A drone strike in Baghdad killed Qasem Soleimani. A strike hit Basra. Iran spoke of the killing of Soleimani.", "killing",
     "A drone strike in"),
    ("A drone strike in Baghdad killed Qasem Soleimani. Iran spoke of the death of Ismail Haniyeh in the raid.", "death", "-"),
    # what a quotation tells is its speaker's
    ("A strike hit Basra. “The attack on Mosul was a crime,” Qais al-Khazali said. Iran condemned the attack.", "attack", "A strike hit Basra."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "which"), HAPPENINGS)
def test_a_phrase_means_the_newest_happening_that_it_can_name(text: str, words: str, which: str) -> None:
    assert meant_happening(text, words) == which


def test_what_a_clause_adds_must_not_contradict_what_was_told() -> None:
    events, told = Events(rules().words), list[Told]()
    for refs, scene in read("A strike hit Basra on Monday. The strike hit Mosul."):
        told += events.told(scene, 100 * scene.number, told, refs)
    assert {one.telling.key for one in told if one.scene == 1} <= {100}, "a strike on Mosul is not the one on Basra"
