"""Rooms that are no longer in order: days shifted, or somebody's sex corrected, after the beds were given."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.participation.dorm.house import Dorm

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.bed import put
from ortoo.participation.dorm.clashes import clashes_of
from ortoo.participation.models import DormRoom
from ortoo.planning.adapters.rooms import problem_of
from ortoo.planning.models import Plan
from ortoo.programmes.domain.programme import change_state, start_programme
from ortoo.programmes.models import Leg

pytestmark = pytest.mark.django_db


def page(client: Client, leg: Leg) -> str:
    return client.get(reverse("planning:rooms", args=[leg.programme.key, leg.pk])).text


def moved(dorm: Dorm, person: str, other: Leg, room: str) -> None:
    """Somebody of the term is on another one, with a bed."""
    place = dorm.place(person)
    type(place).objects.filter(pk=place.pk).update(leg=other)
    put(other, place.person_id, dorm.rooms[room].pk, by=SYSTEM)


def second_of(dorm: Dorm) -> Leg:
    return Leg.objects.select_related("programme__base", "base").get(programme=dorm.stage.programme, ordinal=2)


def shifted(leg: Leg, starts: int, ends: int) -> None:
    """The term's days become those of the dorm's term, so many days later."""
    now = Leg.objects.get(programme=leg.programme, ordinal=3)
    days = {"starts": now.starts + timedelta(starts), "ends": now.ends + timedelta(ends)}
    Leg.objects.filter(pk=leg.pk).update(**days)


def test_two_terms_that_have_one_room_since_the_days_were_shifted_are_told_on_both_pages(dorm: Dorm, host: Client) -> None:
    second = second_of(dorm)
    moved(dorm, "000306", second, "201")
    put(dorm.leg, dorm.people["000305"].pk, dorm.rooms["201"].pk, by=SYSTEM)
    assert clashes_of([dorm.leg]) == [] and "201" not in page(host, dorm.leg).split("<dl")[0]
    shifted(second, 2, 9)
    (clash,) = clashes_of([dorm.leg])
    assert (clash.beds, clash.first, clash.last) == ((1,), dorm.leg.starts + timedelta(2), dorm.leg.ends)
    for leg, other in ((dorm.leg, second), (second, dorm.leg)):
        text = page(host, leg).split("<dl")[0]
        assert "1号楼 201" in text and "1号床" in text and other.name in text


def test_a_room_whose_beds_differ_is_told_too_but_not_terms_that_only_meet(dorm: Dorm) -> None:
    second = second_of(dorm)
    moved(dorm, "000306", second, "201")
    put(dorm.leg, dorm.people["000305"].pk, dorm.rooms["201"].pk, by=SYSTEM)
    dorm.leg.beds.update(number=2)
    shifted(second, 0, 0)
    assert [clash.beds for clash in clashes_of([dorm.leg])] == [()]
    after = dorm.leg.ends + timedelta(1)
    Leg.objects.filter(pk=second.pk).update(starts=after, ends=after)
    assert clashes_of([dorm.leg]) == []


def test_a_programme_that_the_reader_cannot_open_is_not_named(dorm: Dorm, client: Client) -> None:
    other = start_programme("外省专训", unit=dorm.stage.units["15"], base=dorm.stage.programme.base, by=SYSTEM)
    foreign = Leg.objects.create(programme=other, ordinal=1, name="外一期", starts=dorm.leg.starts, ends=dorm.leg.ends)
    put(dorm.leg, dorm.people["000305"].pk, dorm.rooms["201"].pk, by=SYSTEM)
    dorm.leg.beds.update(leg=foreign)
    put(dorm.leg, dorm.people["000306"].pk, dorm.rooms["202"].pk, by=SYSTEM)
    dorm.leg.beds.update(room=dorm.rooms["201"])
    client.force_login(dorm.stage.host)
    assert "其他项目的一期" in page(client, dorm.leg)
    change_state(other, other.State.PUBLISHED, by=SYSTEM)
    assert "外省专训 外一期" in page(client, dorm.leg)
    type(other).objects.filter(pk=other.pk).update(base=None, unit=dorm.stage.units["1502"])
    text = page(client, dorm.leg)
    assert "外省专训" not in text and "外一期" not in text and "其他项目的一期" in text


def test_the_page_before_publishing_shifted_days_names_the_rooms(dorm: Dorm, client: Client) -> None:
    second = second_of(dorm)
    moved(dorm, "000306", second, "201")
    put(dorm.leg, dorm.people["000305"].pk, dorm.rooms["201"].pk, by=SYSTEM)
    days = {"starts": dorm.leg.starts.isoformat(), "ends": dorm.leg.ends.isoformat()}
    plan = Plan.objects.create(
        programme=dorm.stage.programme, number=1, state=Plan.State.SOLVED, asked={"terms": {"2": days}},
        created="2026-01-01T00:00:00Z", rules={"hard": {}, "cost": {}}, counts={"people": 6, "placed": 6},
    )  # fmt: skip
    client.force_login(dorm.stage.organiser)
    text = client.get(reverse("planning:publish-preview", args=[dorm.stage.programme.key, plan.number])).text
    assert "两个期次" in text and "1号楼 201" in text
    assert clashes_of([dorm.leg]) == []


def test_a_room_that_a_corrected_sex_mixed_is_said_with_names(dorm: Dorm, host: Client) -> None:
    for staff_no in ("000301", "000302"):
        put(dorm.leg, dorm.people[staff_no].pk, dorm.rooms["101"].pk, by=SYSTEM)
    put(dorm.leg, dorm.people["000305"].pk, dorm.rooms["201"].pk, by=SYSTEM)
    assert "打印门牌前" not in page(host, dorm.leg)
    for staff_no, sex in (("000302", "女"), ("000305", "男")):
        dorm.people[staff_no].sex = sex
        dorm.people[staff_no].save()
    text = page(host, dorm.leg)
    notice, below = text.split("<dl", 1)
    assert "打印门牌前" in notice and "1号楼 101" in notice and "女（宋二）" in notice and "男（宋一）" in notice
    assert "1号楼 201：只住女性，不应在此：周五" in notice and "女（宋二）" in below


def test_a_room_with_fewer_beds_than_people_is_said(dorm: Dorm, host: Client) -> None:
    for staff_no in ("000301", "000302"):
        put(dorm.leg, dorm.people[staff_no].pk, dorm.rooms["101"].pk, by=SYSTEM)
    DormRoom.objects.filter(number="101").update(beds=1)
    assert "多于床位" in page(host, dorm.leg).split("<dl")[0]


def test_a_room_that_another_term_has_on_these_days_is_judged_too(dorm: Dorm, host: Client) -> None:
    """What must not be in it is said beside the clash, not only once that is mended; given to nobody else it still is not."""
    second = second_of(dorm)
    moved(dorm, "000306", second, "201")
    moved(dorm, "000303", second, "101")
    put(dorm.leg, dorm.people["000305"].pk, dorm.rooms["201"].pk, by=SYSTEM)
    for staff_no in ("000301", "000302"):
        put(dorm.leg, dorm.people[staff_no].pk, dorm.rooms["101"].pk, by=SYSTEM)
    shifted(second, 0, 0)
    dorm.people["000305"].sex = "男"
    dorm.people["000305"].save()
    DormRoom.objects.filter(number="101").update(beds=1)
    notice = page(host, dorm.leg).split("<dl")[0]
    assert notice.count("1号楼 201") == 2 and "只住女性，不应在此：周五" in notice
    assert notice.count("1号楼 101") == 2 and "多于床位" in notice
    assert str(dorm.rooms["101"].pk) not in {room.key for room in problem_of(dorm.leg, "free").rooms}
