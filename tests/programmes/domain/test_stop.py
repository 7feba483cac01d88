"""What happens to the stops of a tour."""

import pytest
from django.db import IntegrityError, transaction
from tests.programmes.tour import Tour, day

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.programmes.domain import stop as verbs
from ortoo.programmes.domain.hall import HallDraft, add_hall
from ortoo.programmes.domain.programme import StopsOutside, TourNeedsDays, set_tour_days, start_tour
from ortoo.programmes.domain.stop import Settled, StopDraft
from ortoo.programmes.models import Hall, Leg, Programme
from ortoo.programmes.queries import stops_of


def names(tour: Tour) -> list[str]:
    return [leg.name for leg in Leg.objects.filter(programme=tour.programme)]


def test_new_stop_has_no_day_and_spans_the_tour(tour: Tour) -> None:
    leg = tour.stops[2]
    assert (leg.settled, leg.day, leg.state) == (False, None, "next")
    assert (leg.starts, leg.ends) == (tour.programme.starts, tour.programme.ends)


def test_settling_gives_day_hall_and_capacity_and_can_be_taken_back(tour: Tour) -> None:
    leg = tour.stops[2]
    hall = leg.halls.get()
    verbs.settle(leg, day=day(4), hall=hall, by=SYSTEM)
    assert (leg.day, leg.capacity, leg.halls.get().chosen) == (day(4), 60, True)
    verbs.settle(leg, day=None, hall=None, by=SYSTEM)
    assert (leg.day, leg.capacity, leg.halls.get().chosen) == (None, None, False)
    assert AuditEntry.objects.filter(verb="settle_stop", noun_id=str(leg.pk)).count() == 2


@pytest.mark.parametrize(("days", "refusal"), [(21, verbs.DayOutsideTour), (0, verbs.DayTaken), (5, verbs.HallNotFree)], ids=str)
def test_settling_refuses_what_cannot_be(tour: Tour, days: int, refusal: type[Exception]) -> None:
    leg = tour.stops[2]
    with pytest.raises(refusal):
        verbs.settle(leg, day=day(days), hall=leg.halls.get(), by=SYSTEM)
    assert not Leg.objects.get(pk=leg.pk).settled


def test_settling_refuses_the_hall_of_another_stop(tour: Tour) -> None:
    with pytest.raises(verbs.HallElsewhere):
        verbs.settle(tour.stops[2], day=None, hall=tour.stops[0].halls.get(), by=SYSTEM)


def test_route_is_settled_as_a_whole_or_not_at_all(tour: Tour) -> None:
    first, second, third = tour.stops
    swapped = [Settled(first, day(0), first.halls.get()), Settled(second, day(-3), second.halls.get())]
    verbs.settle_route(tour.programme, swapped, by=SYSTEM)
    assert names(tour) == ["乙站", "甲站", "丙站"]
    with pytest.raises(verbs.DayTaken):
        verbs.settle_route(tour.programme, [Settled(third, day(4), None), Settled(first, day(4), None)], by=SYSTEM)
    assert not Leg.objects.get(pk=third.pk).settled


def test_stops_with_days_stand_in_their_order_and_others_keep_their_place(tour: Tour) -> None:
    last = verbs.add_stop(tour.programme, StopDraft("丁站", tour.stops[0].base_id or 0), by=SYSTEM)
    verbs.settle(last, day=day(-5), hall=None, by=SYSTEM)
    assert names(tour) == ["丁站", "甲站", "丙站", "乙站"]
    assert [leg.name for leg in stops_of(tour.programme)] == names(tour)


def test_moving_is_for_stops_without_days(tour: Tour) -> None:
    verbs.move_stop(tour.stops[2], -1, by=SYSTEM)
    assert names(tour) == ["甲站", "丙站", "乙站"]
    verbs.move_stop(Leg.objects.get(name="甲站"), -1, by=SYSTEM)
    assert names(tour) == ["甲站", "丙站", "乙站"]
    verbs.move_stop(Leg.objects.get(name="丙站"), 1, by=SYSTEM)
    with pytest.raises(verbs.DaysSayOtherwise):
        verbs.move_stop(Leg.objects.get(name="乙站"), -1, by=SYSTEM)


def test_only_one_stop_is_the_first(tour: Tour) -> None:
    with pytest.raises(verbs.MarkTaken, match="甲站"):
        verbs.change_stop(tour.stops[1], StopDraft("乙站", tour.stops[1].base_id or 0, "first"), by=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        Leg.objects.filter(pk=tour.stops[1].pk).update(mark="first")


def test_changing_a_stop_to_the_same_leaves_no_row(tour: Tour) -> None:
    rows = AuditEntry.objects.count()
    assert not verbs.change_stop(tour.stops[0], StopDraft("甲站", tour.stops[0].base_id or 0, "first"), by=SYSTEM)
    assert AuditEntry.objects.count() == rows


def test_removing_closes_the_ranks_and_keeps_what_was_held(tour: Tour) -> None:
    verbs.remove_stop(tour.stops[1], by=SYSTEM)
    assert list(Leg.objects.filter(programme=tour.programme).values_list("ordinal", flat=True)) == [1, 2]
    with pytest.raises(verbs.StopIsOver):
        verbs.remove_stop(tour.stops[0], by=SYSTEM)


def test_only_one_hall_is_chosen(tour: Tour) -> None:
    other = add_hall(tour.stops[0], HallDraft("剧院", 10), by=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hall.objects.filter(pk=other.pk).update(chosen=True)


def test_tour_needs_its_days_in_order(tour: Tour) -> None:
    with pytest.raises(TourNeedsDays):
        start_tour("倒", unit=tour.stage.units["15"], starts=day(1), ends=day(0), by=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.create(title="无", kind="tour", unit=tour.stage.units["15"])


def test_moving_the_tour_moves_what_has_no_day_and_keeps_what_has_inside(tour: Tour) -> None:
    with pytest.raises(StopsOutside, match="甲站"):
        set_tour_days(tour.programme, day(-2), day(20), by=SYSTEM)
    assert set_tour_days(tour.programme, day(-4), day(9), by=SYSTEM)
    third = Leg.objects.get(name="丙站")
    assert (third.starts, third.ends) == (day(-4), day(9))
    assert not set_tour_days(tour.programme, day(-4), day(9), by=SYSTEM)
