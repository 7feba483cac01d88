"""The plan of a hall: its seats, which are neighbours, and the sections that aisles cut it into."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

Place = tuple[int, int]
"""Line of the plan and sign in the line, from 0."""


@dataclass(frozen=True)
class Plan:
    """``lines`` from the front; see Problem.hall for the signs."""

    lines: tuple[str, ...]

    @cached_property
    def rows(self) -> dict[int, int]:
        """Line → its number as a row of seats, from 1."""
        seated = [number for number, line in enumerate(self.lines) if set(line) & set("owx")]
        return {line: row for row, line in enumerate(seated, 1)}

    @cached_property
    def seats(self) -> tuple[Place, ...]:
        """Seats for people without a wheelchair, row by row."""
        return tuple(self._having("o"))

    @cached_property
    def wheelchair_places(self) -> tuple[Place, ...]:
        """Places for wheelchairs."""
        return tuple(self._having("w"))

    def beside(self, spot: Place) -> list[Place]:
        """Seats next to a wheelchair place: those at its side first, then before and behind it."""
        return [other for other in neighbours(spot) if other in self._known]

    @cached_property
    def _known(self) -> frozenset[Place]:
        return frozenset(self.seats)

    def without(self, spots: Iterable[Place]) -> "Plan":
        """The same hall with these seats kept free."""
        lines = [list(line) for line in self.lines]
        for line, column in spots:
            lines[line][column] = "x"
        return Plan(tuple("".join(line) for line in lines))

    @cached_property
    def names(self) -> dict[Place, str]:
        """Place → "row-seat"; wheelchair places are counted with the seats."""
        names: dict[Place, str] = {}
        for line, row in self.rows.items():
            taken = [column for column, sign in enumerate(self.lines[line]) if sign in "owx"]
            names |= {(line, column): f"{row}-{number}" for number, column in enumerate(taken, 1)}
        return names

    @cached_property
    def sections(self) -> tuple[tuple[Place, ...], ...]:
        """Blocks of seats with one run of seats in each of their rows, front ones first: what lies between the aisles."""
        found: list[list[Place]] = []
        before: list[tuple[list[Place], list[Place]]] = []
        for number in range(len(self.lines)):
            runs, after = self._runs(number), []
            for here in runs:
                touched = [(run, section) for run, section in before if _touch(run, here)]
                alone = len(touched) == 1 and sum(_touch(touched[0][0], run) for run in runs) == 1
                section = touched[0][1] if alone else []
                if not alone:
                    found.append(section)
                section += here
                after.append((here, section))
            before = after
        return tuple(tuple(section) for section in found)

    def _runs(self, line: int) -> list[list[Place]]:
        """Seats of the line side by side."""
        runs: list[list[Place]] = []
        for column, sign in enumerate(self.lines[line]):
            if sign == "o":
                if not runs or runs[-1][-1] != (line, column - 1):
                    runs.append([])
                runs[-1].append((line, column))
        return runs

    def _having(self, sign: str) -> Iterator[Place]:
        for number, line in enumerate(self.lines):
            yield from ((number, column) for column, each in enumerate(line) if each == sign)


def neighbours(place: Place) -> Iterator[Place]:
    """Beside it, and before or behind it, up to one seat aside; an aisle between cuts them off."""
    line, column = place
    yield from ((line, column - 1), (line, column + 1))
    yield from ((line + step, column + aside) for step in (-1, 1) for aside in (-1, 0, 1))


def _touch(run: Sequence[Place], other: Sequence[Place]) -> bool:
    """Whether two runs in lines that follow one another have neighbours."""
    return run[0][1] <= other[-1][1] + 1 and other[0][1] <= run[-1][1] + 1


def pieces(places: Iterable[Place]) -> list[tuple[Place, ...]]:
    """The connected pieces, each in order."""
    left = set(places)
    found = []
    for start in sorted(left):
        if start not in left:
            continue
        left.discard(start)
        piece, edge = [start], [start]
        while edge:
            near = [other for other in neighbours(edge.pop()) if other in left]
            left.difference_update(near)
            piece += dict.fromkeys(near)
            edge += near
        found.append(tuple(sorted(piece)))
    return found


def snake(section: Iterable[Place], mirrored: bool = False) -> list[Place]:
    """Row by row from the front, to and fro, so that what follows one another lies side by side."""
    rows: dict[int, list[Place]] = {}
    for place in sorted(section):
        rows.setdefault(place[0], []).append(place)
    return [
        place for number, row in enumerate(rows.values()) for place in (row if (number % 2 == 0) != mirrored else reversed(row))
    ]
