"""Fours: everybody meets everybody at tables of four, 3 q + 1 people, q a prime power that leaves 1 when divided by 4 (16, 28, 40, …).

Hanani, Ray-Chaudhuri and Wilson 1972. People are (x, j), x of the field of order q = 4 t + 1, j = 0, 1, 2 modulo 3, and one more who
stays; g a generator of the field's multiplication. The base evening: the one who stays with (0,0), (0,1), (0,2); and
{(g^i, j), (-g^i, j), (g^(i+t), j+1), (-g^(i+t), j+1)} for i < t and each j. Adding each x gives q evenings: (g + 1) / (g - 1) of the
fourth root of unity g^t is a fourth root of unity too, so each difference comes once.
"""

from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.constructions.field import Field, field, powers, prime_power


def most_fours(groups: int, size: int) -> int:
    """All q = (4 groups - 1) / 3 evenings; none where it does not apply."""
    order = (4 * groups - 1) // 3
    return order if size == 4 and 3 * order == 4 * groups - 1 and order % 4 == 1 and prime_power(order) else 0


def fours(groups: int, size: int, evenings: int | None = None) -> Schedule:
    """So many evenings, or all that this gives."""
    order = most_fours(groups, size)
    power = prime_power(order) if order else None
    if power is None:
        return []
    numbers = field(*power)
    base, wanted = _base(numbers), order if evenings is None else min(order, evenings)
    stays = [[3 * order, *(_person(numbers, 0, j, by) for j in range(3))] for by in range(wanted)]
    return [[stays[by], *([_person(numbers, x, j, by) for x, j in table] for table in base)] for by in range(wanted)]


def _base(numbers: Field) -> list[list[tuple[int, int]]]:
    """The tables without the one who stays."""
    run, order = powers(numbers), numbers.order
    quarter, half = (order - 1) // 4, (order - 1) // 2
    return [
        [
            (run[(i + step) % (order - 1)], (j + up) % 3)
            for up, first in ((0, i), (1, i + quarter))
            for step in _signs(first - i, half)
        ]
        for i in range(quarter)
        for j in range(3)
    ]


def _signs(step: int, half: int) -> tuple[int, int]:
    """As exponents: a number and its negative."""
    return step, step + half


def _person(numbers: Field, x: int, j: int, by: int) -> int:
    return j * numbers.order + numbers.plus[x][by]
