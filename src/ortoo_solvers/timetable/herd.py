"""Coolings side by side: the dear ones give way to copies of the cheap ones while there is still something to settle.

What a cooling costs in the end can be told long before: on the instances of bench/timetable the mean cost around temperature 0.5 goes
with the last one at a correlation of 0.7 to 0.8, around 0.35 at 0.8 to 0.96, while hotter than 1 it says nothing. So the herd is halved
and doubled again a few times in between ("go with the winners", Aldous, Vazirani 1994; population annealing of Hukushima, Iba 2003
with a fixed share in place of weights, since a herd of eight is too small for those); copies part again in what is left of the cooling.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.timetable.schedule import Schedule
from ortoo_solvers.timetable.state import State

NEAR = 1.2  # Costs count for a cull from this many times its temperature on.
SEED_STEP = 0x5DEECE66D


@dataclass(slots=True)
class Herd:
    """``states``: one timetable each; ``size``: how many of them the cooling under way has; ``done``: coolings begun, all of a herd as one."""

    states: list[State]
    size: int = 1
    done: int = 0
    culls: list[float] = field(default_factory=list)
    sums: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def best(self) -> int:
        """Cost of the cheapest timetable met by any."""
        return min(state.best for state in self.states)

    @property
    def cheapest(self) -> State:
        """Who met it."""
        return min(self.states, key=lambda state: state.best)

    def begin(self, size: int, schedule: Schedule, seed: int) -> None:
        """Before a cooling: so many take part; who is new starts as a twin of the first and goes its own way in the heat."""
        for number in range(len(self.states), size):
            self.states.append(self.states[0].twin(seed + number * SEED_STEP))
        self.size = size
        self.done += 1
        self.culls = [temperature for temperature in schedule.culls if temperature < schedule.hot] if size > 1 else []
        self.sums = np.zeros(size, np.int64)

    def members(self) -> list[State]:
        """Those of the cooling under way."""
        return self.states[: self.size]

    def cooled(self, temperature: float) -> None:
        """After a temperature: count what each costs where a cull is near, and cull."""
        if not self.culls or temperature > NEAR * self.culls[0]:
            return
        self.sums += [state.cost for state in self.members()]
        if temperature <= self.culls[0]:
            self.cull()
            self.culls.pop(0)
            self.sums[:] = 0

    def cull(self) -> None:
        """The dearer half, by what they cost since the cull came near, goes on from where the cheaper half stands."""
        order = np.argsort(self.sums, kind="stable")
        kept = order[: (self.size + 1) // 2]
        for number, gone in enumerate(order[len(kept) :]):
            self.states[gone].follow(self.states[kept[number]])
