import pytest
from tests.intake.reading.tour.plans import DELEGATIONS, kinds, plan


@pytest.mark.parametrize("written", [90, "90", "90人", "９０", 90.0, "共90座"])
def test_asked_is_a_number_with_or_without_its_unit(written: object) -> None:
    tour = plan(delegations=[*DELEGATIONS, ["厅局02", "厅局", written, 2]])
    assert (tour.delegations[2].asked, kinds(tour)) == (90, [])


@pytest.mark.parametrize("written", ["若干", "90-100", None, "-5", "#REF!"])
def test_asked_that_is_no_number_leaves_the_delegation_out(written: object) -> None:
    tour = plan(delegations=[*DELEGATIONS, ["厅局02", "厅局", written, 2]])
    assert "asked_odd" in kinds(tour)
    assert ([one.name for one in tour.delegations], tour.stopping) == (["指导组", "厅局01"], [])


@pytest.mark.parametrize(
    ("written", "expected"), [(1, 1), ("1级", 1), ("第二", 2), ("二级", 2), ("3.0", 3), ("高", None), (None, None)]
)
def test_priority_is_read_or_the_last_class(written: object, expected: int | None) -> None:
    tour = plan(delegations=[*DELEGATIONS, ["厅局02", "厅局", 9, written], ["厅局03", "厅局", 9, 4]])
    assert tour.delegations[2].priority == (expected or 4)
    assert ("priority_odd" in kinds(tour)) == (expected is None)


def test_without_a_column_of_priorities_all_are_one_class() -> None:
    tour = plan(delegations=[["参会单位", "申请人数"], ["指导组", 18], ["厅局", 90]])
    assert ([one.priority for one in tour.delegations], kinds(tour)) == ([1, 1], [])


def test_floors_and_ceilings_are_read() -> None:
    rows = [["代表团", "申请席位", "优先级", "保底", "上限"], ["甲", 30, 1, 5, 20], ["乙", 10, 1, 12, None]]
    tour = plan(delegations=rows)
    assert [(one.floor, one.ceiling) for one in tour.delegations] == [(5, 20), (0, None)]
    assert kinds(tour) == ["floor_odd"]


def test_a_delegation_stands_once() -> None:
    same = plan(delegations=[*DELEGATIONS, ["厅局01", "厅局", 90, 2]])
    assert (len(same.delegations), kinds(same)) == (2, [])
    other = plan(delegations=[*DELEGATIONS, ["厅局01", "厅局", 60, 2]])
    assert ([one.asked for one in other.delegations], kinds(other)) == ([18, 90], ["delegation_twice"])


def test_totals_are_no_delegation() -> None:
    tour = plan(delegations=[*DELEGATIONS, ["合计", None, 108, None], ["填表人:某某", None, None, None]])
    assert [one.name for one in tour.delegations] == ["指导组", "厅局01"]
    assert kinds(tour) == [] and kinds(tour, "note") == ["row_skipped", "row_skipped"]
