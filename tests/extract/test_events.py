"""Attacks: where, when, with what, who was killed or hurt and who among them is named; examples and counter-examples.

Each row is a text with what must and what must not be told of its attacks, as `predicate=value` (counts as minimum-maximum, "*" for a description,
`/` before the group that a figure counts).
"""

from __future__ import annotations

from functools import cache

import pytest

from kg.model import Concept, Count, Mention, Telling, TimeSpan
from tests.extract.reading import document, rules


def shown(value: object) -> str:
    if isinstance(value, TimeSpan):
        return value.edtf or value.words
    if isinstance(value, Concept):
        return value.name.rpartition("/")[2]
    if isinstance(value, Count):
        return f"{value.minimum}-{value.maximum}"
    return value.words + ("*" if value.description else "") if isinstance(value, Mention) else "event"


@cache
def told(text: str) -> frozenset[str]:
    """All claims about the happenings of a text published on Wednesday, 15 May 2024."""
    found = set()
    for draft in rules()._drafts(document(text, "2024-05-15")):
        if isinstance(draft.subject, Telling):
            group = draft.qualifiers.group
            found.add(f"{draft.predicate}={shown(draft.object)}" + (f"/{group.words}" if group else ""))
    return frozenset(found)


TOLD = [
    # text, what is told
    # the dead and the hurt
    ("The car bomb left 14 people dead and 32 injured in the centre of Kirkuk last Sunday.", "killed=14-14 injured=32-32"),
    ("At least 15 people were killed and 40 wounded in a suicide attack in Kabul on Friday, officials said.", "killed=15-None injured=40-40"),
    ("Gunmen shot dead three policemen in Kirkuk on Monday.", "place=Kirkuk killed=3-3/policemen in Kirkuk"),
    ("Three officers were gunned down in Basra on Monday.", "killed=3-3/officers place=Basra"),
    ("A drone strike caused five deaths in Mosul on Monday.", "killed=5-5 place=Mosul"),
    ("Officials confirmed the deaths of three soldiers in a missile attack on a base in Anbar.", "killed=3-3/soldiers"),
    ("A rocket attack with 12 dead and 30 wounded shook Mosul on Monday.", "killed=12-12 injured=30-30"),
    ("Gunmen ambushed a bus near Mosul on Friday. At least five people lost their lives and a dozen more were injured.", "killed=5-None injured=12-12"),
    ("A drone struck a car in Mosul on Monday. Three people were killed, a medic said. Two others were wounded.", "killed=3-3 injured=2-2"),
    ("Officials told reporters that there had been at least 31 attacks on American troops in Iraq since October 17, and that 12 of the soldiers "
     "were wounded.", "actCount=31-None injured=12-12"),
    ("Seven Houthi commanders died in coalition air strikes, officials said.", "killed=7-7/Houthi kind=air-strike"),
    ("A drone strike killed three aid workers in Basra on Monday.", "killed=3-3/aid workers in Basra"),
    ("A rocket attack killed two passers-by in Basra on Monday.", "killed=2-2/passers-by"),
    # the named dead
    ("Today, Monday, the commander in the Iranian Revolutionary Guard, Reza Karbasi, was killed in an Israeli raid on a house in Aleppo.",
     "victim=Reza Karbasi"),
    ("Today, the commander in the Iranian Revolutionary Guard, Reza Karbasi, was martyred in an Israeli air aggression that targeted a house in "
     "Aleppo with three missiles.", "victim=Reza Karbasi perpetrator=Israeli weaponCount=3-3"),
    ("A drone struck a car in Mosul on Monday, killing three people. Among the dead was Ali Hassan al-Jaber, a commander.", "victim=Ali Hassan al-Jaber"),
    ("A drone struck a car in Mosul on Monday, killing three people. Qasem Soleimani was among those killed.", "victim=Qasem Soleimani"),
    ("A drone struck a car in Mosul on Monday, killing two. The victims were identified as Ali Hassan al-Jaber and Hassan Salih al-Jaf.",
     "victim=Ali Hassan al-Jaber victim=Hassan Salih al-Jaf"),
    ("The group mourned Hassan Nasrallah's death in an Israeli air strike on Dahieh on 27 September.", "victim=Hassan Nasrallah place=Dahieh"),
    # places
    ("The bombing killed four in the centre of Ankara on Sunday.", "place=Ankara"),
    ("An Israeli drone hit the village of Tell Maruf on Sunday.", "place=Tell Maruf"),
    ("A raid near Jibrin killed two men on Sunday.", "place=Jibrin"),
    ("Israeli jets carried out air strikes on Tehran on 13 June.", "place=Tehran"),
    # days
    ("In July 2006 Hezbollah gunmen crossed the border, killed three Israeli soldiers and abducted two.", "killed=3-3/Israeli soldiers time=2006-07"),
    ("This morning mortar shells fell inside the Green Zone.", "time=2024-05-15 place=Green Zone"),
    ("On Monday Iran fired missiles at Al Udeid air base in retaliation for the US bombing of Natanz on Sunday.", "time=2024-05-13 time=2024-05-12"),
    # weapons
    ("Militants attacked the Baiji refinery with mortars before dawn on Wednesday.", "weapon=mortar target=Baiji refinery*"),
    ("A missile crashed into the mosque of a camp in Yemen's Marib province on Saturday, killing at least 24 soldiers, officials and doctors said on "
     "Monday.", "kind=missile-attack killed=24-None/soldiers time=2024-05-11"),
    ("On 3 February 2024 rockets hit the Ain al-Asad base.", "weapon=rocket time=2024-02-03"),
    ("In January 2024 drones struck the Harir base.", "weapon=drone time=2024-01"),
    ("In 2023 militants attacked the Harir base.", "target=Harir base time=2023"),
    # exercises in which somebody is hurt, or beside which something else happens
    ("The militants attacked the army during a training exercise, killing three soldiers.", "killed=3-3/soldiers"),
    ("After the drill, gunmen attacked the Harir base on Monday.", "target=Harir base"),
    ("On Monday militants who had trained in a drill attacked the Harir base.", "target=Harir base"),
    ("The group attacked the Harir base in an exercise of its right to revenge.", "target=Harir base"),
    ("In an exercise on Monday, the navy sank a ship, and on Tuesday gunmen attacked the Harir base.", "target=Harir base"),
    # figures of one act beside another that says its own
    ("Air strikes on Mosul and Erbil killed seven people.", "killed=7-7"),
    ("A strike on the Harir base killed two soldiers, and another one hit Mosul.", "killed=2-2/soldiers"),
]  # fmt: skip

UNTOLD = [
    # text, beginnings of what is not told
    ("The car bomb left two soldiers and a policeman dead in Kirkuk.", "killed=2"),
    ("A rocket hit a base in Anbar. Since the war began, 400 soldiers have been killed.", "killed="),
    ("More than 9,000 people have been killed since October 7, when gunmen attacked Sderot, leaving 20 people dead.", "killed=9"),
    ("Gunmen attacked a checkpoint in Kirkuk on Sunday. Elsewhere, four people were killed.", "killed="),
    ("A drone struck a car in Mosul on Monday. Nobody was hurt.", "injured="),
    ("A raid on Mosul killed five. Qasem Soleimani was not among the dead.", "victim="),
    ("A raid on Mosul killed five. Qasem Soleimani visited the victims.", "victim="),
    ("The statesman's death in Beirut in 2008 was announced by the ministry.", "kind=attack"),
    ("Turkey blamed the bombing on the People's Protection Units.", "target="),
    ("The US base in the oil field of al-Omar was attacked.", "place=al-Omar"),
    ("Three soldiers lost their lives in an attack on a base in Anbar.", "perpetrator="),
    ("The talks in Doha resumed near Ramadan.", "place="),
    ("At least 30 people were killed or wounded in an air strike in Basra on Monday.", "killed="),
    ("At least 30 people were killed or wounded in an air strike in Basra on Monday.", "injured="),
    ("An air strike in Basra killed and seriously injured 30 people on Monday.", "killed="),
    ("An air strike in Basra left 30 people killed and wounded on Monday.", "injured="),
    ("Iran attacked Basra on Monday, killing or injuring dozens.", "killed="),
    ("In Monday's attack rockets hit the Harir base.", "time=2024-05-15"),
    ("Gunmen attacked the Ain al-Asad base with drones during a drill.", "kind="),
    ("During a military exercise, Turkish warplanes struck a camp near Erbil on Monday.", "kind="),
    ("As part of an exercise, the army shelled a village near Mosul.", "kind="),
    ("The army held a drill in which drones attacked the Harir base on Monday.", "kind="),
    ("The exercise included an air strike on the Harir base on Monday.", "kind="),
    ("The exercise saw Turkish warplanes bomb the Harir base.", "kind="),
    ("The army held a drill where drones attacked the Harir base on Monday.", "kind="),
    ("In a drill on Monday, the army shelled a village near Mosul and bombed the Harir base.", "kind="),
    ("A drone strike on Mosul and another one on Erbil killed seven people on Monday.", "killed="),
    ("A drone strike on Mosul and another one on Erbil killed seven people on Monday.", "place=Erbil"),
    ("A drone strike on Mosul and a rocket attack on Erbil killed seven people on Monday.", "killed="),
    ("Seven people were killed in a strike on Mosul and another on Erbil.", "killed="),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TOLD, ids=[text[:40] for text, _ in TOLD])
def test_what_is_told(text: str, wanted: str) -> None:
    rows = told(text)
    names = wanted.split(" ")
    asked, kept = [], ""
    for part in names:  # values may hold spaces: a new one begins with its predicate
        if "=" in part and kept:
            asked.append(kept)
            kept = ""
        kept = f"{kept} {part}".strip()
    assert {*asked, kept} <= rows, sorted(rows)


@pytest.mark.parametrize(("text", "unwanted"), UNTOLD, ids=[text[:40] for text, _ in UNTOLD])
def test_what_is_not_told(text: str, unwanted: str) -> None:
    assert not [row for row in told(text) if row.startswith(unwanted)]
