"""The search: flow first, and whole-number programming only where rules cut across the tree."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.rotation import mip
from ortoo_solvers.rotation.collision import Collision, find_collision
from ortoo_solvers.rotation.exchange import Exchange
from ortoo_solvers.rotation.flow import Nest, Network, OutOfRange, Unmeetable, nest_groups
from ortoo_solvers.rotation.pools import Compact, change_weight, pool_people, seat
from ortoo_solvers.rotation.problem import Problem, Solution
from ortoo_solvers.rotation.score import Score, score

Assignment = Mapping[str, str | None]


class RulesCollide(Exception):
    """No plan keeps all hard rules, whatever it costs; ``collision`` says which collide and what mends it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__("no plan keeps all hard rules")
        self.problem = problem

    @cached_property
    def collision(self) -> Collision:
        """Found when first asked for: it takes several runs of the program."""
        collision = find_collision(self.problem)
        if collision is None:
            raise RuntimeError("the engines do not agree on whether the rules collide")
        return collision


class NothingFound(Exception):
    """Stopped before there was any plan; ``bound``: what no plan can cost less than."""

    def __init__(self, bound: int) -> None:
        super().__init__(f"stopped before a plan was found; none can cost less than {bound}")
        self.bound = bound


@dataclass(slots=True)
class _Search:
    """What is known so far. Bounds are (changes, cost); without ``fewest_changes`` changes play no part."""

    problem: Problem
    stop: Stop
    watch: Watch | None
    began: float
    best: Assignment | None = None
    judged: Score | None = None
    engine: str = "flow"
    changes_bound: int = 0
    bound: int = 0
    proved: bool = False

    def value(self, judged: Score) -> tuple[int, int]:
        return (judged.changes if self.problem.fewest_changes else 0), judged.soft

    def offer(self, assignment: Assignment, engine: str) -> bool:
        """Take a plan if it keeps the hard rules and is better than the best; whether it keeps them."""
        judged = score(self.problem, assignment)
        if judged.hard:
            return False
        if self.judged is None or self.value(judged) < self.value(self.judged):
            self.best, self.judged, self.engine = assignment, judged, engine
            self.tell(perf_counter() - self.began, judged.soft, self.bound)
        return True

    def cost(self) -> float | None:
        return None if self.judged is None else float(self.judged.soft)

    def tell(self, seconds: float, cost: float | None, bound: float | None) -> None:
        if self.watch is not None:
            known = float(self.bound) if bound is None else max(bound, float(self.bound))
            self.watch(seconds, cost, known)

    def done(self) -> bool:
        """Whether the best is proved, the bound having met it."""
        if self.judged is not None and self.value(self.judged) == (self.changes_bound, self.bound):
            self.proved = True
        return self.proved

    def solution(self) -> Solution:
        if self.best is None or self.judged is None:
            raise NothingFound(self.bound)
        counts = dict.fromkeys((term.key for term in self.problem.terms), 0)
        for term in self.best.values():
            if term is not None:
                counts[term] += 1
        return Solution(
            assignment=self.best,
            cost=self.judged.soft,
            bound=min(self.bound, self.judged.soft),
            optimal=self.proved,
            engine=self.engine,
            seconds=perf_counter() - self.began,
            counts=counts,
            left_out=tuple(key for key, term in self.best.items() if term is None),
            changes=self.judged.changes,
            changes_bound=self.changes_bound,
        )


def solve(
    problem: Problem,
    stop: Stop = never,
    seed: int = 0,
    start: Assignment | None = None,
    watch: Watch | None = None,
) -> Solution:
    """The plan of the lowest cost, or the best found when ``stop`` says so, with a bound in either case.

    ``start``: an assignment to begin from. ``seed``: which of several equally good plans; the same problem
    (people in any order) and seed give the same plan. Raises RulesCollide where no plan keeps the hard rules,
    NothingFound when stopped before the first plan.
    """
    search = _Search(problem, stop, watch, perf_counter())
    compact = pool_people(problem, seed)
    changes, search.bound = _least(compact)
    search.changes_bound = changes if problem.fewest_changes else 0
    if start is not None:
        search.offer({person.key: start.get(person.key) for person in problem.people}, "start")
    if stop(search.cost()):
        search.offer(dict.fromkeys(person.key for person in problem.people), "start")
        return search.solution()
    nest = nest_groups(compact)
    _by_flow(search, compact, nest)
    if not search.done() and not stop(search.cost()):
        _by_mip(search, compact, seed)
    return search.solution()


def _by_flow(search: _Search, compact: Compact, nest: Nest) -> None:
    """The optimum of the rules that nest: a bound, and the answer if it keeps the others too at no further
    cost."""
    weight = change_weight(compact) if search.problem.fewest_changes else 0
    keep = search.problem.keep_published and not weight
    factor = len(compact.people) + 1 if keep else 1
    try:
        draft, value = Network(compact, nest, 1 if keep else weight, factor).solve()
    except Unmeetable:
        raise RulesCollide(search.problem) from None
    except OutOfRange:
        return
    search.changes_bound, search.bound = divmod(value, weight) if weight else (0, value // factor)
    assignment = seat(compact, draft)
    search.offer(assignment, "flow")
    if nest.crossing and not search.done():
        search.offer(Exchange(compact, nest, assignment, weight).run(), "flow")


def _least(compact: Compact) -> tuple[int, int]:
    """A bound for the asking: everybody at their own lowest price; (changes, cost)."""
    choices = [(len(kind.members), (kind.base, kind.out, *kind.direct.values())) for kind in compact.kinds]
    return (
        sum(number * min(price.changes for price in prices) for number, prices in choices),
        sum(number * min(price.cost for price in prices) for number, prices in choices),
    )


def _by_mip(search: _Search, compact: Compact, seed: int) -> None:
    model = mip.build(compact)
    if search.problem.fewest_changes:
        prices, counted = list(model.rows.costs), mip.change_columns(model, compact)
        model.rows.costs = [counted.get(column, 0.0) for column in range(len(prices))]
        found = _run(search, compact, model, seed, by_changes=True)
        model.rows.costs = prices
        if not found:
            return
        model.rows.row(0, search.changes_bound, counted.keys(), counted.values())
    _run(search, compact, model, seed, by_changes=False)
    if search.done():
        search.engine = "mip"  # whoever found the plan, it is the program that proved it


def _run(search: _Search, compact: Compact, model: mip.Model, seed: int, *, by_changes: bool) -> bool:
    """One run of HiGHS: plans and bounds into the search; whether it came to its end."""
    start = None if search.best is None else mip.values_of(model, compact, search.best)
    watch = None if by_changes else search.tell
    outcome = model.rows.minimise(search.stop, watch, seed, start, search.began)
    if outcome.infeasible:
        raise RulesCollide(search.problem)
    bound = round(outcome.value) if outcome.optimal else _whole_bound(outcome.bound)
    if by_changes and bound > search.changes_bound:
        search.changes_bound, search.bound = (
            bound,
            _least(compact)[1],
        )  # the flow's bound was for fewer changes
    elif not by_changes:
        search.bound = max(search.bound, bound)
    kept = outcome.values is None or search.offer(seat(compact, mip.draft_of(model, outcome.values)), "mip")
    if outcome.optimal and not kept:
        raise RuntimeError("the plan found does not keep the rules")
    return outcome.optimal


def _whole_bound(bound: float) -> int:
    """Costs are whole numbers: a bound of 4.2 is one of 5. A little slack for the engine's floats."""
    return math.ceil(bound - 1e-6 * max(1.0, abs(bound))) if math.isfinite(bound) else 0
