"""Slopes: on evening m everybody of column x sits m x tables further on, counted round the room.

A person is (x, y): column x of ``size``, y of ``groups``. Two of one column never meet. Two of columns x and x' meet on evenings m and
m' only if (m - m') (x - x') is a multiple of ``groups``; so there is no repeat as long as groups / gcd(groups, m - m') is at least the
size for all evenings. Lines of a plane over a ring without the divisions: fewer evenings than over a field, but for any number of
tables that is large enough.
"""

from math import gcd

from ortoo_solvers.roundtables.constructions.circle import Schedule


def most_slopes(groups: int, size: int) -> int:
    """How many evenings go without a repeat; none for more seats than tables."""
    if groups < size:
        return 0
    return next((m for m in range(1, groups) if groups // gcd(groups, m) < size), groups)


def slopes(groups: int, size: int, evenings: int) -> Schedule:
    """So many evenings, or as many as go without a repeat."""
    return [
        [[x * groups + (b + m * x) % groups for x in range(size)] for b in range(groups)]
        for m in range(min(most_slopes(groups, size), evenings))
    ]
