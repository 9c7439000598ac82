"""A few short reports in our own words, and stores of every kind to put them in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import settings
from kg.model import Metadata, Raw
from kg.pipeline import Pipeline
from kg.store import embedded

STRIKE = """Two killed on desert road
10 May 2024

A US drone strike in Baghdad killed two people on Thursday, including Qasem Soleimani, commander of the Quds Force.

The Badr Organization is part of the Popular Mobilization Forces. Hadi al-Amiri, leader of the Badr Organization, was not there.
"""

ROLES = """Who leads whom
12 June 2024

Akram al-Kaabi, secretary-general of Harakat Hezbollah al-Nujaba, met visitors on Monday. Hadi al-Amiri, leader of the Badr Organization, spoke.

The Popular Mobilization Forces receive funding from the Iraqi state.
"""

PLAIN = """The weather in the marshes
13 June 2024

It was warm and the boats went out early in the morning, and the fishermen came back with a good catch for the market of the town.
"""

SAYING = """Whose men they are
14 June 2024

Iran said the Badr Organization is part of the Popular Mobilization Forces. Jamal Karimov, commander of Kataib Hezbollah, spoke.

Kataib Hezbollah allegedly killed three people in Baghdad on 10 June 2024. It is backed by Iran.
"""
AGAIN = STRIKE.replace("Two killed", "Two dead").replace("two people", "two men")
PUBLISHERS = {"strike.txt": "Reuters", "roles.txt": "Rudaw", "plain.txt": "Rudaw"}


def raw(name: str, text: str) -> Raw:
    return Raw(name, text.encode(), Metadata(publisher=PUBLISHERS.get(name)))


@pytest.fixture
def reports() -> list[Raw]:
    return [raw("strike.txt", STRIKE), raw("roles.txt", ROLES), raw("plain.txt", PLAIN)]


Make = Callable[[Path], Pipeline]


def pipeline(folder: Path) -> Pipeline:
    return Pipeline(settings.read({}, store=folder))


def lines(folder: Path) -> list[bytes]:
    """What readers see, as sorted N-Quads."""
    return embedded.sorted_nquads(embedded.snapshot(folder))


@pytest.fixture(scope="session")
def populated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the three reports; not to be written to."""
    folder = tmp_path_factory.mktemp("populated") / "store"
    pipeline(folder).add([raw("strike.txt", STRIKE), raw("roles.txt", ROLES), raw("plain.txt", PLAIN)])
    return folder


RAWS = (raw("strike.txt", STRIKE), raw("again.txt", AGAIN), raw("roles.txt", ROLES), raw("saying.txt", SAYING))
"""Two tellings of one strike, roles, and claims of every kind."""


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with these; not to be written to."""
    folder = tmp_path_factory.mktemp("told") / "store"
    pipeline(folder).add(RAWS)
    return folder


@pytest.fixture
def folder(told: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(told, tmp_path / "s"))
