"""The totals of dead and injured: one event counts once, from its lowest to its highest number, and nothing that is told is left out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg import prefixes
from kg.model import Metadata, Raw
from kg.pipeline import Pipeline
from kg.settings import Settings, read
from kg.store.pool import Pool
from queries import FOLDER, question
from server import create_app
from server.pages import TOTALS, Total
from tests.queries.answers import Row, answer, pool, rows
from tests.snapshots import FACTS, snapshot

FIRST = """Strike on convoy near Mosul
4 February 2024

A US drone strike in Mosul killed four people on 3 February 2024.
"""
SECOND = """Death toll of the Mosul strike
5 February 2024

On 3 February 2024 a US drone strike in Mosul killed six people.
"""
SERIES = """Months of attacks
6 February 2024

More than 90 attacks on US bases in Iraq since October killed 30 soldiers.
"""

FACTS_TOLD = """
    @prefix actor: <https://w3id.org/isnad/id/actor/> .
    @prefix claim: <https://w3id.org/isnad/id/claim/> .
    @prefix event: <https://w3id.org/isnad/id/event/> .
    @prefix i: <https://w3id.org/isnad/ontology#> .
    @prefix place: <https://w3id.org/isnad/id/place/> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix status: <https://w3id.org/isnad/concept/status/> .
    @prefix value: <https://w3id.org/isnad/id/value/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

    place:iraq i:placeKind <https://w3id.org/isnad/concept/place-kind/country> ; rdfs:label "Iraq"@en .
    place:syria i:placeKind <https://w3id.org/isnad/concept/place-kind/country> ; rdfs:label "Syria"@en .
    place:mosul i:within place:iraq ; rdfs:label "Mosul"@en .
    actor:guard rdfs:label "Border Guard"@en .
    actor:alpha rdfs:label "Alpha"@en .
    actor:beta rdfs:label "Beta"@en .

    # A wide campaign with a number of its own, a night within it, and a running total in which both are.
    event:campaign a i:Operation ; i:killed value:campaign ; i:place place:iraq , place:syria ; i:perpetrator actor:alpha , actor:beta ;
        i:time value:january , value:winter .
    value:campaign a i:CountEnvelope ; i:min 20 ; i:max 25 .
    event:night a i:Strike ; i:subEventOf event:campaign ; i:killed value:night ; i:injured value:hurt ; i:place place:mosul ; i:time value:january .
    value:night a i:CountEnvelope ; i:min 3 ; i:max 3 .
    value:hurt a i:CountEnvelope ; i:min 7 ; i:max 9 .
    event:total a i:AttackSeries ; i:killed value:total ; i:place place:iraq ; i:time value:january .
    value:total a i:CountEnvelope ; i:min 100 .
    event:snapshot a i:Operation ; i:snapshotOf <https://w3id.org/isnad/id/series/s> ; i:killed value:snapshot .
    value:snapshot a i:CountEnvelope ; i:min 200 .

    # Part of a running total only, which takes nothing away from it; of five dead, two or three are of the guard.
    event:ambush a i:Attack ; i:subEventOf event:total ; i:killed value:all , value:guards ; i:perpetrator actor:alpha ; i:time value:mid .
    value:all a i:CountEnvelope ; i:min 5 ; i:max 5 ; i:basedOn claim:all .
    claim:all rdf:object [ i:min 5 ] ; i:status status:current .
    value:guards a i:CountEnvelope ; i:min 2 ; i:max 3 ; i:ofGroup actor:guard .

    # Nobody says when, where, by whom or of whom; at least so many.
    event:somewhere a i:Attack ; i:killed value:some .
    value:some a i:CountEnvelope ; i:min 2 ; i:basedOn claim:some .
    claim:some rdf:object [ i:min 2 ] ; i:status status:current .

    # Tellings that give days of two months.
    event:disputed a i:Attack ; i:killed value:one ; i:time value:january , value:march .
    value:one a i:CountEnvelope ; i:min 1 ; i:max 1 .

    value:january i:earliest "2024-01-10"^^xsd:date ; i:latest "2024-01-11"^^xsd:date .
    value:winter i:earliest "2023-12-01"^^xsd:date ; i:latest "2024-02-29"^^xsd:date .
    value:mid i:earliest "2024-01-20"^^xsd:date ; i:latest "2024-02-05"^^xsd:date .
    value:march i:earliest "2024-03-02"^^xsd:date ; i:latest "2024-03-02"^^xsd:date .
"""


def ask(by: str, workers: Pool) -> dict[str, Row]:
    found = rows(answer(question(f"killed-by-{by}"), workers))
    return {row[by]: row for row in found}


def killed(row: Row) -> tuple[str, ...]:
    """Events, lowest, highest, and how many have no upper bound."""
    return row["events"], row["killedLowest"], row["killedHighest"], row["killedOpen"]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    """A pool over facts in the shapes that may come."""
    named = [Quad(t.subject, t.predicate, t.object, NamedNode(FACTS)) for t in parse(FACTS_TOLD, format=RdfFormat.TURTLE)]
    folder = snapshot(tmp_path_factory.mktemp("facts"), named)
    settings = read({}, workers=1)
    with Pool(settings, lambda: folder, prefixes.known(settings.base)) as workers:
        yield workers


def passage(name: str, first: str, last: str) -> list[str]:
    """The lines of a question from the one that begins so to the next one that begins so, however far they stand in."""
    found = [line.strip() for line in (FOLDER / f"{name}.rq").read_text(encoding="utf-8").splitlines()]
    start = next(number for number, line in enumerate(found) if line.startswith(first))
    end = next(number for number, line in enumerate(found) if number > start and line.startswith(last))
    return found[start : end + 1]


EACH = ("# The dead and the injured of each event", "BIND (IF(BOUND(?max), 0, 1) AS ?open)")
OUTSIDE = ("FILTER NOT EXISTS { ?event a isnad:AttackSeries }", "FILTER NOT EXISTS { ?wider isnad:snapshotOf ?itsSeries }")
SUMS = ("(SUM(IF(?toll = isnad:killed, 1, 0))", "(SUM(IF(?toll = isnad:injured, ?open, 0))")
CELLS = ("# Not told is an empty cell", "BIND (IF(?injuredIn > 0, ?injuredUnbounded, ?notTold)")


@pytest.mark.parametrize("total", TOTALS, ids=lambda total: total.by)
def test_each_question_stands_for_itself_and_all_count_the_same_way(total: Total) -> None:
    """Which events and numbers a total is made of, how they are summed and shown, is said in every question, in the same words."""
    for first, last in (OUTSIDE, SUMS, CELLS) if total.by == "group" else (EACH, OUTSIDE, SUMS, CELLS):
        assert passage(total.question, first, last) == passage("killed-by-month", first, last)


def test_by_month_wholes_stand_for_their_parts_and_running_totals_are_left_out(facts: Pool) -> None:
    found = ask("month", facts)
    assert {month: killed(row) for month, row in found.items()} == {
        "2024-01": ("2", "20", "25", "0"),
        "2024-01/2024-02": ("1", "5", "5", "0"),
        "disputed: 2024-01 or 2024-03": ("1", "1", "1", "0"),
        "unknown": ("1", "2", "2", "1"),
    }


def test_a_part_counts_where_its_whole_has_no_such_number(facts: Pool) -> None:
    january = ask("month", facts)["2024-01"]
    assert (january["injuredLowest"], january["injuredHighest"], january["injuredOpen"]) == ("7", "9", "0")


def test_what_nobody_tells_is_an_empty_cell(facts: Pool) -> None:
    assert ask("month", facts)["unknown"]["injuredLowest"] == ""


def test_by_country_an_event_of_two_has_a_row_of_its_own(facts: Pool) -> None:
    assert {country: killed(row) for country, row in ask("country", facts).items()} == {
        "Iraq": ("1", "", "", ""),
        "several: Iraq; Syria": ("1", "20", "25", "0"),
        "unknown": ("3", "8", "8", "1"),
    }


def test_by_perpetrator_two_doers_share_a_row(facts: Pool) -> None:
    found = ask("perpetrator", facts)
    assert killed(found["several: Alpha; Beta"]) == ("1", "20", "25", "0")
    assert killed(found["Alpha"]) == ("1", "5", "5", "0")
    assert set(found) == {"Alpha", "several: Alpha; Beta", "unknown"}


def test_by_group_the_rest_of_the_dead_are_unknown(facts: Pool) -> None:
    found = ask("group", facts)
    assert killed(found["Border Guard"]) == ("1", "2", "3", "0")
    assert killed(found["unknown"])[1:] == ("4", "5", "1")


def test_the_rows_by_event_add_up_to_each_total(workers: Pool, facts: Pool) -> None:
    for store in (workers, facts):
        events = rows(answer(question("killed-by-event"), store))
        for column in ("killedLowest", "killedHighest", "killedOpen", "injuredLowest", "injuredHighest"):
            wanted = sum(int(row[column] or 0) for row in events)
            for by in ("month", "place", "country", "perpetrator"):
                assert sum(int(row[column] or 0) for row in ask(by, store).values()) == wanted, (by, column)


# -- from reports ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store of two outlets' reports of one strike, and a running total."""
    settings = read({}, store=tmp_path_factory.mktemp("told") / "store", workers=1)
    reports = {"first": (FIRST, "Reuters"), "second": (SECOND, "Rudaw"), "series": (SERIES, "Al Mayadeen English")}
    outcomes = Pipeline(settings).add(
        [Raw(f"{name}.txt", text.encode(), Metadata(publisher=outlet)) for name, (text, outlet) in reports.items()]
    )
    assert [outcome.state for outcome in outcomes] == ["added"] * 3
    return settings


@pytest.fixture(scope="module")
def telling(told: Settings) -> Iterator[Pool]:
    with pool(told) as opened:
        yield opened


def test_two_reports_of_one_strike_are_one_event_from_lowest_to_highest(telling: Pool) -> None:
    (event,) = rows(answer(question("killed-by-event"), telling))
    assert (event["killedLowest"], event["killedHighest"], event["killedOpen"]) == ("4", "6", "0")
    assert (event["sources"], event["saidBy"]) == ("2", "Reuters; Rudaw")
    assert killed(ask("month", telling)["2024-02"]) == ("1", "4", "6", "0")
    assert killed(ask("country", telling)["Iraq"]) == ("1", "4", "6", "0")
    assert killed(ask("perpetrator", telling)["United States"]) == ("1", "4", "6", "0")


def test_a_running_total_of_attacks_adds_no_event(telling: Pool) -> None:
    assert [(row["min"], row["since"]) for row in rows(answer(question("attack-totals"), telling))] == [("91", "2023-10/..")]
    assert len(ask("month", telling)) == 1


def test_every_number_is_given_with_its_speaker(telling: Pool) -> None:
    numbers = rows(answer(question("tolls"), telling))
    assert {(row["min"], row["saidBy"], row["taken"]) for row in numbers} == {("4", "Reuters", "true"), ("6", "Rudaw", "true")}


def test_the_numbers_contradict_one_another(telling: Pool) -> None:
    found = rows(answer(question("contradictions"), telling))
    assert [(row["on"], row["value"], row["saidBy"]) for row in found if row["on"] == "number of dead"] == [
        ("number of dead", "four", "Reuters"),
        ("number of dead", "six", "Rudaw"),
    ]


@pytest.mark.parametrize("total", TOTALS, ids=lambda total: total.by)
def test_the_page_shows_the_totals_with_their_method(total: Total, told: Settings, telling: Pool) -> None:
    page = create_app(told, telling).test_client().get(f"/totals?by={total.by}").text
    assert '<th scope="col" class="number">killed</th>' in page
    assert "<span>4 to 6</span>" in page
    assert "counted once" in page
