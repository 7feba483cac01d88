from dataclasses import replace

import pytest
from tests.solvers.route.test_score import PROBLEM

from ortoo_solvers.core import from_data, to_data
from ortoo_solvers.route import Misfit, Pin, Problem, Published, Solution, Talk, solve


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"stops": ()}, "stops"),
        ({"ends": -1}, "ends"),
        ({"lengths": ((0, 1),)}, "lengths"),
        ({"lengths": ((0, -1), (1, 0))}, "lengths[0][1]"),
        ({"stops": PROBLEM.stops[:1] * 2}, "stands twice"),
        ({"places": ("p", "r")}, "unknown place 'q'"),
        ({"first": "nobody"}, "first"),
        ({"first": "x", "last": "x"}, "first and last"),
        ({"talks": (Talk("t", "a", ("z",)),)}, "unknown speaker 'z'"),
        ({"talks": (Talk("t", "a", ("a",)),)}, "own understudy"),
        ({"most_talks": 0}, "most_talks"),
        ({"pins": (Pin("x", hall="gone"),)}, "unknown hall"),
        ({"published": (Published("gone", "h", 1),)}, "unknown stop"),
    ],
)
def test_problem_says_what_does_not_fit(changed: dict[str, object], said: str) -> None:
    with pytest.raises(Misfit, match=said.replace("[", r"\[").replace("]", r"\]")):
        replace(PROBLEM, **changed)  # type: ignore[arg-type]


def test_problem_and_solution_go_through_json() -> None:
    assert from_data(Problem, to_data(PROBLEM)) == PROBLEM
    solution = solve(PROBLEM)
    assert from_data(Solution, to_data(solution)) == solution
