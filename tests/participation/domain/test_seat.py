"""What happens to seats: given, given back, passed on, laid out, named."""

import pytest
from django.db import IntegrityError, transaction
from tests.participation.delegations import House, build_house
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain import seat as verbs
from ortoo.participation.domain.block import snake
from ortoo.participation.domain.delegation import claim
from ortoo.participation.models import Delegation, Seat


@pytest.fixture
def house(stage: Stage) -> House:
    return build_house(stage)


def given(house: House) -> list[int]:
    return list(Delegation.objects.filter(leg=house.leg).values_list("given", flat=True))


def give(house: House, *counts: int) -> None:
    verbs.give_seats(house.leg, dict(zip((house.first, house.own, house.late), counts, strict=True)), by=SYSTEM)


def lay(house: House) -> None:
    rows = house.leg.halls.get().rows
    blocks = snake(rows, [(each, each.given) for each in house.leg.delegations.all()])
    verbs.put_blocks(house.leg, blocks, by=SYSTEM)


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
    with pytest.raises(verbs.NoHall):
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
    verbs.name_seats(house.own, [("甲", ""), ("", ""), ("丙", "轮椅")], by=SYSTEM)
    house.own.refresh_from_db()
    with pytest.raises(verbs.SeatsAreNamed, match="2"):
        verbs.give_back(house.own, 2, by=SYSTEM)
    verbs.give_back(house.own, 1, by=SYSTEM)
    assert list(house.own.seats.values_list("number", "holder")) == [(1, "甲"), (2, "丙")]


def test_passing_on_moves_seats_where_they_lie_and_voids_their_tickets(house: House) -> None:
    give(house, 5, 10, 0)
    house.own.refresh_from_db()
    house.first.refresh_from_db()
    lay(house)
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
    lay(house)
    give(house, 5, 4, 0)
    assert list(house.own.seats.values_list("row", "place")) == [(1, 6), (1, 7), (1, 8), (1, 9)]


def test_blocks_are_checked_before_anything_is_laid(house: House) -> None:
    give(house, 2, 0, 0)
    for places, refusal in (
        ([(1, 1), (1, 1)], verbs.PlaceTwice),
        ([(1, 1), (9, 1)], verbs.NoSuchPlace),
        ([(1, 1)], verbs.BlocksDiffer),
    ):
        with pytest.raises(refusal):
            verbs.put_blocks(house.leg, {house.first: places}, by=SYSTEM)
    assert not Seat.objects.filter(row__isnull=False).exists()


def test_no_place_is_taken_twice_in_the_database_either(house: House) -> None:
    give(house, 2, 0, 0)
    seats = list(house.first.seats.all())
    Seat.objects.filter(pk=seats[0].pk).update(row=1, place=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=seats[1].pk).update(row=1, place=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=seats[1].pk).update(row=1)


def test_new_name_is_a_new_ticket_and_the_first_name_is_not(house: House) -> None:
    give(house, 2, 0, 0)
    assert verbs.name_seats(house.first, [("甲", "")], by=SYSTEM) == 1
    assert verbs.name_seats(house.first, [("甲", "")], by=SYSTEM) == 0
    verbs.name_seats(house.first, [("乙", ""), ("丁", "")], by=SYSTEM)
    assert list(house.first.seats.values_list("holder", "serial")) == [("乙", 2), ("丁", 1)]
    with pytest.raises(verbs.TooManyNames):
        verbs.name_seats(house.first, [("一", "")] * 3, by=SYSTEM)
    row = AuditEntry.objects.filter(verb="name_seats").first()
    assert row and "乙" not in str(row.after)


def test_snake_keeps_everybody_in_one_piece() -> None:
    blocks = snake([[3], [3], [3]], [("a", 4), ("b", 3), ("c", 5)])
    assert blocks["a"] == [(1, 1), (1, 2), (1, 3), (2, 3)]
    assert blocks["b"] == [(2, 2), (2, 1), (3, 1)]
    assert blocks["c"] == [(3, 2), (3, 3)]
