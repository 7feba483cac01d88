from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ortoo_solvers.roundtables.constructions.catalogue import known
from ortoo_solvers.roundtables.constructions.circle import Schedule, circle
from ortoo_solvers.roundtables.constructions.differences import differences, most_differences
from ortoo_solvers.roundtables.constructions.field import field, prime_power, prime_powers
from ortoo_solvers.roundtables.constructions.kirkman import kirkman
from ortoo_solvers.roundtables.constructions.lines import lines
from ortoo_solvers.roundtables.constructions.starters import KEPT, starters
from ortoo_solvers.roundtables.constructions.turning import turned


def without_repeat(schedule: Schedule, people: int, size: int) -> bool:
    """Everybody sits once every evening, tables have their size, no pair meets twice."""
    pairs = [pair for evening in schedule for table in evening for pair in combinations(sorted(table), 2)]
    seated = all(sorted(p for table in evening for p in table) == list(range(people)) for evening in schedule)
    return seated and all(len(t) == size for evening in schedule for t in evening) and len(pairs) == len(set(pairs))


@pytest.mark.parametrize("people", [2, 4, 6, 10, 20, 100])
def test_circle_lets_everybody_meet_everybody_once(people: int) -> None:
    schedule = circle(people)
    assert len(schedule) == people - 1
    assert without_repeat(schedule, people, 2)


@pytest.mark.parametrize("power", [(2, 1), (2, 2), (2, 3), (2, 4), (3, 2), (5, 2), (7, 1)])
def test_field_obeys_its_laws(power: tuple[int, int]) -> None:
    f = field(*power)
    everything = range(f.order)
    assert all(sorted(f.plus[a]) == list(everything) for a in everything)
    assert all(sorted(f.times[a]) == list(everything) for a in everything if a)
    for a in everything:
        for b in everything:
            assert f.times[a][b] == f.times[b][a]
            assert all(f.times[a][f.plus[b][c]] == f.plus[f.times[a][b]][f.times[a][c]] for c in everything)


@given(st.integers(2, 5000))
def test_prime_powers_multiply_back(number: int) -> None:
    product = 1
    for prime, exponent in prime_powers(number):
        product *= prime**exponent
    assert product == number
    assert (prime_power(number) is not None) == (len(prime_powers(number)) == 1)


@pytest.mark.parametrize(
    ("groups", "size", "evenings"),
    [(5, 5, 6), (7, 7, 8), (8, 8, 9), (9, 9, 10), (8, 4, 9), (9, 3, 13), (8, 7, 8), (16, 4, 21), (12, 3, 12), (15, 3, 15), (35, 5, 35), (4, 2, 7)],
)  # fmt: skip
def test_lines_give_as_many_evenings_as_said(groups: int, size: int, evenings: int) -> None:
    schedule = lines(groups, size)
    assert len(schedule) >= evenings
    assert without_repeat(schedule, groups * size, size)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 30), st.integers(1, 9))
def test_lines_never_repeat(groups: int, size: int) -> None:
    assert without_repeat(lines(groups, size), groups * size, size)


@pytest.mark.parametrize(
    ("groups", "size", "evenings"),
    [(12, 6, 13), (12, 5, 12), (12, 4, 13), (15, 5, 16), (15, 4, 15), (60, 5, 61), (105, 5, 106), (84, 6, 85)],
)
def test_differences_give_as_many_evenings_as_said(groups: int, size: int, evenings: int) -> None:
    schedule = differences(groups, size)
    assert len(schedule) == evenings == most_differences(groups, size)
    assert without_repeat(schedule, groups * size, size)
    columns = [person // groups for person in range(groups * size)]
    assert all(len({columns[p] for p in table}) == size for evening in schedule[:groups] for table in evening)


@pytest.mark.parametrize(("groups", "size"), [(12, 7), (15, 6), (30, 5), (24, 3), (14, 3), (12, 2)])
def test_differences_keep_away_from_what_they_do_not_cover(groups: int, size: int) -> None:
    assert differences(groups, size) == []
    assert most_differences(groups, size) == 0


def test_a_difference_matrix_is_taken_where_no_plane_has_as_many_columns() -> None:
    found = known(12, 6, 12)
    assert found is not None
    assert (found.method, found.columns, len(found.schedule)) == ("differences", True, 12)


@pytest.mark.parametrize("groups", [7, 13, 19, 25])
def test_kirkman_lets_everybody_meet_everybody_once(groups: int) -> None:
    schedule = kirkman(groups, 3)
    assert len(schedule) == (3 * groups - 1) // 2
    assert without_repeat(schedule, 3 * groups, 3)


@pytest.mark.parametrize(("groups", "size"), [(5, 3), (8, 3), (7, 4), (11, 3)])
def test_kirkman_keeps_away_from_what_it_does_not_cover(groups: int, size: int) -> None:
    assert kirkman(groups, size) == []


@pytest.mark.parametrize(("groups", "size"), [(row[0], row[1]) for row in KEPT])
def test_starters_kept_unroll_without_a_repeat(groups: int, size: int) -> None:
    schedule = starters(groups, size)
    assert len(schedule) > 1
    assert without_repeat(schedule, groups * size, size)


@pytest.mark.parametrize(
    ("groups", "size", "evenings"), [(5, 3, 7), (6, 3, 8), (6, 4, 7), (6, 5, 6), (6, 6, 3), (8, 3, 11), (5, 4, 5)]
)
def test_turned_finds_what_comes_back_to_itself(groups: int, size: int, evenings: int) -> None:
    schedule, made = turned(groups, size, evenings, 1, lambda: False, 60_000_000)
    assert schedule is not None
    assert made > 0
    assert len(schedule) >= evenings
    assert without_repeat(schedule, groups * size, size)


def test_turned_gives_up_when_its_proposals_are_spent() -> None:
    assert turned(10, 10, 9, 1, lambda: False, 10_000) == (None, 10_000)
