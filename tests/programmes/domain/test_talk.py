"""What happens to talks, their scripts and their rehearsals."""

import pytest
from tests.programmes.tour import Tour, day

from ortoo.kernel.actor import SYSTEM
from ortoo.programmes.domain import script as scripts
from ortoo.programmes.domain import talk as verbs
from ortoo.programmes.domain.rehearsal import RehearsalDraft, RehearsalToCome, record_rehearsal, remove_rehearsal
from ortoo.programmes.domain.running_order import mark_arrived, put_on
from ortoo.programmes.domain.talk import TalkDraft
from ortoo.programmes.models import Rehearsal, Script, Talk


def test_title_is_used_once(tour: Tour) -> None:
    with pytest.raises(verbs.TalkTwice):
        verbs.add_talk(tour.programme, TalkDraft("马鞍", tour.third.pk, 9), by=SYSTEM)
    assert not verbs.change_talk(tour.talks[0], TalkDraft("马鞍", tour.speaking.pk, 9, "mentor"), by=SYSTEM)


def test_new_speaker_takes_over_where_nobody_has_arrived(tour: Tour) -> None:
    past, today = (put_on(leg, tour.talks[1], by=SYSTEM) for leg in tour.stops[:2])
    mark_arrived(tour.stops[0], tour.third, by=SYSTEM)
    verbs.change_talk(tour.talks[1], TalkDraft("夜路", tour.guest.pk, 11), by=SYSTEM)
    past.refresh_from_db()
    today.refresh_from_db()
    assert (past.teller, today.teller) == (tour.third, tour.guest)


def test_talk_that_was_told_stays(tour: Tour) -> None:
    put_on(tour.stops[0], tour.talks[1], by=SYSTEM)
    with pytest.raises(verbs.TalkWasTold, match="甲站"):
        verbs.remove_talk(tour.talks[1], by=SYSTEM)
    verbs.remove_talk(tour.talks[0], by=SYSTEM)
    assert Talk.objects.count() == 1


def test_versions_are_counted_and_only_the_newest_is_signed(tour: Tour) -> None:
    first = scripts.write_version(tour.talks[0], "一稿", by=tour.stage.participant)
    with pytest.raises(scripts.ScriptUnchanged):
        scripts.write_version(tour.talks[0], "一稿", by=SYSTEM)
    scripts.sign_off(first, by=tour.stage.organiser)
    second = scripts.write_version(tour.talks[0], "二稿", by=SYSTEM)
    assert (second.number, second.signed_at) == (2, None)
    with pytest.raises(scripts.NotTheNewest):
        scripts.sign_off(first, by=SYSTEM)
    scripts.sign_off(second, by=tour.stage.organiser)
    with pytest.raises(scripts.SignedAlready):
        scripts.sign_off(second, by=SYSTEM)
    scripts.take_sign_off_back(second, by=SYSTEM)
    with pytest.raises(scripts.NotSigned):
        scripts.take_sign_off_back(second, by=SYSTEM)
    assert Script.objects.get(number=1).written_by == tour.stage.participant


def test_comment_belongs_to_a_version(tour: Tour) -> None:
    script = scripts.write_version(tour.talks[0], "一稿", by=SYSTEM)
    scripts.say_of_version(script, "开头再短些", by=tour.stage.organiser)
    assert [(each.text, each.by) for each in script.comments.all()] == [("开头再短些", tour.stage.organiser)]


def test_rehearsal_is_written_down_once_it_was_held(tour: Tour) -> None:
    with pytest.raises(RehearsalToCome):
        record_rehearsal(tour.talks[0], RehearsalDraft(tour.guest.pk, day(1), 600), by=SYSTEM)
    held = record_rehearsal(tour.talks[0], RehearsalDraft(tour.guest.pk, day(0), 645, "指导", "慢一点"), by=SYSTEM)
    assert (held.seconds > tour.talks[0].seconds, held.teller) == (True, tour.guest)
    remove_rehearsal(held, by=SYSTEM)
    assert not Rehearsal.objects.exists()
