"""The search: a first timetable, none of the hard rules broken, then simulated annealing again and again until the stop.

After Bellio, Ceschia, Di Gaspero, Schaerf, Urli 2016 ("Feature-based tuning of simulated annealing applied to the
curriculum-based course timetabling problem"): geometric cooling, a temperature left early once enough was accepted, and the
proposals saved spent on the colder ones. What a cooling ends in is settled while it is hot and differs more from cooling to cooling
than a longer one gains, so the time goes to many coolings, each from hot, and the cheapest timetable of all is kept; some go side by
side, and the dear ones among them give way on the way (herd.py). Several cores share one herd: the compiled moves let go of the
interpreter, so threads do.
"""

import math
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from time import perf_counter, process_time
from typing import TypeAlias

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop, after_seconds, first_of, never
from ortoo_solvers.timetable.arrays import lectures_of
from ortoo_solvers.timetable.bound import Bound, bound_of
from ortoo_solvers.timetable.herd import Herd
from ortoo_solvers.timetable.mending import MOST, mend
from ortoo_solvers.timetable.problem import Lecture, Problem, Solution
from ortoo_solvers.timetable.schedule import NEARLY_RIGHT, Schedule
from ortoo_solvers.timetable.score import Score, score
from ortoo_solvers.timetable.state import State, begin

FIRST_LENGTH = 20_000_000  # Proposals of the first cooling when only a stop was given; the next have twice as many each.
BOUND_SHARE, BOUND_MOST = 0.05, 10.0  # Of the seconds given, for the bound.
CHUNK = 2_000_000  # Proposals between two looks at the stop, a fraction of a second.


class NothingFound(Exception):
    """Stopped while hard rules were still broken; ``left``: how many, ``lectures``: the best so far."""

    def __init__(self, lectures: tuple[Lecture, ...], judged: Score) -> None:
        super().__init__(f"stopped with {judged.hard} hard rules still broken")
        self.lectures, self.judged = lectures, judged


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
    workers: int = 1,
) -> Solution:
    """The cheapest timetable met. Ends when ``seconds`` of wall time or ``iterations`` proposals are spent, when the bound is met,
    or when ``stop`` says so; with neither seconds nor iterations it cools again and again, longer each time, until then. Without a
    ``bound`` a small part of the time goes to one first (as much as it takes where proposals are counted or only ``stop`` says when).
    The same seed and iterations give the same timetable on any machine, by however many ``workers`` (cores); with more than one
    ``stop`` is asked from several threads.

    Raises NothingFound when no timetable without broken hard rules was met.
    """
    began, began_cpu, given = perf_counter(), process_time(), tuple(start)
    known = _proved(problem, stop, seconds) if bound is None else bound
    run = _Run(problem, stop, watch, seconds, iterations, seed, workers, began, began_cpu, known)
    state = begin(problem, seed, given)
    run.mend(state)
    how = schedule or (NEARLY_RIGHT if given else Schedule())
    herd = Herd([state])
    with ThreadPoolExecutor(workers) as pool:
        run.cool(herd, how, map if workers == 1 else pool.map)
    return run.solution(herd.cheapest)


def _proved(problem: Problem, stop: Stop, seconds: float | None) -> Bound:
    """As much of the bound as a small part of the time proves."""
    if seconds is None:
        return bound_of(problem, stop)
    return bound_of(problem, first_of(stop, after_seconds(min(BOUND_MOST, BOUND_SHARE * seconds))))


Each: TypeAlias = Callable[[Callable[[State, int], int], Iterable[State], Iterable[int]], Iterable[int]]


@dataclass(slots=True)
class _Run:
    problem: Problem
    stop: Stop
    watch: Watch | None
    seconds: float | None
    iterations: int | None
    seed: int
    workers: int
    began: float
    began_cpu: float
    bound: Bound
    made: int = 0
    speed: float = 5e6
    told: float = math.inf

    def mend(self, state: State) -> None:
        """Break no hard rule any more; the whole time is well spent on that."""
        mend(state, lambda: self.over(None), MOST if self.seconds is None else None)
        judged = self.judge(state, state.period, state.room)
        if judged.hard:
            raise NothingFound(lectures_of(self.problem, state.arrays, state.period, state.room), judged)
        state.ready(judged.soft)

    def judge(self, state: State, period: object, room: object) -> Score:
        return score(self.problem, lectures_of(self.problem, state.arrays, period, room))  # type: ignore[arg-type]

    def cool(self, herd: Herd, schedule: Schedule, each: Each) -> None:
        """Cooling after cooling, or herd after herd, each from hot, until all is spent; ``each`` is map, by all workers."""
        first = herd.states[0]
        if not len(first.movable):
            return
        self.speed = self.first_speed(herd, schedule)
        longest = None if schedule.length is None else schedule.length * len(first.movable)
        length = FIRST_LENGTH
        while not self.over(herd.best):
            size, until = self.until(schedule, schedule.herds - herd.done, longest, length)
            herd.begin(size, schedule, self.seed)
            self.anneal(herd, schedule, until, each)
            length *= 2
            if self.iterations is not None and self.made >= self.iterations:
                break

    def until(self, schedule: Schedule, most: int, longest: int | None, length: int) -> tuple[int, float]:
        """How many cool side by side next, and where that ends, in proposals made or in seconds: so that coolings are of about full length
        and herds of about full size to the last; longer ones where there would be more than ``most`` herds. No fewer than there are
        workers, unless the proposals are counted: then workers change nothing but the seconds."""
        if self.iterations is None and self.seconds is None:
            size = max(self.workers, schedule.herd if longest is not None and length >= longest else 1)
            return size, self.made + size * length
        spent = self.made if self.iterations is not None else perf_counter() - self.began
        left = (self.seconds or 0) - spent if self.iterations is None else self.iterations - spent
        proposals = left * self.speed if self.iterations is None else left
        coolings = 1 if longest is None else max(1, round(proposals / longest))
        herds = max(1, min(most, round(coolings / schedule.herd)))
        least = 1 if self.iterations is not None else self.workers
        return max(least, min(schedule.herd, round(coolings / herds))), spent + left / herds

    def anneal(self, herd: Herd, schedule: Schedule, until: float, each: Each) -> None:
        """Level by level; what a level does not spend is left to those after it."""
        made, began = self.made, perf_counter()
        for temperature, part in zip(schedule.temperatures(), schedule.parts(), strict=True):
            shares = self.shares(part, herd.size, until)
            if not any(shares) or self.over(herd.best):
                return
            self.level(herd, schedule, temperature, shares, each)
            herd.cooled(temperature)
        self.speed = (self.made - made) / max(1e-9, perf_counter() - began) or self.speed

    def level(self, herd: Herd, schedule: Schedule, temperature: float, shares: list[int], each: Each) -> None:
        """One temperature, each of the herd as many proposals as its share; proposals a second as seen, unless too few were made to tell."""
        began = perf_counter()
        made = sum(each(partial(self.walk, schedule, temperature), herd.members(), shares))
        self.made += made
        spent = perf_counter() - began
        if spent > 0.002:
            self.speed = made / spent
        self.tell(herd.best)

    def walk(self, schedule: Schedule, temperature: float, state: State, share: int) -> int:
        """One timetable at one temperature, in chunks; returns proposals made. Heeds no other's best: what it does must not hang on who is faster."""
        made, taken, most = 0, 0, max(1, int(share * schedule.accept))
        while made < share and taken < most and not (made and self.over(state.best)):
            done, accepted = state.anneal(temperature, min(CHUNK, share - made), most - taken, schedule.shares)
            made, taken = made + done, taken + accepted
        return made

    def first_speed(self, herd: Herd, schedule: Schedule) -> float:
        """A first guess at proposals a second by all workers, which the levels correct."""
        if self.timed:
            self.level(herd, schedule, schedule.hot, [200_000], map)
            return max(1e5, self.workers * self.speed)
        return self.speed

    @property
    def timed(self) -> bool:
        """Whether seconds say how long to cool, not proposals."""
        return self.seconds is not None and self.iterations is None

    def shares(self, part: float, size: int, until: float) -> list[int]:
        """Proposals for each of the herd at the next level, all together this part of what is left."""
        left = (until - (perf_counter() - self.began)) * self.speed if self.timed else until - self.made
        level = max(0, math.ceil(left * part))
        return [level * (number + 1) // size - level * number // size for number in range(size)]

    def over(self, best: int | None) -> bool:
        late = self.seconds is not None and perf_counter() - self.began >= self.seconds
        return late or (best is not None and best <= self.bound.value) or self.stop(None if best is None else float(best))

    def tell(self, best: int) -> None:
        if self.watch is not None and best < self.told:
            self.told = best
            self.watch(perf_counter() - self.began, float(best), float(self.bound.value))

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
