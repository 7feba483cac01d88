from itertools import combinations

import pytest
from bench.roundtables.mirrored import Cover, mirrored, mirrors

from ortoo_solvers.roundtables.constructions.shape import unrolled

NODES = 20_000


@pytest.mark.parametrize("seed", [0, 1])
def test_mirrored_lets_thirty_two_sit_with_thirty_others_on_ten_evenings(seed: int) -> None:
    shape, bases = mirrored(8, 4, 10, seed, lambda: False, NODES)
    assert shape is not None
    schedule = unrolled(shape, bases)
    assert all(sorted(person for table in evening for person in table) == list(range(32)) for evening in schedule)
    met = [pair for evening in schedule for table in evening for pair in combinations(sorted(table), 2)]
    assert len(schedule) == 10
    assert len(met) == len(set(met)) == 480


def test_mirrored_says_when_there_is_none_of_its_kind() -> None:
    assert mirrored(6, 4, 7, 0, lambda: False, NODES) == (None, [])
    assert mirrored(8, 4, 10, 0, lambda: True, NODES) == (None, [])


def test_cover_tried_to_the_end_is_closed_and_one_cut_short_is_not() -> None:
    cover = Cover(mirrors(6, 4, 7)[0])
    assert cover.attempt(0, NODES, lambda: False) is None
    assert cover.closed
    open_ = next(
        cover for cover in map(Cover, mirrors(8, 4, 10)) if cover.attempt(0, 5, lambda: False) is None and cover.spent > 5
    )
    assert not open_.closed
