"""What happens to programmes."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.people.models import Unit
from ortoo.programmes.models import Programme


class WrongState(Refused):
    sentence = _("%(programme)s is %(state)s; this is not possible now.")


@transaction.atomic
def start_programme(
    title: str, *, unit: Unit, base: Unit | None, by: Actor, kind: str = Programme.Kind.ROTATION
) -> Programme:
    """Begin a programme, in preparation, organised by `unit`."""
    programme = Programme.objects.create(title=title, kind=kind, unit=unit, base=base)
    audit.record("start_programme", programme, by=by, after={"title": title, "unit": unit.code}, unit_path=unit.path)
    return programme


@transaction.atomic
def change_state(programme: Programme, state: Programme.State, *, by: Actor) -> None:
    """Move the programme on or back; an audit row says from where."""
    before, programme.state = programme.state, state
    programme.save(update_fields=["state"])
    audit.record(
        "change_state",
        programme,
        by=by,
        before={"state": before},
        after={"state": state},
        unit_path=programme.unit.path,
    )
