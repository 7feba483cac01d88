from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.solvers.route.brute import best_value, shortest_without_days
from tests.solvers.route.drawn import drawn
from tests.solvers.route.strategies import problems

from ortoo_solvers.core import Curve, after_checks
from ortoo_solvers.route import Hall, NothingFound, Problem, RulesCollide, Stop, passes, score, solve

thorough = settings(max_examples=300, deadline=None)


def line(*days: tuple[int, ...], ends: int = 30) -> Problem:
    """Stops on a line 100 apart, one hall each, free on these days; more than 150 needs a day of travel."""
    stops = tuple(Stop(f"s{n}", (Hall("hall", f"p{n}", frozenset(free)),)) for n, free in enumerate(days))
    lengths = tuple(tuple(100 * abs(a - b) for b in range(len(days))) for a in range(len(days)))
    return Problem(stops, tuple(f"p{n}" for n in range(len(days))), lengths, 0, ends, 150)


@thorough
@given(problems())
def test_solve_finds_what_trying_all_tours_finds(problem: Problem) -> None:
    truth = best_value(problem)
    try:
        solution = solve(problem)
    except RulesCollide:
        assert truth is None
        return
    judged = score(problem, solution)
    assert judged.hard == 0, judged.reasons
    assert solution.optimal
    assert (solution.changes if problem.fewest_changes else 0, solution.cost, solution.last_day) == truth
    assert (judged.cost, judged.length, judged.changes) == (solution.cost, solution.length, solution.changes)
    assert solution.bound == solution.cost
    assert solution.changes_bound == (solution.changes if problem.fewest_changes else 0)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_solve_gives_equals_the_same_worth_under_every_seed(problem: Problem) -> None:
    try:
        worths = {(s.cost, s.last_day, s.changes) for s in (solve(problem, seed=seed) for seed in (0, 1, 2))}
        assert solve(problem, seed=1).visits == solve(problem, seed=1).visits
    except RulesCollide:
        return
    assert len({worth[:2] for worth in worths}) == 1


def test_solve_takes_the_earlier_end_of_two_equal_ways() -> None:
    solution = solve(line((0, 9), (1, 8), (2, 7)))
    assert [visit.stop for visit in solution.visits] == ["s0", "s1", "s2"]
    assert (solution.length, solution.last_day) == (200, 2)


def test_solve_leaves_as_late_as_it_can() -> None:
    solution = solve(line((0, 3), (1, 4), (5,)))
    assert [visit.day for visit in solution.visits] == [3, 4, 5]
    assert solution.nights == 2


def test_solve_keeps_a_day_free_on_long_ways() -> None:
    far = replace(line((0,), (1, 2)), rest_beyond=99)
    assert solve(far).last_day == 2
    assert solve(replace(far, rest_beyond=100)).last_day == 1


def test_solve_prefers_the_larger_hall_and_a_day_without_understudies() -> None:
    halls = (Hall("small", "p0", frozenset({0}), 100), Hall("large", "p0", frozenset({0}), 300))
    problem = line((0,))
    solution = solve(replace(problem, stops=(Stop("s0", halls),)))
    assert solution.visits[0].hall == "large"


def test_solve_says_no_when_no_order_fits() -> None:
    with pytest.raises(RulesCollide):
        solve(line((0,), (0,)))


@pytest.mark.parametrize("marked", [True, False])
def test_solve_is_at_the_bound_without_days_where_every_day_is_free(marked: bool) -> None:
    problem = drawn(6, 1, marked=marked)
    free = frozenset(range(problem.starts, problem.ends + 20))
    stops = tuple(replace(stop, halls=tuple(replace(hall, days=free) for hall in stop.halls)) for stop in problem.stops)
    problem = replace(problem, stops=stops, ends=problem.ends + 19)
    assert solve(problem).length == shortest_without_days(problem)


def test_solve_stopped_tells_a_bound_below_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = drawn(12, 3)
    best = solve(problem)
    monkeypatch.setattr(passes, "NARROW", 2)
    monkeypatch.setattr(passes, "WIDE", 40)
    cut = solve(problem, start=best.visits)
    assert cut.bound <= best.length == cut.length
    stopped = solve(problem, after_checks(12), start=best.visits)
    assert not stopped.optimal and stopped.engine == "beam"
    assert 0 < stopped.bound <= best.length


def test_solve_stopped_before_anything_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = drawn(12, 3)
    monkeypatch.setattr(passes, "NARROW", 0)
    with pytest.raises(NothingFound) as stopped:
        solve(problem, after_checks(0))
    assert stopped.value.bound <= solve(problem).length


def test_solve_tells_a_rising_bound() -> None:
    watch = Curve()
    solution = solve(drawn(12, 2), watch=watch)
    bounds = [point.bound for point in watch.points]
    assert bounds and bounds[-1] == solution.bound
    assert all(point.bound <= solution.bound for point in watch.points if point.bound is not None)


def test_solve_beyond_the_table_uses_the_weaker_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    from ortoo_solvers.route import ahead

    problem = drawn(9, 5)
    exact = solve(problem)
    monkeypatch.setattr(ahead, "MOST_ENTRIES", 0)
    weaker = solve(problem)
    assert weaker.optimal and (weaker.length, weaker.last_day) == (exact.length, exact.last_day)
