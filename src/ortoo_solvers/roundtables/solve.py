"""The search: algebra where it applies, a turning seating where one is found, simulated annealing for everything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.constructions.kirkman import kirkman
from ortoo_solvers.roundtables.constructions.lines import lines
from ortoo_solvers.roundtables.problem import Evening, Problem, Solution
from ortoo_solvers.roundtables.score import most_meetings, score

HOT, COLD = 1.2, 0.1
FIRST_ROUND, MOST_GROWTH = 2_000_000, 64
TURNING_SHARE = 0.7  # Of the seconds or proposals, for a turning seating before the plain search.


def solve(
    problem: Problem,
    stop: Stop = never,
    seed: int = 0,
    start: Sequence[Evening] | None = None,
    watch: Watch | None = None,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
) -> Solution:
    """The seating of the lowest price met: ends when nothing can be better, when ``seconds`` of wall time or ``iterations``
    proposals are spent, or when ``stop`` says so (with neither of the two given, only then). The same seed and iterations give the same seating
    on any machine. Nothing is ever left unseated: whatever cannot be kept has its price.
    """
    run = _Run(problem, stop, watch, seconds, iterations, seed, perf_counter(), most_meetings(problem))
    if start is not None:
        run.offer(tuple(start), "start")
    if run.plain():
        run.by_algebra()
        run.by_turning()
    run.by_search(start)
    return run.solution()


@dataclass(slots=True)
class _Run:
    problem: Problem
    stop: Stop
    watch: Watch | None
    seconds: float | None
    iterations: int | None
    seed: int
    began: float
    bound: int
    made: int = 0
    best: tuple[Evening, ...] | None = None
    cost: int | None = None
    method: str = ""

    def plain(self) -> bool:
        """Whether it is the plain problem: full tables, everybody always there, nobody apart."""
        problem = self.problem
        return (
            problem.size > 1
            and len(problem.people) == problem.table_count * problem.size
            and not (problem.held or problem.published)
            and not any(p.group is not None or p.note_taker or p.away for p in problem.people)
        )

    def least(self) -> int:
        """No seating costs less: the repeats that the bound on meetings forces, where nothing else is priced."""
        problem = self.problem
        if not self.plain():
            return 0
        pairs = problem.evenings * problem.table_count * problem.size * (problem.size - 1) // 2
        return problem.prices.repeat * max(0, pairs - self.bound)

    def over(self, share: float = 1.0) -> bool:
        if self.cost is not None and self.cost <= self.least():
            return True
        if self.stop(None if self.cost is None else float(self.cost)):
            return True
        if self.seconds is not None:
            return perf_counter() - self.began >= self.seconds * share
        return self.iterations is not None and self.made >= self.iterations * share

    def offer(self, evenings: tuple[Evening, ...], method: str) -> None:
        judged = score(self.problem, evenings)
        if judged.hard or (self.cost is not None and judged.soft >= self.cost):
            return
        self.best, self.cost, self.method = evenings, judged.soft, method
        if self.watch is not None:
            self.watch(perf_counter() - self.began, float(judged.soft), float(self.least()))

    def by_algebra(self) -> None:
        for method, construct in (("lines", lines), ("kirkman", kirkman)):
            schedule = construct(self.problem.table_count, self.problem.size)
            if len(schedule) >= self.problem.evenings:
                self.offer(self.named(schedule), method)

    def by_turning(self) -> None:
        if self.over(TURNING_SHARE):
            return
        asked = perf_counter()
        from ortoo_solvers.roundtables.constructions.turning import turned

        self.began += perf_counter() - asked  # Loading what numba has compiled is no part of the search.
        groups, size = self.problem.table_count, self.problem.size
        share = None if self.iterations is None else int(self.iterations * TURNING_SHARE)
        found, made = turned(groups, size, self.problem.evenings, self.seed, lambda: self.over(TURNING_SHARE), share)
        self.made += made
        if found is not None:
            self.offer(self.named(found), "turning")

    def named(self, schedule: Schedule) -> tuple[Evening, ...]:
        keys = [person.key for person in self.problem.people]
        return tuple(tuple(tuple(keys[p] for p in table) for table in evening) for evening in schedule[: self.problem.evenings])

    def by_search(self, start: Sequence[Evening] | None) -> None:
        """Cool, longer each time, from random seats; from the best so far every second time."""
        if self.best is not None and self.over():
            return
        asked = perf_counter()
        from ortoo_solvers.roundtables.seats import evenings_of, search_for, unavoidable

        self.began += perf_counter() - asked
        base, round_ = unavoidable(self.problem), 0
        while self.best is None or not self.over():
            again = start if round_ == 0 else (self.best if round_ % 2 else None)
            search = search_for(self.problem, self.seed + 104_729 * round_, again)
            budget = FIRST_ROUND * min(MOST_GROWTH, 1 + round_)
            if self.iterations is not None:
                budget = min(budget, max(1, self.iterations - self.made))
            hot = HOT if again is None else HOT / 3
            who, _cost = search.run(budget, hot, COLD, base + self.least(), lambda _best: self.over())
            self.made += search.made
            self.offer(evenings_of(self.problem, search, who), "search")
            round_ += 1

    def solution(self) -> Solution:
        assert self.best is not None and self.cost is not None
        judged = score(self.problem, self.best)
        return Solution(
            evenings=self.best,
            meetings=judged.meetings,
            repeats=judged.repeats,
            bound=self.bound,
            cost=judged.soft,
            by_rule=judged.by_rule,
            method=self.method,
            optimal=judged.soft <= self.least(),
            seconds=perf_counter() - self.began,
            iterations=self.made,
        )
