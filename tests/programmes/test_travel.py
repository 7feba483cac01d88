"""How far a tour goes."""

import pytest
from django.utils.translation import override
from tests.programmes.tour import Tour, day

from ortoo.kernel.actor import SYSTEM
from ortoo.programmes import concerns
from ortoo.programmes.domain.running_order import put_all_on
from ortoo.programmes.domain.speaker import name_understudy
from ortoo.programmes.domain.stop import settle
from ortoo.programmes.models import Leg
from ortoo.programmes.queries import order_of, stops_of
from ortoo.programmes.travel import great_circle_km, said_of_way, total_km, total_nights, travels


def test_great_circle_of_known_arcs() -> None:
    assert great_circle_km(0, 0, 90, 0) == pytest.approx(10007.557, abs=0.01)
    assert great_circle_km(110, 40, 110, 41) == pytest.approx(111.195, abs=0.001)
    assert great_circle_km(110, 40, 110, 40) == 0


def test_ways_have_kilometres_and_nights(tour: Tour) -> None:
    ways = travels(list(stops_of(tour.programme)))
    expected = 1.3 * great_circle_km(111.66, 40.82, 122.07, 46.08)
    assert [way.km for way in ways] == [pytest.approx(expected)] * 2
    assert [way.nights for way in ways] == [3, None]
    assert total_km(ways) == pytest.approx(2 * expected)
    assert total_nights(ways) == 3


def test_a_way_is_said_with_what_is_known_of_it() -> None:
    with override("en"):
        assert [said_of_way(204.6, 1), said_of_way(None, 3), said_of_way(9.0, None)] == ["205 km · 1 night", "3 nights", "9 km"]


def test_far_way_without_a_day_between_is_hurried(tour: Tour) -> None:
    leg = Leg.objects.get(name="丙站")
    settle(leg, day=day(1), hall=None, by=SYSTEM)
    ways = travels(list(stops_of(tour.programme)))
    assert [way.hurried for way in ways] == [False, True]
    assert f"{ways[1].km:,.0f}" in concerns.of_ways(ways)[0]


def test_place_without_coordinates_has_no_distance(tour: Tour) -> None:
    tour.stage.units["150201"].lon = None
    tour.stage.units["150201"].save()
    ways = travels(list(stops_of(tour.programme)))
    assert [way.km for way in ways] == [None, None]
    assert total_km(ways) == 0


def test_concerns_name_what_is_missing(tour: Tour) -> None:
    third = stops_of(tour.programme).get(name="丙站")
    assert len(concerns.of_stop(third, [])) == 2
    today = stops_of(tour.programme).get(name="乙站")
    put_all_on(today, by=SYSTEM)
    assert concerns.of_stop(today, order_of(today)) == []
    today.appearances.filter(talk=tour.talks[0]).update(teller=tour.speaking)
    assert "嘉宾" in concerns.of_stop(today, order_of(today))[0]
    name_understudy(tour.speaking, None, by=SYSTEM)
    assert "嘉宾" not in concerns.of_stop(today, order_of(today))[0]


def test_stop_that_is_over_has_no_concerns(tour: Tour) -> None:
    past = stops_of(tour.programme).get(name="甲站")
    past.halls.update(chosen=False)
    assert concerns.of_stop(past, []) == []
