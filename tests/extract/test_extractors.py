"""What every extractor promises: one suite for all that the table names."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg import settings
from kg.extract import EXTRACTORS, Extractor
from kg.model import ClaimDraft, Concept, Count, Mention, Telling, TimeSpan
from tests.extract.reading import document

ALL = sorted(EXTRACTORS)


@cache
def extractor(name: str) -> Extractor:
    return EXTRACTORS[name](settings.read({}))


def shown(value: object) -> str:
    """A draft's subject or object in short: the last part of its one sense, else its words."""
    if isinstance(value, Mention):
        names = {sense.rsplit("/", 1)[-1] for sense in value.senses}
        return names.pop() if len(names) == 1 else value.words
    if isinstance(value, Concept):
        return value.name.rsplit("/", 1)[-1]
    if isinstance(value, Count):
        return f"{value.minimum}..{value.maximum}"
    if isinstance(value, TimeSpan):
        return value.edtf or value.words
    assert isinstance(value, Telling)
    return "event"


def said(draft: ClaimDraft) -> str:
    """A draft in one line: speakers, subject, predicate, object, and its tier where that is not explicit."""
    speakers = "".join(f"{shown(s)} > " for s in reversed(draft.speakers))
    tier = "" if draft.tier == "explicit" else f" [{draft.tier}]"
    return f"{speakers}{shown(draft.subject)} {draft.predicate} {shown(draft.object)}{tier}"


def claims(name: str, text: str, day: str | None = "2024-02-08") -> set[str]:
    return {said(draft) for draft in extractor(name).extract(document(text, day)).drafts}


STATED = [
    # roles and positions
    ("Akram al-Kaabi, secretary-general of Harakat Hezbollah al-Nujaba, spoke.", "akram-al-kaabi leads harakat-hezbollah-al-nujaba"),
    ("Nasr al-Shammari, a spokesman for al-Nujaba, was quoted.", "nasr-al-shammari speaksFor harakat-hezbollah-al-nujaba"),
    ("Quds Force commander Qasem Soleimani had come from Syria.", "qasem-soleimani commandsIn quds-force"),
    ("Iraqi Prime Minister Mustafa al-Kadhimi left.", "mustafa-al-kadhimi leads iraq"),
    ("The chief of the Badr Organization, Hadi al-Amiri, agreed.", "hadi-al-amiri leads badr-organization"),
    ("Hadi al-Amiri, chief of Iraq's old Badr Organization, agreed.", "hadi-al-amiri leads badr-organization"),
    # structure
    ("The PMU are now an official part of the Iraqi Armed Forces.", "popular-mobilization-forces partOf iraqi-armed-forces"),
    ("Iran-backed Kataib Hezbollah moved its men.", "kataib-hezbollah backedBy iran"),
    ("The pro-Iran militia Kata'ib Hezbollah moved its men.", "kataib-hezbollah alignedWith iran"),
    ("The PMF receive funding from the Iraqi state.", "popular-mobilization-forces fundedBy iraq"),
    ("The Islamic Resistance in Iraq, an umbrella network, met.", "islamic-resistance-in-iraq organisationKind umbrella"),
    # designation, founding, strength
    ("The US has designated Harakat Hezbollah al-Nujaba a terrorist group.", "harakat-hezbollah-al-nujaba designatedTerroristBy united-states"),
    ("The Islamic Resistance in Iraq, a network of groups formed in late 2023, met.", "islamic-resistance-in-iraq founded 2023-10/2023-12"),
    ("The Badr Organization has between 10,000 and 50,000 fighters.", "badr-organization hasStrength 10000..50000"),
    ("Around 2,500 American troops in Iraq remain.", "us-forces-in-iraq hasStrength 2500..2500"),
    # events
    ("A US drone strike in Baghdad killed three people on Wednesday.", "event perpetrator united-states"),
    ("A US drone strike in Baghdad killed three people on Wednesday.", "event place Baghdad"),
    ("A US drone strike in Baghdad killed three people on Wednesday.", "event killed 3..3"),
    ("A US drone strike in Baghdad killed three people on Wednesday.", "event time 2024-02-07"),
    ("Israel's assassination of Ismail Haniyeh shook the region.", "event victim ismail-haniyeh"),
    ("The Ain al-Asad base was attacked with four rockets on Sunday.", "event target ain-al-asad-airbase"),
    ("An air strike hit the headquarters of the Popular Mobilization Forces.", "event target popular-mobilization-forces"),
    ("Three Hezbollah fighters died in a US drone strike in Baghdad on Wednesday.", "event killed 3..3"),
    ("Three people perished when a US drone strike hit Baghdad on Wednesday.", "event killed 3..3"),
    ("A US drone strike hit Basra on Wednesday, claiming the lives of three people.", "event killed 3..3"),
    ("Three soldiers sustained injuries in a rocket attack on the Ain al-Asad base on Monday.", "event injured 3..3"),
    ("The Badr Organization fired two rockets at the Ain al-Asad base on Monday.", "event weapon rocket"),
    ("The Badr Organization went on to attack the Ain al-Asad base on Tuesday.", "event perpetrator badr-organization"),
    ("Kataib Hezbollah took control of the al-Tanf base on Monday.", "event target al-tanf-garrison"),
    ("Hezbollah carried out a barrage of rockets on the Harir base on Monday.", "event target harir-air-base"),
    # chains
    ("A security source told Al Mayadeen that Ain al-Asad base was attacked.", "al-mayadeen > security source > event target ain-al-asad-airbase"),
    (
        "About 5,000 US troops are in Gaza, security sources told Tasnim.",
        "tasnim-news-agency > security sources > united-states-armed-forces hasStrength 5000..5000",
    ),
    (
        "The Islamic State claimed responsibility for the bombing in Kerman on Wednesday.",
        "event claimedBy islamic-state",
    ),
    # what goes on with the event of the sentence before
    ("A US drone strike hit Baghdad on Wednesday. It killed three people.", "event killed 3..3 [coreferent]"),
]  # fmt: skip


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("text", "claim"), STATED, ids=[claim for _, claim in STATED])
def test_what_the_words_say_is_read(name: str, text: str, claim: str) -> None:
    assert claim in claims(name, text)


NOT_STATED = [
    # (text, predicate that must not be drawn from it)
    ("Iran-backed leader Hadi al-Amiri spoke of Iraq's army.", "leads"),
    ("Harakat al-Nujaba threatened to attack the Ain al-Asad base.", "perpetrator"),
    ("If the United States attacked Iran, the war would spread.", "target"),
    ("The United States did not attack the Ain al-Asad base.", "target"),
    ("Iran will strike the Ain al-Asad base.", "perpetrator"),
    ("Washington accused Iran of the attack on the Ain al-Asad base.", "perpetrator"),
    ("The Islamic Resistance in Iraq claimed responsibility for the attack on the Ain al-Asad base.", "perpetrator"),
    ("The strikes hit more than 85 targets.", "killed"),
    ("US forces have been attacked more than 165 times since October.", "kind attack "),
    ("Repeated American air strikes on Iraqi soil angered Baghdad.", "perpetrator"),
    ("A US drone strike killed 3 people; the group said on Friday that it mourned them.", "time"),
    ("The PMF, which are funded by the Iraqi state, are part of the Iraqi Armed Forces.", "iraq partOf"),
    ("The Badr Organization is sympathetic to Iran's allies.", "iran"),
    ("Two men died, leaving 100 US troops in Iraq with injuries.", "hasStrength"),
    ("That killing led the Council of Representatives to act.", "target"),
    ("Hadi al-Amiri demanded that Iran-backed groups attack the Ain al-Asad base.", "target"),
    ("The group said that it had attacked the Ain al-Asad base.", "target"),
    ("A US drone strike killed a commander close to Hadi al-Amiri on Monday.", "victim"),
    ("The attack killed three soldiers hours before Joe Biden spoke in Jordan.", "victim"),
    ("Supporters of Qais al-Khazali were killed in a US strike on Monday.", "victim"),
    ("Rumours that Qais al-Khazali was killed in a US strike were false.", "victim"),
    ("A rival of Kata'ib Hezbollah attacked the Ain al-Asad base.", "perpetrator"),
    ("The group that struck Israel attacked the Ain al-Asad base.", "perpetrator"),
    ("Protesters angry at Israel attacked the Ain al-Asad base.", "perpetrator"),
    ("Missiles bought from Iran struck the Ain al-Asad base.", "perpetrator"),
    ("An earthquake in Turkey hit Aleppo.", "perpetrator"),
    ("The Ain al-Asad base was attacked by Iraqi militants on Monday.", "perpetrator iraq"),
    ("The Ain al-Asad base was attacked by US-sanctioned Kataib Hezbollah.", "perpetrator united-states"),
    ("Three soldiers were killed in the Jordanian attack on January 28.", "perpetrator"),
    ("Iran struck the Ain al-Asad base on Monday, he said.", "perpetrator"),
    ("“We will not rest. Israel assassinated Ismail Haniyeh. We will answer,” he went on.", "perpetrator"),
    ("Hamas is convinced that Iran struck the Ain al-Asad base.", "perpetrator"),
    ("Had Israel bombed Damascus, Iran would have answered.", "perpetrator"),
    ("If Kataib Hezbollah is part of the PMF, the law applies.", "partOf"),
    ("Kataib Hezbollah may become part of the PMF.", "partOf"),
    ("It is false that Kataib Hezbollah is part of the PMF.", "partOf"),
    ("An opponent of Iran designated Hamas as a terrorist organization.", "designatedTerroristBy"),
    ("Enemies of Iran have 5,000 troops in Syria.", "hasStrength"),
    ("Kata'ib Hezbollah, an offshoot of the Badr Organization, was formed in 2007.", "badr-organization founded"),
    ("Critics of Hamas said Israel assassinated Ismail Haniyeh.", "hamas > event perpetrator"),
    ("A US strike in Baghdad killed two civilians and four fighters.", "killed"),
    ("False reports that Israel assassinated Hassan Nasrallah spread on Monday.", "perpetrator"),
    ("Israel's attempted assassination of Hassan Nasrallah in Beirut came to nothing.", "perpetrator"),
    ("A plot for a US assassination of Qasem Soleimani was uncovered.", "victim"),
    ("The anniversary of the US drone strike in Baghdad was marked in Tehran on Wednesday.", "time"),
    ("Iraqi forces, helped by US air strikes in Mosul, killed 20 fighters.", "perpetrator united-states killed"),
    ("The US hit Iran with sanctions.", "perpetrator"),
    ("The Russian attack on American policy came on Tuesday.", "perpetrator"),
    ("Are the PMF part of the Iraqi Armed Forces?", "partOf"),
    ("Iraqi forces, backed by US air strikes, went on.", "backedBy"),
    ("Three Hezbollah fighters died in a US drone strike in Baghdad on Wednesday.", "perpetrator hezbollah"),
    ("Police kept the bomb from exploding in Damascus on Wednesday.", "explosion"),
    ("Attacks by the Islamic State have cost the lives of 180 soldiers since April 2017.", "killed"),
]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("text", "absent"), NOT_STATED, ids=[text for text, _ in NOT_STATED])
def test_what_the_words_do_not_say_is_not_read(name: str, text: str, absent: str) -> None:
    assert [claim for claim in claims(name, text) if absent in claim] == []


@pytest.mark.parametrize("name", ALL)
def test_a_speakers_fact_is_not_the_outlets(name: str) -> None:
    text = "The Badr Organization is part of the Popular Mobilization Forces, Hadi al-Amiri said."
    assert claims(name, text) == {"hadi-al-amiri > badr-organization partOf popular-mobilization-forces"}


@pytest.mark.parametrize("name", ALL)
def test_according_to_somebody_is_not_the_outlets_word(name: str) -> None:
    text = "According to Kata'ib Hezbollah, a US drone strike hit Baghdad."
    assert {claim.split(" > ")[0] for claim in claims(name, text)} == {"kataib-hezbollah"}


@pytest.mark.parametrize("name", ALL)
def test_an_undated_article_keeps_relative_words(name: str) -> None:
    text = "A US drone strike in Baghdad killed three people on Wednesday."
    assert "event time Wednesday" in claims(name, text, day=None)


@pytest.mark.parametrize("name", ALL)
def test_a_family_name_is_the_person_whom_the_article_named(name: str) -> None:
    text = "Qais al-Khazali spoke. The Badr Organization is part of the Popular Mobilization Forces, al-Khazali said."
    assert "qais-al-khazali > badr-organization partOf popular-mobilization-forces" in claims(name, text)


@pytest.mark.parametrize("name", ALL)
def test_a_family_name_of_somebody_unlisted_is_pointed_to_where_the_article_gives_his_name(name: str) -> None:
    text = "Karim Nadimi visited Basra. The Badr Organization is part of the Popular Mobilization Forces, Nadimi said."
    (claim,) = [draft for draft in extractor(name).extract(document(text)).drafts if draft.speakers]
    assert [(speaker.words, speaker.span.of(text)) for speaker in claim.speakers] == [("Karim Nadimi", "Karim Nadimi")]


@pytest.mark.parametrize("name", ALL)
def test_two_men_of_one_family_name_leave_it_unsettled(name: str) -> None:
    text = "Ali Khamenei and Mojtaba Khamenei met. The PMF are part of the Iraqi Armed Forces, Khamenei said."
    assert not [c for c in claims(name, text) if c.startswith(("ali-khamenei >", "mojtaba-khamenei >"))]


@pytest.mark.parametrize("name", ALL)
def test_a_footnote_designates_only_what_carries_its_mark(name: str) -> None:
    text = "Hamas met Hezbollah near ISIS* lines.\n* A terrorist group banned in Russia."
    assert claims(name, text) == {"islamic-state designatedTerroristBy russia"}


def contained(words: list[str], others: list[str]) -> bool:
    """Whether words stand among others in their order: a description leaves out what is told aside."""
    rest = iter(others)
    return all(word in rest for word in words)


VOCABULARY = """Badr Organization Iran -backed killed three five people on Wednesday in Baghdad a US drone strike hit the Ain al-Asad base , . “ ” said
that Hadi al-Amiri leader of is part PMF * ( ) between 4 and 5 not would told Tasnim sources attack by with missiles 's"""
WORDS = st.sampled_from(VOCABULARY.split())


@pytest.mark.parametrize("name", ALL)
@given(words=st.lists(WORDS, max_size=40))
@example(words=["hit", "al-Amiri", "Badr", "people"])
def test_whatever_the_words_nothing_breaks_and_spans_hold(name: str, words: list[str]) -> None:
    text = " ".join(words)
    found = extractor(name).extract(document(text))
    assert found == extractor(name).extract(document(text)), "the same text gives the same claims"
    for draft in found.drafts:
        assert 0 <= draft.evidence.start < draft.evidence.end <= len(text)
        for mention in (draft.subject, draft.object, *draft.speakers):
            if isinstance(mention, Mention):
                there = mention.span.of(text)
                assert there == mention.words or (mention.description and contained(mention.words.split(), there.split()))
