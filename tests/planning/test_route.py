"""A tour's route planned, adopted, taken back, on pages."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from tests.programmes.stage import build
from tests.programmes.tour import Tour, build_tour, day

from ortoo.kernel.actor import SYSTEM
from ortoo.people.models import Account
from ortoo.planning.adapters.route import (
    Route,
    RulesOfRouteCollide,
    StopWithoutHall,
    StopWithoutPlace,
    Wishes,
    plan_route,
    standing_km,
)
from ortoo.planning.domain.route import HeldSince, NotTheLatest, RouteUnchanged, TakenBackAlready, adopt_route, take_back
from ortoo.planning.models import RoutePlan
from ortoo.programmes.domain.hall import HallDraft, add_hall
from ortoo.programmes.domain.running_order import put_all_on
from ortoo.programmes.domain.stop import StopDraft, add_stop
from ortoo.programmes.models import Hall, Leg, Speaker

FAR_KM = 1.3 * 1032  # 甲 to 乙, about; there and back the company goes that far twice.


@pytest.fixture
def tour(db: None) -> Tour:
    """甲站 was held three days ago, 乙站 is today, 丙站 (back in 甲) has no day: free are the 4th and the 6th day from today."""
    return build_tour(build())


def days(route: Route) -> dict[str, date]:
    return {stop.leg.name: stop.day for stop in route.stops}


def stand(tour: Tour) -> dict[str, date | None]:
    return {leg.name: leg.day for leg in Leg.objects.filter(programme=tour.programme)}


def test_open_stop_gets_the_first_day_that_keeps_the_rules_and_held_ones_stay(tour: Tour) -> None:
    route = plan_route(tour.programme, Wishes())
    assert days(route) == {"甲站": day(-3), "乙站": day(0), "丙站": day(4)}
    assert route.optimal and route.km == pytest.approx(route.bound)
    assert route.km == pytest.approx(2 * FAR_KM, rel=0.05)
    assert [stop.changed for stop in route.stops] == [False, False, True]
    assert [(talk.title, str(speaker)) for talk, speaker in route.stops[1].stand_ins] == [("马鞍", "嘉宾")]


def test_pinned_day_and_hall_that_falls_away_are_respected(tour: Tour) -> None:
    third = tour.stops[2]
    assert days(plan_route(tour.programme, Wishes(days={third.pk: day(6)})))["丙站"] == day(6)
    other = add_hall(third, HallDraft("影剧院", 80, (day(9),)), by=SYSTEM)
    gone = Wishes(without=frozenset({third.halls.exclude(pk=other.pk).get().pk}))
    stop = plan_route(tour.programme, gone).stops[-1]
    assert (stop.day, stop.hall) == (day(9), other)


def test_no_day_that_is_over_is_given_to_a_stop_that_is_still_to_come(tour: Tour) -> None:
    Hall.objects.filter(leg=tour.stops[2]).update(free=[day(-2).isoformat(), day(-1).isoformat(), day(9).isoformat()])
    assert days(plan_route(tour.programme, Wishes()))["丙站"] == day(9)
    Hall.objects.filter(leg=tour.stops[2]).update(free=[day(-2).isoformat(), day(-1).isoformat()])
    with override("zh-hans"), pytest.raises(RulesOfRouteCollide, match=r"太早(?s:.)*再争取"):
        plan_route(tour.programme, Wishes())


def test_a_stop_that_was_held_stays_though_its_hall_says_otherwise_by_now(tour: Tour) -> None:
    Hall.objects.filter(leg=tour.stops[0]).update(free=[day(12).isoformat()])
    assert days(plan_route(tour.programme, Wishes())) == {"甲站": day(-3), "乙站": day(0), "丙站": day(4)}


def test_somebody_away_on_a_day_that_is_over_stands_in_no_way(tour: Tour) -> None:
    Speaker.objects.filter(pk=tour.third.pk).update(blocked=[[day(-4).isoformat(), day(-2).isoformat()]])
    assert days(plan_route(tour.programme, Wishes()))["丙站"] == day(4)


def test_all_halls_of_a_stop_fall_away(tour: Tour) -> None:
    gone = Wishes(without=frozenset(hall.pk for hall in tour.stops[2].halls.all()))
    with override("zh-hans"), pytest.raises(RulesOfRouteCollide, match="为丙站落实场地"):
        plan_route(tour.programme, gone)


def test_what_collides_is_said_with_what_mends_it(tour: Tour) -> None:
    Speaker.objects.filter(pk=tour.third.pk).update(blocked=[[day(3).isoformat(), day(7).isoformat()]])
    with pytest.raises(RulesOfRouteCollide, match="丙站"):
        plan_route(tour.programme, Wishes())


def test_what_lacks_is_named(tour: Tour) -> None:
    leg = add_stop(tour.programme, StopDraft("丁站", tour.stage.units["1502"].pk), by=SYSTEM)
    with pytest.raises(StopWithoutHall, match="丁站"):
        plan_route(tour.programme, Wishes())
    add_hall(leg, HallDraft("礼堂", 60, (day(8),)), by=SYSTEM)
    with pytest.raises(StopWithoutPlace, match="丁站"):
        plan_route(tour.programme, Wishes())


def test_adopting_settles_the_stops_and_taking_back_restores_them(tour: Tour) -> None:
    before = stand(tour)
    assert standing_km(tour.programme) is None
    plan = adopt_route(tour.programme, plan_route(tour.programme, Wishes()), Wishes(), by=SYSTEM)
    assert stand(tour) == before | {"丙站": day(4)}
    tour.programme.__dict__.pop("_legs_read", None)
    assert standing_km(tour.programme) == pytest.approx(plan.km)
    with pytest.raises(RouteUnchanged):
        adopt_route(tour.programme, plan_route(tour.programme, Wishes(keep=True)), Wishes(), by=SYSTEM)
    take_back(plan, by=SYSTEM)
    assert stand(tour) == before
    with pytest.raises(TakenBackAlready):
        take_back(plan, by=SYSTEM)


def test_keeping_changes_only_what_must(tour: Tour) -> None:
    third = tour.stops[2]
    adopt_route(tour.programme, plan_route(tour.programme, Wishes(days={third.pk: day(6)})), Wishes(), by=SYSTEM)
    assert days(plan_route(tour.programme, Wishes(keep=True)))["丙站"] == day(6)
    assert days(plan_route(tour.programme, Wishes()))["丙站"] == day(4)


def test_only_the_latest_is_taken_back_and_no_stop_that_has_been_held(tour: Tour) -> None:
    third = tour.stops[2]
    first = adopt_route(tour.programme, plan_route(tour.programme, Wishes()), Wishes(), by=SYSTEM)
    wish = Wishes(days={third.pk: day(6)})
    second = adopt_route(tour.programme, plan_route(tour.programme, wish), wish, by=SYSTEM)
    with pytest.raises(NotTheLatest):
        take_back(first, by=SYSTEM)
    Leg.objects.filter(pk=third.pk).update(starts=day(-1), ends=day(-1))
    with pytest.raises(HeldSince, match="丙站"):
        take_back(second, by=SYSTEM)


def test_understudy_tells_it_where_the_speaker_is_blocked_on_the_new_day(tour: Tour) -> None:
    third = tour.stops[2]
    Speaker.objects.filter(pk=tour.speaking.pk).update(blocked=[[day(4).isoformat(), day(5).isoformat()]])
    put_all_on(third, by=SYSTEM)
    adopt_route(tour.programme, plan_route(tour.programme, Wishes()), Wishes(), by=SYSTEM)
    told = {each.talk.title: each.teller for each in third.appearances.select_related("talk", "teller")}
    assert told == {"马鞍": tour.guest, "夜路": tour.third}
    wish = Wishes(days={third.pk: day(6)})
    adopt_route(tour.programme, plan_route(tour.programme, wish), wish, by=SYSTEM)
    assert third.appearances.get(talk__title="马鞍").teller == tour.speaking


def _page(tour: Tour, account: Account) -> tuple[Client, str]:
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client, reverse("planning:route", args=[tour.programme.key])


def test_page_asks_shows_and_adopts_what_was_shown(tour: Tour) -> None:
    client, address = _page(tour, tour.stage.organiser)
    assert "甲站" not in re.findall(r"<legend>(\S+?)[ <]", client.get(address).content.decode())
    shown = client.get(address, {"plan": "1"}).content.decode()
    assert "丙站" in shown and not RoutePlan.objects.exists()
    key = re.search(r'name="route" value="([^"]+)"', shown)
    assert key
    Hall.objects.filter(leg=tour.stops[2]).update(free=[day(6).isoformat()])
    changed = client.post(address, {"route": key[1]}).content.decode()
    assert "依据已经变化" in changed
    assert not RoutePlan.objects.exists()
    key = re.search(r'name="route" value="([^"]+)"', changed)
    assert key
    client.post(address, {"route": key[1]})
    assert stand(tour)["丙站"] == day(6)
    client.post(reverse("planning:undo-route", args=[tour.programme.key, 1]))
    assert stand(tour)["丙站"] is None
    assert "收回" in client.get(address).content.decode()


def test_page_says_what_collides_and_keeps_what_was_asked(tour: Tour) -> None:
    client, address = _page(tour, tour.stage.organiser)
    third = tour.stops[2]
    said = client.get(address, {"plan": "1", f"day_{third.pk}": day(5).isoformat(), "keep": "on"}).content.decode()
    assert f'value="{day(5).isoformat()}"' in said
    assert "改动最小的办法" in said


@pytest.mark.parametrize("stops", [0, 4])
def test_page_asks_as_many_queries_for_many_stops(tour: Tour, stops: int, django_assert_max_num_queries: Any) -> None:
    for number in range(stops):
        leg = add_stop(tour.programme, StopDraft(f"站{number}", tour.stage.units["150101"].pk), by=SYSTEM)
        add_hall(leg, HallDraft("礼堂", 60, (day(7 + number),)), by=SYSTEM)
    client, address = _page(tour, tour.stage.organiser)
    with django_assert_max_num_queries(26):
        shown = client.get(address, {"plan": "1"})
    assert shown.content.decode().count("<fieldset>") == stops + 1
