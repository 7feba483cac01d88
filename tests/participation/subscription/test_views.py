"""The calendar by its link: whose days, what changes, what a standard reader makes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Event
from tests.programmes.stage import Stage
from tests.programmes.tour import Tour, build_tour

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.place import change_places, give_places, take_places_back
from ortoo.participation.domain.subscription import MOST_A_MINUTE, code_of, renew_calendar, stop_calendar
from ortoo.people.models import Account
from ortoo.programmes.domain.programme import open_programme
from ortoo.programmes.models import Duty, Leg


def address(account: Account) -> str:
    link = renew_calendar(account, by=SYSTEM)
    return reverse("participation:calendar-file", args=[link.pk, code_of(link)])


def read(url: str) -> dict[str, Event]:
    """The events by uid, as a standard reader has them."""
    calendar = Calendar.from_ical(Client().get(url).content)
    assert isinstance(calendar, Calendar)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT") if isinstance(event, Event)}


@pytest.fixture
def placed(stage: Stage) -> Stage:
    """The participant has a place on the third term, somebody else on the second."""
    open_programme(stage.programme, by=SYSTEM)
    stage.programme.bring = "身份证、洗漱用品、换洗衣物和一个说得清来龙去脉的案例，材料请提前一周交到教务组，另带水杯"
    stage.programme.save()
    legs = {leg.ordinal: leg for leg in Leg.objects.all()}
    seats = [(stage.persons["000101"].pk, legs[3]), (stage.persons["000102"].pk, legs[2])]
    give_places(stage.programme, seats, source="plan:1", by=SYSTEM)
    return stage


def test_participant_reads_own_term_only(placed: Stage) -> None:
    (event,) = read(address(placed.participant)).values()
    leg = Leg.objects.get(ordinal=3)
    assert event["summary"] == "示例轮训 第三期"
    assert (event.start, event.end) == (leg.starts, leg.ends + timedelta(days=1))
    assert (event["status"], event["sequence"], event["location"]) == ("CONFIRMED", 0, "乙西旗")
    assert "说得清来龙去脉" in event["description"]


def test_lines_are_folded_at_75_octets_and_the_zone_is_written_out(placed: Stage) -> None:
    data = Client().get(address(placed.participant)).content
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai" in data


def test_change_keeps_the_uid_and_raises_the_sequence(placed: Stage) -> None:
    url = address(placed.participant)
    (before,) = read(url).values()
    change_places(placed.programme, {placed.persons["000101"].pk: Leg.objects.get(ordinal=2)}, source="plan:2", by=SYSTEM)
    (after,) = read(url).values()
    assert after["uid"] == before["uid"]
    assert (after["sequence"], after["summary"]) == (1, "示例轮训 第二期")
    assert [event["sequence"] for event in read(url).values()] == [1]


def test_called_off_is_crossed_out_for_a_while_then_gone(placed: Stage) -> None:
    url = address(placed.participant)
    read(url)
    take_places_back(placed.programme, source="plan:1", by=SYSTEM)
    (event,) = read(url).values()
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    with clock.held_at(clock.now() + timedelta(days=120)):
        assert read(url) == {}


def test_host_reads_what_is_held_at_the_base_with_its_checklist(placed: Stage) -> None:
    leg = Leg.objects.get(ordinal=3)
    Duty.objects.create(leg=leg, title="试音响", days_before=2, department="后勤")
    events = read(address(placed.host))
    duty = next(event for uid, event in events.items() if uid.startswith("duty-"))
    assert {event["summary"] for uid, event in events.items() if uid.startswith("leg-")} == {
        f"示例轮训 {each.name}" for each in Leg.objects.all()
    }
    assert (duty["summary"], duty.start) == ("试音响 · 第三期", leg.starts - timedelta(days=2))


def test_clerk_and_participant_read_nothing_of_the_base(placed: Stage) -> None:
    Duty.objects.create(leg=Leg.objects.get(ordinal=3), title="试音响", days_before=2)
    assert read(address(placed.clerk)) == {}
    assert [uid.split("-")[0] for uid in read(address(placed.participant))] == ["term"]


def test_speaker_reads_the_stops_where_they_tell_something(stage: Stage) -> None:
    tour: Tour = build_tour(stage)
    leg = next(leg for leg in tour.programme.legs.all() if leg.settled)
    leg.appearances.all().delete()
    leg.appearances.create(talk=tour.talks[0], teller=tour.speaking, position=1)
    account = Account.objects.get(person=tour.speaking.person)
    told = {uid: event for uid, event in read(address(account)).items() if uid.startswith("stop-")}
    assert told[f"stop-{leg.pk}-{account.pk}@ortoo"]["description"] == tour.talks[0].title


def test_unchanged_is_not_sent_again(placed: Stage) -> None:
    url, client = address(placed.participant), Client()
    first = client.get(url)
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert "Last-Modified" not in first  # Two changes within a second would be one to it.
    take_places_back(placed.programme, source="plan:1", by=SYSTEM)
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_renewed_stopped_and_guessed_links_open_nothing(placed: Stage) -> None:
    old = address(placed.participant)
    new = address(placed.participant)
    statuses = [Client().get(url).status_code for url in (old, new, new.replace(".ics", "0.ics"))]
    stop_calendar(placed.participant, by=SYSTEM)
    assert [*statuses, Client().get(new).status_code] == [404, 200, 404, 404]


def test_closed_account_reads_nothing_more(placed: Stage) -> None:
    url = address(placed.participant)
    placed.participant.is_active = False
    placed.participant.save()
    assert Client().get(url).status_code == 404


def test_reading_without_end_is_told_so(placed: Stage) -> None:
    url, client = address(placed.participant), Client()
    with clock.held_at(clock.now()):
        statuses = [client.get(url).status_code for _each in range(MOST_A_MINUTE + 1)]
    assert (set(statuses[:-1]), statuses[-1]) == ({200}, 429)
    with clock.held_at(clock.now() + timedelta(minutes=2)):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("more", [0, 5])
def test_reading_takes_as_many_queries_for_more_days(placed: Stage, more: int, django_assert_max_num_queries: Any) -> None:
    leg = Leg.objects.get(ordinal=3)
    Duty.objects.bulk_create(Duty(leg=leg, title=f"事项{n}") for n in range(more))
    url = address(placed.host)
    with django_assert_max_num_queries(24):
        Client().get(url)


def test_page_shows_the_link_and_makes_and_stops_it(placed: Stage) -> None:
    client = Client()
    client.force_login(placed.participant)
    page = reverse("participation:calendar")
    assert ".ics" not in client.get(page).content.decode()
    client.post(reverse("participation:calendar-renew"))
    shown = client.get(page).content.decode()
    link = placed.participant.calendar_link  # type: ignore[attr-defined]
    own = f"://testserver/calendar/{link.pk}/{code_of(link)}.ics"
    assert (f">http{own}<" in shown, f'href="webcal{own}"' in shown, "旧链接" in shown) == (True, True, False)
    assert "旧链接" in client.post(reverse("participation:calendar-renew"), follow=True).content.decode()
    client.post(reverse("participation:calendar-stop"))
    assert ".ics" not in client.get(page).content.decode()


def test_new_link_goes_on_counting_changes(placed: Stage) -> None:
    (before,) = read(address(placed.participant)).values()
    stop_calendar(placed.participant, by=SYSTEM)
    change_places(placed.programme, {placed.persons["000101"].pk: Leg.objects.get(ordinal=2)}, source="plan:2", by=SYSTEM)
    (after,) = read(address(placed.participant)).values()
    assert (after["uid"], after["sequence"]) == (before["uid"], 1)


def test_control_characters_are_left_out(placed: Stage) -> None:
    placed.programme.title, placed.programme.bring = "竖\x0b表", "一\x1f\r\n二\t三"
    placed.programme.save()
    (event,) = read(address(placed.participant)).values()
    assert event["summary"].startswith("竖表 ")
    assert "一\n二\t三" in event["description"]
