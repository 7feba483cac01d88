"""What happens to speakers: asked, blocked on some days, given an understudy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.people.models import Person
from ortoo.programmes.models import Programme, Speaker


class SpeakerTwice(Refused):
    sentence = _("%(speaker)s speaks on this tour already.")


class SpeakerNeeded(Refused):
    sentence = _("%(speaker)s has a talk or stands in a running order or a rehearsal. Take that back first.")


class OwnUnderstudy(Refused):
    sentence = _("%(speaker)s cannot be their own understudy.")


class UnderstudyElsewhere(Refused):
    sentence = _("%(speaker)s does not speak on this tour.")


class BlockedBackwards(Refused):
    sentence = _("The last day %(last)s is before the first day %(first)s.")


@dataclass(frozen=True)
class SpeakerDraft:
    """A speaker as the organiser writes them: one of our people, or a guest by name; `blocked` days inclusive."""

    person: Person | None = None
    name: str = ""
    unit_id: int | None = None
    phone: str = ""
    language: str = ""
    blocked: Sequence[tuple[date, date]] = ()
    remark: str = ""


@transaction.atomic
def add_speaker(programme: Programme, draft: SpeakerDraft, *, by: Actor) -> Speaker:
    """Put somebody among the speakers of a tour."""
    _demand_sound(programme, draft, None)
    speaker = Speaker(programme=programme)
    _write(speaker, draft)
    speaker.save()
    audit.record("add_speaker", speaker, by=by, after=_said(speaker), unit_path=programme.unit.path)
    return speaker


@transaction.atomic
def change_speaker(speaker: Speaker, draft: SpeakerDraft, *, by: Actor) -> bool:
    """Change what is known of a speaker; returns whether anything differed."""
    _demand_sound(speaker.programme, draft, speaker)
    before = _said(speaker)
    _write(speaker, draft)
    after = _said(speaker)
    if before == after:
        return False
    speaker.save()
    audit.record("change_speaker", speaker, by=by, before=before, after=after, unit_path=speaker.programme.unit.path)
    return True


@transaction.atomic
def name_understudy(speaker: Speaker, understudy: Speaker | None, *, by: Actor) -> None:
    """Say who steps in for a speaker, or nobody."""
    if understudy and understudy.pk == speaker.pk:
        raise OwnUnderstudy(speaker=speaker)
    if understudy and understudy.programme_id != speaker.programme_id:
        raise UnderstudyElsewhere(speaker=understudy)
    before, speaker.understudy = speaker.understudy, understudy
    if before == understudy:
        return
    speaker.save(update_fields=["understudy"])
    said = {"understudy": str(before or "")}, {"understudy": str(understudy or "")}
    audit.record("name_understudy", speaker, by=by, before=said[0], after=said[1], unit_path=speaker.programme.unit.path)


@transaction.atomic
def remove_speaker(speaker: Speaker, *, by: Actor) -> None:
    """Take somebody off the tour who has nothing to do there."""
    if speaker.talks.exists() or speaker.appearances.exists() or speaker.rehearsals.exists():
        raise SpeakerNeeded(speaker=speaker)
    audit.record("remove_speaker", speaker, by=by, before=_said(speaker), unit_path=speaker.programme.unit.path)
    speaker.delete()


def _demand_sound(programme: Programme, draft: SpeakerDraft, speaker: Speaker | None) -> None:
    others = programme.speakers.exclude(pk=speaker.pk if speaker else 0)
    if draft.person and others.filter(person=draft.person).exists():
        raise SpeakerTwice(speaker=draft.person)
    for first, last in draft.blocked:
        if last < first:
            raise BlockedBackwards(first=first, last=last)


def _write(speaker: Speaker, draft: SpeakerDraft) -> None:
    speaker.person = draft.person
    speaker.name = "" if draft.person else draft.name
    speaker.phone = "" if draft.person else draft.phone
    speaker.unit_id = draft.unit_id or (draft.person.unit_id if draft.person else None)
    speaker.language, speaker.remark = draft.language, draft.remark
    speaker.blocked = [[first.isoformat(), last.isoformat()] for first, last in sorted(draft.blocked)]


def _said(speaker: Speaker) -> dict[str, object]:
    """What the record keeps: no telephone."""
    return {
        "person_id": speaker.person_id,
        "name": speaker.name,
        "unit_id": speaker.unit_id,
        "language": speaker.language,
        "blocked": speaker.blocked,
        "remark": speaker.remark,
    }
