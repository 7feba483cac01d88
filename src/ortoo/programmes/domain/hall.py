"""What happens to the halls that a stop can choose from."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.programmes.domain.stop import HallNotFree
from ortoo.programmes.models import Hall, Leg


class HallTwice(Refused):
    sentence = _("%(stop)s already has a hall named %(hall)s.")


class HallIsChosen(Refused):
    sentence = _("%(hall)s is the hall of this stop. Choose another one first.")


class NoPlaceThere(Refused):
    sentence = _("%(hall)s has no row %(row)s place %(place)s for a wheelchair.")


class PlanDiffers(Refused):
    sentence = _("The plan shows %(drawn)s seats, but %(hall)s has %(seats)s.")


@dataclass(frozen=True)
class HallDraft:
    """A hall as its host offers it: seats, the days on which it is free, its rows from the stage (may be empty),
    and which (row, place) of them are wheelchair places."""

    name: str
    seats: int
    free: tuple[date, ...] = ()
    rows: tuple[tuple[int, ...], ...] = ()
    remark: str = ""
    wheelchairs: tuple[tuple[int, int], ...] = ()


@transaction.atomic
def add_hall(leg: Leg, draft: HallDraft, *, by: Actor) -> Hall:
    """Offer a hall for a stop."""
    _demand_sound(leg, draft, None)
    hall = Hall(leg=leg)
    _write(hall, draft)
    hall.save()
    audit.record("add_hall", hall, by=by, after=_said(hall), unit_path=leg.programme.unit.path)
    return hall


@transaction.atomic
def change_hall(hall: Hall, draft: HallDraft, *, by: Actor) -> bool:
    """Change a hall; the day on which it is chosen stays free. Returns whether anything differed."""
    leg = hall.leg
    _demand_sound(leg, draft, hall)
    if hall.chosen and leg.day and leg.day not in draft.free:
        raise HallNotFree(hall=hall, day=leg.day)
    before = _said(hall)
    _write(hall, draft)
    after = _said(hall)
    if before == after:
        return False
    hall.save()
    if hall.chosen:
        Leg.objects.filter(pk=leg.pk).update(capacity=hall.seats)
    audit.record("change_hall", hall, by=by, before=before, after=after, unit_path=leg.programme.unit.path)
    return True


@transaction.atomic
def remove_hall(hall: Hall, *, by: Actor) -> None:
    """Take a hall off the list; not the one that is chosen."""
    if hall.chosen:
        raise HallIsChosen(hall=hall)
    audit.record("remove_hall", hall, by=by, before=_said(hall), unit_path=hall.leg.programme.unit.path)
    hall.delete()


def plain_rows(seats: int, parts: tuple[int, ...] = (8, 14, 8)) -> tuple[tuple[int, ...], ...]:
    """A plan for a hall that nobody has drawn: rows of these parts from the stage, the rest in the middle of the last row."""
    whole, rest = divmod(seats, sum(parts))
    return (*([parts] * whole), *([(rest,)] if rest else []))


def _demand_sound(leg: Leg, draft: HallDraft, hall: Hall | None) -> None:
    if leg.halls.filter(name=draft.name).exclude(pk=hall.pk if hall else 0).exists():
        raise HallTwice(stop=leg, hall=draft.name)
    drawn = sum(map(sum, draft.rows))
    if draft.rows and drawn != draft.seats:
        raise PlanDiffers(drawn=drawn, hall=draft.name, seats=draft.seats)
    for row, place in draft.wheelchairs:
        if not (0 < row <= len(draft.rows) and 0 < place <= sum(draft.rows[row - 1])):
            raise NoPlaceThere(hall=draft.name, row=row, place=place)


def _write(hall: Hall, draft: HallDraft) -> None:
    hall.name, hall.seats, hall.remark = draft.name, draft.seats, draft.remark
    hall.free = sorted(day.isoformat() for day in set(draft.free))
    hall.rows = [list(row) for row in draft.rows]
    hall.wheelchairs = [list(place) for place in sorted(set(draft.wheelchairs))]


def _said(hall: Hall) -> dict[str, object]:
    drawn = {"rows": hall.rows, "wheelchairs": hall.wheelchairs}
    return {"name": hall.name, "seats": hall.seats, "free": hall.free, "remark": hall.remark, **drawn}
