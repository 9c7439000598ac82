"""Which tellings of one article are of one event: near-misses stay apart."""

from __future__ import annotations

import pytest

from kg.authority import authority
from kg.fuse import Fusion, Told
from kg.ids import Ids
from kg.settings import DEFAULT_BASE
from kg.terms import vocabulary

US, ISRAEL, ARMY = "actor/united-states", "actor/israel", "actor/israel-defense-forces"
BAGHDAD, MOSUL, IRAQ = "place/baghdad", "place/mosul", "place/iraq"


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
    )


def one(*tellings: Told) -> bool:
    fusion = Fusion(Ids(DEFAULT_BASE), vocabulary(), authority())
    return len(set(fusion.events(tellings).values())) == 1


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
    fusion = Fusion(Ids(DEFAULT_BASE), vocabulary(), authority())
    assert len(set(fusion.events((first, second, told("c", 90, day="2024-01-04", doer=US))).values())) == 3
