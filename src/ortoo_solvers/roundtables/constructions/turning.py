"""Seatings that come back to themselves when people move on: a few base tables are looked for, the rest follow.

People lie in circles of ``lifts`` (h), the circles in rounds of ``order`` (m); circles left over, fewer than a base evening has
tables, stay where they are. Moving every round on by one circle turns an evening into the next: each of ``bases`` (k) evenings gives
m. Moving every circle on by one person gives the other tables of the same evening: of g tables g / h are looked for. No pair meets
twice when no two pairs at the base tables become one another by such moves, and none becomes itself: so the search only has to place
k n / h people, with classes of pairs in place of pairs (starters: Mullin and Stanton 1969; with m = 1 the difference matrices of
Jungnickel 1979, with gaps; Kirkman's fifteen schoolgirls are m = 7, h = 1).
"""

from collections.abc import Callable, Iterator
from math import comb

import numpy as np

from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.constructions.shape import Shape, unrolled
from ortoo_solvers.roundtables.orders import shuffled
from ortoo_solvers.roundtables.search import Ints, Search

FORBIDDEN = 3  # Weight of two who would meet again by turning alone; a repeat weighs one.
MOST_BASES, MOST_SURPLUS, MOST_PEOPLE = 3, 2, 400
HOT, COLD = 0.9, 0.12
ROUND = 500_000


def turned(
    groups: int, size: int, evenings: int, seed: int, over: Callable[[], bool], proposals: int | None = None
) -> tuple[Schedule | None, int]:
    """At least so many evenings without a repeat, None when ``over`` or ``proposals`` came first; and the proposals made."""
    tries = [Turning(shape) for shape in shapes(groups, size, evenings)]
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
                return unrolled(each.shape, found), made
        round_ += 1
    return None, made


def shapes(groups: int, size: int, evenings: int) -> list[Shape]:
    """What to try: the fewest evenings beyond those asked for first, then the fewest seats."""
    people = groups * size
    most = min((people - 1) // (size - 1), evenings + MOST_SURPLUS) if size > 1 and people <= MOST_PEOPLE else 0
    found: list[Shape] = []
    for total in range(evenings, most + 1):
        found += sorted(_shapes_of(groups, size, total), key=lambda shape: (shape.seats, shape.lifts))
    return found


def _shapes_of(groups: int, size: int, total: int) -> Iterator[Shape]:
    for lifts in (h for h in range(1, groups + 1) if groups % h == 0):
        for order in (m for m in range(1, total + 1) if total % m == 0):
            shape = Shape(groups, size, order, total // order, lifts)
            staying = shape.circles % order
            few = shape.bases <= MOST_BASES or (order == 1 and lifts == groups)
            if few and order * lifts > 1 and staying <= groups // lifts and _enough(shape):
                yield shape


def _enough(shape: Shape) -> bool:
    """No more pairs at the base tables than there can be classes of pairs that turn through all places."""
    needed = shape.bases * (shape.groups // shape.lifts) * comb(shape.size, 2)
    return needed * shape.order * shape.lifts <= comb(shape.people, 2)


class Turning:
    """One shape: its classes of pairs, and attempts from random seats."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.moves = _moves(shape)
        self.kinds, forbidden = _kinds(self.moves)
        self.cap = np.where(forbidden, 0, 1).astype(np.int32)
        self.weight = np.where(forbidden, FORBIDDEN, 1).astype(np.int32)

    def attempt(self, seed: int, budget: int, over: Callable[[], bool]) -> tuple[list[list[int]] | None, int]:
        """One cooling; the base evenings when nothing was left over, and the proposals made."""
        shape = self.shape
        search = Search(
            who=shuffled(shape.circles, shape.bases, seed) * np.int32(shape.lifts),
            starts=np.arange(0, shape.circles + 1, shape.size, dtype=np.int32),
            kinds=self.kinds,
            met=np.zeros(len(self.cap), np.int32),
            cap=self.cap,
            weight=self.weight,
            seed=seed,
            takes=np.zeros(shape.people, np.int32),
            lifts=np.ascontiguousarray(self.moves[0, 1:].T),
        )
        found, cost = search.run(budget, HOT, COLD, 0, lambda _best: over())
        return (found.tolist() if cost == 0 else None), search.made


def _moves(shape: Shape) -> Ints:
    """Who takes whose seat: order × lifts × people."""
    who, turns, lifts = range(shape.people), range(shape.order), range(shape.lifts)
    return np.array([[[shape.moved(p, by, lift) for p in who] for lift in lifts] for by in turns], np.int32)


def _kinds(moves: Ints) -> tuple[Ints, np.ndarray]:
    """The class of each pair, and which classes hold a pair that becomes itself again by a move (and so would meet twice)."""
    people = moves.shape[-1]
    one, other = np.meshgrid(np.arange(people), np.arange(people), indexing="ij")
    itself = np.minimum(one, other) * people + np.maximum(one, other)
    least, again = itself.copy(), np.zeros((people, people), np.int32)
    for move in moves.reshape(-1, people).astype(np.int64):
        a, b = move[one], move[other]
        code = np.minimum(a, b) * people + np.maximum(a, b)
        again += code == itself
        np.minimum(least, code, out=least)
    names, kinds = np.unique(least, return_inverse=True)
    kinds = kinds.reshape(people, people)
    forbidden = np.zeros(len(names), bool)
    forbidden[kinds[again > 1]] = True
    return np.asarray(kinds, np.int32), forbidden
