"""What waits because of viewing sites, and of viewers' questions."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests.live.stage import Tour

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain.head_count import CountDraft, count_heads
from ortoo.live.domain.line_test import keep_test
from ortoo.live.domain.session import close_live
from ortoo.live.domain.site import say_screen
from ortoo.live.models import LiveSession
from ortoo.live.waiting import questions_waiting, sites_waiting
from ortoo.people.models import Account
from ortoo.programmes.domain.leg import LegDraft, set_legs


def test_a_line_that_nobody_tested_waits_for_its_own_clerk(tour: Tour) -> None:
    (item,) = sites_waiting(tour.stage.clerk)
    assert (item.count, item.programme) == (1, tour.programme.key)
    assert tour.site.name in item.why
    keep_test(tour.site, "aaaaaaaa", None, "good", by=SYSTEM)
    assert sites_waiting(tour.stage.clerk) == []
    assert [each.count for each in sites_waiting(tour.stage.organiser)] == [1]


def test_trouble_is_urgent(tour: Tour) -> None:
    keep_test(tour.site, "aaaaaaaa", None, "good", by=SYSTEM)
    say_screen(tour.site, "trouble", by=SYSTEM)
    (item,) = sites_waiting(tour.stage.clerk)
    assert item.urgent


def test_after_the_stop_heads_that_nobody_counted_wait(tour: Tour) -> None:
    legs = list(tour.programme.legs.all())
    shift = legs[1].days
    drafts = [LegDraft(leg.name, leg.starts - timedelta(days=shift), leg.ends - timedelta(days=shift)) for leg in legs]
    set_legs(tour.programme, drafts, by=SYSTEM)
    assert len(sites_waiting(tour.stage.clerk)) == 1
    count_heads(tour.site, CountDraft("aaaaaaaa", "during", 80), by=SYSTEM)
    assert sites_waiting(tour.stage.clerk) == []


def test_nothing_waits_for_those_without_sites(tour: Tour) -> None:
    assert sites_waiting(tour.stage.participant) == []
    assert sites_waiting(tour.stage.administrator) == []


def test_questions_wait_for_who_runs_the_stop(session: LiveSession, django_assert_max_num_queries: Any) -> None:
    organiser, elsewhere = (Account.objects.get(username=name) for name in ("organiser", "other"))
    assert questions_waiting(organiser) == []
    for number in range(2):
        session.questions.create(device="d-1", client_id=str(number), text="怎么做?", asked=timezone.now())
    session.questions.create(device="d-1", client_id="shown", text="看见了", asked=timezone.now(), state="shown")
    with django_assert_max_num_queries(3):
        (item,) = questions_waiting(organiser)
    assert (item.count, item.urgent) == (2, True)
    assert questions_waiting(elsewhere) == []
    close_live(session, by=SYSTEM)
    assert questions_waiting(organiser) == []
