"""Which tellings of one article are of one event, and of two articles: near-misses stay apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.authority import authority
from kg.fuse.across import ENOUGH, POINTS, Across, Fit
from kg.fuse.blocks import Blocks
from kg.fuse.clusters import JUDGED, Clustering
from kg.fuse.likeness import Likeness
from kg.fuse.profiles import Profiles
from kg.fuse.series import Series
from kg.fuse.telling import Local, Told, local
from kg.fuse.within import Within
from kg.ids import Ids
from kg.settings import DEFAULT_BASE
from kg.terms import vocabulary

US, ISRAEL, ARMY = "actor/united-states", "actor/israel", "actor/israel-defense-forces"
BAGHDAD, MOSUL, IRAQ = "place/baghdad", "place/mosul", "place/iraq"


LIKE = Likeness(Ids(DEFAULT_BASE), vocabulary(), authority())


def told(report: str, start: int, kind: str = "strike", words: str = "A strike.", **said: object) -> Told:
    """A telling; what it says is given by the last parts of IRIs, days and tolls as they are."""

    def iris(key: str) -> frozenset[str]:
        given = said.get(key, ())
        return frozenset(DEFAULT_BASE + "id/" + str(name) for name in (given if isinstance(given, tuple) else (given,)))

    return Told(
        report,
        start,
        iris("victim"),
        frozenset([str(said["day"])]) if "day" in said else frozenset(),
        iris("place"),
        iris("doer"),
        frozenset([f"{DEFAULT_BASE}concept/event-kind/{kind}"]),
        iris("target"),
        frozenset([said["dead"]]) if "dead" in said else frozenset(),  # type: ignore[list-item]
        frozenset([str(said["answers"])]) if "answers" in said else frozenset(),
        words,
        parties=iris("party"),
    )


def one(*tellings: Told) -> bool:
    return len(Within(LIKE).groups(tellings)) == 1


JOINED = {
    "day and doer": (told("a", 0, day="2024-01-04", doer=US), told("b", 50, "air-strike", day="2024-01-04", doer=US)),
    "day and place": (told("a", 0, day="2024-01-04", place=BAGHDAD), told("b", 50, day="2024-01-04", place=BAGHDAD, doer=US)),
    "day and target": (told("a", 0, day="2024-01-04", target=US), told("b", 50, day="2024-01-04", target=US)),
    "dead and place": (told("a", 0, dead=(3, 3), place=BAGHDAD), told("b", 50, dead=(3, 3), place=BAGHDAD)),
    "one victim": (told("a", 0, "killing", victim="actor/qasem-soleimani"), told("b", 50, victim="actor/qasem-soleimani")),
    "a wider place": (told("a", 0, day="2024-01-04", doer=US, place=IRAQ), told("b", 50, day="2024-01-04", doer=US, place=BAGHDAD)),
    "a state and its army": (
        told("a", 0, day="2024-01-04", doer=ISRAEL, place=BAGHDAD),
        told("b", 50, day="2024-01-04", doer=ARMY, place=BAGHDAD),
    ),
    "at least two and three dead": (
        told("a", 0, day="2024-01-04", doer=US, dead=(2, None)),
        told("b", 50, day="2024-01-04", doer=US, dead=(3, 3)),
    ),
}

APART = {
    "two places on one day": (
        told("a", 0, day="2024-01-04", doer=US, place=BAGHDAD),
        told("b", 50, day="2024-01-04", doer=US, place=MOSUL),
    ),
    "two days": (told("a", 0, day="2024-01-04", doer=US, place=BAGHDAD), told("b", 50, day="2024-01-05", doer=US, place=BAGHDAD)),
    "two doers": (told("a", 0, day="2024-01-04", doer=US, place=BAGHDAD), told("b", 50, day="2024-01-04", doer=ISRAEL, place=BAGHDAD)),
    "two tolls": (
        told("a", 0, day="2024-01-04", doer=US, place=BAGHDAD, dead=(3, 3)),
        told("b", 50, day="2024-01-04", doer=US, place=BAGHDAD, dead=(5, 5)),
    ),
    "two dead men": (
        told("a", 0, day="2024-01-04", doer=US, victim="actor/qasem-soleimani"),
        told("b", 50, day="2024-01-04", doer=US, victim="actor/abu-baqer-al-saadi"),
    ),
    "no day and no dead": (told("a", 0, doer=US, place=BAGHDAD), told("b", 50, doer=US, place=BAGHDAD)),
    "only the day": (told("a", 0, day="2024-01-04"), told("b", 50, day="2024-01-04")),
    "only a country beside the doer": (told("a", 0, doer=US, place=IRAQ), told("b", 50, doer=US, place=IRAQ)),
    "a month": (told("a", 0, day="2024-01", doer=US), told("b", 50, day="2024-01", doer=US)),
    "one sentence": (told("a", 0, day="2024-01-04", doer=US), told("b", 0, day="2024-01-04", doer=US)),
    "another strike": (
        told("a", 0, day="2024-01-04", doer=US),
        told("b", 50, day="2024-01-04", doer=US, words="The US carried out another strike on Thursday."),
    ),
    "other means": (told("a", 0, "drone-strike", day="2024-01-04", doer=US), told("b", 50, "shelling", day="2024-01-04", doer=US)),
    "a truce and the strike that broke it": (told("a", 0, "truce", day="2024-01-04", doer=US), told("b", 50, day="2024-01-04", doer=US)),
    "a strike and the one that it answers": (
        told("a", 0, day="2024-01-04", doer=US, place=BAGHDAD),
        told("b", 50, day="2024-01-04", doer=US, place=BAGHDAD, answers="a"),
    ),
    "a running total": (
        told("a", 0, "attack-series", day="2024-01-04", doer=US, target=ISRAEL),
        told("b", 50, "attack", day="2024-01-04", doer=US, target=ISRAEL),
    ),
    "one victim on two days": (
        told("a", 0, victim="actor/qasem-soleimani", day="2020-01-03"),
        told("b", 50, victim="actor/qasem-soleimani", day="2024-01-03"),
    ),
}


@pytest.mark.parametrize("why", JOINED)
def test_tellings_that_agree_are_of_one_event(why: str) -> None:
    assert one(*JOINED[why])


@pytest.mark.parametrize("why", APART)
def test_two_different_attacks_are_never_joined(why: str) -> None:
    assert not one(*APART[why])


def test_what_fits_two_events_alike_is_one_of_its_own() -> None:
    first, second = (told(r, at, day="2024-01-04", doer=US, place=p) for r, at, p in (("a", 0, BAGHDAD), ("b", 50, MOSUL)))
    assert len(Within(LIKE).groups((first, second, told("c", 90, day="2024-01-04", doer=US)))) == 3


def test_an_opening_sentence_is_of_the_one_event_that_it_sketches() -> None:
    def drone(report: str, start: int, **said: object) -> Told:
        given = told(report, start, "drone-strike", doer=US, place=BAGHDAD, **said)
        return replace(given, weapons=frozenset([f"{DEFAULT_BASE}concept/weapon/drone"]))

    lead, story, older = drone("a", 0), drone("b", 50, day="2024-02-07"), drone("c", 90, day="2020-01-03")
    assert [len(group) for group in Within(LIKE).groups((lead, story))] == [2]
    assert len(Within(LIKE).groups((lead, story, older))) == 3, "where two fit, it is neither"
    assert len(Within(LIKE).groups((replace(lead, words="Another strike."), story))) == 2


def test_what_somebody_held_apart_stays_apart() -> None:
    for one_, other in JOINED.values():
        assert len(Within(LIKE, frozenset([frozenset((one_.report, other.report))])).groups((one_, other))) == 2


# -- two articles ----------------------------------------------------------------------------------------------------------------

BASE, OTHER_BASE = "place/ain-al-asad-airbase", "place/harir-air-base"
SADR, PMF = "actor/muqtada-al-sadr", "actor/popular-mobilization-forces"
SOLEIMANI, MUHANDIS = "actor/qasem-soleimani", "actor/abu-mahdi-al-muhandis"


def match(one_: Told, other: Told) -> Fit | None:
    """How two articles' tellings fit, laid side by side either as they are or by their profiles."""
    profiles, found = Profiles(LIKE), Across(LIKE).fit(one_, other)
    assert profiles.fit(*(profiles.of(local(f"urn:{each.report}", [each])) for each in (one_, other))) == found
    return found


ONE = {
    "a victim in common": (
        told("a", 0, "killing", victim=SOLEIMANI),
        told("b", 0, "drone-strike", victim=(SOLEIMANI, MUHANDIS), day="2020-01-03"),
    ),
    "a victim in common, of whose death others are named": (
        told("a", 0, victim=SOLEIMANI, doer=US),
        told("b", 0, victim=SOLEIMANI, doer=ISRAEL),
    ),
    "a victim in common, and a night between the days": (
        told("a", 0, victim=SOLEIMANI, day="2020-01-02"),
        told("b", 0, victim=SOLEIMANI, day="2020-01-03"),
    ),
    "day and base": (told("a", 0, "drone-attack", day="2024-01-04", target=BASE), told("b", 0, "attack", day="2024-01-04", target=BASE)),
    "two tolls of one base and doer": (
        told("a", 0, day="2024-01-04", doer=US, target=BASE, dead=(3, 3)),
        told("b", 0, day="2024-01-04", doer=US, target=BASE, dead=(4, 4)),
    ),
    "a truce and its sides": (
        told("a", 0, "truce", day="2024-01-04", place=IRAQ, party=US),
        told("b", 0, "truce", day="2024-01-04", place=IRAQ, party=(US, ISRAEL)),
    ),
    "day, town and doer": (
        told("a", 0, "air-strike", day="2024-01-04", doer=US, place=BAGHDAD),
        told("b", 0, "drone-strike", day="2024-01-04", doer=US, place=BAGHDAD),
    ),
    "an unlisted victim of one name, day and town": (
        told("a", 0, day="2024-01-04", place=BAGHDAD, victim="candidate/0123456789abcdef-abu-karar"),
        told("b", 0, day="2024-01-04", place=BAGHDAD, victim="candidate/fedcba9876543210-abu-karar"),
    ),
    "a month and one of its days": (
        told("a", 0, day="2024-01", doer=US, place=BAGHDAD, dead=(3, 3), target=PMF),
        told("b", 0, day="2024-01-04", doer=US, place=BAGHDAD, dead=(3, 3), target=PMF),
    ),
    "a resolution of one parliament": (
        told("a", 0, "resolution", day="2020-01", doer=PMF, place=IRAQ),
        told("b", 0, "resolution", day="2020-01-05", doer=PMF, place=IRAQ),
    ),
}

TWO = {
    "no day": (told("a", 0, doer=US, target=BASE, place=IRAQ), told("b", 0, doer=US, target=BASE, place=IRAQ)),
    "day, land and doer": (
        told("a", 0, day="2024-01-04", doer=US, place=IRAQ),
        told("b", 0, day="2024-01-04", doer=US, place=IRAQ),
    ),
    "day and town, and no more": (told("a", 0, day="2024-01-04", place=BAGHDAD), told("b", 0, day="2024-01-04", place=BAGHDAD)),
    "two bases of one day and doer": (
        told("a", 0, day="2024-01-04", doer=US, target=BASE, place=IRAQ),
        told("b", 0, day="2024-01-04", doer=US, target=OTHER_BASE, place=IRAQ),
    ),
    "two towns": (told("a", 0, day="2024-01-04", doer=US, place=BAGHDAD), told("b", 0, day="2024-01-04", doer=US, place=MOSUL)),
    "two victims of one strike's day and town": (
        told("a", 0, day="2024-01-04", doer=US, place=BAGHDAD, victim=SADR),
        told("b", 0, day="2024-01-04", doer=US, place=BAGHDAD, victim=SOLEIMANI),
    ),
    "an unlisted victim of one name, and no day": (
        told("a", 0, place=BAGHDAD, victim="candidate/0123456789abcdef-abu-karar"),
        told("b", 0, place=BAGHDAD, victim="candidate/fedcba9876543210-abu-karar"),
    ),
    "one victim on days far apart": (told("a", 0, victim=SOLEIMANI, day="2020-01-03"), told("b", 0, victim=SOLEIMANI, day="2024-01-03")),
    "two doers": (
        told("a", 0, day="2024-01-04", doer=US, place=BAGHDAD, dead=(3, 3)),
        told("b", 0, day="2024-01-04", doer=ISRAEL, place=BAGHDAD, dead=(3, 3)),
    ),
    "a running total and an attack": (
        told("a", 0, "attack-series", day="2024-01-04", target=BASE, doer=US),
        told("b", 0, "attack", day="2024-01-04", target=BASE, doer=US),
    ),
    "an attack and a truce": (
        told("a", 0, "truce", day="2024-01-04", target=BASE, doer=US, place=BAGHDAD),
        told("b", 0, "attack", day="2024-01-04", target=BASE, doer=US, place=BAGHDAD),
    ),
    "sides of two truces": (
        told("a", 0, "truce", day="2024-01-04", place=IRAQ, party=US),
        told("b", 0, "truce", day="2024-01-04", place=IRAQ, party=ISRAEL),
    ),
    "two truces with one side in common": (
        told("a", 0, "truce", day="2024-01-04", place=IRAQ, party=(US, ISRAEL)),
        told("b", 0, "truce", day="2024-01-04", place=IRAQ, party=(PMF, ISRAEL)),
    ),
    "a second attack on a base": (
        told("a", 0, "drone-attack", day="2024-01-04", target=BASE),
        told("b", 0, "drone-attack", day="2024-01-04", target=BASE, words="A second drone attack hit the base hours later."),
    ),
    "rockets at dawn and a drone at night": (
        replace(told("a", 0, "rocket-attack", day="2024-01-04", target=BASE), weapons=frozenset(["urn:rocket"])),
        replace(told("b", 0, "drone-attack", day="2024-01-04", target=BASE), weapons=frozenset(["urn:drone"])),
    ),
    "two tolls of one day and town": (
        told("a", 0, day="2024-01-04", doer=US, place=BAGHDAD, dead=(3, 3)),
        told("b", 0, day="2024-01-04", doer=US, place=BAGHDAD, dead=(9, 9)),
    ),
    "a year of attacks": (
        told("a", 0, day="2024", doer=US, place=BAGHDAD, dead=(3, 3), target=PMF),
        told("b", 0, day="2024-01-04", doer=US, place=BAGHDAD, dead=(3, 3), target=PMF),
    ),
}


@pytest.mark.parametrize("why", ONE)
def test_tellings_of_two_articles_that_agree_on_enough_are_one_event(why: str) -> None:
    found = match(*ONE[why])
    assert found
    assert found.score == sum(POINTS[reason] for reason in found.reasons) >= ENOUGH
    assert match(*reversed(ONE[why])) == replace(found, vague=found.vague[::-1])


@pytest.mark.parametrize("why", TWO)
def test_tellings_of_two_articles_that_may_be_two_stay_two(why: str) -> None:
    assert match(*TWO[why]) is None
    assert match(*reversed(TWO[why])) is None


def test_every_reason_of_the_ontology_has_its_points() -> None:
    assert set(POINTS) | {JUDGED} == set(vocabulary().concepts("fusion-reason"))


@pytest.mark.parametrize("why", ONE)
def test_what_matches_shares_a_block(why: str) -> None:
    blocks = Blocks(LIKE)
    one_, other = (blocks.keys(each) for each in ONE[why])
    assert one_.asked & other.own
    assert other.asked & one_.own


def locals_(*tellings: Told) -> list[Local]:
    return [local(f"urn:article:{each.report}", [each]) for each in tellings]


def events(*tellings: Told, together: tuple[str, ...] = (), apart: tuple[str, ...] = ()) -> set[frozenset[str]]:
    """The tellings of several articles, one each, by event."""
    judged = Clustering(
        Profiles(LIKE), frozenset([frozenset(together)] if together else []), frozenset([frozenset(apart)] if apart else [])
    )
    return {frozenset(each.key for each in group) for group in judged.clusters(locals_(*tellings)).groups}


def test_two_tellings_of_one_article_are_never_joined_here() -> None:
    both = [local("urn:article", [each]) for each in ONE["day and base"]]
    assert len(Clustering(Profiles(LIKE)).clusters(both).groups) == len(both)


def test_a_vague_telling_joins_the_only_event_that_fits_and_none_of_two() -> None:
    month, fourth = ONE["a month and one of its days"]
    fifth = replace(fourth, report="c", days=frozenset(["2024-01-05"]))
    assert events(month, fourth) == {frozenset("ab")}
    assert events(month, fourth, fifth) == {frozenset("a"), frozenset("b"), frozenset("c")}
    again = replace(month, report="d")
    assert events(month, again, fourth) == {frozenset("abd")}, "two vague tellings may be of the one event"


def test_no_link_joins_what_conflicts() -> None:
    bridge = told("b", 0, day="2024-01-04", doer=US, place=BAGHDAD)
    first, second = (
        replace(told(name, 0, day="2024-01-04", doer=US, place=BAGHDAD, victim=victim), report=name)
        for name, victim in (("a", SADR), ("c", SOLEIMANI))
    )
    assert events(first, bridge, second) == {frozenset("ab"), frozenset("c")}, "a link of equal strength goes to the first"


def test_judgements_go_before_the_machine() -> None:
    one_, other = ONE["day and base"]
    assert events(one_, other, apart=("a", "b")) == {frozenset("a"), frozenset("b")}
    far, near = TWO["two towns"]
    assert events(far, near, together=("a", "b")) == {frozenset("ab")}


def test_a_telling_that_fits_one_part_of_what_people_put_together_joins_it() -> None:
    far, near = TWO["two towns"]
    third = replace(near, report="c", targets=frozenset([DEFAULT_BASE + "id/" + PMF]))
    assert events(replace(far, targets=third.targets), near, third) == {frozenset("a"), frozenset("bc")}
    assert events(far, near, third, together=("a", "b")) == {frozenset("abc")}
    assert events(far, near, third, together=("a", "b"), apart=("a", "c")) == {frozenset("ab"), frozenset("c")}, "a split outranks the fit"


@pytest.mark.parametrize("cue", [cue.words for cue in LIKE.words.cues("secondActCue")])
def test_every_word_for_a_second_act_makes_it_another_than_one_that_is_told_without(cue: str) -> None:
    plain, other = ONE["day and base"]
    assert match(plain, replace(other, words=f"A {cue} attack.")) is None
    assert match(replace(plain, words=f"{cue.title()} attack."), replace(other, words=f"A {cue} attack."))


@pytest.mark.parametrize("cue", [cue.words for cue in LIKE.words.cues("maybeSecondActCue")])
def test_every_word_that_may_be_of_a_second_act_parts_an_articles_tellings_and_not_two_articles(cue: str) -> None:
    first, again = JOINED["day and doer"]
    assert not one(first, replace(again, words=f"A {cue} strike."))
    plain, other = ONE["day and base"]
    assert match(plain, replace(other, words=f"A {cue} attack."))


def test_hundreds_that_say_one_thing_are_one_event_held_by_a_link_each() -> None:
    many = [replace(ONE["day and base"][number % 2], report=f"r{number:03}") for number in range(300)]
    found = Clustering(Profiles(LIKE)).clusters(locals_(*many))
    assert [len(group) for group in found.groups] == [300]
    assert [(link.one, link.other) for link in found.links] == [("r000", each.report) for each in many[1:]]


@settings(deadline=None)
@given(st.permutations([*ONE["day and base"], *(replace(t, report=t.report + "2") for t in ONE["day, town and doer"])]))
def test_events_do_not_depend_on_the_order_of_articles(tellings: list[Told]) -> None:
    assert events(*tellings) == events(*sorted(tellings, key=lambda each: each.report))


# -- running totals --------------------------------------------------------------------------------------------------------------


def total(report: str, since: str, *places: str, **said: object) -> Told:
    return told(report, 0, "attack-series", day=since, place=places, **said)


def test_totals_since_one_time_in_one_land_are_of_one_series() -> None:
    series = Series(LIKE)
    assert series.alike(total("a", "2023-10/..", IRAQ), total("b", "2023-10-15~/..", IRAQ, "place/syria"))
    assert not series.alike(total("a", "2023-10/..", IRAQ), total("b", "2024-02/..", IRAQ))
    assert not series.alike(total("a", "2023-10/..", IRAQ), total("b", "2023-10/..", "place/yemen"))
    assert not series.alike(total("a", "2023-10/..", IRAQ, doer=US), total("b", "2023-10/..", IRAQ, doer=ISRAEL))
    assert not series.alike(total("a", "2023-10-18", IRAQ), told("b", 0, day="2023-10-18", place=IRAQ)), "an attack is no total"
