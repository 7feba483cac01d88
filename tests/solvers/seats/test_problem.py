import pytest

from ortoo_solvers.core import from_data, to_data
from ortoo_solvers.seats import Delegation, Misfit, Problem, Solution, solve


@pytest.mark.parametrize(
    ("delegations", "capacity", "hall", "said"),
    [
        ((Delegation("a", 1), Delegation("a", 2)), 5, (), "stands twice"),
        ((Delegation("a", -1),), 5, (), "asked is -1"),
        ((Delegation("a", 3, floor=4),), 5, (), "floor 4 is above 3"),
        ((Delegation("a", 3, ceiling=-1),), 5, (), "ceiling is -1"),
        ((), None, (), "neither a capacity nor a plan"),
        ((), -3, (), "capacity: -3"),
        ((), None, ("oo", "o?o"), "line 2: unknown sign '\\?'"),
        ((Delegation("a", 3, wheelchairs=2),), None, ("oow",), "2 wheelchair places are needed, the plan has 1"),
        ((Delegation("a", 3),), 9, ("ooo",), "capacity: 9"),
    ],
)
def test_problem_says_what_does_not_fit(delegations, capacity, hall, said: str) -> None:
    with pytest.raises(Misfit, match=said):
        Problem(delegations, capacity, hall)


def test_problem_and_solution_go_through_json() -> None:
    problem = Problem((Delegation("a", 3, wheelchairs=1), Delegation("b", 4, 2)), None, ("wooo|ooo",))
    assert from_data(Problem, to_data(problem)) == problem
    solution = solve(problem)
    assert from_data(Solution, to_data(solution)) == solution
