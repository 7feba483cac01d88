"""The search: a construction where one applies, a turning seating where one is found, simulated annealing for everything else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.roundtables.beginnings import beginnings
from ortoo_solvers.roundtables.bound import Bounds, bounds_of
from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.problem import Evening, Problem, Solution
from ortoo_solvers.roundtables.score import Score, score

HOT, COLD = 1.2, 0.1
FIRST_ROUND, MOST_GROWTH = 2_000_000, 64
EACH = (
    500  # Proposals of the first round for each exchange that there is, where few people have rules: soon cold, soon begun again.
)
TURNING_SHARE = 0.7  # Of the seconds or proposals, for a turning seating before the plain search.
LOADING = 2.0  # Seconds; what takes longer is compiled, not loaded.
A_SEAT = 1e-6  # Seconds to judge one seat of one evening, until that was measured.
SETTING_UP = 2  # A search is begun only where there is time for so many judgings: its arrays take about as long.
MOST_SEARCHED = (
    5_500  # People; the search keeps three numbers for every pair, some 400 MB. More are seated by a construction or by chance.
)


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
    run = _Run(problem, stop, watch, seconds, iterations, target, seed)
    for evenings, method in beginnings(problem, start if start is not None else problem.published, seed, run.over):
        run.offer(evenings, method)
        if run.over():
            break
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
    began: float = field(default_factory=perf_counter)
    bounds: Bounds = field(init=False)
    made: int = 0
    best: tuple[Evening, ...] | None = None
    judged: Score | None = None
    method: str = ""
    judging: float = 0.0  # Seconds that one seating takes to be judged: kept back from those given.

    def __post_init__(self) -> None:
        self.bounds = bounds_of(self.problem)
        self.judging = A_SEAT * self.problem.evenings * len(self.problem.people)

    def plain(self) -> bool:
        """Whether it is the plain problem: full tables, everybody always there, nobody apart."""
        problem = self.problem
        return (
            problem.size > 1
            and len(problem.people) == problem.table_count * problem.size
            and not (problem.held or problem.published)
            and not any(p.group is not None or p.note_taker or p.away for p in problem.people)
        )

    def over(self, share: float = 1.0, judgings: int = 1) -> bool:
        """``judgings``: as long as so many of them is kept back from the seconds given, for what is to be done after."""
        best = self.judged
        if best is not None and (best.soft <= self.bounds.cost or (self.target is not None and best.meetings >= self.target)):
            return True
        if self.stop(None if best is None else float(best.soft)):
            return True
        if self.seconds is not None:
            return perf_counter() - self.began + judgings * self.judging >= self.seconds * share
        return self.iterations is not None and self.made >= self.iterations * share

    def offer(self, evenings: tuple[Evening, ...], method: str) -> None:
        asked = perf_counter()
        judged = score(self.problem, evenings)
        self.judging = max(self.judging, 1.5 * (perf_counter() - asked))  # Half as much again for the seating itself.
        if judged.hard or (self.judged is not None and judged.soft >= self.judged.soft):
            return
        self.best, self.judged, self.method = evenings, judged, method
        if self.watch is not None:
            self.watch(perf_counter() - self.began, float(judged.soft), float(self.bounds.cost))

    def by_turning(self) -> None:
        if not self.plain() or self.over(TURNING_SHARE):
            return
        asked = perf_counter()
        from ortoo_solvers.roundtables.constructions.turning import turned

        self.load(asked)
        groups, size = self.problem.table_count, self.problem.size
        share = None if self.iterations is None else int(self.iterations * TURNING_SHARE)
        found, made = turned(groups, size, self.problem.evenings, self.seed, lambda: self.over(TURNING_SHARE), share)
        self.made += made
        if found is not None:
            self.offer(self.named(found), "turning")

    def load(self, asked: float) -> None:
        """Loading what numba has compiled counts as any other second; compiling it, once on a machine, does not."""
        from ortoo_solvers.roundtables.search import warm_up

        warm_up()
        self.began += max(0.0, perf_counter() - asked - LOADING)

    def named(self, schedule: Schedule) -> tuple[Evening, ...]:
        keys = [person.key for person in self.problem.people]
        return tuple(tuple(tuple(keys[p] for p in table) for table in evening) for evening in schedule[: self.problem.evenings])

    def by_search(self) -> None:
        """Cool, longer each time; from the best so far first and every second time, from random seats else. A heat for repeats freezes
        where a rule must be broken on the way to a better seating, so some rounds begin as hot as the dearest rule."""
        problem = self.problem
        if (
            not problem.evenings
            or len(problem.people) > MOST_SEARCHED
            or problem.table_count < 2
            or self.over(judgings=SETTING_UP)
        ):
            return
        asked = perf_counter()
        from ortoo_solvers.roundtables.seats import evenings_of, search_for, unavoidable

        self.load(asked)
        base, round_ = unavoidable(self.problem), 0 if self.method != "spread" else 1
        unit, dearest = max(1, self.problem.prices.repeat), _dearest(self.problem)
        first = FIRST_ROUND if dearest == unit else min(FIRST_ROUND, EACH * _exchanges(self.problem))
        while not self.over():
            again = None if round_ % 2 else self.best
            search = search_for(self.problem, self.seed + 104_729 * round_, again)
            budget = first * min(MOST_GROWTH, 1 + round_)
            if self.iterations is not None:
                budget = min(budget, max(1, self.iterations - self.made))
            dear = again is None and (first < FIRST_ROUND or round_ % 4 == 3)
            hot = HOT * (dearest if dear else unit if again is None else unit / 3)
            enough = base + self.bounds.cost
            who, _cost = search.run(budget, hot, COLD, enough, lambda _best: self.over())
            self.made += search.made
            self.offer(evenings_of(self.problem, search, who), "search")
            round_ += 1

    def solution(self) -> Solution:
        assert self.best is not None and self.judged is not None
        return Solution(
            evenings=self.best,
            meetings=self.judged.meetings,
            repeats=self.judged.repeats,
            bound=self.bounds.meetings,
            repeats_bound=self.bounds.repeats,
            cost=self.judged.soft,
            least=self.bounds.cost,
            by_rule=self.judged.by_rule,
            method=self.method,
            optimal=self.judged.soft <= self.bounds.cost,
            seconds=perf_counter() - self.began,
            iterations=self.made,
        )


def _dearest(problem: Problem) -> int:
    """The largest price that an exchange can pay or save: of a repeat where there are no rules."""
    prices, people = problem.prices, problem.people
    return max(
        1,
        prices.repeat,
        prices.together if any(person.group is not None for person in people) else 0,
        prices.no_notes if any(person.note_taker for person in people) else 0,
        prices.moved if problem.published else 0,
    )


def _exchanges(problem: Problem) -> int:
    """How many there are of two people on one evening."""
    return problem.evenings * len(problem.people) ** 2
