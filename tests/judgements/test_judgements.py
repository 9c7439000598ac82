"""What judgements come to: newer ones outrank older ones, and what they contradict gives way; the log keeps them word for word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import judgements
from kg.errors import BadJudgement
from kg.ids import Ids
from kg.judgements import ACCEPT, MERGE, NAME, REJECT, SPLIT
from kg.model import InForce, Judgement, Withdrawal
from kg.terms import vocabulary

IDS = Ids()
MONDAY, TUESDAY = date(2024, 2, 5), date(2024, 2, 6)


def tellings(names: Iterable[str]) -> list[str]:
    return [IDS.thing("report", name) for name in names]


def merge(names: str, on: date = MONDAY) -> Judgement:
    return judgements.judgement(IDS, MERGE, "A. Analyst", on, [IDS.thing("event", name) for name in names], tellings(names))


def split(names: str, rest: str, on: date = MONDAY) -> Judgement:
    return judgements.judgement(IDS, SPLIT, "A. Analyst", on, tellings(names), tellings(rest))


def on_claim(verdict: str, claim: str = "c", on: date = MONDAY) -> Judgement:
    return judgements.judgement(IDS, verdict, "A. Analyst", on, [IDS.thing("claim", claim)])


def named(candidate: str, thing: str, on: date = MONDAY) -> Judgement:
    return judgements.judgement(IDS, NAME, "A. Analyst", on, [IDS.thing("candidate", candidate)], [IDS.thing("actor", thing)])


def short(found: InForce) -> tuple[set[str], set[str]]:
    """Sets of tellings and pairs by their last letters, sorted."""

    def letters(side: frozenset[frozenset[str]]) -> set[str]:
        return {"".join(sorted(iri[-1] for iri in group)) for group in side}

    return letters(found.together), letters(found.apart)


# -- what outranks what -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "together", "apart"),
    [
        ([merge("ab")], {"ab"}, set()),
        ([merge("ab"), merge("bc")], {"abc"}, set()),
        ([merge("ab"), merge("cd")], {"ab", "cd"}, set()),
        ([split("a", "bc")], set(), {"ab", "ac"}),
        ([merge("abc"), split("c", "ab")], {"ab"}, {"ac", "bc"}),
        ([merge("abc"), split("a", "bc")], {"bc"}, {"ab", "ac"}),
        ([merge("abcd"), split("ab", "cd")], {"ab", "cd"}, {"ac", "ad", "bc", "bd"}),
        ([split("a", "bc"), merge("abc")], {"abc"}, set()),
        ([split("ab", "cd"), merge("acd")], {"acd"}, {"bc", "bd"}),
        ([merge("ab"), split("a", "b"), merge("ab")], {"ab"}, set()),
        ([merge("ac"), split("a", "b"), merge("bc")], {"bc"}, {"ab"}),
        ([split("a", "b"), merge("ac"), merge("bc")], {"abc"}, set()),
        ([split("a", "b", TUESDAY), merge("ab", MONDAY)], set(), {"ab"}),
        ([merge("ab", TUESDAY), split("a", "b", MONDAY)], {"ab"}, set()),
    ],
)
def test_merges_and_splits(said: Sequence[Judgement], together: set[str], apart: set[str]) -> None:
    assert short(judgements.in_force(said)) == (together, apart)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ([on_claim(ACCEPT)], "accept"),
        ([on_claim(ACCEPT), on_claim(REJECT)], "reject"),
        ([on_claim(REJECT), on_claim(ACCEPT)], "accept"),
        ([on_claim(ACCEPT, on=TUESDAY), on_claim(REJECT, on=MONDAY)], "accept"),
    ],
)
def test_the_later_day_decides_then_the_order_of_entry(said: Sequence[Judgement], verdict: str) -> None:
    assert dict(judgements.in_force(said).verdicts) == {IDS.thing("claim", "c"): verdict}
    assert len(judgements.outranked(said)) == len(said) - 1


def test_the_last_name_holds() -> None:
    said = [named("x", "one"), named("x", "two"), named("y", "one")]
    assert judgements.in_force(said).names == {
        IDS.thing("candidate", "x"): IDS.thing("actor", "two"),
        IDS.thing("candidate", "y"): IDS.thing("actor", "one"),
    }


def test_a_judgement_that_says_the_same_again_is_not_outranked() -> None:
    assert judgements.outranked([on_claim(REJECT), on_claim(REJECT, on=TUESDAY)]) == frozenset()
    assert judgements.outranked([merge("ab"), merge("ab", TUESDAY)]) == frozenset()


def test_a_split_of_which_a_part_still_holds_is_not_outranked() -> None:
    assert judgements.outranked([split("ab", "cd"), merge("acd")]) == frozenset()
    outdone = split("a", "cd")
    assert judgements.outranked([outdone, merge("acd")]) == {outdone.id}


NAMES = st.text("abcde", min_size=2, max_size=4).map(lambda s: "".join(sorted(set(s)))).filter(lambda s: len(s) > 1)
DAYS = st.sampled_from([MONDAY, TUESDAY])
MERGES = st.builds(merge, NAMES, DAYS)
SPLITS = st.builds(lambda names, on: split(names[0], names[1:], on), NAMES, DAYS)
VERDICTS = st.builds(on_claim, st.sampled_from([ACCEPT, REJECT]), st.sampled_from("cd"), DAYS)
JUDGEMENTS = st.one_of(MERGES, SPLITS, VERDICTS, st.builds(named, st.sampled_from("xy"), st.sampled_from(["one", "two"]), DAYS))


@given(st.lists(JUDGEMENTS, max_size=8, unique=True))
def test_what_is_in_force_contradicts_itself_in_nothing(said: list[Judgement]) -> None:
    found = judgements.in_force(said)
    assert not any(one & other for one, other in combinations(found.together, 2))
    assert not any(pair <= group for pair in found.apart for group in found.together)
    assert all(len(pair) == 2 for pair in found.apart)


@given(st.lists(JUDGEMENTS, max_size=8, unique=True))
def test_the_newest_judgement_holds_wholly(said: list[Judgement]) -> None:
    if not said:
        assert judgements.in_force(said) == InForce()
        return
    newest = max(enumerate(said), key=lambda pair: (pair[1].on, pair[0]))[1]
    alone, found = judgements.in_force([newest]), judgements.in_force(said)
    assert newest.id not in judgements.outranked(said)
    assert all(any(group <= whole for whole in found.together) for group in alone.together)
    assert alone.apart <= found.apart
    assert alone.verdicts.items() <= found.verdicts.items()
    assert alone.names.items() <= found.names.items()


@given(st.lists(JUDGEMENTS, max_size=8, unique=True), st.data())
def test_withdrawing_leaves_what_the_others_come_to_alone(said: list[Judgement], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(said)) if said else st.just(set()))
    log = [*said, *(judgements.withdrawal(known.id, "A. Analyst", TUESDAY) for known in gone)]
    assert judgements.standing(log) == tuple(known for known in said if known not in gone)


def test_a_judgement_entered_again_counts_from_then() -> None:
    reject, accept = on_claim(REJECT), on_claim(ACCEPT)
    back = judgements.withdrawal(reject.id, "A. Analyst", MONDAY)
    assert judgements.standing([reject, accept, reject]) == (reject, accept)
    assert judgements.standing([reject, accept, back, reject]) == (accept, reject)


def test_what_the_graph_reflects_is_the_last_moment_at_which_it_was_so() -> None:
    reject, accept = on_claim(REJECT), on_claim(ACCEPT)
    log = [reject, accept, judgements.withdrawal(reject.id, "A. Analyst", MONDAY), reject]
    assert judgements.as_of(log, frozenset()) == ()
    assert judgements.as_of(log, frozenset({accept.id})) == (accept,)
    assert judgements.as_of(log, frozenset({accept.id, reject.id})) == (accept, reject)
    assert judgements.as_of(log, frozenset({"urn:x"})) is None


# -- the log ----------------------------------------------------------------------------------------------------------------------

LINES = st.characters(exclude_categories=("Cc", "Cs"))
TEXT = st.text(LINES, min_size=1, max_size=40).filter(lambda s: s.strip() and len(s.splitlines()) == 1)


@given(st.lists(JUDGEMENTS, max_size=4), TEXT, st.none() | TEXT)
def test_the_log_keeps_every_word(said: list[Judgement], by: str, reason: str | None) -> None:
    entries = [*said, judgements.withdrawal(IDS.thing("judgement", "x"), by, MONDAY, reason)]
    lines = [judgements.line(entry, IDS) for entry in entries]
    assert not any("\n" in line for line in lines)
    assert judgements.entries(lines, IDS) == entries


def test_the_log_names_things_without_the_base_and_is_read_under_any() -> None:
    line = judgements.line(on_claim(REJECT), IDS)
    assert "w3id.org" not in line
    (moved,) = judgements.entries([line], Ids("https://example.org/k/"))
    assert isinstance(moved, Judgement)
    assert moved.about == ("https://example.org/k/id/claim/c",)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"verdict": "judgement/condemn"}, "no verdict"),
        ({"about": []}, "one thing"),
        ({"about": ["claim/c", "claim/d"]}, "one thing"),
        ({"about": "claim/c"}, "lists"),
        ({"about": ["c"]}, "no thing"),
        ({"about": ["claim/a b"]}, "no IRI"),
        ({"anchors": ["claim/d"]}, "hang on"),
        ({"by": "  "}, "name of the person"),
        ({"by": "a\x1bb"}, "name of the person"),
        ({"by": "x" * 3000}, "name of the person"),
        ({"by": None}, "Line 1"),
        ({"on": "yesterday"}, "yesterday"),
        ({"reason": "another"}, "leave the id out"),
        ({"verdict": ["judgement/reject"]}, "Line 1"),
    ],
)
def test_a_line_that_is_no_judgement_is_refused_with_its_number(change: dict[str, object], reason: str) -> None:
    said = json.loads(judgements.line(on_claim(REJECT), IDS))
    said["entered"] |= change
    if "reason" not in change:
        del said["entered"]["id"]
    with pytest.raises(BadJudgement, match=reason):
        judgements.entries([json.dumps(said)], IDS)


@pytest.mark.parametrize("text", ["{", "[]", "5", '{"entered": 5}', '{"entered": {}}', '{"withdrawn": {"judgement": 5}}', "[" * 100_000])
def test_what_is_not_even_of_the_form_is_refused_too(text: str) -> None:
    with pytest.raises(BadJudgement, match="Line 2"):
        judgements.entries([judgements.line(on_claim(REJECT), IDS), text], IDS)


def test_merges_and_splits_need_something_to_join_or_part() -> None:
    with pytest.raises(BadJudgement):
        merge("a")
    with pytest.raises(BadJudgement):
        split("ab", "b")
    with pytest.raises(BadJudgement):
        split("a", "")


# -- the graph --------------------------------------------------------------------------------------------------------------------


def test_the_graph_says_who_judged_what_and_when() -> None:
    known = split("a", "b")
    said = {(q.predicate.value.rsplit("#", 1)[-1], str(q.object.value)) for q in judgements.quads([known], IDS, vocabulary())}  # type: ignore[union-attr]
    assert said == {
        ("type", IDS.term("Judgement")),
        ("verdict", IDS.concept(SPLIT)),
        ("judgedBy", "A. Analyst"),
        ("judgedOn", "2024-02-05"),
        ("judges", IDS.thing("report", "a")),
        ("keepsApartFrom", IDS.thing("report", "b")),
    }


def test_every_verdict_of_the_scheme_can_be_entered_and_no_other() -> None:
    assert set(vocabulary().concepts("judgement")) == set(judgements.ANCHORED)
    assert {name for name in judgements.ANCHORED.values() if name} == {"holdsTogether", "keepsApartFrom", "identifiesAs"}
    assert isinstance(judgements.withdrawal("urn:x", "A", MONDAY), Withdrawal)
