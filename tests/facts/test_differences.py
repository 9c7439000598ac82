"""Where claims cannot all be true, and where the later one takes the earlier one's place: an example and its near miss for each rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.authority import authority
from kg.fuse.differences import COUNTS, ROWS, Difference, Differences
from kg.fuse.likeness import Likeness
from kg.ids import Ids
from kg.settings import DEFAULT_BASE
from kg.stated import Stated
from kg.terms import vocabulary

WORDS = vocabulary()
DIFFERENCES = Differences(Likeness(Ids(DEFAULT_BASE), WORDS, authority()))
REUTERS, RUDAW, ARMY = (f"{DEFAULT_BASE}id/actor/{name}" for name in ("reuters", "rudaw", "iraqi-armed-forces"))


def thing(name: str) -> str:
    return f"{DEFAULT_BASE}id/{name}"


def claim(name: str, predicate: str, value: str = "urn:value", **said: object) -> Stated:
    plain = Stated(
        f"urn:claim:{name}", "urn:report", predicate, value, "realis/asserted", "tier/explicit", "status/current", frozenset(), frozenset()
    )
    return replace(plain, **{"document": f"urn:article:{name}", **said})  # type: ignore[arg-type]


def count(name: str, low: int | None, high: int | None, predicate: str = "killed", group: str | None = None, **said: object) -> Stated:
    values = {"min": low, "max": high, "ofGroup": group}
    return claim(name, predicate, node={WORDS.term(key): (str(value),) for key, value in values.items() if value is not None}, **said)


def when(name: str, edtf: str, predicate: str = "time", **said: object) -> Stated:
    return claim(name, predicate, node={WORDS.term("edtf"): (edtf,)}, **said)


def leads(name: str, person: str, body: str = "actor/badr-organization", position: str = "leader", **said: object) -> Stated:
    return replace(claim(name, "leads", thing(body), position=f"position/{position}", **said), subject=thing(f"actor/{person}"))


def found(*claims: Stated) -> list[Difference]:
    return list(DIFFERENCES.of("urn:thing", claims))


BY = {"voices": frozenset([REUTERS])}
OTHER = {"voices": frozenset([RUDAW])}

CONTRADICT = {
    "four and seven dead": (count("a", 4, 4), count("b", 7, 7)),
    "at most three and at least five": (count("a", None, 3), count("b", 5, None)),
    "dead of one group": (count("a", 4, 4, group="urn:soldiers"), count("b", 7, 7, group="urn:soldiers")),
    "numbers of injured": (count("a", 4, 4, "injured"), count("b", 7, 7, "injured")),
    "a later number of another outlet": (count("a", 4, 4, day="2024-01-04", **BY), count("b", 7, 7, day="2024-01-06", **OTHER)),
    "two numbers of one day": (count("a", 4, 4, day="2024-01-04", **BY), count("b", 7, 7, day="2024-01-04", **BY)),
    "two days": (when("a", "2024-01-04"), when("b", "2024-01-05")),
    "two years of founding": (when("a", "1982", "founded"), when("b", "1983", "founded")),
    "two doers": (claim("a", "perpetrator", thing("actor/israel")), claim("b", "perpetrator", thing("actor/turkey"))),
    "two towns": (claim("a", "place", thing("place/baghdad")), claim("b", "place", thing("place/mosul"))),
    "two leaders": (leads("a", "hadi-al-amiri"), leads("b", "qais-al-khazali")),
    "a leader and a secretary-general": (leads("a", "hadi-al-amiri"), leads("b", "qais-al-khazali", position="secretary-general")),
    "a leader who is named again": (
        leads("a", "hadi-al-amiri", day="2021-01-01"),
        leads("b", "qais-al-khazali", day="2022-01-01"),
        leads("c", "hadi-al-amiri", day="2023-01-01"),
    ),
    "a leader of whom no day is known": (leads("a", "hadi-al-amiri"), leads("b", "qais-al-khazali", day="2022-01-01")),
}

REVISE = {
    "the outlet comes back": (count("a", 4, 4, day="2024-01-04", **BY), count("b", 7, 7, day="2024-01-06", **BY)),
    "the speaker comes back": (
        count("a", 4, 4, day="2024-01-04", speakers=frozenset([ARMY])),
        count("b", 3, 3, day="2024-01-06", speakers=frozenset([ARMY])),
    ),
    "the toll rose": (
        count("a", 4, 4, day="2024-01-04", **BY),
        count("b", 7, 7, day="2024-01-06", quote="The death toll has risen to seven.", **OTHER),
    ),
    "an office passed on": (leads("a", "hadi-al-amiri", day="2021-01-01"), leads("b", "qais-al-khazali", day="2022-01-01")),
    "a tenure that ended": (leads("a", "hadi-al-amiri", until="2020-01-03"), leads("b", "qais-al-khazali", since="2020-01-03/..")),
}

AGREE = {
    "at least sixteen and seventeen": (count("a", 16, None), count("b", 17, 17)),
    "soldiers and all": (count("a", 4, 4, group="urn:soldiers"), count("b", 7, 7)),
    "dead and injured": (count("a", 4, 4), count("b", 7, 7, "injured")),
    "a month and its day": (when("a", "2024-01"), when("b", "2024-01-05")),
    "a state and its army": (
        claim("a", "perpetrator", thing("actor/israel")),
        claim("b", "perpetrator", thing("actor/israel-defense-forces")),
    ),
    "a country and its town": (claim("a", "place", thing("place/baghdad")), claim("b", "place", thing("place/iraq"))),
    "a joint act": (
        claim("a", "perpetrator", thing("actor/israel")),
        claim("b", "perpetrator", thing("actor/turkey"), document="urn:article:a"),
    ),
    "an unlisted doer": (claim("a", "perpetrator", thing("candidate/x-unknown-forces")), claim("b", "perpetrator", thing("actor/turkey"))),
    "what is only alleged": (count("a", 4, 4), count("b", 7, 7, realis="realis/alleged")),
    "a former leader": (leads("a", "hadi-al-amiri", incumbency="incumbency/former"), leads("b", "qais-al-khazali")),
    "a president and a prime minister": (
        leads("a", "hadi-al-amiri", "actor/iraq", "president"),
        leads("b", "qais-al-khazali", "actor/iraq", "prime-minister"),
    ),
    "one leader under two titles": (leads("a", "hadi-al-amiri"), leads("b", "hadi-al-amiri", position="secretary-general")),
}


@pytest.mark.parametrize("why", CONTRADICT)
def test_what_cannot_all_be_true_is_a_contradiction(why: str) -> None:
    differences = found(*CONTRADICT[why])
    assert differences
    assert [difference.later for difference in differences] == [()] * len(differences)
    assert {c for d in differences for c in d.claims} == {c.claim for c in CONTRADICT[why]}


@pytest.mark.parametrize("why", REVISE)
def test_what_takes_the_place_of_another_is_a_revision(why: str) -> None:
    (difference,) = found(*REVISE[why])
    assert difference.later == ("urn:claim:b",)


@pytest.mark.parametrize("why", AGREE)
def test_what_may_all_be_true_is_neither(why: str) -> None:
    assert found(*AGREE[why]) == []


@pytest.mark.parametrize("why", [*CONTRADICT, *REVISE])
def test_the_order_of_claims_decides_nothing(why: str) -> None:
    claims = {**CONTRADICT, **REVISE}[why]
    assert found(*claims) == found(*reversed(claims))


def test_every_concept_of_difference_has_its_property() -> None:
    assert set(ROWS.values()) == set(WORDS.concepts("difference"))
    assert set(ROWS) >= COUNTS


def toll_of(quote: str) -> list[Difference]:
    """How two outlets' numbers of dead differ when the later one says this."""
    return found(count("a", 4, 4, day="2024-01-04", **BY), count("b", 7, 7, day="2024-01-06", quote=quote, **OTHER))


@pytest.mark.parametrize("cue", [cue.words for cue in WORDS.cues("cue", "Revision")])
def test_every_word_for_a_number_that_changed_makes_a_revision_and_no_part_of_another_word_does(cue: str) -> None:
    assert [difference.later for difference in toll_of(f"The toll {cue.upper()} seven.")] == [("urn:claim:b",)]
    assert [difference.later for difference in toll_of(f"The toll un{cue}ly seven.")] == [()]


def test_what_hundreds_say_alike_differs_as_if_two_said_it() -> None:
    four = [count(f"a{number}", 4, 4, day="2024-01-04", **BY) for number in range(20)]
    seven = [count(f"b{number}", 7, 7, day="2024-01-06", **BY) for number in range(20)]
    (difference,) = found(*four, *seven)
    assert difference.claims == tuple(sorted(c.claim for c in (*four, *seven)))
    assert difference.later == tuple(sorted(c.claim for c in seven))
    (difference,) = found(*four, *seven, count("c", 7, 7, day="2024-01-06", **OTHER))
    assert difference.later == (), "another outlet's number takes no number's place"
