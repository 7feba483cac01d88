"""What happens to rehearsals: timed, with what the coach says."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.programmes.models import Rehearsal, Talk


class RehearsalToCome(Refused):
    sentence = _("%(day)s is still to come. Write a rehearsal down once it was held.")


@dataclass(frozen=True)
class RehearsalDraft:
    """A rehearsal as the coach writes it; `seconds` is the time taken."""

    teller_id: int
    day: date
    seconds: int
    coach: str = ""
    notes: str = ""


@transaction.atomic
def record_rehearsal(talk: Talk, draft: RehearsalDraft, *, by: Actor) -> Rehearsal:
    """Write down a rehearsal that was held."""
    if draft.day > clock.today():
        raise RehearsalToCome(day=draft.day)
    rehearsal = Rehearsal.objects.create(talk=talk, **asdict(draft))
    after = {"day": draft.day, "seconds": draft.seconds}
    audit.record("record_rehearsal", talk, by=by, after=after, unit_path=talk.programme.unit.path)
    return rehearsal


@transaction.atomic
def remove_rehearsal(rehearsal: Rehearsal, *, by: Actor) -> None:
    """Remove one that was written down by mistake."""
    talk = rehearsal.talk
    before = {"day": rehearsal.day, "seconds": rehearsal.seconds}
    audit.record("remove_rehearsal", talk, by=by, before=before, unit_path=talk.programme.unit.path)
    rehearsal.delete()
