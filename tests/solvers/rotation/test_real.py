from bench.rotation.naive import whole_model
from tests.solvers.rotation import real

from ortoo_solvers.rotation import score, solve


def test_the_rosters_are_planned_and_proved() -> None:
    problem = real.problem()
    solution = solve(problem)
    judged = score(problem, solution)
    assert solution.optimal
    assert (judged.hard, judged.soft) == (0, solution.cost)
    assert len(solution.assignment) == 1101
    assert sum(solution.counts.values()) + len(solution.left_out) == 1101


def test_the_rosters_cost_what_the_whole_model_costs() -> None:
    problem = real.problem()
    answer = whole_model(problem)
    assert answer.proved
    assert answer.cost == solve(problem).cost
