"""The page of whoever is in charge of a site: no account, late and double sendings, hostile ones."""

import io
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.live.stage import Tour, jpeg

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.live.domain.door import code_of
from ortoo.live.domain.session import close_live, open_live, session_of
from ortoo.live.domain.session import code_of as code_for
from ortoo.live.domain.site import renew_link
from ortoo.live.models import HeadCount, LineTest, SitePhotograph
from ortoo.programmes.models import Leg

COUNT = {"client_id": "aaaaaaaa", "moment": "during", "heads": "80", "note": ""}
SCRIPT = "<script>alert(1)</script>"


def at(tour: Tour, name: str = "door") -> str:
    return reverse(f"live:{name}", args=[tour.site.key, code_of(tour.site)])


def send(tour: Tour, name: str, data: dict[str, object]) -> object:
    return Client(enforce_csrf_checks=True).post(at(tour, name), data, headers={"Accept": "application/json"})


def test_link_opens_the_page_for_somebody_without_an_account(tour: Tour) -> None:
    answer = Client().get(at(tour))
    assert answer.status_code == 200
    assert tour.site.name in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    tour.site.refresh_from_db()
    assert tour.site.last_heard is not None


def test_page_leads_to_the_lecture_for_the_screen_and_for_sound_alone(tour: Tour, settings: Any) -> None:
    settings.HUB = "embedded"
    session = session_of(tour.leg)
    page = Client().get(at(tour)).content.decode()
    for screen, more in (("wall", "?picture"), ("watch", "")):
        assert f'href="{reverse(f"live:{screen}", args=[session.key, code_for(session, screen)])}{more}"' in page


@pytest.mark.parametrize(("acts", "moment"), [([], "before"), ([open_live], "during"), ([open_live, close_live], "after")])
def test_moment_of_the_count_follows_the_session(tour: Tour, acts: list[Callable[..., None]], moment: str) -> None:
    session = session_of(tour.leg)
    for act in acts:
        act(session, by=SYSTEM)
    assert Client().get(at(tour)).context["count_form"]["moment"].value() == moment


def test_wrong_or_renewed_link_is_not_there(tour: Tour) -> None:
    old = at(tour)
    renew_link(tour.site, by=SYSTEM)
    assert Client().get(old).status_code == 404
    assert Client().get(reverse("live:door", args=[tour.site.key, "0" * 32])).status_code == 404
    assert Client().post(old + "count/", COUNT).status_code == 404


def test_count_comes_once_however_often_it_is_sent_and_needs_no_cookie(tour: Tour) -> None:
    for _attempt in range(3):
        assert send(tour, "door-count", COUNT).status_code == 200  # type: ignore[attr-defined]
    count = HeadCount.objects.get()
    assert (count.heads, count.moment) == (80, "during")
    assert tour.site.name in AuditEntry.objects.get(verb="count_heads").by_name


def test_without_script_the_browser_goes_back_to_the_page(tour: Tour) -> None:
    client = Client()
    answer = client.post(at(tour, "door-count"), COUNT, follow=True)
    assert answer.redirect_chain == [(at(tour), 302)]
    assert "notice" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"heads": "-1"}, {"heads": "many"}, {"moment": "never"}, {"client_id": "x"}, {"heads": "200001"}, {"note": "x" * 201}],
)
def test_what_is_wrong_is_told_and_keeps_nothing(tour: Tour, wrong: dict[str, str]) -> None:
    answer = send(tour, "door-count", COUNT | wrong)
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert answer.json()["said"]  # type: ignore[attr-defined]
    assert not HeadCount.objects.exists()


def test_count_typed_while_the_line_was_down_keeps_its_time(tour: Tour) -> None:
    typed = clock.now() - timedelta(minutes=40)
    send(tour, "door-count", COUNT | {"counted": typed.strftime("%Y-%m-%dT%H:%M:%S.%fZ")})
    assert HeadCount.objects.get().counted == typed


def test_note_with_markup_is_shown_as_text(tour: Tour) -> None:
    send(tour, "door-count", COUNT | {"note": SCRIPT})
    page = Client().get(at(tour)).content.decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_measured_test_is_kept_with_its_verdict(tour: Tour) -> None:
    figures = {"client_id": "bbbbbbbb", "latency_ms": "80", "lost": "0", "tried": "12", "kbit_s": "5000", "seen": ""}
    assert send(tour, "door-test", figures).status_code == 200  # type: ignore[attr-defined]
    test = LineTest.objects.get()
    assert (test.latency_ms, test.kbit_s, test.verdict) == (80, 5000, "good")


def test_test_with_nothing_in_it_is_refused(tour: Tour) -> None:
    assert send(tour, "door-test", {"client_id": "bbbbbbbb", "seen": ""}).status_code == 400  # type: ignore[attr-defined]
    assert send(tour, "door-test", {"client_id": "bbbbbbbb", "seen": "weak"}).status_code == 200  # type: ignore[attr-defined]


def test_screen_is_said(tour: Tour) -> None:
    send(tour, "door-screen", {"screen": "trouble", "screen_note": "没有声音"})
    tour.site.refresh_from_db()
    assert (tour.site.screen, tour.site.screen_note) == ("trouble", "没有声音")


def test_photograph_comes_and_what_is_none_is_refused(tour: Tour) -> None:
    photograph = SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    data = {"client_id": "cccccccc", "photograph": photograph, "caption": "大厅", "may_show": "on"}
    assert send(tour, "door-photograph", data).status_code == 200  # type: ignore[attr-defined]
    assert SitePhotograph.objects.get().may_show
    page = SimpleUploadedFile("a.jpg", io.BytesIO(b"<html>").read(), "image/jpeg")
    answer = send(tour, "door-photograph", {"client_id": "dddddddd", "photograph": page})
    assert answer.status_code == 415  # type: ignore[attr-defined]
    assert SitePhotograph.objects.count() == 1


def test_beat_is_heard_and_sample_cannot_be_compressed(tour: Tour) -> None:
    assert Client().post(at(tour, "door-beat")).status_code == 204
    tour.site.refresh_from_db()
    assert tour.site.last_heard is not None
    sample = Client().get(at(tour, "door-sample")).content
    assert len(zlib.compress(sample)) > 0.99 * len(sample)


def test_door_of_a_stop_long_over_takes_nothing(tour: Tour) -> None:
    Leg.objects.filter(pk=tour.leg.pk).update(starts="2020-01-01", ends="2020-01-02")
    assert Client().get(at(tour)).status_code == 410
    assert send(tour, "door-count", COUNT).status_code == 410  # type: ignore[attr-defined]
    assert not HeadCount.objects.exists()


def test_links_that_somebody_guesses_say_nothing_of_the_site(tour: Tour) -> None:
    page = Client().get(reverse("live:door", args=[tour.site.key, "f" * 32])).content.decode()
    assert tour.site.name not in page
