from dataclasses import replace

from tests.solvers.route.drawn import drawn
from tests.solvers.route.test_solve import line

from ortoo_solvers.route import keeping, pinned, published_of, solve, without_hall


def test_replan_moves_as_few_stops_as_possible_when_a_hall_falls_away() -> None:
    problem = drawn(6, 4)
    before = solve(problem)
    gone = before.visits[3]
    after = solve(keeping(without_hall(problem, gone.stop, gone.hall), published_of(before)))
    free = solve(without_hall(problem, gone.stop, gone.hall))
    assert (after.optimal, after.changes_bound) == (True, after.changes)
    assert after.changes >= 1 and free.length <= after.length
    assert (gone.stop, gone.hall) not in {(visit.stop, visit.hall) for visit in after.visits}


def test_replan_without_a_change_keeps_everything() -> None:
    problem = drawn(6, 4)
    before = solve(problem)
    again = solve(keeping(problem, published_of(before)))
    assert (again.changes, again.visits) == (0, before.visits)


def test_a_price_weighs_changes_against_the_way() -> None:
    problem = line((0, 4), (1,), (2,))
    told = published_of(solve(replace(problem, first="s1")))
    assert [each.stop for each in told] == ["s1", "s2", "s0"]
    assert solve(keeping(problem, told, price=50)).changes == 1
    dear = solve(keeping(problem, told, price=150))
    assert (dear.changes, dear.cost, dear.bound) == (0, 300, 300)


def test_pins_hold() -> None:
    problem = line((0, 4), (3,), (1, 2))
    assert solve(pinned(problem, "s0", day=4)).visits[-1].stop == "s0"
