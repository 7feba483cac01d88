"""Seatings that come back to themselves by turning and in a mirror, put together table by table until everybody has a seat.

People lie in rounds of ``order`` (m); those left over stay where they are. Turning all rounds by one makes an evening the next, so each
of ``bases`` (k) evenings gives m (see turning.py). The mirror takes place x of a round to place -x of the same round, or of the other
round where two rounds are ``swapped``, and each base evening is its own mirror image. Together these are the dihedral group of order
2 m, under which pairs fall into half as many classes as by turning alone. A table and its image, or a table that is its own image, can be
laid when the pairs that they make are met at no other turn; base evenings are laid by exact cover (Knuth's algorithm X, 2000): each seat
once, each class of pairs at most once, and no more pairs left over than there are to spare. 8-4-10 is m = 5, k = 2 with one pair of
rounds swapped twice and two who stay.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.roundtables.constructions.shape import Shape

MOST_TABLES = 400_000  # Sets of people looked at for one shape; more are left to the search of turning.py.
MOST_BASES = 3
FIRST_NODES = 2_000

Table = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mirror:
    """``shape`` with one person to a circle; the first ``swapped`` pairs of rounds change places in the mirror."""

    shape: Shape
    swapped: int

    def image(self, person: int) -> int:
        """Where the mirror takes a person."""
        order = self.shape.order
        rounds, place = divmod(person, order)
        if (rounds + 1) * order > self.shape.people:
            return person
        return (rounds ^ 1 if rounds < 2 * self.swapped else rounds) * order + -place % order


def mirrors(groups: int, size: int, evenings: int) -> list[Mirror]:
    """What to try for just so many evenings; few base evenings first."""
    people, found = groups * size, []
    for bases in range(1, MOST_BASES + 1):
        order = evenings // bases
        if order < 3 or order * bases != evenings or people % order > groups or comb(people, size) > MOST_TABLES:
            continue
        shape = Shape(groups, size, order, bases, 1)
        found += [Mirror(shape, swapped) for swapped in range(people // order // 2 + 1)]
    return found


def mirrored(
    groups: int, size: int, evenings: int, seed: int, over: Callable[[], bool], nodes: int
) -> tuple[Shape | None, list[list[int]]]:
    """A shape and its base evenings, seat by seat, without a repeat; None where there are none of this kind or ``over`` or ``nodes`` came
    first. The shapes take turns, each time with twice as many nodes."""
    covers = [Cover(mirror) for mirror in mirrors(groups, size, evenings) if not over()]
    spent, share, round_ = 0, FIRST_NODES, 0
    while covers := [cover for cover in covers if not cover.closed]:
        for cover in covers:
            if spent >= nodes or over():
                return None, []
            found = cover.attempt(seed + round_, min(share, nodes - spent), over)
            spent += cover.spent
            if found is not None:
                return cover.mirror.shape, found
        share, round_ = 2 * share, round_ + 1
    return None, []


@dataclass(slots=True)
class Cover:
    """``rows`` (options × items, 0 or 1): a table and its image on one base evening; seats first among the items, then classes of pairs.

    ``sizes``: pairs of each class. ``closed``: tried to the end, there is none.
    """

    mirror: Mirror
    closed: bool = False
    spent: int = 0
    options: list[tuple[int, tuple[Table, ...]]] = field(default_factory=list)
    rows: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 0), np.uint8))
    sizes: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    seats: int = 0
    spare: int = 0

    def __post_init__(self) -> None:
        shape = self.mirror.shape
        kinds, self.sizes = _classes(self.mirror)
        places = _places(self.mirror)
        laid = list(_laid(self.mirror, kinds, self.sizes))
        seats = max(places) + 1
        self.seats = shape.bases * seats
        self.options = [(base, tables) for base in range(shape.bases) for tables, _classes_met in laid]
        self.rows = np.zeros((len(self.options), self.seats + len(self.sizes)), np.uint8)
        for row, (base, number) in enumerate((b, n) for b in range(shape.bases) for n in range(len(laid))):
            tables, met = laid[number]
            self.rows[row, [base * seats + places[p] for table in tables for p in table]] = 1
            self.rows[row, [self.seats + kind for kind in met]] = 1
        self.spare = comb(shape.people, 2) - shape.order * shape.bases * shape.groups * comb(shape.size, 2)

    def attempt(self, seed: int, nodes: int, over: Callable[[], bool]) -> list[list[int]] | None:
        """Base evenings seat by seat, None when there are none (then ``closed``) or ``nodes`` are spent."""
        self.spent = 0
        noise = np.random.Generator(np.random.PCG64(seed))
        chosen = self._lay(np.arange(len(self.options)), np.zeros(self.rows.shape[1], bool), self.spare, noise, nodes, over)
        self.closed = chosen is None and self.spent <= nodes and not over()
        if chosen is None:
            return None
        evenings: list[list[int]] = [[] for _ in range(self.mirror.shape.bases)]
        for base, tables in (self.options[row] for row in chosen):
            evenings[base] += [person for table in tables for person in table]
        return evenings

    def _lay(
        self,
        left: NDArray[np.int64],
        done: NDArray[np.bool_],
        spare: int,
        noise: np.random.Generator,
        nodes: int,
        over: Callable[[], bool],
    ) -> list[int] | None:
        """Depth first: the seat or class with the fewest tables left for it, each of them in turn; a class may be left out while
        there are pairs to ``spare``."""
        if done[: self.seats].all():
            return []
        self.spent += 1
        if self.spent > nodes or (self.spent % 64 == 0 and over()):
            return None
        ways = self.rows[left].sum(axis=0, dtype=np.int64)
        spare -= int(self.sizes[(ways[self.seats :] == 0) & ~done[self.seats :]].sum())
        done = done | (np.arange(len(done)) >= self.seats) & (ways == 0)
        if spare < 0:
            return None
        ways[self.seats :] += self.sizes <= spare
        ways[done] = len(self.options) + 2
        item = int(noise.choice(np.flatnonzero(ways == ways.min())))
        for row in noise.permutation(left[self.rows[left, item] == 1]):
            apart = left[(self.rows[left] & self.rows[row]).sum(axis=1) == 0]
            rest = self._lay(apart, done | (self.rows[row] == 1), spare, noise, nodes, over)
            if rest is not None:
                return [int(row), *rest]
        if item < self.seats or self.sizes[item - self.seats] > spare:
            return None
        done = done.copy()
        done[item] = True
        without = left[self.rows[left, item] == 0]
        return self._lay(without, done, spare - int(self.sizes[item - self.seats]), noise, nodes, over)


def _classes(mirror: Mirror) -> tuple[dict[tuple[int, int], int], NDArray[np.int64]]:
    """The class of each pair (smaller number first) under turning and mirror, and the pairs of each."""
    shape, kinds, sizes = mirror.shape, dict[tuple[int, int], int](), list[int]()
    for pair in combinations(range(shape.people), 2):
        if pair not in kinds:
            images = (pair, (mirror.image(pair[0]), mirror.image(pair[1])))
            orbit = {_sorted(shape.moved(a, by, 0), shape.moved(b, by, 0)) for a, b in images for by in range(shape.order)}
            kinds |= dict.fromkeys(orbit, len(sizes))
            sizes.append(len(orbit))
    return kinds, np.array(sizes, np.int64)


def _sorted(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _places(mirror: Mirror) -> list[int]:
    """A number for each person, the same for a person and its image."""
    least = [min(person, mirror.image(person)) for person in range(mirror.shape.people)]
    numbers = {person: number for number, person in enumerate(sorted(set(least)))}
    return [numbers[person] for person in least]


def _laid(
    mirror: Mirror, kinds: dict[tuple[int, int], int], sizes: NDArray[np.int64]
) -> Iterator[tuple[tuple[Table, ...], list[int]]]:
    """Tables with their images that meet no pair twice in all turns; and the classes that they meet."""
    shape = mirror.shape
    image = [mirror.image(person) for person in range(shape.people)]
    for table in combinations(range(shape.people), shape.size):
        other = tuple(sorted(image[person] for person in table))
        if other < table or (other != table and not set(other).isdisjoint(table)):
            continue
        tables = (table,) if other == table else (table, other)
        met = Counter(kinds[pair] for each in tables for pair in combinations(each, 2))
        if all(count * shape.order == sizes[kind] for kind, count in met.items()):
            yield tables, list(met)
