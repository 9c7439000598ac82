"""Sentences that nearly say what they do not: of each, what must not be read in it, and what must still be."""

import pytest

from tests.extract.test_extractors import claims

DAY = "2024-05-15"

NEAR_MISSES = [
    # text, starts of claims that must be absent, claims that must be there
    (
        "A militia whose commander was killed by the United States fired rockets at the Ain al-Asad base on Monday.",
        ("event perpetrator militia", "event victim"),
        ("event target ain-al-asad-airbase", "event weapon rocket"),
    ),
    (
        "Saleh al-Arouri, whose aide was killed in an Israeli strike in Beirut on Tuesday, spoke on Friday.",
        ("event victim", "event target", "event time 2024-05-10"),
        ("event perpetrator israel", "event place Beirut", "event time 2024-05-14"),
    ),
    ("It was not clear whether Israel had carried out the strike on Damascus on Tuesday.", ("event perpetrator",), ()),
    (
        "The Pentagon said it had no information that US forces carried out the strike on Babil on Friday.",
        ("united-states-department-of-defense > event perpetrator", "event perpetrator"),
        (),
    ),
    ("A former Israeli soldier killed four people in Haifa on Thursday.", ("event perpetrator israel",), ("event killed 4..4",)),
    (
        "Four Turkish soldiers died in an Iranian strike in Dohuk on Monday.",
        ("event perpetrator turkey",),
        ("event perpetrator iran", "event killed 4..4"),
    ),
    ("The United States struck Hezbollah off its list of terrorist organisations on 8 July.", ("event",), ()),
    ("Washington pinned the attack on Kataib Hezbollah, without a shred of evidence.", ("event target",), ()),
    (
        "US President Donald Trump warned Iran. President Hassan Rouhani spoke in Tehran.",
        ("hassan-rouhani leads united-states",),
        ("hassan-rouhani leads iran [coreferent]",),
    ),
    ("Not Israel but the Islamic State bombed Kerman in January.", ("event perpetrator israel",), ("event perpetrator islamic-state",)),
    (
        "Iran, whose consulate Israel bombed in April, attacked Israel with drones on Saturday.",
        ("event target israel",),
        ("event perpetrator israel", "event perpetrator iran", "event weapon drone", "event time 2024-05-11"),
    ),
    ("The prospect of an Israeli attack on Tehran lifted oil prices on Monday.", ("event",), ()),
    ("Oil prices rose on Monday on expectations of an Israeli strike on Iran.", ("event",), ()),
    ("Israel called off a strike on Tehran on Monday.", ("event",), ()),
    ("Hezbollah called the Israeli strike on Beirut on Monday a crime.", (), ("event perpetrator israel",)),
    ("The Pentagon commented on the US strike on Babil on Monday.", (), ("event perpetrator united-states",)),
    (
        "Russian jets based at Khmeimim Air Base bombed Idlib on Sunday after rebels attacked Hama.",
        (),
        ("event perpetrator russia", "event place idlib", "event place hama"),
    ),
    ("It was Hezbollah rather than the Lebanese army that fired at Israeli jets over Tyre on Monday.", ("event perpetrator lebanese",), ()),
    (
        "Fuad Shukr, blamed by Israel for the Majdal Shams attack, was killed in Beirut on July 30.",
        ("event accused", "israel >", "event perpetrator"),
        ("event victim fuad-shukr", "event blamed fuad-shukr"),
    ),
    ("One of the two commanders killed in the strike on Beirut on Friday was Ibrahim Aqil.", ("event killed",), ()),
    ("Hezbollah fired 40 rockets at Haifa on Monday.", (), ("event perpetrator hezbollah", "event weaponCount 40..40")),
    (
        "The bomb exploded as US troops passed in Manbij in January 2019, killing four Americans.",
        ("event perpetrator",),
        ("event kind explosion", "event killed 4..4"),
    ),
    ("Syria's state news agency retracted a report that Israel had struck Homs on Monday.", ("event",), ()),
    # accidents, words, work
    ("Three soldiers were killed in a car crash near Mosul on Monday.", ("event",), ()),
    ("Four Iranian soldiers died of heart attacks during an exercise in Isfahan on Monday.", ("event",), ()),
    ("A fire at a hospital in Baghdad killed 82 people in April 2021.", ("event",), ()),
    ("Two soldiers were killed by Turkish fire in Dohuk on Monday.", (), ("event killed 2..2",)),
    ("The earthquake struck Aleppo on Monday, killing 400 people.", ("event",), ()),
    ("Price hikes hit Iran in November 2019.", ("event",), ()),
    ("A strike by oil workers hit Khuzestan on Monday.", ("event",), ()),
    ("Muqtada al-Sadr attacked the Iraqi parliament's new law on Friday.", ("event",), ()),
    ("Netanyahu attacked Joe Biden in a speech on Monday.", ("event perpetrator", "event target"), ()),
    ("Beirut was struck by grief on Sunday.", ("event",), ()),
    ("Israel was hit by a wave of protests on Saturday.", ("event",), ()),
    ("Doctors bombarded the ministry in Baghdad with letters on Monday.", ("event",), ()),
    ("Hamas was struck from the list of terrorist groups by the General Court.", ("event target",), ()),
    ("Hezbollah attacked an army post in Metula with drones on Monday.", (), ("event perpetrator hezbollah",)),
    ("Hamas launched a verbal attack on Fatah on Monday.", ("event perpetrator", "event target"), ()),
    ("Israeli troops killed 200 sheep near Hebron on Monday.", ("event killed",), ()),
    ("Israel attacked Gaza for three hours on Monday.", (), ("event perpetrator israel", "event place gaza-strip")),
    ("Iran held exercises simulating a strike on Dimona on Tuesday.", ("event",), ()),
    # days and places of something else
    ("The anniversary of the US drone strike in Baghdad was marked in Tehran on Wednesday.", ("event time", "event place tehran"), ()),
    ("Thousands mourned Saleh al-Arouri, who was killed in Beirut, at a funeral on Thursday.", ("event time",), ("event place Beirut",)),
    ("The commander, born in Basra, was killed in a US strike on Thursday.", ("event place",), ("event perpetrator united-states",)),
    ("The village of Aita al-Shaab was shelled by artillery positioned inside Israel.", ("event place israel", "event perpetrator"), ()),
    ("Two years after the US killed Qasem Soleimani, crowds gathered in Baghdad on Monday.", ("event time", "event place"), ()),
    ("A report from Beirut said that an Israeli strike had killed three people on Monday.", ("Beirut >",), ()),
    # claims and denials
    ("Hezbollah refused to claim responsibility for the attack on Haifa on Sunday.", ("event claimedBy", "event deniedBy"), ()),
    ("The Taliban took responsibility for guarding the embassy in Kabul.", ("event",), ()),
    (
        "The Israeli general took responsibility for the failure to prevent the October 7 attack by Hamas.",
        ("event claimedBy", "event speaker"),
        ("event perpetrator hamas",),
    ),
    ("Ali Khamenei condemned neither the attack nor its authors.", ("event kind condemns", "event speaker"), ()),
    ("Nobody in Tehran said that Iran had attacked Erbil.", ("event", "Nobody"), ()),
    ("Iran hit back at Israel over its comments on Monday.", ("event perpetrator",), ()),
    ("Iran hit back at Israel with 300 drones and missiles on April 13.", (), ("event perpetrator iran",)),
    # relations
    (
        "Turkey backs the Syrian National Army and opposes the Syrian Democratic Forces.",
        ("syrian-democratic-forces",),
        ("syrian-national-army backedBy turkey",),
    ),
    ("Iran backs Hezbollah and fights the Islamic State.", ("islamic-state",), ("hezbollah backedBy iran",)),
    ("Iran backs Hezbollah and the Houthis.", (), ("hezbollah backedBy iran", "houthis backedBy iran")),
    # offices
    ("Barack Obama is the founder of the Islamic State, Donald Trump said.", ("donald-trump hold", "barack-obama"), ()),
    ("Candidate for prime minister of Iraq Mohammed Tawfiq Allawi withdrew.", ("Mohammed Tawfiq Allawi leads",), ()),
    ("The would-be leader of the Islamic State Abu Hassan was arrested.", ("Abu Hassan leads",), ()),
    ("A longtime aide to the leader of the Badr Organization, Hadi al-Amiri, spoke.", ("hadi-al-amiri leads",), ()),
    ("He met the leader of Hezbollah, Hassan Nasrallah, in Beirut.", (), ("hassan-nasrallah leads hezbollah",)),
]


@pytest.mark.parametrize(("text", "absent", "present"), NEAR_MISSES, ids=[text[:60] for text, _, _ in NEAR_MISSES])
def test_what_is_nearly_said_is_not_read(text: str, absent: tuple[str, ...], present: tuple[str, ...]) -> None:
    found = claims("rules", text, DAY)
    assert not [claim for claim in found for start in absent if claim.startswith(start)]
    assert set(present) <= found
