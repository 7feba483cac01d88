"""The search: flow first, and whole-number programming only where rules cut across the tree."""

from time import perf_counter

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.rotation.exchange import Exchange
from ortoo_solvers.rotation.flow import Nest, Network, OutOfRange, Unmeetable, nest_groups
from ortoo_solvers.rotation.pools import Compact, change_weight, pool_people, seat
from ortoo_solvers.rotation.problem import Problem, Solution
from ortoo_solvers.rotation.program import by_program
from ortoo_solvers.rotation.search import Assignment, RulesCollide, Search, least


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
    search = Search(problem, stop, watch, perf_counter())
    compact = pool_people(problem, seed)
    changes, search.bound = least(compact)
    search.changes_bound = changes if problem.fewest_changes else 0
    if start is not None:
        search.offer({person.key: start.get(person.key) for person in problem.people}, "start")
    if stop(search.cost()):
        search.offer(dict.fromkeys(person.key for person in problem.people), "start")
        return search.solution()
    nest = nest_groups(compact)
    _by_flow(search, compact, nest)
    if not search.done() and not stop(search.cost()):
        by_program(search, compact, seed)
    if search.best is None:
        search.offer(dict.fromkeys(person.key for person in problem.people), "start")
    return search.solution()


def _by_flow(search: Search, compact: Compact, nest: Nest) -> None:
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
