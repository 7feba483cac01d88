"""What happens to programmes: in preparation, open for returns, published, closed, and back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.people.models import Unit
from ortoo.programmes.models import DutyTemplate, Programme

State = Programme.State
FIELDS = ("title", "unit_id", "base_id", "contact", "bring")


class WrongState(Refused):
    sentence = _("%(programme)s is %(state)s; this is not possible now.")


class NoLegs(Refused):
    sentence = _("%(programme)s has no terms yet. Add its terms first, then open it.")


class NotEmpty(Refused):
    sentence = _("%(programme)s already has %(count)s people nominated. Only a programme without people can be %(what)s.")


@transaction.atomic
def start_programme(title: str, *, unit: Unit, base: Unit | None, by: Actor, kind: str = Programme.Kind.ROTATION) -> Programme:
    """Begin a programme, in preparation, organised by `unit`."""
    programme = Programme.objects.create(title=title, kind=kind, unit=unit, base=base)
    audit.record("start_programme", programme, by=by, after={"title": title, "unit": unit.code}, unit_path=unit.path)
    return programme


@transaction.atomic
def change_programme(
    programme: Programme, *, title: str, base: Unit | None, contact: str = "", bring: str = "", by: Actor
) -> bool:
    """Change what the programme says of itself; returns whether anything differed."""
    said = {"title": title, "base_id": base.pk if base else None, "contact": contact, "bring": bring}
    before = {name: getattr(programme, name) for name in said if getattr(programme, name) != said[name]}
    if not before:
        return False
    for name in before:
        setattr(programme, name, said[name])
    programme.save(update_fields=list(before))
    after = {name: said[name] for name in before}
    audit.record("change_programme", programme, by=by, before=before, after=after, unit_path=programme.unit.path)
    return True


@transaction.atomic
def take_over(programme: Programme, source: Programme, *, by: Actor) -> None:
    """Take what an earlier programme says to bring, who to ask, and its list of duties."""
    change_programme(programme, title=programme.title, base=programme.base, contact=source.contact, bring=source.bring, by=by)
    known = set(programme.duty_template.values_list("title", flat=True))
    rows = [
        DutyTemplate(programme=programme, title=duty.title, department=duty.department, days_before=duty.days_before)
        for duty in source.duty_template.all()
        if duty.title not in known
    ]
    DutyTemplate.objects.bulk_create(rows, batch_size=500)
    audit.record("take_over", programme, by=by, after={"source": source.key, "duties": len(rows)})


def open_programme(programme: Programme, *, by: Actor) -> None:
    """Let returns come in: from preparation, when it has terms."""
    _demand(programme, State.DRAFT)
    if not programme.legs.exists():
        raise NoLegs(programme=programme.title)
    change_state(programme, State.OPEN, by=by)


def withdraw_opening(programme: Programme, *, by: Actor) -> None:
    """Back into preparation, as long as nobody is nominated."""
    _demand(programme, State.OPEN)
    _demand_nobody(programme, _("put back into preparation"))
    change_state(programme, State.DRAFT, by=by)


def close_programme(programme: Programme, *, by: Actor) -> None:
    """Finish it: nothing waits any more, everything stays readable."""
    _demand(programme, State.OPEN, State.PUBLISHED)
    change_state(programme, State.CLOSED, by=by)


def reopen_programme(programme: Programme, *, by: Actor) -> None:
    """Back to where it was before it was closed."""
    _demand(programme, State.CLOSED)
    change_state(programme, State.PUBLISHED if programme.places.exists() else State.OPEN, by=by)


@transaction.atomic
def remove_programme(programme: Programme, *, by: Actor) -> None:
    """Remove a programme that is still in preparation and has nobody in it."""
    _demand(programme, State.DRAFT)
    _demand_nobody(programme, _("removed"))
    before = {name: getattr(programme, name) for name in FIELDS}
    audit.record("remove_programme", programme, by=by, before=before, unit_path=programme.unit.path)
    programme.delete()


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


def _demand(programme: Programme, *states: str) -> None:
    """Refuse unless the programme is in one of these states now (read again: the page may be old)."""
    programme.refresh_from_db(fields=["state"])
    if programme.state not in states:
        raise WrongState(programme=programme.title, state=programme.get_state_display())


def _demand_nobody(programme: Programme, what: object) -> None:
    if count := programme.nominations.count():
        raise NotEmpty(programme=programme.title, count=count, what=what)
