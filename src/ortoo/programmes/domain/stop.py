"""What happens to the stops of a tour: added, ordered, given a day and a hall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.programmes.models import Hall, Leg, Programme

ASIDE = 1000


class DayOutsideTour(Refused):
    sentence = _("%(day)s lies outside the tour (%(starts)s to %(ends)s).")


class DayTaken(Refused):
    sentence = _("On %(day)s the company is already at %(stop)s.")


class HallNotFree(Refused):
    sentence = _("%(hall)s is not free on %(day)s.")


class HallElsewhere(Refused):
    sentence = _("%(hall)s is not a hall of %(stop)s.")


class MarkTaken(Refused):
    sentence = _("%(stop)s is already the %(mark)s.")


class DaysSayOtherwise(Refused):
    sentence = _("%(first)s comes before %(second)s by their days. Change the days instead.")


class StopIsOver(Refused):
    sentence = _("%(stop)s has been held and stays in the record.")


@dataclass(frozen=True)
class StopDraft:
    """A stop as the organiser writes it; `base_id` is the city or county, `mark` "first", "last" or empty."""

    name: str
    base_id: int
    mark: str = ""


@dataclass(frozen=True)
class Settled:
    """What a route says of one stop: its day and its hall, None for not yet."""

    leg: Leg
    day: date | None
    hall: Hall | None


@transaction.atomic
def add_stop(programme: Programme, draft: StopDraft, *, by: Actor) -> Leg:
    """Add a stop at the end of the route, without a day."""
    _demand_mark_free(programme, draft.mark, None)
    leg = Leg(programme=programme, ordinal=programme.legs.count() + 1, settled=False)
    leg.starts, leg.ends = _whole(programme)
    _write(leg, draft)
    leg.save()
    audit.record("set_leg", leg, by=by, after=_said(leg), unit_path=programme.unit.path)
    _forget(programme)
    return leg


@transaction.atomic
def change_stop(leg: Leg, draft: StopDraft, *, by: Actor) -> bool:
    """Change a stop's name, place or mark; returns whether anything differed."""
    _demand_mark_free(leg.programme, draft.mark, leg)
    before = _said(leg)
    _write(leg, draft)
    after = _said(leg)
    if before == after:
        return False
    leg.save(update_fields=["name", "base_id", "mark"])
    audit.record("set_leg", leg, by=by, before=before, after=after, unit_path=leg.programme.unit.path)
    return True


@transaction.atomic
def remove_stop(leg: Leg, *, by: Actor) -> None:
    """Remove a stop with its halls, running order and checklist; one that has been held stays."""
    if leg.state == "done":
        raise StopIsOver(stop=leg.name)
    programme = leg.programme
    audit.record("remove_leg", leg, by=by, before=_said(leg), unit_path=programme.unit.path)
    leg.delete()
    number(list(programme.legs.all()))
    _forget(programme)


@transaction.atomic
def settle(leg: Leg, *, day: date | None, hall: Hall | None, by: Actor) -> None:
    """Give a stop its day and its hall, or take them back; stops with days stand in the order of their days."""
    settle_route(leg.programme, [Settled(leg, day, hall)], by=by)
    leg.refresh_from_db()


@transaction.atomic
def settle_route(programme: Programme, route: Sequence[Settled], *, by: Actor) -> None:
    """Give several stops their days and halls at once, as a plan says; refused as a whole."""
    changed = {settled.leg.pk for settled in route}
    taken = {leg.starts: leg for leg in programme.legs.filter(settled=True).exclude(pk__in=changed)}
    for settled in route:
        _demand_fits(programme, settled, taken)
        if settled.day:
            taken[settled.day] = settled.leg
    for settled in route:
        _settle(programme, settled, by)
    number(_by_days(list(programme.legs.all())))
    _forget(programme)


@transaction.atomic
def move_stop(leg: Leg, step: int, *, by: Actor) -> None:
    """Move a stop one place earlier (-1) or later (1); at an end nothing happens."""
    legs = list(leg.programme.legs.all())
    place = legs.index(leg)
    other = place + step
    if not 0 <= other < len(legs):
        return
    first, second = sorted((legs[place], legs[other]), key=lambda each: each.ordinal)
    if first.settled and second.settled:
        raise DaysSayOtherwise(first=first.name, second=second.name)
    before = leg.ordinal
    legs[place], legs[other] = legs[other], legs[place]
    number(legs)
    leg.refresh_from_db()
    after = {"ordinal": leg.ordinal}
    audit.record("set_leg", leg, by=by, before={"ordinal": before}, after=after, unit_path=leg.programme.unit.path)
    _forget(leg.programme)


def number(legs: Sequence[Leg]) -> None:
    """Number the legs in this order; first out of the way, as no number may stand twice for a moment."""
    moved = [(leg, place) for place, leg in enumerate(legs, 1) if leg.ordinal != place]
    for offset in (ASIDE, 0):
        for leg, place in moved:
            leg.ordinal = place + offset
        Leg.objects.bulk_update([leg for leg, _place in moved], ["ordinal"])


def _by_days(legs: Sequence[Leg]) -> list[Leg]:
    """The settled stops change places among themselves into the order of their days; the others stay where they are."""
    settled = iter(sorted((leg for leg in legs if leg.settled), key=lambda leg: leg.starts))
    return [next(settled) if leg.settled else leg for leg in legs]


def _demand_fits(programme: Programme, settled: Settled, taken: dict[date, Leg]) -> None:
    leg, day, hall = settled.leg, settled.day, settled.hall
    if hall and hall.leg_id != leg.pk:
        raise HallElsewhere(hall=hall, stop=leg)
    if day is None:
        return
    first, last = _whole(programme)
    if not first <= day <= last:
        raise DayOutsideTour(day=day, starts=first, ends=last)
    if day in taken:
        raise DayTaken(day=day, stop=taken[day])
    if hall and not hall.free_on(day):
        raise HallNotFree(hall=hall, day=day)


def _settle(programme: Programme, settled: Settled, by: Actor) -> None:
    leg, hall = settled.leg, settled.hall
    chosen = leg.halls.filter(chosen=True).first()
    before = {"day": leg.day, "hall": chosen.name if chosen else None}
    after = {"day": settled.day, "hall": hall.name if hall else None}
    if before == after:
        return
    leg.settled = settled.day is not None
    leg.starts, leg.ends = (settled.day, settled.day) if settled.day else _whole(programme)
    leg.capacity = hall.seats if hall else None
    leg.save(update_fields=["settled", "starts", "ends", "capacity"])
    leg.halls.update(chosen=False)
    if hall:
        leg.halls.filter(pk=hall.pk).update(chosen=True)
    audit.record("settle_stop", leg, by=by, before=before, after=after, unit_path=programme.unit.path)


def _demand_mark_free(programme: Programme, mark: str, leg: Leg | None) -> None:
    other = programme.legs.filter(mark=mark).exclude(pk=leg.pk if leg else 0).first() if mark else None
    if other:
        raise MarkTaken(stop=other.name, mark=other.get_mark_display())


def _whole(programme: Programme) -> tuple[date, date]:
    """The tour's first and last day; a database constraint sees to it that a tour has them."""
    assert programme.starts is not None and programme.ends is not None
    return programme.starts, programme.ends


def _write(leg: Leg, draft: StopDraft) -> None:
    leg.name, leg.base_id, leg.mark = draft.name, draft.base_id, draft.mark


def _said(leg: Leg) -> dict[str, object]:
    return {"name": leg.name, "base_id": leg.base_id, "mark": leg.mark}


def _forget(programme: Programme) -> None:
    programme.__dict__.pop("_legs_read", None)
