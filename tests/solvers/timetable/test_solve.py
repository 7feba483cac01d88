from dataclasses import replace
from itertools import islice
from threading import Barrier
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.solvers.timetable.instances import CROWDED, SMALL, problems

from ortoo_solvers.core import after_checks, never
from ortoo_solvers.timetable import Course, Curriculum, Lecture, NothingFound, Problem, Room, Schedule, score, solve
from ortoo_solvers.timetable.arrays import lectures_of
from ortoo_solvers.timetable.blocked import in_the_way, reasons
from ortoo_solvers.timetable.bound import Bound, bound_of
from ortoo_solvers.timetable.herd import Herd
from ortoo_solvers.timetable.mending import mend, temperatures
from ortoo_solvers.timetable.solve import _Run
from ortoo_solvers.timetable.state import State, begin

QUICK = Schedule(levels=20)


def test_solve_finds_the_optimum_of_a_small_term_and_proves_it() -> None:
    solution = solve(SMALL, iterations=400_000, bound=bound_of(SMALL))
    assert (solution.cost, solution.hard, solution.optimal) == (0, 0, True)
    assert score(SMALL, solution.lectures).soft == 0


def test_solve_gives_the_same_answer_for_the_same_seed_and_iterations() -> None:
    one, other = (solve(SMALL, seed=7, iterations=30_000, schedule=QUICK) for _ in range(2))
    assert one.lectures == other.lectures
    assert one.iterations == other.iterations


def test_solve_keeps_what_is_pinned() -> None:
    pins = (Lecture("drill", "small", 2, 3), Lecture("visit", "hall", 1, 1))
    solution = solve(replace(SMALL, pinned=pins), iterations=50_000, schedule=QUICK)
    assert set(pins) <= set(solution.lectures)
    assert solution.hard == 0


def test_solve_changes_least_of_a_published_timetable() -> None:
    """One instructor loses a period: one lecture has to move, and only one does."""
    old = solve(SMALL, iterations=400_000).lectures
    lost = next(x for x in old if x.course == "talk")
    talk = replace(SMALL.courses[2], closed=frozenset({lost.day * 4 + lost.period}))
    problem = replace(SMALL, courses=(*SMALL.courses[:2], talk, SMALL.courses[3]), published=old)
    new = solve(problem, start=old, iterations=400_000)
    assert len(set(old) - set(new.lectures)) == 1
    assert new.by_rule["Change"] in (5, 10)


def test_solve_begins_from_a_timetable_and_is_never_worse() -> None:
    first = solve(SMALL, seed=1, iterations=2_000, schedule=QUICK)
    again = solve(SMALL, seed=2, start=first.lectures, iterations=2_000, schedule=replace(QUICK, hot=0.2))
    assert again.cost <= first.cost


def test_solve_stops_when_told_with_the_best_so_far() -> None:
    stopped = solve(CROWDED, after_checks(3), iterations=10**9, bound=Bound())
    assert stopped.iterations < 10**9
    assert stopped.hard == 0


def test_solve_needs_nothing_but_a_stop() -> None:
    assert solve(CROWDED, after_checks(30), bound=Bound()).cost == 105


@pytest.mark.parametrize("given", [{"iterations": 100_000}, {"seconds": 30.0}, {}], ids=["iterations", "seconds", "neither"])
def test_solve_proves_a_bound_unless_one_is_given(given: dict[str, Any]) -> None:
    found = solve(CROWDED, **given)
    assert (found.cost, found.bound, found.optimal) == (105, 105, True)
    unbounded = solve(CROWDED, iterations=1_000, bound=Bound())
    assert (unbounded.bound, unbounded.optimal) == (0, False)


def test_solve_tells_how_it_goes() -> None:
    told: list[tuple[float | None, float | None]] = []
    solution = solve(SMALL, iterations=200_000, watch=lambda _seconds, cost, bound: told.append((cost, bound)))
    costs = [cost for cost, _ in told if cost is not None]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == solution.cost


@pytest.mark.parametrize(
    "problem",
    [
        Problem((), (), (), 1, 1),
        Problem((Course("a", "A", 0),), (Room("r", 1),), (), 1, 1),
        Problem((Course("a", "A", 1, 1, 5),), (Room("r", 1),), (), 1, 1),
    ],
)
def test_solve_takes_the_smallest_terms(problem: Problem) -> None:
    solution = solve(problem, iterations=1_000, schedule=QUICK)
    assert len(solution.lectures) == problem.lectures
    assert solution.hard == 0


@pytest.mark.parametrize("seed", range(4))
def test_the_best_of_many_coolings_is_kept(seed: int) -> None:
    """The first of eight coolings is the one that a single cooling of its length would have been."""
    courses = tuple(Course(f"c{n}", f"t{n % 9}", 3, 2 + n % 2, 10 + 7 * n % 40) for n in range(18))
    curricula = tuple(Curriculum(f"q{n}", (f"c{n}", f"c{n + 6}", f"c{(n + 9) % 18}")) for n in range(9))
    problem = Problem(courses, (Room("hall", 40), Room("large", 30), Room("small", 20)), curricula, days=5, periods_per_day=5)
    length = 500
    one = solve(problem, seed=seed, iterations=length * problem.lectures, schedule=replace(QUICK, length=None), bound=Bound())
    apart = replace(QUICK, length=length, herd=1, herds=8)
    many = solve(problem, seed=seed, iterations=8 * length * problem.lectures, schedule=apart, bound=Bound())
    assert many.cost <= one.cost
    assert many.iterations == 8 * one.iterations


def test_herd_goes_on_from_its_cheaper_half() -> None:
    """Two of four are warmed up and dearer: after the cull they stand where the others stood, and count what that costs."""
    state = begin(SMALL, 1)
    state.ready(score(SMALL, lectures_of(SMALL, state.arrays, state.period, state.room)).soft)
    herd, schedule = Herd([state]), replace(QUICK, culls=(0.5,), herd=4)
    herd.begin(4, schedule, seed=1)
    members = herd.members()
    for state, temperature in zip(members, (0.2, 90.0, 0.2, 90.0), strict=True):
        state.anneal(temperature, 2_000, 2_000, schedule.shares)
    cheap = [members[0].cost, members[2].cost]
    assert max(cheap) < min(members[1].cost, members[3].cost)
    herd.cooled(0.5)
    assert sorted(state.cost for state in members) == sorted(2 * cheap)
    assert not herd.culls
    for state in members:
        state.anneal(0.3, 500, 500, schedule.shares)
        assert score(SMALL, lectures_of(SMALL, state.arrays, state.period, state.room)).soft == state.cost


def test_herd_counts_costs_only_near_a_cull() -> None:
    state = begin(SMALL, 1)
    herd = Herd([state])
    herd.begin(2, replace(QUICK, culls=(0.5,)), seed=1)
    state.cost = 10
    herd.cooled(2.0)
    assert not herd.sums.any()
    herd.cooled(0.55)
    assert herd.sums.tolist() == [10, herd.states[1].cost]
    assert herd.culls == [0.5]


def test_one_alone_is_never_culled() -> None:
    herd = Herd([begin(SMALL, 1)])
    herd.begin(1, Schedule(), seed=1)
    assert herd.culls == []


@pytest.mark.parametrize(("iterations", "rounds"), [(300, 1), (800, 2), (40_000, 2)])
def test_more_time_than_the_herds_take_makes_their_coolings_longer(iterations: int, rounds: int) -> None:
    schedule = Schedule(levels=4, accept=1.0, culls=(), length=10, herd=4, herds=2)
    state = begin(CROWDED, 0)
    for temperature in islice(temperatures(), 50):
        state.mend(2_000, temperature)
    state.ready(score(CROWDED, lectures_of(CROWDED, state.arrays, state.period, state.room)).soft)
    herd, run = Herd([state]), _Run(CROWDED, never, None, None, iterations, 0, 1, 0.0, 0.0, Bound())
    run.cool(herd, schedule, map)
    assert (herd.done, run.made) == (rounds, iterations)


@pytest.mark.parametrize("herd", [2, 3, 8])
def test_herds_give_the_same_answer_for_the_same_seed_and_iterations(herd: int) -> None:
    schedule = replace(QUICK, herd=herd, length=800)
    one, other = (solve(CROWDED, seed=3, iterations=100_000, schedule=schedule, bound=Bound()) for _ in range(2))
    assert one.lectures == other.lectures
    assert one.iterations == other.iterations <= 101_000


@pytest.mark.parametrize("workers", [2, 3, 16])
@pytest.mark.parametrize("bound", [0, 2])
def test_workers_give_the_same_answer_for_the_same_seed_and_iterations(workers: int, bound: int) -> None:
    how = {"seed": 3, "iterations": 100_000, "schedule": replace(QUICK, length=800), "bound": Bound(bound)}
    one, many = solve(CROWDED, **how), solve(CROWDED, **how, workers=workers)
    assert one.lectures == many.lectures
    assert one.iterations == many.iterations


def test_workers_cool_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """At every temperature each of two waits until the other has come as well."""
    both, anneal = Barrier(2), State.anneal

    def meet(self: State, temperature: float, proposals: int, most: int, shares: tuple[int, int, int]) -> tuple[int, int]:
        both.wait(timeout=60)
        return anneal(self, temperature, proposals, most, shares)

    monkeypatch.setattr(State, "anneal", meet)
    schedule = replace(QUICK, herd=2, length=2_000, accept=1.0)
    assert solve(CROWDED, iterations=4_000 * CROWDED.lectures, schedule=schedule, workers=2, bound=Bound()).hard == 0


def test_solve_says_when_nothing_can_be_held() -> None:
    one_teacher = replace(SMALL, courses=tuple(replace(course, teacher="A", lectures=4) for course in SMALL.courses))
    with pytest.raises(NothingFound) as told:
        solve(one_teacher, iterations=10_000)
    assert told.value.judged.hard > 0
    assert score(one_teacher, told.value.lectures) == told.value.judged
    assert any("teacher A has both" in said for said in in_the_way(one_teacher, told.value.lectures))


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_in_the_way_counts_what_the_judge_counts(problem: Problem, data: st.DataObject) -> None:
    """Any timetable at all: a sentence for each pair at once, each closed time, each lacking room."""
    places = st.tuples(
        st.sampled_from(problem.rooms), st.integers(0, problem.days - 1), st.integers(0, problem.periods_per_day - 1)
    )
    lectures = []
    for course in problem.courses:
        for room, day, period in data.draw(st.lists(places, min_size=course.lectures, max_size=course.lectures)):
            lectures.append(Lecture(course.key, room.key, day, period))
    judged, said = score(problem, lectures).by_rule, in_the_way(problem, lectures)
    assert sum(" at once " in each for each in said) == judged["Conflicts"]
    assert sum("closed" in each for each in said) == judged["Availability"]
    assert sum(" has no " in each for each in said) == judged["Equipment"]
    assert any("both there" in each for each in said) == (judged["RoomOccupancy"] > 0)


def test_in_the_way_is_empty_for_a_timetable_that_can_be_held() -> None:
    assert in_the_way(SMALL, solve(SMALL, iterations=20_000, schedule=QUICK).lectures) == []


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 1000))
def test_moves_and_judge_agree_after_any_number_of_moves(problem: Problem, seed: int) -> None:
    """The search's running cost is the judge's, at every temperature and at the end; the bound is below both."""
    if reasons(problem) or not problem.lectures:
        return
    state = begin(problem, seed)
    for temperature in islice(temperatures(), 50):
        if state.broken:
            state.mend(2_000, temperature)
    judged = score(problem, lectures_of(problem, state.arrays, state.period, state.room))
    assert judged.hard >= state.broken  # A place that is closed and lacks equipment is one place, but breaks two rules.
    assert (judged.hard == 0) == (state.broken == 0)
    if state.broken:
        return
    state.ready(judged.soft)
    for temperature in (50.0, 5.0, 0.3):
        state.anneal(temperature, 300, 300, (80, 40, 60))
        judged = score(problem, lectures_of(problem, state.arrays, state.period, state.room))
        assert (judged.hard, judged.soft) == (0, state.cost)
        _counts_are_those_of_the_timetable(state)
    best = score(problem, lectures_of(problem, state.arrays, state.best_period, state.best_room))
    assert (best.hard, best.soft) == (0, state.best)
    assert bound_of(problem).value <= state.best


def test_course_without_lectures_is_nobodys_partner() -> None:
    courses = (Course("A", "T", 3), Course("Z", "T", 0))
    found = solve(replace(SMALL, courses=courses, curricula=()), iterations=20_000, schedule=QUICK)
    assert (found.hard, len(found.lectures)) == (0, 3)


def _counts_are_those_of_the_timetable(state: State) -> None:
    """What the moves have kept is what counting anew gives; the lists of free periods in any order."""
    fresh = replace(state)
    fresh.count()
    for kept, counted in zip(state.counts[:5], fresh.counts[:5], strict=True):
        assert (kept == counted).all()
    free, frees, at = state.counts[5:]
    for course, count in enumerate(frees):
        mine = free[course, :count]
        assert sorted(mine) == sorted(fresh.counts[5][course, : fresh.counts[6][course]])
        assert list(at[course, mine]) == list(range(count))


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 1000))
def test_what_is_not_looked_at_further_would_not_have_been_taken(problem: Problem, seed: int) -> None:
    if reasons(problem) or not problem.lectures:
        return
    ended = []
    for most in (None, 1 << 20):
        state = begin(problem, seed)
        if most is not None:
            state.arrays = replace(state.arrays, most=np.full_like(state.arrays.most, most))
        mend(state, lambda: False, 25)
        if state.broken:
            return
        state.ready(score(problem, lectures_of(problem, state.arrays, state.period, state.room)).soft)
        made = [state.anneal(temperature, 2_000, 2_000, (90, 40, 90)) for temperature in (8.0, 1.0, 0.2)]
        ended.append((made, state.cost, state.best, list(state.period), list(state.room)))
    assert ended[0] == ended[1]


@settings(max_examples=40, deadline=None)
@given(problems())
def test_what_is_called_impossible_has_no_timetable(problem: Problem) -> None:
    """A reason is a proof: the search finds nothing that keeps the hard rules."""
    if not reasons(problem) or problem.lectures > problem.periods * len(problem.rooms):
        return
    state = begin(problem, 0)
    for temperature in islice(temperatures(), 30):
        state.mend(2_000, temperature)
    assert state.broken > 0


def test_reasons_name_the_course_and_what_blocks_it() -> None:
    law = replace(SMALL.courses[1], closed=frozenset(range(10)))
    blocked = replace(SMALL, courses=(SMALL.courses[0], law, *SMALL.courses[2:]))
    assert reasons(blocked) == ["course law: 3 lectures, but only 2 periods are open to it"]
    talk = replace(SMALL.courses[2], equipment=frozenset({"bus"}))
    assert reasons(replace(SMALL, courses=(*SMALL.courses[:2], talk, SMALL.courses[3]))) == ["course talk: no room has bus"]


def test_reasons_name_pins_that_cannot_be() -> None:
    at_once = replace(SMALL, pinned=(Lecture("drill", "hall", 0, 0), Lecture("talk", "small", 0, 0)))
    assert reasons(at_once) == ["course drill and course talk are at once on day 0, period 0: teacher A has both (pinned)"]
    shut = replace(SMALL, pinned=(Lecture("law", "hall", 0, 1),))
    assert reasons(shut) == ["course law: day 0, period 1 is closed to it (pinned)"]


def test_reasons_name_equipment_that_is_too_scarce() -> None:
    bus = frozenset({"bus"})
    courses = tuple(replace(course, equipment=bus) for course in SMALL.courses[::2])
    rooms = (replace(SMALL.rooms[0], equipment=bus, closed=frozenset(range(4, 12))), SMALL.rooms[1])
    told = reasons(Problem(courses, rooms, (), 3, 4))
    assert "bus: 5 lectures need it, but rooms that have it are open for only 4" in told
    assert reasons(Problem(SMALL.courses, (), (), 3, 4))[1:2] == ["course drill: no room is there"]


def test_start_outside_the_term_is_left_out() -> None:
    found = solve(SMALL, start=(Lecture("drill", "hall", 9, 0),), iterations=100_000)
    assert found.hard == 0


def test_reasons_name_the_courses_that_compete() -> None:
    narrow = frozenset(range(4, 12))
    problem = replace(SMALL, courses=tuple(replace(c, closed=narrow, lectures=2) for c in SMALL.courses))
    told = reasons(problem)
    assert "curriculum one: drill, law, visit together have 6 lectures, but only 4 periods are open to them" in told


def test_a_term_without_rooms_is_refused_in_words_or_has_nothing_to_hold() -> None:
    with pytest.raises(ValueError, match="do not fit into 0 rooms"):
        solve(replace(SMALL, rooms=()), iterations=1_000)
    nothing = Problem((Course("c", "t", 0, 0, 5),), (), (), days=2, periods_per_day=2)
    assert solve(nothing, iterations=1_000).lectures == ()
