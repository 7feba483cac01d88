"""What happens when the solver gives the rooms of a term: begun, found, given up."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, jobs
from ortoo.kernel.actor import SYSTEM, Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.bed import give_rooms, lock
from ortoo.participation.dorm.models import DormRoom, Rooming
from ortoo.participation.dorm.queries import base_of
from ortoo.people.models import Account
from ortoo.programmes.models import Leg
from ortoo_solvers.rooms import Solution

ROOMS = "planning.rooms"


class NobodyOnTerm(Refused):
    sentence = _("Nobody has a published place on %(leg)s yet. Publish a plan first.")


class NoRoomsYet(Refused):
    sentence = _("No rooms are written down where %(leg)s is held.")


@transaction.atomic
def start_rooms(leg: Leg, *, colleagues: str, near: bool = False, by: Actor) -> Rooming:
    """Begin to give the rooms of a term; the worker finds them. ``near``: as few as can be of those who have a bed move."""
    rooming = lock(leg)
    if not leg.places.exists():
        raise NobodyOnTerm(leg=leg.name)
    if not DormRoom.objects.filter(base=base_of(leg)).exists():
        raise NoRoomsYet(leg=leg.name)
    rooming.colleagues, rooming.solving = colleagues, True
    rooming.job = jobs.start(ROOMS, by=by, leg=leg.pk, by_id=by.pk, near=near)
    rooming.save(update_fields=["colleagues", "solving", "job"])
    audit.record("start_rooms", leg, by=by, after={"colleagues": colleagues, "near": near}, unit_path=leg.programme.unit.path)
    return rooming


@transaction.atomic
def keep_rooms(leg: Leg, solution: Solution, *, basis: str = "", near: bool = False, by: Actor) -> None:
    """Give everybody the bed that was found, all of it or nothing; a term that no longer waits for it is left as it is.

    ``basis``: what the solution rests on. One that was to move few proves nothing of the plain prices."""
    rooming = Rooming.objects.select_for_update().get(leg=leg)
    if not rooming.solving:
        return
    places = set(leg.places.values_list("pk", flat=True))
    rooms = set(DormRoom.objects.filter(base=base_of(leg)).values_list("pk", flat=True))
    found = {int(place): int(room) for place, room in solution.places.items()}
    moved = sum(found.get(place) != room for place, room in leg.beds.values_list("place_id", "room_id")) if near else None
    give_rooms(leg, {place: room for place, room in found.items() if place in places and room in rooms}, by=by)
    Rooming.objects.filter(leg=leg).update(
        solving=False,
        cost=None if near else solution.cost,
        bound=None if near else solution.bound,
        optimal=solution.optimal,
        seconds=solution.seconds,
        moved=moved,
        basis=basis,
    )


def give_up_rooms(leg: int) -> None:
    """Say that giving the rooms of a term (key) came to nothing; the beds stay as they are."""
    Rooming.objects.filter(leg=leg, solving=True).update(solving=False)


def actor_of(pk: int | None) -> Actor:
    """Who asked for it, for the record."""
    return (Account.objects.filter(pk=pk).first() if pk else None) or SYSTEM
