"""The first timetable without a broken hard rule: found where there is one, and the nearest where there is none."""

from dataclasses import replace
from itertools import islice, pairwise

import numpy as np
import pytest
from tests.solvers.timetable.instances import SMALL
from tests.solvers.timetable.planted import Kind, planted

from ortoo_solvers.timetable import NothingFound, score
from ortoo_solvers.timetable.arrays import lectures_of
from ortoo_solvers.timetable.mending import COLD, HOT, STEPS, mend, temperatures
from ortoo_solvers.timetable.solve import solve
from ortoo_solvers.timetable.state import begin

KINDS = (
    Kind("no cell left over", 40, 200, 8, 5, 5, 30, 4.0, 0.5),
    Kind("nearly all closed", 40, 160, 8, 5, 5, 60, 5.0, 0.9),
    Kind("few rooms", 54, 152, 9, 6, 6, 139, 3.5, 0.6),
    Kind("one course a curriculum", 20, 60, 4, 5, 4, 20, 1.0, 0.3),
    Kind("many curricula", 200, 220, 30, 5, 6, 900, 4.0, 0.3),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_timetable_that_can_be_held_is_found(kind: Kind) -> None:
    for seed in range(3):
        problem = planted(kind, seed)
        state = begin(problem, seed)
        mend(state, lambda: False)
        judged = score(problem, lectures_of(problem, state.arrays, state.period, state.room))
        assert (state.broken, judged.hard) == (0, 0)


def test_each_anneal_is_twice_as_long_as_the_one_before() -> None:
    found = list(islice(temperatures(), 7 * STEPS))
    starts = [step for step, (before, after) in enumerate(pairwise([0.0, *found])) if after > before]
    assert starts == [0, STEPS, 3 * STEPS]
    assert {found[start] for start in starts} == {HOT}
    assert found[STEPS - 1] == pytest.approx(COLD)


def test_what_cannot_be_mended_is_left_where_the_fewest_rules_were_broken() -> None:
    crowded = replace(SMALL, courses=tuple(replace(course, teacher="A", lectures=4) for course in SMALL.courses))
    seen: list[int] = []
    state = begin(crowded, 0)

    def over() -> bool:
        seen.append(state.broken)
        return len(seen) > 40

    mend(state, over)
    counted = state.broken
    state.count()
    assert counted == state.broken == min(seen) > 0


def test_time_that_is_given_is_used_to_mend() -> None:
    """More steps than are made without a word of time, and an end when time is over."""
    crowded = replace(SMALL, courses=tuple(replace(course, teacher="A", lectures=4) for course in SMALL.courses))
    looks: list[float | None] = []

    def stop(best: float | None) -> bool:
        looks.append(best)
        return len(looks) > 450

    with pytest.raises(NothingFound) as told:
        solve(crowded, stop, seconds=600)
    assert (len(looks), set(looks)) == (451, {None})
    assert told.value.judged.hard == score(crowded, told.value.lectures).hard > 0


def test_planted_problem_is_the_same_for_the_same_seed() -> None:
    one, other = planted(KINDS[0], 7), planted(KINDS[0], 7)
    assert (one, one.lectures) == (other, KINDS[0].lectures)
    assert np.mean([len(course.closed) for course in one.courses]) > 5
