"""The state of a search as flat arrays, and rounds of cooling until nothing is left to better or the stop says so."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.core.draws import NEG_LOG
from ortoo_solvers.core.random import mixed
from ortoo_solvers.roundtables import moves

Ints = NDArray[np.int32]
CHUNK = 400_000  # Proposals between two looks at the stop.
ORDINARY, LARGE_CHUNK = (
    10_000,
    100_000,
)  # Beyond so many seats of a table × people, fewer in proportion: a proposal looks at every seat.


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
        best, best_who, random = cost, self.who.copy(), np.array([mixed(self.seed + self.made)], np.uint64)
        stale, left = np.zeros(len(self.who), np.bool_), budget
        chunk = self._chunk()
        while left > 0 and best > enough and not over(best):
            share = min(chunk, left)
            warm, cool = (hot * (cold / hot) ** (1 - part / budget) for part in (left, left - share))
            made, cost, best = moves.anneal(
                self.who, self.starts, table_of, self.kinds, count, self.cap, self.weight, lifts, self.takes, takers, self.no_notes,
                home, self.moved, cost, best, best_who, stale, warm, cool, share, enough, random, NEG_LOG,
            )  # fmt: skip
            self.made += made
            left -= share
        return best_who, best

    def _chunk(self) -> int:
        """Proposals that take about a tenth of a second where tables or people are many."""
        work = int(self.starts[1]) * len(self.kinds)
        return CHUNK if work <= ORDINARY else max(1, LARGE_CHUNK * ORDINARY // work)

    def _takers(self) -> Ints:
        """Note-takers by evening and table; an empty table needs none."""
        by_table = self.takes[self.who].reshape(len(self.who), len(self.starts) - 1, int(self.starts[1]))
        return np.asarray(by_table.sum(axis=2), np.int32)

    def _moved(self, home: Ints, table_of: Ints) -> int:
        at_home = np.take_along_axis(home, self.who.astype(np.int64), axis=1)
        return self.moved * int(((at_home >= 0) & (at_home != table_of[None, :])).sum())


@lru_cache(maxsize=1)
def warm_up() -> None:
    """Has the moves compiled, or loads them, by a search of two people."""
    none, two = np.zeros(2, np.int32), np.arange(2, dtype=np.int32)
    search = Search(
        two[None, :].copy(), np.arange(3, dtype=np.int32), np.zeros((2, 2), np.int32), none[:1], none[:1], none[:1], 0, none
    )
    search.run(1, 1.0, 0.5, -1, lambda _best: False)
