"""The state of a search as flat arrays, and rounds of cooling until nothing is left to better or the stop says so."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.roundtables import moves

Ints = NDArray[np.int32]
CHUNK = 400_000  # Proposals between two looks at the stop.


@dataclass(slots=True)
class Search:
    """``who`` (evenings × seats), ``starts`` (first seat of each table, and the end), ``kinds`` (people × people): see moves."""

    who: Ints
    starts: Ints
    kinds: Ints
    met: Ints
    cap: Ints
    weight: Ints
    seed: int
    takes: Ints
    no_notes: int = 0
    home: Ints | None = None
    moved: int = 0
    lifts: Ints | None = None
    made: int = 0

    def run(self, budget: int, hot: float, cold: float, enough: int, over: Callable[[int], bool]) -> tuple[Ints, int]:
        """One cooling of ``budget`` proposals from the seating as it is; the best seating met, and its cost."""
        count, table_of = self.met.copy(), np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))
        takers = self._takers()
        home = np.full((len(self.who), len(self.kinds)), -1, np.int32) if self.home is None else self.home
        lifts = np.zeros((len(self.kinds), 0), np.int32) if self.lifts is None else self.lifts
        cost = moves.total(self.who, self.starts, self.kinds, count, self.cap, self.weight)
        cost += self.no_notes * int((takers == 0).sum()) + self._moved(home, table_of)
        best, best_who, random = cost, self.who.copy(), np.array([_mixed(self.seed + self.made)], np.uint64)
        left = budget
        while left > 0 and best > enough and not over(best):
            share = min(CHUNK, left)
            warm, cool = (hot * (cold / hot) ** (1 - part / budget) for part in (left, left - share))
            made, cost, best = moves.anneal(
                self.who, self.starts, table_of, self.kinds, count, self.cap, self.weight, lifts, self.takes, takers, self.no_notes,
                home, self.moved, cost, best, best_who, warm, cool, share, enough, random, moves.NEG_LOG,
            )  # fmt: skip
            self.made += made
            left -= share
        return best_who, best

    def _takers(self) -> Ints:
        """Note-takers by evening and table; an empty table needs none."""
        tables = range(len(self.starts) - 1)
        sums = [[self.takes[row[self.starts[t] : self.starts[t + 1]]].sum() for t in tables] for row in self.who]
        return np.array(sums, np.int32).reshape(len(self.who), len(tables))

    def _moved(self, home: Ints, table_of: Ints) -> int:
        at_home = np.take_along_axis(home, self.who.astype(np.int64), axis=1)
        return self.moved * int(((at_home >= 0) & (at_home != table_of[None, :])).sum())


def _mixed(seed: int) -> int:
    """Never zero, and far apart for seeds that follow one another (splitmix64 of Steele, Lea, Flood 2014)."""
    z = (seed + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return (z ^ (z >> 31)) or 1


def shuffled(people: int, rows: int, seed: int) -> Ints:
    """So many evenings with everybody in a random seat."""
    noise = np.random.Generator(np.random.PCG64(_mixed(seed)))
    return np.array([noise.permutation(people) for _ in range(rows)], np.int32).reshape(rows, people)
