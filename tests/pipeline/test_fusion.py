"""What fusion promises of a store: one event from many articles, ids that stay, sources counted once, differences that both stand."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

import corpus
from kg import settings, sources
from kg.facts import POLICIES
from kg.judgements import MERGE
from kg.model import InForce, Metadata, Origin, Raw
from kg.pipeline import Pipeline
from kg.score.figures import FUSED
from kg.score.run import score
from kg.store import embedded
from kg.triples import text

from .conftest import lines, pipeline

GOLD = Path(__file__).parents[1] / "gold" / "corpus.yaml"
NS = "https://w3id.org/isnad/ontology#"
ID = "https://w3id.org/isnad/id/"

WIRE = """Drone hits car in capital
4 February 2024

A US drone strike killed Qasem Soleimani in Baghdad on Saturday while his car was waiting at a crowded crossing near the northern gate.

Five people died in the strike.

Ambulances carried the wounded through streets that had been closed by soldiers since the early morning of that day.
"""
LATER = """Toll of drone strike rises
6 February 2024

The US drone strike that killed Qasem Soleimani in Baghdad on 3 February 2024 killed seven people.
"""
OTHER = """Strike remembered
9 February 2024

Israel killed Qasem Soleimani in a drone strike in Baghdad on 3 February 2024. Nine people died in the strike.
"""
REVENGE = """Base comes under fire
12 February 2024

Kata'ib Hezbollah fired rockets at the Ain al-Asad base on Sunday in retaliation for the killing of Qasem Soleimani.
"""


def report(name: str, body: str, publisher: str, **known: object) -> Raw:
    return Raw(f"{name}.txt", body.encode(), Metadata(publisher=publisher, **known))  # type: ignore[arg-type]


FIRST = report("first", WIRE, "Reuters")
COPY = report("copy", WIRE.replace("Drone hits car in capital", "Car hit from the air").replace("crowded", "busy"), "Rudaw")
SECOND = report("second", LATER, "Reuters")
THIRD = report("third", OTHER, "Al Mayadeen English")
FOURTH = report("fourth", REVENGE, "Rudaw")


def store(folder: Path) -> Store:
    return Store.read_only(str(embedded.snapshot(folder)))


def said(
    folder: Path, subject: str | None = None, predicate: str | None = None, value: str | None = None, graph: str = "fusion"
) -> list[tuple[str, str]]:
    """The subjects and objects of a graph's triples."""
    found = store(folder).quads_for_pattern(
        NamedNode(subject) if subject else None,
        NamedNode(NS + predicate) if predicate else None,
        NamedNode(value) if value else None,
        NamedNode(f"https://w3id.org/isnad/graph/{graph}"),
    )
    return sorted((text(q.subject), text(q.object)) for q in found)


def killing(folder: Path) -> str:
    """The one event in which Soleimani was killed."""
    ((event, _),) = said(folder, None, "victim", f"{ID}actor/qasem-soleimani", "facts")
    return event


def tellings(folder: Path, event: str) -> int:
    return len(said(folder, None, "refersTo", event))


def test_many_articles_tell_of_one_event_and_the_graph_says_why(tmp_path: Path) -> None:
    pipeline(tmp_path / "s").add([FIRST, SECOND, THIRD])
    event = killing(tmp_path / "s")
    articles = {value for r, _ in said(tmp_path / "s", None, "refersTo", event) for _, value in reported(tmp_path / "s", r)}
    assert len(articles) == 3
    reasons = {value.rsplit("/", 1)[-1] for _, value in said(tmp_path / "s", None, "because")}
    assert {"same-victim", "same-place"} <= reasons
    assert all(int(value) >= 5 for _, value in said(tmp_path / "s", None, "score"))


def reported(folder: Path, telling: str) -> list[tuple[str, str]]:
    found = store(folder).quads_for_pattern(NamedNode(telling), NamedNode(NS + "reportedIn"), None, None)
    return [(text(q.subject), text(q.object)) for q in found]


def test_of_the_reports_every_two_tellings_are_one_event_or_two_as_the_gold_has_it() -> None:
    files = sources.gather([corpus.PATH], None, 10**7)
    found = score(GOLD, files, Pipeline(settings.read({}, store="memory:")), fusion=True).scored.figures()[FUSED]
    assert (found.wrong, found.missed) == (0, 0)
    assert found.right >= 4


@pytest.mark.long
def test_the_order_of_articles_decides_nothing_but_names(tmp_path: Path) -> None:
    seen = set()
    for number, order in enumerate(permutations([FIRST, SECOND, FOURTH])):
        folder = tmp_path / str(number)
        for raw in order:
            pipeline(folder).add([raw])
        event = killing(folder)
        seen.add((tellings(folder, event), len(lines(folder))))
    assert len(seen) == 1


def test_an_event_keeps_its_id_when_articles_join_and_leave(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    one.add([SECOND])
    event = killing(tmp_path / "s")
    one.add([FIRST])
    one.add([THIRD])
    assert killing(tmp_path / "s") == event
    one.remove("second.txt")
    assert killing(tmp_path / "s") == event, "others were put into it"
    before = lines(tmp_path / "s")
    one.rebuild()
    assert lines(tmp_path / "s") == before
    shutil.rmtree(tmp_path / "s" / "graph")
    one.rebuild()
    assert lines(tmp_path / "s") == before, "the ledger stands beside the documents"


def test_adding_and_removing_leaves_nothing_behind(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    one.add([FIRST, SECOND])
    before = lines(tmp_path / "s")
    one.add([THIRD, FOURTH])
    one.remove("third.txt")
    one.remove("fourth.txt")
    assert lines(tmp_path / "s") == before


def test_a_running_total_that_is_left_alone_is_no_snapshot_any_more(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    one.add([report("a", "Report\n4 February 2024\n\nUS forces came under more than 165 attacks in Iraq since mid-October.", "Reuters")])
    before = lines(tmp_path / "s")
    one.add([report("b", "Report\n4 January 2024\n\nUS forces came under more than 110 attacks in Iraq since October 2023.", "Rudaw")])
    assert len(said(tmp_path / "s", None, "snapshotOf")) == 2
    one.remove("b.txt")
    assert lines(tmp_path / "s") == before


@pytest.mark.long
def test_two_stories_of_one_article_that_somebody_put_together_are_still_compared_one_by_one(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    both = "A US drone strike in Baghdad on 3 January 2020 killed five people.\n\nRockets hit the Ain al-Asad base on 3 February 2024."
    one.add([report("a", f"Both\n\n{both}", "Reuters")])
    one.judge(MERGE, [event for _, event in said(tmp_path / "s", None, "refersTo")], by="A. Analyst", on=date(2024, 3, 1))
    assert len({event for _, event in said(tmp_path / "s", None, "refersTo")}) == 1
    one.add([report("b", "Base hit\n\nRockets were fired at the Ain al-Asad base on 3 February 2024.", "Rudaw")])
    assert len({event for _, event in said(tmp_path / "s", None, "refersTo")}) == 1, (
        "it fits one of the two, and a person says that they are one"
    )
    before = lines(tmp_path / "s")
    one.rebuild()
    assert lines(tmp_path / "s") == before


def test_an_article_that_joins_two_events_leaves_a_redirect(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    one.add([report("a", "Death\n\nA rocket attack killed Qasem Soleimani.", "Rudaw")])
    one.add([report("c", "Base hit\n\nRockets hit the Ain al-Asad base on 3 February 2024.", "Reuters")])
    events = {event for _, event in said(tmp_path / "s", None, "refersTo")}
    before = lines(tmp_path / "s")
    one.add(
        [report("b", "Both\n\nA rocket attack on the Ain al-Asad base on 3 February 2024 killed Qasem Soleimani.", "Al Mayadeen English")]
    )
    (kept,) = {event for _, event in said(tmp_path / "s", None, "refersTo")}
    graph = NamedNode("https://w3id.org/isnad/graph/fusion")
    redirects = store(tmp_path / "s").quads_for_pattern(None, NamedNode("http://purl.org/dc/terms/isReplacedBy"), None, graph)
    assert [(text(q.subject), text(q.object)) for q in redirects] == [(gone, kept) for gone in events - {kept}]
    one.remove("b.txt")
    assert lines(tmp_path / "s") == before


def test_a_copy_of_a_wire_and_a_paraphrase_are_no_second_source(tmp_path: Path) -> None:
    work = "https://news.example/strike"
    original = report("original", WIRE, "Reuters", url=work)
    retold = report(
        "retold",
        "Retold\n\nA US drone killed Qasem Soleimani in Baghdad on 3 February 2024.",
        "Isnad",
        origin=Origin("Reuters", work, None),
    )
    pipeline(tmp_path / "s").add([original, COPY, retold, SECOND])
    sources = [source for _, source in said(tmp_path / "s", None, "independentSource")]
    assert len(sources) == 4
    assert sorted(sources.count(source) for source in set(sources)) == [1, 3]
    pipeline(tmp_path / "s").remove("copy.txt")
    assert len({source for _, source in said(tmp_path / "s", None, "independentSource")}) == 2


def test_two_sources_must_agree_under_the_stricter_policy(tmp_path: Path) -> None:
    strict = Pipeline(settings.read({"KG_POLICY": "two-independent-sources"}, store=tmp_path / "s"))
    strict.add([FIRST, COPY])
    assert said(tmp_path / "s", None, "victim", f"{ID}actor/qasem-soleimani", "facts") == [], "a wire and its copy"
    strict.add([SECOND])
    event = killing(tmp_path / "s")
    perpetrators = {value for _, value in said(tmp_path / "s", event, "perpetrator", None, "facts")}
    assert perpetrators == {f"{ID}actor/united-states"}
    strict.remove("second.txt")
    assert said(tmp_path / "s", None, "victim", f"{ID}actor/qasem-soleimani", "facts") == []


def differences(folder: Path, kind: str) -> set[str]:
    """In which respects claims differ, contradictions or revisions."""
    nodes = {
        text(q.subject)
        for q in store(folder).quads_for_pattern(None, None, NamedNode(NS + kind), NamedNode("https://w3id.org/isnad/graph/fusion"))
        if not any(value.startswith(f"{ID}claim/background/") for _, value in said(folder, text(q.subject), "between"))
    }
    return {value.rsplit("/", 1)[-1] for node in nodes for _, value in said(folder, node, "differenceIn")}


def test_contradictions_stand_and_revisions_are_told_apart(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    one.add([FIRST, THIRD])
    assert differences(tmp_path / "s", "Contradiction") == {"perpetrator", "killed"}
    assert differences(tmp_path / "s", "Revision") == set()
    one.add([SECOND])
    assert differences(tmp_path / "s", "Revision") == {"killed"}, "the same outlet two days later"
    one.remove("third.txt")
    assert differences(tmp_path / "s", "Contradiction") == set()
    assert differences(tmp_path / "s", "Revision") == {"killed"}


def test_events_point_to_events_not_to_tellings(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    one.add([FOURTH])
    ((_, alone),) = said(tmp_path / "s", None, "inRetaliationFor", None, "facts")
    one.add([FIRST])
    ((_, answered),) = said(tmp_path / "s", None, "inRetaliationFor", None, "facts")
    assert answered == killing(tmp_path / "s") == alone
    assert tellings(tmp_path / "s", answered) == 2


def test_judged_tellings_are_put_together_and_held_apart_and_it_can_be_undone(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    one.add([FIRST, SECOND])
    before = lines(tmp_path / "s")
    event = killing(tmp_path / "s")
    first, second = (telling for telling, _ in said(tmp_path / "s", None, "refersTo", event))
    nothing, apart = InForce(), InForce(apart=frozenset([frozenset((first, second))]))
    with one.writer() as writer:
        change = one.changes.of_judgements(writer, nothing, apart)
        writer.apply(change.removed, change.added)
        back = one.changes.of_judgements(writer, apart, nothing)
        assert (back.removed, back.added) == (change.added, change.removed)
        writer.apply(back.removed, back.added)
        writer.publish()
    assert lines(tmp_path / "s") == before
    assert any(b"refersTo" in str(q).encode() for q in change.added)


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_a_verdict_outranks_the_policy(tmp_path: Path, verdict: str) -> None:
    one = pipeline(tmp_path / "s")
    one.add([FIRST])
    (claim,) = [text(q.subject) for q in store(tmp_path / "s").quads_for_pattern(None, None, NamedNode(NS + "perpetrator"), None)]
    with one.writer() as writer:
        change = one.changes.of_judgements(writer, InForce(), InForce(verdicts={claim: verdict}))
    facts = {str(q.predicate) for q in change.removed}
    assert any("perpetrator" in name for name in facts) is (verdict == "reject")


def test_a_policy_compared_with_the_facts_that_it_made_changes_nothing(tmp_path: Path) -> None:
    reports = [FIRST, SECOND, THIRD, FOURTH]
    stores = {}
    for name in POLICIES:
        one = stores[name] = Pipeline(settings.read({"KG_POLICY": name}, store=tmp_path / name))
        one.add(reports)
        one.remove("third.txt")
        found = one.compared(POLICIES[name])
        assert found.standing
        assert (found.removed, found.added) == (frozenset(), frozenset()), "what changed article by article is what is made at once"
    one = stores["attributed"]
    other = one.compared(POLICIES["two-independent-sources"])
    facts = b"<https://w3id.org/isnad/graph/facts> .\n"
    stood, strict = ({line for line in lines(tmp_path / name) if line.endswith(facts)} for name in POLICIES)
    assert {f"{q} .\n".encode() for q in other.removed} == stood - strict
    assert {f"{q} .\n".encode() for q in other.added} == strict - stood


def test_whether_two_articles_are_one_source_is_the_same_from_either_side(tmp_path: Path) -> None:
    twice = "Kata'ib Hezbollah claimed responsibility for the attack on the {} on 3 February 2024."
    one = report("one", "Claims\n\n" + "\n\n".join(twice.format(base) for base in ("Ain al-Asad base", "Harir base")), "Reuters")
    other = report("other", "Claim\n\n" + twice.format("Conoco base"), "Rudaw")
    seen = set()
    for number, order in enumerate(permutations([one, other])):
        for raw in order:
            pipeline(tmp_path / str(number)).add([raw])
        seen.add(tuple(said(tmp_path / str(number), None, "independentSource")))
    assert len(seen) == 1
    assert len({source for found in seen for _, source in found}) == 2, "one sentence in common"


BARE = report("bare", "Strike\n\nA US drone strike in Baghdad killed two people on 3 February 2024.", "Reuters")
NAMED = report("named", "Dead\n\nA drone strike killed Qasem Soleimani in Baghdad on 3 February 2024.", "Rudaw")
BLAMED = report("blamed", "Who\n\nIsrael killed Qasem Soleimani in Baghdad on 3 February 2024.", "Al Mayadeen English")


@pytest.mark.long
def test_an_events_id_goes_to_its_next_telling_when_the_first_goes(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    one.add([BARE])
    one.add([NAMED])
    (first,) = {event for _, event in said(tmp_path / "s", None, "refersTo")}
    one.add([BLAMED])
    assert killing(tmp_path / "s") != first, "it says more of the dead man, and another doer than the first one"
    one.remove("bare.txt")
    before = lines(tmp_path / "s")
    assert killing(tmp_path / "s") == first
    one.rebuild()
    assert lines(tmp_path / "s") == before


@pytest.mark.long
def test_a_telling_split_off_never_gets_the_event_of_one_that_had_joined_it(tmp_path: Path) -> None:
    def dead(name: str) -> Raw:
        return report(
            name, "Dead\n\nA drone strike killed Qasem Soleimani in Baghdad on 3 February 2024.", "Rudaw", url=f"https://x.example/{name}"
        )

    def split(telling: str) -> None:
        one.judge("judgement/split", [telling], by="A. Analyst", on=date(2024, 5, 1))

    def tellings_now() -> set[str]:
        return {telling for telling, _ in said(tmp_path / "s", None, "refersTo")}

    def event_of(telling: str) -> str:
        ((_, event),) = said(tmp_path / "s", telling, "refersTo")
        return event

    one = pipeline(tmp_path / "s")
    one.add([dead("first")])
    (first,) = tellings_now()
    one.add([dead("second")])
    (second,) = tellings_now() - {first}
    split(second)
    one.add([dead("third")])
    (third,) = tellings_now() - {first, second}
    split(third)
    split(third)  # it had joined the other one
    assert len({event for _, event in said(tmp_path / "s", None, "refersTo")}) == 3
    before = lines(tmp_path / "s")
    one.rebuild()
    assert lines(tmp_path / "s") == before


@pytest.mark.long
def test_what_an_article_tells_apart_and_people_put_together_stays_so_when_others_join(tmp_path: Path) -> None:
    both = report(
        "both", "Two\n\nRockets hit the Harir base on 3 February 2024.\n\nRockets hit the Conoco base on 4 February 2024.", "Rudaw"
    )
    third = report("third", "One\n\nRockets hit the Conoco base on 4 February 2024, wounding two soldiers.", "Reuters")
    one = pipeline(tmp_path / "s")
    one.add([both])
    one.judge(
        "judgement/merge", sorted({event for _, event in said(tmp_path / "s", None, "refersTo")}), by="A. Analyst", on=date(2024, 5, 1)
    )
    one.add([third])
    before = lines(tmp_path / "s")
    reasons = {value.rsplit("/", 1)[-1] for _, value in said(tmp_path / "s", None, "because")}
    assert "judgement" in reasons
    one.rebuild()
    assert lines(tmp_path / "s") == before
