"""The draws are part of what a seed stands for: these answers are known by value."""

import numpy as np

from ortoo_solvers.core.draws import NEG_LOG, by_lower, by_upper, draw
from ortoo_solvers.core.random import mixed
from ortoo_solvers.roundtables import Person
from ortoo_solvers.roundtables import Problem as Tables
from ortoo_solvers.roundtables.seats import search_for
from ortoo_solvers.timetable.problem import Course, Curriculum, Problem, Room
from ortoo_solvers.timetable.solve import solve


def test_draw_is_marsaglias_and_halves_are_numbers_below() -> None:
    x, bits = np.uint64(88172645463325252), 88172645463325252
    for _ in range(100):
        x = draw(x)
        bits ^= bits << 13 & 0xFFFFFFFFFFFFFFFF
        bits ^= bits >> 7
        bits ^= bits << 17 & 0xFFFFFFFFFFFFFFFF
        assert int(x) == bits
        assert int(by_upper(x, 10)) == (bits >> 32) * 10 >> 32
        assert int(by_lower(x, 10)) == (bits & 0xFFFFFFFF) * 10 >> 32


def test_neg_log_averages_to_one_and_mixed_is_never_nought() -> None:
    assert abs(NEG_LOG.mean() - 1) < 0.001
    assert len({mixed(seed) for seed in range(1000)} - {0}) == 1000


def test_a_seed_seats_the_same_people_as_ever() -> None:
    search = search_for(Tables(tuple(Person(str(n)) for n in range(12)), 4, 3), 7)
    who, cost = search.run(2_000, 1.2, 0.1, -1, lambda _best: False)
    assert cost == 6
    assert who.tolist() == [
        [7, 2, 0, 1, 5, 10, 3, 8, 9, 4, 6, 11],
        [7, 11, 5, 6, 1, 8, 4, 10, 9, 3, 2, 0],
        [7, 8, 9, 10, 0, 4, 2, 5, 3, 11, 1, 6],
    ]


def test_a_seed_plans_the_same_term_as_ever() -> None:
    courses = tuple(Course(f"c{n}", f"t{n % 3}", 3, 2, 20 + n) for n in range(6))
    curricula = (Curriculum("q", ("c0", "c1", "c2")), Curriculum("r", ("c3", "c4")))
    problem = Problem(courses, (Room("a", 22), Room("b", 40)), curricula, days=3, periods_per_day=4)
    found = solve(problem, iterations=20_000, seed=5)
    assert (found.cost, found.iterations) == (0, 1009)
    held = [f"{lecture.room}{lecture.day}{lecture.period}" for lecture in found.lectures]
    assert " ".join(held) == "a11 a21 a22 a02 a13 a23 a00 a01 a12 b12 b13 b20 b00 b01 b21 b03 b11 b23"
