from pathlib import Path

import pyoxigraph as ox
import pytest

import ontology
from tests.authority.things import Claim, Thing, claims, things


def read(files: tuple[Path, ...]) -> ox.Store:
    store = ox.Store()
    for file in files:
        store.load(path=str(file), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def authority() -> ox.Store:
    """The authority file as shipped."""
    return read(ontology.authority_files())


@pytest.fixture(scope="session")
def known(authority: ox.Store) -> dict[str, Thing]:
    """Every curated thing by its address."""
    return things(authority)


@pytest.fixture(scope="session")
def background(authority: ox.Store) -> dict[str, Claim]:
    """Every background claim by the last part of its address."""
    return claims(authority)


@pytest.fixture(scope="session")
def terms() -> set[str]:
    """Addresses of all classes, properties and concepts of the ontology."""
    store = read(ontology.core_files() + ontology.scheme_files())
    return {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)}
