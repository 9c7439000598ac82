"""What holds of any extraction: removing never raises recall, adding what is wrong never raises precision, order decides nothing."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Span
from kg.score import vocabulary as v
from kg.score.facts import Facts, Row
from kg.score.figures import Figure
from kg.score.matching import assignment
from tests.score.making import having, perfect, score, small, valued, without, wrong

FACTS = perfect(small())
KEYS = [(slot, key) for slot in v.SLOTS for key in v.SLOTS[slot]]


def extraction(random: Random) -> Facts:
    """A perfect extraction with rows left out or told twice, values lost, mixed up or made up, and sentences confused."""
    rows: list[Row] = []
    for row in FACTS.rows:
        for copy in range(random.choice([0, 1, 1, 1, 2])):
            made = replace(row, id=f"{row.id}-{copy}" if row.id and copy else row.id)
            for key in v.SLOTS[row.slot]:
                change = random.choice(["keep"] * 7 + ["lose", "spoil", "borrow"])
                others = [value for other in FACTS.rows if other.slot == row.slot for value in other.of(key.name)]
                if change == "lose":
                    made = valued(made, key.name, [])
                elif change == "spoil":
                    made = valued(made, key.name, [wrong(key)])
                elif change == "borrow" and others:
                    made = valued(made, key.name, [random.choice(others)])
            if random.random() < 0.3:
                made = replace(made, spans=random.choice(FACTS.rows).spans)
            rows.append(made)
    return replace(FACTS, rows=tuple(rows))


SEEDS = st.integers(0, 2**32).map(Random)


def low(value: float | None) -> float:
    return 0.0 if value is None else value


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_the_order_of_rows_and_values_decides_nothing(random: Random) -> None:
    facts = extraction(random)
    rows = [replace(r, values=dict(reversed(r.values.items()))) for r in facts.rows]
    random.shuffle(rows)
    assert score(replace(facts, rows=tuple(rows))).figures() == score(facts).figures()


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_removing_a_row_or_a_value_never_raises_recall(random: Random) -> None:
    facts = extraction(random)
    before = score(facts).total()
    at = random.randrange(len(facts.rows))
    row = facts.rows[at]
    full = [(key, value) for key in row.values for value in row.of(key)]
    less = without(facts, at)
    if full and random.random() < 0.7:
        key, value = random.choice(full)
        less = having(less, valued(row, key, [other for other in row.of(key) if other != value]))
    assert low(score(less).total().recall) <= low(before.recall)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_adding_a_wrong_row_or_value_never_raises_precision(random: Random) -> None:
    facts = extraction(random)
    before = score(facts).total()
    slot = random.choice(sorted(v.SLOTS))
    made = Row(slot, {key.name: (wrong(key),) for key in v.SLOTS[slot]}, spans=(Span(90_000, 90_001),))
    more = having(facts, made)
    rows = [at for at, row in enumerate(facts.rows) if row.slot == "events"]
    if rows and random.random() < 0.7:
        at = random.choice(rows)
        key = random.choice([k for k in v.EVENT if k.figure and k.name != "kind"])  # another kind may be half right: of the same family
        more = having(without(facts, at), valued(facts.rows[at], key.name, [*facts.rows[at].of(key.name), wrong(key)]))
    after = score(more).total()
    assert low(after.precision) <= (1.0 if before.precision is None else before.precision)
    assert after.right <= before.right


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_figures_stay_within_their_bounds(random: Random) -> None:
    scored = score(extraction(random))
    for figure in (*scored.figures().values(), scored.total()):
        for value in (figure.precision, figure.recall, figure.f):
            assert value is None or 0 <= value <= 1
        assert figure == Figure() or min(figure.right, figure.wrong, figure.missed, figure.beyond) >= 0
    full = score(FACTS).total()
    assert scored.total().right + scored.total().missed == full.right


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 4).flatmap(lambda rows: st.integers(1, 4).flatmap(lambda columns: st.tuples(
    st.lists(st.lists(st.one_of(st.none(), st.integers(-9, 9)), min_size=columns, max_size=columns), min_size=rows, max_size=rows),
    st.lists(st.integers(0, 9), min_size=rows, max_size=rows),
))))  # fmt: skip
def test_no_assignment_is_cheaper(case: tuple[list[list[int | None]], list[int]]) -> None:
    costs, leaving = case

    def cost(taken: list[int | None]) -> int:
        return sum(leaving[at] if column is None else costs[at][column] or 0 for at, column in enumerate(taken))

    def every(at: int, free: frozenset[int]) -> list[list[int | None]]:
        if at == len(costs):
            return [[]]
        found: list[list[int | None]] = [[None, *rest] for rest in every(at + 1, free)]
        return found + [[c, *rest] for c in free if costs[at][c] is not None for rest in every(at + 1, free - {c})]

    best = assignment(costs, leaving)
    used = [c for c in best if c is not None]
    assert len(used) == len(set(used))
    assert all(column is None or costs[at][column] is not None for at, column in enumerate(best))
    assert cost(best) == min(cost(taken) for taken in every(0, frozenset(range(len(costs[0])))))


def test_nothing_extracted_misses_everything() -> None:
    nothing = score(Facts("", ())).total()
    assert (nothing.precision, nothing.recall) == (None, 0.0)
    assert assignment([], []) == []


def test_every_key_can_be_spoilt() -> None:
    assert all(wrong(key) is not None for _, key in KEYS)
