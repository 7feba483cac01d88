"""Where seats lie in the hall."""

import pytest
from tests.participation.delegations import House, build_house
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.layout import (
    BlocksDiffer,
    Laid,
    NoSuchPlace,
    NoWheelchairPlace,
    PlaceTwice,
    WheelchairPlace,
    put_blocks,
    swap_places,
)
from ortoo.participation.domain.seat import give_seats
from ortoo.participation.models import Delegation, Seat
from ortoo.programmes.models import Hall


@pytest.fixture
def house(stage: Stage) -> House:
    """Three seats, one of them for a wheelchair, one for a companion; row 1 begins with a wheelchair place."""
    house = build_house(stage)
    Hall.objects.filter(leg=house.leg).update(wheelchairs=[[1, 1]])
    Delegation.objects.filter(pk=house.first.pk).update(wheelchairs=1, companions=1)
    house.first.refresh_from_db()
    give_seats(house.leg, {house.first: 3}, by=SYSTEM)
    return house


def test_seats_lie_where_they_are_put(house: House) -> None:
    put_blocks(house.leg, {house.first: Laid([(2, 1)], [(1, 1)], [(1, 2)])}, by=SYSTEM)
    said = list(house.first.seats.values_list("need", "row", "place"))
    assert said == [("wheelchair", 1, 1), ("companion", 1, 2), ("", 2, 1)]


def test_companion_without_a_seat_beside_sits_in_the_block(house: House) -> None:
    put_blocks(house.leg, {house.first: Laid([(2, 1), (2, 2)], [(1, 1)])}, by=SYSTEM)
    assert list(house.first.seats.filter(need="companion").values_list("row", "place")) == [(2, 1)]


@pytest.mark.parametrize(
    ("laid", "refusal"),
    [
        (Laid([(1, 3)], [(1, 1)], [(1, 3)]), PlaceTwice),
        (Laid([(9, 1)], [(1, 1)], [(1, 2)]), NoSuchPlace),
        (Laid([(1, 3)], [(1, 1)]), BlocksDiffer),
        (Laid([(1, 3), (1, 4), (1, 5)]), BlocksDiffer),
        (Laid([(1, 3)], [(1, 4)], [(1, 2)]), NoWheelchairPlace),
        (Laid([(1, 1), (1, 2), (1, 3)]), WheelchairPlace),
        (Laid([(1, 3)], [(1, 2)], [(1, 1)]), NoWheelchairPlace),
    ],
)
def test_blocks_are_checked_before_anything_is_laid(house: House, laid: Laid, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        put_blocks(house.leg, {house.first: laid}, by=SYSTEM)
    assert not Seat.objects.filter(row__isnull=False).exists()


def test_places_are_swapped_and_tickets_stay(house: House) -> None:
    give_seats(house.leg, {house.own: 1}, by=SYSTEM)
    put_blocks(house.leg, {house.first: Laid([(2, 1)], [(1, 1)], [(1, 2)]), house.own: Laid([(3, 3)])}, by=SYSTEM)
    seat = house.first.seats.get(need="")
    assert swap_places(seat, (3, 3), by=SYSTEM) == house.own.seats.get()
    assert list(house.own.seats.values_list("row", "place", "serial")) == [(2, 1, 1)]
    assert swap_places(seat, (3, 9), by=SYSTEM) is None
    assert swap_places(seat, (3, 9), by=SYSTEM) is None
    assert list(house.first.seats.filter(need="").values_list("row", "place")) == [(3, 9)]
    for place, refusal in (((1, 1), WheelchairPlace), ((9, 1), NoSuchPlace)):
        with pytest.raises(refusal):
            swap_places(seat, place, by=SYSTEM)
    with pytest.raises(NoWheelchairPlace):
        swap_places(house.first.seats.get(need="wheelchair"), (2, 2), by=SYSTEM)
