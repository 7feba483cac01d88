"""What participants say for the night: theirs alone, matched by name, forgotten after the term."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.participation.dorm.house import Dorm, build_dorm

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain.bed import put, tell_rooms
from ortoo.participation.domain.room_wish import NobodyOfThisName, SeveralOfThisName, forget_wishes, say_wish
from ortoo.participation.models import RoomWish
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def dorm(db: None) -> Dorm:
    made = build_dorm()
    made.stage.participant.person = made.people["000301"]
    made.stage.participant.save()
    return made


def test_wanted_is_somebody_of_the_same_term_and_sex(dorm: Dorm) -> None:
    place = dorm.place("000301")
    assert say_wish(place, snores=True, rhythm="early", wanted=" 孙三 ", by=SYSTEM).wanted == dorm.place("000303")
    assert say_wish(place, snores=False, rhythm="", wanted="000304", by=SYSTEM).wanted == dorm.place("000304")
    for nobody in ("周五", "甲一", "宋一"):
        with pytest.raises(NobodyOfThisName):
            say_wish(place, snores=False, rhythm="", wanted=nobody, by=SYSTEM)
    assert RoomWish.objects.get().snores is False


def test_two_of_one_name_need_the_staff_number(dorm: Dorm) -> None:
    twin = record_persons([PersonDraft("000399", "孙三", "男", dorm.stage.units["150201001"].pk, "")], by=SYSTEM).new[0]
    dorm.leg.places.create(programme=dorm.stage.programme, person=twin, given=clock.now())
    with pytest.raises(SeveralOfThisName):
        say_wish(dorm.place("000301"), snores=False, rhythm="", wanted="孙三", by=SYSTEM)


def test_wishes_are_forgotten_when_the_term_is_over_and_the_log_never_knew_them(dorm: Dorm) -> None:
    say_wish(dorm.place("000301"), snores=True, rhythm="late", wanted="孙三", by=SYSTEM)
    assert forget_wishes() == 0
    dorm.leg.starts, dorm.leg.ends = clock.today() - timedelta(days=9), clock.today() - timedelta(days=1)
    dorm.leg.save()
    assert forget_wishes() == 1 and not RoomWish.objects.exists()
    said = AuditEntry.objects.filter(verb__in=["say_room_wish", "forget_room_wishes"]).values_list("before", "after")
    assert sorted(map(str, said)) == sorted(["({}, {})", "({'wishes': 1}, {})"])


def _sign_in(client: Client, account: Account) -> None:
    client.force_login(account)


def test_participant_says_wishes_and_reads_the_room_once_it_is_told(client: Client, dorm: Dorm) -> None:
    _sign_in(client, dorm.stage.participant)
    address = reverse("participation:room-wish", args=[dorm.place("000301").pk])
    assert address in client.get(reverse("participation:mine")).text
    refused = client.post(address, {"snores": "on", "rhythm": "late", "wanted": "没有"})
    assert "没有" in refused.text and 'value="没有"' in refused.text and not RoomWish.objects.exists()
    assert client.post(address, {"snores": "on", "rhythm": "late", "wanted": "孙三"}).status_code == 302
    assert 'value="孙三"' in client.get(address).text
    put(dorm.leg, dorm.people["000301"].pk, dorm.rooms["101"].pk, by=SYSTEM)
    assert "1号楼 101" not in client.get(reverse("participation:mine")).text
    tell_rooms(dorm.leg, by=SYSTEM)
    assert "1号楼 101" in client.get(reverse("participation:mine")).text


def test_nobody_opens_anothers_wishes(client: Client, dorm: Dorm) -> None:
    _sign_in(client, dorm.stage.participant)
    assert client.get(reverse("participation:room-wish", args=[dorm.place("000302").pk])).status_code == 404
    _sign_in(client, dorm.stage.organiser)
    assert client.get(reverse("participation:room-wish", args=[dorm.place("000301").pk])).status_code == 404
