"""What happens to seats: given, given back, passed on."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from tests.participation.delegations import House, build_house, lay
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain import seat as verbs
from ortoo.participation.domain.delegation import DelegationDraft, change_delegation, claim
from ortoo.participation.domain.layout import NoHall
from ortoo.participation.domain.seat_names import Name, name_seats
from ortoo.participation.models import Delegation, Seat
from ortoo.programmes.models import Hall


@pytest.fixture
def house(stage: Stage) -> House:
    return build_house(stage)


def given(house: House) -> list[int]:
    return list(Delegation.objects.filter(leg=house.leg).values_list("given", flat=True))


def give(house: House, *counts: int) -> None:
    verbs.give_seats(house.leg, dict(zip((house.first, house.own, house.late), counts, strict=True)), by=SYSTEM)


def test_seats_are_given_as_a_whole_or_not_at_all(house: House) -> None:
    with pytest.raises(verbs.HallTooSmall, match="61"):
        give(house, 15, 30, 16)
    with pytest.raises(verbs.MoreThanAsked):
        give(house, 16, 0, 0)
    assert given(house) == [0, 0, 0]
    give(house, 15, 30, 15)
    assert given(house) == [15, 30, 15]
    assert Seat.objects.count() == 60
    assert AuditEntry.objects.filter(verb="give_seats").count() == 3


def test_seats_need_a_hall(house: House) -> None:
    house.leg.halls.update(chosen=False)
    with pytest.raises(NoHall):
        give(house, 1, 0, 0)


def test_what_is_free_goes_to_those_who_wait_by_priority(house: House) -> None:
    assert verbs.hand_on(house.leg, by=SYSTEM) == {"指导组": 15, "甲市代表团": 30, "社会各界": 15}
    assert verbs.hand_on(house.leg, by=SYSTEM) == {}
    house.own.refresh_from_db()
    claim(house.own, 20, by=SYSTEM)
    assert verbs.hand_on(house.leg, by=SYSTEM) == {"社会各界": 10}
    assert given(house) == [15, 20, 25]


def test_who_gives_back_no_longer_waits(house: House) -> None:
    give(house, 0, 20, 0)
    house.own.refresh_from_db()
    verbs.give_back(house.own, 5, by=SYSTEM)
    assert (house.own.given, house.own.asked, house.own.waiting) == (15, 15, 0)
    for count in (0, 16, -1):
        with pytest.raises(verbs.NotSoMany):
            verbs.give_back(house.own, count, by=SYSTEM)


def test_named_seats_stay(house: House) -> None:
    give(house, 0, 3, 0)
    name_seats(house.own, [Name("甲", number=1), Name("丙", number=3)], by=SYSTEM)
    house.own.refresh_from_db()
    with pytest.raises(verbs.SeatsAreNamed, match="2"):
        verbs.give_back(house.own, 2, by=SYSTEM)
    verbs.give_back(house.own, 1, by=SYSTEM)
    assert list(house.own.seats.values_list("number", "holder")) == [(1, "甲"), (2, "丙")]


def test_passing_on_moves_seats_where_they_lie_and_voids_their_tickets(house: House) -> None:
    give(house, 5, 10, 0)
    house.own.refresh_from_db()
    house.first.refresh_from_db()
    lay(house.leg)
    moved = set(house.own.seats.filter(number__gt=7).values_list("row", "place"))
    verbs.pass_on(house.own, house.first, 3, by=SYSTEM)
    assert set(house.first.seats.filter(number__gt=5).values_list("row", "place")) == moved
    assert set(house.first.seats.filter(number__gt=5).values_list("serial", flat=True)) == {2}
    assert given(house) == [8, 7, 0]
    with pytest.raises(verbs.NotOfThisStop):
        verbs.pass_on(house.own, house.own, 1, by=SYSTEM)
    with pytest.raises(verbs.NotSoMany):
        verbs.pass_on(house.own, house.first, 8, by=SYSTEM)


def test_taker_may_get_more_than_it_asked_for(house: House) -> None:
    give(house, 15, 5, 0)
    house.own.refresh_from_db()
    house.first.refresh_from_db()
    verbs.pass_on(house.own, house.first, 2, by=SYSTEM)
    house.first.refresh_from_db()
    assert (house.first.asked, house.first.given) == (17, 17)


def test_seats_given_after_the_layout_take_free_places(house: House) -> None:
    give(house, 5, 0, 0)
    lay(house.leg)
    give(house, 5, 4, 0)
    assert list(house.own.seats.values_list("row", "place")) == [(1, 6), (1, 7), (1, 8), (1, 9)]
    give(house, 8, 4, 0)
    assert set(house.first.seats.filter(number__gt=5).values_list("row", "place")) == {(2, 2), (2, 3), (2, 4)}


def test_no_place_is_taken_twice_in_the_database_either(house: House) -> None:
    give(house, 2, 0, 0)
    seats = list(house.first.seats.all())
    Seat.objects.filter(pk=seats[0].pk).update(row=1, place=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=seats[1].pk).update(row=1, place=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=seats[1].pk).update(row=1)


def in_wheelchairs(house: House, wheelchairs: int, companions: int = 0) -> None:
    Hall.objects.filter(leg=house.leg).update(wheelchairs=[[1, 1], [1, 2], [3, 20]])
    Delegation.objects.filter(pk=house.own.pk).update(wheelchairs=wheelchairs, companions=companions)
    house.own.refresh_from_db()


def needs(house: House) -> list[str]:
    return [need for need in house.own.seats.values_list("need", flat=True) if need]


def test_as_many_seats_are_for_wheelchairs_and_companions_as_the_delegation_says(house: House) -> None:
    in_wheelchairs(house, 2, 1)
    give(house, 0, 10, 0)
    assert needs(house) == ["wheelchair", "wheelchair", "companion"]
    house.own.refresh_from_db()
    verbs.give_back(house.own, 7, by=SYSTEM)
    assert needs(house) == ["wheelchair", "wheelchair", "companion"]
    verbs.give_back(house.own, 1, by=SYSTEM)
    assert needs(house) == ["wheelchair", "wheelchair"]
    assert (house.own.asked, house.own.wheelchairs, house.own.companions) == (2, 2, 0)


def test_wheelchair_places_without_a_wheelchair_stay_free(house: House) -> None:
    in_wheelchairs(house, 1)
    with pytest.raises(verbs.HallTooSmall, match="58"):
        give(house, 15, 30, 14)
    with pytest.raises(verbs.HallTooSmall, match="57"):
        give(house, 15, 0, 43)
    assert sum(verbs.hand_on(house.leg, by=SYSTEM).values()) == 58


def test_wheelchairs_that_come_later_take_wheelchair_places_and_companions_sit_beside(house: House) -> None:
    in_wheelchairs(house, 0)
    give(house, 5, 10, 0)
    lay(house.leg)
    house.own.refresh_from_db()
    draft = DelegationDraft("甲市代表团", 30, kind="分局", priority=2, unit_id=house.own.unit_id, wheelchairs=1, companions=1)
    change_delegation(house.own, draft, by=SYSTEM)
    where = {seat.need: (seat.row, seat.place) for seat in house.own.seats.exclude(need="")}
    (row, place), (beside_row, beside) = where["wheelchair"], where["companion"]
    assert (row, place) in {(1, 1), (1, 2), (3, 20)}
    assert abs(row - beside_row) <= 1 and abs(place - beside) <= 1
    assert house.own.seats.filter(row=None).count() == 0
    change_delegation(house.own, replace(draft, wheelchairs=30, companions=0), by=SYSTEM)
    assert house.own.seats.filter(need="wheelchair", row__isnull=False).count() == 3
    change_delegation(house.own, replace(draft, wheelchairs=0, companions=0), by=SYSTEM)
    assert not house.own.seats.filter(row=None).exists()
    assert not house.own.seats.filter(row=1, place__lte=2).exists()


def test_seat_for_a_wheelchair_that_is_passed_on_is_one_like_others(house: House) -> None:
    in_wheelchairs(house, 1)
    give(house, 3, 4, 0)
    lay(house.leg)
    for each in (house.own, house.first):
        each.refresh_from_db()
    verbs.pass_on(house.own, house.first, 4, by=SYSTEM)
    assert set(house.first.seats.values_list("need", flat=True)) == {""}
    assert not house.first.seats.filter(row=None).exists()


@pytest.mark.parametrize(("wheelchairs", "companions"), [(1, 2), (16, 15), (31, 0)])
def test_no_more_wheelchairs_and_companions_than_people_in_the_database_either(
    house: House, wheelchairs: int, companions: int
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=house.own.pk).update(wheelchairs=wheelchairs, companions=companions)
