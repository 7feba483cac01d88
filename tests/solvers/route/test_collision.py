from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from tests.solvers.route.brute import best_value
from tests.solvers.route.strategies import problems
from tests.solvers.route.test_solve import line

from ortoo_solvers.route import Hall, Pin, Problem, RulesCollide, Speaker, Stop, Talk, solve
from ortoo_solvers.route.collision import Collision, find_collision, loosen
from ortoo_solvers.route.sentences import Sentences


@settings(max_examples=150, deadline=None)
@given(problems())
def test_loosening_mends_and_no_single_step_of_it_is_needless(problem: Problem) -> None:
    if best_value(problem) is not None:
        return
    collision = find_collision(problem)
    steps = collision.loosening
    assert steps and not any(step.kind == "hall" for step in steps)
    assert solve(loosen(problem, steps)).optimal
    for step in steps:
        fewer = loosen(problem, [other for other in steps if other is not step])
        assert best_value(fewer) is None, step


@settings(max_examples=100, deadline=None)
@given(problems())
def test_collision_names_the_smallest_set_of_stops(problem: Problem) -> None:
    if best_value(problem) is not None:
        return
    collision = find_collision(problem)
    named = {each.stop for each in collision.stops}
    if collision.kind == "no_day":
        assert all(each.why for days in collision.stops for each in days.days)
        return
    assert best_value(only(problem, named)) is None
    for stop in named:
        if len(named) > 1:
            assert best_value(only(problem, named - {stop})) is not None


def only(problem: Problem, keys: set[str]) -> Problem:
    return replace(
        problem,
        stops=tuple(stop for stop in problem.stops if stop.key in keys),
        pins=tuple(pin for pin in problem.pins if pin.stop in keys),
        published=(),
        first=problem.first if problem.first in keys else None,
        last=problem.last if problem.last in keys else None,
    )


def collide(problem: Problem) -> Collision:
    try:
        solve(problem)
    except RulesCollide as error:
        return error.collision
    raise AssertionError("there is a tour")


def test_two_stops_on_one_day_need_a_hall_day_more() -> None:
    problem = line((4,), (4,), (9,))
    collision = collide(problem)
    assert (collision.kind, {each.stop for each in collision.stops}) == ("no_order", {"s0", "s1"})
    assert [step.kind for step in collision.loosening] == ["hall_day"]
    said = Sentences(problem, "zh").collision(collision)
    assert "s0：第4天可用" in said and "改动最小的办法" in said


def test_a_blocked_speaker_needs_an_understudy_who_could() -> None:
    speakers = (Speaker("a", frozenset({4}), "甲"), Speaker("b", frozenset({4}), "乙"), Speaker("c", name="丙"))
    talks = (Talk("ta", "a", ("b",), "灯"), Talk("tb", "b", ("c",)), Talk("tc", "c"))
    problem = replace(line((4,)), speakers=speakers, talks=talks)
    collision = collide(problem)
    assert collision.stops[0].days[0].talks == ("ta",)
    assert "甲那天不能参加，替讲人乙也不能参加" in Sentences(problem, "zh").collision(collision)
    assert "the understudy 乙 cannot come either" in Sentences(problem, "en").collision(collision)
    assert [step.kind for step in collision.loosening] == ["hall_day"]


def test_what_stands_in_the_way_of_several_days_is_said_once() -> None:
    speakers = (*(Speaker(key, frozenset({4, 5}), key) for key in "ab"), Speaker("c", name="丙"))
    talks = (Talk("ta", "a", ("c",)), Talk("tb", "b", ("c",)), Talk("tc", "c"))
    said = Sentences(problem := replace(line((4, 5)), speakers=speakers, talks=talks), "zh").collision(collide(problem))
    assert said.count("替讲人丙已讲满2场") <= 2 and "第4天、" in said and "第5天：" in said


def test_days_outside_the_tour_ask_for_a_longer_one() -> None:
    problem = line((1,), (12,), ends=9)
    assert [step.kind for step in collide(problem).loosening] == ["hall_day"]
    three = line((1,), (12,), (13,), (14,), ends=9)
    assert [(step.kind, step.day) for step in collide(three).loosening] == [("longer", 14)]


def test_days_too_early_are_named_and_none_of_them_is_asked_for() -> None:
    problem = line((1, 2), (3,), ends=9)
    problem = replace(problem, stops=(replace(problem.stops[0], earliest=4), problem.stops[1]))
    collision = collide(problem)
    assert [(each.day, each.why) for each in collision.stops[0].days] == [(1, "early"), (2, "early")]
    assert [(step.kind, step.day >= 4) for step in collision.loosening] == [("hall_day", True)]
    over = replace(problem, stops=(replace(problem.stops[0], earliest=40), problem.stops[1]))
    assert {step.kind for step in collide(over).loosening} == {"hall_day", "longer"}


def test_a_stop_without_any_hall_needs_one_in_words_that_need_no_day() -> None:
    problem = line((1,), (3,), ends=9)
    problem = replace(problem, stops=(replace(problem.stops[0], halls=()), problem.stops[1]))
    words = Sentences(problem, "zh", lambda day: date.fromordinal(day).isoformat())
    assert "为s0落实场地" in words.collision(collide(problem))


def test_pins_are_named_and_dropped() -> None:
    problem = replace(line((1,), (2,)), pins=(Pin("s1", day=5),))
    collision = collide(problem)
    assert [each.why for each in collision.stops[0].days] == ["pin"]
    assert [step.kind for step in collision.loosening] == ["pin"]
    assert "取消s1的固定安排" in Sentences(problem).collision(collision)


def test_a_stop_without_a_hall_needs_one() -> None:
    problem = replace(line((1,)), stops=(Stop("s0", ()), Stop("s1", (Hall("h", "p0", frozenset({2})),))))
    collision = collide(problem)
    assert [step.kind for step in collision.loosening] == ["hall"]
    assert "s0: no hall is free on any day" in Sentences(problem, "en").collision(collision)


def test_far_stops_are_named_with_their_way() -> None:
    problem = replace(line((1,), (2,)), rest_beyond=99)
    collision = collide(problem)
    assert collision.far == (("s0", "s1", 100),)
    assert loosen(problem, collision.loosening) != problem
