from collections import Counter
from itertools import combinations

import pytest

from ortoo_solvers.roundtables.constructions.catalogue import WAYS, bunched, known, longest

MANY = 10_000


@pytest.mark.parametrize("way", WAYS, ids=[way.method for way in WAYS])
def test_most_is_how_many_evenings_are_built(way: object) -> None:
    found = set()
    for groups in range(1, 26):
        for size in range(2, 9):
            most = way.most(groups, size)  # type: ignore[attr-defined]
            built = way.build(groups, size, most)  # type: ignore[attr-defined]
            assert len(built) == most, (groups, size)
            assert way.build(groups, size, min(2, most)) == built[: min(2, most)] or way.method == "halves"  # type: ignore[attr-defined]
            found.add(most)
    assert len(found) > 1


@pytest.mark.parametrize("groups", range(2, 26))
def test_longest_is_known_and_nothing_longer_is(groups: int) -> None:
    for size in range(2, groups + 1):
        found = longest(groups, size, MANY)
        assert found is not None
        evenings = len(found.schedule)
        assert known(groups, size, evenings) == found
        assert known(groups, size, evenings + 1) is None


@pytest.mark.parametrize(("groups", "evenings", "method"), [(256, 256, "lines"), (320, 157, "halves"), (331, 331, "slopes")])
def test_longest_builds_only_the_evenings_wanted_of_what_has_most(groups: int, evenings: int, method: str) -> None:
    few, most = longest(groups, 10, 3), longest(groups, 10, MANY)
    assert few is not None
    assert len(few.schedule) == 3
    assert most is not None
    assert (most.method, len(most.schedule)) == (method, evenings)
    met = [a * groups * 10 + b for evening in most.schedule[::16] for table in evening for a, b in combinations(sorted(table), 2)]
    assert len(met) == len(set(met))


@pytest.mark.parametrize(("groups", "size", "evenings"), [(8, 40, 3), (3, 20, 3), (5, 12, 5), (4, 6, 3), (10, 40, 4)])
def test_bunches_spread_each_table_over_all_tables_of_another_evening(groups: int, size: int, evenings: int) -> None:
    """Evenly where the seats are a multiple of the tables."""
    found = bunched(groups, size, evenings)
    assert found is not None
    for evening in found.schedule:
        assert sorted(p for table in evening for p in table) == list(range(groups * size))
        assert {len(table) for table in evening} == {size}
    table_of = [{p: t for t, table in enumerate(evening) for p in table} for evening in found.schedule]
    for one, other in combinations(table_of, 2):
        shared = Counter((one[p], other[p]) for p in range(groups * size))
        assert len(shared) == groups * groups
        assert max(shared.values()) - min(shared.values()) <= 1 or size % groups


def test_bunches_of_more_evenings_than_there_are_is_none() -> None:
    assert bunched(6, 8, 40) is None
