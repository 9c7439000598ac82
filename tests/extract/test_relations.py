"""Roles, structure, founding, designations and strengths: every construction with what it reads and what looks like it and is not."""

from __future__ import annotations

from functools import cache

import pytest

from kg import settings
from kg.extract import EXTRACTORS, Extractor
from kg.extract.bodies.constructions import CONSTRUCTIONS
from kg.extract.bodies.strengths import ROWS
from kg.model import ClaimDraft, Concept, Count, Mention, TimeSpan
from tests.extract.reading import document


@cache
def extractor() -> Extractor:
    return EXTRACTORS["rules"](settings.read({}))


PLACES = ("place/",)


def name(mention: Mention, first: str = "actor/") -> str:
    """A mention's one sense of a kind, else its words."""
    found = {sense.rsplit("/", 1)[-1] for sense in mention.senses if first in sense}
    return found.pop() if len(found) == 1 else mention.words


def shown(value: object) -> str:
    match value:
        case Mention():
            return name(value) if name(value) != value.words else name(value, "person/")
        case Concept():
            return value.name.rsplit("/", 1)[-1]
        case Count():
            about = {"count-modifier/about": "~", "count-modifier/exact": ""}.get(value.modifier, "")
            bounds = (value.minimum, value.maximum)
            number = str(bounds[0]) if bounds[0] == bounds[1] else f"{bounds[0]}..{bounds[1]}"
            return about + number + " " + str(value.counted).removeprefix("counted/") + (f" of {value.total}" if value.total else "")
        case TimeSpan():
            return value.edtf or value.words
    raise AssertionError(value)


def said(draft: ClaimDraft) -> str:
    """A draft in a line: how it is put where not as so, subject, predicate, object, and for a strength where and when."""
    held = draft.qualifiers
    realis = "" if draft.realis == "asserted" else f"{draft.realis}: "
    where = f" @ {name(held.place, 'place/')}" if held.place else ""
    body = f" in {shown(held.group)}" if held.group else ""
    when = f" on {held.time.edtf}" if held.time else ""
    then = f" ({held.incumbency.removeprefix('incumbency/')})" if held.incumbency else ""
    voices = "".join(f"{shown(s)} > " for s in reversed(draft.speakers))
    return f"{voices}{realis}{shown(draft.subject)} {draft.predicate} {shown(draft.object)}{where}{body}{when}{then}"


def claims(text: str, day: str | None = "2024-02-08") -> set[str]:
    return {said(d) for d in extractor().extract(document(text, day)).drafts if isinstance(d.subject, Mention)}


HELD = (
    # (construction, example, what is read, counter-example, predicate that must not be drawn from it)
    ("P, role of O", "Ismail Qaani, commander of the Quds Force, flew home.", "esmail-qaani commandsIn quds-force",
     "Ismail Qaani, a friend of the Quds Force, flew home.", "commandsIn"),
    ("P is role of O", "Ismail Qaani is the commander of the Quds Force.", "esmail-qaani commandsIn quds-force",
     "Ismail Qaani is no friend of the commander.", "commandsIn"),
    ("P as role of O", "They hailed Ismail Qaani as the commander of the Quds Force.", "esmail-qaani commandsIn quds-force",
     "They met a man posing as Ismail Qaani as a guest of the Quds Force.", "commandsIn"),
    ("P, O role", "Yahya Sinwar, the Hamas leader, was there.", "yahya-sinwar leads hamas",
     "Yahya Sinwar, the Hamas leader's brother, was there.", "leads"),
    ("O's role P", "The Houthis' ally met Hezbollah's chief, Hassan Nasrallah.", "hassan-nasrallah leads hezbollah",
     "Hezbollah's guest Hassan Nasrallah left.", "leads"),
    ("O role and role P", "Hamas leader and negotiator Yahya Sinwar agreed.", "yahya-sinwar leads hamas",
     "Hamas leaders and Yahya Sinwar agreed.", "yahya-sinwar leads"),
    ("Iraqi role P", "Former Iraqi prime minister Nouri al-Maliki was there.", "nouri-al-maliki leads iraq (former)",
     "Iraqi guests of Nouri al-Maliki were there.", "leads"),
    ("role of O, P", "The spokesman of the Houthis, Mohammed Abdulsalam, travelled.", "mohammed-abdul-salam speaksFor houthis",
     "The guest of the Houthis, Mohammed Abdulsalam, travelled.", "speaksFor"),
    ("role of O in L, P", "The leader of Hamas in Gaza, Yahya Sinwar, agreed.", "yahya-sinwar leads hamas",
     "The prisoners of Hamas in Gaza, Yahya Sinwar agreed, go free.", "leads"),
    ("P, who leads O", "They met Muqtada al-Sadr, who heads the Sadrist Movement.", "muqtada-al-sadr leads sadrist-movement",
     "They met Muqtada al-Sadr, who met the Sadrist Movement.", "leads"),
    ("P, who commands O", "They met Ismail Qaani, who commands the Quds Force.", "esmail-qaani commandsIn quds-force",
     "They met Ismail Qaani, who knows the Quds Force.", "commandsIn"),
    ("O, which P led", "The Sadrist Movement, which Muqtada al-Sadr led for years, quit.", "muqtada-al-sadr leads sadrist-movement",
     "The Sadrist Movement, which Muqtada al-Sadr left, quit.", "leads"),
    ("B considers A part of C", "Turkey regards the YPG as part of the PKK.", "turkey > peoples-protection-units partOf pkk",
     "Turkey regards the YPG as part of the problem.", "partOf"),
    ("commander in O, P", "The commander in the Quds Force, Ali Rezai, was there.", "Ali Rezai commandsIn quds-force",
     "They met the commander in the Quds Force, Ali Rezai said.", "commandsIn"),
    ("P is the Iraqi role", "Jim Miller is the Yemeni president.", "Jim Miller leads yemen",
     "Jim Miller is the Yemeni president's guest.", "leads"),
    ("P is O's role", "Jim Miller is Hezbollah's spokesman.", "Jim Miller speaksFor hezbollah",
     "Jim Miller is Hezbollah's guest.", "speaksFor"),
    ("P, one of O's roles", "Jim Miller, one of the PKK's commanders, left.", "Jim Miller commandsIn pkk",
     "Jim Miller, one of the PKK's guests, left.", "commandsIn"),
    ("P, one of the roles of O", "Jim Miller, one of the founders of Hezbollah, left.", "Jim Miller holdsPositionIn hezbollah",
     "Jim Miller, one of the friends of Hezbollah, left.", "holdsPositionIn"),
    ("P has been role of O", "Jim Miller has been leader of Hamas since 2017.", "Jim Miller leads hamas",
     "Jim Miller has been no leader of Hamas.", "leads"),
    ("P was elected role of O", "Jim Miller was elected leader of Hamas.", "Jim Miller leads hamas",
     "Jim Miller was asked by the leader of Hamas.", "leads"),
    ("P was elected O's role", "Jim Miller was appointed as Hezbollah's spokesman.", "Jim Miller speaksFor hezbollah",
     "Jim Miller was heard by Hezbollah's new spokesman.", "speaksFor"),
    ("P, who speaks for O", "Jim Miller, who speaks for Hezbollah, left.", "Jim Miller speaksFor hezbollah",
     "Jim Miller, who speaks of Hezbollah, left.", "speaksFor"),
    ("O and its role P", "He visited Hamas and its leader, Jim Miller.", "Jim Miller leads hamas",
     "He visited Hamas and its guest, Jim Miller.", "leads"),
    ("B-backed kind in L, A", "An Iran-backed militia in Iraq, Saraya al-Salam, left.", "saraya-al-salam backedBy iran",
     "They met an Iran-backed militia in Iraq, Saraya al-Salam said.", "backedBy"),
    ("a B-backed kind, A", "An Iran-backed militia, Saraya al-Salam, left.", "saraya-al-salam backedBy iran",
     "They met an Iran-backed militia, Saraya al-Salam said.", "backedBy"),
    ("A's wing, B", "Hamas's armed wing, the al-Qassam Brigades, left.", "al-qassam-brigades partOf hamas",
     "Hamas's armed wing, the al-Qassam Brigades said, left.", "partOf"),
    ("A is its wing", "Hezbollah has grown. The Radwan Force is its elite unit.", "radwan-force partOf hezbollah",
     "Hezbollah has grown. The Radwan Force is not its elite unit.", "partOf"),
    ("A, a B ally", "The Amal Movement, a Hezbollah ally, left.", "amal-movement alignedWith hezbollah",
     "The Amal Movement, a former Hezbollah ally, left.", "alignedWith"),
    ("A's ally B", "Hezbollah's ally, the Amal Movement, left.", "hezbollah alignedWith amal-movement",
     "Hezbollah's former ally, the Amal Movement, left.", "alignedWith"),
    ("B supplies A with weapons", "Iran supplies the Houthis with missiles.", "houthis backedBy iran",
     "Iran does not supply the Houthis with missiles.", "backedBy"),
    ("A emerged in D", "The Islamic Resistance in Iraq emerged in October 2023.", "islamic-resistance-in-iraq founded 2023-10",
     "Hezbollah emerged in 2006 as the victor.", "founded"),
    ("A dates back to D", "Kataib Hezbollah dates back to 2003.", "kataib-hezbollah founded 2003",
     "Kataib Hezbollah's feud dates back to 2003.", "founded"),
    ("A announced its formation in D", "Saraya Awliya al-Dam announced its formation in 2020.", "saraya-awliya-al-dam founded 2020",
     "Saraya Awliya al-Dam announced its decision in 2020.", "founded"),
    ("A came into being in D", "The PMF came into being in 2014.", "popular-mobilization-forces founded 2014",
     "The plan of the PMF came into being in 2014.", "founded"),
    ("A was set up in D", "The SDF were set up in October 2015.", "syrian-democratic-forces founded 2015-10",
     "The office of the SDF was set up in October 2015.", "founded"),
    ("A was founded in L in D", "Hamas was established in Gaza in December 1987.", "hamas founded 1987-12",
     "A rival of Hamas was established in Gaza in December 1987.", "founded"),
    ("A, founded in L in D", "Hamas, founded in Gaza in 1987, left.", "hamas founded 1987", "Hamas, active in Gaza in 1987, left.", "founded"),
    ("since its formation in D, A", "Since its formation in 2014, the PMF has grown.", "popular-mobilization-forces founded 2014",
     "Since its defeat in 2014, the PMF has grown.", "founded"),
    ("A and its ally B", "Hezbollah and its ally, the Amal Movement, left.", "hezbollah alignedWith amal-movement",
     "Hezbollah and its former ally, the Amal Movement, left.", "alignedWith"),
    ("B considers A a kind", "Germany considers Hezbollah a terrorist organisation.", "hezbollah designatedTerroristBy germany",
     "Germany does not consider Hezbollah a terrorist organisation.", "designatedTerroristBy"),
    ("A, which B considers a kind", "They met the PKK, which Turkey regards as a terrorist group.", "pkk designatedTerroristBy turkey",
     "They met the PKK, which Turkey fights.", "designatedTerroristBy"),
    ("B, which designates A", "The United States, which designates the PKK as a terrorist group, left.",
     "pkk designatedTerroristBy united-states", "The United States, which knows the PKK as a terrorist group, left.", "designatedTerroristBy"),
    ("A, outlawed by B", "Kata'ib Hezbollah, blacklisted by Washington since 2009, left.", "kataib-hezbollah designatedTerroristBy united-states",
     "Kata'ib Hezbollah, praised by Washington since 2009, left.", "designatedTerroristBy"),
    ("A, …, is designated by B", "Hezbollah, which holds seats, has been listed as a terrorist group by Canada.",
     "hezbollah designatedTerroristBy canada", "Hezbollah, which holds seats, has been visited by Canada.", "designatedTerroristBy"),
    ("A, a B-designated kind", "They met Hamas, a US-designated terrorist group.", "hamas designatedTerroristBy united-states",
     "They met Hamas, a US-educated group.", "designatedTerroristBy"),
    ("P leads O", "Muqtada al-Sadr heads the Sadrist Movement.", "muqtada-al-sadr leads sadrist-movement",
     "Muqtada al-Sadr left the Sadrist Movement.", "leads"),
    ("P commands O", "Ismail Qaani commanded the Quds Force.", "esmail-qaani commandsIn quds-force",
     "Ismail Qaani praised the Quds Force.", "commandsIn"),
    ("O led by P", "The Sadrist Movement, led by Muqtada al-Sadr, quit.", "muqtada-al-sadr leads sadrist-movement",
     "The Sadrist Movement, praised by Muqtada al-Sadr, quit.", "leads"),
    ("O, which is led by P", "They met the Sadrist Movement, which is led by Muqtada al-Sadr.", "muqtada-al-sadr leads sadrist-movement",
     "They met the Sadrist Movement, which is praised by Muqtada al-Sadr.", "leads"),
    ("O is led by P", "The Sadrist Movement is led by Muqtada al-Sadr.", "muqtada-al-sadr leads sadrist-movement",
     "A rival of the Sadrist Movement is led by Ammar al-Hakim.", "leads"),
    ("O, …, is led by P", "Kata'ib Sayyid al-Shuhada, a faction of the PMF, is led by Abu Ala al-Walai.",
     "abu-ala-al-walai leads kataib-sayyid-al-shuhada", "Kata'ib Sayyid al-Shuhada, a faction of the PMF, is led by Abu Ala al-Walai.",
     "leads popular-mobilization-forces"),
    ("O commanded by P", "The Quds Force, commanded by Ismail Qaani, left.", "esmail-qaani commandsIn quds-force",
     "The Quds Force, praised by Ismail Qaani, left.", "commandsIn"),
    ("O, whose leader is P", "The Sadrist Movement, whose leader is Muqtada al-Sadr, quit.", "muqtada-al-sadr leads sadrist-movement",
     "The Sadrist Movement, whose guest is Muqtada al-Sadr, quit.", "leads"),
    # structure within noun phrases
    ("B-backed A", "Turkey-backed Hayat Tahrir al-Sham moved on.", "hayat-tahrir-al-sham backedBy turkey",
     "Turkey-based Hayat Tahrir al-Sham moved on.", "backedBy"),
    ("B-backed kinds such as A", "Iran-backed groups such as Hezbollah cheered.", "hezbollah backedBy iran",
     "Iran-backed rockets such as these hit Hezbollah.", "backedBy"),
    ("B-backed kinds such as A and A", "Iran-backed groups like Hezbollah and the Houthis cheered.", "houthis backedBy iran",
     "Groups like Hezbollah and the Houthis cheered.", "backedBy"),
    ("B-backed kinds such as A, A and A", "Iran-backed groups including Hamas, Hezbollah and the Houthis cheered.", "hezbollah backedBy iran",
     "Hamas, Hezbollah and Iran-backed groups cheered.", "hamas backedBy"),
    ("A, which B backs", "The Syrian Democratic Forces, which the United States backs, agreed.",
     "syrian-democratic-forces backedBy united-states", "The Syrian Democratic Forces, which Turkey fights, agreed.", "backedBy"),
    ("A's support for B", "Moscow's support for Hezbollah has limits.", "russia supports hezbollah",
     "Moscow's lack of support for Hezbollah is known.", "supports"),
    ("Iranian support for B", "Iranian support for the Houthis goes on.", "iran supports houthis",
     "An end to Iranian support for the Houthis is near.", "supports"),
    # designations
    ("B designates A", "Canada and Germany have designated Hezbollah a terrorist organisation.",
     "hezbollah designatedTerroristBy germany", "Canada has designated Hezbollah a partner.", "designatedTerroristBy"),
    ("A, which B designates", "The treasurer of Hamas, which Canada lists as a terrorist group, fled.", "hamas designatedTerroristBy canada",
     "The treasurer of Hamas, which Canada may list as a terrorist group, fled.", "designatedTerroristBy"),
    ("A, which B designates", "The treasurer of Hamas, which Canada lists as a terrorist group, fled.", "hamas designatedTerroristBy canada",
     "A rival of Hamas, which Canada lists as a terrorist group, fled.", "designatedTerroristBy"),
    ("A, which is designated by B", "He joined the PKK (PKK), which is listed as a terrorist group by Turkey, Canada and the European Union.",
     "pkk designatedTerroristBy european-union", "He joined the PKK, which is no longer listed as a terrorist group by Canada.",
     "designatedTerroristBy"),
    ("B put A on its list", "Canada has put the Houthis back on its list of terrorist groups.", "houthis designatedTerroristBy canada",
     "Canada has put the Houthis in its list of partners.", "designatedTerroristBy"),
    ("A is on B's list", "Hamas remains on Canada's list of terrorist organisations.", "hamas designatedTerroristBy canada",
     "Hamas is no longer on Canada's list of terrorist organisations.", "designatedTerroristBy"),
    ("A is on the list of B", "Hayat Tahrir al-Sham, which took Damascus, remains on the list of terrorist groups of the United Nations Security Council.",
     "hayat-tahrir-al-sham designatedTerroristBy united-nations-security-council",
     "Hayat Tahrir al-Sham, which took Damascus, is not on the list of terrorist groups of the United Nations Security Council.",
     "designatedTerroristBy"),
    ("A, designated by B", "Hamas, designated a terrorist group by Canada, met Fatah.", "hamas designatedTerroristBy canada",
     "Hamas, once called a terrorist group in Canada, met Fatah.", "designatedTerroristBy"),
    ("A designated by B", "Hamas is listed as a terrorist organisation by Canada and Germany.", "hamas designatedTerroristBy germany",
     "Hamas is no longer listed as a terrorist organisation by Canada.", "designatedTerroristBy"),
    ("A outlawed by B", "Hezbollah is banned in Germany.", "hezbollah designatedTerroristBy germany",
     "Hezbollah is not banned in Germany.", "designatedTerroristBy"),
    ("A outlawed as a terrorist group by B", "Hezbollah is banned as a terrorist group in Germany.",
     "hezbollah designatedTerroristBy germany", "Hezbollah is welcomed as a terrorist group's foe in Germany.", "designatedTerroristBy"),
)  # fmt: skip

DESCRIBED = (
    # kinds
    ("a kind", "The Houthis are a movement.", "houthis organisationKind movement",
     "The Houthis are a movement leader's heirs.", "organisationKind"),
    ("two kinds", "Hezbollah, a political party and armed group, met them.", "hezbollah organisationKind party",
     "Hezbollah, a party to the talks, met them.", "organisationKind"),
    ("kinds behind a name", "He joined the Amal Movement political party and militia in 1990.", "amal-movement organisationKind militia",
     "He met Amal Movement party and militia leaders in 1990.", "organisationKind"),
    ("a kind with members", "Saraya al-Salam, an umbrella group of several militias, met.", "saraya-al-salam organisationKind umbrella",
     "Saraya al-Salam, an umbrella group's guest, met.", "organisationKind"),
    ("a kind of its rival", "Hamas, a militant movement, won.", "hamas organisationKind movement",
     "A rival of Hamas, a militant movement, won.", "hamas organisationKind"),
    ("one of the kinds", "Hamas is one of the largest Iran-backed factions in the region.", "hamas backedBy iran",
     "Hamas is one of the guests of Iran-backed factions.", "backedBy"),
    ("an unlisted group", "The Tigris Falcons, a militia backed by Iran, moved in.", "Tigris Falcons backedBy iran",
     "Jamil Haddad, a militia commander backed by Iran, moved in.", "backedBy"),
    # relations
    ("part of", "The Radwan Force is part of Hezbollah.", "radwan-force partOf hezbollah",
     "The Radwan Force is not part of Hezbollah.", "partOf"),
    ("part of the part", "The Quds Force is the foreign arm of the IRGC.", "quds-force partOf islamic-revolutionary-guard-corps",
     "The Quds Force is part of the IRGC's problem.", "partOf"),
    ("coordinated predicates", "The PMF are an official part of the Iraqi Armed Forces and draw salaries from the Iraqi state.",
     "popular-mobilization-forces fundedBy iraq", "The PMF are part of the Iraqi Armed Forces and hope for money from the Iraqi state.", "fundedBy"),
    ("the state", "The PMF are a body funded by the state.", "popular-mobilization-forces fundedBy iraq",
     "The PMF are a body at odds with the state.", "fundedBy"),
    ("state-funded", "The PMF, a state-funded umbrella group, met.", "popular-mobilization-forces fundedBy iraq",
     "The PMF, a group that fights state-funded gangs, met.", "popular-mobilization-forces fundedBy"),
    ("backed by", "Hezbollah, backed by Iran and armed by Syria, fought.", "hezbollah backedBy syria",
     "Troops backed by Syria fought Hezbollah.", "backedBy"),
    ("allegedly backed by", "Hamas is allegedly backed by Qatar.", "alleged: hamas backedBy qatar",
     "Hamas is supposedly not backed by Qatar.", "backedBy"),
    ("alleged behind a designation", "Hamas, which Canada has designated a terrorist group allegedly funded by Iran, left.",
     "alleged: hamas fundedBy iran", "Hamas, which Canada calls friends of a group funded by Iran, left.", "fundedBy"),
    ("said to back", "Qatar is alleged to back Hamas.", "alleged: hamas backedBy qatar",
     "Qatar is asked to back Hamas.", "backedBy"),
    ("sympathetic to", "Fighters of Saraya al-Salam are sympathetic to Hamas.", "saraya-al-salam alignedWith hamas",
     "Fighters of Saraya al-Salam are part of Hamas.", "partOf"),
    ("an ally of", "Hezbollah, a close ally of Syria, fought.", "hezbollah alignedWith syria",
     "A close ally of Hezbollah, Syria's neighbour, fought.", "alignedWith"),
    ("both", "Hamas and Hezbollah, both funded by Iran, fought.", "hamas fundedBy iran",
     "Hamas and Hezbollah, the latter funded by Iran, fought.", "hamas fundedBy"),
    ("a list as subject", "Hamas and Hezbollah are part of the Axis of Resistance.", "hamas partOf axis-of-resistance",
     "Talks with Hamas and Hezbollah are part of the Axis of Resistance plan.", "partOf"),
    ("includes", "The PMF includes Saraya al-Salam, the Badr Organization and Kata'ib Hezbollah.",
     "badr-organization componentOf popular-mobilization-forces", "The list of the PMF includes guests of Hamas.", "componentOf"),
    ("linked to", "Saraya Awliya al-Dam, a network linked to Kata'ib Hezbollah, struck.", "saraya-awliya-al-dam affiliatedWith kataib-hezbollah",
     "An attack linked to Kata'ib Hezbollah struck Saraya Awliya al-Dam.", "affiliatedWith"),
    ("behind a relative clause", "The Houthis, who took Sanaa in 2014, are backed by Iran.", "houthis backedBy iran",
     "The envoy of the Houthis, who took Sanaa in 2014, is backed by Iran.", "backedBy"),
    ("before the subject", "Backed by Iran, Hezbollah fought in Syria.", "hezbollah backedBy iran",
     "Struck by Iran, Hezbollah's foes fled.", "backedBy"),
    ("whom it describes", "Hamas met Fatah, a party founded in 1959.", "fatah organisationKind party",
     "Hamas met Fatah, a party founded in 1959.", "hamas organisationKind"),
    ("a condition", "Hamas is part of the Axis of Resistance.", "hamas partOf axis-of-resistance",
     "If Hamas were part of the Axis of Resistance, it would have known.", "partOf"),
    # founding
    ("founded in", "Hamas was founded in 1987.", "hamas founded 1987",
     "Hamas founded in 1987 a school.", "founded"),
    ("late in a year", "The Islamic Resistance in Iraq, a front set up for the war, was formed in late 2023.",
     "islamic-resistance-in-iraq founded 2023-10/2023-12", "Hamas will be formed in late 2025.", "founded"),
    ("by somebody", "Hezbollah was created by Iran in 1982.", "hezbollah founded 1982",
     "Hezbollah was met by envoys of Iran in 1982.", "founded"),
    ("founded, before the subject", "Founded in 1987, Hamas rules Gaza.", "hamas founded 1987",
     "Met in 1987, Hamas rules Gaza.", "founded"),
    ("behind a name without comma", "They met the Popular Mobilization Forces formed in 2014.", "popular-mobilization-forces founded 2014",
     "They met a splinter of Hamas formed in 2014.", "founded"),
    ("an offshoot", "Saraya al-Salam, a militia formed in 2014, marched.", "saraya-al-salam founded 2014",
     "An offshoot of Saraya al-Salam, a militia formed in 2014, marched.", "founded"),
)  # fmt: skip

COUNTED = (
    ("A has N of M seats", "The Taqaddum Party holds 37 of the 329 seats in the Iraqi parliament.",
     "taqaddum-party hasStrength 37 seats of 329 in council-of-representatives-iraq", "The Taqaddum Party lost 37 of its seats.", "hasStrength"),
    ("A has N fighters", "Hezbollah has between 20,000 and 30,000 fighters.", "hezbollah hasStrength 20000..30000 fighters",
     "Hezbollah has buried 300 fighters.", "hasStrength"),
    ("A, …, has N fighters", "Hezbollah, whose men train in the hills, has about 20,000 fighters.", "hezbollah hasStrength ~20000 fighters",
     "Hezbollah, whose foes train in the hills, has lost about 200 fighters.", "hasStrength"),
    ("A has N things and N fighters", "Hezbollah has about 90 drones and about 20,000 fighters.", "hezbollah hasStrength ~20000 fighters",
     "Hezbollah has fired 90 rockets and about 20 drones.", "hasStrength"),
    ("A is said to have N things and N fighters", "Hezbollah is believed to have 900 rockets and 20,000 fighters.",
     "alleged: hezbollah hasStrength 20000 fighters", "Hezbollah is feared to seek 900 rockets and 20,000 fighters.", "hasStrength"),
    ("A has deployed N divisions", "Israel has deployed three divisions in southern Lebanon.", "israel hasStrength 3 divisions @ southern-lebanon",
     "Israel will deploy three divisions in southern Lebanon.", "hasStrength"),
    ("A, with N fighters", "Hezbollah, with some 20,000 fighters, is strong.", "hezbollah hasStrength ~20000 fighters",
     "Israel attacked Hezbollah, with some 20,000 soldiers in the rear.", "hezbollah hasStrength"),
    ("A numbers N fighters", "The PMF numbers about 160,000 fighters.", "popular-mobilization-forces hasStrength ~160000 fighters",
     "Rivals of the PMF number about 160,000 fighters.", "hasStrength"),
    ("A, which has N fighters", "Hezbollah, which has about 20,000 fighters, agreed.", "hezbollah hasStrength ~20000 fighters",
     "Hezbollah, which killed about 200 fighters, agreed.", "hasStrength"),
    ("A, which …, and has N fighters", "The Syrian Democratic Forces, which have the backing of the United States and number about 60,000 fighters, agreed.",
     "syrian-democratic-forces hasStrength ~60000 fighters",
     "The Syrian Democratic Forces, which met the Americans and killed about 60 fighters, agreed.", "hasStrength"),
    ("N of whom are in L", "Turkey has about 2,000 soldiers in Iraq, some 500 of whom are stationed in Sinjar.", "turkey hasStrength ~500 troops @ sinjar",
     "Turkey has about 2,000 soldiers in Iraq, some 500 of whom were killed in Sinjar.", "hasStrength ~500"),
    ("A has N seats out of M", "Hezbollah holds 13 seats out of 128.", "hezbollah hasStrength 13 seats of 128",
     "Hezbollah lost 13 seats out of 128.", "hasStrength"),
    ("A is a kind, with N", "The Radwan Force is a militia in Lebanon, with some 2,500 men.", "radwan-force hasStrength ~2500 fighters",
     "The Radwan Force is in Lebanon, with some 2,500 men missing.", "hasStrength"),
    ("estimates of A's strength", "Estimates of Hezbollah's strength vary between 20,000 and 30,000 fighters.",
     "hezbollah hasStrength 20000..30000 fighters", "Estimates of Hezbollah's losses vary between 200 and 300 fighters.", "hasStrength"),
    ("the N US troops in Iraq", "They threatened to chase away the 2,500 US soldiers in Iraq.", "us-forces-in-iraq hasStrength 2500 troops @ iraq",
     "They threatened to chase away the two US soldiers in Iraq.", "hasStrength"),
    ("N fighters of A are left", "About 300 ISIS fighters are left in Syria.", "islamic-state hasStrength ~300 fighters @ syria",
     "About 300 ISIS fighters are dead in Syria.", "hasStrength"),
    ("A is estimated to have N fighters", "Hezbollah is estimated to have 20,000 fighters.", "hezbollah hasStrength 20000 fighters",
     "Hezbollah is not estimated to have 20,000 fighters.", "hasStrength"),
    ("A is estimated at N fighters", "The Houthis are estimated at 20,000 fighters.", "houthis hasStrength ~20000 fighters",
     "The losses of the Houthis are estimated at 20,000 fighters.", "hasStrength"),
    ("A is said to have N fighters", "Hezbollah is thought to have 20,000 fighters.", "alleged: hezbollah hasStrength 20000 fighters",
     "Hezbollah is expected to have 20,000 fighters.", "hasStrength"),
    ("N US troops in Iraq", "Some 900 US troops in Syria and 2,500 in Iraq form the mission.", "us-forces-in-iraq hasStrength 2500 troops @ iraq",
     "A raid killed nine US troops in Syria.", "hasStrength"),
    ("the N-strong A", "The 160,000-strong PMF marched.", "popular-mobilization-forces hasStrength 160000 troops",
     "A 160,000-strong crowd met the PMF.", "hasStrength"),
    ("N French troops in L", "About 200 French soldiers are stationed in northern Iraq.", "france hasStrength ~200 troops @ northern-iraq",
     "About 200 French soldiers were evacuated from northern Iraq.", "hasStrength"),
    ("A has N of parliament's M seats", "The Amal Movement holds 15 of parliament's 128 seats.", "amal-movement hasStrength 15 seats of 128",
     "The Amal Movement wants 15 of parliament's 128 seats.", "hasStrength"),
    ("US troops in Iraq are put at N", "US troops in Syria are put at about 900.", "us-forces-in-syria hasStrength ~900 troops",
     "Losses of US troops in Syria are put at about 9.", "hasStrength"),
    ("US troops in Iraq stand at N", "The number of US troops in Syria stood at 900 in 2022.", "us-forces-in-syria hasStrength 900 troops on 2022",
     "Attacks on US troops in Syria stood at 90 in 2022.", "hasStrength"),
    ("A from N to N", "Washington was cutting US troops in Syria from about 2,000 to 900.", "us-forces-in-syria hasStrength ~2000 troops",
     "Washington plans to cut US troops in Syria from 2,000 to 900.", "hasStrength"),
    ("A in L from N to N", "The United States reduced its troops in Jordan from 3,800 to around 2,900.",
     "us-forces-in-jordan hasStrength ~2900 troops @ jordan", "The United States flew its troops in Jordan from one to three bases.", "hasStrength"),
    ("has a wing of N fighters", "The Amal Movement has an armed wing numbering 5,000 to 8,000 fighters.", "amal-movement hasStrength 5000..8000 fighters",
     "The Amal Movement has a guest from a wing that lost 5,000 fighters.", "hasStrength"),
    ("N soldiers still in L", "US forces came back. The 900 soldiers still in Syria train Kurds.",
     "us-forces-in-syria hasStrength 900 troops @ syria", "US forces met Turkish forces. The 900 soldiers still in Syria train Kurds.", "hasStrength"),
    ("N soldiers who are in L", "The US military agreed. The 900 soldiers that remain in Syria train Kurds.",
     "us-forces-in-syria hasStrength 900 troops @ syria", "The US military agreed. The 900 soldiers that fell in Syria trained Kurds.", "hasStrength"),
    ("running N bases", "Moscow denies nothing, running about a dozen military bases in Syria.", "russia hasStrength ~12 military-bases @ syria",
     "Moscow is strong, watching about a dozen military bases in Syria.", "hasStrength"),
)  # fmt: skip

FURTHER_COUNTS = (
    ("a strong kind", "Saraya al-Salam, an 8,000 militiamen-strong movement, left.", "saraya-al-salam hasStrength 8000 fighters",
     "Saraya al-Salam, which met an 8,000-strong movement, left.", "saraya-al-salam hasStrength"),
    ("a kind of so many", "Saraya al-Salam is a militia of 8,000 fighters.", "saraya-al-salam hasStrength 8000 fighters",
     "Saraya al-Salam is a militia feared by 8,000 fighters.", "hasStrength"),
    ("made up of", "The PMF, a network made up of dozens of armed groups, met.", "popular-mobilization-forces hasStrength 24..None armed-factions",
     "The PMF, a network that freed dozens of armed groups, met.", "hasStrength"),
    ("as many as then", "US troops in Syria are put at about 900, as many as in January, when Joe Biden spoke.",
     "us-forces-in-syria hasStrength ~900 troops on 2024-01", "US troops in Syria are put at about 900, and many left in January.",
     "on 2024-01"),
    ("up from", "The United States has 2,000 troops in Syria, up from 900 in September.",
     "us-forces-in-syria hasStrength 900 troops @ syria on 2023-09", "The United States has 2,000 troops in Syria, away from home since September.",
     "on 2023-09"),
    ("elsewhere it has", "The United States has about 2,500 troops in Iraq; in Jordan it has 2,900.",
     "us-forces-in-jordan hasStrength 2900 troops @ jordan", "The United States has about 2,500 troops in Iraq; in Jordan it lost 3.", "us-forces-in-jordan"),
    ("of another year", "In 2007 the United States had about 170,000 troops in Iraq.", "us-forces-in-iraq hasStrength ~170000 troops @ iraq on 2007",
     "In 2007 the United States had lost about 3,000 troops in Iraq.", "hasStrength"),
    ("in a body of so many", "The Amal Movement has 15 seats in Lebanon's 128-member Parliament of Lebanon.",
     "amal-movement hasStrength 15 seats of 128 in parliament-of-lebanon", "The Amal Movement has 15 guests in Lebanon's 128-member Parliament of Lebanon.",
     "hasStrength"),
    ("the northern part", "In Syria, Russia is at home, operating two military bases in the coastal north-western part of the country.",
     "russia hasStrength 2 military-bases @ syria", "In Syria, Russia is at home, bombing two military bases in the western part of the country.",
     "hasStrength"),
    ("an operation of before", "Israel began a ground operation in southern Lebanon. About 4,000 US troops are taking part in the operation.",
     "united-states-armed-forces hasStrength ~4000 troops @ southern-lebanon", "Israel began an operation. About 4,000 US troops were killed in the operation.",
     "hasStrength"),
    ("more than", "The Badr Organization has more than 500 fighters.", "badr-organization hasStrength 501..None fighters",
     "The Badr Organization has 500 more fighters.", "hasStrength"),
    ("than somebody else", "The Badr Organization has 500 fighters, more than its rivals.", "badr-organization hasStrength 500 fighters",
     "The Badr Organization has 500 fighters more than its rivals.", "hasStrength"),
    ("a headline's figure", "3,000 US troops engaged in Gaza raid\nAbout 3,000 US troops are in Gaza.",
     "united-states-armed-forces hasStrength ~3000 troops @ gaza-strip", "3,000 US troops engaged in Gaza raid\nAbout 3,000 US troops are in Gaza.",
     "hasStrength 3000 troops"),
)  # fmt: skip

ANAPHORA = (
    ("it", "The Houthis took Sanaa. They are a movement backed by Iran.", "houthis backedBy iran",
     "The Houthis met Hamas in Sanaa. It was founded in 1987.", "hamas founded"),
    ("the group", "Qais al-Khazali heads Asa'ib Ahl al-Haq. The group was founded in 2006.", "asaib-ahl-al-haq founded 2006",
     "Hamas met Hezbollah. The group was founded in 2006.", "hezbollah founded"),
    ("the network, as described", "Hamas met the Axis of Resistance, which is a network of militias. The network was formed in 2012.",
     "axis-of-resistance founded 2012", "Hamas met the Axis of Resistance. The network commander was formed in 2012.", "founded"),
    ("that group", "One was the head of Hamas. The United States has designated that group as a terrorist organisation.",
     "hamas designatedTerroristBy united-states", "One was from Hamas or Fatah. The United States has designated that group as a terrorist organisation.",
     "designatedTerroristBy"),
    ("its commander, of the same sentence", "Hezbollah answered the death of its commander Ali Karaki on Monday.", "Ali Karaki commandsIn hezbollah",
     "Hezbollah answered the death of its neighbour Ali Karaki on Monday.", "commandsIn"),
    ("the movement's office", "Hamas agreed. Osama Hamdan, the movement's spokesman, was there.", "osama-hamdan speaksFor hamas",
     "Hamas agreed. Osama Hamdan, the movement's guest, was there.", "speaksFor"),
    ("a country of one's own", "Iran warned of Turkish plans. Turkey has 2,000 soldiers in the country.", "turkey hasStrength 2000 troops @ iran",
     "Turkey has 2,000 soldiers in the country.", "@ turkey"),
    ("one of its groups", "Kata'ib Hezbollah is one of the strongest groups in the PMF.", "kataib-hezbollah componentOf popular-mobilization-forces",
     "Kata'ib Hezbollah is one of the loudest critics of the PMF.", "componentOf"),
    ("its spokesman, after a word", "Hezbollah denied it. But its spokesman, Mohammed Afif, was glum.", "Mohammed Afif speaksFor hezbollah",
     "Hezbollah denied it. But Hamas said its spokesman, Mohammed Afif, was glum.", "speaksFor hezbollah"),
    ("army spokesman", "The Israeli army struck. Army spokesman Daniel Hagari was glum.", "daniel-hagari speaksFor israel-defense-forces",
     "The Israeli army and the Iraqi army talked. Army spokesman Jim Miller was glum.", "speaksFor"),
    ("coalition spokesman", "The US-led coalition withdrew. A coalition spokesman, Colonel Jim Miller, was glum.",
     "Jim Miller speaksFor us-led-coalition",
     "The US-led coalition met the Saudi-led coalition. A coalition spokesman, Colonel Jim Miller, was glum.", "speaksFor"),
    ("the coalition", "The US-led coalition withdrew. Iraq was glad. The coalition was formed in 2014.", "us-led-coalition founded 2014",
     "Iraq met Hamas. The coalition was formed in 2014.", "founded"),
    ("his party", "Muqtada al-Sadr, leader of the Sadrist Movement, was glad. His movement won 73 seats.",
     "sadrist-movement hasStrength 73 seats", "Muqtada al-Sadr, leader of the Sadrist Movement, met Ammar al-Hakim. His movement won 73 seats.",
     "hasStrength"),
    ("a people", "The Americans, who keep some 2,500 troops in Iraq, were glad.", "us-forces-in-iraq hasStrength ~2500 troops @ iraq",
     "The Americans, who met some 2,500 troops in Iraq, were glad.", "hasStrength"),
    ("a region's government", "Masrour Barzani, prime minister of the Kurdistan Region, was glad.",
     "masrour-barzani leads kurdistan-regional-government", "Masrour Barzani, a friend of the Kurdistan Region, was glad.", "leads"),
    ("the office of a known person", "President Barham Salih was glad.", "barham-salih leads iraq",
     "Club president Barham Salih was glad.", "leads"),
    ("the office of a known person in a region", "Prime Minister Masrour Barzani was glad.", "masrour-barzani leads kurdistan-regional-government",
     "Prime Minister Masrour Barzani was glad.", "leads iraq"),
    ("a ministry's spokesman", "Foreign ministry spokesman Nasser Kanaani was glad.", "nasser-kanaani speaksFor iran",
     "German foreign ministry spokesman Nasser Kanaani was glad.", "speaksFor iran"),
    ("the soldiers who", "The 2,500 US soldiers in Iraq were glad.", "us-forces-in-iraq hasStrength 2500 troops @ iraq",
     "They threatened to meet the 2,500 US soldiers in Iraq who were wounded.", "hasStrength"),
    ("beside an offshoot", "Hezbollah, blacklisted by Washington, left.", "hezbollah designatedTerroristBy united-states",
     "A rival of Hezbollah, blacklisted by Washington, left.", "designatedTerroristBy"),
    ("its strength", "Kata'ib Hezbollah denied it. Estimates of its strength vary between 3,000 and 5,000 fighters.",
     "kataib-hezbollah hasStrength 3000..5000 fighters",
     "It denied it. It met Hamas. Estimates of its strength vary between 3,000 and 5,000 fighters.", "hasStrength"),
    ("designated it", "Kata'ib Hezbollah is small. Washington designated it a terrorist group in 2009.",
     "kataib-hezbollah designatedTerroristBy united-states", "Kata'ib Hezbollah is small. Washington visited it, a terrorist group, in 2009.",
     "designatedTerroristBy"),
    ("the Iran-backed group", "Kata'ib Hezbollah is small. On Monday the Iran-backed group left.", "kataib-hezbollah backedBy iran",
     "Kata'ib Hezbollah met Harakat Hezbollah al-Nujaba. On Monday the Iran-backed group left.", "backedBy"),
    ("they say that they have", "The Peshmerga were glad. They say that they have 14,000 fighters.", "peshmerga > peshmerga hasStrength 14000 fighters",
     "The Peshmerga met Hamas. The men say that they have 14,000 fighters.", "hasStrength"),
    ("asked about", "Who are Kata'ib Hezbollah? The group was founded in 2007.", "kataib-hezbollah founded 2007",
     "Who are they? The group was founded in 2007.", "founded"),
    ("an unknown group", "Hamas met. The group, which began as a club, was glad. It was founded in 1987.", "hamas founded 1987",
     "Cooks met. The group, which began as al-Qaeda in Iraq, was glad. It was founded in 2004.", "founded"),
    ("that country", "A militia in Iraq watched the 2,500 US soldiers in that country.", "us-forces-in-iraq hasStrength 2500 troops @ iraq",
     "A militia watched the 2,500 US soldiers in that country.", "us-forces-in-iraq"),
    ("its office", "The Pentagon agreed. Its press secretary, General Pat Ryder, was there.",
     "pat-ryder speaksFor united-states-department-of-defense", "The Pentagon agreed. Its guest, General Pat Ryder, was there.", "speaksFor"),
    ("its armed wing", "The Amal Movement agreed. Its armed wing, which has 5,000 fighters, did not.", "amal-movement hasStrength 5000 fighters",
     "The Amal Movement agreed. A rival's armed wing, which has 5,000 fighters, did not.", "hasStrength"),
    ("our army", "The PMF represent a body linked to the state, loyal to Baghdad, and an integral part of our armed forces.",
     "popular-mobilization-forces partOf iraqi-armed-forces", "The PMF represent a danger to the state and to our armed forces.", "partOf"),
    ("a state's forces", "The PMF are part of Iraq's armed forces.", "popular-mobilization-forces partOf iraqi-armed-forces",
     "The PMF are wary of Iraq's armed forces.", "partOf"),
    ("a short name", "The Hoquq Movement met on Monday. Hoquq is a political party.", "hoquq-movement organisationKind party",
     "Hoquq is a political party.", "hoquq-movement"),
    ("an office without its state", "Prime Minister Nouri al-Maliki travelled. It was a first trip for the Iraqi prime minister.",
     "nouri-al-maliki leads iraq", "Prime Minister Nouri al-Maliki met the Iraqi prime minister and the Jordanian prime minister.",
     "nouri-al-maliki leads"),
)  # fmt: skip

ALL = (*HELD, *DESCRIBED, *COUNTED, *FURTHER_COUNTS, *ANAPHORA)


@pytest.mark.parametrize(("text", "claim"), [row[1:3] for row in ALL], ids=[row[0] for row in ALL])
def test_a_construction_reads_its_example(text: str, claim: str) -> None:
    assert claim in claims(text)


@pytest.mark.parametrize(("text", "absent"), [row[3:5] for row in ALL], ids=[row[0] for row in ALL])
def test_a_construction_leaves_its_counter_example(text: str, absent: str) -> None:
    assert [claim for claim in claims(text) if absent in claim] == []


def test_every_construction_of_the_tables_has_its_example() -> None:
    assert {row.name for row in CONSTRUCTIONS} == {row[0] for row in HELD}
    assert {row.name for row in ROWS} == {row[0] for row in COUNTED}


def test_a_text_without_sentences_gives_nothing() -> None:
    assert claims("Who are they?") == set()
