"""Tables for people: how ranges of numbers are shown."""

from __future__ import annotations

import pytest

from server.table import Cell, Table, ranges

COLUMNS = ("month", "killedLowest", "killedHighest", "killedOpen", "saidBy")


def number(value: int | None) -> Cell | None:
    return None if value is None else Cell(str(value), number=True)


@pytest.mark.parametrize(
    ("low", "high", "unbounded", "words"),
    [
        (3, 3, 0, "3"),
        (3, 5, 0, "3 to 5"),
        (3, 3, 1, "at least 3"),
        (3, 5, 2, "3 to 5 or more"),
        (0, 0, 0, "0"),
        (None, None, None, None),
    ],
)
def test_three_columns_are_shown_as_one_range(low: int | None, high: int | None, unbounded: int | None, words: str | None) -> None:
    row = (Cell("2024-01"), number(low), number(high), number(unbounded), Cell("Rudaw"))
    shown = ranges(Table(COLUMNS, (row,), 1, numeric=frozenset({1, 2, 3})), ("killed", "injured"))
    assert shown.columns == ("month", "killed", "saidBy")
    assert [cell and cell.words for cell in shown.rows[0]] == ["2024-01", words, "Rudaw"]
    assert shown.numeric == {1}


def test_a_table_without_such_columns_stays_as_it_is() -> None:
    plain = Table(("a", "b"), ((Cell("1"), None),), 1)
    assert ranges(plain, ("killed",)) == plain
