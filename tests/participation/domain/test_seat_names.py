"""Names on seats: who stays keeps the seat, who needs a wheelchair place gets one."""

import pytest
from tests.participation.delegations import House, build_house, lay
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain.delegation import CompanionsBeyondWheelchairs, WheelchairsBeyondAsked
from ortoo.participation.domain.seat import give_seats
from ortoo.participation.domain.seat_names import (
    KeptForWheelchairs,
    Name,
    NoSuchSeat,
    NumberTwice,
    TooManyNames,
    name_seats,
)
from ortoo.participation.models import Delegation
from ortoo.programmes.models import Hall


@pytest.fixture
def house(stage: Stage) -> House:
    """Five seats laid out, none for a wheelchair; three wheelchair places."""
    house = build_house(stage)
    Hall.objects.filter(leg=house.leg).update(wheelchairs=[[1, 1], [1, 2], [3, 20]])
    give_seats(house.leg, {house.own: 5}, by=SYSTEM)
    house.own.refresh_from_db()
    lay(house.leg)
    return house


def said(house: House) -> list[tuple[int, str, int]]:
    return list(house.own.seats.exclude(holder="").values_list("number", "holder", "serial"))


def names(text: str) -> list[Name]:
    return [Name(holder) for holder in text]


def test_new_name_is_a_new_ticket_and_the_first_name_is_not(house: House) -> None:
    assert name_seats(house.own, names("甲"), by=SYSTEM) == 1
    assert name_seats(house.own, names("甲"), by=SYSTEM) == 0
    name_seats(house.own, names("乙丁"), by=SYSTEM)
    assert said(house) == [(1, "乙", 2), (2, "丁", 1)]
    with pytest.raises(TooManyNames):
        name_seats(house.own, names("一一一一一一"), by=SYSTEM)
    row = AuditEntry.objects.filter(verb="name_seats").first()
    assert row and "乙" not in str(row.after)


def test_who_stays_keeps_seat_and_ticket(house: House) -> None:
    name_seats(house.own, names("甲乙丙丁"), by=SYSTEM)
    assert name_seats(house.own, names("甲丙丁戊"), by=SYSTEM) == 1
    assert said(house) == [(1, "甲", 1), (2, "戊", 2), (3, "丙", 1), (4, "丁", 1)]


def test_two_of_one_name_have_two_seats(house: House) -> None:
    name_seats(house.own, names("甲甲"), by=SYSTEM)
    assert name_seats(house.own, names("甲甲乙"), by=SYSTEM) == 1
    assert said(house) == [(1, "甲", 1), (2, "甲", 1), (3, "乙", 1)]


def test_number_says_the_seat(house: House) -> None:
    name_seats(house.own, names("甲乙"), by=SYSTEM)
    name_seats(house.own, [Name("乙", number=1), Name("甲", number=2), Name("丙", number=5)], by=SYSTEM)
    assert said(house) == [(1, "乙", 2), (2, "甲", 2), (5, "丙", 1)]
    with pytest.raises(NoSuchSeat):
        name_seats(house.own, [Name("甲", number=6)], by=SYSTEM)
    with pytest.raises(NumberTwice):
        name_seats(house.own, [Name("甲", number=1), Name("乙", number=1)], by=SYSTEM)


def test_who_says_wheelchair_gets_a_wheelchair_place(house: House) -> None:
    name_seats(house.own, names("甲乙丙丁戊"), by=SYSTEM)
    needing = [Name("乙", number=2, need="wheelchair"), Name("丁", need="companion")]
    name_seats(house.own, [*names("甲丙戊"), *needing], by=SYSTEM)
    house.own.refresh_from_db()
    assert (house.own.wheelchairs, house.own.companions) == (1, 1)
    assert said(house) == [(1, "甲", 1), (2, "乙", 1), (3, "丙", 1), (4, "丁", 1), (5, "戊", 1)]
    chair, companion = house.own.seats.get(number=2), house.own.seats.get(number=4)
    assert (chair.need, companion.need) == ("wheelchair", "companion")
    # Row 1 is taken by the others: right behind is the nearest free seat.
    assert ((chair.row, chair.place), (companion.row, companion.place)) == ((1, 2), (2, 2))
    # A list without numbers and words changes nothing for those who have their seats.
    assert name_seats(house.own, names("甲乙丙丁戊"), by=SYSTEM) == 0
    assert name_seats(house.own, [*names("甲乙丙丁"), Name("戊", need="wheelchair")], by=SYSTEM) == 0
    house.own.refresh_from_db()
    assert house.own.wheelchairs == 2


def test_other_names_are_kept_off_seats_for_wheelchairs(house: House) -> None:
    Delegation.objects.filter(pk=house.own.pk).update(wheelchairs=2)
    house.own.refresh_from_db()
    give_seats(house.leg, {house.own: 6}, by=SYSTEM)
    house.own.refresh_from_db()
    name_seats(house.own, names("甲乙丙丁"), by=SYSTEM)
    assert set(house.own.seats.exclude(need="").values_list("holder", flat=True)) == {""}
    with pytest.raises(KeptForWheelchairs, match="2"):
        name_seats(house.own, names("甲乙丙丁戊"), by=SYSTEM)


def test_wheelchairs_beyond_what_can_be_are_refused(house: House) -> None:
    with pytest.raises(CompanionsBeyondWheelchairs):
        name_seats(house.own, [Name("甲", need="companion")], by=SYSTEM)
    Delegation.objects.filter(pk=house.own.pk).update(asked=5, wheelchairs=3, companions=2)
    house.own.refresh_from_db()
    with pytest.raises(WheelchairsBeyondAsked):
        name_seats(house.own, [Name(f"{n}", need="wheelchair") for n in range(4)], by=SYSTEM)
