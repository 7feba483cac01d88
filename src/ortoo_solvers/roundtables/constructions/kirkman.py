"""Threes: Kirkman triple systems on 3 q people, q a prime power that leaves 1 when divided by 6 (21, 39, 57, 75, …).

Ray-Chaudhuri and Wilson 1971. People are (x, j), x of the field of order q = 6 t + 1, j = 0, 1, 2; g a generator of its
multiplication. The base evening: {(0,0), (0,1), (0,2)}; {(g^i, j), (g^(i+2t), j), (g^(i+4t), j)} for i < t and each j; and
B_i = {(g^i, 0), (g^(i+2t), 1), (g^(i+4t), 2)} for the other i modulo 2 t. Adding each x gives q evenings; every other B_i, with all
x added, is an evening of its own: 9 t + 1 in all, so that everybody meets everybody once.
"""

from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.constructions.field import Field, field, powers, prime_power


def most_kirkman(groups: int, size: int) -> int:
    """All (3 q - 1) / 2 evenings for q tables of three; none where it does not apply."""
    return (3 * groups - 1) // 2 if size == 3 and groups % 6 == 1 and prime_power(groups) else 0


def kirkman(groups: int, size: int, evenings: int | None = None) -> Schedule:
    """So many evenings, or all that this gives."""
    most, power = most_kirkman(groups, size), prime_power(groups)
    wanted = most if evenings is None else min(most, evenings)
    if not wanted or power is None:
        return []
    numbers = field(*power)
    run, third = powers(numbers), (groups - 1) // 6
    pure = [[(run[(i + 2 * third * k) % (groups - 1)], j) for k in range(3)] for i in range(third) for j in range(3)]
    mixed = {i: [(run[(i + 2 * third * k) % (groups - 1)], k) for k in range(3)] for i in range(groups - 1)}
    base = [[(0, 0), (0, 1), (0, 2)], *pure, *(table for i, table in mixed.items() if i % (2 * third) >= third)]
    found = [[[_person(numbers, x, j, by) for x, j in table] for table in base] for by in range(min(groups, wanted))]
    alone = [table for i, table in mixed.items() if i % (2 * third) < third][: max(0, wanted - groups)]
    return found + [[[_person(numbers, x, j, by) for x, j in table] for by in range(groups)] for table in alone]


def _person(numbers: Field, x: int, j: int, by: int) -> int:
    return j * numbers.order + numbers.plus[x][by]
