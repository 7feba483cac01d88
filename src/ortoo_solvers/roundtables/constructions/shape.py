"""What moves when a seating comes back to itself: circles of people, rounds of circles (see turning.py)."""

from dataclasses import dataclass

from ortoo_solvers.roundtables.constructions.circle import Schedule


@dataclass(frozen=True, slots=True)
class Shape:
    """``groups`` tables of ``size``; see above for the others."""

    groups: int
    size: int
    order: int
    bases: int
    lifts: int

    @property
    def people(self) -> int:
        return self.groups * self.size

    @property
    def circles(self) -> int:
        return self.people // self.lifts

    @property
    def seats(self) -> int:
        """To be filled by the search."""
        return self.bases * self.circles

    def moved(self, person: int, rounds: int, lift: int) -> int:
        """Who takes a person's seat after so many moves of both kinds."""
        circle, place = divmod(person, self.lifts)
        first = circle - circle % self.order
        if first + self.order <= self.circles:
            circle = first + (circle - first + rounds) % self.order
        return circle * self.lifts + (place + lift) % self.lifts


def unrolled(shape: Shape, bases: list[list[int]]) -> Schedule:
    """All evenings of base evenings, each given seat by seat (table after table of ``size``)."""
    size, turns, lifts = shape.size, range(shape.order), range(shape.lifts)
    tables = [[row[first : first + size] for first in range(0, shape.circles, size)] for row in bases]
    return [[[shape.moved(p, by, lift) for p in t] for t in row for lift in lifts] for row in tables for by in turns]
