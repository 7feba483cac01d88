"""A tour from nothing to the second stop, through the HTTP client: made, ordered, held, and learned from."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.programmes.stage import Stage, build

from ortoo.kernel import clock
from ortoo.people.models import Account
from ortoo.programmes.models import Appearance, Duty, Leg, Programme, Speaker, Talk

pytestmark = pytest.mark.journey
Post = Callable[..., Any]


@pytest.fixture
def stage(db: None) -> Stage:
    """A region with people and accounts."""
    return build()


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def test_tour_is_made_held_and_learned_from(stage: Stage) -> None:
    organiser, host = signed_in(stage.organiser), signed_in(stage.host)
    tour = _begin(organiser, stage)
    first, second = _two_stops(organiser, tour, stage)
    _talks(organiser, tour)
    _checklist(organiser, tour)
    organiser.post(_at("move", tour), {"move": "open"})
    _order_of_the_day(organiser, tour, first)
    _host_signs_its_checklist(host, tour, first)
    _lesson_goes_on(host, organiser, tour, first, second)


def _at(name: str, tour: Programme, *args: Any) -> str:
    return reverse(f"programmes:{name}", args=[tour.key, *args])


def _text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def _begin(organiser: Client, stage: Stage) -> Programme:
    said = {"kind": "tour", "title": "事迹巡讲", "unit": stage.units["15"].pk, "starts": day(0), "ends": day(9)}
    organiser.post(reverse("programmes:new"), said)
    return Programme.objects.get(title="事迹巡讲")


def _two_stops(organiser: Client, tour: Programme, stage: Stage) -> tuple[Leg, Leg]:
    for name, code, on, mark in (("乙站", "150201", 0, "first"), ("甲站", "150101", 3, "last")):
        organiser.post(_at("stop-add", tour), {"name": name, "base": stage.units[code].pk, "mark": mark})
        leg = Leg.objects.get(programme=tour, name=name)
        free = f"{day(on):%Y-%m-%d}"
        organiser.post(_at("hall-add", tour, leg.pk), {"name": "礼堂", "seats": 40, "free": free, "rows": "20 × 2"})
        organiser.post(_at("stop-settle", tour, leg.pk), {"day": day(on), "hall": leg.halls.get().pk})
    first, second = tour.legs.all()
    assert (first.day, second.day) == (day(0), day(3))
    assert "乙站" in _text(organiser, _at("route", tour))
    return first, second


def _talks(organiser: Client, tour: Programme) -> None:
    today = f"{day(0):%Y-%m-%d}"
    organiser.post(_at("speaker-add", tour), {"name": "嘉宾"})
    guest = Speaker.objects.get(name="嘉宾")
    organiser.post(_at("speaker-add", tour), {"staff_no": "000101", "blocked": today, "understudy": guest.pk})
    organiser.post(_at("speaker-add", tour), {"staff_no": "000201", "understudy": guest.pk})
    for number, title in (("000101", "马鞍"), ("000201", "夜路")):
        speaker = Speaker.objects.get(person__staff_no=number)
        organiser.post(_at("talk-add", tour), {"title": title, "speaker": speaker.pk, "story": "own", "minutes": 10})
        talk = Talk.objects.get(title=title)
        organiser.post(_at("script-write", tour, talk.pk), {"text": f"{title}的讲稿"})
        organiser.post(_at("script-sign", tour, talk.pk, 1))
    assert _text(organiser, _at("talks", tour)).count("已审定") == 2


def _checklist(organiser: Client, tour: Programme) -> None:
    rows = {"duty-TOTAL_FORMS": "1", "duty-INITIAL_FORMS": "0", "duty-0-title": "走台", "duty-0-days_before": "1"}
    organiser.post(_at("duty-list", tour), rows)
    organiser.post(_at("duty-copy", tour))
    assert Duty.objects.filter(leg__programme=tour).count() == 2


def _order_of_the_day(organiser: Client, tour: Programme, first: Leg) -> None:
    """The blocked speaker's understudy stands in by itself; another falls ill and one click brings them in."""
    organiser.post(_at("order-put", tour, first.pk), {"all": "1"})
    horse, night = Appearance.objects.filter(leg=first)
    assert (str(horse.teller), str(night.teller)) == ("嘉宾", "乙一")
    organiser.post(_at("order-act", tour, night.pk), {"act": "up"})
    organiser.post(_at("order-act", tour, night.pk), {"act": "in"})
    page = _text(organiser, _at("order", tour))
    assert page.index("夜路") < page.index("马鞍")
    assert page.count("嘉宾") >= 2
    organiser.post(_at("order-act", tour, night.pk), {"act": "back"})
    night.refresh_from_db()
    assert str(night.teller) == "乙一"


def _host_signs_its_checklist(host: Client, tour: Programme, first: Leg) -> None:
    duty = Duty.objects.get(leg=first)
    assert "走台" in _text(host, "/")
    host.post(_at("duty-tick", tour, duty.pk), {"note": "灯光正常"})
    duty.refresh_from_db()
    assert (duty.done_at is not None, duty.note) == (True, "灯光正常")
    assert "走台" not in _text(host, "/").split("<main")[1]
    other = Duty.objects.exclude(leg=first).get(leg__programme=tour)
    assert host.post(_at("duty-tick", tour, other.pk)).status_code == 403


def _lesson_goes_on(host: Client, organiser: Client, tour: Programme, first: Leg, second: Leg) -> None:
    host.post(_at("lesson", tour, first.pk), {"text": "多备一支话筒", "days_before": "2"})
    page = _text(organiser, f"{_at('duties', tour)}?leg={second.ordinal}")
    assert ("多备一支话筒" in page, "乙站经验" in page) == (True, True)
    assert "多备一支话筒" in _text(organiser, _at("stop", tour, second.pk))
