"""What happens to talks: who tells what, whose story it is, how long it takes."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.programmes.models import Programme, Talk


class TalkTwice(Refused):
    sentence = _("There is a talk named %(title)s on this tour already.")


class TalkWasTold(Refused):
    sentence = _("%(title)s has been told at %(stop)s and stays in the record.")


@dataclass(frozen=True)
class TalkDraft:
    """A talk as the organiser writes it; `story` says whose it is, `whose` by name, `minutes` how long it may take."""

    title: str
    speaker_id: int
    minutes: int
    story: str = Talk.Story.OWN
    whose: str = ""
    language: str = ""


@transaction.atomic
def add_talk(programme: Programme, draft: TalkDraft, *, by: Actor) -> Talk:
    """Add a talk to the tour."""
    _demand_title_free(programme, draft.title, None)
    talk = Talk.objects.create(programme=programme, **asdict(draft))
    audit.record("add_talk", talk, by=by, after=asdict(draft), unit_path=programme.unit.path)
    return talk


@transaction.atomic
def change_talk(talk: Talk, draft: TalkDraft, *, by: Actor) -> bool:
    """Change a talk; where its former speaker was to tell it and hasn't yet, the new one does. Returns whether it differed."""
    _demand_title_free(talk.programme, draft.title, talk)
    said = asdict(draft)
    before = {name: getattr(talk, name) for name in said if getattr(talk, name) != said[name]}
    if not before:
        return False
    for name in before:
        setattr(talk, name, said[name])
    talk.save(update_fields=list(before))
    if "speaker_id" in before:
        open_ones = talk.appearances.filter(teller_id=before["speaker_id"], arrived_at=None)
        open_ones.update(teller_id=draft.speaker_id)
    after = {name: said[name] for name in before}
    audit.record("change_talk", talk, by=by, before=before, after=after, unit_path=talk.programme.unit.path)
    return True


@transaction.atomic
def remove_talk(talk: Talk, *, by: Actor) -> None:
    """Remove a talk with its scripts and rehearsals; one that has been told stays."""
    held = next((each.leg for each in talk.appearances.select_related("leg") if each.leg.state == "done"), None)
    if held:
        raise TalkWasTold(title=talk.title, stop=held.name)
    before = {"title": talk.title, "speaker_id": talk.speaker_id, "minutes": talk.minutes}
    audit.record("remove_talk", talk, by=by, before=before, unit_path=talk.programme.unit.path)
    talk.delete()


def _demand_title_free(programme: Programme, title: str, talk: Talk | None) -> None:
    if programme.talks.filter(title=title).exclude(pk=talk.pk if talk else 0).exists():
        raise TalkTwice(title=title)
