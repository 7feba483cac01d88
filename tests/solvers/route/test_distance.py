import math

import pytest

from ortoo_solvers.route.distance import EARTH_RADIUS_KM, great_circle_km, kilometres, road_length


def test_a_quarter_of_the_equator_and_a_degree_of_latitude() -> None:
    assert great_circle_km((0, 0), (90, 0)) == pytest.approx(EARTH_RADIUS_KM * math.pi / 2)
    assert great_circle_km((111, 40), (111, 41)) == pytest.approx(111.195, abs=0.001)
    assert great_circle_km((10, 20), (-170, -20)) == pytest.approx(EARTH_RADIUS_KM * math.pi)


def test_way_there_is_as_long_as_back_and_longer_by_road() -> None:
    here, there = (111.69452, 40.79131), (105.72898, 38.83337)
    assert road_length(here, there) == road_length(there, here)
    assert kilometres(road_length(here, there)) == pytest.approx(1.3 * great_circle_km(here, there), abs=1e-6)
    assert road_length(here, here) == 0
