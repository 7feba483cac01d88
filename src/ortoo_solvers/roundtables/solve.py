"""The search: a construction where one applies, a turning seating where one is found, simulated annealing for everything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.roundtables.bound import fewest_repeats, least_cost, most_meetings
from ortoo_solvers.roundtables.columns import seated
from ortoo_solvers.roundtables.constructions.catalogue import Known, known
from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.problem import Evening, Problem, Solution
from ortoo_solvers.roundtables.score import score
from ortoo_solvers.roundtables.spread import spread

HOT, COLD = 1.2, 0.1
FIRST_ROUND, MOST_GROWTH = 2_000_000, 64
TURNING_SHARE = 0.7  # Of the seconds or proposals, for a turning seating before the plain search.
MOST_SEARCHED = 3_000  # People; the search keeps a number for every pair. More are seated by a construction or by turns.


def solve(
    problem: Problem,
    stop: Stop = never,
    seed: int = 0,
    start: Sequence[Evening] | None = None,
    watch: Watch | None = None,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    target: int | None = None,
) -> Solution:
    """The seating of the lowest price met: ends when nothing can be better, when ``target`` meetings are reached, when ``seconds`` of wall
    time or ``iterations`` proposals are spent, or when ``stop`` says so (with none of these given, only then). The same seed and
    iterations give the same seating on any machine. Nothing is ever left unseated: whatever cannot be kept has its price.
    """
    run = _Run(
        problem, stop, watch, seconds, iterations, target, seed, perf_counter(), most_meetings(problem), least_cost(problem)
    )
    begin = start if start is not None else problem.published
    run.offer(spread(problem, begin), "start" if begin else "spread")
    run.by_construction()
    run.by_turning()
    run.by_search()
    return run.solution()


@dataclass(slots=True)
class _Run:
    problem: Problem
    stop: Stop
    watch: Watch | None
    seconds: float | None
    iterations: int | None
    target: int | None
    seed: int
    began: float
    bound: int
    least: int
    made: int = 0
    best: tuple[Evening, ...] | None = None
    cost: int | None = None
    meetings: int = 0
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

    def over(self, share: float = 1.0) -> bool:
        if self.cost is not None and (self.cost <= self.least or (self.target is not None and self.meetings >= self.target)):
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
        self.best, self.cost, self.meetings, self.method = evenings, judged.soft, judged.meetings, method
        if self.watch is not None:
            self.watch(perf_counter() - self.began, float(judged.soft), float(self.least))

    def by_construction(self) -> None:
        """Where a construction has as many evenings; where it has fewer, those and the rest as they come, for the search to mend."""
        problem = self.problem
        if problem.held or problem.published or (self.cost is not None and self.cost <= self.least):
            return
        size = -(-len(problem.people) // problem.table_count) if problem.table_count else 0
        found = self.longest(size)
        if found is not None:
            evenings = seated(problem, found, self.seed)
            self.offer(spread(problem, evenings), found.method)

    def longest(self, size: int) -> Known | None:
        """The construction of as many evenings as wanted, or else of the most."""
        for evenings in range(self.problem.evenings, 0, -1):
            found = known(self.problem.table_count, size, evenings)
            if found is not None:
                return found
        return None

    def by_turning(self) -> None:
        if not self.plain() or self.over(TURNING_SHARE):
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

    def by_search(self) -> None:
        """Cool, longer each time; from the best so far first and every second time, from random seats else."""
        if self.over() or len(self.problem.people) > MOST_SEARCHED or self.problem.table_count < 2:
            return
        asked = perf_counter()
        from ortoo_solvers.roundtables.seats import evenings_of, search_for, unavoidable

        self.began += perf_counter() - asked
        base, round_ = unavoidable(self.problem), 0 if self.method != "spread" else 1
        while not self.over():
            again = None if round_ % 2 else self.best
            search = search_for(self.problem, self.seed + 104_729 * round_, again)
            budget = FIRST_ROUND * min(MOST_GROWTH, 1 + round_)
            if self.iterations is not None:
                budget = min(budget, max(1, self.iterations - self.made))
            who, _cost = search.run(budget, HOT if again is None else HOT / 3, COLD, base + self.least, lambda _best: self.over())
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
            repeats_bound=fewest_repeats(self.problem),
            cost=judged.soft,
            least=self.least,
            by_rule=judged.by_rule,
            method=self.method,
            optimal=judged.soft <= self.least,
            seconds=perf_counter() - self.began,
            iterations=self.made,
        )
