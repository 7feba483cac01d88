"""A live session: opened and closed, what is on stage, what is told; its links."""

import pytest

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.live.domain import session as verbs
from ortoo.live.models import Device, LiveSession, Provenance, ReachEntry

pytestmark = pytest.mark.django_db


def fresh(session: LiveSession) -> LiveSession:
    return LiveSession.objects.select_related("leg__programme__unit", "on_stage__talk").get(pk=session.pk)


def test_stop_has_one_session(session: LiveSession) -> None:
    assert verbs.session_of(session.leg) == session


def test_open_twice_is_refused_and_reopening_keeps_the_beginning(session: LiveSession) -> None:
    with pytest.raises(verbs.LiveOpenAlready):
        verbs.open_live(session, by=SYSTEM)
    begun = session.opened
    verbs.close_live(session, by=SYSTEM)
    verbs.open_live(session, by=SYSTEM)
    again = fresh(session)
    assert again.opened == begun
    assert again.is_open


def test_close_ends_stage_and_notice_and_feeds_the_ledger_once(session: LiveSession) -> None:
    from django.utils import timezone

    Device.objects.bulk_create(Device(session=session, name=f"d-{n}", first_seen=timezone.now()) for n in range(3))
    verbs.put_on_stage(session, session.leg.appearances.first(), by=SYSTEM)
    verbs.post_notice(session, "请就座", by=SYSTEM)
    for _again in range(2):
        verbs.close_live(session, by=SYSTEM)
        verbs.open_live(session, by=SYSTEM)
    now = fresh(session)
    assert (now.on_stage, now.notice) == (None, "")
    standing = ReachEntry.objects.get(leg=session.leg, taken_back=None)
    assert (standing.provenance, standing.number) == (Provenance.DEVICES, 3)


@pytest.mark.parametrize("verb", [verbs.post_notice, verbs.say_captions])
def test_closed_session_takes_nothing(verb: object, session: LiveSession) -> None:
    verbs.close_live(session, by=SYSTEM)
    with pytest.raises(verbs.LiveNotOpen):
        verb(session, "一句", by=SYSTEM)  # type: ignore[operator]
    with pytest.raises(verbs.LiveNotOpen):
        verbs.put_on_stage(session, None, by=SYSTEM)


def test_talk_of_another_stop_is_refused(session: LiveSession) -> None:
    from ortoo.programmes.domain.running_order import put_all_on

    other = session.leg.programme.legs.exclude(pk=session.leg_id).first()
    put_all_on(other, by=SYSTEM)
    with pytest.raises(verbs.NotOnHere):
        verbs.put_on_stage(session, other.appearances.first(), by=SYSTEM)


def test_talk_on_stage_has_its_minutes(session: LiveSession) -> None:
    first = session.leg.appearances.select_related("talk").first()
    verbs.put_on_stage(session, first, by=SYSTEM)
    assert fresh(session).stage_seconds == first.talk.minutes * 60
    verbs.put_on_stage(session, None, by=SYSTEM)
    assert fresh(session).stage_since is None


def test_captions_are_lines_and_empty_ones_are_refused(session: LiveSession) -> None:
    made = verbs.say_captions(session, "第一行\n\n  第二行 \n" + "长" * 300, by=SYSTEM)
    assert [len(each.text) for each in made] == [3, 3, verbs.LONGEST_LINE]
    with pytest.raises(verbs.NothingToSay):
        verbs.say_captions(session, " \n ", by=SYSTEM)


def test_new_link_makes_old_ones_worthless(session: LiveSession) -> None:
    codes = {screen: verbs.code_of(session, screen) for screen in verbs.SCREENS}
    assert len(set(codes.values())) == 3
    assert verbs.find(session.key, "wall", codes["wall"]) == session
    assert verbs.find(session.key, "wall", codes["watch"]) is None
    channel = session.channel
    verbs.renew_live_link(session, by=SYSTEM)
    assert verbs.find(session.key, "wall", codes["wall"]) is None
    assert session.channel != channel


def test_every_change_is_recorded_and_to_be_told(session: LiveSession) -> None:
    before = fresh(session).change
    verbs.post_notice(session, "请就座", by=SYSTEM)
    assert fresh(session).change == before + 1
    assert AuditEntry.objects.order_by("pk").last().verb == "post_notice"


def test_one_stop_at_a_time_is_filmed_and_the_close_ends_it(session: LiveSession) -> None:
    other = verbs.session_of(session.leg.programme.legs.exclude(pk=session.leg_id).first())
    verbs.open_live(other, by=SYSTEM)
    verbs.turn_picture(session, True, by=SYSTEM)
    with pytest.raises(verbs.FilmedElsewhere):
        verbs.turn_picture(other, True, by=SYSTEM)
    assert len(verbs.picture_key(session)) >= 16
    verbs.close_live(session, by=SYSTEM)
    assert not fresh(session).films
    verbs.turn_picture(other, True, by=SYSTEM)
