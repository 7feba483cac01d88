from ortoo_solvers.core import Curve, Point


def test_curve_keeps_a_point_only_where_something_changes() -> None:
    curve = Curve()
    for point in ((0.1, None, 3), (0.2, 9, 3), (0.3, 9, 3), (0.4, 9, 9)):
        curve(*point)
    assert curve.points == [Point(0.1, None, 3), Point(0.2, 9, 3), Point(0.4, 9, 9)]
