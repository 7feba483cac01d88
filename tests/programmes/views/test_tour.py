"""Pages of a tour over HTTP."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.programmes.tour import Tour, day

from ortoo.kernel.actor import SYSTEM
from ortoo.people.models import Account
from ortoo.programmes.domain.duty import DutyDraft, add_duty
from ortoo.programmes.domain.rehearsal import RehearsalDraft, record_rehearsal
from ortoo.programmes.domain.running_order import put_all_on
from ortoo.programmes.domain.script import say_of_version, write_version
from ortoo.programmes.domain.stop import StopDraft, add_stop
from ortoo.programmes.domain.talk import TalkDraft, add_talk
from ortoo.programmes.models import Appearance, Duty, Hall, Leg, Lesson, Programme, Speaker, Talk
from ortoo.programmes.queries import stops_of
from ortoo.programmes.travel import total_km, travels

Enter = Callable[[Account], Client]


@pytest.fixture
def enter() -> Enter:
    """A browser in which the account is signed in."""

    def signed_in(account: Account) -> Client:
        client = Client()
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def at(name: str, tour: Tour, *args: Any) -> str:
    return reverse(f"programmes:{name}", args=[tour.programme.key, *args])


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def grow(tour: Tour, count: int) -> None:
    """So many stops and talks more, each with all that a page shows of it."""
    for number in range(count):
        leg = add_stop(tour.programme, StopDraft(f"站{number}", tour.stops[0].base_id or 0), by=SYSTEM)
        talk = add_talk(tour.programme, TalkDraft(f"讲{number}", tour.third.pk, 5), by=SYSTEM)
        say_of_version(write_version(talk, "稿", by=SYSTEM), "好", by=SYSTEM)
        record_rehearsal(talk, RehearsalDraft(tour.third.pk, day(0), 300), by=SYSTEM)
        add_duty(leg, DutyDraft("备水", "", 1), by=SYSTEM)
        add_duty(tour.stops[1], DutyDraft(f"备水{number}", "", 1), by=SYSTEM)


@pytest.mark.parametrize("name", ["programme", "stops", "route", "speakers", "talks", "order", "duties", "duty-copy"])
def test_lists_ask_the_same_number_of_queries_for_more(
    tour: Tour, enter: Enter, django_assert_num_queries: Any, name: str
) -> None:
    for leg in tour.stops:
        put_all_on(leg, by=SYSTEM)
    grow(tour, 1)
    client = enter(tour.stage.organiser)
    client.get(at(name, tour))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(at(name, tour))
    grow_more(tour)
    with django_assert_num_queries(len(few)):
        client.get(at(name, tour))


def grow_more(tour: Tour) -> None:
    """Two more of everything, under other names."""
    for number in (7, 8):
        leg = add_stop(tour.programme, StopDraft(f"站{number}", tour.stops[1].base_id or 0), by=SYSTEM)
        talk = add_talk(tour.programme, TalkDraft(f"讲{number}", tour.guest.pk, 5), by=SYSTEM)
        write_version(talk, "稿", by=SYSTEM)
        add_duty(leg, DutyDraft("备水", "", 1), by=SYSTEM)
        add_duty(tour.stops[1], DutyDraft(f"备水{number}", "", 1), by=SYSTEM)


def test_new_tour_begins_with_its_stops(tour: Tour, enter: Enter) -> None:
    client, unit = enter(tour.stage.organiser), tour.stage.units["15"]
    said = {"kind": "tour", "title": "下一程", "unit": unit.pk, "base": ""}
    assert "Programme" not in client.post(reverse("programmes:new"), said).headers.get("Location", "")
    assert not Programme.objects.filter(title="下一程").exists()
    answer = client.post(reverse("programmes:new"), said | {"starts": day(1), "ends": day(9)})
    made = Programme.objects.get(title="下一程")
    assert answer["Location"] == reverse("programmes:stops", args=[made.key])
    assert (made.kind, made.starts, made.ends) == ("tour", day(1), day(9))


def test_tour_has_no_pages_of_a_rotation(tour: Tour, enter: Enter) -> None:
    page = text(enter(tour.stage.organiser), at("programme", tour))
    for name in ("intake:returns", "participation:nominations", "programmes:legs", "planning:rules"):
        assert reverse(name, args=[tour.programme.key]) not in page
    rotation = text(enter(tour.stage.organiser), reverse("programmes:programme", args=[tour.stage.programme.key]))
    assert reverse("programmes:stops", args=[tour.stage.programme.key]) not in rotation
    assert enter(tour.stage.organiser).get(reverse("programmes:stops", args=[tour.stage.programme.key])).status_code == 404


def test_changing_the_days_of_a_tour_says_what_is_in_the_way(tour: Tour, enter: Enter) -> None:
    said = {"title": "示例巡讲", "starts": day(-1), "ends": day(20)}
    assert "甲站" in enter(tour.stage.organiser).post(at("change", tour), said).content.decode()
    enter(tour.stage.organiser).post(at("change", tour), said | {"title": "新名", "starts": day(-5)})
    tour.programme.refresh_from_db()
    assert (tour.programme.title, tour.programme.starts) == ("新名", day(-5))


def test_stop_is_added_changed_settled_moved_and_removed(tour: Tour, enter: Enter) -> None:
    client, base = enter(tour.stage.organiser), tour.stops[0].base_id
    client.post(at("stop-add", tour), {"name": "丁站", "base": base, "mark": "last"})
    leg = Leg.objects.get(name="丁站")
    client.post(at("stop-change", tour, leg.pk), {"name": "丁二站", "base": base, "mark": ""})
    client.post(at("hall-add", tour, leg.pk), {"name": "剧院", "seats": 40, "free": f"{day(5):%Y-%m-%d}", "rows": "20 × 2"})
    hall = Hall.objects.get(name="剧院")
    client.post(at("stop-move", tour, leg.pk), {"step": "up"})
    assert Leg.objects.get(pk=leg.pk).ordinal == 3
    refused = client.post(at("stop-settle", tour, leg.pk), {"day": day(6), "hall": hall.pk})
    assert (refused.status_code, "剧院" in refused.content.decode()) == (409, True)
    client.post(at("stop-settle", tour, leg.pk), {"day": day(5), "hall": hall.pk})
    leg.refresh_from_db()
    assert (leg.name, leg.day, leg.hall) == ("丁二站", day(5), hall)
    client.post(at("stop-remove", tour, leg.pk))
    assert not Leg.objects.filter(pk=leg.pk).exists()


def test_form_keeps_what_was_refused(tour: Tour, enter: Enter) -> None:
    client = enter(tour.stage.organiser)
    page = client.post(at("stop-add", tour), {"name": "丁站", "base": tour.stops[0].base_id, "mark": "first"})
    assert (page.status_code, "丁站" in page.content.decode()) == (200, True)
    page = client.post(at("hall-add", tour, tour.stops[0].pk), {"name": "礼堂", "seats": 7, "free": "何时"})
    assert "何时" in page.content.decode()
    page = client.post(at("hall-change", tour, tour.stops[0].pk, tour.stops[0].halls.get().pk), {"name": "礼堂", "seats": 7})
    assert 'name="seats" value="7"' in page.content.decode()


def test_host_offers_halls_at_its_own_stop(tour: Tour, enter: Enter) -> None:
    client, leg = enter(tour.other_host), tour.stops[1]
    client.post(at("hall-add", tour, leg.pk), {"name": "会堂", "seats": 9, "free": ""})
    hall = Hall.objects.get(name="会堂")
    client.post(at("hall-change", tour, leg.pk, hall.pk), {"name": "会堂", "seats": 12, "free": ""})
    assert Hall.objects.get(pk=hall.pk).seats == 12
    client.post(at("hall-remove", tour, leg.pk, hall.pk))
    assert not Hall.objects.filter(pk=hall.pk).exists()


def test_route_shows_the_way_with_its_sums(tour: Tour, enter: Enter) -> None:
    page = text(enter(tour.stage.clerk), at("route", tour))
    assert 'data-chart="travel"' in page
    km = round(total_km(travels(list(stops_of(tour.programme)))))
    assert f"{km:,}" in page


def test_speakers_telephone_and_free_days_are_for_organisers(tour: Tour, enter: Enter) -> None:
    for account in (tour.other_host, tour.stage.clerk, tour.stage.participant):
        assert enter(account).get(at("speakers", tour)).status_code == 403
        for name in ("stops", "route", "programme"):
            assert "0471-1" not in text(enter(account), at(name, tour))


def test_speaker_is_added_by_staff_number_or_as_a_guest(tour: Tour, enter: Enter) -> None:
    client = enter(tour.stage.organiser)
    client.post(at("speaker-add", tour), {"staff_no": "000102", "blocked": "", "understudy": tour.guest.pk})
    added = Speaker.objects.get(person__staff_no="000102")
    assert added.understudy == tour.guest
    for said in ({"staff_no": "999"}, {"staff_no": "000101", "name": "某"}, {}):
        assert client.post(at("speaker-add", tour), said).status_code == 200
    assert Speaker.objects.filter(programme=tour.programme).count() == 4
    first = f"{day(2):%Y-%m-%d}"
    client.post(at("speaker-change", tour, added.pk), {"staff_no": "000102", "blocked": first, "understudy": ""})
    added.refresh_from_db()
    assert (added.blocked, added.understudy) == ([[first, first]], None)
    client.post(at("speaker-remove", tour, added.pk))
    assert not Speaker.objects.filter(pk=added.pk).exists()


def test_speaker_sees_and_writes_their_own_talk_only(tour: Tour, enter: Enter) -> None:
    client = enter(tour.stage.participant)
    page = text(client, at("talks", tour))
    assert ("马鞍" in page, "夜路" in page) == (True, False)
    client.post(at("script-write", tour, tour.talks[0].pk), {"text": "开头\n\n结尾"})
    client.post(at("script-comment", tour, tour.talks[0].pk, 1), {"comment-text": "请看结尾"})
    page = text(enter(tour.stage.organiser), at("talk", tour, tour.talks[0].pk))
    assert ("结尾" in page, "请看结尾" in page) == (True, True)
    assert at("script-sign", tour, tour.talks[0].pk, 1) not in text(client, at("talk", tour, tour.talks[0].pk))


def test_script_is_text_and_never_markup(tour: Tour, enter: Enter) -> None:
    write_version(tour.talks[0], "<script>alert(1)</script>", by=SYSTEM)
    assert "<script>alert" not in text(enter(tour.stage.organiser), at("talk", tour, tour.talks[0].pk))


def test_talk_goes_from_script_to_sign_off_and_rehearsal(tour: Tour, enter: Enter) -> None:
    client = enter(tour.stage.organiser)
    said = {"title": "新篇", "speaker": tour.guest.pk, "story": "own", "minutes": 10}
    client.post(at("talk-add", tour), said)
    talk = Talk.objects.get(title="新篇")
    client.post(at("talk-change", tour, talk.pk), said | {"minutes": 8})
    client.post(at("script-write", tour, talk.pk), {"text": "稿"})
    client.post(at("script-sign", tour, talk.pk, 1))
    held = {"rehearsal-teller": tour.guest.pk, "rehearsal-day": day(0), "rehearsal-seconds": "8:30", "rehearsal-notes": "快些"}
    client.post(at("rehearsal-add", tour, talk.pk), held)
    page = text(client, at("talk", tour, talk.pk))
    assert ("8:30" in page, "超时" in page, "已审定" in page) == (True, True, True)
    assert "8:30" in text(client, at("talks", tour))
    client.post(at("script-sign", tour, talk.pk, 1), {"back": "1"})
    client.post(at("rehearsal-remove", tour, talk.pk, talk.rehearsals.get().pk))
    assert (talk.rehearsals.exists(), talk.scripts.get().signed_at) == (False, None)
    client.post(at("talk-remove", tour, talk.pk))
    assert not Talk.objects.filter(pk=talk.pk).exists()


def test_what_is_typed_wrongly_is_said(tour: Tour, enter: Enter) -> None:
    client, talk = enter(tour.stage.organiser), tour.talks[0]
    answer = client.post(at("rehearsal-add", tour, talk.pk), {"rehearsal-seconds": "很久"}, follow=True)
    assert "10:45" in answer.content.decode()
    answer = client.post(at("script-write", tour, talk.pk), {"text": " "}, follow=True)
    assert not talk.scripts.exists()
    assert (
        client.post(at("talk-add", tour), {"title": "马鞍", "speaker": tour.guest.pk, "story": "own", "minutes": 1}).status_code
        == 200
    )


def test_running_order_is_made_with_the_keyboard_alone(tour: Tour, enter: Enter) -> None:
    client, leg = enter(tour.stage.organiser), tour.stops[1]
    client.post(at("order-put", tour, leg.pk), {"talk": tour.talks[1].pk})
    client.post(at("order-put", tour, leg.pk), {"all": "1"})
    rows = list(Appearance.objects.filter(leg=leg))
    assert [each.talk.title for each in rows] == ["夜路", "马鞍"]
    answer = client.post(at("order-act", tour, rows[1].pk), {"act": "up"})
    assert answer["Location"].endswith(f"?leg=2#talk-{rows[1].talk_id}")
    page = text(client, at("order", tour))
    assert page.index("马鞍") < page.index("夜路")
    assert ("20分钟" in page, "替甲一" in page) == (True, True)
    client.post(at("order-act", tour, rows[0].pk), {"act": "off"})
    assert Appearance.objects.filter(leg=leg).count() == 1


def test_understudy_steps_in_with_one_click_and_back(tour: Tour, enter: Enter) -> None:
    client = enter(tour.stage.organiser)
    first = put_all_on(tour.stops[0], by=SYSTEM)[0]
    client.post(at("order-act", tour, first.pk), {"act": "in"})
    first.refresh_from_db()
    assert first.teller == tour.guest
    client.post(at("order-act", tour, first.pk), {"act": "back"})
    first.refresh_from_db()
    assert first.teller == tour.speaking
    assert client.post(at("order-act", tour, first.pk), {"act": "dance"}).status_code == 404


def test_host_marks_arrivals_and_changes_nothing_else(tour: Tour, enter: Enter) -> None:
    client = enter(tour.other_host)
    first = put_all_on(tour.stops[1], by=SYSTEM)[0]
    client.post(at("order-act", tour, first.pk), {"act": "arrived"})
    first.refresh_from_db()
    assert first.arrived_at is not None
    assert client.post(at("order-act", tour, first.pk), {"act": "off"}).status_code == 403
    client.post(at("order-act", tour, first.pk), {"act": "away"})
    first.refresh_from_db()
    assert first.arrived_at is None


def test_lesson_is_carried_to_the_next_checklist(tour: Tour, enter: Enter) -> None:
    client = enter(tour.local_host)
    said = {"text": "多备话筒", "department": "信息科", "days_before": "2"}
    client.post(at("lesson", tour, tour.stops[0].pk), said)
    assert Lesson.objects.get().carried_to == tour.stops[2]
    page = text(enter(tour.stage.organiser), f"{at('duties', tour)}?leg=3")
    assert ("多备话筒" in page, "甲站经验" in page) == (True, True)
    assert client.post(at("lesson", tour, tour.stops[0].pk), said).status_code == 409


def test_owner_of_a_duty_is_chosen_among_hosts(tour: Tour, enter: Enter) -> None:
    duty = add_duty(tour.stops[1], DutyDraft("备水", "", 1), by=SYSTEM)
    client = enter(tour.stage.organiser)
    page = text(client, f"{at('duties', tour)}?leg=2")
    assert (f'value="{tour.other_host.pk}"' in page, f'value="{tour.local_host.pk}"' in page) == (True, False)
    client.post(at("duty-owner", tour, duty.pk), {"owner": tour.other_host.pk})
    assert Duty.objects.get(pk=duty.pk).owner == tour.other_host
    client.post(at("duty-owner", tour, duty.pk), {"owner": tour.local_host.pk})
    assert Duty.objects.get(pk=duty.pk).owner == tour.other_host


def test_overdue_duties_wait_at_home_for_host_and_organiser(tour: Tour, enter: Enter) -> None:
    add_duty(tour.stops[1], DutyDraft("备水", "", 1), by=SYSTEM)
    for account, shown in ((tour.other_host, True), (tour.stage.organiser, True), (tour.local_host, False)):
        assert ("备水" in text(enter(account), "/")) is shown


def test_page_of_a_stop_marks_it_on_the_route_line(tour: Tour, enter: Enter) -> None:
    put_all_on(tour.stops[1], by=SYSTEM)
    page = text(enter(tour.stage.clerk), at("stop", tour, tour.stops[1].pk))
    current = re.search(r'<li class="station[^"]*is-current">.*?station-name">([^<]+)', page, re.S)
    assert current and current[1] == "乙站"
    assert "日期未定" in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_speak_both_languages(tour: Tour, enter: Enter, language: str) -> None:
    tour.stage.organiser.language = language
    tour.stage.organiser.save()
    page = text(enter(tour.stage.organiser), at("stops", tour))
    assert ("no day yet" in page) is (language == "en")


def test_speaker_and_organiser_find_at_home_what_waits_of_the_talks(tour: Tour, enter: Enter) -> None:
    put_all_on(tour.stops[1], by=SYSTEM)
    tour.stops[1].appearances.filter(talk=tour.talks[0]).update(teller=tour.speaking)
    write_version(tour.talks[0], "稿", by=SYSTEM)
    assert at("talk", tour, tour.talks[0].pk) in text(enter(tour.stage.participant), "/")
    assert at("talks", tour) in text(enter(tour.stage.organiser), "/")
    assert at("talks", tour) not in text(enter(tour.other_host), "/")
