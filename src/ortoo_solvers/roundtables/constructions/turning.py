"""Seatings that come back to themselves when everybody moves on by one: a few evenings are looked for, the rest follow.

The cyclic group of order m moves the people in orbits of m (those left over stay). Each of k base evenings, moved on m times, gives
m evenings: k m in all. Two people of orbits i and j meet without a repeat when no difference of their places, modulo m, comes twice
between orbits i and j among all base tables; so only base evenings have to be searched for, with differences in place of pairs
(starters: Mullin and Stanton 1969; Kirkman's fifteen schoolgirls are m = 7, two orbits and one who stays).
"""

from collections.abc import Callable, Iterator

import numpy as np

from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.search import Ints, Search, shuffled

FORBIDDEN = 3  # Weight of two who would meet on every evening; a repeat weighs one.
MOST_BASES = 3
HOT, COLD = 0.9, 0.12
ROUND = 1_500_000


def turned(
    groups: int, size: int, evenings: int, seed: int, over: Callable[[], bool], proposals: int | None = None
) -> tuple[Schedule | None, int]:
    """At least so many evenings without a repeat, None when ``over`` or ``proposals`` came first; and the proposals made."""
    tries = [Turning(groups, size, m, k) for m, k in _shapes(groups, size, evenings)]
    made, round_ = 0, 0
    while tries:
        for each in tries:
            left = ROUND * min(8, 1 + round_ // 2)
            if proposals is not None:
                left = min(left, proposals - made)
            if over() or left <= 0:
                return None, made
            found, more = each.attempt(seed + 7919 * round_, left, over)
            made += more
            if found is not None:
                return found, made
        round_ += 1
    return None, made


def _shapes(groups: int, size: int, evenings: int) -> Iterator[tuple[int, int]]:
    """Orders m and numbers k of base evenings, the fewest evenings beyond those asked for and the largest m first."""
    people = groups * size
    most = (people - 1) // (size - 1)
    for total in range(evenings, most + 1):
        for bases in range(1, MOST_BASES + 1):
            order, rest = divmod(total, bases)
            if rest == 0 and order >= 2 and people % order <= groups and people // order >= bases * (people % order > 0):
                yield order, bases


class Turning:
    """One order and number of base evenings: its classes of pairs, and attempts from random seats."""

    def __init__(self, groups: int, size: int, order: int, bases: int) -> None:
        self.groups, self.size, self.order, self.bases = groups, size, order, bases
        self.people = groups * size
        self.kinds, forbidden = _kinds(self.people, order)
        self.cap = np.where(forbidden, 0, 1).astype(np.int32)
        self.weight = np.where(forbidden, FORBIDDEN, 1).astype(np.int32)

    def attempt(self, seed: int, budget: int, over: Callable[[], bool]) -> tuple[Schedule | None, int]:
        """One cooling; the whole schedule when nothing was left over."""
        starts = np.arange(0, self.people + 1, self.size, dtype=np.int32)
        takes, met = np.zeros(self.people, np.int32), np.zeros(len(self.cap), np.int32)
        who = shuffled(self.people, self.bases, seed)
        search = Search(who, starts, self.kinds, met, self.cap, self.weight, seed, takes)
        found, cost = search.run(budget, HOT, COLD, 0, lambda _best: over())
        return (self._unrolled(found) if cost == 0 else None), search.made

    def _unrolled(self, who: Ints) -> Schedule:
        rows = [[self._moved_on(person, by) for person in row] for row in who.tolist() for by in range(self.order)]
        return [[row[first : first + self.size] for first in range(0, self.people, self.size)] for row in rows]

    def _moved_on(self, person: int, by: int) -> int:
        orbit, place = divmod(person, self.order)
        stays = (orbit + 1) * self.order > self.people
        return person if stays else orbit * self.order + (place + by) % self.order


def _kinds(people: int, order: int) -> tuple[Ints, np.ndarray]:
    """The class of each pair, and which classes would repeat by the turning alone."""
    orbits = people // order
    who = np.arange(people)
    orbit, place = who // order, who % order
    one, other = np.meshgrid(who, who, indexing="ij")
    low, high = np.minimum(orbit[one], orbit[other]), np.maximum(orbit[one], orbit[other])
    straight = (place[other] - place[one]) % order
    difference = np.where(orbit[one] < orbit[other], straight, (order - straight) % order)
    difference = np.where(orbit[one] == orbit[other], np.minimum(straight, (order - straight) % order), difference)
    staying = high >= orbits
    both = staying & (low >= orbits)
    # Somebody who stays meets a whole orbit at once: the place in the orbit does not matter, who stays does.
    difference = np.where(staying & ~both, np.maximum(one, other) - orbits * order, difference)
    code = (low * (orbits + 1) + high) * (order + 1) + difference
    same_difference = (orbit[one] == orbit[other]) & ~staying & (2 * difference == order)
    names, kinds = np.unique(code, return_inverse=True)
    kinds = kinds.reshape(people, people).astype(np.int32)
    forbidden = np.zeros(len(names), bool)
    forbidden[kinds[both | same_difference]] = True
    return np.asarray(kinds, np.int32), forbidden
