"""Who speaks, what he does by it, and who answers for what happened: examples and counter-examples of every act."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kg.model import ClaimDraft, Concept, Mention, Telling
from tests.extract.reading import document, rules


def drafts(text: str) -> tuple[ClaimDraft, ...]:
    return rules().extract(document(text, "2024-05-15")).drafts


def shown(value: object) -> str:
    if isinstance(value, Mention):
        names = sorted({sense.rsplit("/", 1)[-1] for sense in value.senses if "/actor/" in sense})
        return names[0] if names else value.words
    return value.name.rsplit("/", 1)[-1] if isinstance(value, Concept) else str(value)


def acts(text: str) -> set[str]:
    """The acts of a text, as "speaker and speaker act blamed, blamed"."""
    made: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for draft in drafts(text):
        if isinstance(draft.subject, Telling) and draft.subject.kind.startswith("speech-act/"):
            made[draft.subject.key][draft.predicate].append(shown(draft.object))
    return {
        " ".join(filter(None, (" and ".join(a["speaker"]), ", ".join(dict.fromkeys(a["kind"])), ", ".join(a["blamed"]))))
        for a in made.values()
    }


def answers(text: str) -> set[str]:
    """Who is said to answer for the happenings of a text, as "predicate actor"."""
    wanted = ("claimedBy", "accused", "accusedBy", "deniedBy", "accusation", "perpetrator")
    return {
        f"{d.predicate} {shown(d.object)}"
        for d in drafts(text)
        if isinstance(d.subject, Telling) and not d.subject.kind.startswith("speech-act/") and d.predicate in wanted
    }


def chains(text: str, predicate: str = "kind") -> set[tuple[str, ...]]:
    """The chains of speakers under which the happenings of a text are told."""
    return {
        tuple(map(shown, d.speakers))
        for d in drafts(text)
        if d.predicate == predicate and isinstance(d.subject, Telling) and not d.subject.kind.startswith("speech-act/")
    }


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Egypt demanded that Israel open the crossing.", "egypt demands"),
        ("Qatar called for a ceasefire in Gaza.", "qatar demands"),
        ("Jordan urged Syria to close the border.", "jordan demands"),
        ("Hezbollah vowed to avenge the killing of its commander.", "hezbollah threatens"),
        ("Hamas threatened to attack Israel again.", "hamas threatens"),
        ("Iran warned Israel against a raid on Beirut.", "iran warns"),
        ("Iran accused Israel of breaking the truce.", "iran accuses israel"),
        ("Iraq blamed Turkey for the shelling of Duhok.", "iraq blames turkey"),
        ("Syria held Israel responsible for the raid.", "syria blames israel"),
        ("Syria attributed the raid on Latakia to Israel.", "syria blames israel"),
        ("Syria and Iraq ascribe the killing to Israel.", "syria and iraq blames israel"),
        ("Iran levelled serious accusations against Israel over the raid.", "iran accuses israel"),
        ("Iran and Syria charge Israel with the murder of a scientist.", "iran and syria accuses israel"),
        ("Britain stood by the decision of its parliament.", "united-kingdom defends"),
        ("Iran denied that it had sent the drones.", "iran denies"),
        ("Lebanon rejected the accusation.", "lebanon denies"),
        ("Oman condemned the raid on Hudaydah.", "oman condemns"),
        ("Iraq protested against the strikes.", "iraq condemns"),
        ("France promised to send aid to Lebanon.", "france promises"),
        ("Germany welcomed the agreement.", "germany praises"),
        ("Russia praised the role of Oman in the talks.", "russia praises"),
        ("Britain defended the air strikes on Yemen as lawful.", "united-kingdom defends"),
        ("Saudi Arabia announced the end of the operation.", "saudi-arabia announces"),
    ],
)
def test_a_verb_of_speech_is_the_act_that_it_names(text: str, act: str) -> None:
    assert acts(text) == {act}


@pytest.mark.parametrize(
    "text",
    [
        "Egypt has not demanded anything from Israel.",
        "Iran would condemn such a raid.",
        "Israel declined to blame Iran for the fire.",
        "Iraq refused to comment on the report.",
        "Did Iran threaten Israel?",
        "If Hezbollah threatens Israel, the army will stay on alert.",
        "Jordan's army said it had shot down two drones.",
        "The report condemned the raid.",
        "The strike undermined the truce.",
        "Soldiers defended the city of Kirkuk against the Islamic State.",
        "Iran's defence of the city of Kirkuk lasted a week.",
        "There was no claim of responsibility by Hezbollah for the raid.",
        "Egypt asked whether Israel had opened the crossing.",
        "Nobody condemned the raid on Hudaydah.",
        "Turkey ordered its troops to leave the base.",
        "Al Jazeera announced the death of a reporter.",
        "A security source announced that troops had arrived in Erbil.",
    ],
)
def test_what_was_not_said_or_is_no_speech_is_no_act(text: str) -> None:
    assert not acts(text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Egypt said that Israel must open the crossing.", "egypt demands"),
        ("Iraq said the time had come for foreign troops to leave.", "iraq demands"),
        ('"This crime will not go unpunished," Iran said.', "iran threatens"),
        ('"We will retaliate," Hezbollah said.', "hezbollah threatens"),
        ("Iran said that Israel had committed a massacre.", "iran accuses israel"),
        ("Syria said the Israeli raids were a violation of its sovereignty.", "syria accuses israel"),
        ("Oman said that the raid was shameful.", "oman condemns"),
        ("Hamas said that Israel was to blame for the delay.", "hamas blames israel"),
        ("Iran said all the trouble in the region was because of the American presence.", "iran blames united-states"),
        ("Iran insisted that it had nothing to do with the blast.", "iran denies"),
        ("Britain said that the raid was an act of self-defence.", "united-kingdom defends"),
        ("Hezbollah said that the resistance of the south was heroic.", "hezbollah praises"),
        ("The United States said that it would continue to support Ukraine.", "united-states promises"),
        ("Iran alleged that Israel killed the scientist.", "iran accuses israel"),
    ],
)
def test_what_is_merely_said_is_the_act_that_its_content_makes(text: str, act: str) -> None:
    assert acts(text) == {act}


@pytest.mark.parametrize(
    "text",
    [
        "Egypt said that the crossing was open.",
        "Iran added that talks would begin on Monday.",
        "Israel said that Iran would retaliate.",
        "Oman said that the raid was not a crime.",
        "Egypt said that it must open the crossing.",
        "Should Israel attack, Egypt said, the border stays closed.",
        "Reuters said that the raid was a violation of the truce.",
        "Iran attributed its victory to Hezbollah.",
        "Iran attributed the statement to Hezbollah.",
        "Iran stood by Hezbollah on Monday.",
        "If Egypt says that Israel raided Rafah, the talks are over.",
    ],
)
def test_neutral_content_is_no_act(text: str) -> None:
    assert not acts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran accused Israel of a raid, and rejected the claims of the United States.", {"iran accuses israel", "iran denies"}),
        ("The raid drew condemnation from Turkey and Oman.", {"turkey and oman condemns"}),
        ("Joe Biden and Emmanuel Macron announced an agreement on Lebanon.", {"joe-biden and emmanuel-macron announces"}),
        ("Lebanon has been warned by Israel.", {"israel warns"}),
        ("The blast was blamed on Iran by Israel.", {"israel blames iran"}),
        ("Washington ignored repeated demands by Damascus to leave.", {"syria demands"}),
        ("Groups of the Badr Organization met in Basra, and Iraq's parliament passed a resolution demanding the exit of foreign troops.",
         {"council-of-representatives-iraq demands"}),
        ("Iran blamed the attack in Kerman on Israel.", {"iran blames israel"}),
        ("The British ambassador met Hamas. Najib Mikati, Lebanon's prime minister, condemned the raid.", {"najib-mikati condemns"}),
        ("The prime minister of Lebanon, Najib Mikati, condemned the raid.", {"najib-mikati condemns"}),
        ("Lebanon's prime minister condemned the raid. Najib Mikati, the prime minister of Lebanon, said talks would go on.", {"najib-mikati condemns"}),
    ],
)  # fmt: skip
def test_nouns_passives_joint_speakers_and_joined_verbs(text: str, expected: set[str]) -> None:
    assert acts(text) == expected


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("A missile hit a base near Erbil, a security source told Reuters.", ("security source", "reuters")),
        ("According to Iran, a missile hit a base near Erbil.", ("iran",)),
        ("Al Jazeera reported that a missile hit a base near Erbil.", ("al-jazeera",)),
        ("A missile hit a base near Erbil.", ()),
        ("It is worth noting that a missile hit a base near Erbil on Monday.", ()),
        ("A missile hit a base near Erbil, Iran said in a statement on Telegram.", ("iran", "telegram")),
        ("Turkey's claim that a missile hit a base near Erbil was rejected by Egypt.", ("turkey",)),
        ("A missile hit a base near Erbil, according to a press release by Turkey.", ("turkey",)),
        ("A missile hit a base near Erbil, people familiar with the matter said.", ("people familiar with the matter",)),
    ],
)
def test_a_happening_is_told_through_its_chain(text: str, chain: tuple[str, ...]) -> None:
    assert chains(text) == {chain}


def test_a_quotation_that_goes_on_is_its_speakers() -> None:
    text = "Iran's president Masoud Pezeshkian spoke in Tehran, and said: “We condemn the raid. We demand an end to it.”"
    assert {act.split()[0] for act in acts(text)} <= {"masoud-pezeshkian"}


def test_media_close_to_a_group_do_not_speak_for_it() -> None:
    text = "Media affiliated with Hezbollah reported that a missile hit a base near Erbil."
    assert ("hezbollah",) not in chains(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Islamic State claimed responsibility for the bombing in Kirkuk on Monday.", {"claimedBy islamic-state"}),
        ("The Islamic State's claim of responsibility for the attack on the al-Tanf base came on Monday.", {"claimedBy islamic-state"}),
        ("There was no claim of responsibility by the Islamic State for the bombing in Kirkuk on Monday.", set()),
        ("The bombing in Kirkuk on Monday was claimed by the Islamic State.", {"claimedBy islamic-state"}),
        ("A drone attack in Erbil on Monday killed two people. It was claimed by the Islamic State.", {"claimedBy islamic-state"}),
        ("A drone attack claimed by the Islamic State killed two people in Erbil on Monday.", {"claimedBy islamic-state"}),
        ("The attack on Erbil on Monday, which the Islamic State claimed, killed two.", {"claimedBy islamic-state"}),
        ("The bombing on Sunday in Kabul, for which the Islamic State claimed responsibility, killed 12.", {"claimedBy islamic-state"}),
        ("Responsibility for the bombing in Kabul on Sunday was claimed by the Islamic State.", {"claimedBy islamic-state"}),
        ("The attack on Erbil on Monday was not claimed by the Islamic State.", set()),
        ("No attack was claimed by Hezbollah on Monday, though a strike hit Haifa.", set()),
        (
            "A drone attack on Tower 22 on Sunday killed three. The Pentagon said Iran was behind the attack.",
            {"accusation doing", "accused iran", "accusedBy united-states-department-of-defense"},
        ),
        (
            "A drone attack on Tower 22 on Sunday killed three. The Pentagon blamed the attack on Iran.",
            {"accusation doing", "accused iran", "accusedBy united-states-department-of-defense"},
        ),
        ("A drone attack on Tower 22 on Sunday killed three. The Pentagon blamed the attack on Erbil on Iran.", set()),
        (
            "The Pentagon attributed the drone attack on Tower 22 to Iran.",
            {"accusation doing", "accused iran", "accusedBy united-states-department-of-defense"},
        ),
        ("The Pentagon does not believe Iran was behind the attack on Tower 22 on Sunday.", set()),
        ("Hezbollah announced that it had attacked a base in Haifa.", {"claimedBy hezbollah"}),
        ("Hezbollah said its operations targeted the Harir base on Monday.", {"claimedBy hezbollah"}),
        ("The Islamic State has not claimed responsibility for the bombing in Kirkuk on Monday.", set()),
        ("The Islamic State is said to be behind the bombing of a market in Kirkuk.", set()),
        ("A drone attack hit a base in Jordan. The United States accused Iran of orchestrating the attack.",
         {"accused iran", "accusedBy united-states", "accusation direction"}),
        ("Iran accused Israel of lying after the attack on the base in Erbil.", set()),
        ("Two explosions hit a market in Kirkuk. Hamas denied any part in the explosions.", {"deniedBy hamas"}),
        ("Two explosions hit a market in Kirkuk. Hamas denied that Iran had any part in the explosions.", set()),
        ("A bomb attack hit a market in Kabul on Monday. The Islamic State denied any part in the attack on Kerman.", set()),
        ("Israel carried out an air strike on Rafah on Monday. Egypt condemned the strike.", {"perpetrator israel"}),
    ],
)  # fmt: skip
def test_who_answers_for_a_happening(text: str, expected: set[str]) -> None:
    assert answers(text) == expected


def test_an_accusation_never_makes_a_doer() -> None:
    for text in (
        "The United States accused Iran of carrying out the drone attack on a base in Jordan.",
        "Iran denied carrying out the drone attack on a base in Jordan.",
        "Saudi Arabia blamed the Houthis for the missile attack on Jeddah.",
    ):
        assert not any(answer.startswith("perpetrator") for answer in answers(text)), text
