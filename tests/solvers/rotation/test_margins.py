"""One more or one fewer of a unit costs what trying all plans says."""

from dataclasses import replace

from hypothesis import given, settings
from tests.solvers.rotation.brute import best_value, plans
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.rotation import Cover, Problem, RulesCollide, score, solve
from ortoo_solvers.rotation.margins import Margins
from ortoo_solvers.rotation.ways import Ways


@settings(max_examples=120, deadline=None)
@given(problems(nested=True, changes=False))
def test_margins_are_what_all_plans_say(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    margins = Margins(Ways(problem, solution).own)
    for unit in (None, *(unit.key for unit in problem.units)):
        inside = {p.key for p in problem.people if unit is None or unit in _above(problem, p.unit)}
        for margin in margins.of(unit):
            numbers = [
                (sum(plan[key] == margin.term for key in inside), score(problem, plan).soft - solution.cost)
                for plan in plans(problem)
                if not score(problem, plan).hard
            ]
            assert margin.more == min((cost for number, cost in numbers if number > margin.count), default=None)
            assert margin.fewer == min((cost for number, cost in numbers if number < margin.count), default=None)


@settings(max_examples=120, deadline=None)
@given(problems(nested=True, changes=False))
def test_a_limit_one_higher_gives_exactly_what_it_said(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    margins = Margins(Ways(problem, solution).own)
    for unit in {cover.unit for cover in problem.covers}:
        for margin in margins.of(unit):
            if margin.limit is None:
                continue
            truth = best_value(_raised(problem, unit, margin.term, margin.limit + 1))
            assert truth is not None and truth[1] - solution.cost == margin.eased


@given(problems(nested=True))
def test_nothing_is_said_where_changes_and_cost_would_be_added_up(problem: Problem) -> None:
    problem = replace(problem, fewest_changes=True)
    try:
        margins = Margins(Ways(problem, solve(problem)).own)
    except RulesCollide:
        return
    assert all(margins.of(unit) == () for unit in (None, *(unit.key for unit in problem.units)))


def _above(problem: Problem, unit: str | None) -> set[str]:
    parents = {found.key: found.parent for found in problem.units}
    found: set[str] = set()
    while unit is not None:
        found.add(unit)
        unit = parents[unit]
    return found


def _raised(problem: Problem, unit: str, term: str, limit: int) -> Problem:
    covers: list[Cover] = []
    for cover in problem.covers:
        terms = cover.terms or tuple(found.key for found in problem.terms) if cover.terms is None else cover.terms
        if cover.unit == unit and term in terms and cover.at_most < limit:
            covers += [replace(cover, terms=tuple(t for t in terms if t != term)), replace(cover, terms=(term,), at_most=limit)]
        else:
            covers.append(cover)
    return replace(problem, covers=tuple(covers))
