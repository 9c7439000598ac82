"""The gold's own rules: optional rows, alternatives, open keys, what is scored neither way, what is no event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.model import Span
from kg.score.facts import Given, Row
from kg.score.figures import Figure
from kg.score.gold import parse
from kg.score.names import Who
from kg.score.values import Amount
from tests.score.making import changed, figures, given, having, named, names, perfect, row, score, small, valued

FACTS = perfect(small())
FULL = figures(FACTS)
FAR = (Span(50_000, 50_010),)


def moved(after: dict[str, Figure]) -> set[str]:
    return {name for name in FULL if after[name] != FULL[name]}


def with_values(slot: str, where: dict[str, str], key: str, *values: Given) -> dict[str, Figure]:
    one = named(FACTS, slot, **where)
    return figures(changed(FACTS, lambda r: valued(r, key, values) if r is one else r))


def test_optional_rows_count_neither_way() -> None:
    kept = [r for r, gold in zip(FACTS.rows, small().rows, strict=True) if not gold.optional]
    assert len(kept) < len(FACTS.rows)
    assert not moved(figures(replace(FACTS, rows=tuple(kept))))
    leaving = named(FACTS, "events", kind="withdrawal")
    assert not moved(figures(changed(FACTS, lambda r: valued(r, "date", ["1999"]) if r is leaving else r)))


RIGHT = [
    ("roles", {"person": "Rima Haddad"}, "role", ("press secretary",)),
    ("structure", {"subject": "River Guard"}, "rel", ("aligned with",)),
    ("structure", {"rel": "is"}, "object", ("network",)),
    ("structure", {"rel": "is"}, "object", ("umbrella",)),
    ("founded", {}, "date", ("2014-11",)),
    ("strengths", {"counted": "fighters"}, "date", ("2019-05",)),
    ("events", {"weapon_count": "3"}, "target", (Who(None, "Cedar Column"),)),
    ("events", {"weapon_count": "3"}, "target", (Who(None, "fuel depot"),)),
    ("events", {"weapon_count": "3"}, "kind", ("air strike",)),
    ("events", {"weapon_count": "3"}, "kind", ("strike",)),
    ("events", {"weapon_count": "3"}, "kind", ("assassination",)),
    ("events", {"weapon_count": "3"}, "place", (Who(None, "Iraq"),)),
    ("events", {"weapon_count": "3"}, "by", (names().who("Washington", "actor"),)),
    ("events", {"weapon_count": "3"}, "by", (names().who("the Pentagon", "actor"),)),
    ("events", {"count": ">=71"}, "by", (Who(None, "anybody at all"),)),
    ("events", {"count": ">=71"}, "by", ()),
    ("events", {"count": ">=71"}, "date", ("2023-11/..",)),
    ("events", {"kind": "campaign"}, "date", ("2024-03-10/2024-05-01",)),
    ("statements", {"act": "accuses"}, "act", ("blames",)),
    ("statements", {"act": "condemns"}, "by", (Who(None, "Egypt"),)),
]
FALSE = [
    ("roles", {"person": "Omar Daoud", "role": "leader"}, "role", ("commander",), "roles"),
    ("structure", {"rel": "is"}, "object", ("party",), "structure"),
    ("founded", {}, "date", ("2014",), "founding"),
    ("events", {"weapon_count": "3"}, "kind", ("missile attack",), "kind"),
    ("events", {"weapon_count": "3"}, "by", (Who(None, "Iraq"),), "perpetrator"),
    ("events", {"weapon_count": "3"}, "killed", (Amount(4, 4),), "killed"),
    ("events", {"kind": "campaign"}, "date", ("2024-04",), "date"),
    ("statements", {"act": "accuses"}, "act", ("denies",), "speech acts"),
    ("statements", {"act": "condemns"}, "by", (Who(None, "Egypt"), Who(None, "Rima Haddad")), "speech acts"),
]


@pytest.mark.parametrize(("slot", "where", "key", "values"), RIGHT)
def test_other_ways_to_say_it_are_right_too(slot: str, where: dict[str, str], key: str, values: tuple[Given, ...]) -> None:
    assert not moved(with_values(slot, where, key, *values))


@pytest.mark.parametrize(("slot", "where", "key", "values", "figure"), FALSE)
def test_what_is_only_like_it_is_wrong(slot: str, where: dict[str, str], key: str, values: tuple[Given, ...], figure: str) -> None:
    after = with_values(slot, where, key, *values)
    assert figure in moved(after)
    assert after[figure].wrong == 1


def test_one_row_for_all_speakers_or_one_for_each() -> None:
    joint = named(FACTS, "statements", act="condemns")
    each = [valued(joint, "by", [who]) for who in joint.of("by")]
    assert not moved(figures(having(changed(FACTS, lambda r: None if r is joint else r), *each)))


def test_backing_may_be_told_from_either_end_but_not_turned_round() -> None:
    backed = named(FACTS, "structure", rel="backed by")
    turned = replace(backed, values={"subject": backed.of("object"), "rel": ("supports",), "object": backed.of("subject")})
    assert not moved(figures(changed(FACTS, lambda r: turned if r is backed else r)))
    false = replace(turned, values={**turned.values, "rel": ("backed by",)})
    assert moved(figures(changed(FACTS, lambda r: false if r is backed else r))) == {"structure"}


def test_forces_in_a_country_are_the_forces_there() -> None:
    forces = named(FACTS, "strengths", counted="troops")
    apart = valued(valued(forces, "who", [names().who("US forces", "actor")]), "where", [names().who("Iraq", "place")])
    assert not moved(figures(changed(FACTS, lambda r: apart if r is forces else r)))
    state = valued(apart, "who", [names().who("United States", "actor")])
    assert not moved(figures(changed(FACTS, lambda r: state if r is forces else r)))
    elsewhere = valued(apart, "where", [names().who("Syria", "place")])
    assert moved(figures(changed(FACTS, lambda r: elsewhere if r is forces else r))) == {"strengths", "strength qualifiers"}


def test_what_is_told_twice_counts_once() -> None:
    depot = named(FACTS, "events", weapon_count="3")
    again = Row("events", {k: depot.of(k) for k in ("kind", "date", "place")}, spans=FAR, id="again")
    after = score(having(FACTS, again, *[r for r in FACTS.rows if r.slot == "roles"]))
    assert not moved(dict(after.figures()))
    assert after.again + after.neither > score(FACTS).again + score(FACTS).neither
    second = valued(again, "place", [Who(None, "Nowhere Hill")])
    assert {"event detection", "place"} <= moved(figures(having(FACTS, second)))


def test_a_series_is_never_a_single_attack() -> None:
    total = named(FACTS, "events", count=">=71")
    after = figures(changed(FACTS, lambda r: valued(r, "kind", ["attack"]) if r is total else r))
    assert (after["event detection"].wrong, after["event detection"].missed) == (1, 1)


@pytest.mark.parametrize(("key", "make"), [
    ("place", lambda: names().who("Nineveh Governorate", "place")),  # known to hold Mosul
    ("place", lambda: Who(None, "fuel depot of the Cedar Column")),
    ("accused", lambda: names().who("United States", "actor")),
])  # fmt: skip
def test_some_values_are_scored_neither_way(key: str, make: Callable[[], Given]) -> None:
    depot = named(FACTS, "events", weapon_count="3")
    assert not moved(with_values("events", {"weapon_count": "3"}, key, *depot.of(key), make()))


def test_membership_that_follows_from_a_role_and_a_bare_label_are_scored_neither_way() -> None:
    member = Row("structure", {"subject": (Who(None, "Rima Haddad"),), "rel": ("member of",), "object": (Who(None, "Cedar Column"),)})
    label = Row("structure", {"subject": (Who(None, "River Guard"),), "rel": ("is",), "object": ("militia",)}, bare=True)
    assert not moved(figures(having(FACTS, member, label)))
    assert moved(figures(having(FACTS, replace(label, bare=False)))) == {"structure"}
    assert moved(figures(having(FACTS, valued(member, "object", [Who(None, "Valley Watch")])))) == {"structure"}


def test_a_claim_of_responsibility_may_be_told_as_a_speech_act_too() -> None:
    act = Row("statements", {"by": (Who(None, "River Guard"),), "act": ("claims",)}, spans=FAR, responsibility=True)
    assert not moved(figures(having(FACTS, act)))
    assert moved(figures(having(FACTS, valued(act, "by", [Who(None, "Omar Daoud")])))) == {"speech acts"}


def test_a_threat_is_wrong_as_plain_fact_and_neither_as_a_threat() -> None:
    values: dict[str, tuple[Given, ...]] = {
        "kind": ("ground operation",),
        "place": (Who(None, "Kirkuk"),),
        "by": (Who(None, "Cedar Column"),),
    }
    raid = Row("events", values, spans=FAR, quotes=("A raid on Kirkuk.",))
    plain = score(having(FACTS, raid))
    assert {"event detection", "perpetrator", "place", "kind"} == moved(dict(plain.figures()))
    assert [hit.would_be for hit in plain.hits] == ["raid on Kirkuk by the Cedar Column"]
    assert not moved(figures(having(FACTS, replace(raid, realis="threatened"))))
    assert moved(figures(having(FACTS, replace(raid, realis="negated"))))


def test_a_date_that_needs_the_day_of_publication_may_be_missing_without_it() -> None:
    text = """
- article: a
  published: '2024-05-06'
  events:
    - {id: x, kind: attack, date: '2024-05-05', date_needs: published, target: river barracks, cue: on Sunday it burned}
    - {id: y, kind: attack, date: '2024-05-04', date_is: report, target: hill barracks, cue: the day before}
"""
    (article,) = parse(text)
    facts = perfect(article)
    bare = changed(facts, lambda r: valued(r, "date", []) if "2024-05-05" in r.of("date") else r)
    assert figures(bare, article)["date"].missed == 1
    assert figures(replace(bare, dated=False, published=None), article)["date"] == Figure(right=1)
    shortly = changed(facts, lambda r: valued(r, "date", ["../2024-05-04"]) if "2024-05-04" in r.of("date") else r)
    assert figures(shortly, article)["date"] == Figure(right=2)
    late = changed(facts, lambda r: valued(r, "date", ["../2024-05-05"]) if "2024-05-05" in r.of("date") else r)
    assert figures(late, article)["date"] == Figure(right=1, wrong=1, missed=1)


def test_the_sentence_of_the_cue_decides_which_of_two_like_events_is_meant() -> None:
    text = """
- article: a
  events:
    - {id: x, kind: attack, target: river barracks, place: Tikrit, cue: smoke at noon}
    - {id: y, kind: attack, target: river barracks, place: Mosul, cue: smoke at night}
"""
    (article,) = parse(text)
    facts = perfect(article)
    second = changed(facts, lambda r: valued(r, "place", []) if r.id == "y" else None)
    missed = score(second, article).of("missed")
    assert {o.row for o in missed if o.figure == "event detection"} == {"events x"}


def test_every_gold_value_can_be_given() -> None:
    for gold in small().rows:
        assert row(gold, Span(0, 1)).slot == gold.slot
    gold = small().rows[0]
    from kg.score import vocabulary as v

    assert given(gold, v.LISTS["roles"][1], "leader") == "leader"
