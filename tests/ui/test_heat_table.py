"""Colour by value."""

import pytest

from ortoo.ui.heat_table import HeatCell, HeatRow, HeatTable


@pytest.mark.parametrize(("value", "step"), [(None, 0), (0, 0), (-1, 0), (1, 1), (2, 1), (5, 3), (10, 5), (99, 5)])
def test_step_parts_the_range_equally(value: int | None, step: int) -> None:
    assert HeatTable("c", "x", ["a"], top=10).step(HeatCell(value)) == step


def test_legend_names_every_value_once() -> None:
    heat = HeatTable("c", "x", ["a"], [HeatRow("r", [HeatCell(12)])])
    assert heat.legend == [(1, "1–3"), (2, "4–5"), (3, "6–8"), (4, "9–10"), (5, "11–12")]


def test_a_total_carries_no_colour_and_leaves_the_range_to_the_others() -> None:
    cells = [HeatCell(50, total=True), HeatCell(5), HeatCell(10)]
    heat = HeatTable("c", "x", ["all", "a", "b"], [HeatRow("r", cells)])
    assert [heat.step(cell) for cell in cells] == [0, 3, 5] and heat.highest == 10


def test_legend_of_nothing_is_empty() -> None:
    assert HeatTable("c", "x", ["a"]).legend == []


def test_rows_stand_under_their_groups_in_order() -> None:
    rows = [HeatRow("1", [], group="b"), HeatRow("2", [], group="a"), HeatRow("3", [], group="b")]
    assert [(group, [row.label for row, _ in found]) for group, found in HeatTable("c", "x", [], rows).groups] == [
        ("b", ["1", "3"]),
        ("a", ["2"]),
    ]


def test_over_is_only_above_the_limit() -> None:
    assert [HeatCell(value, limit=3).over for value in (2, 3, 4)] == [False, False, True]
    assert not HeatCell(9).over
