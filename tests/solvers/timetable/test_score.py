from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.solvers.timetable.instances import SMALL, problems

from ortoo_solvers.timetable import Lecture, Problem, Room, score, solve


def timetable(text: str) -> list[Lecture]:
    rows = [row.split() for row in text.strip().splitlines()]
    return [Lecture(course, room, int(day), int(period)) for course, room, day, period in rows]


GOOD = """
drill hall 0 0
drill hall 1 0
drill hall 2 0
law hall 0 2
law hall 1 1
law hall 2 1
talk small 0 1
talk small 1 2
visit hall 0 1
visit hall 2 2
"""


def changed(old: str, new: str) -> dict[str, int]:
    assert old in GOOD
    return {name: n for name, n in score(SMALL, timetable(GOOD.replace(old, new))).by_rule.items() if n}


def test_score_of_a_timetable_that_can_be_held() -> None:
    """talk and visit share curriculum two at day 0, period 1: the only clash. No lecture of that curriculum has another beside it."""
    judged = score(SMALL, timetable(GOOD))
    assert {name: n for name, n in judged.by_rule.items() if n} == {"Conflicts": 1, "CurriculumCompactness": 2 * 4}
    assert (judged.hard, judged.soft) == (1, 8)


@pytest.mark.parametrize(
    ("old", "new", "rule", "count"),
    [
        ("law hall 0 2", "law hall 0 0", "Availability", 1),
        ("law hall 1 1", "law hall 1 0", "RoomOccupancy", 1),
        ("drill hall 0 0\n", "", "Lectures", 1),
        ("law hall 1 1", "law small 1 1", "RoomCapacity", 20),
        ("law hall 1 1", "law small 1 1", "RoomStability", 1),
        ("drill hall 0 0", "drill hall 1 3", "MinimumWorkingDays", 5),
    ],
)
def test_score_counts_each_rule(old: str, new: str, rule: str, count: int) -> None:
    assert changed(old, new)[rule] == count


def test_score_prices_what_a_residential_term_adds() -> None:
    drill, law, talk, visit = SMALL.courses
    bus = replace(visit, equipment=frozenset({"bus"}), after=("drill",))
    group = replace(SMALL.curricula[0], most_a_day=2)
    problem = replace(
        SMALL,
        courses=(drill, law, talk, bus),
        rooms=(*SMALL.rooms, Room("bus", 50, frozenset({"bus"}))),
        curricula=(group, SMALL.curricula[1]),
        pinned=(Lecture("drill", "hall", 0, 0), Lecture("law", "hall", 0, 3)),
        published=tuple(timetable(GOOD.replace("law hall 1 1", "law small 1 1").replace("talk small 1 2", "talk small 2 3"))),
    )
    by_rule = score(problem, timetable(GOOD)).by_rule
    assert by_rule["Equipment"] == 2
    assert by_rule["Pins"] == 1
    assert by_rule["DayLoad"] == 2 * (1 + 0 + 1)
    assert by_rule["Order"] == 3 * 2  # The visit of day 0 comes before the drills of days 1 and 2.
    assert by_rule["Change"] == 5 + 10


@pytest.mark.parametrize(
    ("lecture", "broken"),
    [
        (Lecture("law", "hall", 7, 1), 2),
        (Lecture("law", "hall", -1, 1), 2),
        (Lecture("law", "hall", 0, 4), 2),
        (Lecture("law", "nowhere", 0, 2), 2),
        (Lecture("nothing", "hall", 0, 2), 2),
    ],
)
def test_score_counts_what_is_held_nowhere(lecture: Lecture, broken: int) -> None:
    """The lecture itself, and that its course, or the one whose lecture it replaces, has one too few."""
    held = solve(SMALL, iterations=300_000).lectures
    one = next(each for each in held if each.course == "law")
    judged = score(SMALL, [lecture if each is one else each for each in held])
    assert judged.by_rule["Lectures"] == broken == judged.hard


@given(problem=problems(), seed=st.integers(0, 1000))
def test_conflicts_are_counted_by_pair_of_lectures(problem: Problem, seed: int) -> None:
    """A pair counts once, however many curricula and whichever teacher it shares."""
    random = Random(seed)
    courses = {course.key: course for course in problem.courses}
    held = [
        Lecture(key, random.choice(problem.rooms).key, random.randrange(problem.days), random.randrange(problem.periods_per_day))
        for key, course in courses.items()
        for _ in range(course.lectures)
    ]

    def clash(one: str, other: str) -> bool:
        if one == other or courses[one].teacher == courses[other].teacher:
            return True
        return any(one in group.courses and other in group.courses for group in problem.curricula)

    pairs = [(a, b) for a, b in combinations(held, 2) if (a.day, a.period) == (b.day, b.period)]
    assert score(problem, held).by_rule["Conflicts"] == sum(clash(a.course, b.course) for a, b in pairs)


def test_plain_problem_costs_nothing_beyond_ud2() -> None:
    by_rule = score(SMALL, timetable(GOOD)).by_rule
    assert [by_rule[name] for name in ("Equipment", "Pins", "DayLoad", "Order", "Change")] == [0] * 5


def test_problem_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="there is no course nothing"):
        replace(SMALL, pinned=(Lecture("nothing", "hall", 0, 0),))
    with pytest.raises(ValueError, match="course drill is given 2 times"):
        Problem((SMALL.courses[0], SMALL.courses[0]), SMALL.rooms, (), 3, 4)
    with pytest.raises(ValueError, match="2 lectures are pinned to day 0"):
        replace(SMALL, pinned=(Lecture("drill", "hall", 0, 0), Lecture("law", "hall", 0, 0)))
