"""Evenings from a difference matrix: for 12 and 15 tables, and their multiples, where planes give too few columns.

A difference matrix has entries from a group of as many elements as there are tables, and between any two of its rows every difference
stands once (Bose, Bush 1952; for twelve with six rows Johnson, Dulmage, Mendelsohn 1961). A person is a point (x, y) as in lines.py. On
evening m table b has of column x the one at y = D[x][m] + b; two points of different columns differ by what stands between their rows on one
evening alone, so that they meet once. A product with a plane has the rows that both have.
"""

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.constructions.lines import columns, most_columns, on_line, plane

# Orders of the cyclic groups whose product it is, and the rows; ``bench/roundtables/differences.py`` finds them again.
# fmt: off
KEPT: tuple[tuple[tuple[int, ...], str], ...] = (
    ((2, 6), "0 0 0 0 0 0 0 0 0 0 0 0 | 0 1 2 3 4 5 6 7 8 9 10 11 | 0 7 3 5 9 6 10 4 11 8 2 1 | 0 3 10 8 1 9 11 2 5 7 4 6 | "
             "0 4 1 7 6 11 5 9 3 10 8 2 | 0 10 8 4 11 3 2 5 1 6 9 7"),
    ((15,), "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 | 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 | 0 5 14 6 13 4 12 3 10 1 11 9 2 8 7 | "
            "0 7 4 14 9 3 1 10 5 13 2 12 11 6 8 | 0 10 5 13 6 1 7 12 14 2 9 8 4 11 3"),
)
# fmt: on


def most_differences(groups: int, size: int) -> int:
    """How many evenings this gives for ``groups`` tables of ``size``; none where no kept matrix divides them."""
    return 0 if _kept(groups, size) is None else groups + most_columns(groups, size)


def differences(groups: int, size: int, evenings: int | None = None) -> Schedule:
    """So many evenings, or all that this gives."""
    kept = _kept(groups, size)
    if kept is None:
        return []
    orders, matrix = kept
    most = most_differences(groups, size)
    wanted = most if evenings is None else min(evenings, most)
    turns, tables, order = np.arange(min(wanted, groups)), np.arange(groups), matrix.shape[1]
    entries = matrix[:size, turns % order].T
    risen = _sum(orders, entries[:, None, :], tables[None, :, None] % order)
    rest = on_line(groups // order, size, groups // order)[turns // order][:, tables // order]
    schedule: Schedule = (np.arange(size) * groups + risen + order * rest).tolist()
    return schedule + (columns(groups, size, wanted - groups) if wanted > groups else [])


def _kept(groups: int, size: int) -> tuple[tuple[int, ...], NDArray[np.int64]] | None:
    for orders, text in KEPT:
        matrix = np.array([row.split() for row in text.split("|")], np.int64)
        order = matrix.shape[1]
        if groups % order == 0 and 2 < size <= len(matrix) and (groups == order or plane(groups // order, size)):
            return orders, matrix
    return None


def _sum(orders: tuple[int, ...], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Digit by digit; the last order's digit is the lowest."""
    result, weight = np.zeros(np.broadcast_shapes(one.shape, other.shape), np.int64), 1
    for order in reversed(orders):
        result += weight * ((one // weight + other // weight) % order)
        weight *= order
    return result
