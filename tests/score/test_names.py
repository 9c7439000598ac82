"""Names: known things by all their names, states with their capitals, unlisted names by their words."""

from __future__ import annotations

import pytest

from kg.score.names import Who
from tests.score.making import names

BASE = "https://w3id.org/isnad/id/"

KNOWN = [
    ("Iraq", "actor/iraq", "actor", True),
    ("Baghdad", "actor/iraq", "actor", True),
    ("Government of Iraq", "actor/iraq", "actor", True),
    ("Baghdad", "place/baghdad", "place", True),
    ("Iraq", "place/baghdad", "place", False),
    ("Baghdad", "actor/iraq", "place", False),
    ("Washington", "actor/united-states", "actor", True),
    ("United States", "actor/united-states-department-of-defense", "actor", True),
    ("the Pentagon", "actor/united-states", "actor", True),
    ("Iraq", "actor/united-states-department-of-defense", "actor", False),
    ("al-Nujaba", "actor/harakat-hezbollah-al-nujaba", "actor", True),
    ("Harakat Hezbollah al-Nujaba", "actor/kataib-hezbollah", "actor", False),
    ("American troops in Iraq", "actor/us-forces-in-iraq", "actor", True),
    ("American troops in Syria", "actor/us-forces-in-iraq", "actor", False),
    ("international coalition", "actor/us-led-coalition", "actor", True),
    ("coalition of tribes", "actor/us-led-coalition", "actor", False),
    ("Kata’ib Hezbollah", "actor/kataib-hezbollah", "thing", True),
    ("Babylon", "place/babylon-governorate", "place", True),
    ("headquarters of the Popular Mobilization Forces", "actor/popular-mobilization-forces", "thing", False),
]


@pytest.mark.parametrize(("gold", "iri", "sort", "right"), KNOWN)
def test_a_known_thing_is_right_under_any_of_its_names(gold: str, iri: str, sort: str, right: bool) -> None:
    assert BASE + iri in names().known
    assert names().same(gold, Who(BASE + iri, iri), sort) is right


@pytest.mark.parametrize(("gold", "label", "right"), [
    ("a security source", "security sources", True),
    ("security sources", "sources", True),
    ("sources", "correspondent", False),
    ("US bases in Iraq and Syria", "American bases in Syria and Iraq", True),
    ("US bases in Iraq and Syria", "US bases", True),
    ("US bases in Iraq and Syria", "Iraq", False),
    ("Mossad safe house", "safe house", True),
    ("Mossad safe house", "Mossad", False),
    ("Iranian officials", "Iran's officials", True),
    ("Iranian officials", "officials of Iran", True),
    ("Iranian officials", "Iraqi officials", False),
    ("American soldiers", "US troops", True),
    ("Iran-aligned militia groups", "militia groups", True),
    ("Iran-aligned militia groups", "groups", False),
    ("unknown parties", "political parties", False),
    ("Popular Mobilization Forces", "the PMF", True),
])  # fmt: skip
def test_an_unlisted_name_is_right_by_its_words(gold: str, label: str, right: bool) -> None:
    assert names().same(gold, Who(None, label), "actor") is right


@pytest.mark.parametrize(("gold", "kind", "right"), [
    ("umbrella network of river militias", "umbrella", True),
    ("umbrella network of river militias", "network", True),
    ("umbrella network of river militias", "militia", False),
    ("political party", "party", True),
    ("militia group", "militia", False),
    ("Shia militia movement", "movement", True),
])  # fmt: skip
def test_a_kind_of_organisation_is_right_by_its_head_noun(gold: str, kind: str, right: bool) -> None:
    assert names().same_kind(gold, kind) is right


def test_a_wider_place_is_known_from_the_gazetteer() -> None:
    assert names().wider("Ain al-Asad Airbase", names().who("Iraq", "place"))
    assert not names().wider("Ain al-Asad Airbase", names().who("Syria", "place"))
    assert not names().wider("Ain al-Asad Airbase", Who(None, "Iraq"))
