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
def start_rooms(leg: Leg, *, colleagues: str, by: Actor) -> Rooming:
    """Begin to give the rooms of a term; the worker finds them."""
    rooming = lock(leg)
    if not leg.places.exists():
        raise NobodyOnTerm(leg=leg.name)
    if not DormRoom.objects.filter(base=base_of(leg)).exists():
        raise NoRoomsYet(leg=leg.name)
    rooming.colleagues, rooming.solving = colleagues, True
    rooming.job = jobs.start(ROOMS, by=by, leg=leg.pk, by_id=by.pk)
    rooming.save(update_fields=["colleagues", "solving", "job"])
    audit.record("start_rooms", leg, by=by, after={"colleagues": colleagues}, unit_path=leg.programme.unit.path)
    return rooming


@transaction.atomic
def keep_rooms(leg: Leg, solution: Solution, *, by: Actor) -> None:
    """Give everybody the bed that was found, all of it or nothing; a term that no longer waits for it is left as it is."""
    rooming = Rooming.objects.select_for_update().get(leg=leg)
    if not rooming.solving:
        return
    places = set(leg.places.values_list("pk", flat=True))
    rooms = set(DormRoom.objects.filter(base=base_of(leg)).values_list("pk", flat=True))
    found = {int(place): int(room) for place, room in solution.places.items()}
    give_rooms(leg, {place: room for place, room in found.items() if place in places and room in rooms}, by=by)
    Rooming.objects.filter(leg=leg).update(
        solving=False, cost=solution.cost, bound=solution.bound, optimal=solution.optimal, seconds=solution.seconds
    )


def give_up_rooms(leg: int) -> None:
    """Say that giving the rooms of a term (key) came to nothing; the beds stay as they are."""
    Rooming.objects.filter(leg=leg, solving=True).update(solving=False)


def actor_of(pk: int | None) -> Actor:
    """Who asked for it, for the record."""
    return Account.objects.filter(pk=pk).first() or SYSTEM
