"""What happens to halls."""

from dataclasses import replace

import pytest
from tests.programmes.tour import Tour, day

from ortoo.kernel.actor import SYSTEM
from ortoo.programmes.domain import hall as verbs
from ortoo.programmes.domain.hall import HallDraft
from ortoo.programmes.domain.stop import HallNotFree
from ortoo.programmes.models import Leg


def test_hall_is_offered_once_by_name(tour: Tour) -> None:
    with pytest.raises(verbs.HallTwice, match="礼堂"):
        verbs.add_hall(tour.stops[0], HallDraft("礼堂", 9), by=SYSTEM)


def test_plan_holds_the_seats_that_are_said(tour: Tour) -> None:
    with pytest.raises(verbs.PlanDiffers, match="20"):
        verbs.add_hall(tour.stops[0], HallDraft("剧院", 30, (), ((10, 10),)), by=SYSTEM)


def test_other_rows_of_the_same_number_are_a_change(tour: Tour) -> None:
    hall = verbs.add_hall(tour.stops[0], HallDraft("剧院", 40, (), ((10, 10),) * 2), by=SYSTEM)
    assert verbs.change_hall(hall, HallDraft("剧院", 40, (), ((20,),) * 2), by=SYSTEM)
    hall.refresh_from_db()
    assert hall.rows == [[20], [20]]


@pytest.mark.parametrize("place", [(0, 1), (3, 1), (1, 0), (2, 21)])
def test_wheelchair_places_lie_in_the_plan(tour: Tour, place: tuple[int, int]) -> None:
    draft = HallDraft("剧院", 40, (), ((10, 10),) * 2, wheelchairs=((2, 20), (1, 1), (1, 1)))
    hall = verbs.add_hall(tour.stops[0], draft, by=SYSTEM)
    assert (hall.wheelchair_places, hall.room_for(0), hall.room_for(1), hall.room_for(5)) == ([(1, 1), (2, 20)], 38, 39, 40)
    with pytest.raises(verbs.NoPlaceThere):
        verbs.change_hall(hall, replace(draft, wheelchairs=(place,)), by=SYSTEM)


def test_chosen_hall_stays_free_on_its_day_and_cannot_be_removed(tour: Tour) -> None:
    hall = tour.stops[0].halls.get()
    with pytest.raises(HallNotFree):
        verbs.change_hall(hall, HallDraft("礼堂", 60, (day(4),)), by=SYSTEM)
    with pytest.raises(verbs.HallIsChosen):
        verbs.remove_hall(hall, by=SYSTEM)


def test_seats_of_the_chosen_hall_are_the_capacity_of_the_stop(tour: Tour) -> None:
    hall = tour.stops[0].halls.get()
    verbs.change_hall(hall, HallDraft("礼堂", 40, (day(-3),), ((20, 20),)), by=SYSTEM)
    assert Leg.objects.get(pk=hall.leg_id).capacity == 40


def test_same_hall_changes_nothing(tour: Tour) -> None:
    hall = tour.stops[2].halls.get()
    days = tuple(day(n) for n in (-3, 0, 4, 6))
    assert not verbs.change_hall(hall, HallDraft("礼堂", 60, days, ((10, 10),) * 3), by=SYSTEM)
    verbs.remove_hall(hall, by=SYSTEM)
    assert not tour.stops[2].halls.exists()


@pytest.mark.parametrize("seats", [1, 29, 30, 31, 1230])
def test_plain_rows_hold_every_seat(seats: int) -> None:
    assert sum(map(sum, verbs.plain_rows(seats))) == seats
