"""Heads counted at sites."""

from datetime import timedelta

import pytest
from tests.live.stage import Tour

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.live.domain import head_count as verbs
from ortoo.live.domain.head_count import CountDraft, CountedOtherwise, CountStands, CountStruck, TooManyCounts, count_heads
from ortoo.live.models import HeadCount
from ortoo.live.queries import heads_of, standing_counts, standings


def heads(tour: Tour) -> int | None:
    return heads_of(standing_counts([tour.site.pk]).get(tour.site.pk, {}))


def send(tour: Tour, client_id: str, moment: str, number: int) -> HeadCount:
    return count_heads(tour.site, CountDraft(client_id, moment, number), by=SYSTEM)


def test_the_same_id_twice_is_one_row(tour: Tour) -> None:
    first = send(tour, "aaaaaaaa", "during", 80)
    assert send(tour, "aaaaaaaa", "during", 80) == first
    assert HeadCount.objects.count() == AuditEntry.objects.filter(verb="count_heads").count() == 1


def test_the_same_id_with_another_figure_is_refused(tour: Tour) -> None:
    send(tour, "aaaaaaaa", "during", 80)
    with pytest.raises(CountedOtherwise):
        send(tour, "aaaaaaaa", "during", 81)
    assert heads(tour) == 80


def test_moments_are_never_added_and_the_largest_is_the_reach(tour: Tour) -> None:
    send(tour, "aaaaaaaa", "before", 40)
    send(tour, "bbbbbbbb", "during", 95)
    send(tour, "cccccccc", "after", 60)
    assert heads(tour) == 95


def test_the_newest_count_of_a_moment_corrects_the_one_before(tour: Tour) -> None:
    send(tour, "aaaaaaaa", "during", 950)
    send(tour, "bbbbbbbb", "during", 95)
    assert heads(tour) == 95


def test_a_count_that_waited_for_the_line_does_not_overrule_a_later_one(tour: Tour) -> None:
    now = clock.now()
    count_heads(tour.site, CountDraft("bbbbbbbb", "during", 95, counted=now), by=SYSTEM)
    count_heads(tour.site, CountDraft("aaaaaaaa", "during", 20, counted=now - timedelta(minutes=30)), by=SYSTEM)
    assert heads(tour) == 95


@pytest.mark.parametrize("off", [timedelta(days=4), timedelta(minutes=-10)])
def test_a_clock_that_cannot_be_right_is_not_believed(tour: Tour, off: timedelta) -> None:
    now = clock.now()
    with clock.held_at(now):
        count = count_heads(tour.site, CountDraft("aaaaaaaa", "during", 1, counted=now - off), by=SYSTEM)
    assert count.counted == now


def test_a_struck_count_stays_but_does_not_count_until_it_stands_again(tour: Tour) -> None:
    right = send(tour, "aaaaaaaa", "during", 90)
    wrong = send(tour, "bbbbbbbb", "during", 9000)
    verbs.strike_count(wrong, "手误", by=SYSTEM)
    assert heads(tour) == right.heads
    with pytest.raises(CountStruck):
        verbs.strike_count(wrong, "手误", by=SYSTEM)
    verbs.let_count_stand(wrong, by=SYSTEM)
    assert heads(tour) == 9000
    with pytest.raises(CountStands):
        verbs.let_count_stand(wrong, by=SYSTEM)
    assert HeadCount.objects.count() == 2


def test_a_flood_from_one_link_is_refused(tour: Tour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST_COUNTS", 2)
    send(tour, "aaaaaaaa", "during", 1)
    send(tour, "bbbbbbbb", "during", 2)
    with pytest.raises(TooManyCounts):
        send(tour, "cccccccc", "during", 3)
    assert send(tour, "bbbbbbbb", "during", 2).heads == 2


def test_far_more_heads_than_expected_are_marked(tour: Tour) -> None:
    send(tour, "aaaaaaaa", "during", 300)
    assert not standings([tour.site])[0].unlikely
    send(tour, "bbbbbbbb", "during", 301)
    assert standings([tour.site])[0].unlikely
