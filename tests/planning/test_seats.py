"""Seats of a stop shared out by the solver."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.participation.delegations import House, build_house
from tests.programmes.stage import Stage, build

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.delegation import claim
from ortoo.participation.domain.layout import NoHall
from ortoo.participation.domain.seat import give_seats
from ortoo.participation.domain.seat_names import Name, name_seats
from ortoo.participation.models import Delegation
from ortoo.planning.adapters.seats import KeptBeyondHall, TooFewWheelchairPlaces, share_out
from ortoo.planning.domain.seating import NoPlan, adopt_shares, lay_seats
from ortoo.programmes.models import Hall


@pytest.fixture
def house(db: None) -> House:
    """A hall of 60 seats; 15, 30 and 30 are asked for, in three classes."""
    stage: Stage = build()
    return build_house(stage)


def shares(house: House) -> dict[str, int]:
    return {line.delegation.name: line.seats for line in share_out(house.leg, lay=False).lines}


def test_classes_are_served_one_after_the_other(house: House) -> None:
    assert shares(house) == {"指导组": 15, "甲市代表团": 30, "社会各界": 15}


def test_one_class_is_divided_in_proportion_with_a_divisor_to_check_it(house: House) -> None:
    Delegation.objects.update(priority=2)
    shared = share_out(house.leg, lay=False)
    assert {line.delegation.name: line.seats for line in shared.lines} == {"指导组": 12, "甲市代表团": 24, "社会各界": 24}
    assert [round(line.exact) for line in shared.lines if line.exact] == [12, 24, 24]
    assert shared.given == 60


def test_equal_quotients_are_said_with_who_comes_first(house: House) -> None:
    Delegation.objects.update(priority=2, asked=30)
    house.leg.halls.update(seats=59, rows=[])
    shared = share_out(house.leg, lay=False)
    assert ([line.seats for line in shared.lines], shared.classes[0].tied) == ([20, 20, 19], True)
    client = Client()
    client.force_login(house.tour.stage.organiser, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("planning:seats", args=[house.tour.programme.key])).content.decode()
    assert "申请多的在先" in page


def test_what_is_claimed_or_named_stays(house: House) -> None:
    give_seats(house.leg, {house.late: 28, house.own: 20}, by=SYSTEM)
    house.late.refresh_from_db()
    claim(house.late, 28, by=SYSTEM)
    name_seats(house.own, [Name("甲")] * 18, by=SYSTEM)
    assert shares(house) == {"指导组": 14, "甲市代表团": 18, "社会各界": 28}
    house.leg.halls.update(seats=45)
    with pytest.raises(KeptBeyondHall, match="46"):
        share_out(house.leg, lay=False)


def test_adopting_gives_the_seats_and_lays_each_delegation_out_in_one_piece(house: House) -> None:
    shared = share_out(house.leg, lay=True)
    adopt_shares(house.leg, shared, by=SYSTEM)
    assert list(house.leg.delegations.values_list("given", flat=True)) == [15, 30, 15]
    places = list(house.leg.seats.values_list("row", "place"))
    assert len(set(places)) == 60
    assert None not in {row for row, _place in places}
    assert shared.pieces >= shared.pieces_bound >= 3


def test_hall_is_needed(house: House) -> None:
    house.leg.halls.update(chosen=False)
    with pytest.raises(NoHall):
        share_out(house.leg, lay=False)


def test_page_shows_the_arithmetic_then_gives(house: House) -> None:
    client = Client()
    client.force_login(house.tour.stage.organiser, "django.contrib.auth.backends.ModelBackend")
    address = reverse("planning:seats", args=[house.tour.programme.key])
    Delegation.objects.update(priority=2)
    page = client.get(address).content.decode()
    assert "甲市代表团" in page
    assert not Delegation.objects.filter(given__gt=0).exists()
    answer = client.post(address)
    assert answer["Location"] == reverse("participation:hall", args=[house.tour.programme.key, house.leg.pk])
    assert list(house.leg.delegations.values_list("given", flat=True)) == [12, 24, 24]
    house.leg.halls.update(chosen=False)
    assert client.get(address).status_code == 200


def test_wheelchairs_are_placed_with_companions_beside_and_blocks_stay_whole(house: House) -> None:
    Hall.objects.filter(leg=house.leg).update(wheelchairs=[[1, 1], [3, 20]])
    Delegation.objects.filter(pk=house.own.pk).update(wheelchairs=1, companions=1)
    Delegation.objects.filter(pk=house.late.pk).update(wheelchairs=1, companions=0)
    adopt_shares(house.leg, share_out(house.leg, lay=True), by=SYSTEM)
    chairs = set(house.leg.seats.filter(need="wheelchair").values_list("row", "place"))
    assert chairs == {(1, 1), (3, 20)}
    chair, companion = house.own.seats.get(need="wheelchair"), house.own.seats.get(need="companion")
    assert abs(chair.row - companion.row) <= 1 and abs(chair.place - companion.place) <= 1
    assert house.leg.seats.filter(row=None).count() == 0


def test_plan_with_too_few_wheelchair_places_is_refused_with_numbers(house: House) -> None:
    Delegation.objects.filter(pk=house.own.pk).update(wheelchairs=2)
    assert share_out(house.leg, lay=False).given == 60
    with pytest.raises(TooFewWheelchairPlaces, match="2"):
        share_out(house.leg, lay=True)


def test_what_is_given_is_laid_out_and_stays_given(house: House) -> None:
    give_seats(house.leg, {house.own: 7, house.late: 4}, by=SYSTEM)
    client = Client()
    client.force_login(house.tour.stage.organiser, "django.contrib.auth.backends.ModelBackend")
    address = reverse("planning:seats", args=[house.tour.programme.key])
    answer = client.post(f"{address}?leg={house.leg.ordinal}", {"lay": "1"})
    assert answer["Location"] == reverse("participation:hall", args=[house.tour.programme.key, house.leg.pk])
    assert list(house.leg.delegations.values_list("given", flat=True)) == [0, 7, 4]
    assert house.leg.seats.filter(row=None).count() == 0
    house.leg.halls.update(rows=[])
    with pytest.raises(NoPlan):
        lay_seats(house.leg, by=SYSTEM)
    assert client.post(f"{address}?leg={house.leg.ordinal}", {"lay": "1"}).status_code == 200
