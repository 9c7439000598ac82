"""The best one-to-one assignment of extracted rows to gold rows.

Shortest augmenting paths (Jonker and Volgenant 1987), in integers, so that equal input gives an equal answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

NEVER: Final = 10**15
"""The cost of a pair that may not be made."""


def assignment(costs: Sequence[Sequence[int | None]], leaving: Sequence[int]) -> list[int | None]:
    """The column of each row in an assignment of least total cost, None where a row is left alone.

    `costs[row][column]` is None where the two may not be joined; `leaving[row]` is what it costs to leave a row alone. Each column is taken once.

    >>> assignment([[1, 2], [1, None]], [9, 9])
    [1, 0]
    >>> assignment([[5]], [3])
    [None]
    """
    rows, columns = len(costs), max((len(row) for row in costs), default=0)
    wide = [
        [NEVER if cost is None else cost for cost in row] + [leaving[at] if at == other else NEVER for other in range(rows)]
        for at, row in enumerate(costs)
    ]
    taken = _solve(wide, rows, columns + rows)
    return [column if column < columns else None for column in taken]


def _solve(costs: Sequence[Sequence[int]], rows: int, columns: int) -> list[int]:
    """The column of each row; there are no fewer columns than rows.  Rows and columns count from 1 inside, 0 is the free one."""
    row_price, column_price = [0] * (rows + 1), [0] * (columns + 1)
    holder, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        holder[0], here = row, 0
        least, done = [NEVER * 4] * (columns + 1), [False] * (columns + 1)
        while holder[here]:
            done[here], current, step, following = True, holder[here], NEVER * 4, 0
            for column in range(1, columns + 1):
                if done[column]:
                    continue
                reduced = costs[current - 1][column - 1] - row_price[current] - column_price[column]
                if reduced < least[column]:
                    least[column], way[column] = reduced, here
                if least[column] < step:
                    step, following = least[column], column
            for column in range(columns + 1):
                if done[column]:
                    row_price[holder[column]] += step
                    column_price[column] -= step
                else:
                    least[column] -= step
            here = following
        while here:
            holder[here] = holder[way[here]]
            here = way[here]
    found = [0] * rows
    for column in range(1, columns + 1):
        if holder[column]:
            found[holder[column] - 1] = column - 1
    return found
