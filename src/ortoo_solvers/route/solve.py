"""From the problem to a tour that is proved, or to the reason why there is none."""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from time import perf_counter

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.random import stream
from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.route.collision import Collision, find_collision
from ortoo_solvers.route.course import FAR, course_of
from ortoo_solvers.route.labels import Outcome
from ortoo_solvers.route.options import Choices, Option
from ortoo_solvers.route.passes import UNKNOWN, search
from ortoo_solvers.route.problem import Problem, Solution, Visit
from ortoo_solvers.route.score import score
from ortoo_solvers.route.settle import settle


class RulesCollide(Exception):
    """No tour keeps all rules; ``collision`` says which stops cannot be joined, why, and what would mend it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__("no tour keeps all rules")
        self.problem = problem

    @cached_property
    def collision(self) -> Collision:
        """Found when first asked for: it takes several searches."""
        return find_collision(self.problem)


class NothingFound(Exception):
    """Stopped before there was any tour; ``bound``: what none can cost less than."""

    def __init__(self, bound: int) -> None:
        super().__init__(f"stopped before a tour was found; none can cost less than {bound}")
        self.bound = bound


def solve(
    problem: Problem, stop: Stop = never, seed: int = 0, start: Sequence[Visit] | None = None, watch: Watch | None = None
) -> Solution:
    """The tour with the lowest cost, of those the one that ends first. Raises RulesCollide or NothingFound.

    ``seed`` decides between tours that are equal in both; ``start``: a tour known to keep the rules, to begin from.
    """
    began = perf_counter()
    choices = Choices(problem)
    order = list(range(len(problem.stops)))
    if seed:
        stream(seed, "route").shuffle(order)
    course = course_of(problem, choices.options, order)
    if course is None:
        raise RulesCollide(problem)
    outcome, engine = search(course, _started(problem, choices, start), stop, _teller(watch, began))
    if outcome.tour is None:
        if outcome.complete:
            raise RulesCollide(problem)
        raise NothingFound(0 if problem.fewest_changes else min(outcome.bound, FAR))
    return _solution(choices, outcome, engine, perf_counter() - began)


def _started(problem: Problem, choices: Choices, start: Sequence[Visit] | None) -> Outcome:
    if start is None or score(problem, start).hard:
        return UNKNOWN
    keys = [stop.key for stop in problem.stops]
    chosen = {(keys[option.stop], option.hall, option.day): option for option in choices.options}
    tour = tuple(chosen.get((v.stop, v.hall, v.day)) for v in sorted(start, key=lambda visit: visit.day))
    known = tuple(option for option in tour if option is not None)
    if len(known) < len(tour):
        return UNKNOWN
    return Outcome(known, (_cost(problem, known), known[-1].day), 0, False)


def _cost(problem: Problem, tour: Sequence[Option]) -> int:
    ways = (problem.lengths[here.place][there.place] for here, there in pairwise(tour))
    return sum(ways) + sum(option.price for option in tour)


def _teller(watch: Watch | None, began: float) -> Callable[[int, int], None]:
    def tell(cost: int, bound: int) -> None:
        if watch is not None:
            watch(perf_counter() - began, None if cost >= FAR else float(cost), float(bound))

    return tell


def _solution(choices: Choices, outcome: Outcome, engine: str, seconds: float) -> Solution:
    problem = choices.problem
    assert outcome.tour is not None
    tour = settle(choices, outcome.tour)
    keys = [stop.key for stop in problem.stops]
    visits = tuple(Visit(keys[o.stop], o.hall, o.day, choices.casts[o.day].given) for o in tour)
    judged = score(problem, visits)
    bound, fewest = _bounds(problem, choices, outcome, judged.changes)
    return Solution(visits, judged.length, judged.cost, bound, outcome.complete, judged.nights, engine, seconds,
                    judged.changes, fewest)  # fmt: skip


def _bounds(problem: Problem, choices: Choices, outcome: Outcome, changes: int) -> tuple[int, int]:
    """The bound of the cost as the problem counts it, and of the changes."""
    bound = min(outcome.bound, outcome.worth[0])
    if not problem.fewest_changes:
        return bound, 0
    fewest = bound // choices.change
    rest = max(0, bound - changes * choices.change)
    return rest + changes * problem.change_price, fewest
