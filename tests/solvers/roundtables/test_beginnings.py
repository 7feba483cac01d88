import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ortoo_solvers.roundtables import Person, Problem, score, solve
from ortoo_solvers.roundtables.beginnings import beginnings
from ortoo_solvers.roundtables.problem import Evening


def plain(groups: int, size: int, evenings: int) -> Problem:
    return Problem(tuple(Person(str(n)) for n in range(groups * size)), size, evenings, tables=groups)


def costs(problem: Problem, start: tuple[Evening, ...] = ()) -> list[int]:
    return [score(problem, evenings).soft for evenings, _method in beginnings(problem, start, 0, lambda: False)]


def same_again(groups: int, size: int, extra: int) -> int:
    """Repeats when one more evening is held so many times again."""
    return extra * groups * size * (size - 1) // 2


def test_evenings_that_a_construction_lacks_are_not_one_evening_again_and_again() -> None:
    few, many = costs(plain(17, 5, 20)), costs(plain(17, 5, 40))  # Seventeen evenings are given.
    assert few[0] == min(few)
    assert few[2] >= same_again(17, 5, 2) > few[0]
    assert many[2] >= same_again(17, 5, 22) > min(many)


def test_more_seats_than_tables_begin_below_what_chance_gives() -> None:
    found = costs(plain(8, 40, 3))
    assert found[0] == min(found) < found[-2] < found[-1] == same_again(8, 40, 2)


def test_the_same_evening_is_kept_where_it_is_the_cheapest() -> None:
    """Published, so that nobody moves unless somebody must."""
    problem = plain(4, 4, 2)
    evening = tuple(tuple(str(n) for n in range(first, first + 4)) for first in range(0, 16, 4))
    assert next(beginnings(problem, (evening, evening), 0, lambda: False)) == ((evening, evening), "start")


def test_more_people_than_are_searched_do_not_get_one_evening_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["ortoo_solvers.roundtables.solve"], "MOST_SEARCHED", 30)
    people = tuple(Person(str(n), away=frozenset({n % 6}) if n < 9 else frozenset()) for n in range(33))
    found = solve(Problem(people, 9, 6, tables=4), seconds=1)
    assert found.iterations == 0
    assert len({frozenset(map(frozenset, evening)) for evening in found.evenings}) == 6
    assert found.repeats < same_again(4, 8, 5) * 3 // 4


def test_without_time_the_first_seating_is_given() -> None:
    for problem in (plain(6, 6, 9), plain(8, 40, 3), plain(5, 5, 6)):
        found = solve(problem, seconds=0)
        assert score(problem, found.evenings).hard == 0
        assert found.iterations == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 7), st.integers(1, 12), st.integers(1, 8), st.integers(0, 3), st.booleans())
def test_every_beginning_seats_everybody(groups: int, size: int, evenings: int, away: int, held: bool) -> None:
    names = [str(n) for n in range(max(1, groups * size - 2))]
    people = tuple(Person(key, away=frozenset({0}) if n < away else frozenset()) for n, key in enumerate(names))
    before = ((tuple(names),),) if held else ()
    problem = Problem(people, size, evenings, tables=groups, held=before)
    for seating, _method in beginnings(problem, (), 3, lambda: False):
        assert score(problem, seating).hard == 0
