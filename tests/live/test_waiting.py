"""What waits because of viewing sites."""

from datetime import timedelta

from tests.live.stage import Tour

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain.head_count import CountDraft, count_heads
from ortoo.live.domain.line_test import keep_test
from ortoo.live.domain.site import say_screen
from ortoo.live.waiting import sites_waiting
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
