"""What happens to speakers."""

import pytest
from django.db import IntegrityError, transaction
from tests.programmes.tour import Tour, day

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.programmes.domain import speaker as verbs
from ortoo.programmes.domain.speaker import SpeakerDraft
from ortoo.programmes.models import Speaker


def test_person_speaks_once_on_a_tour(tour: Tour) -> None:
    with pytest.raises(verbs.SpeakerTwice):
        verbs.add_speaker(tour.programme, SpeakerDraft(tour.third.person), by=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        Speaker.objects.create(programme=tour.programme, person=tour.third.person)


def test_speaker_is_a_person_or_a_guest_and_not_both(tour: Tour) -> None:
    for wrong in ({"name": "", "person": None}, {"name": "某", "person": tour.stage.persons["000102"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Speaker.objects.create(programme=tour.programme, **wrong)


def test_person_comes_from_their_unit_and_keeps_no_second_telephone(tour: Tour) -> None:
    draft = SpeakerDraft(tour.stage.persons["000102"], name="旁名", phone="139")
    speaker = verbs.add_speaker(tour.programme, draft, by=SYSTEM)
    assert (speaker.name, speaker.phone, speaker.unit_id) == ("", "", tour.stage.persons["000102"].unit_id)


def test_telephone_of_a_guest_is_not_in_the_record(tour: Tour) -> None:
    said = AuditEntry.objects.filter(verb="add_speaker", noun_id=str(tour.guest.pk)).get()
    assert "0471-1" not in str(said.after)


def test_blocked_days_are_in_order(tour: Tour) -> None:
    with pytest.raises(verbs.BlockedBackwards):
        verbs.change_speaker(tour.guest, SpeakerDraft(name="嘉宾", blocked=[(day(2), day(1))]), by=SYSTEM)
    assert tour.speaking.blocked_on(day(1))
    assert not tour.speaking.blocked_on(day(2))
    assert not tour.speaking.blocked_on(None)


def test_understudy_is_somebody_else_on_the_same_tour(tour: Tour) -> None:
    with pytest.raises(verbs.OwnUnderstudy):
        verbs.name_understudy(tour.guest, tour.guest, by=SYSTEM)
    elsewhere = Speaker.objects.create(programme=tour.stage.programme, name="外人")
    with pytest.raises(verbs.UnderstudyElsewhere):
        verbs.name_understudy(tour.guest, elsewhere, by=SYSTEM)
    verbs.name_understudy(tour.guest, tour.third, by=SYSTEM)
    verbs.name_understudy(tour.guest, None, by=SYSTEM)
    assert Speaker.objects.get(pk=tour.guest.pk).understudy is None


def test_who_has_a_talk_stays(tour: Tour) -> None:
    with pytest.raises(verbs.SpeakerNeeded):
        verbs.remove_speaker(tour.third, by=SYSTEM)
    verbs.remove_speaker(tour.guest, by=SYSTEM)
    assert Speaker.objects.get(pk=tour.speaking.pk).understudy is None
