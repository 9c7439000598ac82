"""Which claims become facts: one row a case, and the shapes that facts take."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts import ATTRIBUTED, Stated, Unit, admits, of
from kg.ids import Ids
from kg.terms import vocabulary
from kg.triples import Writer

WORDS = vocabulary()
OUT = Writer("https://w3id.org/isnad/graph/facts", Ids(), WORDS)
RUDAW, IRI, US, PMF = (
    f"https://w3id.org/isnad/id/actor/{name}" for name in ("rudaw", "islamic-resistance-in-iraq", "united-states", "pmf")
)

PLAIN = Stated(
    "urn:claim:1", "urn:badr", "partOf", PMF, "realis/asserted", "tier/explicit", "status/current", frozenset({RUDAW}), frozenset({RUDAW})
)


@pytest.mark.parametrize(
    ("change", "admitted"),
    [
        ({}, True),
        ({"speakers": frozenset()}, True),
        ({"speakers": frozenset({US})}, False),
        ({"tier": "tier/positional"}, True),
        ({"tier": "tier/coreferent"}, False),
        ({"status": "status/superseded"}, False),
        ({"status": "status/rejected"}, False),
        *(({"realis": f"realis/{r}"}, False) for r in ("alleged", "denied", "negated", "hypothetical", "planned", "threatened")),
        ({"predicate": "claimedBy", "object": IRI, "speakers": frozenset({IRI})}, True),
        ({"predicate": "claimedBy", "object": IRI, "speakers": frozenset({US})}, False),
        ({"predicate": "perpetrator", "object": IRI, "speakers": frozenset({IRI})}, False),
        ({"predicate": "perpetrator", "object": IRI, "speakers": frozenset({US})}, False),
        ({"predicate": "designatedTerroristBy", "object": US, "speakers": frozenset({US})}, True),
    ],
    ids=str,
)
def test_what_the_policy_admits(change: dict[str, object], admitted: bool) -> None:
    assert admits(ATTRIBUTED, replace(PLAIN, **change)) is admitted  # type: ignore[arg-type]


def test_every_realis_of_the_ontology_but_asserted_stays_out() -> None:
    assert [r for r in WORDS.concepts("realis") if admits(ATTRIBUTED, replace(PLAIN, realis=r))] == ["realis/asserted"]


def killed(claim: str, low: int | None, high: int | None) -> Stated:
    bounds = {WORDS.term("min"): low, WORDS.term("max"): high}
    node = {name: (str(value),) for name, value in bounds.items() if value is not None}
    return replace(PLAIN, claim=f"urn:claim:{claim}", subject="urn:report", predicate="killed", object=f"urn:count:{claim}", node=node)


def envelope(*claims: Stated) -> tuple[list[str], list[str]]:
    facts = of(Unit("urn:event", None), claims, ATTRIBUTED, OUT)
    return tuple(  # type: ignore[return-value]
        sorted(str(q.object.value) for q in facts if q.predicate.value == WORDS.term(name)) for name in ("min", "max")
    )


def test_two_tolls_are_an_envelope_and_never_a_sum() -> None:
    assert envelope(killed("a", 4, 4), killed("b", 5, 5)) == (["4"], ["5"])


def of_group(group: str, article: str, claim: str, low: int, high: int | None) -> Stated:
    stated = killed(claim, low, high)
    return replace(stated, document=f"urn:{article}", node={**(stated.node or {}), WORDS.term("ofGroup"): (f"urn:{group}",)})


def whole(*claims: Stated) -> tuple[list[str], list[str]]:
    """The least and the most of all the dead, whatever group they are of."""
    facts = of(Unit("urn:event", None), claims, ATTRIBUTED, OUT)
    groups = {q.subject for q in facts if q.predicate.value == WORDS.term("ofGroup")}
    found = [q for q in facts if q.subject not in groups]
    return tuple([str(q.object.value) for q in found if q.predicate.value == WORDS.term(name)] for name in ("min", "max"))  # type: ignore[return-value]


def test_groups_bound_the_whole_and_one_said_twice_counts_once() -> None:
    soldiers, civilians = of_group("soldiers", "one", "a", 3, 3), of_group("civilians", "one", "b", 4, 4)
    assert whole(soldiers, civilians) == (["4"], ["7"])
    assert whole(civilians, of_group("civilians", "one", "c", 4, 4)) == (["4"], ["4"])
    assert whole(civilians, of_group("civilians", "one", "c", 5, None)) == (["4"], [])


def test_a_group_beyond_another_source_s_whole_raises_the_highest() -> None:
    assert whole(killed("a", 5, 5), of_group("civilians", "two", "b", 8, 8)) == (["5"], ["8"])
    assert whole(killed("a", 9, 9), of_group("civilians", "two", "b", 8, 8)) == (["9"], ["9"])


def test_an_unlisted_man_whom_two_articles_name_is_one_dead() -> None:
    def victim(article: str, name: str) -> Stated:
        iri = f"https://w3id.org/isnad/id/{name}"
        return replace(
            PLAIN, claim=f"urn:{article}:{name}", subject="urn:report", predicate="victim", object=iri, document=f"urn:{article}"
        )

    one, again = victim("one", "candidate/0123456789abcdef-abu-karar"), victim("two", "candidate/fedcba9876543210-abu-karrar")
    assert whole(one, again) == (["1"], [])
    assert whole(one, victim("one", "candidate/0123456789abcdef-abu-ali"), again) == (["2"], [])
    assert whole(victim("one", "actor/a"), victim("two", "actor/b")) == (["2"], [])


def test_an_open_bound_keeps_the_envelope_open() -> None:
    assert envelope(killed("a", 4, 4), killed("b", 16, None)) == (["4"], [])


def test_a_denied_toll_is_not_in_the_envelope() -> None:
    assert envelope(killed("a", 4, 4), replace(killed("b", 90, 90), realis="realis/denied")) == (["4"], ["4"])


BOUNDS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)).map(sorted), min_size=1, max_size=6)


@given(BOUNDS)
def test_an_envelope_holds_every_stated_number_and_no_more(bounds: list[list[int]]) -> None:
    low, high = envelope(*(killed(str(i), a, b) for i, (a, b) in enumerate(bounds)))
    assert low == [str(min(a for a, _ in bounds))]
    assert high == [str(max(b for _, b in bounds))]


@given(
    st.permutations([killed("a", 4, 4), killed("b", 5, 5), replace(PLAIN, claim="urn:claim:c", subject="urn:report", predicate="target")])
)
def test_the_order_of_claims_does_not_matter(claims: list[Stated]) -> None:
    assert of(Unit("urn:event", None), claims, ATTRIBUTED, OUT) == of(
        Unit("urn:event", None), sorted(claims, key=lambda c: c.claim), ATTRIBUTED, OUT
    )
