import pytest

from ortoo_solvers.timetable import Schedule


def test_temperatures_fall_in_equal_ratios() -> None:
    temperatures = Schedule(hot=8.0, cold=1.0, levels=4).temperatures()
    assert temperatures == pytest.approx([8.0, 4.0, 2.0, 1.0])


@pytest.mark.parametrize("slower", [1.0, 2.0, 3.0])
def test_parts_spend_everything_and_more_where_it_is_slow(slower: float) -> None:
    schedule = Schedule(hot=8.0, cold=1.0, levels=4, slow_from=5.0, slow_to=1.5, slower=slower)
    left, spent = 100.0, []
    for part in schedule.parts():
        spent.append(left * part)
        left -= spent[-1]
    assert left == pytest.approx(0)
    assert [each / spent[0] for each in spent] == pytest.approx([1, slower, slower, 1])
