from itertools import combinations

import pytest

from ortoo_solvers.roundtables.constructions.halves import halves


@pytest.mark.parametrize(
    ("groups", "size", "evenings", "parts"),
    [(22, 11, 11, [11, 11]), (15, 7, 7, [7, 8]), (30, 8, 7, [13, 17]), (12, 5, 5, [5, 7])],
)
def test_halves_never_repeat_and_parts_never_meet(groups: int, size: int, evenings: int, parts: list[int]) -> None:
    schedule = halves(groups, size, evenings)
    assert len(schedule) == evenings
    pairs = [pair for evening in schedule for table in evening for pair in combinations(sorted(table), 2)]
    assert len(pairs) == len(set(pairs))
    for evening in schedule:
        assert {len(table) for table in evening} == {size}
        assert sorted(person for table in evening for person in table) == list(range(groups * size))
    assert all(one // groups != other // groups for one, other in pairs)
    met: dict[int, set[int]] = {}
    for one, other in pairs:
        met.setdefault(one, set()).add(other)
        met.setdefault(other, set()).add(one)
    assert sorted({_reach(met, person) // size for person in met}) == sorted(set(parts))


def _reach(met: dict[int, set[int]], person: int) -> int:
    """How many people hang together with this one."""
    seen, waiting = {person}, [person]
    while waiting:
        new = met[waiting.pop()] - seen
        seen |= new
        waiting += new
    return len(seen)


def test_a_plane_of_all_tables_is_one_part() -> None:
    assert halves(7, 5, 3)[0][0] == [0, 7, 14, 21, 28]


@pytest.mark.parametrize(("groups", "size", "evenings"), [(6, 5, 5), (14, 9, 9), (10, 7, 2)])
def test_none_where_the_tables_cannot_be_split(groups: int, size: int, evenings: int) -> None:
    assert halves(groups, size, evenings) == []
