"""Charts carry their table."""

from ortoo.ui import charts


def test_curve_table_holds_the_points() -> None:
    chart = charts.cost_curve([[0.1, 5, 2], [0.2, 4, 3]])
    assert chart.data["points"] == [[0.1, 5, 2], [0.2, 4, 3]]
    assert len(chart.columns) == 3 and list(chart.rows) == [[0.1, 5, 2], [0.2, 4, 3]]


def test_map_table_is_sorted_and_named() -> None:
    chart = charts.region_map("t", {"150102": 2, "150103": 7}, "n", {"150103": "回民区"})
    assert chart.rows == [("回民区", 7), ("150102", 2)]
    assert chart.data["url"] == "/map.geojson"


def test_bars_keep_their_limit() -> None:
    assert charts.bars("t", [("a", 1.0)], "n", limit=3).data == {"name": "n", "pairs": [["a", 1.0]], "limit": 3}
