"""HermiT finds the ontology sound, and finds each of its checks to bite."""

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import pytest
from rdflib import OWL, RDF, Graph, Namespace

import ontology

from .breaches import Breach, are_disjoint, breaches, logic, without_checks
from .reasoner import is_consistent, verdict

ISNAD = Namespace("https://w3id.org/isnad/ontology#")


def _logic() -> Graph:
    graph = Graph()
    for file in ontology.core_files() + ontology.alignment_files():
        graph.parse(file)
    return logic(graph)


LOGIC = _logic()
BREACHES = tuple(breaches(LOGIC))
SAMPLED = 12
"""Of so many breaches one is tried in the short suite, all in the long one: each takes HermiT about a second."""

# No two of these kinds of thing are ever the same thing.
APART = ["Actor", "Place", "Asset", "Event", "EventReport", "Claim", "Count", "TimeSpan", "Tenure", "Document", "Quote", "AttributionStep"]


def test_the_ontology_is_consistent_and_every_class_can_have_an_instance(dl):
    assert verdict(dl) == (True, ())


def test_a_class_that_can_have_no_instance_is_found(dl):
    broken = Graph()
    broken += dl
    broken.add((ISNAD.Attack, OWL.disjointWith, ISNAD.Strike))
    assert verdict(broken) == (True, (str(ISNAD.Strike),))


def test_an_inconsistent_ontology_is_found(dl):
    broken = Graph()
    broken += dl
    for cls in (ISNAD.Person, ISNAD.Organisation):
        broken.add((ISNAD.nobody, RDF.type, cls))
    assert verdict(broken) == (False, ())


@pytest.mark.parametrize(("one", "other"), list(combinations(APART, 2)))
def test_kinds_of_things_are_apart(one, other):
    assert are_disjoint(LOGIC, ISNAD[one], ISNAD[other])


def test_kinds_of_organisations_overlap():
    kinds = ["State", "StateForce", "ArmedGroup", "Umbrella", "Coalition", "PoliticalBody", "MediaOutlet"]
    assert not [pair for pair in combinations(kinds, 2) if are_disjoint(LOGIC, *(ISNAD[kind] for kind in pair))]


@pytest.fixture(scope="module")
def found(request, tmp_path_factory):
    """For each breach among the tests that run now, whether HermiT finds its copy of the ontology inconsistent."""
    folder = tmp_path_factory.mktemp("copies")
    base = LOGIC.serialize(format="nt", encoding="utf-8")
    items = [item for item in request.session.items if getattr(item, "module", None) is request.module and hasattr(item, "callspec")]
    chosen = {item.callspec.params["breach"] for item in items if "breach" in item.callspec.params}

    def find(breach: Breach) -> bool:
        copy = folder / f"{BREACHES.index(breach)}.nt"
        copy.write_bytes(base + _nt(breach.facts))
        return not is_consistent(copy)

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(chosen, pool.map(find, chosen), strict=True))


def _nt(facts) -> bytes:
    graph = Graph()
    for fact in facts:
        graph.add(fact)
    return graph.serialize(format="nt", encoding="utf-8")


def test_the_breaches_are_harmless_without_the_axioms_that_they_break(tmp_path):
    """Otherwise a copy might be found inconsistent for some other reason."""
    graph = without_checks(LOGIC)
    for breach in BREACHES:
        for fact in breach.facts:
            graph.add(fact)
    copy = tmp_path / "harmless.nt"
    copy.write_bytes(graph.serialize(format="nt", encoding="utf-8"))
    assert is_consistent(copy)


@pytest.mark.parametrize(
    "breach", [pytest.param(one, marks=() if at % SAMPLED == 0 else pytest.mark.long, id=str(one)) for at, one in enumerate(BREACHES)]
)
def test_a_copy_that_breaks_an_axiom_is_found_inconsistent(breach, found):
    assert found[breach]


def test_the_known_things_are_consistent_with_the_ontology(tmp_path):
    """Claims apart: what they claim stands in reserved vocabulary, and two of them may contradict each other."""
    graph = Graph()
    graph += LOGIC
    for file in ontology.authority_files():
        graph.parse(file)
    for reserved in (RDF.subject, RDF.predicate, RDF.object):
        graph.remove((None, reserved, None))
    copy = tmp_path / "authority.nt"
    copy.write_bytes(logic(graph).serialize(format="nt", encoding="utf-8"))
    assert is_consistent(copy)
