"""Questions that reach across articles: chains of retaliation, events of several sources."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg import prefixes
from kg.model import Metadata, Raw
from kg.pipeline import Pipeline
from kg.settings import read
from kg.store.pool import Pool
from queries import question
from tests.queries.answers import answer, pool, rows
from tests.snapshots import FACTS, snapshot

CHAIN = """
    @prefix event: <https://w3id.org/isnad/id/event/> .
    @prefix i: <https://w3id.org/isnad/ontology#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

    event:raid rdfs:label "raid"@en .
    event:strike rdfs:label "strike"@en ; i:inRetaliationFor event:raid .
    event:rockets rdfs:label "rockets"@en ; i:inRetaliationFor event:strike .
"""
FIRST = """Strike on convoy near Mosul
4 February 2024

A US drone strike in Mosul killed four people on 3 February 2024.
"""


def test_a_chain_of_retaliation_is_followed_and_names_what_lies_between(tmp_path: Path) -> None:
    folder = snapshot(tmp_path, [Quad(t.subject, t.predicate, t.object, NamedNode(FACTS)) for t in parse(CHAIN, format=RdfFormat.TURTLE)])
    settings = read({}, workers=1)
    with Pool(settings, lambda: folder, prefixes.known(settings.base)) as workers:
        found = rows(answer(question("retaliation"), workers))
    assert [(row["answerName"], row["through"], row["answeredName"]) for row in found] == [
        ("rockets", "strike", "raid"),
        ("rockets", "", "strike"),
        ("strike", "", "raid"),
    ]


def test_an_event_is_told_by_one_source_until_another_tells_of_it(tmp_path: Path) -> None:
    settings = read({}, store=tmp_path / "store", workers=1)
    Pipeline(settings).add([Raw("first.txt", FIRST.encode(), Metadata(publisher="Reuters"))])
    with pool(settings) as workers:
        assert [row["saidBy"] for row in rows(answer(question("single-source-events"), workers))] == ["Reuters"]
        assert rows(answer(question("shared-events"), workers)) == []
    other = FIRST.replace("Strike on convoy", "Drone strike").replace(
        "A US drone strike in Mosul killed", "In Mosul a US drone strike killed"
    )
    Pipeline(settings).add([Raw("second.txt", other.encode(), Metadata(publisher="Rudaw"))])
    with pool(settings) as workers:
        assert rows(answer(question("single-source-events"), workers)) == []
        (link,) = rows(answer(question("shared-events"), workers))
    assert link["sources"] == "2"
    assert "same day" in link["reasons"].split("; ")
    assert {link["oneOutlet"], link["otherOutlet"]} == {"Reuters", "Rudaw"}
