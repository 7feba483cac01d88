"""Sites in a few numbers: told when they change, never added across moments, without names."""

from typing import Any

import pytest
from django.db.models import F
from tests.live.stage import Tour

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain.head_count import CountDraft, count_heads, let_count_stand, strike_count
from ortoo.live.domain.session import session_of
from ortoo.live.domain.site import remove_site, say_screen
from ortoo.live.domain.sites_now import sites_topic
from ortoo.live.domain.telling import topics_of
from ortoo.live.models import HeadCount, LiveSession, ViewingSite

pytestmark = pytest.mark.django_db


def send(site: ViewingSite, client_id: str, moment: str, heads: int) -> HeadCount:
    return count_heads(site, CountDraft(client_id, moment, heads), by=SYSTEM)


def changed(session: LiveSession) -> bool:
    """Whether the teller would look at it; it is said to have done so."""
    waiting = LiveSession.objects.filter(pk=session.pk, change__gt=F("told"))
    found = waiting.exists()
    waiting.update(told=F("change"))
    return found


def test_every_act_of_a_site_is_told(tour: Tour) -> None:
    session = session_of(tour.leg)
    assert changed(session)
    count = send(tour.site, "aaaaaaaa", "during", 80)
    assert changed(session)
    strike_count(count, "误", by=SYSTEM)
    assert changed(session)
    let_count_stand(count, by=SYSTEM)
    assert changed(session)
    say_screen(tour.site, "trouble", "无声", by=SYSTEM)
    assert changed(session)
    remove_site(tour.other, by=SYSTEM)
    assert changed(session)


def test_what_says_nothing_new_is_not_told(tour: Tour) -> None:
    session = session_of(tour.leg)
    send(tour.site, "aaaaaaaa", "during", 80)
    say_screen(tour.site, "on", by=SYSTEM)
    changed(session)
    send(tour.site, "aaaaaaaa", "during", 80)
    say_screen(tour.site, "on", by=SYSTEM)
    assert not changed(session)


def test_moments_stand_side_by_side_and_heads_are_the_largest_of_each_site(tour: Tour) -> None:
    send(tour.site, "aaaaaaaa", "before", 60)
    send(tour.site, "bbbbbbbb", "during", 80)
    send(tour.other, "cccccccc", "before", 30)
    say_screen(tour.other, "trouble", "无声", by=SYSTEM)
    told = topics_of(session_of(tour.leg))["sites"]
    assert (told["heads"], told["before"], told["during"], told["after"]) == (110, 90, 80, None)
    assert (told["sites"], told["counted"]) == (2, 2)
    assert told["screens"] == {"off": 1, "on": 0, "trouble": 1, "over": 0}


def test_viewers_are_told_no_names(tour: Tour) -> None:
    say_screen(tour.site, "trouble", "张三说无声", by=SYSTEM)
    said = str(sites_topic(tour.leg))
    assert tour.site.name not in said
    assert "张三" not in said


def test_queries_do_not_grow_with_sites(tour: Tour, django_assert_num_queries: Any) -> None:
    send(tour.site, "aaaaaaaa", "during", 80)
    with django_assert_num_queries(2):
        sites_topic(tour.leg)


def test_stop_without_sites_says_nothing(tour: Tour) -> None:
    ViewingSite.objects.all().delete()
    assert sites_topic(tour.leg) == {}
