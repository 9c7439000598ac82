import pytest
from rdflib import Graph

import ontology


def read(files):
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


@pytest.fixture(scope="session")
def terms():
    """The core: our own terms."""
    return read(ontology.core_files())


@pytest.fixture(scope="session")
def dl():
    """The whole OWL 2 DL ontology."""
    return read(ontology.dl_files())
