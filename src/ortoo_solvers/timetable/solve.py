"""The search: a first timetable, none of the hard rules broken, then simulated annealing until the stop.

After Bellio, Ceschia, Di Gaspero, Schaerf, Urli 2016 ("Feature-based tuning of simulated annealing applied to the
curriculum-based course timetabling problem"): geometric cooling, a temperature left early once enough was accepted, and the
proposals saved spent on the colder ones.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter, process_time

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.timetable.arrays import lectures_of
from ortoo_solvers.timetable.bound import Bound
from ortoo_solvers.timetable.problem import Lecture, Problem, Solution
from ortoo_solvers.timetable.score import Score, score
from ortoo_solvers.timetable.state import MEND_ROUND, State, begin

MOST_MENDING = 400  # Rounds of MEND_ROUND proposals without a timetable that can be held.
FIRST_LENGTH = 20_000_000  # Proposals of the first cooling when only a stop was given.
CHUNK = 2_000_000  # Proposals between two looks at the stop, a fraction of a second.


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to cool: from ``hot`` to ``cold`` in ``levels`` steps; a level ends early when ``accept`` of its proposals are taken.

    ``swap_share``, ``same_share``: of 256 proposals, how many change two lectures' places, or a lecture's room only.
    """

    hot: float = 12.0
    cold: float = 0.07
    levels: int = 600
    accept: float = 0.03
    swap_share: int = 60
    same_share: int = 24


class NothingFound(Exception):
    """Stopped while hard rules were still broken; ``left``: how many, ``lectures``: the best so far."""

    def __init__(self, lectures: tuple[Lecture, ...], judged: Score) -> None:
        super().__init__(f"stopped with {judged.hard} hard rules still broken")
        self.lectures, self.judged = lectures, judged

    def __reduce__(self) -> tuple[type["NothingFound"], tuple[tuple[Lecture, ...], Score]]:
        return NothingFound, (self.lectures, self.judged)


def solve(
    problem: Problem,
    stop: Stop = never,
    seed: int = 0,
    start: Iterable[Lecture] = (),
    watch: Watch | None = None,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    schedule: Schedule | None = None,
    bound: Bound | None = None,
) -> Solution:
    """The cheapest timetable met. Ends when ``seconds`` of wall time or ``iterations`` proposals are spent, when the bound is met,
    or when ``stop`` says so; with neither seconds nor iterations it cools again and again, twice as long each time, until then.
    The same seed and iterations give the same timetable on any machine.

    Raises NothingFound when no timetable without broken hard rules was met.
    """
    run = _Run(problem, stop, watch, seconds, iterations, perf_counter(), process_time(), bound or Bound())
    given = tuple(start)
    state = begin(problem, seed, given)
    run.mend(state)
    how = schedule or _schedule(warm=bool(given))
    if seconds is None and iterations is None:
        run.again_and_again(state, how)
    else:
        run.anneal(state, how)
    return run.solution(state)


def _schedule(*, warm: bool) -> Schedule:
    """From a timetable that is nearly right, heat only enough to walk around it."""
    return Schedule(hot=1.5) if warm else Schedule()


@dataclass(slots=True)
class _Run:
    problem: Problem
    stop: Stop
    watch: Watch | None
    seconds: float | None
    iterations: int | None
    began: float
    began_cpu: float
    bound: Bound
    made: int = 0
    told: float = math.inf

    def mend(self, state: State) -> None:
        """Break no hard rule any more."""
        for round_ in range(MOST_MENDING):
            if state.broken == 0 or self.over(None):
                break
            state.mend(MEND_ROUND, round_)
        judged = self.judge(state, state.period, state.room)
        if judged.hard:
            raise NothingFound(lectures_of(self.problem, state.arrays, state.period, state.room), judged)
        state.ready(judged.soft)

    def judge(self, state: State, period: object, room: object) -> Score:
        return score(self.problem, lectures_of(self.problem, state.arrays, period, room))  # type: ignore[arg-type]

    def anneal(self, state: State, schedule: Schedule) -> None:
        """Level by level; what a level does not spend is left to those after it."""
        if not len(state.movable):
            return
        ratio = (schedule.cold / schedule.hot) ** (1 / max(1, schedule.levels - 1))
        speed = self.speed(state, schedule)
        for level in range(schedule.levels):
            share = self.share(schedule.levels - level, speed)
            if share <= 0 or self.over(state.best):
                break
            spent, clock = self.level(state, schedule, schedule.hot * ratio**level, share), perf_counter()
            speed = speed if spent is None else spent
            self.tell(state, clock)

    def again_and_again(self, state: State, schedule: Schedule) -> None:
        """From where the last cooling ended, hot enough to leave it; ends when told, or when the bound is met."""
        length = FIRST_LENGTH
        while len(state.movable) and not self.over(state.best):
            self.iterations = self.made + length
            self.anneal(state, schedule)
            length *= 2
        self.iterations = None

    def level(self, state: State, schedule: Schedule, temperature: float, share: int) -> float | None:
        """One temperature in chunks; proposals a second as seen, None where too few were made to tell."""
        made, taken, began, most = 0, 0, perf_counter(), max(1, int(share * schedule.accept))
        while made < share and taken < most and not (made and self.over(state.best)):
            shares = schedule.swap_share, schedule.same_share
            done, accepted = state.anneal(temperature, min(CHUNK, share - made), most - taken, *shares)
            made, taken = made + done, taken + accepted
        self.made += made
        spent = perf_counter() - began
        return made / spent if spent > 0.002 else None

    def speed(self, state: State, schedule: Schedule) -> float:
        """A first guess at proposals a second, which the levels correct."""
        return 5e6 if self.iterations is not None else max(1e5, self.level(state, schedule, schedule.hot, 200_000) or 5e6)

    def share(self, levels: int, speed: float) -> int:
        """Proposals for the next level, so that all that remain come out even."""
        if self.iterations is not None:
            return -(-(self.iterations - self.made) // levels)
        assert self.seconds is not None
        return max(0, math.ceil((self.seconds - (perf_counter() - self.began)) * speed / levels))

    def over(self, best: int | None) -> bool:
        late = self.seconds is not None and perf_counter() - self.began >= self.seconds
        return late or (best is not None and best <= self.bound.value) or self.stop(None if best is None else float(best))

    def tell(self, state: State, clock: float) -> None:
        if self.watch is not None and state.best < self.told:
            self.told = state.best
            self.watch(clock - self.began, float(state.best), float(self.bound.value))

    def solution(self, state: State) -> Solution:
        lectures = lectures_of(self.problem, state.arrays, state.best_period, state.best_room)
        judged = score(self.problem, lectures)
        if judged.hard or judged.soft != state.best:
            raise RuntimeError(f"the judge counts {judged.soft} and {judged.hard} broken rules, the search {state.best}")
        cpu = process_time() - self.began_cpu
        return Solution(
            lectures=lectures,
            cost=judged.soft,
            hard=judged.hard,
            by_rule=judged.by_rule,
            bound=min(self.bound.value, judged.soft),
            optimal=judged.soft <= self.bound.value,
            seconds=perf_counter() - self.began,
            iterations=self.made,
            proposals_per_second=self.made / cpu if cpu > 0 else 0.0,
        )
