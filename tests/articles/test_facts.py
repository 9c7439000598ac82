"""What of the five articles of ../shared becomes fact, and what of it does not: the acts that are only alleged, denied, supposed, planned or threatened."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from kg.pipeline import Pipeline
from kg.score.figures import FUSED
from kg.score.run import score
from kg.settings import read
from kg.sources import gather
from kg.store import embedded
from kg.terms import RDF
from kg.triples import text

SHARED = Path(__file__).resolve().parents[3] / "shared"
ARTICLES = SHARED / "articles"
pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles of ../shared are not here")

NS, ID = "https://w3id.org/isnad/ontology#", "https://w3id.org/isnad/id/"
FACTS = NamedNode("https://w3id.org/isnad/graph/facts")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("five") / "store"
    Pipeline(read({}, store=folder)).add(gather([ARTICLES], None, 10**7))
    return Store.read_only(str(embedded.snapshot(folder)))


@pytest.fixture(scope="module")
def events(store: Store) -> dict[str, dict[str, set[str]]]:
    """The happenings of the facts graph: what is plainly said of each, by local names; times as EDTF."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in store.quads_for_pattern(None, None, None, FACTS):
        value = text(quad.object)
        if value.startswith(f"{ID}value/"):
            for edtf in store.quads_for_pattern(quad.object, NamedNode(NS + "edtf"), None, FACTS):  # type: ignore[arg-type]
                found[text(quad.subject)]["time"].add(text(edtf.object))
        else:
            found[text(quad.subject)][text(quad.predicate).removeprefix(NS)].add(value.rsplit("/", 1)[-1])
    return {thing: dict(said) for thing, said in found.items() if thing.startswith(f"{ID}event/")}


NOT_DONE = {
    "threatened: an answer to the strike in Babil by the Islamic Resistance in Iraq": {
        "perpetrator": "islamic-resistance-in-iraq",
        "from": "2024-07-30",
    },
    "planned: the timetable announced": {"kind": "announcement", "from": "2024-08-03"},
    "planned: US forces withdrawn or expelled": {"kind": "withdrawal"},
    "hypothetical: victory over Israel": {"target": "israel"},
    "hypothetical: an attack by Soleimani": {"perpetrator": "qasem-soleimani"},
    "planned: an operation of Iraq against the coalition": {"perpetrator": "iraq", "kind": "operation"},
    "denied: the United States behind the bombings in Kerman": {"perpetrator": "united-states", "place": "iran"},
    "hypothetical: a violation by an Iraqi party": {"perpetrator": "iraq"},
    "hypothetical: war on several fronts": {"kind": "war"},
    "planned: a ground invasion, postponed": {"kind": "invasion"},
    "planned: air defences moved": {"kind": "deployment"},
    "planned: the Gaza Strip cut off": {"kind": "siege"},
    "threatened: retaliation by al-Nujaba": {"perpetrator": "harakat-hezbollah-al-nujaba"},
    "planned: further phases of the US response": {"perpetrator": "united-states", "from": "2024-02-08"},
    "planned: the end of the coalition's mission": {"kind": "end-of-mission", "from": "2022-01-01"},
    "planned: an end of the combat mission in July 2021": {"kind": "end-of-mission", "time": "2021-07"},
    "negated: the Popular Mobilization Forces disarmed": {"target": "popular-mobilization-forces", "perpetrator": "iraq"},
    "planned: attacks of the Islamic Resistance in Iraq on Israel": {"perpetrator": "islamic-resistance-in-iraq", "target": "israel"},
    "alleged: the killing of Haniyeh done by the United States": {"victim": "ismail-haniyeh", "perpetrator": "united-states"},
    "alleged: the killing of Soleimani done by an air force": {"victim": "qasem-soleimani", "perpetrator": "united-states-air-force"},
    "alleged: attacks on US forces directed by Iran": {"kind": "attack-series", "perpetrator": "iran"},
}


@pytest.mark.parametrize("act", NOT_DONE)
def test_what_was_not_done_is_no_fact(act: str, events: dict[str, dict[str, set[str]]]) -> None:
    wanted = dict(NOT_DONE[act])
    day = wanted.pop("from", "")
    matching = [said for said in events.values() if all(value in said.get(key, ()) for key, value in wanted.items())]
    assert [said for said in matching if not day or any(edtf.strip("./") >= day for edtf in said.get("time", ()))] == []


def test_the_checks_above_would_see_what_was_done(events: dict[str, dict[str, set[str]]]) -> None:
    done = {"victim": "qasem-soleimani", "perpetrator": "united-states"}
    assert [said for said in events.values() if all(value in said.get(key, ()) for key, value in done.items())]


def test_every_fact_of_an_event_rests_on_an_asserted_claim(store: Store) -> None:
    """Each plain triple of an event is said, as it stands, by a claim on one of its tellings that is asserted."""
    asserted = NamedNode("https://w3id.org/isnad/concept/realis/asserted")
    refers = NamedNode(NS + "refersTo")
    for quad in store.quads_for_pattern(None, None, None, FACTS):
        value = text(quad.object)
        plain = text(quad.subject).startswith(f"{ID}event/") and text(quad.predicate).startswith(NS)
        if not plain or value.startswith((f"{ID}value/", f"{ID}event/")):
            continue
        reports = [q.subject for q in store.quads_for_pattern(None, refers, quad.subject, None)]
        claims = [q.subject for report in reports for q in store.quads_for_pattern(None, NamedNode(RDF + "subject"), report, None)]
        said = [
            claim
            for claim in claims
            if any(store.quads_for_pattern(claim, NamedNode(RDF + "predicate"), quad.predicate, None))
            and any(store.quads_for_pattern(claim, NamedNode(RDF + "object"), quad.object, None))
        ]
        assert any(any(store.quads_for_pattern(claim, NamedNode(NS + "realis"), asserted, None)) for claim in said), str(quad)


def test_every_pair_of_tellings_is_one_event_or_two_as_the_gold_has_it() -> None:
    result = score(SHARED / "gold" / "seeds.yaml", gather([ARTICLES], None, 10**7), Pipeline(read({}, store="memory:")), fusion=True)
    figure = result.scored.figures()[FUSED]
    assert (figure.wrong, figure.missed) == (0, 0)
    assert figure.right >= 4
    known = {(each.article, each.gold) for each in result.scored.known}
    assert len({article for article, gold in known if gold == "soleimani-killing"}) == 3


def test_the_attack_in_jordan_was_answered_and_the_totals_are_one_series(store: Store, events: dict[str, dict[str, set[str]]]) -> None:
    answered = {event for said in events.values() for event in said.get("inRetaliationFor", ())}
    assert any("jordan" in events[f"{ID}event/{event}"].get("place", ()) for event in answered)
    snapshots = {text(q.subject): text(q.object) for q in store.quads_for_pattern(None, NamedNode(NS + "snapshotOf"), None, None)}
    assert len(snapshots) == 2
    assert len(set(snapshots.values())) == 1


def test_two_men_lead_al_nujaba(store: Store) -> None:
    group = NamedNode(f"{ID}actor/harakat-hezbollah-al-nujaba")
    (found,) = [q.subject for q in store.quads_for_pattern(None, NamedNode(NS + "concerning"), group, None)]
    assert any(store.quads_for_pattern(found, NamedNode(RDF + "type"), NamedNode(NS + "Contradiction"), None))
    sides = {
        text(subject.object).rsplit("/", 1)[-1]
        for between in store.quads_for_pattern(found, NamedNode(NS + "between"), None, None)
        for subject in store.quads_for_pattern(between.object, NamedNode(RDF + "subject"), None, None)  # type: ignore[arg-type]
    }
    assert sides == {"akram-al-kaabi", "mushtaq-talib-al-saidi"}
