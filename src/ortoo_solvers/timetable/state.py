"""One timetable in the making: the arrays that the compiled moves work on, and a first timetable to begin from."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.core.draws import NEG_LOG
from ortoo_solvers.core.random import mixed
from ortoo_solvers.timetable import moves
from ortoo_solvers.timetable.arrays import Arrays, Ints, arrays_of, placed
from ortoo_solvers.timetable.check import NEVER
from ortoo_solvers.timetable.problem import Lecture, Problem


@dataclass(slots=True)
class State:
    """``period``, ``room``: where each lecture is; ``broken``: pairs at once and places that cannot be, now; ``cost``: of the soft rules.
    Both are kept by the moves."""

    arrays: Arrays
    random: NDArray[np.uint64]
    period: Ints
    room: Ints
    movable: Ints
    counts: tuple[NDArray[np.int32], ...] = ()
    broken: int = 0
    cost: int = 0
    best: int = 0
    best_period: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    best_room: Ints = field(default_factory=lambda: np.zeros(0, np.int32))

    def count(self) -> None:
        """All counts anew from periods and rooms, and what they break."""
        a = self.arrays
        self.counts = moves.counted(
            a.course_of, self.period, self.room, a.clash_at, a.clashes, a.groups_at, a.groups,
            a.open, a.shape[2], len(a.in_group), a.periods_per_day,
        )  # fmt: skip
        busy = self.counts[1]
        held = a.course_of, self.period
        unfit = a.unary[(*held, self.room)] >= NEVER
        self.broken = int((busy[held].astype(np.int64) - 1).sum()) // 2 + int(unfit.sum())

    def mend(self, proposals: int, temperature: float) -> int:
        """Towards none broken, by so many proposals; returns what is left."""
        a, (cell, busy, *_rest) = self.arrays, self.counts
        self.broken = moves.mend(
            a.course_of, a.unary, a.clash, a.clash_at, a.clashes, self.movable, a.pinned, self.period, self.room, cell, busy,
            self.broken, NEVER, temperature, proposals, self.random, NEG_LOG,
        )  # fmt: skip
        return self.broken

    def ready(self, cost: int) -> None:
        """Begin to anneal from here: ``cost`` as the judge counts it."""
        self.count()
        self.cost = self.best = cost
        self.best_period, self.best_room = self.period.copy(), self.room.copy()

    def twin(self, seed: int) -> "State":
        """The same timetable, to go its own way from here."""
        return replace(
            self,
            random=_seeded(seed),
            period=self.period.copy(),
            room=self.room.copy(),
            counts=tuple(each.copy() for each in self.counts),
            best_period=self.best_period.copy(),
            best_room=self.best_room.copy(),
        )

    def follow(self, other: "State") -> None:
        """Stand where ``other`` stands, with the best met and the random numbers left as they are."""
        self.period[:], self.room[:], self.cost = other.period, other.room, other.cost
        for mine, theirs in zip(self.counts, other.counts, strict=True):
            mine[:] = theirs

    def anneal(self, temperature: float, proposals: int, most_accepted: int, shares: tuple[int, int, int]) -> tuple[int, int]:
        """One temperature; ``shares`` of 256 that exchange, change only the room, keep it; returns proposals made and taken."""
        a = self.arrays
        made, accepted, self.cost, self.best = moves.anneal(
            a.course_of, a.unary, a.clash, a.clash_at, a.clashes, a.groups_at, a.groups, a.in_group, a.tables, a.table_of,
            a.before_at, a.before, a.behind_at, a.behind, a.min_days, a.most, a.first, self.movable, a.pinned,
            a.periods_per_day, a.days_price, a.stability_price, a.order_price,
            self.period, self.room, *self.counts, self.best_period, self.best_room, self.cost, self.best,
            temperature, proposals, most_accepted, *shares, self.random, NEG_LOG,
        )  # fmt: skip
        return made, accepted


def begin(problem: Problem, seed: int, start: Iterable[Lecture] = ()) -> State:
    """Every lecture somewhere: pinned, as in ``start``, or by the hardest first into its cheapest free cell.

    Raises ValueError when there are fewer cells than lectures.
    """
    arrays = arrays_of(problem)
    _courses, periods, rooms = arrays.shape
    if problem.lectures > periods * rooms:
        raise ValueError(f"{problem.lectures} lectures do not fit into {rooms} rooms for {periods} periods")
    period, room = placed(problem, arrays, start)
    state = State(arrays, _seeded(seed), period, room, np.flatnonzero(arrays.pinned == 0).astype(np.int32))
    _unstack(state)
    _seat_the_rest(state)
    state.count()
    return state


def _seeded(seed: int) -> NDArray[np.uint64]:
    return np.array([mixed(seed)], np.uint64)


def _unstack(state: State) -> None:
    """A start may put two into one room: all but the first look for another."""
    taken: set[tuple[int, int]] = set()
    for i in [*np.flatnonzero(state.arrays.pinned), *state.movable]:
        at = int(state.period[i]), int(state.room[i])
        if at[0] >= 0 and at in taken:
            state.period[i] = state.room[i] = -1
        taken.add(at)


def _seat_the_rest(state: State) -> None:
    """Courses with the fewest open periods for what they clash with first; into a cell that breaks nothing where there is one."""
    a = state.arrays
    courses, _periods, rooms = a.shape
    cell, busy, *_ = moves.counted(
        a.course_of, state.period, state.room, a.clash_at, a.clashes, a.groups_at, a.groups,
        a.open, rooms, len(a.in_group), a.periods_per_day,
    )  # fmt: skip
    need = np.bincount(a.course_of, minlength=courses)
    hardness = (a.clash @ need) / np.maximum(1, a.open.sum(axis=1))
    waiting = [i for i in np.argsort(-hardness[a.course_of], kind="stable") if state.period[i] < 0]
    noise = np.random.Generator(np.random.PCG64(int(state.random[0])))
    for i in waiting:
        c = a.course_of[i]
        price = a.unary[c].astype(np.int64) + 4 * NEVER * (busy[c] > 0)[:, None] + 64 * NEVER * (cell >= 0)
        price = price * 8 + noise.integers(0, 8, price.shape)
        p, r = divmod(int(price.argmin()), rooms)
        state.period[i], state.room[i], cell[p, r] = p, r, i
        busy[a.clashes[a.clash_at[c] : a.clash_at[c + 1]], p] += 1
