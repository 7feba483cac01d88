"""What happens to the running order of a stop."""

import pytest
from tests.programmes.tour import Tour, day

from ortoo.kernel.actor import SYSTEM
from ortoo.programmes.domain import running_order as verbs
from ortoo.programmes.domain.speaker import SpeakerDraft, add_speaker, change_speaker, name_understudy
from ortoo.programmes.domain.talk import TalkDraft, add_talk
from ortoo.programmes.models import Appearance, Leg


def order(leg: Leg) -> list[tuple[str, str]]:
    return [(each.talk.title, str(each.teller)) for each in leg.appearances.select_related("talk", "teller__person")]


def test_understudy_stands_in_by_itself_where_the_speaker_is_blocked(tour: Tour) -> None:
    past, today, _later = tour.stops
    for leg in (past, today):
        verbs.put_all_on(leg, by=SYSTEM)
    assert order(past) == [("马鞍", "甲一"), ("夜路", "乙一")]
    assert order(today) == [("马鞍", "嘉宾"), ("夜路", "乙一")]


def test_all_are_put_on_in_the_order_of_the_stop_before(tour: Tour) -> None:
    past, today, later = tour.stops
    for talk in reversed(tour.talks):
        verbs.put_on(past, talk, by=SYSTEM)
    verbs.put_on(today, tour.talks[1], by=SYSTEM)
    add_talk(tour.programme, TalkDraft("新篇", tour.guest.pk, 5), by=SYSTEM)
    verbs.put_all_on(later, by=SYSTEM)
    assert [title for title, _teller in order(later)] == ["夜路", "马鞍", "新篇"]
    assert verbs.put_all_on(later, by=SYSTEM) == []


def test_talk_is_put_on_once_and_only_on_its_own_tour(tour: Tour) -> None:
    verbs.put_on(tour.stops[0], tour.talks[0], by=SYSTEM)
    with pytest.raises(verbs.TalkOnAlready):
        verbs.put_on(tour.stops[0], tour.talks[0], by=SYSTEM)
    with pytest.raises(verbs.TalkElsewhere):
        verbs.put_on(tour.stage.programme.legs.all()[0], tour.talks[0], by=SYSTEM)


def test_moving_and_taking_off_number_anew(tour: Tour) -> None:
    leg = tour.stops[0]
    first, second = verbs.put_all_on(leg, by=SYSTEM)
    verbs.move(second, -1, by=SYSTEM)
    assert [title for title, _teller in order(leg)] == ["夜路", "马鞍"]
    verbs.move(Appearance.objects.get(pk=second.pk), -1, by=SYSTEM)
    verbs.take_off(second, by=SYSTEM)
    assert list(leg.appearances.values_list("talk__title", "position")) == [("马鞍", 1)]
    assert first.pk


def test_understudy_steps_in_and_back(tour: Tour) -> None:
    leg = tour.stops[0]
    appearance = verbs.put_on(leg, tour.talks[0], by=SYSTEM)
    verbs.step_in(appearance, by=SYSTEM)
    assert order(leg) == [("马鞍", "嘉宾")]
    with pytest.raises(verbs.StandsInAlready):
        verbs.step_in(appearance, by=SYSTEM)
    verbs.step_back(appearance, by=SYSTEM)
    assert order(leg) == [("马鞍", "甲一")]
    with pytest.raises(verbs.ToldByItsSpeaker):
        verbs.step_back(appearance, by=SYSTEM)


def test_who_is_blocked_neither_steps_in_nor_back(tour: Tour) -> None:
    appearance = verbs.put_on(tour.stops[1], tour.talks[0], by=SYSTEM)
    with pytest.raises(verbs.SpeakerBlocked, match="甲一"):
        verbs.step_back(appearance, by=SYSTEM)
    change_speaker(tour.guest, SpeakerDraft(name="嘉宾", blocked=[(day(-3), day(-3))]), by=SYSTEM)
    past = verbs.put_on(tour.stops[0], tour.talks[0], by=SYSTEM)
    past.talk.speaker.understudy.refresh_from_db()  # type: ignore[union-attr]
    with pytest.raises(verbs.SpeakerBlocked, match="嘉宾"):
        verbs.step_in(past, by=SYSTEM)


def test_without_an_understudy_nobody_steps_in(tour: Tour) -> None:
    with pytest.raises(verbs.NoUnderstudy):
        verbs.step_in(verbs.put_on(tour.stops[0], tour.talks[1], by=SYSTEM), by=SYSTEM)


def test_nobody_gives_more_than_two_talks_at_a_stop(tour: Tour) -> None:
    leg = tour.stops[0]
    extra = [add_talk(tour.programme, TalkDraft(title, tour.guest.pk, 5), by=SYSTEM) for title in ("一", "二", "三")]
    for talk in extra[:2]:
        verbs.put_on(leg, talk, by=SYSTEM)
    with pytest.raises(verbs.TooManyTalks):
        verbs.put_on(leg, extra[2], by=SYSTEM)
    with pytest.raises(verbs.TooManyTalks):
        verbs.step_in(verbs.put_on(leg, tour.talks[0], by=SYSTEM), by=SYSTEM)


def test_arrival_counts_for_every_talk_of_the_speaker(tour: Tour) -> None:
    leg = tour.stops[0]
    own = add_talk(tour.programme, TalkDraft("自述", tour.guest.pk, 5), by=SYSTEM)
    verbs.put_on(leg, own, by=SYSTEM)
    verbs.mark_arrived(leg, tour.guest, by=SYSTEM)
    with pytest.raises(verbs.ArrivedAlready):
        verbs.mark_arrived(leg, tour.guest, by=SYSTEM)
    appearance = verbs.put_on(leg, tour.talks[0], by=SYSTEM)
    assert appearance.arrived_at is None
    verbs.step_in(appearance, by=SYSTEM)
    assert appearance.arrived_at is not None
    verbs.unmark_arrived(leg, tour.guest, by=SYSTEM)
    assert not leg.appearances.filter(arrived_at__isnull=False).exists()
    with pytest.raises(verbs.NotArrived):
        verbs.unmark_arrived(leg, tour.guest, by=SYSTEM)


def test_understudy_who_is_blocked_too_does_not_stand_in(tour: Tour) -> None:
    busy = add_speaker(tour.programme, SpeakerDraft(name="忙人", blocked=[(day(0), day(0))]), by=SYSTEM)
    name_understudy(tour.speaking, busy, by=SYSTEM)
    tour.talks[0].refresh_from_db()
    assert verbs.put_on(tour.stops[1], tour.talks[0], by=SYSTEM).teller == tour.speaking
