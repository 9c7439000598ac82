"""A wrong, a missing and an extra fact each lower the right figure and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Span
from kg.score import vocabulary as v
from kg.score.facts import Row
from kg.score.figures import APART, FUSED, Figure
from kg.score.names import Who
from kg.score.pairs import Judge
from tests.score.making import changed, figures, having, named, names, perfect, score, small, valued, without, wrong

FACTS = perfect(small())
FULL = figures(FACTS)
ASKED = {
    (gold.slot, unit[0]): gold for gold in reversed(small().rows) for unit in Judge(small(), FACTS, names()).asked(gold) if unit[0]
}  # one gold row for each key that is asked for somewhere
SLOTS = sorted(v.SLOTS)


def moved(after: dict[str, Figure]) -> set[str]:
    """The figures that are no longer what a perfect extraction has."""
    return {name for name in FULL if after[name] != FULL[name]}


def figure_of(slot: str, key: str) -> str:
    return next(k.figure or "" for k in v.SLOTS[slot] if k.name == key)


def test_a_perfect_extraction_scores_one_everywhere() -> None:
    for name, figure in FULL.items():
        assert figure.precision in (1.0, None), name
        assert figure.recall in (1.0, None), name
        assert figure.right or figure.beyond or name in ("realis", FUSED), name
    assert score(FACTS).total().f == 1.0


def test_every_key_with_a_figure_is_in_the_small_gold() -> None:
    expected = {(slot, key.name) for slot in v.SLOTS for key in v.SLOTS[slot] if key.figure and not key.beyond}
    assert set(ASKED) == expected - {("events", "injured_of")}


# An event without its kind is no event: what kind it is of decides with what it is compared.
@pytest.mark.parametrize(("slot", "key"), sorted(ASKED.keys() - {("events", "kind")}))
def test_a_missing_value_lowers_the_recall_of_its_figure_and_nothing_else(slot: str, key: str) -> None:
    name = ASKED[slot, key].name
    at = [g.name for g in small().rows].index(name)
    after = figures(having(without(FACTS, at), valued(FACTS.rows[at], key, [])))
    figure = figure_of(slot, key)
    assert moved(after) == {figure}
    assert (after[figure].recall or 0) < 1
    assert after[figure].wrong == 0
    assert after[figure].missed >= 1


@pytest.mark.parametrize(("slot", "key"), sorted(ASKED))
def test_a_wrong_value_lowers_precision_and_recall_of_its_figure_and_nothing_else(slot: str, key: str) -> None:
    name = ASKED[slot, key].name
    at = [g.name for g in small().rows].index(name)
    spec = next(k for k in v.SLOTS[slot] if k.name == key)
    after = figures(having(without(FACTS, at), valued(FACTS.rows[at], key, [wrong(spec)])))
    figure = figure_of(slot, key)
    assert moved(after) == {figure}
    assert (after[figure].precision or 0) < 1
    assert (after[figure].recall or 0) < 1
    assert after[figure].wrong == 1


@pytest.mark.parametrize("key", [k for k in v.EVENT if k.figure and not k.name.endswith("_of") and k.sort != "event"], ids=lambda k: k.name)
def test_an_extra_value_lowers_the_precision_of_its_figure_and_nothing_else(key: v.Key) -> None:
    depot = named(FACTS, "events", weapon_count="3")
    after = figures(changed(FACTS, lambda r: valued(r, key.name, [*r.of(key.name), wrong(key)]) if r is depot else r))
    assert moved(after) == {key.figure}
    assert after[key.figure or ""].wrong == 1
    assert after[key.figure or ""].missed == 0


@pytest.mark.parametrize("slot", SLOTS)
def test_a_missing_row_lowers_recall_of_its_slot(slot: str) -> None:
    at = next(i for i, r in enumerate(FACTS.rows) if r.slot == slot)
    after = figures(without(FACTS, at))
    figure = v.FIGURES[slot]
    assert after[figure].missed == 1
    assert all(f.wrong == 0 for n, f in after.items() if n not in ("retaliation", "statement details"))  # links to it lead nowhere
    inside = {figure, *(k.figure for k in v.SLOTS[slot] if k.figure), "statement details", *APART}
    assert moved(after) <= inside


@pytest.mark.parametrize("slot", SLOTS)
def test_an_extra_row_lowers_precision_of_its_slot_and_of_what_it_says(slot: str) -> None:
    keys = [k for k in v.SLOTS[slot] if k.name in {"person", "role", "organisation", "subject", "rel", "object", "date", "designator", "who",
                                                   "counted", "value", "kind", "by", "act"}]  # fmt: skip
    extra = Row(slot, {k.name: (wrong(k),) for k in keys}, quotes=("It never was.",), spans=(Span(0, 1),))
    extra = replace(extra, spans=(Span(len(FACTS.text), len(FACTS.text) + 1),))
    after = figures(having(FACTS, extra))
    expected = {v.FIGURES[slot], *(k.figure for k in keys if k.figure)}
    assert moved(after) == expected
    for name in expected:
        assert (after[name].precision or 0) < 1
        assert after[name].recall == FULL[name].recall


def test_an_invented_doer_shows_as_a_false_perpetrator() -> None:
    invented = Row("events", {"kind": ("bombing",), "by": (Who(None, "Cedar Column"),)}, spans=(Span(10_000, 10_001),))
    after = figures(having(FACTS, invented))
    assert moved(after) == {"event detection", "kind", "perpetrator"}


def test_attribution_stands_apart_from_the_total() -> None:
    after = score(changed(FACTS, lambda r: replace(r, said_by=(Who(None, "Nobody Brigade"),)) if r.said_by else r))
    assert moved(dict(after.figures())) == {"said by"}
    assert after.total() == score(FACTS).total()
    assert after.figures()["said by"].wrong == 3


def test_the_outlet_as_speaker_of_its_own_fact_is_no_attribution() -> None:
    assert not moved(figures(changed(FACTS, lambda r: r if r.said_by else replace(r, said_by=(Who(None, "Rudaw"),)))))


def test_alleged_told_as_asserted_is_a_matter_of_attribution() -> None:
    after = figures(changed(FACTS, lambda r: replace(r, realis="asserted")))
    assert moved(after) == {"realis"}
    assert after["realis"] == Figure(wrong=1, missed=1)


def test_a_wrong_fact_is_listed_with_its_words_and_a_miss_with_its_cue() -> None:
    depot = named(FACTS, "events", weapon_count="3")
    after = score(changed(FACTS, lambda r: valued(r, "place", [wrong(next(k for k in v.EVENT if k.name == "place"))]) if r is depot else r))
    (bad,) = after.of("wrong")
    (miss,) = after.of("missed")
    assert (bad.figure, bad.row, bad.value, bad.quotes) == ("place", "events depot", "place: Nowhere Hill", ("drones hit the depot",))
    assert (miss.figure, miss.value, miss.quotes) == ("place", "place: Mosul, Iraq", ("drones hit the depot",))
