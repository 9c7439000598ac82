"""Judgements in a store: they outrank the machine, outlast reruns and rebuilds, and their withdrawal restores the bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Store

from kg import judgements
from kg.errors import BadJudgement, StoreError, UnknownThing
from kg.judgements import ACCEPT, MERGE, NAME, REJECT, SPLIT
from kg.model import Judgement, Raw
from kg.pipeline import Judged, Pipeline
from kg.store import embedded

from .conftest import RAWS, SAYING, lines, pipeline
from .stored import IDS, RDF, WORDS, claim, events, strikes

MONDAY, TUESDAY = date(2024, 2, 5), date(2024, 2, 6)


def facts(folder: Path) -> set[bytes]:
    return set(embedded.sorted_nquads(embedded.snapshot(folder), IDS.graph("facts")))


def fact(subject: str, predicate: str, thing: str) -> bytes:
    ends = (IDS.thing("actor", subject), WORDS.term(predicate), IDS.thing("actor", thing), IDS.graph("facts"))
    return " ".join(f"<{iri}>" for iri in ends).encode() + b" .\n"


def judge(folder: Path, verdict: str, *things: str, on: date = MONDAY, by: str = "A. Analyst", reason: str | None = None) -> Judged:
    return pipeline(folder).judge(verdict, things, by=by, on=on, reason=reason)


def withdraw(folder: Path, judged: Judged) -> Judged:
    return pipeline(folder).withdraw(judged.judgement.id, by="A. Analyst", on=TUESDAY)


LEADS = fact("hadi-al-amiri", "leads", "badr-organization")
FUNDED = fact("popular-mobilization-forces", "fundedBy", "iraq")
BACKED = fact("kataib-hezbollah", "backedBy", "iran")


# -- accept and reject ------------------------------------------------------------------------------------------------------------


def test_a_rejected_claim_is_no_fact_and_its_withdrawal_restores_the_bytes(folder: Path, told: Path) -> None:
    found = claim(folder, "fundedBy")
    judged = judge(folder, REJECT, found, reason="Misread.")
    assert (judged.state, judged.effect) == ("entered", "in force")
    assert FUNDED in facts(told)
    assert facts(folder) == facts(told) - {FUNDED}
    before, after = ({line for line in lines(each) if b"/graph/article/" in line} for each in (told, folder))
    (gone,), (new,) = before - after, after - before
    assert gone.startswith(f"<{found}>".encode())
    assert new == gone.replace(b"status/current", b"status/rejected"), "the article says what it says, and nothing hears it"
    pipeline(folder).rebuild()
    assert {line for line in lines(folder) if b"/graph/article/" in line} == after
    withdraw(folder, judged)
    assert lines(folder) == lines(told)


def test_a_fact_that_another_claim_supports_stays(folder: Path) -> None:
    store = Store.read_only(str(embedded.snapshot(folder)))
    term = NamedNode(WORDS.term("leads"))
    found = sorted(
        q.subject.value
        for q in store.quads_for_pattern(None, NamedNode(RDF + "predicate"), term, None)
        if next(store.quads_for_pattern(q.subject, NamedNode(RDF + "subject"), NamedNode(IDS.thing("actor", "hadi-al-amiri")), None), None)
    )
    assert len(found) == 4, "three articles and the authority file"
    for iri in found[:-1]:
        judge(folder, REJECT, iri)
        assert LEADS in facts(folder)
    judge(folder, REJECT, found[-1])
    assert LEADS not in facts(folder)
    pipeline(folder).remove("roles.txt")
    assert LEADS not in facts(folder)


def test_an_accepted_claim_is_a_fact_whatever_its_tier_or_speaker(folder: Path, told: Path) -> None:
    assert BACKED not in facts(told)
    coreferent = judge(folder, ACCEPT, claim(folder, "backedBy"))
    assert facts(folder) == facts(told) | {BACKED}
    withdraw(folder, coreferent)
    for name in ("strike.txt", "again.txt"):
        pipeline(folder).remove(name)
    part = fact("badr-organization", "partOf", "popular-mobilization-forces")
    assert part not in facts(folder), "only Iran says so now"
    judge(folder, ACCEPT, claim(folder, "partOf"))
    assert part in facts(folder)


def test_an_accepted_claim_that_is_not_asserted_is_no_fact(folder: Path, told: Path) -> None:
    judged = judge(folder, ACCEPT, claim(folder, "perpetrator", "alleged"))
    assert judged.effect == "no fact: the claim is alleged, not asserted"
    assert facts(folder) == facts(told)


@pytest.mark.long
def test_a_background_claim_can_be_rejected(folder: Path, told: Path) -> None:
    fact = next(line for line in sorted(facts(told)) if b"/actor/12th-pmf-brigade> " in line and b"#partOf> " in line)
    brigade, part_of = NamedNode(IDS.thing("actor", "12th-pmf-brigade")), NamedNode(WORDS.term("partOf"))
    store = Store.read_only(str(embedded.snapshot(folder)))
    found = [
        q.subject.value
        for q in store.quads_for_pattern(None, NamedNode(RDF + "subject"), brigade, NamedNode(IDS.graph("authority")))
        if next(store.quads_for_pattern(q.subject, NamedNode(RDF + "predicate"), part_of, None), None)
    ]
    assert len(found) == 2, "two pages of the web say so"
    judged = [judge(folder, REJECT, found[0])]
    assert facts(folder) == facts(told)
    judged.append(judge(folder, REJECT, found[1]))
    assert facts(folder) == facts(told) - {fact}
    before = lines(folder)
    pipeline(folder).rebuild()
    assert lines(folder) == before
    take_all_back(pipeline(folder), [one.judgement for one in judged])
    assert lines(folder) == lines(told)


def test_of_accept_and_reject_the_later_day_decides_whatever_came_first(folder: Path) -> None:
    found = claim(folder, "fundedBy")
    judge(folder, REJECT, found, on=TUESDAY)
    older = judge(folder, ACCEPT, found, on=MONDAY)
    assert older.effect.startswith("outranked")
    assert FUNDED not in facts(folder)
    judge(folder, ACCEPT, found, on=TUESDAY)
    assert FUNDED in facts(folder)


# -- merge, split, name -----------------------------------------------------------------------------------------------------------


def test_a_split_makes_two_events_of_one_and_its_withdrawal_restores_the_bytes(folder: Path, told: Path) -> None:
    (strike,) = strikes(folder)
    one, other = sorted(events(folder)[strike])
    judged = judge(folder, SPLIT, one)
    assert (judged.judgement.about, judged.judgement.anchors) == ((one,), (other,))
    by_event = events(folder)
    assert sorted(by_event.values()) != sorted(events(told).values())
    assert [one] in by_event.values()
    assert [other] in by_event.values()
    assert by_event[strike] in ([one], [other]), "one of them keeps the event's id"
    before = lines(folder)
    pipeline(folder).rebuild()
    assert lines(folder) == before
    withdraw(folder, judged)
    assert lines(folder) == lines(told)


def test_an_article_can_be_split_off_an_event(folder: Path) -> None:
    (strike,) = strikes(folder)
    judged = pipeline(folder).judge(SPLIT, [strike], article="again.txt", by="A. Analyst", on=MONDAY)
    assert [list(judged.judgement.about)] == [found for found in events(folder).values() if found == list(judged.judgement.about)]
    with pytest.raises(BadJudgement, match="tells nothing of"):
        pipeline(folder).judge(SPLIT, [strike], article="roles.txt", by="A. Analyst", on=MONDAY)


def test_a_merge_makes_one_event_of_two_and_its_withdrawal_restores_the_bytes(folder: Path, told: Path) -> None:
    pair = sorted(events(told))
    judged = judge(folder, MERGE, *pair)
    (event,) = events(folder)
    assert event in pair
    assert sorted(events(folder)[event]) == sorted(report for reports in events(told).values() for report in reports)
    before = lines(folder)
    assert not any(f"<{(set(pair) - {event}).pop()}> <{WORDS.term('kind')}>".encode() in fact for fact in facts(folder)), "it has no facts"
    pipeline(folder).rebuild()
    assert lines(folder) == before
    withdraw(folder, judged)
    assert lines(folder) == lines(told)


def test_an_event_that_was_merged_away_means_the_one_that_it_is_now(folder: Path) -> None:
    pair = sorted(events(folder))
    judge(folder, MERGE, *pair)
    (event,) = events(folder)
    (gone,) = set(pair) - {event}
    with pytest.raises(BadJudgement, match="not one yet"):
        judge(folder, MERGE, gone, event, by="B. Analyst")
    split = pipeline(folder).judge(SPLIT, [gone.rsplit("/", 1)[-1]], article="saying.txt", by="B. Analyst", on=TUESDAY)
    assert split.effect == "in force"
    assert len(events(folder)) == 2


def test_merging_back_what_was_split_is_as_if_neither_had_been(folder: Path, told: Path) -> None:
    (strike,) = strikes(folder)
    split = judge(folder, SPLIT, events(folder)[strike][0])
    merge = judge(folder, MERGE, *strikes(folder), on=TUESDAY)
    assert {event: sorted(reports) for event, reports in events(folder).items()} == {e: sorted(r) for e, r in events(told).items()}
    assert {judged.effect for judged in pipeline(folder).judgements()} == {"in force", "outranked by a newer one, which can be withdrawn"}
    withdraw(folder, merge)
    assert len(strikes(folder)) == 2
    withdraw(folder, split)
    assert lines(folder) == lines(told)


def test_a_split_holds_when_an_article_goes_and_comes_back(folder: Path) -> None:
    (strike,) = strikes(folder)
    judge(folder, SPLIT, events(folder)[strike][0])
    before = lines(folder)
    pipeline(folder).remove("again.txt")
    assert lines(folder) != before
    pipeline(folder).add([RAWS[1]])
    assert lines(folder) == before


def test_a_named_candidate_is_the_known_thing_in_the_facts(folder: Path, told: Path) -> None:
    judged = judge(folder, NAME, "candidate:", "akram-al-kaabi")
    assert fact("akram-al-kaabi", "commandsIn", "kataib-hezbollah") in facts(folder) - facts(told)
    assert not any(b"jamal-karimov" in line for line in facts(folder))
    withdraw(folder, judged)
    assert lines(folder) == lines(told)


def test_a_merge_hangs_on_all_tellings_of_its_events(folder: Path) -> None:
    before = events(folder)
    one, other = sorted(before)[:2]
    judged = judge(folder, MERGE, one, other)
    assert judged.judgement.about == (one, other)
    assert judged.judgement.anchors == tuple(sorted(before[one] + before[other]))


def test_merges_and_splits_that_say_nothing_are_refused(folder: Path, told: Path) -> None:
    by_event = events(folder)
    one, other = sorted(by_event)[:2]
    with pytest.raises(BadJudgement, match="two events or more"):
        judge(folder, MERGE, one, one)
    with pytest.raises(BadJudgement, match="events already"):
        judge(folder, SPLIT, by_event[one][0], by_event[other][0])
    with pytest.raises(BadJudgement, match="nothing to split"):
        judge(folder, SPLIT, *by_event[one])
    assert lines(folder) == lines(told)
    assert not (folder / "documents" / "judgements.jsonl").exists()


def test_a_candidate_is_named_by_a_known_thing_of_its_class(folder: Path) -> None:
    judged = judge(folder, NAME, "candidate:", "actor:akram-al-kaabi")
    assert judged.effect == "in force"
    assert judged.judgement.about[0].endswith("-jamal-karimov")
    with pytest.raises(BadJudgement, match="Person"):
        judge(folder, NAME, "candidate:", "kataib-hezbollah")
    with pytest.raises(UnknownThing, match="akram-al-kaabi"):
        judge(folder, NAME, "candidate:", "akram-al-kabi")


# -- what is meant ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "short",
    [lambda iri: iri, lambda iri: iri[-16:], lambda iri: iri[-16:-4], lambda iri: f"claim:{iri[-16:]}", lambda iri: f"claim/{iri[-16:-4]}"],
)
def test_ids_may_be_given_short(folder: Path, short: Callable[[str], str]) -> None:
    found = claim(folder, "fundedBy")
    assert judge(folder, REJECT, short(found)).judgement.about == (found,)


@pytest.mark.parametrize("name", ["", "ffff0000", "claim:ffff", "https://example.org/id/claim/5f0c", "a b <c>", "\udc80"])
def test_an_unknown_claim_is_told_with_near_ones(folder: Path, told: Path, name: str) -> None:
    with pytest.raises(UnknownThing, match=r"no claim of this store\. The nearest: claim:"):
        judge(folder, REJECT, name)
    assert lines(folder) == lines(told)


def test_a_beginning_of_several_ids_is_not_guessed(folder: Path) -> None:
    with pytest.raises(UnknownThing, match="more than one claim"):
        judge(folder, REJECT, "claim:")


# -- what outlasts what -----------------------------------------------------------------------------------------------------------


def test_entering_again_changes_nothing(folder: Path) -> None:
    found = claim(folder, "fundedBy")
    judge(folder, REJECT, found)
    before, current = lines(folder), embedded.snapshot(folder)
    assert judge(folder, REJECT, found).state == "unchanged"
    assert (lines(folder), embedded.snapshot(folder)) == (before, current)


def test_a_merge_entered_again_changes_nothing(folder: Path) -> None:
    pair = sorted(events(folder))[:2]
    judge(folder, MERGE, *pair)
    before, current = lines(folder), embedded.snapshot(folder)
    assert judge(folder, MERGE, *reversed(pair)).state == "unchanged"
    assert (lines(folder), embedded.snapshot(folder)) == (before, current)


def test_judgements_outlast_rebuilds_and_the_removal_of_what_they_are_on(folder: Path, told: Path) -> None:
    judged = judge(folder, REJECT, claim(folder, "fundedBy"))
    before = lines(folder)
    pipeline(folder).rebuild()
    assert lines(folder) == before
    pipeline(folder).remove("roles.txt")
    (gone,) = pipeline(folder).judgements()
    assert gone.effect == "without effect: its claim is not in the store"
    pipeline(folder).add([RAWS[2]])
    assert lines(folder) == before
    withdraw(folder, judged)
    assert lines(folder) == lines(told)


def test_a_withdrawn_judgement_cannot_be_withdrawn_again(folder: Path) -> None:
    judged = judge(folder, REJECT, claim(folder, "fundedBy"))
    withdraw(folder, judged)
    with pytest.raises(UnknownThing, match="no judgement"):
        withdraw(folder, judged)


def elsewhere(folder: Path) -> tuple[Judgement, ...]:
    """Judgements of three kinds made in a store."""
    (strike,) = strikes(folder)
    reject = judge(folder, REJECT, claim(folder, "fundedBy"))
    others = sorted(event for event in events(folder) if event != strike)
    split = judge(folder, SPLIT, events(folder)[strike][0])
    merge = judge(folder, MERGE, strike, others[0])
    return reject.judgement, split.judgement, merge.judgement


def test_judgements_made_elsewhere_give_the_same_graph(folder: Path, tmp_path: Path) -> None:
    made, other = elsewhere(folder), pipeline(tmp_path / "other")
    other.add(RAWS)
    assert [o.state for o in other.enter(made)] == ["entered"] * 3
    assert lines(tmp_path / "other") == lines(folder)
    current = embedded.snapshot(tmp_path / "other")
    assert [o.state for o in other.enter(made)] == ["unchanged"] * 3
    assert embedded.snapshot(tmp_path / "other") == current


def test_judgements_may_come_before_the_articles_that_they_are_on(folder: Path, tmp_path: Path) -> None:
    """The same tellings are together then, before and after the judgements are taken back; the ids of events hang on their history."""
    made, other = elsewhere(folder), pipeline(tmp_path / "other")
    assert {o.effect.split(":")[0] for o in other.enter(made)} == {"without effect"}
    other.add(RAWS)
    assert {o.effect for o in other.judgements()} == {"in force"}
    assert sorted(map(sorted, events(folder).values())) == sorted(map(sorted, events(tmp_path / "other").values()))
    for store in (folder, tmp_path / "other"):
        take_all_back(pipeline(store), made)
    assert sorted(map(sorted, events(folder).values())) == sorted(map(sorted, events(tmp_path / "other").values()))


def test_a_log_that_lacks_what_the_graph_reflects_says_what_to_run(folder: Path, told: Path) -> None:
    judge(folder, REJECT, claim(folder, "fundedBy"))
    log = folder / "documents" / "judgements.jsonl"
    log.unlink()
    with pytest.raises(StoreError, match="kg rebuild"):
        judge(folder, REJECT, claim(folder, "backedBy"))
    pipeline(folder).rebuild()
    assert lines(folder) == lines(told)


def test_a_damaged_line_of_the_log_is_named(folder: Path) -> None:
    judge(folder, REJECT, claim(folder, "fundedBy"))
    log = folder / "documents" / "judgements.jsonl"
    log.write_text("{}\n" + log.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(StoreError, match=r"judgements\.jsonl: Line 1 is no judgement"):
        judge(folder, REJECT, claim(folder, "backedBy"))


# -- any history ------------------------------------------------------------------------------------------------------------------


def derived(folder: Path) -> list[list[bytes]]:
    """The graphs that judgements change."""
    return [embedded.sorted_nquads(embedded.snapshot(folder), IDS.graph(name)) for name in ("judgements", "fusion", "facts")]


def possible(folder: Path) -> list[Judgement]:
    """Judgements of every kind on what the store holds; some contradict others."""
    by_event = events(folder)
    (strike,) = strikes(folder)
    (other,) = {*by_event} - {strike}
    one, two, far = *sorted(by_event[strike]), by_event[other][0]
    made = [judgements.judgement(IDS, MERGE, "A. Analyst", on, [strike, other], [one, two, far]) for on in (MONDAY, TUESDAY)]
    made += [judgements.judgement(IDS, MERGE, "B. Analyst", MONDAY, [strike], pair) for pair in ([one, two], [two, far])]
    made += [judgements.judgement(IDS, SPLIT, "B. Analyst", on, [one], rest) for rest in ([two], [two, far]) for on in (MONDAY, TUESDAY)]
    claims = [claim(folder, "fundedBy"), claim(folder, "backedBy"), claim(folder, "killed"), claim(folder, "perpetrator", "alleged")]
    made += [judgements.judgement(IDS, v, "A. Analyst", on, [c]) for c in claims for v in (ACCEPT, REJECT) for on in (MONDAY, TUESDAY)]
    store = Store.read_only(str(embedded.snapshot(folder)))
    kind = NamedNode(WORDS.term("Candidate"))
    names = sorted(
        q.subject.value for q in store.quads_for_pattern(None, NamedNode(RDF + "type"), kind, None) if "karimov" in q.subject.value
    )
    made += [
        judgements.judgement(IDS, NAME, "A. Analyst", MONDAY, names, [IDS.thing("actor", who)])
        for who in ("akram-al-kaabi", "hadi-al-amiri")
    ]
    return made


@pytest.fixture(scope="module")
def stores(told: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    home = tmp_path_factory.mktemp("histories")
    return Path(shutil.copytree(told, home / "one")), Path(shutil.copytree(told, home / "other"))


def take_all_back(one: Pipeline, standing: Iterable[Judgement]) -> None:
    for known in standing:
        one.withdraw(known.id, by="A. Analyst", on=TUESDAY)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=st.lists(st.tuples(st.integers(0, 99), st.booleans()), min_size=1, max_size=7))
def test_any_history_comes_to_the_judgements_in_force_alone(told: Path, stores: tuple[Path, Path], choices: list[tuple[int, bool]]) -> None:
    """Entered and withdrawn in whatever order, the graph is that of those in force, entered in their order; and with none it is as before."""
    pool, standing = possible(told), dict[str, Judgement]()
    one, other = (pipeline(folder) for folder in stores)
    for number, back in choices:
        if back and standing:
            known = list(standing.values())[number % len(standing)]
            del standing[known.id]
            take_all_back(one, [known])
        else:
            known = pool[number % len(pool)]
            standing.setdefault(known.id, known)
            one.enter([known])
    other.enter(standing.values())
    assert derived(stores[0]) == derived(stores[1])
    for store in (one, other):
        take_all_back(store, standing.values())
    assert derived(stores[0]) == derived(told)
    assert derived(stores[1]) == derived(told)


def test_the_histories_leave_no_trace(told: Path, stores: tuple[Path, Path]) -> None:
    """After all the histories above."""
    assert lines(stores[0]) == lines(told)


def test_a_torn_entry_never_was(folder: Path) -> None:
    judged = judge(folder, REJECT, claim(folder, "fundedBy"))
    withdraw(folder, judged)
    log = folder / "documents" / "judgements.jsonl"
    log.write_bytes(log.read_bytes() + b'{"entered": {"about": ["cl')
    assert pipeline(folder).judgements() == []
    pipeline(folder).add([Raw("extra.txt", SAYING.encode())])
    judge(folder, REJECT, claim(folder, "backedBy"))
    assert len(pipeline(folder).judgements()) == 1


def test_another_policy_is_compared_under_the_judgements_that_readers_see(folder: Path) -> None:
    """The log may know of a judgement that the snapshot does not show yet."""
    one = pipeline(folder)
    judge(folder, REJECT, claim(folder, "fundedBy"))
    made = judgements.judgement(one.ids, REJECT, "A. Analyst", TUESDAY, [claim(folder, "leads")])
    log = folder / "documents" / "judgements.jsonl"
    log.write_text(log.read_text(encoding="utf-8") + judgements.line(made, one.ids) + "\n", encoding="utf-8")
    found = one.compared(one.policy)
    assert (found.removed, found.added) == (frozenset(), frozenset())
    log.write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="the log does not"):
        one.compared(one.policy)


def test_a_judgement_that_does_not_fit_the_shapes_is_refused_whole(folder: Path, told: Path) -> None:
    one = pipeline(folder)
    sound = judgements.judgement(one.ids, REJECT, "A. Analyst", MONDAY, [claim(folder, "leads")])
    nobodys = replace(sound, id=one.ids.thing("judgement", "0" * 16), by=" ")
    with pytest.raises(BadJudgement, match="must name exactly one person"):
        one.enter([sound, nobodys])
    assert lines(folder) == lines(told)
    assert one.judgements() == []
