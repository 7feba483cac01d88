import pytest
from tests.solvers.roundtables.brute import cheapest, small

from ortoo_solvers.roundtables import solve

FROZE = (11, 33, 125, 194, 253, 256, 311)  # Where a search that begins too cold for the prices stays above the optimum.


@pytest.mark.parametrize("case", [*range(0, 40, 2), *FROZE])
def test_a_few_people_get_the_best_of_all_seatings(case: int) -> None:
    problem = small(case)
    found, best = solve(problem, seed=case, iterations=300_000), cheapest(problem)
    assert found.least <= best == found.cost
