"""Hours shared out among modules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ortoo.learning.sharing import share_hours

NAMES = st.sampled_from("甲乙丙丁戊")


def test_rest_goes_in_proportion_to_need() -> None:
    assert share_hours(30, {"甲": 4, "乙": 2, "丙": 0}, {"甲": 30, "乙": 10, "丙": 0}) == {"甲": 22, "乙": 8, "丙": 0}


@pytest.mark.parametrize(
    ("hours", "least", "lacking", "expected"),
    [
        (10, {}, {}, {}),
        (3, {"甲": 4, "乙": 2}, {"甲": 1}, {"甲": 4, "乙": 2}),
        (6, {"甲": 0, "乙": 0}, {}, {"甲": 3, "乙": 3}),
        (1, {"甲": 0, "乙": 0}, {"甲": 5, "乙": 5}, {"甲": 1, "乙": 0}),
    ],
)
def test_edges(hours: int, least: dict[str, int], lacking: dict[str, int], expected: dict[str, int]) -> None:
    assert share_hours(hours, least, lacking) == expected


@given(st.integers(0, 200), st.dictionaries(NAMES, st.integers(0, 12), min_size=1), st.dictionaries(NAMES, st.integers(0, 1200)))
def test_sum_is_kept_and_more_need_never_gets_less(hours: int, least: dict[str, int], lacking: dict[str, int]) -> None:
    shared = share_hours(hours, least, lacking)
    assert sum(shared.values()) == max(hours, sum(least.values()))
    more = {name: shared[name] - least[name] for name in least}
    assert min(more.values()) >= 0
    for one in least:
        for other in least:
            if lacking.get(one, 0) > lacking.get(other, 0):
                assert more[one] >= more[other]
