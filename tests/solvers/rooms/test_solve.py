from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.solvers.rooms.brute import least, most, problems

from ortoo_solvers.core import after_checks
from ortoo_solvers.rooms import Person, Pin, Problem, Room, score, solve


def pairs(solution_places: dict[str, str]) -> set[frozenset[str]]:
    rooms = set(solution_places.values())
    return {frozenset(person for person, room in solution_places.items() if room == each) for each in rooms}


@settings(max_examples=40, deadline=None)
@given(problems())
def test_rooms_of_two_are_filled_at_the_least_cost(problem: Problem) -> None:
    solution = solve(problem)
    assert score(problem, solution.places).hard == 0
    assert (solution.cost, solution.optimal) == (least(problem), True)
    assert solution.cost == solution.bound


@settings(max_examples=40, deadline=None)
@given(problems(beds=4))
def test_bound_is_below_every_placing(problem: Problem) -> None:
    solution = solve(problem)
    assert score(problem, solution.places).hard == 0
    assert solution.bound <= least(problem) <= solution.cost


@settings(max_examples=60, deadline=None)
@given(problems(beds=4), st.booleans())
def test_nobody_is_without_a_bed_who_could_have_one(problem: Problem, pinned: bool) -> None:
    """Not even where the search is stopped at once, or somebody is pinned."""
    room = next((room for room in problem.rooms if room.sex in ("", problem.people[0].sex)), None)
    if pinned and room is not None:
        problem = replace(problem, pins=(Pin(problem.people[0].key, room.key),))
    number = most(problem)
    assert len(solve(problem).places) == len(solve(problem, after_checks(0)).places) == number


def test_the_large_room_goes_to_whom_most_are_housed_by_it() -> None:
    """Whoever comes first is a woman and would take it for two, and two of three men would have no bed."""
    people = (*(Person(f"p{n}", "f") for n in range(2)), *(Person(f"p{n}", "m") for n in range(2, 5)))
    solution = solve(Problem(people, (Room("large", 3), Room("1", 1), Room("2", 1))))
    assert solution.unplaced == () and solution.places["p4"] == "large"


def test_who_lay_in_a_room_before_gives_way_where_more_find_a_bed() -> None:
    people = (*(Person(f"m{n}", "m") for n in range(2)), *(Person(f"f{n}", "f") for n in range(3)))
    solution = solve(Problem(people, (Room("large", 3),), before={"m0": "large", "m1": "large"}))
    assert solution.unplaced == ("m0", "m1")


def test_snorers_and_early_risers_lie_together() -> None:
    people = (
        Person("a", "m", snores=True),
        Person("b", "m", rhythm="early"),
        Person("c", "m", snores=True),
        Person("d", "m", rhythm="late"),
        Person("e", "m", rhythm="early"),
        Person("f", "m", rhythm="late"),
    )
    solution = solve(Problem(people, tuple(Room(str(n)) for n in range(3))))
    assert pairs(dict(solution.places)) == {frozenset("ac"), frozenset("be"), frozenset("df")}


def test_sexes_are_never_mixed_even_if_somebody_stays_out() -> None:
    solution = solve(Problem((Person("a", "m"), Person("b", "f")), (Room("1"),)))
    assert len(solution.places) == len(solution.unplaced) == 1


def test_pins_hold_and_only_mutual_wishes_count() -> None:
    people = (Person("a", "f", wishes=("d",)), Person("b", "f", wishes=("a",)), Person("c", "f"), Person("d", "f", wishes=("a",)))
    problem = Problem(people, (Room("1"), Room("2")), (Pin("a", "2"),))
    solution = solve(problem)
    assert solution.places["a"] == solution.places["d"] == "2"


def test_second_run_moves_nobody_who_need_not_move() -> None:
    people = tuple(Person(f"p{n:02}", "fm"[n % 2], snores=n % 3 == 0) for n in range(20))
    rooms = tuple(Room(str(n)) for n in range(12))
    first = solve(Problem(people, rooms))
    left = replace(Problem(people[1:], rooms), before=first.places)
    again = solve(left)
    moved = [person for person in again.places if again.places[person] != first.places[person]]
    assert len(moved) <= 1


def test_a_man_and_a_woman_who_were_in_one_room_may_either_stay() -> None:
    """As a sheet of the last time may say; the bound is one for both."""
    people = (Person("a", "m", rhythm="early"), Person("b", "m", rhythm="late"), Person("c", "f"))
    problem = Problem(people, (Room("1"), Room("2", 1)), before={"a": "2", "c": "2"})
    solution = solve(problem)
    assert solution.bound == solution.cost == least(problem)


def test_same_seed_gives_the_same_rooms() -> None:
    people = tuple(Person(f"p{n:02}", "fm"[n % 2], f"u{n % 5}", n % 4 == 0) for n in range(24))
    problem = Problem(people, tuple(Room(str(n), 3) for n in range(9)), colleagues="apart")
    assert solve(problem, seed=4).places == solve(problem, seed=4).places


def test_stopped_at_once_still_gives_beds() -> None:
    people = tuple(Person(f"p{n}", "f") for n in range(6))
    solution = solve(Problem(people, tuple(Room(str(n)) for n in range(3))), after_checks(0))
    assert (solution.unplaced, solution.engine) == ((), "annealing")


def test_nobody_needs_no_room() -> None:
    solution = solve(Problem((), (Room("1"),)))
    assert (solution.cost, solution.optimal) == (0, True)
