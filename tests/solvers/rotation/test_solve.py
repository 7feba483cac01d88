from hypothesis import given, settings
from tests.solvers.rotation.brute import best_value
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.rotation import Problem, RulesCollide, score, solve

thorough = settings(max_examples=200, deadline=None)


@thorough
@given(problems())
def test_solve_finds_what_trying_all_plans_finds(problem: Problem) -> None:
    truth = best_value(problem)
    try:
        solution = solve(problem)
    except RulesCollide:
        assert truth is None
        return
    judged = score(problem, solution)
    assert judged.hard == 0
    assert solution.optimal
    assert (solution.changes if problem.fewest_changes else 0, solution.cost) == truth
    assert (judged.changes, judged.soft) == (solution.changes, solution.cost)
    assert solution.bound == solution.cost


@thorough
@given(problems(nested=True))
def test_solve_needs_only_flow_where_rules_nest(problem: Problem) -> None:
    truth = best_value(problem)
    try:
        solution = solve(problem)
    except RulesCollide:
        assert truth is None
        return
    assert solution.engine == "flow"
    assert (solution.changes if problem.fewest_changes else 0, solution.cost) == truth
