"""Truces, agreements, resolutions, ends of missions, campaigns, ground operations, and what answers or orders an attack: an example and a counter-example
for each way of telling them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.extract.happenings import joining, links, politics
from kg.extract.happenings.events import Events
from kg.extract.referring.references import References
from kg.extract.syntax import english
from kg.extract.syntax.scene import Told, scenes
from kg.model import ClaimDraft, Concept, Count, Mention, Telling, TimeSpan
from tests.extract.reading import document, rules


def read(text: str) -> Iterator[tuple[tuple[Told, ...], tuple[ClaimDraft, ...]]]:
    """What each sentence tells, and the claims that tie its acts to something else."""
    words, attacks, told = rules().words, Events(rules().words), list[Told]()
    lines = list(rules()._lines(document(text, "2024-05-15"), rules().names))
    refs = References(words, rules().known)
    for line, scene in zip(lines, scenes(lines, english.load(), words), strict=True):
        if scene is not None:
            key = 1000 * scene.number
            here = joining.joined(attacks.told(scene, key, told, refs), politics.told(scene, words, key + 300, refs), told)
            here += tuple(joining.continued(scene, words, here, told, refs))
            here += tuple(links.answered(scene, words, (*told, *here), refs, key + 600))
            told += here
            ties = (*links.retaliation(scene, told, refs), *links.authorised(scene, told, refs))
            yield here, (*ties, *links.targets_struck(scene, told, refs))
        refs.read(scene or line)


def shown(value: object) -> str:
    if isinstance(value, TimeSpan):
        return value.edtf or value.words
    if isinstance(value, Concept):
        return value.name.rpartition("/")[2]
    return value.words if isinstance(value, Mention | Count) else "event"


def events(text: str, *kinds: str) -> list[str]:
    """The events of some kinds that a text tells, each as one row: kind, then role=value in order."""
    merged: dict[int, tuple[str, list[str]]] = {}
    for told, _ in read(text):
        for one in told:
            name = one.telling.kind.rpartition("/")[2]
            said = [f"{d.predicate}={shown(d.object)}" for d in one.drafts if d.predicate != "kind"]
            merged.setdefault(one.telling.key, (name, []))[1].extend(said)
    return [" ".join([kind, *sorted(set(said))]) for kind, said in merged.values() if not kinds or kind in kinds]


POLITICAL = ("truce", "agreement", "resolution", "announcement", "end-of-mission", "campaign", "ground-operation", "bombing")

TOLD = {
    # truces
    "In March the Houthis agreed to a ceasefire with Saudi Arabia.": "truce party=Houthis party=Saudi Arabia time=2024-03",
    "Hezbollah and Israel reached a truce on 27 November 2023.": "truce party=Hezbollah party=Israel time=2023-11-27",
    "A ceasefire between Israel and Hamas took effect on Sunday.": "truce party=Hamas party=Israel time=2024-05-12",
    "The ceasefire in Yemen, agreed by the Houthis and Saudi Arabia in April 2022, has largely held.": "truce party=Houthis party=Saudi Arabia"
    " place=Yemen time=2022-04",
    "A ceasefire brokered by Egypt between Israel and Palestinian Islamic Jihad came into force on Saturday night.": "truce party=Israel"
    " party=Palestinian Islamic Jihad time=2024-05-11",
    "Israel agreed to a cessation of hostilities with Hezbollah in November 2023.": "truce party=Hezbollah party=Israel time=2023-11",
    "Kataib Hezbollah declared a unilateral truce in October 2020.": "truce party=Kataib Hezbollah time=2020-10",
    "Qatar announced a truce between Israel and Hamas on Wednesday.": "truce party=Hamas party=Israel time=2024-05-15",
    "Kataib Hezbollah suspended attacks on US forces in January 2024.": "truce party=Kataib Hezbollah time=2024-01",
    "The truce that Hamas and Israel agreed on 19 January collapsed in March.": "truce party=Hamas party=Israel time=2024-01-19",
    "An unwritten ceasefire between Hamas and Israel held from 2014 until 2021.": "truce party=Hamas party=Israel time=2014/2021",
    # agreements
    "Iraq and the United States signed an agreement on troop withdrawal in November 2008.": "agreement party=Iraq party=United States"
    " time=2008-11",
    "Saudi Arabia struck a deal with Iran in Beijing in March 2023.": "agreement party=Iran party=Saudi Arabia time=2023-03",
    "A memorandum of understanding was signed between Iraq and Iran in March 2023.": "agreement party=Iran party=Iraq time=2023-03",
    "In July, US President Joe Biden and Iraq's Prime Minister Mustafa al-Kadhimi announced the agreement on a new mission.": "agreement"
    " party=Iraq party=US perpetrator=Joe Biden perpetrator=Mustafa al-Kadhimi time=2023-07",
    # resolutions
    "The UN Security Council adopted a resolution on Yemen on Thursday.": "resolution perpetrator=UN Security Council time=2024-05-09",
    "A resolution on foreign troops was passed by the Iraqi parliament in January 2020.": "resolution perpetrator=Iraqi parliament"
    " time=2020-01",
    "The adoption of a resolution by the Security Council in June drew criticism from Iran.": "resolution perpetrator=Security Council"
    " time=2023-06",
    "Iraq's parliament voted on 5 January 2020 to expel foreign troops.": "resolution perpetrator=Iraq's parliament time=2020-01-05",
    "On 29 February Iraqi lawmakers passed a bill that outlaws ties with Israel.": "resolution perpetrator=Iraqi lawmakers time=2024-02-29",
    # missions
    "France announced the end of its military mission in Iraq on Friday.": "announcement perpetrator=France place=Iraq time=2024-05-10",
    "NATO announced on Tuesday that its advisory mission in Iraq had ended.": "announcement perpetrator=NATO place=Iraq time=2024-05-14",
    "Iraq and the United States announced on Friday that the coalition's mission would end in 2025.": "announcement perpetrator=Iraq"
    " perpetrator=United States time=2024-05-10",
    "NATO's training mission in Iraq ended in December 2011.": "end-of-mission place=Iraq time=2011-12",
    "The United States formally ended its combat mission in Iraq on 9 December 2021.": "end-of-mission perpetrator=United States place=Iraq"
    " time=2021-12-09",
    "The US combat mission in Iraq was renamed an advisory mission in 2021.": "end-of-mission place=Iraq time=2021",
    # campaigns
    "Kataib Hezbollah fought in the campaign against the Islamic State from 2014 to 2017.": "campaign perpetrator=Kataib Hezbollah"
    " target=Islamic State time=2014/2017",
    "The Saudi-led coalition began an air campaign against the Houthis in March 2015.": "campaign perpetrator=Saudi-led coalition"
    " target=Houthis time=2015-03",
    "In 2016 Iraqi forces launched an operation to retake Mosul from the Islamic State.": "campaign perpetrator=Iraqi forces place=Mosul"
    " target=Islamic State time=2016",
    "Operation Decisive Storm was launched by Saudi Arabia in March 2015.": "campaign perpetrator=Saudi Arabia time=2015-03",
    # ground operations
    "The Israeli army launched a ground offensive in Rafah on Monday.": "ground-operation perpetrator=Israeli army place=Rafah"
    " time=2024-05-13",
    "Israel invaded Lebanon in 2006.": "ground-operation perpetrator=Israel place=Lebanon time=2006",
    "Israeli troops pushed into southern Lebanon on Tuesday.": "ground-operation perpetrator=Israeli troops place=southern Lebanon"
    " time=2024-05-14",
    "The Israeli army tried to enter Khan Yunis from the east on Friday.": "ground-operation outcome=attempted perpetrator=Israeli army"
    " place=Khan Yunis time=2024-05-10",
    "The Turkish incursion into Afrin in January 2018 displaced thousands.": "ground-operation perpetrator=Turkish place=Afrin"
    " time=2018-01",
    # bombardments endured
    "On Sunday Gaza came under the heaviest bombardment in weeks.": "bombing place=Gaza time=2024-05-12",
    "Rafah was bombarded on Saturday night.": "bombing place=Rafah time=2024-05-11",
    "On Sunday Israel subjected Gaza to the heaviest bombardment in weeks.": "bombing perpetrator=Israel place=Gaza time=2024-05-12",
}


@pytest.mark.parametrize("text", TOLD)
def test_an_event_that_came_about_is_told(text: str) -> None:
    assert events(text, *POLITICAL) == [TOLD[text]]


NOT_TOLD = (
    "Hamas called for a truce with Israel on Monday.",
    "Israel rejected a ceasefire with Hezbollah on Tuesday.",
    "Qatar proposed a truce between Israel and Hamas in April.",
    "Hamas accused Israel of breaking the truce.",
    "The Houthis have violated the ceasefire in Hodeidah three times since Friday.",
    "The ceasefire between Israel and Hezbollah expired on Sunday.",
    "The ceasefire between Hamas and Israel has held since Friday.",
    "Qatar is trying to broker a ceasefire between Israel and Hamas.",
    "Talks in Cairo aimed at reaching a truce between Israel and Hamas ended without a deal.",
    "Hamas said it would accept a truce if Israel withdrew from Gaza.",
    "An agreement between Iraq and Turkey was not reached on Sunday.",
    "Iran and Saudi Arabia are close to signing an agreement.",
    "The 2008 agreement between Iraq and the United States allows troops to stay.",
    "The United Nations hopes for a peaceful resolution of the crisis in Yemen.",
    "The Iraqi parliament failed to pass a resolution on foreign troops on Thursday.",
    "The Iraqi parliament did not vote to expel the troops.",
    "The Security Council rejected a draft resolution on Gaza on Friday.",
    "The United States vetoed a resolution calling for a ceasefire in Gaza.",
    "The parliament is expected to vote on a resolution next week.",
    "Lawmakers from the Fatah Alliance voted against the bill.",
    "Iraq will receive the drones by the end of the month.",
    "Germany will end its military mission in Iraq by May 2025.",
    "The White House denied that the combat mission had ended.",
    "NATO's training mission in Iraq is nearly over.",
    "NATO's training mission in Iraq will be over in July.",
    "The ambassador said his mission in Baghdad had come to an end.",
    "The end of the US combat mission in Iraq has been postponed.",
    "Donald Trump held a campaign rally in Ohio on Saturday.",
    "Washington launched a pressure campaign against Iran in 2018.",
    "The Badr Organization began its election campaign in Basra in April.",
    "Israel is preparing a ground offensive in Rafah.",
    "Israel called off its ground offensive in Rafah.",
    "Turkey threatened to launch a ground operation in northern Syria.",
    "After the 2003 invasion the country fell into chaos, an Iraqi official said.",
    "Turkish soldiers entered the stadium in Ankara to celebrate.",
    "Iraqi troops moved into new barracks in Kirkuk.",
    "The economy of Iraq suffered under the bombardment of bad news.",
)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_did_not_come_about_is_not_told(text: str) -> None:
    assert events(text, *POLITICAL) == []


def test_who_strikes_a_deal_strikes_nobody() -> None:
    assert events("Turkey and Russia struck an accord on Idlib in March 2020.") == ["agreement party=Russia party=Turkey time=2020-03"]


def test_a_sentence_adds_to_the_agreement_of_the_one_before() -> None:
    text = "Iraq and Turkey have reached an agreement on water. It was signed in Baghdad on Monday by Mohammed Shia al-Sudani."
    assert events(text) == ["agreement party=Iraq party=Turkey perpetrator=Mohammed Shia al-Sudani place=Baghdad time=2024-05-13"]


def test_a_mission_ends_once_however_often_it_is_said() -> None:
    text = (
        "Qasim al-Araji announced the end of the coalition's mission in Iraq on Thursday. NATO confirmed that the combat mission had ended."
    )
    assert events(text, *POLITICAL) == ["announcement perpetrator=NATO perpetrator=Qasim al-Araji place=Iraq time=2024-05-09"]


def test_a_campaign_gathers_the_blows_that_it_is_made_of() -> None:
    text = "On Friday the United States launched a campaign of reprisal against Kataib Hezbollah in Iraq, striking 40 targets."
    assert events(text, "campaign", "strike") == ["campaign perpetrator=United States place=Iraq target=Kataib Hezbollah time=2024-05-10"]


# -- ties -------------------------------------------------------------------------------------------------------------------------


def ties(text: str) -> list[str]:
    """The ties of a text's acts: the act's kind, the tie, and what it is tied to."""
    kinds = {one.telling.key: one.telling.kind.rpartition("/")[2] for told, _ in read(text) for one in told}
    found = [draft for _, drafts in read(text) for draft in drafts]
    assert all(isinstance(draft.subject, Telling) for draft in found)
    return [
        f"{kinds[d.subject.key]} {d.predicate} {kinds[d.object.key] if isinstance(d.object, Telling) else shown(d.object)}"
        for d in found
        if isinstance(d.subject, Telling)
    ]


TIED = {
    "US forces struck a depot in Babil in retaliation for the rocket attack on Ain al-Asad.": "strike inRetaliationFor rocket-attack",
    "In response to the drone attack on Tower 22, US aircraft bombed a base in Abu Kamal on Friday.": "bombing inRetaliationFor drone-attack",
    "Hezbollah bombed the headquarters of the Golani Brigade to avenge the assassination of Fuad Shukr in Beirut.": "bombing inRetaliationFor"
    " assassination",
    "The US strike, which came in retaliation for the drone attack on Tower 22, killed a commander in Baghdad on Wednesday.": "strike"
    " inRetaliationFor drone-attack",
    "The drone strike, ordered by President Joe Biden, hit a vehicle in Baghdad on Wednesday.": "drone-strike authorisedBy Joe Biden",
    "Qasem Soleimani was killed in a drone strike authorised by Donald Trump in Baghdad.": "drone-strike authorisedBy Donald Trump",
    "Israel bombed Damascus on Monday, hitting more than 20 targets.": "bombing targetsStruck more than 20",
}


@pytest.mark.parametrize("text", TIED)
def test_an_attack_is_tied_by_explicit_words(text: str) -> None:
    assert ties(text) == [TIED[text]]


UNTIED = (
    "US forces struck a depot in Babil after the rocket attack on Ain al-Asad.",
    "Following the attack on Ain al-Asad, US forces bombed a base in Abu Kamal.",
    "Kataib Hezbollah vowed to attack US bases in retaliation for the strike in Babil.",
    "Joe Biden ordered the army to strike Iran.",
    "Iran denied that it had ordered the attack on Erbil.",
    "Israel accused Iran of ordering the attack on the embassy in Delhi.",
    "A motion to expel US troops was approved by the Iraqi parliament on Sunday.",
    "Israel bombed Damascus on Monday, killing more than 20 people.",
)


@pytest.mark.parametrize("text", UNTIED)
def test_sequence_threats_and_charges_are_no_ties(text: str) -> None:
    assert ties(text) == []


def test_in_response_answers_the_one_attack_of_the_sentence_before() -> None:
    text = "On Monday rockets hit Ain al-Asad. In response, US aircraft bombed a base in Abu Kamal on Tuesday."
    assert len(ties(text)) == 1
    assert ties(text.replace("In response, ", "Later ")) == []


def test_strikes_spoken_of_again_answer_what_came_before() -> None:
    text = (
        "On Friday the United States launched an air campaign against Kataib Hezbollah in Iraq. "
        "The air strikes came in retaliation for a drone attack on a base in Jordan in January."
    )
    assert ties(text) == ["campaign inRetaliationFor drone-attack"]
