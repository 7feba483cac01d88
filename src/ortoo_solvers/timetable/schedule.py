"""How an anneal cools; chosen by the trials of bench/timetable on instances that no figure is claimed for."""

from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to cool: from ``hot`` to ``cold`` in ``levels`` steps; a level ends early when ``accept`` of its proposals are taken.

    ``swap_share``, ``same_share``, ``keep_share``: of 256 proposals, how many change two lectures' places, a lecture's room only, its
    period only. ``length``: proposals of one cooling for each lecture that can move; None for a single cooling, however long.
    ``herd``: so many coolings side by side; at each of the temperatures ``culls`` the dearer half gives way to copies of the cheaper.
    ``herds``: at most so many one after the other; with more time than that takes, all coolings become longer.
    ``slow_from``, ``slow_to``: between these temperatures, where most of what a cooling ends in is settled, a level has ``slower`` times the
    proposals.
    """

    hot: float = 12.0
    cold: float = 0.07
    levels: int = 600
    accept: float = 0.03
    swap_share: int = 90
    same_share: int = 40
    keep_share: int = 90
    length: int | None = 240_000
    herd: int = 8
    herds: int = 1
    culls: tuple[float, ...] = (1.0, 0.7, 0.5, 0.35, 0.25, 0.18)

    slow_from: float = 1.2
    slow_to: float = 0.35
    slower: float = 2.0

    def temperatures(self) -> list[float]:
        """One a level, in equal ratios."""
        ratio = (self.cold / self.hot) ** (1 / max(1, self.levels - 1))
        return [self.hot * ratio**level for level in range(self.levels)]

    def parts(self) -> list[float]:
        """For each level its part of what is left by then: the last has all of it."""
        slow = (self.slow_to < temperature < self.slow_from for temperature in self.temperatures())
        weights = [self.slower if each else 1.0 for each in slow]
        left = list(accumulate(reversed(weights)))[::-1]
        return [weight / rest for weight, rest in zip(weights, left, strict=True)]

    @property
    def shares(self) -> tuple[int, int, int]:
        return self.swap_share, self.same_share, self.keep_share


NEARLY_RIGHT = Schedule(hot=1.5, length=None)  # From a timetable that is nearly right: heat once, only enough to walk around it.
