"""Lines of a plane over a finite field, or over a product of several.

A person is a point (x, y): column x of ``size``, y of ``groups``. On evening m table b is the line y = m x + b. Two points of
different columns are on exactly one line, so they meet on exactly one evening; ``groups`` evenings without a repeat (a resolvable
transversal design; for a product of fields MacNeish 1922). Points of one column have not met: where the columns can be seated among
themselves they give further evenings, and for a whole plane (groups = size, a prime power) one more: the columns (the affine plane).
"""

from ortoo_solvers.roundtables.constructions.circle import Schedule, circle
from ortoo_solvers.roundtables.constructions.field import Field, field, prime_powers


def lines(groups: int, size: int) -> Schedule:
    """As many evenings as this gives for ``groups`` tables of ``size``; none where it does not apply (a factor below ``size``)."""
    if size == 1:
        return []
    if size == 2:
        return circle(2 * groups)
    fields = [field(*power) for power in prime_powers(groups)]
    if not fields or min(each.order for each in fields) < size:
        return []
    evenings = [
        [[_point(x, _on_line(fields, x, m, b), groups) for x in range(size)] for b in range(groups)] for m in range(groups)
    ]
    return evenings + _columns(groups, size)


def _columns(groups: int, size: int) -> Schedule:
    """Evenings at which everybody sits with people of the own column."""
    if groups == size:
        return [[[_point(x, y, groups) for y in range(groups)] for x in range(size)]]
    if groups % size:
        return []
    return [
        [[_point(x, y, groups) for y in table] for x in range(size) for table in evening]
        for evening in lines(groups // size, size)
    ] or [[[_point(x, y, groups) for y in range(first, first + size)] for x in range(size) for first in range(0, groups, size)]]


def _point(x: int, y: int, groups: int) -> int:
    return x * groups + y


def _on_line(fields: list[Field], x: int, m: int, b: int) -> int:
    """m x + b, digit by digit in the mixed base of the fields' orders."""
    result, weight = 0, 1
    for each in fields:
        slope, rest = m // weight % each.order, b // weight % each.order
        result += weight * each.plus[each.times[slope][x]][rest]
        weight *= each.order
    return result
