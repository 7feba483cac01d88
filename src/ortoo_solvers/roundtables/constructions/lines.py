"""Lines of a plane over a finite field, or over a product of several.

A person is a point (x, y): column x of ``size``, y of ``groups``. On evening m table b is the line y = m x + b. Two points of
different columns are on exactly one line, so they meet on exactly one evening; ``groups`` evenings without a repeat (a resolvable
transversal design; for a product of fields MacNeish 1922). Points of one column have not met: where the columns can be seated among
themselves they give further evenings, and for a whole plane (groups = size, a prime power) one more: the columns (the affine plane).
"""

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.roundtables.constructions.circle import Schedule, circle
from ortoo_solvers.roundtables.constructions.field import field, prime_powers


def most_lines(groups: int, size: int) -> int:
    """How many evenings this gives for ``groups`` tables of ``size``; none where it does not apply (a factor below ``size``)."""
    if size == 2:
        return 2 * groups - 1
    if size < 2 or not plane(groups, size):
        return 0
    return groups + most_columns(groups, size)


def most_columns(groups: int, size: int) -> int:
    """Further evenings, at which everybody sits with people of the own column."""
    if groups == size:
        return 1
    return 0 if groups % size else most_lines(groups // size, size) or 1


def plane(groups: int, size: int) -> bool:
    """Whether there are fields large enough for so many columns."""
    return groups > 1 and all(prime**exponent >= size for prime, exponent in prime_powers(groups))


def lines(groups: int, size: int, evenings: int | None = None) -> Schedule:
    """So many evenings, or all that this gives."""
    wanted = most_lines(groups, size) if evenings is None else min(evenings, most_lines(groups, size))
    if size == 2:
        return circle(2 * groups, wanted)
    risen = on_line(groups, size, min(wanted, groups)) if wanted else np.zeros((0, groups, size), np.int64)
    schedule: Schedule = (np.arange(size) * groups + risen).tolist()
    return schedule + (columns(groups, size, wanted - groups) if wanted > groups else [])


def columns(groups: int, size: int, evenings: int) -> Schedule:
    """Evenings at which everybody sits with people of the own column."""
    if groups == size:
        return [[[_point(x, y, groups) for y in range(groups)] for x in range(size)]]
    return [
        [[_point(x, y, groups) for y in table] for x in range(size) for table in evening]
        for evening in lines(groups // size, size, evenings)
    ] or [[[_point(x, y, groups) for y in range(first, first + size)] for x in range(size) for first in range(0, groups, size)]]


def _point(x: int, y: int, groups: int) -> int:
    return x * groups + y


def on_line(groups: int, size: int, evenings: int) -> NDArray[np.int64]:
    """m x + b (evenings m × tables b × columns x), digit by digit in the mixed base of the fields' orders."""
    slopes, rests, across = np.arange(evenings), np.arange(groups), np.arange(size)
    result, weight = np.zeros((evenings, groups, size), np.int64), 1
    for each in (field(*power) for power in prime_powers(groups)):
        plus, times = np.array(each.plus), np.array(each.times)
        risen = times[slopes[:, None] // weight % each.order, across]
        result += weight * plus[risen[:, None, :], rests[None, :, None] // weight % each.order]
        weight *= each.order
    return result
