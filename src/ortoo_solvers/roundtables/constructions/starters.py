"""Seatings found once, by the search of turning.py or by exact cover (8-4-10), and kept as their base evenings: so they are there at once.

Each is checked like any other answer before it is given out. ``bench/roundtables/starters.py`` finds them again.
"""

from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.constructions.shape import Shape, unrolled

# Tables, seats, order, base evenings, lifts (see shape.py); who sits where on the base evenings, table after table.
# fmt: off
KEPT: tuple[tuple[int, int, int, int, int, str], ...] = (
    (5, 3, 7, 1, 1, "7 8 3 1 6 5 9 0 13 10 2 12 14 11 4"),
    (6, 3, 4, 2, 1, "6 9 10 4 14 5 16 0 15 2 17 7 8 12 3 11 1 13 | 0 3 7 4 10 2 15 1 8 5 13 12 6 11 16 17 14 9"),
    (6, 4, 7, 1, 3, "10 21 3 14 2 20 15 8"),
    (6, 5, 2, 3, 1,
     "28 2 1 25 21 15 16 7 23 20 17 0 4 26 9 12 27 22 19 3 13 10 6 5 24 8 14 29 11 18 | "
     "4 10 2 27 20 26 6 29 25 16 7 9 3 1 14 18 15 12 5 17 23 21 8 19 24 0 28 13 22 11 | "
     "18 10 16 21 0 25 13 8 17 3 24 1 4 15 22 14 28 20 12 26 5 19 7 29 2 11 23 27 6 9"),
    (6, 6, 3, 1, 3, "12 31 17 21 25 34 19 6 9 27 3 2"),
    (8, 3, 11, 1, 2, "16 9 14 6 22 5 11 3 20 0 12 18"),
    (8, 4, 5, 2, 1,
     "0 5 25 31 14 16 20 30 22 23 26 29 1 9 12 18 2 3 11 21 7 8 19 24 4 15 17 27 6 10 13 28 | "
     "13 17 20 31 3 7 25 30 4 6 21 24 1 15 16 22 9 10 14 23 11 19 27 28 0 2 12 26 5 8 18 29"),
    (9, 4, 11, 1, 3, "9 22 15 7 33 26 0 4 32 20 29 12"),
    (10, 3, 14, 1, 1, "15 10 5 24 26 11 22 4 28 14 0 25 16 8 20 1 12 21 2 19 3 9 7 13 29 27 6 18 17 23"),
    (10, 5, 3, 3, 5, "42 23 47 33 16 0 25 38 8 13 | 25 45 32 43 11 15 0 9 35 20 | 24 15 12 47 6 25 39 31 41 2"),
    (10, 6, 7, 1, 2, "32 7 50 23 12 58 21 37 14 57 2 1 48 18 8 42 16 40 29 35 44 31 55 5 24 52 27 38 47 10"),
    (10, 7, 7, 1, 10, "57 69 2 36 40 12 20"),
    (10, 8, 5, 1, 5, "16 23 8 64 25 67 2 43 34 59 46 37 52 13 76 73"),
    (10, 9, 1, 5, 10,
     "76 56 10 69 2 29 40 32 89 | "
     "72 17 3 51 23 42 62 31 87 | "
     "9 45 74 55 20 12 85 62 32 | "
     "56 9 79 88 27 44 16 60 34 | "
     "19 51 85 29 66 34 0 77 43"),
)
# fmt: on


def most_starters(groups: int, size: int) -> int:
    """Evenings of the kept schedule for ``groups`` tables of ``size``; none if there is none."""
    return next((order * bases for g, k, order, bases, _lifts, _seats in KEPT if (g, k) == (groups, size)), 0)


def starters(groups: int, size: int, evenings: int | None = None) -> Schedule:
    """The kept schedule, or its first so many evenings; empty if there is none."""
    for g, k, order, bases, lifts, seats in KEPT:
        if (g, k) == (groups, size):
            shape = Shape(g, k, order, bases, lifts)
            return unrolled(shape, [[int(person) for person in row.split()] for row in seats.split("|")])[:evenings]
    return []
