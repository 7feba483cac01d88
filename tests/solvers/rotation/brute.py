"""All plans of a tiny rotation, one by one: the truth that the engines are held against."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from ortoo_solvers.rotation import Problem, RulesCollide, Solution, score, solve


def plans(problem: Problem) -> Iterator[dict[str, str | None]]:
    keys = [person.key for person in problem.people]
    for choice in product((None, *(term.key for term in problem.terms)), repeat=len(keys)):
        yield dict(zip(keys, choice, strict=True))


def best_value(problem: Problem) -> tuple[int, int] | None:
    """(changes if they come first, cost) of the best plan that keeps the hard rules; None if none does."""
    values = []
    for plan in plans(problem):
        judged = score(problem, plan)
        if not judged.hard:
            values.append((judged.changes if problem.fewest_changes else 0, judged.soft))
    return min(values, default=None)


def by_hand(problem: Problem, best: Solution, plan: dict[str, str | None]) -> Solution:
    """Another plan in the best one's stead, of which nothing is proved."""
    judged = score(problem, plan)
    left_out = tuple(key for key, term in plan.items() if term is None)
    return replace(best, assignment=plan, cost=judged.soft, changes=judged.changes, optimal=False, left_out=left_out)


def best_and_another(problem: Problem, number: int) -> Iterator[Solution]:
    """The best plan, and by number one of all that keep the rules, as after moves by hand; nothing where the rules collide."""
    try:
        best = solve(problem)
    except RulesCollide:
        return
    yield best
    kept = [plan for plan in plans(problem) if not score(problem, plan).hard]
    yield by_hand(problem, best, kept[number % len(kept)])
