from hypothesis import given, settings
from tests.solvers.seats.strategies import halls

from ortoo_solvers.seats import Delegation, Problem, score, solve
from ortoo_solvers.seats.plan import Plan


@settings(max_examples=100, deadline=None)
@given(halls())
def test_blocks_seat_everybody_once_where_they_may_sit(problem: Problem) -> None:
    solution = solve(problem)
    judged = score(problem, solution)
    assert judged.reasons == ()
    assert solution.blocks is not None
    assert judged.pieces == solution.blocks.pieces >= solution.blocks.pieces_bound
    assert solution.blocks.front >= solution.blocks.front_bound


def test_blocks_keep_delegations_whole_where_sections_allow_it() -> None:
    asking = tuple(Delegation(f"d{n}", asked, 1 + n % 3) for n, asked in enumerate([12, 9, 7, 20, 5, 11, 8]))
    problem = Problem(asking, None, ("oooo|oooo",) * 9)
    solution = solve(problem)
    assert solution.blocks is not None and solution.blocks.optimal
    assert score(problem, solution).split == ()


def test_blocks_split_only_who_fits_into_no_section() -> None:
    problem = Problem((Delegation("a", 10), Delegation("b", 2)), None, ("ooo|ooo", "ooo|ooo"))
    solution = solve(problem)
    assert solution.blocks is not None
    assert score(problem, solution).split == ("a",)
    assert (solution.blocks.pieces, solution.blocks.pieces_bound, solution.blocks.optimal) == (3, 3, True)


def test_blocks_put_earlier_classes_in_front() -> None:
    problem = Problem((Delegation("late", 6, 2), Delegation("early", 6, 1)), None, ("ooo|ooo",) * 3)
    solution = solve(problem)
    assert solution.blocks is not None
    rows = {key: max(int(name.split("-")[0]) for name in names) for key, names in solution.blocks.places.items()}
    assert rows["early"] <= rows["late"]


def test_wheelchairs_sit_by_their_own_people() -> None:
    problem = Problem((Delegation("a", 4, wheelchairs=1), Delegation("b", 5, wheelchairs=1)), None, ("woooo|oooow",))
    solution = solve(problem)
    assert solution.blocks is not None
    for key, (chair,) in solution.blocks.wheelchairs.items():
        assert (chair == "1-1") == ("1-2" in solution.blocks.places[key])


def test_companions_sit_beside_their_own_wheelchairs() -> None:
    asking = (Delegation("a", 6, 1, wheelchairs=2, companions=1), Delegation("b", 5, 2, wheelchairs=1, companions=1))
    solution = solve(Problem(asking, None, ("wwoooo|oooow", "oooooo|ooooo")))
    assert solution.blocks is not None
    assert {key: len(seats) for key, seats in solution.blocks.companions.items()} == {"a": 1, "b": 1}
    assert {key: len(seats) for key, seats in solution.blocks.places.items()} == {"a": 3, "b": 3}
    assert score(Problem(asking, None, ("wwoooo|oooow", "oooooo|ooooo")), solution).reasons == ()


def test_companions_sit_at_the_side_rather_than_behind() -> None:
    solution = solve(Problem((Delegation("a", 3, wheelchairs=1, companions=1),), None, ("wwoo", "oooo", "wooo")))
    assert solution.blocks is not None
    (chair,), (companion,) = solution.blocks.wheelchairs["a"], solution.blocks.companions["a"]
    assert (chair, companion) == ("1-2", "1-3")


def test_companions_without_a_seat_beside_stay_with_their_people() -> None:
    asking = (Delegation("a", 3, 2, wheelchairs=1, companions=1), Delegation("b", 3, 1, wheelchairs=1, companions=1))
    problem = Problem(asking, None, ("w|w|o|ooo",))
    solution = solve(problem)
    assert solution.blocks is not None
    assert (solution.blocks.companions, score(problem, solution).reasons) == ({}, ())


def test_delegations_with_wheelchairs_go_where_their_places_are() -> None:
    asking = (Delegation("a", 8, 1), Delegation("b", 8, 1, wheelchairs=2))
    solution = solve(Problem(asking, None, ("oooo|ooooww", "oooo|oooo")))
    assert solution.blocks is not None
    assert min(int(name.split("-")[1]) for name in solution.blocks.places["b"]) > 4
    behind = solve(Problem((Delegation("a", 8, 1, wheelchairs=2), Delegation("b", 12, 1)), None, ("oooo",) * 4 + ("ooooww",)))
    assert behind.blocks is not None
    assert {name.split("-")[0] for name in behind.blocks.places["a"]} <= {"4", "5"}


def test_delegations_with_companions_go_where_there_are_seats_beside_places() -> None:
    asking = (Delegation("a", 7, wheelchairs=1), Delegation("b", 8, wheelchairs=1, companions=1))
    solution = solve(Problem(asking, None, ("wx|ooo|ooow", "oo|ooo|oooo", "xx|ooo|oooo")))
    assert solution.blocks is not None
    assert (solution.blocks.wheelchairs["b"], solution.blocks.companions["b"]) == (("1-9",), ("1-8",))
    assert {int(name.split("-")[1]) for name in solution.blocks.places["b"]} <= {6, 7, 8, 9}


def test_sections_end_at_aisles() -> None:
    plan = Plan(("ooo|ooo", "ooo|ooo", "", "ooooooo"))
    assert [len(section) for section in plan.sections] == [6, 6, 7]
    assert plan.rows == {0: 1, 1: 2, 3: 3}
    assert plan.names[3, 6] == "3-7"


def test_the_same_hall_is_filled_the_same_way() -> None:
    problem = Problem(tuple(Delegation(f"d{n}", 7 + n, 1 + n % 2) for n in range(8)), None, ("ooooo|ooooo",) * 8)
    assert solve(problem).blocks == solve(problem).blocks
