"""What happens to programmes: in preparation, open for returns, published, closed, and back."""

from datetime import date

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


class TourNeedsDays(Refused):
    sentence = _("A tour needs the day before which and the day after which it has no stop, in this order.")


class StopsOutside(Refused):
    sentence = _("%(stop)s is on %(day)s, outside these days.")


@transaction.atomic
def start_programme(title: str, *, unit: Unit, base: Unit | None, by: Actor) -> Programme:
    """Begin a rotation, in preparation, organised by `unit`."""
    programme = Programme.objects.create(title=title, unit=unit, base=base)
    audit.record("start_programme", programme, by=by, after={"title": title, "unit": unit.code}, unit_path=unit.path)
    return programme


@transaction.atomic
def start_tour(title: str, *, unit: Unit, starts: date, ends: date, by: Actor) -> Programme:
    """Begin a tour whose stops lie between these days, both inclusive."""
    if ends < starts:
        raise TourNeedsDays
    programme = Programme.objects.create(title=title, kind=Programme.Kind.TOUR, unit=unit, starts=starts, ends=ends)
    after = {"title": title, "unit": unit.code, "starts": starts, "ends": ends}
    audit.record("start_programme", programme, by=by, after=after, unit_path=unit.path)
    return programme


@transaction.atomic
def set_tour_days(programme: Programme, starts: date, ends: date, *, by: Actor) -> bool:
    """Move the days between which a tour lies; its stops that have a day must stay inside. Returns whether they differed."""
    if ends < starts:
        raise TourNeedsDays
    before = {"starts": programme.starts, "ends": programme.ends}
    after = {"starts": starts, "ends": ends}
    if before == after:
        return False
    for leg in programme.legs.filter(settled=True):
        if not starts <= leg.starts <= ends:
            raise StopsOutside(stop=leg.name, day=leg.starts)
    programme.starts, programme.ends = starts, ends
    programme.save(update_fields=["starts", "ends"])
    programme.legs.filter(settled=False).update(starts=starts, ends=ends)
    audit.record("change_programme", programme, by=by, before=before, after=after, unit_path=programme.unit.path)
    return True


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
